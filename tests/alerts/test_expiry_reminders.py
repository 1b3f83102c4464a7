"""Near expiry, exercise, what should be closed, the writer's duty, assignment: fires, does not, repeats, resolves."""

from dataclasses import replace
from decimal import Decimal

import pytest

from terminal.alerts.alert import AlertAction, AlertKind, Level
from terminal.alerts.outlook import Held
from terminal.domain.contracts import Right
from terminal.domain.settlement import Delivery
from tests.alerts.room import (
    CALL_DECEMBER,
    CALL_IN,
    CALL_OUT,
    COVERED,
    FUND,
    LONG,
    MINUTE,
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
    thresholds,
)

# ---- near expiry, R2


@pytest.mark.requirement("T6", "R2", "X6")
def test_what_is_held_is_told_five_days_before_again_on_the_eve_and_on_the_day() -> None:
    room = Room(kinds=(AlertKind.NEAR_EXPIRY,))
    mine = (held(CALL_IN, LONG, 3), held(CALL_OUT, SHORT, 7), held(CALL_DECEMBER, LONG, 1))
    assert room.see(outlook(at(day_before(NOVEMBER, 6)), held=mine)) == []
    (told,) = room.see(outlook(at(day_before(NOVEMBER, 5)), held=mine))
    assert told.finding.level is Level.TOAST
    assert (told.finding.quantity, told.finding.money) == (10, Decimal(6000))
    assert told.finding.codes == (CALL_OUT.code, CALL_IN.code)
    assert told.finding.figures["quantities"] == "7 3"
    room.read()
    for left, said in ((4, 0), (3, 0), (2, 0), (1, 1), (0, 1)):
        assert len(room.see(outlook(at(day_before(NOVEMBER, left)), held=mine))) == said
    assert room.open[0].level is Level.CARD
    # Trading is over
    room.see(outlook(at(NOVEMBER, "15:00:00"), held=mine))
    assert room.open == []


def test_near_expiry_is_over_when_nothing_is_held_and_starts_where_the_user_says() -> None:
    room = Room(kinds=(AlertKind.NEAR_EXPIRY,), limits=thresholds(near_expiry_days=2))
    mine = (held(CALL_IN, LONG, 3),)
    assert room.see(outlook(at(day_before(NOVEMBER, 3)), held=mine)) == []
    assert len(room.see(outlook(at(day_before(NOVEMBER, 2)), held=mine))) == 1
    room.see(outlook(at(day_before(NOVEMBER, 2)) + MINUTE))
    assert room.open == []


# ---- exercise, T6


@pytest.mark.requirement("T6", "X6")
def test_exercise_gets_louder_from_two_days_before_to_the_last_call() -> None:
    room = Room(kinds=(AlertKind.EXERCISE,))
    mine = (held(CALL_IN, LONG, 20), held(PUT_IN, LONG, 10), held(CALL_OUT, LONG, 60))
    steps = [
        (day_before(NOVEMBER, 3), "10:00:00", 0, None),
        (day_before(NOVEMBER, 2), "10:00:00", 1, Level.TOAST),
        (day_before(NOVEMBER, 1), "10:00:00", 1, Level.CARD),
        (NOVEMBER, "09:20:00", 1, Level.CARD),
        (NOVEMBER, "14:29:59", 0, Level.CARD),
        (NOVEMBER, "14:30:00", 1, Level.CARD),
        (NOVEMBER, "14:30:01", 0, Level.CARD),
        (NOVEMBER, "15:10:00", 1, Level.SHEET),
    ]
    for day, clock, said, level in steps:
        told = room.see(outlook(at(day, clock), held=mine))
        assert len(told) == said, (day, clock)
        assert level is None or room.book.get(f"exercise:{FUND}:2016-11-23").finding.level is level  # type: ignore[union-attr] # told
        if told:
            room.read()
    finding = room.book.history()[0].finding
    # In the money first by what is at stake: 20 x (1,100 - 0.60), 10 x (900 - 0.60); the one out of it is not told
    assert (finding.codes, finding.quantity) == ((CALL_IN.code, PUT_IN.code), 30)
    assert finding.money == Decimal("21988.00") + Decimal("8994.00")
    assert finding.deadline == at(NOVEMBER, "15:30:00")
    assert finding.actions == (AlertAction.EXERCISE, AlertAction.CLOSE)
    # Ten pairs need nothing but fees, ten calls are left alone: 10 x 2.350 x 10,000 and 30 fees
    assert (finding.figures["pairs"], finding.figures["cash"]) == ("10", "235018.00")
    # The deadline has passed
    room.see(outlook(at(NOVEMBER, "15:30:00"), held=mine))
    assert room.open == []


