"""What the desk's services publish on the bus. Past tense; the state is already stored when one is seen."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

import msgspec
import numpy as np
from numpy.typing import NDArray

from terminal.domain.messages import Notice, TradePrint
from terminal.domain.orders import Fill, Order
from terminal.domain.ports import LinkState
from terminal.rules.obligations.inquiries import AnswerEnd


@dataclass(frozen=True, slots=True)
class DayChanged:
    """A new instrument list is in force: every row number held before is void."""


@dataclass(frozen=True, slots=True)
class DayBegan:
    """Another trading day, or another venue's book: reports of what went before count no longer."""

    trading_day: date


class OwnQuoteChanged(msgspec.Struct, frozen=True):
    """One of our quotes went a step, or an order beside it.

    A struct, as a maker's desk makes thousands a second and one of these costs a fifth of a frozen dataclass.
    """

    contract_code: str
    at: datetime
    in_book: bool = True
    """Whether what lies in the book is another: not when a quote is sent or refused"""
    filled: bool = False
    end: AnswerEnd = AnswerEnd.INVALID
    """What ended what is gone, if anything is"""


@dataclass(frozen=True, slots=True)
class InquiriesChanged:
    """An inquiry was opened, answered or is over."""


@dataclass(frozen=True, slots=True)
class QuotesChanged:
    """Rows of `MarketData.quotes` that were overwritten; may repeat."""

    rows: NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class TradesPrinted:
    """Trades of the market, oldest first."""

    trades: tuple[TradePrint, ...]


@dataclass(frozen=True, slots=True)
class PhaseUpdated:
    """A phase began; `code` names one instrument, empty for the market."""

    code: str


@dataclass(frozen=True, slots=True)
class ClockUpdated:
    """The market clock was set: time, speed or how far it is behind."""


@dataclass(frozen=True, slots=True)
class OrderChanged:
    """An order is new or has moved."""

    order: Order


@dataclass(frozen=True, slots=True)
class CurveChanged:
    """A trader's volatility curve was worked on, published or taken back."""

    underlying: str
    expiry: date
    published: bool


@dataclass(frozen=True, slots=True)
class FillBooked:
    """One execution was booked."""

    fill: Fill


@dataclass(frozen=True, slots=True)
class OwnQuotesChanged:
    """What this desk has in the market as two-sided quotes changed in some contracts: `services.quoting` has it."""

    contract_codes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ProtectionChanged:
    """A protection tripped, was re-armed, or a stop was set or lifted: `services.protection` has it."""


@dataclass(frozen=True, slots=True)
class StrategyChanged:
    """A strategy was started, stopped, paused or given other parameters."""

    name: str


@dataclass(frozen=True, slots=True)
class InstructionChanged:
    """An instruction that is no order is new or has its answer."""

    instruction_id: str


@dataclass(frozen=True, slots=True)
class AccountChanged:
    """Funds, positions, holdings, combinations, deliveries, rights or limits are new."""


@dataclass(frozen=True, slots=True)
class NoticeReceived:
    """The venue published a notice."""

    notice: Notice


@dataclass(frozen=True, slots=True)
class LinkChanged:
    """The line to the venue changed."""

    state: LinkState
    detail: str


@dataclass(frozen=True, slots=True)
class LatencyMeasured:
    """Milliseconds: `acknowledgement` from order sent to first answer, `feed` for a heartbeat there and back."""

    feed_ms: float | None
    acknowledgement_ms: float | None


@dataclass(frozen=True, slots=True)
class RecoveryFinished:
    """What a start brought back: counts for one line on screen."""

    orders: int
    fills: int
    working: int
    in_doubt: int
    replayed: int
    """Reports that the venue sent again"""
    instructions: int = 0
    """Those that are no orders"""


class AlarmKind(StrEnum):
    """What an alarm is about."""

    REPORT_DOES_NOT_FIT = "report_does_not_fit"
    RECONCILIATION = "reconciliation"
    JOURNAL = "journal"
    OBSERVER_STOPPED = "observer_stopped"
    BAD_MARKET_DATA = "bad_market_data"
    UNORDERED_EXECUTION = "unordered_execution"
    ORDER_IN_DOUBT = "order_in_doubt"
    INSTRUCTION_IN_DOUBT = "instruction_in_doubt"
    VENUE_REFUSED = "venue_refused"
    CURVES_NOT_SAVED = "curves_not_saved"
    QUOTE_IN_DOUBT = "quote_in_doubt"
    PROTECTION = "protection"
    MESSAGE_RATE = "message_rate"
    STRATEGY_STOPPED = "strategy_stopped"
    INQUIRY_UNANSWERED = "inquiry_unanswered"
    RISK_VALUE = "risk_value"


@dataclass(frozen=True, slots=True)
class AlarmRaised:
    """Something a person must look at. `figures` are short plain texts for the message."""

    kind: AlarmKind
    at: datetime
    figures: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ExpiryChanged:
    """A holding was given up or taken back, or the agreement on automatic exercise has changed."""
