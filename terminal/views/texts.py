"""The words for everything the program knows by a code: instructions, states, refusals, phases, notices, alarms.

English stands here, the other languages in `resources/translations`. Figures come from the services as plain text and
are bounded and escaped before they are shown.
"""

from datetime import date
from decimal import Decimal
from enum import StrEnum

from terminal.domain.account_rights import AccountState
from terminal.domain.accounts import PositionSide
from terminal.domain.combinations import LegRule
from terminal.domain.contracts import Contract, Right, Underlying
from terminal.domain.errors import ascii_safe
from terminal.domain.forced import ForcedCause
from terminal.domain.instructions import InstructionKind
from terminal.domain.messages import Capability, NoticeKind
from terminal.domain.orders import Instruction, OrderStatus, OrderType, PositionEffect, Side
from terminal.domain.phases import Phase
from terminal.domain.ports import LinkState
from terminal.domain.reasons import Denial, Reason
from terminal.domain.settlement import Delivery
from terminal.rules.naming import short_name
from terminal.services.events import AlarmKind
from terminal.services.market_data import MarketData
from terminal.views.formatting import decimals_of
from terminal.views.obligation_words import OBLIGATION_WORDS
from terminal.views.rule_words import ACCOUNT_STATE_WORDS, INSTRUCTION_KIND_WORDS, LEG_RULE_WORDS
from terminal.views.translation import mark, translate

_FIGURE_LENGTH = 60

