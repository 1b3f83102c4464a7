"""What stands over the window comes up again from under a dock that a layout has moved."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDockWidget, QLabel, QMainWindow
from pytestqt.qtbot import QtBot

from terminal.views.alerts.front import keep_in_front


def test_a_dock_that_came_over_it_is_gone_before_and_nothing_else_is(qtbot: QtBot) -> None:
    window = QMainWindow()
    qtbot.addWidget(window)
    dock = QDockWidget("orders", window)
    dock.setWidget(QLabel("table", dock))
    window.addDockWidget(Qt.DockWidgetArea.LeftDockWidgetArea, dock)
    window.setCentralWidget(None)  # type: ignore[arg-type] # as the desk has it: docks alone
    over = QLabel("card", window)
    over.setGeometry(20, 60, 60, 40)
    window.resize(300, 300)
    window.show()
    over.show()
    middle = over.geometry().center()
    dock.raise_()
    assert window.childAt(middle) is not over
    keep_in_front(over)
    assert window.childAt(middle) is over
    # Another that stands over the window stays where it is: two would fight for the front
    other = QLabel("picker", window)
    other.setGeometry(over.geometry())
    other.show()
    other.raise_()
    keep_in_front(over)
    assert window.childAt(middle) is other
    over.hide()
    dock.raise_()
    keep_in_front(over)
    assert over.isHidden()
