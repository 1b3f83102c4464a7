"""How fast the desk quotes: from a tick of the underlying to the first and the last quote message at the gateway.

    python -m benchmarks.quoting [--folder DIR] [--ticks N]

The real services over a real journal: market data in, theoretical prices, the continuous quoter, the gate, the record
handed to the journal, the encoded frame at the gateway. The gateway is a list with a clock; the answers of the venue
are made by hand between two ticks and do not count. The rule: run it on the disk the journal will live on.
"""

import argparse
import asyncio
import gc
import statistics
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

from benchmarks.quoting_room import FREE, FUND, SPOT, Room
from terminal.domain import wire
from terminal.domain.messages import SubmitQuotes
from terminal.domain.orders import Instruction, OrderRequest, OrderType
from terminal.strategies.quoter import ContinuousQuoter
from terminal.strategies.quoter_parameters import QuoterParameters
from terminal.turns import take_short_turns


@dataclass
class Spans:
    """Microseconds from a tick to the first and the last message."""

    first: list[float] = field(default_factory=list)
    last: list[float] = field(default_factory=list)

    def add(self, first: float, last: float) -> None:
        """One tick, in seconds."""
        self.first.append(first * 1e6)
        self.last.append(last * 1e6)

    def __str__(self) -> str:
        first, last = sorted(self.first), sorted(self.last)
        late = int(len(first) * 0.99)
        return (
            f"first p50 {statistics.median(first):5.0f}  p99 {first[late]:6.0f}   "
            f"last p50 {statistics.median(last):5.0f}  p99 {last[late]:6.0f}  us"
        )


async def ticks(room: Room, count: int, *, in_a_row: bool) -> "tuple[Spans, Spans, float]":
    """From the frame of a tick to the quote messages, by the clock and of the processor; contracts quoted a tick."""
    parameters = QuoterParameters(
        underlying=FUND,
        least_delta=0.0,
        most_delta=1.01,
        tolerance_ticks=0,
        contracts_per_pass=10_000,
        messages_per_second=1_000_000,
        risk_aversion=1e-8,
    )
    room.engine.add(ContinuousQuoter("quoter", parameters), FREE)
    denial = room.engine.start("quoter", "benchmark")
    assert denial is None, denial
    room.answer()
    wall, own, quoted = Spans(), Spans(), 0
    gc.collect()
    gc.freeze()
    for number in range(count):
        body = room.tick(SPOT + (17 if number % 2 else -17))
        began, began_own = time.perf_counter(), time.thread_time()
        room.desk.on_event(wire.decode_event(body))
        times = [(at, at_own) for at, at_own, command in room.gateway.sent if isinstance(command, SubmitQuotes)]
        if times:
            wall.add(times[0][0] - began, times[-1][0] - began)
            own.add(times[0][1] - began_own, times[-1][1] - began_own)
        quoted += sum(len(c.entries) for *_, c in room.gateway.sent if isinstance(c, SubmitQuotes))
        if in_a_row and number % 20:
            room.keep_answers()
        else:
            room.answer()
            # The writer's thread gets its turn, as it does while a real loop waits for the next tick
            await asyncio.sleep(0.002)
    room.engine.stop("quoter", "", "benchmark")
    room.gateway.sent.clear()
    return wall, own, quoted / count


async def kill_switch(room: Room, count: int) -> float:
    """Milliseconds from the press to the last cancel at the gateway, with so many open orders and all quotes live."""
    request = OrderRequest(room.market.contracts[0].code, Instruction.BUY_OPEN, OrderType.LIMIT, 1, Decimal("0.0001"))
    await asyncio.gather(*(room.orders.submit(request) for _ in range(count)))
    room.answer()
    working = len(room.orders.working())
    assert working == count, working
    began = time.perf_counter()
    room.quoting.cancel()
    task = asyncio.ensure_future(room.orders.cancel_all())
    await asyncio.sleep(0)
    took = (room.gateway.sent[-1][0] - began) * 1000
    await task
    return took


async def measure(folder: Path, count: int) -> None:
    """Run all and print a line each."""
    for contract_count in (200, 500):
        room = Room(folder, contract_count)
        room.open()
        try:
            await _ticks_line(room, count)
        finally:
            await room.journal.close()


async def _ticks_line(room: Room, count: int) -> None:
    for in_a_row in (False, True):
        wall, own, quoted = await ticks(room, count, in_a_row=in_a_row)
        how = "one after the other, answered every twentieth" if in_a_row else "2 ms apart, each answered"
        print(f"{room.count} contracts, {quoted:.0f} quoted a tick; ticks {how}")
        print(f"    by the clock      {wall}")
        print(f"    processor's time  {own}")
    if room.count == 200:
        print(
            f"kill switch, 2,000 orders open: the last cancel leaves {await kill_switch(room, 2_000):.2f} ms after it"
        )


def main(argv: Sequence[str] | None = None) -> int:
    """Measure in a temporary file of `--folder`, which is removed afterwards."""
    parser = argparse.ArgumentParser(description="Measures quoting from tick to gateway.")
    parser.add_argument("--folder", type=Path, default=None, help="a folder on the disk to measure")
    parser.add_argument("--ticks", type=int, default=500, help="ticks of each part")
    arguments = parser.parse_args(argv)
    # As the desk does
    take_short_turns()
    with tempfile.TemporaryDirectory(dir=arguments.folder) as folder:
        asyncio.run(measure(Path(folder), arguments.ticks))
    return 0


if __name__ == "__main__":
    sys.exit(main())
