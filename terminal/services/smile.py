"""The smile of one expiry (波动率微笑) as it stands now: what a volatility view draws and a strategy reads.

All arrays have one entry a strike and series, in rising strike order. Volatilities are a year: 0.32 is 32 %; nan where
there is no sound book.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from terminal.pricing.chain_columns import ASK, BID, MID, ChainColumns
from terminal.pricing.curve import Curve, Shape
from terminal.pricing.forward import implied_dividend
from terminal.pricing.quality import MarkArray, Quality
from terminal.services.valuation import Forward

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]
BoolArray = NDArray[np.bool_]
#: Where slope and bend at the money are taken, in z: log moneyness over root of years
_STEP = 0.1


@dataclass(frozen=True, slots=True)
class Points:
    """The strikes of one expiry and the volatilities their books imply."""

    strike: FloatArray
    k: FloatArray
    """Log moneyness: log of strike over forward"""
    call_rows: IntArray
    """Market row, -1 for no such contract"""
    put_rows: IntArray
    call: FloatArray
    """Bid, ask and mid volatility of the call, shape (3, strikes)"""
    put: FloatArray
    call_marks: MarkArray
    put_marks: MarkArray
    middle: FloatArray
    """Mid volatility of the right that is out of the money, else of the other"""
    band: FloatArray
    """Half of its ask less its bid volatility"""
    low: FloatArray
    high: FloatArray


@dataclass(frozen=True, slots=True)
class Traits:
    """A curve in a trader's words; volatility, nan without a curve."""

    at_the_money: float
    skew: float
    """Slope at the forward, per 1.00 of z"""
    convexity: float
    """Second derivative at the forward, per 1.00 of z squared"""
    low_wing: float
    """At the lowest strike"""
    high_wing: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Smile:
    """One expiry now."""

    underlying: str
    expiry: date
    years: float
    spot: float
    forward: Forward
    carry: float
    """Continuous, a year"""
    dividend: float
    """That the forward implies until expiry, yuan a share today"""
    points: Points
    fit: Shape | None
    """The curve fitted to the books of this moment (自动拟合)"""
    fit_years: float
    fit_error: float
    """Robust root of mean squares of its residuals, volatility"""
    butterfly_free: bool
    """Of the trader's curve, else of the fit"""
    calendar_free: bool
    """Whether the fit lies nowhere below that of the expiry before"""
    curve: Curve | None
    """The trader's (我的曲线)"""
    settlement: FloatArray
    """Volatility at the last settlement, by strike"""
    own_bid: FloatArray
    """Volatility of the best own bid of either right, by strike"""
    own_ask: FloatArray

    def fit_volatility(self, k: FloatArray) -> FloatArray:
        """The fit at log moneyness `k`; nan without one."""
        return np.full_like(k, np.nan) if self.fit is None else self.fit.volatility(k, self.fit_years)

    def curve_volatility(self, k: FloatArray) -> FloatArray:
        """The trader's curve, which is the fit until he has one."""
        return self.fit_volatility(k) if self.curve is None else self.curve.volatility(k)

    @property
    def residual(self) -> FloatArray:
        """Mid volatility less the trader's curve, by strike."""
        return np.asarray(self.points.middle - self.curve_volatility(self.points.k))

    def traits(self) -> Traits:
        """The trader's curve in his words."""
        return traits_of(self.curve_volatility, self.points.k, self.years)

    def settled_traits(self) -> Traits:
        """The same of the last settlement, straight between its strikes."""
        known = np.isfinite(self.settlement)
        k, volatility = self.points.k[known], self.settlement[known]
        if len(k) < 2:
            return Traits(*(np.nan,) * 5)
        return traits_of(lambda at: np.asarray(np.interp(at, k, volatility)), self.points.k, self.years)


def traits_of(volatility: Callable[[FloatArray], FloatArray], k: FloatArray, years: float) -> Traits:
    """What is read off a curve over strikes at log moneyness `k`."""
    if not len(k) or not years > 0.0:
        return Traits(*(np.nan,) * 5)
    step = _STEP * np.sqrt(years)
    below, middle, above = volatility(np.array([-step, 0.0, step])).tolist()
    wings = volatility(np.array([k[0], k[-1]])).tolist()
    skew = (above - below) / (2.0 * _STEP)
    return Traits(middle, skew, (above - 2.0 * middle + below) / _STEP**2, wings[0], wings[1])


def points_of(columns: ChainColumns, rows: IntArray, expiry: int) -> Points:
    """The strikes of one expiry as the engine has them now."""
    terms = columns.terms
    nodes = np.flatnonzero(terms.node_expiry == expiry)
    calls, puts = terms.node_call[nodes], terms.node_put[nodes]
    strike = np.exp(terms.node_log_strike[nodes])
    call, put = _of(columns.volatility, calls), _of(columns.volatility, puts)
    call_marks, put_marks = _marks(columns.book_quality, calls), _marks(columns.book_quality, puts)
    forward = columns.forward[expiry]
    with np.errstate(invalid="ignore"):
        outer = np.where(strike < forward, put, call)
        inner = np.where(strike < forward, call, put)
    chosen = np.where(np.isfinite(outer[MID]), outer, inner)
    return Points(
        strike=strike,
        k=np.log(strike / forward),
        call_rows=np.where(calls >= 0, rows[calls], -1),
        put_rows=np.where(puts >= 0, rows[puts], -1),
        call=call,
        put=put,
        call_marks=call_marks,
        put_marks=put_marks,
        middle=chosen[MID],
        band=0.5 * (chosen[ASK] - chosen[BID]),
        low=chosen[BID],
        high=chosen[ASK],
    )


def dividend_of(columns: ChainColumns, expiry: int) -> float:
    """What the forward of an expiry says about dividends, yuan a share today."""
    one = slice(expiry, expiry + 1)
    return float(implied_dividend(columns.forward[one], columns.spot, columns.discount[one])[0])


def middle_volatility(columns: ChainColumns, expiry: int) -> FloatArray:
    """Volatility of each strike of an expiry by the right that is out of the money."""
    return points_of(columns, np.zeros(len(columns.terms.sign), np.int64), expiry).middle


def _of(volatility: FloatArray, options: IntArray) -> FloatArray:
    return np.where(options >= 0, volatility[:, options], np.nan)


def _marks(marks: MarkArray, options: IntArray) -> MarkArray:
    return np.where(options >= 0, marks[options], Quality.NONE).astype(np.int8)