INSTRUCTION_WORDS: dict[StrEnum, str] = {
    Instruction.BUY_OPEN: mark("Instruction", "Buy open"),
    Instruction.SELL_CLOSE: mark("Instruction", "Sell close"),
    Instruction.SELL_OPEN: mark("Instruction", "Sell open"),
    Instruction.BUY_CLOSE: mark("Instruction", "Buy close"),
    Instruction.COVERED_OPEN: mark("Instruction", "Covered open"),
    Instruction.COVERED_CLOSE: mark("Instruction", "Covered close"),
}
SIDE_WORDS: dict[StrEnum, str] = {Side.BUY: mark("Side", "Buy"), Side.SELL: mark("Side", "Sell")}
POSITION_EFFECT_WORDS: dict[StrEnum, str] = {
    PositionEffect.OPEN: mark("PositionEffect", "Open"),
    PositionEffect.CLOSE: mark("PositionEffect", "Close"),
}
RIGHT_WORDS: dict[StrEnum, str] = {Right.CALL: mark("Right", "Call"), Right.PUT: mark("Right", "Put")}
ORDER_TYPE_WORDS: dict[StrEnum, str] = {
    OrderType.LIMIT: mark("OrderType", "Limit"),
    OrderType.LIMIT_FOK: mark("OrderType", "Limit FOK"),
    OrderType.MARKET_TO_LIMIT: mark("OrderType", "Market to limit"),
    OrderType.MARKET_IOC: mark("OrderType", "Market IOC"),
    OrderType.MARKET_FOK: mark("OrderType", "Market FOK"),
}
ORDER_STATUS_WORDS: dict[StrEnum, str] = {
    OrderStatus.DENIED: mark("OrderStatus", "Not sent"),
    OrderStatus.SUBMITTED: mark("OrderStatus", "Sent"),
    OrderStatus.WORKING: mark("OrderStatus", "Working"),
    OrderStatus.PARTIALLY_FILLED: mark("OrderStatus", "Part filled"),
    OrderStatus.CANCEL_PENDING: mark("OrderStatus", "Cancelling"),
    OrderStatus.FILLED: mark("OrderStatus", "Filled"),
    OrderStatus.CANCELLED: mark("OrderStatus", "Cancelled"),
    OrderStatus.REJECTED: mark("OrderStatus", "Rejected"),
}
POSITION_SIDE_WORDS: dict[StrEnum, str] = {
    PositionSide.LONG: mark("PositionSide", "Long"),
    PositionSide.SHORT: mark("PositionSide", "Short"),
    PositionSide.COVERED: mark("PositionSide", "Covered"),
}
PHASE_WORDS: dict[StrEnum, str] = {
    Phase.PRE_OPEN: mark("Phase", "Before open"),
    Phase.OPENING_AUCTION: mark("Phase", "Opening auction"),
    Phase.CONTINUOUS: mark("Phase", "Continuous"),
    Phase.LUNCH: mark("Phase", "Lunch break"),
    Phase.CLOSING_AUCTION: mark("Phase", "Closing auction"),
    Phase.AFTER_CLOSE: mark("Phase", "After close"),
    Phase.CLOSED: mark("Phase", "Closed"),
    Phase.HALTED: mark("Phase", "Halted"),
    Phase.BREAKER: mark("Phase", "Volatility interruption"),
}
LINK_STATE_WORDS: dict[StrEnum, str] = {
    LinkState.DOWN: mark("LinkState", "Not connected"),
    LinkState.CONNECTING: mark("LinkState", "Connecting"),
    LinkState.RECOVERING: mark("LinkState", "Recovering"),
    LinkState.UP: mark("LinkState", "Connected"),
}
CAPABILITY_WORDS: dict[StrEnum, str] = {
    Capability.ORDERS: mark("Capability", "Orders"),
    Capability.LOCK_SHARES: mark("Capability", "Locking of shares"),
    Capability.CLOCK_CONTROL: mark("Capability", "Control of the clock"),
    Capability.QUOTES: mark("Capability", "Two-sided quotes"),
    Capability.INQUIRIES: mark("Capability", "Quote inquiries"),
    Capability.COMBINATIONS: mark("Capability", "Combination strategies"),
    Capability.EXERCISE: mark("Capability", "Exercise"),
    Capability.QUERIES: mark("Capability", "Queries to the counter"),
}
NOTICE_KIND_WORDS: dict[StrEnum, str] = {
    NoticeKind.SUSPENSION: mark("NoticeKind", "Halt"),
    NoticeKind.RESUMPTION: mark("NoticeKind", "Resume"),
    NoticeKind.LISTING: mark("NoticeKind", "Listing"),
    NoticeKind.EX_RIGHT: mark("NoticeKind", "Adjusted"),
    NoticeKind.EXPIRY: mark("NoticeKind", "Expiry"),
    NoticeKind.BREAKER: mark("NoticeKind", "Breaker"),
    NoticeKind.OPEN_RESTRICTION: mark("NoticeKind", "Restricted"),
    NoticeKind.SESSION: mark("NoticeKind", "Session"),
    NoticeKind.INQUIRY: mark("NoticeKind", "Inquiry"),
    NoticeKind.INSTRUCTOR: mark("NoticeKind", "Instructor"),
}
ALARM_KIND_WORDS: dict[StrEnum, str] = {
    AlarmKind.REPORT_DOES_NOT_FIT: mark("AlarmKind", "A report does not fit its order"),
    AlarmKind.RECONCILIATION: mark("AlarmKind", "A position differs from the counter's"),
    AlarmKind.JOURNAL: mark("AlarmKind", "The journal cannot be written: no new orders; cancels still go out"),
    AlarmKind.OBSERVER_STOPPED: mark("AlarmKind", "A part of the screen failed and was stopped"),
    AlarmKind.BAD_MARKET_DATA: mark("AlarmKind", "Market data were refused"),
    AlarmKind.UNORDERED_EXECUTION: mark("AlarmKind", "Executed though nobody here ordered it"),
    AlarmKind.ORDER_IN_DOUBT: mark("AlarmKind", "State of an order unknown, the venue is being asked"),
    AlarmKind.INSTRUCTION_IN_DOUBT: mark("AlarmKind", "No answer to an instruction, the counter is being asked"),
    AlarmKind.VENUE_REFUSED: mark("AlarmKind", "The venue refused a command"),
    AlarmKind.CURVES_NOT_SAVED: mark("AlarmKind", "The published curve is in force but could not be saved"),
    AlarmKind.QUOTE_IN_DOUBT: mark("AlarmKind", "State of quotes unknown, the venue is being asked"),
    AlarmKind.PROTECTION: mark("AlarmKind", "A protection pulled quotes or stopped trading"),
    AlarmKind.MESSAGE_RATE: mark("AlarmKind", "Orders and cancels come near their limit"),
    AlarmKind.STRATEGY_STOPPED: mark("AlarmKind", "A strategy was stopped"),
    AlarmKind.RISK_VALUE: mark("AlarmKind", "The risk value nears its limit: share, loss at worst, limit"),
    AlarmKind.INQUIRY_UNANSWERED: mark("AlarmKind", "An inquiry is about to be missed: contract, seconds left"),
}
FORCED_CAUSE_WORDS: dict[StrEnum, str] = {
    ForcedCause.MARGIN: mark("ForcedCause", "Forced: margin"),
    ForcedCause.COVERED: mark("ForcedCause", "Forced: cover"),
    ForcedCause.OTHER: mark("ForcedCause", "Not ordered"),
}
REASON_WORDS: dict[StrEnum, str] = {
    Reason.UNKNOWN_CONTRACT: mark("Reason", "This contract is not listed today"),
    Reason.PHASE_CLOSED: mark("Reason", "No orders are taken in this trading phase"),
    Reason.ORDER_TYPE_NOT_NOW: mark("Reason", "This order type is not taken in this trading phase"),
    Reason.PRICE_LIMIT: mark("Reason", "The price lies outside the day's limits"),
    Reason.PRICE_TICK: mark("Reason", "The price is not a multiple of the tick"),
    Reason.QUANTITY_RANGE: mark("Reason", "The quantity is outside what one order may have"),
    Reason.QUANTITY_LOT: mark("Reason", "The quantity is not a multiple of the lot"),
    Reason.NO_OPPOSITE_SIDE: mark("Reason", "There is no price on the opposite side"),
    Reason.FILL_OR_KILL: mark("Reason", "The whole quantity could not trade at once"),
    Reason.REMAINDER_CANCELLED: mark("Reason", "What could not trade at once was cancelled"),
    Reason.DUPLICATE_ORDER_ID: mark("Reason", "An order with this number is already there"),
    Reason.SUSPENDED: mark("Reason", "The contract is suspended"),
    Reason.OPENING_RESTRICTED: mark("Reason", "Opening is restricted; closing and covered opening are allowed"),
    Reason.MALFORMED: mark("Reason", "The venue could not read the instruction"),
    Reason.UNKNOWN_ORDER: mark("Reason", "The venue does not know this order"),
    Reason.NOT_CANCELLABLE: mark("Reason", "The order is already final"),
    Reason.DUPLICATE_CANCEL: mark("Reason", "The order is being cancelled already"),
    Reason.CANCEL_WINDOW: mark("Reason", "Orders cannot be cancelled in these minutes of the auction"),
    Reason.CANCELLED_BY_USER: mark("Reason", "Cancelled by the user"),
    Reason.CANCELLED_ON_DISCONNECT: mark("Reason", "Cancelled by the venue because the line was lost"),
    Reason.DAY_ENDED: mark("Reason", "The trading day has ended"),
    Reason.SELF_TRADE: mark("Reason", "It would trade with an order of the same account"),
    Reason.NOT_A_MAKER: mark("Reason", "The participant is not registered to quote this underlying"),
    Reason.QUOTE_CROSSED: mark("Reason", "The bid of a quote must lie below its ask"),
    Reason.QUOTE_SIZE: mark("Reason", "The size of a quote is outside what is allowed"),
    Reason.QUOTE_SPREAD: mark("Reason", "The spread of a quote is wider than the maker's obligation allows"),
    Reason.QUOTE_TWO_SIDED: mark("Reason", "A quote needs a price and a size on both sides"),
    Reason.QUOTE_COUNT: mark("Reason", "The mass quote does not hold as many quotes as it says"),
    Reason.QUOTE_REPLACED: mark("Reason", "Replaced by a newer quote"),
    Reason.QUOTE_SIDE: mark("Reason", "It is a side of a quote, which is cancelled as a whole"),
    Reason.DUPLICATE_QUOTE_ID: mark("Reason", "A quote with this number is already there"),
    Reason.UNKNOWN_QUOTE: mark("Reason", "There is no such live quote"),
    Reason.INQUIRY_INTERVAL: mark("Reason", "The last inquiry for this contract was too short a time ago"),
    Reason.INQUIRY_NOT_NEEDED: mark("Reason", "The book's spread is narrow already: no inquiry is needed"),
    Reason.DUPLICATE_INQUIRY_ID: mark("Reason", "An inquiry with this number is already there"),
    Reason.UNKNOWN_INQUIRY: mark("Reason", "There is no such inquiry for this contract"),
    Reason.UNKNOWN_ACCOUNT: mark("Reason", "The counter does not know this account"),
    Reason.FUNDS: mark("Reason", "Not enough funds"),
    Reason.POSITION: mark("Reason", "Not enough position to close"),
    Reason.COVERED_SHARES: mark("Reason", "Not enough locked shares to cover"),
    Reason.COVERED_CALLS_ONLY: mark("Reason", "Only calls can be covered with shares"),
    Reason.SHARES: mark("Reason", "Not enough shares"),
    Reason.TIER: mark("Reason", "The account's trading level does not allow this instruction"),
    Reason.RESTRICTED: mark("Reason", "The account may only close positions"),
    Reason.FORBIDDEN: mark("Reason", "This instruction is forbidden to the account"),
    Reason.LIMIT_RIGHT_SIDE: mark("Reason", "The limit on long positions would be exceeded"),
    Reason.LIMIT_TOTAL: mark("Reason", "The limit on the total position would be exceeded"),
    Reason.LIMIT_BUY_OPEN: mark("Reason", "The limit on buying to open in one day would be exceeded"),
    Reason.LIMIT_PURCHASE: mark("Reason", "The account's purchase limit would be exceeded"),
    Reason.LIMIT_AMOUNT: mark("Reason", "The limit on the traded amount would be exceeded"),
    Reason.LIMIT_OPEN: mark("Reason", "The limit on opening in one day would be exceeded"),
    Reason.LIMIT_DIRECTION: mark("Reason", "The limit on positions in one direction would be exceeded"),
    Reason.LIMIT_ALL_PRODUCTS: mark("Reason", "The limit over all underlyings would be exceeded"),
    Reason.LIMIT_MEMBER: mark("Reason", "The member's own position limit would be exceeded"),
    Reason.LIMIT_MARGIN_QUOTA: mark("Reason", "The member's quota of opening margin would be exceeded"),
    Reason.CONCENTRATION: mark("Reason", "Too large a part of the contract's open interest"),
    Reason.ORDER_RATE: mark("Reason", "Too many orders in a short time"),
    Reason.CANCEL_RATIO: mark("Reason", "Too many cancels for the orders sent"),
    Reason.ACCOUNT_STATE: mark("Reason", "The account is frozen or may not trade"),
    Reason.NOT_DESIGNATED: mark("Reason", "The account is not designated to this broker"),
    Reason.NOT_FILED: mark("Reason", "Programme trading is not filed for this account"),
    Reason.STATEMENT_UNCONFIRMED: mark("Reason", "The last statement has not been confirmed"),
    Reason.NOT_SETTLED: mark("Reason", "No day of this account has been settled yet"),
    Reason.UNKNOWN_DAY: mark("Reason", "The counter has no records of that day"),
    Reason.UNKNOWN_COMBINATION: mark("Reason", "The account has no such combination"),
    Reason.COMBINATION_LEGS: mark("Reason", "The two positions do not form this combination"),
    Reason.COMBINATION_NEAR_EXPIRY: mark("Reason", "So near expiry this combination is not built any more"),
    Reason.EXERCISE_DAY: mark("Reason", "The contract is not exercised today"),
    Reason.MERGED_LEGS: mark("Reason", "These two contracts are not exercised together"),
    Reason.NOT_CONNECTED: mark("Reason", "No line to the venue, or it is still recovering"),
    Reason.JOURNAL_FAILED: mark("Reason", "It could not be written to the journal and was not sent"),
    Reason.NOT_RECEIVED: mark("Reason", "It never reached the venue"),
    Reason.NOT_SUPPORTED: mark("Reason", "The venue does not offer this"),
    Reason.ORDER_VALUE: mark("Reason", "The order is worth more than one order of this desk may be"),
    Reason.STOPPED: mark("Reason", "Trading was stopped on this desk"),
    Reason.NO_LIMIT_SHEET: mark("Reason", "There is no limit sheet for this, so nothing is allowed"),
    Reason.ORDER_SIZE: mark("Reason", "The quantity is more than one order or quote may have"),
    Reason.NOTIONAL: mark("Reason", "The premium is more than one order or quote may have"),
    Reason.COLLAR_THEORETICAL: mark("Reason", "The price is too far from the theoretical price"),
    Reason.COLLAR_LAST: mark("Reason", "The price is too far from the last price"),
    Reason.NO_REFERENCE_PRICE: mark("Reason", "There is no sound price to compare with"),
    Reason.REPEATED_ORDER: mark("Reason", "The same order was sent a moment ago"),
    Reason.OWN_ORDER: mark("Reason", "It would trade with an order or quote of our own"),
    Reason.CONTRACT_POSITION: mark(
        "Reason", "The position in the contract would pass its limit, working orders counted"
    ),
    Reason.DELTA_LIMIT: mark("Reason", "The delta would pass its limit, working orders counted"),
    Reason.GAMMA_LIMIT: mark("Reason", "The gamma would pass its limit, working orders counted"),
    Reason.VEGA_LIMIT: mark("Reason", "The vega would pass its limit, working orders counted"),
    Reason.MESSAGES_SECOND: mark("Reason", "Too many orders and cancels within a second"),
    Reason.MESSAGES_DAY: mark("Reason", "Too many orders and cancels today"),
    Reason.QUOTES_SECOND: mark("Reason", "Too many quotes within a second"),
    Reason.REPEATED_EXECUTION: mark("Reason", "Executions repeat too fast; a person must look"),
    Reason.STALE_INPUT: mark("Reason", "The market data it rests on are too old"),
    Reason.CROSSED_INPUT: mark("Reason", "The market data it rests on are crossed"),
    Reason.PROTECTION_TRIPPED: mark("Reason", "A market-maker protection has tripped and was not re-armed"),
    Reason.QUOTES_PULLED: mark("Reason", "Quotes are pulled until the cause is over"),
    Reason.SIDE_STOPPED: mark("Reason", "This side is stopped"),
    Reason.EXPIRY_STOPPED: mark("Reason", "This expiry is stopped"),
    Reason.REMINDER_WAITS: mark("Reason", "A reminder waits for its answer; closing and cancelling go on"),
    Reason.NOT_ACKNOWLEDGED: mark("Reason", "A warning of this order was not acknowledged"),
    Reason.REDUCE_ONLY: mark("Reason", "Only what closes a position is allowed"),
    Reason.STRATEGY_STOPPED: mark("Reason", "The strategy is stopped"),
    Reason.BOUGHT_TODAY: mark("Reason", "Shares bought today cannot be sold today"),
}
_WORDS: dict[type, tuple[str, dict[StrEnum, str]]] = {
    Instruction: ("Instruction", INSTRUCTION_WORDS),
    Side: ("Side", SIDE_WORDS),
    PositionEffect: ("PositionEffect", POSITION_EFFECT_WORDS),
    Right: ("Right", RIGHT_WORDS),
    OrderType: ("OrderType", ORDER_TYPE_WORDS),
    OrderStatus: ("OrderStatus", ORDER_STATUS_WORDS),
    PositionSide: ("PositionSide", POSITION_SIDE_WORDS),
    Phase: ("Phase", PHASE_WORDS),
    LinkState: ("LinkState", LINK_STATE_WORDS),
    Capability: ("Capability", CAPABILITY_WORDS),
    NoticeKind: ("NoticeKind", NOTICE_KIND_WORDS),
    AlarmKind: ("AlarmKind", ALARM_KIND_WORDS),
    ForcedCause: ("ForcedCause", FORCED_CAUSE_WORDS),
    Reason: ("Reason", REASON_WORDS),
    InstructionKind: ("InstructionKind", INSTRUCTION_KIND_WORDS),
    AccountState: ("AccountState", ACCOUNT_STATE_WORDS),
    LegRule: ("LegRule", LEG_RULE_WORDS),
    **OBLIGATION_WORDS,
}
#: How the two figures of a denial are to be read; all other reasons say "given, allowed"
_NEEDED = frozenset({Reason.FUNDS, Reason.COVERED_SHARES, Reason.SHARES, Reason.POSITION})
_LIMITED = frozenset(
    {
        Reason.LIMIT_RIGHT_SIDE,
        Reason.LIMIT_TOTAL,
        Reason.LIMIT_BUY_OPEN,
        Reason.LIMIT_PURCHASE,
        Reason.LIMIT_AMOUNT,
        Reason.LIMIT_OPEN,
        Reason.LIMIT_DIRECTION,
        Reason.LIMIT_ALL_PRODUCTS,
        Reason.LIMIT_MEMBER,
        Reason.LIMIT_MARGIN_QUOTA,
        Reason.CONCENTRATION,
        Reason.ORDER_RATE,
        Reason.ORDER_VALUE,
        Reason.ORDER_SIZE,
        Reason.NOTIONAL,
        Reason.CONTRACT_POSITION,
        Reason.DELTA_LIMIT,
        Reason.GAMMA_LIMIT,
        Reason.VEGA_LIMIT,
        Reason.MESSAGES_SECOND,
        Reason.MESSAGES_DAY,
        Reason.QUOTES_SECOND,
        Reason.REPEATED_EXECUTION,
    }
)
#: First words of a denial's detail, see `Denial.field`
_FIELDS = frozenset({"price", "quantity", "amount", "instruction", "contract", "order_type", "account", "underlying"})
_MONTHS = (
    mark("Month", "Jan"),
    mark("Month", "Feb"),
    mark("Month", "Mar"),
    mark("Month", "Apr"),
    mark("Month", "May"),
    mark("Month", "Jun"),
    mark("Month", "Jul"),
    mark("Month", "Aug"),
    mark("Month", "Sep"),
    mark("Month", "Oct"),
    mark("Month", "Nov"),
    mark("Month", "Dec"),
)


