"""What the contracts were worth at the last settlement (昨结算): volatilities and greeks of yesterday's close.

Computed once a day and underlying, when somebody asks. Prices are the list's previous settlements, the spot is the
underlying's close as the list has it, so an adjusted contract stands on adjusted figures.
"""

from collections.abc import Callable
from datetime import datetime

import numpy as np
from numpy.typing import NDArray

from terminal.pricing.chain_columns import ChainColumns
from terminal.pricing.time_to_expiry import years_to_expiries
from terminal.services.bus import Bus
from terminal.services.events import DayChanged
from terminal.services.market_data import MarketData
from terminal.services.valuation import Valuation

FloatArray = NDArray[np.float64]
#: A settlement price is rounded to a tick: its book is half of one wide
_HALF_TICK = 0.00005


class SettlementValues:
    """An engine per underlying, priced at the last settlement. `settled_at` is when that was, market time."""

    def __init__(self, market: MarketData, valuation: Valuation, bus: Bus, settled_at: Callable[[], datetime]) -> None:
        self._market = market
        self._valuation = valuation
        self._settled_at = settled_at
        self._columns: dict[str, ChainColumns] = {}
        bus.subscribe(DayChanged, self._on_day)

    @property
    def settled_at(self) -> datetime:
        """When the prices were made."""
        return self._settled_at()

    def columns(self, underlying: str) -> ChainColumns | None:
        """The engine of an underlying in the order of `Valuation.book`; None for one that is not listed."""
        known = self._columns.get(underlying)
        book = self._valuation.book(underlying)
        if known is not None or book is None or not len(book.rows):
            return known
        first = len(self._market.underlyings)
        contracts = [self._market.contracts[row - first] for row in book.rows.tolist()]
        settled = np.array([float(c.previous_settlement) for c in contracts])
        columns = ChainColumns(book.columns.terms)
        at = self._settled_at()
        years, calendar_years = self._valuation.years_to(book.expiries, at), years_to_expiries(at, book.expiries)
        rate = np.array([self._valuation.rate_for(left) for left in calendar_years.tolist()])
        columns.set_time(years, rate, calendar_years)
        known_price = settled > 0.0
        columns.set_quotes(
            np.where(known_price, settled - _HALF_TICK, np.nan), np.where(known_price, settled + _HALF_TICK, np.nan)
        )
        spot = float(contracts[0].underlying_close)
        columns.fit_forwards(spot)
        columns.reprice(spot)
        self._columns[underlying] = columns
        return columns

    def _on_day(self, event: DayChanged) -> None:
        self._columns.clear()
