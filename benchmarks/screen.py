"""The real desk under load: event-loop gaps, processor and memory of the screen, the venue stated apart.

`python3 dev.py bench screen [--minutes 1] [--speed 1] [--pace 5] [--no-orders] [--warm-up MINUTES]`: five underlyings
with eleven strikes each, more than 500 contracts, the window at 1920x1080 with a chain, a ticket and all tables; a
scripted trader sends an order every `pace` seconds unless told not to. docs/performance.md quotes ten minutes; memory
wants the better part of an hour: its slope counts from the end of the warm-up, a quarter of the run if not given.
"""

import argparse
import contextlib
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import msgspec

from benchmarks.memory_growth import growth, lines
from terminal.domain.calendar import SHANGHAI
from terminal.storage.contract_file import ListedUnderlying, contract_file_bytes
from terminal.venue_source import VenueRequest, first_header, read_files

_TICKS_A_SECOND = os.sysconf("SC_CLK_TCK") if hasattr(os, "sysconf") else 100


def main(arguments: Sequence[str]) -> int:
    """Play, then print what the desk's report and the kernel say."""
    parser = argparse.ArgumentParser(prog="bench screen", description=__doc__)
    parser.add_argument("--minutes", type=float, default=1.0)
    parser.add_argument("--speed", type=float, default=1.0)
    parser.add_argument("--pace", type=float, default=5.0)
    parser.add_argument("--no-orders", action="store_true", help="watch only: no scripted trader")
    parser.add_argument("--warm-up", type=float, metavar="MINUTES", help="memory counts from here on")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as name:
        return _play(Path(name), options)


def _play(folder: Path, options: argparse.Namespace) -> int:
    seconds, speed = options.minutes * 60.0, options.speed
    warm_up = seconds / 4 if options.warm_up is None else options.warm_up * 60.0
    command = [sys.executable, "-m", "terminal", "desk", "--data-dir", str(folder / "data")]
    command += ["--duration", str(seconds), "--speed", str(speed), "--out", str(folder / "out")]
    command += ["--contracts", str(many_contracts(folder))]
    if not options.no_orders:
        command += ["--scripted", "--pace", str(options.pace)]
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    with (folder / "log").open("wb") as log:
        desk = subprocess.Popen(command, stdout=log, stderr=log, env=environment)
        venue_share, venue_mb = _watch_venue(desk, folder / "data" / "venue", seconds, warm_up)
        desk.wait(timeout=60)
    report = json.loads((folder / "out" / "report.json").read_text("utf-8"))
    updates = report["quotes"] / report["seconds"]
    print(f"speed x{speed:g}, {seconds:.0f} s: {report['contracts']} contracts, {updates:,.0f} updates/s")
    print(
        f"  event loop    p99 {report['event_loop_gap_p99_ms']} ms, worst {report['worst_event_loop_gap_ms']} ms late"
    )
    print(f"  desk          {report['processor_share']:.1%} of a core, venue {venue_share:.1%}")
    for line in lines(growth(report["memory"], warm_up)):
        print(f"  {line}")
    print(f"  venue         {venue_mb[0]:.1f} MB after warm-up, {venue_mb[1]:.1f} MB at the end")
    print(f"  fills {report['fills']}, positions that differ {report['position_breaks']}, "
          f"acknowledged in {report['acknowledgement_ms']} ms (median, worst)")  # fmt: skip
    return 0 if report["connected"] else 1


def many_contracts(folder: Path) -> Path:
    """A contract file with eleven strikes a month instead of nine."""
    request = VenueRequest(profile="sse_2025", seed=1, speed=1.0)
    files = read_files(request, None)
    listing = msgspec.structs.replace(files.profile.listing, strikes_each_side=5)
    wide = replace(files, profile=msgspec.structs.replace(files.profile, listing=listing))
    day = first_header(request, wide, datetime.now(SHANGHAI).date()).day
    listed = [ListedUnderlying(u.code, u.name, u.kind, u.previous_close) for u in day.underlyings]
    path = folder / f"reff03{day.trading_day:%m%d}.txt"
    path.write_bytes(contract_file_bytes(day.contracts, listed))
    return path


def _watch_venue(
    desk: "subprocess.Popen[bytes]", book: Path, seconds: float, warm_up: float
) -> tuple[float, tuple[float, float]]:
    """Share of a core that the venue used, and its memory after warm-up and at the end; nan where nobody tells."""
    began = time.monotonic()
    _sleep(desk, min(10.0, seconds / 3))
    process = _venue_process(desk, book)
    measured, before = time.monotonic(), _cpu_seconds(process)
    _sleep(desk, began + warm_up - time.monotonic())
    warm_mb = _resident_mb(process)
    _sleep(desk, began + seconds - 3.0 - time.monotonic())
    return (_cpu_seconds(process) - before) / (time.monotonic() - measured), (warm_mb, _resident_mb(process))


def _sleep(desk: "subprocess.Popen[bytes]", seconds: float) -> None:
    """Wait; a desk that has ended is not waited for."""
    with contextlib.suppress(subprocess.TimeoutExpired):
        desk.wait(timeout=max(0.0, seconds))


def _venue_process(desk: "subprocess.Popen[bytes]", book: Path) -> int:
    """The id of the desk's venue, which a busy machine is slow to start; 0 when it does not come."""
    for _ in range(60):
        try:
            address = next(book.glob("*/venue.json"))
            return int(json.loads(address.read_text())["process"])
        except (OSError, ValueError, KeyError, StopIteration):
            _sleep(desk, 1.0)
    return 0


def _resident_mb(process: int) -> float:
    try:
        pages = int(Path(f"/proc/{process}/statm").read_text().split()[1])
    except (OSError, ValueError, IndexError):
        return float("nan")
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def _cpu_seconds(process: int) -> float:
    try:
        fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return float("nan")
    return (int(fields[11]) + int(fields[12])) / _TICKS_A_SECOND
