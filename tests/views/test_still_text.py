"""Texts that change without moving what stands around them."""

import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from terminal.views.still_text import StillPlace, put_tip


class _Requests(QObject):
    """Counts how often a widget is asked to lay out what is in it."""

    def __init__(self, watched: QWidget) -> None:
        super().__init__(watched)
        self.count = 0
        watched.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        self.count += event.type() == QEvent.Type.LayoutRequest
        return False


def _shown(qtbot: QtBot, place: StillPlace) -> tuple[QWidget, _Requests]:
    around = QWidget()
    qtbot.addWidget(around)
    around.resize(300, 200)
    box = QVBoxLayout(around)
    box.addWidget(place)
    box.addStretch()
    around.show()
    qtbot.waitExposed(around)
    return around, _Requests(around)


def _settle() -> None:
    for _ in range(3):
        QApplication.processEvents()


def test_another_text_of_one_line_moves_nothing(qtbot: QtBot) -> None:
    place = StillPlace(QLabel("0.0702"))
    around, requests = _shown(qtbot, place)
    _settle()
    requests.count = 0
    place.put("0.0703")
    _settle()
    assert (place.held.text(), requests.count) == ("0.0703", 0)
    assert place.held.geometry() == place.rect()
    around.close()


def test_a_text_that_wraps_asks_for_height_only_when_it_needs_more(qtbot: QtBot) -> None:
    label = QLabel("one line")
    label.setWordWrap(True)
    place = StillPlace(label)
    around, requests = _shown(qtbot, place)
    _settle()
    low = place.height()
    requests.count = 0
    place.put("one more")
    _settle()
    assert requests.count == 0
    place.put("many words " * 30)
    _settle()
    assert requests.count > 0
    assert place.height() >= 2 * low
    assert label.height() == place.height()
    around.close()


def test_a_button_keeps_the_least_height_that_it_was_given() -> None:
    button = QPushButton("Buy")
    button.setMinimumHeight(47)
    place = StillPlace(button)
    assert place.minimumSizeHint().height() == place.sizeHint().height() == 47


def test_a_tip_is_given_once(qtbot: QtBot) -> None:
    label = QLabel()
    qtbot.addWidget(label)
    told: list[QEvent.Type] = []

    class _Told(QObject):
        def eventFilter(self, watched: QObject, event: QEvent) -> bool:
            told.append(event.type())
            return False

    watch = _Told(label)
    label.installEventFilter(watch)
    put_tip(label, "why")
    put_tip(label, "why")
    assert label.toolTip() == "why"
    assert told.count(QEvent.Type.ToolTipChange) == 1


@pytest.mark.parametrize("text", ["", "x"])
def test_the_same_text_is_no_change(qtbot: QtBot, text: str) -> None:
    place = StillPlace(QLabel(text))
    qtbot.addWidget(place)
    place.put(text)
    assert place.held.text() == text
