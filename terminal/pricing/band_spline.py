"""A smile as a smoothing spline through bid-ask bands: as straight as the quotes allow, where SVI is too stiff.

The curve is the natural cubic spline in total variance that bends least while it stays inside all but wrong bands; a
butterfly it would give away makes it straighter still. Beyond the strikes it goes on straight, as steep as a wing may.

Source: Reinsch, Smoothing by spline functions (1967); Fengler, Arbitrage-free smoothing (2009), for total variance.
"""

import msgspec
import numpy as np
from numpy.typing import ArrayLike, NDArray

from terminal.pricing.svi import STEEPEST_WING, density_of

FloatArray = NDArray[np.float64]

#: Fewer sound strikes tell no smile
LEAST_POINTS = 4
#: With fewer strikes nobody can say which of them is wrong
_ENOUGH_TO_JUDGE = 8
#: Half-widths, or robust deviations if larger, from the cubic at which a quote is wrong
_WRONG_AT = 8.0
_MEDIAN_TO_DEVIATION = 1.4826
_BISECTIONS = 14
_SMOOTHNESS = (-8.0, 8.0)
_FADING_ROUNDS = 8
_LEAST_VARIANCE = 1e-10
_CHECKS = 161


class BandSpline(msgspec.Struct, frozen=True, tag="spline"):
    """A natural cubic spline: its knots, total variance there, and the second derivative there."""

    knots: tuple[float, ...]
    variance: tuple[float, ...]
    bend: tuple[float, ...]

    def total_variance(self, k: ArrayLike) -> FloatArray:
        """Variance until expiry at log moneyness `k`."""
        return np.maximum(self._with_slopes(np.asarray(k, dtype=np.float64))[0], _LEAST_VARIANCE)

    def volatility(self, k: ArrayLike, years: float) -> FloatArray:
        """Volatility a year; nan without time."""
        with np.errstate(divide="ignore", invalid="ignore"):
            return np.asarray(np.sqrt(self.total_variance(k) / years))

    @property
    def is_butterfly_free(self) -> bool:
        """Whether no butterfly inside the strikes can be bought for less than nothing."""
        k = np.linspace(self.knots[0], self.knots[-1], _CHECKS)
        w, slope, bend = self._with_slopes(k)
        return bool(w.min() > 0.0 and density_of(k, w, slope, bend).min() >= 0.0)

    def _with_slopes(self, k: FloatArray) -> tuple[FloatArray, FloatArray, FloatArray]:
        x, y, bend = (np.array(part) for part in (self.knots, self.variance, self.bend))
        right = np.clip(np.searchsorted(x, k), 1, len(x) - 1)
        left = right - 1
        width = x[right] - x[left]
        inside = np.clip(k, x[0], x[-1])
        s, t = (x[right] - inside) / width, (inside - x[left]) / width
        w = s * y[left] + t * y[right] + ((s**3 - s) * bend[left] + (t**3 - t) * bend[right]) * width**2 / 6.0
        slope = (y[right] - y[left]) / width
        slope = slope + ((3.0 * t**2 - 1.0) * bend[right] - (3.0 * s**2 - 1.0) * bend[left]) * width / 6.0
        beyond = k - inside
        # The wings open upwards and no faster than a wing may
        lowest, highest = np.where(beyond < 0.0, -STEEPEST_WING, 0.0), np.where(beyond < 0.0, 0.0, STEEPEST_WING)
        slope = np.where(beyond == 0.0, slope, np.clip(slope, lowest, highest))
        return w + slope * beyond, slope, np.where(beyond == 0.0, s * bend[left] + t * bend[right], 0.0)


