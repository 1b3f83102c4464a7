"""How fast the journal is: records a second, and how long an append waits for the disk, alone and in company.

    python -m benchmarks.journal [--folder DIR] [--seconds N]

The rule: run it on the disk the journal will live on; the flush of a virtual disk says nothing about a real one.
"""

import argparse
import asyncio
import sys
import tempfile
import time
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from terminal.domain.calendar import SHANGHAI
from terminal.domain.ports import RecordKind
from terminal.storage.journal import SqliteJournal
from terminal.storage.receipt import Receipt

#: The size of an order report on the wire
BODY = bytes(358)


async def lone(journal: SqliteJournal, seconds: float) -> list[float]:
    """Milliseconds from append to disk, each waited for before the next is made."""
    at = datetime.now(SHANGHAI)
    waits = []
    until = time.perf_counter() + seconds
    while (began := time.perf_counter()) < until:
        await journal.append([(RecordKind.EVENT, at, BODY)])
        waits.append((time.perf_counter() - began) * 1000)
    return waits


async def steady(journal: SqliteJournal, rate: int, seconds: float) -> tuple[list[float], float, float]:
    """Milliseconds of each append at `rate` a second, handed in each millisecond by a task of its own.

    Also the shares of one core that the writer's thread and the loop with its tasks use.
    """
    at = datetime.now(SHANGHAI)
    waits: list[float] = []

    async def one() -> None:
        began = time.perf_counter()
        await journal.append([(RecordKind.EVENT, at, BODY)])
        waits.append((time.perf_counter() - began) * 1000)

    started, used, own = time.perf_counter(), time.process_time(), time.thread_time()
    made = 0
    async with asyncio.TaskGroup() as group:
        while (elapsed := time.perf_counter() - started) < seconds:
            for _ in range(int(elapsed * rate) - made):
                group.create_task(one())
                made += 1
            await asyncio.sleep(0.001)
    took = time.perf_counter() - started
    loop_share = (time.thread_time() - own) / took
    return waits, (time.process_time() - used) / took - loop_share, loop_share


async def flood(journal: SqliteJournal, count: int) -> float:
    """Records a second when `count` are handed in as fast as the loop can, nobody waiting but for the last."""
    at = datetime.now(SHANGHAI)
    began = time.perf_counter()
    receipt: Receipt = journal.append([])
    for number in range(count):
        receipt = journal.append([(RecordKind.EVENT, at, BODY)])
        if number % 100 == 0:
            await asyncio.sleep(0)
    await receipt
    return count / (time.perf_counter() - began)


def percentile(values: Sequence[float], share: float) -> float:
    """The value that `share` of all do not exceed."""
    return sorted(values)[min(len(values) - 1, int(len(values) * share))]


async def measure(folder: Path, seconds: float) -> None:
    """Run all and print a line each."""
    journal = SqliteJournal(folder / "benchmark.journal")
    waits = await lone(journal, seconds)
    print(
        f"lone      {len(waits) / seconds:9,.0f} records/s   "
        f"p50 {percentile(waits, 0.5):6.2f} ms   p99 {percentile(waits, 0.99):6.2f} ms"
    )
    for rate in (1_000, 10_000):
        waits, writer, loop = await steady(journal, rate, seconds)
        print(
            f"grouped   {len(waits) / seconds:9,.0f} records/s   p50 {percentile(waits, 0.5):6.2f} ms   "
            f"p99 {percentile(waits, 0.99):6.2f} ms   of a core: writer {writer:.1%}, loop {loop:.1%}"
        )
    print(f"flood     {await flood(journal, 100_000):9,.0f} records/s")
    began = time.perf_counter()
    count = sum(1 for _ in journal.read())
    print(f"verified  {count / (time.perf_counter() - began):9,.0f} records/s   {count:,} records")
    await new_day(journal)
    await journal.close()


async def new_day(journal: SqliteJournal) -> None:
    """What a start reads on the morning after all that: what is seldom of every day, and from the bookmark on."""
    at = datetime.now(SHANGHAI)
    await journal.set_bookmark(at, b"")
    await journal.append([(RecordKind.NOTE, at, BODY)])
    began = time.perf_counter()
    notes = sum(1 for _ in journal.read_kind([RecordKind.NOTE, RecordKind.ALERT]))
    seldom = time.perf_counter() - began
    kept = journal.bookmark()
    assert kept is not None
    began = time.perf_counter()
    today = sum(1 for _ in journal.read(kept[0]))
    newest = time.perf_counter() - began
    figures = (
        f"{newest * 1000:9.2f} ms for {today} record of today, {seldom * 1000:.2f} ms for {notes} note of all days"
    )
    print(f"new day   {figures}")


def main(argv: Sequence[str] | None = None) -> int:
    """Measure in a temporary file of `--folder`, which is removed afterwards."""
    parser = argparse.ArgumentParser(description="Measures the journal on a disk.")
    parser.add_argument("--folder", type=Path, default=None, help="a folder on the disk to measure")
    parser.add_argument("--seconds", type=float, default=3.0, help="how long each part runs")
    arguments = parser.parse_args(argv)
    with tempfile.TemporaryDirectory(dir=arguments.folder) as folder:
        asyncio.run(measure(Path(folder), arguments.seconds))
    return 0


if __name__ == "__main__":
    sys.exit(main())
