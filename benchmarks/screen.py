"""The real desk under load: event-loop gaps, processor and memory of the screen, the venue stated apart.

`python3 dev.py bench screen [--minutes 1] [--speed 1] [--pace 5]`: five underlyings with eleven strikes each, more than
500 contracts, the window at 1920x1080 with a chain, a ticket and all tables; a scripted trader sends an order every
`pace` seconds. Ten minutes are what docs/performance.md quotes.
"""

import argparse
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
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as name:
        return _play(Path(name), options.minutes * 60.0, options.speed, options.pace)


def _play(folder: Path, seconds: float, speed: float, pace: float) -> int:
    command = [sys.executable, "-m", "terminal", "desk", "--data-dir", str(folder / "data"), "--scripted"]
    command += ["--duration", str(seconds), "--speed", str(speed), "--pace", str(pace), "--out", str(folder / "out")]
    command += ["--contracts", str(_many_contracts(folder))]
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    with (folder / "log").open("wb") as log:
        desk = subprocess.Popen(command, stdout=log, stderr=log, env=environment)
        venue_share = _watch_venue(folder / "data" / "venue", seconds)
        desk.wait(timeout=60)
    report = json.loads((folder / "out" / "report.json").read_text("utf-8"))
    updates = report["quotes"] / report["seconds"]
    print(f"speed x{speed:g}, {seconds:.0f} s: {report['contracts']} contracts, {updates:,.0f} updates/s")
    print(
        f"  event loop    p99 {report['event_loop_gap_p99_ms']} ms, worst {report['worst_event_loop_gap_ms']} ms late"
    )
    print(f"  desk          {report['processor_share']:.1%} of a core, venue {venue_share:.1%}")
    print(f"  memory        {report['memory_mb'][:1]} ... {report['memory_mb'][-1:]} (second, MB), slope ", end="")
    slope = report["memory_slope_mb_per_hour"]
    print("not known in so short a run" if slope is None else f"{slope:+.1f} MB/h after the first minute")
    print(f"  fills {report['fills']}, positions that differ {report['position_breaks']}, "
          f"acknowledged in {report['acknowledgement_ms']} ms (median, worst)")  # fmt: skip
    return 0 if report["connected"] else 1


def _many_contracts(folder: Path) -> Path:
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


def _watch_venue(book: Path, seconds: float) -> float:
    """Share of a core that the venue used over the run; nan where the kernel does not tell."""
    time.sleep(min(10.0, seconds / 3))
    try:
        address = next(book.glob("*/venue.json"))
        process = int(json.loads(address.read_text())["process"])
    except (OSError, ValueError, KeyError, StopIteration):
        return float("nan")
    began, before = time.monotonic(), _cpu_seconds(process)
    time.sleep(max(0.0, seconds - min(10.0, seconds / 3) - 3.0))
    return (_cpu_seconds(process) - before) / (time.monotonic() - began)


def _cpu_seconds(process: int) -> float:
    try:
        fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return float("nan")
    return (int(fields[11]) + int(fields[12])) / _TICKS_A_SECOND
