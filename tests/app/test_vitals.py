"""The program's pulse: processor time, memory, the first paint."""

import sys

import pytest
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from terminal.app.memory import COLUMNS
from terminal.app.vitals import FirstPaint, Vitals


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="resident memory is read from /proc")
def test_this_process_has_some_memory() -> None:
    vitals = Vitals()
    vitals.sample(3)
    ((resident, fills),) = vitals.memory.rows[:, [COLUMNS.index("resident_mb"), COLUMNS.index("fills")]].tolist()
    assert 10 < resident < 100_000
    assert fills == 3


def test_work_shows_in_the_processor_share() -> None:
    vitals = Vitals()
    vitals.warm()
    sum(range(300_000))
    assert 0.0 < vitals.cpu_share() < 64.0


def test_the_first_paint_is_noted_once_there_is_something_to_paint(qtbot: QtBot) -> None:
    painted: list[bool] = []
    has_quotes = [False]

    class View(QWidget):
        def paintEvent(self, event: QPaintEvent) -> None:
            painted.append(has_quotes[0])

    view = View()
    qtbot.addWidget(view)
    first = FirstPaint(view, lambda: has_quotes[0])
    assert not first.isVisible()
    with qtbot.waitExposed(view):
        view.show()
    assert first.isVisible()
    first.flush()
    assert first.at is None
    has_quotes[0] = True
    first.flush()
    assert first.at is not None
    assert painted[-1]
    assert not first.isVisible()
