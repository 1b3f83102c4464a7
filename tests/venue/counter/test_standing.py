"""What an account is and may do: rights, restrictions, numbers, limits, and their change during the day."""

from decimal import Decimal

import msgspec
import pytest

from terminal.domain.account_rights import AccountKind, AccountProfile, AccountRights, AccountState, Restriction, Tier
from terminal.domain.errors import BadInput
from terminal.domain.instructions import InstructionKind
from terminal.domain.messages import CancelOrder, OrderReport
from terminal.domain.orders import ExecType, Instruction, OrderType
from terminal.domain.reasons import Reason
from terminal.rules.limits import NOTHING
from terminal.venue.counter.standing import Standing
from tests.venue.counter.accounts import individual, institution, maker
from tests.venue.counter.market import CHEAP_CALL, FUND, PUT, Hall, account_limits, profile, yuan


@pytest.mark.requirement("M1")
@pytest.mark.parametrize(
    ("securities", "contract", "rule"),
    [
        ("A123456789", "A12345678888", "888 behind"),
        ("C123456789", "C123456789888", "A, B or D"),
        ("", "888", "A, B or D"),
    ],
)
def test_a_contract_account_belongs_to_its_securities_account(securities: str, contract: str, rule: str) -> None:
    # Rulebook 1.4: ordinary securities account + 888; only A/B/D accounts
    linked = AccountProfile(securities_account=securities, contract_account=contract)
    with pytest.raises(BadInput, match=rule):
        Hall().open(standing=Standing(profile=linked))
    right = AccountProfile(
        funds_account="0012345678", securities_account="B123456789", contract_account="B123456789888", filed=True
    )
    hall = Hall().open(standing=Standing(profile=right))
    assert hall.report().profile == right


@pytest.mark.requirement("O9")
@pytest.mark.parametrize(
    ("tier", "instruction", "code", "reason"),
    [
        (Tier.ONE, Instruction.BUY_OPEN, CHEAP_CALL, Reason.TIER),
        (Tier.ONE, Instruction.BUY_OPEN, PUT, None),
        (Tier.ONE, Instruction.COVERED_OPEN, CHEAP_CALL, None),
        (Tier.TWO, Instruction.BUY_OPEN, CHEAP_CALL, None),
        (Tier.TWO, Instruction.SELL_OPEN, CHEAP_CALL, Reason.TIER),
        (Tier.THREE, Instruction.SELL_OPEN, CHEAP_CALL, None),
    ],
)
def test_each_level_gives_the_instructions_of_its_own(
    tier: Tier, instruction: Instruction, code: str, reason: Reason | None
) -> None:
    # Rulebook 5.4
    hall = Hall().open(shares=20_000, standing=individual(tier))
    hall.lock(10_000)
    assert hall.submit(instruction, code, 1, "0.0100").reason is reason


@pytest.mark.requirement("O9")
def test_level_one_protects_no_more_shares_than_it_holds() -> None:
    hall = Hall().open(shares=25_000, standing=individual(Tier.ONE))
    assert hall.submit(Instruction.BUY_OPEN, PUT, 2, "0.0100").reason is None
    report = hall.submit(Instruction.BUY_OPEN, PUT, 1, "0.0100")
    assert (report.reason, report.reason_detail) == (Reason.TIER, "quantity 30000 shares | 25000 shares")


@pytest.mark.requirement("O8")
@pytest.mark.parametrize("instruction", list(Instruction))
def test_each_forbidden_instruction_is_refused_by_its_bit_alone(instruction: Instruction) -> None:
    hall = Hall().open(shares=50_000, standing=institution(restrictions=Restriction[instruction.name]))
    report = hall.submit(instruction, CHEAP_CALL, 1, "0.0100")
    assert (report.reason, report.reason_detail) == (
        Reason.FORBIDDEN,
        f"instruction {instruction.name} | ",
    )
    other = Instruction.BUY_OPEN if instruction is not Instruction.BUY_OPEN else Instruction.SELL_OPEN
    assert hall.submit(other, CHEAP_CALL, 1, "0.0100").reason is None


