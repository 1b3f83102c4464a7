"""Cards above the dashboard: narrow ones cut no line in half, and their tips have what they leave out."""

import pytest
from PySide6.QtCore import QPoint, QSizeF
from PySide6.QtGui import QFontMetrics, QHelpEvent
from PySide6.QtWidgets import QApplication, QToolTip
from pytestqt.qtbot import QtBot

from terminal.views.appearance import Appearance
from terminal.views.obligations.cards import Bar, Card, Cards, fitted
from terminal.views.theme import SIZE_NOTE

pytestmark = pytest.mark.requirement("M4")


@pytest.mark.parametrize("text", ["reached so far", "Primary market maker", "目前已达标", "中位 418.9 秒"])
def test_what_is_wrapped_has_room_for_all_its_lines_or_is_one(appearance: Appearance, qtbot: QtBot, text: str) -> None:
    metrics = QFontMetrics(appearance.words_at(SIZE_NOTE))
    wide = QSizeF(metrics.horizontalAdvance(text) + 4, metrics.height())
    assert fitted(metrics, wide, text) == text
    two_lines = QSizeF(metrics.horizontalAdvance(text) * 0.75, 2 * metrics.lineSpacing() + 2)
    assert fitted(metrics, two_lines, text) == text
    narrow = fitted(metrics, QSizeF(22, 2 * metrics.lineSpacing()), text)
    assert narrow.endswith("…")
    assert metrics.horizontalAdvance(narrow) <= 22
    assert "\n" not in narrow


def test_the_tip_of_a_card_has_all_of_it(appearance: Appearance, qtbot: QtBot) -> None:
    cards = Cards(appearance)
    qtbot.addWidget(cards)
    bars = (Bar("50ETF", 0.5, 0.7, "50.0%", good=False),)
    cards.show_cards((Card("Participation today", bars=bars), Card("Contract rate", "", "19.2%", "reached so far")))
    for width in (60, 120, 900):
        cards.resize(width, cards.height())
        assert not cards.grab().isNull()
    cards.show()
    for x, told in ((100, "Participation today 50ETF 50.0%"), (800, "Contract rate 19.2% reached so far")):
        at = QPoint(x, 20)
        QApplication.sendEvent(cards, QHelpEvent(QHelpEvent.Type.ToolTip, at, cards.mapToGlobal(at)))
        assert QToolTip.text() == told
    QToolTip.hideText()