def fit_band_spline(k: FloatArray, bid: FloatArray, ask: FloatArray, years: float) -> BandSpline | None:
    """Fit one expiry to bid and ask volatilities, nan where unknown; None when too few strikes are sound.

    `k` may hold a strike twice, as after an adjustment: the narrower band speaks for both.
    """
    x, middle, half = _without_wrong(*_sound_bands(k, bid, ask, years))
    if len(x) < LEAST_POINTS:
        return None
    low, high = _SMOOTHNESS
    system = _System(x, middle, half)
    for _ in range(_BISECTIONS):
        guess = 0.5 * (low + high)
        inside = bool((np.abs(system.solve(10.0**guess)[0] - middle) <= half * (1.0 + 1e-9)).all())
        low, high = (guess, high) if inside else (low, guess)
    spline = system.spline(low)
    # The straightest curve is a line, which gives nothing away
    while not spline.is_butterfly_free and low < _SMOOTHNESS[1]:
        low += 0.5
        spline = system.spline(low)
    return spline


def _sound_bands(
    k: FloatArray, bid: FloatArray, ask: FloatArray, years: float
) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Strikes in order, each once, with the middle and half-width of their bands in total variance."""
    with np.errstate(invalid="ignore"):
        sound = np.isfinite(k) & (bid > 0.0) & (ask > bid) & (years > 0.0)
    x, low, high = k[sound], bid[sound] ** 2 * years, ask[sound] ** 2 * years
    order = np.lexsort((high - low, x))
    x, low, high = x[order], low[order], high[order]
    first = np.ones(len(x), np.bool_)
    first[1:] = np.diff(x) > 1e-9
    return x[first], 0.5 * (low + high)[first], 0.5 * (high - low)[first]


def _without_wrong(x: FloatArray, middle: FloatArray, half: FloatArray) -> tuple[FloatArray, FloatArray, FloatArray]:
    """The bands less those that lie far from a cubic through most: a wrong quote, not a smile."""
    if len(x) < _ENOUGH_TO_JUDGE:
        return x, middle, half
    z = (x - x.mean()) / (x[-1] - x[0])
    design = np.stack((np.ones_like(z), z, z**2, z**3), axis=1)
    say = np.ones_like(z)
    for _ in range(_FADING_ROUNDS):
        coefficients = np.linalg.lstsq(design * say[:, None], middle * say, rcond=None)[0]
        distance = np.abs(design @ coefficients - middle)
        usual = np.maximum(_MEDIAN_TO_DEVIATION * np.median(distance), 0.5 * half)
        say = 1.0 / (1.0 + (distance / usual) ** 2)
    right = distance <= _WRONG_AT * np.maximum(usual, half)
    return x[right], middle[right], half[right]


class _System:
    """Reinsch's equations for one set of bands."""

    def __init__(self, x: FloatArray, middle: FloatArray, half: FloatArray) -> None:
        self._x, self._middle = x, middle
        self._variance = (half / np.median(half)) ** 2
        width = np.diff(x)
        count = len(x)
        self._second = np.zeros((count, count - 2))
        inner = np.arange(count - 2)
        self._second[inner, inner] = 1.0 / width[:-1]
        self._second[inner + 2, inner] = 1.0 / width[1:]
        self._second[inner + 1, inner] = -1.0 / width[:-1] - 1.0 / width[1:]
        self._energy = np.diag((width[:-1] + width[1:]) / 3.0)
        self._energy += np.diag(width[1:-1] / 6.0, 1) + np.diag(width[1:-1] / 6.0, -1)
        # So that the same smoothness means the same for a week and a year
        self._scale = (x[-1] - x[0]) ** 3 / count

    def solve(self, smoothness: float) -> tuple[FloatArray, FloatArray]:
        """Total variance and second derivative at the strikes."""
        spread = (smoothness * self._scale * self._variance)[:, None] * self._second
        bend = np.linalg.solve(self._energy + self._second.T @ spread, self._second.T @ self._middle)
        return self._middle - spread @ bend, np.concatenate(([0.0], bend, [0.0]))

    def spline(self, power: float) -> BandSpline:
        fitted, bend = self.solve(10.0**power)
        return BandSpline(
            tuple(self._x.tolist()), tuple(np.maximum(fitted, _LEAST_VARIANCE).tolist()), tuple(bend.tolist())
        )
