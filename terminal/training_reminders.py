"""A desk's reminders as a class needs them: asked at every step of a jump, told when said, acknowledged by a script."""

from collections.abc import Callable
from datetime import datetime

from terminal.alerts.alert import Alert, AlertKind, Finding, Level
from terminal.alerts.engine import AlertBook, AlertsChanged
from terminal.domain.messages import NoticeKind
from terminal.services.events import NoticeReceived
from terminal.training.headless import HeadlessDesk


class DeskReminders:
    """Implements `training.class_desk.Reminders` and `training.scripted_trainee.Answering` over an AlertBook."""

    def __init__(self, desk: HeadlessDesk, said: Callable[[Alert], None]) -> None:
        self._desk = desk
        self._said = said
        self.book = AlertBook(bus=desk.desk.bus, write=desk.desk.orders.write, find=lambda now: (), repetitions={})
        desk.desk.bus.subscribe(AlertsChanged, self._on_change)
        desk.desk.bus.subscribe(NoticeReceived, self._on_notice)

    def evaluate(self, now: datetime) -> None:
        """Ask the rules now."""
        self.book.evaluate(now)

    def open_count(self) -> int:
        """How many wait."""
        return len(self.book.alerts())

    def acknowledge_kind(self, kind: str, at: datetime, who: str) -> int:
        """Acknowledge all of a kind, or of every kind; gives how many."""
        waiting = [a for a in self.book.alerts() if kind in ("", a.finding.kind.value)]
        for alert in waiting:
            self.book.acknowledge(alert.finding.key, who, at)
        return len(waiting)

    def close(self) -> None:
        """Nothing is open: what it listens to ends with the desk."""

    def _on_change(self, event: AlertsChanged) -> None:
        for alert in event.said:
            self._said(alert)

    def _on_notice(self, event: NoticeReceived) -> None:
        notice = event.notice
        if notice.kind is NoticeKind.INSTRUCTOR:
            subject = f"{notice.at.isoformat()}"
            self.book.tell(
                Finding(AlertKind.INSTRUCTOR, subject, Level.CARD, figures=dict(notice.figures)),
                self._desk.desk.clock.now(),
            )
