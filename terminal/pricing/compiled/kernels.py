"""What compiled kernels are called with: blocks of columns, laid out once, each row at a fixed place.

A block is one array of rows of equal length, a multiple of `LANES`, whose rows begin where a cache line does. A kernel
gets its address and length and the few numbers of a tick: an address asked of numpy would cost more than the call.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import IntEnum, auto

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]
#: Entries that a kernel does at a time
LANES = 8
_CACHE_LINE = 64


class ValueRow(IntEnum):
    """Rows of the block of `ValueColumns`; the nine figures in the order of `Greek`."""

    IN_SHARES = 0
    PRICE = auto()
    DELTA = auto()
    GAMMA = auto()
    VEGA = auto()
    THETA = auto()
    RHO = auto()
    VANNA = auto()
    VOLGA = auto()
    CHARM = auto()
    VOLATILITY = auto()
    HALF_MONEYNESS = auto()
    """Half the logarithm of forward over strike"""
    HALF_SIGNED_ROOT = auto()
    """Half the root of the years, never quite 0, times the sign"""
    TWICE_SIGNED_ROOT = auto()
    CASH_LEG = auto()
    """Discounted strike times the sign"""
    SHARE_LEG = auto()
    """A discounted spot of one times the sign"""
    HALF_DENSITY_LEG = auto()
    """The same by twice the root of 2 pi, 0 without time"""
    YEARS = auto()
    HALF_INVERSE_YEARS = auto()
    """0 without time"""
    DIVIDEND_YIELD = auto()
    RATE = auto()


class VolatilityRow(IntEnum):
    """Rows of the block of `BookVolatility`, one entry per price."""

    CASH = 0
    """Twice the sign"""
    SCALE = auto()
    """Twice one over the discounted strike; after the end of an option nan"""
    ROOT = auto()
    """Root of the years over `DEVIATION_SCALE`"""
    INVERSE_ROOT = auto()
    LEVEL = auto()
    """Logarithm of forward over strike for a spot of one"""
    SHARES = auto()
    """A discounted spot of one times sign and scale"""
    SCALED_PRICE = auto()
    START = auto()
    """Volatility when the price last had one"""
    FOUND = auto()
    DISTANCE = auto()
    """A quarter of the log distance of forward and strike"""
    INTRINSIC = auto()
    VALUE = auto()
    """Time value, scaled like the price"""
    EXCESS = auto()
    """Logarithm of forward over strike where that is above 0"""
    DEVIATION = auto()
    """Total deviation over `DEVIATION_SCALE`"""
    NEWTON = auto()
    """Twice the last step relative to the deviation; nan without an answer"""


@dataclass(frozen=True, slots=True)
class Kernels:
    """Compiled for this processor; `owner` holds the code in memory.

    Each takes address and length of a block, then the numbers of its formulas.
    """

    value: Callable[[int, int, float], float]
    """Overwrites all nine figures for a price of the underlying"""
    volatility: Callable[[int, int, float, float], float]
    """Takes two warm steps for a price of the underlying and its logarithm; how many prices with a time value are not
    settled by them"""
    probability: Callable[[int, int], float]
    """Makes the one row of a block its normal probabilities"""
    processor: str
    """Name by which LLVM knows it"""
    owner: object


class Block:
    """Rows of `length` >= `count` entries, 0 at first; `address` is that of the first row."""

    def __init__(self, rows: int, count: int) -> None:
        # Kernels do eight entries before they look whether there are any
        self.length = -(-max(count, 1) // LANES) * LANES
        whole = np.zeros(rows * self.length + _CACHE_LINE // 8)
        skipped = -whole.ctypes.data % _CACHE_LINE // 8
        self.rows: FloatArray = whole[skipped : skipped + rows * self.length].reshape(rows, self.length)
        self.address: int = self.rows.ctypes.data
