"""Measures plug-ins in their processes: what a snapshot costs, tick to quote, and the loop's gap while one loops.

The gap is by how much a timer of 5 ms comes late in a loop with a quoter over 500 contracts: with no plug-in, with one
that runs an endless loop and is killed and started again, and, to compare, with the same loop in a thread of this
process.
"""

import argparse
import asyncio
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Sequence
from pathlib import Path

import msgspec

from benchmarks.quoting_room import FREE, FUND, SPOT, Room
from terminal.app.plug_ins import PlugIns
from terminal.domain import wire
from terminal.domain.messages import SubmitQuotes
from terminal.strategies.plug_ins.frames import framed
from terminal.strategies.plug_ins.snapshot import Snapshots
from terminal.strategies.quoter import ContinuousQuoter
from terminal.strategies.quoter_parameters import QuoterParameters

_BEAT_SECONDS = 0.05
_GAP_SECONDS = 0.005
_PATIENCE_TURNS = 5_000_000
_TEXT = """
from dataclasses import dataclass

import numpy as np

from terminal.rules.protection.order_checks import QuoteBatch
from terminal.strategies.protocol import Strategy

API_VERSION = 1

@dataclass(frozen=True)
class Terms:
    underlying: str = "510050"
    loops: bool = False

class Mine(Strategy):
    def on_start(self, view, ask):
        ask.note("started")

    def on_tick(self, underlying, view, ask):
        while self.parameters.loops:
            pass
        numbers = view.numbers(underlying)[:50]
        fair = np.round(view.price[numbers]).astype(np.int64)
        size, no = np.full(len(numbers), 5), np.zeros(len(numbers), bool)
        ask.quote(QuoteBatch.of_sides(numbers, np.maximum(fair - 20, 1), size, fair + 20, size, no, no))

STRATEGY, PARAMETERS = Mine, Terms
"""


def snapshots(room: Room, count: int) -> None:
    """What the desk pays for a call: the whole view, and what a tick changes of it."""
    whole, ticked, sizes, encoder = [], [], (0, 0, 0), msgspec.msgpack.Encoder()
    for number in range(count):
        told = Snapshots(room.engine.view)
        began = time.perf_counter()
        day = told.day()
        first = encoder.encode(told.take())
        whole.append(time.perf_counter() - began)
        assert day is not None
        listed = len(framed(day))
        room.desk.on_event(wire.decode_event(room.tick(SPOT + (17 if number % 2 else -17))))
        room.theoretical.reprice(FUND)
        began = time.perf_counter()
        told.day()
        tick = encoder.encode(told.take())
        ticked.append(time.perf_counter() - began)
        sizes = listed, len(first), len(tick)
    list_bytes, first_bytes, tick_bytes = (size / 1000 for size in sizes)
    print(
        f"snapshot of {room.count} contracts: whole {_middle(whole):.0f} us, {first_bytes:.0f} kB, the list beside it "
        f"{list_bytes:.0f} kB; after a tick {_middle(ticked):.0f} us, {tick_bytes:.0f} kB"
    )


async def tick_to_quote(room: Room, plug_ins: PlugIns, count: int) -> None:
    """From the frame of a tick to the quote message of 50 contracts, with the worker between."""
    await plug_ins.add("mine", "mine", {}, FREE)
    assert room.engine.start("mine", "benchmark") is None
    took: list[float] = []
    for number in range(count + 1):
        body = room.tick(SPOT + (17 if number % 2 else -17))
        began = time.perf_counter()
        room.desk.on_event(wire.decode_event(body))
        for _ in range(_PATIENCE_TURNS):
            if any(isinstance(command, SubmitQuotes) for *_, command in room.gateway.sent):
                break
            await asyncio.sleep(0)
        at = next(at for at, _, command in room.gateway.sent if isinstance(command, SubmitQuotes))
        # The first waits for the process
        if number:
            took.append(at - began)
        room.answer()
        await asyncio.sleep(0.002)
    room.engine.stop("mine", "", "benchmark")
    took.sort()
    print(f"tick to quote through the worker: p50 {_middle(took):.0f}  p99 {took[int(count * 0.99)] * 1e6:.0f} us")


