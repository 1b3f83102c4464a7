"""Market time on the desk (行情时间): the venue's clock, carried forward between its messages."""

from collections.abc import Callable
from datetime import datetime, timedelta

from terminal.domain.calendar import SHANGHAI
from terminal.domain.messages import ClockChanged


class MarketClock:
    """Says what time the market has; `monotonic` gives seconds."""

    def __init__(self, monotonic: Callable[[], float]) -> None:
        self._monotonic = monotonic
        self._at: datetime | None = None
        self._set_at = 0.0
        self.speed = 0.0
        self.behind_seconds = 0.0
        self.is_running = False
        """Whether market time passes, at a speed or in steps"""
        self.drift_seconds = 0.0
        """How far the venue's newest time lay ahead of what was expected here, at one speed; 0 after a change of it"""

    @property
    def is_set(self) -> bool:
        """Whether a venue has told the time yet."""
        return self._at is not None

    def set(self, message: ClockChanged) -> None:
        """Take the venue's time and speed."""
        same = self._at is not None and message.speed == self.speed and message.speed > 0
        self.drift_seconds = (message.at - self.now()).total_seconds() / message.speed if same else 0.0
        self._at = message.at.astimezone(SHANGHAI)
        self._set_at = self._monotonic()
        self.speed = message.speed
        self.behind_seconds = message.behind_seconds
        self.is_running = message.speed > 0 or message.stepping

    def now(self) -> datetime:
        """Market time now; the computer's time before any venue has told it."""
        if self._at is None:
            return datetime.now(SHANGHAI)
        return self._at + timedelta(seconds=(self._monotonic() - self._set_at) * self.speed)
