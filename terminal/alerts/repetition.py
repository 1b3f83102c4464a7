"""When a reminder is said again while its cause lasts."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from terminal.alerts.alert import Alert, Standing
from terminal.domain.calendar import SHANGHAI


@dataclass(frozen=True, slots=True)
class Repetition:
    """How a kind of reminder repeats; the default says it once."""

    every: timedelta | None = None
    """An open one is said again after so long; one that was acknowledged is not"""
    at: tuple[time, ...] = ()
    """At these market times it is said again, acknowledged or not, on every day its cause lasts"""
    rest: timedelta = timedelta(minutes=5)
    """A cause that was gone for less is the same cause: it goes on where it stood, and nothing is said"""

    def has_rested(self, alert: Alert, now: datetime) -> bool:
        """Whether a cause that is back is a new one."""
        return alert.standing is Standing.RESOLVED and (
            alert.resolved_at is None or now - alert.resolved_at >= self.rest
        )

    def is_due(self, alert: Alert, now: datetime) -> bool:
        """Whether a reminder whose cause lasts must be put before the person now."""
        if alert.standing is Standing.SNOOZED:
            return alert.snoozed_until is not None and now >= alert.snoozed_until
        if alert.standing is Standing.OPEN and self.every is not None and now - alert.said_at >= self.every:
            return True
        if not self.at:
            return False
        known = alert.said_at if alert.acknowledged_at is None else max(alert.said_at, alert.acknowledged_at)
        local = now.astimezone(SHANGHAI)
        moments = (datetime.combine(local.date(), moment, SHANGHAI) for moment in self.at)
        return any(known < moment <= now for moment in moments)


ONCE = Repetition()
