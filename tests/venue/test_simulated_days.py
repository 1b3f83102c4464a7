"""A few simulated days of robots in every run of the checks; `benchmarks days` plays as many as are wanted."""

from datetime import date

import pytest

from benchmarks.day_checks import DayChecks, Violation
from benchmarks.days import main, play_stretch
from benchmarks.robots import Robots, small_market
from terminal.domain.accounts import PositionSide
from terminal.venue.days import Days

pytestmark = [pytest.mark.requirement("AC8", "AC10", "AC15"), pytest.mark.fault("F85")]


def test_a_week_of_robots_breaks_no_invariant() -> None:
    told = play_stretch(7, 5, strict=True)
    assert told["days"] == 5
    assert told["fills"] > 20
    assert told["orders of robots"] > 50


def test_a_violation_is_named_with_its_seed(capsys: pytest.CaptureFixture[str]) -> None:
    profile, settings, calendar, header = small_market(9, date(2022, 1, 4), 3)
    play = Days(profile, settings, calendar, header)
    Robots(9).begin(play)
    checks = DayChecks(play, 9)
    play.close()
    account = next(iter(play.market.counter._books.accounts.values()))
    account.position(PositionSide.LONG, play.market.contracts[0].code).quantity += 1
    with pytest.raises(Violation, match="seed 9, 2022-01-04: I1"):
        checks.after_trading()
    assert main(["--days", "0"]) == 0
    assert "no invariant broken" in capsys.readouterr().out
