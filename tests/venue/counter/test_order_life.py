"""The life of an order as the counter tells it: every step one report, numbered without a gap, rebuilt by the desk."""

import msgspec
import pytest

from terminal.domain.accounts import PositionSide
from terminal.domain.errors import IllegalTransition
from terminal.domain.messages import CancelAll, CancelOrder, OrderReport, QueryOrder, Refused, SubmitOrder
from terminal.domain.orders import ExecType, Instruction, Order, OrderStatus, OrderType, Side, apply_report
from terminal.domain.reasons import Reason
from terminal.venue.exchange.messages import Accepted, Cancelled, DayClosed, NewOrder, Traded
from tests.venue.counter.market import CHEAP_CALL, INSTRUMENTS, OTHER_CALL, OTHER_FUND, PUT, Hall, yuan

BUY = SubmitOrder(
    client_order_id="one",
    contract_code=CHEAP_CALL,
    instruction=Instruction.BUY_OPEN,
    order_type=OrderType.LIMIT,
    quantity=3,
    price=yuan("0.0100"),
)


def _rebuilt(reports: list[OrderReport]) -> dict[str, Order]:
    """Every order as a desk makes it out of the reports alone, by the table of `domain.orders` (I14)."""
    orders: dict[str, Order] = {}
    for report in reports:
        order = orders.get(report.client_order_id) or Order(
            client_order_id=report.client_order_id,
            account_id=report.account_id,
            contract_code=report.contract_code,
            instruction=report.instruction,
            order_type=report.order_type,
            quantity=report.quantity,
            price=report.price,
            status=OrderStatus.SUBMITTED,
            submitted_at=report.at,
            updated_at=report.at,
        )
        orders[report.client_order_id] = apply_report(
            order,
            report.exec_type,
            at=report.at,
            exchange_order_id=report.exchange_order_id,
            last_price=report.last_price,
            last_quantity=report.last_quantity,
            price=report.price,
            reason=report.reason,
        )
        assert orders[report.client_order_id].filled_quantity == report.filled_quantity
    return orders


def test_an_account_is_concerned_by_what_it_holds_and_has_ordered() -> None:
    hall = Hall().open("A").open("B")
    concerned = hall.counter.concerns
    assert not concerned("A", CHEAP_CALL)
    hall.command("A", BUY)
    assert (concerned("A", CHEAP_CALL), concerned("A", PUT), concerned("B", CHEAP_CALL)) == (True, False, False)
    hall.crowd(Side.SELL, CHEAP_CALL, 2, "0.0100")
    hall.command("A", CancelOrder(client_order_id="one"))
    # Two were bought and stay
    assert concerned("A", CHEAP_CALL)


@pytest.mark.requirement("O2", "O3")
def test_reports_are_numbered_without_a_gap_and_rebuild_the_order() -> None:
    hall = Hall().open("A").open("B")
    hall.command("A", BUY)
    hall.crowd(Side.SELL, CHEAP_CALL, 2, "0.0100")
    hall.submit(Instruction.BUY_OPEN, PUT, 1, "9.0000", account_id="B")
    hall.command("A", CancelOrder(client_order_id="one"))
    hall.command("A", CancelOrder(client_order_id="one"))
    reports = hall.reports()
    assert [r.exec_type for r in reports] == [
        ExecType.ACKNOWLEDGED,
        ExecType.TRADE,
        ExecType.CANCELLED,
        ExecType.CANCEL_REJECTED,
    ]
    assert [r.sequence for r in reports] == [1, 2, 3, 4]
    assert [r.report_id for r in reports] == [f"2026-03-02-A-{n}" for n in range(1, 5)]
    assert [r.sequence for r in hall.reports("B")] == [1]
    assert reports[2].reason is Reason.CANCELLED_BY_USER
    assert reports[3].reason is Reason.NOT_CANCELLABLE
    order = _rebuilt(reports)["one"]
    assert (order.status, order.filled_quantity, order.exchange_order_id) == (OrderStatus.CANCELLED, 2, "1")


@pytest.mark.fault("F14")
def test_an_order_sent_again_is_refused_and_its_first_copy_lives_on() -> None:
    hall = Hall().open()
    (acknowledged,) = hall.command("A", BUY)
    resting = hall.exchange.resting_orders()
    answers = hall.command("A", BUY)
    assert answers == [Refused(reason=Reason.DUPLICATE_ORDER_ID, detail="one"), acknowledged]
    assert hall.exchange.resting_orders() == resting
    assert hall.funds().frozen == yuan("309.00")
    # Final or refused orders have used up their id as well
    hall.command("A", CancelOrder(client_order_id="one"))
    refused, told_again = hall.command("A", BUY)
    assert isinstance(refused, Refused)
    assert isinstance(told_again, OrderReport)
    assert told_again.exec_type is ExecType.CANCELLED
    # An id belongs to its account
    assert isinstance(hall.open("B").command("B", BUY)[0], OrderReport)


