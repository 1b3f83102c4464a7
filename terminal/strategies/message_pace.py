"""How a strategy that may send so many messages a day spreads them (报撤单节奏): a bucket that fills by the minute.

A day of 20,000 orders and cancels (rulebook 11) is 1.4 a second for the whole desk. One that sent whenever a price
moved had none left by half past ten, and its quotes would lie there and be taken.
"""

from math import isinf

#: What is not urgent leaves this part of the bucket for what is
_KEPT = 0.5


class MessagePace:
    """Messages that may be sent now. Times are monotonic seconds; infinitely many a minute never run out."""

    def __init__(self, per_minute: float, saved: int) -> None:
        self._per_second = per_minute / 60.0
        self._saved = float(saved)
        self._left = float(saved)
        self._at: float | None = None

    @property
    def is_bounded(self) -> bool:
        """Whether messages can run out."""
        return not isinf(self._per_second)

    def set(self, per_minute: float, saved: int) -> None:
        """Another pace; what is left stays."""
        self._per_second, self._saved = per_minute / 60.0, float(saved)
        self._left = min(self._left, self._saved)

    def allows(self, now: float, *, urgent: bool) -> bool:
        """Whether a message may go; one that is not urgent leaves half of what can be saved."""
        if not self.is_bounded:
            return True
        self._fill(now)
        return self._left >= (1.0 if urgent else max(1.0, self._saved * _KEPT))

    def spend(self, count: int, now: float) -> None:
        """Messages were sent; what had to be sent may overdraw."""
        if self.is_bounded:
            self._fill(now)
            self._left -= count

    def _fill(self, now: float) -> None:
        if self._at is not None:
            self._left = min(self._left + (now - self._at) * self._per_second, self._saved)
        self._at = now
