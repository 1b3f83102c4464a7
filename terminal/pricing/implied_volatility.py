"""Implied volatility (隐含波动率): the volatility at which the formula gives back a price, whole arrays at a time.

Every option is first turned into its out-of-the-money twin and normalised, so nothing is lost to intrinsic value. An
option without a solution (price at or below intrinsic, at or above its bound, expired) gets nan and no exception.

Source: Jaeckel, Let's Be Rational (2015): the three regions, their objective functions, the cubic that starts the
middle region and Householder's third-order steps. From a cold start two of these leave the rounding of the price.
"""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from terminal.pricing.black_scholes import sign_of
from terminal.pricing.total_deviation import solvable_values, solve_cold, solve_warm

FloatArray = NDArray[np.float64]


def implied_volatility(
    *,
    is_call: ArrayLike,
    price: ArrayLike,
    spot: ArrayLike,
    strike: ArrayLike,
    years: ArrayLike,
    rate: ArrayLike,
    dividend_yield: ArrayLike = 0.0,
) -> FloatArray:
    """Volatility a year at which `black_scholes.price` gives `price`; nan where no volatility does.

    Arguments broadcast; prices in yuan per share, rate and dividend yield continuous a year.
    """
    times, rates = np.asarray(years, dtype=np.float64), np.asarray(rate, dtype=np.float64)
    with np.errstate(over="ignore", invalid="ignore"):
        forward = np.asarray(spot, dtype=np.float64) * np.exp((rates - np.asarray(dividend_yield)) * times)
        discount = np.exp(-rates * times)
    return implied_on_forward(sign_of(is_call), price, forward, strike, times, discount)


def implied_on_forward(
    sign: ArrayLike,
    price: ArrayLike,
    forward: ArrayLike,
    strike: ArrayLike,
    years: ArrayLike,
    discount: ArrayLike,
    guess: ArrayLike | None = None,
) -> FloatArray:
    """Volatility a year of options on a forward; nan where there is none.

    Arguments broadcast; `sign` is +1 for calls, -1 for puts; `price` in yuan per share, discounted by `discount`.
    `guess` starts from volatilities of a moment ago (nan where unknown) and saves most of the work.
    """
    parts = [np.asarray(part, dtype=np.float64) for part in (sign, price, forward, strike, years, discount)]
    if len({part.shape for part in parts}) > 1:
        parts = list(np.broadcast_arrays(*parts))
    signs, prices, forwards, strikes, times, discounts = parts
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        scale = 1.0 / np.sqrt(forwards * strikes)
        intrinsic = np.maximum(signs * (forwards - strikes), 0.0) * scale
        value = prices / discounts * scale - intrinsic
        x = -np.abs(np.log(forwards / strikes))
        solvable = solvable_values(x, value, intrinsic) & (times > 0.0) & (times < np.inf)
    if solvable.ndim == 1 and solvable.all():
        root_years = np.sqrt(times)
        start = (
            None if guess is None else np.broadcast_to(np.asarray(guess, dtype=np.float64), times.shape) * root_years
        )
        return _deviation(x, value, start) / root_years
    volatility = np.full(prices.shape, np.nan)
    if not solvable.any():
        return volatility
    root_years = np.sqrt(times[solvable])
    start = None
    if guess is not None:
        start = np.broadcast_to(np.asarray(guess, dtype=np.float64), prices.shape)[solvable] * root_years
    volatility[solvable] = _deviation(x[solvable], value[solvable], start) / root_years
    return volatility


def _deviation(x: FloatArray, value: FloatArray, start: FloatArray | None) -> FloatArray:
    return solve_cold(x, value) if start is None else solve_warm(x, value, start)