def words(member: StrEnum) -> str:
    """The words for a member of any of the enums above. Raises KeyError for an enum that has none."""
    context, table = _WORDS[type(member)]
    return translate(context, table[member])


def reason_sentence(reason: Reason, detail: str = "") -> str:
    """Why something was refused, with the figures of `Denial.detail` or of the venue where there are any."""
    sentence = words(reason)
    figures = _figures_of(reason, detail)
    return (
        translate("Reason", "{sentence} ({figures})").format(sentence=sentence, figures=figures)
        if figures
        else sentence
    )


def denial_sentence(denial: Denial) -> str:
    """A refusal of the desk's own checks."""
    return reason_sentence(denial.reason, denial.detail)


def _figures_of(reason: Reason, detail: str) -> str:
    """`field given | allowed` in words; a venue's free text as it is."""
    text = bounded(detail)
    head, _, allowed = text.partition("|")
    field, _, given = head.strip().partition(" ")
    given, allowed = given.strip(), allowed.strip()
    if field not in _FIELDS:
        return text
    given, allowed = _code_words(given), _code_words(allowed)
    if given and allowed:
        if reason is Reason.ORDER_TYPE_NOT_NOW:
            pattern = translate("Reason", "{given}, phase {allowed}")
        elif reason is Reason.TIER and given.isdigit():
            pattern = translate("Reason", "level {given}, needs level {allowed}")
        elif reason in _NEEDED:
            pattern = translate("Reason", "needed {given}, available {allowed}")
        elif reason in _LIMITED:
            pattern = translate("Reason", "{given}, limit {allowed}")
        else:
            pattern = translate("Reason", "{given}, allowed {allowed}")
        return pattern.format(given=given, allowed=allowed)
    if allowed:
        return translate("Reason", "allowed {allowed}").format(allowed=allowed)
    return given


