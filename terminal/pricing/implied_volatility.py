"""Implied volatility (隐含波动率): the volatility at which the formula gives back a price, whole arrays at a time.

Every option is first turned into its out-of-the-money twin and normalised, so nothing is lost to intrinsic value. An
option without a solution (price at or below intrinsic, at or above its bound, expired) gets nan and no exception.

Source: Jaeckel, Let's Be Rational (2015): the three regions, their objective functions, the cubic that starts the
middle region and Householder's third-order steps. From a cold start two of these leave the rounding of the price.
"""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from terminal.pricing.black_scholes import sign_of
from terminal.pricing.total_deviation import solve_cold, solve_warm

FloatArray = NDArray[np.float64]

#: Time value of an in-the-money option below this fraction of its price is rounding, not a price
_ROUNDING = 1e-15
#: Nearer to its bound a price says nothing about volatility
_NEXT_TO_BOUND = 1.0 - 1e-14
#: Smaller normalised prices have lost digits to the range of doubles
_SMALLEST_PRICE = 1e-300


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
    signs, prices, forwards, strikes, times, discounts = (
        np.asarray(part, dtype=np.float64)
        for part in np.broadcast_arrays(sign, price, forward, strike, years, discount)
    )
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        scale = 1.0 / np.sqrt(forwards * strikes)
        undiscounted = prices / discounts
        intrinsic = np.maximum(signs * (forwards - strikes), 0.0)
        value = (undiscounted - intrinsic) * scale
        x = -np.abs(np.log(forwards / strikes))
        noise = np.where(intrinsic > 0.0, _ROUNDING * undiscounted * scale, _SMALLEST_PRICE)
        solvable = (value > noise) & (value < np.exp(0.5 * x) * _NEXT_TO_BOUND) & (times > 0.0) & (times < np.inf)
    volatility = np.full(prices.shape, np.nan)
    if not solvable.any():
        return volatility
    root_years = np.sqrt(times[solvable])
    distance, values = x[solvable], value[solvable]
    if guess is None:
        deviation = solve_cold(distance, values)
    else:
        start = np.broadcast_to(np.asarray(guess, dtype=np.float64), prices.shape)[solvable] * root_years
        deviation = solve_warm(distance, values, start)
    volatility[solvable] = deviation / root_years
    return volatility
