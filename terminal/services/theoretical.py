"""Theoretical prices (理论价) that follow every tick of the underlying: what quotes are made of.

The valuation solves three volatilities an option, which takes longer than a quote may. Here the volatilities and
carries it settled on last, the curve where there is one, are held and only priced anew at each tick (sticky strike);
`settle` takes newer ones, and gamma and vega with them, and belongs off the path of a tick. A contract without a sound
volatility is not usable, and nothing of an earlier moment stands in for it.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from terminal.domain.contracts import Right
from terminal.domain.market_data import PRICE_SCALE, Column
from terminal.pricing.black_scholes import price
from terminal.pricing.chain_columns import ChainColumns
from terminal.pricing.implied_volatility import implied_volatility
from terminal.pricing.quality import Quality
from terminal.pricing.value_columns import Greek, ValueColumns
from terminal.services.bus import Bus
from terminal.services.events import DayChanged
from terminal.services.market_data import MarketData
from terminal.services.spot_pricer import OneOption, SpotPricer
from terminal.services.universe import EMPTY, Universe
from terminal.services.valuation import Valuation

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]
BoolArray = NDArray[np.bool_]
_BID, _ASK = int(Column.BID_PRICE), int(Column.ASK_PRICE)


@dataclass(slots=True)
class _Book:
    """One underlying: its contracts and what prices them."""

    numbers: IntArray | slice
    columns: ValueColumns
    multiplier: FloatArray
    expiry_of: IntArray
    volatility: FloatArray
    dividend_yield: FloatArray
    growth: FloatArray
    """Forward over spot"""
    usable: BoolArray
    pricer: SpotPricer
    spot: float = np.nan
    settled: bool = False


class Theoretical:
    """Arrays over all contracts of the day, by their number in `universe`; `monotonic` gives seconds."""

    def __init__(self, market: MarketData, valuation: Valuation, bus: Bus, monotonic: Callable[[], float]) -> None:
        self._market = market
        self._valuation = valuation
        self._monotonic = monotonic
        self.universe: Universe = EMPTY
        self.price: FloatArray = np.zeros(0)
        """Whole 0.0001 yuan and parts of them; nan where nothing sound is known"""
        self.delta: FloatArray = np.zeros(0)
        """Shares per contract"""
        self.gamma: FloatArray = np.zeros(0)
        """Shares per contract for 1 % of the underlying"""
        self.vega: FloatArray = np.zeros(0)
        """Yuan per contract for one volatility point"""
        self.volatility: FloatArray = np.zeros(0)
        self.years: FloatArray = np.zeros(0)
        self.rate: FloatArray = np.zeros(0)
        """A year, as the dividend yield; with the volatility what `price_at` needs; nan before the first settling"""
        self.dividend_yield: FloatArray = np.zeros(0)
        self.usable: BoolArray = np.zeros(0, np.bool_)
        """Whether a price stands on a live book, on the strikes beside it or on a curve, and time is left"""
        self.revision = 0
        """Raised whenever volatilities, carries or times change, and with the day's list"""
        self._books: dict[str, _Book] = {}
        self._asked: tuple[int, str, float] = (-1, "", np.nan)
        """Updates of the market, the underlying that was asked for last, its price then"""
        bus.subscribe(DayChanged, self._on_day)
        self._lay_out()

    def spot(self, underlying: str) -> float:
        """The price of the underlying that the figures stand on; nan before the first."""
        book = self._books.get(underlying)
        return np.nan if book is None else book.spot

    def is_settled(self, underlying: str) -> bool:
        """Whether volatilities were taken from the valuation since the day began."""
        book = self._books.get(underlying)
        return book is not None and book.settled

    def numbers(self, underlying: str) -> IntArray:
        """The contracts of an underlying."""
        row = self._market.row_of.get(underlying)
        return np.zeros(0, np.int64) if row is None else self.universe.of_underlying(row)

    def where(self, underlying: str) -> IntArray | slice:
        """The same as what arrays are addressed with: a slice where the contracts stand in one stretch."""
        book = self._books.get(underlying)
        return slice(0, 0) if book is None else book.numbers

    def age(self, underlying: str) -> float:
        """Seconds since the underlying was last heard of; infinite before the first time."""
        row = self._market.row_of.get(underlying)
        at = self._market.received_at[row] if row is not None else 0.0
        return self._monotonic() - float(at) if at else np.inf

    def is_crossed(self, underlying: str) -> bool:
        """Whether bid and ask of the underlying meet or cross."""
        row = self._market.row_of.get(underlying)
        if row is None:
            return True
        bid, ask = self._market.quotes[row, Column.BID_PRICE], self._market.quotes[row, Column.ASK_PRICE]
        return bool(0 < ask <= bid)

    def is_sound(self, underlying: str, most_seconds: float) -> bool:
        """Whether the underlying was heard of within so many seconds, and its bid and ask do not meet."""
        row = self._market.row_of.get(underlying)
        if row is None:
            return False
        at, item = self._market.received_at.item(row), self._market.quotes.item
        return at > 0.0 and self._monotonic() - at <= most_seconds and not 0 < item(row, _ASK) <= item(row, _BID)

    def price_at(self, number: int, volatility: float) -> float:
        """What one contract is worth at another volatility, whole 0.0001 yuan and parts; nan without a price of now."""
        contract = self.universe.contracts[number]
        book = self._books[contract.underlying]
        if not book.settled or not book.spot > 0.0 or not volatility > 0.0:
            return np.nan
        place = self._place(book, number)
        value = price(
            is_call=contract.right is Right.CALL,
            spot=book.spot,
            strike=float(contract.strike),
            years=float(book.columns.years[place]),
            rate=float(book.columns.rate[place]),
            volatility=volatility,
            dividend_yield=float(book.dividend_yield[place]),
        )
        return float(value) * PRICE_SCALE

    def volatilities_at(self, number: int, prices: FloatArray) -> FloatArray:
        """The volatilities a year that make one contract worth these prices now, 0.0001 yuan; nan where none does."""
        contract = self.universe.contracts[number]
        book = self._books[contract.underlying]
        if not book.settled or not book.spot > 0.0:
            return np.full(len(prices), np.nan)
        place = self._place(book, number)
        return implied_volatility(
            is_call=contract.right is Right.CALL,
            price=prices / PRICE_SCALE,
            spot=book.spot,
            strike=float(contract.strike),
            years=float(book.columns.years[place]),
            rate=float(book.columns.rate[place]),
            dividend_yield=float(book.dividend_yield[place]),
        )

    def settle(self, underlying: str) -> None:
        """Take the volatilities and carries that the valuation has now, and price with them."""
        book = self._books.get(underlying)
        if book is None:
            return
        self._valuation.refresh(underlying)
        columns = self._valuation.columns(underlying)
        if columns is None or not len(book.expiry_of):
            return
        self._take(book, columns)
        self.reprice(underlying)
        if book.spot > 0.0:
            self._second_greeks(book, book.spot)

    def reprice(self, underlying: str) -> bool:
        """Price an underlying's contracts at its newest price; False when that has not moved."""
        book = self._books.get(underlying)
        if book is None:
            return False
        spot = self._newest(underlying)
        if spot == book.spot or (spot != spot and book.spot != book.spot):
            return False
        self._price(book, spot)
        return True

    def moved_to(self, underlying: str) -> float | None:
        """The newest price of an underlying that its contracts have yet to be priced at; None for the old one."""
        book = self._books.get(underlying)
        if book is None or not book.settled:
            return None
        spot = self._newest(underlying)
        return spot if spot > 0.0 and spot != book.spot else None

    def options(self, underlying: str, numbers: IntArray) -> tuple[OneOption, ...]:
        """What prices some contracts of an underlying one by one until `revision` changes; empty before the first."""
        book = self._books.get(underlying)
        if book is None or not book.settled:
            return ()
        places = (
            numbers - book.numbers.start if isinstance(book.numbers, slice) else np.searchsorted(book.numbers, numbers)
        )
        return book.pricer.options(places)

    # ---- inside

    def _newest(self, underlying: str) -> float:
        """The newest price of an underlying: looked up once for each update, though a tick asks three times."""
        known, updates = self._asked, self._market.updates
        if known[0] != updates or known[1] != underlying:
            known = self._asked = updates, underlying, self._valuation.spot(underlying)
        return known[2]

    @staticmethod
    def _place(book: _Book, number: int) -> int:
        """Where a contract stands among those of its underlying."""
        if isinstance(book.numbers, slice):
            return number - int(book.numbers.start)
        return int(np.searchsorted(book.numbers, number))

    def _on_day(self, event: DayChanged) -> None:
        self._lay_out()

    def _lay_out(self) -> None:
        market = self._market
        self.revision += 1
        self._asked = -1, "", np.nan
        self.universe = universe = Universe.of(market.underlyings, market.contracts)
        count = len(universe)
        self.price, self.delta, self.gamma, self.vega, self.volatility, self.years = np.full((6, count), np.nan)
        self.rate, self.dividend_yield = np.full((2, count), np.nan)
        self.usable = np.zeros(count, np.bool_)
        self._books = {u.code: self._book(universe, row) for row, u in enumerate(market.underlyings)}

    @staticmethod
    def _book(universe: Universe, row: int) -> _Book:
        numbers = universe.of_underlying(row)
        count = len(numbers)
        sign = np.where(universe.is_call[numbers], 1.0, -1.0)
        strike = np.array([float(universe.contracts[n].strike) for n in numbers.tolist()])
        # One stretch of the list is addressed as a slice, which costs a tick less than numbers one by one
        stretch = count and numbers[-1] - numbers[0] == count - 1
        where = slice(int(numbers[0]), int(numbers[-1]) + 1) if stretch else numbers

        def nothing() -> FloatArray:
            return np.full(count, np.nan)

        return _Book(
            numbers=where,
            columns=ValueColumns(sign, strike),
            multiplier=universe.multiplier[numbers],
            expiry_of=np.zeros(count, np.int64),
            volatility=nothing(),
            dividend_yield=nothing(),
            growth=nothing(),
            usable=np.zeros(count, np.bool_),
            pricer=SpotPricer.none(count),
        )

    def _take(self, book: _Book, columns: ChainColumns) -> None:
        of = columns.terms.expiry_of
        book.expiry_of = of
        book.columns.set_time(columns.years[of], columns.rate[of])
        book.volatility = columns.pricing_volatility.copy()
        book.dividend_yield = (columns.rate - columns.carry)[of]
        book.columns.set_carry(book.dividend_yield)
        book.growth = np.exp(columns.carry * columns.years)[of]
        # At its end an option is worth what it is worth exercised: nothing is left to be quoted
        sound = (columns.greek_quality <= Quality.INTERPOLATED) & np.isfinite(columns.pricing_volatility)
        book.usable = sound & (columns.years[of] > 0.0)
        book.spot, book.settled = np.nan, True
        self.volatility[book.numbers] = book.volatility
        self.years[book.numbers] = columns.years[of]
        self.rate[book.numbers], self.dividend_yield[book.numbers] = columns.rate[of], book.dividend_yield
        # What the greeks that may be a quarter of a second old are made with too
        book.pricer = SpotPricer.of(book.columns, book.volatility, book.growth, book.multiplier)
        self.revision += 1

    def _second_greeks(self, book: _Book, spot: float) -> None:
        with np.errstate(all="ignore"):
            book.columns.set_spot(spot)
            book.columns.value(book.volatility)
            values = book.columns.values
            self.gamma[book.numbers] = values[Greek.GAMMA] * (book.multiplier * (spot * 0.01))
            self.vega[book.numbers] = values[Greek.VEGA] * (book.multiplier * 0.01)

    def _price(self, book: _Book, spot: float) -> None:
        book.spot = spot
        where = book.numbers
        if not book.settled or not spot > 0.0:
            for figures in (self.price, self.delta, self.gamma, self.vega):
                figures[where] = np.nan
            self.usable[where] = False
            return
        price, delta = self.price[where], self.delta[where]
        book.pricer.price(spot, price)
        book.pricer.delta(delta)
        if not isinstance(where, slice):
            self.price[where], self.delta[where] = price, delta
        self.usable[where] = book.usable
