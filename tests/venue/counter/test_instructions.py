"""Instructions that are no orders: money, shares, exercise, combinations, conversion; both directions and refusals."""

from datetime import date
from typing import Any

import msgspec
import pytest

from terminal.domain.accounts import Position, PositionSide
from terminal.domain.combinations import CombinationStrategy
from terminal.domain.instructions import FIELDS, InstructionKind
from terminal.domain.orders import Instruction, Side
from terminal.domain.reasons import Reason
from terminal.domain.settlement import CashKind
from terminal.venue.counter.cash_flow import movements
from tests.venue.counter.market import ADJUSTED_CALL, CALL, CHEAP_CALL, FUND, PUT, Hall, profile, yuan

LONG, SHORT, COVERED = PositionSide.LONG, PositionSide.SHORT, PositionSide.COVERED
EXPIRY = date(2026, 3, 25)
K = InstructionKind


def held(code: str, side: PositionSide, quantity: int, price: str = "0.0100") -> Position:
    """A position of an earlier day."""
    return Position(contract_code=code, side=side, quantity=quantity, average_price=yuan(price))


@pytest.mark.requirement("O4")
@pytest.mark.parametrize("kind", list(InstructionKind))
def test_every_instruction_wants_its_own_fields_and_no_others(kind: InstructionKind) -> None:
    hall = Hall().open(shares=50_000)
    if FIELDS[kind]:
        assert hall.instruct(kind).reason is Reason.MALFORMED
    every: dict[str, Any] = {
        "underlying": FUND,
        "contract_code": CALL,
        "second_code": PUT,
        "strategy": CombinationStrategy.KS,
        "combination_id": "1",
        "quantity": 1,
        "amount": yuan("1.00"),
        "price": yuan("2.963"),
    }
    assert hall.instruct(kind, **every).reason is Reason.MALFORMED
    assert hall.instruct(kind, **{f: every[f] for f in FIELDS[kind]}).reason is not Reason.MALFORMED


@pytest.mark.requirement("O4")
def test_instructions_keep_their_hours() -> None:
    # Rulebook 2.4: locks until 15:15 and before the open, combinations 09:30-11:30 and 13:00-15:15
    hall = Hall().open(shares=50_000, positions=(held(CHEAP_CALL, SHORT, 1),))
    for hour, minute, lock, convert in ((9, 20, True, False), (12, 0, False, False), (15, 14, True, True)):
        hall.at(hour, minute)
        assert (hall.lock(1).reason is None) == lock
        report = hall.instruct(K.TO_COVERED, contract_code=PUT, quantity=1)
        assert report.reason is (Reason.COVERED_CALLS_ONLY if convert else Reason.PHASE_CLOSED)
    hall.at(15, 15)
    assert hall.lock(1).reason is Reason.PHASE_CLOSED
    assert hall.instruct(K.CASH_IN, amount=yuan("1.00")).reason is None


@pytest.mark.requirement("O10")
def test_money_comes_and_goes_to_the_cent_but_premium_of_today_stays() -> None:
    hall = Hall().open(cash="10000.00")
    hall.instruct(K.CASH_IN, amount=yuan("500.25"))
    hall.crowd(Side.BUY, CHEAP_CALL, 1, "0.0100")
    hall.submit(Instruction.SELL_OPEN, CHEAP_CALL, 1, "0.0100")
    funds = hall.funds()
    # 10500.25 + 100.00 - 1.40 less margin 2154.10 x 1.2 = 2584.92
    assert funds.available == yuan("8013.93")
    assert funds.withdrawable == yuan("7913.93")
    refused = hall.instruct(K.CASH_OUT, amount=yuan("7913.94"))
    assert (refused.reason, refused.reason_detail) == (Reason.FUNDS, "amount 7913.94 | 7913.93")
    assert hall.instruct(K.CASH_OUT, amount=yuan("7913.93")).reason is None
    assert hall.funds().withdrawable == 0
    assert (hall.funds().cash_in, hall.funds().cash_out) == (yuan("500.25"), yuan("7913.93"))
    books = hall.counter._books
    flow = list(movements(books.account("A"), books.ledger, hall.day))
    assert [(m.kind, m.amount) for m in flow] == [
        (CashKind.OPENING, yuan("10000.00")),
        (CashKind.TRANSFER_IN, yuan("500.25")),
        (CashKind.PREMIUM, yuan("100.00")),
        (CashKind.FEE, yuan("-1.40")),
        (CashKind.MARGIN, yuan("-2584.92")),
        (CashKind.TRANSFER_OUT, yuan("-7913.93")),
    ]
    assert flow[-1].balance == hall.funds().available
    assert sum(hall.counter.trial_balance().values()) == 0


