"""A market maker's desk that is killed in the afternoon and started again: how long until the screen shows something.

    python -m benchmarks late-start [--records 290000] [--short] [--journal FILE]

The journal is that of a maker's whole day (`late_day.py`). Measured are the parts of a start that read it, each over
the program's own services, and then the program itself from its launch to the first painted chain on a folder with
that journal, beside one whose day has just begun.
"""

import argparse
import asyncio
import itertools
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import time as clock_time
from pathlib import Path
from typing import Any, TypeVar, cast

from benchmarks.late_day import write_day
from benchmarks.making_desk import DESK_ID, WholeDesk, build_desk
from benchmarks.making_market import DayClock, FrameLine
from benchmarks.start import start_once
from terminal.domain.ports import PictureJournal, Record, RecordKind, VenueListener
from terminal.rule_files import read_obligations, read_profile
from terminal.services.day_pictures import KEY, RECORDS, DayPictures, restore_obligations
from terminal.storage.journal import SqliteJournal
from terminal.venue_source import VenueRequest, read_files

_PROFILE, _TERMS = "sse_2025", "sse_generic"
_RECORDS, _SHORT_RECORDS = 290_000, 20_000
_UNTIL, _SHORT_UNTIL = clock_time(9, 40), clock_time(9, 32)
T = TypeVar("T")


class _NoVenue(FrameLine):
    """A line that nobody answers on: only what the journal gives is measured."""

    async def start(self, listener: VenueListener) -> None:
        """Wait for ever."""


def main(arguments: Sequence[str]) -> int:
    """Print seconds by part."""
    parser = argparse.ArgumentParser(prog="benchmarks late-start", description="A start late on a maker's day.")
    parser.add_argument("--records", type=int, default=0, help=f"of the day, {_RECORDS:,} unless told")
    parser.add_argument("--short", action="store_true", help=f"{_SHORT_RECORDS:,} records and one start of the program")
    parser.add_argument("--journal", type=Path, help="write the day there and keep it; one that is there is taken")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--no-program", action="store_true", help="the parts alone")
    chosen = parser.parse_args(arguments)
    records = chosen.records or (_SHORT_RECORDS if chosen.short else _RECORDS)
    rounds = 1 if chosen.short else chosen.rounds
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        day = chosen.journal or folder / "day.sqlite"
        if not day.exists():
            write_day(day, records, _SHORT_UNTIL if chosen.short else _UNTIL)
        print(f"load of the machine {Path('/proc/loadavg').read_text().strip()}" if sys.platform == "linux" else "")
        pictured = folder / "pictured.sqlite"
        copy_journal(day, pictured)
        asyncio.run(_picture(pictured))
        _print_parts(day, pictured, folder, rounds)
        if not chosen.no_program:
            _print_program(day, pictured, folder, rounds)
    return 0


def _print_parts(day: Path, pictured: Path, folder: Path, rounds: int) -> None:
    found: dict[str, list[float]] = {}
    lefts: list[object] = []
    count = 0
    for _ in range(rounds):
        for how, journal in (("whole day", day), ("from a picture", pictured)):
            path = folder / "parts" / "desk.sqlite"
            path.parent.mkdir()
            copy_journal(journal, path)
            count, parts, left = asyncio.run(_parts(path))
            lefts.append(left)
            for part, seconds in parts.items():
                found.setdefault(f"{how}: {part}", []).append(seconds)
            shutil.rmtree(path.parent)
    if any(left != lefts[0] for left in lefts):
        raise RuntimeError("from a picture a start comes to other figures, orders or numbers than from all records")
    print(f"{count:,} records of the day, {rounds} rounds: median and least")
    for part, times in found.items():
        least = min(times)
        print(f"{part:48} {statistics.median(times):7.3f} {least:7.3f} s   {least / count * 1e6:6.2f} us a record")


class _Earlier:
    """A journal as it stood some records ago: what a picture was taken of then."""

    def __init__(self, journal: SqliteJournal, records: int) -> None:
        self._journal = journal
        self.newest_number = journal.newest_number - records

    def read(self, after: int = 0) -> Iterator[Record]:
        """What was there."""
        return itertools.islice(iter(self._journal.read(after)), max(self.newest_number - after, 0))

    def __getattr__(self, name: str) -> Any:
        return getattr(self._journal, name)