@pytest.mark.requirement("T6")
@pytest.mark.parametrize(
    "mine",
    [
        held(CALL_OUT, LONG, 60),
        held(CALL_IN, LONG, 20, exercisable=0, exercising_quantity=20),
        held(CALL_IN, LONG, 20, is_given_up=True),
        held(CALL_IN, SHORT, 20),
        held(CALL_DECEMBER, LONG, 20),
        # Worth less than its fee
        held(replace(CALL_IN, strike=Decimal("2.45995")), LONG, 20),
    ],
    ids=["out of the money", "asked for", "given up", "short", "another month", "not worth its fee"],
)
def test_nothing_is_said_of_what_need_not_be_exercised(mine: Held) -> None:
    assert Room(kinds=(AlertKind.EXERCISE,)).see(outlook(at(NOVEMBER, "14:30:00"), held=(mine,))) == []


@pytest.mark.requirement("T6")
def test_exercise_repeats_while_nobody_answers_and_is_over_once_all_is_asked_for() -> None:
    room = Room(kinds=(AlertKind.EXERCISE,))
    mine = held(CALL_IN, LONG, 20)
    assert len(room.see(outlook(at(NOVEMBER, "13:00:00"), held=(mine,)))) == 1
    # Every ten minutes in the last hour before 15:30, not before
    assert room.see(outlook(at(NOVEMBER, "14:29:59"), held=(mine,))) == []
    assert len(room.see(outlook(at(NOVEMBER, "14:30:00"), held=(mine,)))) == 1
    assert room.see(outlook(at(NOVEMBER, "14:39:59"), held=(mine,))) == []
    assert len(room.see(outlook(at(NOVEMBER, "14:40:00"), held=(mine,)))) == 1
    part = held(CALL_IN, LONG, 20, exercisable=5, exercising_quantity=15)
    room.see(outlook(at(NOVEMBER, "14:41:00"), held=(part,)))
    assert room.open[0].quantity == 5
    room.see(outlook(at(NOVEMBER, "14:42:00"), held=(held(CALL_IN, LONG, 20, exercisable=0),)))
    assert room.open == []


# ---- should be closed, R3


@pytest.mark.requirement("R3")
def test_a_long_that_lapses_for_nothing_though_it_is_worth_something_is_told_in_the_afternoon() -> None:
    room = Room(kinds=(AlertKind.NOT_CLOSED,))
    mine = (held(CALL_OUT, LONG, 60, "0.0012"),)
    assert room.see(outlook(at(NOVEMBER, "13:59:59"), held=mine)) == []
    (told,) = room.see(outlook(at(NOVEMBER, "14:00:00"), held=mine))
    assert (told.finding.quantity, told.finding.money, told.finding.deadline) == (
        60,
        Decimal("720.0000"),
        at(NOVEMBER, "15:00:00"),
    )
    assert len(room.see(outlook(at(NOVEMBER, "14:15:00"), held=mine))) == 1
    room.see(outlook(at(NOVEMBER, "14:16:00"), held=(held(CALL_OUT, LONG, 60, "0.0012", frozen_quantity=60),)))
    assert room.open == []


