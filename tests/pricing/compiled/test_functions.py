"""Exponential, logarithm and normal distribution on vectors against numpy, scipy and fifty digits."""

from collections.abc import Callable
from decimal import Decimal, localcontext
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy.special import erfcx, log_ndtr

from terminal.pricing.compiled import functions
from terminal.pricing.compiled.vectors import Vector
from tests.pricing import high_precision
from tests.pricing.kernels_here import on_first_row

FloatArray = NDArray[np.float64]
#: Of the last digit of a double
UNIT = 2.0**-52
SPECIAL = np.array([0.0, -0.0, np.inf, -np.inf, np.nan, 5e-324, 1e-320, -1e-320, 1e308, -1e308, 1e-300, -1e-300])


def at(function: Callable[..., Any], x: FloatArray) -> FloatArray:
    rows, _ = on_first_row(function)(np.vstack((x, np.zeros_like(x))))
    found: FloatArray = rows[1]
    return found


def probability(z: Vector) -> Vector:
    return functions.normal_probability(z, functions.falling_square(z))


def test_the_exponential_is_numpy_s_to_two_units() -> None:
    random = np.random.default_rng(1)
    x = np.concatenate((random.uniform(-708.0, 709.7, 4000), random.normal(size=2000), random.normal(size=500) * 1e-9))
    assert at(functions.exponential, x) == pytest.approx(np.exp(x), rel=2 * UNIT, abs=0.0)


def test_the_exponential_fades_and_overflows_as_numpy_s() -> None:
    x = np.concatenate((SPECIAL, np.linspace(-750.0, -700.0, 101), [709.78, 709.79, 720.0]))
    with np.errstate(over="ignore"):
        assert at(functions.exponential, x) == pytest.approx(np.exp(x), rel=2 * UNIT, abs=5e-324, nan_ok=True)


def test_the_logarithm_is_numpy_s_to_a_unit() -> None:
    random = np.random.default_rng(2)
    x = np.concatenate(
        (
            np.exp(random.uniform(-744.0, 709.0, 4000)),
            random.uniform(0.5, 2.0, 4000),
            1.0 + 1e-6 * random.normal(size=500),
        )
    )
    assert at(functions.logarithm, x) == pytest.approx(np.log(x), rel=UNIT, abs=0.0)


def test_the_logarithm_of_what_has_none_is_numpy_s() -> None:
    x = np.concatenate((SPECIAL, [-1.0, -5e-324]))
    with np.errstate(all="ignore"):
        expected = np.log(x)
    found = at(functions.logarithm, x)
    assert np.array_equal(np.isnan(found), np.isnan(expected))
    assert found == pytest.approx(expected, rel=UNIT, abs=0.0, nan_ok=True)


def test_the_scaled_error_is_scipy_s() -> None:
    random = np.random.default_rng(3)
    x = np.concatenate((random.uniform(0.0, 6.0, 4000), np.exp(random.uniform(-40.0, 60.0, 2000))))
    assert at(functions.any_scaled_error, x) == pytest.approx(erfcx(x), rel=8 * UNIT, abs=0.0)
    # Below 0 scipy's rounds the square: 25 units of its exponential at -5
    x = random.uniform(-5.0, 0.0, 500)
    assert at(functions.any_scaled_error, x) == pytest.approx(erfcx(x), rel=40 * UNIT, abs=0.0)


def test_the_scaled_error_far_out() -> None:
    x = np.array([-np.inf, -40.0, np.inf, np.nan])
    assert at(functions.any_scaled_error, x) == pytest.approx([np.inf, np.inf, 0.0, np.nan], abs=1e-99, nan_ok=True)


def test_the_normal_probability_in_fifty_digits() -> None:
    """Relative in both tails, where scipy's has lost four digits: 2e-13 at 36 deviations."""
    z = np.concatenate((np.linspace(-12.0, 8.0, 401), np.random.default_rng(4).normal(size=300)))
    with localcontext() as context:
        # The series from the middle loses what the tail has not: 32 digits at 12 deviations
        context.prec = high_precision.DIGITS + 40
        exact = [float(high_precision.normal(Decimal(v))) for v in z.tolist()]
    assert at(probability, z) == pytest.approx(exact, rel=8 * UNIT, abs=0.0)


def test_the_normal_probability_far_out() -> None:
    z = np.linspace(-37.0, -8.0, 500)
    assert np.log(at(probability, z)) == pytest.approx(log_ndtr(z), rel=4 * UNIT, abs=8 * UNIT)
    ends = np.array([-np.inf, np.inf, -1e300, 1e300, -40.0, 40.0, np.nan])
    assert at(probability, ends).tolist()[:6] == [0.0, 1.0, 0.0, 1.0, 0.0, 1.0]
    assert np.isnan(at(probability, ends)[6])


def test_the_coefficients_are_those_of_the_function() -> None:
    """Interpolation in Chebyshev's points, in plain doubles, gives them back to what doubles leave."""
    count = 60
    points = np.cos(np.pi * (np.arange(count) + 0.5) / count)
    x = 3.75 * (1.0 + points) / (1.0 - points)
    heights = (1.0 + 2.0 * x) * erfcx(x)
    assert np.polynomial.polynomial.polyval(points, functions.SCALED_ERROR) == pytest.approx(heights, rel=4 * UNIT)
    cheb = np.polynomial.chebyshev.poly2cheb(functions.SCALED_ERROR)
    waves = np.cos(np.outer(np.arange(len(cheb)), np.pi * (np.arange(count) + 0.5) / count))
    weights = np.where(np.arange(len(cheb)) == 0, 1.0, 2.0) / count
    assert cheb == pytest.approx(weights * (waves @ heights), abs=16 * UNIT)
