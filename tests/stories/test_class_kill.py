"""kill -9 of a venue in the middle of a scenario: the next start goes on with the rest of it, nothing twice."""

import re
import socket
import time
from collections.abc import Iterator
from datetime import time as day_time
from pathlib import Path

import pytest

from terminal.domain import wire
from terminal.domain.messages import (
    PROTOCOL,
    ClassEventKind,
    ClassOpened,
    Command,
    Event,
    EventInjected,
    Hello,
    JumpTo,
    PhaseChanged,
    Recovered,
)
from terminal.domain.phases import Phase
from terminal.domain.ports import RecordKind
from terminal.resources import resource_folder
from terminal.storage.journal import SqliteJournal
from terminal.venue.book import decode_injected
from tests.stories.conftest import PATIENCE_SECONDS, Program, Start

pytestmark = [pytest.mark.story, pytest.mark.requirement("X8"), pytest.mark.fault("F53")]
SCENARIO = str(resource_folder() / "scenarios" / "suspension.toml")


def port_of(venue: Program, times: int) -> int:
    """Where the venue listens; both starts write to one log."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline:
        found = re.findall(r"listens on 127\.0\.0\.1:(\d+)", venue.said())
        if len(found) >= times:
            return int(found[-1])
        time.sleep(0.1)
    raise AssertionError(venue.said())


def said(port: int, *commands: Command) -> Iterator[Event]:
    """What an instructor hears who says these once he is up to date."""
    with socket.create_connection(("127.0.0.1", port), timeout=PATIENCE_SECONDS) as line:
        line.sendall(wire.frame(Hello(protocol=PROTOCOL, desk_id="TEACHER", account_id="", watches=True)))
        frames = wire.FrameReader()
        while data := line.recv(1 << 16):
            for body in frames.feed(data):
                event = wire.decode_event(body)
                yield event
                if isinstance(event, Recovered):
                    for command in commands:
                        line.sendall(wire.frame(command))
    raise AssertionError("the venue hung up")


def injected(folder: Path) -> list[EventInjected]:
    """What the journal has of the class."""
    reader = SqliteJournal.open_reader(folder / "venue.sqlite")
    return [decode_injected(record.body) for record in reader.read() if record.kind is RecordKind.COMMAND]


def test_a_venue_killed_in_a_scenario_goes_on_with_the_rest(start: Start, tmp_path: Path) -> None:
    words = ("--data-dir", str(tmp_path / "venue"), "--port", "0", "--scenario", SCENARIO, "--speed", "0")
    venue = start("serve", *words)
    for event in said(port_of(venue, 1), JumpTo(at=day_time(13, 45))):
        if isinstance(event, ClassOpened) and not event.jumping and injected(tmp_path / "venue"):
            break
    venue.kill()
    assert [record.event.kind for record in injected(tmp_path / "venue")] == [ClassEventKind.SUSPEND]

    again = start("serve", *words)
    halted = resumed = False
    heard: list[EventInjected] = []
    for event in said(port_of(again, 2), JumpTo(at=day_time(14, 30))):
        if isinstance(event, EventInjected) and event not in heard:
            heard.append(event)
        if isinstance(event, PhaseChanged) and event.code == "510050":
            resumed = resumed or event.phase is Phase.CONTINUOUS
            halted = halted or event.phase is Phase.HALTED
        if isinstance(event, ClassOpened) and not event.jumping and len(heard) > 1:
            break
    again.kill()
    kinds = [ClassEventKind.SUSPEND, ClassEventKind.MESSAGE, ClassEventKind.RESUME, ClassEventKind.GAP]
    assert [record.event.kind for record in heard] == kinds
    assert [record.event.kind for record in injected(tmp_path / "venue")] == kinds
    assert [record.number for record in heard] == [1, 2, 3, 4]
    # It was halted when it came back, so it can only have gone on
    assert resumed
    assert not halted
