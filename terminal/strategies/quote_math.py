"""Where a quoter's bids and asks lie: theoretical price, half-spread, skew, join rules, over all contracts at once.

Prices are whole 0.0001 yuan; what is computed with is in parts of them, what comes out is a multiple of the tick.
Both sides stand in two rows, the bids' first. Where they are called signed, asks are below zero: then nearer to the
other side is more in either row, and one rule, written once and worked out in one operation, serves both.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from terminal.domain.market_data import PRICE_SCALE, Column
from terminal.domain.phases import Phase
from terminal.strategies.avellaneda_stoikov import reservation_price

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]
BoolArray = NDArray[np.bool_]
#: Best signed price of a side where nobody else is
NOBODY = -float(1 << 50)
#: What a quote may be better than everybody else's by where that is no matter, price units
AS_FAR_AS_IT_LIKES = float(1 << 40)
_WHOLE_SIGN = np.array([[1], [-1]])
_SIGN = _WHOLE_SIGN.astype(np.float64)
_SIDE_APART = Column.ASK_PRICE - Column.BID_PRICE
_PRICES = slice(Column.BID_PRICE, Column.ASK_PRICE + 1, _SIDE_APART)
_BEHIND = slice(Column.BID_PRICE + 1, Column.ASK_PRICE + 2, _SIDE_APART)
_QUANTITIES = slice(Column.BID_QUANTITY, Column.ASK_QUANTITY + 1, _SIDE_APART)


@dataclass(frozen=True, slots=True, kw_only=True)
class SkewTerms:
    """How dear inventory is. `risk_aversion` per yuan; volatilities a year; `horizon_years` until it can be undone."""

    risk_aversion: float
    volatility: float
    volatility_of_volatility: float
    """In volatility points (0.01) a root of a year"""
    horizon_years: float


def inventory_skew(
    delta: FloatArray,
    vega: FloatArray,
    multiplier: FloatArray,
    spot: float,
    shares: float,
    vega_held: float,
    terms: SkewTerms,
) -> FloatArray:
    """How far reservation prices lie below theoretical ones, in price units of each contract.

    Avellaneda and Stoikov 2008, equation (29), asks gamma sigma^2 (T - t) for each unit held; of options the units are
    what they move with. Stoikov and Saglam, "Option market making under inventory risk", Review of Derivatives Research
    12 (2009), 55-79: with a stock that cannot be traded at once the quotes depend on the net delta of the inventory
    (their second model), with stochastic volatility on its net vega (their third). So an option is worth less to its
    holder by gamma times its covariance with what is held:
    gamma horizon (sigma^2 S^2 delta_i D + xi^2 vega_i V), both per share.
    `delta`, `vega` per contract, `shares` and `vega_held` of the whole inventory.
    """
    # Both are linear in what an option moves with, so equation (29) is asked once for a unit of each
    stock = terms.volatility**2 * spot**2 * terms.horizon_years
    turbulence = terms.volatility_of_volatility**2 * terms.horizon_years
    by_delta = float(reservation_price(0.0, shares, terms.risk_aversion, stock))
    by_vega = float(reservation_price(0.0, vega_held, terms.risk_aversion, turbulence))
    return np.asarray((delta * (-by_delta * PRICE_SCALE) + vega * (-by_vega * PRICE_SCALE)) / multiplier)


@dataclass(frozen=True, slots=True)
class PriceGrid:
    """What signed prices of some contracts can be, shape (2, n); `tick` has one entry each."""

    tick: FloatArray
    is_fine: bool
    """Whether every tick is one price unit, as on this market"""
    furthest: FloatArray
    """The day's limits: the least bid, the highest ask"""
    nearest: FloatArray
    """So near that the other side still finds room within the limits"""

    @classmethod
    def of(cls, tick: IntArray, least_bid: IntArray, limit_up: IntArray) -> "PriceGrid":
        """`least_bid` is the limit-down price, or one tick where that is more."""
        furthest, nearest = np.array((least_bid, -limit_up)), np.array((limit_up - tick, -(least_bid + tick)))
        return cls(
            tick.astype(np.float64), bool((tick == 1).all()), furthest.astype(np.float64), nearest.astype(np.float64)
        )


