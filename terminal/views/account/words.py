"""The words of the account's screens: instructions, combinations, rights, cash movements, queries.

Sources are English; resources/translations holds the others.
"""

from terminal.domain.account_rights import AccountKind, AccountState, Restriction, Tier
from terminal.domain.combinations import CombinationStrategy
from terminal.domain.instructions import InstructionKind
from terminal.domain.messages import QueryKind
from terminal.domain.reasons import Reason
from terminal.domain.settlement import CashKind
from terminal.services.instructions import InstructionEntry, InstructionState
from terminal.views.translation import translate

CONTEXT = "account"

KINDS = {
    InstructionKind.LOCK: "Lock shares",
    InstructionKind.UNLOCK: "Unlock shares",
    InstructionKind.EXERCISE: "Exercise",
    InstructionKind.WITHDRAW_EXERCISE: "Withdraw exercise",
    InstructionKind.MERGED_EXERCISE: "Merged exercise",
    InstructionKind.WITHDRAW_MERGED: "Withdraw merged",
    InstructionKind.COMBINE: "Build",
    InstructionKind.RELEASE: "Release",
    InstructionKind.TO_COVERED: "Short to covered",
    InstructionKind.TO_NAKED: "Covered to short",
    InstructionKind.TO_BROKER: "To disposal",
    InstructionKind.TO_INVESTOR: "From disposal",
    InstructionKind.CASH_IN: "Cash in",
    InstructionKind.CASH_OUT: "Cash out",
    InstructionKind.SHARES_IN: "Shares in",
    InstructionKind.SHARES_OUT: "Shares out",
    InstructionKind.BUY_SHARES: "Buy shares",
    InstructionKind.SELL_SHARES: "Sell shares",
    InstructionKind.CONFIRM_STATEMENT: "Confirm statement",
}
#: What an instruction does, for tooltips
MEANINGS = {
    InstructionKind.LOCK: "Set free shares aside for covered calls",
    InstructionKind.UNLOCK: "Free locked shares that cover nothing",
    InstructionKind.EXERCISE: "Exercise long contracts on their exercise day; quantities add up",
    InstructionKind.WITHDRAW_EXERCISE: "Take back part or all of today's exercise",
    InstructionKind.MERGED_EXERCISE: "Exercise a call and a put of higher strike as one: no cash or shares needed",
    InstructionKind.WITHDRAW_MERGED: "Take back pairs of a merged exercise",
    InstructionKind.COMBINE: "Join two positions into a combination with a margin of its own",
    InstructionKind.RELEASE: "Take a combination apart; each leg is margined alone again",
    InstructionKind.TO_COVERED: "Cover short calls with shares; their margin is freed",
    InstructionKind.TO_NAKED: "Take the shares off covered calls; margin is held instead",
    InstructionKind.TO_BROKER: "Hand shares over to the broker's disposal account",
    InstructionKind.TO_INVESTOR: "Take shares back out of the disposal account",
    InstructionKind.CASH_IN: "Bring money in from the bank",
    InstructionKind.CASH_OUT: "Take money out to the bank",
    InstructionKind.SHARES_IN: "Bring shares in from the cash market",
    InstructionKind.SHARES_OUT: "Take shares away to the cash market",
    InstructionKind.BUY_SHARES: "Buy whole lots at once or not at all; they may be locked today and sold tomorrow",
    InstructionKind.SELL_SHARES: "Sell at once or not at all; not what was bought today",
    InstructionKind.CONFIRM_STATEMENT: "Confirm the last day's statement, where the broker asks for it",
}
STATES = {
    InstructionState.DENIED: "Not sent",
    InstructionState.SENT: "Sent",
    InstructionState.DONE: "Accepted",
    InstructionState.REFUSED: "Refused",
    InstructionState.NOT_RECEIVED: "Not received",
}
_GLYPHS = {
    InstructionState.DENIED: "✕",
    InstructionState.SENT: "○",
    InstructionState.DONE: "✓",
    InstructionState.REFUSED: "✕",
    InstructionState.NOT_RECEIVED: "✕",
}
STRATEGIES = {
    CombinationStrategy.CNSJC: "Call bull spread",
    CombinationStrategy.CXSJC: "Call bear spread",
    CombinationStrategy.PNSJC: "Put bull spread",
    CombinationStrategy.PXSJC: "Put bear spread",
    CombinationStrategy.KS: "Short straddle",
    CombinationStrategy.KKS: "Short strangle",
}
ACCOUNT_KINDS = {
    AccountKind.INDIVIDUAL: "Individual",
    AccountKind.INSTITUTION: "Institution",
    AccountKind.PROPRIETARY: "Proprietary",
    AccountKind.MARKET_MAKER_PRIMARY: "Primary market maker",
    AccountKind.MARKET_MAKER_GENERAL: "General market maker",
}
TIERS = {Tier.ONE: "Level 1", Tier.TWO: "Level 2", Tier.THREE: "Level 3"}
ACCOUNT_STATES = {
    AccountState.NORMAL: "Normal",
    AccountState.CLOSE_ONLY: "Close only",
    AccountState.FROZEN: "Frozen",
    AccountState.FORBIDDEN: "No trading",
}
RESTRICTIONS = {
    Restriction.BUY_OPEN: "no buy open",
    Restriction.SELL_CLOSE: "no sell close",
    Restriction.SELL_OPEN: "no sell open",
    Restriction.BUY_CLOSE: "no buy close",
    Restriction.COVERED_OPEN: "no covered open",
    Restriction.COVERED_CLOSE: "no covered close",
    Restriction.LOCK: "no locking",
    Restriction.UNLOCK: "no unlocking",
    Restriction.EXERCISE: "no exercise",
}
CASH_KINDS = {
    CashKind.OPENING: "Opening balance",
    CashKind.PREMIUM: "Premium",
    CashKind.FEE: "Fee",
    CashKind.MARGIN: "Margin",
    CashKind.TRANSFER_IN: "Cash in",
    CashKind.TRANSFER_OUT: "Cash out",
    CashKind.EXERCISE: "Exercise settlement",
    CashKind.EXERCISE_FEE: "Exercise fee",
    CashKind.CASH_SETTLEMENT: "Cash settlement",
    CashKind.DISPOSAL: "Disposal",
    CashKind.SHARES: "Shares traded",
    CashKind.DIVIDEND: "Dividend",
    CashKind.INTEREST: "Interest",
    CashKind.PENALTY: "Penalty",
}
QUERIES = {
    QueryKind.ACCOUNT: "Account",
    QueryKind.LIMITS: "Limits",
    QueryKind.ORDERS: "Orders",
    QueryKind.FILLS: "Fills",
    QueryKind.INSTRUCTIONS: "Instructions",
    QueryKind.CASH_FLOW: "Cash flow",
    QueryKind.STATEMENT: "Statement",
    QueryKind.DAYS: "Days",
}
LIMITS = {
    Reason.LIMIT_RIGHT_SIDE: "Long positions",
    Reason.LIMIT_TOTAL: "Total position",
    Reason.LIMIT_BUY_OPEN: "Bought to open today",
    Reason.LIMIT_OPEN: "Opened today",
    Reason.LIMIT_DIRECTION: "One direction",
    Reason.LIMIT_ALL_PRODUCTS: "All underlyings",
    Reason.LIMIT_MEMBER: "Member's position",
    Reason.LIMIT_MARGIN_QUOTA: "Member's opening margin, yuan",
    Reason.LIMIT_PURCHASE: "Purchase limit, yuan",
    Reason.LIMIT_AMOUNT: "Amount of one order, yuan",
    Reason.CONCENTRATION: "Part of open interest",
    Reason.ORDER_RATE: "Orders today",
    Reason.CANCEL_RATIO: "Cancels today",
}
assert set(KINDS) == set(MEANINGS) == set(InstructionKind)
assert set(CASH_KINDS) == set(CashKind)


def word(source: str) -> str:
    """The translation of an English word or sentence of this package."""
    return translate(CONTEXT, source)


def kind_words(kind: InstructionKind) -> str:
    """What an instruction is called, where its group is not beside it."""
    return {
        InstructionKind.COMBINE: word("Build combination"),
        InstructionKind.RELEASE: word("Release combination"),
    }.get(kind) or word(KINDS[kind])


def strategy_words(strategy: CombinationStrategy) -> str:
    """What a combination is called."""
    return word(STRATEGIES[strategy])


def state_words(entry: InstructionEntry) -> str:
    """Glyph and word; one without an answer says so."""
    if entry.in_doubt:
        return "? " + word("No answer")
    return f"{_GLYPHS[entry.state]} {word(STATES[entry.state])}"


def restriction_words(restrictions: Restriction) -> list[str]:
    """Each prohibition in words."""
    return [word(text) for bit, text in RESTRICTIONS.items() if restrictions & bit]
