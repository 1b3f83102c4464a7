"""The simulated clock (仿真时钟): market time as a line over the monotonic clock, with a speed that can change.

Market time only moves when `advance` is called, so a venue that cannot keep up falls behind and says so, instead of
leaping. Nights and the lunch hour are not skipped.
"""

from datetime import datetime, timedelta

#: How far market time may lie behind its line before the line is laid anew, in wall seconds
_MAX_LAG_SECONDS = 0.5
_FINE_UP_TO = 10.0
#: Wall seconds of a coarse step: about as often as a screen is painted. Four times as often, five underlyings keep a
#: core busy at x33 and never come to x60
_COARSE_WALL_SECONDS = 0.08


class Pacer:
    """Says how far market time may go now. `wall` arguments are monotonic seconds."""

    def __init__(self, start: datetime, speed: float, wall: float) -> None:
        self.now = start
        self._speed = speed
        self._anchor = start
        self._anchor_wall = wall
        self.behind_seconds = 0.0
        """Market seconds given up because the machine was too slow, in the newest lag"""

    @property
    def speed(self) -> float:
        """Market seconds per wall second; 0 is paused."""
        return self._speed

    def set_speed(self, speed: float, wall: float) -> None:
        """Change speed from this moment on; market time does not jump."""
        self._anchor, self._anchor_wall = self.now, wall
        self._speed = speed
        self.behind_seconds = 0.0

    def target(self, wall: float) -> datetime:
        """Where market time should be now."""
        return self._anchor + timedelta(seconds=(wall - self._anchor_wall) * self._speed)

    def reached(self, now: datetime, wall: float) -> bool:
        """Market time is `now`; when it lags too far, the line starts anew from here. Gives whether it did."""
        self.now = max(self.now, now)
        lag = (self.target(wall) - self.now).total_seconds()
        if self._speed and lag > _MAX_LAG_SECONDS * self._speed:
            self.behind_seconds = lag
            self._anchor, self._anchor_wall = self.now, wall
            return True
        return False

    def exact_now(self, wall: float) -> datetime:
        """Market time for a command that arrives between two steps; never before what was reached.

        Nor far ahead of it: a command that comes after a standstill must not carry the market through a phase.
        """
        latest = self.now + timedelta(seconds=_MAX_LAG_SECONDS * self._speed)
        return max(self.now, min(self.target(wall), latest))

    @property
    def step_seconds(self) -> float:
        """Market seconds the crowd acts in at once: 0.1 up to x10, coarser above, the rules never are."""
        return 0.1 if self._speed <= _FINE_UP_TO else self._speed * _COARSE_WALL_SECONDS
