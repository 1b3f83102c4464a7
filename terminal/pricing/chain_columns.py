"""The pricing engine: every volatility, greek and theoretical price of an underlying's options in one array call.

Columns are laid out once per list of contracts. Quotes, times and curves are put in when they change; `reprice` is what
a tick of the underlying costs. It starts from the volatilities of the tick before, so two steps settle nearly all of
them, and the few that jumped are solved from nothing. Figures are per share; a figure without a sound input is nan, and
`book_quality` and `greek_quality` say what the others stand on.
"""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from terminal.pricing.book_volatility import BookVolatility
from terminal.pricing.chain_terms import ChainTerms
from terminal.pricing.compiled.kernels import Kernels
from terminal.pricing.forward import ForwardFit, carry_of, fit_forwards
from terminal.pricing.quality import MarkArray, Quality, book_quality, usable_sides
from terminal.pricing.value_columns import Greek, ValueColumns

FloatArray = NDArray[np.float64]
BoolArray = NDArray[np.bool_]

BID, ASK, MID = range(3)
#: A curve is looked up in a table over log moneyness; beyond it the outermost volatility holds
_REACH = 1.0
_TABLE_SIZE = 2001
_PER_STEP = (_TABLE_SIZE - 1) / (2.0 * _REACH)
# As an array, because a number is made one on every call
_A_ZERO = np.array(0.0)


