"""Commands: what a desk says to a venue."""

from datetime import date
from decimal import Decimal
from enum import StrEnum

from terminal.domain.combinations import CombinationStrategy
from terminal.domain.instructions import InstructionKind
from terminal.domain.messages.base import Message
from terminal.domain.messages.training import Inject, JumpTo, ReportScreen, StepTaken
from terminal.domain.orders import Instruction, OrderType
from terminal.domain.quotes import QuoteEntry


class Hello(Message, frozen=True, kw_only=True):
    """First message of a desk. `last_sequence` of `last_day` in `book_id` is what it has on disk; 0 for nothing."""

    protocol: int
    desk_id: str
    account_id: str
    book_id: str = ""
    last_day: date | None = None
    last_sequence: int = 0
    watches: bool = False
    """An instructor's line: it watches a class, drives it and has no account"""


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
    price: Decimal = Decimal(0)
    """The worst price a share may trade at, yuan"""
    by_program: bool = False
    """Sent by a strategy, not by hand"""


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
    | Inject
    | JumpTo
    | StepTaken
    | ReportScreen
)