@pytest.mark.requirement("O4", "M2")
def test_shares_come_go_and_are_handed_to_the_broker_and_back() -> None:
    hall = Hall().open()
    hall.instruct(K.SHARES_IN, underlying=FUND, quantity=30_000)
    hall.lock(10_000)
    refused = hall.instruct(K.TO_BROKER, underlying=FUND, quantity=20_001)
    assert (refused.reason, refused.reason_detail) == (Reason.SHARES, "quantity 20001 | 20000")
    hall.instruct(K.TO_BROKER, underlying=FUND, quantity=5_000)
    assert (hall.holding().total, hall.holding().disposal, hall.holding().free) == (25_000, 5_000, 15_000)
    assert hall.instruct(K.TO_INVESTOR, underlying=FUND, quantity=5_001).reason is Reason.SHARES
    hall.instruct(K.TO_INVESTOR, underlying=FUND, quantity=5_000)
    assert hall.instruct(K.SHARES_OUT, underlying=FUND, quantity=20_001).reason is Reason.SHARES
    hall.instruct(K.SHARES_OUT, underlying=FUND, quantity=20_000)
    assert (hall.holding().total, hall.holding().locked, hall.holding().disposal) == (10_000, 10_000, 0)


@pytest.mark.requirement("O4", "O10")
def test_exercise_holds_the_strike_adds_up_and_is_taken_back() -> None:
    # Rulebook 6: K x U x n and the fee of 0.60; same-day buys count; cumulative; revocable
    hall = Hall(day=EXPIRY).open(cash="100000.00", positions=(held(CALL, LONG, 2),))
    hall.crowd(Side.SELL, CALL, 1, "0.4000")
    hall.submit(Instruction.BUY_OPEN, CALL, 1, "0.4000")
    before = hall.funds().available
    hall.instruct(K.EXERCISE, contract_code=CALL, quantity=1)
    hall.instruct(K.EXERCISE, contract_code=CALL, quantity=2)
    assert hall.funds().frozen_exercise == yuan("75001.80")
    assert hall.funds().available == before - yuan("75001.80")
    assert hall.position(CALL, LONG).exercising_quantity == 3
    report = hall.instruct(K.EXERCISE, contract_code=CALL, quantity=1)
    assert (report.reason, report.reason_detail) == (Reason.POSITION, "quantity 1 | 0")
    assert hall.submit(Instruction.SELL_CLOSE, CALL, 1, "0.4000").reason is Reason.POSITION
    assert hall.instruct(K.WITHDRAW_EXERCISE, contract_code=CALL, quantity=4).reason is Reason.POSITION
    back = hall.instruct(K.WITHDRAW_EXERCISE, contract_code=CALL, quantity=2)
    assert back.amount == yuan("50001.20")
    assert hall.funds().frozen_exercise == yuan("25000.60")
    hall.instruct(K.WITHDRAW_EXERCISE, contract_code=CALL, quantity=1)
    assert hall.funds().frozen == hall.position(CALL, LONG).exercising_quantity == 0
    assert hall.restarted().picture() == hall.counter.picture()


@pytest.mark.requirement("O4")
def test_exercise_on_another_day_beyond_net_long_or_means_is_refused() -> None:
    early = Hall().open(positions=(held(CALL, LONG, 1),))
    assert early.instruct(K.EXERCISE, contract_code=CALL, quantity=1).reason is Reason.EXERCISE_DAY
    hall = Hall(day=EXPIRY).open(
        cash="40000.00", shares=10_000, positions=(held(CALL, LONG, 3), held(PUT, LONG, 3), held(PUT, SHORT, 1))
    )
    # Uplift near expiry: the short put at the money holds 3.0 x 10000
    assert hall.funds().margin == yuan("30000.00")
    assert hall.instruct(K.EXERCISE, contract_code=CALL, quantity=1).reason is Reason.FUNDS
    assert hall.instruct(K.EXERCISE, contract_code=PUT, quantity=3).reason is Reason.POSITION
    assert hall.instruct(K.EXERCISE, contract_code=PUT, quantity=2).reason is Reason.SHARES
    assert hall.instruct(K.EXERCISE, contract_code=PUT, quantity=1).reason is None
    assert (hall.holding().exercising, hall.holding().free, hall.funds().frozen_exercise) == (10_000, 0, yuan("0.60"))
    assert hall.lock(1).reason is Reason.SHARES
    hall.at(15, 29)
    assert hall.instruct(K.WITHDRAW_EXERCISE, contract_code=PUT, quantity=1).reason is None
    hall.at(15, 30)
    assert hall.instruct(K.EXERCISE, contract_code=PUT, quantity=1).reason is Reason.PHASE_CLOSED
    assert hall.holding().free == 10_000


