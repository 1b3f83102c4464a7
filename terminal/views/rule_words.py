"""The words for the codes that refusals of accounts, combinations and exercises carry as figures."""

from enum import StrEnum

from terminal.domain.account_rights import AccountState, NonTrade
from terminal.domain.combinations import LegRule
from terminal.views.translation import mark

NON_TRADE_WORDS: dict[StrEnum, str] = {
    NonTrade.LOCK: mark("NonTrade", "Lock shares"),
    NonTrade.UNLOCK: mark("NonTrade", "Unlock shares"),
    NonTrade.EXERCISE: mark("NonTrade", "Exercise"),
    NonTrade.WITHDRAW_EXERCISE: mark("NonTrade", "Withdraw exercise"),
    NonTrade.MERGED_EXERCISE: mark("NonTrade", "Merged exercise"),
    NonTrade.COMBINE: mark("NonTrade", "Build combination"),
    NonTrade.RELEASE: mark("NonTrade", "Release combination"),
    NonTrade.TO_COVERED: mark("NonTrade", "Convert to covered"),
    NonTrade.TO_NAKED: mark("NonTrade", "Convert to naked"),
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
