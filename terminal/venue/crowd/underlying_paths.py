"""Prices of the underlyings: geometric walks that share a common part, and the cash market's quotes around them.

The options follow the unrounded price, so that they move between two ticks of the fund as they do in the real market.
"""

import math
from collections.abc import Collection, Sequence
from datetime import datetime

import numpy as np
from numpy.typing import NDArray

from terminal.domain.contracts import Underlying
from terminal.domain.market_data import COLUMN_COUNT, DEPTH, PRICE_SCALE, Column, QuoteRows
from terminal.domain.phases import Phase
from terminal.venue.crowd.liquidity import TRADING_SECONDS
from terminal.venue.crowd.settings import MarketSettings

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]

#: Trading days a year, by which yearly volatility is spread over trading seconds
_DAYS_PER_YEAR = 244.0
#: A move away from the opening price is taken back at this rate a day: small, so that a day may trend
_REVERSION_PER_DAY = 0.3
#: Before the opening the price is only felt for
_AUCTION_CALM = 0.3
_LEVEL_DEVIATION = 0.8
#: Share of the day's volume that trades in an opening auction
_OPENING_SHARE = 0.005


class UnderlyingPaths:
    """The walks and their quotes; arrays run over the underlyings. `prices` are yuan, unrounded."""

    #: The arrays that make up its state
    SAVED = ("prices", "anchor", "last", "open", "high", "low", "volume", "turnover_cents", "drift", "drift_left")

    def __init__(self, market: MarketSettings, underlyings: Sequence[Underlying]) -> None:
        own = [market.underlying(u.code) for u in underlyings]
        closes = np.array([float(u.previous_close) for u in underlyings])
        self._gap = market.crowd.opening_gap
        self._per_second: FloatArray = np.array([u.volatility for u in own]) / math.sqrt(
            _DAYS_PER_YEAR * TRADING_SECONDS
        )
        self._together: FloatArray = np.array([u.market_share for u in own])
        self._alone: FloatArray = np.sqrt(1.0 - self._together**2)
        self._share_volume: FloatArray = np.array([u.share_volume for u in own])
        self._tick: IntArray = np.array([round(float(u.tick_size) * PRICE_SCALE) for u in underlyings], dtype=np.int64)
        self._limit_down: IntArray = np.array(
            [round(float(u.limit_down) * PRICE_SCALE) for u in underlyings], dtype=np.int64
        )
        self._limit_up: IntArray = np.array(
            [round(float(u.limit_up) * PRICE_SCALE) for u in underlyings], dtype=np.int64
        )
        count = len(underlyings)
        self.prices: FloatArray = closes
        self.anchor: FloatArray = closes.copy()
        self.last: IntArray = np.zeros(count, dtype=np.int64)
        self.open: IntArray = np.zeros(count, dtype=np.int64)
        self.high: IntArray = np.zeros(count, dtype=np.int64)
        self.low: IntArray = np.zeros(count, dtype=np.int64)
        self.volume: IntArray = np.zeros(count, dtype=np.int64)
        self.turnover_cents: IntArray = np.zeros(count, dtype=np.int64)
        self.drift: FloatArray = np.zeros(count)
        """Logarithm a second"""
        self.drift_left: FloatArray = np.zeros(count)
        """Seconds for which it goes on"""

    def set_prices(self, prices: FloatArray) -> None:
        """Start from other prices, e.g. those of an adopted snapshot."""
        self.prices = self._within_limits(prices)
        self.anchor = self.prices.copy()

    def take_as_last(self) -> None:
        """Show the present prices as the last traded ones: a snapshot's spots have traded, whoever did it."""
        ticks = np.rint(self.prices * PRICE_SCALE / self._tick).astype(np.int64)
        self.last = ticks * self._tick

    def open_night(self, rng: np.random.Generator) -> None:
        """Let the night's news move the prices away from their previous closes."""
        gaps = self._gap * self._per_second / self._per_second.mean() * self._shocks(rng)
        self.set_prices(self.prices * np.exp(gaps))

    def advance(self, seconds: float, phase: Phase, halted: Collection[int], rng: np.random.Generator) -> FloatArray:
        """Let market time pass; the log returns of it. What is halted stands still."""
        before = self.prices
        scale = math.sqrt(seconds) if phase is Phase.CONTINUOUS else _AUCTION_CALM * math.sqrt(seconds)
        back = -math.expm1(-_REVERSION_PER_DAY * seconds / TRADING_SECONDS)
        moves = self._per_second * scale * self._shocks(rng) + back * np.log(self.anchor / before)
        led = np.minimum(self.drift_left, seconds)
        moves += self.drift * led
        self.drift_left = self.drift_left - led
        moves[list(halted)] = 0.0
        # What is led somewhere stays there
        self.anchor = np.where(led > 0.0, before * np.exp(moves), self.anchor)
        self.prices = self._within_limits(before * np.exp(moves))
        return np.log(self.prices / before)

    def shock(self, number: int, move: float) -> None:
        """Move one price at once by a fraction; it stays there."""
        prices = self.prices.copy()
        prices[number] *= 1.0 + move
        self.prices = self._within_limits(prices)
        self.anchor[number] = self.prices[number]

    def lead(self, number: int, price: float, seconds: float) -> None:
        """Let one price run to another in so many seconds, its own walk on top of it."""
        self.drift[number] = math.log(price / self.prices[number]) / seconds
        self.drift_left[number] = seconds

    def trade(self, seconds: float, halted: Collection[int], rng: np.random.Generator) -> None:
        """Let the cash market trade at the touch for some time; in an auction call it with 0 to open."""
        share = seconds / TRADING_SECONDS if seconds else _OPENING_SHARE
        # Whole lots of 100 shares; bursts are usual
        lots = (self._share_volume * share * rng.gamma(2.0, 0.5, self.prices.size) / 100.0).astype(np.int64)
        price = self._bids() + self._tick * (rng.random(self.prices.size) < 0.5)
        price = np.clip(price, self._limit_down, self._limit_up)
        trades = lots > 0
        trades[list(halted)] = False
        self.last = np.where(trades, price, self.last)
        self.open = np.where(trades & (self.open == 0), price, self.open)
        self.high = np.where(trades, np.maximum(self.high, price), self.high)
        self.low = np.where(trades & ((self.low == 0) | (price < self.low)), price, self.low)
        shares = np.where(trades, lots * 100, 0)
        self.volume = self.volume + shares
        self.turnover_cents = self.turnover_cents + price * shares // 100

    def rows(self, now: datetime, phase: Phase, rng: np.random.Generator) -> QuoteRows:
        """Quote rows: five levels around each price; in an auction its virtual price, before trading none."""
        count = self.prices.size
        rows = np.zeros((count, COLUMN_COUNT), dtype=np.int64)
        rows[:, Column.INSTRUMENT] = np.arange(count)
        rows[:, Column.TIME_US] = int(now.timestamp()) * 1_000_000 + now.microsecond
        rows[:, Column.PHASE] = ord(phase.value)
        rows[:, Column.LAST] = self.last
        rows[:, Column.OPEN] = self.open
        rows[:, Column.HIGH] = self.high
        rows[:, Column.LOW] = self.low
        rows[:, Column.VOLUME] = self.volume
        rows[:, Column.TURNOVER_CENTS] = self.turnover_cents
        bids = self._bids()
        # Quoted sizes are about a second of trading each
        mean = np.maximum(self._share_volume / TRADING_SECONDS / 100.0, 1.0)[:, None]
        sizes = 1 + (mean * np.exp(_LEVEL_DEVIATION * rng.standard_normal((count, 2 * DEPTH)))).astype(np.int64)
        if phase.is_auction:
            rows[:, Column.AUCTION_PRICE] = bids
            rows[:, Column.AUCTION_QUANTITY] = sizes[:, 0] * 100
            return rows
        if phase is Phase.PRE_OPEN:
            return rows
        steps = self._tick[:, None] * np.arange(DEPTH)
        for price_column, size_column, prices, part in (
            (Column.BID_PRICE, Column.BID_QUANTITY, bids[:, None] - steps, sizes[:, :DEPTH]),
            (Column.ASK_PRICE, Column.ASK_QUANTITY, (bids + self._tick)[:, None] + steps, sizes[:, DEPTH:]),
        ):
            allowed = (prices >= self._limit_down[:, None]) & (prices <= self._limit_up[:, None])
            rows[:, price_column : price_column + DEPTH] = np.where(allowed, prices, 0)
            rows[:, size_column : size_column + DEPTH] = np.where(allowed, part * 100, 0)
        return rows

    def _bids(self) -> IntArray:
        return (self.prices * PRICE_SCALE / self._tick).astype(np.int64) * self._tick

    def _shocks(self, rng: np.random.Generator) -> FloatArray:
        draws = rng.standard_normal(self.prices.size + 1)
        shocks: FloatArray = self._together * draws[0] + self._alone * draws[1:]
        return shocks

    def _within_limits(self, prices: FloatArray) -> FloatArray:
        # Half a tick inside, so that the limit price itself is still quoted
        margin = 0.5 * self._tick
        return np.clip(prices, (self._limit_down + margin) / PRICE_SCALE, (self._limit_up - margin) / PRICE_SCALE)
