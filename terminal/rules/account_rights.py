"""Whether an account may give an instruction at all (账户权限), rulebook 5.4 and 5.5."""

from terminal.domain.account_rights import AccountRights, AccountState, Restriction, Tier
from terminal.domain.contracts import Right
from terminal.domain.instructions import InstructionKind
from terminal.domain.orders import Instruction, PositionEffect
from terminal.domain.reasons import Denial, Reason

Action = Instruction | InstructionKind
_BITS: dict[Action, Restriction] = {
    Instruction.BUY_OPEN: Restriction.BUY_OPEN,
    Instruction.SELL_CLOSE: Restriction.SELL_CLOSE,
    Instruction.SELL_OPEN: Restriction.SELL_OPEN,
    Instruction.BUY_CLOSE: Restriction.BUY_CLOSE,
    Instruction.COVERED_OPEN: Restriction.COVERED_OPEN,
    Instruction.COVERED_CLOSE: Restriction.COVERED_CLOSE,
    InstructionKind.LOCK: Restriction.LOCK,
    InstructionKind.UNLOCK: Restriction.UNLOCK,
    InstructionKind.EXERCISE: Restriction.EXERCISE,
    InstructionKind.MERGED_EXERCISE: Restriction.EXERCISE,
    # Each makes one kind of short position out of another, so whoever may not open the one may not convert to it
    InstructionKind.TO_COVERED: Restriction.COVERED_OPEN,
    InstructionKind.TO_NAKED: Restriction.SELL_OPEN,
}
#: The lowest level an instruction needs; what is not named needs none above the first
_LEVEL: dict[Action, Tier] = {
    Instruction.BUY_OPEN: Tier.TWO,
    Instruction.SELL_OPEN: Tier.THREE,
    InstructionKind.COMBINE: Tier.THREE,
    InstructionKind.RELEASE: Tier.THREE,
    InstructionKind.TO_NAKED: Tier.THREE,
}
#: What an account that may only close still does
_WAYS_OUT = frozenset(
    {
        InstructionKind.UNLOCK,
        InstructionKind.LOCK,
        InstructionKind.EXERCISE,
        InstructionKind.WITHDRAW_EXERCISE,
        InstructionKind.MERGED_EXERCISE,
        InstructionKind.WITHDRAW_MERGED,
        InstructionKind.RELEASE,
        InstructionKind.TO_COVERED,
        # No trading at all
        InstructionKind.TO_BROKER,
        InstructionKind.TO_INVESTOR,
        InstructionKind.CASH_IN,
        InstructionKind.CASH_OUT,
        InstructionKind.SHARES_IN,
        InstructionKind.SHARES_OUT,
    }
)


def check_rights(
    rights: AccountRights,
    action: Action,
    *,
    right: Right | None = None,
    protected_shares: int = 0,
    shares_held: int = 0,
    by_program: bool = False,
) -> Denial | None:
    """The first right that is missing; None when the account may.

    `right` is the contract's. `protected_shares` is what all its long puts on the underlying would stand for once the
    order traded, working ones and this one counted: level one buys puts up to the shares it holds (保险策略).
    """
    if not rights.has_contract_account:
        return Denial(Reason.UNKNOWN_ACCOUNT, "account", "no contract account", "an open contract account")
    if not rights.designated:
        return Denial(Reason.NOT_DESIGNATED, "account", "not designated", "designated to this broker")
    if rights.state in (AccountState.FROZEN, AccountState.FORBIDDEN):
        return Denial(Reason.ACCOUNT_STATE, "account", rights.state, AccountState.NORMAL)
    if rights.state is AccountState.CLOSE_ONLY and not _is_way_out(action):
        return Denial(Reason.RESTRICTED, "instruction", action.name, AccountState.CLOSE_ONLY)
    if by_program and not rights.filed_for_programs:
        return Denial(Reason.NOT_FILED, "account", "not filed", "programme trading filed")
    bit = _BITS.get(action, Restriction.NONE)
    if rights.restrictions & bit:
        return Denial(Reason.RESTRICTED, "instruction", action.name, f"{bit.name} is forbidden")
    needed = _LEVEL.get(action, Tier.ONE)
    if rights.level >= needed:
        return None
    if action is Instruction.BUY_OPEN and right is Right.PUT:
        if protected_shares <= shares_held:
            return None
        return Denial(Reason.TIER, "quantity", f"{protected_shares} shares", f"{shares_held} shares")
    return Denial(Reason.TIER, "instruction", f"{action.name} level {int(rights.level)}", f"level {int(needed)}")


def _is_way_out(action: Action) -> bool:
    if isinstance(action, Instruction):
        return action.position_effect is PositionEffect.CLOSE
    return action in _WAYS_OUT
