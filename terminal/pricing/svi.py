"""The SVI shape of one expiry's smile: total variance over log moneyness, raw and as traders speak of it (JW).

w(k) = a + b (rho (k - m) + sqrt((k - m)^2 + sigma^2)), k = log(strike / forward), volatility = sqrt(w / years).

Source: Gatheral and Jacquier, Arbitrage-free SVI volatility surfaces (2014): definitions 3.1 and 3.3, lemmas 2.1, 2.2
and 3.2, section 5.1; Lee, The moment formula (2004), for the wings.
"""

from dataclasses import dataclass

import msgspec
import numpy as np
from numpy.typing import ArrayLike, NDArray

FloatArray = NDArray[np.float64]

#: Log moneyness at which the conditions are looked at: beyond it the wings are straight and bounded by their slope
GRID = np.concatenate((np.linspace(-1.5, -0.4, 12)[:-1], np.linspace(-0.4, 0.4, 81), np.linspace(0.4, 1.5, 12)[1:]))
#: A steeper wing pays for a butterfly far out (Lee)
STEEPEST_WING = 2.0
#: Density this far below zero is rounding
_DENSITY_NOISE = -1e-9
_BISECTIONS = 30


class SviSlice(msgspec.Struct, frozen=True, tag="svi"):
    """Raw parameters of one expiry."""

    a: float
    b: float
    rho: float
    m: float
    sigma: float

    def total_variance(self, k: ArrayLike) -> FloatArray:
        """Variance until expiry at log moneyness `k`."""
        return total_variance(np.array(self.parameters), np.asarray(k, dtype=np.float64))

    def volatility(self, k: ArrayLike, years: float) -> FloatArray:
        """Volatility a year; nan without time."""
        with np.errstate(divide="ignore", invalid="ignore"):
            return np.asarray(np.sqrt(self.total_variance(k) / years))

    @property
    def parameters(self) -> tuple[float, float, float, float, float]:
        """a, b, rho, m, sigma."""
        return self.a, self.b, self.rho, self.m, self.sigma

    def density(self, k: ArrayLike) -> FloatArray:
        """Gatheral's g: negative where a butterfly would be given away."""
        return density(np.array(self.parameters), np.asarray(k, dtype=np.float64))

    @property
    def is_butterfly_free(self) -> bool:
        """Whether no butterfly can be bought for less than nothing."""
        return bool(butterfly_free(np.array(self.parameters)))

    def to_jump_wings(self, years: float) -> "JumpWings":
        """The same slice in the terms of traders."""
        w = float(self.total_variance(0.0))
        root, slope = np.sqrt(w), np.hypot(self.m, self.sigma)
        return JumpWings(
            variance=w / years,
            skew=float(0.5 * self.b / root * (self.rho - self.m / slope)),
            put_wing=float(self.b * (1.0 - self.rho) / root),
            call_wing=float(self.b * (1.0 + self.rho) / root),
            least_variance=float((self.a + self.b * self.sigma * np.sqrt(1.0 - self.rho**2)) / years),
        )

    def without_butterfly(self, years: float) -> "SviSlice":
        """The nearest slice on the way to a safe one, at-the-money variance unchanged; itself if it is free already.

        The safe one has the skew and put wing of this, flattened if need be, and the call wing and least variance that
        make it one of the surface for which freedom is proved (section 5.1).
        """
        if self.is_butterfly_free:
            return self
        mine = self.to_jump_wings(years)
        safe = mine.made_safe(years)
        low, high = 0.0, 1.0
        for _ in range(_BISECTIONS):
            middle = 0.5 * (low + high)
            if mine.towards(safe, middle).to_raw(years).is_butterfly_free:
                high = middle
            else:
                low = middle
        return mine.towards(safe, high).to_raw(years)


