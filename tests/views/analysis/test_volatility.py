"""The smile on screen: what is drawn, what the keys and the mouse do to the trader's curve, small sizes, languages."""

from datetime import timedelta

import numpy as np
import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent
from pytestqt.qtbot import QtBot

from terminal.domain.contracts import Right
from terminal.domain.messages import TradeBatch, TradePrint
from terminal.domain.orders import Instruction
from terminal.pricing.curve import Curve
from terminal.services.curve_fit import FitModel
from terminal.services.events import OrderChanged
from terminal.views.appearance import Appearance
from terminal.views.theme import ThemeName
from terminal.views.translation import Languages
from terminal.views.volatility.axis import Axis, label, places
from terminal.views.volatility.panel import VolatilityPanel
from terminal.views.volatility.readout import lines_of
from terminal.views.volatility.smiles_panel import SmilesPanel
from terminal.views.volatility.surface_panel import Height, SurfacePanel
from tests.services.analysis_rig import CODE, FAR, NEAR, Rig

Key = Qt.Key


def own(rig: Rig) -> Curve:
    curve = rig.curves.curve(CODE, NEAR)
    assert curve is not None
    return curve


def press(panel: VolatilityPanel, qtbot: QtBot, *keys: Key, shift: bool = False) -> None:
    for key in keys:
        qtbot.keyClick(panel, key, Qt.KeyboardModifier.ShiftModifier if shift else Qt.KeyboardModifier.NoModifier)


@pytest.mark.requirement("T5")
def test_everything_of_the_smile_is_drawn(rig: Rig, curve: VolatilityPanel) -> None:
    plot = curve.plot
    smile = plot.smile
    assert smile is not None
    picture = plot.picture
    assert picture is not None
    x, y = picture.curve
    middle = int(np.argmin(np.abs(x - smile.forward.price)))
    assert y[middle] == pytest.approx(20.0, abs=0.2)
    assert np.isfinite(picture.calls.middle).sum() == np.isfinite(picture.puts.middle).sum() == 13
    strong = int(picture.calls.is_strong.sum()), int(picture.puts.is_strong.sum())
    assert strong == (6, 7), "of each strike the right out of the money tells most"
    assert picture.spot == pytest.approx(2.5)
    assert picture.forward == pytest.approx(smile.forward.price)
    assert len(picture.handles[0]) == 13
    assert not len(picture.own[0])
    assert float(curve.side.rows["atm"].figure.text()) == pytest.approx(20.0, abs=0.15)
    assert curve.side.rows["butterfly"].figure.text() == "✓ free"


def test_nothing_is_drawn_twice_and_nothing_while_hidden(rig: Rig, curve: VolatilityPanel) -> None:
    curve.flush()
    drawn = curve.plot.smile
    curve.flush()
    assert curve.plot.smile is drawn
    rig.quote_all(shift=0.01)
    curve.flush()
    assert curve.plot.smile is not drawn


def test_a_panel_is_not_built_before_it_is_served(rig: Rig, appearance: Appearance, qtbot: QtBot) -> None:
    panel = VolatilityPanel(
        rig.market, rig.bus, rig.valuation, rig.curves, appearance, now=lambda: rig.now, days_left=lambda e: 1
    )
    qtbot.addWidget(panel)
    assert not hasattr(panel, "plot")
    assert rig.curves._fits == {}


