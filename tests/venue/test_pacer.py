"""Market time follows its speed, never leaps, and says when it cannot keep up."""

from datetime import datetime, timedelta

import pytest

from terminal.domain.calendar import SHANGHAI
from terminal.venue.pacer import Pacer

START = datetime(2026, 11, 23, 9, 30, tzinfo=SHANGHAI)


@pytest.mark.parametrize(("speed", "expected_seconds"), [(1.0, 10), (10.0, 100), (0.0, 0)])
def test_the_target_moves_at_the_speed(speed: float, expected_seconds: float) -> None:
    pacer = Pacer(START, speed, wall=100.0)
    assert pacer.target(110.0) == START + timedelta(seconds=expected_seconds)


def test_a_new_speed_counts_from_where_market_time_is() -> None:
    pacer = Pacer(START, 60.0, wall=0.0)
    pacer.reached(START + timedelta(seconds=60), wall=1.0)
    pacer.set_speed(0.0, wall=1.0)
    assert pacer.target(50.0) == START + timedelta(seconds=60)
    pacer.set_speed(2.0, wall=50.0)
    assert pacer.target(51.0) == START + timedelta(seconds=62)


def test_a_venue_that_cannot_keep_up_says_so_and_goes_on_from_where_it_is() -> None:
    pacer = Pacer(START, 10.0, wall=0.0)
    pacer.reached(START + timedelta(seconds=10), wall=5.0)
    assert pacer.behind_seconds == pytest.approx(40.0)
    assert pacer.target(6.0) == START + timedelta(seconds=20)


def test_market_time_never_goes_back() -> None:
    pacer = Pacer(START, 1.0, wall=0.0)
    pacer.reached(START + timedelta(seconds=5), wall=5.0)
    pacer.reached(START + timedelta(seconds=4), wall=5.0)
    assert pacer.now == START + timedelta(seconds=5)
    assert pacer.exact_now(4.0) == START + timedelta(seconds=5)


@pytest.mark.parametrize(("speed", "step"), [(1.0, 0.1), (5.0, 0.1), (10.0, 0.1), (60.0, 4.8), (600.0, 48.0)])
def test_the_crowd_acts_in_coarser_steps_only_when_time_runs_fast(speed: float, step: float) -> None:
    assert Pacer(START, speed, wall=0.0).step_seconds == pytest.approx(step)
