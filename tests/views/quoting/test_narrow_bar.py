"""The grid's toolbar where it is narrow: short words that all fit, whole ones in the tips, a fault in its own line."""

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from terminal.views.appearance import Appearance
from terminal.views.quoting.toolbar import QuotingBar
from terminal.views.translation import Languages

pytestmark = pytest.mark.requirement("M4")
#: Beside the curve in a window 1366 wide, and below the chain in a wide one
_NARROW, _WIDE = 584, 1200
_NOTE = "Quoting since 09:30:00 by MM1"
Make = Callable[[int], QuotingBar]


@pytest.fixture
def make(dressed: Appearance, qtbot: QtBot) -> Make:
    """A toolbar over a quoter that runs, as wide as a test asks for."""

    def made(width: int) -> QuotingBar:
        bar = QuotingBar()
        qtbot.addWidget(bar)
        bar.show_underlyings([("510050", "50ETF"), ("588000", "STAR50 E")], "510050")
        bar.resize(width, 40)
        bar.show()
        tell(bar)
        return bar

    return made


def tell(bar: QuotingBar, *, note: str = _NOTE, critical: bool = False) -> None:
    bar.show_state(active=not critical, shadow=False, bid_paused=False, ask_paused=False, note=note, critical=critical)


def uncut(bar: QuotingBar) -> bool:
    """Whether every button has room for all that stands on it and none lies beyond the edge."""
    return all(
        button.width() >= button.minimumSizeHint().width() and button.geometry().right() <= bar.width()
        for button in bar.findChildren(QPushButton)
    )


@pytest.mark.requirement("X12")
@pytest.mark.parametrize("language", ["en", "zh_CN"])
@pytest.mark.parametrize("staged", [0, 124])
def test_everything_fits_beside_the_curve(make: Make, languages: Languages, language: str, staged: int) -> None:
    languages.use(language)
    bar = make(_NARROW)
    bar.show_staged(staged)
    QApplication.processEvents()
    assert bar.is_short
    assert uncut(bar)
    assert bar.start.toolTip() == _NOTE
    assert (str(staged) in bar.apply.text()) == bool(staged)
    # Short words are whole ones for who cannot see them
    assert bar.pause_bid.toolTip() == bar.pause_bid.accessibleName() == ("Pause bids" if language == "en" else "停买边")
    assert all(button.toolTip() for button in bar.findChildren(QPushButton))


def test_words_come_and_go_with_the_width(make: Make) -> None:
    bar = make(_WIDE)
    bar.show_staged(2)
    QApplication.processEvents()
    whole = [button.text() for button in bar.findChildren(QPushButton)]
    assert "Pause bids" in whole
    assert (bar.staged.text(), bar.note.text()) == ("2 staged", _NOTE)
    assert bar.note.isVisible()
    assert uncut(bar)
    bar.resize(_NARROW, 40)
    QApplication.processEvents()
    assert bar.is_short
    assert (bar.start.text(), bar.staged.text(), bar.apply.text()) == ("■ Stop", "", "Apply 2")
    assert not bar.note.isVisible()
    # More to say while it is narrow must not bring the whole words in
    tell(bar, note="Quoting since 09:31:00 by somebody with a long name")
    assert bar.is_short
    bar.resize(_WIDE, 40)
    QApplication.processEvents()
    assert [button.text() for button in bar.findChildren(QPushButton)] == whole


def test_a_fault_is_told_in_a_line_of_its_own(make: Make) -> None:
    bar = make(_NARROW)
    assert not bar.fault.isVisible()
    tell(bar, note="Stopped at 10:00:00: the price source fell silent", critical=True)
    assert bar.fault.isVisible()
    assert bar.fault.text().endswith("fell silent")
    assert bar.start.text() == "▶ Start"
    bar.resize(_WIDE, 40)
    assert not bar.fault.isVisible()
    assert bar.note.isVisible()
    bar.resize(_NARROW, 40)
    tell(bar)
    assert not bar.fault.isVisible()


def test_the_buttons_ask_for_the_same_however_they_are_named(make: Make, qtbot: QtBot) -> None:
    bar = make(_NARROW)
    bar.show_staged(1)
    asked = list[Any]()
    for signal, name in (
        (bar.start_wanted, "start"),
        (bar.pull_wanted, "pull"),
        (bar.sets_wanted, "sets"),
        (bar.revert_wanted, "revert"),
        (bar.apply_wanted, "apply"),
    ):
        signal.connect(lambda n=name: asked.append(n))
    for button in (bar.start, bar.pull, bar.sets, bar.revert, bar.apply):
        button.click()
    assert asked == ["start", "pull", "sets", "revert", "apply"]