@pytest.mark.requirement("T5")
def test_keys_work_on_the_curve(rig: Rig, curve: VolatilityPanel, qtbot: QtBot) -> None:
    first = curve.selected
    press(curve, qtbot, Key.Key_Right)
    assert curve.selected == first + 1
    smile = curve.plot.smile
    assert smile is not None
    before = float(smile.curve_volatility(smile.points.k[[curve.selected]])[0])
    press(curve, qtbot, Key.Key_Up)
    assert float(own(rig).volatility(own(rig).handles[curve.selected])) == pytest.approx(before + 0.001)
    press(curve, qtbot, Key.Key_Down, shift=True)
    assert float(own(rig).volatility(own(rig).handles[curve.selected])) == pytest.approx(before - 0.004)
    qtbot.keyClicks(curve, "]]}")
    assert own(rig).adjustment.tilt == pytest.approx(0.01)
    assert own(rig).adjustment.width == pytest.approx(0.005)
    qtbot.keyClicks(curve, "[{")
    assert own(rig).adjustment.tilt == pytest.approx(0.005)
    press(curve, qtbot, Key.Key_L)
    assert own(rig).adjustment.locks[curve.selected] is not None
    press(curve, qtbot, Key.Key_F)
    assert own(rig).is_changed
    assert curve.expiries.tabs[0].title.endswith("*")
    press(curve, qtbot, Key.Key_Return)
    assert not own(rig).is_changed
    assert rig.store.writes == 1
    published = own(rig)
    press(curve, qtbot, Key.Key_Up)
    assert own(rig) != published
    press(curve, qtbot, Key.Key_Escape)
    assert own(rig).adjustment == published.adjustment


def test_a_key_that_is_not_the_curves_goes_on(curve: VolatilityPanel, qtbot: QtBot) -> None:
    event = QKeyEvent(QEvent.Type.KeyPress, Key.Key_5.value, Qt.KeyboardModifier.NoModifier, "5")
    curve.keyPressEvent(event)
    assert not event.isAccepted()


