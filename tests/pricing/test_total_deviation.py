"""The root search alone: whatever it calls settled is right, against prices in fifty digits."""

from decimal import Decimal, localcontext

import numpy as np
import pytest
from numpy.typing import NDArray

from terminal.pricing.total_deviation import DEVIATION_SCALE, WarmSolver, solve_cold
from tests.pricing import high_precision

FloatArray = NDArray[np.float64]

#: Log distances and total deviations of a chain: a week to two years, at the money to four deviations off
DISTANCES = ("0", "0.003", "0.02", "0.1", "0.3", "0.8")
DEVIATIONS = ("0.02", "0.05", "0.11", "0.24", "0.5", "1.1", "2.3")


@pytest.fixture(scope="module")
def priced() -> tuple[FloatArray, FloatArray, FloatArray]:
    """x, normalised value and deviation of every pair worth 1e-9 and more."""
    rows = []
    for distance in DISTANCES:
        for deviation in DEVIATIONS:
            with localcontext() as context:
                context.prec = high_precision.DIGITS
                strike = Decimal(distance).exp()
                zero, one = Decimal(0), Decimal(1)
                price = high_precision.price(True, one, strike, one, zero, Decimal(deviation), zero)
                value = price / strike.sqrt()
            if value > Decimal("1e-9"):
                rows.append((-float(distance), float(value), float(deviation)))
    x, normalised, true = np.array(rows).T
    assert len(x) > 25
    return x, normalised, true


def settled(x: FloatArray, value: FloatArray, start: FloatArray) -> tuple[NDArray[np.bool_], FloatArray]:
    solver = WarmSolver(x.shape)
    with np.errstate(all="ignore"):
        np.add(np.log(2.0 * value), 0.5 * x, solver.log_twice_value)
        np.divide(start, DEVIATION_SCALE, solver.scaled_deviation)
        good = solver.settle(-0.25 * x)
    return good, solver.scaled_deviation * DEVIATION_SCALE


@pytest.mark.parametrize("factor", [0.2, 0.6, 0.9, 0.95, 0.98, 0.999, 1.0, 1.001, 1.02, 1.05, 1.1, 1.5, 4.0])
def test_what_is_called_settled_is_right(priced: tuple[FloatArray, FloatArray, FloatArray], factor: float) -> None:
    x, value, true = priced
    good, found = settled(x, value, true * factor)
    assert np.abs(found / true - 1.0)[good].max(initial=0.0) <= 1e-12
    if abs(factor - 1.0) <= 0.021:
        assert good.all()


@pytest.mark.parametrize("bad", [float("nan"), 0.0, -0.1, float("inf")])
def test_without_a_start_nothing_is_called_settled(
    priced: tuple[FloatArray, FloatArray, FloatArray], bad: float
) -> None:
    x, value, true = priced
    assert not settled(x, value, np.full_like(true, bad))[0].any()


def test_a_cold_start_finds_each_deviation(priced: tuple[FloatArray, FloatArray, FloatArray]) -> None:
    x, value, true = priced
    assert solve_cold(x, value) == pytest.approx(true, rel=1e-12)
