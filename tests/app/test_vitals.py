"""The program's pulse: what is sampled and what is made of the samples."""

import sys

import pytest
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from terminal.app.vitals import FirstPaint, Vitals, resident_mb


def test_the_slope_is_that_of_the_line_through_the_samples() -> None:
    vitals = Vitals()
    # 0.01 MB a second is 36 MB an hour; what came before the warm-up is not counted
    vitals.memory_mb = [(0.0, 900.0), *((60.0 + second, 100.0 + 0.01 * second) for second in range(20))]
    slope = vitals.memory_slope_mb_per_hour(60.0)
    assert slope == pytest.approx(36.0)


def test_a_few_samples_have_no_slope() -> None:
    vitals = Vitals()
    vitals.memory_mb = [(60.0 + second, 100.0) for second in range(9)]
    assert vitals.memory_slope_mb_per_hour(60.0) is None
    vitals.memory_mb.append((70.0, 100.0))
    assert vitals.memory_slope_mb_per_hour(60.0) == 0.0


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="resident memory is read from /proc")
def test_this_process_has_some_memory() -> None:
    resident = resident_mb()
    assert resident is not None
    assert 10 < resident < 100_000
    vitals = Vitals()
    vitals.sample()
    assert len(vitals.memory_mb) == 1


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
