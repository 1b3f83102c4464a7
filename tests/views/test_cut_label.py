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


def test_a_page_from_outside_is_told_and_not_shown(qtbot: QtBot) -> None:
    label = CutLabel()
    qtbot.addWidget(label)
    label.resize(40, 20)
    label.setText("<img src='//elsewhere/x.png'>\nA & B")
    label.show()
    assert label.toolTip() == "<qt>&lt;img src=&#x27;//elsewhere/x.png&#x27;&gt;<br>A &amp; B</qt>"


def test_a_shorter_form_stands_where_the_whole_has_no_room(qtbot: QtBot) -> None:
    label = CutLabel()
    qtbot.addWidget(label)
    label.resize(600, 20)
    label.set_forms(TEXT, "2 contracts on hold", "2 on hold")
    assert label.shown == label.text() == TEXT
    metrics = label.fontMetrics()
    label.show()
    label.resize(metrics.horizontalAdvance("2 contracts on hold") + 2, 20)
    assert (label.shown, label.text(), label.toolTip()) == ("2 contracts on hold", TEXT, TEXT)
    label.resize(metrics.horizontalAdvance("2 on hold") + 2, 20)
    assert label.shown == "2 on hold"
    label.resize(metrics.horizontalAdvance("2 on"), 20)
    assert label.shown.endswith("…")
    shown = label.shown
    label.set_forms("Another text that has no room", "2 contracts on hold", "2 on hold")
    assert (label.shown, label.toolTip()) == (shown, "Another text that has no room")
    label.setText("short")
    assert label.text() == "short"
