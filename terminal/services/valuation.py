"""What the contracts of an underlying are worth now (估值): forward, implied volatility, greeks, value figures.

Quotes only mark an underlying stale; the arrays are computed when a visible view or a strategy asks by `refresh`.
A figure that has no sound input is nan, never the number of a moment ago: a missing side gives no mid, a locked or
crossed book gives nothing at all. `book_marks` and `greek_marks` say what every figure stands on. `fitter`, when there
is one, lays curves under the theoretical prices.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import IntEnum, StrEnum
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from terminal.domain.contracts import Contract, Right
from terminal.domain.market_data import PRICE_SCALE, Column
from terminal.pricing.chain_columns import ChainColumns
from terminal.pricing.chain_terms import ChainTerms
from terminal.pricing.compiled.kernels import Kernels
from terminal.pricing.quality import MarkArray, Quality, spot_of_book
from terminal.pricing.rate_curve import RateCurve
from terminal.pricing.time_to_expiry import TradingTime, years_to_expiries
from terminal.pricing.value_columns import Greek
from terminal.services.bus import Bus
from terminal.services.events import DayChanged, QuotesChanged
from terminal.services.market_data import MarketData

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]
_CALENDAR_DAYS = 365.0
#: As an array, because a list is made one on every call
_LAST, _BID, _ASK = int(Column.LAST), int(Column.BID_PRICE), int(Column.ASK_PRICE)


class Figure(IntEnum):
    """Rows of `Valuation.values`; units in the docstring of each."""

    MID = 0
    """Yuan per share, of a book with two sides that are not locked or crossed"""
    BID_VOLATILITY = 1
    """Implied by the bid, per year: 0.32 is 32 %"""
    ASK_VOLATILITY = 2
    MID_VOLATILITY = 3
    DELTA = 4
    """Shares per contract"""
    GAMMA = 5
    """Shares per contract and 1 % of the underlying"""
    VEGA = 6
    """Yuan per contract and volatility point"""
    THETA = 7
    """Yuan per contract and calendar day"""
    INTRINSIC = 8
    """Intrinsic value (内在价值), yuan per share"""
    TIME_VALUE = 9
    """Mid less intrinsic (时间价值), yuan per share; negative below parity"""
    PREMIUM = 10
    """How far the underlying must move to the break-even (溢价率), a fraction of its price"""
    LEVERAGE = 11
    """Per cent of the option's mid for 1 % of the underlying (真实杠杆): delta times spot over mid"""
    THEORETICAL = 12
    """Theoretical price (理论价) on the curve in force, yuan per share"""
    BUY_EDGE = 13
    """What buying at the ask earns against it, in ticks of 0.0001 yuan; negative when it costs"""
    SELL_EDGE = 14
    """What selling at the bid earns against it, in ticks"""


class ForwardSource(StrEnum):
    """How good a forward is."""

    PARITY = "parity"
    """Put-call parity of quoted pairs"""
    SPOT = "spot"
    """No pair is quoted: the underlying's price grown at the rate"""
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Forward:
    """The forward price (远期) of one expiry, yuan; `pairs` is how many strikes it rests on."""

    price: float
    source: ForwardSource
    pairs: int
    spread: float
    """Largest minus smallest forward of these pairs, yuan; nan without pairs"""
    atm_volatility: float
    """Mid volatility at the strike next to the forward, mean of call and put; nan without one"""


NO_FORWARD = Forward(np.nan, ForwardSource.NONE, 0, np.nan, np.nan)


@dataclass(frozen=True, slots=True)
class ValuedBook:
    """An underlying's contracts: where they stand, and the engine that prices them, read only for others."""

    row: int
    """Market row of the underlying"""
    rows: IntArray
    """Market rows of the contracts, in the order of `columns`"""
    expiries: tuple[date, ...]
    columns: ChainColumns


class Fitter(Protocol):
    """Who lays curves under an underlying's options."""

    def fit(self, underlying: str, book: ValuedBook) -> bool:
        """Look at what was just computed and set curves; True when prices are to be made once more."""

    def is_behind(self, underlying: str) -> bool:
        """Whether it let quotes pass to keep its pace, and is ready for them now."""


