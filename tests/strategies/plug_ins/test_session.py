"""What waits for a worker, how it is held to its time, and frames that nobody should send; without a process."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from terminal.domain.messages import InquiryOpened
from terminal.strategies.plug_ins import session as limits_of
from terminal.strategies.plug_ins.frames import (
    Answer,
    Ask,
    AskCancelOrder,
    Day,
    Done,
    Event,
    Failed,
    OfDesk,
    OfWorker,
    Open,
    Ready,
    Refused,
    decode_of_desk,
    framed,
    read_body,
)
from terminal.strategies.plug_ins.session import Hears, WorkerSession
from terminal.strategies.plug_ins.snapshot import Snapshots
from tests.harness import FUND, PUT, START, HandClock, World, play
from tests.strategies.desk_room import Room, open_room

READY = Ready(version=1, fields=(), underlyings=(FUND,))


@dataclass
class MemoryWorker:
    """A worker made of memory: what was sent to it, and a test that speaks for it."""

    tell: Callable[[bytes], None]
    sent: list[OfDesk] = field(default_factory=list)
    used: int | None = None
    reads: bool = True
    killed: int = 0

    def send(self, data: bytes) -> bool:
        """Cut it into frames."""
        rest = memoryview(data)

        def read(count: int) -> bytes:
            nonlocal rest
            part, rest = rest[:count], rest[count:]
            return bytes(part)

        while (body := read_body(read, 1 << 24)) is not None:
            self.sent.append(decode_of_desk(body))
        return self.reads

    def memory_bytes(self) -> int | None:
        """As the test says."""
        return self.used

    def kill(self) -> None:
        """Count it."""
        self.killed += 1

    def says(self, frame: OfWorker) -> None:
        """Send a frame to the desk."""
        self.tell(framed(frame)[4:])

    @property
    def calls(self) -> list[str]:
        """Methods it was called by."""
        return [frame.method for frame in self.sent if isinstance(frame, Event)]


@dataclass
class Desk:
    """A session and what was heard of it."""

    room: Room
    clock: HandClock
    session: WorkerSession
    worker: MemoryWorker
    heard: list[Any]


def told(folder: Path, story: Callable[[Desk], Awaitable[None]], *, ready: bool = True) -> None:
    """Tell a story of a session over a desk."""

    async def with_world(world: World) -> None:
        room = await open_room(world)
        clock = HandClock()
        heard: list[Any] = []
        workers: list[MemoryWorker] = []

        def start(on_frame: Callable[[bytes], None], on_end: Callable[[str], None]) -> MemoryWorker:
            workers.append(MemoryWorker(on_frame))
            return workers[0]

        def serve(asked: Ask) -> Answer:
            heard.append(asked)
            return Answer(yes=True)

        def raised(method: str, failed: Failed) -> None:
            heard.append((method, failed.error))

        opening = Open(folder="", plug_in="mine", strategy="one", values={}, memory_bytes=1_000)
        hears = Hears(heard.append, heard.append, heard.append, raised, heard.append, serve)
        session = WorkerSession(opening, start, hears, clock, Snapshots(room.view))
        desk = Desk(room, clock, session, workers[0], heard)
        if ready:
            desk.worker.says(READY)
            heard.clear()
        await story(desk)

    play(folder, with_world)


def test_ticks_and_timer_merge_while_a_call_runs_and_everything_else_is_kept_in_order(tmp_path: Path) -> None:
    async def story(desk: Desk) -> None:
        session, worker = desk.session, desk.worker
        session.post("on_start")
        for number in range(20):
            desk.room.tick(29_640 + number)
            session.post_tick(FUND)
            session.post_timer()
        for number in (1, 2):
            session.post("on_inquiry", inquiry=InquiryOpened(inquiry=number, contract_code=PUT, at=START))
        assert worker.calls == ["on_start"]
        for call in range(1, 6):
            worker.says(Done(call=call))
        assert worker.calls == ["on_start", "on_inquiry", "on_inquiry", "on_tick", "on_timer"]
        assert [type(frame) for frame in worker.sent[:3]] == [Open, Day, Event]
        assert sum(isinstance(frame, Day) for frame in worker.sent) == 1
        # Of the moment at which it was sent, and nothing of what had not changed
        inquiry, tick = [frame for frame in worker.sent if isinstance(frame, Event)][2:4]
        assert tick.snapshot.spots[0] == desk.room.view.spot(FUND)
        assert tick.snapshot.arrays == {}
        assert inquiry.inquiry is not None
        assert inquiry.inquiry.inquiry == 2
        assert desk.heard == []

    told(tmp_path, story)


def test_what_is_kept_has_a_bound(tmp_path: Path) -> None:
    async def story(desk: Desk) -> None:
        desk.session.post("on_start")
        for number in range(limits_of.MOST_KEPT + 1):
            desk.session.post("on_inquiry", inquiry=InquiryOpened(inquiry=number, contract_code=PUT, at=START))
        assert desk.heard == ["more than 1000 fills, orders and inquiries wait for it"]
        assert desk.worker.killed == 1

    told(tmp_path, story)


@pytest.mark.fault("F69")
def test_a_call_has_its_time_and_a_loop_that_stood_still_is_not_charged_to_it(tmp_path: Path) -> None:
    async def story(desk: Desk) -> None:
        desk.session.post("on_start")
        desk.clock.seconds += 30.0
        desk.session.look()
        assert desk.heard == []
        desk.worker.says(Done(call=1))
        desk.session.post_timer()
        for _ in range(20):
            desk.clock.seconds += 0.05
            desk.session.look()
        assert desk.heard == []
        desk.clock.seconds += 0.05
        desk.session.look()
        assert desk.heard == ["on_timer did not end within 1000 ms"]
        desk.session.look()
        desk.session.post_timer()
        desk.worker.says(Done(call=2))
        assert (len(desk.heard), desk.worker.killed) == (1, 1)

    told(tmp_path, story)


@pytest.mark.fault("F70")
def test_it_has_its_memory(tmp_path: Path) -> None:
    async def story(desk: Desk) -> None:
        for desk.worker.used in (None, 1_000):
            desk.session.look()
        assert desk.heard == []
        desk.worker.used = 2_000_000
        desk.session.look()
        assert desk.heard == ["uses 2 MB, more than its 0"]

    told(tmp_path, story)


@pytest.mark.fault("F75")
def test_what_is_no_frame_or_comes_when_it_should_not_ends_the_run(tmp_path: Path) -> None:
    for number, (body, cause) in enumerate(
        (
            (b"\xc1", "its process sends no frame"),
            (b"\x80", "its process sends no frame"),
            (framed(Done(call=1))[4:], "ends a call that was not made"),
            (framed(Failed(call=0, error="E", trace=""))[4:], "ends a call that was not made"),
            (framed(READY)[4:], "says twice that it is ready"),
            (framed(Open(folder="", plug_in="", strategy="", values={}, memory_bytes=1))[4:], "sends no frame"),
        )
    ):

        async def story(desk: Desk, body: bytes = body, cause: str = cause) -> None:
            desk.worker.tell(body)
            (heard,) = desk.heard
            assert cause in heard
            assert desk.worker.killed == 1

        folder = tmp_path / str(number)
        folder.mkdir()
        told(folder, story)


def test_before_it_is_ready_nothing_is_served_and_a_refusal_ends_it(tmp_path: Path) -> None:
    async def asks(desk: Desk) -> None:
        desk.session.post("on_start")
        assert desk.worker.calls == []
        desk.worker.says(AskCancelOrder(client_order_id="x"))
        assert desk.heard == ["its process asks before it is ready"]

    async def refuses(desk: Desk) -> None:
        refused = Refused(field="size", value="x", rule="a whole number")
        desk.worker.says(refused)
        assert desk.heard == [refused]
        assert desk.worker.killed == 1

    for story in (asks, refuses):
        (tmp_path / story.__name__).mkdir()
        told(tmp_path / story.__name__, story, ready=False)


@pytest.mark.fault("F71")
def test_more_than_anybody_may_ask_ends_it_and_so_does_a_pipe_that_is_not_read(tmp_path: Path) -> None:
    async def floods(desk: Desk) -> None:
        for _ in range(limits_of.MOST_FRAMES + 10):
            desk.worker.says(AskCancelOrder(client_order_id="x"))
        assert desk.heard.pop() == "asks or says more than 1500 things a second"
        # One frame, READY, went before
        assert len(desk.heard) == limits_of.MOST_FRAMES - 1

    async def deaf(desk: Desk) -> None:
        desk.worker.reads = False
        desk.session.post_timer()
        assert desk.heard == ["its process does not read"]

    for story in (floods, deaf):
        (tmp_path / story.__name__).mkdir()
        told(tmp_path / story.__name__, story)
