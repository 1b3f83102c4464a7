"""What a desk and a venue say to each other: commands go to the venue, events come back.

The same messages cross the loopback link, the journal and a recording, so a day can be replayed from any of them.
Reports that move money or orders carry `sequence`, counted from 1 per account and trading day without a gap; a desk
that reconnects names the last one it has on disk and gets the rest. Everything else is a picture of now and may be
merged. Times are aware datetimes of the market's clock.
"""

from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

import msgspec

from terminal.domain.account_rights import AccountProfile
from terminal.domain.accounts import Funds, Holding, Position
from terminal.domain.combinations import Combination, CombinationStrategy
from terminal.domain.contracts import Contract, Underlying
from terminal.domain.instructions import InstructionKind
from terminal.domain.orders import ExecType, Instruction, OrderType
from terminal.domain.phases import Phase
from terminal.domain.quotes import QuoteEntry, QuoteStatus
from terminal.domain.reasons import Reason
from terminal.domain.settlement import CashMovement, Delivery, Statement

#: Raised whenever a message changes shape; both ends refuse another one (F113)
PROTOCOL = 2


class Capability(StrEnum):
    """What a venue can do; screens grey out what it cannot."""

    ORDERS = "orders"
    LOCK_SHARES = "lock_shares"
    CLOCK_CONTROL = "clock_control"
    QUOTES = "quotes"
    INQUIRIES = "inquiries"
    COMBINATIONS = "combinations"
    EXERCISE = "exercise"
    QUERIES = "queries"


class Message(msgspec.Struct, frozen=True, tag=True, kw_only=True, omit_defaults=True):
    """Base of all; the tag on the wire is the class name."""


# ---- commands: desk to venue


class Hello(Message, frozen=True, kw_only=True):
    """First message of a desk. `last_sequence` of `last_day` in `book_id` is what it has on disk; 0 for nothing."""

    protocol: int
    desk_id: str
    account_id: str
    book_id: str = ""
    last_day: date | None = None
    last_sequence: int = 0


class SubmitOrder(Message, frozen=True, kw_only=True):
    """Enter an order (委托). The venue refuses a `client_order_id` it has seen that day."""

    client_order_id: str
    contract_code: str
    instruction: Instruction
    order_type: OrderType
    quantity: int
    price: Decimal | None = None
    by_program: bool = False
    """Sent by a strategy, not by hand (程序化交易)"""


class CancelOrder(Message, frozen=True, kw_only=True):
    """Cancel what is left of one order (撤单)."""

    client_order_id: str


class CancelAll(Message, frozen=True, kw_only=True):
    """Cancel every working order of the account, of one underlying if named."""

    underlying: str | None = None


class QueryOrder(Message, frozen=True, kw_only=True):
    """Ask what became of an order; answered by its newest report again, or by OrderUnknown."""

    client_order_id: str


class Instruct(Message, frozen=True, kw_only=True):
    """Ask for something that is no order (非交易指令). Which fields count says `domain.instructions.FIELDS`."""

    instruction_id: str
    """The venue refuses one it has seen that day"""
    kind: InstructionKind
    underlying: str = ""
    contract_code: str = ""
    second_code: str = ""
    """The put of a pair; the second leg of a combination"""
    strategy: CombinationStrategy | None = None
    combination_id: str = ""
    quantity: int = 0
    """Contracts, pairs or combinations; shares where only `underlying` is named"""
    amount: Decimal = Decimal(0)
    """Yuan"""


class SubmitQuotes(Message, frozen=True, kw_only=True):
    """Quote both sides of one contract or of many (双边报价, 批量报价); each entry is taken or refused on its own."""

    quote_id: str
    """The venue refuses one it has seen that day"""
    entries: tuple[QuoteEntry, ...]
    inquiry: int = 0
    """Number of the inquiry that this answers; 0 for none"""
    by_program: bool = False
    """Sent by a strategy, not by hand"""


class CancelQuotes(Message, frozen=True, kw_only=True):
    """Take quotes out of the market: of one contract, of one underlying, or all of them."""

    contract_code: str = ""
    underlying: str = ""


class RequestQuote(Message, frozen=True, kw_only=True):
    """Ask the makers for a quote (询价); which side one wants is not told."""

    request_id: str
    contract_code: str
    quantity: int = 0


class QueryKind(StrEnum):
    """What may be asked of the counter (查询)."""

    ACCOUNT = "account"
    """Funds, positions, shares, combinations, deliveries"""
    LIMITS = "limits"
    ORDERS = "orders"
    FILLS = "fills"
    INSTRUCTIONS = "instructions"
    CASH_FLOW = "cash_flow"
    STATEMENT = "statement"
    DAYS = "days"
    """The trading days that can be asked for"""


