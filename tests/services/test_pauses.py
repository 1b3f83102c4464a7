"""Pauses: written down with who and until when, over by their time, brought back by a start, told by the report."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from terminal.domain.account_rights import AccountKind
from terminal.domain.errors import BadInput
from terminal.domain.phases import Phase
from terminal.domain.reasons import Reason
from terminal.services.obligation_records import PauseEndedTold, PauseTold, days_of
from terminal.services.obligation_report import day_tables, month_result, month_tables
from terminal.services.pauses import DayPauses, KeptOut, OutFacts, kept_out
from terminal.services.quoting_day import score_day
from tests.harness import CALL, PUT
from tests.services.obligation_desk import NEXT_DAY, START, Hand, Ledger, at, sessions, terms_of

pytestmark = pytest.mark.requirement("M6", "X1")


def after(hand: Hand, passed: float) -> None:
    hand.now = START + timedelta(seconds=passed)


def missed(hand: Hand, code: str = CALL) -> float:
    figures = hand.obligations.figures()
    assert figures is not None
    place = figures.place(code)
    assert place is not None
    return float(figures.missed[place])


def test_a_pause_is_over_at_its_time_and_stays_owed() -> None:
    hand = Hand(Ledger()).open()
    told = hand.obligations.pause(CALL, START + timedelta(seconds=300), " wang ")
    assert (told.begin, told.until, told.by) == (START, START + timedelta(seconds=300), "wang")
    pauses = hand.obligations.pauses
    after(hand, 299)
    assert pauses.holding(hand.now) == {CALL}
    after(hand, 300)
    assert pauses.holding(hand.now) == frozenset()
    assert pauses.newest(CALL) == told
    assert missed(hand) == 300.0


def test_a_newer_pause_takes_the_place_of_the_older_and_a_person_ends_it_early() -> None:
    hand = Hand(Ledger()).open()
    hand.obligations.pause(CALL, START + timedelta(seconds=60), "wang")
    after(hand, 30)
    hand.obligations.pause(CALL, START + timedelta(seconds=600), "li")
    after(hand, 61)
    assert hand.obligations.pauses.holding(hand.now) == {CALL}
    after(hand, 90)
    assert hand.obligations.end_pause(CALL, "wu")
    assert not hand.obligations.end_pause(CALL, "wu")
    assert not hand.obligations.end_pause(PUT, "wu")
    first, second = hand.obligations.pauses.all
    assert (first.end, first.ended_by) == (START + timedelta(seconds=30), "li")
    assert (second.end, second.ended_by) == (START + timedelta(seconds=90), "wu")


def test_to_the_close_is_the_end_of_the_last_phase_that_takes_quotes() -> None:
    """Rulebook 2.4: the closing auction ends at 15:00."""
    hand = Hand(Ledger()).open()
    assert hand.obligations.pause(CALL, None, "wang").until == at("15:00:00")


@pytest.mark.parametrize(
    ("code", "until", "by", "field"),
    [
        ("nothing", "10:00:00", "wang", "contract"),
        (CALL, "09:30:00", "wang", "until"),
        (CALL, "09:29:59", "wang", "until"),
        (CALL, "15:00:01", "wang", "until"),
        (CALL, "10:00:00", "  ", "name"),
    ],
)
def test_what_cannot_be_is_refused_with_field_and_rule_before_anything_is_written(
    code: str, until: str, by: str, field: str
) -> None:
    hand = Hand(Ledger()).open()
    before = len(hand.ledger.records)
    with pytest.raises(BadInput) as refused:
        hand.obligations.pause(code, at(until), by)
    assert refused.value.field == field
    assert len(hand.ledger.records) == before


def test_an_account_that_owes_nothing_has_nothing_to_pause() -> None:
    hand = Hand(Ledger())
    hand.kind = AccountKind.PROPRIETARY
    hand.open()
    with pytest.raises(BadInput) as refused:
        hand.obligations.pause(CALL, None, "wang")
    assert refused.value.field == "account"
    assert not hand.obligations.pauses.all


@pytest.mark.fault("F04")
def test_a_start_brings_back_what_is_in_force_and_a_new_day_forgets_it() -> None:
    hand = Hand(Ledger()).open()
    hand.obligations.pause(CALL, START + timedelta(seconds=600), "wang")
    hand.obligations.pause(PUT, START + timedelta(seconds=60), "wang")
    again = Hand(hand.ledger)
    again.now = START + timedelta(seconds=100)
    again.obligations.restore(hand.ledger.records)
    assert again.obligations.pauses.all == hand.obligations.pauses.all
    assert again.obligations.pauses.holding(again.now) == {CALL}
    tomorrow = Hand(hand.ledger)
    tomorrow.now = at("09:30:00", NEXT_DAY)
    tomorrow.open(NEXT_DAY)
    assert not tomorrow.obligations.pauses.all


@pytest.mark.requirement("X10")
def test_the_report_has_a_table_of_pauses_and_none_where_nobody_paused() -> None:
    hand = Hand(Ledger()).open()
    (steps,) = days_of(hand.ledger.records)
    plain = score_day(steps, terms_of("sse_generic"), sessions())
    assert "pauses" not in [table.title for table in day_tables(plain, str)]
    hand.obligations.exempt_by_hand([PUT], None, "wang", "agreed by telephone")
    hand.obligations.pause(CALL, START + timedelta(seconds=600), "wang")
    after(hand, 90)
    hand.obligations.end_pause(CALL, "li")
    (steps,) = days_of(hand.ledger.records)
    day = score_day(steps, terms_of("sse_generic"), sessions())
    for tables in (day_tables(day, str), month_tables(month_result([day]), str)):
        assert [table.title for table in tables[-2:]] == ["exemptions", "pauses"]
        ((code, begin, until, end, by, ended_by),) = tables[-1].rows
        assert (code, by, ended_by) == (CALL, "wang", "li")
        moments = [datetime.fromisoformat(str(moment)) for moment in (begin, until, end)]
        assert moments == [START, START + timedelta(seconds=600), START + timedelta(seconds=90)]
    # It is no cause: the time is missed under every terms
    place = day.figures.place(CALL)
    assert place is not None
    assert float(day.figures.exempt[place]) == 0.0


def facts(**changed: object) -> OutFacts:
    sound: dict[str, object] = {
        "is_line_up": True,
        "is_stopped": False,
        "withheld": None,
        "by_strategy": None,
        "phase": Phase.CONTINUOUS,
        "is_taken": True,
    }
    return OutFacts(**(sound | changed))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({}, None),
        ({"withheld": Reason.QUOTES_PAUSED}, None),
        ({"is_line_up": False, "is_stopped": True}, KeptOut.LINE),
        ({"is_stopped": True, "withheld": Reason.PROTECTION_TRIPPED}, KeptOut.STOP),
        ({"withheld": Reason.PROTECTION_TRIPPED, "by_strategy": KeptOut.STOPPED}, KeptOut.TRIPPED),
        ({"withheld": Reason.QUOTES_PULLED}, KeptOut.PULLED),
        ({"by_strategy": KeptOut.ROW_OFF, "phase": Phase.HALTED, "is_taken": False}, KeptOut.ROW_OFF),
        ({"phase": Phase.HALTED, "is_taken": False}, KeptOut.HALTED),
        ({"phase": Phase.BREAKER}, KeptOut.BREAKER),
        ({"phase": Phase.LUNCH, "is_taken": False}, KeptOut.PHASE),
    ],
)
def test_the_first_that_holds_is_named(changed: dict[str, object], expected: KeptOut | None) -> None:
    assert kept_out(facts(**changed)) is expected


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.tuples(st.integers(0, 50), st.sampled_from([CALL, PUT]), st.integers(1, 40), st.booleans()), max_size=12
    )
)
def test_one_pause_of_a_contract_holds_at_most_and_what_is_told_twice_is_the_same(
    steps: list[tuple[int, str, int, bool]],
) -> None:
    pauses, again, now = DayPauses(), DayPauses(), START
    for passed, code, length, ends in steps:
        now += timedelta(seconds=passed)
        told = (
            PauseEndedTold(at=now, code=code, by="li")
            if ends
            else PauseTold(at=now, code=code, until=now + timedelta(seconds=length), by="wang")
        )
        pauses.on_told(told)
        again.on_told(told)
        for one in (CALL, PUT):
            holding = [pause for pause in pauses.all if pause.code == one and pause.holds(now)]
            assert holding == [pause for pause in (pauses.of(one, now),) if pause is not None]
            assert all(pause.begin <= pause.end <= pause.until for pause in pauses.all)
    assert pauses.all == again.all
