"""A market maker's desk that is killed in the afternoon and started again: how long until the screen shows something.

    python -m benchmarks late-start [--records 290000] [--short] [--journal FILE]

The journal is that of a maker's whole day (`late_day.py`). Measured are the parts of a start that read it, each over
the program's own services, and then the program itself from its launch to the first painted chain on a folder with
that journal, beside one whose day has just begun.
"""

import argparse
import asyncio
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from datetime import time as clock_time
from pathlib import Path
from typing import TypeVar

from benchmarks.late_day import write_day
from benchmarks.making_desk import DESK_ID, WholeDesk, build_desk
from benchmarks.making_market import DayClock, FrameLine
from benchmarks.start import start_once
from terminal.domain.ports import RecordKind, VenueListener
from terminal.rule_files import read_obligations, read_profile
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
        _print_parts(day, folder, rounds)
        if not chosen.no_program:
            _print_program(day, folder, rounds)
    return 0


def _print_parts(day: Path, folder: Path, rounds: int) -> None:
    found: dict[str, list[float]] = {}
    count = 0
    for turn in range(rounds):
        path = folder / f"parts-{turn}" / "desk.sqlite"
        path.parent.mkdir()
        copy_journal(day, path)
        count, parts = asyncio.run(_parts(path))
        for part, seconds in parts.items():
            found.setdefault(part, []).append(seconds)
        shutil.rmtree(path.parent)
    print(f"{count:,} records of the day, {rounds} rounds: median and least seconds, microseconds a record")
    for part, times in found.items():
        least = min(times)
        print(f"{part:42} {statistics.median(times):7.3f} {least:7.3f}   {least / count * 1e6:6.2f}")


async def _parts(path: Path) -> tuple[int, dict[str, float]]:
    whole = _build(path)
    parts: dict[str, float] = {}

    def timed(part: str, work: Callable[[], T]) -> T:
        began = time.perf_counter()
        result = work()
        parts[part] = time.perf_counter() - began
        return result

    journal = whole.journal
    kept = journal.bookmark()
    after = 0 if kept is None else kept[0]
    count = timed("reading and verification alone", lambda: sum(1 for _ in journal.read(after)))
    timed("obligations", lambda: whole.obligations.restore(journal.read(after)))
    began = time.perf_counter()
    await whole.desk.start()
    parts["orders and quotes"] = time.perf_counter() - began
    timed("reminders and notes", lambda: list(journal.read_kind([RecordKind.ALERT, RecordKind.NOTE])))
    whole.quoting.close()
    await journal.close()
    return count, parts


def _build(path: Path) -> WholeDesk:
    files = read_files(VenueRequest(profile=_PROFILE, seed=1, speed=1.0), None)

    def no_host() -> None:
        raise RuntimeError("nobody is at the other end")

    line = _NoVenue(no_host)  # type: ignore[arg-type]
    return build_desk(path, line, DayClock(), read_profile(_PROFILE), read_obligations(_TERMS), files.calendar)


def _print_program(day: Path, folder: Path, rounds: int) -> None:
    """The program in turns: on a folder whose day has just begun, and on the maker's."""
    home = folder / "program"
    (home / "data").mkdir(parents=True)
    (home / "data" / "desk-id").write_text(DESK_ID, "ascii")
    start_once(home)
    plain, late = [], []
    for _ in range(rounds):
        _drop_journal(home)
        plain.append(start_once(home))
        _drop_journal(home)
        copy_journal(day, home / "data" / "desk.sqlite")
        late.append(start_once(home))
    for what, times in (("a day just begun", plain), ("the maker's day", late)):
        print(f"launch to first chain, {what:20} {statistics.median(times):6.2f} s, worst {max(times):.2f} s")


def copy_journal(day: Path, path: Path) -> None:
    """Put a journal there; closed, it is one file."""
    shutil.copyfile(day, path)


def _drop_journal(home: Path) -> None:
    for path in (home / "data").glob("desk.sqlite*"):
        path.unlink()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
