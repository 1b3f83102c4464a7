"""What is wrong with the lines of a class now (线路故障): market data lost or late, reports held, desks cut off. Pure.

All of it follows from the events that were injected today, so a venue that comes back disturbs on.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta

from terminal.domain.messages import ClassEventKind, EventInjected


class Disturbances:
    """Asked with the market's time."""

    def __init__(self, injected: Iterable[EventInjected] = ()) -> None:
        self._feed_back_at: datetime | None = None
        self._late_until: datetime | None = None
        self._lag = timedelta(0)
        self._reports_at: datetime | None = None
        self._cut: dict[str, datetime] = {}
        self._lost_at: list[datetime] = []
        for record in injected:
            self.take(record)

    def take(self, record: EventInjected) -> None:
        """An event was let happen."""
        event, until = record.event, record.at + timedelta(seconds=record.event.seconds)
        if not record.done:
            return
        if event.kind is ClassEventKind.FEED_LOSS:
            self._feed_back_at = until
            self._lost_at.append(record.at)
        elif event.kind is ClassEventKind.FEED_DELAY:
            self._late_until, self._lag = until, timedelta(seconds=event.lag)
        elif event.kind is ClassEventKind.ACK_DELAY:
            self._reports_at = until
        elif event.kind is ClassEventKind.LINE_CUT:
            self._cut[event.account_id] = until
            self._lost_at.append(record.at)

    def has_no_feed(self, now: datetime) -> bool:
        """Whether no market data go out."""
        return self._feed_back_at is not None and now < self._feed_back_at

    def lag(self, now: datetime) -> timedelta:
        """How late market data go out."""
        return self._lag if self._late_until is not None and now < self._late_until else timedelta(0)

    def holds_reports(self, now: datetime) -> bool:
        """Whether reports are held."""
        return self._reports_at is not None and now < self._reports_at

    def is_cut(self, account_id: str, now: datetime) -> bool:
        """Whether the account's desks are refused."""
        until = self._cut.get(account_id)
        return until is not None and now < until

    def begun(self, seconds: Iterable[float]) -> list[datetime]:
        """So many seconds after each loss of data or of a line: a jump stops there for the reminders due then."""
        return [at + timedelta(seconds=passed) for at in self._lost_at for passed in seconds]

    def ends(self, after: datetime) -> list[datetime]:
        """When something that is wrong now is over, the earliest first: a jump stops there."""
        moments = [self._feed_back_at, self._late_until, self._reports_at, *self._cut.values()]
        return sorted(m for m in moments if m is not None and m > after)
