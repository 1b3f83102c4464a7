"""Time to expiry in years, counted to the minute up to 15:00 Shanghai on the expiry day (到期日).

Calendar time (自然日) runs day and night; trading time (交易时间) runs only while the market trades, so nights, lunch,
weekends and holidays take nothing from an option. The moment is an argument, and a time that has passed is 0.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from terminal.domain.calendar import SHANGHAI, TradingCalendar
from terminal.domain.errors import BadInput

#: The last moment an expiring contract trades
EXPIRY_TIME = time(15, 0, tzinfo=SHANGHAI)
MINUTES_PER_YEAR = 365 * 24 * 60
_MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class TradingTime:
    """The clock of trading time: which minutes count, and how many days of them make a year."""

    calendar: TradingCalendar
    windows: tuple[tuple[time, time], ...]
    """Hours that trade, first and last moment, Shanghai time, in order; the last one ends with the contract"""
    days_per_year: int
    """Trading days that count as a year, e.g. 244"""

    def __post_init__(self) -> None:
        edges = [edge.replace(tzinfo=None) for window in self.windows for edge in window]
        if not edges or any(first >= last for first, last in pairwise(edges)):
            raise BadInput("windows", self.windows, "hours in order that do not touch")
        if not 200 <= self.days_per_year <= 366:
            raise BadInput("days per year", self.days_per_year, "200 to 366 trading days")

    @property
    def minutes_per_day(self) -> float:
        """Minutes that trade on one day."""
        return sum(_minutes(first, last) for first, last in self.windows)

    def years_to_expiry(self, now: datetime, expiry: date) -> float:
        """Years of trading time from the minute of `now` (aware) to the end of trading on `expiry`.

        Raises CalendarError where a day on the way lies outside the calendar.
        """
        at = now.astimezone(SHANGHAI)
        if at.date() > expiry:
            return 0.0
        minutes = self._left_of(at.date(), at.time()) + self.calendar.days_left(at.date(), expiry) * (
            self.minutes_per_day
        )
        return minutes / (self.minutes_per_day * self.days_per_year)

    def _left_of(self, day: date, clock: time) -> float:
        if not self.calendar.is_trading_day(day):
            return 0.0
        minute = clock.replace(second=0, microsecond=0)
        return sum(_minutes(max(first.replace(tzinfo=None), minute), last) for first, last in self.windows)


def years_to_expiry(now: datetime, expiry: date, trading: TradingTime | None = None) -> float:
    """Years from the minute of `now` (aware) to the end of trading on `expiry`; 0 once that has passed.

    Calendar time, or trading time by the clock given.
    """
    if trading is not None:
        return trading.years_to_expiry(now, expiry)
    left = datetime.combine(expiry, EXPIRY_TIME) - now.replace(second=0, microsecond=0)
    return max(left / _MINUTE / MINUTES_PER_YEAR, 0.0)


def years_to_expiries(
    now: datetime, expiries: Iterable[date], trading: TradingTime | None = None
) -> NDArray[np.float64]:
    """The same for many expiries, in their order."""
    return np.array([years_to_expiry(now, expiry, trading) for expiry in expiries], dtype=np.float64)


def _minutes(first: time, last: time) -> float:
    return max(60.0 * (last.hour - first.hour) + (last.minute - first.minute), 0.0)
