"""The forward of each expiry (远期) from discounted put-call parity over several strikes, and what follows from it.

F = K + (C - P) / discount holds for every strike, so each quoted pair tells the forward as exactly as its spread is
narrow. The pairs nearest to the money are weighted by spread; one that lies far from the others loses its say.

Source: Stoll (1969) for parity; Tukey's biweight (Beaton and Tukey 1974) for the weights.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]

#: Pairs of one expiry, nearest to the money, that tell its forward
NEAREST_PAIRS = 5
#: Half-spreads (or robust deviations, if larger) at which a pair has no say left
_REJECTED_AT = 4.685
_ROUNDS = 6
#: Turns a median of absolute deviations into a standard deviation
_MEDIAN_TO_DEVIATION = 1.4826


@dataclass(frozen=True, slots=True)
class ForwardFit:
    """The forwards of all expiries, arrays over expiries; nan where no pair is quoted."""

    forward: FloatArray
    pairs: IntArray
    """Pairs looked at"""
    rejected: IntArray
    """Of these, pairs that lay too far from the others to count"""
    spread: FloatArray
    """Largest less smallest forward of the pairs that count, yuan"""
    error: FloatArray
    """Half-spread of the weighted mean, yuan: how far the forward may be off"""


def fit_forwards(strike: FloatArray, call: FloatArray, put: FloatArray, discount: FloatArray) -> ForwardFit:
    """Fit the forward of each expiry.

    `strike` has shape (expiries, pairs); `call` and `put` are bid, ask and mid of the pairs per share, shape
    (3, expiries, pairs); nan where there is no pair or no sound book. `discount` has one factor an expiry.
    """
    growth = 1.0 / discount[:, None]
    difference = call[2] - put[2]
    half_spread = 0.5 * (call[1] - call[0] + put[1] - put[0]) * growth
    nearest = np.argsort(np.where(np.isfinite(difference), np.abs(difference), np.inf), axis=1, kind="stable")
    # A row number beside a place in it: half the time of take_along_axis, which is Python
    row = np.arange(len(strike))[:, None]
    nearest = nearest[:, :NEAREST_PAIRS]
    of_pair = (strike + difference * growth)[row, nearest]
    width = half_spread[row, nearest]
    known = np.isfinite(of_pair) & (width > 0.0)
    of_pair, width = np.where(known, of_pair, 0.0), np.where(known, width, np.inf)
    weight = 1.0 / (width * width)
    forward = _weighted_median(of_pair, 1.0 / width)
    counted, each = known, known.astype(np.float64)
    with np.errstate(divide="ignore", invalid="ignore"):
        for _ in range(_ROUNDS):
            distance = np.abs(of_pair - forward[:, None]) / width
            scale = np.maximum(_MEDIAN_TO_DEVIATION * _weighted_median(distance, each), 1.0)
            reach = distance / (_REJECTED_AT * scale[:, None])
            counted = known & (reach < 1.0)
            say = np.where(counted, weight * (1.0 - np.minimum(reach, 1.0) ** 2) ** 2, 0.0)
            total = say.sum(axis=1)
            forward = np.where(total > 0.0, (say * of_pair).sum(axis=1) / total, forward)
        error = 1.0 / np.sqrt(total)
    pairs = known.sum(axis=1)
    spread = np.where(counted, of_pair, -np.inf).max(axis=1) - np.where(counted, of_pair, np.inf).min(axis=1)
    return ForwardFit(
        forward=np.where(pairs > 0, forward, np.nan),
        pairs=pairs,
        rejected=pairs - counted.sum(axis=1),
        spread=np.where(pairs > 0, spread, np.nan),
        error=np.where(pairs > 0, error, np.nan),
    )


def carry_of(forward: FloatArray, spot: float, years: FloatArray) -> FloatArray:
    """Carry a year (持有成本): how fast the spot grows into the forward; 0 where no time is left."""
    left = years > 0.0
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(left, np.log(forward / spot) / np.where(left, years, 1.0), 0.0)


def implied_dividend(forward: FloatArray, spot: float, discount: FloatArray) -> FloatArray:
    """Dividend that the forward implies until expiry, yuan per share today; negative when borrowing costs more."""
    return spot - forward * discount


def _weighted_median(values: FloatArray, weights: FloatArray) -> FloatArray:
    """Of each row the value at which half of the weight is reached; entries of weight 0 do not count."""
    order = np.where(weights > 0.0, values, np.inf).argsort(axis=1, kind="stable")
    row = np.arange(len(values))
    reached = weights[row[:, None], order].cumsum(axis=1)
    first = (reached >= 0.5 * reached[:, -1:]).argmax(axis=1)
    return np.asarray(values[row, order[row, first]])
