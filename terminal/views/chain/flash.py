"""Which prices have just moved: a flash in the direction of the move that fades within a quarter of a second.

One array for the whole chain; nothing here owns a timer. A flash has two steps an eighth of a second apart and does
not start again within a step, so it adds at most eight repaints a second to a cell.
"""

import numpy as np
from numpy.typing import NDArray

from terminal.views.chain.figures import NONE
from terminal.views.chain.style import FLASH_SHIFT, Mark

FADE_SECONDS = 0.25
STEP_SECONDS = 0.125
STEPS = 2


class Flashes:
    """Remembers the values of the last frame; `step` gives the style bits to add."""

    def __init__(self) -> None:
        self.reset()

    @property
    def active(self) -> bool:
        """Whether any cell still fades."""
        return self._active

    def reset(self) -> None:
        """Forget everything: what is shown next is new, not moved."""
        self._previous: NDArray[np.int64] | None = None
        self._started = np.zeros((0, 0))
        self._down: NDArray[np.bool_] = np.zeros((0, 0), np.bool_)
        self._active = False

    def step(self, values: NDArray[np.int64], prices: NDArray[np.bool_], now: float) -> NDArray[np.int64] | None:
        """Style bits of this frame, shape of `values`; None for none. `prices` marks the columns that flash."""
        previous = self._previous
        self._previous = values
        if previous is None or previous.shape != values.shape:
            self._started = np.full(values.shape, -np.inf)
            self._down = np.zeros(values.shape, np.bool_)
            self._active = False
            return None
        moved = (values != previous) & prices & (values != NONE) & (previous != NONE)
        if moved.any():
            down = values < previous
            starts = moved & ((now - self._started >= STEP_SECONDS) | (down != self._down))
            self._started[starts] = now
            self._down[starts] = down[starts]
            self._active = True
        if not self._active:
            return None
        level = STEPS - np.floor((now - self._started) / STEP_SECONDS)
        level = np.clip(level, 0, STEPS).astype(np.int64)
        self._active = bool(level.any())
        direction = np.where(self._down & (level > 0), int(Mark.FLASH_DOWN), 0)
        bits: NDArray[np.int64] = (level << FLASH_SHIFT) | direction
        return bits
