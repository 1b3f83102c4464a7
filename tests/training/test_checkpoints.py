"""Checkpoints judged from evidence: done, late, partly, kept; the points that count."""

from datetime import datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from terminal.domain.calendar import SHANGHAI
from terminal.domain.instructions import InstructionKind
from terminal.domain.messages import InquiryOpened, InstructionReport, OrderReport, QuoteReport, ReportScreen
from terminal.domain.orders import ExecType, Instruction, OrderType
from terminal.domain.quotes import QuoteStatus
from terminal.domain.reasons import Reason
from terminal.training.checkpoint_kinds import CheckpointKind
from terminal.training.checkpoints import Checkpoint, State, judge, total
from terminal.training.evidence import Denied, Evidence, Reminder

pytestmark = pytest.mark.requirement("X8")
BEGIN = datetime(2026, 11, 25, 14, 0, tzinfo=SHANGHAI)
END = BEGIN + timedelta(minutes=60)
CODE = "10000001"


def after(seconds: float) -> datetime:
    """A time after the beginning."""
    return BEGIN + timedelta(seconds=seconds)


def checkpoint(kind: CheckpointKind, **more: object) -> Checkpoint:
    """One worth ten points."""
    return Checkpoint(name="it", kind=kind, points=10, begin=BEGIN, deadline=END, **more)  # type: ignore[arg-type]


def state(point: Checkpoint, evidence: Evidence, now: datetime = END) -> State:
    """How it stands."""
    return judge([point], evidence, now)[0].state


def instructed(kind: InstructionKind, at: datetime, quantity: int = 0, **more: object) -> InstructionReport:
    """A report of an instruction."""
    return InstructionReport(
        sequence=1,
        instruction_id="T-1",
        kind=kind,
        quantity=quantity,
        at=at,
        trading_day=at.date(),
        **more,  # type: ignore[arg-type]
    )


def order(
    exec_type: ExecType, at: datetime, instruction: Instruction = Instruction.BUY_CLOSE, **more: object
) -> OrderReport:
    """A report of an order."""
    figures: dict[str, object] = {"client_order_id": "T-1", "quantity": 5, **more}
    return OrderReport(
        sequence=1,
        report_id="r",
        account_id="A",
        exchange_order_id="x",
        exec_type=exec_type,
        contract_code=CODE,
        instruction=instruction,
        order_type=OrderType.LIMIT,
        at=at,
        trading_day=at.date(),
        **figures,  # type: ignore[arg-type]
    )


def quote(status: QuoteStatus, at: datetime, quote_id: str = "q1", inquiry: int = 0) -> QuoteReport:
    """A step of a quote."""
    price = Decimal("0.0100")
    return QuoteReport(
        sequence=1,
        quote_id=quote_id,
        contract_code=CODE,
        status=status,
        bid_order="b",
        ask_order="a",
        bid_price=price,
        bid_quantity=1,
        ask_price=price,
        ask_quantity=1,
        inquiry=inquiry,
        at=at,
        trading_day=at.date(),
    )


def reminder(said: float, acknowledged: float | None, by: str = "trainee") -> Reminder:
    """A reminder of exercise."""
    at = after(acknowledged) if acknowledged is not None else None
    return Reminder(after(said), "exercise", CODE, "acknowledged" if at else "open", 1, after(said), at, by)


def test_exercise_adds_up_and_withdrawals_are_taken_off() -> None:
    point = checkpoint(CheckpointKind.EXERCISED, code=CODE, quantity=8)
    steps = [
        instructed(InstructionKind.EXERCISE, after(10), 5, contract_code=CODE),
        instructed(InstructionKind.EXERCISE, after(20), 5, contract_code=CODE),
        instructed(InstructionKind.EXERCISE, after(25), 5, contract_code=CODE, reason=Reason.FUNDS),
    ]
    result = judge([point], Evidence(instructions=steps), after(30))[0]
    assert (result.state, result.points, result.at, result.seconds) == (State.DONE, 10, after(20), 20.0)
    steps.append(instructed(InstructionKind.WITHDRAW_EXERCISE, after(40), 4, contract_code=CODE))
    assert state(point, Evidence(instructions=steps), after(50)) is State.OPEN
    late = judge([point], Evidence(instructions=steps), END)[0]
    assert (late.state, late.points, late.done) == (State.PARTLY, 7, Decimal(6))


def test_what_came_too_late_or_was_not_asked_by_the_trainee_does_not_count() -> None:
    point = checkpoint(CheckpointKind.LOCKED, underlying="510050", quantity=100)
    late = instructed(InstructionKind.LOCK, END + timedelta(seconds=1), 100, underlying="510050")
    others = instructed(InstructionKind.LOCK, after(1), 100, underlying="510050", asked=False)
    assert state(point, Evidence(instructions=[late, others])) is State.MISSED
    assert state(point, Evidence(), BEGIN - timedelta(seconds=1)) is State.AHEAD


@pytest.mark.parametrize(
    ("said", "acknowledged", "by", "wanted"),
    [
        (10.0, 60.0, "trainee", State.DONE),
        (10.0, 131.0, "trainee", State.MISSED),
        (10.0, 60.0, "", State.MISSED),
        (10.0, None, "", State.MISSED),
        (-200.0, -100.0, "trainee", State.MISSED),
    ],
)
def test_a_reminder_must_be_acknowledged_by_a_person_in_time(
    said: float, acknowledged: float | None, by: str, wanted: State
) -> None:
    point = checkpoint(CheckpointKind.ACKNOWLEDGED, reminder="exercise", within=120.0)
    assert state(point, Evidence(reminders=[reminder(said, acknowledged, by)])) is wanted


