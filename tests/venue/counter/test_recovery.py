"""A counter built from its journal is the counter that wrote it, and its orders go back where they lay."""

import pytest

from terminal.domain.errors import IllegalTransition, JournalError
from terminal.domain.messages import OrderReport, SubmitOrder
from terminal.domain.orders import ExecType, Instruction, OrderType, Side
from terminal.domain.reasons import Reason
from terminal.venue.counter.counter import Counter
from terminal.venue.counter.entries import OrderAccepted, OrderCancelled, decode_entry, encode_entry
from terminal.venue.counter.settlement.entries import MarginCalled, StepDone
from terminal.venue.counter.settlement.steps import STEPS
from terminal.venue.exchange.exchange import Exchange
from terminal.venue.exchange.messages import Accepted, AdvanceTime, RestingOrder, Traded
from tests.venue.counter.market import (
    CHEAP_CALL,
    CONTRACTS,
    DAY,
    INSTRUMENTS,
    PUT,
    UNDERLYINGS,
    Hall,
    next_trading_day,
    profile,
    yuan,
)


@pytest.mark.fault("F51")
def test_working_orders_go_back_into_the_exchange_in_time_order_and_trade_on() -> None:
    hall = Hall().open("A").open("B")
    hall.submit(Instruction.BUY_OPEN, CHEAP_CALL, 3, "0.0100")
    hall.submit(Instruction.BUY_OPEN, CHEAP_CALL, 2, "0.0100", account_id="B")
    hall.submit(Instruction.SELL_OPEN, PUT, 2, "0.0900")
    hall.crowd(Side.SELL, CHEAP_CALL, 1, "0.0100")
    hall.crowd(Side.SELL, PUT, 1, "0.0650")
    hall.submit(Instruction.BUY_OPEN, PUT, 3, order_type=OrderType.MARKET_TO_LIMIT)
    lying = hall.exchange.resting_orders()

    restarted = hall.restarted()
    working = restarted.working_orders()
    assert working == [
        RestingOrder(1, 1000, INSTRUMENTS[CHEAP_CALL], Side.BUY, 100, 2, False),
        RestingOrder(2, 1001, INSTRUMENTS[CHEAP_CALL], Side.BUY, 100, 2, False),
        RestingOrder(3, 1000, INSTRUMENTS[PUT], Side.SELL, 900, 2, False),
        RestingOrder(4, 1000, INSTRUMENTS[PUT], Side.BUY, 650, 2, False),
    ]
    assert restarted.resume(hall.now).forward == []
    next_trade_id = hall.exchange.next_trade_id
    hall.counter, hall.exchange = restarted, Exchange(hall.rules, DAY, UNDERLYINGS, CONTRACTS)
    hall.exchange.handle(AdvanceTime(), hall.now)
    hall.exchange.restore(working, next_trade_id)
    assert hall.exchange.resting_orders() == lying
    hall.crowd(Side.SELL, CHEAP_CALL, 3, "0.0100")
    assert [r.filled_quantity for r in hall.reports("A") if r.client_order_id == "A-1"][-1] == 3
    assert hall.reports("B")[-1].filled_quantity == 1
    assert hall.submit(Instruction.BUY_OPEN, PUT, 1, "0.0500").exchange_order_id == "5"


def test_reports_after_a_number_are_those_that_were_told() -> None:
    hall = Hall().open()
    for _ in range(3):
        hall.submit(Instruction.BUY_OPEN, CHEAP_CALL, 1, "0.0100")
    hall.crowd(Side.SELL, CHEAP_CALL, 3, "0.0100")
    restarted = hall.restarted()
    assert restarted.reports_after("A", 0) == hall.told
    assert restarted.reports_after("A", 4) == hall.told[4:]
    assert restarted.reports_after("A", 6) == restarted.reports_after("A", 99) == []


