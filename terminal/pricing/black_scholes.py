"""Prices and greeks of European options by the generalised Black-Scholes formula, whole arrays at a time.

Everything is a raw partial derivative: vega and rho per 1.00, theta per year. `sign` is +1 for calls and -1 for puts.
Where no time or no volatility is left the value is intrinsic and every greek is finite, never nan.

Source: Haug, The Complete Guide to Option Pricing Formulas (2007), chapters 1 and 2.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import ndtr

FloatArray = NDArray[np.float64]

_INVERSE_ROOT_TWO_PI = 1.0 / np.sqrt(2.0 * np.pi)
#: Total deviations (volatility times root of years) below this count as none: gamma would leave the range of doubles
_NO_DEVIATION = 1e-9


@dataclass(frozen=True, slots=True)
class Valuation:
    """Values of many options, one array per figure, of the broadcast shape of the arguments; read only."""

    price: FloatArray
    delta: FloatArray
    gamma: FloatArray
    vega: FloatArray
    """Per 1.00 of volatility"""
    theta: FloatArray
    """Change per year as time passes, all else unchanged"""
    rho: FloatArray
    """Per 1.00 of the rate"""


def price_on_forward(
    sign: ArrayLike, forward: ArrayLike, strike: ArrayLike, years: ArrayLike, volatility: ArrayLike, discount: ArrayLike
) -> FloatArray:
    """Price options on a forward (Black 1976): yuan per share, discounted by the factor `discount`.

    Arguments broadcast; `sign` is +1 or -1; a negative time to expiry counts as none. nan in gives nan out.
    """
    signs, forwards, strikes = _floats(sign), _floats(forward), _floats(strike)
    deviation = _deviation(years, volatility)
    d1 = _d1(forwards, strikes, deviation)
    value = signs * (forwards * _normal(signs * d1) - strikes * _normal(signs * (d1 - deviation)))
    return np.maximum(value, 0.0) * _floats(discount)


def value_on_forward(
    sign: ArrayLike, forward: ArrayLike, strike: ArrayLike, years: ArrayLike, volatility: ArrayLike, rate: ArrayLike
) -> Valuation:
    """Value options on a forward; delta and gamma are towards the forward, theta and rho hold it still."""
    left = np.maximum(_floats(years), 0.0)
    return _value(_floats(sign), _floats(forward), _floats(strike), left, volatility, _floats(rate), None)


def value_on_spot(
    sign: ArrayLike,
    spot: ArrayLike,
    strike: ArrayLike,
    years: ArrayLike,
    volatility: ArrayLike,
    rate: ArrayLike,
    carry: ArrayLike,
) -> Valuation:
    """Value options on a spot price that grows at `carry` (the rate less the dividend yield) a year.

    Delta and gamma are towards the spot; rho moves rate and carry together, so the dividend yield stays.
    """
    left = np.maximum(_floats(years), 0.0)
    return _value(_floats(sign), _floats(spot), _floats(strike), left, volatility, _floats(rate), _floats(carry))


def _value(
    signs: FloatArray,
    base: FloatArray,
    strikes: FloatArray,
    years: FloatArray,
    volatility: ArrayLike,
    rate: FloatArray,
    carry: FloatArray | None,
) -> Valuation:
    growth = np.exp(carry * years) if carry is not None else np.ones_like(years)
    forwards = base * growth
    discount = np.exp(-rate * years)
    deviation = _deviation(years, volatility)
    d1 = _d1(forwards, strikes, deviation)
    in_forward = signs * discount * _normal(signs * d1)
    in_cash = signs * discount * strikes * _normal(signs * (d1 - deviation))
    price = forwards * in_forward - in_cash
    moves = (deviation > _NO_DEVIATION) & (forwards > 0.0)
    density = discount * np.exp(-0.5 * np.minimum(d1 * d1, 1400.0)) * _INVERSE_ROOT_TWO_PI * moves
    gamma = density / np.where(moves, forwards * deviation, 1.0)
    vega = forwards * density * np.sqrt(years)
    decay = np.where(years > 0.0, 0.5 * forwards * density * _floats(volatility), 0.0)
    decay = decay / np.where(years > 0.0, np.sqrt(years), 1.0)
    theta = rate * price - decay
    rho = -years * price
    if carry is not None:
        theta = theta - carry * forwards * in_forward
        rho = rho + years * forwards * in_forward
    # On the last second nothing decays any more and no rate can act
    theta = np.where(years > 0.0, theta, 0.0)
    return Valuation(
        price=np.maximum(price, 0.0),
        delta=in_forward * growth,
        # Calls and puts share these, so a sign of its own shape has not spread to them yet
        gamma=np.broadcast_to(gamma * growth * growth, price.shape),
        vega=np.broadcast_to(vega, price.shape),
        theta=theta,
        rho=rho,
    )


def _floats(values: ArrayLike) -> FloatArray:
    return np.asarray(values, dtype=np.float64)


def _deviation(years: ArrayLike, volatility: ArrayLike) -> FloatArray:
    deviation: FloatArray = np.maximum(_floats(volatility), 0.0) * np.sqrt(np.maximum(_floats(years), 0.0))
    return deviation


def _d1(forwards: FloatArray, strikes: FloatArray, deviation: FloatArray) -> FloatArray:
    # Without deviation d1 is plus or minus infinity, and 0 exactly at the money: half a delta, as in the limit
    with np.errstate(divide="ignore", invalid="ignore"):
        d1: FloatArray = np.log(forwards / strikes) / np.maximum(deviation, _NO_DEVIATION) + 0.5 * deviation
    return d1


def _normal(values: FloatArray) -> FloatArray:
    probability: FloatArray = ndtr(values)
    return probability
