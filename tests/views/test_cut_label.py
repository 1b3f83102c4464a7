"""A label that has no room for its text says so, and has it whole in its tip."""

from pytestqt.qtbot import QtBot

from terminal.views.cut_label import CutLabel

TEXT = "On hold: 2 contracts of 50ETF: in the money, not exercised yet"


def test_what_has_no_room_ends_in_an_ellipsis_and_comes_back_with_the_room(qtbot: QtBot) -> None:
    label = CutLabel()
    qtbot.addWidget(label)
    font = label.font()
    font.setPixelSize(12)
    label.setFont(font)
    label.resize(600, 20)
    label.setText(TEXT)
    assert (label.shown, label.text(), label.toolTip()) == (TEXT, TEXT, "")
    label.resize(150, 20)
    label.show()
    assert label.shown.endswith("…")
    assert label.fontMetrics().horizontalAdvance(label.shown) <= 150
    assert (label.text(), label.toolTip()) == (TEXT, TEXT)
    label.resize(600, 20)
    assert (label.shown, label.toolTip()) == (TEXT, "")
    font.setPixelSize(40)
    label.setFont(font)
    assert label.shown.endswith("…")
    assert label.sizeHint().width() > 600
