"""How fast a sender acts: messages a second and a day, the same order again, executions in a row. Time is an argument.

SSE's programme-trading thresholds are 300 orders and cancels a second and 20,000 a day (rulebook 11). Warnings come at
60, 80 and 100 % of either; the last part is kept for cancels, because a throttle that stops cancels closes the way
out (F16, F94). A cancel is counted and never refused.
"""

from collections import deque

import numpy as np

from terminal.domain.reasons import Denial, Reason
from terminal.rules.protection.limit_sheet import LimitSheet, bound

WARNING_STEPS = (0.6, 0.8, 1.0)
_BUCKETS = 50
_BUCKET_SECONDS = 1.0 / _BUCKETS


class SecondCounter:
    """Counts over the last second in fiftieths: an event is forgotten between 1.00 and 1.02 s later, never earlier."""

    def __init__(self) -> None:
        self._buckets: deque[tuple[int, int]] = deque()
        self.count = 0

    def add(self, now: float, count: int = 1) -> None:
        """Count what happens now."""
        self.forget(now)
        number = int(now / _BUCKET_SECONDS)
        if self._buckets and self._buckets[-1][0] >= number:
            last, had = self._buckets[-1]
            self._buckets[-1] = last, had + count
        else:
            self._buckets.append((number, count))
        self.count += count

    def forget(self, now: float) -> int:
        """Drop what is older than a second; gives what is left."""
        oldest = int(now / _BUCKET_SECONDS) - _BUCKETS
        while self._buckets and self._buckets[0][0] < oldest:
            self.count -= self._buckets.popleft()[1]
        return self.count


class MessageBudget:
    """Messages and quoted contracts of one sender. `now` is monotonic seconds."""

    def __init__(self) -> None:
        self._second = SecondCounter()
        self._quotes = SecondCounter()
        self.today = 0

    def start_day(self) -> None:
        """A new trading day counts from nothing (F85)."""
        self.today = 0

    def denial(self, sheet: LimitSheet, now: float, messages: int = 1, quotes: int = 0) -> Denial | None:
        """Whether so many more may be sent; cancels need not ask."""
        reserve = min(bound(sheet.cancel_reserve), 1.0)
        second = self._second.forget(now) + messages
        allowed = bound(sheet.messages_per_second) * (1.0 - reserve)
        if second > allowed:
            return Denial(Reason.MESSAGES_SECOND, "account", f"{second}/s", f"{allowed:g}/s")
        allowed = bound(sheet.messages_per_day) * (1.0 - reserve)
        if self.today + messages > allowed:
            return Denial(Reason.MESSAGES_DAY, "account", f"{self.today + messages}/d", f"{allowed:g}/d")
        if quotes and self._quotes.forget(now) + quotes > bound(sheet.quotes_per_second):
            given = f"{self._quotes.count + quotes}/s"
            return Denial(Reason.QUOTES_SECOND, "account", given, f"{bound(sheet.quotes_per_second):g}/s")
        return None

    def left(self, sheet: LimitSheet, now: float) -> float:
        """Messages that may still be sent now, without those that only cancels may use."""
        usable = 1.0 - min(bound(sheet.cancel_reserve), 1.0)
        second = bound(sheet.messages_per_second) * usable - self._second.forget(now)
        return max(min(second, bound(sheet.messages_per_day) * usable - self.today), 0.0)

    def record(self, now: float, messages: int = 1, quotes: int = 0) -> None:
        """Count what was sent, cancels among it."""
        self._second.add(now, messages)
        if quotes:
            self._quotes.add(now, quotes)
        self.today += messages

    def used(self, sheet: LimitSheet, now: float) -> tuple[float, float]:
        """Fractions used of the limits a second and a day; of a limit of nothing all is used."""
        second, day = bound(sheet.messages_per_second), bound(sheet.messages_per_day)
        return (
            self._second.forget(now) / second if second else 1.0,
            self.today / day if day else 1.0,
        )

    def warning(self, sheet: LimitSheet, now: float) -> float | None:
        """The highest step of `WARNING_STEPS` that is reached; None below the first."""
        most = max(self.used(sheet, now))
        return max((step for step in WARNING_STEPS if most >= step), default=None)


class RepeatGuard:
    """Refuses the same order once more than the sheet allows: two clicks, a loop, a key that hangs."""

    def __init__(self) -> None:
        self._sent: dict[tuple[object, ...], deque[float]] = {}
        self._newest_last: dict[float, deque[tuple[float, tuple[object, ...]]]] = {}
        """What was sent and when, by the seconds it is remembered: as many queues as sheets have different windows"""

    def __len__(self) -> int:
        """How many orders are remembered."""
        return sum(map(len, self._sent.values()))

    def denial(self, sheet: LimitSheet, key: tuple[object, ...], now: float) -> Denial | None:
        """Whether an order like this was sent too often. `key` is all that makes two orders the same."""
        window, allowed = sheet.window("repeat_seconds"), bound(sheet.repeats)
        count = 1 + sum(1 for at in self._sent.get(key, ()) if now - at < window)
        return None if count <= allowed else Denial(Reason.REPEATED_ORDER, "contract", str(count), f"{allowed:g}")

    def record(self, sheet: LimitSheet, key: tuple[object, ...], now: float) -> None:
        """Remember an order that leaves, for the window of its sheet; what is older is forgotten."""
        if np.isinf(bound(sheet.repeats)):
            return
        self._forget(now)
        self._sent.setdefault(key, deque()).append(now)
        self._newest_last.setdefault(sheet.window("repeat_seconds"), deque()).append((now, key))

    def _forget(self, now: float) -> None:
        for window, sent in self._newest_last.items():
            while sent and now - sent[0][0] >= window:
                at, key = sent.popleft()
                times = self._sent[key]
                times.remove(at)
                if not times:
                    del self._sent[key]


class ExecutionGuard:
    """Stops a sender whose executions repeat too fast (FIA's repeated-execution throttle; F71, F95), until reset."""

    def __init__(self) -> None:
        self._at: deque[float] = deque()
        self.tripped = False

    def record(self, sheet: LimitSheet, now: float) -> bool:
        """Count an execution; True when this one trips the guard."""
        self._at.append(now)
        window = sheet.window("execution_seconds")
        while self._at and now - self._at[0] > window:
            self._at.popleft()
        tripped = not self.tripped and len(self._at) > bound(sheet.executions)
        self.tripped |= tripped
        return tripped

    def reset(self) -> None:
        """Let the sender go on; a person decides it."""
        self._at.clear()
        self.tripped = False