def _code_words(figure: str) -> str:
    """A phase, instruction, order type, right or rule, named by its code or its code word, in the screen's words."""
    for kind in (Phase, Instruction, OrderType, Right, InstructionKind, AccountState, LegRule):
        if figure in kind.__members__:
            return words(kind[figure])
    coded = next((member for kind in (Instruction, OrderType) for member in kind if member.value == figure), None)
    return words(coded) if coded is not None else figure


def month_words(month: int) -> str:
    """Nov, 11月; for months 1 to 12."""
    return translate("Month", _MONTHS[month - 1])


#: Underlyings whose name in the market is not written in figures and Latin letters
_ENGLISH_NAMES = {"科创50": mark("Underlying", "STAR50"), "科创板50": mark("Underlying", "STAR50 E")}


def underlying_name(underlying: Underlying) -> str:
    """What an underlying is called on screen: the market's own short name, an English one in English."""
    known = _ENGLISH_NAMES.get(underlying.name)
    return translate("Underlying", known) if known is not None else underlying.name


def contract_name(contract: Contract, market: MarketData) -> str:
    """What a contract is called on screen: the market's own short name in Chinese, 50ETF Nov 2.50 Call in English."""
    underlying = market.underlying(contract.underlying)
    strike = f"{contract.strike:.{max(2, decimals_of(contract.strike))}f}"
    if contract.is_adjusted:
        strike += contract.adjustment
    return translate("Contract", "{underlying} {month} {strike} {right}").format(
        name=contract.name,
        underlying=underlying_name(underlying) if underlying is not None else contract.underlying,
        month=month_words(contract.month[1]),
        strike=strike,
        right=words(contract.right),
    )


