"""A desk's reminders in a class: asked at every step of a jump, told what an instructor says, answered by a script."""

from collections.abc import Callable
from datetime import datetime

from terminal.alerts.alert import Alert, AlertKind, Finding, Level
from terminal.alerts.engine import AlertsChanged
from terminal.app.alerts import Reminders
from terminal.domain.messages import NoticeKind
from terminal.services.desk import Desk
from terminal.services.events import NoticeReceived


class ClassReminders:
    """Implements `training.class_desk.Reminders` and `training.scripted_trainee.Answering`. `said` is told of the
    reminders that are put before the trainee at one time."""

    def __init__(
        self, desk: Desk, reminders: Reminders, said: Callable[[tuple[Alert, ...]], None] | None = None
    ) -> None:
        self._desk = desk
        self._reminders = reminders
        self._said = said
        desk.bus.subscribe(AlertsChanged, self._on_change)
        desk.bus.subscribe(NoticeReceived, self._on_notice)

    def evaluate(self, now: datetime) -> None:
        """Ask the rules now; the desk's clock is at `now`. Without a screen toasts go by themselves, as on it."""
        if self._said is not None:
            book = self._reminders.book
            for alert in book.alerts():
                if alert.said_at < now:
                    book.dismiss(alert.finding.key, now)
        self._reminders.evaluate()

    def open_count(self) -> int:
        """How many wait for a person."""
        return len(self._reminders.book.alerts())

    def acknowledge_kind(self, kind: str, at: datetime, who: str) -> int:
        """Acknowledge all of a kind, or of every kind; gives how many."""
        book = self._reminders.book
        waiting = [alert for alert in book.alerts() if kind in ("", alert.finding.kind.value)]
        for alert in waiting:
            book.acknowledge(alert.finding.key, who, at)
        return len(waiting)

    def _on_change(self, event: AlertsChanged) -> None:
        if self._said is not None and event.said:
            self._said(event.said)

    def _on_notice(self, event: NoticeReceived) -> None:
        notice = event.notice
        if notice.kind is not NoticeKind.INSTRUCTOR:
            return
        subject = f"{notice.at.isoformat()}:{notice.number}"
        known = self._reminders.book.get(f"{AlertKind.INSTRUCTOR.value}:{subject}")
        if known is None:
            # A line that comes back brings the day's notices again
            self._reminders.tell(Finding(AlertKind.INSTRUCTOR, subject, Level.CARD, figures=dict(notice.figures)))
