"""Delivery on E+1: shares, money, and what happens when either is missing (rulebook 6)."""

from decimal import Decimal

import msgspec
import pytest

from terminal.domain.settlement import CashKind
from terminal.rules.profile import Profile
from terminal.venue.counter.ledger import CASH_SETTLEMENT, EXERCISE_CLEARING
from tests.venue.counter.settlement.floor import (
    CALL,
    COVERED,
    FUND,
    LATER_CALL,
    LONG,
    PUT,
    SHORT,
    Floor,
    held,
    without_interest,
)


def balanced(floor: Floor) -> None:
    """The clearing house has kept nothing."""
    trial = floor.counter.trial_balance()
    assert sum(trial.values()) == 0
    assert trial.get(EXERCISE_CLEARING, 0) == trial.get(CASH_SETTLEMENT, 0) == 0
    assert set(floor.counter.settlement.state.shares.values()) <= {0}


@pytest.mark.requirement("AC12", "AC14")
def test_calls_are_paid_and_delivered_covered_shares_first_and_usable_the_day_after() -> None:
    floor = Floor(without_interest())
    floor.open("L", "100000.00", held(CALL, LONG, 3)).exercise("L", CALL, 3)
    floor.open("W", "0.00", held(CALL, COVERED, 2), held(CALL, SHORT, 1), shares=50_000, locked=20_000)
    floor.settle()
    # Money for 3 x 30,000 is held, and so are the shares that covered; 2 of 3 writers' contracts were covered
    assert floor.counter.account_report("L", floor.now).funds.frozen_delivery == Decimal("90000.00")
    assert (floor.holding("W").exercising, floor.holding("W").locked) == (20_000, 0)
    after = floor.next_day()
    assert after.counter.account_report("L", after.now).funds.available == Decimal("9998.20")
    after.settle()
    assert (after.balance("L"), after.holding("L").total) == (Decimal("9998.20"), 30_000)
    assert (after.balance("W"), after.holding("W").total, after.holding("W").exercising) == (
        Decimal("90000.00"),
        20_000,
        0,
    )
    balanced(after)
    third = after.next_day()
    assert third.holding("L").free == 30_000
    assert third.counter.account_report("L", third.now).deliveries == ()


@pytest.mark.requirement("AC12")
def test_a_writer_short_of_shares_pays_money_as_in_the_rulebooks_example() -> None:
    # Rulebook 6 (S12): 10 calls of strike 5.000 with 30,000 shares at 5.01: 3 delivered, 35,770 paid.
    # Here strike 3.000 at 3.006: (3.006 x 1.1 - 3) x 10,000 x 7 = 21,462
    floor = Floor(without_interest())
    floor.open("W", "500000.00", held(CALL, SHORT, 10), shares=30_000)
    floor.settle(floor.inputs(open_interest={CALL: 10}))
    after = floor.next_day()
    after.settle(after.inputs(close=Decimal("3.006")))
    assert after.balance("W") == Decimal("500000.00") + Decimal("90000.00") - Decimal("21462.00")
    assert after.holding("W").total == 0
    kinds = {m.kind: m.amount for m in after.counter.settlement.state.statements["W"].movements}
    assert kinds[CashKind.CASH_SETTLEMENT] == Decimal("-21462.00")
    balanced(after)


@pytest.mark.requirement("AC12")
@pytest.mark.parametrize(("use", "delivered"), [(True, 2), (False, 0)])
def test_shares_that_cover_other_months_are_delivered_before_money_is_paid(use: bool, delivered: int) -> None:
    shipped = without_interest()
    rules = msgspec.structs.replace(shipped, delivery=msgspec.structs.replace(shipped.delivery, use_other_covered=use))
    floor = Floor(rules).open(
        "W", "500000.00", held(CALL, SHORT, 2), held(LATER_CALL, COVERED, 3), shares=30_000, locked=30_000
    )
    floor.settle(floor.inputs(open_interest={CALL: 2}))
    after = floor.next_day()
    after.settle()
    assert after.holding("W").total == 30_000 - 10_000 * delivered
    assert after.holding("W").short == 10_000 * delivered
    balanced(after)


def _put_rules(shortfall: str) -> Profile:
    shipped = without_interest()
    return msgspec.structs.replace(shipped, delivery=msgspec.structs.replace(shipped.delivery, put_shortfall=shortfall))


@pytest.mark.requirement("AC9", "AC12")
@pytest.mark.parametrize(("shortfall", "money"), [("invalid", "0.00"), ("cash", "4100.00")])
def test_an_exercised_put_without_shares_on_the_day_lapses_or_is_settled_at_ninety_percent(
    shortfall: str, money: str
) -> None:
    floor = Floor(_put_rules(shortfall)).open("L", "10.00", held(PUT, LONG, 2), shares=20_000).exercise("L", PUT, 2)
    floor.open("W", "100000.00", held(PUT, SHORT, 2))
    floor.settle()
    after = floor.next_day()
    # One put's shares are gone by the evening, as a recall by the cash market would take them
    holding = after.counter._books.accounts["L"].holdings[FUND]
    holding.total -= 10_000
    holding.exercising -= 10_000
    after.settle()
    # 32,000 for the one delivered; (3.2 - 0.9 x 3.1) x 10,000 = 4,100 for the other
    assert after.balance("L") == Decimal("10.00") - Decimal("1.20") + Decimal("32000.00") + Decimal(money)
    assert after.balance("W") == Decimal("36000.00")
    assert after.holding("W").total == 20_000
    balanced(after)


@pytest.mark.requirement("AC9", "O14")
def test_a_put_writer_short_of_money_finds_the_shares_at_the_brokers_disposal_with_penalty_and_interest() -> None:
    floor = Floor().open("W", "40000.00", held(PUT, SHORT, 2))
    floor.open("L", "10.00", held(PUT, LONG, 2), shares=20_000).exercise("L", PUT, 2)
    floor.settle()
    statement = floor.counter.settlement.state.statements["W"]
    # 40,000.11 with a day's interest; 64,000 are to be paid
    assert statement.margin_call == Decimal("23999.89")
    after = floor.next_day()
    after.settle()
    holding = after.holding("W")
    assert (holding.total, holding.disposal) == (10_000, 10_000)
    # 32,000 could not be paid: 16.00 penalty; 23,999.89 overdrawn: 12.00
    assert after.balance("W") == Decimal("40000.11") - Decimal("64000") - Decimal("16.00") - Decimal("12.00")
    assert after.counter.settlement.state.statements["W"].margin_call == Decimal("24027.89")
    third = after.next_day()
    assert third.holding("W").disposal == 10_000
    balanced(after)


@pytest.mark.requirement("AC12")
def test_at_the_cut_off_free_shares_are_kept_for_assigned_calls_and_what_is_missing_is_told() -> None:
    floor = Floor(without_interest()).open("W", "500000.00", held(CALL, SHORT, 5), shares=30_000)
    floor.settle(floor.inputs(open_interest={CALL: 5}))
    after = floor.next_day()
    assert after.counter.on_time(after.now.replace(hour=10, minute=29)).entries == []
    result = after.counter.on_time(after.now.replace(hour=10, minute=30))
    assert len(result.entries) == 2
    assert (after.holding("W").exercising, after.holding("W").free) == (30_000, 0)
    assert [r.quantity for r in after.told("W")] == [20_000]
    # Once a day
    assert after.counter.on_time(after.now.replace(hour=10, minute=31)).entries == []
    after.settle()
    assert after.holding("W").total == 0
    balanced(after)
