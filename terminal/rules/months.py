"""Which expiry months are listed on a day (到期月份), rulebook 1.2, and since when.

The current month stays until its expiry day, that day included; the trading day after, a new month joins.
"""

from datetime import date

from terminal.domain.calendar import TradingCalendar
from terminal.rules.profile import Listing

Month = tuple[int, int]
"""Year and month"""
_QUARTER = 3


def listed_months(calendar: TradingCalendar, trading_day: date, rules: Listing) -> list[Month]:
    """The months on the board that day, nearest first: consecutive ones, then quarter months.

    Raises CalendarError when the day or an expiry it depends on lies outside the calendar.
    """
    current = (trading_day.year, trading_day.month)
    if trading_day > calendar.expiry_of(*current):
        current = _next(current)
    return _months_from(current, rules)


def month_listed_on(calendar: TradingCalendar, month: Month, rules: Listing) -> date:
    """The first trading day of a month: the day after the expiry that made room for it (到期加挂)."""
    current = month
    while month in _months_from(_previous(current), rules):
        current = _previous(current)
    return calendar.shift(calendar.expiry_of(*_previous(current)), 1)


def _months_from(current: Month, rules: Listing) -> list[Month]:
    months = [current]
    while len(months) < rules.near_months:
        months.append(_next(months[-1]))
    candidate, wanted = months[-1], len(months) + rules.quarter_months
    while len(months) < wanted:
        candidate = _next(candidate)
        if candidate[1] % _QUARTER == 0:
            months.append(candidate)
    return months


def _next(month: Month) -> Month:
    return (month[0] + 1, 1) if month[1] == 12 else (month[0], month[1] + 1)


def _previous(month: Month) -> Month:
    return (month[0] - 1, 12) if month[1] == 1 else (month[0], month[1] - 1)
