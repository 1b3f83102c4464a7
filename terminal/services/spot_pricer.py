"""Black and Scholes with everything taken out that the spot does not move: what a tick of the underlying costs."""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr

from terminal.domain.market_data import PRICE_SCALE
from terminal.pricing.value_columns import NO_DEVIATION, ValueColumns

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]
#: As an array, because a number is made one on every tick
_NOTHING = np.array(0.0)
_ROOT_HALF = math.sqrt(0.5)


@dataclass(frozen=True, slots=True)
class OneOption:
    """The same of a single option as numbers: of a few, each by itself is quicker than an array of them."""

    deviation: float
    slope: float
    level: float
    in_stock: float
    in_cash: float

    def value(self, spot: float, log_spot: float) -> tuple[float, float]:
        """Price in whole 0.0001 yuan and parts, and delta of a share.

        As `SpotPricer` has them but for the last digits of a double.
        """
        reach = self.slope * log_spot + self.level
        # Twice the two normal probabilities
        first, second = math.erfc(-_ROOT_HALF * reach), math.erfc(_ROOT_HALF * (self.deviation - reach))
        in_stock = 0.5 * first * self.in_stock
        return max(in_stock * spot - 0.5 * second * self.in_cash, 0.0), in_stock / PRICE_SCALE


@dataclass(frozen=True, slots=True)
class SpotPricer:
    """Some options at held volatilities (sticky strike), one entry each; a dozen steps price them all."""

    deviation: FloatArray
    """Volatility times the root of years, times the right's sign"""
    slope: FloatArray
    """One over it; d1, times the sign, is `level` and the logarithm of the spot times this"""
    level: FloatArray
    in_stock: FloatArray
    """What each unit of N(d1) weighs for a spot of one, and of N(d2), both in 0.0001 yuan with the right's sign"""
    in_cash: FloatArray
    shares: FloatArray
    """The same of N(d1) for delta"""
    reaches: FloatArray
    """Work space, d1 and d2"""

    @classmethod
    def of(
        cls, columns: ValueColumns, volatility: FloatArray, growth: FloatArray, multiplier: FloatArray
    ) -> "SpotPricer":
        """Work out what a tick does not change. `growth` is forward over spot, `multiplier` shares per contract."""
        with np.errstate(all="ignore"):
            # With the right's sign, so that the two normal probabilities of a put need none
            deviation = np.maximum(volatility * columns.root_years, NO_DEVIATION) * columns.sign
            slope = 1.0 / deviation
            weight = columns.sign * columns.discount
            return cls(
                deviation,
                slope,
                (np.log(growth) - columns.log_strike) * slope + 0.5 * deviation,
                weight * growth * PRICE_SCALE,
                weight * columns.strike * PRICE_SCALE,
                weight * growth * multiplier,
                np.zeros((2, len(deviation))),
            )

    @classmethod
    def none(cls, count: int) -> "SpotPricer":
        """So many options without a price."""
        deviation, slope, level, in_stock, in_cash, shares = np.full((6, count), np.nan)
        return cls(deviation, slope, level, in_stock, in_cash, shares, np.zeros((2, count)))

    def options(self, places: IntArray) -> tuple["OneOption", ...]:
        """Some of them as numbers."""
        columns = (self.deviation, self.slope, self.level, self.in_stock, self.in_cash)
        return tuple(OneOption(*figures) for figures in zip(*(c[places].tolist() for c in columns), strict=True))

    def price(self, spot: float, price: FloatArray) -> None:
        """Overwrite `price`, whole 0.0001 yuan and parts, for a spot above zero; then `delta` may be asked."""
        reaches = self.reaches
        first, second = reaches
        with np.errstate(invalid="ignore"):
            np.multiply(self.slope, math.log(spot), first)
            np.add(first, self.level, first)
            np.subtract(first, self.deviation, second)
            ndtr(reaches, reaches)
            np.multiply(first, self.in_stock, price)
            np.multiply(price, spot, price)
            np.multiply(second, self.in_cash, second)
            np.subtract(price, second, price)
            np.maximum(price, _NOTHING, out=price)

    def delta(self, delta: FloatArray) -> None:
        """Overwrite `delta`, shares per contract, for the spot that was priced last."""
        np.multiply(self.reaches[0], self.shares, delta)
