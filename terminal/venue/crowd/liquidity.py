"""How deep and how busy each contract is: the tables of the settings, looked up by month and moneyness."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from terminal.domain.contracts import Contract
from terminal.venue.crowd.settings import LiquidityTable, MarketSettings

FloatArray = NDArray[np.float64]

#: Continuous trading of a day in seconds, over which the tables' volumes are spread
TRADING_SECONDS = 14_220.0
#: The tables are those of an underlying at this price with this volatility
_TABLE_PRICE, _TABLE_VOLATILITY = 2.48, 0.27


class Liquidity:
    """Figures per contract as plain lists, for loops; `update` follows a moving market."""

    def __init__(self, market: MarketSettings, codes: Sequence[str], contracts: Sequence[Contract]) -> None:
        tables = market.crowd.liquidity
        self._nodes = np.array(tables.moneyness)
        self._tables: tuple[LiquidityTable, ...] = (tables.near, tables.next, tables.later)
        months = {code: sorted({c.expiry for c in contracts if c.underlying == code}) for code in codes}
        ranks = np.array([min(months[c.underlying].index(c.expiry), 2) for c in contracts], dtype=np.int64)
        self._members = [np.flatnonzero(ranks == rank) for rank in range(3)]
        own = [market.underlying(c.underlying) for c in contracts]
        activity = np.array([u.activity for u in own])
        activity[[c.is_adjusted for c in contracts]] *= market.crowd.adjusted_activity
        ticks = np.array([float(c.tick_size) for c in contracts])
        size = np.array([float(c.underlying_close) * u.long_volatility for c, u in zip(contracts, own, strict=True)])
        # A dearer or livelier underlying has wider spreads in ticks, a thin one too
        self._wide = size / (_TABLE_PRICE * _TABLE_VOLATILITY) * (0.0001 / ticks) / np.sqrt(activity)
        self._deep = np.sqrt(activity)
        self._busy = activity
        self.spread: list[float] = []
        """Ticks"""
        self.gap: list[float] = []
        """Ticks between levels"""
        self.touch: list[float] = []
        """Contracts at the best price"""
        self.deeper: list[float] = []
        """Contracts at each other level"""
        self.trade: list[float] = []
        """Contracts an order of a taker"""
        self.orders_per_second: FloatArray = np.zeros(len(contracts))
        self.auction_orders: FloatArray = np.zeros(len(contracts))
        """Orders that meet in an auction, both sides"""

    def update(self, moneyness: FloatArray) -> None:
        """Look everything up anew for the contracts' moneyness in deviations out of the money."""
        self.spread = self._from_one(self._look_up("spread", moneyness), self._wide)
        self.gap = self._from_one(self._look_up("gap", moneyness), self._wide)
        self.touch = self._from_one(self._look_up("touch", moneyness), self._deep)
        self.deeper = self._from_one(self._look_up("deeper", moneyness), self._deep)
        trade = self._look_up("trade", moneyness)
        volume = self._look_up("volume", moneyness) * self._busy
        self.trade = trade.tolist()
        self.orders_per_second = volume / trade / TRADING_SECONDS
        self.auction_orders = np.clip(6.0 + volume / 4000.0, 6.0, 24.0)

    def _look_up(self, name: str, moneyness: FloatArray) -> FloatArray:
        found = np.empty_like(moneyness)
        for members, table in zip(self._members, self._tables, strict=True):
            # On logarithms, as the figures span four powers of ten
            figures = np.log(np.array(getattr(table, name)))
            found[members] = np.exp(np.interp(moneyness[members], self._nodes, figures))
        return found

    @staticmethod
    def _from_one(figures: FloatArray, factor: FloatArray) -> list[float]:
        scaled: list[float] = (1.0 + (figures - 1.0) * factor).tolist()
        return scaled