async def _picture(path: Path) -> None:
    """Take a picture of nearly the whole day, as after a first start, and the next one, as the day goes on."""
    journal = SqliteJournal(path)
    terms, sessions = read_obligations(_TERMS), read_profile(_PROFILE).sessions
    for what, behind in (("the first of the day", 2 * RECORDS), ("the next", RECORDS)):
        earlier = cast(PictureJournal, _Earlier(journal, behind))
        began = time.process_time()
        assert DayPictures(earlier, DESK_ID, terms, sessions, breath_seconds=0).take()
        taken = time.process_time() - began
        await journal.append([])
        body = journal.state(KEY)
        assert body is not None
        print(f"a picture {behind:,} records before the last, {what}: {taken:.3f} processor s, {len(body):,} bytes")
    await journal.close()


async def _parts(path: Path) -> tuple[int, dict[str, float], object]:
    whole = _build(path)
    parts: dict[str, float] = {}

    def timed(part: str, work: Callable[[], T]) -> T:
        began = time.perf_counter()
        result = work()
        parts[part] = time.perf_counter() - began
        return result

    journal, terms = whole.journal, whole.obligations.terms
    kept = journal.bookmark()
    after = 0 if kept is None else kept[0]
    pictures = DayPictures(journal, DESK_ID, terms, read_profile(_PROFILE).sessions)
    begun = timed("finding the picture", pictures.start)
    first = after if begun is None else begun.number
    timed("reading and verification alone", lambda: sum(1 for _ in journal.read(first)))
    timed("obligations", lambda: restore_obligations(whole.obligations, journal, begun, True))
    began = time.perf_counter()
    await whole.desk.start(begun)
    parts["orders and quotes"] = time.perf_counter() - began
    timed("reminders and notes", lambda: list(journal.read_kind([RecordKind.ALERT, RecordKind.NOTE])))
    figures = whole.obligations.figures()
    assert figures is not None
    orders = sorted((o.client_order_id, o.filled_quantity, o.status) for o in whole.desk.orders.orders)
    live = sorted(whole.obligations.own.codes())
    left = figures.totals_us.tolist(), orders, live, whole.desk.last_sequence, whole.desk.quoting.newest_number
    whole.quoting.close()
    count = journal.newest_number - after
    await journal.close()
    return count, parts, left


def _build(path: Path) -> WholeDesk:
    files = read_files(VenueRequest(profile=_PROFILE, seed=1, speed=1.0), None)

    def no_host() -> None:
        raise RuntimeError("nobody is at the other end")

    line = _NoVenue(no_host)  # type: ignore[arg-type]
    return build_desk(path, line, DayClock(), read_profile(_PROFILE), read_obligations(_TERMS), files.calendar)


def _print_program(day: Path, pictured: Path, folder: Path, rounds: int) -> None:
    """The program in turns: on a folder whose day has just begun, on the maker's, on the maker's with a picture."""
    home = folder / "program"
    (home / "data").mkdir(parents=True)
    (home / "data" / "desk-id").write_text(DESK_ID, "ascii")
    start_once(home)
    plain: list[float] = []
    late: list[float] = []
    resumed: list[float] = []
    for _ in range(rounds):
        _drop_journal(home)
        plain.append(start_once(home))
        _drop_journal(home)
        copy_journal(day, home / "data" / "desk.sqlite")
        late.append(start_once(home))
        _drop_journal(home)
        copy_journal(pictured, home / "data" / "desk.sqlite")
        resumed.append(start_once(home))
    days = (("a day just begun", plain), ("a whole day", late), ("from a picture", resumed))
    for what, times in days:
        print(f"launch to first chain, {what:20} {statistics.median(times):6.2f} s, worst {max(times):.2f} s")


def copy_journal(day: Path, path: Path) -> None:
    """Put a journal there; closed, it is one file."""
    shutil.copyfile(day, path)


def _drop_journal(home: Path) -> None:
    for path in (home / "data").glob("desk.sqlite*"):
        path.unlink()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
