"""Curves: fitted to a known smile, worked on by hand, published to disk and back after a crash."""

from datetime import date
from pathlib import Path

import numpy as np
import pytest

from terminal.domain.contracts import Right
from terminal.domain.errors import BadInput
from terminal.domain.orders import Instruction
from terminal.services.curve_fit import FitModel
from terminal.services.curves import Adjusting, CurveService
from terminal.services.events import AlarmKind, AlarmRaised, CurveChanged
from terminal.services.resting import resting_of
from terminal.services.smile import Smile
from terminal.services.valuation import Figure
from terminal.storage.curve_file import CurveFile
from tests.services.analysis_rig import CODE, FAR, NEAR, SPOT, Rig, smile_at


@pytest.fixture
def rig() -> Rig:
    return Rig()


def smile(rig: Rig, expiry: date = NEAR) -> Smile:
    found = rig.curves.smile(CODE, expiry)
    assert found is not None
    return found


def theoretical(rig: Rig, strike: str = "2.50") -> float:
    rig.valuation.refresh(CODE)
    row = rig.market.row_of[rig.find(Right.CALL, strike).code]
    return float(rig.valuation.values[Figure.THEORETICAL, row])


@pytest.mark.parametrize("model", list(FitModel))
@pytest.mark.parametrize("expiry", [NEAR, FAR])
def test_the_fit_lies_on_the_known_smile(rig: Rig, model: FitModel, expiry: date) -> None:
    rig.curves.set_model(CODE, model)
    s = smile(rig, expiry)
    middle = np.abs(s.points.k) < 0.06
    known = np.array([smile_at(k, s.forward.price, s.years) for k in s.points.strike])
    # A tick of these prices is 2 bp of volatility at the money
    assert np.abs(s.fit_volatility(s.points.k) - known)[middle].max() < 0.0020
    assert s.fit_error < 0.004
    assert s.butterfly_free
    assert s.calendar_free
    assert s.traits().at_the_money == pytest.approx(0.20, abs=0.0015)
    assert s.traits().skew == pytest.approx(-0.03, abs=0.015)


def test_the_smile_tells_what_the_market_says(rig: Rig) -> None:
    s = smile(rig)
    assert s.spot == SPOT
    assert s.forward.price == pytest.approx(SPOT * np.exp(0.02 * s.years), abs=3e-4)
    assert s.carry == pytest.approx(0.02, abs=0.004)
    assert s.dividend == pytest.approx(0.0, abs=4e-4)
    assert (s.points.strike[1:] > s.points.strike[:-1]).all()
    near = np.abs(s.points.k) < 0.05
    assert (s.points.call[0, near] < s.points.call[1, near]).all()
    assert s.settlement[near] == pytest.approx([smile_at(k, 2.4816, s.years) for k in s.points.strike[near]], abs=0.01)
    assert rig.curves.smile(CODE, date(2027, 1, 1)) is None


def test_theoretical_prices_stand_on_the_fit_and_then_on_what_is_published(rig: Rig) -> None:
    before = theoretical(rig)
    vega = rig.valuation.values[Figure.VEGA, rig.market.row_of[rig.find(Right.CALL, "2.50").code]] / 100  # per share
    rig.curves.adjust(CODE, NEAR, Adjusting.SHIFT, 0.01)
    assert theoretical(rig) == pytest.approx(before), "work on the bench makes no prices"
    rig.curves.publish(CODE, NEAR)
    assert theoretical(rig) - before == pytest.approx(vega * 0.01, rel=0.03)
    rig.curves.withdraw(CODE, NEAR)
    assert theoretical(rig) == pytest.approx(before)


def test_edges_are_what_trading_at_the_touch_earns(rig: Rig) -> None:
    row = rig.market.row_of[rig.find(Right.CALL, "2.50").code]
    theo = theoretical(rig)
    values = rig.valuation.values[:, row]
    assert values[Figure.BUY_EDGE] + values[Figure.SELL_EDGE] == pytest.approx(-4.0, abs=0.01), "the spread is 4 ticks"
    assert values[Figure.SELL_EDGE] == pytest.approx((values[Figure.MID] - 0.0002 - theo) * 10_000, abs=0.01)


def test_a_hand_moves_points_tilts_and_widens_and_locks(rig: Rig) -> None:
    heard: list[CurveChanged] = []
    rig.bus.subscribe(CurveChanged, heard.append)
    curve = rig.curves.begin(CODE, NEAR)
    assert rig.curves.curve(CODE, NEAR) is None, "looking makes no curve"
    middle = len(curve.handles) // 2
    rig.curves.drag(CODE, NEAR, middle, 0.25)
    rig.curves.toggle_lock(CODE, NEAR, middle)
    rig.curves.adjust(CODE, NEAR, Adjusting.TILT, 0.02)
    rig.curves.adjust(CODE, NEAR, Adjusting.WIDEN, 0.01)
    now = rig.curves.curve(CODE, NEAR)
    assert now is not None
    assert float(now.volatility(now.handles[middle])) == pytest.approx(0.25)
    assert float(now.volatility(now.handles[-1])) > float(curve.volatility(curve.handles[-1]))
    rig.curves.toggle_lock(CODE, NEAR, middle)
    rig.curves.refit(CODE, NEAR)
    assert len(heard) == 6
    assert not any(event.published for event in heard)
    rig.curves.revert(CODE, NEAR)
    assert rig.curves.curve(CODE, NEAR) is None
    with pytest.raises(BadInput, match="handle"):
        rig.curves.drag(CODE, NEAR, 99, 0.2)
    with pytest.raises(BadInput, match="volatility"):
        rig.curves.drag(CODE, NEAR, 0, 9.0)


