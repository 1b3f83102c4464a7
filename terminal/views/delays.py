"""How long quotes waited to be seen, counted by the millisecond: an hour of them takes no more room than one."""

import numpy as np
from numpy.typing import NDArray

#: Delays of a second and more share the last class
_CLASSES = 1001


class Delays:
    """Milliseconds from the arrival of a quote to its being painted, counted."""

    def __init__(self) -> None:
        self._counts: NDArray[np.int64] = np.zeros(_CLASSES, np.int64)

    @property
    def count(self) -> int:
        """How many were counted."""
        return int(self._counts.sum())

    def add(self, seconds: NDArray[np.float64]) -> None:
        """Count some delays."""
        whole = np.ceil(seconds * 1000.0).astype(np.int64)
        np.add.at(self._counts, np.clip(whole, 0, _CLASSES - 1), 1)

    def percentile(self, share: float) -> int | None:
        """Milliseconds, rounded up, within which this share of all came; None before the first."""
        if not self.count:
            return None
        return int(np.searchsorted(np.cumsum(self._counts), share * self.count))

    def reset(self) -> None:
        """Count from here on."""
        self._counts[:] = 0
