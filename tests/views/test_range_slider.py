"""A slider with two handles."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from terminal.views.appearance import Appearance
from terminal.views.range_slider import RangeSlider

Key = Qt.Key


@pytest.fixture
def slider(qtbot: QtBot, appearance: Appearance) -> RangeSlider:
    slider = RangeSlider(100, appearance)
    qtbot.addWidget(slider)
    slider.resize(212, 16)
    slider.show()
    return slider


def test_the_nearer_handle_is_dragged_and_never_passes_the_other(slider: RangeSlider) -> None:
    told: list[tuple[int, int]] = []
    slider.changed.connect(lambda lower, upper: told.append((lower, upper)))
    QTest.mousePress(slider, Qt.MouseButton.LeftButton, pos=slider.handle(0).toPoint())
    assert told == []
    QTest.mouseMove(slider, (slider.handle(0) + (slider.handle(1) - slider.handle(0)) * 0.25).toPoint())
    QTest.mouseRelease(slider, Qt.MouseButton.LeftButton)
    assert slider.ends == told[-1] == (25, 100)
    QTest.mouseClick(slider, Qt.MouseButton.LeftButton, pos=slider.handle(1).toPoint() * 0.8)
    assert slider.ends[0] == 25
    assert 75 < slider.ends[1] < 85
    slider.set_ends(40, 41)
    for key in (Key.Key_Right, Key.Key_PageUp):
        slider._held = 0
        QTest.keyClick(slider, key)
        assert slider.ends == (40, 41)


def test_keys_move_one_handle_and_change_to_the_other(slider: RangeSlider) -> None:
    slider.setFocus()
    QTest.keyClick(slider, Key.Key_Right)
    QTest.keyClick(slider, Key.Key_PageUp)
    assert slider.ends == (11, 100)
    QTest.keyClick(slider, Key.Key_Down)
    QTest.keyClick(slider, Key.Key_Left)
    assert slider.ends == (11, 99)
    QTest.keyClick(slider, Key.Key_Home)
    assert slider.ends == (11, 12)
    QTest.keyClick(slider, Key.Key_Up)
    QTest.keyClick(slider, Key.Key_Home)
    assert slider.ends == (0, 12)


def test_setting_it_tells_nobody(qtbot: QtBot, slider: RangeSlider) -> None:
    with qtbot.assertNotEmitted(slider.changed):
        slider.set_ends(3, 97)
    assert slider.ends == (3, 97)
