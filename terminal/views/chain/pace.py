"""How often the chain is shown: an eye reads some four pictures a second, a storm of ticks wants every frame.

In a calm market most frames would find a handful of cells to paint and pay for looking at all of them. In a storm they
all change anyway, and what counts is that no price on screen is older than a frame.
"""

from collections.abc import Callable

from terminal.views.frame_timer import BEAT

CALM_FRAMES = BEAT
#: Updates of the whole market a second: a storm begins above the first and is over below the second
STORM, CALM = 5_000, 3_000
_LOOK_SECONDS = 0.5


class ChainPace:
    """Frames from one flush of the chain to the next; `updates` counts the market's, `monotonic` is in seconds."""

    def __init__(self, updates: Callable[[], int], monotonic: Callable[[], float]) -> None:
        self._updates = updates
        self._monotonic = monotonic
        self._seen, self._since = updates(), monotonic()
        self._storm = False

    def __call__(self) -> int:
        """Frames, at least 1."""
        now = self._monotonic()
        if (passed := now - self._since) >= _LOOK_SECONDS:
            updates = self._updates()
            rate = (updates - self._seen) / passed
            self._seen, self._since = updates, now
            self._storm = rate >= (CALM if self._storm else STORM)
        return 1 if self._storm else CALM_FRAMES
