"""Times of a scenario: `E-2 14:30` counts trading days from the expiry, `2026-11-24 14:30` names the day."""

import re
from datetime import date, datetime, time

from terminal.domain.calendar import SHANGHAI, TradingCalendar
from terminal.domain.errors import BadInput, CalendarError

_RELATIVE = re.compile(r"E(?:([+-])(\d{1,3}))?")
_DAY_RULE = "a day like E, E-2, E+1 or 2026-11-25"


def day_of(text: str, expiry: date, calendar: TradingCalendar) -> date:
    """A trading day. Raises BadInput for anything else."""
    match = _RELATIVE.fullmatch(text.strip())
    try:
        if match is not None:
            count = int(match.group(2) or 0) * (-1 if match.group(1) == "-" else 1)
            return calendar.shift(expiry, count)
        day = date.fromisoformat(text.strip())
        trades = calendar.is_trading_day(day)
    except ValueError:
        raise BadInput("day", text, _DAY_RULE) from None
    except CalendarError as error:
        raise BadInput("day", text, str(error)) from error
    if not trades:
        raise BadInput("day", text, "a trading day")
    return day


def time_of(text: str) -> time:
    """A time of day. Raises BadInput for anything else."""
    try:
        found = time.fromisoformat(text.strip())
    except ValueError:
        raise BadInput("time", text, "a time like 14:30 or 14:30:05") from None
    if found.tzinfo is not None:
        raise BadInput("time", text, "a time without a zone: the market's")
    return found


def moment_of(text: str, expiry: date, calendar: TradingCalendar) -> datetime:
    """Day and time. Raises BadInput for anything else."""
    day, _, at = text.strip().partition(" ")
    if not at:
        raise BadInput("at", text, f"{_DAY_RULE}, a blank and a time")
    return datetime.combine(day_of(day, expiry, calendar), time_of(at), SHANGHAI)
