"""Halts, breakers, restrictions, listings, the line, stale data, duties, inquiries: fires, not, repeats, resolves."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from terminal.alerts.alert import AlertKind, Level
from terminal.alerts.outlook import Asked, Duty
from terminal.domain.contracts import ListingState
from terminal.domain.ports import LinkState
from tests.alerts.room import (
    CALL_DECEMBER,
    CALL_IN,
    CALL_OUT,
    CONTRACTS,
    EVE,
    FUND,
    LONG,
    MINUTE,
    PUT_IN,
    SHORT,
    Room,
    at,
    held,
    outlook,
    thresholds,
)

NOW = at(EVE)
MINE = (held(CALL_DECEMBER, LONG, 3),)

# ---- suspension and resumption


@pytest.mark.requirement("T2")
def test_a_halt_of_what_is_held_or_ordered_lasts_and_its_end_is_told_for_ten_minutes() -> None:
    room = Room(kinds=(AlertKind.SUSPENSION,))
    (told,) = room.see(outlook(NOW, held=MINE, halted=(CALL_DECEMBER.code, CALL_OUT.code)))
    assert (told.finding.level, told.finding.quantity, told.finding.codes) == (Level.CARD, 3, (CALL_DECEMBER.code,))
    assert room.see(outlook(NOW + MINUTE, held=MINE, halted=(CALL_DECEMBER.code,))) == []
    resumed = {CALL_DECEMBER.code: NOW + 2 * MINUTE}
    (on,) = room.see(outlook(NOW + 2 * MINUTE, held=MINE, resumed=resumed))
    assert (on.finding.level, on.finding.figures["state"]) == (Level.TOAST, "resumed")
    assert [finding.figures["state"] for finding in room.open] == ["resumed"]
    room.see(outlook(NOW + 12 * MINUTE, held=MINE, resumed=resumed))
    assert room.open == []
    # Ordered counts as held
    assert len(room.see(outlook(NOW + 20 * MINUTE, ordered=(CALL_OUT.code,), halted=(CALL_OUT.code,)))) == 1


@pytest.mark.requirement("T2")
def test_a_halt_with_the_underlying_is_one_reminder_and_of_nothing_held_none() -> None:
    room = Room(kinds=(AlertKind.SUSPENSION,))
    everything = (FUND, *(one.code for one in CONTRACTS))
    (told,) = room.see(outlook(NOW, held=MINE, halted=everything))
    assert (told.finding.underlying, told.finding.codes) == (FUND, (CALL_DECEMBER.code,))
    assert Room(kinds=(AlertKind.SUSPENSION,)).see(outlook(NOW, halted=everything)) == []


@pytest.mark.requirement("T2")
def test_a_halt_soon_after_the_last_one_is_told_and_a_breaker_has_not_resumed() -> None:
    room, code = Room(kinds=(AlertKind.SUSPENSION,)), CALL_DECEMBER.code
    assert len(room.see(outlook(NOW, held=MINE, halted=(code,)))) == 1
    resumed = {code: NOW + MINUTE}
    assert len(room.see(outlook(NOW + MINUTE, held=MINE, resumed=resumed))) == 1
    (again,) = room.see(outlook(NOW + 2 * MINUTE, held=MINE, halted=(code,), resumed=resumed))
    assert again.finding.figures["state"] == "halted"
    # It resumed, but into the auction of a breaker: nobody is told that it goes on
    stands = {code: NOW + 6 * MINUTE}
    assert room.see(outlook(NOW + 3 * MINUTE, held=MINE, breakers=stands, resumed={code: NOW + 3 * MINUTE})) == []


# ---- breaker


@pytest.mark.requirement("T2")
def test_every_breaker_is_told_however_soon_after_the_last() -> None:
    room, code = Room(kinds=(AlertKind.BREAKER,)), CALL_DECEMBER.code
    for minute in (0, 4, 8):
        begins, stands = NOW + minute * MINUTE, {code: NOW + (minute + 3) * MINUTE}
        assert len(room.see(outlook(begins, held=MINE, breakers=stands))) == 1
        room.read()
        assert room.see(outlook(begins + 2 * MINUTE, held=MINE, breakers=stands)) == []
        if minute:
            assert room.see(outlook(begins + 3 * MINUTE, held=MINE)) == []
    # Where the venue does not say when it ends, too
    assert len(room.see(outlook(NOW + 12 * MINUTE, held=MINE, breakers={code: None}))) == 1
    assert room.see(outlook(NOW + 13 * MINUTE, held=MINE)) == []
    assert len(room.see(outlook(NOW + 14 * MINUTE, held=MINE, breakers={code: None}))) == 1


@pytest.mark.requirement("T2")
def test_a_breaker_of_what_is_held_or_ordered_is_told_with_its_end() -> None:
    room = Room(kinds=(AlertKind.BREAKER,))
    until = NOW + 3 * MINUTE
    assert room.see(outlook(NOW, held=MINE, breakers={CALL_OUT.code: until})) == []
    (told,) = room.see(outlook(NOW, held=MINE, breakers={CALL_DECEMBER.code: until}))
    assert (told.finding.deadline, told.finding.quantity, told.finding.level) == (until, 3, Level.TOAST)
    assert room.see(outlook(NOW + MINUTE, held=MINE, breakers={CALL_DECEMBER.code: until})) == []
    # What stands in it may trade at the auction's price
    (louder,) = room.see(outlook(NOW, held=MINE, ordered=(CALL_DECEMBER.code,), breakers={CALL_DECEMBER.code: until}))
    assert louder.finding.level is Level.CARD
    room.see(outlook(until, held=MINE))
    assert room.open == []
    # Another one soon after is told; one without an end too
    assert len(room.see(outlook(until + 6 * MINUTE, held=MINE, breakers={CALL_DECEMBER.code: None}))) == 1


# ---- open restriction and listings


@pytest.mark.requirement("T2")
def test_a_restricted_month_is_told_louder_when_its_calls_are_held() -> None:
    restricted = tuple(replace(one, opening_restricted=True) for one in (CALL_IN, CALL_OUT))
    listed = (*restricted, PUT_IN, CALL_DECEMBER)
    room = Room(kinds=(AlertKind.OPEN_RESTRICTION,))
    assert room.see(outlook(NOW, contracts=listed)) == []
    (soft,) = room.see(outlook(NOW, contracts=listed, held=MINE))
    assert (soft.finding.level, soft.finding.figures["month"]) == (Level.TOAST, "11")
    (loud,) = room.see(outlook(NOW, contracts=listed, held=(held(CALL_OUT, SHORT, 2), *MINE)))
    assert (loud.finding.level, loud.finding.quantity) == (Level.CARD, 2)
    room.see(outlook(NOW + MINUTE, held=MINE))
    assert room.open == []


def test_new_contracts_are_told_once_on_their_day() -> None:
    room = Room(kinds=(AlertKind.LISTING,))
    listed = [replace(one, listing=ListingState.NEW) for one in (CALL_IN, PUT_IN)] + [CALL_DECEMBER]
    assert room.see(outlook(NOW)) == []
    (told,) = room.see(outlook(NOW, contracts=listed))
    assert (told.finding.figures["count"], told.finding.figures["months"]) == ("2", "2016-11")
    room.read()
    assert room.see(outlook(NOW + MINUTE, contracts=listed)) == []
    room.see(outlook(NOW + timedelta(days=1)))
    assert room.open == []


# ---- the line and the data


@pytest.mark.fault("F01")
def test_a_line_that_is_down_is_told_after_a_moment_again_when_urgent_and_is_over_when_back() -> None:
    room = Room(kinds=(AlertKind.CONNECTION,))
    down: dict[str, Any] = {"link": LinkState.DOWN}
    assert room.see(outlook(NOW, link_down_seconds=4.9, **down)) == []
    assert len(room.see(outlook(NOW, link_down_seconds=5.0, **down))) == 1
    room.read()
    assert room.see(outlook(NOW, link_down_seconds=59.0, **down)) == []
    assert len(room.see(outlook(NOW, link_down_seconds=60.0, **down))) == 1
    # While nobody answers it repeats every five minutes
    assert len(room.see(outlook(NOW + 5 * MINUTE, link_down_seconds=360.0, **down))) == 1
    room.see(outlook(NOW + 6 * MINUTE))
    assert room.open == []


@pytest.mark.fault("F26")
def test_data_that_are_old_are_told_for_each_underlying_unless_the_line_is_down() -> None:
    room = Room(kinds=(AlertKind.STALE_DATA,))
    assert room.see(outlook(NOW, feed_ages={FUND: 9.9})) == []
    (told,) = room.see(outlook(NOW, held=MINE, feed_ages={FUND: 10.0, "510300": 0.1}))
    assert (told.finding.underlying, told.finding.level) == (FUND, Level.CARD)
    assert room.see(outlook(NOW, held=MINE, feed_ages={FUND: 30.0})) == []
    room.see(outlook(NOW, link=LinkState.DOWN, feed_ages={FUND: 30.0}))
    assert room.open == []
    assert (
        Room(kinds=(AlertKind.STALE_DATA,), limits=thresholds(stale_seconds=60)).see(
            outlook(NOW, feed_ages={FUND: 30.0})
        )
        == []
    )


# ---- a market maker's duties


def duty(slack: float, *, missed: bool = True, safe: bool = False) -> Duty:
    return Duty(CALL_OUT.code, slack, 4000.0, missed, safe)


def test_a_contract_with_little_left_to_miss_is_told_and_again_when_it_has_failed() -> None:
    room = Room(kinds=(AlertKind.OBLIGATION,))
    for fine in (duty(1000.0), duty(10.0, missed=False), duty(10.0, safe=True)):
        assert room.see(outlook(NOW, duties=(fine,))) == []
    (told,) = room.see(outlook(NOW, duties=(duty(999.0),)))
    assert (told.finding.codes, told.finding.figures) == ((CALL_OUT.code,), {"slack": "999", "state": "at_risk"})
    room.read()
    assert room.see(outlook(NOW, duties=(duty(500.0),))) == []
    (failed,) = room.see(outlook(NOW, duties=(duty(-1.0, missed=False),)))
    assert failed.finding.figures["state"] == "failed"
    room.see(outlook(NOW + MINUTE, duties=(duty(1500.0),)))
    assert room.open == []


def test_an_inquiry_waits_until_it_is_answered_or_its_time_is_up() -> None:
    room = Room(kinds=(AlertKind.INQUIRY,))
    asked = Asked(7, CALL_OUT.code, 10, NOW + timedelta(seconds=20))
    (told,) = room.see(outlook(NOW, inquiries=(asked,)))
    assert (told.finding.deadline, told.finding.quantity) == (asked.deadline, 10)
    assert room.see(outlook(NOW + timedelta(seconds=19), inquiries=(asked,))) == []
    room.see(outlook(asked.deadline, inquiries=(asked,)))
    assert room.open == []
    answered = Room(kinds=(AlertKind.INQUIRY,))
    answered.see(outlook(NOW, inquiries=(asked,)))
    answered.see(outlook(NOW + timedelta(seconds=5)))
    assert answered.open == []
