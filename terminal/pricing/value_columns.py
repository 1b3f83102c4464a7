"""Prices and greeks of a fixed list of options, in columns that are allocated once: the fast path of a tick.

What stays from tick to tick (strikes, times, discounts) is worked out when it changes; a tick then costs two normal
distributions, one exponential and some twenty products per option. `black_scholes.greeks` is the same
arithmetic for whoever has no list. With compiled kernels (`use`) a tick is one call instead of 24 array operations.
"""

import math
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr

from terminal.pricing.compiled.kernels import Block, Kernels, ValueRow

FloatArray = NDArray[np.float64]

_INVERSE_ROOT_TWO_PI = 1.0 / np.sqrt(2.0 * np.pi)
# As arrays, because a number is made one on every call
_MINUS_HALF, _MINUS_TWO = np.array(-0.5), np.array(-2.0)
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
    probabilities need none, and it cancels wherever two of them meet. Everything that neither spot nor volatility moves
    is a column made by `set_time` and `set_carry`; a forward is never made, its logarithm is a column and one number.
    An array operation costs 0.35 us before its first element: of 28 in `value` 24 are left, the spot's included, which
    took 5 to 10 % off at 500 options. Nearly half of the rest is the two normal probabilities.
    """

    def __init__(self, sign: FloatArray, strike: FloatArray) -> None:
        count = len(sign)
        self.sign = sign
        self.strike = strike
        self._block = Block(len(ValueRow), count)
        self._kernels: Kernels | None = None
        # Views are made once: on short lists making them costs as much as using them
        rows = self._block.rows[:, :count]
        rows[: ValueRow.VOLATILITY + 1] = np.nan
        self.values: FloatArray = rows[ValueRow.PRICE : ValueRow.VOLATILITY]
        self._rows = tuple(self.values)
        self._in_shares = rows[ValueRow.IN_SHARES]
        """What the option holds of shares, of its sign and discounted; the price is this less the cash"""
        # The cash stands in the row of the price until the price is made, beside delta and beside the shares: so each
        # of the two products with both probabilities is one array operation
        self._cash_and_delta: FloatArray = rows[ValueRow.PRICE : ValueRow.DELTA + 1]
        self._shares_and_cash: FloatArray = rows[ValueRow.IN_SHARES : ValueRow.PRICE + 1]
        work = np.empty((5, count))
        self._work = tuple(work)
        self._reaches: FloatArray = work[1:3]
        self._probabilities: FloatArray = np.empty((2, count))
        self._legs: FloatArray = rows[ValueRow.CASH_LEG : ValueRow.SHARE_LEG + 1]
        """What the two probabilities are worth: the strike, and a spot of one, discounted, times the sign"""
        self._yields: FloatArray = rows[ValueRow.DIVIDEND_YIELD : ValueRow.RATE + 1]
        """What shares and cash earn a year: dividend yield and rate"""
        with np.errstate(divide="ignore", invalid="ignore"):
            self.log_strike: FloatArray = np.log(strike)
        self.years: FloatArray = rows[ValueRow.YEARS]
        self.rate = self.carry = self.root_years = np.zeros(count)
        self.discount = self.share_discount = self.level = self.rate
        self.half_moneyness: FloatArray = rows[ValueRow.HALF_MONEYNESS]
        """Half the logarithm of forward over strike"""
        self._volatility = rows[ValueRow.VOLATILITY]
        self._spot: NDArray[np.float64] = np.array(np.nan)
        self._one_spot: float | None = None
        self._inverse_years = self._half_level = self.rate
        self._half_inverse_years, self._half_density_leg = (
            rows[ValueRow.HALF_INVERSE_YEARS],
            rows[ValueRow.HALF_DENSITY_LEG],
        )
        self._twice_signed_root, self._half_signed_root = (
            rows[ValueRow.TWICE_SIGNED_ROOT],
            rows[ValueRow.HALF_SIGNED_ROOT],
        )
        self._ended: NDArray[np.bool_] = np.zeros(count, np.bool_)
        self._any_ended = False

    def use(self, kernels: Kernels | None) -> None:
        """Value by compiled kernels from the next tick on, or by numpy again."""
        self._kernels = kernels

    def set_time(self, years: FloatArray, rate: FloatArray) -> None:
        """Take the years left (negative counts as none) and the continuous rates, one per option; then `set_carry`."""
        np.maximum(years, 0.0, out=self.years)
        self.rate = rate
        self.root_years = np.sqrt(self.years)
        self.discount = np.exp(-rate * self.years)
        self._yields[1] = rate
        self._legs[0] = self.sign * self.discount * self.strike
        self._twice_signed_root[:] = 2.0 * self.sign * self.root_years
        self._half_signed_root[:] = 0.5 * self.sign * np.maximum(self.root_years, NO_DEVIATION)
        self._inverse_years = 1.0 / np.where(self.years > 0.0, self.years, np.inf)
        self._half_inverse_years[:] = 0.5 * self._inverse_years
        self._ended = self.years == 0.0
        self._any_ended = bool(self._ended.any())

    def set_carry(self, dividend_yield: FloatArray) -> None:
        """Take the dividend yields a year, one per option: the forward is the spot grown at the rate less these."""
        self._yields[0] = dividend_yield
        self.carry = self.rate - dividend_yield
        self.level = self.carry * self.years - self.log_strike
        """Logarithm of forward over strike for a spot of one"""
        self._half_level = 0.5 * self.level
        self.share_discount = np.exp(-dividend_yield * self.years)
        shares = self.sign * self.share_discount
        self._legs[1] = shares
        self._half_density_leg[:] = shares * (self.years > 0.0) * (0.5 * _INVERSE_ROOT_TWO_PI)

    def set_spot(self, spot: FloatArray | float) -> None:
        """Take the price of the underlying, one number or one per option, above zero or nan, with warnings off."""
        # One number becomes an array of one once, not in every product
        self._spot = np.asarray(spot)
        self._one_spot = spot if isinstance(spot, float) and not spot <= 0.0 else None
        # A logarithm of numpy costs a number half a microsecond more
        log_spot = np.log(spot) if self._one_spot is None else math.log(self._one_spot)
        np.add(self._half_level, np.asarray(0.5 * log_spot), self.half_moneyness)

    def value(self, volatility: FloatArray) -> None:
        """Overwrite the rows price to rho. Call with floating-point warnings off.

        Volatility is above zero or nan, one per option; on the last second any will do.
        """
        if self._kernels is not None and self._one_spot is not None:
            # All nine come with the first: what they share is most of them
            np.copyto(self._volatility, volatility)
            self._kernels.value(self._block.address, self._block.length, self._one_spot)
            return
        half_deviation, d2, d1, half_density, scratch = self._work
        price, delta, gamma, vega, theta, rho, *_ = self._rows
        in_shares, in_cash = self._in_shares, price
        multiply, subtract = np.multiply, np.subtract
        spot = self._spot
        # Deviation, density and moneyness are kept by halves, which leaves every quotient as it is and gives d1 and d2
        # what they differ from their middle by
        multiply(volatility, self._half_signed_root, half_deviation)
        np.divide(self.half_moneyness, half_deviation, d1)
        subtract(d1, half_deviation, d2)
        np.add(d1, half_deviation, d1)
        ndtr(self._reaches, self._probabilities)
        multiply(self._probabilities, self._legs, self._cash_and_delta)
        multiply(delta, spot, in_shares)
        multiply(d1, d1, half_density)
        multiply(half_density, _MINUS_HALF, half_density)
        np.exp(half_density, half_density)
        multiply(half_density, self._half_density_leg, half_density)
        multiply(half_density, self._twice_signed_root, vega)
        multiply(vega, spot, vega)
        np.divide(half_density, half_deviation, gamma)
        np.divide(gamma, spot, gamma)
        # The probabilities are used up
        earned, paid = self._probabilities
        multiply(self._shares_and_cash, self._yields, self._probabilities)
        subtract(earned, paid, theta)
        multiply(vega, volatility, scratch)
        multiply(scratch, self._half_inverse_years, scratch)
        subtract(theta, scratch, theta)
        multiply(in_cash, self.years, rho)
        subtract(in_shares, in_cash, price)
        # Rounding may leave a worthless option at -1e-17, which is as good as 1e-17 and cheaper than a maximum
        np.abs(price, price)
        if self._any_ended:
            # No rate acts on what has ended; times 0 keeps a nan
            theta[self._ended] *= 0.0

    def value_second_order(self, volatility: FloatArray) -> None:
        """Overwrite vanna, volga and charm, after `value` with the same volatility."""
        if self._kernels is not None and self._one_spot is not None:
            return
        half_deviation, d2, d1, half_density, scratch = self._work
        vanna, volga, charm = self._rows[Greek.VANNA :]
        np.divide(d2, volatility, scratch)
        # charm = yield delta - density ((rate - yield) / deviation - d2 / (2 years)); vanna = -density d2 / volatility
        np.divide(self.carry, half_deviation, charm)
        np.multiply(d2, self._inverse_years, volga)
        np.subtract(volga, charm, charm)
        np.multiply(charm, half_density, charm)
        np.multiply(half_density, scratch, vanna)
        np.multiply(vanna, _MINUS_TWO, vanna)
        np.multiply(scratch, d1, scratch)
        np.multiply(scratch, self._rows[Greek.VEGA], volga)
        np.multiply(self._yields[0], self._rows[Greek.DELTA], scratch)
        np.add(charm, scratch, charm)
        if self._any_ended:
            self.values[Greek.VANNA :, self._ended] = 0.0 * self.values[Greek.PRICE, self._ended]
