"""A day's end that is killed anywhere comes to the same bytes when it is run again (F53)."""

from collections.abc import Sequence
from contextlib import suppress
from decimal import Decimal
from typing import NoReturn

import pytest

from terminal.domain.combinations import Combination, CombinationStrategy
from terminal.domain.errors import IllegalTransition, JournalError
from terminal.venue.counter.entries import JournalEntry, decode_entry, encode_entry
from terminal.venue.counter.settlement.entries import StepDone
from terminal.venue.counter.settlement.steps import STEPS, Step
from tests.venue.counter.settlement.floor import (
    CALL,
    COVERED,
    FUND,
    LATER_CALL,
    LATER_PUT,
    LONG,
    ODD_CALL,
    PUT,
    SHORT,
    Floor,
    held,
)

pytestmark = [pytest.mark.fault("F53"), pytest.mark.requirement("AC12", "AC15")]


class Killed(Exception):
    """The process is gone."""


def busy_floor() -> Floor:
    """Accounts with something to do in every step; what an expiry day before left is delivered as well."""
    strangle = Combination(
        number="2",
        strategy=CombinationStrategy.KKS,
        first_code=CALL,
        second_code=PUT,
        quantity=1,
        margin=Decimal("9000.00"),
    )
    floor = Floor()
    floor.open("A", "2000000.00", held(CALL, LONG, 7), held(PUT, LONG, 4), held(ODD_CALL, LONG, 3), shares=25_000)
    floor.open("B", "900000.00", held(CALL, SHORT, 5, margin="20000.00"), held(LATER_CALL, COVERED, 3), shares=42_000)
    floor.open("C", "70000.00", held(PUT, SHORT, 4, margin="16000.00"), held(LATER_PUT, SHORT, 2, margin="100.00"))
    floor.open(
        "D", "-500.00", held(CALL, COVERED, 2), held(LATER_CALL, LONG, 2), held(LATER_CALL, SHORT, 1), shares=21_000
    )
    floor.open(
        "E",
        "300000.00",
        held(CALL, SHORT, 1, combined=1),
        held(PUT, SHORT, 1, combined=1),
        combinations=[strangle],
    )
    floor.exercise("A", CALL, 5).exercise("A", PUT, 3).exercise("A", ODD_CALL, 3).exercise("A", CALL, 1, PUT)
    return floor


def again(transactions: Sequence[Sequence[JournalEntry]]) -> Floor:
    """A new process on what the disk has: the accounts, and whole transactions of the day's end."""
    floor = busy_floor()
    entries = [decode_entry(encode_entry(entry)) for transaction in transactions for entry in transaction]
    floor.counter.restore(entries)
    return floor


def finish(floor: Floor) -> bytes:
    """Run what is left; the books."""
    settlement = floor.counter.settlement
    settlement.begin(floor.inputs(open_interest={CALL: 30, PUT: 30}), floor.now)
    while not settlement.is_settled:
        settlement.run_step()
    return floor.counter.picture()


@pytest.fixture(scope="module")
def reference() -> tuple[list[list[JournalEntry]], bytes]:
    floor = busy_floor()
    done = floor.settle(floor.inputs(open_interest={CALL: 30, PUT: 30}))
    return done, floor.counter.picture()


def test_every_step_had_something_to_do(reference: tuple[list[list[JournalEntry]], bytes]) -> None:
    done, _ = reference
    idle = {step for step, entries in zip(STEPS, done[1:], strict=True) if len(entries) == 1}
    # Nothing is delivered on the expiry day itself; the first and the last but one only compare
    assert idle == {Step.TRADES, Step.DELIVERY, Step.RECONCILIATION}


@pytest.mark.parametrize("written", range(len(STEPS) + 2))
def test_killed_between_two_steps(written: int, reference: tuple[list[list[JournalEntry]], bytes]) -> None:
    done, books = reference
    assert finish(again(done[:written])) == books


@pytest.mark.parametrize("written", range(1, len(STEPS) + 1))
@pytest.mark.parametrize("entries", [0, 1, 3])
def test_killed_inside_a_step(written: int, entries: int, reference: tuple[list[list[JournalEntry]], bytes]) -> None:
    done, books = reference
    dying = again(done[:written])
    apply, left = dying.counter._books.apply, [entries]

    def apply_until_killed(entry: JournalEntry) -> object:
        if left[0] == 0:
            _die()
        left[0] -= 1
        return apply(entry)

    dying.counter._books.apply = apply_until_killed  # type: ignore[method-assign, assignment] # a fault
    with suppress(Killed):
        dying.counter.settlement.run_step()
    # The transaction was never committed: the next process finds the steps before it
    assert finish(again(done[:written])) == books


def _die() -> NoReturn:
    raise Killed


def test_a_step_is_not_done_twice_and_none_is_left_out(reference: tuple[list[list[JournalEntry]], bytes]) -> None:
    done, _ = reference
    floor = again(done[:3])
    with pytest.raises(IllegalTransition, match="netting"):
        floor.counter.restore([StepDone(step=Step.NETTING)])
    with pytest.raises(IllegalTransition, match="margin"):
        floor.counter.restore([StepDone(step=Step.MARGIN)])
    with pytest.raises(IllegalTransition, match="has begun"):
        floor.counter.restore(done[0])


def test_figures_that_were_taken_stand(reference: tuple[list[list[JournalEntry]], bytes]) -> None:
    done, books = reference
    floor = again(done[:1])
    other = floor.inputs(prices={c.code: c.previous_settlement * 2 for c in floor.contracts})
    assert floor.counter.settlement.begin(other, floor.now).entries == []
    assert finish(floor) == books


def test_the_next_day_begins_alike_and_its_delivery_may_be_killed_too(
    reference: tuple[list[list[JournalEntry]], bytes],
) -> None:
    first, second = again(reference[0]).next_day(), again(reference[0]).next_day()
    assert first.counter.picture() == second.counter.picture()
    opening = list(first.journal)
    done = first.settle()
    for written in range(len(done) + 1):
        third = Floor(second.rules, second.counter.trading_day, second.contracts)
        third.counter.restore([decode_entry(encode_entry(e)) for e in opening])
        third.counter.restore([entry for transaction in done[:written] for entry in transaction])
        settlement = third.counter.settlement
        settlement.begin(third.inputs(), third.now)
        while not settlement.is_settled:
            settlement.run_step()
        assert third.counter.picture() == first.counter.picture()
    assert first.holding("A").total > 25_000
    assert FUND in first.counter.settlement.state.share_moves


def test_another_days_settlement_is_refused(reference: tuple[list[list[JournalEntry]], bytes]) -> None:
    done, _ = reference
    after = again(done).next_day()
    with pytest.raises(JournalError, match="settlement of 2026-03-25"):
        after.counter.restore(done[0])
