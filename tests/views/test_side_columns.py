"""Columns beside the chain: their widths are asked for after a move, and given back when another one goes."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDockWidget, QLabel, QMainWindow
from pytestqt.qtbot import QtBot

from terminal.views.docks import Dock
from terminal.views.side_columns import SideColumns


class CountingWindow(QMainWindow):
    """Counts how often it is asked where a dock is."""

    asked = 0

    def dockWidgetArea(self, dock: QDockWidget) -> Qt.DockWidgetArea:
        """Count."""
        self.asked += 1
        return super().dockWidgetArea(dock)


@pytest.fixture
def window(qtbot: QtBot) -> CountingWindow:
    window = CountingWindow()
    qtbot.addWidget(window)
    # What is tested must not depend on how far Qt has slid a dock
    window.setAnimated(False)
    window.setCentralWidget(QLabel("chain"))
    return window


def _docks(window: QMainWindow) -> dict[str, Dock]:
    docks = {name: Dock(name, "Ticket", QLabel(name), window) for name in ("ticket", "alerts")}
    for dock in docks.values():
        window.addDockWidget(Qt.DockWidgetArea.RightDockWidgetArea, dock)
    window.splitDockWidget(docks["ticket"], docks["alerts"], Qt.Orientation.Horizontal)
    window.resize(1200, 600)
    window.show()
    window.resizeDocks(list(docks.values()), [300, 250], Qt.Orientation.Horizontal)
    QApplication.processEvents()
    return docks


def test_frames_in_which_no_dock_has_moved_ask_nothing(window: CountingWindow) -> None:
    docks = _docks(window)
    columns = SideColumns(window, docks, frozenset())
    for dock in docks.values():
        dock.moved.connect(columns.note_move)
    columns.keep()
    asked = window.asked
    for _ in range(33):
        columns.keep()
    assert window.asked == asked > 0
    window.resizeDocks([docks["ticket"]], [400], Qt.Orientation.Horizontal)
    QApplication.processEvents()
    columns.keep()
    assert window.asked > asked


def test_what_was_noted_after_the_last_move_is_given_back(window: CountingWindow) -> None:
    docks = _docks(window)
    columns = SideColumns(window, docks, frozenset())
    for dock in docks.values():
        dock.moved.connect(columns.note_move)
    columns.keep()
    window.resizeDocks([docks["ticket"]], [400], Qt.Orientation.Horizontal)
    QApplication.processEvents()
    columns.keep()
    assert docks["ticket"].width() == 400
    docks["alerts"].close()
    QApplication.processEvents()
    columns.keep()
    QApplication.processEvents()
    assert docks["ticket"].width() == 400
