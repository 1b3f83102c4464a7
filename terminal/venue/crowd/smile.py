"""The shape of the crowd's smile: volatility over log-moneyness scaled by the root of time, and over time.

volatility = atm + skew z + curvature z^2, z = log(strike / forward) / root of years, flat beyond |z| = 1.
"""

import numpy as np
from numpy.typing import ArrayLike, NDArray

FloatArray = NDArray[np.float64]

VOLATILITY_BOUNDS = (0.03, 3.0)
_LARGEST_Z = 1.0
#: Nearer to expiry than this the smile steepens no further
_SHORTEST_YEARS = 2.0 / 365.0


def term_volatility(short: ArrayLike, long: ArrayLike, years: ArrayLike, term_years: float) -> FloatArray:
    """At-the-money volatility: `short` for an expiry now, running to `long` with the time constant `term_years`."""
    far = np.asarray(long, dtype=np.float64)
    return far + (np.asarray(short, dtype=np.float64) - far) * np.exp(-np.asarray(years, dtype=np.float64) / term_years)


def scaled_moneyness(forward: ArrayLike, strike: ArrayLike, years: ArrayLike) -> FloatArray:
    """The smile's coordinate z."""
    ratio = np.asarray(strike, dtype=np.float64) / np.asarray(forward, dtype=np.float64)
    z: FloatArray = np.log(ratio) / root_years(years)
    return np.clip(z, -_LARGEST_Z, _LARGEST_Z)


def root_years(years: ArrayLike) -> FloatArray:
    """Root of the years left, never below that of two days."""
    root: FloatArray = np.sqrt(np.maximum(np.asarray(years, dtype=np.float64), _SHORTEST_YEARS))
    return root


def smile_volatility(
    atm: ArrayLike, skew: ArrayLike, curvature: ArrayLike, forward: ArrayLike, strike: ArrayLike, years: ArrayLike
) -> FloatArray:
    """Volatility of each strike; arguments broadcast."""
    z = scaled_moneyness(forward, strike, years)
    bent = np.asarray(skew, dtype=np.float64) + z * np.asarray(curvature, dtype=np.float64)
    return np.clip(np.asarray(atm, dtype=np.float64) + z * bent, *VOLATILITY_BOUNDS)
