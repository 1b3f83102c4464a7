"""Delays: counted by the millisecond."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from terminal.views.delays import Delays


def test_nothing_counted_has_no_percentile() -> None:
    assert Delays().percentile(0.95) is None


def test_the_share_asked_for_came_within_the_answer() -> None:
    delays = Delays()
    delays.add(np.array([0.001] * 94 + [0.0401] * 5 + [7.0]))
    assert delays.count == 100
    assert delays.percentile(0.94) == 1
    assert delays.percentile(0.95) == 41
    assert delays.percentile(1.0) == 1000
    delays.reset()
    assert delays.count == 0


@given(st.lists(st.integers(0, 999), min_size=1, max_size=200), st.floats(0.01, 1.0))
def test_as_many_as_asked_for_are_no_later(milliseconds: list[int], share: float) -> None:
    delays = Delays()
    delays.add(np.array(milliseconds) / 1000.0)
    found = delays.percentile(share)
    assert found is not None
    assert sum(value <= found for value in milliseconds) >= share * len(milliseconds) - 1e-9
