"""When quotes are pulled although nothing traded."""

import math
from dataclasses import replace

import pytest

from terminal.rules.protection.pull_rules import JumpWatch, PullCause, PullInput, PullRules, causes

SOUND = PullInput(
    age_seconds=0.1,
    bid=2.962,
    ask=2.964,
    unusable=0.1,
    feed_age_seconds=0.1,
    acknowledgement_ms=20.0,
    drift_seconds=0.0,
)
RULES = PullRules()


@pytest.mark.fault("F26", "F27", "F28", "F29")
@pytest.mark.parametrize(
    ("change", "cause"),
    [
        ({"age_seconds": 3.1}, PullCause.STALE),
        ({"age_seconds": math.inf}, PullCause.STALE),
        ({"age_seconds": math.nan}, PullCause.STALE),
        ({"bid": 2.964}, PullCause.CROSSED),
        ({"ask": 3.0}, PullCause.WIDE),
        ({"ask": 0.0}, PullCause.WIDE),
        ({"bid": math.nan}, PullCause.WIDE),
        ({"unusable": 0.6}, PullCause.UNFIT),
        ({"unusable": math.nan}, PullCause.UNFIT),
        ({"feed_age_seconds": 3.1}, PullCause.FEED_GAP),
        ({"acknowledgement_ms": 1001.0}, PullCause.SLOW_ACKNOWLEDGEMENTS),
        ({"drift_seconds": -2.1}, PullCause.CLOCK_DRIFT),
    ],
)
def test_each_cause_by_itself(change: dict[str, float], cause: PullCause) -> None:
    assert causes(SOUND, RULES) == ()
    assert causes(replace(SOUND, **change), RULES) == (cause,)


def test_without_an_acknowledgement_nothing_is_slow() -> None:
    assert causes(replace(SOUND, acknowledgement_ms=math.nan), RULES) == ()


@pytest.mark.fault("F45")
def test_blank_rules_let_nothing_pass() -> None:
    blank = PullRules(
        underlying_age_seconds=0, wide_fraction=math.nan, unusable_fraction=-1, feed_gap_seconds=0, drift_seconds=0
    )
    assert PullCause.STALE in causes(SOUND, blank)
    assert PullCause.WIDE in causes(SOUND, blank)


@pytest.mark.fault("F30")
def test_a_jump_is_a_move_within_the_time_and_a_drift_is_none() -> None:
    watch = JumpWatch()
    assert [watch.jumped(price, at, RULES) for at, price in ((0.0, 3.0), (0.5, 3.03), (0.9, 3.07))] == [
        False,
        False,
        True,
    ]
    slow = JumpWatch()
    assert not any(slow.jumped(3.0 * 1.015**n, float(n) * 1.1, RULES) for n in range(10))
    assert not slow.jumped(math.nan, 20.0, RULES)
