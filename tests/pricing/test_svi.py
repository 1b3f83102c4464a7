"""SVI slices: the two ways to write one, the conditions against arbitrage, and their repair."""

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from terminal.pricing.svi import (
    SviSlice,
    butterfly_free,
    calendar_gaps,
    density,
    total_variance,
)

#: Axel Vogt's slice, Gatheral and Jacquier (2014), example 3.1: positive everywhere, and it gives butterflies away
VOGT = SviSlice(-0.0410, 0.1331, 0.3060, 0.3586, 0.4153)
CLEAN = SviSlice(0.004, 0.05, -0.3, 0.02, 0.12)

slices = st.builds(
    SviSlice,
    st.floats(0.001, 0.05),
    st.floats(0.01, 0.4),
    st.floats(-0.9, -0.05) | st.floats(0.05, 0.9),
    st.floats(-0.2, 0.2),
    st.floats(0.02, 0.5),
)


def test_total_variance_of_a_worked_slice() -> None:
    """Worked: k = 0.07: y = 0.05, root 0.13; 0.004 + 0.05 (-0.015 + 0.13) = 0.00975; volatility over a year 9.874 %."""
    assert float(CLEAN.total_variance(0.07)) == pytest.approx(0.00975)
    assert float(CLEAN.volatility(0.07, 1.0)) == pytest.approx(0.0987421)


def test_the_published_example_is_found_out_and_repaired() -> None:
    assert float(VOGT.total_variance(np.linspace(-1.5, 1.5, 301)).min()) > 0.0
    assert not VOGT.is_butterfly_free
    jump_wings = VOGT.to_jump_wings(1.0)
    # Printed in section 5.1 of the paper
    assert jump_wings.variance == pytest.approx(0.01742625, abs=1e-8)
    assert jump_wings.skew == pytest.approx(-0.1752111, abs=1e-7)
    assert jump_wings.put_wing == pytest.approx(0.6997381, abs=1e-7)
    assert jump_wings.call_wing == pytest.approx(1.316798, abs=1e-6)
    assert jump_wings.least_variance == pytest.approx(0.0116249, abs=1e-7)
    safe = jump_wings.made_safe(1.0)
    assert (safe.call_wing, safe.least_variance) == pytest.approx((0.3493158, 0.01548182), abs=1e-7)
    mended = VOGT.without_butterfly(1.0)
    assert mended.is_butterfly_free
    assert float(mended.total_variance(0.0)) == pytest.approx(float(VOGT.total_variance(0.0)))
    # Not further than it has to
    near = np.linspace(-0.5, 0.5, 41)
    assert np.abs(mended.volatility(near, 1.0) - VOGT.volatility(near, 1.0)).max() < 0.03


@settings(max_examples=50)
@given(slices, st.floats(0.02, 2.0))
def test_jump_wings_lead_back_to_the_raw_slice(raw: SviSlice, years: float) -> None:
    back = raw.to_jump_wings(years).to_raw(years)
    k = np.linspace(-0.5, 0.5, 21)
    assert back.total_variance(k) == pytest.approx(raw.total_variance(k), rel=1e-5, abs=1e-8)


def test_a_slice_around_the_forward_leads_back_too() -> None:
    raw = SviSlice(0.01, 0.1, -0.4, 0.0, 0.2)
    assert raw.to_jump_wings(0.5).to_raw(0.5).parameters == pytest.approx(raw.parameters)


@given(slices, st.floats(0.05, 2.0))
def test_whatever_is_repaired_is_free(raw: SviSlice, years: float) -> None:
    assert raw.without_butterfly(years).is_butterfly_free


@given(slices)
def test_the_density_is_that_of_the_option_prices(raw: SviSlice) -> None:
    """Breeden and Litzenberger: the second derivative of the call by the strike, from prices alone."""
    assume(raw.is_butterfly_free)
    from terminal.pricing.black_scholes import price_on_forward

    k, h = 0.05, 1e-3
    strikes = np.exp(k) + np.array([-h, 0.0, h])
    at = np.log(strikes)
    calls = price_on_forward(1.0, 1.0, strikes, 1.0, raw.volatility(at, 1.0), 1.0)
    found = (calls[0] - 2.0 * calls[1] + calls[2]) / h**2
    w = float(raw.total_variance(k))
    d2 = -k / np.sqrt(w) - 0.5 * np.sqrt(w)
    expected = float(raw.density(k)) / np.sqrt(2.0 * np.pi * w) * np.exp(-0.5 * d2 * d2) / np.exp(k)
    assert found == pytest.approx(expected, rel=2e-2, abs=1e-3)


def test_a_wing_too_steep_and_a_negative_variance_are_arbitrage() -> None:
    assert not SviSlice(0.01, 1.5, 0.5, 0.0, 0.1).is_butterfly_free
    assert not SviSlice(-0.05, 0.1, 0.0, 0.0, 0.1).is_butterfly_free
    assert not butterfly_free(np.full(5, np.nan))
    assert CLEAN.is_butterfly_free


def test_a_later_slice_below_an_earlier_one_is_named() -> None:
    both = np.array([CLEAN.parameters, CLEAN.parameters])
    both[1, 0] -= 0.001
    assert calendar_gaps(both) == pytest.approx([0.001])
    assert calendar_gaps(both[::-1]).tolist() == [0.0]


def test_slices_of_all_expiries_are_looked_at_at_once() -> None:
    both = np.array([CLEAN.parameters, VOGT.parameters])
    k = np.array([-0.1, 0.0, 0.2])
    assert total_variance(both, k)[1] == pytest.approx(VOGT.total_variance(k))
    assert density(both, k)[0] == pytest.approx(CLEAN.density(k))
    assert butterfly_free(both).tolist() == [True, False]
