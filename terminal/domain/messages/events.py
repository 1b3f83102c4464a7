"""Events: what a venue says to a desk."""

from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

import msgspec

from terminal.domain.account_rights import AccountProfile
from terminal.domain.accounts import Funds, Holding, Position
from terminal.domain.combinations import Combination, CombinationStrategy
from terminal.domain.contracts import Contract, Underlying
from terminal.domain.instructions import InstructionKind
from terminal.domain.messages.base import REPLAY_BOOK, Capability, Message
from terminal.domain.messages.commands import QueryKind
from terminal.domain.messages.training import ClassOpened, DeskSeen, EventInjected, StepReached
from terminal.domain.orders import ExecType, Instruction, OrderType
from terminal.domain.phases import Phase
from terminal.domain.quotes import QuoteStatus
from terminal.domain.reasons import Reason
from terminal.domain.settlement import CashMovement, Delivery, Statement


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

    @property
    def is_replay(self) -> bool:
        """Whether a recorded day is played (回放): its book is named so."""
        return self.book_id == REPLAY_BOOK or self.book_id.startswith(f"{REPLAY_BOOK}-")


class DayOpened(Message, frozen=True, kw_only=True):
    """The instrument list of a trading day (合约基础信息). Market data numbers count underlyings, then contracts."""

    trading_day: date
    underlyings: tuple[Underlying, ...]
    contracts: tuple[Contract, ...]
    source: str = ""
    """Where the list comes from: generated, or the name of a file"""
    begins_at: datetime | None = None
    """The first moment this market had, where it began within the day: before it nobody owed anything"""


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
    stepping: bool = False
    """Time passes in steps that wait for desks: it runs, though nobody can carry it on"""


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
    INSTRUCTOR = "instructor"
    """Said in a class; the words are in the figures, by language"""


class Notice(Message, frozen=True, kw_only=True):
    """Something the venue tells everyone. The words are made on screen from `kind` and `figures`."""

    kind: NoticeKind
    at: datetime
    number: int
    """Counts what is posted to everybody; 0 for a notice to some alone"""
    underlying: str = ""
    codes: tuple[str, ...] = ()
    figures: dict[str, str] = msgspec.field(default_factory=dict)


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
    """Yuan; of shares traded, what they cost or brought before the fee"""
    price: Decimal = Decimal(0)
    """The worst price shares might trade at"""
    fee: Decimal = Decimal(0)
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
    | ClassOpened
    | StepReached
    | EventInjected
    | DeskSeen
)