class ChainColumns:
    """All options of one underlying; arrays follow the order of `terms`."""

    def __init__(self, terms: ChainTerms) -> None:
        count, expiries = len(terms.sign), terms.expiries
        self.terms = terms
        self._of_books = BookVolatility(count)
        self.volatility: FloatArray = self._of_books.volatility
        """Implied by bid, ask and mid"""
        self.pricing_volatility: FloatArray = np.full(count, np.nan)
        """What theoretical price and greeks are made with: the curve's, else that of the strike's live mid"""
        self.book_quality: MarkArray = np.full(count, Quality.NONE, np.int8)
        self.greek_quality: MarkArray = np.full(count, Quality.NONE, np.int8)
        self.years: FloatArray = np.zeros(expiries)
        self.discount_years: FloatArray = self.years
        self.rate: FloatArray = np.zeros(expiries)
        """Continuous, per year of `years`; so is `carry`"""
        self.discount: FloatArray = np.ones(expiries)
        self.carry: FloatArray = np.zeros(expiries)
        self.forward: FloatArray = np.full(expiries, np.nan)
        self.spot = np.nan
        self._columns = ValueColumns(terms.sign, terms.strike)
        self._prices: FloatArray = np.full((3, count), np.nan)
        self._dividend_yield: FloatArray = np.zeros(count)
        self._twin = np.where(terms.twin >= 0, terms.twin, np.arange(count))
        """The other right at the strike, or the option itself"""
        self._twin_quality: MarkArray = self.book_quality
        self._twin_mid: FloatArray = np.zeros(count)
        self._inside: BoolArray = np.zeros(count, np.bool_)
        self._tables: FloatArray | None = None
        self._has_curve: BoolArray = np.zeros(expiries, np.bool_)
        self._curve_rows: BoolArray = np.zeros(count, np.bool_)
        self._table_start = terms.expiry_of * _TABLE_SIZE
        self._ended: BoolArray = np.ones(count, np.bool_)
        self._any_ended = True
        self._carry_is_old = False
        """Whether times and rates changed since what follows from the carry was worked out"""
        self._stretch: FloatArray | None = None

    def use(self, kernels: Kernels | None) -> None:
        """Price by compiled kernels from the next tick on, or by numpy again."""
        self._columns.use(kernels)
        self._of_books.use(kernels)

    @property
    def values(self) -> FloatArray:
        """Price and greeks by `Greek`, per share; the price is theoretical."""
        return self._columns.values

    @property
    def theoretical(self) -> FloatArray:
        """Theoretical price (理论价), yuan per share."""
        price: FloatArray = self._columns.values[Greek.PRICE]
        return price

    def set_time(self, years: FloatArray, rate: FloatArray, discount_years: FloatArray | None = None) -> None:
        """Take years left and continuous rate, one of each an expiry. The last volatilities stay a good start.

        `discount_years` are the calendar years money grows over where `years` counts trading time.
        """
        of = self.terms.expiry_of
        self.years = np.maximum(years, 0.0)
        self.discount_years = self.years if discount_years is None else np.maximum(discount_years, 0.0)
        # In trading time a year is another one for variance than for money: the rate is stated for the former
        stretch = np.where(self.years > 0.0, self.discount_years / np.where(self.years > 0.0, self.years, 1.0), 1.0)
        self.rate = rate * stretch
        self.discount = np.exp(-self.rate * self.years)
        self._stretch = None if discount_years is None else stretch[of]
        self._columns.set_time(self.years[of], self.rate[of])
        self._ended = self._columns.years == 0.0
        self._any_ended = bool(self._ended.any())
        self._of_books.set_time(self._columns)
        self._carry_is_old = True

    def set_quotes(
        self, bid: FloatArray, ask: FloatArray, age: FloatArray | None = None, stale_after: float = np.inf
    ) -> None:
        """Take the books, yuan per share; a side that is nan, zero or negative is missing. Ages in seconds."""
        self.book_quality = book_quality(bid, ask, age, stale_after)
        self._twin_quality = self.book_quality[self._twin]
        self._prices = usable_sides(bid, ask, self.book_quality)
        self._of_books.set_prices(self._prices)

    @property
    def prices(self) -> FloatArray:
        """Bid, ask and mid of each book as far as they are believed, yuan per share, nan elsewhere."""
        return self._prices

    @property
    def dividend_yield(self) -> FloatArray:
        """Rate less carry a year, one entry per option."""
        return self._dividend_yield

    @property
    def mid(self) -> FloatArray:
        """Middle of each book of two sound sides, yuan per share."""
        mid: FloatArray = self._prices[MID]
        return mid

    def fit_forwards(self, spot: float) -> ForwardFit:
        """Take the carry of each expiry from put-call parity of the books; without a pair, from the rate alone."""
        terms = self.terms
        nodes = terms.pair_node
        calls, puts = terms.node_call[nodes], terms.node_put[nodes]
        # Where there is no pair, -1 picks some option; its prices are taken away again
        missing = np.where(nodes < 0, np.nan, 0.0)
        if nodes.size:
            strike = terms.strike[calls] + missing
            fit = fit_forwards(strike, self._prices[:, calls] + missing, self._prices[:, puts] + missing, self.discount)
        else:
            nothing = np.full(terms.expiries, np.nan)
            none = np.zeros(terms.expiries, np.int64)
            fit = ForwardFit(nothing, none, none, nothing, nothing)
        self.set_carry(np.where(np.isnan(fit.forward), self.rate, carry_of(fit.forward, spot, self.years)))
        return fit

    def set_carry(self, carry: FloatArray) -> None:
        """Take the carry a year of each expiry: rate less dividend yield."""
        self.carry = carry
        self._dividend_yield = (self.rate - carry)[self.terms.expiry_of]
        self._columns.set_carry(self._dividend_yield)
        self._of_books.set_carry(self._columns)
        self._carry_is_old = False

    def set_curve(self, expiry: int, volatility: Callable[[FloatArray], FloatArray] | None) -> None:
        """Price an expiry on a curve, volatility over log moneyness, from now on; None takes it away."""
        if self._tables is None:
            self._tables = np.full((self.terms.expiries, _TABLE_SIZE), np.nan)
        if volatility is not None:
            self._tables[expiry] = volatility(np.linspace(-_REACH, _REACH, _TABLE_SIZE))
        self._has_curve[expiry] = volatility is not None
        self._curve_rows = self._has_curve[self.terms.expiry_of]

    def reprice(self, spot: float) -> None:
        """Overwrite every figure for a price of the underlying; without one all are nan."""
        self.spot = spot if spot > 0.0 else np.nan
        self._reprice(self.spot * np.exp(self.carry * self.years))

    def reprice_on_forwards(self, forward: FloatArray) -> None:
        """The same where the underlying has no price of its own: the nearest forward, discounted, stands for it."""
        known = np.flatnonzero(np.isfinite(forward))
        nearest = known[self.years[known].argmin()] if known.size else 0
        self.spot = float(forward[nearest] * self.discount[nearest]) if known.size else np.nan
        self.set_carry(np.where(np.isfinite(forward), carry_of(forward, self.spot, self.years), self.rate))
        self._reprice(self.spot * np.exp(self.carry * self.years))

    # ---- inside

    def _reprice(self, forward: FloatArray) -> None:
        self.forward = forward
        if self._carry_is_old:
            self.set_carry(self.carry)
        with np.errstate(all="ignore"):
            self._columns.set_spot(self.spot)
            self._of_books.solve(self.spot)
            self._choose_volatility()
            self._columns.value(self.pricing_volatility)
            self._columns.value_second_order(self.pricing_volatility)
            if self._stretch is not None:
                self.values[Greek.RHO] *= self._stretch

    def _choose_volatility(self) -> None:
        """Volatility and mark of every greek: the curve's, else the strike's own, else that of strikes beside it.

        Of a strike the out-of-the-money right speaks for both: a tick of a deep in-the-money mid is many points.
        """
        terms = self.terms
        mid, twin, inside = self.volatility[MID], self._twin_mid, self._inside
        np.multiply(self._columns.half_moneyness, terms.sign, twin)
        np.greater(twin, _A_ZERO, inside)
        mid.take(self._twin, out=twin, mode="clip")
        from_twin = inside & (twin == twin)
        chosen = np.where(from_twin, twin, mid)
        # The mark of what was taken; a book of two sides is the only source of a mid
        marks = np.where(from_twin, self._twin_quality, self.book_quality)
        missing = chosen != chosen
        if np.count_nonzero(missing):
            marks[missing] = Quality.NONE
            np.copyto(chosen, self._beside(mid, chosen, inside), where=missing)
            marks[missing & (chosen == chosen)] = Quality.INTERPOLATED
        if self._tables is not None and self._curve_rows.any():
            curved = self._on_curve()
            known = self._curve_rows & (curved == curved)
            np.copyto(chosen, curved, where=known)
            marks[known & (marks >= Quality.CROSSED)] = Quality.INTERPOLATED
        if self._any_ended:
            # At expiry no volatility is left and none is needed
            chosen[self._ended] = 1.0 if self.spot == self.spot else np.nan
            marks[self._ended] = Quality.LIVE if self.spot == self.spot else Quality.NONE
        self.pricing_volatility = chosen
        self.greek_quality = marks

    def _on_curve(self) -> FloatArray:
        """Each option's volatility from the table of its expiry."""
        assert self._tables is not None
        k = -2.0 * self._columns.half_moneyness
        place = np.clip((k + _REACH) * _PER_STEP, 0.0, _TABLE_SIZE - 1.000001)
        # Without a forward there is no place; the share that stays nan makes the volatility nan
        whole = np.where(place == place, place, 0.0).astype(np.int64)
        place -= whole
        whole += self._table_start
        table = self._tables.ravel()
        low = table[whole]
        return np.asarray(low + place * (table[whole + 1] - low))

    def _beside(self, mid: FloatArray, chosen: FloatArray, inside: BoolArray) -> FloatArray:
        """Volatility of each option's node, straight in log strike between known nodes of the expiry, flat beyond."""
        terms = self.terms
        calls, puts = terms.node_call, terms.node_put
        call = np.where(calls >= 0, mid[calls], np.nan)
        put = np.where(puts >= 0, mid[puts], np.nan)
        call_inside = np.where(calls >= 0, inside[calls], ~inside[puts])
        outer, inner = np.where(call_inside, put, call), np.where(call_inside, call, put)
        node = np.where(outer == outer, outer, inner)
        count = len(node)
        number = np.arange(count)
        known = node == node
        left = np.maximum.accumulate(np.where(known, number, -1))
        right = np.minimum.accumulate(np.where(known, number, count)[::-1])[::-1]
        expiry = terms.node_expiry
        has_left = (left >= 0) & (expiry[left] == expiry)
        has_right = (right < count) & (expiry[np.minimum(right, count - 1)] == expiry)
        left, right = np.where(has_left, left, right), np.where(has_right, right, left)
        none = ~(has_left | has_right)
        left[none] = right[none] = 0
        x = terms.node_log_strike
        width = x[right] - x[left]
        share = np.where(width > 0.0, (x - x[left]) / np.where(width > 0.0, width, 1.0), 0.0)
        between = node[left] + share * (node[right] - node[left])
        between[none] = np.nan
        return np.asarray(between[terms.node_of])
