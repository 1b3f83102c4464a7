"""When a reminder is said again while its cause lasts."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from terminal.alerts.alert import Alert, Level, Standing
from terminal.domain.calendar import SHANGHAI


@dataclass(frozen=True, slots=True)
class Repetition:
    """How a kind of reminder repeats; the default says it once."""

    every: timedelta | None = None
    """An open card or sheet is said again after so long; a toast goes by itself, and what was acknowledged is not"""
    within: timedelta | None = None
    """Only so long before its deadline; None: as long as it is open"""
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
        if self._is_late(alert, now):
            return True
        if not self.at:
            return False
        known = alert.said_at if alert.acknowledged_at is None else max(alert.said_at, alert.acknowledged_at)
        local = now.astimezone(SHANGHAI)
        moments = (datetime.combine(local.date(), moment, SHANGHAI) for moment in self.at)
        return any(known < moment <= now for moment in moments)

    def _is_late(self, alert: Alert, now: datetime) -> bool:
        """Whether an open one has waited so long that it is said again."""
        finding = alert.finding
        if self.every is None or alert.standing is not Standing.OPEN or finding.level is Level.TOAST:
            return False
        if self.within is not None and finding.deadline is not None and finding.deadline - now > self.within:
            return False
        return now - alert.said_at >= self.every


ONCE = Repetition()
