"""Plots on pyqtgraph: ranges, ticks, what nan does, zoom and the way back, and that no closed panel hangs anybody."""

import gc
import os
import threading
import time
import warnings
import weakref
from collections.abc import Iterator

import numpy as np
import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QPoint, QPointF, Qt, QtMsgType, qInstallMessageHandler
from PySide6.QtGui import QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QApplication, QMenu, QSplitter, QWidget
from pytestqt.qtbot import QtBot

from terminal.app.collector import ScreenCollector
from terminal.rules.profile import Profile
from terminal.services.day_minutes import DayMinutes
from terminal.services.desk import Desk
from terminal.views.appearance import Appearance
from terminal.views.plot import Plot, held
from terminal.views.plot_items import Band, Bars, Columns, Line, Marks, Rule, Whiskers
from terminal.views.risk.panel import RiskPanel
from terminal.views.theme import ThemeName
from terminal.views.trading.intraday_panel import IntradayPanel
from terminal.views.volatility.axis import spread_out
from terminal.views.volatility.panel import VolatilityPanel
from terminal.views.volatility.small_plots import TermPlot
from terminal.views.volatility.smile_plot import SmilePlot
from terminal.views.volatility.smiles_panel import SmilesPanel
from terminal.views.volatility.surface_panel import SurfacePanel
from tests.services.analysis_rig import CODE, NEAR, Rig
from tests.views.analysis.conftest import days

#: More of them are asked for by hand: PLOT_ROUNDS=500 python -X dev -m pytest tests/views/analysis/test_plots.py
_ROUNDS = int(os.environ.get("PLOT_ROUNDS", "4"))


@pytest.fixture
def plot(qtbot: QtBot, appearance: Appearance) -> Plot:
    """One area that can be zoomed, from 0 to 10 and from 18 to 22."""
    plot = Plot(appearance, 0, 0)
    area = plot.add_area(lambda value: f"{value:g}%", zooms=True)
    plot.finish(lambda value: f"{value:g}")
    qtbot.addWidget(plot)
    plot.resize(342, 218)
    plot.show()
    area.stand((0.0, 10.0), (18.0, 22.0))
    plot.grab()
    return plot


def test_a_range_holds_until_the_data_leave_it_or_are_lost_in_it() -> None:
    """Worked: 18 to 22 with 12 % of room is 17.76 to 22.24."""
    now = held((0.0, 0.0), (18.0, 22.0))
    assert now == pytest.approx((17.76, 22.24))
    assert held(now, (18.5, 21.0)) == now
    assert held(now, (18.0, 22.5)) == pytest.approx((17.73, 22.77))
    assert held(now, (19.9, 20.1)) == pytest.approx((19.44, 20.56)), "no narrower than a point"


@pytest.mark.parametrize(
    ("low", "high", "size", "step"),
    [(0.0, 10.0, 240.0, 1.0), (0.0, 10.0, 120.0, 2.0), (2.2, 2.8, 100.0, 0.2), (17.76, 22.24, 60.0, 2.0)],
)
def test_ticks_stand_at_multiples_of_one_two_or_five(
    plot: Plot, low: float, high: float, size: float, step: float
) -> None:
    """As many as have room: 24 pixels for each upwards."""
    assert plot.scales[0].tickSpacing(low, high, size) == [pytest.approx((step, 0.0))]


def test_an_area_goes_from_figures_to_pixels_and_back(plot: Plot) -> None:
    (area,) = plot.areas
    assert area.pixel(0.0, 22.0) == QPointF(42.0, 0.0)
    assert area.pixel(10.0, 18.0) == QPointF(342.0, 200.0)
    assert area.place(QPointF(192.0, 50.0)) == QPointF(5.0, 21.0)
    assert area.holds(QPointF(192.0, 50.0))
    assert not area.holds(QPointF(20.0, 50.0))
    assert area.x_per_pixel() == pytest.approx(10 / 300)


