"""The term structure of rates: its nodes, what lies between and beyond, and what is refused."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from terminal.domain.errors import BadInput
from terminal.pricing.rate_curve import RateCurve

CURVE = RateCurve((0.25, 0.5, 1.0), (0.018, 0.020, 0.023))


def test_nodes_are_met_and_the_ends_stay_flat() -> None:
    assert CURVE.rate([0.0, 0.01, 0.25, 0.5, 1.0, 7.0]).tolist() == pytest.approx(
        [0.018, 0.018, 0.018, 0.020, 0.023, 0.023]
    )


def test_between_nodes_the_forward_rate_is_flat() -> None:
    """Worked: growth 0.010 at half a year and 0.023 at one; halfway 0.0165, over 0.75 years 2.2 %."""
    assert float(CURVE.rate(0.75)) == pytest.approx(0.022)
    assert float(CURVE.discount(0.75)) == pytest.approx(np.exp(-0.0165))


@given(st.floats(-1.0, 5.0))
def test_a_flat_curve_is_flat(years: float) -> None:
    assert float(RateCurve.flat(0.029).rate(years)) == pytest.approx(0.029)
    assert float(RateCurve.flat(0.029).discount(years)) == pytest.approx(np.exp(-0.029 * max(years, 0.0)))


@pytest.mark.fault("F37")
@pytest.mark.parametrize(
    ("years", "rates", "field"),
    [
        ((), (), "rates"),
        ((1.0,), (0.01, 0.02), "rates"),
        ((0.0, 1.0), (0.01, 0.02), "years"),
        ((1.0, 1.0), (0.01, 0.02), "years"),
        ((0.5, float("nan")), (0.01, 0.02), "years"),
        ((1.0,), (float("nan"),), "rate"),
        ((1.0,), (2.9,), "rate"),
    ],
)
def test_what_is_no_curve_is_refused(years: tuple[float, ...], rates: tuple[float, ...], field: str) -> None:
    with pytest.raises(BadInput) as raised:
        RateCurve(years, rates)
    assert raised.value.field == field
