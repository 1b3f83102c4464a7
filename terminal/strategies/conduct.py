"""What no strategy may do (策略隔离): whatever one does, the others and the desk go on.

One that raises (F68), takes longer than its time (F69), sends nonsense three times in ten seconds (F72) or is refused
ten times a second for one reason (F15) is at fault, and the engine stops it. A call that never comes back is broken off
by `CallWatch`, where the program has one.
"""

import logging
from collections import deque
from collections.abc import Callable
from typing import Any

from terminal.domain.reasons import Reason
from terminal.strategies.calls import CallOverran, CallWatch
from terminal.strategies.entry import StrategyEntry
from terminal.strategies.view import DeskView

logger = logging.getLogger(__name__)
#: Longest call of a strategy, seconds
CALL_SECONDS = 0.05
_NONSENSE, _NONSENSE_SECONDS = 3, 10.0
_REJECTS, _REJECT_SECONDS = 10, 1.0


class Conduct:
    """Calls strategies and counts what they do wrong; `clock` measures calls, `fault` is told who and why."""

    def __init__(
        self,
        view: DeskView,
        monotonic: Callable[[], float],
        clock: Callable[[], float],
        fault: Callable[[StrategyEntry, str], None],
        call_seconds: float = CALL_SECONDS,
        watch: CallWatch | None = None,
    ) -> None:
        self._view = view
        self._monotonic = monotonic
        self._clock = clock
        self._fault = fault
        self.call_seconds = call_seconds
        self._watch = watch

    def call(self, entry: StrategyEntry, method: Callable[..., None], *arguments: Any) -> None:
        """Call a strategy within its time; whatever it does ends here."""
        self._view.refresh()
        began = self._clock()
        try:
            if self._watch is None:
                method(*arguments)
            else:
                try:
                    self._watch.arm(self.call_seconds)
                    method(*arguments)
                finally:
                    self._watch.disarm()
        except CallOverran:
            self._fault(entry, f"{method.__name__} did not end within {self.call_seconds * 1000:.0f} ms")
            return
        except (Exception, SystemExit) as error:
            logger.error("strategy %s raised in %s", entry.strategy.name, method.__name__, exc_info=error)
            self._fault(entry, f"{type(error).__name__} in {method.__name__}")
            return
        took = self._clock() - began
        entry.calls += 1
        entry.worst_ms = max(entry.worst_ms, took * 1000)
        if took > self.call_seconds:
            self._fault(entry, f"{method.__name__} took {took * 1000:.0f} ms")

    def nonsense(self, entry: StrategyEntry, what: str) -> None:
        """It asked for what makes no sense (F72)."""
        now = self._monotonic()
        entry.nonsense.append(now)
        while now - entry.nonsense[0] > _NONSENSE_SECONDS:
            entry.nonsense.popleft()
        if len(entry.nonsense) >= _NONSENSE:
            self._fault(entry, what)

    def refused(self, entry: StrategyEntry, reason: Reason) -> None:
        """Something of it was refused (F15)."""
        now = self._monotonic()
        times = entry.rejects.setdefault(reason, deque())
        times.append(now)
        while now - times[0] > _REJECT_SECONDS:
            times.popleft()
        if len(times) >= _REJECTS:
            self._fault(entry, f"refused {len(times)} times: {reason}")
