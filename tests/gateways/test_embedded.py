"""The venue beside the desk: found where it listens, started when it is gone, not in a crash loop."""

import json
import socket
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

import terminal.gateways.embedded as embedded
from terminal.domain.errors import LinkError
from terminal.gateways.embedded import ADDRESS_FILE, EmbeddedVenue, clear_address, read_address, write_address


@pytest.fixture
def listening() -> Iterator[int]:
    """A port on which something listens."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield int(server.getsockname()[1])


def test_an_address_is_told_read_and_taken_away(tmp_path: Path) -> None:
    assert read_address(tmp_path) is None
    write_address(tmp_path, 7400)
    known = read_address(tmp_path)
    assert known is not None
    assert known[0] == 7400
    assert [p.name for p in tmp_path.iterdir() if p.name.startswith("venue")] == [ADDRESS_FILE]
    clear_address(tmp_path)
    clear_address(tmp_path)
    assert read_address(tmp_path) is None


@pytest.mark.fault("F44")
@pytest.mark.parametrize(
    "text",
    ["", "{", "[]", "7400", "null", '{"port": "x", "process": 1}', '{"port": 7400}', '{"port": 0, "process": 1}']
    + [json.dumps({"port": port, "process": 1}) for port in (-1, 65536, 10**30)]
    + ['{"port": 1e999, "process": 1}', "[" * 100_000],
)
def test_a_damaged_address_is_no_address(tmp_path: Path, text: str) -> None:
    (tmp_path / ADDRESS_FILE).write_text(text)
    assert read_address(tmp_path) is None


def test_a_running_venue_is_found_and_no_second_one_started(tmp_path: Path, listening: int) -> None:
    write_address(tmp_path, listening)
    venue = EmbeddedVenue(tmp_path, [])
    assert venue.address() == ("127.0.0.1", listening)
    assert venue.process_id is not None
    assert not (tmp_path / "venue.log").exists()


@pytest.mark.fault("F20")
def test_a_venue_that_cannot_start_is_tried_with_pauses_and_its_last_words_are_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = [100.0]
    monkeypatch.setattr(time, "monotonic", lambda: now[0])
    venue = EmbeddedVenue(tmp_path / "data", ["--profile", "none_of_ours"])
    with pytest.raises(LinkError, match="was started"):
        venue.address()
    assert venue._process is not None
    assert venue._process.wait(timeout=30) == 2
    with pytest.raises(LinkError, match="there is no rule profile 'none_of_ours'"):
        venue.address()
    first = venue._process
    now[0] += 10.0
    # Tried again, and the reason stays in sight all the while
    with pytest.raises(LinkError, match="there is no rule profile 'none_of_ours'"):
        venue.address()
    assert venue._process is not first
    with pytest.raises(LinkError, match="there is no rule profile 'none_of_ours'"):
        venue.address()
    venue._process.wait(timeout=30)


@pytest.mark.fault("F20")
def test_after_enough_starts_it_is_left_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    now = [100.0]
    monkeypatch.setattr(time, "monotonic", lambda: now[0])
    monkeypatch.setattr(embedded, "_MAX_STARTS", 1)
    venue = EmbeddedVenue(tmp_path, ["--profile", "none_of_ours"])
    with pytest.raises(LinkError, match="was started"):
        venue.address()
    assert venue._process is not None
    venue._process.wait(timeout=30)
    now[0] += 100.0
    with pytest.raises(LinkError, match=r"ended 1 times and is not started again: .*none_of_ours"):
        venue.address()


@pytest.mark.slow
@pytest.mark.fault("F51")
def test_a_real_venue_is_started_found_and_started_again_after_a_kill(tmp_path: Path) -> None:
    venue = EmbeddedVenue(tmp_path, ["--seed", "7", "--speed", "0", "--day", "2026-11-23"])
    found = _wait_for(venue)
    assert EmbeddedVenue(tmp_path, []).address() == found
    assert venue._process is not None
    venue._process.kill()
    venue._process.wait(timeout=10)
    assert read_address(tmp_path) is not None
    _wait_for(venue)
    venue._process.terminate()
    assert venue._process.wait(timeout=20) == 0
    assert read_address(tmp_path) is None


def _wait_for(venue: EmbeddedVenue) -> tuple[str, int]:
    for _ in range(600):
        try:
            return venue.address()
        except LinkError:
            time.sleep(0.05)
    raise AssertionError(venue._last_words())
