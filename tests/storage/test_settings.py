"""Settings: they never keep the program from starting, and a damaged file costs nothing that was good before."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from terminal.storage.settings import MAX_BYTES, Layout, LoadedSettings, Settings, SettingsFile, Window

MINE = Settings(
    language="en",
    theme="light",
    colour_pack="west",
    colour_mode="by_side",
    confirm_orders=False,
    quantity_presets=(2, 20),
    columns={"chain.quotes": (("bid", True, 60), ("ask", False, 0))},
    windows={"main": Window(geometry="AdnQywAD", state="AAAA/w==")},
    layouts={"报价": Layout(windows={"main": Window()}, panels={"chain": "510050 2026-12"})},
    keys={"order.send": "Ctrl+Return", "order.cancel_all": ""},
)


@pytest.fixture
def file(tmp_path: Path) -> SettingsFile:
    return SettingsFile(tmp_path / "user" / "settings.json")


def test_a_first_start_has_the_defaults_and_nothing_to_say(file: SettingsFile) -> None:
    assert file.load() == LoadedSettings(Settings())
    assert Settings().confirm_orders


def test_what_is_saved_is_loaded_and_the_one_before_is_kept(file: SettingsFile) -> None:
    file.save(Settings())
    file.save(MINE)
    assert file.load() == LoadedSettings(MINE)
    assert SettingsFile(file.backup).load().settings == Settings()
    # The same again is no reason to lose the copy
    file.save(MINE)
    assert SettingsFile(file.backup).load().settings == Settings()
    assert sorted(path.name for path in file.path.parent.iterdir()) == ["settings.json", "settings.json.bak"]


@pytest.mark.fault("F44", "F49")
@pytest.mark.parametrize(
    "damage",
    [
        b"",
        b"{",
        b"null",
        b'{"version": 2}',
        b'{"version": 0}',
        b'{"language": "fr"}',
        b'{"unheard_of": 1}',
        b'{"quantity_presets": [0]}',
        b'{"columns": {"chain": [["bid", true, -1]]}}',
        b'{"windows": {"main": {"geometry": "<script>"}}}',
        b'{"theme": "../../etc"}',
        b"\xff\xfe\x00",
        b'{"keys": ' + b"[" * 100_000,
        b" " * (MAX_BYTES + 1),
    ],
)
def test_a_damaged_file_falls_back_to_the_last_good_copy(file: SettingsFile, damage: bytes) -> None:
    file.save(MINE)
    file.save(Settings())
    file.path.write_bytes(damage)
    loaded = file.load()
    assert loaded.settings == MINE
    assert len(loaded.remarks) == 2
    assert "settings.json are not used" in loaded.remarks[0]
    assert all("\n" not in remark and len(remark) < 400 for remark in loaded.remarks)
    # Saving then keeps both the good copy and, put aside, what could not be read
    changed = replace(loaded.settings, theme="dark")
    file.save(changed)
    assert file.load() == LoadedSettings(changed)
    assert SettingsFile(file.backup).load().settings == MINE
    assert file.rejected.read_bytes() == damage[: MAX_BYTES + 1]


@pytest.mark.fault("F44")
def test_without_a_good_copy_the_defaults_are_used(file: SettingsFile) -> None:
    file.save(MINE)
    file.path.write_bytes(b"{")
    file.backup.mkdir()
    loaded = file.load()
    assert loaded.settings == Settings()
    assert "settings.json are not used" in loaded.remarks[0]
    assert "settings.json.bak cannot be read" in loaded.remarks[1]
    assert loaded.remarks[2] == "the default settings are used"


def test_plain_values_of_a_screen_are_kept(file: SettingsFile) -> None:
    file.save(Settings(screen={"chain.widths": (1, 2), "ticket.collapsed": True, "note": None}))
    assert file.load().settings.screen == {"chain.widths": [1, 2], "ticket.collapsed": True, "note": None}


def test_settings_that_cannot_be_read_back_are_not_written(file: SettingsFile) -> None:
    file.save(MINE)
    with pytest.raises(ValueError, match="theme"):
        file.save(replace(MINE, theme="x" * 100))
    assert file.load() == LoadedSettings(MINE)


@pytest.mark.fault("F57")
def test_a_disk_that_refuses_leaves_the_file_as_it_was(file: SettingsFile) -> None:
    resource = pytest.importorskip("resource", reason="needs the file size limit of Unix to make writes fail")
    file.save(MINE)
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (10, hard))
    try:
        with pytest.raises(OSError, match="too large"):
            file.save(Settings())
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert file.load() == LoadedSettings(MINE)
    assert [path.name for path in file.path.parent.iterdir()] == ["settings.json"]


@pytest.mark.fault("F44", "F49")
@given(st.binary(max_size=200), st.binary(max_size=200))
def test_loading_never_raises(tmp_path_factory: pytest.TempPathFactory, main: bytes, backup: bytes) -> None:
    file = SettingsFile(tmp_path_factory.mktemp("settings") / "settings.json")
    file.path.write_bytes(main)
    file.backup.write_bytes(backup)
    assert file.load().remarks
