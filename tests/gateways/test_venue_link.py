"""The TCP line: comes back by itself, ends when the venue is silent or speaks nonsense, takes frames chopped."""

import asyncio
import itertools
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime

import pytest

from terminal.domain import wire
from terminal.domain.calendar import SHANGHAI
from terminal.domain.errors import LinkError, VenueStarting
from terminal.domain.messages import Event, Ping, Pong
from terminal.domain.ports import LinkState
from terminal.gateways.venue_link import STARTING_SECONDS, VenueLink

NOW = datetime(2026, 3, 2, 10, 0, tzinfo=SHANGHAI)
RETRY = (0.001, 0.002, 0.05)


@dataclass
class Listener:
    """Keeps what it hears, and wakes who waits."""

    states: list[tuple[LinkState, str]] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)
    woken: asyncio.Event = field(default_factory=asyncio.Event)

    def on_event(self, event: Event) -> None:
        self.events.append(event)
        self.woken.set()

    def on_link(self, state: LinkState, detail: str) -> None:
        self.states.append((state, detail))
        self.woken.set()

    async def until(self, condition: Callable[[], bool]) -> None:
        """Wait for the condition, at most ten seconds."""
        async with asyncio.timeout(10.0):
            while not condition():
                self.woken.clear()
                await self.woken.wait()

    def count(self, state: LinkState) -> int:
        return sum(s is state for s, _ in self.states)


