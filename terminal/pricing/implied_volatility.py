"""Implied volatility (隐含波动率): the volatility at which the formula gives back a price, whole arrays at a time.

Every option is first turned into its out-of-the-money twin and normalised, so nothing is lost to intrinsic value. An
option without a solution (price at or below intrinsic, at or above its bound, expired) gets nan and no exception.

Source of the normalisation and of the branch point: Jaeckel, By Implication (2006) and Let's Be Rational (2015).
"""

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import erfcx, ndtri

FloatArray = NDArray[np.float64]

_ROOT_HALF = np.sqrt(0.5)
_INVERSE_ROOT_TWO_PI = 1.0 / np.sqrt(2.0 * np.pi)
#: Steps until everything has settled; two to five are usual, the rest is for prices next to a bound
_MAX_STEPS = 40
#: A step this small, relative, is the last: convergence is at least quadratic, so it leaves an error near 1e-15
_SETTLED = 1e-8
#: Time value below this fraction of the root of forward times strike is rounding, not a price
_NO_TIME_VALUE = 1e-15
_LARGEST_DEVIATION = 16.0


def implied_volatility(
    sign: ArrayLike,
    price: ArrayLike,
    forward: ArrayLike,
    strike: ArrayLike,
    years: ArrayLike,
    discount: ArrayLike,
    guess: ArrayLike | None = None,
) -> FloatArray:
    """Volatility a year of each option; nan where there is none.

    Arguments broadcast; `sign` is +1 for calls, -1 for puts; `price` in yuan per share, discounted by `discount`.
    `guess` starts from volatilities of a moment ago (nan where unknown) and saves about half of the steps.
    """
    signs, prices, forwards, strikes, times, discounts = (
        np.asarray(part, dtype=np.float64)
        for part in np.broadcast_arrays(sign, price, forward, strike, years, discount)
    )
    shape = prices.shape
    with np.errstate(divide="ignore", invalid="ignore"):
        root = np.sqrt(forwards * strikes)
        value = (prices / discounts - np.maximum(signs * (forwards - strikes), 0.0)) / root
        distance = -np.abs(np.log(forwards / strikes))
        bound = np.exp(0.5 * distance)
        solvable = (value > _NO_TIME_VALUE) & (value < bound * (1.0 - 1e-14)) & (times > 0.0)
    volatility = np.full(shape, np.nan)
    if not solvable.any():
        return volatility
    root_years = np.sqrt(times[solvable])
    start = None
    if guess is not None:
        start = np.broadcast_to(np.asarray(guess, dtype=np.float64), shape)[solvable] * root_years
    volatility[solvable] = _deviation(distance[solvable], value[solvable], start) / root_years
    return volatility


def _deviation(x: FloatArray, value: FloatArray, start: FloatArray | None) -> FloatArray:
    """Total deviation at which an out-of-the-money option at log distance `x` <= 0 has the normalised `value`."""
    turn = np.sqrt(-2.0 * x)
    at_turn = _normalised_price(x, np.maximum(turn, 1e-12))
    at_turn[turn <= 1e-12] = 0.0
    low = value < at_turn
    s = _first_guess(x, value, turn, at_turn, low)
    if start is not None:
        s = np.where(start > 0.0, start, s)
    # The turning point splits the axis, so it is the first bracket
    lower = np.where(low, 0.0, turn)
    upper = np.where(low, turn, _LARGEST_DEVIATION)
    s = np.clip(s, np.maximum(lower, 1e-9), upper)
    log_value = np.log(value)
    for _ in range(_MAX_STEPS):
        h = x / s
        price = _normalised_price(x, s)
        slope = np.exp(-0.5 * (h * h + 0.25 * s * s)) * _INVERSE_ROOT_TWO_PI
        over = price > value
        upper = np.where(over, np.minimum(upper, s), upper)
        lower = np.where(over, lower, np.maximum(lower, s))
        stepped = np.where(low, _low_step(s, price, slope, log_value), _high_step(s, h, price, slope, value))
        inside = (stepped > lower) & (stepped < upper)
        following = np.where(inside, stepped, np.where(price == value, s, 0.5 * (lower + upper)))
        settled = np.abs(following - s) <= _SETTLED * s
        # A step that only rounding pushes past the bracket is as settled as it will be
        settled |= ~inside & (np.abs(stepped - s) <= 1e-12 * s)
        s = np.where(~inside & settled, s, following)
        if settled.all():
            break
    return s


def _first_guess(
    x: FloatArray, value: FloatArray, turn: FloatArray, at_turn: FloatArray, low: NDArray[np.bool_]
) -> FloatArray:
    with np.errstate(divide="ignore", invalid="ignore"):
        # log price is almost straight in 1/s^2 far out of the money: exact at the turning point and in the limit
        below = 1.0 / np.sqrt(1.0 / (turn * turn) + 2.0 * np.log(at_turn / value) / (x * x))
        # exact at the money, and of the right order towards the bound
        share = np.clip((value - at_turn) / (np.exp(0.5 * x) - at_turn), 0.0, 1.0 - 1e-16)
        spread = 2.0 * ndtri(0.5 + 0.5 * share)
        above = np.sqrt(turn * turn + spread * spread)
    guess: FloatArray = np.where(low, below, above)
    return guess


def _low_step(s: FloatArray, price: FloatArray, slope: FloatArray, log_value: FloatArray) -> FloatArray:
    """Newton's step on the logarithm of the price in 1/s^2."""
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        inverse_square = 1.0 / (s * s) + 2.0 * (np.log(price) - log_value) * price / (slope * s**3)
        step: FloatArray = 1.0 / np.sqrt(inverse_square)
    return step


def _high_step(s: FloatArray, h: FloatArray, price: FloatArray, slope: FloatArray, value: FloatArray) -> FloatArray:
    """Halley's step on the price itself."""
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        newton = (value - price) / slope
        bend = h * h / s - 0.25 * s
        step: FloatArray = s + newton / np.maximum(1.0 + 0.5 * newton * bend, 0.25)
    return step


def _normalised_price(x: FloatArray, s: FloatArray) -> FloatArray:
    """Price over the root of forward times strike; scaled complementary errors keep it exact far from the money."""
    h, t = x / s, 0.5 * s
    factor = 0.5 * np.exp(-0.5 * (h * h + t * t))
    with np.errstate(invalid="ignore", over="ignore"):
        price: FloatArray = factor * (erfcx(-(h + t) * _ROOT_HALF) - erfcx(-(h - t) * _ROOT_HALF))
    return price
