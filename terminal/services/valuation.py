"""What the contracts of an underlying are worth now (估值): forward, implied volatility, greeks, value figures.

Quotes only mark an underlying stale; the arrays are computed when a visible view or a strategy asks by `refresh`.
A figure that has no sound input is nan, never the number of a moment ago: a missing side gives no mid, a locked or
crossed book gives nothing at all. Greeks that stand on other strikes are left out here; `columns` has them, marked.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from enum import IntEnum, StrEnum

import numpy as np
from numpy.typing import NDArray

from terminal.domain.contracts import Contract, Right
from terminal.domain.market_data import PRICE_SCALE, Column
from terminal.pricing.chain_columns import ChainColumns
from terminal.pricing.chain_terms import ChainTerms
from terminal.pricing.quality import Quality, spot_of_book
from terminal.pricing.rate_curve import RateCurve
from terminal.pricing.time_to_expiry import TradingTime, years_to_expiries
from terminal.pricing.value_columns import Greek
from terminal.services.bus import Bus
from terminal.services.events import DayChanged, QuotesChanged
from terminal.services.market_data import MarketData

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]
_CALENDAR_DAYS = 365.0


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
class _Book:
    """An underlying's contracts: where they stand, and the engine that prices them."""

    row: int
    rows: IntArray
    expiries: tuple[date, ...]
    columns: ChainColumns


