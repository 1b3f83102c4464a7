"""Each step of the day's end on worked examples, rulebook 2.1, 4.2, 4.4, 6, 7 and 9."""

from datetime import date
from decimal import Decimal

import msgspec
import pytest

from terminal.domain.combinations import Combination, CombinationStrategy
from terminal.domain.instructions import InstructionKind
from terminal.domain.reasons import Reason
from terminal.domain.settlement import CashKind
from terminal.venue.counter.settlement.context import SettlementStopped
from terminal.venue.counter.settlement.entries import SettlementBegan
from terminal.venue.counter.settlement.steps import STEPS
from tests.venue.counter.settlement.floor import (
    CALL,
    COVERED,
    DAY,
    FUND,
    LATER_CALL,
    LATER_PUT,
    LONG,
    PUT,
    SHORT,
    Floor,
    held,
    without_interest,
)


@pytest.mark.requirement("O12", "AC12")
def test_long_is_netted_against_short_uncovered_first_and_combined_legs_are_left_alone() -> None:
    # Rulebook 2.1: uncovered short first, positions in combinations are not netted
    spread = Combination(
        number="1",
        strategy=CombinationStrategy.KKS,
        first_code=LATER_CALL,
        second_code=LATER_PUT,
        quantity=2,
        margin=Decimal("12000.00"),
    )
    floor = Floor().open(
        "A",
        "500000",
        held(LATER_CALL, LONG, 9),
        held(LATER_CALL, SHORT, 6, combined=2, margin="16000.00"),
        held(LATER_CALL, COVERED, 3),
        held(LATER_PUT, SHORT, 2, combined=2),
        shares=50_000,
        locked=30_000,
        combinations=[spread],
    )
    floor.settle()
    # 4 uncombined shorts and 3 covered meet 7 of 9 longs; the covered ones' shares are free again
    assert floor.quantity("A", LATER_CALL, LONG) == 2
    assert floor.quantity("A", LATER_CALL, SHORT) == 2
    assert floor.quantity("A", LATER_CALL, COVERED) == 0
    # What is left is combined: the combination holds its own margin, the legs none
    account = floor.counter._books.accounts["A"]
    assert account.positions[SHORT][LATER_CALL].margin == account.positions[SHORT][LATER_PUT].margin == 0
    assert floor.counter.account_report("A", floor.now).funds.margin == account.combinations["1"].margin > 0
    assert (floor.holding("A").locked, floor.holding("A").free) == (0, 50_000)


@pytest.mark.requirement("AC14")
def test_cover_is_locked_as_positions_need_it_and_what_is_missing_is_told() -> None:
    floor = Floor().open("A", "1000", held(LATER_CALL, COVERED, 3), shares=40_000, locked=35_000)
    floor.open("B", "1000", held(LATER_CALL, COVERED, 3), shares=25_000, locked=20_000)
    floor.settle()
    assert (floor.holding("A").locked, floor.holding("A").short) == (30_000, 0)
    assert (floor.holding("B").locked, floor.holding("B").short) == (25_000, 5_000)
    assert floor.told("A") == []
    (told,) = floor.told("B")
    assert (told.kind, told.reason, told.quantity) == (InstructionKind.LOCK, Reason.COVERED_SHARES, 5_000)
    after = floor.next_day()
    assert after.counter.settlement.state.cover_calls == {"B": (FUND,)}


