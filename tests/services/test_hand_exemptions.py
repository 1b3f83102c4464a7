"""Exemptions by hand: written down with who and why, counted live, after a restart and under other terms alike."""

from datetime import timedelta

import pytest

from terminal.domain.errors import BadInput
from terminal.domain.messages import InquiryOpened
from terminal.domain.ports import LinkState
from terminal.domain.quotes import QuoteStatus
from terminal.domain.reasons import Reason
from terminal.rules.obligations.inquiries import AnswerEnd, InquiryStatus
from terminal.rules.obligations.validity import ExemptCause
from terminal.services.events import LinkChanged
from terminal.services.obligation_records import days_of
from terminal.services.obligation_report import day_tables
from terminal.services.quoting_day import score_day
from tests.harness import CALL, PUT
from tests.services.obligation_desk import START, Hand, Ledger, sessions, terms_of

WHY = "exchange agreed by telephone"


def seconds(hand: Hand, code: str = CALL) -> tuple[float, float, float]:
    """Compliant, missed, exempt by hand."""
    figures = hand.obligations.figures()
    assert figures is not None
    place = figures.place(code)
    assert place is not None
    by_hand = figures.exempt_by(ExemptCause.BY_HAND)[place]
    return float(figures.compliant[place]), float(figures.missed[place]), float(by_hand)


def after(hand: Hand, passed: float) -> None:
    hand.now = START + timedelta(seconds=passed)


@pytest.mark.requirement("X1", "M6")
def test_a_contract_is_exempt_until_its_time_and_no_longer() -> None:
    hand = Hand(Ledger()).open()
    after(hand, 60)
    told = hand.obligations.exempt_by_hand([CALL], START + timedelta(seconds=180), "wang", f"  {WHY} ")
    assert (told.number, told.by, told.reason) == (1, "wang", WHY)
    after(hand, 100)
    assert hand.obligations.measure is not None
    assert hand.obligations.measure.causes(CALL) == (ExemptCause.BY_HAND,)
    assert [one.number for one in hand.obligations.by_hand.of(CALL, hand.now)] == [1]
    after(hand, 200)
    assert seconds(hand) == (0.0, 80.0, 120.0)
    assert seconds(hand, PUT) == (0.0, 200.0, 0.0)
    assert hand.obligations.measure.causes(CALL) == ()
    assert hand.obligations.by_hand.of(CALL, hand.now) == ()


@pytest.mark.requirement("X1")
def test_until_the_end_of_the_day_nothing_more_can_be_missed_and_lifted_it_is_owed_again() -> None:
    hand = Hand(Ledger()).open()
    told = hand.obligations.exempt_by_hand([CALL], None, "wang", WHY)
    assert told.until == hand.obligations.day_end
    after(hand, 600)
    figures = hand.obligations.figures()
    assert figures is not None
    place = figures.place(CALL)
    assert place is not None
    assert figures.remaining_us[place] == 0
    assert not figures.counted[place]
    assert hand.obligations.lift_by_hand(told.number, "li")
    assert not hand.obligations.lift_by_hand(told.number, "li")
    after(hand, 660)
    assert seconds(hand) == (0.0, 60.0, 600.0)
    one = hand.obligations.by_hand.all[0]
    assert (one.lifted_by, one.end) == ("li", START + timedelta(seconds=600))


@pytest.mark.requirement("X1")
def test_of_two_that_overlap_the_longer_goes_on_when_the_other_is_lifted() -> None:
    hand = Hand(Ledger()).open()
    hand.obligations.exempt_by_hand([CALL, PUT], START + timedelta(seconds=300), "wang", WHY)
    after(hand, 10)
    hand.obligations.exempt_by_hand([CALL], START + timedelta(seconds=60), "li", WHY)
    assert [one.number for one in hand.obligations.by_hand.of(CALL, hand.now)] == [1, 2]
    after(hand, 20)
    hand.obligations.lift_by_hand(1, "li")
    after(hand, 100)
    assert seconds(hand) == (0.0, 40.0, 60.0)
    assert seconds(hand, PUT) == (0.0, 80.0, 20.0)


