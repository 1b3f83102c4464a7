"""The words for the codes that refusals of accounts, combinations and exercises carry as figures."""

from enum import StrEnum

from terminal.domain.account_rights import AccountState
from terminal.domain.combinations import LegRule
from terminal.domain.instructions import InstructionKind
from terminal.views.translation import mark

INSTRUCTION_KIND_WORDS: dict[StrEnum, str] = {
    InstructionKind.LOCK: mark("InstructionKind", "Lock shares"),
    InstructionKind.UNLOCK: mark("InstructionKind", "Unlock shares"),
    InstructionKind.EXERCISE: mark("InstructionKind", "Exercise"),
    InstructionKind.WITHDRAW_EXERCISE: mark("InstructionKind", "Withdraw exercise"),
    InstructionKind.MERGED_EXERCISE: mark("InstructionKind", "Merged exercise"),
    InstructionKind.COMBINE: mark("InstructionKind", "Build combination"),
    InstructionKind.RELEASE: mark("InstructionKind", "Release combination"),
    InstructionKind.TO_COVERED: mark("InstructionKind", "Convert to covered"),
    InstructionKind.TO_NAKED: mark("InstructionKind", "Convert to naked"),
    InstructionKind.WITHDRAW_MERGED: mark("InstructionKind", "Withdraw merged exercise"),
    InstructionKind.TO_BROKER: mark("InstructionKind", "Transfer to the disposal account"),
    InstructionKind.TO_INVESTOR: mark("InstructionKind", "Transfer from the disposal account"),
    InstructionKind.CASH_IN: mark("InstructionKind", "Cash in"),
    InstructionKind.CASH_OUT: mark("InstructionKind", "Cash out"),
    InstructionKind.SHARES_IN: mark("InstructionKind", "Shares in"),
    InstructionKind.SHARES_OUT: mark("InstructionKind", "Shares out"),
    InstructionKind.BUY_SHARES: mark("InstructionKind", "Buy shares"),
    InstructionKind.SELL_SHARES: mark("InstructionKind", "Sell shares"),
    InstructionKind.CONFIRM_STATEMENT: mark("InstructionKind", "Confirm statement"),
}
ACCOUNT_STATE_WORDS: dict[StrEnum, str] = {
    AccountState.NORMAL: mark("AccountState", "Normal"),
    AccountState.CLOSE_ONLY: mark("AccountState", "Close only"),
    AccountState.FROZEN: mark("AccountState", "Frozen"),
    AccountState.FORBIDDEN: mark("AccountState", "No trading"),
}
LEG_RULE_WORDS: dict[StrEnum, str] = {
    LegRule.TWO_LEGS: mark("LegRule", "two legs"),
    LegRule.ONE_UNDERLYING: mark("LegRule", "one underlying"),
    LegRule.ONE_EXPIRY: mark("LegRule", "one expiry"),
    LegRule.ONE_UNIT: mark("LegRule", "one contract unit"),
    LegRule.NO_COVERED: mark("LegRule", "no covered leg"),
    LegRule.TWO_CALLS: mark("LegRule", "two calls"),
    LegRule.TWO_PUTS: mark("LegRule", "two puts"),
    LegRule.CALL_AND_PUT: mark("LegRule", "one call and one put"),
    LegRule.LONG_AND_SHORT: mark("LegRule", "one long and one short leg"),
    LegRule.TWO_SHORT: mark("LegRule", "two short legs"),
    LegRule.SHORT_ABOVE_LONG: mark("LegRule", "the short strike above the long one"),
    LegRule.SHORT_BELOW_LONG: mark("LegRule", "the short strike below the long one"),
    LegRule.ONE_STRIKE: mark("LegRule", "one strike"),
    LegRule.CALL_ABOVE_PUT: mark("LegRule", "the call's strike above the put's"),
    LegRule.PUT_ABOVE_CALL: mark("LegRule", "the put's strike above the call's"),
}
