"""The worker's ends: a view that was told nothing or little, and figures that are no whole numbers."""

from datetime import datetime
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as some

from terminal.domain.calendar import SHANGHAI
from terminal.domain.errors import BadInput
from terminal.domain.phases import Phase
from terminal.rules.protection.order_checks import QuoteBatch
from terminal.strategies.plug_ins.frames import Answer, Ask, AskQuote, AskWidth, Day, Snapshot
from terminal.strategies.plug_ins.worker_ask import WorkerAsk, whole
from terminal.strategies.plug_ins.worker_view import WorkerView
from terminal.strategies.protocol import IntArray
from tests.harness import CONTRACTS, FUND, PUT, UNDERLYINGS, HandClock

NOON = datetime(2026, 3, 2, 13, 0, tzinfo=SHANGHAI)


def nothing(numbers: IntArray, bids: IntArray) -> IntArray:
    return numbers * 0


def told(**more: Any) -> Snapshot:
    count = len(UNDERLYINGS)
    figures = {"spots": (2.964,) * count, "ages": (0.5,) * count, "shares": ((100, 40),) * count, "arrays": {}}
    return Snapshot(
        now=NOON,
        monotonic=7.0,
        market_phase=Phase.CONTINUOUS,
        has_widths=False,
        **(figures | more),
    )


def test_a_view_that_was_told_nothing_says_that_there_is_nothing() -> None:
    view = WorkerView(HandClock(), nothing)
    assert (len(view.universe), view.market_phase, view.contract(PUT)) == (0, Phase.CLOSED, None)
    assert (view.shares(FUND), view.age(FUND), view.where(FUND)) == ((0, 0), float("inf"), slice(0, 0))
    assert np.isnan(view.spot(FUND))


def test_arrays_stay_the_same_objects_and_cannot_be_written_and_time_goes_on_within_a_call() -> None:
    clock = HandClock()
    view = WorkerView(clock, nothing)
    view.open_day(Day(underlyings=tuple(UNDERLYINGS), contracts=tuple(CONTRACTS)))
    price, number = view.price, view.universe.number_of[PUT]
    figures = np.arange(len(CONTRACTS), dtype=np.float64)
    row = view.universe.first + number
    quote = np.full((1, view.quotes.shape[1]), 3)
    view.take(told(arrays={"price": figures.tobytes()}, rows=np.array([row]).tobytes(), quotes=quote.tobytes()))
    assert price is view.price
    assert price.tolist() == figures.tolist()
    assert view.quotes[number].tolist() == quote[0].tolist()
    with pytest.raises(ValueError, match="read-only"):
        view.price[0] = 1.0
    clock.seconds += 0.25
    assert (view.monotonic(), view.age(FUND), view.now()) == (7.25, 0.75, NOON)
    # The volatility is given, but no rate was ever settled on
    assert np.isnan(view.price_at(number, 0.2))


def test_own_contracts_that_stand_apart_are_addressed_by_their_numbers() -> None:
    view = WorkerView(HandClock(), nothing)
    apart = (CONTRACTS[0], next(c for c in CONTRACTS if c.underlying != CONTRACTS[0].underlying), CONTRACTS[1])
    view.open_day(Day(underlyings=tuple(UNDERLYINGS), contracts=apart))
    where = view.where(CONTRACTS[0].underlying)
    assert isinstance(where, np.ndarray)
    assert where.tolist() == [0, 2]
    assert view.where(apart[1].underlying) == slice(1, 2)


@given(some.lists(some.floats() | some.integers(-(2**40), 2**40), max_size=5))
def test_what_is_no_whole_number_becomes_one_that_no_market_takes(values: list[float]) -> None:
    for given_, sent in zip(values, whole(values).tolist(), strict=True):
        if given_ == given_ and abs(given_) < 2**62 and float(given_).is_integer():
            assert sent == given_
        else:
            assert sent == -1


@pytest.mark.fault("F72")
def test_a_quote_of_nan_leaves_as_malformed_and_arrays_of_other_lengths_not_at_all() -> None:
    asked: list[Ask] = []

    def ask(what: Ask) -> Answer:
        asked.append(what)
        return Answer(figures=np.zeros(1, np.int8).tobytes(), quote_ids=("q",))

    one, no = np.array([3]), np.zeros(1, np.bool_)
    worker = WorkerAsk(ask, lambda text: None)
    outcome = worker.quote(QuoteBatch.of_sides(one, np.array([np.nan]), one, one, one, no, no))
    (quote,) = asked
    assert isinstance(quote, AskQuote)
    assert np.frombuffer(quote.bid, np.int64).tolist() == [-1]
    assert (outcome.sent, outcome.quote_ids) == (1, ("q",))
    with pytest.raises(BadInput, match="arrays of one length"):
        worker.quote(QuoteBatch.of_sides(one, np.array([1, 2]), one, one, one, no, no))
    assert len(asked) == 1


def test_widths_are_asked_of_the_desk() -> None:
    def ask(what: Ask) -> Answer:
        assert isinstance(what, AskWidth)
        return Answer(figures=(np.frombuffer(what.bids, np.int64) // 10).tobytes())

    worker = WorkerAsk(ask, lambda text: None)
    assert worker.width(np.array([1, 2]), np.array([100, 200])).tolist() == [10, 20]