@pytest.mark.requirement("R3")
@pytest.mark.parametrize("price", ["0.0001", "0.0002"])
def test_what_costs_more_to_sell_than_it_brings_may_lapse(price: str) -> None:
    # 2.70 yuan a contract to sell, 1 or 2 yuan to be had for it
    seen = outlook(at(NOVEMBER, "14:30:00"), held=(held(CALL_OUT, LONG, 60, price),))
    assert Room(kinds=(AlertKind.NOT_CLOSED,)).see(seen) == []


# ---- the writer, R1


@pytest.mark.requirement("R1")
def test_a_writer_without_shares_or_money_is_told_from_two_days_before() -> None:
    room = Room(kinds=(AlertKind.WRITER,))
    mine = (held(CALL_IN, SHORT, 6), held(PUT_IN, SHORT, 8))
    shares, money = holding(42_000), funds("100000")
    assert room.see(outlook(at(day_before(NOVEMBER, 3)), held=mine, holdings=shares, funds=money)) == []
    (told,) = room.see(outlook(at(day_before(NOVEMBER, 2)), held=mine, holdings=shares, funds=money))
    figures = told.finding.figures
    # 8 x 2.550 x 10,000 = 204,000 to pay, 100,000 there; 60,000 shares to give, 42,000 there
    assert (figures["cash_needed"], figures["cash_short"]) == ("204000.00", "104000.00")
    assert (figures["shares_needed"], figures["shares_short"]) == ("60000", "18000")
    assert told.finding.deadline == at(CALL_IN.delivery_day, "10:30:00")
    room.read()
    assert len(room.see(outlook(at(day_before(NOVEMBER, 1)), held=mine, holdings=shares, funds=money))) == 1
    assert room.open[0].level is Level.CARD
    # Shares were bought and money brought in
    room.see(outlook(at(NOVEMBER), held=mine, holdings=holding(60_000), funds=funds("204000")))
    assert room.open == []


@pytest.mark.requirement("R1")
def test_the_writers_duty_counts_netted_longs_covered_shares_margin_and_chance() -> None:
    room = Room(kinds=(AlertKind.WRITER,))

    def lacks(*mine: Held, money: str = "0", locked: int = 0) -> bool:
        seen = outlook(at(NOVEMBER), held=mine, holdings=holding(locked, locked), funds=funds(money))
        room.see(seen)
        return bool(room.open)

    assert lacks(held(CALL_IN, SHORT, 3))
    assert not lacks(held(CALL_IN, SHORT, 3), held(CALL_IN, LONG, 3))
    assert not lacks(held(CALL_IN, COVERED, 3), locked=30_000)
    assert lacks(held(CALL_IN, COVERED, 3), locked=20_000)
    assert not lacks(held(CALL_OUT, SHORT, 3))
    assert lacks(held(CALL_OUT, SHORT, 3, chance=0.2))
    # Margin of what expires is free for the delivery
    assert not lacks(held(PUT_IN, SHORT, 1, margin=Decimal(25_500)))


# ---- assigned, T7


def delivery(right: Right = Right.PUT, side: object = SHORT, quantity: int = 8) -> Delivery:
    of = PUT_IN if right is Right.PUT else CALL_IN
    return Delivery(
        contract_code=of.code,
        underlying=FUND,
        right=right,
        side=side,  # type: ignore[arg-type] # a side
        strike=of.strike,
        multiplier=10_000,
        quantity=quantity,
        exercise_day=NOVEMBER,
        delivery_day=CALL_IN.delivery_day,
    )


