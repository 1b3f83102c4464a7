"""Where a jump of a class leads (跳转), and who is waited for on the way."""

from dataclasses import dataclass, field
from datetime import date, datetime, time

from terminal.domain.calendar import SHANGHAI

_DAY_OVER = time(23, 59, 59)


@dataclass(slots=True)
class Jump:
    """Where a jump leads, and who is waited for."""

    goal: datetime
    expected: set[str] = field(default_factory=set)
    """Desks that were there when the day before ended"""
    waiting: set[str] = field(default_factory=set)
    """Desks that have not dealt with the newest stop"""
    number: int = 0
    until: float = 0.0
    """Wall seconds after which nobody is waited for"""
    told_settled: bool = False
    arrived: bool = False


def settled_of(day: date) -> datetime:
    """A goal that no time of the day reaches: the jump ends when the day is settled."""
    return datetime.combine(day, _DAY_OVER, SHANGHAI)
