"""Where a quoter's bids and asks lie: theoretical price, half-spread, skew, join rules, over all contracts at once.

Prices are whole 0.0001 yuan; what is computed with is in parts of them, what comes out is a multiple of the tick.
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


def round_quotes(
    centre: FloatArray, half: FloatArray, tick: IntArray, least_bid: IntArray, limit_up: IntArray
) -> tuple[IntArray, IntArray]:
    """Bid and ask, each rounded away from the centre to a tick and kept within the day's limits and apart.

    `least_bid` is the limit-down price, or one tick where that is more.
    """
    bid = np.floor((centre - half) / tick).astype(np.int64) * tick
    ask = np.ceil((centre + half) / tick).astype(np.int64) * tick
    bid = np.minimum(np.maximum(bid, least_bid), limit_up - tick)
    return bid, np.minimum(np.maximum(ask, bid + tick), limit_up)


def narrowed(bid: IntArray, ask: IntArray, tick: IntArray, most: FloatArray) -> tuple[IntArray, IntArray]:
    """Take back what rounding added beyond the widest spread in ticks: a tick of the ask first, then one of the bid."""
    over = (ask - bid) - np.maximum(np.floor(most), 1.0).astype(np.int64) * tick
    bid = np.where(over > tick, bid + tick, bid)
    return bid, np.where(over > 0, ask - tick, ask)


def others_touch(
    quotes: IntArray, own_bid: IntArray, own_bid_quantity: IntArray, own_ask: IntArray, own_ask_quantity: IntArray
) -> tuple[IntArray, IntArray]:
    """Best bid and ask of everybody else, 0 for none: where we are alone at the touch, the level behind it counts."""
    bid, ask = quotes[:, Column.BID_PRICE], quotes[:, Column.ASK_PRICE]
    alone_bid = (bid == own_bid) & (quotes[:, Column.BID_QUANTITY] <= own_bid_quantity) & (bid > 0)
    alone_ask = (ask == own_ask) & (quotes[:, Column.ASK_QUANTITY] <= own_ask_quantity) & (ask > 0)
    return (
        np.where(alone_bid, quotes[:, Column.BID_PRICE + 1], bid),
        np.where(alone_ask, quotes[:, Column.ASK_PRICE + 1], ask),
    )


def join(
    bid: IntArray,
    ask: IntArray,
    best_bid: IntArray,
    best_ask: IntArray,
    centre: FloatArray,
    tick: IntArray,
    *,
    join_ticks: int | IntArray,
    least_edge_ticks: int,
    improve_ticks: int | IntArray | None,
) -> tuple[IntArray, IntArray]:
    """Step up to the best of the others when that is near and edge enough is left; never far in front of them.

    `improve_ticks` is how far a quote may be better than everybody else's; None for as far as it likes.
    """
    if join_ticks > 0 if isinstance(join_ticks, int) else (join_ticks > 0).any():
        near = (best_bid > bid) & (best_bid - bid <= join_ticks * tick) & (centre - best_bid >= least_edge_ticks * tick)
        bid = np.where(near, best_bid, bid)
        near = (best_ask > 0) & (best_ask < ask) & (ask - best_ask <= join_ticks * tick)
        near &= best_ask - centre >= least_edge_ticks * tick
        ask = np.where(near, best_ask, ask)
    if improve_ticks is not None:
        bid = np.where(best_bid > 0, np.minimum(bid, best_bid + improve_ticks * tick), bid)
        ask = np.where(best_ask > 0, np.maximum(ask, best_ask - improve_ticks * tick), ask)
    return bid, ask


def passive(
    bid: IntArray, ask: IntArray, best_bid: IntArray, best_ask: IntArray, tick: IntArray
) -> tuple[IntArray, IntArray]:
    """Keep quotes out of the others' orders: a quoter makes and does not take."""
    bid = np.where(best_ask > 0, np.minimum(bid, best_ask - tick), bid)
    ask = np.where(best_bid > 0, np.maximum(ask, best_bid + tick), ask)
    return bid, ask


def urgency(bid: IntArray, ask: IntArray, sent_bid: IntArray, sent_ask: IntArray) -> IntArray:
    """How wrong what is out there is: a bid too high or an ask too low by most comes first, what is not there last."""
    return np.asarray(np.maximum(sent_bid - bid, np.where(sent_ask > 0, ask - sent_ask, -ask)))


def crossed(rows: IntArray) -> BoolArray | None:
    """Where the best bid meets the best ask in continuous trading: no market does that, so the row is wrong (F27).

    None for nowhere.
    """
    bid, ask = rows[:, Column.BID_PRICE], rows[:, Column.ASK_PRICE]
    met = bid >= ask
    if not met.any():
        return None
    return np.asarray(met & (ask > 0) & (rows[:, Column.PHASE] == ord(Phase.CONTINUOUS.value)))
