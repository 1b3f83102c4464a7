"""The numbers of a chain as whole numbers ready for display: one value and one style per cell, made on arrays.

Values are in the unit their column's `Kind` names; NONE stands for no value and is written as a dash. Nothing here
formats or paints, so comparing two of these matrices tells exactly which cells look different.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal

import numpy as np
from numpy.typing import NDArray

from terminal.domain.contracts import Right
from terminal.domain.market_data import PRICE_SCALE, Column
from terminal.domain.phases import Phase
from terminal.pricing.quality import Quality
from terminal.services.market_data import MarketData
from terminal.services.valuation import Figure, Valuation
from terminal.views.chain.columns import ChainColumn
from terminal.views.chain.own import OwnBook
from terminal.views.chain.series import NO_ROW, Series
from terminal.views.chain.style import (
    BAR_SHIFT,
    BAR_STEPS,
    CALL_LAMP_SHIFT,
    INK_MASK,
    PUT_LAMP_SHIFT,
    QUALITY_SHIFT,
    Ink,
    Lamp,
    Mark,
)

IntArray = NDArray[np.int64]
BoolArray = NDArray[np.bool_]
#: No value
NONE = int(np.iinfo(np.int64).min)
#: Where a size fills its depth bar, contracts; the bar is logarithmic
FULL_BAR = 1000
STALE_SECONDS = 3.0
OWN_PRICE_BITS = 40
#: Ticks of edge that are rounding
_NO_EDGE = 0.05


@dataclass(frozen=True, slots=True)
class CellColumn:
    """A column of the chain as it stands: which half it belongs to (None for the strike) and what it shows."""

    right: Right | None
    column: ChainColumn


@dataclass(frozen=True, slots=True)
class SpotLine:
    """What the line between the strikes says. Prices in 0.0001 yuan, 0 for none."""

    price: int
    previous_close: int
    low: int
    high: int
    forward: int
    forward_pairs: int
    atm_volatility: int
    """Hundredths of a per cent"""


class ChainFigures:
    """Values and styles of one series; `compute` looks at the market as it is now."""

    def __init__(self, series: Series, market: MarketData, valuation: Valuation, own: OwnBook) -> None:
        self._market = market
        self._valuation = valuation
        self._own = own
        self._lines = len(series.strikes)
        self._underlying = series.underlying
        self._expiry = series.expiry
        self._underlying_row = market.row_of[series.underlying]
        rows = np.concatenate((series.call_rows, series.put_rows))
        self._listed = rows != NO_ROW
        self._rows = np.where(self._listed, rows, 0)
        contracts = (*series.calls, *series.puts)
        self._settlement = _units([c.previous_settlement if c else 0 for c in contracts])
        self._limit_up = _units([c.limit_up if c else 0 for c in contracts])
        self._limit_down = _units([c.limit_down if c else 0 for c in contracts])
        self._suspended = np.array([bool(c and c.suspended) for c in contracts])
        self._strikes = _units(series.strikes)
        underlying = market.underlying(series.underlying)
        self._previous_close = int(underlying.previous_close * PRICE_SCALE) if underlying else 0
        self._by_side = False
        self._quotes: IntArray = market.quotes[self._rows]
        self._values = valuation.values[:, self._rows]
        self._book_marks, self._greek_marks = valuation.book_marks[self._rows], valuation.greek_marks[self._rows]
        self._stale = np.zeros(len(rows), np.bool_)
        self._hatched: IntArray = np.zeros(len(rows), np.int64)
        self._indicative = self._halted = self._stale
        self._any_indicative = self._any_halted = False
        self.columns: tuple[CellColumn, ...] = ()

    # ---- what the view asks

    def spot_line(self) -> SpotLine:
        """The underlying's figures."""
        quote = self._market.quotes[self._underlying_row]
        spot = self._valuation.spot(self._underlying)
        forward = self._valuation.forward(self._underlying, self._expiry)
        return SpotLine(
            price=round(spot * PRICE_SCALE) if np.isfinite(spot) else 0,
            previous_close=self._previous_close,
            low=int(quote[Column.LOW]),
            high=int(quote[Column.HIGH]),
            forward=round(forward.price * PRICE_SCALE) if np.isfinite(forward.price) else 0,
            forward_pairs=forward.pairs,
            atm_volatility=round(forward.atm_volatility * 10_000) if np.isfinite(forward.atm_volatility) else 0,
        )

    def received_after(self, moment: float) -> NDArray[np.float64]:
        """When quotes newer than a moment came, monotonic seconds."""
        received: NDArray[np.float64] = self._market.received_at[self._rows[self._listed]]
        return np.asarray(received[received > moment])

    def reference(self) -> int:
        """The price that parts in from out of the money: spot, before any trade the previous close; 0.0001 yuan."""
        return self.spot_line().price or self._previous_close

    def spot_place(self) -> int:
        """How many strikes lie below the underlying's price: where its line stands."""
        return int(np.searchsorted(self._strikes, self.reference(), side="left"))

    def at_the_money(self) -> int:
        """The line nearest to the underlying's price, the higher one of two equally near."""
        distance = np.abs(self._strikes - self.reference())
        return int(self._lines - 1 - np.argmin(distance[::-1])) if self._lines else 0

    def compute(self, columns: Sequence[CellColumn], now: float, *, by_side: bool) -> tuple[IntArray, IntArray]:
        """Values and styles, each of shape (lines, columns). `now` is in the market's monotonic seconds."""
        market, underlying = self._market, self._underlying_row
        self._by_side = by_side
        self._quotes = market.quotes[self._rows]
        self._quotes[~self._listed] = 0
        self._values = self._valuation.values[:, self._rows]
        self._values[:, ~self._listed] = np.nan
        self._book_marks = self._valuation.book_marks[self._rows]
        self._greek_marks = self._valuation.greek_marks[self._rows]
        received = market.received_at[self._rows]
        moving = (market.moved_at[underlying] > received) & (market.moved_at[underlying] > 0)
        self._stale = (received > 0) & (now - received > STALE_SECONDS) & moving
        phases = self._phases()
        self._stale &= phases == ord(Phase.CONTINUOUS)
        self._mark_books(phases)

        values = np.full((self._lines, len(columns)), NONE, np.int64)
        styles = np.zeros((self._lines, len(columns)), np.int64)
        reference = self.reference()
        inside_call = np.where(self._strikes < reference, int(Mark.IN_THE_MONEY), 0)
        inside_put = np.where(self._strikes > reference, int(Mark.IN_THE_MONEY), 0)
        grounds = {Right.CALL: inside_call, Right.PUT: inside_put}
        low, high = market.quotes[underlying, [Column.LOW, Column.HIGH]]
        passed = (self._strikes >= low) & (self._strikes <= high) & (low > 0)
        done: dict[str, tuple[IntArray, IntArray]] = {}
        for number, cell in enumerate(columns):
            key, right = cell.column.key, cell.right
            if right is None:
                lamps = self._lamps(phases)
                values[:, number] = self._strikes
                styles[:, number] = (
                    int(Mark.BOLD)
                    | (lamps[: self._lines] << CALL_LAMP_SHIFT)
                    | (lamps[self._lines :] << PUT_LAMP_SHIFT)
                    | np.where(passed, int(Mark.IN_RANGE), 0)
                )
                continue
            if key not in done:
                done[key] = self._cells(key)
            half = slice(0, self._lines) if right is Right.CALL else slice(self._lines, None)
            values[:, number] = done[key][0][half]
            styles[:, number] = done[key][1][half] | grounds[right]
        if self._lines and reference:
            styles[self.at_the_money()] |= int(Mark.AT_THE_MONEY)
        return values, styles

    # ---- one column of all contracts, calls first

    def _mark_books(self, phases: IntArray) -> None:
        """What the books have that several columns show, once for all of them."""
        bid, ask = self._quotes[:, Column.BID_PRICE], self._quotes[:, Column.ASK_PRICE]
        inverted = (bid > 0) & (ask > 0) & (bid >= ask)
        self._hatched = np.where(inverted | (phases == ord(Phase.BREAKER)), int(Mark.HATCH), 0)
        gathering = _IS_AUCTION[phases & 127] & (bid == 0) & (ask == 0)
        self._indicative = gathering & (self._quotes[:, Column.AUCTION_PRICE] > 0)
        self._any_indicative = bool(self._indicative.any())
        self._halted = phases == ord(Phase.HALTED)
        self._any_halted = bool(self._halted.any())

    def _cells(self, key: str) -> tuple[IntArray, IntArray]:
        values, styles = _MAKERS[key](self)
        if key in _BOOK_KEYS:
            if key in ("bid", "ask"):
                edge = self._values[Figure.SELL_EDGE if key == "bid" else Figure.BUY_EDGE]
                styles = styles | self._hatched | np.where(edge > _NO_EDGE, int(Mark.EDGE), 0)
            styles = styles | np.where(self._stale & (values != NONE), int(Mark.STALE), 0)
            if self._any_indicative:
                source = Column.AUCTION_PRICE if key in ("bid", "ask") else Column.AUCTION_QUANTITY
                values = np.where(self._indicative, _or_none(self._quotes[:, source]), values)
                styles = np.where(self._indicative, (styles & ~INK_MASK) | int(Ink.WARN), styles)
        if key in _TRADED_KEYS and self._any_halted:
            plain = (styles & ~(INK_MASK | int(Mark.BOLD | Mark.STALE))) | int(Ink.DIM)
            styles = np.where(self._halted, plain, styles)
        # Most contracts have none of mine: their dashes stay in the background
        none = int(Ink.FAINT if key in _MY_KEYS else Ink.DIM)
        styles = np.where(values == NONE, (styles & int(Mark.HATCH)) | none, styles)
        return values, styles

    def _phases(self) -> IntArray:
        own = self._quotes[:, Column.PHASE]
        phases = np.where(own > 0, own, ord(self._market.phase))
        halted = self._market.quotes[self._underlying_row, Column.PHASE] == ord(Phase.HALTED)
        return np.where(self._suspended | halted, ord(Phase.HALTED), phases)

    def _lamps(self, phases: IntArray) -> IntArray:
        bid, ask = self._quotes[:, Column.BID_PRICE], self._quotes[:, Column.ASK_PRICE]
        lamps = np.full(len(bid), int(Lamp.LIVE), np.int64)
        lamps[(bid > 0) & (ask > 0) & (bid >= ask)] = Lamp.INVERTED
        lamps[(bid > 0) ^ (ask > 0)] = Lamp.ONE_SIDED
        lamps[(bid > 0) & (ask == 0) & (bid >= self._limit_up)] = Lamp.LIMIT_UP
        lamps[(ask > 0) & (bid == 0) & (ask <= self._limit_down)] = Lamp.LIMIT_DOWN
        lamps[(bid == 0) & (ask == 0)] = Lamp.EMPTY
        lamps[_IS_AUCTION[phases & 127]] = Lamp.AUCTION
        lamps[phases == ord(Phase.BREAKER)] = Lamp.BREAKER
        lamps[phases == ord(Phase.HALTED)] = Lamp.HALTED
        lamps[~self._listed] = Lamp.NONE
        return lamps

    def _price(self, column: Column, side: Ink | None = None) -> tuple[IntArray, IntArray]:
        units = self._quotes[:, column]
        change = np.sign(units - self._settlement)
        ink = np.where(change > 0, int(Ink.UP), np.where(change < 0, int(Ink.DOWN), int(Ink.FLAT)))
        if side is not None and self._by_side:
            ink = np.full(len(units), int(side), np.int64)
        styles = ink | int(Mark.BOLD)
        if column is not Column.OPEN:
            styles = styles | np.where((units > 0) & (units >= self._limit_up), int(Mark.LIMIT_UP), 0)
            styles = styles | np.where((units > 0) & (units <= self._limit_down), int(Mark.LIMIT_DOWN), 0)
        return _or_none(units), styles

    def _size(self, column: Column) -> tuple[IntArray, IntArray]:
        quantity = self._quotes[:, column]
        level = np.rint(np.log1p(quantity) / np.log1p(FULL_BAR) * BAR_STEPS).astype(np.int64)
        bars = np.minimum(level, BAR_STEPS) << BAR_SHIFT
        return _or_none(quantity), bars | int(Ink.TEXT)

    def _change(self) -> tuple[IntArray, IntArray]:
        last = self._quotes[:, Column.LAST]
        known = (last > 0) & (self._settlement > 0)
        tenths = np.rint((last - self._settlement) / np.maximum(self._settlement, 1) * 1000).astype(np.int64)
        sign = np.sign(last - self._settlement)
        ink = np.where(sign > 0, int(Ink.UP), np.where(sign < 0, int(Ink.DOWN), int(Ink.FLAT)))
        return np.where(known, tenths, NONE), ink

    def _count(self, column: Column) -> tuple[IntArray, IntArray]:
        # None were traded is a fact, so a listed contract shows 0
        return np.where(self._listed, self._quotes[:, column], NONE), _ink(len(self._rows), Ink.SECOND)

    def _fixed(self, units: IntArray, ink: Ink) -> tuple[IntArray, IntArray]:
        return _or_none(units), _ink(len(units), ink)

    def _figure(self, figure: Figure, scale: float, ink: Ink = Ink.TEXT) -> tuple[IntArray, IntArray]:
        values = self._values[figure]
        known = np.isfinite(values)
        whole = np.rint(np.where(known, values, 0.0) * scale).astype(np.int64)
        return np.where(known, whole, NONE), _ink(len(values), ink)

    def _marked(self, figure: Figure, scale: float, marks: NDArray[np.int8], ink: Ink) -> tuple[IntArray, IntArray]:
        """A figure with what it stands on: second-hand ones are dim and bear a glyph, stale ones lie."""
        values, styles = self._figure(figure, scale, ink)
        second_hand = (marks > Quality.LIVE) & (values != NONE)
        styles = np.where(second_hand, int(Ink.DIM), styles) | (
            np.where(second_hand, marks.astype(np.int64), 0) << QUALITY_SHIFT
        )
        stale = self._stale & (values != NONE)
        return values, styles | np.where(stale, int(Mark.STALE) | int(Quality.STALE) << QUALITY_SHIFT, 0)

    def _greek(self, figure: Figure, scale: float) -> tuple[IntArray, IntArray]:
        return self._marked(figure, scale, self._greek_marks, Ink.TEXT)

    def _volatility(self, figure: Figure) -> tuple[IntArray, IntArray]:
        return self._marked(figure, 10_000.0, self._book_marks, Ink.TEXT)

    def _theoretical(self) -> tuple[IntArray, IntArray]:
        return self._marked(Figure.THEORETICAL, PRICE_SCALE, self._greek_marks, Ink.THEO)

    def _edge(self, figure: Figure) -> tuple[IntArray, IntArray]:
        values, styles = self._marked(figure, 10.0, self._greek_marks, Ink.SECOND)
        earns = values >= 10
        sure = earns & ((styles >> QUALITY_SHIFT) == 0)
        return values, np.where(sure, int(Mark.EDGE | Mark.BOLD) | int(Ink.TEXT), styles)

    def _intrinsic(self) -> tuple[IntArray, IntArray]:
        # Out of the money there is none: a dash keeps the eye on the half that has some
        values, styles = self._figure(Figure.INTRINSIC, PRICE_SCALE)
        return np.where(values == 0, NONE, values), styles

    def _position(self) -> tuple[IntArray, IntArray]:
        own, rows = self._own, self._rows
        values = np.where(own.held[rows] & self._listed, own.position[rows] * 2 + own.covered[rows], NONE)
        return values, _ink(len(rows), Ink.POSITION)

    def _my_bid(self) -> tuple[IntArray, IntArray]:
        price, quantity = self._own.bid_price[self._rows], self._own.bid_quantity[self._rows]
        return self._my_order(price, quantity, price >= self._quotes[:, Column.BID_PRICE])

    def _my_ask(self) -> tuple[IntArray, IntArray]:
        price, quantity = self._own.ask_price[self._rows], self._own.ask_quantity[self._rows]
        best = self._quotes[:, Column.ASK_PRICE]
        return self._my_order(price, quantity, (best == 0) | (price <= best))

    def _my_order(self, price: IntArray, quantity: IntArray, at_touch: BoolArray) -> tuple[IntArray, IntArray]:
        working = (price > 0) & self._listed
        values = np.where(working, (quantity << OWN_PRICE_BITS) | price, NONE)
        look = np.where(at_touch, int(Mark.OWN_TOUCH | Mark.BOLD), int(Mark.OWN_BEHIND))
        return values, look | int(Ink.OWN)