@pytest.mark.requirement("M8", "X2")
def test_an_answer_owed_to_an_inquiry_is_not_owed_while_exempt() -> None:
    hand = Hand(Ledger()).open()
    hand.bus.publish(InquiryOpened(inquiry=1, contract_code=CALL, at=START))
    after(hand, 5)
    hand.obligations.exempt_by_hand([CALL], START + timedelta(seconds=100), "wang", WHY)
    after(hand, 70)
    hand.bus.publish(InquiryOpened(inquiry=2, contract_code=CALL, at=hand.now))
    after(hand, 110)
    hand.bus.publish(InquiryOpened(inquiry=3, contract_code=CALL, at=hand.now))
    after(hand, 140)
    statuses = [result.status for result in hand.obligations.inquiry_results()]
    assert statuses == [InquiryStatus.LAPSED, InquiryStatus.LAPSED, InquiryStatus.MISSED]


@pytest.mark.requirement("M8")
def test_an_answer_that_stands_has_stood_long_enough() -> None:
    hand = Hand(Ledger()).open()
    hand.bus.publish(hand.ledger.quoted(START, quote_id="q"))
    hand.bus.publish(InquiryOpened(inquiry=1, contract_code=CALL, at=START))
    after(hand, 5)
    hand.obligations.exempt_by_hand([CALL], None, "wang", WHY)
    after(hand, 6)
    (result,) = hand.obligations.inquiry_results()
    assert (result.end, result.pulled_early) == (AnswerEnd.EXEMPT, False)


@pytest.mark.requirement("X1")
@pytest.mark.fault("F01")
def test_what_a_lost_line_tells_later_of_the_time_before_is_still_charged() -> None:
    hand = Hand(Ledger()).open()
    hand.bus.publish(hand.ledger.quoted(START, quote_id="q"))
    after(hand, 100)
    hand.bus.publish(LinkChanged(LinkState.DOWN, ""))
    hand.obligations.exempt_by_hand([CALL], START + timedelta(seconds=200), "wang", WHY)
    # The venue took the quote out at 40 s already; this desk hears of it at 150 s
    gone = hand.ledger.quoted(
        START + timedelta(seconds=40), quote_id="q", status=QuoteStatus.CANCELLED, reason=Reason.CANCELLED_BY_USER
    )
    after(hand, 150)
    hand.bus.publish(gone)
    hand.bus.publish(LinkChanged(LinkState.UP, ""))
    assert seconds(hand) == (40.0, 60.0, 50.0)


@pytest.mark.requirement("X1", "X10")
def test_other_terms_count_it_only_where_they_know_the_cause() -> None:
    hand = Hand(Ledger()).open()
    hand.obligations.exempt_by_hand([CALL], None, "wang", WHY)
    records = hand.ledger.records
    for name, owed in (("sse_generic", 0.0), ("eurex", 0.0), ("sse_simulation_2014", 1.0)):
        (steps,) = days_of(records)
        day = score_day(steps, terms_of(name), sessions())
        place = day.figures.place(CALL)
        assert place is not None
        missed = float(day.figures.missed[place])
        assert (missed > 0) == bool(owed), name
        assert [one.reason for one in day.by_hand] == [WHY]
        table = day_tables(day, str)[-1]
        assert table.title == "exemptions"
        assert table.rows[0][1] == CALL
        assert table.rows[0][5:] == ("wang", "", WHY, int(not owed))


@pytest.mark.requirement("X1")
@pytest.mark.parametrize(
    ("codes", "seconds_on", "by", "reason", "field"),
    [
        ([], 60, "wang", WHY, "contract"),
        (["10009999"], 60, "wang", WHY, "contract"),
        ([CALL], 60, "wang", " ", "reason"),
        ([CALL], 60, "wang", "x" * 201, "reason"),
        ([CALL], 60, " ", WHY, "name"),
        ([CALL], 0, "wang", WHY, "until"),
        ([CALL], 100_000, "wang", WHY, "until"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_written(
    codes: list[str], seconds_on: int, by: str, reason: str, field: str
) -> None:
    hand = Hand(Ledger()).open()
    before = len(hand.ledger.records)
    with pytest.raises(BadInput) as refused:
        hand.obligations.exempt_by_hand(codes, START + timedelta(seconds=seconds_on), by, reason)
    assert refused.value.field == field
    assert len(hand.ledger.records) == before


@pytest.mark.requirement("X1")
def test_an_account_that_is_no_makers_has_nothing_to_exempt() -> None:
    hand = Hand(Ledger())
    with pytest.raises(BadInput):
        hand.obligations.exempt_by_hand([CALL], None, "wang", WHY)
    assert not hand.obligations.lift_by_hand(1, "wang")
    assert hand.obligations.by_hand.all == ()
