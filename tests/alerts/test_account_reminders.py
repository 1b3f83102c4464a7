"""Margin, the forced close, limits: fires, does not, repeats, resolves."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from terminal.alerts.alert import AlertKind, Level
from terminal.alerts.outlook import Forced
from terminal.domain.forced import ForcedCause
from terminal.domain.messages import LimitUse
from terminal.domain.reasons import Reason
from tests.alerts.room import (
    CALL_DECEMBER,
    CALL_OUT,
    COVERED,
    EVE,
    FUND,
    LONG,
    MINUTE,
    SHORT,
    Room,
    at,
    day_before,
    funds,
    held,
    holding,
    outlook,
    thresholds,
)

# ---- margin, O16 and R6


@pytest.mark.requirement("O16", "R6")
def test_the_risk_ratio_is_told_at_its_three_lines() -> None:
    room = Room(kinds=(AlertKind.MARGIN,))
    now = at(EVE)
    mine = (held(CALL_OUT, SHORT, 2, margin=Decimal(7_000)), held(CALL_DECEMBER, SHORT, 1, margin=Decimal(9_000)))
    assert room.see(outlook(now, held=mine, funds=funds("100000", margin="79999"))) == []
    (warned,) = room.see(outlook(now, held=mine, funds=funds("100000", margin="80000")))
    assert (warned.finding.level, warned.finding.figures["standing"]) == (Level.TOAST, "warn")
    # What frees most margin first
    assert warned.finding.codes == (CALL_DECEMBER.code, CALL_OUT.code)
    (called,) = room.see(outlook(now, held=mine, funds=funds("100000", margin="100000")))
    # 100,000 / 80 % = 125,000
    assert (called.finding.level, called.finding.money) == (Level.CARD, Decimal(25_000))
    (forced,) = room.see(outlook(now, held=mine, funds=funds("100000", maintenance="130000")))
    assert forced.holds_orders
    room.read()
    # Better, and worse again to where it was heard: not said; back to normal: over
    assert room.see(outlook(now + MINUTE, funds=funds("100000", margin="100000"))) == []
    assert room.see(outlook(now + 2 * MINUTE, funds=funds("100000", margin="130000"))) == []
    room.see(outlook(now + 3 * MINUTE, funds=funds("100000", margin="50000")))
    assert room.book.history()[0].resolved_at is not None


@pytest.mark.requirement("O16")
def test_the_margin_repeats_every_half_hour_is_new_every_day_and_has_the_users_lines() -> None:
    room = Room(kinds=(AlertKind.MARGIN,), limits=thresholds(margin_warn="0.50"))
    seen: dict[str, Any] = {"funds": funds("100000", margin="50000")}
    assert len(room.see(outlook(at(EVE, "09:00:00"), **seen))) == 1
    # A toast goes by itself; what must be answered is said again
    assert room.see(outlook(at(EVE, "09:59:00"), **seen)) == []
    called: dict[str, Any] = {"funds": funds("100000", margin="100000")}
    assert len(room.see(outlook(at(EVE), **called))) == 1
    assert room.see(outlook(at(EVE, "10:29:59"), **called)) == []
    assert len(room.see(outlook(at(EVE, "10:30:00"), **called))) == 1
    room.read()
    assert room.see(outlook(at(EVE, "14:00:00"), **seen)) == []
    assert len(room.see(outlook(at(day_before(EVE, -1)), **seen))) == 1


@pytest.mark.requirement("R6")
def test_margin_without_any_money_is_the_last_line_and_no_funds_are_none() -> None:
    room = Room(kinds=(AlertKind.MARGIN,))
    assert room.see(outlook(at(EVE), funds=None)) == []
    (told,) = room.see(outlook(at(EVE), funds=funds("0", margin="10")))
    assert told.finding.figures["standing"] == "force"


# ---- the forced close, O18, and what is due and not closed, R3


@pytest.mark.requirement("O18", "R3")
def test_a_call_is_followed_to_its_cut_off_and_past_it() -> None:
    room = Room(kinds=(AlertKind.FORCED_CLOSE, AlertKind.NOT_CLOSED))
    called = funds("100000", margin="115000", margin_call="15000")
    (told,) = room.see(outlook(at(EVE, "09:00:00"), funds=called))
    assert told.holds_orders
    assert (told.finding.money, told.finding.deadline) == (Decimal(15_000), at(EVE, "11:30:00"))
    # Part of it was brought in; repeated every quarter of an hour while nobody answers
    (again,) = room.see(outlook(at(EVE, "09:15:00"), funds=replace(called, balance=Decimal(110_000))))
    assert again.finding.money == Decimal(5_000)
    room.read()
    (due,) = room.see(outlook(at(EVE, "11:30:00"), funds=replace(called, balance=Decimal(110_000))))
    assert (due.finding.kind, due.finding.figures["called"]) == (AlertKind.NOT_CLOSED, "5000.00")
    assert [finding.kind for finding in room.open] == [AlertKind.NOT_CLOSED]
    # The counter closes: what it did is told as it grows
    done = Forced(CALL_OUT.code, ForcedCause.MARGIN, 3, at(EVE, "13:00:05"))
    (closed,) = room.see(outlook(at(EVE, "13:00:05"), funds=funds(), forced=(done,)))
    assert (closed.finding.figures["cause"], closed.finding.quantity) == ("margin", 3)
    room.read()
    assert len(room.see(outlook(at(EVE, "13:00:09"), funds=funds(), forced=(done, done)))) == 1
    room.see(outlook(at(day_before(EVE, -1)), funds=funds()))
    assert room.open == []


@pytest.mark.requirement("R3")
def test_covered_calls_without_shares_past_the_cut_off_should_be_closed_and_are_not() -> None:
    room = Room(kinds=(AlertKind.NOT_CLOSED,))
    mine = (held(CALL_DECEMBER, COVERED, 5),)
    short = holding(50_000, 50_000, covering=51_100, short=1_100)
    assert room.see(outlook(at(EVE, "11:29:59"), held=mine, holdings=short)) == []
    (told,) = room.see(outlook(at(EVE, "11:30:00"), held=mine, holdings=short))
    assert (told.finding.figures["missing"], told.finding.quantity) == ("1100", 5)
    assert len(room.see(outlook(at(EVE, "11:45:00"), held=mine, holdings=short))) == 1
    room.see(outlook(at(EVE, "13:05:00"), held=mine, holdings=holding(60_000, 51_100)))
    assert room.open == []


@pytest.mark.requirement("O18")
def test_what_the_days_end_calls_for_is_due_the_next_morning() -> None:
    room = Room(kinds=(AlertKind.FORCED_CLOSE, AlertKind.NOT_CLOSED))
    called = funds("100000", margin="115000", margin_call="15000")
    tomorrow = day_before(EVE, -1)
    (told,) = room.see(outlook(at(EVE, "15:30:01"), funds=called))
    assert (told.finding.kind, told.finding.level) == (AlertKind.FORCED_CLOSE, Level.SHEET)
    assert told.finding.deadline == at(tomorrow, "11:30:00")
    room.read()
    assert room.see(outlook(at(tomorrow, "09:10:00"), funds=called)) == []
    (due,) = room.see(outlook(at(tomorrow, "11:30:00"), funds=called))
    assert due.finding.kind is AlertKind.NOT_CLOSED


@pytest.mark.requirement("T5", "R3")
def test_on_the_ex_day_itself_missing_cover_is_not_overdue() -> None:
    room = Room(kinds=(AlertKind.NOT_CLOSED,))
    adjusted = replace(CALL_DECEMBER, trading_code="510050C1612A02050", recently_adjusted=True)
    short = holding(50_000, 50_000, covering=51_100, short=1_100)
    mine = (held(adjusted, COVERED, 5),)
    ex_day = outlook(at(EVE, "11:30:00"), held=mine, holdings=short, contracts=(adjusted,))
    assert room.see(ex_day) == []
    after = replace(CALL_OUT, trading_code="510050C1611M02600")
    assert len(room.see(replace(ex_day, contracts={c.code: c for c in (adjusted, after)}))) == 1


@pytest.mark.requirement("O18")
def test_a_call_that_was_met_announces_nothing() -> None:
    met = funds("120000", margin="115000", margin_call="15000")
    assert Room(kinds=(AlertKind.FORCED_CLOSE,)).see(outlook(at(EVE), funds=met)) == []


# ---- limits, O17


def use(reason: Reason, used: str, allowed: str | None, underlying: str = FUND) -> LimitUse:
    return LimitUse(
        limit=reason, underlying=underlying, used=Decimal(used), allowed=None if allowed is None else Decimal(allowed)
    )


@pytest.mark.requirement("O17")
@pytest.mark.parametrize(
    ("reason", "kind", "near"),
    [
        (Reason.LIMIT_RIGHT_SIDE, AlertKind.POSITION_LIMIT, "90"),
        (Reason.LIMIT_TOTAL, AlertKind.POSITION_LIMIT, "90"),
        (Reason.LIMIT_BUY_OPEN, AlertKind.POSITION_LIMIT, "90"),
        (Reason.LIMIT_PURCHASE, AlertKind.PURCHASE_LIMIT, "90"),
        (Reason.LIMIT_TOTAL, AlertKind.LARGE_HOLDER, "80"),
    ],
)
def test_a_limit_is_told_when_it_is_near_again_when_reached_and_is_over_below(
    reason: Reason, kind: AlertKind, near: str
) -> None:
    room = Room(kinds=(kind,))
    now = at(EVE)
    mine = (held(CALL_OUT, LONG, 95),)
    below = str(int(near) - 1)
    assert room.see(outlook(now, held=mine, limits=(use(reason, below, "100"),))) == []
    (told,) = room.see(outlook(now, held=mine, limits=(use(reason, near, "100"),)))
    assert (told.finding.level, told.finding.codes) == (Level.TOAST, (CALL_OUT.code,))
    room.read()
    assert room.see(outlook(now, held=mine, limits=(use(reason, "99", "100"),))) == []
    reached = room.see(outlook(now, held=mine, limits=(use(reason, "100", "100"),)))
    # To be a large holder is no limit that could be reached
    assert len(reached) == (kind is not AlertKind.LARGE_HOLDER)
    room.see(outlook(now + MINUTE, held=mine, limits=(use(reason, below, "100"),)))
    assert room.open == []


@pytest.mark.requirement("O17")
def test_no_limit_and_a_limit_of_nothing_are_not_told() -> None:
    room = Room(kinds=(AlertKind.POSITION_LIMIT, AlertKind.LARGE_HOLDER, AlertKind.PURCHASE_LIMIT))
    unlimited = use(Reason.LIMIT_TOTAL, "10000", None)
    assert room.see(outlook(at(EVE), limits=(unlimited, use(Reason.LIMIT_TOTAL, "0", "0", "510300")))) == []
