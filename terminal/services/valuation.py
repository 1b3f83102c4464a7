"""What the contracts of an underlying are worth now (估值): forward, implied volatility, greeks, value figures.

Quotes only mark an underlying stale; the arrays are computed when a visible view or a strategy asks by `refresh`.
A figure that has no sound input is nan, never the number of a moment ago: a missing side gives no mid, a locked or
crossed book gives nothing at all.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from enum import IntEnum, StrEnum

import numpy as np
from numpy.typing import NDArray

from terminal.domain.contracts import Contract, Right
from terminal.domain.errors import BadInput
from terminal.domain.market_data import PRICE_SCALE, Column
from terminal.pricing.black_scholes import greeks
from terminal.pricing.implied_volatility import implied_on_forward
from terminal.pricing.time_to_expiry import years_to_expiries
from terminal.services.bus import Bus
from terminal.services.events import DayChanged, QuotesChanged
from terminal.services.market_data import MarketData

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]
#: Pairs of one expiry, nearest to the money, whose median is the forward
FORWARD_PAIRS = 5
#: A rate a year outside this is a slip of the keyboard
RATE_LIMIT = 0.25


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
    """The fixed terms of an underlying's contracts, one array entry per contract."""

    row: int
    rows: IntArray
    sign: FloatArray
    strike: FloatArray
    multiplier: FloatArray
    twin: IntArray
    """Position of the other right of the same series and strike, -1 where it is not listed"""
    expiries: tuple[date, ...]
    expiry_of: IntArray


class Valuation:
    """Figures of all contracts by market row: `values[Figure.DELTA, row]`. `now` is market time, `rate` a year."""

    def __init__(self, market: MarketData, bus: Bus, now: Callable[[], datetime], *, rate: float) -> None:
        self._market = market
        self._now = now
        self._rate = _checked_rate(rate)
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
        """Continuous riskless rate a year."""
        return self._rate

    def set_rate(self, rate: float) -> None:
        """Use another rate from now on. Raises BadInput for one that is no plausible rate."""
        self._rate = _checked_rate(rate)
        self._stale[:] = True

    def spot(self, underlying: str) -> float:
        """Last price of an underlying, else its mid, yuan; nan for neither."""
        row = self._market.row_of.get(underlying)
        if row is None:
            return np.nan
        quote = self._market.quotes[row]
        if quote[Column.LAST] > 0:
            return float(quote[Column.LAST] / PRICE_SCALE)
        bid, ask = int(quote[Column.BID_PRICE]), int(quote[Column.ASK_PRICE])
        return (bid + ask) / 2 / PRICE_SCALE if 0 < bid < ask else np.nan

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
        quotes = self._market.quotes[book.rows]
        bid, ask = quotes[:, Column.BID_PRICE], quotes[:, Column.ASK_PRICE]
        inverted = (bid > 0) & (ask > 0) & (bid >= ask)
        two_sided = (bid > 0) & (ask > bid)
        bids = np.where((bid > 0) & ~inverted, bid / PRICE_SCALE, np.nan)
        asks = np.where((ask > 0) & ~inverted, ask / PRICE_SCALE, np.nan)
        mid = np.where(two_sided, (bid + ask) / (2 * PRICE_SCALE), np.nan)

        spot = self.spot(underlying)
        years_of = years_to_expiries(now, book.expiries)
        discount_of = np.exp(-self._rate * years_of)
        forward_of, pairs_of, spread_of = _parity_forwards(book, mid, discount_of)
        from_spot = np.isnan(forward_of)
        forward_of = np.where(from_spot, spot / discount_of, forward_of)
        years, discount, forward = years_of[book.expiry_of], discount_of[book.expiry_of], forward_of[book.expiry_of]

        values = self.values[:, book.rows]
        prices = np.stack((bids, asks, mid))
        guess = values[Figure.BID_VOLATILITY : Figure.MID_VOLATILITY + 1]
        volatility = implied_on_forward(book.sign, prices, forward, book.strike, years, discount, guess)
        values[Figure.MID] = mid
        values[Figure.BID_VOLATILITY : Figure.MID_VOLATILITY + 1] = volatility
        self._greeks(book, values, spot, years, forward)
        intrinsic = np.maximum(book.sign * (spot - book.strike), 0.0)
        values[Figure.INTRINSIC] = intrinsic
        values[Figure.TIME_VALUE] = mid - intrinsic
        values[Figure.PREMIUM] = (book.sign * (book.strike - spot) + mid) / spot
        values[Figure.LEVERAGE] = np.abs(values[Figure.DELTA]) / book.multiplier * spot / mid
        self.values[:, book.rows] = values

        for number, expiry in enumerate(book.expiries):
            price = float(forward_of[number])
            source = ForwardSource.SPOT if from_spot[number] else ForwardSource.PARITY
            self._forwards[underlying, expiry] = Forward(
                price,
                source if np.isfinite(price) else ForwardSource.NONE,
                int(pairs_of[number]),
                float(spread_of[number]),
                _at_the_money(book, number, price, values[Figure.MID_VOLATILITY]),
            )

    def _greeks(self, book: _Book, values: FloatArray, spot: float, years: FloatArray, forward: FloatArray) -> None:
        """Value every contract at the volatility of its strike's out-of-the-money side.

        A tick of a deep in-the-money mid is many volatility points, so the own mid serves only where the twin has
        none. At expiry no volatility is left and none is needed.
        """
        own = values[Figure.MID_VOLATILITY]
        twin = np.where(book.twin >= 0, own[book.twin], np.nan)
        inside = book.sign * (forward - book.strike) > 0
        volatility = np.where(inside & np.isfinite(twin), twin, own)
        volatility = np.where(years > 0, volatility, 0.0)
        with np.errstate(divide="ignore", invalid="ignore"):
            carry = np.where(years > 0, np.log(forward / spot) / np.where(years > 0, years, 1.0), 0.0)
            value = greeks(
                is_call=book.sign > 0,
                spot=spot,
                strike=book.strike,
                years=years,
                rate=self._rate,
                volatility=volatility,
                dividend_yield=self._rate - carry,
            )
        values[Figure.DELTA] = value.delta * book.multiplier
        values[Figure.GAMMA] = value.gamma * spot * 0.01 * book.multiplier
        values[Figure.VEGA] = value.vega * 0.01 * book.multiplier
        values[Figure.THETA] = value.theta / 365.0 * book.multiplier


