"""Trades that are void after their day was settled (F13), and forced closing in the order of rulebook 4.4."""

from datetime import datetime
from decimal import Decimal

import pytest

from terminal.domain.combinations import Combination, CombinationStrategy
from terminal.domain.errors import BadInput
from terminal.domain.orders import Instruction, OrderType
from terminal.domain.reasons import Reason
from terminal.venue.counter.entries import OrderCancelled, OrderTaken
from terminal.venue.exchange.messages import CancelOrder
from tests.venue.counter.settlement.floor import (
    CALL,
    LATER_CALL,
    LATER_PUT,
    LONG,
    SHORT,
    Floor,
    held,
    without_interest,
)


@pytest.mark.fault("F13")
@pytest.mark.parametrize("code", [LATER_CALL, CALL])
def test_a_void_trade_of_a_settled_day_is_booked_back_and_nothing_is_edited(code: str) -> None:
    floor = Floor(without_interest()).open("A", "100000.00", held(code, LONG, 3))
    floor.settle()
    after = floor.next_day()
    postings = list(after.counter._books.ledger.postings)
    result = after.counter.reverse_trade("A", "t1", code, Instruction.BUY_OPEN, Decimal("0.0500"), 2, 10_000, after.now)
    # 2 x 500 of premium and 2 x 3.00 of fees come back; what has expired cannot be given back
    assert after.balance("A") == Decimal("101006.00")
    assert after.quantity("A", code, LONG) == (1 if code == LATER_CALL else 0)
    assert list(after.counter._books.ledger.postings)[: len(postings)] == postings
    assert [r.amount for r in after.told("A")] == [Decimal("1000.00")]
    # Once is enough
    again = after.counter.reverse_trade("A", "t1", code, Instruction.BUY_OPEN, Decimal("0.0500"), 2, 10_000, after.now)
    assert (len(result.entries), again.entries) == (2, [])
    after.settle()
    assert sum(after.counter.trial_balance().values()) == 0


@pytest.mark.fault("F13")
def test_a_void_close_opens_the_position_again_with_its_margin() -> None:
    floor = Floor(without_interest()).open("A", "100000.00", held(LATER_CALL, LONG, 1))
    close = Instruction.BUY_CLOSE
    floor.counter.reverse_trade("A", "t9", LATER_CALL, close, Decimal("0.0700"), 2, 10_000, floor.now)
    report = floor.counter.account_report("A", floor.now)
    assert floor.quantity("A", LATER_CALL, SHORT) == 2
    assert report.funds.margin == 2 * Decimal("4800.00")
    with pytest.raises(BadInput, match="1 are there"):
        floor.counter.reverse_trade("A", "t8", LATER_CALL, Instruction.BUY_OPEN, Decimal("0.05"), 2, 10_000, floor.now)


def _forced(floor: Floor, at: datetime) -> list[OrderTaken]:
    return [entry for entry in floor.counter.on_time(at).entries if isinstance(entry, OrderTaken)]


def _end(floor: Floor, order: OrderTaken) -> None:
    """The exchange takes a forced order out again."""
    floor.counter.restore([OrderCancelled(order_id=order.order_id, reason=Reason.DAY_ENDED, at=order.at)])


@pytest.mark.requirement("O18", "AC16")
def test_forced_closing_takes_naked_shorts_then_combinations_then_longs() -> None:
    # Rulebook 4.4 (S12): uncombined shorts, combinations, uncombined longs
    pair = Combination(
        number="5",
        strategy=CombinationStrategy.KKS,
        first_code=LATER_CALL,
        second_code=LATER_PUT,
        quantity=1,
        margin=Decimal("5000.00"),
    )
    floor = Floor(without_interest()).open(
        "A",
        "1000.00",
        held(LATER_CALL, SHORT, 2, combined=1, margin="5000.00"),
        held(LATER_PUT, SHORT, 1, combined=1),
        held(CALL, LONG, 4),
        combinations=[pair],
    )
    account = floor.counter._books.accounts["A"]
    account.margin_call = Decimal("9000.00")
    at = floor.now.replace(hour=13, minute=30)
    assert _forced(floor, at.replace(hour=11, minute=29)) == []
    (first,) = _forced(floor, at)
    assert (first.contract_code, first.instruction, first.quantity) == (LATER_CALL, Instruction.BUY_CLOSE, 1)
    assert (first.client_order_id, first.ordered, first.price) == ("QP12603250001", False, Decimal("0.5000"))
    # One at a time
    assert _forced(floor, at) == []
    _end(floor, first)
    account.positions[SHORT][LATER_CALL].quantity = 1
    account.positions[SHORT][LATER_CALL].margin = Decimal(0)
    (second,) = _forced(floor, at)
    assert account.combinations == {}
    assert second.contract_code in (LATER_CALL, LATER_PUT)
    _end(floor, second)
    for position in account.positions[SHORT].values():
        position.quantity = 0
    (third,) = _forced(floor, at)
    assert (third.contract_code, third.instruction) == (CALL, Instruction.SELL_CLOSE)
    assert third.price == Decimal("0.0001")


@pytest.mark.requirement("O18")
def test_the_clients_own_orders_are_cancelled_first_and_a_met_call_is_left_alone() -> None:
    floor = Floor(without_interest()).open("A", "10000.00", held(LATER_CALL, SHORT, 1, margin="9000.00"))
    account = floor.counter._books.accounts["A"]
    account.margin_call = Decimal("100.00")
    at = floor.now.replace(hour=13, minute=30)
    assert floor.counter.on_time(at).forward == []
    floor.counter.restore(
        [
            OrderTaken(
                account_id="A",
                client_order_id="mine",
                order_id=1,
                contract_code=LATER_CALL,
                instruction=Instruction.BUY_OPEN,
                order_type=OrderType.LIMIT,
                quantity=1,
                price=Decimal("0.2000"),
                premium_each=Decimal("2000.00"),
                at=at,
            )
        ]
    )
    # The order holds 2,000, and 1,000 were free
    assert floor.counter.on_time(at).forward == [CancelOrder(1, account.participant)]
    # No cancels are taken in the last minute of the auction, and none is asked for
    assert floor.counter.on_time(at.replace(hour=14, minute=59, second=30)).forward == []
