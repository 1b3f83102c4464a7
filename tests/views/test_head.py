"""Words that wrap above the panels do not push a window over the edge of the screen."""

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QMainWindow, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from terminal.views.head import Head


@pytest.mark.requirement("X8")
def test_the_least_height_of_a_window_is_that_of_words_at_the_width_it_has(qtbot: QtBot) -> None:
    words = QLabel("You hold 20 calls and 10 puts, all of which expire on Wednesday. Exercise what is worth it. " * 8)
    words.setWordWrap(True)
    button = QPushButton("x")
    button.setMinimumWidth(1100)
    window, head = QMainWindow(), Head(button, words)
    qtbot.addWidget(window)
    window.setMenuWidget(head)
    panel = QWidget()
    window.setCentralWidget(panel)
    panel.setMinimumSize(900, 400)
    window.resize(1366, 700)
    window.show()
    QApplication.processEvents()
    # While a layout is put on screen the panels are not there for a moment
    panel.setMinimumSize(50, 400)
    panel.updateGeometry()
    QApplication.processEvents()
    assert window.height() == 700
    layout = window.layout()
    assert layout is not None
    assert layout.totalMinimumSize().height() < 600
    # Narrower than its least width it is as high as it has to be
    head.resize(600, 100)
    assert head.heightForWidth(600) > head.heightForWidth(1366)