@pytest.mark.requirement("O4")
def test_merged_exercise_holds_the_fees_of_both_legs_only() -> None:
    # Rulebook 6: call and put of higher strike, one unit; nothing but the fee is needed
    hall = Hall(day=EXPIRY).open(cash="10.00", positions=(held(CALL, LONG, 2), held(PUT, LONG, 3)))
    pair: dict[str, Any] = {"contract_code": CALL, "second_code": PUT}
    assert hall.instruct(K.MERGED_EXERCISE, **pair, quantity=3).reason is Reason.POSITION
    assert hall.instruct(K.MERGED_EXERCISE, **pair, quantity=2).amount == yuan("2.40")
    assert hall.position(PUT, LONG).exercising_quantity == hall.position(CALL, LONG).exercising_quantity == 2
    assert hall.instruct(K.EXERCISE, contract_code=PUT, quantity=2).reason is Reason.POSITION
    swapped = hall.instruct(K.MERGED_EXERCISE, contract_code=PUT, second_code=CALL, quantity=1)
    assert swapped.reason is Reason.MERGED_LEGS
    higher = hall.instruct(K.MERGED_EXERCISE, contract_code=CHEAP_CALL, second_code=PUT, quantity=1)
    assert higher.reason is Reason.MERGED_LEGS
    assert hall.instruct(K.WITHDRAW_MERGED, **pair, quantity=2).reason is None
    assert hall.funds().frozen == 0
    assert hall.instruct(K.WITHDRAW_MERGED, **pair, quantity=1).reason is Reason.POSITION


@pytest.mark.requirement("O4", "O10")
def test_a_strangle_holds_less_than_its_legs_and_is_released_by_its_number() -> None:
    # Rulebook 4.3 example 13 takes the larger margin and the other leg's settlement: 4255.60 + 0.0080 x 10000, the
    # naked legs at the broker's 1.2
    hall = Hall().open(positions=(held(CHEAP_CALL, SHORT, 3), held(PUT, SHORT, 2)))
    naked = yuan("2584.92") * 3 + yuan("5106.72") * 2
    assert hall.funds().margin == naked
    build: dict[str, Any] = {"contract_code": PUT, "second_code": CHEAP_CALL, "strategy": CombinationStrategy.KKS}
    report = hall.instruct(K.COMBINE, **build, quantity=2)
    assert (report.combination_id, report.contract_code) == ("20260302000001", CHEAP_CALL)
    assert report.amount == (yuan("5106.72") + yuan("80.00")) * 2
    assert hall.funds().margin == yuan("2584.92") + report.amount
    assert hall.instruct(K.COMBINE, **build, quantity=1).reason is Reason.POSITION
    assert hall.submit(Instruction.BUY_CLOSE, PUT, 1, "0.0700").reason is Reason.POSITION
    (combination,) = hall.report().combinations
    assert (combination.quantity, combination.margin) == (2, report.amount)
    assert hall.instruct(K.RELEASE, combination_id="1", quantity=1).reason is Reason.UNKNOWN_COMBINATION
    assert hall.instruct(K.RELEASE, combination_id=report.combination_id, quantity=3).reason is Reason.POSITION
    hall.instruct(K.RELEASE, combination_id=report.combination_id, quantity=1)
    assert hall.funds().margin == yuan("2584.92") * 2 + yuan("5106.72") + report.amount / 2
    hall.instruct(K.RELEASE, combination_id=report.combination_id, quantity=1)
    assert (hall.funds().margin, hall.report().combinations) == (naked, ())
    assert hall.restarted().picture() == hall.counter.picture()


@pytest.mark.requirement("O4")
def test_a_combination_is_released_only_with_money_for_its_naked_legs() -> None:
    hall = Hall().open(cash="6000.00", positions=(held(CALL, LONG, 1), held(CHEAP_CALL, SHORT, 1)))
    built = hall.instruct(
        K.COMBINE, contract_code=CALL, second_code=CHEAP_CALL, strategy=CombinationStrategy.CNSJC, quantity=1
    )
    assert built.reason is None
    assert built.amount == hall.funds().margin == 0
    assert hall.instruct(K.CASH_OUT, amount=yuan("3415.09")).reason is None
    refused = hall.instruct(K.RELEASE, combination_id=built.combination_id, quantity=1)
    assert (refused.reason, refused.reason_detail) == (Reason.FUNDS, "account 2584.92 | 2584.91")
    hall.instruct(K.CASH_IN, amount=yuan("0.01"))
    assert hall.instruct(K.RELEASE, combination_id=built.combination_id, quantity=1).reason is None
    assert hall.funds().available == 0