@pytest.mark.requirement("O8")
def test_locking_and_exercise_are_forbidden_by_bits_of_their_own() -> None:
    forbidden = Restriction.LOCK | Restriction.UNLOCK | Restriction.EXERCISE
    hall = Hall().open(shares=50_000, standing=institution(restrictions=forbidden))
    assert hall.lock(100).reason is Reason.FORBIDDEN
    assert hall.lock(100, unlock=True).reason is Reason.FORBIDDEN
    asked = hall.instruct(InstructionKind.EXERCISE, contract_code=CHEAP_CALL, quantity=1)
    assert asked.reason is Reason.FORBIDDEN


@pytest.mark.requirement("O8", "O9")
def test_a_frozen_account_sends_nothing_and_its_orders_go_at_once() -> None:
    hall = Hall().open().open("B")
    hall.submit(Instruction.BUY_OPEN, CHEAP_CALL, 1, "0.0100", client_order_id="first")
    told = hall.change("A", institution(AccountState.FROZEN))
    assert [(e.exec_type, e.client_order_id) for e in told if isinstance(e, OrderReport)] == [
        (ExecType.CANCELLED, "first")
    ]
    assert hall.submit(Instruction.BUY_CLOSE, CHEAP_CALL, 1, "0.0100").reason is Reason.ACCOUNT_STATE
    assert hall.instruct(InstructionKind.CASH_IN, amount=yuan("1.00")).reason is Reason.ACCOUNT_STATE
    assert hall.submit(Instruction.BUY_OPEN, CHEAP_CALL, 1, "0.0100", account_id="B").reason is None
    hall.change("A", institution())
    assert hall.submit(Instruction.BUY_OPEN, CHEAP_CALL, 1, "0.0100").reason is None
    assert hall.restarted().picture() == hall.counter.picture()


@pytest.mark.requirement("O8")
def test_an_account_that_may_only_close_keeps_its_ways_out() -> None:
    hall = Hall().open(standing=institution(AccountState.CLOSE_ONLY))
    assert hall.submit(Instruction.BUY_OPEN, CHEAP_CALL, 1, "0.0100").reason is Reason.RESTRICTED
    assert hall.submit(Instruction.SELL_CLOSE, CHEAP_CALL, 1, "0.0100").reason is Reason.POSITION
    assert hall.instruct(InstructionKind.CASH_IN, amount=yuan("1.00")).reason is None


@pytest.mark.requirement("O9")
@pytest.mark.parametrize(
    ("rights", "reason"),
    [
        (AccountRights(kind=AccountKind.INSTITUTION, designated=False), Reason.NOT_DESIGNATED),
        (AccountRights(kind=AccountKind.INSTITUTION, has_contract_account=False), Reason.UNKNOWN_ACCOUNT),
    ],
)
def test_designation_and_contract_account_are_asked_first(rights: AccountRights, reason: Reason) -> None:
    hall = Hall().open(standing=Standing(profile=AccountProfile(rights=rights)))
    assert hall.submit(Instruction.BUY_OPEN, CHEAP_CALL, 1, "0.0100").reason is reason
    assert hall.instruct(InstructionKind.SHARES_IN, underlying=FUND, quantity=1).reason is reason


@pytest.mark.fault("F90")
def test_a_limit_lowered_while_orders_work_takes_the_newest_out_until_it_holds() -> None:
    hall = Hall().open()
    for name, quantity in (("old", 3), ("middle", 2), ("new", 4)):
        hall.submit(Instruction.BUY_OPEN, CHEAP_CALL, quantity, "0.0100", client_order_id=name)
    told = hall.change("A", institution(own_limits=account_limits(5, 100, 100)))
    assert [e.client_order_id for e in told if isinstance(e, OrderReport)] == ["new"]
    report = hall.submit(Instruction.BUY_OPEN, CHEAP_CALL, 1, "0.0100")
    assert (report.reason, report.reason_detail) == (Reason.LIMIT_RIGHT_SIDE, "quantity 1 | 0 of 5")
    # A position over its limit is not healed by taking out what closes it
    assert hall.restarted().picture() == hall.counter.picture()


