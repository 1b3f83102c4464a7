"""Prices and greeks of European options by the generalised Black-Scholes formula, whole arrays at a time.

Everything is a raw partial derivative: vega and rho per 1.00, theta and charm per year as time passes. Arguments are
numbers or arrays that broadcast. Where no time or no volatility is left the value is intrinsic and every greek is
finite; nan in gives nan out, never the number of a moment ago.

Source: Haug, The Complete Guide to Option Pricing Formulas (2007), chapters 1 and 2.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import ndtr

from terminal.pricing.value_columns import NO_DEVIATION, Greek, ValueColumns

FloatArray = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Greeks:
    """Values of many options, one array per figure, of the broadcast shape of the arguments."""

    price: FloatArray
    delta: FloatArray
    gamma: FloatArray
    vega: FloatArray
    """Per 1.00 of volatility"""
    theta: FloatArray
    """Change of the price a year as time passes, all else unchanged"""
    rho: FloatArray
    """Per 1.00 of the rate, the dividend yield unchanged"""
    vanna: FloatArray
    """Change of delta per 1.00 of volatility"""
    volga: FloatArray
    """Change of vega per 1.00 of volatility"""
    charm: FloatArray
    """Change of delta a year as time passes"""


def price(
    *,
    is_call: ArrayLike,
    spot: ArrayLike,
    strike: ArrayLike,
    years: ArrayLike,
    rate: ArrayLike,
    volatility: ArrayLike,
    dividend_yield: ArrayLike = 0.0,
) -> FloatArray:
    """Price options on a spot price: yuan per share. Rate and dividend yield are continuous, a year."""
    left = np.maximum(_floats(years), 0.0)
    rates = _floats(rate)
    forward = _floats(spot) * np.exp((rates - _floats(dividend_yield)) * left)
    return price_on_forward(sign_of(is_call), forward, strike, left, volatility, np.exp(-rates * left))


def greeks(
    *,
    is_call: ArrayLike,
    spot: ArrayLike,
    strike: ArrayLike,
    years: ArrayLike,
    rate: ArrayLike,
    volatility: ArrayLike,
    dividend_yield: ArrayLike = 0.0,
) -> Greeks:
    """Value options on a spot price, with every greek. A negative time to expiry counts as none."""
    arguments = (sign_of(is_call), spot, strike, years, rate, volatility, dividend_yield)
    signs, spots, strikes, times, rates, volatilities, yields = np.broadcast_arrays(*map(_floats, arguments))
    columns = ValueColumns(signs.ravel(), strikes.ravel())
    flat_spots, flat_yields, flat_volatilities = spots.ravel(), yields.ravel(), volatilities.ravel()
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        columns.set_time(times.ravel(), rates.ravel())
        columns.set_carry(flat_yields)
        # A deviation of nothing is a very small one: the same price, and greeks that _still makes 0
        least = NO_DEVIATION / np.maximum(columns.root_years, NO_DEVIATION)
        moving = np.maximum(flat_volatilities, least)
        columns.set_spot(flat_spots)
        columns.value(moving)
        columns.value_second_order(moving)
    still = (flat_volatilities * columns.root_years <= NO_DEVIATION) | (flat_spots == 0.0)
    if still.any():
        _settle_still(columns, flat_spots, flat_yields, still)
    return Greeks(*(columns.values[greek].reshape(signs.shape) for greek in Greek))


def _settle_still(
    columns: ValueColumns, spot: FloatArray, dividend_yield: FloatArray, still: NDArray[np.bool_]
) -> None:
    """What the formula leaves undefined without deviation or with a worthless underlying: nothing bends."""
    values = columns.values
    worthless = still & (spot == 0.0)
    values[Greek.DELTA, worthless] = np.where(columns.sign < 0.0, -1.0, 0.0)[worthless]
    # 0 times the price, so that an unknown price leaves all unknown
    nothing = 0.0 * values[Greek.PRICE, still]
    for greek in (Greek.GAMMA, Greek.VEGA, Greek.VANNA, Greek.VOLGA):
        values[greek, still] = nothing
    in_forward = np.where(worthless, 0.0, values[Greek.DELTA] * spot)
    in_cash = in_forward - values[Greek.PRICE]
    alive = columns.years > 0.0
    theta = np.where(alive, dividend_yield * in_forward - columns.rate * in_cash, 0.0 * values[Greek.PRICE])
    charm = np.where(alive, dividend_yield * values[Greek.DELTA], 0.0 * values[Greek.PRICE])
    values[Greek.THETA, still], values[Greek.CHARM, still] = theta[still], charm[still]


def price_on_forward(
    sign: ArrayLike, forward: ArrayLike, strike: ArrayLike, years: ArrayLike, volatility: ArrayLike, discount: ArrayLike
) -> FloatArray:
    """Price options on a forward (Black 1976): yuan per share, discounted by the factor `discount`.

    Arguments broadcast; `sign` is +1 or -1; a negative time to expiry counts as none. nan in gives nan out.
    """
    signs, forwards, strikes = _floats(sign), _floats(forward), _floats(strike)
    deviation = np.maximum(_floats(volatility), 0.0) * np.sqrt(np.maximum(_floats(years), 0.0))
    # Without deviation d1 is plus or minus infinity, and 0 exactly at the money: half a delta, as in the limit
    with np.errstate(divide="ignore", invalid="ignore"):
        d1 = np.log(forwards / strikes) / np.maximum(deviation, NO_DEVIATION) + 0.5 * deviation
    value = signs * (forwards * ndtr(signs * d1) - strikes * ndtr(signs * (d1 - deviation)))
    discounted: FloatArray = np.maximum(value, 0.0) * _floats(discount)
    return discounted


def sign_of(is_call: ArrayLike) -> FloatArray:
    """+1 for calls, -1 for puts."""
    return np.where(np.asarray(is_call, dtype=np.bool_), 1.0, -1.0)


def _floats(values: ArrayLike) -> FloatArray:
    return np.asarray(values, dtype=np.float64)
