"""The first steps of a desk: its venue is set going, Qt is loaded out of the way."""

import asyncio
import socket
import subprocess
import sys
from argparse import Namespace
from asyncio import AbstractEventLoop
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from terminal.app import run
from terminal.app.own_venue import own_venue, set_going
from terminal.config import Settings
from terminal.domain.errors import ConfigurationError, JournalError
from terminal.gateways.embedded import EmbeddedVenue, write_address
from terminal.storage.journal import SqliteJournal
from tests.app.conftest import Parse

_MARKET = Path("venue") / "market"


@pytest.fixture(autouse=True)
def plain_settings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No settings of the person who runs the tests."""
    (tmp_path / "config.toml").touch()
    monkeypatch.setenv("OPTIONDESK_CONFIG", str(tmp_path / "config.toml"))


@pytest.fixture
def going() -> Iterator[list[EmbeddedVenue]]:
    """Venues that a test set going; ended with it."""
    venues: list[EmbeddedVenue] = []
    yield venues
    for venue in venues:
        venue.end()


@pytest.fixture
def listening() -> Iterator[int]:
    """A port on which something listens."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield int(server.getsockname()[1])


def _log(tmp_path: Path) -> Path:
    return tmp_path / "desk" / _MARKET / "venue.log"


def test_the_venue_starts_before_the_screen_is_loaded(parse: Parse, tmp_path: Path, going: list[EmbeddedVenue]) -> None:
    venue = set_going(parse())
    assert venue is not None
    going.append(venue)
    assert _log(tmp_path).exists()
    assert venue._process is not None


def test_a_venue_that_runs_is_not_started_again(parse: Parse, tmp_path: Path, listening: int) -> None:
    folder = tmp_path / "desk" / _MARKET
    folder.mkdir(parents=True)
    write_address(folder, listening)
    venue = set_going(parse())
    assert venue is not None
    assert venue.address() == ("127.0.0.1", listening)
    assert not _log(tmp_path).exists()


@pytest.mark.parametrize(
    ("command", "words"),
    [
        ("desk", ("--connect", "127.0.0.1:9")),
        ("replay", ("day.odr",)),
        ("train", ("expiry_near_money",)),
        ("run", ("--chain", "chain.csv")),
        ("run", ("--contracts", "reff03.txt")),
        ("desk", ("--day", "2026-11-21")),
    ],
)
def test_a_line_elsewhere_or_a_file_that_may_be_refused_sets_nothing_going(
    parse: Parse, tmp_path: Path, command: str, words: tuple[str, ...]
) -> None:
    assert set_going(parse(*words, command=command)) is None
    assert not (tmp_path / "desk" / "venue").exists()


@pytest.mark.fault("F47")
def test_settings_that_are_refused_set_nothing_going(parse: Parse, tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_text("sped = 1")
    with pytest.raises(ConfigurationError, match="sped"):
        set_going(parse())
    assert not (tmp_path / "desk" / "venue").exists()


@pytest.mark.fault("F21")
def test_a_desk_that_cannot_be_built_takes_its_venue_with_it(
    parse: Parse, tmp_path: Path, application: QApplication, qt_loop: AbstractEventLoop, going: list[EmbeddedVenue]
) -> None:
    options: Namespace = parse()
    (tmp_path / "desk").mkdir()
    # The address is nobody's, so that a process is started and lives
    venue = own_venue(options, Settings(), tmp_path / "desk")
    venue.begin()
    going.append(venue)
    assert venue._process is not None
    held = SqliteJournal(tmp_path / "desk" / "desk.sqlite")
    try:
        with pytest.raises(JournalError):
            qt_loop.run_until_complete(run._run(application, options, venue))
    finally:

        async def close() -> None:
            await held.close()

        asyncio.run(close())
    assert venue._process.poll() is not None


_LOADS = """
import linecache, sys
from terminal.app.start import load_qt
assert "PySide6" not in sys.modules
load_qt()
import terminal.app.run
print(any("/terminal/" in name or "/numpy/" in name for name in linecache.cache), len(linecache.cache) < 10)
"""


@pytest.mark.fault("F82")
def test_loading_the_screen_reads_no_sources() -> None:
    done = subprocess.run([sys.executable, "-c", _LOADS], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False", "True"]
