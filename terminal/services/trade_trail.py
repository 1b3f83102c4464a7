"""The newest trades of one expiry as volatilities (成交隐波), each kept as it was when it was first seen.

Nothing listens here: `look` reads the tapes when a view asks, and takes what is younger than it has seen.
"""

from dataclasses import dataclass
from datetime import date, datetime

import numpy as np
from numpy.typing import NDArray

from terminal.domain.market_data import PRICE_SCALE
from terminal.pricing.implied_volatility import implied_on_forward
from terminal.services.market_data import MarketData
from terminal.services.tape import BUYER, SELLER
from terminal.services.valuation import Valuation

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]
#: How long a trade is shown, seconds of the market
SHOWN_SECONDS = 60.0
_NONE = np.zeros((5, 0))


@dataclass(frozen=True, slots=True)
class Trades:
    """One entry a trade, oldest first."""

    strike: FloatArray
    volatility: FloatArray
    """A year, on the forward of the moment it was first seen"""
    quantity: FloatArray
    age: FloatArray
    """0 for now to 1 for SHOWN_SECONDS ago"""
    side: IntArray
    """1 where the buyer took, -1 where the seller did, 0 in auctions"""

    @property
    def count(self) -> int:
        """How many."""
        return len(self.strike)


class TradeTrail:
    """Follows one expiry at a time; another one starts with the trades of the last SHOWN_SECONDS."""

    def __init__(self, market: MarketData, valuation: Valuation) -> None:
        self._market = market
        self._valuation = valuation
        self._key: tuple[object, ...] = ()
        self._seen_us = 0
        self._kept: FloatArray = _NONE
        """Strike, volatility, quantity, microseconds and side, one column a trade"""

    def look(self, underlying: str, expiry: date, now: datetime) -> Trades:
        """The trades of the last SHOWN_SECONDS of an expiry whose price has a volatility; `now` is market time."""
        now_us = int(now.timestamp() * 1e6)
        oldest = now_us - int(SHOWN_SECONDS * 1e6)
        key = underlying, expiry, self._market.day
        if key != self._key:
            self._key, self._seen_us, self._kept = key, oldest, _NONE
        fresh = self._fresh(underlying, expiry, max(self._seen_us, oldest))
        if fresh.shape[1]:
            self._seen_us = int(fresh[3].max())
            self._kept = np.concatenate((self._kept, fresh[:, np.isfinite(fresh[1])]), axis=1)
        self._kept = self._kept[:, self._kept[3] > oldest]
        strike, volatility, quantity, moment, side = self._kept
        age = np.clip((now_us - moment) / (SHOWN_SECONDS * 1e6), 0.0, 1.0)
        return Trades(strike, volatility, quantity, age, side.astype(np.int64))

    def _fresh(self, underlying: str, expiry: date, after_us: int) -> FloatArray:
        book = self._valuation.book(underlying)
        if book is None or expiry not in book.expiries:
            return _NONE
        columns, terms, number = book.columns, book.columns.terms, book.expiries.index(expiry)
        options = np.flatnonzero(terms.expiry_of == number)
        which, price, quantity, moment, side = self._market.trades_after(book.rows[options], after_us)
        if not len(which):
            return _NONE
        of = options[which]
        volatility = implied_on_forward(
            terms.sign[of], price / PRICE_SCALE, columns.forward[number], terms.strike[of], columns.years[number],
            columns.discount[number],
        )  # fmt: skip
        direction = np.where(side == BUYER, 1, np.where(side == SELLER, -1, 0))
        return np.stack((terms.strike[of], volatility, quantity, moment, direction)).astype(np.float64)
