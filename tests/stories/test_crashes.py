"""Kill the program, start it again: nothing is lost, nothing is doubled."""

import json
import os
import re
import signal
import sqlite3
import time
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

import pytest

from benchmarks.crash import torture
from tests.stories.conftest import PATIENCE_SECONDS, Program, Start

pytestmark = pytest.mark.story
Report = Callable[[str], dict[str, Any]]


@pytest.mark.fault("F51", "F52")
@pytest.mark.requirement("T12")
def test_kill_minus_9_of_desk_and_venue_at_random_points_loses_and_doubles_nothing(tmp_path: Path) -> None:
    findings = torture(tmp_path, kills=20, seed=20261122)
    assert findings.sent > 20, (tmp_path / "desk.log").read_text("utf-8", "replace")[-3000:]
    assert findings.fills > 5
    assert findings.problems == []


def _until(ready: Callable[[], object], program: Program) -> None:
    """Wait until something is so, however busy the machine is."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not ready():
        assert time.monotonic() < deadline, program.said()
        time.sleep(0.1)


def _events(path: Path) -> int:
    """Reports of the venue on disk."""
    if path.exists():
        with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as journal, suppress(sqlite3.Error):
            (count,) = journal.execute("SELECT count(*) FROM record WHERE kind = 'event'").fetchone()
            return int(count)
    return 0


@pytest.mark.fault("F05")
@pytest.mark.requirement("T12")
def test_a_killed_desk_shows_the_same_orders_fills_and_positions_again(
    start: Start, report: Report, tmp_path: Path
) -> None:
    words = ("desk", "--data-dir", str(tmp_path / "data"))
    first = start(*words, "--scripted", "--pace", "0.4")
    # The scripted trader has traded
    _until(lambda: _events(tmp_path / "data" / "desk.sqlite") >= 20, first)
    first.kill()
    second = start(*words, "--duration", "2", "--out", str(tmp_path / "second"))
    assert second.wait() == 0, second.said()
    third = start(*words, "--duration", "2", "--out", str(tmp_path / "third"))
    assert third.wait() == 0, third.said()
    before, after = report("second"), report("third")
    assert before["fills"] > 0
    for what in ("order_states", "fill_ids", "positions"):
        assert before[what] == after[what], what
    assert before["funds"]["balance"] == after["funds"]["balance"]
    # And so does the screen: one line an order, one a fill, the same words
    assert len(before["screen"]["orders"]) == len(before["order_states"])
    for table in ("orders", "fills"):
        assert before["screen"][table] == after["screen"][table]


@pytest.mark.fault("F21")
def test_a_second_desk_on_the_same_folder_is_refused_and_told_who_holds_it(start: Start, tmp_path: Path) -> None:
    words = ("desk", "--data-dir", str(tmp_path / "data"))
    first = start(*words)
    _until(lambda: (tmp_path / "data" / "desk.sqlite").exists(), first)
    second = start(*words, "--duration", "5")
    assert second.wait() == 2
    assert str(first.process.pid) in second.said()


@pytest.mark.requirement("O3", "X12")
def test_two_desks_trade_with_each_other_on_one_venue(start: Start, report: Report, tmp_path: Path) -> None:
    venue = start("serve", "--port", "0", "--data-dir", str(tmp_path / "venue"), "--seed", "7")
    listens = re.compile(r"listens on (127\.0\.0\.1:\d+)")
    _until(lambda: listens.search(venue.said()), venue)
    found = listens.search(venue.said())
    assert found
    desks = [
        start(
            "desk", "--connect", found[1], "--account", f"88000000{n}888", "--data-dir", str(tmp_path / f"desk{n}"),
            "--scripted", "--duration", "9", "--pace", "0.45", "--out", str(tmp_path / f"out{n}"),
        )
        for n in (1, 2)
    ]  # fmt: skip
    for desk in desks:
        assert desk.wait() == 0, desk.said()
    for n in (1, 2):
        facts = report(f"out{n}")
        assert facts["fills"] > 0
        assert facts["position_breaks"] == 0
    address = json.loads((tmp_path / "venue" / "venue.json").read_text())
    os.kill(address["process"], signal.SIGTERM)
    assert venue.wait() == 0, venue.said()
