"""Building the program: what it is told it does, what cannot be is refused by name, and what it keeps of itself."""

import asyncio
from asyncio import AbstractEventLoop
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest

from terminal.config import Settings
from terminal.domain.errors import BadInput, ConfigurationError, JournalError
from terminal.services.events import LatencyMeasured
from terminal.storage.settings import Settings as ScreenSettings
from terminal.storage.settings import SettingsFile
from terminal.views.theme import ThemeName
from tests.app.conftest import Build


def test_the_command_line_dresses_the_program(build: Build) -> None:
    terminal = build("--theme", "light", "--language", "zh_CN")
    assert terminal.appearance.theme.name is ThemeName.LIGHT
    assert terminal.languages.language == "zh_CN"


def test_the_second_start_speaks_as_the_first_did(build: Build, tmp_path: Path) -> None:
    build("--language", "zh_CN").save_settings()
    assert SettingsFile(tmp_path / "desk" / "settings.json").load().settings.language == "zh_CN"


def test_words_of_another_version_are_no_reason_not_to_start(build: Build, tmp_path: Path) -> None:
    SettingsFile(tmp_path / "desk" / "settings.json").save(
        ScreenSettings(theme="neon", colour_pack="rainbow", colour_mode="by_mood")
    )
    terminal = build()
    assert terminal.appearance.theme.name is ThemeName.DARK


def test_the_account_and_the_value_limit_come_from_the_configuration(build: Build) -> None:
    terminal = build(settings=Settings(account="880000007777", order_value_limit=Decimal(5)))
    assert terminal.desk.account_id == "880000007777"


def test_the_account_of_the_command_line_goes_first(build: Build) -> None:
    assert build("--account", "1", settings=Settings(account="2")).desk.account_id == "1"


@pytest.mark.parametrize("address", ["nowhere", "host:", "host:port", "host:0", "host:65536", "host:１２", "host:-1"])
def test_an_address_without_a_port_is_refused(build: Build, address: str) -> None:
    with pytest.raises(ConfigurationError, match="HOST:PORT"):
        build("--connect", address)


def test_a_market_file_that_cannot_be_read_is_refused_here(build: Build, tmp_path: Path) -> None:
    path = tmp_path / "chain.csv"
    path.write_text("not,a,chain\n", "utf-8")
    with pytest.raises((BadInput, ConfigurationError), match=r"chain\.csv"):
        build("--chain", str(path), command="run")


@pytest.mark.fault("F21")
def test_a_folder_belongs_to_one_program(build: Build) -> None:
    build()
    with pytest.raises(JournalError):
        build()


def test_a_desk_keeps_its_name(build: Build, qt_loop: AbstractEventLoop, tmp_path: Path) -> None:
    (tmp_path / "desk").mkdir()
    (tmp_path / "desk" / "desk-id").write_text("KNOWN1\n", "ascii")
    assert build().desk.desk_id == "KNOWN1"


@pytest.mark.fault("F46")
@pytest.mark.parametrize("damage", [b"", b"\xff\xfe", b"../../x", b"A" * 17, b"a b"])
def test_a_damaged_name_is_replaced_by_a_new_one(build: Build, tmp_path: Path, damage: bytes) -> None:
    path = tmp_path / "desk" / "desk-id"
    path.parent.mkdir()
    path.write_bytes(damage)
    name = build().desk.desk_id
    assert name.isascii()
    assert name.isalnum()
    assert len(name) == 8
    assert path.read_text("ascii") == name


def test_a_replay_has_an_empty_journal_of_its_own(build: Build, tmp_path: Path) -> None:
    old = tmp_path / "desk" / "replay" / "desk.sqlite"
    old.parent.mkdir(parents=True)
    old.write_bytes(b"of an earlier replay")
    recording = tmp_path / "day.odr"
    recording.write_bytes(b"")
    terminal = build(str(recording), command="replay")
    assert terminal.journal.path == old
    assert list(terminal.journal.read()) == []
    assert not (tmp_path / "desk" / "desk.sqlite").exists()


def test_the_program_measures_itself(build: Build) -> None:
    terminal = build()
    assert terminal.latencies() is None
    for milliseconds in (3.0, None, 1.0, 8.04):
        terminal.desk.bus.publish(LatencyMeasured(None, milliseconds))
    assert terminal.latencies() == (3.0, 8.0)
    assert terminal.gap_percentile(0.99) == 0.0
    # 98 ticks late by up to 1 ms, two by up to 20 ms
    terminal.frame_timer.gaps[0], terminal.frame_timer.gaps[4], terminal.frame_timer.worst_gap_ms = 98, 2, 17.26
    assert terminal.gap_percentile(0.5) == 1
    assert terminal.gap_percentile(0.99) == 17.3


def test_a_task_is_kept_and_ended(build: Build, qt_loop: AbstractEventLoop) -> None:
    terminal = build()

    async def story() -> None:
        task = terminal.spawn(asyncio.Event().wait())
        assert terminal.tasks == {task}
        await terminal.end_tasks()
        assert task.cancelled()

    qt_loop.run_until_complete(story())
    assert not terminal.tasks
    assert not terminal.exit_requested.is_set()
    assert not terminal.failures


def test_a_task_that_fails_asks_for_the_end(
    build: Build, qt_loop: AbstractEventLoop, expected_warnings: Callable[[str], None]
) -> None:
    expected_warnings("a task failed")
    terminal = build()

    async def fail() -> None:
        raise ValueError("unforeseen")

    async def story() -> None:
        terminal.spawn(fail())
        await terminal.exit_requested.wait()

    qt_loop.run_until_complete(story())
    assert terminal.asks_nobody.is_set()
    assert [type(error) for error in terminal.failures] == [ValueError]


def test_nobody_is_asked_after_a_signal_only(build: Build) -> None:
    terminal = build()
    terminal.window.close()
    assert terminal.exit_requested.is_set()
    assert not terminal.asks_nobody.is_set()
    terminal.end_at_once()
    assert terminal.asks_nobody.is_set()
