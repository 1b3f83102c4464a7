"""How good a number is (数据质量): a mark for every book and for every figure made from it.

The rule: a figure whose input has gone is nan or carries a mark that says what it stands on. Nothing keeps the number
of a moment ago in silence.
"""

from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]
MarkArray = NDArray[np.int8]


class Quality(IntEnum):
    """What a number stands on, best first."""

    LIVE = 0
    """A book of two sides now; for greeks also that of the other right at the strike"""
    ONE_SIDED = 1
    """One side only, as at a price limit (涨跌停): good for that side's volatility, not for a mid"""
    STALE = 2
    """A book of two sides that has not been heard of for too long"""
    INTERPOLATED = 3
    """No sound book of its own: taken from the strikes beside it or from the curve"""
    CROSSED = 4
    """Bid at or above ask (locked included): neither side is believed"""
    NONE = 5
    """Nothing to stand on; the number is nan"""


def book_quality(
    bid: FloatArray, ask: FloatArray, age: FloatArray | None = None, stale_after: float = np.inf
) -> MarkArray:
    """Mark of each book; a side that is nan, zero or negative is missing. `age` and `stale_after` in seconds."""
    with np.errstate(invalid="ignore"):
        has_bid, has_ask = bid > 0.0, ask > 0.0
        crossed = bid >= ask
    marks = np.where(has_bid & has_ask, Quality.LIVE, Quality.ONE_SIDED).astype(np.int8)
    marks[~(has_bid | has_ask)] = Quality.NONE
    marks[has_bid & has_ask & crossed] = Quality.CROSSED
    if age is not None:
        # An unknown age is no young one
        marks[(marks == Quality.LIVE) & ~(age <= stale_after)] = Quality.STALE
    return marks


def usable_sides(bid: FloatArray, ask: FloatArray, marks: MarkArray) -> FloatArray:
    """Bid, ask and mid that may be computed with, shape (3, n), nan elsewhere.

    A limit-up book (bid, no ask) has a bid and no mid: half of it is no price.
    """
    believed = marks <= Quality.STALE
    with np.errstate(invalid="ignore"):
        bids = np.where(believed & (bid > 0.0), bid, np.nan)
        asks = np.where(believed & (ask > 0.0), ask, np.nan)
    return np.stack((bids, asks, 0.5 * (bids + asks)))


def spot_of_book(last: float, bid: float, ask: float) -> tuple[float, Quality]:
    """Price of an underlying and its mark: the last trade, else the mid of two sides, else nan.

    The mid of a limit-up underlying without asks would be half its price, so one side alone gives none.
    """
    if bid > 0.0 and ask > 0.0:
        mark = Quality.CROSSED if bid >= ask else Quality.LIVE
    elif bid > 0.0 or ask > 0.0:
        mark = Quality.ONE_SIDED
    else:
        mark = Quality.STALE
    if last > 0.0:
        return float(last), mark
    if mark is Quality.LIVE:
        return 0.5 * (bid + ask), mark
    return float(np.nan), Quality.NONE
