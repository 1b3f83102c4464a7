"""How the contracts stand: one level each, worst first, counted. Shared by the dashboard and the top bar."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

from terminal.domain.account_rights import AccountKind
from terminal.rules.obligations.clock import QuotingState, Total
from terminal.rules.obligations.figures import Figures
from terminal.services.obligations import Obligations

#: A contract is critical once less than this part of what it may miss in a day is left to miss
CRITICAL_PART = 0.25
#: Figures younger than this are shown again, seconds
_FRESH_SECONDS = 0.45


class Level(IntEnum):
    """What a contract needs."""

    GOOD = 0
    CRITICAL = 1
    """Quoted, but with little slack left or none, or excused by a fill for a moment"""
    MISSED = 2
    """Owed and not quoted now"""
    EXEMPT = 3
    OFF = 4
    """Nothing is owed at this hour"""


@dataclass(frozen=True)
class Standing:
    """Levels by place in `figures`, and what is counted of them."""

    figures: Figures
    levels: NDArray[np.int8]
    participation: float
    """Compliant over obligated time of all contracts; nan for nothing owed yet"""

    def count(self, level: Level) -> int:
        """How many contracts stand at a level."""
        return int((self.levels == level).sum())

    @property
    def order(self) -> NDArray[np.int64]:
        """Places by slack, the least first; those that owe nothing all day come last."""
        slack = np.where(
            self.figures.counted & (self.levels != Level.EXEMPT), self.figures.slack_us, np.iinfo(np.int64).max
        )
        return np.argsort(slack, kind="stable")


def standing_of(figures: Figures) -> Standing:
    """Give every contract its level."""
    levels = np.full(len(figures.codes), Level.GOOD, np.int8)
    whole_us = figures.totals_us[:, Total.COMPLIANT] + figures.totals_us[:, Total.MISSED] + figures.remaining_us
    allowance_us = whole_us * (1.0 - float(figures.terms.participation.rate))
    levels[(figures.slack_us < CRITICAL_PART * allowance_us) & ~figures.safe] = Level.CRITICAL
    coded = {QuotingState.LIVE: 0, QuotingState.GRACE: 1, QuotingState.MISSED: 2, QuotingState.EXEMPT: 3}
    states = np.array([coded.get(state, 4) for state in figures.states], np.int8)
    levels[states == 1] = Level.CRITICAL
    levels[states == 4] = Level.OFF
    levels[states == 2] = Level.MISSED
    levels[(states == 3) | ~figures.counted] = Level.EXEMPT
    totals = figures.totals_us[:, (Total.COMPLIANT, Total.MISSED)].sum(axis=0)
    owed = int(totals.sum())
    return Standing(figures, levels, int(totals[0]) / owed if owed else float("nan"))


class StandingSource:
    """The standing now, reckoned at most twice a second however many views ask."""

    def __init__(
        self, obligations: Obligations, kind: Callable[[], AccountKind], monotonic: Callable[[], float]
    ) -> None:
        self.obligations = obligations
        self._kind = kind
        self._monotonic = monotonic
        self._at = -1.0
        self._standing: Standing | None = None

    @property
    def kind(self) -> AccountKind:
        """The account's kind as the counter tells it."""
        return self._kind()

    def now(self, *, fresh: bool = False) -> Standing | None:
        """The standing; None for an account that owes nothing, or before anything is known of its day."""
        at = self._monotonic()
        if fresh or self._at < 0 or at - self._at >= _FRESH_SECONDS:
            self._at = at
            figures = self.obligations.figures()
            self._standing = None if figures is None else standing_of(figures)
        return self._standing
