"""A stranger starts the program and finds a market that trades."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.stories.conftest import Start

pytestmark = pytest.mark.story
Report = Callable[[str], dict[str, Any]]


@pytest.mark.requirement("T1", "O2", "O3", "T12")
def test_without_a_display_the_market_is_played_and_told(start: Start, report: Report, tmp_path: Path) -> None:
    program = start(
        "run", "--data-dir", str(tmp_path / "data"), "--duration", "14", "--out", str(tmp_path / "out"),
        "--pace", "0.45", unseen=True,
    )  # fmt: skip
    assert program.wait() == 0, program.said()
    said = program.said()
    assert said.count("No display") == 1
    facts = report("out")
    assert facts["underlyings"] >= 3
    assert facts["contracts"] >= 3 * 72
    assert facts["quotes"] > 1000
    assert facts["quotes_dropped"] == 0
    assert facts["fills"] > 0
    assert facts["position_breaks"] == 0
    # The ticket kept what breaks a rule: nothing of it became an order
    assert facts["refused_by_ticket"] >= 0
    assert {name.split()[0] for name in facts["orders"]} >= {"LMT", "MTL", "IOC"}
    screen = facts["screen"]
    assert len(screen["orders"]) == sum(facts["orders"].values())
    assert len(screen["fills"]) == facts["fills"]
    assert screen["notices"] > 0
    assert (tmp_path / "out" / "run.png").stat().st_size > 50_000


@pytest.mark.requirement("T1", "S4")
def test_the_real_chain_opens_with_its_own_contracts_and_trades_on(
    start: Start, report: Report, tmp_path: Path, shared_data: Path
) -> None:
    chain = shared_data / "DERIVED_chain_50etf_20181109_112x5level.csv"
    program = start(
        "desk", "--chain", str(chain), "--scripted", "--data-dir", str(tmp_path / "data"), "--duration", "10",
        "--out", str(tmp_path / "out"), "--pace", "0.45",
    )  # fmt: skip
    assert program.wait() == 0, program.said()
    facts = report("out")
    assert facts["trading_day"] == "2018-11-09"
    assert facts["contracts"] == 112
    assert facts["fills"] > 0


@pytest.mark.fault("F42")
def test_a_broken_contract_file_is_refused_with_its_line_and_nothing_starts(start: Start, tmp_path: Path) -> None:
    broken = tmp_path / "reff031123.txt"
    broken.write_text("R0301|10000001|510050C2611M02850|50ETF|too few fields\n", "utf-8")
    program = start("desk", "--contracts", str(broken), "--data-dir", str(tmp_path / "data"), "--duration", "5")
    assert program.wait() == 2
    assert "reff031123.txt line 1" in program.said()
    assert not (tmp_path / "data" / "venue").exists()


@pytest.mark.requirement("X9", "T12")
def test_a_recorded_day_plays_again_through_the_same_port(start: Start, report: Report, tmp_path: Path) -> None:
    recording = tmp_path / "day.odr"
    data = ("--data-dir", str(tmp_path / "data"))
    live = start(
        "desk", *data, "--scripted", "--pace", "0.2", "--duration", "8", "--record", str(recording),
        "--out", str(tmp_path / "live"),
    )  # fmt: skip
    assert live.wait() == 0, live.said()
    again = start("replay", str(recording), *data, "--speed", "8", "--duration", "8", "--out", str(tmp_path / "again"))
    assert again.wait() == 0, again.said()
    first, second = report("live"), report("again")
    assert first["fills"] > 0
    for what in ("trading_day", "contracts", "order_states", "fill_ids", "positions"):
        assert first[what] == second[what], what
    # The replay did not become history: a desk on the folder has the orders once
    after = start("desk", *data, "--duration", "1", "--out", str(tmp_path / "after"))
    assert after.wait() == 0, after.said()
    assert report("after")["order_states"].keys() == first["order_states"].keys()