@pytest.mark.requirement("T5")
@pytest.mark.parametrize("axis", list(Axis))
def test_the_mouse_drags_a_point_on_every_axis(rig: Rig, curve: VolatilityPanel, qtbot: QtBot, axis: Axis) -> None:
    curve.axis_buttons[axis].click()
    curve.grab()
    plot, handle = curve.plot, 6
    at = plot.handle_place(handle).toPoint()
    assert plot.picture is not None
    before = float(plot.picture.handles[1][handle])
    qtbot.mousePress(plot.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert curve.selected == handle
    target = QPointF(at - QPoint(0, 20))
    plot.mouseMoveEvent(
        QMouseEvent(
            QEvent.Type.MouseMove, target, target, Qt.MouseButton.NoButton, Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
        )
    )  # fmt: skip
    qtbot.mouseRelease(plot.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert float(own(rig).volatility(own(rig).handles[handle])) * 100 > before + 0.1


def test_a_slip_of_hand_changes_nothing_and_is_told(rig: Rig, curve: VolatilityPanel) -> None:
    curve._drag(6, 9.0)
    assert rig.curves.curve(CODE, NEAR) is None
    assert "volatility" in curve.side.note.text()
    assert curve.side.note.isVisible()


def test_own_quotes_lay_a_band_under_the_curve(rig: Rig, curve: VolatilityPanel) -> None:
    for strike in ("2.45", "2.50", "2.55"):
        right = Right.PUT if strike == "2.45" else Right.CALL
        found = rig.find(right, strike)
        middle = rig.valuation.values[0, rig.market.row_of[found.code]]
        rig.order(found, Instruction.BUY_OPEN, f"{middle - 0.001:.4f}", 10)
        rig.order(found, Instruction.SELL_OPEN, f"{middle + 0.001:.4f}", 10)
    rig.bus.publish(OrderChanged(rig.orders[0]))
    curve.flush()
    assert curve.plot.picture is not None
    _, low, high = curve.plot.picture.own
    assert len(low) == 3
    assert (low < high).all()


def test_an_empty_book_leaves_an_empty_plot(rig: Rig, curve: VolatilityPanel) -> None:
    rig.market.quotes[:] = 0
    rig.valuation.touch(CODE)
    rig.seconds += 1
    curve.flush()
    assert curve.plot.picture is None
    curve.grab()
    curve.show_series("999999", NEAR)
    curve.flush()
    assert curve.underlying == CODE


def test_books_that_tell_no_smile_are_drawn_without_a_curve(
    rig: Rig, curve: VolatilityPanel, smiles: SmilesPanel
) -> None:
    """A warning in paint code has nobody above it but Qt; warnings are errors here."""
    rig.market.quotes[15:27] = 0
    rig.market.quotes[1:11] = 0
    rig.seconds += 1
    rig.valuation.touch(CODE)
    for panel in (curve, smiles):
        panel.flush()
        panel.grab()
    assert curve.plot.smile is not None
    assert curve.plot.smile.fit is None
    picture = curve.plot.picture
    assert picture is not None
    assert not np.isfinite(picture.curve[1]).any()
    assert not np.isfinite(picture.fit[1]).any()
    assert not len(picture.handles[0])
    assert curve.plot.handle_at(QPointF(100.0, 100.0)) == -1
    assert not curve.side.isEnabled()


def test_another_model_fits_other_curves(rig: Rig, curve: VolatilityPanel) -> None:
    curve.model.click()
    assert rig.curves.model(CODE) is FitModel.SPLINE
    assert curve.model.text() == "Spline"


@pytest.mark.requirement("X12")
def test_language_and_theme_change_while_it_runs(
    curve: VolatilityPanel, smiles: SmilesPanel, languages: Languages, appearance: Appearance
) -> None:
    languages.use("zh_CN")
    appearance.set_theme(ThemeName.LIGHT)
    QCoreApplication.sendPostedEvents()
    for panel in (curve, smiles):
        panel.flush()
        panel.grab()
    assert curve.side.publish.text() == "发布 ↵"
    assert curve.side.rows["butterfly"].figure.text() == "✓ 无"
    assert smiles.same.text() == "同轴"
    assert curve.plot.grab().toImage().pixelColor(1, 1) == appearance.theme.well


@pytest.mark.parametrize(("height", "work"), [(500, True), (300, False)])
def test_what_is_read_least_gives_way_in_a_low_dock(curve: VolatilityPanel, height: int, work: bool) -> None:
    curve.resize(900, height)
    curve.grab()
    assert curve.side.work_box.isVisible() is work
    assert curve.side.rows["atm"].figure.isVisible()
    assert curve.side.rows["dividend"].figure.isVisible() is work
    curve.resize(500, height)
    assert not curve.side.isVisible()


def test_all_expiries_stand_side_by_side_on_one_scale(rig: Rig, smiles: SmilesPanel) -> None:
    near, far = smiles.small
    assert near.y_range == far.y_range
    x, y = smiles.term.now
    assert y == pytest.approx([20.0, 20.0], abs=0.2)
    assert x[0] < x[1]
    smiles.same.setChecked(False)
    smiles.flush()
    assert near.y_range != far.y_range
    smiles.grab()


def test_the_surface_is_a_table_of_volatilities(rig: Rig, surface: SurfacePanel, qtbot: QtBot) -> None:
    model = surface.model
    assert (model.rowCount(), model.columnCount()) == (2, 13)
    assert float(model.data(model.index(0, 6))) == pytest.approx(20.0, abs=0.2)
    surface.show_height(Height.RESIDUAL)
    assert abs(float(model.data(model.index(0, 6)).replace("−", "-"))) < 30
    for height in Height:
        surface.show_height(height)
    with qtbot.waitSignal(surface.expiry_chosen) as chosen:
        surface.table.clicked.emit(model.index(1, 3))
    assert chosen.args == [CODE, FAR]


def test_axes_rise_with_the_strike(curve: VolatilityPanel) -> None:
    smile = curve.plot.smile
    assert smile is not None
    for axis in Axis:
        at = places(axis, smile, smile.points.k)
        assert (np.diff(at) > 0).all(), axis
    assert places(Axis.DELTA, smile, np.zeros(1))[0] == pytest.approx(-50.8, abs=0.5)
    assert [label(Axis.STRIKE, 2.5), label(Axis.STRIKE, 2.525)] == ["2.50", "2.525"]
    assert [label(Axis.LOG_MONEYNESS, -3.0), label(Axis.DELTA, -25.0)] == ["−3%", "25"]


def test_the_mouse_reads_a_strike_off(curve: VolatilityPanel, qtbot: QtBot) -> None:
    curve.grab()
    plot = curve.plot
    assert plot.smile is not None
    plain = plot.grab().toImage()
    at = plot.handle_place(4)
    move = QMouseEvent(
        QEvent.Type.MouseMove, at + QPointF(2.0, 60.0), at, Qt.MouseButton.NoButton, Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
    )  # fmt: skip
    plot.mouseMoveEvent(move)
    assert plot.hovered == 4
    assert plot.grab().toImage() != plain
    lines = dict(lines_of(plot.smile, 4))
    assert lines["Strike"] == "2.400"
    assert lines["Call"].endswith("%")
    assert lines["Books less curve"].endswith("bp")
    plot.leaveEvent(QEvent(QEvent.Type.Leave))
    assert plot.hovered == -1
    assert plot.grab().toImage() == plain


def test_a_zoom_stays_while_the_books_move_and_ends_with_the_expiry(rig: Rig, curve: VolatilityPanel) -> None:
    area = curve.plot.main
    area.scaleBy((0.5, 0.5))
    area.sigRangeChangedManually.emit((True, True))
    near = area.x_range
    rig.quote_all(shift=0.0001)
    curve.flush()
    assert area.x_range == near
    curve.show_series(CODE, FAR)
    curve.flush()
    assert area.x_range == area.home[0] != near


@pytest.mark.requirement("T5")
def test_the_point_is_typed_and_stepped_in_its_field(rig: Rig, curve: VolatilityPanel, qtbot: QtBot) -> None:
    """Typing counts when it is finished; Enter publishes nothing here, Esc takes nothing back."""
    curve.resize(900, 600)
    curve.activateWindow()
    field, handle = curve.side.field, curve.selected
    before = float(field.text)
    field.more.click()
    assert float(own(rig).volatility(own(rig).handles[handle])) == pytest.approx((before + 0.1) / 100)
    field.line.setFocus()
    field.line.selectAll()
    qtbot.keyClicks(field.line, "23.5")
    rig.quote_all(shift=0.0001)
    curve.flush()
    assert field.text == "23.5", "what is being typed stays"
    qtbot.keyClick(field.line, Key.Key_Return)
    assert float(own(rig).volatility(own(rig).handles[handle])) == pytest.approx(0.235)
    assert own(rig).is_changed
    assert rig.store.writes == 0
    assert field.text == "23.50"
    field.line.setFocus()
    qtbot.keyClicks(field.line, "9")
    qtbot.keyClick(field.line, Key.Key_Escape)
    assert own(rig).is_changed
    assert field.text == "23.50"
    curve._set_point("nan")
    assert "volatility" in curve.side.note.text()
    curve._set_point("much")
    assert "number" in curve.side.note.text()
    assert float(own(rig).volatility(own(rig).handles[handle])) == pytest.approx(0.235)


@pytest.mark.requirement("T5")
def test_what_publishing_would_change_is_told_before(rig: Rig, curve: VolatilityPanel, qtbot: QtBot) -> None:
    curve.resize(900, 640)
    rows = curve.side.impact.rows
    assert rows["moved"].figure.text() == "–"
    press(curve, qtbot, Key.Key_Up, shift=True)
    moved, of = rows["moved"].figure.text().split(" / ")
    assert 0 < int(moved) <= int(of) == 26
    assert rows["mean"].figure.text().startswith("+")
    assert rows["edge"].figure.text() == "–"
    assert curve.side.impact.isVisible()
    press(curve, qtbot, Key.Key_Return)
    assert rows["moved"].figure.text() == "–"
    curve.resize(900, 420)
    assert not curve.side.impact.isVisible()


@pytest.mark.requirement("T5")
def test_trades_are_dots_that_fade(rig: Rig, curve: VolatilityPanel) -> None:
    found = rig.find(Right.CALL, "2.55")
    printed = TradePrint(instrument=rig.market.row_of[found.code], price=260, quantity=40, at=rig.now, aggressor="B")
    rig.market.on_trades(TradeBatch(trades=(printed,)))
    rig.quote_all(shift=0.0001)
    curve.flush()
    assert curve.plot.picture is not None
    (at,), (volatility,), (lots,), (age,), (side,) = curve.plot.picture.trades
    assert (at, lots, age, side) == (pytest.approx(2.55), 40, 0.0, 1)
    assert 15 < volatility < 25
    bright = curve.plot.grab().toImage()
    rig.now += timedelta(seconds=50)
    rig.quote_all(shift=0.0001)
    curve.flush()
    assert curve.plot.picture is not None
    assert curve.plot.picture.trades[3] == pytest.approx([50 / 60])
    assert curve.plot.grab().toImage() != bright