async def gaps(room: Room, seconds: float, plug_ins: PlugIns | None) -> tuple[float, float, list[float]]:
    """p99 and worst lateness of a 5 ms timer, ms, and how long calls that do not end took to be ended, s."""
    late: list[float] = []
    ended: list[float] = []
    until, beat_at, started_at = time.perf_counter() + seconds, 0.0, 0.0
    number = 0
    while (now := time.perf_counter()) < until:
        if now >= beat_at:
            beat_at = now + _BEAT_SECONDS
            number += 1
            room.desk.on_event(wire.decode_event(room.tick(SPOT + (17 if number % 2 else -17))))
            room.engine.on_timer()
            room.answer()
            entry = room.engine.entry("mine")
            if plug_ins is not None and entry is not None:
                if not entry.is_active:
                    if started_at:
                        ended.append(now - started_at)
                    assert room.engine.start("mine", "benchmark") is None
                    started_at = 0.0
                elif not started_at and entry.ask is not None and entry.ask.notes:
                    # It is loaded: the next tick is its last
                    started_at = now
        # What the room itself works at, the venue's part among it, is no gap
        due = time.perf_counter() + _GAP_SECONDS
        await asyncio.sleep(_GAP_SECONDS)
        late.append(max(0.0, time.perf_counter() - due) * 1000)
    late.sort()
    return late[int(len(late) * 0.99)], late[-1], ended


async def measure(folder: Path, count: int, seconds: float) -> None:
    """Run all and print a line each."""
    room = Room(folder, 500)
    room.open()
    (folder / "mine.py").write_text(_TEXT, "utf-8")
    plug_ins = PlugIns(folder, room.engine, memory_bytes=1_000_000_000)
    try:
        snapshots(room, count)
        await tick_to_quote(room, plug_ins, count)
        room.engine.add(ContinuousQuoter("quoter", QuoterParameters(underlying=FUND)), FREE)
        assert room.engine.start("quoter", "benchmark") is None
        print(f"loop with a quoter, late: {_line(await gaps(room, seconds, None))}")
        await plug_ins.add("mine", "mine", {"loops": "yes"}, FREE)
        print(f"with a plug-in that loops: {_line(await gaps(room, seconds, plug_ins))}")
        room.engine.stop("mine", "", "benchmark")
        over = threading.Event()

        def loop() -> None:
            while not over.is_set():
                pass

        thread = threading.Thread(target=loop)
        thread.start()
        print(f"the same loop in a thread: {_line(await gaps(room, seconds, None))}")
        over.set()
        thread.join()
    finally:
        room.engine.stop_all("the benchmark ends", "benchmark")
        plug_ins.close()
        await room.journal.close()


def _line(found: tuple[float, float, list[float]]) -> str:
    late, worst, ended = found
    killed = f"; {len(ended)} times killed, {max(ended):.2f} s after its first call at most" if ended else ""
    return f"p99 {late:.1f} ms, worst {worst:.1f} ms{killed}"


def _middle(seconds: list[float]) -> float:
    return statistics.median(seconds) * 1e6


def main(argv: Sequence[str] | None = None) -> int:
    """Measure in a temporary folder."""
    parser = argparse.ArgumentParser(description="Measures plug-ins in processes of their own.")
    parser.add_argument("--ticks", type=int, default=300, help="ticks of each part")
    parser.add_argument("--seconds", type=float, default=10.0, help="how long each gap is measured")
    arguments = parser.parse_args(argv)
    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(measure(Path(folder), arguments.ticks, arguments.seconds))
    return 0


if __name__ == "__main__":
    sys.exit(main())
