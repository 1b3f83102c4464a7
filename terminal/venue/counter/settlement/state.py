"""What the day's end remembers between its steps; part of the counter's picture."""

from datetime import datetime
from decimal import Decimal

import msgspec

from terminal.domain.accounts import ZERO
from terminal.domain.settlement import Delivery, Statement
from terminal.venue.counter.settlement.entries import Inputs
from terminal.venue.counter.settlement.steps import STEPS, Step, step_after


class ClearingState(msgspec.Struct):
    """The clearing house of one trading day."""

    inputs: Inputs | None = None
    began_at: datetime | None = None
    """The time everything of this day's end is told with, however often it was cut off"""
    done: list[Step] = []
    market_deliveries: list[Delivery] = []
    """Of those who are no clients, to be settled today"""
    cover_calls: dict[str, tuple[str, ...]] = {}
    """Underlyings with shares short for covered calls since the last day's end, by account"""
    opening_reserve: Decimal = ZERO
    held: list[str] = []
    """Accounts whose shares were kept for delivery at the cut-off"""
    netted: dict[str, int] = {}
    exercised: dict[str, dict[str, int]] = {}
    """Valid exercises by account and contract"""
    assigned: dict[str, dict[str, tuple[int, int]]] = {}
    """Uncovered and covered contracts by account and contract"""
    market_exercised: dict[str, int] = {}
    market_assigned: dict[str, int] = {}
    shares: dict[str, int] = {}
    """Shares the clearing house has taken in and not given out; zero when everything is delivered"""
    share_moves: dict[str, int] = {}
    """Shares clients got by deliveries less those they gave, by underlying"""
    open_interest: dict[str, int] = {}
    restricted: tuple[str, ...] = ()
    reserve: Decimal = ZERO
    cash_short: dict[str, Decimal] = {}
    """What accounts could not pay at today's delivery"""
    statements: dict[str, Statement] = {}
    reversals: list[str] = []
    """Executions that were booked back, by account and id"""

    @property
    def next_step(self) -> Step | None:
        """The step to run next; None before the beginning and after the end."""
        return None if self.inputs is None else step_after(len(self.done))

    @property
    def is_settled(self) -> bool:
        """Whether every step is done."""
        return len(self.done) == len(STEPS)
