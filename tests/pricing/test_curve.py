"""A trader's curve: what each operation does and leaves alone, and that a curve survives the disk."""

from datetime import date

import msgspec
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from terminal.domain.errors import BadInput
from terminal.pricing.band_spline import fit_band_spline
from terminal.pricing.curve import Curve
from terminal.pricing.svi import SviSlice

BASE = SviSlice(0.004, 0.05, -0.3, 0.02, 0.12)
HANDLES = (-0.2, -0.1, 0.0, 0.1, 0.2)
K = np.linspace(-0.3, 0.3, 61)


@pytest.fixture
def curve() -> Curve:
    return Curve.of(date(2026, 12, 23), 0.25, 2.5, BASE, HANDLES)


def test_untouched_it_is_the_fit(curve: Curve) -> None:
    assert curve.volatility(K) == pytest.approx(BASE.volatility(K, 0.25))


def test_shift_tilt_and_widen_do_what_they_say(curve: Curve) -> None:
    """Worked at k = 0.1, a quarter year: z = 0.2, so a tilt of 0.05 gives 1 point, a width of 0.25 gives 1 point."""
    base = float(curve.volatility(0.1))
    assert float(curve.shift(0.01).volatility(0.1)) == pytest.approx(base + 0.01)
    assert float(curve.tilt(0.05).volatility(0.1)) == pytest.approx(base + 0.01)
    assert float(curve.tilt(0.05).volatility(-0.1)) == pytest.approx(float(curve.volatility(-0.1)) - 0.01)
    assert float(curve.widen(0.25).volatility(0.1)) == pytest.approx(base + 0.01)
    assert float(curve.tilt(0.05).widen(0.25).volatility(0.0)) == pytest.approx(float(curve.volatility(0.0)))
    assert curve.shift(0.01).shift(-0.01).volatility(K) == pytest.approx(curve.volatility(K))


def test_dragging_moves_one_handle_and_not_its_neighbours(curve: Curve) -> None:
    dragged = curve.drag(3, 0.30)
    assert float(dragged.volatility(0.1)) == pytest.approx(0.30)
    still = [k for k in HANDLES if k != 0.1]
    assert dragged.volatility(still) == pytest.approx(curve.volatility(still))
    assert float(dragged.volatility(0.05)) == pytest.approx(
        float(curve.volatility(0.05)) + 0.5 * (0.30 - float(curve.volatility(0.1)))
    )
    # A corner pulled up that far is a butterfly given away, and the curve says so
    assert curve.is_butterfly_free
    assert not dragged.is_butterfly_free


@given(st.lists(st.tuples(st.sampled_from(["shift", "tilt", "widen"]), st.floats(-0.05, 0.05)), max_size=5))
def test_a_locked_handle_stays_whatever_is_done(operations: list[tuple[str, float]]) -> None:
    curve = Curve.of(date(2026, 12, 23), 0.25, 2.5, BASE, HANDLES).lock(1)
    held = float(curve.volatility(-0.1))
    for name, by in operations:
        curve = getattr(curve, name)(by)
    curve = curve.drag(2, 0.25).follow(SviSlice(0.006, 0.07, 0.1, 0.0, 0.1), years=0.24, forward=2.51)
    assert float(curve.volatility(-0.1)) == pytest.approx(held)
    assert curve.forward == 2.51
    loose = curve.unlock(1)
    assert loose.volatility(K) == pytest.approx(curve.volatility(K))
    assert float(loose.shift(0.01).volatility(-0.1)) == pytest.approx(held + 0.01)


def test_a_locked_handle_is_dragged_with_its_lock(curve: Curve) -> None:
    dragged = curve.lock(2).drag(2, 0.3).shift(0.05)
    assert float(dragged.volatility(0.0)) == pytest.approx(0.3)


def test_publishing_puts_in_force_and_reverting_goes_back(curve: Curve) -> None:
    assert curve.is_changed
    assert np.isnan(curve.published_volatility(K)).all()
    published = curve.shift(0.01).lock(1).publish()
    assert (published.revision, published.is_changed) == (1, False)
    worked_on = published.drag(3, 0.35).follow(SviSlice(0.01, 0.1, 0.0, 0.0, 0.2), years=0.25, forward=2.5)
    assert worked_on.is_changed
    assert worked_on.published_volatility(K) == pytest.approx(published.volatility(K))
    assert worked_on.revert() == published
    assert worked_on.publish().revision == 2
    assert curve.shift(0.02).drag(1, 0.4).lock(1).revert() == curve


def test_it_is_written_and_read_back_with_either_shape(curve: Curve) -> None:
    spline = fit_band_spline(K, BASE.volatility(K, 0.25) - 0.002, BASE.volatility(K, 0.25) + 0.002, 0.25)
    assert spline is not None
    worked_on = curve.shift(0.01).lock(2).publish().follow(spline, years=0.2, forward=2.4).drag(0, 0.4)
    for encode, decode in (
        (msgspec.msgpack.encode, msgspec.msgpack.decode),
        (msgspec.json.encode, msgspec.json.decode),
    ):
        assert decode(encode(worked_on), type=Curve) == worked_on


@pytest.mark.fault("F37")
@pytest.mark.parametrize("volatility", [0.0, -0.1, 10.0, float("nan"), float("inf")])
def test_an_absurd_volatility_is_refused(curve: Curve, volatility: float) -> None:
    with pytest.raises(BadInput, match="volatility"):
        curve.drag(1, volatility)


@pytest.mark.fault("F37")
def test_what_is_no_handle_and_no_change_is_refused(curve: Curve) -> None:
    for handle in (-1, 5):
        for operation in (curve.lock, curve.unlock, lambda n: curve.drag(n, 0.2)):
            with pytest.raises(BadInput, match="handle"):
                operation(handle)
    for name in ("shift", "tilt", "widen"):
        for by in (float("nan"), 50.0):
            with pytest.raises(BadInput):
                getattr(curve, name)(by)
    for handles in ((), (0.1, 0.1), (0.2, 0.1), (float("nan"),)):
        with pytest.raises(BadInput, match="handles"):
            Curve.of(date(2026, 12, 23), 0.25, 2.5, BASE, handles)


@pytest.mark.fault("F36")
def test_no_volatility_leaves_its_bounds_and_without_time_there_is_none(curve: Curve) -> None:
    assert curve.shift(-1.0).volatility(K) == pytest.approx(np.full(61, 0.001))
    assert np.isnan(curve.follow(BASE, years=0.0, forward=2.5).volatility(K)).all()
