"""The day's end as one restartable pipeline (日终结算): inputs first, then one step after the other.

The caller puts the entries of each result on disk in one transaction. A process that ends in between starts again with
`next_step` of the books it has read, and comes to the same bytes, because a step decides from the books and the inputs
alone (F53).
"""

from collections.abc import Callable
from datetime import datetime
from decimal import Decimal

from terminal.domain.errors import BadInput
from terminal.venue.counter.books import Books
from terminal.venue.counter.day_list import DayList
from terminal.venue.counter.result import CounterResult
from terminal.venue.counter.settlement import delivery, exercise, margin, money, reconciliation, statements, trading
from terminal.venue.counter.settlement.context import SettlementStopped, StepContext
from terminal.venue.counter.settlement.entries import Inputs, SettlementBegan, StepDone
from terminal.venue.counter.settlement.state import ClearingState
from terminal.venue.counter.settlement.steps import Step

_DECIDE: dict[Step, Callable[[StepContext], None]] = {
    Step.TRADES: trading.confirm_trades,
    Step.NETTING: trading.net_positions,
    Step.COVER: trading.lock_cover,
    Step.DELIVERY: delivery.deliver,
    Step.EXERCISE_CHECK: exercise.judge_exercises,
    Step.ASSIGNMENT: exercise.assign_exercises,
    Step.COMBINATIONS: margin.release_combinations,
    Step.EXPIRY: exercise.expire,
    Step.MARGIN: margin.mark_margin,
    Step.FEES: money.charge_exercise,
    Step.INTEREST: money.book_interest,
    Step.CASH: money.settle_cash,
    Step.LIMITS: money.set_tomorrow,
    Step.RECONCILIATION: reconciliation.reconcile,
    Step.STATEMENTS: statements.make_statements,
}


class Settlement:
    """The day's end of one counter."""

    def __init__(self, day: DayList, books: Books) -> None:
        self._day = day
        self._books = books

    @property
    def state(self) -> ClearingState:
        """What has been found so far."""
        return self._books.settlement.state

    @property
    def next_step(self) -> Step | None:
        """The step to run next; None before `begin` and once the day is settled."""
        return self.state.next_step

    @property
    def is_settled(self) -> bool:
        """Whether every step is done."""
        return self.state.is_settled

    def begin(self, inputs: Inputs, now: datetime) -> CounterResult:
        """Take the day's figures. Raises SettlementStopped, with nothing booked, when one is missing (F41).

        Once begun, the figures that were taken stand, and this changes nothing.
        """
        result = CounterResult()
        if self.state.inputs is not None:
            return result
        if inputs.trading_day != self._day.trading_day:
            raise BadInput("trading day", inputs.trading_day.isoformat(), self._day.trading_day.isoformat())
        _refuse_missing(self._day, inputs)
        result.write(self._books, SettlementBegan(inputs=inputs, at=now))
        return result

    def run_step(self) -> CounterResult:
        """Run the next step, at the time the settlement began. Its entries belong into one transaction.

        Raises SettlementStopped when it cannot be done, BadInput when there is none.
        """
        step = self.next_step
        if step is None:
            raise BadInput("step", "", "a settlement that has begun and is not over")
        context = self._context()
        _DECIDE[step](context)
        context.write(StepDone(step=step))
        return context.result

    def reconciliation(self) -> list[reconciliation.Check]:
        """Every comparison of the day as it stands, for a report. Raises BadInput before `begin`."""
        return reconciliation.checks(self._context())

    def _context(self) -> StepContext:
        began_at = self.state.began_at
        if began_at is None:
            raise BadInput("settlement", "", "one that has begun")
        return StepContext(self._day, self._books, began_at)


def _refuse_missing(day: DayList, inputs: Inputs) -> None:
    for underlying in sorted(day.underlyings):
        close = inputs.closes.get(underlying)
        if close is None or not close.is_finite() or close <= 0:
            raise SettlementStopped(f"the close of {underlying} is {'missing' if close is None else close}")
    for code, contract in day.contracts.items():
        price = inputs.prices.get(code)
        last = inputs.trading_day >= contract.last_day
        # On its last day an option out of the money settles at nothing
        if price is None or not price.is_finite() or price < 0 or (price == Decimal(0) and not last):
            raise SettlementStopped(f"the settlement price of {code} is {'missing' if price is None else price}")
