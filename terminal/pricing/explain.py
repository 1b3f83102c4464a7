"""Where the profit came from (盈亏归因): by greek, trades and fees, what is left over named, for each expiry.

The greeks of the first moment explain the move to the second; what was traded in between earns from its own price to
the second moment's. The parts add up to the profit exactly, because the residual is what they leave.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """Options at one moment, per share; spot may differ from option to option."""

    spot: FloatArray
    price: FloatArray
    """What the position is marked at"""
    volatility: FloatArray
    delta: FloatArray
    gamma: FloatArray
    vega: FloatArray
    theta: FloatArray
    """A year"""
    vanna: FloatArray
    volga: FloatArray


@dataclass(frozen=True, slots=True, kw_only=True)
class Trades:
    """What was traded between the two moments, one array entry a trade."""

    option: IntArray
    """Number of the option"""
    quantity: FloatArray
    """Contracts, sold negative"""
    price: FloatArray
    fee: FloatArray
    """Yuan, of the whole trade, positive"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Explained:
    """Yuan, one entry an expiry; `total` is the sum of all others."""

    delta: FloatArray
    gamma: FloatArray
    vega: FloatArray
    theta: FloatArray
    vanna: FloatArray
    volga: FloatArray
    trades: FloatArray
    fees: FloatArray
    """Negative"""
    residual: FloatArray
    """What the greeks leave: higher orders, rates, and moves of options whose greeks were unknown"""
    total: FloatArray
    unexplained: IntArray
    """Options held whose greeks or volatilities were unknown: their move is in the residual"""
    unpriced: IntArray
    """Options held or traded without a price at one of the moments: they are left out of everything"""


def explain(
    *,
    first: Moment,
    second: Moment,
    years: float,
    quantity: FloatArray,
    multiplier: FloatArray,
    expiry_of: IntArray,
    expiries: int,
    trades: Trades,
) -> Explained:
    """Explain the profit from the first moment to the second; `quantity` in contracts is what was held at the first."""

    def summed(values: FloatArray, of: IntArray = expiry_of) -> FloatArray:
        return np.bincount(of, weights=values, minlength=expiries).astype(np.float64)

    option = trades.option
    traded = np.bincount(option, minlength=len(quantity)) > 0
    concerned = (quantity != 0.0) | traded
    priced = np.isfinite(second.price) & (np.isfinite(first.price) | (quantity == 0.0))
    shares = np.where(priced, quantity * multiplier, 0.0)
    held = shares != 0.0
    spot_move, volatility_move = second.spot - first.spot, second.volatility - first.volatility
    parts = {
        "delta": first.delta * spot_move,
        "gamma": 0.5 * first.gamma * spot_move**2,
        "vega": first.vega * volatility_move,
        "theta": first.theta * years,
        "vanna": first.vanna * spot_move * volatility_move,
        "volga": 0.5 * first.volga * volatility_move**2,
    }
    known = np.isfinite(sum(parts.values()))
    greeks = {name: summed(np.where(held & known, part, 0.0) * shares) for name, part in parts.items()}
    moved = summed(np.where(held, second.price - first.price, 0.0) * shares)

    counted = priced[option]
    gained = np.where(counted, second.price[option] - trades.price, 0.0) * trades.quantity * multiplier[option]
    of_trade = expiry_of[option]
    from_trades = summed(gained, of_trade)
    fees = -summed(trades.fee, of_trade)
    return Explained(
        **greeks,
        trades=from_trades,
        fees=fees,
        residual=moved - sum(greeks.values(), start=np.zeros(expiries)),
        total=moved + from_trades + fees,
        unexplained=np.bincount(expiry_of[held & ~known], minlength=expiries),
        unpriced=np.bincount(expiry_of[concerned & ~priced], minlength=expiries),
    )
