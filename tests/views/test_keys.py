"""One table of keys: no conflict as it comes, and none that a user can make."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from terminal.domain.errors import BadInput
from terminal.views.keys import KEY_ACTIONS, Keys, KeyScope
from terminal.views.keys_sheet import KeysSheet
from terminal.views.translation import Languages


def test_the_program_comes_without_conflicts() -> None:
    assert Keys().conflicts() == {}
    assert len({action.name for action in KEY_ACTIONS}) == len(KEY_ACTIONS)
    assert all(action.words for action in KEY_ACTIONS)


def test_a_user_chooses_a_key(qtbot: QtBot) -> None:
    keys = Keys()
    with qtbot.waitSignal(keys.changed):
        keys.set_overrides({"stop": "ctrl+shift+x"})
    assert keys.key("stop") == "Ctrl+Shift+X"
    assert "Ctrl+Shift+X" in keys.tip("stop")
    assert Keys(keys.overrides).key("stop") == "Ctrl+Shift+X"


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_an_arrow_is_shown_as_one_in_every_language(languages: Languages, language: str) -> None:
    languages.use(language)
    keys = Keys({"queries": "Ctrl+Shift+Right"})
    assert keys.shown("chain.move") == "↑ ↓ ← →"
    assert keys.shown("ladder.move") == "Shift+↑ ↓"
    assert keys.shown("queries") == "Ctrl+Shift+→"
    assert keys.shown("expiry.step") == "+ -"
    assert keys.shown("chain.expiry") == "PgUp PgDown"


@pytest.mark.parametrize(
    ("overrides", "named"),
    [
        ({"stop": "F1"}, "keys and stop"),
        ({"nothing": "Shift+F9"}, "nothing"),
        ({"chain.buy": "Shift+F9"}, "chain.buy"),
        ({"stop": "a"}, "key of stop"),
        ({"stop": "Ctrl+K, Ctrl+L"}, "key of stop"),
        ({"stop": ""}, "key of stop"),
        ({"stop": "NoSuchKey"}, "key of stop"),
    ],
)
def test_a_bad_choice_is_refused_whole(overrides: dict[str, str], named: str) -> None:
    keys = Keys({"theme": "Shift+F9"})
    with pytest.raises(BadInput, match=named):
        keys.set_overrides(overrides)
    assert keys.overrides == {"theme": "Shift+F9"}


def test_two_actions_may_change_places() -> None:
    keys = Keys({"keys": "F2", "ticket": "F1"})
    assert (keys.key("keys"), keys.key("ticket")) == ("F2", "F1")


def test_the_sheet_shows_every_key_and_follows_changes(qtbot: QtBot) -> None:
    keys = Keys()
    sheet = KeysSheet(keys)
    qtbot.addWidget(sheet)
    assert not sheet.isModal()
    keys.set_overrides({"theme": "Shift+F9"})
    texts = {label.text() for label in sheet.findChildren(QLabel)} | {b.text() for b in sheet.buttons.values()}
    assert {keys.words(action.name) for action in KEY_ACTIONS} <= texts
    assert {keys.shown(action.name) for action in KEY_ACTIONS} <= texts
    assert "Shift+F9" in texts
    sheet.show()
    QTest.keyClick(sheet, Qt.Key.Key_Escape)
    assert not sheet.isVisible()


def test_letters_of_the_window_are_left_to_the_smart_box() -> None:
    for action in KEY_ACTIONS:
        if action.scope is KeyScope.WINDOW:
            assert len(action.key) > 1
