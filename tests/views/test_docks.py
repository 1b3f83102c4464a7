"""Docks: what stands on them is put again only when it has changed."""

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QLabel, QMainWindow, QToolButton
from pytestqt.qtbot import QtBot

from terminal.views.docks import Dock


class ToolTips(QObject):
    """Counts tool tips that are put."""

    put = 0

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Count."""
        self.put += event.type() is QEvent.Type.ToolTipChange
        return False


def test_a_new_figure_changes_the_title_and_no_tool_tip(qtbot: QtBot) -> None:
    window, counted = QMainWindow(), [0]
    qtbot.addWidget(window)
    dock = Dock("orders", "Orders", QLabel(), window, count=lambda: counted[0])
    tips = ToolTips()
    buttons = dock.findChildren(QToolButton)
    for button in buttons:
        button.installEventFilter(tips)
    counted[0] = 7
    dock.retitle()
    assert dock.windowTitle().endswith(" 7")
    assert tips.put == 0
    QApplication.sendEvent(dock, QEvent(QEvent.Type.LanguageChange))
    assert tips.put >= 2
    assert all(button.toolTip() for button in buttons if button.text() in "↗↙✕")