@pytest.mark.requirement("O4")
@pytest.mark.parametrize(
    ("first", "second", "strategy", "day", "reason"),
    [
        (CALL, CHEAP_CALL, CombinationStrategy.KS, Hall().day, Reason.COMBINATION_LEGS),
        (CALL, ADJUSTED_CALL, CombinationStrategy.CXSJC, Hall().day, Reason.COMBINATION_LEGS),
        (CALL, CHEAP_CALL, CombinationStrategy.CNSJC, date(2026, 3, 24), Reason.COMBINATION_NEAR_EXPIRY),
        (CALL, CHEAP_CALL, CombinationStrategy.CNSJC, date(2026, 3, 23), None),
    ],
)
def test_what_makes_no_combination(
    first: str, second: str, strategy: CombinationStrategy, day: date, reason: Reason | None
) -> None:
    held_legs = (held(first, LONG, 1), held(second, SHORT, 1))
    hall = Hall(day=day).open(positions=held_legs)
    report = hall.instruct(K.COMBINE, contract_code=first, second_code=second, strategy=strategy, quantity=1)
    assert report.reason is reason


@pytest.mark.requirement("O4", "O10", "M2")
def test_a_short_call_becomes_covered_and_short_again() -> None:
    hall = Hall().open(shares=25_000, positions=(held(CHEAP_CALL, SHORT, 3),))
    hall.lock(5_000)
    refused = hall.instruct(K.TO_COVERED, contract_code=CHEAP_CALL, quantity=3)
    assert (refused.reason, refused.reason_detail) == (Reason.COVERED_SHARES, "quantity 30000 shares | 25000 shares")
    report = hall.instruct(K.TO_COVERED, contract_code=CHEAP_CALL, quantity=2)
    assert (report.amount, hall.funds().margin) == (yuan("5169.84"), yuan("2584.92"))
    assert (hall.holding().locked, hall.holding().covering) == (20_000, 20_000)
    assert (hall.position(CHEAP_CALL, COVERED).quantity, hall.position(CHEAP_CALL, SHORT).quantity) == (2, 1)
    hall.instruct(K.TO_NAKED, contract_code=CHEAP_CALL, quantity=2)
    assert (hall.funds().margin, hall.holding().covering) == (yuan("7754.76"), 0)
    assert hall.lock(20_000, unlock=True).reason is None
    assert hall.instruct(K.TO_NAKED, contract_code=CHEAP_CALL, quantity=1).reason is Reason.POSITION
    assert hall.restarted().picture() == hall.counter.picture()


@pytest.mark.requirement("O4")
def test_an_era_without_combinations_offers_none() -> None:
    rules = profile()
    none = msgspec.structs.replace(
        rules.capabilities, combinations=False, merged_exercise=False, covered_conversion=False
    )
    hall = Hall(msgspec.structs.replace(rules, capabilities=none)).open(positions=(held(CHEAP_CALL, SHORT, 1),))
    assert hall.instruct(K.TO_COVERED, contract_code=CHEAP_CALL, quantity=1).reason is Reason.NOT_SUPPORTED
    pair: dict[str, Any] = {"contract_code": CALL, "second_code": PUT, "quantity": 1}
    assert hall.instruct(K.MERGED_EXERCISE, **pair).reason is Reason.NOT_SUPPORTED
    assert hall.instruct(K.COMBINE, **pair, strategy=CombinationStrategy.KKS).reason is Reason.NOT_SUPPORTED


@pytest.mark.requirement("O10")
def test_maintenance_follows_the_newest_prices() -> None:
    hall = Hall().open(cash="10000.00", positions=(held(PUT, SHORT, 1),))
    # Rulebook 4.3 example 6 with the group's 1.2, at the prices of the day before
    assert hall.funds().maintenance == yuan("5106.72")
    hall.counter.mark({PUT: yuan("0.2000"), FUND: yuan("2.800")})
    # [0.2000 + max(12% x 2.8, 7% x 3.0)] x 10000 x 1.2
    assert hall.funds().maintenance == yuan("6432.00")
    assert hall.funds().risk_ratio == yuan("0.6432")
    assert hall.funds().margin == yuan("5106.72")
