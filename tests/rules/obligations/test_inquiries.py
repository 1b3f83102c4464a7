"""Answers to inquiries: in time, how soon, how long, pulled too early and by what."""

import pytest

from terminal.domain.phases import Phase
from terminal.rules.obligations.inquiries import AnswerEnd, InquiryResult, InquiryStatus
from terminal.rules.obligations.measure import Measure
from tests.rules.obligations.day import GENERAL, A, at, day, gone, live


def only(measure: Measure, clock: str) -> InquiryResult:
    """The one inquiry as it stands."""
    measure.advance(at(clock))
    (result,) = measure.inquiries.results(measure.now_us)
    return result


def asked(clock: str = "10:00:00", code: str = A) -> Measure:
    """A general maker's day with one inquiry."""
    measure = day(kind=GENERAL)
    measure.on_inquiry(7, code, 10, at(clock))
    return measure


@pytest.mark.requirement("M8")
def test_an_answer_within_twenty_seconds_that_stands_twenty_is_good() -> None:
    # rulebook 8.4: 20 s to answer, 20 s to hold
    measure = asked()
    assert only(measure, "10:00:19").status is InquiryStatus.OPEN
    live(measure, "10:00:20")
    live(measure, "10:00:30", ask=4690)
    gone(measure, "10:00:40")
    result = only(measure, "10:01:00")
    assert (result.status, result.response_seconds, result.held_seconds) == (InquiryStatus.ANSWERED, 20.0, 20.0)
    assert (result.end, result.pulled_early, result.quote_id) == (AnswerEnd.CANCELLED, False, "q10:00:20")


@pytest.mark.requirement("M8")
def test_a_wide_quote_is_no_answer_and_a_late_one_is_late() -> None:
    measure = asked()
    live(measure, "10:00:05", ask=5200)
    assert only(measure, "10:00:20").status is InquiryStatus.MISSED
    live(measure, "10:00:21")
    assert only(measure, "10:00:30").status is InquiryStatus.LATE
    summary = measure.inquiries.summary(measure.now_us)
    assert (summary.counted, summary.answered, summary.late, summary.answer_rate) == (1, 0, 1, 0.0)
    assert summary.fails


@pytest.mark.requirement("M8")
@pytest.mark.parametrize(
    ("how", "end", "early"),
    [
        ("cancelled", AnswerEnd.CANCELLED, True),
        ("widened", AnswerEnd.INVALID, True),
        ("protection", AnswerEnd.PROTECTION, True),
        ("filled", AnswerEnd.FILLED, False),
        ("halted", AnswerEnd.EXEMPT, False),
        ("replaced", None, False),
    ],
)
def test_an_answer_pulled_too_early_is_written_down_with_its_cause(
    how: str, end: AnswerEnd | None, early: bool
) -> None:
    measure = asked()
    live(measure, "10:00:05")
    match how:
        case "cancelled":
            gone(measure, "10:00:15")
        case "widened":
            live(measure, "10:00:15", ask=5200)
        case "protection":
            measure.on_pull([A], at("10:00:14"))
            gone(measure, "10:00:15")
        case "filled":
            measure.on_quote(A, 4630, 10, 4700, 2, "q", at("10:00:15"), AnswerEnd.FILLED)
        case "halted":
            measure.on_phase(A, Phase.HALTED, at("10:00:15"))
        case "replaced":
            gone(measure, "10:00:15")
            live(measure, "10:00:15")
    result = only(measure, "10:05:00")
    assert (result.end, result.pulled_early) == (end, early)
    assert result.held_seconds == (295.0 if end is None else 10.0)
    assert measure.inquiries.summary(measure.now_us).pulled_early == early


@pytest.mark.requirement("M8")
def test_a_quote_that_stands_answers_at_once() -> None:
    measure = day(kind=GENERAL)
    live(measure, "09:50:00")
    measure.on_inquiry(7, A, 10, at("10:00:00"))
    result = only(measure, "10:00:01")
    assert (result.status, result.response_seconds) == (InquiryStatus.ANSWERED, 0.0)
    assert measure.inquiries.standing(A) == result.answered
    gone(measure, "10:00:02")
    assert measure.inquiries.standing(A) is None


@pytest.mark.requirement("M8")
def test_what_the_lunch_break_or_a_halt_cuts_short_lapses() -> None:
    measure = asked("11:29:50")
    assert only(measure, "11:30:00").status is InquiryStatus.LAPSED
    held = asked("11:29:45")
    live(held, "11:29:50")
    result = only(held, "13:00:00")
    assert (result.held_seconds, result.end, result.pulled_early) == (10.0, AnswerEnd.PHASE, False)
    halted = asked()
    halted.on_phase(A, Phase.HALTED, at("10:00:10"))
    assert only(halted, "10:01:00").status is InquiryStatus.LAPSED
    assert asked("12:00:00").inquiries.results(0)[0].status is InquiryStatus.LAPSED
    assert halted.inquiries.summary(halted.now_us).answer_rate is None


@pytest.mark.requirement("M8")
def test_an_inquiry_out_of_scope_is_kept_and_does_not_count() -> None:
    measure = asked(code="10009999")
    measure.on_inquiry(7, "10009999", 10, at("10:00:01"))
    assert not only(measure, "10:01:00").counted
    assert measure.inquiries.summary(measure.now_us).counted == 0


@pytest.mark.requirement("M8")
def test_an_inquiry_within_a_minute_of_another_is_not_owed() -> None:
    # rulebook 8.4: 60 s between two for one contract
    measure = asked("10:00:00")
    for number, clock in enumerate(("10:00:59", "10:01:00"), 8):
        measure.on_inquiry(number, A, 10, at(clock))
    measure.advance(at("10:05:00"))
    results = measure.inquiries.results(measure.now_us)
    missed, lapsed = InquiryStatus.MISSED, InquiryStatus.LAPSED
    assert [result.status for result in results] == [missed, lapsed, missed]


@pytest.mark.requirement("M8")
def test_seven_of_ten_are_enough_and_the_median_is_told() -> None:
    # rulebook 8.3: answer >= 70 % of requests
    measure = day(kind=GENERAL)
    for number in range(10):
        measure.on_inquiry(number, A, 10, at(f"10:0{number}:00"))
        if number < 7:
            live(measure, f"10:0{number}:0{number + 1}")
            gone(measure, f"10:0{number}:40")
    measure.advance(at("10:30:00"))
    summary = measure.inquiries.summary(measure.now_us)
    assert (summary.answered, summary.missed, summary.answer_rate, summary.fails) == (7, 3, 0.7, False)
    assert summary.median_seconds == 4.0