@pytest.mark.requirement("AC12", "O10")
def test_assignment_follows_the_rulebooks_pro_rata_example_and_balances_market_wide() -> None:
    # Rulebook 6: shorts A10 B7 C3, 11 exercised: A5 B4 C2
    floor = Floor(without_interest())
    for account_id, quantity in (("A", 10), ("B", 7), ("C", 3)):
        floor.open(account_id, "1000000", held(CALL, SHORT, quantity), shares=200_000)
    floor.open("L", "1000000", held(CALL, LONG, 20)).exercise("L", CALL, 11)
    floor.settle()
    state = floor.counter.settlement.state
    assert {a: c[CALL] for a, c in state.assigned.items()} == {"A": (5, 0), "B": (4, 0), "C": (2, 0)}
    assert [d.quantity for d in floor.counter._books.accounts["L"].deliveries] == [11]
    # Nobody else: the whole open interest is ours, and 9 longs lapse
    assert (state.market_exercised.get(CALL, 0), state.market_assigned.get(CALL, 0)) == (0, 0)
    assert [r.quantity for r in floor.told("B") if r.kind is InstructionKind.EXERCISE] == [4]
    # Fee of 0.60 a contract from who exercised, nothing from the assigned (rulebook 9)
    assert floor.balance("L") == Decimal("1000000") - Decimal("6.60")
    assert floor.balance("A") == Decimal("1000000")


@pytest.mark.requirement("AC12")
def test_the_market_exercises_what_is_in_the_money_and_takes_its_part_of_the_assignments() -> None:
    floor = Floor().open("A", "1000000", held(CALL, SHORT, 10), shares=100_000)
    # 100 open: nobody of ours is long, so the market exercises 100; it is short 90 of them
    floor.settle(floor.inputs(open_interest={CALL: 100}))
    state = floor.counter.settlement.state
    assert state.assigned == {"A": {CALL: (10, 0)}}
    assert (state.market_exercised[CALL], state.market_assigned[CALL]) == (100, 90)
    # A close on the strike is not in the money: nothing happens
    quiet = Floor().open("A", "1000000", held(CALL, SHORT, 10))
    quiet.settle(quiet.inputs(close=Decimal("3.000"), open_interest={CALL: 100}))
    assert quiet.counter.settlement.state.assigned == {}
    assert quiet.quantity("A", CALL, SHORT) == 0


@pytest.mark.requirement("AC12")
def test_exercises_that_no_longer_stand_are_invalid_and_told() -> None:
    floor = Floor(without_interest())
    # 5 longs, 3 of them netted: 2 of 4 stand
    floor.open("A", "1000000", held(CALL, LONG, 5), held(CALL, SHORT, 3, margin="12000.00")).exercise("A", CALL, 4)
    # Money for 2 calls of 30,000.60 each
    floor.open("B", "60010", held(CALL, LONG, 3)).exercise("B", CALL, 3)
    # Shares for one put
    floor.open("C", "1000", held(PUT, LONG, 2), shares=15_000).exercise("C", PUT, 2)
    # Not the exercise day
    floor.open("D", "1000000", held(LATER_CALL, LONG, 2)).exercise("D", LATER_CALL, 1)
    floor.settle(floor.inputs(open_interest={CALL: 50, PUT: 50}))
    valid = floor.counter.settlement.state.exercised
    assert valid == {"A": {CALL: 2}, "B": {CALL: 2}, "C": {PUT: 1}, "D": {}}
    refused = {a: [(r.reason, r.quantity) for r in floor.told(a) if r.reason] for a in "ABCD"}
    assert refused["A"] == [(Reason.POSITION, 2)]
    assert refused["B"][0] == (Reason.FUNDS, 1)
    assert refused["C"] == [(Reason.SHARES, 1)]
    assert refused["D"] == [(Reason.EXERCISE_DAY, 1)]
    assert floor.holding("C").exercising == 10_000


@pytest.mark.requirement("AC12", "O4")
def test_a_merged_exercise_brings_the_distance_of_the_strikes_without_money_or_shares() -> None:
    # Rulebook 6: (3.2 - 3.0) x 10,000 a pair, less 0.60 for each leg
    floor = Floor(without_interest())
    floor.open("A", "10", held(CALL, LONG, 3), held(PUT, LONG, 3)).exercise("A", CALL, 3, PUT)
    floor.settle(floor.inputs(open_interest={CALL: 9, PUT: 9}))
    assert floor.balance("A") == Decimal("10") - Decimal("3.60")
    told = floor.counter.account_report("A", floor.now)
    assert told.funds.frozen_delivery == 0
    assert told.is_clearing
    after = floor.next_day()
    after.settle()
    assert after.balance("A") == Decimal("6006.40")
    assert after.holding("A").total == 0


