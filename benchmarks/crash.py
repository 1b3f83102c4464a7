"""Kills the real desk and the real venue at random points of trading, again and again, and then compares the books.

`python3 dev.py bench crash [--kills 200] [--seed 1]`. A scripted trader sends an order every few hundredths of a
second through the ticket; `kill -9` falls at a random moment on the desk or on the venue. At the end one quiet desk
reconciles, and both journals are read: nothing acknowledged may be lost, nothing doubled, nothing sent that was not
written first.
"""

import argparse
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import msgspec

from terminal.domain import wire
from terminal.domain.errors import JournalError
from terminal.domain.messages import OrderReport
from terminal.domain.orders import ExecType, Order
from terminal.domain.ports import RecordKind
from terminal.rule_files import read_profile
from terminal.storage.journal import SqliteJournal
from terminal.venue.book import decode_header
from terminal.venue.counter.counter import Counter
from terminal.venue.counter.entries import JournalEntry, OrderDenied, OrderTaken, OrderTraded, decode_entry

ACCOUNT = "880000001888"
_KILLED_WHILE_TRADING = 0.7
_PATIENCE_SECONDS = 60.0


@dataclass(slots=True)
class Findings:
    """What the two journals say after the last run."""

    kills: int = 0
    sent: int = 0
    taken: int = 0
    fills: int = 0
    resolved_unseen: int = 0
    problems: list[str] = field(default_factory=list)


def main(arguments: Sequence[str]) -> int:
    """Kill, compare, print; 1 when anything was lost or doubled."""
    parser = argparse.ArgumentParser(prog="bench crash", description=__doc__)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="optiondesk-crash-") as name:
        began = time.monotonic()
        findings = torture(Path(name), options.kills, options.seed)
        seconds = time.monotonic() - began
    print(f"kills {findings.kills} in {seconds:.0f} s; orders written before sending {findings.sent}")
    print(f"taken or refused by the venue {findings.taken}, never received {findings.resolved_unseen}")
    print(f"fills {findings.fills}; problems {len(findings.problems)}")
    for problem in findings.problems[:20]:
        print(f"  {problem}")
    return 1 if findings.problems else 0


def torture(folder: Path, kills: int, seed: int) -> Findings:
    """Run, kill `kills` times, run once in peace, and compare."""
    draws = random.Random(seed)
    desk = _start_desk(folder)
    try:
        done = seen = 0
        while done < kills:
            # Most kills fall into trading, however long a start takes; the others may fall into the start itself
            if draws.random() < _KILLED_WHILE_TRADING:
                seen = _until_an_order(folder, seen)
            time.sleep(draws.uniform(0.0, 2.2))
            if draws.random() < 0.6:
                desk.send_signal(signal.SIGKILL)
                desk.wait()
                desk = _start_desk(folder)
            elif not _kill_venue(folder):
                continue
            done += 1
    finally:
        desk.send_signal(signal.SIGKILL)
        desk.wait()
    report = _run_in_peace(folder)
    findings = compare(folder, report)
    findings.kills = kills
    return findings


def _until_an_order(folder: Path, after: int) -> int:
    """Wait until the desk has written one more order, or for some seconds; gives the last record's number."""
    until = time.monotonic() + _PATIENCE_SECONDS
    while time.monotonic() < until:
        time.sleep(0.1)
        try:
            reader = SqliteJournal.open_reader(folder / "desk" / "desk.sqlite")
        except JournalError:
            continue
        try:
            records = list(reader.read(after))
        finally:
            reader.close()
        if any(record.kind is RecordKind.SUBMITTED for record in records):
            return records[-1].number
    return after


