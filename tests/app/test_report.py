"""The report of a run without a person says what happened, no more and no less."""

import json
import re
from pathlib import Path

import pytest

from terminal.app.assembly import Terminal
from terminal.app.report import RunReport
from terminal.app.waiting import until
from terminal.services.events import AccountChanged, OrderChanged
from tests.app.conftest import PATIENCE_SECONDS, Build, Tell
from tests.harness import CALL, CHEAP_CALL, World, limit


def test_the_facts_are_those_of_the_desk(tell: Tell, tmp_path: Path) -> None:
    async def story(terminal: Terminal, world: World) -> None:
        desk = terminal.desk
        report = RunReport(terminal, 0.0)
        await desk.orders.submit(limit(CALL, "0.4630", 2))
        await desk.orders.submit(limit(CHEAP_CALL, "0.0070", 1))
        await desk.orders.submit(limit(CHEAP_CALL, "0.9000", 1))
        assert await until(desk.bus, AccountChanged, lambda: bool(desk.portfolio.positions), PATIENCE_SECONDS)
        assert await until(
            desk.bus, OrderChanged, lambda: {o.status.value for o in desk.orders.working()} == {"working"}, 10.0
        )
        report.finish()
        facts = report.facts
        assert facts["connected"]
        assert facts["trading_day"] == "2026-03-02"
        assert facts["contracts"] == 5
        assert facts["orders"] == {"LMT denied": 1, "LMT filled": 1, "LMT working": 1}
        assert facts["positions"] == {f"{CALL} long": 2}
        assert facts["fills"] == len(facts["fill_ids"]) == 1
        assert facts["position_breaks"] == 0
        # Kernels come ten seconds after the first chain
        assert facts["prices_by"] == "numpy"
        text = report.text()
        assert "orders             3, 0 kept by the ticket" in text
        assert "positions          long 2, short 0, covered 0" in text
        assert re.search(r"acknowledgement    median [\d.]+ ms, worst [\d.]+ ms", text)
        report.write(tmp_path / "report")
        assert json.loads((tmp_path / "report" / "report.json").read_text("utf-8"))["orders"] == facts["orders"]
        assert (tmp_path / "report" / "report.txt").read_text("utf-8") == text + "\n"
        terminal.end_at_once()

    assert tell(story) == 0


@pytest.mark.fault("F44")
def test_a_run_that_never_met_a_market_failed(build: Build) -> None:
    report = RunReport(build(), 0.0)
    assert report.exit_code == 1
    report.finish()
    assert report.exit_code == 1
    assert not report.facts["connected"]
    assert report.facts["funds"] is None
    assert "0 underlyings, 0 contracts" in report.text()
    assert "None" not in report.text().replace("trading day        None, market time None", "")
    assert "funds              none told" in report.text()
    assert "acknowledgement    none measured" in report.text()
    assert "no market" not in report.text()
    report.no_market = "the venue ended: saved market"
    report.finish()
    assert report.text().startswith("no market          the venue ended: saved market\n")
