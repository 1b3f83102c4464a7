"""Prices and greeks of a fixed list of options, in columns that are allocated once: the fast path of a tick.

What stays from tick to tick (strikes, times, discounts) is worked out when it changes; a tick then costs two normal
distributions, one logarithm, one exponential and some thirty products per option. `black_scholes.greeks` is the same
arithmetic for whoever has no list.
"""

from enum import IntEnum

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr

FloatArray = NDArray[np.float64]

_INVERSE_ROOT_TWO_PI = 1.0 / np.sqrt(2.0 * np.pi)
# As arrays, because a number is made one on every call
_ZERO, _HALF, _MINUS_HALF = np.array(0.0), np.array(0.5), np.array(-0.5)
#: Total deviations (volatility times root of years) below this count as none: gamma would leave the range of doubles
NO_DEVIATION = 1e-9


class Greek(IntEnum):
    """Rows of `ValueColumns.values`; units as in `black_scholes.Greeks`."""

    PRICE = 0
    DELTA = 1
    GAMMA = 2
    VEGA = 3
    THETA = 4
    RHO = 5
    VANNA = 6
    VOLGA = 7
    CHARM = 8


class ValueColumns:
    """Nine rows of figures for a list of options: `values[Greek.DELTA]`, overwritten by each `value`.

    `sign` is +1 for calls and -1 for puts. Deviation, d1, d2 and density are kept times the sign: then the two normal
    probabilities need none, and it cancels wherever two of them meet.
    """

    def __init__(self, sign: FloatArray, strike: FloatArray) -> None:
        count = len(sign)
        self.sign = sign
        self.strike = strike
        self.values: FloatArray = np.full((len(Greek), count), np.nan)
        with np.errstate(divide="ignore", invalid="ignore"):
            self.log_strike: FloatArray = np.log(strike)
        self.years = self.rate = self.root_years = self.discount = np.zeros(count)
        self._half_inverse_years = self._alive = self._signed_discount = self._signed_root = np.zeros(count)
        self._signed_least_root = np.zeros(count)
        self._ended: NDArray[np.bool_] = np.zeros(count, np.bool_)
        self._any_ended = False
        # Views are made once: on short lists making them costs as much as using them
        work = np.empty((5, count))
        self._work = tuple(work)
        self._reaches: FloatArray = work[1:3]
        self._probabilities: FloatArray = np.empty((2, count))
        self._legs: FloatArray = np.zeros((2, count))
        """What the two probabilities are worth: forward and strike, discounted, times the sign"""
        self._rows = tuple(self.values)

    def set_time(self, years: FloatArray, rate: FloatArray) -> None:
        """Take the years left (negative counts as none) and the continuous rates, one per option."""
        self.years = np.maximum(years, 0.0)
        self.rate = rate
        self.root_years = np.sqrt(self.years)
        self.discount = np.exp(-rate * self.years)
        self._signed_discount = self.sign * self.discount
        self._legs[1] = self._signed_discount * self.strike
        self._signed_root = self.sign * self.root_years
        self._signed_least_root = self.sign * np.maximum(self.root_years, NO_DEVIATION)
        # The density is made with the discount in it already
        self._alive = self._signed_discount * (self.years > 0.0) * _INVERSE_ROOT_TWO_PI
        self._half_inverse_years = 0.5 / np.where(self.years > 0.0, self.years, np.inf)
        self._ended = self.years == 0.0
        self._any_ended = bool(self._ended.any())

    def value(
        self, spot: FloatArray | float, forward: FloatArray, dividend_yield: FloatArray, volatility: FloatArray
    ) -> None:
        """Overwrite the rows price to rho. Call with floating-point warnings off.

        `forward` is the spot grown at rate less `dividend_yield`; both per option, the spot may be one number. Spot and
        volatility are above zero or nan; on the last second any volatility will do.
        """
        deviation, d1, d2, density, scratch = self._work
        price, delta, gamma, vega, theta, rho, *_ = self._rows
        probabilities, legs = self._probabilities, self._legs
        in_forward, in_cash = probabilities
        multiply, subtract = np.multiply, np.subtract
        # One number becomes an array of one once, not in every product
        inverse_spot = np.asarray(1.0 / spot)
        inverse_square = np.asarray(inverse_spot * inverse_spot)
        multiply(volatility, self._signed_least_root, deviation)
        np.log(forward, d1)
        subtract(d1, self.log_strike, d1)
        np.divide(d1, deviation, d1)
        multiply(deviation, _HALF, scratch)
        subtract(d1, scratch, d2)
        np.add(d1, scratch, d1)
        ndtr(self._reaches, probabilities)
        multiply(forward, self._signed_discount, legs[0])
        multiply(probabilities, legs, probabilities)
        subtract(in_forward, in_cash, price)
        np.maximum(price, _ZERO, out=price)
        multiply(in_forward, inverse_spot, delta)
        multiply(d1, d1, density)
        multiply(density, _MINUS_HALF, density)
        np.exp(density, density)
        multiply(density, self._alive, density)
        multiply(density, forward, density)
        multiply(density, self._signed_root, vega)
        np.divide(density, deviation, gamma)
        multiply(gamma, inverse_square, gamma)
        multiply(in_cash, self.rate, theta)
        multiply(in_cash, self.years, rho)
        multiply(in_forward, dividend_yield, scratch)
        subtract(scratch, theta, theta)
        multiply(vega, volatility, scratch)
        multiply(scratch, self._half_inverse_years, scratch)
        subtract(theta, scratch, theta)
        if self._any_ended:
            # No rate acts on what has ended; times 0 keeps a nan
            theta[self._ended] *= 0.0

    def value_second_order(self, spot: FloatArray | float, dividend_yield: FloatArray, volatility: FloatArray) -> None:
        """Overwrite vanna, volga and charm, after `value` with the same arguments."""
        deviation, d1, d2, density, scratch = self._work
        vanna, volga, charm = self._rows[Greek.VANNA :]
        np.divide(d2, volatility, scratch)
        np.divide(density, -np.asarray(spot), vanna)
        # charm = yield delta - density / spot ((rate - yield) / deviation - d2 / (2 years)), density / spot in vanna
        np.subtract(self.rate, dividend_yield, charm)
        np.divide(charm, deviation, charm)
        np.multiply(d2, self._half_inverse_years, volga)
        np.subtract(charm, volga, charm)
        np.multiply(charm, vanna, charm)
        np.multiply(vanna, scratch, vanna)
        np.multiply(scratch, d1, scratch)
        np.multiply(scratch, self._rows[Greek.VEGA], volga)
        np.multiply(dividend_yield, self._rows[Greek.DELTA], scratch)
        np.add(charm, scratch, charm)
        if self._any_ended:
            self.values[Greek.VANNA :, self._ended] = 0.0 * self.values[Greek.PRICE, self._ended]
