"""A maker's day counted from pictures, wherever they were taken, is the day counted from its first record."""

from collections.abc import Sequence
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from terminal.domain.phases import Phase
from terminal.domain.ports import RecordKind
from terminal.rules.obligations.validity import ExemptCause
from terminal.services.counted_day import CountedPicture
from terminal.services.day_pictures import DayPictures
from tests.harness import CALL
from tests.services.obligation_desk import MOVES, NEXT_DAY, Hand, Ledger, at, played, sessions, terms_of, two_days
from tests.services.pictured_ledger import PicturedLedger


def pictured(records: Ledger, places: Sequence[int], terms: str = "sse_generic") -> tuple[int, CountedPicture | None]:
    """Where the newest of the pictures taken at these places stands, and what it counted."""
    ledger = PicturedLedger(records=records.records)

    def pictures() -> DayPictures:
        return DayPictures(ledger, "D1", terms_of(terms), sessions(), records=1, breath_seconds=0)

    for place in sorted(places):
        ledger.until = place
        pictures().take()
    ledger.until = None
    begun = pictures().start()
    return (0, None) if begun is None else (begun.number, begun.counted)


def restored(records: Ledger, places: Sequence[int] = (), terms: str = "sse_generic") -> Hand:
    """A desk brought back from pictures and what follows; its ledger gets what it writes from then on."""
    number, counted = pictured(records, places, terms)
    again = Hand(Ledger(sequence=records.sequence), terms)
    again.obligations.restore(records.records[number if counted is not None else 0 :], counted)
    return again


@pytest.mark.requirement("X1", "X10")
@pytest.mark.fault("F51", "F52")
@settings(max_examples=60, deadline=None)
@given(MOVES, st.lists(st.integers(1, 60), min_size=1, max_size=3))
def test_pictures_and_the_rest_count_as_the_whole_day(moves: list[tuple[str, int]], places: list[int]) -> None:
    hand, end = played(moves)
    hand.now = end + timedelta(minutes=3)
    again = restored(hand.ledger, places).open()
    again.now = hand.now
    assert again.picture() == hand.picture()
    assert again.obligations.by_hand.all == hand.obligations.by_hand.all
    assert again.obligations.pauses.all == hand.obligations.pauses.all
    assert again.obligations.pauses.newest(CALL) == hand.obligations.pauses.newest(CALL)
    assert again.obligations.venue_failed == hand.obligations.venue_failed
    assert again.own.live(CALL) == hand.own.live(CALL)
    assert again.inquiries.all == hand.inquiries.all
    assert again.ledger.records == []
    report = hand.ledger.quoted(hand.now, quote_id="after")
    for one in (hand, again):
        one.bus.publish(report)
        one.now += timedelta(seconds=30)
    assert again.picture() == hand.picture()


@pytest.mark.requirement("X1")
def test_what_the_market_lifts_is_told_once_over_a_picture() -> None:
    ledger = Ledger()
    hand = Hand(ledger).open()
    hand.phase(Phase.BREAKER, at("09:30:10"))
    again = restored(ledger, [len(ledger.records)]).open()
    assert again.obligations.measure is not None
    assert again.obligations.measure.causes(CALL) == (ExemptCause.BREAKER,)
    again.phase(Phase.BREAKER, at("09:30:20"))
    assert again.ledger.records == []
    for one in (hand, again):
        one.phase(Phase.CONTINUOUS, at("09:30:40"))
        one.now = at("09:31:00")
    assert again.picture() == hand.picture()


def test_deltas_are_known_after_a_picture_and_not_written_again() -> None:
    ledger = Ledger()
    hand = Hand(ledger, "deribit").open()
    hand.obligations.set_deltas({CALL: 0.954})
    again = restored(ledger, [len(ledger.records)], "deribit").open()
    again.obligations.set_deltas({CALL: 0.951})
    assert again.ledger.records == []
    for one in (hand, again):
        one.now = at("09:31:00")
    assert again.picture() == hand.picture()


def test_a_picture_of_the_first_day_leads_to_the_next() -> None:
    ledger = two_days()
    first = next(r.number for r in ledger.records if r.at >= at("00:00:00", NEXT_DAY)) - 1
    whole = restored(ledger)
    again = restored(ledger, [first])
    for one in (whole, again):
        one.now = at("11:00:00", NEXT_DAY)
        one.open(NEXT_DAY)
    assert again.picture() == whole.picture()


def test_before_the_measure_begins_nothing_is_counted_and_nothing_is_lost() -> None:
    ledger = Ledger()
    ledger.quoted("09:30:10")
    early = len(ledger.records)
    Hand(ledger).open()
    assert ledger.records[early].kind is RecordKind.OBLIGATION
    number, counted = pictured(ledger, [early])
    assert (number, counted) == (early, None)
    number, counted = pictured(ledger, [early, early + 1])
    assert number == early + 1
    assert counted is not None
    again = Hand(Ledger())
    again.obligations.restore([], counted)
    again.open().now = at("09:31:00")
    figures = again.obligations.figures()
    assert figures is not None
    assert figures.compliant.sum() == 50.0
