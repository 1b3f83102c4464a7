"""Days counted again from the journal: any recorded day or month, today among them, under any terms (X10).

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
from terminal.rules.sessions import DaySchedule
from terminal.services.obligation_records import DaySteps, days_of
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

    async def days(self) -> tuple[date, ...]:
        """Every day that the journal has a measure of, oldest first."""
        return await asyncio.to_thread(self._measured_days)

    async def recorded(self, terms: Terms, first: date, last: date, now: datetime) -> tuple[DayResult, ...]:
        """The recorded days from first to last under some terms; one that is not over counts up to `now`."""
        return await asyncio.to_thread(self._recorded, terms, first, last, now)

    async def day(self, terms: Terms, day: date, until: datetime) -> DayResult | None:
        """A day up to a moment under some terms; None where the journal has no measured day of that date."""
        return await asyncio.to_thread(self._day, terms, day, until)

    # ---- in the thread

    def _month(self, terms: Terms, today: date) -> MonthScore:
        scores: dict[date, float] = {}
        for steps in self._measured():
            day = steps.trading_day
            if (day.year, day.month) == (today.year, today.month) and day < today:
                scores[day] = score_day(steps, terms, self._sessions).score.total
        totals = [total for total in scores.values() if total == total]
        return MonthScore(len(totals), fmean(totals) if totals else float("nan"))

    def _measured_days(self) -> tuple[date, ...]:
        return tuple(sorted({steps.trading_day for steps in self._measured()}))

    def _recorded(self, terms: Terms, first: date, last: date, now: datetime) -> tuple[DayResult, ...]:
        found: dict[date, DayResult] = {}
        for steps in self._measured():
            day = steps.trading_day
            if first <= day <= last:
                is_over = now >= DaySchedule.of(self._sessions, day).phases[-1][0]
                found[day] = score_day(steps, terms, self._sessions, None if is_over else now)
        return tuple(found[day] for day in sorted(found))

    def _day(self, terms: Terms, day: date, until: datetime) -> DayResult | None:
        found = None
        for steps in self._measured():
            if steps.trading_day == day:
                found = steps
        return None if found is None else score_day(found, terms, self._sessions, until)

    def _measured(self) -> Iterator[DaySteps]:
        """Days with a measure; a date that a later book plays again comes again, and the later one counts."""
        return (steps for steps in days_of(self._giving_way()) if steps.told is not None)

    def _giving_way(self) -> Iterator[Record]:
        for number, record in enumerate(self._read(), 1):
            if number % _BREATH_RECORDS == 0:
                time.sleep(_BREATH_SECONDS)
            yield record
