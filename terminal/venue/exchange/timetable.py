"""The moments of one trading day at which the whole exchange changes, laid out once from the day's schedule.

Between two moments nothing about phases and windows changes, so nothing is looked up per order.
"""

from dataclasses import dataclass
from datetime import datetime

from terminal.domain.phases import Phase
from terminal.domain.reasons import Reason
from terminal.rules.sessions import DaySchedule, Entry


@dataclass(frozen=True, slots=True)
class Moment:
    """What holds from `at` on. `ends_at` is the end of the phase, None for the last one."""

    at: datetime
    phase: Phase
    ends_at: datetime | None
    accepts_orders: bool
    accepts_quotes: bool
    cancel_refusal: Reason | None
    """Why no cancel is accepted now; None when cancels are accepted"""


def timetable(schedule: DaySchedule) -> list[Moment]:
    """The day's moments from midnight on: each beginning of a phase and each edge of a window without cancels."""
    return [_moment(schedule, at) for at in (schedule.phases[0][0], *schedule.boundaries)]


def _moment(schedule: DaySchedule, at: datetime) -> Moment:
    accepts_orders, accepts_quotes = schedule.accepts(Entry.ORDERS, at), schedule.accepts(Entry.QUOTES, at)
    refusal = None
    if not schedule.accepts(Entry.CANCELS, at):
        refusal = Reason.CANCEL_WINDOW if accepts_orders else Reason.PHASE_CLOSED
    return Moment(at, schedule.phase_at(at), schedule.phase_end(at), accepts_orders, accepts_quotes, refusal)
