"""A short morning of the market maker's day: the benchmark plays whole days by seed, every run of the tests this."""

import asyncio
from dataclasses import replace
from datetime import time
from pathlib import Path

import pytest

from benchmarks.making_day import DayOptions, play
from terminal.rules.obligations.terms import Terms
from terminal.strategies import obliged
from terminal.strategies.quoter_parameters import QuoterParameters

MORNING = DayOptions(underlyings=("510050",), strikes=1, until=time(10, 0), beat=2.0)


@pytest.mark.requirement("M3", "M6", "M7", "X1")
def test_a_maker_with_default_settings_keeps_its_obligation_and_two_counts_agree(tmp_path: Path) -> None:
    verdict = asyncio.run(play(3, replace(MORNING, exempt_at=time(9, 32)), tmp_path))
    assert verdict.failures == []
    # The whole list of the fund is obliged, of which all is quoted from the first rows after 09:30
    assert len(verdict.figures.codes) == 24
    assert verdict.least[0] > 0.99
    assert verdict.differences == 0.0
    # A person exempts the six of the nearest month for ten minutes, and one contract until it is lifted after five
    exempt = sorted(verdict.recount.exempt.values())
    assert exempt == [0.0] * 17 + [300.0] + [600.0] * 6
    assert sum(verdict.recount.compliant.values()) > 0.99 * (24 * 30 * 60 - sum(exempt))


@pytest.mark.requirement("M6", "M7")
def test_a_maker_whose_sizes_are_too_small_is_found_out_by_both(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def small(underlying: str, terms: Terms, *, two_sided: bool, messages: float) -> QuoterParameters:
        return replace(kept(underlying, terms, two_sided=two_sided, messages=messages), size=7)

    kept = obliged.obliged_quoter
    monkeypatch.setattr("terminal.views.quoting.maker_desk.obliged_quoter", small)
    verdict = asyncio.run(play(3, replace(MORNING, until=time(9, 33)), tmp_path))
    # Enough for far months (5), not for near ones (10): half of the contracts
    assert verdict.figures.contract_rate == verdict.recount.contract_rate(0.7) == 0.5
    assert verdict.differences == 0.0
    assert any("contract rate" in failure for failure in verdict.failures)
