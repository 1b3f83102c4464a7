"""Fits of SVI: exact on its own kind, close on clean smiles, indifferent to bad quotes, never arbitrageable."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from terminal.pricing.svi import butterfly_free, total_variance
from terminal.pricing.svi_fit import fit_svi

YEARS = np.array([24.0, 49.0, 89.0, 154.0, 250.0]) / 365.0
#: Thirty strikes to some two deviations on both sides
K = np.linspace(-1.0, 1.0, 30) * (0.4 * np.sqrt(YEARS) + 0.02)[:, None]
TRUE = np.stack(
    (
        0.02 * YEARS,
        0.06 * np.sqrt(YEARS),
        np.full(5, -0.3),
        np.full(5, 0.01),
        0.1 * np.sqrt(YEARS) + 0.03,
    ),
    axis=1,
)
BAND = np.full(K.shape, 0.003)


def quoted(parameters: NDArray[np.float64] = TRUE) -> NDArray[np.float64]:
    return np.asarray(np.sqrt(total_variance(parameters, K) / YEARS[:, None]))


def worst(parameters: NDArray[np.float64], volatility: NDArray[np.float64]) -> float:
    return float(np.abs(quoted(parameters) - volatility).max())


@pytest.mark.requirement("X5")
def test_its_own_kind_is_met_cold_and_warm() -> None:
    volatility = quoted()
    cold = fit_svi(K, volatility, BAND, YEARS)
    assert worst(cold.parameters, volatility) < 1e-6
    assert cold.error.max() < 1e-6
    near = TRUE * (1.0 + 0.05 * np.random.default_rng(1).normal(size=TRUE.shape))
    warm = fit_svi(K, volatility, BAND, YEARS, near)
    assert worst(warm.parameters, volatility) < 1e-5
    assert not cold.repaired.any()


@pytest.mark.requirement("X5")
@pytest.mark.parametrize(("skew", "curvature"), [(-0.03, 0.08), (0.02, 0.05), (0.0, 0.1), (-0.06, 0.06)])
def test_a_clean_smile_of_another_kind_is_met_to_fifteen_basis_points(skew: float, curvature: float) -> None:
    """A parabola in log moneyness over the root of years, which SVI is not."""
    z = K / np.sqrt(YEARS)[:, None]
    volatility = 0.2 + skew * z + curvature * z * z
    fit = fit_svi(K, volatility, BAND, YEARS)
    assert np.abs(fit.residual).max() <= 15e-4
    assert butterfly_free(fit.parameters).all()


@settings(max_examples=30)
@given(st.integers(0, 29), st.sampled_from([-0.08, 0.15, 1.0]), st.floats(1e-4, 0.01), st.integers(0, 4))
def test_a_bad_quote_bends_nothing(place: int, wrong: float, band: float, expiry: int) -> None:
    volatility, bands = quoted(), BAND.copy()
    volatility[expiry, place] += wrong
    bands[expiry, place] = band
    for start in (None, TRUE):
        fit = fit_svi(K, volatility, bands, YEARS, start)
        assert worst(fit.parameters, quoted()) <= 15e-4
        assert fit.residual[expiry, place] == pytest.approx(-wrong, abs=15e-4)


def test_a_tick_s_noise_stays_noise_and_warm_fits_follow_it() -> None:
    random = np.random.default_rng(5)
    parameters = None
    for tick in range(5):
        true = TRUE * (1.0 + 0.01 * tick)
        volatility = quoted(true) + 0.001 * random.normal(size=K.shape)
        fit = fit_svi(K, volatility, BAND, YEARS, parameters)
        parameters = fit.parameters
        assert worst(parameters, quoted(true)) < 15e-4
        assert (fit.error < 0.002).all()


@settings(max_examples=40)
@given(st.integers(0, 2**32 - 1))
def test_no_quotes_whatever_make_a_slice_that_gives_butterflies_away(seed: int) -> None:
    random = np.random.default_rng(seed)
    volatility = np.abs(0.2 + 0.1 * random.normal(size=K.shape)) + 0.01
    volatility[random.random(K.shape) < 0.2] = np.nan
    fit = fit_svi(K, volatility, BAND * random.uniform(0.1, 10.0, K.shape), YEARS)
    solved = np.isfinite(fit.parameters).all(axis=1)
    assert solved.any()
    assert butterfly_free(fit.parameters[solved]).all()


@pytest.mark.fault("F35")
def test_too_few_quotes_and_no_time_give_no_slice_and_harm_no_other() -> None:
    volatility = quoted()
    volatility[0, 4:] = np.nan
    years = YEARS.copy()
    years[1] = 0.0
    fit = fit_svi(K, volatility, BAND, years)
    assert fit.slice_of(0) is None
    assert fit.slice_of(1) is None
    for expiry in (2, 3, 4):
        found = fit.slice_of(expiry)
        assert found is not None
        assert found.parameters == pytest.approx(TRUE[expiry], rel=1e-3)
    assert np.isnan(fit.residual[:2]).all()
    warm = fit_svi(K, volatility, BAND, years, fit.parameters)
    assert np.isnan(warm.parameters[:2]).all()