class Query(Message, frozen=True, kw_only=True):
    """Ask the counter; answered by one Answer. `day` is None for today."""

    query_id: str
    kind: QueryKind
    day: date | None = None


class Resend(Message, frozen=True, kw_only=True):
    """Ask for all sequenced reports after `last_sequence` of the current day."""

    last_sequence: int


class SetClock(Message, frozen=True, kw_only=True):
    """Drive a simulated venue's clock. `speed` 0 pauses; `step_seconds` plays that much market time once."""

    speed: float | None = None
    step_seconds: float | None = None


class Ping(Message, frozen=True, kw_only=True):
    """Heartbeat; answered at once by Pong."""

    number: int


Command = (
    Hello
    | SubmitOrder
    | CancelOrder
    | CancelAll
    | QueryOrder
    | Instruct
    | SubmitQuotes
    | CancelQuotes
    | RequestQuote
    | Query
    | Resend
    | SetClock
    | Ping
)

# ---- events: venue to desk


class Welcome(Message, frozen=True, kw_only=True):
    """Answer to Hello: who the venue is and what it can do."""

    protocol: int
    venue: str
    account_id: str
    capabilities: tuple[Capability, ...]
    trading_day: date
    book_id: str
    """Names the venue's set of accounts; sequences of another book mean nothing here"""
    simulated: bool
    seed: int | None = None


class DayOpened(Message, frozen=True, kw_only=True):
    """The instrument list of a trading day (合约基础信息). Market data numbers count underlyings, then contracts."""

    trading_day: date
    underlyings: tuple[Underlying, ...]
    contracts: tuple[Contract, ...]
    source: str = ""
    """Where the list comes from: generated, or the name of a file"""


class MarketDataBatch(Message, frozen=True, kw_only=True):
    """Newest quotes of instruments that changed: `domain.market_data` rows. May be merged, newest wins."""

    at: datetime
    rows: bytes


class TradePrint(Message, frozen=True, kw_only=True):
    """One trade of the market (逐笔成交). `aggressor` is None in auctions."""

    instrument: int
    price: int
    """Units of 0.0001 yuan"""
    quantity: int
    at: datetime
    aggressor: str | None = None


class TradeBatch(Message, frozen=True, kw_only=True):
    """Trades since the last batch; under load the oldest of a batch may be left out and counted in `skipped`."""

    trades: tuple[TradePrint, ...]
    skipped: int = 0


class PhaseChanged(Message, frozen=True, kw_only=True):
    """A phase began, for the market or for one contract or underlying."""

    phase: Phase
    at: datetime
    ends_at: datetime | None = None
    code: str = ""
    """Contract or underlying; empty for the whole market"""


class ClockChanged(Message, frozen=True, kw_only=True):
    """The simulated clock: market time now and its speed; 0 is paused. `behind` is how far it lags its speed."""

    at: datetime
    speed: float
    behind_seconds: float = 0.0


class NoticeKind(StrEnum):
    """What a notice is about (公告)."""

    SUSPENSION = "suspension"
    RESUMPTION = "resumption"
    LISTING = "listing"
    EX_RIGHT = "ex_right"
    EXPIRY = "expiry"
    BREAKER = "breaker"
    OPEN_RESTRICTION = "open_restriction"
    SESSION = "session"
    INQUIRY = "inquiry"


class Notice(Message, frozen=True, kw_only=True):
    """Something the venue tells everyone. The words are made on screen from `kind` and `figures`."""

    kind: NoticeKind
    at: datetime
    number: int
    """Counts what is posted to everybody; 0 for a notice to some alone"""
    underlying: str = ""
    codes: tuple[str, ...] = ()
    figures: dict[str, str] = {}


class OrderReport(Message, frozen=True, kw_only=True, gc=False):
    """One step of an order (FIX execution report), complete enough to rebuild the order from it alone."""

    sequence: int
    report_id: str
    """Unique per report; a second one with the same id is a duplicate (F09)"""
    account_id: str
    client_order_id: str
    exchange_order_id: str
    exec_type: ExecType
    contract_code: str
    instruction: Instruction
    order_type: OrderType
    quantity: int
    price: Decimal | None = None
    filled_quantity: int = 0
    """Total after this report"""
    last_price: Decimal | None = None
    last_quantity: int = 0
    fee: Decimal = Decimal(0)
    reason: Reason | None = None
    reason_detail: str = ""
    ordered: bool = True
    """False for an execution nobody ordered (无委托成交)"""
    at: datetime
    trading_day: date