@pytest.mark.fault("F14")
def test_an_order_sent_again_after_a_restart_is_refused() -> None:
    hall = Hall().open()
    hall.command("A", BUY)
    restarted = hall.restarted()
    result = restarted.handle("A", BUY, hall.now)
    assert result.events[0] == Refused(reason=Reason.DUPLICATE_ORDER_ID, detail="one")
    assert result.forward == []
    assert restarted.picture() == hall.counter.picture()


def test_a_query_is_answered_by_the_newest_report_again() -> None:
    hall = Hall().open()
    hall.command("A", BUY)
    hall.crowd(Side.SELL, CHEAP_CALL, 1, "0.0100")
    newest = hall.reports()[-1]
    before = len(hall.journal)
    assert hall.command("A", QueryOrder(client_order_id="one")) == [newest]
    assert len(hall.journal) == before


def test_a_query_between_order_and_answer_says_nothing_yet() -> None:
    hall = Hall().open()
    hall.counter.handle("A", BUY, hall.now)
    result = hall.counter.handle("A", QueryOrder(client_order_id="one"), hall.now)
    assert result.events == []


def test_cancel_all_takes_the_working_orders_of_one_underlying_or_of_all() -> None:
    hall = Hall().open("A").open("B")
    hall.submit(Instruction.BUY_OPEN, CHEAP_CALL, 1, "0.0100")
    hall.submit(Instruction.BUY_OPEN, OTHER_CALL, 1, "0.0600")
    hall.submit(Instruction.BUY_OPEN, PUT, 1, "0.0500")
    hall.submit(Instruction.BUY_OPEN, PUT, 1, "0.0500", account_id="B")
    hall.command("A", CancelAll(underlying=OTHER_FUND))
    assert [o.instrument for o in hall.counter.working_orders()] == [INSTRUMENTS[c] for c in (CHEAP_CALL, PUT, PUT)]
    hall.command("A", CancelAll())
    assert [o.participant for o in hall.counter.working_orders()] == [1001]
    assert hall.funds("A").frozen == 0


def test_a_cancel_in_a_window_without_cancels_is_refused_and_the_order_works_on() -> None:
    # Rulebook 2.4: nothing is cancelled from 14:59 on
    hall = Hall().open()
    hall.command("A", BUY)
    hall.at(14, 59)
    (report,) = hall.command("A", CancelOrder(client_order_id="one"))
    assert isinstance(report, OrderReport)
    assert (report.exec_type, report.reason) == (ExecType.CANCEL_REJECTED, Reason.CANCEL_WINDOW)
    assert hall.funds().frozen == yuan("309.00")
    hall.at(15, 0)
    assert (hall.reports()[-1].exec_type, hall.reports()[-1].reason) == (ExecType.CANCELLED, Reason.DAY_ENDED)
    assert hall.funds().frozen == 0


def test_each_account_has_a_participant_number_of_its_own_above_the_crowd() -> None:
    hall = Hall().open("A").open("B")
    orders = [hall.counter.handle(name, BUY, hall.now).forward[0] for name in ("A", "B")]
    assert [(o.participant, o.order_id) for o in orders if isinstance(o, NewOrder)] == [(1000, 1), (1001, 2)]


def test_what_concerns_the_crowd_or_the_whole_market_is_passed_over() -> None:
    hall = Hall().open()
    hall.command("A", BUY)
    before = hall.counter.picture()
    for event in (
        Traded(1, INSTRUMENTS[PUT], 700, 1, 5_000_001, 1, 5_000_002, 2, Side.BUY),
        # Our number, somebody else's participant
        Accepted(1, 7),
        DayClosed(),
    ):
        result = hall.counter.on_exchange(event, hall.now)
        assert (result.events, result.entries) == ([], [])
    assert hall.counter.picture() == before


@pytest.mark.fault("F09", "F12")
def test_a_trade_is_booked_once_and_never_beyond_what_is_left() -> None:
    hall = Hall().open()
    hall.command("A", BUY)
    trade = Traded(7, INSTRUMENTS[CHEAP_CALL], 100, 2, 1, 1000, 5_000_002, 2, Side.SELL)
    assert len(hall.counter.on_exchange(trade, hall.now).events) == 1
    picture = hall.counter.picture()
    assert hall.counter.on_exchange(trade, hall.now).events == []
    with pytest.raises(IllegalTransition, match="2 traded of 1 left"):
        hall.counter.on_exchange(msgspec.structs.replace(trade, trade_id=8), hall.now)
    with pytest.raises(IllegalTransition, match="3 left, the counter 1"):
        hall.counter.on_exchange(Cancelled(1, 1000, 3, Reason.CANCELLED_BY_USER), hall.now)
    assert hall.counter.picture() == picture
    assert hall.position(CHEAP_CALL, PositionSide.LONG).quantity == 2
