"""The smart box under the hand."""

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QListWidget, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from terminal.services.desk import Desk
from terminal.views.appearance import Appearance
from terminal.views.smart_box import SmartBox


@pytest.fixture
def box(qtbot: QtBot, desk: Desk, appearance: Appearance) -> SmartBox:
    host = QWidget()
    qtbot.addWidget(host)
    box = SmartBox(desk.market, appearance)
    QVBoxLayout(host).addWidget(box)
    host.show()
    box._host = host  # type: ignore[attr-defined]  # keeps it alive
    return box


def shown_list(box: SmartBox) -> QListWidget:
    found = box.window().findChild(QListWidget)
    assert isinstance(found, QListWidget)
    return found


@pytest.mark.requirement("T3")
def test_typing_and_enter_choose_a_contract(qtbot: QtBot, box: SmartBox) -> None:
    box.setFocus()
    with qtbot.waitSignal(box.contract_chosen) as chosen:
        QTest.keyClicks(box, "50 c 12 2.5")
        assert "50ETF Dec 2.50 Call" in shown_list(box).item(0).text()
        QTest.keyClick(box, Qt.Key.Key_Return)
    assert chosen.args == ["10000015"]
    assert box.text() == ""
    assert shown_list(box).isHidden()


def test_an_underlying_is_told_as_one(qtbot: QtBot, box: SmartBox) -> None:
    with qtbot.waitSignal(box.underlying_chosen) as chosen:
        QTest.keyClicks(box, "300")
        QTest.keyClick(box, Qt.Key.Key_Enter)
    assert chosen.args == ["510300"]


def test_the_arrows_walk_the_list_round(qtbot: QtBot, box: SmartBox) -> None:
    QTest.keyClicks(box, "50 c")
    count = len(box.matches)
    assert shown_list(box).currentRow() == 0
    QTest.keyClick(box, Qt.Key.Key_Up)
    assert shown_list(box).currentRow() == count - 1
    QTest.keyClick(box, Qt.Key.Key_Down)
    QTest.keyClick(box, Qt.Key.Key_Down)
    wanted = box.matches[1].code
    with qtbot.waitSignal(box.contract_chosen) as chosen:
        QTest.keyClick(box, Qt.Key.Key_Return)
    assert chosen.args == [wanted]


def test_escape_gives_up(qtbot: QtBot, box: SmartBox) -> None:
    QTest.keyClicks(box, "50")
    QTest.keyClick(box, Qt.Key.Key_Escape)
    assert box.text() == ""
    assert shown_list(box).isHidden()


def test_enter_on_nothing_does_nothing(qtbot: QtBot, box: SmartBox) -> None:
    with qtbot.assertNotEmitted(box.contract_chosen), qtbot.assertNotEmitted(box.underlying_chosen):
        QTest.keyClicks(box, "zzzz")
        shown = shown_list(box)
        assert [shown.item(n).text() for n in range(shown.count())] == ["Nothing listed fits"]
        assert shown.isVisible()
        QTest.keyClick(box, Qt.Key.Key_Return)
        row = shown.visualItemRect(shown.item(0))
        QTest.mouseClick(shown.viewport(), Qt.MouseButton.LeftButton, pos=row.center())


@pytest.mark.parametrize(
    ("text", "modifiers", "taken"),
    [
        ("5", Qt.KeyboardModifier.NoModifier, True),
        ("S", Qt.KeyboardModifier.ShiftModifier, True),
        ("\u8d2d", Qt.KeyboardModifier.NoModifier, True),
        ("5", Qt.KeyboardModifier.KeypadModifier, True),
        ("k", Qt.KeyboardModifier.ControlModifier, False),
        ("/", Qt.KeyboardModifier.NoModifier, False),
        (" ", Qt.KeyboardModifier.NoModifier, False),
        ("", Qt.KeyboardModifier.NoModifier, False),
    ],
)
def test_only_letters_and_digits_are_taken(
    box: SmartBox, text: str, modifiers: Qt.KeyboardModifier, taken: bool
) -> None:
    event = QKeyEvent(QEvent.Type.KeyPress, 0, modifiers, text)
    assert box.takes(event) is taken
    assert box.text() == (text if taken else "")
