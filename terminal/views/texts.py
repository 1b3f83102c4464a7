"""The words for everything the program knows by a code: instructions, states, refusals, phases, notices, alarms.

English stands here, the other languages in `resources/translations`. Figures come from the services as plain text and
are bounded and escaped before they are shown.
"""

from datetime import date
from decimal import Decimal
from enum import StrEnum
from html import escape

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
from terminal.services.known_contracts import Listing
from terminal.services.market_data import MarketData
from terminal.views.formatting import decimals_of
from terminal.views.obligation_words import OBLIGATION_WORDS
from terminal.views.reason_words import REASON_WORDS
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
    Capability.TRADE_SHARES: mark("Capability", "Trading of shares"),
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
_NEEDED = frozenset(
    {
        Reason.FUNDS,
        Reason.COVERED_SHARES,
        Reason.SHARES,
        Reason.BOUGHT_TODAY,
        Reason.FILL_OR_KILL,
        Reason.POSITION,
    }
)
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


def contract_name(contract: Contract, market: Listing) -> str:
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
    """What a contract was called that no list here has named; its letter, where it was adjusted, is not known."""
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
    """What the contract of a delivery is or was called: on the morning of E+1 the list has it no more."""
    known = market.known(delivery.contract_code)
    if known is not None:
        return contract_name(known, market)
    return expired_name(delivery.underlying, delivery.right, delivery.strike, delivery.exercise_day, market)


def name_of(code: str, market: Listing) -> str:
    """What a contract is called on screen, or was on the day looked at; its code when no list has named it."""
    contract = market.known(code)
    return contract_name(contract, market) if contract is not None else bounded(code)


def bounded(text: str) -> str:
    """Text from outside, escaped and cut."""
    safe = ascii_safe(text)
    return safe if len(safe) <= _FIGURE_LENGTH else safe[: _FIGURE_LENGTH - 1] + "…"


def plain_tip(text: str) -> str:
    """A text from outside as a tip: what looks like a page Qt takes for one, and fetches its pictures."""
    return text if "<" not in text else f"<qt>{escape(text).replace(chr(10), '<br>')}</qt>"


def table_not_written(reason: str) -> str:
    """That an export failed, and why."""
    return translate("Export", "The table was not written: {reason}").format(reason=bounded(reason))


def table_written(path: str) -> str:
    """That an export is on disk, and where."""
    return translate("Export", "Written: {path}").format(path=path)


def contract_code_title() -> str:
    """Over the codes of contracts in a file."""
    return translate("Export", "Contract code")


def look_in() -> str:
    """Before the folder in a dialog that asks for a file."""
    return translate("Export", "&Look in:")


def files_of_type() -> str:
    """Before the kinds of files in a dialog that asks for one."""
    return translate("Export", "Files of &type:")
