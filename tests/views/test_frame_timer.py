"""FrameTimer: visible views only, and how late the loop let it come."""

import time

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QMainWindow, QWidget
from pytestqt.qtbot import QtBot

from terminal.views.docks import Dock
from terminal.views.frame_timer import GAP_CLASSES_MS, INTERVAL_MS, FrameTimer


class CountingView(QWidget):
    """Counts its flushes."""

    def __init__(self) -> None:
        super().__init__()
        self.flushes = 0

    def flush(self) -> None:
        """Count."""
        self.flushes += 1


class Seconds:
    """A clock moved by hand."""

    def __init__(self) -> None:
        self.now = 50.0

    def __call__(self) -> float:
        """Seconds now."""
        return self.now


def test_hidden_views_are_left_alone(qtbot: QtBot) -> None:
    timer, shown, hidden = FrameTimer(), CountingView(), CountingView()
    for view in (shown, hidden):
        qtbot.addWidget(view)
        timer.register(view)
    shown.show()
    timer.tick()
    assert (shown.flushes, hidden.flushes) == (1, 0)
    shown.hide()
    timer.tick()
    assert shown.flushes == 1


def test_a_view_may_be_served_less_often_and_no_longer(qtbot: QtBot) -> None:
    timer, view = FrameTimer(), CountingView()
    qtbot.addWidget(view)
    view.show()
    timer.register(view, every=5)
    for _ in range(10):
        timer.tick()
    assert view.flushes == 2
    timer.unregister(view)
    for _ in range(10):
        timer.tick()
    assert view.flushes == 2


def test_a_view_that_was_deleted_is_skipped(qtbot: QtBot) -> None:
    import shiboken6

    timer, view = FrameTimer(), CountingView()
    timer.register(view)
    view.show()
    shiboken6.delete(view)
    timer.tick()
    assert timer.frames == 1


def test_lateness_is_counted_by_class_and_the_worst_is_kept(qapp: object) -> None:
    seconds = Seconds()
    timer = FrameTimer(seconds)
    timer.tick()
    for late_ms in (0.0, 1.5, 30.0, 700.0):
        seconds.now += (INTERVAL_MS + late_ms) / 1000
        timer.tick()
    assert sum(timer.gaps) == 4
    assert timer.worst_gap_ms == pytest.approx(700)
    assert timer.gaps[0] == 1
    assert timer.gaps[GAP_CLASSES_MS.index(2)] == 1
    assert timer.gaps[GAP_CLASSES_MS.index(50)] == 1
    assert timer.gaps[-1] == 1


def test_time_between_stop_and_start_is_no_gap(qtbot: QtBot) -> None:
    timer = FrameTimer(time.perf_counter)
    timer.start()
    qtbot.waitUntil(lambda: timer.frames >= 2)
    timer.stop()
    gaps = sum(timer.gaps)
    timer.start()
    qtbot.waitUntil(lambda: timer.frames >= 4)
    timer.stop()
    assert sum(timer.gaps) <= gaps + timer.frames - 3


def test_before_a_picture_every_visible_view_is_served_whatever_its_pace(qtbot: QtBot) -> None:
    timer, shown, hidden = FrameTimer(), CountingView(), CountingView()
    for view in (shown, hidden):
        qtbot.addWidget(view)
        timer.register(view, every=50)
    shown.show()
    timer.serve_all()
    assert (shown.flushes, hidden.flushes) == (1, 0)


def test_a_view_may_change_its_pace(qtbot: QtBot) -> None:
    timer, view = FrameTimer(), CountingView()
    qtbot.addWidget(view)
    view.show()
    pace = [1]
    timer.register(view, lambda: pace[0])
    timer.tick()
    pace[0] = 3
    for _ in range(5):
        timer.tick()
    assert view.flushes == 3


def test_what_lies_behind_another_tab_is_left_alone_until_it_comes_up(qtbot: QtBot) -> None:
    timer, window = FrameTimer(), QMainWindow()
    qtbot.addWidget(window)
    views, docks = (CountingView(), CountingView()), []
    for number, view in enumerate(views):
        dock = Dock(f"dock {number}", "Orders", view, window)
        dock.visibilityChanged.connect(timer.serve_all_next)
        window.addDockWidget(Qt.DockWidgetArea.BottomDockWidgetArea, dock)
        docks.append(dock)
        timer.register(view, every=50)
    window.tabifyDockWidget(*docks)
    window.setAnimated(False)
    window.resize(600, 400)
    window.show()
    docks[0].raise_()
    QApplication.processEvents()
    for _ in range(100):
        timer.tick()
    # Qt calls both visible
    assert [view.isVisible() for view in views] == [True, True]
    assert (views[0].flushes >= 2, views[1].flushes) == (True, 0)
    docks[1].raise_()
    QApplication.processEvents()
    timer.tick()
    assert views[1].flushes == 1


def test_a_view_that_cannot_be_seen_is_not_asked_for_its_pace(qtbot: QtBot) -> None:
    timer, view, asked = FrameTimer(), CountingView(), [0]
    qtbot.addWidget(view)

    def pace() -> int:
        asked[0] += 1
        return 1

    timer.register(view, pace)
    timer.tick()
    assert (asked[0], view.flushes) == (0, 0)
    view.show()
    timer.tick()
    assert (asked[0], view.flushes) == (1, 1)