class OrderUnknown(Message, frozen=True, kw_only=True):
    """Answer to QueryOrder: never seen."""

    client_order_id: str
    at: datetime


class InstructionReport(Message, frozen=True, kw_only=True):
    """What became of an instruction that is no order. Done, or taken for the end of the day, when `reason` is None.

    The counter tells what it does by itself in the same form, with `asked` False: combinations it released, exercises
    that were invalid, assignments.
    """

    sequence: int
    instruction_id: str
    kind: InstructionKind
    underlying: str = ""
    contract_code: str = ""
    second_code: str = ""
    strategy: CombinationStrategy | None = None
    combination_id: str = ""
    """Given by the exchange when a combination was built (组合流水号)"""
    quantity: int = 0
    amount: Decimal = Decimal(0)
    reason: Reason | None = None
    reason_detail: str = ""
    asked: bool = True
    at: datetime
    trading_day: date


class QuoteReport(Message, frozen=True, kw_only=True):
    """One step of one entry of a quote. Fills of its sides come as OrderReports under `bid_order` and `ask_order`."""

    sequence: int
    quote_id: str
    contract_code: str
    status: QuoteStatus
    bid_order: str
    ask_order: str
    """Order ids of the sides: the quote's id, the contract's code, B or S"""
    bid_price: Decimal
    bid_quantity: int
    """What is left of it"""
    ask_price: Decimal
    ask_quantity: int
    inquiry: int = 0
    reason: Reason | None = None
    reason_detail: str = ""
    at: datetime
    trading_day: date


class InquiryReport(Message, frozen=True, kw_only=True):
    """Answer to RequestQuote: the inquiry's number, or why none was sent on."""

    sequence: int
    request_id: str
    contract_code: str
    inquiry: int = 0
    reason: Reason | None = None
    reason_detail: str = ""
    at: datetime
    trading_day: date


NumberedReport = OrderReport | InstructionReport | QuoteReport | InquiryReport
"""What carries a sequence and must not be missed"""


class InquiryOpened(Message, frozen=True, kw_only=True):
    """Somebody asks the makers for a quote (询价通知); sent to makers alone."""

    inquiry: int
    contract_code: str
    quantity: int = 0
    at: datetime


class AccountReport(Message, frozen=True, kw_only=True):
    """The counter's picture of an account after report `sequence`."""

    sequence: int
    account_id: str
    at: datetime
    funds: Funds
    positions: tuple[Position, ...]
    holdings: tuple[Holding, ...]
    profile: AccountProfile = AccountProfile()
    combinations: tuple[Combination, ...] = ()
    deliveries: tuple[Delivery, ...] = ()
    is_clearing: bool = False
    """The day's end is at work or done: what it nets, delivers and lets lapse no report tells"""


class LimitUse(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One limit of an account and what of it is used, working orders included (限仓, 限购, 限额)."""

    limit: Reason
    """The refusal it would cause"""
    underlying: str = ""
    """Empty for limits over all underlyings"""
    used: Decimal
    allowed: Decimal | None
    """None where the profile says there is none"""


class Answer(Message, frozen=True, kw_only=True):
    """Answer to Query; only what was asked for is filled. `reason` tells why there is nothing."""

    query_id: str
    kind: QueryKind
    day: date
    account: AccountReport | None = None
    limits: tuple[LimitUse, ...] = ()
    orders: tuple[OrderReport, ...] = ()
    """The newest report of each order, or every TRADE report when fills were asked for"""
    instructions: tuple[InstructionReport, ...] = ()
    movements: tuple[CashMovement, ...] = ()
    statement: Statement | None = None
    days: tuple[date, ...] = ()
    left_out: int = 0
    """Oldest rows that did not fit into one message"""
    reason: Reason | None = None


class Recovered(Message, frozen=True, kw_only=True):
    """Everything up to `last_sequence` has been sent again; live reports follow."""

    last_sequence: int


class Pong(Message, frozen=True, kw_only=True):
    """Answer to Ping."""

    number: int
    at: datetime


class Refused(Message, frozen=True, kw_only=True):
    """A command that could not be taken at all: malformed, out of turn, not supported."""

    reason: Reason
    detail: str = ""


Event = (
    Welcome
    | DayOpened
    | MarketDataBatch
    | TradeBatch
    | PhaseChanged
    | ClockChanged
    | Notice
    | OrderReport
    | OrderUnknown
    | InstructionReport
    | QuoteReport
    | InquiryReport
    | InquiryOpened
    | AccountReport
    | Answer
    | Recovered
    | Pong
    | Refused
)