@pytest.mark.requirement("AC12", "O4")
def test_the_profit_of_a_pair_is_the_distance_of_its_strikes_whichever_leg_is_out_of_the_money() -> None:
    floor = Floor(without_interest())
    floor.open("A", "10", held(CALL, LONG, 3), held(PUT, LONG, 3)).exercise("A", CALL, 3, PUT)
    before = sum(p.cost for p in floor.counter._books.accounts["A"].positions[LONG].values())
    # Above both strikes: the put alone would cost (3.3 - 3.2) a share
    floor.settle(floor.inputs(close=Decimal("3.300"), open_interest={CALL: 9, PUT: 9}))
    realised = {p.contract_code: p.realised for p in floor.counter.account_report("A", floor.now).positions}
    assert sum(realised.values()) == 3 * Decimal("0.2") * 10_000 - before


@pytest.mark.requirement("AC12")
def test_combinations_end_when_their_time_comes_or_a_leg_is_adjusted() -> None:
    def floor_with(strategy: CombinationStrategy, first: str, second: str) -> Floor:
        combination = Combination(
            number="7", strategy=strategy, first_code=first, second_code=second, quantity=1, margin=Decimal("9000.00")
        )
        first_side = SHORT if strategy.is_short_pair else LONG
        return Floor(without_interest()).open(
            "A",
            "100000",
            held(first, first_side, 1, combined=1),
            held(second, SHORT, 1, combined=1),
            combinations=[combination],
        )

    pair = floor_with(CombinationStrategy.KKS, LATER_CALL, LATER_PUT)
    pair.settle()
    assert list(pair.counter._books.accounts["A"].combinations) == ["7"]
    # A short pair of the expiring month ends with it, on E
    ending = floor_with(CombinationStrategy.KKS, CALL, PUT)
    ending.settle(ending.inputs(close=Decimal("3.100")))
    (told,) = (r for r in ending.told("A") if r.kind is InstructionKind.RELEASE)
    assert (told.combination_id, told.strategy) == ("7", CombinationStrategy.KKS)
    adjusted = floor_with(CombinationStrategy.KKS, LATER_CALL, LATER_PUT)
    adjusted.settle(adjusted.inputs(adjusted=[LATER_PUT]))
    account = adjusted.counter._books.accounts["A"]
    assert account.combinations == {}
    # Naked from now on: (0.08 + max(0.372 - 0, 0.217)) x 10,000 x 1.2 for the call
    assert account.positions[SHORT][LATER_CALL].margin == Decimal("5424.00")


@pytest.mark.requirement("AC15", "O10")
def test_margin_is_marked_with_settlement_and_close_for_the_clients_group() -> None:
    floor = Floor(without_interest()).open("A", "100000", held(LATER_CALL, SHORT, 2, margin="1000.00"))
    floor.open("M", "100000", held(LATER_CALL, SHORT, 2, margin="1000.00"), group="exchange")
    floor.settle()
    # (0.0800 + 12 % x 3.100) x 10,000 = 4520 a contract at the exchange's rate
    assert floor.counter.account_report("A", floor.now).funds.margin == Decimal("10848.00")
    assert floor.counter.account_report("M", floor.now).funds.margin == Decimal("9040.00")


@pytest.mark.requirement("O16", "AC16")
def test_missing_margin_is_called_for_in_report_and_statement() -> None:
    floor = Floor(without_interest()).open("A", "4000.00", held(LATER_CALL, SHORT, 1, margin="3000.00"))
    floor.settle()
    # 5424.00 to be held, 4000.00 there
    (told,) = floor.told("A")
    assert (told.kind, told.amount, told.reason) == (InstructionKind.CASH_IN, Decimal("1424.00"), Reason.FUNDS)
    assert floor.counter.settlement.state.statements["A"].margin_call == Decimal("1424.00")
    assert floor.next_day().counter.account_report("A", floor.now).funds.margin_call == Decimal("1424.00")


