"""Inquiries (询价): who asks for a quote, whether it may be asked now, and which quotes answer it."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import msgspec

from terminal.domain.reasons import Reason
from terminal.rules.profile import Inquiries as InquiryRules
from terminal.rules.sessions import Entry, takes
from terminal.venue.exchange.instrument import TradedContract
from terminal.venue.exchange.messages import (
    ExchangeEvent,
    InquiryAnswered,
    InquiryPublished,
    InquiryRefused,
    NewQuote,
    RequestQuote,
)
from terminal.venue.exchange.order_checks import is_number, short_figure, yuan
from terminal.venue.exchange.trading import Trading

_MICROSECOND = timedelta(microseconds=1)


class Inquiry(msgspec.Struct, frozen=True):
    """An inquiry of today."""

    inquiry_id: int
    participant: int
    instrument: int
    quantity: int
    asked_at: datetime
    answered_by: tuple[int, ...] = ()
    """Makers who answered, in their order"""


class InquiryBoard:
    """The inquiries of the day, in the order they were asked."""

    __slots__ = ("_by_id", "_last_by", "_rules", "_trading")

    def __init__(self, trading: Trading, rules: InquiryRules) -> None:
        self._trading = trading
        self._rules = rules
        self._by_id: dict[int, Inquiry] = {}
        self._last_by: dict[tuple[int, int], datetime] = {}
        """Newest inquiry of each participant for each contract"""

    def __iter__(self) -> Iterator[Inquiry]:
        """All of them."""
        return iter(self._by_id.values())

    def request(self, command: RequestQuote, events: list[ExchangeEvent]) -> None:
        """Publish an inquiry to the makers, or refuse it."""
        refusal = self._refusal(command)
        if refusal is not None:
            events.append(refusal)
            return
        inquiry = Inquiry(
            command.inquiry_id, command.participant, command.instrument, command.quantity, self._trading.now
        )
        self.put(inquiry)
        self._trading.mark(self._trading.contract(inquiry.instrument))
        events.append(InquiryPublished(inquiry.inquiry_id, inquiry.participant, inquiry.instrument, inquiry.quantity))

    def put(self, inquiry: Inquiry) -> None:
        """Take in an inquiry that was published."""
        self._by_id[inquiry.inquiry_id] = inquiry
        self._last_by[inquiry.participant, inquiry.instrument] = inquiry.asked_at
        self._trading.contract(inquiry.instrument).inquired_at = inquiry.asked_at

    def knows(self, inquiry_id: int, instrument: int) -> bool:
        """Whether that inquiry was published today for that contract."""
        inquiry = self._by_id.get(inquiry_id)
        return inquiry is not None and inquiry.instrument == instrument

    def answer(self, quote: NewQuote, events: list[ExchangeEvent]) -> None:
        """Link a quote that was taken to the inquiry it names; a maker answers once."""
        inquiry = self._by_id[quote.inquiry_id]
        if quote.participant in inquiry.answered_by:
            return
        answered_by = (*inquiry.answered_by, quote.participant)
        self._by_id[inquiry.inquiry_id] = msgspec.structs.replace(inquiry, answered_by=answered_by)
        latency_us = (self._trading.now - inquiry.asked_at) // _MICROSECOND
        events.append(
            InquiryAnswered(inquiry.inquiry_id, quote.quote_id, quote.participant, quote.instrument, latency_us)
        )

    def _refusal(self, command: RequestQuote) -> InquiryRefused | None:
        """The first rule that is broken."""

        def no(reason: Reason, field: str, given: object, allowed: str = "") -> InquiryRefused:
            shown = short_figure(given)
            return InquiryRefused(
                command.inquiry_id, command.participant, command.instrument, reason, field, shown, allowed
            )

        if not is_number(command.inquiry_id) or command.inquiry_id < 1:
            return no(Reason.MALFORMED, "inquiry_id", command.inquiry_id, "a whole number from 1, below 2^63")
        for field in ("participant", "instrument", "quantity"):
            if not is_number(value := getattr(command, field)):
                return no(Reason.MALFORMED, field, value, "a whole number, not negative, below 2^63")
        if not self._trading.is_contract(command.instrument):
            return no(Reason.UNKNOWN_CONTRACT, "contract", command.instrument)
        if command.inquiry_id in self._by_id:
            return no(Reason.DUPLICATE_INQUIRY_ID, "inquiry_id", command.inquiry_id)
        contract = self._trading.contract(command.instrument)
        if contract.suspended:
            return no(Reason.SUSPENDED, "contract", command.instrument)
        if not takes(Entry.INQUIRIES, contract.phase):
            return no(Reason.PHASE_CLOSED, "contract", contract.phase.name)
        quantity = command.quantity
        if quantity and not contract.limit_order_min <= quantity <= contract.limit_order_max:
            allowed = f"{contract.limit_order_min}-{contract.limit_order_max}"
            return no(Reason.QUANTITY_RANGE, "quantity", quantity, allowed)
        last_at = self._last_of(command, contract)
        seconds = self._rules.min_interval_seconds
        if last_at is not None and self._trading.now < last_at + timedelta(seconds=seconds):
            passed = int((self._trading.now - last_at).total_seconds())
            return no(Reason.INQUIRY_INTERVAL, "contract", f"{passed} s", f"{seconds} s")
        return self._not_needed(command, contract)

    def _last_of(self, command: RequestQuote, contract: TradedContract) -> datetime | None:
        """When the inquiry was that this one must keep its distance from."""
        if self._rules.interval_scope == "contract":
            return contract.inquired_at
        return self._last_by.get((command.participant, command.instrument))

    def _not_needed(self, command: RequestQuote, contract: TradedContract) -> InquiryRefused | None:
        """The refusal where the book is narrow already."""
        book = contract.book
        if not book.bids.keys or not book.asks.keys:
            return None
        bid, ask = book.bids.keys[-1], -book.asks.keys[-1]
        widest = max(contract.tick, int(self._rules.narrow_spread * bid))
        if ask - bid > widest:
            return None
        return InquiryRefused(
            command.inquiry_id,
            command.participant,
            command.instrument,
            Reason.INQUIRY_NOT_NEEDED,
            "contract",
            yuan(ask - bid),
            yuan(widest),
        )
