"""Plots painted from arrays: round ranges, ticks, what nan does, and that no closed panel hangs anybody."""

import gc
import warnings
import weakref
from itertools import groupby

import numpy as np
import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QRectF, QtMsgType, qInstallMessageHandler
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QSplitter, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import Shiboken

from terminal.views.appearance import Appearance
from terminal.views.risk.panel import RiskPanel
from terminal.views.volatility.panel import VolatilityPanel
from terminal.views.volatility.plot_frame import PlotFrame, Ticks, draw_ground, round_range, round_step, stepped
from terminal.views.volatility.plot_strokes import draw_band, draw_bars, draw_curve, draw_upright, hairline
from terminal.views.volatility.smiles_panel import SmilesPanel
from terminal.views.volatility.surface_panel import SurfacePanel
from tests.services.analysis_rig import CODE, NEAR, Rig
from tests.views.analysis.conftest import days

_ROUNDS = 20


def test_ranges_are_round() -> None:
    """Worked: 18 to 22 with 12 % of room is 17.5 to 22.5 in steps of 1."""
    assert round_range(18.0, 22.0) == (17.5, 22.5, 1.0)
    low, high, _ = round_range(20.0, 20.0)
    assert low < 20.0 < high


@pytest.mark.parametrize(
    ("span", "most", "step"), [((0.0, 10.0), 5, 2.0), ((0.0, 10.0), 10, 1.0), ((2.2, 2.8), 4, 0.2), ((-90, -10), 8, 10)]
)
def test_steps_are_one_two_or_five(span: tuple[float, float], most: int, step: float) -> None:
    assert round_step(span, most) == pytest.approx(step)


def test_ticks_stand_at_multiples_of_their_step() -> None:
    ticks = stepped((2.21, 2.61), 0.1, lambda value: f"{value:.1f}")
    assert ticks.texts == ("2.3", "2.4", "2.5", "2.6")


def test_a_frame_goes_from_figures_to_pixels_and_back() -> None:
    frame = PlotFrame(QRectF(40, 10, 200, 100), (2.0, 3.0), (10.0, 20.0))
    assert frame.x_of(2.5) == pytest.approx(140.0)
    assert frame.y_of(20.0) == pytest.approx(10.0)
    assert frame.value_at(frame.y_of(12.5)) == pytest.approx(12.5)
    assert [p.x() for p in frame.points(np.array([2.0, np.nan, 3.0]), np.array([10.0, 11.0, 12.0]))] == [40.0, 240.0]


def test_nan_paints_nothing_and_warns_of_nothing(appearance: Appearance) -> None:
    nothing, image = np.full(5, np.nan), QImage(100, 80, QImage.Format.Format_RGB32)
    image.fill(QColor("black"))
    blank = image.copy()
    frame = PlotFrame(QRectF(0, 0, 100, 80), (0.0, 1.0), (0.0, 1.0))
    pen, painter = hairline(QColor("white")), QPainter(image)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        draw_curve(painter, frame, nothing, nothing, pen)
        draw_bars(painter, frame, nothing, nothing, nothing, pen, ends=1)
        draw_band(painter, frame, nothing, nothing, nothing, QColor("white"))
        draw_upright(painter, frame, float("nan"), pen)
        draw_ground(painter, frame, appearance, Ticks((), ()), Ticks((), ()))
    painter.end()
    assert image == blank


def test_words_of_ticks_do_not_lie_on_each_other(appearance: Appearance) -> None:
    """A hundred ticks on a hundred pixels: those with room are written, with clear ground between them."""
    image = QImage(160, 60, QImage.Format.Format_RGB32)
    image.fill(QColor("black"))
    frame = PlotFrame(QRectF(40, 0, 110, 40), (0.0, 100.0), (0.0, 1.0))
    every = stepped((0.0, 100.0), 1.0, lambda value: f"{value:.3f}")
    painter = QPainter(image)
    draw_ground(painter, frame, appearance, every, Ticks((), ()))
    painter.end()
    inked = [any(image.pixelColor(x, y) != QColor("black") for y in range(44, 58)) for x in range(160)]
    ground = [len(list(run)) for ink, run in groupby(inked) if not ink]
    assert sum(width >= 6 for width in ground[1:-1]) >= 1
    assert any(inked)


def _panels(rig: Rig, appearance: Appearance) -> tuple[VolatilityPanel, SmilesPanel, SurfacePanel, RiskPanel]:
    curve = VolatilityPanel(
        rig.market, rig.bus, rig.valuation, rig.curves, appearance, now=lambda: rig.now, days_left=days
    )
    curve.show_series(CODE, NEAR)
    smiles = SmilesPanel(rig.valuation, rig.curves, appearance, days_left=days)
    surface = SurfacePanel(rig.valuation, rig.curves, appearance)
    risk = RiskPanel(rig.market, rig.valuation, rig.risk, rig.profit, rig.mark_outs, appearance)
    for panel in (smiles, surface, risk):
        panel.show_underlying(CODE)
    return curve, smiles, surface, risk


@pytest.mark.requirement("T5")
@pytest.mark.parametrize("in_window", [True, False])
def test_panels_can_be_closed_again_and_again(
    rig: Rig, appearance: Appearance, qtbot: QtBot, *, in_window: bool
) -> None:
    """Each by itself or all with their window: the collector finds nothing that hangs, Qt has nothing to say."""
    told: list[str] = []

    def hear(kind: QtMsgType, context: object, message: str) -> None:
        # Of the screen that tests run on
        if "propagateSizeHints" not in message:
            told.append(message)

    before = qInstallMessageHandler(hear)
    gone = []
    try:
        for number in range(_ROUNDS):
            panels = _panels(rig, appearance)
            window = QSplitter()
            for panel in panels:
                if in_window:
                    window.addWidget(panel)
                panel.resize(500, 320)
                panel.show()
                panel.flush()
                panel.grab()
            gone += [weakref.ref(part) for panel in panels for part in (panel, *panel.findChildren(QWidget))]
            for closed in (window,) if in_window else (window, *panels):
                closed.close()
                closed.deleteLater()
            del panels, panel, window, closed
            if number % 2:
                gc.collect()
            QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
            gc.collect()
            appearance.changed.emit()
    finally:
        qInstallMessageHandler(before)
    assert told == []
    assert len(gone) > _ROUNDS * 20
    assert [ref for ref in gone if ref() is not None] == []


@pytest.mark.requirement("T5")
def test_the_collector_takes_nothing_of_qt_apart(rig: Rig, appearance: Appearance, qtbot: QtBot) -> None:
    """Of closed panels only empty wrappers are left in cycles: a destructor run by the collector can wait for ever."""
    panels = _panels(rig, appearance)
    for panel in panels:
        panel.show()
        panel.flush()
        panel.grab()
    gc.collect()
    gc.disable()
    gc.set_debug(gc.DEBUG_SAVEALL)
    try:
        for panel in panels:
            panel.close()
            panel.deleteLater()
        del panels, panel
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        gc.collect()
        wrappers = [kept for kept in gc.garbage if isinstance(kept, Shiboken.Object)]
        alive = [type(wrapper).__name__ for wrapper in wrappers if Shiboken.isValid(wrapper)]
    finally:
        gc.set_debug(0)
        gc.garbage.clear()
        gc.enable()
    assert len(wrappers) >= 4
    assert alive == []
