"""A line that is written down: the desk first, the disk second, in order, and a full disk is no reason to stop."""

import asyncio
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from terminal.app.recorded import RecordedGateway
from terminal.domain.calendar import SHANGHAI
from terminal.domain.messages import ClockChanged, Command, Event, PhaseChanged, Ping, Pong
from terminal.domain.phases import Phase
from terminal.domain.ports import LinkState, VenueListener
from terminal.services.market_clock import MarketClock
from terminal.storage.recording import RecordingWriter, read_recording
from tests.harness import HandClock

NOW = datetime(2026, 11, 9, 10, 30, tzinfo=SHANGHAI)


class Line:
    """A gateway played by the test."""

    def __init__(self) -> None:
        self.sent: list[Command] = []
        self.listener: VenueListener | None = None
        self.stopped = False

    async def start(self, listener: VenueListener) -> None:
        self.listener = listener

    def send(self, command: Command) -> bool:
        self.sent.append(command)
        return True

    async def stop(self) -> None:
        self.stopped = True

    def say(self, event: Event) -> None:
        assert self.listener is not None
        self.listener.on_event(event)


class Ear:
    """The desk: sets the clock as a desk does, and remembers."""

    def __init__(self, clock: MarketClock) -> None:
        self._clock = clock
        self.heard: list[Event] = []
        self.links: list[LinkState] = []

    def on_event(self, event: Event) -> None:
        if isinstance(event, ClockChanged):
            self._clock.set(event)
        self.heard.append(event)

    def on_link(self, state: LinkState, detail: str) -> None:
        self.links.append(state)


def phase(phase: Phase) -> PhaseChanged:
    return PhaseChanged(phase=phase, at=NOW, ends_at=None)


def test_everything_is_heard_and_written_with_the_markets_time(tmp_path: Path) -> None:
    path, hand, line = tmp_path / "day.odr", HandClock(), Line()
    clock = MarketClock(hand)
    ear = Ear(clock)
    gateway = RecordedGateway(line, RecordingWriter(path), clock)
    early, told = phase(Phase.CONTINUOUS), ClockChanged(at=NOW, speed=1.0)

    async def story() -> None:
        await gateway.start(ear)
        assert line.listener is not None
        line.listener.on_link(LinkState.UP, "")
        line.say(early)
        line.say(told)
        hand.seconds += 2.0
        line.say(Pong(number=1, at=NOW))
        assert gateway.send(Ping(number=2))
        await gateway.stop()

    asyncio.run(story())
    assert ear.links == [LinkState.UP]
    assert ear.heard == [early, told, Pong(number=1, at=NOW)]
    assert line.sent == [Ping(number=2)]
    assert line.stopped
    # What came before the venue told its time is written with the first time it told, before it
    assert list(read_recording(path)) == [
        (NOW, early),
        (NOW, told),
        (NOW + timedelta(seconds=2), Pong(number=1, at=NOW)),
    ]


@pytest.mark.fault("F57")
def test_a_recording_that_fails_leaves_the_desk_alone(tmp_path: Path, expected_warnings: Callable[[str], None]) -> None:
    expected_warnings("recording ended")
    clock = MarketClock(HandClock())
    line, ear = Line(), Ear(clock)
    writer = RecordingWriter(tmp_path / "day.odr", flush_seconds=0.0)
    gateway = RecordedGateway(line, writer, clock)

    async def story() -> None:
        await gateway.start(ear)
        line.say(ClockChanged(at=NOW, speed=1.0))
        writer._fail(OSError(28, "No space left on device"))
        line.say(phase(Phase.LUNCH))
        await gateway.stop()

    asyncio.run(story())
    assert len(ear.heard) == 2
    assert writer.failure is not None