def test_quotes_are_pulled_within_seconds_by_who_had_some() -> None:
    point = checkpoint(CheckpointKind.QUOTES_PULLED, code=CODE, within=10.0)
    live, gone = quote(QuoteStatus.LIVE, after(-60)), quote(QuoteStatus.CANCELLED, after(9))
    result = judge([point], Evidence(quotes=[live, gone]), END)[0]
    assert (result.state, result.seconds) == (State.DONE, 9.0)
    assert state(point, Evidence(quotes=[live, quote(QuoteStatus.CANCELLED, after(11))])) is State.MISSED
    assert state(point, Evidence(quotes=[live])) is State.MISSED
    assert state(point, Evidence()) is State.MISSED


def test_a_replaced_quote_is_still_a_quote() -> None:
    point = checkpoint(CheckpointKind.QUOTES_PULLED, code=CODE, within=10.0)
    steps = [
        quote(QuoteStatus.LIVE, after(-60)),
        quote(QuoteStatus.LIVE, after(2), "q2"),
        quote(QuoteStatus.REPLACED, after(2)),
    ]
    assert state(point, Evidence(quotes=steps)) is State.MISSED


def test_inquiries_are_answered_each_in_its_time() -> None:
    point = checkpoint(CheckpointKind.ANSWERED, quantity=2, within=20.0)
    opened = [InquiryOpened(inquiry=n, contract_code=CODE, at=after(n)) for n in (1, 2, 3)]
    answers = [quote(QuoteStatus.LIVE, after(15), f"q{n}", n) for n in (1, 2)]
    assert state(point, Evidence(inquiries=opened, quotes=answers)) is State.DONE
    late = [quote(QuoteStatus.LIVE, after(15), "q1", 1), quote(QuoteStatus.LIVE, after(30), "q2", 2)]
    result = judge([point], Evidence(inquiries=opened, quotes=late), END)[0]
    assert (result.state, result.points) == (State.PARTLY, 5)


def test_what_must_not_happen_is_lost_at_once_and_won_at_the_deadline() -> None:
    refusal = checkpoint(CheckpointKind.NO_REFUSAL, reason=Reason.OPENING_RESTRICTED)
    assert state(refusal, Evidence(), after(5)) is State.OPEN
    assert state(refusal, Evidence()) is State.DONE
    denied = Evidence(denied=[Denied(after(3), Reason.OPENING_RESTRICTED)])
    assert state(refusal, denied, after(5)) is State.MISSED
    assert state(refusal, Evidence(denied=[Denied(after(3), Reason.FUNDS)])) is State.DONE
    forced = checkpoint(CheckpointKind.NO_FORCED_CLOSE)
    trade = order(ExecType.TRADE, after(5), ordered=False, last_quantity=5, filled_quantity=5)
    assert state(forced, Evidence(orders=[trade])) is State.MISSED
    opening = checkpoint(CheckpointKind.NO_OPENING)
    assert (
        state(opening, Evidence(orders=[order(ExecType.ACKNOWLEDGED, after(5), Instruction.BUY_OPEN)])) is State.MISSED
    )
    assert state(opening, Evidence(orders=[order(ExecType.ACKNOWLEDGED, after(5))])) is State.DONE


def test_closing_delta_cash_and_cancels() -> None:
    closed = checkpoint(CheckpointKind.CLOSED, quantity=5)
    trade = order(ExecType.TRADE, after(5), last_quantity=5, filled_quantity=5)
    assert state(closed, Evidence(orders=[trade])) is State.DONE
    screens = [(after(1), ReportScreen(deltas={"510050": 900.0})), (after(9), ReportScreen(deltas={"510050": 90.0}))]
    band = checkpoint(CheckpointKind.DELTA_WITHIN, underlying="510050", band=100.0)
    assert judge([band], Evidence(screens=screens), END)[0].at == after(9)
    cash = checkpoint(CheckpointKind.CASH_IN, amount=Decimal(100))
    money = instructed(InstructionKind.CASH_IN, after(5), amount=Decimal(100))
    assert state(cash, Evidence(instructions=[money])) is State.DONE
    gone = checkpoint(CheckpointKind.CANCELLED)
    working = order(ExecType.ACKNOWLEDGED, after(-5))
    assert state(gone, Evidence(orders=[working])) is State.MISSED
    assert state(gone, Evidence(orders=[working, order(ExecType.CANCELLED, after(5))])) is State.DONE


@given(st.lists(st.integers(1, 9), max_size=6), st.integers(0, 8))
def test_points_never_exceed_what_a_checkpoint_is_worth_and_hints_never_go_below_zero(
    amounts: list[int], hints: int
) -> None:
    point = checkpoint(CheckpointKind.EXERCISED, code=CODE, quantity=10)
    steps = [
        instructed(InstructionKind.EXERCISE, after(n), amount, contract_code=CODE) for n, amount in enumerate(amounts)
    ]
    results = judge([point], Evidence(instructions=steps), END)
    assert results[0].points == min(sum(amounts), 10)
    assert total(results, hints, 5) == max(results[0].points - 5 * hints, 0)