#: By the letter of a phase
_IS_AUCTION = np.zeros(128, np.bool_)
_IS_AUCTION[[ord(phase) for phase in Phase if phase.is_auction]] = True
_BOOK_KEYS = frozenset({"bid", "ask", "bid_quantity", "ask_quantity"})
_MY_KEYS = frozenset({"position", "my_bid", "my_ask"})
_TRADED_KEYS = _BOOK_KEYS | {"last", "change"}
_MAKERS: dict[str, Callable[[ChainFigures], tuple[IntArray, IntArray]]] = {
    "position": lambda f: f._position(),
    "open_interest": lambda f: f._count(Column.OPEN_INTEREST),
    "volume": lambda f: f._count(Column.VOLUME),
    "change": lambda f: f._change(),
    "last": lambda f: f._price(Column.LAST),
    "delta": lambda f: f._greek(Figure.DELTA, 1.0),
    "gamma": lambda f: f._greek(Figure.GAMMA, 1.0),
    "vega": lambda f: f._greek(Figure.VEGA, 10.0),
    "theta": lambda f: f._greek(Figure.THETA, 10.0),
    "theo": lambda f: f._theoretical(),
    "iv": lambda f: f._volatility(Figure.MID_VOLATILITY),
    "intrinsic": lambda f: f._intrinsic(),
    "time_value": lambda f: f._figure(Figure.TIME_VALUE, PRICE_SCALE),
    "premium": lambda f: f._figure(Figure.PREMIUM, 1000.0),
    "leverage": lambda f: f._figure(Figure.LEVERAGE, 10.0),
    "sell_edge": lambda f: f._edge(Figure.SELL_EDGE),
    "bid_iv": lambda f: f._volatility(Figure.BID_VOLATILITY),
    "my_bid": lambda f: f._my_bid(),
    "bid_quantity": lambda f: f._size(Column.BID_QUANTITY),
    "bid": lambda f: f._price(Column.BID_PRICE, Ink.BID),
    "ask": lambda f: f._price(Column.ASK_PRICE, Ink.ASK),
    "ask_quantity": lambda f: f._size(Column.ASK_QUANTITY),
    "my_ask": lambda f: f._my_ask(),
    "ask_iv": lambda f: f._volatility(Figure.ASK_VOLATILITY),
    "buy_edge": lambda f: f._edge(Figure.BUY_EDGE),
    "open": lambda f: f._price(Column.OPEN),
    "high": lambda f: f._price(Column.HIGH),
    "low": lambda f: f._price(Column.LOW),
    "settlement": lambda f: f._fixed(f._settlement, Ink.SECOND),
    "limit_up": lambda f: f._fixed(f._limit_up, Ink.UP),
    "limit_down": lambda f: f._fixed(f._limit_down, Ink.DOWN),
}


def _units(prices: Sequence[Decimal | int]) -> IntArray:
    return np.array([int(price * PRICE_SCALE) for price in prices], dtype=np.int64)


def _or_none(values: IntArray) -> IntArray:
    return np.where(values > 0, values, NONE)


def _ink(count: int, ink: Ink) -> IntArray:
    return np.full(count, int(ink), np.int64)
