"""Journal entries of two-sided quotes (双边报价) and inquiries (询价). Amounts are yuan per contract."""

from datetime import datetime
from decimal import Decimal

from terminal.domain.accounts import ZERO
from terminal.domain.orders import Instruction
from terminal.domain.quotes import QuoteEntry
from terminal.domain.reasons import Reason
from terminal.venue.counter.entry import Entry


class QuoteTaken(Entry, frozen=True, kw_only=True, gc=False):
    """A quote passed every check and goes to the exchange; both sides hold what they need from now on."""

    account_id: str
    quote_id: str
    number: int
    """What the exchange knows the quote by; the sides' order numbers are the two after it"""
    terms: QuoteEntry
    inquiry: int = 0
    bid_instruction: Instruction
    bid_premium_each: Decimal = ZERO
    bid_fee_each: Decimal = ZERO
    ask_instruction: Instruction
    ask_margin_each: Decimal = ZERO
    ask_fee_each: Decimal = ZERO
    at: datetime


class QuoteDenied(Entry, frozen=True, kw_only=True, gc=False):
    """The counter refused one quote."""

    account_id: str
    quote_id: str
    terms: QuoteEntry
    inquiry: int = 0
    reason: Reason
    detail: str = ""
    at: datetime


class QuoteAccepted(Entry, frozen=True, kw_only=True, gc=False):
    """The exchange took the quote."""

    account_id: str
    number: int
    at: datetime


class QuoteRefused(Entry, frozen=True, kw_only=True, gc=False):
    """The exchange did not take the quote."""

    account_id: str
    number: int
    reason: Reason
    detail: str = ""
    at: datetime


class QuoteEnded(Entry, frozen=True, kw_only=True, gc=False):
    """The quote is over: replaced, taken out, or filled on both sides when there is no reason."""

    account_id: str
    number: int
    reason: Reason | None = None
    at: datetime


class InquiryTaken(Entry, frozen=True, kw_only=True, gc=False):
    """An inquiry goes to the exchange."""

    account_id: str
    request_id: str
    number: int
    contract_code: str
    quantity: int = 0
    at: datetime


class InquiryDenied(Entry, frozen=True, kw_only=True, gc=False):
    """The counter refused an inquiry."""

    account_id: str
    request_id: str
    contract_code: str
    reason: Reason
    detail: str = ""
    at: datetime


class InquiryPublished(Entry, frozen=True, kw_only=True, gc=False):
    """The exchange told the makers."""

    account_id: str
    request_id: str
    at: datetime


class InquiryRefused(Entry, frozen=True, kw_only=True, gc=False):
    """The exchange did not take the inquiry."""

    account_id: str
    request_id: str
    reason: Reason
    detail: str = ""
    at: datetime
