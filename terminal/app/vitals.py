"""The program's own pulse: processor time and memory, sampled once a second, for reports and benchmarks."""

import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QWidget

_STATM = Path("/proc/self/statm")
_PAGE_BYTES = 4096


class FirstPaint:
    """Notes the wall clock when a view has first been painted with quotes in it; served by the frame timer."""

    def __init__(self, view: QWidget, has_content: Callable[[], bool]) -> None:
        self._view = view
        self._has_content = has_content
        self.at: float | None = None

    def isVisible(self) -> bool:
        """Until it has happened."""
        return self.at is None and self._view.isVisible()

    def flush(self) -> None:
        """Paint now, and note the time, once there is something to paint."""
        if self._has_content():
            self._view.repaint()
            self.at = time.time()


class Vitals:
    """Samples since the start. Memory is known on Linux only; None elsewhere."""

    def __init__(self) -> None:
        self._began = time.monotonic()
        self._cpu_at_warm = (self._began, time.process_time())
        self.memory_mb: list[tuple[float, float]] = []
        """Seconds since the start and resident megabytes"""

    def sample(self) -> None:
        """Take one sample."""
        resident = resident_mb()
        if resident is not None:
            self.memory_mb.append((time.monotonic() - self._began, resident))

    def warm(self) -> None:
        """Count processor time from here on: what starting cost is over."""
        self._cpu_at_warm = (time.monotonic(), time.process_time())

    def cpu_share(self) -> float:
        """Share of one core used since `warm`."""
        began, used = self._cpu_at_warm
        return (time.process_time() - used) / max(time.monotonic() - began, 1e-9)

    def memory_slope_mb_per_hour(self, after_seconds: float) -> float | None:
        """Least-squares slope of the samples after warm-up; None for fewer than ten."""
        samples = [(t, mb) for t, mb in self.memory_mb if t >= after_seconds]
        if len(samples) < 10:
            return None
        mean_t = sum(t for t, _ in samples) / len(samples)
        mean_mb = sum(mb for _, mb in samples) / len(samples)
        spread = sum((t - mean_t) ** 2 for t, _ in samples)
        return sum((t - mean_t) * (mb - mean_mb) for t, mb in samples) / spread * 3600


def resident_mb() -> float | None:
    """Resident memory of this process, megabytes."""
    try:
        pages = int(_STATM.read_text().split()[1])
    except (OSError, ValueError, IndexError):
        return None
    return pages * _PAGE_BYTES / 1e6