class Valuation:
    """Figures of all contracts by market row: `values[Figure.DELTA, row]`. `now` is market time, `rate` a year."""

    def __init__(self, market: MarketData, bus: Bus, now: Callable[[], datetime], *, rate: float) -> None:
        self._market = market
        self._now = now
        self._rates = RateCurve.flat(rate)
        self._trading: TradingTime | None = None
        self.values: FloatArray = np.zeros((len(Figure), 0))
        self.revision = 0
        """Counts what was computed; a view that has seen it need not look again"""
        self._books: dict[str, _Book] = {}
        self._forwards: dict[tuple[str, date], Forward] = {}
        self._owner: IntArray = np.zeros(0, np.int64)
        self._stale: NDArray[np.bool_] = np.zeros(0, np.bool_)
        self._minute: dict[str, datetime] = {}
        bus.subscribe(DayChanged, self._on_day_changed)
        bus.subscribe(QuotesChanged, self._on_quotes_changed)
        self._take_list()

    @property
    def rate(self) -> float:
        """Continuous riskless rate for a year."""
        return float(self._rates.rate(1.0))

    def set_rate(self, rate: float) -> None:
        """Use another rate for every expiry. Raises BadInput for one that is no plausible rate."""
        self.set_rates(RateCurve.flat(rate))

    def set_rates(self, rates: RateCurve) -> None:
        """Use a term structure of rates from now on."""
        self._rates = rates
        self._stale[:] = True

    def set_trading_time(self, trading: TradingTime | None) -> None:
        """Let volatility count trading time from now on, or calendar time again; money always grows by the calendar."""
        self._trading = trading
        self._stale[:] = True

    def spot(self, underlying: str) -> float:
        """Last price of an underlying, else its mid, yuan; nan for neither."""
        row = self._market.row_of.get(underlying)
        if row is None:
            return np.nan
        quote = self._market.quotes[row] / PRICE_SCALE
        return spot_of_book(quote[Column.LAST], quote[Column.BID_PRICE], quote[Column.ASK_PRICE])[0]

    def columns(self, underlying: str) -> ChainColumns | None:
        """The engine of an underlying as of the last refresh, read only: per share, with the mark of every figure."""
        book = self._books.get(underlying)
        return None if book is None else book.columns

    def forward(self, underlying: str, expiry: date) -> Forward:
        """The forward of one expiry as of the last refresh."""
        return self._forwards.get((underlying, expiry), NO_FORWARD)

    def is_stale(self, underlying: str) -> bool:
        """Whether quotes or the minute have moved since the last refresh."""
        book = self._books.get(underlying)
        return book is not None and bool(
            self._stale[book.row] or self._minute.get(underlying) != _minute_of(self._now())
        )

    def refresh(self, underlying: str) -> bool:
        """Compute all contracts of an underlying if anything moved; True when it did."""
        if not self.is_stale(underlying):
            return False
        book = self._books[underlying]
        now = self._now()
        self._stale[book.row] = False
        self._minute[underlying] = _minute_of(now)
        if len(book.rows):
            self._compute(underlying, book, now)
        self.revision += 1
        return True

    # ---- inside

    def _on_day_changed(self, event: DayChanged) -> None:
        self._take_list()

    def _on_quotes_changed(self, event: QuotesChanged) -> None:
        self._stale[self._owner[event.rows]] = True

    def _take_list(self) -> None:
        market = self._market
        first = len(market.underlyings)
        self.values = np.full((len(Figure), first + len(market.contracts)), np.nan)
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
        self.revision += 1

    def _compute(self, underlying: str, book: _Book, now: datetime) -> None:
        columns, terms = book.columns, book.columns.terms
        quotes = self._market.quotes[book.rows]
        spot = self.spot(underlying)
        self._set_time(book, now)
        columns.set_quotes(quotes[:, Column.BID_PRICE] / PRICE_SCALE, quotes[:, Column.ASK_PRICE] / PRICE_SCALE)
        fit = columns.fit_forwards(spot)
        if np.isfinite(spot):
            columns.reprice(spot)
        else:
            # Without a price of the underlying the nearest forward stands for it, as if it paid no dividend
            columns.reprice_on_forwards(fit.forward)

        own = columns.greek_quality == Quality.LIVE if np.isfinite(spot) else np.zeros(len(book.rows), np.bool_)
        values = self.values[:, book.rows]
        mid = columns.mid
        values[Figure.MID] = mid
        values[Figure.BID_VOLATILITY : Figure.MID_VOLATILITY + 1] = columns.volatility
        greeks = np.where(own, columns.values, np.nan) * terms.multiplier
        values[Figure.DELTA] = greeks[Greek.DELTA]
        values[Figure.GAMMA] = greeks[Greek.GAMMA] * spot * 0.01
        values[Figure.VEGA] = greeks[Greek.VEGA] * 0.01
        values[Figure.THETA] = greeks[Greek.THETA] / self._days_per_year
        intrinsic = np.maximum(terms.sign * (spot - terms.strike), 0.0)
        values[Figure.INTRINSIC] = intrinsic
        values[Figure.TIME_VALUE] = mid - intrinsic
        values[Figure.PREMIUM] = (terms.sign * (terms.strike - spot) + mid) / spot
        values[Figure.LEVERAGE] = np.abs(values[Figure.DELTA]) / terms.multiplier * spot / mid
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

    @property
    def _days_per_year(self) -> float:
        return _CALENDAR_DAYS if self._trading is None else float(self._trading.days_per_year)

    def _set_time(self, book: _Book, now: datetime) -> None:
        calendar_years = years_to_expiries(now, book.expiries)
        rate = self._rates.rate(calendar_years)
        if self._trading is None:
            book.columns.set_time(calendar_years, rate)
        else:
            book.columns.set_time(years_to_expiries(now, book.expiries, self._trading), rate, calendar_years)


def _minute_of(now: datetime) -> datetime:
    return now.replace(second=0, microsecond=0)


def _book_of(row: int, listed: list[tuple[int, Contract]]) -> _Book:
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
    return _Book(row, np.array([n for n, _ in listed], dtype=np.int64), expiries, ChainColumns(terms))


def _at_the_money(terms: ChainTerms, expiry: int, forward: float, volatility: FloatArray) -> float:
    mine = np.flatnonzero((terms.expiry_of == expiry) & np.isfinite(volatility))
    if not len(mine) or not np.isfinite(forward):
        return float(np.nan)
    distance = np.abs(terms.strike[mine] - forward)
    return float(volatility[mine[distance == distance.min()]].mean())
