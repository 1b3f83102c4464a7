"""What an account may do: the levels of rulebook 5.4, the single prohibitions of 5.5, states and filing."""

from typing import Any

import pytest

from terminal.domain.account_rights import AccountKind, AccountRights, AccountState, Restriction, Tier
from terminal.domain.contracts import Right
from terminal.domain.instructions import InstructionKind
from terminal.domain.orders import Instruction, PositionEffect
from terminal.domain.reasons import Denial, Reason
from terminal.rules.account_rights import Action, check_rights

CALL, PUT = Right
ACTIONS: tuple[Action, ...] = (*Instruction, *InstructionKind)
CLOSING = [i for i in Instruction if i.position_effect is PositionEffect.CLOSE]
BEYOND_FIRST_LEVEL = {InstructionKind.COMBINE, InstructionKind.RELEASE, InstructionKind.TO_NAKED}
FIRST_LEVEL = {Instruction.COVERED_OPEN, *CLOSING, *(set(InstructionKind) - BEYOND_FIRST_LEVEL)}


def rights(tier: Tier = Tier.THREE, **more: Any) -> AccountRights:
    return AccountRights(tier=tier, **more)


@pytest.mark.requirement("O9", "AC1")
@pytest.mark.parametrize("action", ACTIONS)
@pytest.mark.parametrize("tier", Tier)
def test_each_level_adds_to_the_one_below(tier: Tier, action: Action) -> None:
    allowed = action in FIRST_LEVEL or tier is Tier.THREE or (tier is Tier.TWO and action is Instruction.BUY_OPEN)
    denial = check_rights(rights(tier), action, right=CALL)
    assert (denial is None) == allowed
    assert denial is None or denial.reason is Reason.TIER


@pytest.mark.requirement("O9")
def test_the_first_level_buys_puts_up_to_the_shares_it_holds() -> None:
    first = rights(Tier.ONE)
    buy = Instruction.BUY_OPEN
    assert check_rights(first, buy, right=PUT, protected_shares=20_000, shares_held=20_000) is None
    assert check_rights(first, buy, right=PUT, protected_shares=30_000, shares_held=29_999) == Denial(
        Reason.TIER, "quantity", "30000 shares", "29999 shares"
    )
    assert check_rights(first, buy, right=CALL, protected_shares=0, shares_held=10**6) is not None


@pytest.mark.requirement("O9")
@pytest.mark.parametrize("kind", [k for k in AccountKind if k is not AccountKind.INDIVIDUAL])
def test_all_but_individuals_have_the_third_level(kind: AccountKind) -> None:
    assert check_rights(rights(Tier.ONE, kind=kind), Instruction.SELL_OPEN) is None
    assert check_rights(rights(Tier.ONE, kind=kind), InstructionKind.COMBINE) is None


BITS: list[tuple[Restriction, Action]] = [
    (Restriction.BUY_OPEN, Instruction.BUY_OPEN),
    (Restriction.SELL_CLOSE, Instruction.SELL_CLOSE),
    (Restriction.SELL_OPEN, Instruction.SELL_OPEN),
    (Restriction.BUY_CLOSE, Instruction.BUY_CLOSE),
    (Restriction.COVERED_OPEN, Instruction.COVERED_OPEN),
    (Restriction.COVERED_CLOSE, Instruction.COVERED_CLOSE),
    (Restriction.LOCK, InstructionKind.LOCK),
    (Restriction.UNLOCK, InstructionKind.UNLOCK),
    (Restriction.EXERCISE, InstructionKind.EXERCISE),
]


@pytest.mark.requirement("O8")
@pytest.mark.parametrize(("bit", "action"), BITS)
def test_each_of_the_nine_bits_forbids_its_own_instruction(bit: Restriction, action: Action) -> None:
    assert check_rights(rights(restrictions=~bit & sum(Restriction)), action) is None
    assert check_rights(rights(restrictions=bit), action) == Denial(Reason.FORBIDDEN, "instruction", action.name)
    others = {a for b, a in BITS if b is not bit}
    assert all(check_rights(rights(restrictions=bit), other) is None for other in others)


def test_a_position_is_not_converted_into_what_may_not_be_opened() -> None:
    for bit, action in (
        (Restriction.COVERED_OPEN, InstructionKind.TO_COVERED),
        (Restriction.SELL_OPEN, InstructionKind.TO_NAKED),
        (Restriction.EXERCISE, InstructionKind.MERGED_EXERCISE),
    ):
        assert check_rights(rights(restrictions=bit), action) is not None


@pytest.mark.requirement("O8")
@pytest.mark.parametrize("action", ACTIONS)
def test_a_close_only_account_has_the_ways_out_alone(action: Action) -> None:
    opens = {
        Instruction.BUY_OPEN,
        Instruction.SELL_OPEN,
        Instruction.COVERED_OPEN,
        InstructionKind.COMBINE,
        InstructionKind.TO_NAKED,
    }
    denial = check_rights(rights(state=AccountState.CLOSE_ONLY), action)
    assert (denial is not None) == (action in opens)
    assert denial is None or denial.reason is Reason.RESTRICTED


@pytest.mark.requirement("O8", "O9")
@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"state": AccountState.FROZEN}, Reason.ACCOUNT_STATE),
        ({"state": AccountState.FORBIDDEN}, Reason.ACCOUNT_STATE),
        ({"has_contract_account": False}, Reason.UNKNOWN_ACCOUNT),
        ({"designated": False}, Reason.NOT_DESIGNATED),
    ],
)
@pytest.mark.parametrize("action", ACTIONS)
def test_an_account_without_standing_does_nothing(changes: dict[str, Any], reason: Reason, action: Action) -> None:
    denial = check_rights(rights(**changes), action)
    assert denial is not None
    assert denial.reason is reason


def test_programmes_trade_once_they_are_filed() -> None:
    # rulebook 11
    denial = check_rights(rights(), Instruction.BUY_OPEN, by_program=True)
    assert denial is not None
    assert denial.reason is Reason.NOT_FILED
    assert check_rights(rights(), Instruction.BUY_OPEN) is None
    assert check_rights(rights(filed_for_programs=True), Instruction.BUY_OPEN, by_program=True) is None


def test_nothing_is_granted_that_is_not_said() -> None:
    fresh = AccountRights()
    assert (fresh.kind, fresh.level, fresh.filed_for_programs) == (AccountKind.INDIVIDUAL, Tier.ONE, False)
    assert AccountKind.MARKET_MAKER_GENERAL.is_market_maker
    assert not AccountKind.PROPRIETARY.is_market_maker
