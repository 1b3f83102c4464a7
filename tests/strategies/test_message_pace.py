"""A day's messages spread over it: worked figures, then any day."""

from math import inf

import pytest
from hypothesis import given
from hypothesis import strategies as st

from terminal.strategies.message_pace import MessagePace

pytestmark = [pytest.mark.requirement("M4"), pytest.mark.fault("F94")]


def test_what_is_saved_is_there_for_what_is_urgent() -> None:
    pace = MessagePace(per_minute=60.0, saved=10)
    assert pace.allows(0.0, urgent=False)
    pace.spend(6, 0.0)
    # Four are left: less than half of what can be saved
    assert not pace.allows(0.0, urgent=False)
    assert pace.allows(0.0, urgent=True)
    pace.spend(4, 0.0)
    assert not pace.allows(0.5, urgent=True)
    # One a second
    assert pace.allows(1.0, urgent=True)
    assert not pace.allows(4.5, urgent=False)
    assert pace.allows(5.0, urgent=False)
    # No more is saved than can be
    pace.spend(0, 1000.0)
    pace.spend(10, 1000.0)
    assert not pace.allows(1000.0, urgent=True)


def test_without_a_bound_nothing_is_counted() -> None:
    pace = MessagePace(inf, 10)
    pace.spend(1_000_000, 0.0)
    assert pace.allows(0.0, urgent=False)
    pace.set(60.0, 5)
    assert pace.allows(0.0, urgent=True)


@pytest.mark.fault("F45")
def test_a_pace_of_nothing_lets_only_what_was_saved_leave() -> None:
    pace = MessagePace(0.0, 2)
    pace.spend(2, 0.0)
    assert not pace.allows(1e9, urgent=True)


@given(
    st.lists(st.tuples(st.floats(0.0, 5.0), st.booleans()), max_size=60),
    st.floats(0.0, 600.0),
    st.integers(1, 50),
)
def test_never_more_than_saved_and_earned_however_it_is_asked(
    asks: list[tuple[float, bool]], per_minute: float, saved: int
) -> None:
    pace, now, sent = MessagePace(per_minute, saved), 0.0, 0
    for passed, urgent in asks:
        now += passed
        if pace.allows(now, urgent=urgent):
            pace.spend(1, now)
            sent += 1
        assert sent <= saved + now * per_minute / 60.0 + 1e-6