def compare(folder: Path, report: dict[str, Any]) -> Findings:
    """Hold the desk's journal, its last screen and the venue's journal against each other."""
    findings = Findings()
    problems = findings.problems
    submitted, told, unseen = _desk_journal(folder / "desk" / "desk.sqlite")
    counter, entries = _venue_book(folder)
    taken = [e.client_order_id for e in entries if isinstance(e, OrderTaken | OrderDenied)]
    traded = [e for e in entries if isinstance(e, OrderTraded)]
    findings.sent, findings.taken, findings.fills = len(submitted), len(taken), len(traded)
    findings.resolved_unseen = len(unseen)

    if len(taken) != len(set(taken)):
        problems.append("an order was taken twice")
    for order_id in set(taken) - submitted:
        problems.append(f"{order_id} reached the venue but was not written before it was sent")
    for order_id in submitted - set(taken) - unseen:
        problems.append(f"{order_id} was neither taken nor resolved as never received")
    venue_reports = {r.report_id: r for r in counter.reports_after(ACCOUNT, 0) if isinstance(r, OrderReport)}
    missing = venue_reports.keys() - told.keys()
    if missing:
        problems.append(f"{len(missing)} reports of the venue are not in the desk's journal, e.g. {min(missing)}")
    for report_id in told.keys() - venue_reports.keys():
        problems.append(f"the desk was told {report_id}, which the venue does not have")
    venue_fills = {k for k, r in venue_reports.items() if r.exec_type is ExecType.TRADE}
    if sorted(report["fill_ids"]) != sorted(venue_fills):
        problems.append(f"the screen has {len(report['fill_ids'])} fills, the venue {len(venue_fills)}")
    if report["position_breaks"]:
        problems.append(f"{report['position_breaks']} positions differ from the counter's")
    if sum(counter.trial_balance().values()):
        problems.append("the venue's ledger does not balance")
    return findings


def _desk_journal(path: Path) -> tuple[set[str], dict[str, OrderReport], set[str]]:
    """Ids written as submitted, reports by id, and ids the venue said it never saw."""
    submitted: set[str] = set()
    told: dict[str, OrderReport] = {}
    unseen: set[str] = set()
    reader = SqliteJournal.open_reader(path)
    try:
        for record in reader.read():
            if record.kind is RecordKind.SUBMITTED:
                submitted.add(msgspec.msgpack.decode(record.body, type=Order).client_order_id)
            elif record.kind is RecordKind.EVENT:
                event = wire.decode_event(record.body)
                if isinstance(event, OrderReport):
                    told[event.report_id] = event
                elif hasattr(event, "client_order_id"):
                    unseen.add(event.client_order_id)
    finally:
        reader.close()
    return submitted, told, unseen


def _venue_book(folder: Path) -> tuple[Counter, list[JournalEntry]]:
    reader = SqliteJournal.open_reader(_venue_folder(folder) / "venue.sqlite")
    try:
        records = list(reader.read())
    finally:
        reader.close()
    header = next(decode_header(r.body) for r in records if r.kind is RecordKind.BOOK)
    entries = [decode_entry(r.body) for r in records if r.kind is RecordKind.EVENT]
    day = header.day
    counter = Counter(read_profile(header.profile), day.trading_day, day.underlyings, day.contracts)
    counter.restore(entries)
    return counter, entries


def _venue_folder(folder: Path) -> Path:
    return folder / "desk" / "venue" / "market"


def _command(folder: Path, *words: str) -> list[str]:
    return [sys.executable, "-m", "terminal", "desk", "--data-dir", str(folder / "desk"), *words]


def _environment() -> dict[str, str]:
    return {**os.environ, "QT_QPA_PLATFORM": "offscreen"}


def _start_desk(folder: Path) -> "subprocess.Popen[bytes]":
    log = (folder / "desk.log").open("ab")
    with log:
        command = _command(folder, "--scripted", "--pace", "0.02", "--out", str(folder / "out"))
        return subprocess.Popen(command, stdout=log, stderr=log, env=_environment())


def _run_in_peace(folder: Path) -> dict[str, Any]:
    """One desk without a trader, long enough to reconcile; gives its report."""
    out = folder / "peace"
    command = _command(folder, "--duration", "5", "--out", str(out))
    with (folder / "desk.log").open("ab") as log:
        subprocess.run(command, check=True, stdout=log, stderr=log, env=_environment(), timeout=180)
    report: dict[str, Any] = json.loads((out / "report.json").read_text("utf-8"))
    return report


def _kill_venue(folder: Path) -> bool:
    """Kill the venue that is running; False when none is."""
    path = _venue_folder(folder) / "venue.json"
    try:
        process = int(json.loads(path.read_text())["process"])
        os.kill(process, signal.SIGKILL)
    except (OSError, ValueError, KeyError):
        return False
    path.unlink(missing_ok=True)
    return True
