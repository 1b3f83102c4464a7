"""A spline through bid-ask bands: inside them, smooth, free of butterflies, indifferent to a bad quote."""

import msgspec
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from terminal.pricing.band_spline import BandSpline, fit_band_spline

YEARS = 0.25
K = np.linspace(-0.25, 0.25, 25)
SMILE = 0.2 - 0.08 * K + 0.6 * K * K
HALF = 0.004


def fitted(middle: np.ndarray[tuple[int, ...], np.dtype[np.float64]], half: float = HALF) -> BandSpline:
    spline = fit_band_spline(K, middle - half, middle + half, YEARS)
    assert spline is not None
    return spline


@pytest.mark.requirement("X5")
def test_the_curve_lies_in_the_bands_and_follows_a_clean_smile() -> None:
    noisy = SMILE + 0.002 * np.sin(np.arange(25) * 2.1)
    spline = fitted(noisy)
    found = spline.volatility(K, YEARS)
    assert np.count_nonzero(np.abs(found - noisy) > HALF * 1.05) <= 2
    assert np.abs(found - SMILE).max() < HALF
    assert spline.is_butterfly_free
    narrow = fitted(SMILE, 0.0005)
    assert np.abs(narrow.volatility(K, YEARS) - SMILE).max() < 15e-4


@settings(max_examples=20)
@given(st.integers(0, 24), st.sampled_from([-0.06, 0.1, 0.5]))
def test_a_bad_quote_bends_little(place: int, wrong: float) -> None:
    bad = SMILE.copy()
    bad[place] += wrong
    assert np.abs(fitted(bad).volatility(K, YEARS) - SMILE).max() < 3 * HALF


@settings(max_examples=15)
@given(st.integers(0, 2**32 - 1))
def test_no_quotes_whatever_make_a_curve_that_gives_butterflies_away(seed: int) -> None:
    random = np.random.default_rng(seed)
    assert fitted(0.2 + 0.05 * random.random(25)).is_butterfly_free


def test_beyond_the_strikes_the_wings_go_on_straight_and_upwards() -> None:
    spline = fitted(SMILE)
    far = spline.total_variance([0.25, 0.5, 0.75, 1.0])
    steps = np.diff(far)
    assert steps == pytest.approx(np.full(3, steps[0]))
    assert steps[0] > 0.0
    assert spline.total_variance([-1.0])[0] > spline.total_variance([-0.25])[0]


@pytest.mark.fault("F35", "F38")
def test_missing_sides_and_a_strike_listed_twice() -> None:
    k = np.concatenate((K, K[10:12]))
    middle = np.concatenate((SMILE, SMILE[10:12] + 0.01))
    half = np.concatenate((np.full(25, HALF), np.full(2, 3 * HALF)))
    bid, ask = middle - half, middle + half
    bid[3] = np.nan
    ask[5] = bid[5]
    spline = fit_band_spline(k, bid, ask, YEARS)
    assert spline is not None
    assert len(spline.knots) == 23
    assert np.abs(spline.volatility(K, YEARS) - SMILE).max() < HALF


@pytest.mark.fault("F35", "F36")
def test_too_few_strikes_or_no_time_give_no_curve() -> None:
    assert fit_band_spline(K[:3], SMILE[:3] - HALF, SMILE[:3] + HALF, YEARS) is None
    assert fit_band_spline(K, SMILE - HALF, SMILE + HALF, 0.0) is None


def test_it_is_written_and_read_back() -> None:
    spline = fitted(SMILE)
    assert msgspec.msgpack.decode(msgspec.msgpack.encode(spline), type=BandSpline) == spline
