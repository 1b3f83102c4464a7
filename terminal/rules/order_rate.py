"""How fast an account sends and cancels (报撤单频率), rulebook 11: per second, per day, and cancels per order."""

from collections import deque
from datetime import datetime, timedelta

from terminal.domain.reasons import Denial, Reason
from terminal.rules.profile import Limit, OrderRate

_SECOND = timedelta(seconds=1)


class RateCounter:
    """Counts one account's orders and cancels over the last second and over the day. Time is an argument.

    Times may not run backwards: an earlier moment counts as the latest one seen.
    """

    def __init__(self, rules: OrderRate) -> None:
        self._rules = rules
        self._recent: deque[datetime] = deque()
        self._latest: datetime | None = None
        self.orders = 0
        self.cancels = 0

    def check(self, now: datetime, *, cancel: bool = False) -> Denial | None:
        """Whether one more order, or cancel, would pass a limit. It is not counted yet.

        The ratio is asked of orders only: a cancel is a way out and is never refused for it.
        """
        rules = self._rules
        second = self.last_second(now) + 1
        if _passes(second, rules.per_second):
            return Denial(Reason.ORDER_RATE, "account", f"{second}/s", f"{rules.per_second}/s")
        today = self.orders + self.cancels + 1
        if _passes(today, rules.per_day):
            return Denial(Reason.ORDER_RATE, "account", f"{today}/d", f"{rules.per_day}/d")
        percent = rules.cancel_percent
        if cancel or isinstance(percent, str) or self.orders < rules.cancel_percent_from:
            return None
        if self.cancels * 100 > max(percent, 0) * self.orders:
            given = f"{self.cancels}/{self.orders}"
            return Denial(Reason.CANCEL_RATIO, "account", given, f"{max(percent, 0)}%")
        return None

    def record(self, now: datetime, *, cancel: bool = False) -> None:
        """Count one order or cancel that was sent."""
        self._forget(now)
        self._recent.append(self._latest or now)
        if cancel:
            self.cancels += 1
        else:
            self.orders += 1

    def last_second(self, now: datetime) -> int:
        """Orders and cancels sent less than a second ago."""
        self._forget(now)
        return len(self._recent)

    def _forget(self, now: datetime) -> None:
        latest = self._latest
        if latest is None or now > latest:
            self._latest = latest = now
        recent = self._recent
        while recent and latest - recent[0] >= _SECOND:
            recent.popleft()


def _passes(count: int, limit: Limit) -> bool:
    return not isinstance(limit, str) and count > limit