class Valuation:
    """Figures of all contracts by market row: `values[Figure.DELTA, row]`. `now` is market time, `rate` a year."""

    def __init__(self, market: MarketData, bus: Bus, now: Callable[[], datetime], *, rate: float) -> None:
        self._market = market
        self._now = now
        self._rates = RateCurve.flat(rate)
        self._trading: TradingTime | None = None
        self.values: FloatArray = np.zeros((len(Figure), 0))
        self.book_marks: MarkArray = np.zeros(0, np.int8)
        """`Quality` of the book each figure stands on, by market row"""
        self.greek_marks: MarkArray = np.zeros(0, np.int8)
        """`Quality` of greeks and theoretical prices"""
        self.fitter: Fitter | None = None
        self.revision = 0
        """Counts what was computed; a view that has seen it need not look again"""
        self.kernels: Kernels | None = None
        """What computes instead of numpy; see `use`"""
        self._books: dict[str, ValuedBook] = {}
        self._forwards: dict[tuple[str, date], Forward] = {}
        self._owner: IntArray = np.zeros(0, np.int64)
        self._stale: NDArray[np.bool_] = np.zeros(0, np.bool_)
        self._minute: dict[str, datetime] = {}
        """The minute whose times and rates an underlying's engine has; without one it is stale"""
        self._revisions: dict[str, int] = {}
        bus.subscribe(DayChanged, self._on_day_changed)
        bus.subscribe(QuotesChanged, self._on_quotes_changed)
        self._take_list()

    @property
    def rate(self) -> float:
        """Continuous riskless rate for a year."""
        return float(self._rates.rate(1.0))

    def set_rates(self, rates: RateCurve) -> None:
        """Use a term structure of rates from now on."""
        self._rates = rates
        self._minute.clear()

    def set_trading_time(self, trading: TradingTime | None) -> None:
        """Let volatility count trading time from now on, or calendar time again; money always grows by the calendar."""
        self._trading = trading
        self._minute.clear()

    def use(self, kernels: Kernels | None) -> None:
        """Compute by compiled kernels from the next refresh on, or by numpy again."""
        self.kernels = kernels
        for book in self._books.values():
            book.columns.use(kernels)

    def spot(self, underlying: str) -> float:
        """Last price of an underlying, else its mid, yuan; nan for neither."""
        row = self._market.row_of.get(underlying)
        if row is None:
            return np.nan
        item = self._market.quotes.item
        last, bid, ask = item(row, _LAST), item(row, _BID), item(row, _ASK)
        return spot_of_book(last / PRICE_SCALE, bid / PRICE_SCALE, ask / PRICE_SCALE)[0]

    def columns(self, underlying: str) -> ChainColumns | None:
        """The engine of an underlying as of the last refresh, read only: per share, with the mark of every figure."""
        book = self._books.get(underlying)
        return None if book is None else book.columns

    def book(self, underlying: str) -> ValuedBook | None:
        """Rows, expiries and engine of an underlying as of the last refresh."""
        return self._books.get(underlying)

    def revision_of(self, underlying: str) -> int:
        """Counts what was computed for one underlying today."""
        return self._revisions.get(underlying, 0)

    @property
    def days_per_year(self) -> float:
        """Days that make a year of the clock in force: theta and charm are told for one of them."""
        return _CALENDAR_DAYS if self._trading is None else float(self._trading.days_per_year)

    def years_to(self, expiries: Iterable[date], at: datetime) -> FloatArray:
        """Years from a moment to each expiry, by the clock in force."""
        return years_to_expiries(at, expiries, self._trading)

    def rate_for(self, years: float) -> float:
        """Continuous riskless rate until then."""
        return float(self._rates.rate(years))

    def touch(self, underlying: str) -> None:
        """Compute an underlying again at the next refresh, e.g. after a curve was published."""
        book = self._books.get(underlying)
        if book is not None:
            self._stale[book.row] = True

    def forward(self, underlying: str, expiry: date) -> Forward:
        """The forward of one expiry as of the last refresh."""
        return self._forwards.get((underlying, expiry), NO_FORWARD)

    def is_stale(self, underlying: str) -> bool:
        """Whether quotes or the minute have moved since the last refresh."""
        book = self._books.get(underlying)
        if book is None:
            return False
        behind = self.fitter is not None and self.fitter.is_behind(underlying)
        return behind or bool(self._stale[book.row] or self._minute.get(underlying) != _minute_of(self._now()))

    def refresh(self, underlying: str) -> bool:
        """Compute all contracts of an underlying if anything moved; True when it did."""
        if not self.is_stale(underlying):
            return False
        book = self._books[underlying]
        now = self._now()
        self._stale[book.row] = False
        minute = _minute_of(now)
        # Times are counted to the minute: within one they need not be put in again
        is_timed = self._minute.get(underlying) == minute
        self._minute[underlying] = minute
        if len(book.rows):
            if not is_timed:
                self._set_time(book, now)
            self._compute(underlying, book)
        self.revision += 1
        self._revisions[underlying] = self.revision_of(underlying) + 1
        return True

    # ---- inside

    def _on_day_changed(self, event: DayChanged) -> None:
        self._take_list()

    def _on_quotes_changed(self, event: QuotesChanged) -> None:
        rows = event.rows
        if rows.size == 1:
            # A tick of an underlying waits for its quotes, and a number costs a tenth of an array
            self._stale[self._owner.item(rows.item())] = True
        else:
            self._stale[self._owner[rows]] = True

    def _take_list(self) -> None:
        market = self._market
        first = len(market.underlyings)
        self.values = np.full((len(Figure), first + len(market.contracts)), np.nan)
        self.book_marks, self.greek_marks = (np.full(self.values.shape[1], Quality.NONE, np.int8) for _ in range(2))
        self._owner = np.array(
            [*range(first), *(market.row_of[c.underlying] for c in market.contracts)], dtype=np.int64
        )
        self._stale = np.ones(first, np.bool_)
        self._forwards.clear()
        self._minute.clear()
        of_underlying: dict[str, list[tuple[int, Contract]]] = {u.code: [] for u in market.underlyings}
        for row, contract in enumerate(market.contracts, first):
            of_underlying[contract.underlying].append((row, contract))
        self._books = {code: _book_of(market.row_of[code], listed) for code, listed in of_underlying.items()}
        self.use(self.kernels)
        self.revision += 1

    def _compute(self, underlying: str, book: ValuedBook) -> None:
        columns, terms = book.columns, book.columns.terms
        quotes = self._market.quotes[book.rows]
        spot = self.spot(underlying)
        columns.set_quotes(quotes[:, Column.BID_PRICE] / PRICE_SCALE, quotes[:, Column.ASK_PRICE] / PRICE_SCALE)
        fit = columns.fit_forwards(spot)
        if np.isfinite(spot):
            columns.reprice(spot)
            if self.fitter is not None and self.fitter.fit(underlying, book):
                columns.reprice(spot)
        else:
            # Without a price of the underlying the nearest forward stands for it, as if it paid no dividend
            columns.reprice_on_forwards(fit.forward)

        marks = columns.greek_quality if np.isfinite(spot) else np.full(len(book.rows), Quality.NONE, np.int8)
        self.book_marks[book.rows], self.greek_marks[book.rows] = columns.book_quality, marks
        own = marks < Quality.NONE
        values = self.values[:, book.rows]
        mid = columns.mid
        values[Figure.MID] = mid
        values[Figure.BID_VOLATILITY : Figure.MID_VOLATILITY + 1] = columns.volatility
        greeks = np.where(own, columns.values, np.nan) * terms.multiplier
        values[Figure.DELTA] = greeks[Greek.DELTA]
        values[Figure.GAMMA] = greeks[Greek.GAMMA] * spot * 0.01
        values[Figure.VEGA] = greeks[Greek.VEGA] * 0.01
        values[Figure.THETA] = greeks[Greek.THETA] / self.days_per_year
        intrinsic = np.maximum(terms.sign * (spot - terms.strike), 0.0)
        values[Figure.INTRINSIC] = intrinsic
        values[Figure.TIME_VALUE] = mid - intrinsic
        values[Figure.PREMIUM] = (terms.sign * (terms.strike - spot) + mid) / spot
        values[Figure.LEVERAGE] = np.abs(values[Figure.DELTA]) / terms.multiplier * spot / mid
        values[Figure.THEORETICAL] = theoretical = np.where(own, columns.theoretical, np.nan)
        bid, ask, _ = columns.prices
        values[Figure.BUY_EDGE] = (theoretical - ask) * PRICE_SCALE
        values[Figure.SELL_EDGE] = (bid - theoretical) * PRICE_SCALE
        self.values[:, book.rows] = values

        for number, expiry in enumerate(book.expiries):
            price = float(columns.forward[number])
            source = ForwardSource.PARITY if fit.pairs[number] else ForwardSource.SPOT
            self._forwards[underlying, expiry] = Forward(
                price,
                source if np.isfinite(price) else ForwardSource.NONE,
                int(fit.pairs[number]),
                float(fit.spread[number]),
                _at_the_money(terms, number, price, columns.volatility[2]),
            )

    def _set_time(self, book: ValuedBook, now: datetime) -> None:
        calendar_years = years_to_expiries(now, book.expiries)
        rate = self._rates.rate(calendar_years)
        if self._trading is None:
            book.columns.set_time(calendar_years, rate)
        else:
            book.columns.set_time(years_to_expiries(now, book.expiries, self._trading), rate, calendar_years)


def _minute_of(now: datetime) -> datetime:
    return now.replace(second=0, microsecond=0)


def _book_of(row: int, listed: list[tuple[int, Contract]]) -> ValuedBook:
    contracts = [contract for _, contract in listed]
    expiries = tuple(sorted({c.expiry for c in contracts}))
    terms = ChainTerms.of(
        is_call=[c.right is Right.CALL for c in contracts],
        strike=[float(c.strike) for c in contracts],
        multiplier=[float(c.multiplier) for c in contracts],
        expiry_of=[expiries.index(c.expiry) for c in contracts],
        # A strike is no key across series: an adjusted contract may share it with a standard one
        series=[c.adjustment for c in contracts],
        expiries=len(expiries),
    )
    return ValuedBook(row, np.array([n for n, _ in listed], dtype=np.int64), expiries, ChainColumns(terms))


def _at_the_money(terms: ChainTerms, expiry: int, forward: float, volatility: FloatArray) -> float:
    mine = np.flatnonzero((terms.expiry_of == expiry) & np.isfinite(volatility))
    if not len(mine) or not np.isfinite(forward):
        return float(np.nan)
    distance = np.abs(terms.strike[mine] - forward)
    return float(volatility[mine[distance == distance.min()]].mean())