@pytest.mark.requirement("T7", "X6")
def test_an_assignment_says_what_to_deliver_by_when_and_what_is_short() -> None:
    room = Room(kinds=(AlertKind.ASSIGNED,))
    morning = CALL_IN.delivery_day
    call = delivery(Right.CALL, quantity=10)
    (told,) = room.see(outlook(at(NOVEMBER, "16:00:00"), deliveries=(call,), holdings=holding(30_000)))
    figures = told.finding.figures
    assert (told.finding.level, told.finding.quantity) == (Level.CARD, 10)
    assert told.finding.deadline == at(morning, "10:30:00")
    assert (figures["shares"], figures["shares_short"]) == ("100000", "70000")
    room.read()
    # Before the opening of the delivery day, and half an hour before the cut-off; short, it holds new orders
    (again,) = room.see(outlook(at(morning, "09:00:00"), deliveries=(call,), holdings=holding(30_000)))
    assert again.holds_orders
    room.read()
    assert room.see(outlook(at(morning, "09:59:59"), deliveries=(call,), holdings=holding(30_000))) == []
    assert len(room.see(outlook(at(morning, "10:00:00"), deliveries=(call,), holdings=holding(30_000)))) == 1
    room.see(outlook(at(morning, "10:05:00"), deliveries=(call,), holdings=holding(100_000)))
    assert room.open[0].level is Level.CARD
    room.see(outlook(at(morning, "16:00:00")))
    assert room.open == []


@pytest.mark.requirement("T7")
def test_shares_the_counter_has_put_aside_at_the_cut_off_are_not_missing() -> None:
    room = Room(kinds=(AlertKind.ASSIGNED,))
    call = delivery(Right.CALL, quantity=10)
    aside = holding(100_000, exercising=100_000)
    room.see(outlook(at(CALL_IN.delivery_day, "10:30:00"), deliveries=(call,), holdings=aside))
    assert (room.open[0].level, room.open[0].figures["shares_short"]) == (Level.CARD, "0")
    # Those of one's own exercised puts and of covered calls are there for them alone
    for other in (delivery(Right.PUT, LONG, 10), delivery(Right.CALL, COVERED, 10)):
        seen = outlook(at(CALL_IN.delivery_day, "09:30:00"), deliveries=(call, other), holdings=aside)
        alone = Room(kinds=(AlertKind.ASSIGNED,))
        alone.see(seen)
        assert max(int(finding.figures["shares_short"]) for finding in alone.open) == 100_000


@pytest.mark.requirement("T7")
def test_an_assigned_put_needs_the_money_the_counter_keeps_for_it() -> None:
    room = Room(kinds=(AlertKind.ASSIGNED,))
    kept = funds("300000", frozen_delivery="204000")
    room.see(outlook(at(NOVEMBER, "16:00:00"), deliveries=(delivery(),), funds=kept))
    assert (room.open[0].figures["amount"], room.open[0].figures["cash_short"]) == ("204000.00", "0.00")
    assert room.open[0].money == Decimal(204_000)
    room.see(outlook(at(NOVEMBER, "16:01:00"), deliveries=(delivery(),), funds=funds("100000")))
    assert room.open[0].figures["cash_short"] == "104000.00"


@pytest.mark.requirement("T7")
def test_the_worked_example_of_ten_assigned_calls_and_thirty_thousand_shares() -> None:
    # rulebook 6: strike 5.000, close 5.01: (5.01 x 1.1 - 5) x 10,000 x 7 = 35,770
    room = Room(kinds=(AlertKind.ASSIGNED,))
    call = replace(delivery(Right.CALL, quantity=10), strike=Decimal("5.000"))
    seen = outlook(
        at(NOVEMBER, "16:00:00"), deliveries=(call,), holdings=holding(30_000), spots={FUND: Decimal("5.01")}
    )
    room.see(seen)
    assert room.open[0].figures["cash_cost"] == "35770.00"


def test_what_one_exercised_oneself_is_no_assignment() -> None:
    seen = outlook(at(NOVEMBER, "16:00:00"), deliveries=(delivery(side=LONG),))
    assert Room(kinds=(AlertKind.ASSIGNED,)).see(seen) == []
