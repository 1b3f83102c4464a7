"""Days counted again from the journal: the month so far, and today under other terms (X10).

Reading a journal takes long, so these run in a thread of their own and let the desk's go first now and then.
"""

import asyncio
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from statistics import fmean

from terminal.domain.ports import Record
from terminal.rules.obligations.terms import Terms
from terminal.rules.profile import Sessions
from terminal.services.obligation_records import days_of
from terminal.services.quoting_day import DayResult, score_day

#: After so many records the desk's own thread goes first
_BREATH_RECORDS, _BREATH_SECONDS = 200, 0.002


@dataclass(frozen=True, slots=True)
class MonthScore:
    """The days of a month before today; `mean` is nan for none."""

    days: int
    mean: float


class ObligationScores:
    """Counts again. `read` gives the records of the journal, `profiles` the terms that may be chosen."""

    def __init__(
        self, read: Callable[[], Iterable[Record]], sessions: Sessions, profiles: Callable[[], tuple[Terms, ...]]
    ) -> None:
        self._read = read
        self._sessions = sessions
        self.profiles = profiles

    async def month(self, terms: Terms, today: date) -> MonthScore:
        """The scores of the days of this month before today."""
        return await asyncio.to_thread(self._month, terms, today)

    async def day(self, terms: Terms, day: date, until: datetime) -> DayResult | None:
        """A day up to a moment under some terms; None where the journal has no measured day of that date."""
        return await asyncio.to_thread(self._day, terms, day, until)

    # ---- in the thread

    def _month(self, terms: Terms, today: date) -> MonthScore:
        totals = []
        for steps in days_of(self._giving_way()):
            day = steps.trading_day
            if (day.year, day.month) == (today.year, today.month) and day < today and steps.told is not None:
                total = score_day(steps, terms, self._sessions).score.total
                totals += [total] if total == total else []
        return MonthScore(len(totals), fmean(totals) if totals else float("nan"))

    def _day(self, terms: Terms, day: date, until: datetime) -> DayResult | None:
        found = None
        for steps in days_of(self._giving_way()):
            if steps.trading_day == day and steps.told is not None:
                found = steps
        return None if found is None else score_day(found, terms, self._sessions, until)

    def _giving_way(self) -> Iterator[Record]:
        for number, record in enumerate(self._read(), 1):
            if number % _BREATH_RECORDS == 0:
                time.sleep(_BREATH_SECONDS)
            yield record
