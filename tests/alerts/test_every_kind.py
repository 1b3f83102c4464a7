"""Every kind of reminder, told the same way: where it says nothing, fires, is said again, lasts, and is over by itself.

The table is the matrix of the reminders: a kind that has no row in it fails. What a card shows of each is held
likewise in `tests/views/alerts/test_real_rules.py` and `test_kinds.py`, which go over the same enum.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import partial
from typing import Any

import pytest

from terminal.alerts.alert import AlertKind, Finding, Level, Standing
from terminal.alerts.conditions import Comparison, Condition, How, Measure
from terminal.alerts.outlook import Asked, ComingExDay, Duty, Forced, Outlook, Reading
from terminal.domain.combinations import Combination, CombinationStrategy
from terminal.domain.contracts import ListingState, Right
from terminal.domain.forced import ForcedCause
from terminal.domain.messages import LimitUse
from terminal.domain.ports import LinkState
from terminal.domain.reasons import Reason
from terminal.domain.settlement import Delivery
from terminal.rules.order_warnings import OrderWarning
from tests.alerts.room import (
    CALL_DECEMBER,
    CALL_IN,
    CALL_OUT,
    COVERED,
    EVE,
    EX_DAY,
    FUND,
    LONG,
    NOVEMBER,
    PUT_IN,
    SHORT,
    Room,
    at,
    day_before,
    funds,
    held,
    holding,
    outlook,
)
from tests.rules.test_order_warnings import CALL, OUT_CALL, warned
from tests.venue.counter.market import CONTRACTS as LISTED

NEXT_DAY = day_before(EVE, -1)
E1, E2, E3 = (day_before(NOVEMBER, n) for n in (1, 2, 3))


@dataclass(frozen=True)
class Story:
    """Moments of one kind. `again` is each time it is said once more, acknowledged before or left open."""

    silent: tuple[Outlook, ...]
    fires: Outlook
    level: Level
    lasts: Outlook
    """The cause is there, and it was said"""
    again: tuple[Outlook, ...]
    over: Outlook
    reads: bool = True
    """Acknowledged between two moments"""


def seen(day: date, clock: str = "10:00:00", **more: Any) -> Outlook:
    """A moment of a day."""
    return outlook(at(day, clock), **more)


def spread(day: date, clock: str, **more: Any) -> Outlook:
    pair = Combination(
        number="C1", strategy=CombinationStrategy.KKS, first_code=CALL_IN.code, second_code=PUT_IN.code, quantity=4,
        margin=Decimal(0),
    )  # fmt: skip
    return seen(day, clock, combinations=(pair,), release_margin={"C1": Decimal(7_897)}, **more)


def assigned(day: date, clock: str, shares: int = 0) -> Outlook:
    call = Delivery(
        contract_code=CALL_IN.code, underlying=FUND, right=Right.CALL, side=SHORT, quantity=10, strike=CALL_IN.strike,
        multiplier=10_000, exercise_day=NOVEMBER, delivery_day=CALL_IN.delivery_day,
    )  # fmt: skip
    return seen(day, clock, deliveries=(call,), holdings=holding(shares))


def limit(day: date, clock: str, reason: Reason, used: int) -> Outlook:
    use = LimitUse(limit=reason, underlying=FUND, used=Decimal(used), allowed=Decimal(100))
    return seen(day, clock, held=(held(CALL_OUT, LONG, used),), limits=(use,))


def duty(day: date, clock: str, slack: float, *, missed: bool = True) -> Outlook:
    return seen(day, clock, duties=(Duty(CALL_OUT.code, slack, 4_000.0, missed, False),))


def asked(clock: str, number: int = 7) -> Outlook:
    return seen(EVE, clock, inquiries=(Asked(number, CALL_OUT.code, 10, at(EVE, "10:01:00")),))


def down(clock: str, seconds: float) -> Outlook:
    return seen(EVE, clock, link=LinkState.DOWN, link_down_seconds=seconds)


def listed(day: date, clock: str = "10:00:00", **change: Any) -> Outlook:
    mine = (held(CALL_OUT, SHORT, 2),)
    changed = tuple(replace(one, **change) for one in (CALL_IN, CALL_OUT))
    return seen(day, clock, contracts=(*changed, PUT_IN, CALL_DECEMBER), held=mine)


MINE: Any = {"held": (held(CALL_DECEMBER, LONG, 8),)}
LONGS: Any = {"held": (held(CALL_IN, LONG, 20),)}
WRITTEN: Any = {"held": (held(CALL_IN, SHORT, 6),), "holdings": holding(42_000)}
COMING: Any = {"coming": (ComingExDay(FUND, EX_DAY, Decimal("0.053")),)}
ADJUSTED = replace(CALL_DECEMBER, trading_code="510050C1612A02050", multiplier=10_220, recently_adjusted=True)
AFTER_ADJUSTMENT: Any = {"held": (held(ADJUSTED, LONG, 2),)}
SECOND_ADJUSTMENT = replace(ADJUSTED, trading_code="510050C1612B02050")
COVER: Any = {"held": (held(CALL_DECEMBER, COVERED, 5),), "holdings": holding(50_400, 50_000, covering=50_000)}
CALLED: Any = {"funds": funds("100000", margin="115000", margin_call="15000")}
LAPSING: Any = {"held": (held(CALL_OUT, LONG, 60, "0.0012"),)}
WORTHLESS: Any = {"held": (held(CALL_OUT, LONG, 60, "0.0001"),)}
REACHED = partial(limit, EVE, "14:01:00", used=100)


def ratio(day: date, clock: str, margin: str) -> Outlook:
    return seen(day, clock, funds=funds("100000", margin=margin))


def stopped(day: date, clock: str, **more: Any) -> Outlook:
    return seen(day, clock, **MINE, **more)


STORIES: dict[AlertKind, Story] = {
    AlertKind.NEAR_EXPIRY: Story(
        silent=(seen(day_before(NOVEMBER, 6), **LONGS), seen(day_before(NOVEMBER, 5))),
        fires=seen(day_before(NOVEMBER, 5), **LONGS), level=Level.TOAST, lasts=seen(E2, **LONGS),
        again=(seen(E1, **LONGS), seen(NOVEMBER, **LONGS)), over=seen(NOVEMBER, "15:00:00", **LONGS),
    ),
    AlertKind.EXERCISE: Story(
        silent=(seen(E3, **LONGS), seen(E2, held=(held(CALL_OUT, LONG, 20),))),
        fires=seen(E2, **LONGS), level=Level.TOAST, lasts=seen(E2, "15:00:00", **LONGS),
        again=(seen(E1, **LONGS), *(seen(NOVEMBER, clock, **LONGS) for clock in ("09:20:00", "14:30:00", "15:10:00"))),
        over=seen(NOVEMBER, "15:30:00", **LONGS),
    ),
    AlertKind.NOT_CLOSED: Story(
        silent=(seen(NOVEMBER, "13:59:59", **LAPSING), seen(NOVEMBER, "14:00:00", **WORTHLESS)),
        fires=seen(NOVEMBER, "14:00:00", **LAPSING), level=Level.CARD, lasts=seen(NOVEMBER, "14:14:00", **LAPSING),
        again=(seen(NOVEMBER, "14:15:00", **LAPSING), seen(NOVEMBER, "14:30:00", **LAPSING)),
        over=seen(NOVEMBER, "14:31:00"), reads=False,
    ),
    AlertKind.WRITER: Story(
        silent=(seen(E3, **WRITTEN), seen(E2, **WRITTEN | {"holdings": holding(60_000)})),
        fires=seen(E2, **WRITTEN), level=Level.TOAST, lasts=seen(E2, "15:00:00", **WRITTEN),
        again=(seen(E1, **WRITTEN), seen(NOVEMBER, **WRITTEN)),
        over=seen(NOVEMBER, "11:00:00", **WRITTEN | {"holdings": holding(60_000)}),
    ),
    AlertKind.ASSIGNED: Story(
        silent=(seen(NOVEMBER, "16:00:00", **WRITTEN),),
        fires=assigned(NOVEMBER, "16:00:00"), level=Level.CARD, lasts=assigned(NOVEMBER, "17:00:00"),
        again=(assigned(CALL_IN.delivery_day, "09:00:00"), assigned(CALL_IN.delivery_day, "10:00:00")),
        over=seen(CALL_IN.delivery_day, "16:00:00"),
    ),
    AlertKind.ADJUSTMENT_COMING: Story(
        silent=(seen(day_before(EX_DAY, 8), **MINE),),
        fires=seen(day_before(EX_DAY, 8), **MINE, **COMING), level=Level.CARD,
        lasts=seen(day_before(EX_DAY, 6), **MINE, **COMING),
        again=(
            *(seen(day_before(EX_DAY, left), **MINE, **COMING) for left in (5, 3, 1)),
            seen(EVE, "15:40:00", **MINE, coming=(replace(COMING["coming"][0], close=Decimal("2.460")),)),
        ),
        over=seen(EX_DAY, **MINE, **COMING),
    ),
    AlertKind.ADJUSTED: Story(
        silent=(seen(EX_DAY, **MINE),),
        fires=seen(EX_DAY, **AFTER_ADJUSTMENT), level=Level.CARD, lasts=seen(NEXT_DAY, **AFTER_ADJUSTMENT),
        again=(seen(date(2016, 12, 2), held=(held(SECOND_ADJUSTMENT, LONG, 2),)),),
        over=seen(date(2016, 12, 6), **MINE),
    ),
    AlertKind.COVERED_SHORTFALL: Story(
        silent=(
            seen(day_before(EX_DAY, 6), **COVER, **COMING),
            seen(day_before(EX_DAY, 5), **COVER | {"holdings": holding(51_100, 51_100)}, **COMING),
        ),
        fires=seen(day_before(EX_DAY, 5), "09:30:00", **COVER, **COMING), level=Level.CARD,
        lasts=seen(day_before(EX_DAY, 5), "15:00:00", **COVER, **COMING),
        again=(
            *(seen(day_before(EX_DAY, left), "09:30:00", **COVER, **COMING) for left in (4, 3, 2, 1)),
            seen(EVE, "15:40:00", **COVER, coming=(replace(COMING["coming"][0], close=Decimal("2.460")),)),
        ),
        over=seen(EVE, "15:50:00", **COVER | {"holdings": holding(51_100, 51_100)}, **COMING),
    ),
    AlertKind.COMBINATION_RELEASE: Story(
        silent=(spread(E2, "10:00:00"), seen(E1)),
        fires=spread(E1, "10:00:00"), level=Level.TOAST, lasts=spread(E1, "15:00:00"),
        again=(spread(NOVEMBER, "09:00:00"),), over=seen(NOVEMBER, "10:00:00"),
    ),
    AlertKind.MARGIN: Story(
        silent=(ratio(EVE, "10:00:00", "79999"), seen(EVE, funds=None)),
        fires=ratio(EVE, "10:00:00", "100000"), level=Level.CARD, lasts=ratio(EVE, "10:29:59", "100000"),
        again=(ratio(EVE, "10:30:00", "100000"), ratio(EVE, "10:31:00", "130000"), ratio(EVE, "11:01:00", "130000")),
        over=ratio(EVE, "11:02:00", "50000"), reads=False,
    ),
    AlertKind.FORCED_CLOSE: Story(
        silent=(seen(EVE, "09:00:00", funds=funds("120000", margin="115000", margin_call="15000")),),
        fires=seen(EVE, "09:00:00", **CALLED), level=Level.SHEET, lasts=seen(EVE, "09:14:00", **CALLED),
        again=(
            seen(EVE, "09:15:00", **CALLED),
            seen(EVE, "13:00:05", forced=(Forced(CALL_OUT.code, ForcedCause.MARGIN, 3, at(EVE, "13:00:05")),)),
        ),
        over=seen(NEXT_DAY), reads=False,
    ),
    **{
        kind: Story(
            silent=(limit(EVE, "10:00:00", reason, 79), seen(EVE)),
            fires=limit(EVE, "10:00:00", reason, 90), level=Level.TOAST, lasts=limit(EVE, "14:00:00", reason, 95),
            again=(*more, limit(NEXT_DAY, "09:30:00", reason, 95)), over=limit(NEXT_DAY, "09:31:00", reason, 70),
        )
        for kind, reason, more in (
            (AlertKind.POSITION_LIMIT, Reason.LIMIT_RIGHT_SIDE, (REACHED(Reason.LIMIT_RIGHT_SIDE),)),
            (AlertKind.PURCHASE_LIMIT, Reason.LIMIT_PURCHASE, (REACHED(Reason.LIMIT_PURCHASE),)),
            (AlertKind.LARGE_HOLDER, Reason.LIMIT_TOTAL, ()),
        )
    },
    AlertKind.SUSPENSION: Story(
        silent=(stopped(EVE, "10:00:00", halted=(CALL_OUT.code,)), seen(EVE, halted=(CALL_DECEMBER.code,))),
        fires=stopped(EVE, "10:00:00", halted=(CALL_DECEMBER.code,)), level=Level.CARD,
        lasts=stopped(EVE, "10:30:00", halted=(CALL_DECEMBER.code,)),
        again=(
            stopped(EVE, "10:31:00", resumed={CALL_DECEMBER.code: at(EVE, "10:31:00")}),
            stopped(EVE, "10:40:00", halted=(CALL_DECEMBER.code,)),
        ),
        over=stopped(EVE, "10:45:00"),
    ),
    AlertKind.BREAKER: Story(
        silent=(stopped(EVE, "10:00:00", breakers={CALL_OUT.code: at(EVE, "10:03:00")}),),
        fires=stopped(EVE, "10:00:00", breakers={CALL_DECEMBER.code: at(EVE, "10:03:00")}), level=Level.TOAST,
        lasts=stopped(EVE, "10:02:00", breakers={CALL_DECEMBER.code: at(EVE, "10:03:00")}),
        again=(
            stopped(EVE, "10:02:30", breakers={CALL_DECEMBER.code: at(EVE, "10:03:00")}, ordered=(CALL_DECEMBER.code,)),
        ),
        over=stopped(EVE, "10:03:00"),
    ),
    AlertKind.OPEN_RESTRICTION: Story(
        silent=(listed(EVE), seen(EVE, contracts=(replace(CALL_IN, opening_restricted=True),))),
        fires=listed(EVE, opening_restricted=True), level=Level.CARD,
        lasts=listed(EVE, "14:00:00", opening_restricted=True),
        again=(listed(NEXT_DAY, opening_restricted=True),), over=listed(NEXT_DAY, "10:01:00"),
    ),
    AlertKind.CONNECTION: Story(
        silent=(seen(EVE), down("10:00:00", 4.9)),
        fires=down("10:00:00", 5.0), level=Level.CARD, lasts=down("10:00:30", 35.0),
        again=(down("10:01:00", 60.0), down("10:06:00", 360.0)), over=seen(EVE, "10:07:00"), reads=False,
    ),
    AlertKind.STALE_DATA: Story(
        silent=(stopped(EVE, "10:00:00", feed_ages={FUND: 9.9}), down("10:00:00", 1.0)),
        fires=stopped(EVE, "10:00:00", feed_ages={FUND: 10.0}), level=Level.CARD,
        lasts=stopped(EVE, "10:10:00", feed_ages={FUND: 610.0}),
        again=(
            stopped(EVE, "10:11:00", feed_ages={"510300": 10.0}),
            stopped(EVE, "10:15:00", feed_ages={FUND: 10.0, "510300": 250.0}),
        ),
        over=stopped(EVE, "10:16:00", feed_ages={FUND: 0.1}),
    ),
    AlertKind.OBLIGATION: Story(
        silent=(duty(EVE, "10:00:00", 1_000.0), duty(EVE, "10:00:00", 999.0, missed=False)),
        fires=duty(EVE, "10:00:00", 999.0), level=Level.CARD, lasts=duty(EVE, "10:05:00", 699.0),
        again=(duty(EVE, "10:20:00", -1.0), duty(NEXT_DAY, "10:00:00", 500.0)),
        over=duty(NEXT_DAY, "10:01:00", 1_500.0),
    ),
    AlertKind.INQUIRY: Story(
        silent=(seen(EVE), asked("10:01:00")),
        fires=asked("10:00:30"), level=Level.CARD, lasts=asked("10:00:40"), again=(asked("10:00:50", 8),),
        over=asked("10:01:00", 8),
    ),
    AlertKind.LISTING: Story(
        silent=(listed(EVE),),
        fires=listed(EVE, listing=ListingState.NEW), level=Level.TOAST,
        lasts=listed(EVE, "14:00:00", listing=ListingState.NEW),
        again=(listed(NEXT_DAY, listing=ListingState.NEW),), over=listed(date(2016, 11, 30)),
    ),
}  # fmt: skip


@pytest.mark.requirement("T2", "T4", "T5", "T6", "T7", "O16", "O17", "O18", "R1", "R2", "R3", "R6")
@pytest.mark.parametrize("kind", list(STORIES))
def test_a_kind_says_nothing_fires_is_said_again_and_is_over(kind: AlertKind) -> None:
    story = STORIES[kind]
    for quiet in story.silent:
        assert Room(kinds=(kind,)).see(quiet) == [], quiet.now
    room = Room(kinds=(kind,))
    (told,) = room.see(story.fires)
    assert (told.finding.kind, told.finding.level, told.raised_at) == (kind, story.level, story.fires.now)
    if story.reads:
        room.read()
    assert room.see(story.lasts) == []
    assert [finding.kind for finding in room.open] == [kind]
    for moment in story.again:
        assert len(room.see(moment)) == 1, moment.now
        if story.reads:
            room.read()
    room.see(story.over)
    assert room.open == []
    assert all(alert.resolved_at is not None for alert in room.book.history())


# ---- those that no rule over the day finds: what the user sets, what a trainer says, what an order is warned of


def test_a_condition_of_the_users_fires_again_by_its_hysteresis_and_is_over_behind_it() -> None:
    condition = Condition(
        name="IV", measure=Measure.VOLATILITY, of=FUND, comparison=Comparison.ABOVE, threshold=Decimal("0.25"),
        hysteresis=Decimal("0.01"), how=How.EVERY,
    )  # fmt: skip
    room = Room(kinds=(AlertKind.CUSTOM,), conditions=(condition,))

    def read(clock: str, value: float | None) -> int:
        said = len(room.see(seen(EVE, clock, readings={"IV": Reading(value, (CALL_OUT.code,))})))
        if said:
            room.read()
        return said

    assert read("10:00:00", 0.25) == read("10:00:01", None) == 0
    assert read("10:01:00", 0.2501) == 1
    assert read("10:02:00", 0.245) == 0
    assert [finding.kind for finding in room.open] == [AlertKind.CUSTOM]
    assert read("10:03:00", 0.24) == 0
    assert room.open == []
    assert read("10:04:00", 0.26) == 1


def test_a_trainer_is_heard_once_again_when_he_says_it_again_and_until_it_is_answered() -> None:
    room = Room()
    room.see(seen(EVE))
    said = Finding(AlertKind.INSTRUCTOR, "1", Level.CARD, figures={"text": "Look"})
    heard: list[datetime] = []

    def waits() -> bool:
        return any(alert.finding.kind is AlertKind.INSTRUCTOR for alert in room.book.alerts())

    assert not waits()
    for clock in ("10:00:00", "10:30:00"):
        room.book.tell(said, at(EVE, clock))
        heard.append(room.book.alerts()[0].said_at)
        assert room.see(seen(EVE, clock)) == []
        assert waits()
        room.book.acknowledge(said.key, "Li", at(EVE, clock) + timedelta(minutes=1))
        assert not waits()
    assert heard == [at(EVE, "10:00:00"), at(EVE, "10:30:00")]
    room.book.tell(said, at(EVE, "11:00:00"))
    room.book.withdraw(said.key, at(EVE, "11:01:00"))
    known = room.book.get(said.key)
    assert known is not None
    assert known.standing is Standing.RESOLVED


WARNED: dict[AlertKind, tuple[OrderWarning, Callable[[], set[OrderWarning]], Callable[[], set[OrderWarning]]]] = {
    AlertKind.DEEP_OUT_OF_MONEY: (
        OrderWarning.DEEP_OUT_OF_MONEY, partial(warned, OUT_CALL, spot="2.90"), partial(warned, OUT_CALL, spot="2.91"),
    ),
    AlertKind.OPENS_NEAR_EXPIRY: (
        OrderWarning.NEAR_EXPIRY, partial(warned, CALL, days_left=5), partial(warned, CALL, days_left=6),
    ),
    AlertKind.OPENS_ADJUSTED: (
        OrderWarning.ADJUSTED, partial(warned, next(one for one in LISTED if one.is_adjusted)), partial(warned, CALL),
    ),
}  # fmt: skip
"""An order that is warned of and one that is not; that every order is warned anew and closing ones never is held in
`tests/views/trading/test_ticket_warnings.py` and `tests/rules/test_order_warnings.py`"""


@pytest.mark.requirement("T8", "T9", "T10")
@pytest.mark.parametrize("kind", list(WARNED))
def test_every_order_of_a_kind_is_warned_of_each_time_and_no_other(kind: AlertKind) -> None:
    warning, fires, silent = WARNED[kind]
    assert fires() == fires() == {warning}
    assert silent() == set()


def test_every_kind_has_its_row() -> None:
    assert {*STORIES, *WARNED, AlertKind.CUSTOM, AlertKind.INSTRUCTOR} == set(AlertKind)
