"""The real desk under a storm of ticks, chain and greeks in view: processor, tick to paint, and whether it keeps up.

    python -m benchmarks ticks [--rate 1000 --rate 10000] [--seconds 60] [--seed N]

A go-between stands between a desk and its venue: everything passes, but the venue's own quotes are replaced by a seeded
walk of every book, `rate` rows a second, a tenth of them of underlyings, in twenty frames as the venue sends them.
Behind is what the line holds unread at the end, and what the desk has counted less than was sent.
"""

import argparse
import asyncio
import json
import os
import sys
import tempfile
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import numpy as np

from benchmarks.screen import many_contracts
from terminal.domain import wire
from terminal.domain.calendar import SHANGHAI
from terminal.domain.market_data import COLUMN_COUNT, Column, QuoteRows, pack_rows, unpack_rows
from terminal.domain.messages import DayOpened, MarketDataBatch

#: Demanded: share of a core at a rate, and milliseconds to paint at the highest
LIMITS = {1_000: 0.10, 10_000: 0.60}
PAINT_LIMIT_MS, PAINT_LIMIT_FROM = 50, 10_000
_FRAME_SECONDS = 0.05
#: Before the storm, until starting is over, and after it, for what is still on the way
_WARM_SECONDS = 8.0


class Storm:
    """Makes the ticks: each row the newest of its book, its prices a step of the walk further."""

    def __init__(self, seed: int) -> None:
        self._random = np.random.default_rng(seed)
        self.rows: QuoteRows = np.zeros((0, COLUMN_COUNT), np.int64)
        self.underlyings = 0
        self.sent = 0

    @property
    def ready(self) -> bool:
        """Whether nearly every book has been seen."""
        quoted = self.rows[self.underlyings :, Column.BID_PRICE] > 0
        return bool(self.underlyings) and bool(quoted.mean() > 0.8)

    def take(self, batch: MarketDataBatch) -> None:
        """Note the venue's own quotes as they were when the storm began."""
        for row in unpack_rows(batch.rows):
            if row[Column.INSTRUMENT] < len(self.rows):
                self.rows[row[Column.INSTRUMENT]] = row

    def open(self, day: DayOpened) -> None:
        """A list of instruments: underlyings first."""
        self.underlyings = len(day.underlyings)
        self.rows = np.zeros((self.underlyings + len(day.contracts), COLUMN_COUNT), np.int64)
        self.rows[:, Column.INSTRUMENT] = np.arange(len(self.rows))

    def frame(self, count: int) -> bytes:
        """One frame of `count` ticks, a tenth of them of underlyings."""
        random, quoted = self._random, np.flatnonzero(self.rows[:, Column.BID_PRICE] > 10)
        options = quoted[quoted >= self.underlyings]
        under = quoted[quoted < self.underlyings]
        of_underlyings = max(count // 10, 1)
        chosen = np.concatenate((random.choice(under, of_underlyings), random.choice(options, count - of_underlyings)))
        rows = self.rows[chosen]
        step = random.integers(-1, 2, len(chosen)) * np.where(chosen < self.underlyings, 10, 1)
        for first in (Column.BID_PRICE, Column.ASK_PRICE):
            prices = rows[:, first : first + 5]
            rows[:, first : first + 5] = np.where(prices > 20, prices + step[:, None], prices)
        rows[:, Column.LAST] = np.where(rows[:, Column.LAST] > 20, rows[:, Column.LAST] + step, rows[:, Column.LAST])
        rows[:, Column.BID_QUANTITY] = random.integers(1, 60, len(chosen))
        rows[:, Column.VOLUME] += 1
        self.rows[chosen] = rows
        self.sent += len(chosen)
        return wire.frame(MarketDataBatch(at=datetime.now(SHANGHAI), rows=pack_rows(rows)))


class GoBetween:
    """Passes frames both ways, the venue's quotes kept back once the storm has begun."""

    def __init__(self, venue_port: int, storm: Storm) -> None:
        self._venue_port = venue_port
        self.storm = storm
        self.desk: asyncio.StreamWriter | None = None
        self.quoted = asyncio.Event()
        self._storming = False
        self._tasks: set[asyncio.Task[None]] = set()

    async def serve(self) -> asyncio.Server:
        """Wait for the desk."""
        return await asyncio.start_server(self._joined, "127.0.0.1", 0)

    def begin(self) -> None:
        """From now on the desk sees our quotes only."""
        self._storming = True

    async def _joined(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        venue_reader, venue_writer = await asyncio.open_connection("127.0.0.1", self._venue_port)
        self.desk = writer
        self._tasks = {
            asyncio.ensure_future(self._to_venue(reader, venue_writer)),
            asyncio.ensure_future(self._to_desk(venue_reader, writer)),
        }

    async def _to_venue(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while data := await reader.read(1 << 16):
            writer.write(data)
        writer.close()

    async def _to_desk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        frames = wire.FrameReader()
        while data := await reader.read(1 << 16):
            for body in frames.feed(data):
                event = wire.decode_event(body)
                if isinstance(event, DayOpened):
                    self.storm.open(event)
                if isinstance(event, MarketDataBatch):
                    if self._storming:
                        continue
                    self.storm.take(event)
                    if self.storm.ready:
                        self.quoted.set()
                writer.write(len(body).to_bytes(4, "big") + body)
        writer.close()


async def play(folder: Path, rate: int, seconds: float, seed: int) -> dict[str, float]:
    """One storm on one desk; the figures of its report and ours."""
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    serve = [sys.executable, "-m", "terminal", "serve", "--port", "0", "--seed", str(seed)]
    serve += ["--data-dir", str(folder / "venue"), "--contracts", str(many_contracts(folder))]
    with (folder / "log").open("wb") as log:
        venue = await asyncio.create_subprocess_exec(*serve, stdout=asyncio.subprocess.PIPE, stderr=log)
        try:
            assert venue.stdout is not None
            told = (await venue.stdout.readline()).decode()
            storm = Storm(seed)
            between = GoBetween(int(told.split("127.0.0.1:")[1].split(",")[0]), storm)
            server = await between.serve()
            desk = [sys.executable, "-m", "terminal", "desk", "--data-dir", str(folder / "desk")]
            desk += ["--connect", f"127.0.0.1:{server.sockets[0].getsockname()[1]}"]
            desk += ["--duration", str(_WARM_SECONDS + seconds + _WARM_SECONDS), "--out", str(folder / "out")]
            seen = await asyncio.create_subprocess_exec(*desk, stdout=log, stderr=log, env=environment)
            await between.quoted.wait()
            await asyncio.sleep(_WARM_SECONDS)
            between.begin()
            before = _processor_seconds(seen.pid)
            behind = await _blow(between, rate, seconds)
            share = (_processor_seconds(seen.pid) - before) / seconds
            await seen.wait()
            server.close()
        finally:
            venue.terminate()
            await venue.wait()
    facts = json.loads((folder / "out" / "report.json").read_text("utf-8"))
    return {
        "sent": storm.sent,
        "taken": facts["quotes"],
        "dropped": facts["quotes_dropped"],
        "behind": behind,
        "share": share,
        "paint": facts["tick_to_paint_p95_ms"],
        "gap": facts["event_loop_gap_p99_ms"],
    }


async def _blow(between: GoBetween, rate: int, seconds: float) -> int:
    """Send the storm; gives the bytes that the desk had not read when it ended."""
    assert between.desk is not None
    loop = asyncio.get_running_loop()
    began = loop.time()
    for number in range(round(seconds / _FRAME_SECONDS)):
        due = began + number * _FRAME_SECONDS
        if (wait := due - loop.time()) > 0:
            await asyncio.sleep(wait)
        between.desk.write(between.storm.frame(round(rate * _FRAME_SECONDS)))
    return between.desk.transport.get_write_buffer_size()


def _processor_seconds(process: int) -> float:
    """Seconds of processor time, user and system, of a running process; Linux only."""
    fields = Path(f"/proc/{process}/stat").read_text("ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def main(arguments: Sequence[str]) -> int:
    """Blow at each rate; 1 when a limit is missed and `--strict` was asked for."""
    parser = argparse.ArgumentParser(prog="bench ticks", description=__doc__)
    parser.add_argument("--rate", type=int, action="append", help="ticks a second; more than once for several storms")
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--seed", type=int, default=20261109)
    parser.add_argument("--strict", action="store_true", help="fail when a limit is missed")
    options = parser.parse_args(arguments)
    missed = False
    for rate in options.rate or [1_000, 10_000]:
        with tempfile.TemporaryDirectory() as name:
            figures = asyncio.run(play(Path(name), rate, options.seconds, options.seed))
        lost = figures["sent"] - figures["taken"]
        print(
            f"{rate:6,} ticks/s, {options.seconds:g} s: desk {figures['share']:.1%} of a core, tick to paint p95 "
            f"{figures['paint']} ms, event loop p99 {figures['gap']} ms"
        )
        print(
            f"        sent {figures['sent']:,}, taken {figures['taken']:,} (with what came before the storm), dropped "
            f"{figures['dropped']}, unread at the end {figures['behind']:,} bytes"
        )
        late = rate >= PAINT_LIMIT_FROM and figures["paint"] > PAINT_LIMIT_MS
        missed |= lost > 0 or late or figures["share"] > LIMITS.get(rate, 1.0)
    return 1 if missed and options.strict else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
