"""What goes into the exchange and what comes out. Orders are numbers here: an instrument row, a price in 0.0001 yuan.

The exchange knows participants, not accounts: who may afford what is the counter's business.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import msgspec

from terminal.domain.market_data import QuoteRows
from terminal.domain.orders import OrderType, Side
from terminal.domain.phases import Phase
from terminal.domain.reasons import Reason


class NewOrder(msgspec.Struct, frozen=True):
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


class CancelOrder(msgspec.Struct, frozen=True):
    """Take what is left of an order out of the book; `reason` comes back with the Cancelled."""

    order_id: int
    participant: int
    reason: Reason = Reason.CANCELLED_BY_USER


class AdvanceTime(msgspec.Struct, frozen=True):
    """Nothing but the clock: phases begin and end, auctions match."""


class UnderlyingQuotes(msgspec.Struct, frozen=True):
    """The cash market's newest quotes of the underlyings: whole rows of `domain.market_data`."""

    rows: QuoteRows


class Suspend(msgspec.Struct, frozen=True):
    """Halt an underlying and all its contracts (停牌), or resume with `resume`."""

    underlying: str
    resume: bool = False


ExchangeCommand = NewOrder | CancelOrder | AdvanceTime | UnderlyingQuotes | Suspend


class Accepted(msgspec.Struct, frozen=True):
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


class Traded(msgspec.Struct, frozen=True):
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


class Cancelled(msgspec.Struct, frozen=True):
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
    """Continuous and closing phases are over; every resting order was cancelled with DAY_ENDED before this."""


ExchangeEvent = Accepted | Refused | Traded | Restated | Cancelled | CancelRefused | PhaseBegan | DayClosed


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


Events = Sequence[ExchangeEvent]
