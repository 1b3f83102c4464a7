"""The list at the end of a row of tabs: there when they have no room, and a way to each of them."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMainWindow, QTabBar
from pytestqt.qtbot import QtBot

from terminal.views.appearance import Appearance
from terminal.views.tab_overflow import TabOverflow
from terminal.views.translation import Languages

pytestmark = pytest.mark.requirement("X12")


@pytest.fixture
def bar(dressed: Appearance, qtbot: QtBot) -> Iterator[QTabBar]:
    """Eight tabs as a window's docks have them, with room for three."""
    window = QMainWindow()
    qtbot.addWidget(window)
    bar = QTabBar(window)
    bar.setExpanding(False)
    bar.setElideMode(Qt.TextElideMode.ElideNone)
    for number in range(8):
        bar.addTab(f"Panel number {number}")
    TabOverflow(bar)
    bar.setGeometry(0, 0, 320, 28)
    window.resize(1600, 60)
    window.show()
    # The window lives as long as the test
    yield bar
    window.close()


def over(bar: QTabBar) -> TabOverflow:
    found = bar.findChild(TabOverflow)
    assert isinstance(found, TabOverflow)
    return found


def test_it_is_there_as_long_as_tabs_have_no_room(bar: QTabBar) -> None:
    overflow = over(bar)
    assert overflow.isVisible()
    assert overflow.geometry().right() == bar.width() - 1
    assert overflow.width() >= 20
    bar.resize(1500, 28)
    assert not overflow.isVisible()
    # A figure on a tab may be what it has no room for
    bar.resize(bar.sizeHint().width(), 28)
    assert not overflow.isVisible()
    bar.setTabText(3, "Panel number 3 with 1,000 lines")
    assert overflow.isVisible()


def test_every_tab_is_in_the_list_and_comes_to_the_front_in_sight(bar: QTabBar) -> None:
    menu = over(bar).menu_of_tabs()
    actions = menu.actions()
    assert [action.text() for action in actions] == [f"Panel number {number}" for number in range(8)]
    assert [action.isChecked() for action in actions] == [True] + [False] * 7
    actions[6].trigger()
    assert bar.currentIndex() == 6
    place = bar.tabRect(6)
    assert place.left() >= 0
    assert place.right() <= over(bar).geometry().left()


def test_it_says_what_it_is_in_the_language_in_force(bar: QTabBar, languages: Languages, qtbot: QtBot) -> None:
    assert over(bar).toolTip() == "All panels that share this place"
    languages.use("zh_CN")
    qtbot.waitUntil(lambda: over(bar).toolTip() == "同一位置的全部面板")