def _checked_rate(rate: float) -> float:
    if not np.isfinite(rate) or abs(rate) > RATE_LIMIT:
        raise BadInput("rate", rate, f"a rate a year between {-RATE_LIMIT:.0%} and {RATE_LIMIT:.0%}")
    return float(rate)


def _minute_of(now: datetime) -> datetime:
    return now.replace(second=0, microsecond=0)


def _book_of(row: int, listed: list[tuple[int, Contract]]) -> _Book:
    contracts = [contract for _, contract in listed]
    expiries = tuple(sorted({c.expiry for c in contracts}))
    # A strike is no key across series: an adjusted contract may share it with a standard one
    position = {(c.expiry, c.adjustment, c.strike, c.right): n for n, c in enumerate(contracts)}
    other = {Right.CALL: Right.PUT, Right.PUT: Right.CALL}
    twin = [position.get((c.expiry, c.adjustment, c.strike, other[c.right]), -1) for c in contracts]
    return _Book(
        row=row,
        rows=np.array([n for n, _ in listed], dtype=np.int64),
        sign=np.array([1.0 if c.right is Right.CALL else -1.0 for c in contracts]),
        strike=np.array([float(c.strike) for c in contracts]),
        multiplier=np.array([float(c.multiplier) for c in contracts]),
        twin=np.array(twin, dtype=np.int64),
        expiries=expiries,
        expiry_of=np.array([expiries.index(c.expiry) for c in contracts], dtype=np.int64),
    )


def _parity_forwards(book: _Book, mid: FloatArray, discount: FloatArray) -> tuple[FloatArray, IntArray, FloatArray]:
    """Forward, number of pairs and their spread, per expiry.

    Of the pairs quoted on both sides those with the smallest difference of call and put are nearest to the money;
    the median of their K + (C - P) / discount shrugs off two wrong ones.
    """
    forward = np.full(len(book.expiries), np.nan)
    pairs = np.zeros(len(book.expiries), np.int64)
    spread = np.full(len(book.expiries), np.nan)
    calls = np.flatnonzero((book.sign > 0) & (book.twin >= 0))
    difference = mid[calls] - mid[book.twin[calls]]
    calls, difference = calls[np.isfinite(difference)], difference[np.isfinite(difference)]
    expiry = book.expiry_of[calls]
    for number in range(len(book.expiries)):
        mine = np.flatnonzero(expiry == number)
        if len(mine):
            near = mine[np.argsort(np.abs(difference[mine]), kind="stable")[:FORWARD_PAIRS]]
            of_pair = book.strike[calls[near]] + difference[near] / discount[number]
            forward[number] = np.median(of_pair)
            pairs[number] = len(near)
            spread[number] = of_pair.max() - of_pair.min()
    return forward, pairs, spread


def _at_the_money(book: _Book, expiry: int, forward: float, volatility: FloatArray) -> float:
    mine = np.flatnonzero((book.expiry_of == expiry) & np.isfinite(volatility))
    if not len(mine) or not np.isfinite(forward):
        return float(np.nan)
    distance = np.abs(book.strike[mine] - forward)
    return float(volatility[mine[distance == distance.min()]].mean())
