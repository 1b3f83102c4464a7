"""The risk value of a book (风险值) and its limit: what it loses at worst if prices and volatilities move so far."""

from dataclasses import dataclass

from terminal.rules.protection.limit_sheet import bound

#: Parts of the limit at which a person is told
WARNING_STEPS = (0.8, 1.0)
#: Points of the grid between no move and the largest one, either way
_POINTS = (0.25, 0.5, 0.75, 1.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class RiskValueLimits:
    """How far things are taken to move, and the most that may be lost by it; what is blank allows nothing."""

    spot: float = 0.0
    """Of every underlying, either way: 0.05 is 5 %"""
    volatility: float = 0.0
    """Added to and taken from every volatility: 0.03 is three points"""
    worst_loss: float = 0.0
    """Yuan"""

    @property
    def spots(self) -> tuple[float, ...]:
        """The moves of the grid, no move among them."""
        most = bound(self.spot)
        return (*(-most * p for p in reversed(_POINTS)), 0.0, *(most * p for p in _POINTS))

    @property
    def volatilities(self) -> tuple[float, ...]:
        """The shifts of volatility."""
        most = bound(self.volatility)
        return -most, 0.0, most

    def used(self, loss: float) -> float:
        """How much of the limit a loss uses; a loss that nobody knows uses all of it."""
        most = bound(self.worst_loss)
        if loss != loss:
            return 1.0
        return max(loss, 0.0) / most if most > 0 else float(loss > 0)