def signed(prices: FloatArray | IntArray) -> FloatArray:
    """Prices of both sides, or one for both, as signed ones; the same again takes the sign away."""
    return np.multiply(_SIGN, prices)


def rounded(centre: FloatArray, half: FloatArray, grid: PriceGrid) -> FloatArray:
    """Signed bid and ask, each rounded away from the centre to a tick and kept within the day's limits and apart."""
    rows = signed(centre)
    rows -= half
    if grid.is_fine:
        np.floor(rows, rows)
    else:
        rows /= grid.tick
        np.floor(rows, rows)
        rows *= grid.tick
    np.maximum(rows, grid.furthest, out=rows)
    np.minimum(rows, grid.nearest, out=rows)
    bid, ask = rows
    np.minimum(ask, -(bid + grid.tick), out=ask)
    return rows


def narrow(rows: FloatArray, tick: FloatArray, most: FloatArray) -> None:
    """Take back what rounding added beyond the widest spread: a tick of the ask first, then one of the bid.

    `most` is in price units, a tick at least.
    """
    bid, ask = rows
    over = -(bid + ask) - most
    bid += tick * (over > tick)
    ask += tick * (over > 0)


def others_touch(quotes: IntArray, own_prices: IntArray, own_quantities: IntArray) -> FloatArray:
    """Best signed prices of everybody else, `NOBODY` for none: where we are alone at the touch, the level behind."""
    best, behind, quantity = quotes[:, _PRICES].T, quotes[:, _BEHIND].T, quotes[:, _QUANTITIES].T
    alone = (best == own_prices) & (quantity <= own_quantities)
    prices = np.where(alone, behind, best)
    return np.where(prices > 0, signed(prices), NOBODY)


def join(
    rows: FloatArray, best: FloatArray, centre: FloatArray, join_units: FloatArray, least_edge: FloatArray
) -> FloatArray:
    """Step up to the best of the others when that is near and edge enough is left; all signed, in price units."""
    near = (best > rows) & (best - rows <= join_units) & (signed(centre) - best >= least_edge)
    return np.where(near, best, rows)


def room(best: FloatArray, tick: FloatArray, improve_units: FloatArray) -> FloatArray:
    """How near signed prices may go, beside the best of the others.

    A quoter makes and does not take, so it stays a tick clear of the others' orders; and it stands no further in front
    of them than `improve_units`.
    """
    return np.minimum(np.where(best > NOBODY, best + improve_units, -NOBODY), -best[::-1] - tick)


def urgency(gap: IntArray, sent_prices: IntArray) -> IntArray:
    """How wrong what is out there is: a bid too high or an ask too low by most comes first, what is not there last.

    `gap` is by how much the wanted prices are above those.
    """
    missing = sent_prices == 0
    if np.count_nonzero(missing):
        # Then the gap is the price itself
        gap = np.where(missing, _WHOLE_SIGN * gap, gap)
    return np.asarray(np.maximum(-gap[0], gap[1]))


def by_urgency(places: IntArray, lost: IntArray, count: int) -> IntArray:
    """Places below `count`, those that lose most first, in their own order where they lose the same."""
    # Sorted with their places in the keys: asked for an order instead, numpy takes ten times as long over real quotes
    keys = places - lost * count
    keys.sort()
    return np.asarray(keys % count)


def crossed(rows: IntArray) -> BoolArray | None:
    """Where the best bid meets the best ask in continuous trading: no market does that, so the row is wrong (F27).

    None for nowhere.
    """
    bid, ask = rows[:, Column.BID_PRICE], rows[:, Column.ASK_PRICE]
    met = bid >= ask
    if not np.count_nonzero(met):
        return None
    return np.asarray(met & (ask > 0) & (rows[:, Column.PHASE] == ord(Phase.CONTINUOUS.value)))
