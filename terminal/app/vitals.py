"""The program's own pulse: processor time and memory, sampled once a second, for reports and benchmarks."""

import asyncio
import time
from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from terminal.app.memory import MemoryLog, look


class FirstPaint:
    """Notes the wall clock when a view has first been painted with quotes in it; served by the frame timer."""

    def __init__(self, view: QWidget, has_content: Callable[[], bool]) -> None:
        self._view = view
        self._has_content = has_content
        self.at: float | None = None
        self.has_happened = asyncio.Event()

    def isVisible(self) -> bool:
        """Until it has happened."""
        return self.at is None and self._view.isVisible()

    def flush(self) -> None:
        """Paint now, and note the time, once there is something to paint."""
        if self._has_content():
            self._view.repaint()
            self.at = time.time()
            self.has_happened.set()


class Vitals:
    """Samples since the start. Memory is known on Linux only."""

    def __init__(self) -> None:
        self._began = time.monotonic()
        self._cpu_at_warm = (self._began, time.process_time())
        self.memory = MemoryLog()

    def sample(self, fills: int) -> None:
        """Take one sample if one is due; `fills` counts the day's executions so far."""
        if self.memory.is_due() and (sample := look(time.monotonic() - self._began, fills)) is not None:
            self.memory.append(sample)

    def warm(self) -> None:
        """Count processor time from here on: what starting cost is over."""
        self._cpu_at_warm = (time.monotonic(), time.process_time())

    def cpu_share(self) -> float:
        """Share of one core used since `warm`."""
        began, used = self._cpu_at_warm
        return (time.process_time() - used) / max(time.monotonic() - began, 1e-9)
