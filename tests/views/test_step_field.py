"""The field with − and +: every way to step, what is told and what is not."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from terminal.views.step_field import StepField
from tests.views.trading.ticket_rig import click, turn_wheel


@pytest.fixture
def field(qtbot: QtBot) -> StepField:
    """Counts whole numbers; "x" is a text that no step changes."""
    field = StepField(lambda text, count: text if text == "x" else str(int(text or "0") + count))
    qtbot.addWidget(field)
    field.show()
    return field


@pytest.fixture
def told(field: StepField) -> list[str]:
    told: list[str] = []
    field.edited.connect(told.append)
    return told


def test_keys_step_by_one_and_by_ten(field: StepField, told: list[str]) -> None:
    shift = Qt.KeyboardModifier.ShiftModifier
    QTest.keyClick(field.line, Qt.Key.Key_Up)
    QTest.keyClick(field.line, Qt.Key.Key_Up, shift)
    QTest.keyClick(field.line, Qt.Key.Key_PageUp)
    QTest.keyClick(field.line, Qt.Key.Key_Down)
    QTest.keyClick(field.line, Qt.Key.Key_Down, shift)
    QTest.keyClick(field.line, Qt.Key.Key_PageDown)
    assert told == ["1", "11", "21", "20", "10", "0"]


def test_buttons_step_and_leave_the_focus(qtbot: QtBot, field: StepField, told: list[str]) -> None:
    click(field.more)
    click(field.more)
    click(field.less)
    assert told == ["1", "2", "1"]
    assert field.less.focusPolicy() is field.more.focusPolicy() is Qt.FocusPolicy.NoFocus


def test_a_notch_of_the_wheel_is_one_step(field: StepField, told: list[str]) -> None:
    turn_wheel(field.line, 120)
    turn_wheel(field.line, 360)
    turn_wheel(field.line, -120)
    assert told == ["1", "4", "3"]


def test_a_touchpad_steps_once_a_notch_and_not_with_every_event(field: StepField, told: list[str]) -> None:
    for _ in range(29):
        turn_wheel(field.line, 8)
    assert told == ["1"]
    turn_wheel(field.line, 8)
    assert told == ["1", "2"]


def test_typing_is_told_and_setting_is_not(field: StepField, told: list[str]) -> None:
    field.set_text("7")
    assert told == []
    QTest.keyClicks(field.line, "5")
    assert told == ["75"]
    assert field.text == "75"


def test_the_cursor_stays_when_the_same_text_comes_again(field: StepField) -> None:
    field.set_text("12345")
    field.line.setCursorPosition(2)
    field.set_text("12345")
    assert field.line.cursorPosition() == 2


def test_a_step_that_changes_nothing_is_not_told(field: StepField, told: list[str]) -> None:
    field.set_text("x")
    QTest.keyClick(field.line, Qt.Key.Key_Up)
    turn_wheel(field.line, 120)
    assert told == []
    assert field.text == "x"


@pytest.mark.fault("F46")
def test_no_more_than_sixteen_signs_are_taken(field: StepField, told: list[str]) -> None:
    field.line.insert("9" * 10_000)
    assert field.text == "9" * 16
    field.step_by(1)
    # What is told is what stands there
    assert told[-1] == field.text
    assert len(field.text) == 16


def test_a_disabled_field_does_not_step(field: StepField, told: list[str]) -> None:
    field.setEnabled(False)
    field.step_by(1)
    click(field.more)
    turn_wheel(field.line, 120)
    assert told == []


def test_other_keys_reach_whoever_is_around(qtbot: QtBot) -> None:
    keys: list[int] = []

    class Around(QWidget):
        def keyPressEvent(self, event: QKeyEvent) -> None:
            keys.append(event.key())

    around = Around()
    qtbot.addWidget(around)
    field = StepField(lambda text, count: text, around)
    around.show()
    QTest.keyClick(field.line, Qt.Key.Key_Return)
    QTest.keyClick(field.line, Qt.Key.Key_Escape)
    assert keys == [Qt.Key.Key_Return, Qt.Key.Key_Escape]


@pytest.mark.fault("F82")
@pytest.mark.parametrize(("cursor", "anchor"), [(2, 2), (0, 0), (3, 1), (1, 3)])
def test_typing_is_forgotten_and_nothing_else(field: StepField, told: list[str], cursor: int, anchor: int) -> None:
    QTest.keyClicks(field.line, "704")
    assert field.line.isUndoAvailable()
    field.line.setCursorPosition(anchor)
    field.line.cursorForward(True, cursor - anchor)
    marked = field.line.selectedText()
    before = list(told)
    field.forget_typing()
    assert not field.line.isUndoAvailable()
    assert (field.text, field.line.cursorPosition(), field.line.selectedText()) == ("704", cursor, marked)
    assert told == before
