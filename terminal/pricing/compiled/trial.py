"""A trial before kernels are trusted: a small chain by kernels and by numpy, figure by figure.

What LLVM makes of the formulas depends on a processor that nobody here may have tried.
"""

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr

from terminal.pricing.book_volatility import BookVolatility
from terminal.pricing.compiled.kernels import Block, Kernels
from terminal.pricing.value_columns import ValueColumns

FloatArray = NDArray[np.float64]
#: Of the largest of its kind: rounding leaves a thousandth of this
_TOLERANCE = 1e-10
_SPOT = 2.5
_REACH = np.linspace(-3.0, 3.0, 17)
_YEARS = (0.0, 1.0 / 365.0, 0.1, 1.5)


def agree(kernels: Kernels) -> bool:
    """Whether a chain with one ended expiry and a missing price gets numpy's figures, and a range its probabilities."""
    return all(
        np.allclose(ours / _largest(theirs), theirs / _largest(theirs), rtol=0.0, atol=_TOLERANCE, equal_nan=True)
        for ours, theirs in zip(_figures(kernels), _figures(None), strict=True)
    )


def _figures(kernels: Kernels | None) -> tuple[FloatArray, ...]:
    """Nine figures of each option, the volatilities that its prices imply, from starts 3 % off, and probabilities."""
    years = np.repeat(_YEARS, 2 * len(_REACH))
    sign = np.tile(np.repeat((1.0, -1.0), len(_REACH)), len(_YEARS))
    reach = np.tile(_REACH, 2 * len(_YEARS))
    strike = _SPOT * np.exp(0.2 * reach * np.sqrt(np.maximum(years, 0.01)))
    volatility = 0.2 + 0.01 * reach * reach
    columns = ValueColumns(sign, strike)
    columns.set_time(years, np.full(len(years), 0.02))
    columns.set_carry(np.full(len(years), 0.01))
    book = BookVolatility(len(years), sides=1)
    book.set_time(columns)
    book.set_carry(columns)
    with np.errstate(all="ignore"):
        columns.set_spot(_SPOT)
        columns.value(volatility)
        prices = columns.values[:1].copy()
        prices[0, -1] = np.nan
        columns.use(kernels)
        book.use(kernels)
        columns.value(volatility)
        columns.value_second_order(volatility)
        book.set_prices(prices)
        np.multiply(volatility, 1.03, book.start)
        book.solve(_SPOT)
    return columns.values, book.volatility, _probabilities(kernels)


def _probabilities(kernels: Kernels | None) -> FloatArray:
    block = Block(1, 64)
    block.rows[0] = np.linspace(-8.0, 8.0, block.length)
    if kernels is None:
        return np.asarray(ndtr(block.rows))
    kernels.probability(block.address, block.length)
    return block.rows


def _largest(figures: FloatArray) -> FloatArray:
    return np.asarray(np.nanmax(np.abs(figures), axis=1, keepdims=True))