def test_an_order_the_exchange_never_answered_is_sent_again_once() -> None:
    hall = Hall().open()
    order = SubmitOrder(
        client_order_id="x",
        contract_code=CHEAP_CALL,
        instruction=Instruction.BUY_OPEN,
        order_type=OrderType.LIMIT,
        quantity=1,
        price=yuan("0.0100"),
    )
    result = hall.counter.handle("A", order, hall.now)
    hall.journal += result.entries
    restarted = hall.restarted()
    assert restarted.working_orders() == []
    assert restarted.resume(hall.now).forward == result.forward
    restarted.on_exchange(Accepted(1, 1000), hall.now)
    assert restarted.resume(hall.now).forward == []


@pytest.mark.parametrize("order_type", [OrderType.MARKET_IOC, OrderType.MARKET_TO_LIMIT])
def test_an_order_that_cannot_rest_is_cancelled_when_its_end_was_not_written(order_type: OrderType) -> None:
    hall = Hall().open()
    order = SubmitOrder(
        client_order_id="x",
        contract_code=CHEAP_CALL,
        instruction=Instruction.BUY_OPEN,
        order_type=order_type,
        quantity=3,
    )
    for result in (
        hall.counter.handle("A", order, hall.now),
        hall.counter.on_exchange(Accepted(1, 1000), hall.now),
        hall.counter.on_exchange(Traded(1, INSTRUMENTS[CHEAP_CALL], 100, 1, 1, 1000, 9, 1, Side.BUY), hall.now),
    ):
        hall.journal += result.entries
    restarted = hall.restarted()
    assert restarted.working_orders() == []
    (report,) = restarted.resume(hall.now).events
    assert isinstance(report, OrderReport)
    assert (report.exec_type, report.reason) == (ExecType.CANCELLED, Reason.REMAINDER_CANCELLED)
    funds = restarted.account_report("A", hall.now).funds
    assert funds.frozen == 0
    assert funds.balance == yuan("999897.00")


def test_entries_survive_the_disk_byte_by_byte_and_nothing_else_is_read() -> None:
    hall = Hall().open(shares=20_000)
    hall.lock(10_000)
    hall.lock(99_000)
    hall.submit(Instruction.COVERED_OPEN, CHEAP_CALL, 1, "0.0100")
    hall.submit(Instruction.BUY_OPEN, CHEAP_CALL, 9, "9.9999")
    read = [decode_entry(encode_entry(entry)) for entry in hall.journal]
    assert read == hall.journal
    restarted = Counter(profile(), DAY, UNDERLYINGS, CONTRACTS)
    restarted.restore(read)
    assert restarted.picture() == hall.counter.picture()
    for broken in (b"", b"\xc0", encode_entry(hall.journal[0])[:-1]):
        with pytest.raises(JournalError, match="not an entry"):
            decode_entry(broken)


def test_a_journal_of_another_day_or_with_a_gap_is_refused() -> None:
    hall = Hall().open()
    hall.submit(Instruction.BUY_OPEN, CHEAP_CALL, 1, "0.0100")
    day, now = next_trading_day()
    with pytest.raises(JournalError, match="2026-03-02"):
        Counter(profile(), day, UNDERLYINGS, CONTRACTS).restore(hall.journal)
    with pytest.raises(JournalError, match=CHEAP_CALL):
        Counter(profile(), DAY, UNDERLYINGS, CONTRACTS[:1]).restore(hall.journal)
    with pytest.raises(IllegalTransition, match="order 1 is unknown"):
        Counter(profile(), DAY, UNDERLYINGS, CONTRACTS).restore(hall.journal[:1] + hall.journal[2:])
    with pytest.raises(IllegalTransition, match="open already"):
        Counter(profile(), DAY, UNDERLYINGS, CONTRACTS).restore(hall.journal[:1] * 2)
    with pytest.raises(IllegalTransition, match="accepted while working"):
        hall.restarted().restore([OrderAccepted(order_id=1, at=now)])


def test_an_entry_says_whose_it_is_and_a_kind_that_is_nobodys_says_so() -> None:
    hall = Hall()
    assert MarginCalled(account_id="A", amount=yuan("1.00")).account_id == "A"
    # Its report goes to the order's account, which the caller names
    for entry in (OrderCancelled(order_id=1, reason=Reason.DAY_ENDED, at=hall.now), StepDone(step=STEPS[0])):
        with pytest.raises(TypeError, match=rf"{type(entry).__name__} names no account"):
            _ = entry.account_id
