"""Fits the smiles of all expiries of an underlying at one go, warm from the fit before."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from terminal.pricing.band_spline import fit_band_spline
from terminal.pricing.curve import Shape
from terminal.pricing.svi_fit import fit_svi
from terminal.services.smile import Points

FloatArray = NDArray[np.float64]
#: Log moneyness at which a later expiry must hold at least the variance of an earlier one
_CHECKED = np.linspace(-0.25, 0.25, 51)
_CALENDAR_NOISE = 1e-6


class FitModel(StrEnum):
    """What a smile is fitted with."""

    SVI = "svi"
    SPLINE = "spline"


@dataclass(frozen=True, slots=True)
class FittedSlices:
    """The fits of all expiries, nearest first."""

    expiries: tuple[date, ...]
    years: tuple[float, ...]
    shapes: tuple[Shape | None, ...]
    errors: tuple[float, ...]
    """Volatility"""
    butterfly_free: tuple[bool, ...]
    calendar_free: tuple[bool, ...]
    """Whether it lies nowhere below the expiry before it"""
    parameters: FloatArray | None
    """Of SVI, to start the next fit from"""


def fit_slices(
    points: Sequence[Points],
    years: FloatArray,
    expiries: tuple[date, ...],
    model: FitModel,
    before: FittedSlices | None = None,
) -> FittedSlices:
    """Fit every expiry; one with too few sound strikes has no shape."""
    shapes: list[Shape | None]
    parameters = None
    if model is FitModel.SVI:
        shape = len(points), max((len(p.k) for p in points), default=0)
        k, middle, band = (np.full(shape, np.nan) for _ in range(3))
        for row, p in enumerate(points):
            width = len(p.k)
            k[row, :width], middle[row, :width], band[row, :width] = p.k, p.middle, p.band
        fit = fit_svi(k, middle, band, years, before.parameters if before is not None else None)
        parameters = fit.parameters
        shapes = [fit.slice_of(n) for n in range(len(points))]
        errors = fit.error.tolist()
    else:
        shapes = [fit_band_spline(p.k, p.low, p.high, left) for p, left in zip(points, years.tolist(), strict=True)]
        errors = [_error(s, p, left) for s, p, left in zip(shapes, points, years.tolist(), strict=True)]
    return FittedSlices(
        expiries,
        tuple(years.tolist()),
        tuple(shapes),
        tuple(errors),
        tuple(s is not None and s.is_butterfly_free for s in shapes),
        _calendar_free(shapes),
        parameters,
    )


def _error(shape: Shape | None, points: Points, years: float) -> float:
    if shape is None:
        return float(np.nan)
    residual = shape.volatility(points.k, years) - points.middle
    known = residual[np.isfinite(residual)]
    # Robust as that of the other model: one bad quote does not tell how good a fit is
    return float(1.4826 * np.median(np.abs(known))) if known.size else float(np.nan)


def _calendar_free(shapes: Sequence[Shape | None]) -> tuple[bool, ...]:
    free = []
    before: FloatArray | None = None
    for shape in shapes:
        if shape is None:
            free.append(True)
            continue
        variance = shape.total_variance(_CHECKED)
        free.append(before is None or bool((variance >= before - _CALENDAR_NOISE).all()))
        before = variance
    return tuple(free)
