"""The program's own pulse: processor time and memory, sampled once a second, for reports and benchmarks."""

import time
from pathlib import Path

_STATM = Path("/proc/self/statm")
_PAGE_BYTES = 4096


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
