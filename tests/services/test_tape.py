"""The tapes: the newest trades of every instrument, in memory that is the same all day."""

import tracemalloc
from datetime import datetime, timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from terminal.domain.calendar import SHANGHAI
from terminal.domain.messages import TradePrint
from terminal.domain.orders import Side
from terminal.services.tape import TAPE_LENGTH, Tapes

NOW = datetime(2026, 3, 2, 10, 0, 0, 123_457, SHANGHAI)


def trade(number: int, instrument: int = 0, aggressor: str | None = Side.BUY) -> TradePrint:
    at = NOW + timedelta(microseconds=number)
    return TradePrint(instrument=instrument, price=4630 + number, quantity=1 + number, at=at, aggressor=aggressor)


@given(counts=st.lists(st.integers(0, 3 * TAPE_LENGTH), min_size=1, max_size=3))
@settings(max_examples=25)
def test_each_instrument_keeps_its_newest_trades_oldest_first(counts: list[int]) -> None:
    tapes = Tapes(len(counts))
    for number in range(max(counts)):
        for instrument, count in enumerate(counts):
            if number < count:
                tapes.append(trade(number, instrument, (None, "B", "S")[number % 3]))
    for instrument, count in enumerate(counts):
        kept = range(max(0, count - TAPE_LENGTH), count)
        assert tapes.newest(instrument) == tuple(trade(n, instrument, (None, "B", "S")[n % 3]) for n in kept)


def test_a_side_that_is_none_of_ours_is_none() -> None:
    tapes = Tapes(1)
    tapes.append(trade(0, aggressor="x" * 1000))
    assert tapes.newest(0) == (trade(0, aggressor=None),)


@pytest.mark.fault("F82")
def test_the_memory_is_the_same_all_day() -> None:
    tapes = Tapes(500)
    tapes.append(trade(0, 499))
    tracemalloc.start()
    try:
        for number in range(TAPE_LENGTH):
            for instrument in range(500):
                tapes.append(trade(number, instrument))
        grown, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    # 30,000 trades; what is counted is the numbers that count them
    assert grown < 50_000


def test_trades_after_a_moment_of_many_instruments_stand_in_their_order() -> None:
    """The ring of the second has gone round once; the third has none."""
    tapes = Tapes(3)
    for number in range(TAPE_LENGTH + 10):
        tapes.append(trade(number, 1, (None, "B", "S")[number % 3]))
    tapes.append(trade(65, 0))
    at = round((NOW + timedelta(microseconds=63)).timestamp() * 1e6)
    place, price, quantity, moment, side = tapes.after(np.array([2, 1, 0]), at)
    assert (moment - at).tolist() == [1, 2, 2, 3, 4, 5, 6]
    assert place.tolist() == [1, 1, 2, 1, 1, 1, 1]
    assert (price - 4630).tolist() == (quantity - 1).tolist() == [64, 65, 65, 66, 67, 68, 69]
    assert side[place == 1].tolist() == [number % 3 for number in range(64, 70)]
    assert [len(part) for part in tapes.after(np.array([2]), 0)] == [0] * 5