@dataclass(frozen=True, slots=True)
class JumpWings:
    """A slice by what is seen of it: variance and skew at the money, the slopes of the wings, the least variance."""

    variance: float
    skew: float
    put_wing: float
    call_wing: float
    least_variance: float

    def to_raw(self, years: float) -> SviSlice:
        """The raw parameters (lemma 3.2)."""
        w = self.variance * years
        root = np.sqrt(w)
        b = 0.5 * root * (self.call_wing + self.put_wing)
        rho = 1.0 - self.put_wing * root / b
        beta = float(np.clip(rho - 2.0 * self.skew * root / b, -1.0 + 1e-12, 1.0 - 1e-12))
        across = np.sqrt(1.0 - rho * rho)
        missing = (self.variance - self.least_variance) * years
        if abs(beta) < 1e-12:
            # Around the forward; where there is no skew either, the wings and the middle leave the width open
            m = 0.0
            sigma = missing / (b * (1.0 - across)) if across < 1.0 else root
        else:
            alpha = np.sign(beta) * np.sqrt(1.0 / (beta * beta) - 1.0)
            m = missing / (b * (-rho + np.sign(alpha) * np.sqrt(1.0 + alpha * alpha) - alpha * across))
            sigma = alpha * m
        a = self.least_variance * years - b * sigma * across
        return SviSlice(float(a), float(b), float(rho), float(m), float(sigma))

    def made_safe(self, years: float) -> "JumpWings":
        """The slice of section 5.1, its wings no steeper than theorem 4.2 allows."""
        root = np.sqrt(self.variance * years)
        put, skew = max(self.put_wing, 1e-6), self.skew
        call = max(put + 2.0 * skew, 1e-3 * put)
        steepest = max(put, call)
        flatter = min(1.0, 1.98 / (root * steepest), np.sqrt(1.98 / ((put + call) * steepest)))
        put, call = put * flatter, call * flatter
        return JumpWings(
            self.variance, 0.5 * (call - put), put, call, self.variance * 4.0 * put * call / (put + call) ** 2
        )

    def towards(self, other: "JumpWings", share: float) -> "JumpWings":
        """This slice with a share of the other's shape."""

        def mixed(mine: float, theirs: float) -> float:
            return mine + share * (theirs - mine)

        return JumpWings(
            mixed(self.variance, other.variance),
            mixed(self.skew, other.skew),
            mixed(self.put_wing, other.put_wing),
            mixed(self.call_wing, other.call_wing),
            mixed(self.least_variance, other.least_variance),
        )


def total_variance(parameters: FloatArray, k: FloatArray) -> FloatArray:
    """Total variance for `parameters` of shape (5,) or (expiries, 5) at `k` of shape (n,) or (expiries, n)."""
    a, b, rho, m, sigma = _by_name(parameters)
    y = k - m
    return np.asarray(a + b * (rho * y + np.sqrt(y * y + sigma * sigma)))


def density(parameters: FloatArray, k: FloatArray) -> FloatArray:
    """g(k) of lemma 2.2, shapes as in `total_variance`."""
    _, b, rho, m, sigma = _by_name(parameters)
    w = total_variance(parameters, k)
    y = k - m
    root = np.sqrt(y * y + sigma * sigma)
    return density_of(k, w, b * (rho + y / root), b * sigma * sigma / (root * root * root))


def density_of(k: FloatArray, w: FloatArray, slope: FloatArray, bend: FloatArray) -> FloatArray:
    """g(k) of any smile, from its total variance and the two derivatives."""
    with np.errstate(divide="ignore", invalid="ignore"):
        first = 1.0 - 0.5 * k * slope / w
        return np.asarray(first * first - 0.25 * slope * slope * (1.0 / w + 0.25) + 0.5 * bend)


def butterfly_free(parameters: FloatArray) -> NDArray[np.bool_]:
    """Whether each slice, shape (5,) or (expiries, 5), has variance, density and wings as they must be; nan has not."""
    b, rho = parameters[..., 1], parameters[..., 2]
    wings = b * (1.0 + np.abs(rho)) <= STEEPEST_WING
    least = density(parameters, GRID).min(axis=-1)
    return np.asarray(wings & (least >= _DENSITY_NOISE) & (total_variance(parameters, GRID).min(axis=-1) > 0.0))


def calendar_gaps(parameters: FloatArray) -> FloatArray:
    """How far each later slice sinks below the one before it, in total variance; 0 where it does not (lemma 2.1).

    `parameters` has shape (expiries, 5), nearest expiry first.
    """
    w = total_variance(parameters, GRID)
    return np.asarray(np.maximum((w[:-1] - w[1:]).max(axis=-1), 0.0))


def _by_name(parameters: FloatArray) -> FloatArray:
    """The five parameters apart, each a number or a column of one an expiry."""
    return parameters if parameters.ndim == 1 else parameters.T[:, :, None]
