"""The widest spread that the obligation allows (最大价差), for all contracts at once: what strategies and grids ask."""

import numpy as np
from numpy.typing import NDArray

from terminal.rules.obligations.spread import allowed_widths, cap_rows
from terminal.rules.obligations.terms import Terms
from terminal.services.market_data import MarketData
from terminal.services.theoretical import Theoretical
from terminal.services.universe import Universe

IntArray = NDArray[np.int64]


class AllowedWidths:
    """Implements `strategies.protocol.AllowedWidth` over the day's list."""

    def __init__(self, terms: Terms, market: MarketData, theoretical: Theoretical) -> None:
        self._market = market
        self._theoretical = theoretical
        self.terms = terms
        self._rows = {near: cap_rows(terms, near=near) for near in (True, False)}
        self._of: Universe | None = None
        self._near: NDArray[np.bool_] = np.zeros(0, np.bool_)

    def __call__(self, numbers: IntArray, bids: IntArray) -> IntArray:
        """Widths in whole 0.0001 yuan by contract number and bid; 0 where none is allowed."""
        theoretical, universe = self._theoretical, self._theoretical.universe
        if not self._knows_today():
            return np.zeros(len(numbers), np.int64)
        near, tick = self._near[numbers], universe.tick[numbers]
        delta = theoretical.delta[numbers] / universe.multiplier[numbers]
        width = {n: allowed_widths(self._rows[n], bids, tick, delta) for n in (True, False)}
        return np.where(near, width[True], width[False])

    def least_quantities(self, numbers: IntArray) -> IntArray:
        """The smallest size of either side (最小报价数量) by contract number."""
        if not self._knows_today():
            return np.zeros(len(numbers), np.int64)
        least = {near: self.terms.least_quantity(near) for near in (True, False)}
        return np.where(self._near[numbers], least[True], least[False])

    def _knows_today(self) -> bool:
        universe = self._theoretical.universe
        if self._of is not universe and self._market.day is not None:
            today = self._market.day.trading_day
            self._near = np.array([self.terms.is_near(c.expiry, today) for c in universe.contracts], np.bool_)
            self._of = universe
        return len(self._near) == len(universe)