def expired_name(underlying_code: str, right: Right, strike: Decimal, exercise_day: date, market: MarketData) -> str:
    """What a contract was called that has left the list; its letter, where it was adjusted, is not known any more."""
    underlying = market.underlying(underlying_code)
    name = underlying_name(underlying) if underlying is not None else bounded(underlying_code)
    return translate("Contract", "{underlying} {month} {strike} {right}").format(
        name=short_name(name, right, exercise_day.month, strike),
        underlying=name,
        month=month_words(exercise_day.month),
        strike=f"{strike:.{max(2, decimals_of(strike))}f}",
        right=words(right),
    )


def delivery_name(delivery: Delivery, market: MarketData) -> str:
    """What the contract of a delivery is called: on the morning of E+1 the list has it no more."""
    listed = market.contract(delivery.contract_code)
    if listed is not None:
        return contract_name(listed, market)
    return expired_name(delivery.underlying, delivery.right, delivery.strike, delivery.exercise_day, market)


def name_of(code: str, market: MarketData) -> str:
    """What a contract is called on screen; its code when it is not listed today."""
    contract = market.contract(code)
    return contract_name(contract, market) if contract is not None else bounded(code)


def bounded(text: str) -> str:
    """Text from outside, escaped and cut."""
    safe = ascii_safe(text)
    return safe if len(safe) <= _FIGURE_LENGTH else safe[: _FIGURE_LENGTH - 1] + "…"


def table_not_written(reason: str) -> str:
    """That an export failed, and why."""
    return translate("Export", "The table was not written: {reason}").format(reason=bounded(reason))
