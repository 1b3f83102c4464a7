"""kill -9 in the middle of the real venue's day end: the next start does the rest, the same each time."""

import re
import shutil
import socket
import time
from datetime import date
from pathlib import Path

import pytest

from terminal.domain import wire
from terminal.domain.messages import PROTOCOL, Hello, Notice, SetClock
from terminal.domain.ports import RecordKind
from terminal.storage.journal import SqliteJournal
from terminal.venue.book import decode_header
from terminal.venue.counter.entries import decode_entry
from terminal.venue.counter.settlement.entries import SettlementBegan, StepDone
from terminal.venue.counter.settlement.steps import STEPS, Step
from tests.stories.conftest import PATIENCE_SECONDS, Program, Start

pytestmark = [pytest.mark.story, pytest.mark.fault("F53")]


def _port(venue: Program, day: str, times: int = 1) -> int:
    """Where the venue of a day listens, once it says so; all starts of a test write to one log."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline:
        found = re.findall(rf"listens on 127\.0\.0\.1:(\d+), {day}", venue.said())
        if len(found) >= times:
            return int(found[-1])
        time.sleep(0.1)
    raise AssertionError(venue.said())


def _play_until(port: int, step: Step) -> None:
    """A line that lets the clock run and waits for a step of the day's end."""
    with socket.create_connection(("127.0.0.1", port), timeout=PATIENCE_SECONDS) as line:
        line.sendall(wire.frame(Hello(protocol=PROTOCOL, desk_id="K1", account_id="K1")))
        line.sendall(wire.frame(SetClock(speed=600.0)))
        frames = wire.FrameReader()
        while data := line.recv(1 << 16):
            for body in frames.feed(data):
                event = wire.decode_event(body)
                if isinstance(event, Notice) and event.figures.get("step") == step.value:
                    return
    raise AssertionError("the venue hung up")


def _day_of(folder: Path, day: date) -> list[bytes]:
    """What the journal holds of one day."""
    journal = SqliteJournal.open_reader(folder / "venue.sqlite")
    bodies: list[bytes] = []
    current: date | None = None
    for record in journal.read():
        if record.kind is RecordKind.BOOK:
            current = decode_header(record.body).day.trading_day
        elif record.kind is RecordKind.EVENT and current == day:
            bodies.append(record.body)
    return bodies


def test_a_venue_killed_while_it_settles_comes_to_the_same_books_every_time(start: Start, tmp_path: Path) -> None:
    first = tmp_path / "first"
    words = ("--port", "0", "--seed", "7", "--day", "2026-11-25", "--start", "14:57")
    venue = start("serve", "--data-dir", str(first), *words)
    _play_until(_port(venue, "2026-11-25"), Step.ASSIGNMENT)
    venue.kill()
    began = _day_of(first, date(2026, 11, 25))
    assert any(isinstance(decode_entry(body), SettlementBegan) for body in began)

    books = []
    for times, name in enumerate(("second", "third"), start=1):
        folder = tmp_path / name
        folder.mkdir()
        for file in first.glob("venue.sqlite*"):
            if not file.name.endswith((".lock", ".holder")):
                shutil.copy(file, folder)
        again = start("serve", "--data-dir", str(folder), *words)
        _port(again, "2026-11-26", times)
        again.kill()
        books.append(_day_of(folder, date(2026, 11, 25)))
    assert books[0] == books[1]
    assert books[0][: len(began)] == began
    done = [e.step for e in map(decode_entry, books[0]) if isinstance(e, StepDone)]
    assert done == list(STEPS)