def test_revert_goes_back_to_what_was_published(rig: Rig) -> None:
    rig.curves.adjust(CODE, NEAR, Adjusting.SHIFT, 0.01)
    rig.curves.publish(CODE, NEAR)
    published = rig.curves.curve(CODE, NEAR)
    rig.curves.adjust(CODE, NEAR, Adjusting.SHIFT, 0.05)
    rig.curves.revert(CODE, NEAR)
    assert rig.curves.curve(CODE, NEAR) == published


@pytest.mark.fault("F43")
def test_a_published_curve_is_in_force_again_after_a_crash(rig: Rig, tmp_path: Path) -> None:
    file = CurveFile(tmp_path / "curves.json")

    def service() -> CurveService:
        return CurveService(
            rig.market, rig.valuation, rig.settled, rig.bus, lambda: rig.now,
            monotonic=lambda: rig.seconds, store=file, resting=lambda: resting_of(rig.orders, rig.market),
        )  # fmt: skip

    first = service()
    first.adjust(CODE, NEAR, Adjusting.SHIFT, 0.02)
    first.publish(CODE, NEAR)
    first.adjust(CODE, NEAR, Adjusting.SHIFT, 0.07)
    in_force = theoretical(rig)
    # Nothing is closed or flushed: the program is gone
    second = service()
    assert second.remarks == ()
    rig.valuation.touch(CODE)
    assert theoretical(rig) == pytest.approx(in_force)
    curve = second.curve(CODE, NEAR)
    assert curve is not None
    assert not curve.is_changed, "what was not published is lost, as said"


@pytest.mark.fault("F44")
def test_a_damaged_file_costs_its_last_publish_only(rig: Rig, tmp_path: Path) -> None:
    file = CurveFile(tmp_path / "curves.json")
    rig.curves.adjust(CODE, NEAR, Adjusting.SHIFT, 0.02)
    rig.curves.publish(CODE, NEAR)
    kept = rig.store.kept
    file.save(kept)
    file.save({})
    for damage in (b"", b"{}x", file.path.read_bytes()[:-4], b'{"version":2}', b"[" * 100_000):
        file.path.write_bytes(damage)
        curves, remarks = file.load()
        assert curves == kept
        assert len(remarks) == 2
    wrong = file.backup.read_text("utf-8").replace('"forward": 2.', '"forward": -2.')
    file.path.write_text(wrong, "utf-8")
    assert file.load()[0] == kept


def test_a_full_disk_leaves_the_curve_in_force_and_says_so(rig: Rig) -> None:
    alarms: list[AlarmRaised] = []
    rig.bus.subscribe(AlarmRaised, alarms.append)
    rig.store.failure = OSError(28, "No space left on device")
    rig.curves.adjust(CODE, NEAR, Adjusting.SHIFT, 0.01)
    before = theoretical(rig)
    rig.curves.publish(CODE, NEAR)
    assert theoretical(rig) > before
    assert [(a.kind, a.figures) for a in alarms] == [(AlarmKind.CURVES_NOT_SAVED, ("No space left on device",))]


def test_own_orders_are_a_band_of_volatilities(rig: Rig) -> None:
    call = rig.find(Right.CALL, "2.50")
    row = rig.market.row_of[call.code]
    rig.valuation.refresh(CODE)
    rig.order(call, Instruction.BUY_OPEN, "0.0400", 5)
    rig.order(call, Instruction.BUY_OPEN, "0.0380", 5)
    rig.order(call, Instruction.SELL_OPEN, "0.0600", 5)
    s = smile(rig)
    place = int(np.flatnonzero(s.points.strike.round(2) == 2.5)[0])
    assert s.own_bid[place] < rig.valuation.values[Figure.MID_VOLATILITY, row] < s.own_ask[place]
    assert np.isfinite(s.own_bid).sum() == np.isfinite(s.own_ask).sum() == 1
    resting = resting_of(rig.orders, rig.market)
    assert (resting.bid_quantity[row], resting.best_bid[row]) == (10.0, 0.04)
    assert resting.bid_price[row] == pytest.approx(0.039)


def test_nothing_is_fitted_until_somebody_looks_and_then_at_a_bounded_pace(rig: Rig) -> None:
    assert rig.curves._fits == {}
    smile(rig)
    first = rig.curves._fits[CODE]
    rig.quote_all(shift=0.01)
    assert smile(rig).fit is first.shapes[0], "half a second has not passed"
    rig.seconds += 1.0
    # What came in between is not forgotten, though no quote has come since
    assert smile(rig).traits().at_the_money == pytest.approx(0.21, abs=0.002)
    assert not rig.valuation.is_stale(CODE)


def test_too_few_quotes_make_no_curve_and_no_work_on_it(rig: Rig) -> None:
    rig.market.quotes[1:] = 0
    s = smile(rig)
    assert s.fit is None
    assert np.isnan(s.traits().at_the_money)
    with pytest.raises(BadInput, match="sound quotes"):
        rig.curves.adjust(CODE, NEAR, Adjusting.SHIFT, 0.01)
