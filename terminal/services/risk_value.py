"""The live risk value (风险值) of the book: the worst of a grid of moves, every two seconds, against a limit (M9).

Every cell is a full revaluation of all that is held, shares among it, with working orders filled where that is worse.
What has no price is left out and counted: the figure is then no limit of anything, and says so.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

import numpy as np

from terminal.rules.protection.risk_value import WARNING_STEPS, RiskValueLimits
from terminal.services.bus import Bus
from terminal.services.events import AlarmKind, AlarmRaised, ClockUpdated, DayBegan
from terminal.services.risk import RiskService

_EVERY_BEATS = 2


@dataclass(frozen=True, slots=True)
class RiskValue:
    """One look. `loss` is yuan, zero where nothing on the grid loses; shocks as in `pricing.scenario.Slide`."""

    at: datetime
    loss: float
    limit: float
    used: float
    spot: float
    """The moves of the worst cell"""
    volatility: float
    unpriced: int
    """Contracts held that had no price"""


class RiskWatch:
    """Looks at every second word of the venue's clock, for an account that `is_watched`."""

    def __init__(
        self,
        risk: RiskService,
        limits: RiskValueLimits,
        bus: Bus,
        now: Callable[[], datetime],
        is_watched: Callable[[], bool],
    ) -> None:
        self._risk = risk
        self._limits = limits
        self._bus = bus
        self._now = now
        self._is_watched = is_watched
        self._warned = 0.0
        self._beats = 0
        self.newest: RiskValue | None = None
        """None before the first look"""
        bus.subscribe(ClockUpdated, self._on_clock)
        bus.subscribe(DayBegan, lambda event: self._forget())

    def set_limits(self, limits: RiskValueLimits) -> None:
        """Watch by other limits from now on."""
        self._limits = limits
        self.look()

    def look(self) -> RiskValue | None:
        """Value the book anew; raises an alarm when another step of the limit is reached."""
        if not self._is_watched():
            self._forget()
            return None
        limits = self._limits
        slide = self._risk.slide(None, limits.spots, limits.volatilities)
        worst = slide.worst[:, :, 0]
        row, column = np.unravel_index(int(np.argmin(worst)), worst.shape)
        loss = max(-float(worst[row, column]), 0.0)
        used = limits.used(loss)
        self.newest = RiskValue(
            self._now(),
            loss,
            limits.worst_loss,
            used,
            float(slide.spot_shocks[row]),
            float(slide.volatility_shocks[column]),
            slide.unpriced,
        )
        reached = max((step for step in WARNING_STEPS if used >= step), default=0.0)
        if reached > self._warned:
            figures = (f"{reached:.0%}", f"{loss:,.0f}", f"{limits.worst_loss:,.0f}")
            self._bus.publish(AlarmRaised(AlarmKind.RISK_VALUE, self._now(), figures))
        self._warned = reached
        return self.newest

    def _on_clock(self, event: ClockUpdated) -> None:
        # The venue tells the time once a second; a look values every contract of every underlying
        self._beats += 1
        if self._beats % _EVERY_BEATS == 1:
            self.look()

    def _forget(self) -> None:
        self.newest, self._warned = None, 0.0
