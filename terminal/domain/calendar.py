"""The trading calendar (交易日历): which days trade, and the days an option month is made of.

Years whose holidays the exchange has not announced are marked estimated; a date outside every known year raises
CalendarError, because a working day is never invented.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from terminal.domain.errors import CalendarError

#: The market's time zone
SHANGHAI = ZoneInfo("Asia/Shanghai")
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class TradingYear:
    """One year: its closed weekdays, and whether they are the exchange's own announcement."""

    year: int
    closed: frozenset[date]
    estimated: bool = False


class TradingCalendar:
    """Weekdays that are not closed, over the years given."""

    def __init__(self, years: Iterable[TradingYear]) -> None:
        self._years: Mapping[int, TradingYear] = {y.year: y for y in years}
        self._days: dict[int, list[date]] = {}

    @property
    def first_year(self) -> int:
        """First year known."""
        return min(self._years)

    @property
    def last_year(self) -> int:
        """Last year known, estimated ones included."""
        return max(self._years)

    @property
    def years(self) -> tuple[TradingYear, ...]:
        """All years known, in order."""
        return tuple(self._years[y] for y in sorted(self._years))

    def with_years(self, years: Iterable[TradingYear]) -> "TradingCalendar":
        """This calendar with some years replaced or added, e.g. by an imported announcement."""
        merged = dict(self._years)
        merged.update({y.year: y for y in years})
        return TradingCalendar(merged.values())

    def is_trading_day(self, day: date) -> bool:
        """Whether the exchange trades that day. Raises CalendarError outside the known years."""
        return day.weekday() < 5 and day not in self._year(day).closed

    def is_estimated(self, day: date) -> bool:
        """Whether the day's year rests on an estimate."""
        return self._year(day).estimated

    def on_or_after(self, day: date) -> date:
        """The day itself if it trades, else the next that does."""
        while not self.is_trading_day(day):
            day += _DAY
        return day

    def on_or_before(self, day: date) -> date:
        """The day itself if it trades, else the last one before it that did."""
        while not self.is_trading_day(day):
            day -= _DAY
        return day

    def shift(self, day: date, count: int) -> date:
        """The trading day `count` trading days after (or before, if negative) `day`."""
        step = _DAY if count >= 0 else -_DAY
        for _ in range(abs(count)):
            day += step
            while not self.is_trading_day(day):
                day += step
        return day

    def trading_days(self, first: date, last: date) -> list[date]:
        """Every trading day from first to last, both included."""
        found: list[date] = []
        for year in range(first.year, last.year + 1):
            days = self._days_of(year)
            found += days[bisect_left(days, first) : bisect_right(days, last)]
        return found

    def days_left(self, today: date, last: date) -> int:
        """Trading days after `today` up to and including `last`; 0 on the last day."""
        count = 0
        for year in range(today.year, last.year + 1):
            days = self._days_of(year)
            count += max(bisect_right(days, last) - bisect_right(days, today), 0)
        return count

    def expiry_of(self, year: int, month: int) -> date:
        """Expiry day of a month (到期日): its fourth Wednesday, moved to the next trading day when closed."""
        first = date(year, month, 1)
        fourth = first + timedelta(days=(2 - first.weekday()) % 7 + 21)
        return self.on_or_after(fourth)

    def _days_of(self, year: int) -> list[date]:
        """Every trading day of a year in order, listed once: the screens ask for days left at every frame."""
        days = self._days.get(year)
        if days is None:
            closed = self._year(first := date(year, 1, 1)).closed
            length = (date(year, 12, 31) - first).days + 1
            every = (first + n * _DAY for n in range(length))
            days = self._days[year] = [day for day in every if day.weekday() < 5 and day not in closed]
        return days

    def _year(self, day: date) -> TradingYear:
        known = self._years.get(day.year)
        if known is None:
            raise CalendarError(
                f"{day.isoformat()} lies outside the trading calendar, which knows "
                f"{self.first_year} to {self.last_year}: import the exchange's announcement"
            )
        return known
