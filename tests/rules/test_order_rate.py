"""Orders and cancels per second and day: the figures of rulebook 11."""

from datetime import datetime, timedelta

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from terminal.domain.calendar import SHANGHAI
from terminal.domain.reasons import Reason
from terminal.rules.order_rate import RateCounter
from terminal.rules.profile import OrderRate, Profile

START = datetime(2026, 11, 26, 10, 0, tzinfo=SHANGHAI)
MILLISECOND = timedelta(milliseconds=1)


def counter(rules: OrderRate, orders: int = 0, cancels: int = 0, at: datetime = START) -> RateCounter:
    made = RateCounter(rules)
    for _ in range(orders):
        made.record(at)
    for _ in range(cancels):
        made.record(at, cancel=True)
    return made


def test_three_hundred_a_second_are_the_most(profile: Profile) -> None:
    rate = counter(profile.order_rate, orders=200, cancels=99)
    assert rate.check(START) is None
    rate.record(START, cancel=True)
    for cancel in (False, True):
        denial = rate.check(START + 999 * MILLISECOND, cancel=cancel)
        assert denial is not None
        assert (denial.reason, denial.given, denial.allowed) == (Reason.ORDER_RATE, "301/s", "300/s")
    assert rate.check(START + 1000 * MILLISECOND) is None


def test_a_day_has_its_own_limit(profile: Profile) -> None:
    rules = msgspec.structs.replace(profile.order_rate, per_day=10)
    rate = counter(rules, orders=6, cancels=4)
    denial = rate.check(START + timedelta(hours=3))
    assert denial is not None
    assert (denial.given, denial.allowed) == ("11/d", "10/d")


def test_cancels_per_order_are_asked_of_orders_only_and_after_enough_of_them(profile: Profile) -> None:
    rules = msgspec.structs.replace(profile.order_rate, cancel_percent=80, cancel_percent_from=10)
    assert counter(rules, orders=9, cancels=9).check(START) is None
    assert counter(rules, orders=10, cancels=8).check(START) is None
    rate = counter(rules, orders=10, cancels=9)
    denial = rate.check(START)
    assert denial is not None
    assert (denial.reason, denial.given, denial.allowed) == (Reason.CANCEL_RATIO, "9/10", "80%")
    assert rate.check(START, cancel=True) is None


@pytest.mark.fault("F45")
@pytest.mark.parametrize("nothing", [0, -1])
@pytest.mark.parametrize("name", ["per_second", "per_day"])
def test_a_rate_of_zero_or_less_allows_nothing(profile: Profile, name: str, nothing: int) -> None:
    rules = msgspec.structs.replace(profile.order_rate, **{name: nothing})
    assert RateCounter(rules).check(START) is not None


def test_without_limits_nothing_is_refused(simulation: Profile) -> None:
    assert counter(simulation.order_rate, orders=2000).check(START) is None


def test_a_clock_that_runs_back_frees_nothing(profile: Profile) -> None:
    rate = counter(profile.order_rate, orders=300)
    assert rate.check(START - timedelta(hours=1)) is not None
    assert rate.last_second(START + 500 * MILLISECOND) == 300
    rate.record(START - timedelta(hours=1))
    assert rate.last_second(START + 999 * MILLISECOND) == 301
    # It was recorded at half past, the latest moment seen
    assert rate.last_second(START + 1499 * MILLISECOND) == 1
    assert rate.last_second(START + 1500 * MILLISECOND) == 0


@given(gaps=st.lists(st.integers(0, 400), max_size=60), limit=st.integers(1, 10))
def test_no_second_ever_holds_more_than_the_limit(profile: Profile, gaps: list[int], limit: int) -> None:
    rate = RateCounter(msgspec.structs.replace(profile.order_rate, per_second=limit))
    now, sent = START, []
    for gap in gaps:
        now += gap * MILLISECOND
        if rate.check(now) is None:
            rate.record(now)
            sent.append(now)
    for moment in sent:
        assert sum(moment <= other < moment + timedelta(seconds=1) for other in sent) <= limit
