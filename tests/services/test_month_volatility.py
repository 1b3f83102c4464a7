"""Thirty days between two expiries, in total variance."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from terminal.services.month_volatility import at_days


def test_total_variance_grows_straight_between_two_expiries() -> None:
    # 20 days at 20 %: 0.8; 50 days at 30 %: 4.5. A third of the way: 0.8 + 3.7 / 3 = 2.03333, over 30: 0.0677778
    assert at_days([20, 50], [0.20, 0.30]) == pytest.approx(math.sqrt(0.06777777777), rel=1e-9)
    assert at_days([50, 20], [0.30, 0.20]) == at_days([20, 50], [0.20, 0.30])


def test_beyond_all_expiries_the_nearest_holds_and_what_says_nothing_is_left_out() -> None:
    assert at_days([40, 90], [0.25, 0.40]) == pytest.approx(0.25)
    assert at_days([5, 12], [0.25, 0.40]) == pytest.approx(0.40)
    assert at_days([0, 30, 60], [9.0, 0.2, math.nan]) == pytest.approx(0.2)
    assert math.isnan(at_days([0, 10], [0.2, math.nan]))
    assert math.isnan(at_days([], []))


@given(st.lists(st.tuples(st.integers(1, 400), st.floats(0.05, 2.0)), min_size=1, max_size=6, unique_by=lambda p: p[0]))
def test_it_lies_among_those_it_comes_from(points: list[tuple[int, float]]) -> None:
    # Of calendar spreads that are no arbitrage; where variance falls nothing is promised but a number
    days, volatilities = [d for d, _ in points], [v for _, v in points]
    found = at_days(days, volatilities)
    assert math.isfinite(found)
    assert min(volatilities) - 1e-12 <= found <= max(volatilities) + 1e-12
