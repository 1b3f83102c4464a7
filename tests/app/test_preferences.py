"""The user's choices between screens and disk: read at once, written only when changed, never the desk's trouble."""

from pathlib import Path

import pytest

from terminal.app.preferences import Preferences
from terminal.storage.settings import SettingsFile


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "settings.json"


def test_a_new_user_is_not_known_and_the_next_start_knows_him(path: Path) -> None:
    first = Preferences(SettingsFile(path))
    assert not first.is_known
    assert first.remarks == ()
    first.write("columns.chain", {"a": [1, 2]})
    first.change(theme="light")
    assert first.read("columns.chain") == {"a": [1, 2]}
    first.flush()
    second = Preferences(SettingsFile(path))
    assert second.is_known
    assert second.settings.theme == "light"
    assert second.read("columns.chain") == {"a": [1, 2]}
    assert second.read("columns.orders") is None


def test_nothing_is_written_while_nothing_changes(path: Path) -> None:
    preferences = Preferences(SettingsFile(path))
    preferences.flush()
    assert not path.exists()
    preferences.write("preset", "retail")
    preferences.flush()
    path.unlink()
    preferences.write("preset", "retail")
    preferences.flush()
    assert not path.exists()


def test_typed_choices_are_read_and_written_like_any_other(path: Path) -> None:
    preferences = Preferences(SettingsFile(path))
    preferences.write("language", "en")
    preferences.write("keys", {"stop": "F9"})
    preferences.flush()
    again = Preferences(SettingsFile(path))
    assert again.settings.language == again.read("language") == "en"
    assert again.settings.keys == again.read("keys") == {"stop": "F9"}
    assert again.settings.screen == {}


@pytest.mark.fault("F44")
def test_a_damaged_file_is_told_of_and_the_defaults_serve(path: Path) -> None:
    path.write_text("{", "utf-8")
    preferences = Preferences(SettingsFile(path))
    assert preferences.remarks
    assert preferences.settings.confirm_orders


def test_a_disk_that_takes_nothing_costs_the_arrangement_only(path: Path) -> None:
    preferences = Preferences(SettingsFile(path))
    path.mkdir()
    preferences.write("preset", "retail")
    preferences.flush()
    assert preferences.read("preset") == "retail"


def test_a_value_that_could_not_be_read_back_is_not_written(path: Path) -> None:
    preferences = Preferences(SettingsFile(path))
    preferences.write("no word, because of the blanks", 1)
    preferences.flush()
    assert not path.exists()


def test_the_frame_timer_serves_it_always(path: Path) -> None:
    assert Preferences(SettingsFile(path)).isVisible()