@pytest.mark.requirement("O14", "O15")
def test_balances_bring_interest_and_overdrafts_cost_penalty_over_the_weekend() -> None:
    floor = Floor().open("A", "3600000.00").open("B", "-10000.00")
    floor.settle(floor.inputs(next_day=date(2026, 3, 28)))
    # 0.1 % a year of 360 days for 3 days; 0.05 % a day
    assert floor.balance("A") == Decimal("3600030.00")
    assert floor.balance("B") == Decimal("-10015.00")
    (movement,) = [m for m in floor.counter.settlement.state.statements["B"].movements if m.kind is CashKind.INTEREST]
    assert (movement.amount, movement.balance) == (Decimal("-15.00"), Decimal("-10015.00"))


def test_a_dividend_is_paid_to_who_holds_shares_on_the_eve() -> None:
    floor = Floor(without_interest()).open("A", "100.00", shares=30_000, locked=10_000)
    floor.settle(floor.inputs(dividends={FUND: Decimal("0.053")}))
    assert floor.balance("A") == Decimal("1690.00")
    kinds = [m.kind for m in floor.counter.settlement.state.statements["A"].movements]
    assert kinds == [CashKind.OPENING, CashKind.DIVIDEND]


@pytest.mark.requirement("O13")
def test_a_statement_adds_up() -> None:
    floor = Floor().open("A", "100000.00", held(LATER_CALL, SHORT, 2, margin="8000.00"), held(CALL, LONG, 3))
    floor.exercise("A", CALL, 2)
    floor.settle(floor.inputs(open_interest={CALL: 10}))
    statement = floor.counter.settlement.state.statements["A"]
    assert statement.trading_day == DAY
    assert [m.number for m in statement.movements] == list(range(1, len(statement.movements) + 1))
    balance = Decimal(0)
    for movement in statement.movements:
        balance += movement.amount
        assert movement.balance == balance
    assert balance == statement.funds.balance - statement.funds.margin
    assert statement.option_value == Decimal("-1600.00")
    assert [d.contract_code for d in statement.deliveries] == [CALL]


@pytest.mark.fault("F41")
@pytest.mark.parametrize("wrong", [None, Decimal(0), Decimal("-0.1"), Decimal("NaN")])
def test_a_missing_price_stops_before_anything_is_booked_and_is_resumed(wrong: Decimal | None) -> None:
    floor = Floor().open("A", "100000", held(LATER_CALL, SHORT, 1, margin="4000.00"))
    good = floor.inputs()
    prices = {code: price for code, price in good.prices.items() if code != LATER_CALL or wrong is not None}
    if wrong is not None:
        prices[LATER_CALL] = wrong
    before = floor.counter.picture()
    for bad in (msgspec.structs.replace(good, prices=prices), msgspec.structs.replace(good, closes={})):
        with pytest.raises(SettlementStopped, match=LATER_CALL if bad.closes else FUND):
            floor.settle(bad)
        assert floor.counter.picture() == before
    done = floor.settle(good)
    assert isinstance(done[0][0], SettlementBegan)
    assert len(done) == 1 + len(STEPS)
    assert floor.counter.settlement.is_settled


@pytest.mark.requirement("AC10")
def test_a_break_is_named_and_stops_the_day() -> None:
    floor = Floor().open("A", "100000", held(LATER_CALL, COVERED, 1), shares=10_000, locked=10_000)
    floor.counter._books.accounts["A"].holdings[FUND].covering += 10
    with pytest.raises(SettlementStopped, match=f"cover of A in {FUND} is 10010, must be 10000"):
        floor.settle()
    money = Floor().open("A", "100000")
    money.counter._books.ledger.accounts["client_cash/A"].credits += 5
    with pytest.raises(SettlementStopped, match="money of A"):
        money.settle()