class Venue:
    """A socket server that does what `serve` says with each connection."""

    def __init__(self, serve: Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]) -> None:
        self._serve = serve
        self._server: asyncio.Server | None = None
        self.accepted = 0
        self.port = 0

    async def start(self, port: int = 0) -> None:
        async def accept(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            self.accepted += 1
            try:
                await self._serve(reader, writer)
            except (ConnectionError, asyncio.IncompleteReadError):
                return  # the link closed its end
            finally:
                writer.close()

        self._server = await asyncio.start_server(accept, "127.0.0.1", port)
        self.port = self._server.sockets[0].getsockname()[1]

    async def stop(self) -> None:
        assert self._server is not None
        self._server.close()
        await self._server.wait_closed()


class Loop(asyncio.SelectorEventLoop):
    """A loop that can stand still without anybody waiting: all it has to do is late at once."""

    stood_still = 0.0

    def time(self) -> float:
        """Seconds, those it stood still among them."""
        return super().time() + self.stood_still


def stand_still(seconds: float) -> None:
    loop = asyncio.get_running_loop()
    assert isinstance(loop, Loop)
    loop.stood_still += seconds


async def turns() -> None:
    """Let what is due be done."""
    for _ in range(20):
        await asyncio.sleep(0)


async def say_nothing(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    await reader.read()


async def answer_pings(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    frames = wire.FrameReader()
    while data := await reader.read(65536):
        for body in frames.feed(data):
            ping = wire.decode_command(body)
            assert isinstance(ping, Ping)
            writer.write(wire.frame(Pong(number=ping.number, at=NOW)))
        await writer.drain()


def tell(
    story: Callable[[Listener, Venue, VenueLink], Awaitable[None]],
    serve: Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]] = answer_pings,
    silence_limit: float = 5.0,
) -> None:
    async def told() -> None:
        listener, venue = Listener(), Venue(serve)
        await venue.start()
        link = VenueLink(lambda: ("127.0.0.1", venue.port), silence_limit=silence_limit, retry_seconds=RETRY)
        try:
            await story(listener, venue, link)
        finally:
            await link.stop()
            await venue.stop()

    with asyncio.Runner(loop_factory=Loop) as runner:
        runner.run(told())


def test_a_line_carries_commands_there_and_events_back() -> None:
    async def story(listener: Listener, venue: Venue, link: VenueLink) -> None:
        assert not link.send(Ping(number=0))
        await link.start(listener)
        await listener.until(lambda: listener.count(LinkState.RECOVERING) == 1)
        assert [state for state, _ in listener.states] == [LinkState.CONNECTING, LinkState.RECOVERING]
        assert all([link.send(Ping(number=n)) for n in range(50)])
        await listener.until(lambda: len(listener.events) == 50)
        assert [e.number for e in listener.events if isinstance(e, Pong)] == list(range(50))
        await link.stop()
        assert not link.send(Ping(number=0))

    tell(story)


@pytest.mark.fault("F18")
def test_chopped_and_joined_frames_are_the_same_events() -> None:
    async def drip(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        stream = b"".join(wire.frame(Pong(number=n, at=NOW)) for n in range(40))
        for start in range(0, len(stream), 7):
            writer.write(stream[start : start + 7])
            await writer.drain()
            await asyncio.sleep(0)
        await reader.read()

    async def story(listener: Listener, venue: Venue, link: VenueLink) -> None:
        await link.start(listener)
        await listener.until(lambda: len(listener.events) == 40)
        assert [e.number for e in listener.events if isinstance(e, Pong)] == list(range(40))

    tell(story, drip)


@pytest.mark.fault("F01", "F20")
def test_a_lost_line_comes_back_by_itself_with_growing_pauses() -> None:
    async def hang_up(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(wire.frame(Pong(number=1, at=NOW)))

    async def story(listener: Listener, venue: Venue, link: VenueLink) -> None:
        loop = asyncio.get_running_loop()
        began = loop.time()
        await link.start(listener)
        await listener.until(lambda: listener.count(LinkState.RECOVERING) == 5)
        # 0.001 + 0.002 + 0.05 + 0.05: taking the line only to drop it does not start the pauses anew
        assert loop.time() - began >= 0.1
        states = [state for state, _ in listener.states]
        assert states[:6] == [LinkState.CONNECTING, LinkState.RECOVERING, LinkState.DOWN] * 2
        assert "closed by the venue" in {detail for _, detail in listener.states}

    tell(story, hang_up)


def test_a_venue_that_starts_later_is_found() -> None:
    async def story(listener: Listener, venue: Venue, link: VenueLink) -> None:
        await venue.stop()
        await link.start(listener)
        await listener.until(lambda: listener.count(LinkState.DOWN) == 4)
        assert not link.send(Ping(number=0))
        await venue.start(venue.port)
        await listener.until(lambda: listener.count(LinkState.RECOVERING) == 1)
        assert link.send(Ping(number=7))
        await listener.until(lambda: bool(listener.events))

    tell(story)


@pytest.mark.fault("F02")
def test_a_silent_venue_is_let_go() -> None:
    async def story(listener: Listener, venue: Venue, link: VenueLink) -> None:
        await link.start(listener)
        await listener.until(lambda: listener.count(LinkState.RECOVERING) == 2)
        down = [detail for state, detail in listener.states if state is LinkState.DOWN]
        assert down[0].startswith("silent for ")

    tell(story, say_nothing, silence_limit=0.05)


def test_a_standstill_of_the_desk_is_not_taken_for_silence_of_the_venue() -> None:
    async def story(listener: Listener, venue: Venue, link: VenueLink) -> None:
        await link.start(listener)
        await listener.until(lambda: listener.count(LinkState.RECOVERING) == 1)
        await turns()
        for seconds in (7.0, 20.0, 59.0):
            stand_still(seconds)
            await turns()
        assert listener.count(LinkState.DOWN) == 0
        assert link.send(Ping(number=1))
        await listener.until(lambda: bool(listener.events))

    tell(story)


@pytest.mark.fault("F02")
def test_a_venue_that_stays_silent_after_a_standstill_is_let_go() -> None:
    async def story(listener: Listener, venue: Venue, link: VenueLink) -> None:
        await link.start(listener)
        await listener.until(lambda: listener.count(LinkState.RECOVERING) == 1)
        await turns()
        stand_still(30.0)
        await listener.until(lambda: listener.count(LinkState.DOWN) == 1)
        (down,) = [detail for state, detail in listener.states if state is LinkState.DOWN]
        # Of the standstill nothing is counted
        assert float(down.removeprefix("silent for ").removesuffix(" s")) < 10.0

    tell(story, say_nothing, silence_limit=0.05)


@pytest.mark.fault("F87")
def test_after_a_sleep_of_the_machine_the_line_is_made_anew() -> None:
    async def story(listener: Listener, venue: Venue, link: VenueLink) -> None:
        await link.start(listener)
        await listener.until(lambda: listener.count(LinkState.RECOVERING) == 1)
        await turns()
        stand_still(1800.0)
        await listener.until(lambda: listener.count(LinkState.RECOVERING) == 2)
        (down,) = [detail for state, detail in listener.states if state is LinkState.DOWN]
        assert down.startswith("the desk stood still for ")

    tell(story)


@pytest.mark.fault("F17")
@pytest.mark.parametrize(
    "garbage",
    [b"\x00\x00\x00\x03abc", b"GET / HTTP/1.1\r\n\r\n", b"\xff\xff\xff\xff", wire.frame(Ping(number=1))],
    ids=["no message", "another protocol", "absurd length", "a command"],
)
def test_nonsense_closes_the_line_and_a_new_one_is_made(garbage: bytes) -> None:
    async def mumble(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(wire.frame(Pong(number=1, at=NOW)) + garbage + wire.frame(Pong(number=2, at=NOW)))
        await reader.read()

    async def story(listener: Listener, venue: Venue, link: VenueLink) -> None:
        await link.start(listener)
        await listener.until(lambda: listener.count(LinkState.RECOVERING) == 3)
        numbers = [e.number for e in listener.events if isinstance(e, Pong)]
        assert numbers[:2] == [1, 1]
        assert 2 not in numbers

    tell(story, mumble)


@pytest.mark.parametrize("error", [LinkError("the venue is starting"), OverflowError("port"), OSError("no")])
def test_an_address_that_is_not_there_yet_is_asked_for_again(error: Exception) -> None:
    async def story(listener: Listener, venue: Venue, link: VenueLink) -> None:
        asked: list[int] = []

        def address() -> tuple[str, int]:
            asked.append(1)
            if len(asked) < 3:
                raise error
            return "127.0.0.1", venue.port

        late = VenueLink(address, retry_seconds=RETRY)
        await late.start(listener)
        await listener.until(lambda: listener.count(LinkState.RECOVERING) == 1)
        assert len(asked) == 3
        await late.stop()

    tell(story)


def test_a_venue_that_is_starting_is_asked_again_soon_and_its_line_is_not_called_down() -> None:
    async def story(listener: Listener, venue: Venue, _link: VenueLink) -> None:
        asked: list[float] = []

        def address() -> tuple[str, int]:
            asked.append(asyncio.get_running_loop().time())
            if len(asked) < 4:
                raise VenueStarting("the venue is starting")
            return "127.0.0.1", venue.port

        # Pauses as after a refused line, which would end the test's patience
        link = VenueLink(address, retry_seconds=(60.0,))
        await link.start(listener)
        try:
            await listener.until(lambda: listener.count(LinkState.RECOVERING) == 1)
        finally:
            await link.stop()
        assert [state for state, _ in listener.states] == [LinkState.CONNECTING, LinkState.RECOVERING]
        assert len(asked) == 4
        # A timer may fire a tick of the clock early
        assert all(b - a > STARTING_SECONDS * 0.9 for a, b in itertools.pairwise(asked))

    tell(story)


def test_stop_ends_everything_at_any_moment() -> None:
    async def story(listener: Listener, venue: Venue, link: VenueLink) -> None:
        await link.start(listener)
        await link.stop()
        await link.stop()
        await link.start(listener)
        await listener.until(lambda: listener.count(LinkState.RECOVERING) >= 1)
        await link.stop()
        assert len(asyncio.all_tasks()) <= 2  # the story's own, and the server's handler until it sees the end

    tell(story)
