"""Whether an account may give an instruction at all (账户权限), rulebook 5.4 and 5.5."""

from terminal.domain.account_rights import AccountRights, AccountState, Restriction, Tier
from terminal.domain.contracts import Right
from terminal.domain.instructions import InstructionKind
from terminal.domain.orders import Instruction, PositionEffect
from terminal.domain.reasons import Denial, Reason

Action = Instruction | InstructionKind
# An enum's member is found by a call in Python: here it would be one for each order
_NORMAL, _NONE, _ONE = AccountState.NORMAL, Restriction.NONE, Tier.ONE
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
#: What an account that may only close does not do beside opening: both make short positions or margin of their own
_NO_WAYS_OUT = frozenset({InstructionKind.COMBINE, InstructionKind.TO_NAKED})


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
        return Denial(Reason.UNKNOWN_ACCOUNT, "account")
    if not rights.designated:
        return Denial(Reason.NOT_DESIGNATED, "account")
    state = rights.state
    if state is not _NORMAL:
        if state in (AccountState.FROZEN, AccountState.FORBIDDEN):
            return Denial(Reason.ACCOUNT_STATE, "account", state.name)
        if state is AccountState.CLOSE_ONLY and not _is_way_out(action):
            return Denial(Reason.RESTRICTED, "instruction", action.name)
    if by_program and not rights.filed_for_programs:
        return Denial(Reason.NOT_FILED, "account")
    # Most accounts have none, and the sum of two flags is a long way in Python
    restrictions = rights.restrictions
    if restrictions is not _NONE and restrictions & _BITS.get(action, _NONE):
        return Denial(Reason.FORBIDDEN, "instruction", action.name)
    needed = _LEVEL.get(action, _ONE)
    if rights.level >= needed:
        return None
    if action is Instruction.BUY_OPEN and right is Right.PUT:
        if protected_shares <= shares_held:
            return None
        return Denial(Reason.TIER, "quantity", f"{protected_shares} shares", f"{shares_held} shares")
    return Denial(Reason.TIER, "instruction", str(int(rights.level)), str(int(needed)))


def _is_way_out(action: Action) -> bool:
    if isinstance(action, Instruction):
        return action.position_effect is PositionEffect.CLOSE
    return action not in _NO_WAYS_OUT