@pytest.mark.fault("F45")
@pytest.mark.parametrize("value", [0, -1, None, Decimal("NaN"), float("inf"), "", "many", True])
def test_a_limit_that_is_no_figure_allows_nothing(value: object) -> None:
    limits = msgspec.structs.replace(account_limits(10, 10, 10), total=value)
    hall = Hall().open(standing=institution(own_limits=limits))
    for instruction in (Instruction.BUY_OPEN, Instruction.SELL_OPEN):
        assert hall.submit(instruction, CHEAP_CALL, 1, "0.0100").reason is Reason.LIMIT_TOTAL


@pytest.mark.fault("F45")
@pytest.mark.requirement("O7")
@pytest.mark.parametrize("limit", [None, Decimal(0), Decimal(-5), Decimal("NaN"), Decimal("Infinity")])
def test_a_purchase_limit_that_is_no_figure_lets_an_individual_buy_nothing(limit: Decimal | None) -> None:
    hall = Hall().open(standing=individual(Tier.THREE))
    hall.change("A", msgspec.structs.replace(individual(Tier.THREE), purchase_limit=limit))
    assert hall.submit(Instruction.BUY_OPEN, CHEAP_CALL, 1, "0.0001").reason is Reason.LIMIT_PURCHASE


@pytest.mark.requirement("O9")
def test_the_kind_of_an_account_stays_all_day_and_its_group_must_exist() -> None:
    hall = Hall().open()
    with pytest.raises(BadInput, match="all day"):
        hall.change("A", maker())
    with pytest.raises(BadInput, match="margin group"):
        Hall().open(standing=Standing(profile=AccountProfile(margin_group="friends")))


@pytest.mark.requirement("O2")
def test_a_second_cancel_is_refused_while_the_first_is_on_its_way() -> None:
    hall = Hall().open()
    hall.submit(Instruction.BUY_OPEN, CHEAP_CALL, 1, "0.0100", client_order_id="x")
    first = hall.counter.handle("A", CancelOrder(client_order_id="x"), hall.now)
    hall.journal += first.entries
    second = hall.counter.handle("A", CancelOrder(client_order_id="x"), hall.now)
    hall.journal += second.entries
    (refused,) = second.events
    assert isinstance(refused, OrderReport)
    assert (refused.reason, len(second.forward)) == (Reason.DUPLICATE_CANCEL, 0)
    # A restart sends the cancel again that nobody answered
    again = hall.restarted()
    assert again.picture() == hall.counter.picture()
    assert again.resume(hall.now).forward == first.forward


@pytest.mark.fault("F58")
@pytest.mark.parametrize("order_type", [OrderType.MARKET_IOC, OrderType.MARKET_FOK, OrderType.MARKET_TO_LIMIT])
def test_a_market_order_needs_what_a_limit_order_at_limit_up_needs(order_type: OrderType) -> None:
    # 0.2806 x 10000 x 2 + 2 x 3.00 = 5618.00
    for cash, reason in (("5617.99", Reason.FUNDS), ("5618.00", None)):
        limit = Hall().open(cash=cash).submit(Instruction.BUY_OPEN, CHEAP_CALL, 2, "0.2806")
        market = Hall().open(cash=cash)
        report = market.submit(Instruction.BUY_OPEN, CHEAP_CALL, 2, order_type=order_type)
        assert limit.reason is reason
        assert (report.reason is Reason.FUNDS) == (reason is Reason.FUNDS)


@pytest.mark.requirement("O7")
def test_a_market_maker_spends_no_more_than_its_amount_in_one_order() -> None:
    rules = profile()
    rules = msgspec.structs.replace(rules, limits=msgspec.structs.replace(rules.limits, maker_order_amount=1_000))
    hall = Hall(rules).open("MM", standing=maker()).open("A")
    report = hall.submit(Instruction.BUY_OPEN, CHEAP_CALL, 11, "0.0100", account_id="MM")
    assert (report.reason, report.reason_detail) == (Reason.LIMIT_AMOUNT, "quantity 1100.00 | 1000")
    assert hall.submit(Instruction.BUY_OPEN, CHEAP_CALL, 10, "0.0100", account_id="MM").reason is None
    assert hall.submit(Instruction.BUY_OPEN, CHEAP_CALL, 11, "0.0100").reason is None


def test_nothing_is_what_a_limit_of_no_class_allows() -> None:
    assert set(msgspec.structs.astuple(NOTHING)) == {0}
