"""What goes into the exchange and what comes out. Orders are numbers here: an instrument row, a price in 0.0001 yuan.

The exchange knows participants, not accounts: who may afford what is the counter's business.
"""

from dataclasses import dataclass
from datetime import datetime

import msgspec

from terminal.domain.market_data import QuoteRows
from terminal.domain.orders import OrderType, SelfTrade, Side
from terminal.domain.phases import Phase
from terminal.domain.reasons import Reason


class NewOrder(msgspec.Struct, frozen=True, gc=False):
    """Enter an order. `order_id` is unique for the day and given by the sender (counter or crowd)."""

    order_id: int
    participant: int
    instrument: int
    side: Side
    order_type: OrderType
    quantity: int
    price: int = 0
    """Units of 0.0001 yuan; 0 for market orders"""
    closes: bool = False
    """Closing orders rank first at the price limits"""
    covered: bool = False
    """Covered-open stays allowed under an open restriction"""


class CancelOrder(msgspec.Struct, frozen=True, gc=False):
    """Take what is left of an order out of the book; `reason` comes back with the Cancelled."""

    order_id: int
    participant: int
    reason: Reason = Reason.CANCELLED_BY_USER


class AdvanceTime(msgspec.Struct, frozen=True):
    """Nothing but the clock: phases begin and end, auctions match."""


class UnderlyingQuotes(msgspec.Struct, frozen=True):
    """The cash market's newest quotes of the underlyings: whole rows of `domain.market_data`."""

    rows: QuoteRows


class TakeShares(msgspec.Struct, frozen=True, gc=False):
    """Shares that a client has just bought from the asks of an underlying, or sold to its bids."""

    instrument: int
    buys: bool
    quantity: int


class Suspend(msgspec.Struct, frozen=True):
    """Halt an underlying with all its contracts (停牌), or resume; with `instrument`, one contract alone."""

    underlying: str
    resume: bool = False
    instrument: int = -1


class RegisterMaker(msgspec.Struct, frozen=True):
    """Allow a participant to quote the contracts of these underlyings (做市商) and no others; none takes it away."""

    participant: int
    underlyings: tuple[str, ...]


class GuardSelfTrades(msgspec.Struct, frozen=True):
    """Set what happens when orders of these participants would meet (自成交); they count as one owner."""

    participants: tuple[int, ...]
    guard: SelfTrade


class NewQuote(msgspec.Struct, frozen=True):
    """Enter a two-sided quote (双边报价); it takes the place of the participant's live quote in that contract.

    The sides are orders of their own ids in the book. A refused quote leaves the live one as it is.
    """

    quote_id: int
    """Unique for the day and given by the sender, above 0; order ids are counted apart from it"""
    participant: int
    instrument: int
    bid_order_id: int
    ask_order_id: int
    bid_price: int
    """Units of 0.0001 yuan"""
    bid_quantity: int
    ask_price: int
    ask_quantity: int
    bid_closes: bool = False
    ask_closes: bool = False
    inquiry_id: int = 0
    """The inquiry it answers; 0 for none"""


class MassQuote(msgspec.Struct, frozen=True):
    """Many quotes of one participant, each taken or refused on its own (批量报价).

    `total` is how many the sender says there are: when that is not what came, none is taken.
    """

    participant: int
    total: int
    quotes: tuple[NewQuote, ...]


class CancelQuote(msgspec.Struct, frozen=True):
    """Take a participant's live quotes out: of one contract, of one underlying, or all where neither is named."""

    participant: int
    instrument: int | None = None
    underlying: str | None = None
    reason: Reason = Reason.CANCELLED_BY_USER


class RequestQuote(msgspec.Struct, frozen=True):
    """Ask the market makers for a quote (询价); anybody may, and which side is wanted is not said."""

    inquiry_id: int
    """Unique for the day and given by the sender, above 0"""
    participant: int
    instrument: int
    quantity: int = 0
    """0 where it is not said"""


ExchangeCommand = (
    NewOrder
    | CancelOrder
    | AdvanceTime
    | UnderlyingQuotes
    | TakeShares
    | Suspend
    | RegisterMaker
    | GuardSelfTrades
    | NewQuote
    | MassQuote
    | CancelQuote
    | RequestQuote
)


class Accepted(msgspec.Struct, frozen=True, gc=False):
    """The order was taken; trades of the same command follow it."""

    order_id: int
    participant: int


class Refused(msgspec.Struct, frozen=True):
    """The order was not taken. `given` and `allowed` are short figures."""

    order_id: int
    participant: int
    reason: Reason
    field: str = ""
    given: str = ""
    allowed: str = ""


