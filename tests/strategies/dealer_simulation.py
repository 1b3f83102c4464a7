"""The simulation of section 3.3 of Avellaneda and Stoikov (2008), played with the quoter's own reservation price.

Orders reach a quote at distance delta from the mid at the rate A exp(-k delta); the dealer quotes the spread (30)
gamma sigma^2 (T - t) + (2 / gamma) ln(1 + gamma / k) around equation (29).
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from terminal.strategies.avellaneda_stoikov import reservation_price

FloatArray = NDArray[np.float64]


def optimal_spread(risk_aversion: float, variance: FloatArray | float, decay: float) -> FloatArray:
    """Equation (30), bid to ask. `decay` is k of the arrival rate."""
    if not risk_aversion > 0 or not decay > 0:
        return np.full_like(np.asarray(variance, dtype=np.float64), np.nan)
    return np.asarray(risk_aversion * variance + 2.0 / risk_aversion * np.log1p(risk_aversion / decay))


@dataclass(frozen=True, slots=True, kw_only=True)
class Market:
    """The market of section 3.3; the defaults are the paper's."""

    price: float = 100.0
    volatility: float = 2.0
    horizon: float = 1.0
    step: float = 0.005
    decay: float = 1.5
    intensity: float = 140.0


@dataclass(frozen=True, slots=True)
class Outcome:
    """Profit and final inventory of every path."""

    profit: FloatArray
    inventory: FloatArray


def simulate(
    risk_aversion: float, *, paths: int, seed: int, symmetric: bool = False, market: Market | None = None
) -> Outcome:
    """Play section 3.3: the inventory strategy, or the benchmark that quotes the same spread around the mid.

    In each step a side trades one unit with the probability A exp(-k delta) dt, at most 1, where delta is its distance
    from the mid, which is below zero for a quote on the far side of it; then the mid moves by sigma root dt up or down.
    """
    market = market or Market()
    rng = np.random.default_rng(seed)
    steps = round(market.horizon / market.step)
    mid = np.full(paths, market.price)
    cash, inventory = np.zeros(paths), np.zeros(paths)
    move = market.volatility * np.sqrt(market.step)
    for number in range(steps):
        variance = market.volatility**2 * (market.horizon - number * market.step)
        half = float(optimal_spread(risk_aversion, variance, market.decay)) / 2.0
        centre = mid if symmetric else reservation_price(mid, inventory, risk_aversion, variance)
        bid, ask = centre - half, centre + half
        buys = rng.random(paths) < market.intensity * market.step * np.exp(-market.decay * (mid - bid))
        sells = rng.random(paths) < market.intensity * market.step * np.exp(-market.decay * (ask - mid))
        cash += sells * ask - buys * bid
        inventory += buys.astype(np.float64) - sells
        mid = mid + np.where(rng.random(paths) < 0.5, move, -move)
    return Outcome(cash + inventory * mid, inventory)
