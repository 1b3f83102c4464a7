"""What the horizontal axis of a smile counts: strike, log moneyness, or delta of the call."""

from collections.abc import Sequence
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr

from terminal.services.smile import Smile

FloatArray = NDArray[np.float64]


class Axis(StrEnum):
    """The three ways to place a strike."""

    STRIKE = "strike"
    LOG_MONEYNESS = "log_moneyness"
    DELTA = "delta"


def places(axis: Axis, smile: Smile, k: FloatArray) -> FloatArray:
    """Where log moneynesses stand, rising with the strike. Deltas are per cent of the call's, below zero."""
    if axis is Axis.STRIKE:
        return np.asarray(smile.forward.price * np.exp(k))
    if axis is Axis.LOG_MONEYNESS:
        return k * 100.0
    deviation = np.maximum(smile.curve_volatility(k) * np.sqrt(max(smile.years, 0.0)), 1e-9)
    return np.asarray(-100.0 * ndtr(0.5 * deviation - k / deviation))


def label(axis: Axis, value: float) -> str:
    """A place as the axis writes it."""
    if axis is Axis.STRIKE:
        return f"{value:.3f}" if round(value * 1000) % 10 else f"{value:.2f}"
    if axis is Axis.LOG_MONEYNESS:
        return f"{'−' if value < -0.05 else ''}{abs(value):.0f}%"
    return f"{abs(value):.0f}"


def spread_out(strikes: Sequence[float], apart: float) -> frozenset[float]:
    """Strikes whose words have room beside each other, the roundest first; those of adjusted series lie close."""
    told: list[float] = []
    for strike in sorted(strikes, key=lambda strike: (len(f"{strike:.6g}"), strike)):
        if all(abs(strike - other) >= apart * (1 - 1e-9) for other in told):
            told.append(strike)
    return frozenset(told)