def test_nan_paints_nothing_and_warns_of_nothing(plot: Plot) -> None:
    nothing, (area,), blank = np.full(5, np.nan), plot.areas, plot.grab().toImage()
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        Line(area).lay(nothing, nothing)
        Bars(area).lay(nothing, nothing, nothing)
        Whiskers(area).lay(nothing, nothing, nothing, 0.1)
        Band(area).lay(nothing, nothing, nothing)
        Marks(area, "o", 5.0).lay(nothing[:0], nothing[:0])
        Columns(area).lay(nothing[:0], nothing[:0], 1.0, [])
        Rule(area).lay(float("nan"))
        assert plot.grab().toImage() == blank


def _turn_wheel(plot: Plot, at: QPointF) -> None:
    event = QWheelEvent(
        at, at, QPoint(), QPoint(0, 240), Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QCoreApplication.sendEvent(plot.viewport(), event)


def _press(plot: Plot, at: QPointF, button: Qt.MouseButton, *kinds: QEvent.Type) -> None:
    for kind in kinds:
        event = QMouseEvent(kind, at, at, button, button, Qt.KeyboardModifier.NoModifier)
        QCoreApplication.sendEvent(plot.viewport(), event)


def test_the_wheel_zooms_and_a_double_click_goes_back(plot: Plot) -> None:
    (area,), at = plot.areas, QPointF(192.0, 100.0)
    _turn_wheel(plot, at)
    near = area.x_range
    assert 0.0 < near[0] < near[1] < 10.0
    area.stand((0.0, 12.0), (18.0, 22.0))
    assert area.x_range == near, "what the user looks at stays"
    _press(plot, at, Qt.MouseButton.LeftButton, QEvent.Type.MouseButtonDblClick)
    assert area.x_range == (0.0, 12.0)
    area.stand((0.0, 11.0), (18.0, 22.0))
    assert area.x_range == (0.0, 11.0)


def test_there_are_no_menus(plot: Plot) -> None:
    """Pyqtgraph's own are in English, and export and transform what nobody here wants exported."""
    _press(
        plot, QPointF(192.0, 100.0), Qt.MouseButton.RightButton,
        QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonRelease,
    )  # fmt: skip
    assert [part for part in QApplication.topLevelWidgets() if isinstance(part, QMenu)] == []


@pytest.fixture
def minutes(desk: Desk, profile: Profile) -> DayMinutes:
    """Of a desk's own market: nothing has been traded."""
    return DayMinutes(desk.market, desk.bus, profile.sessions)


def _panels(
    rig: Rig, desk: Desk, minutes: DayMinutes, appearance: Appearance
) -> tuple[VolatilityPanel, SmilesPanel, SurfacePanel, RiskPanel, IntradayPanel]:
    curve = VolatilityPanel(
        rig.market, rig.bus, rig.valuation, rig.curves, appearance, now=lambda: rig.now, days_left=days
    )
    curve.show_series(CODE, NEAR)
    smiles = SmilesPanel(rig.valuation, rig.curves, appearance, days_left=days)
    surface = SurfacePanel(rig.valuation, rig.curves, appearance)
    risk = RiskPanel(rig.market, rig.valuation, rig.risk, rig.profit, rig.mark_outs, appearance)
    for panel in (smiles, surface, risk):
        panel.show_underlying(CODE)
    return curve, smiles, surface, risk, IntradayPanel(desk, minutes, appearance)


@pytest.fixture
def pressed() -> Iterator[ScreenCollector]:
    """The collector as in a desk, but due at every object, while another thread makes garbage without end."""
    ended = threading.Event()

    def litter() -> None:
        while not ended.is_set():
            for _ in range(200):
                cycle: list[object] = []
                cycle.append(cycle)
            time.sleep(0.001)

    was_on, limits = gc.isenabled(), gc.get_threshold()
    gc.disable()
    # What stands already is none of the test's, and would make each look long
    gc.collect()
    gc.freeze()
    gc.set_threshold(1, 1, 1)
    thread = threading.Thread(target=litter, name="litter")
    thread.start()
    yield ScreenCollector()
    ended.set()
    thread.join()
    gc.unfreeze()
    gc.set_threshold(*limits)
    if was_on:
        gc.enable()


@pytest.mark.requirement("T5")
@pytest.mark.fault("F82")
@pytest.mark.parametrize("in_window", [True, False])
def test_panels_can_be_closed_again_and_again(
    rig: Rig, desk: Desk, minutes: DayMinutes, appearance: Appearance, pressed: ScreenCollector, *, in_window: bool
) -> None:
    """Each by itself or all with their window: nothing is left, nothing hangs, Qt has nothing to say."""
    told: list[str] = []

    def hear(kind: QtMsgType, context: object, message: str) -> None:
        # Of the screen that tests run on
        if "propagateSizeHints" not in message:
            told.append(message)

    before = qInstallMessageHandler(hear)
    gone = []
    try:
        for number in range(_ROUNDS):
            panels = _panels(rig, desk, minutes, appearance)
            window = QSplitter()
            for panel in panels:
                if in_window:
                    window.addWidget(panel)
                panel.resize(500, 320)
                panel.show()
            window.show()
            for _ in range(3):
                rig.quote_all(shift=0.0001 * (number % 7))
                for panel in panels:
                    panel.flush()
                    panel.grab()
                    pressed.flush()
                QCoreApplication.processEvents()
            appearance.set_theme(list(ThemeName)[number % 2])
            gone += [weakref.ref(part) for panel in panels for part in (panel, *panel.findChildren(QWidget))]
            for closed in (window,) if in_window else (window, *panels):
                closed.close()
                closed.deleteLater()
            del panels, panel, window, closed
            if number % 2:
                pressed.flush()
            QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
            pressed.flush()
        gc.collect()
        appearance.changed.emit()
    finally:
        qInstallMessageHandler(before)
    assert told == []
    assert len(gone) > _ROUNDS * 20
    assert [ref for ref in gone if ref() is not None] == []


class _Broken(SmilePlot):
    def dress(self) -> None:
        """Fail where all items are there."""
        raise LookupError


@pytest.mark.fault("F82")
@pytest.mark.parametrize("is_destroyed", [True, False])
def test_a_plot_that_failed_or_was_forgotten_takes_nothing_with_it(
    rig: Rig, appearance: Appearance, pressed: ScreenCollector, *, is_destroyed: bool
) -> None:
    """The collector takes such a plot apart in an order of its own."""
    for _ in range(_ROUNDS):
        window = QWidget()
        smiles = SmilesPanel(rig.valuation, rig.curves, appearance, days_left=days, parent=window)
        smiles.show_underlying(CODE)
        with pytest.raises(LookupError):
            _Broken(appearance, window)
        forgotten = TermPlot(appearance)
        window.show()
        smiles.flush()
        forgotten.grab()
        if is_destroyed:
            window.deleteLater()
        del window, smiles, forgotten
        for _ in range(3):
            pressed.flush()
            QCoreApplication.processEvents()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        pressed.flush()


@pytest.mark.requirement("T5")
@pytest.mark.parametrize(
    ("strikes", "apart", "told"),
    [
        ([2.85, 2.9, 2.95, 3.0, 3.1], 0.02, {2.85, 2.9, 2.95, 3.0, 3.1}),
        # Of a row too dense the round ones
        ([2.85, 2.9, 2.95, 3.0, 3.1], 0.1, {2.9, 3.0, 3.1}),
        # Those of an adjusted series lie beside the others, at no even distance
        ([4.2, 4.286, 4.3, 4.384, 4.4, 4.481, 4.5, 5.114, 5.358], 0.06, {4.2, 4.3, 4.4, 4.5, 5.114, 5.358}),
        ([], 0.1, set()),
    ],
)
def test_words_of_strikes_never_lie_on_each_other(strikes: list[float], apart: float, told: set[float]) -> None:
    assert spread_out(strikes, apart) == told
