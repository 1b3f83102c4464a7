"""What screens keep comes back in the next run, and what the program reads before any screen with it."""

from pathlib import Path

import pytest

from terminal.app.preferences import Preferences
from terminal.storage.settings import SettingsFile


def again(folder: Path) -> Preferences:
    return Preferences(SettingsFile(folder / "settings.json"))


@pytest.mark.requirement("X12")
@pytest.mark.parametrize(
    ("key", "value"),
    [("language", "en"), ("theme", "light"), ("colour_pack", "west"), ("colour_mode", "by_side")],
)
def test_the_look_is_a_typed_setting(tmp_path: Path, key: str, value: str) -> None:
    preferences = again(tmp_path)
    preferences.write(key, value)
    preferences.flush()
    assert getattr(again(tmp_path).settings, key) == value
    assert again(tmp_path).read(key) == value


def test_keys_and_plain_values_come_back(tmp_path: Path) -> None:
    preferences = again(tmp_path)
    preferences.write("keys", {"ticket": "Ctrl+F8"})
    preferences.write("columns.orders", [["time", True, 70]])
    preferences.flush()
    assert again(tmp_path).read("keys") == {"ticket": "Ctrl+F8"}
    assert again(tmp_path).read("columns.orders") == [["time", True, 70]]


def test_nothing_is_written_that_has_not_changed(tmp_path: Path) -> None:
    preferences = again(tmp_path)
    preferences.write("theme", preferences.settings.theme)
    preferences.flush()
    assert not (tmp_path / "settings.json").exists()