class Traded(msgspec.Struct, frozen=True, gc=False):
    """Two orders met. `trade_id` counts from 1 per day; `aggressor` is None in an auction."""

    trade_id: int
    instrument: int
    price: int
    quantity: int
    buy_order_id: int
    buy_participant: int
    sell_order_id: int
    sell_participant: int
    aggressor: Side | None


class Restated(msgspec.Struct, frozen=True):
    """What is left of a market-to-limit order now rests at `price`."""

    order_id: int
    participant: int
    price: int
    leaves: int


class Cancelled(msgspec.Struct, frozen=True, gc=False):
    """The rest of an order left the book or never entered it."""

    order_id: int
    participant: int
    leaves: int
    reason: Reason


class CancelRefused(msgspec.Struct, frozen=True):
    """The cancel could not be done: unknown order, not the sender's, or a window in which nothing is cancelled."""

    order_id: int
    participant: int
    reason: Reason


class PhaseBegan(msgspec.Struct, frozen=True):
    """A phase began; `instrument` is None for the whole market."""

    phase: Phase
    ends_at: datetime | None
    instrument: int | None = None


class DayClosed(msgspec.Struct, frozen=True):
    """Orders are over for the day: every quote and resting order was cancelled with DAY_ENDED before this.

    The day itself ends later, with the PhaseBegan of CLOSED.
    """


class QuoteAccepted(msgspec.Struct, frozen=True):
    """The quote was taken. Its sides live from here on; the QuoteCancelled of the one it replaced stands before it."""

    quote_id: int
    participant: int
    instrument: int
    bid_order_id: int
    ask_order_id: int


class QuoteRefused(msgspec.Struct, frozen=True):
    """The quote was not taken and the live one stays. `given` and `allowed` are short figures.

    `quote_id` is 0 for a mass quote that holds none.
    """

    quote_id: int
    participant: int
    instrument: int
    reason: Reason
    field: str = ""
    given: str = ""
    allowed: str = ""


class QuoteCancelled(msgspec.Struct, frozen=True):
    """The quote is over, replaced or taken out. What was left of its sides left the book; no Cancelled tells it."""

    quote_id: int
    participant: int
    instrument: int
    bid_order_id: int
    ask_order_id: int
    bid_leaves: int
    ask_leaves: int
    reason: Reason


class QuoteCancelRefused(msgspec.Struct, frozen=True):
    """No quote was taken out: none is live there, or a window in which nothing is cancelled."""

    participant: int
    instrument: int | None
    underlying: str | None
    reason: Reason


class InquiryPublished(msgspec.Struct, frozen=True):
    """The inquiry was taken and goes to the market makers, who are not told who asks."""

    inquiry_id: int
    participant: int
    instrument: int
    quantity: int


class InquiryRefused(msgspec.Struct, frozen=True):
    """The inquiry was not taken. `given` and `allowed` are short figures."""

    inquiry_id: int
    participant: int
    instrument: int
    reason: Reason
    field: str = ""
    given: str = ""
    allowed: str = ""


class InquiryAnswered(msgspec.Struct, frozen=True):
    """A maker's first quote to an inquiry; follows the QuoteAccepted."""

    inquiry_id: int
    quote_id: int
    participant: int
    """The maker"""
    instrument: int
    latency_us: int
    """Market time from the inquiry to the quote, microseconds"""


QuotingEvent = (
    QuoteAccepted
    | QuoteRefused
    | QuoteCancelled
    | QuoteCancelRefused
    | InquiryPublished
    | InquiryRefused
    | InquiryAnswered
)
ExchangeEvent = (
    Accepted | Refused | Traded | Restated | Cancelled | CancelRefused | PhaseBegan | DayClosed | QuotingEvent
)


@dataclass(frozen=True, slots=True)
class RestingOrder:
    """One order in a book, as `Exchange.resting_orders` lists them: price then time, best first."""

    order_id: int
    participant: int
    instrument: int
    side: Side
    price: int
    leaves: int
    closes: bool


@dataclass(frozen=True, slots=True)
class OpeningState:
    """Statistics an instrument starts with when a day is taken up in its middle; prices in 0.0001 yuan."""

    instrument: int
    last: int = 0
    open: int = 0
    high: int = 0
    low: int = 0
    volume: int = 0
    turnover_cents: int = 0
    open_interest: int = 0
    reference: int = 0
    """Breaker's reference price (最近参考价格); 0 is the previous settlement price"""
    halted: bool = False
    """Suspended with its underlying at that moment"""
    breaker_ends_at: datetime | None = None
    """End of the breaker's call auction under way at that moment"""
    closing_price: int = 0
    """Of the closing auction (收盘集合竞价); 0 before it and where nothing traded in it"""
    closing_bid: int = 0
    """Best bid when orders ended; 0 for none"""
    closing_ask: int = 0
