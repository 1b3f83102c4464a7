"""What the counter writes down: its state is a function of the day's instrument list and these entries, nothing else.

Live and in recovery the same `Counter.apply` takes them, so what is on disk is what was told. An entry carries the
amounts that were decided, because a rule may change between the day it was written and the day it is read.
"""

from datetime import date, datetime
from decimal import Decimal

import msgspec

from terminal.domain.account_rights import AccountProfile
from terminal.domain.accounts import ZERO, Holding, Position
from terminal.domain.combinations import Combination, CombinationStrategy
from terminal.domain.errors import JournalError, shown
from terminal.domain.instructions import InstructionKind
from terminal.domain.orders import Instruction, OrderType
from terminal.domain.reasons import Reason
from terminal.domain.settlement import Delivery
from terminal.rules.limits import TradingRecord
from terminal.rules.profile import PositionLimits
from terminal.venue.counter.entry import Entry
from terminal.venue.counter.quote_entries import (
    InquiryDenied,
    InquiryPublished,
    InquiryRefused,
    InquiryTaken,
    QuoteAccepted,
    QuoteDenied,
    QuoteEnded,
    QuoteRefused,
    QuoteTaken,
)
from terminal.venue.counter.settlement.entries import AnySettlementEntry


class AccountOpened(Entry, frozen=True, kw_only=True, gc=False):
    """An account begins the day with what it owns. `cash` includes the margin of its positions."""

    account_id: str
    trading_day: date
    participant: int
    cash: Decimal
    holdings: tuple[Holding, ...] = ()
    positions: tuple[Position, ...] = ()
    profile: AccountProfile = AccountProfile()
    record: TradingRecord = TradingRecord()
    own_limits: PositionLimits | None = None
    purchase_limit: Decimal | None = None
    combinations: tuple[Combination, ...] = ()
    deliveries: tuple[Delivery, ...] = ()
    frozen_delivery: Decimal = ZERO
    margin_call: Decimal = ZERO
    statement_unconfirmed: bool = False


class ProfileChanged(Entry, frozen=True, kw_only=True, gc=False):
    """The broker changed during the day what an account may do: state, restrictions, tier, filing, limits."""

    account_id: str
    profile: AccountProfile
    record: TradingRecord = TradingRecord()
    own_limits: PositionLimits | None = None
    purchase_limit: Decimal | None = None
    by: str
    """Who did it"""
    at: datetime


class OrderTaken(Entry, frozen=True, kw_only=True, gc=False):
    """An order passed every check and goes to the exchange; the amounts frozen are per contract, yuan."""

    account_id: str
    client_order_id: str
    order_id: int
    contract_code: str
    instruction: Instruction
    order_type: OrderType
    quantity: int
    price: Decimal | None = None
    premium_each: Decimal = ZERO
    margin_each: Decimal = ZERO
    fee_each: Decimal = ZERO
    ordered: bool = True
    """False for an order of the broker or the clearing house (强行平仓)"""
    at: datetime


class OrderDenied(Entry, frozen=True, kw_only=True, gc=False):
    """The counter refused an order; its id is used up for the day."""

    account_id: str
    client_order_id: str
    contract_code: str
    instruction: Instruction
    order_type: OrderType
    quantity: int
    price: Decimal | None = None
    reason: Reason
    detail: str = ""
    at: datetime


class OrderAccepted(Entry, frozen=True, kw_only=True, gc=False):
    """The exchange took the order."""

    order_id: int
    at: datetime


class OrderRejected(Entry, frozen=True, kw_only=True, gc=False):
    """The exchange did not take the order."""

    order_id: int
    reason: Reason
    detail: str = ""
    at: datetime


class OrderTraded(Entry, frozen=True, kw_only=True, gc=False):
    """Part or all of an order traded; `premium` and `fee` are what is booked, yuan."""

    order_id: int
    trade_id: int
    price: Decimal
    quantity: int
    premium: Decimal
    fee: Decimal
    at: datetime


class OrderRestated(Entry, frozen=True, kw_only=True, gc=False):
    """The remainder of a market-to-limit order rests at `price`; what is frozen for it follows."""

    order_id: int
    price: Decimal
    premium_each: Decimal = ZERO
    at: datetime


class OrderCancelled(Entry, frozen=True, kw_only=True, gc=False):
    """The remainder of an order is gone."""

    order_id: int
    reason: Reason
    at: datetime


class CancelTaken(Entry, frozen=True, kw_only=True, gc=False):
    """A cancel goes to the exchange."""

    order_id: int
    at: datetime


class CancelDenied(Entry, frozen=True, kw_only=True, gc=False):
    """A cancel was refused, by the counter or by the exchange."""

    account_id: str
    client_order_id: str
    reason: Reason
    at: datetime


class Instructed(Entry, frozen=True, kw_only=True, gc=False):
    """An instruction that is no order was carried out or taken for the end of the day; refused when `reason` is given.

    What it moves is decided before it is written: `amount` yuan and `each` yuan per contract, as its kind needs.
    """

    account_id: str
    instruction_id: str
    kind: InstructionKind
    underlying: str = ""
    contract_code: str = ""
    second_code: str = ""
    strategy: CombinationStrategy | None = None
    combination_id: str = ""
    quantity: int = 0
    amount: Decimal = ZERO
    each: Decimal = ZERO
    price: Decimal = ZERO
    fee: Decimal = ZERO
    reason: Reason | None = None
    detail: str = ""
    asked: bool = True
    at: datetime


class ExternalTraded(Entry, frozen=True, kw_only=True, gc=False):
    """An execution nobody ordered (无委托成交), e.g. a forced close, under the exchange's own order id."""

    account_id: str
    execution_id: str
    contract_code: str
    instruction: Instruction
    order_type: OrderType = OrderType.LIMIT
    price: Decimal
    quantity: int
    premium: Decimal
    fee: Decimal
    margin_each: Decimal = ZERO
    at: datetime


JournalEntry = (
    AccountOpened
    | OrderTaken
    | OrderDenied
    | OrderAccepted
    | OrderRejected
    | OrderTraded
    | OrderRestated
    | OrderCancelled
    | CancelDenied
    | Instructed
    | ExternalTraded
    | ProfileChanged
    | CancelTaken
    | QuoteTaken
    | QuoteDenied
    | QuoteAccepted
    | QuoteRefused
    | QuoteEnded
    | InquiryTaken
    | InquiryDenied
    | InquiryPublished
    | InquiryRefused
    | AnySettlementEntry
)

_encoder = msgspec.msgpack.Encoder()
_decoder: msgspec.msgpack.Decoder[JournalEntry] = msgspec.msgpack.Decoder(JournalEntry)


def encode_entry(entry: JournalEntry) -> bytes:
    """The entry as msgpack, for the journal."""
    return _encoder.encode(entry)


def decode_entry(body: bytes) -> JournalEntry:
    """Read an entry back. Raises JournalError for anything that is not one."""
    try:
        return _decoder.decode(body)
    except (msgspec.DecodeError, ValueError, ArithmeticError) as error:
        raise JournalError(f"not an entry of the counter: {shown(error)}") from error
