"""What the exchange says of quotes and inquiries of our accounts, booked; that of others is passed over."""

from datetime import datetime
from typing import assert_never

from terminal.domain.errors import IllegalTransition
from terminal.domain.messages import Refused
from terminal.domain.reasons import Denial
from terminal.venue.counter.books import Books
from terminal.venue.counter.quote_entries import (
    InquiryPublished,
    InquiryRefused,
    QuoteAccepted,
    QuoteEnded,
    QuoteRefused,
)
from terminal.venue.counter.result import CounterResult
from terminal.venue.counter.state import OrderState
from terminal.venue.exchange import messages as exchange


class QuoteEvents:
    """Takes quoting events, over the books."""

    def __init__(self, books: Books) -> None:
        self._books = books

    def on_event(self, event: exchange.QuotingEvent, now: datetime, result: CounterResult) -> None:
        """Book one. Raises IllegalTransition, nothing booked, when it does not fit its quote."""
        if isinstance(event, exchange.InquiryAnswered):
            return
        if isinstance(event, exchange.InquiryPublished | exchange.InquiryRefused):
            self._inquiry(event, now, result)
        elif isinstance(event, exchange.QuoteCancelRefused):
            account_id = self._books.participants.get(event.participant)
            if account_id is not None:
                result.tell(account_id, Refused(reason=event.reason))
        else:
            self._quote(event, now, result)

    def end_if_done(self, order: OrderState, now: datetime, result: CounterResult) -> None:
        """Tell the end of a quote of which nothing is left in the book."""
        account = self._books.quote_owners.get(order.quote) if order.quote else None
        if account is None:
            return
        quote = account.quotes[order.quote]
        sides = [self._books.orders[number] for number in quote.sides]
        if quote.accepted and not any(side.leaves for side in sides):
            # Taken out by the guard against self-trades, a side has a reason; both filled have none
            reports = [account.reports[side.last_sequence - 1] for side in sides if side.filled < side.quantity]
            reason = reports[-1].reason if reports else None
            entry = QuoteEnded(account_id=account.account_id, number=quote.number, reason=reason, at=now)
            result.write(self._books, entry, account.account_id)

    def _quote(
        self,
        event: exchange.QuoteAccepted | exchange.QuoteRefused | exchange.QuoteCancelled,
        now: datetime,
        result: CounterResult,
    ) -> None:
        account = self._books.quote_owners.get(event.quote_id)
        if account is None or account.participant != event.participant:
            return
        quote, account_id = account.quotes[event.quote_id], account.account_id
        if isinstance(event, exchange.QuoteAccepted):
            accepted = QuoteAccepted(account_id=account_id, number=quote.number, at=now)
            result.write(self._books, accepted, account_id)
        elif isinstance(event, exchange.QuoteRefused):
            detail = Denial(event.reason, event.field, event.given, event.allowed).detail
            refused = QuoteRefused(
                account_id=account_id, number=quote.number, reason=event.reason, detail=detail, at=now
            )
            result.write(self._books, refused, account_id)
        elif isinstance(event, exchange.QuoteCancelled):
            for number, leaves in ((quote.bid, event.bid_leaves), (quote.ask, event.ask_leaves)):
                known = self._books.orders[number].leaves if number else 0
                if known != leaves:
                    raise IllegalTransition(f"quote {quote.number}: the exchange has {leaves} left, we {known}")
            ended = QuoteEnded(account_id=account_id, number=quote.number, reason=event.reason, at=now)
            result.write(self._books, ended, account_id)
        else:
            assert_never(event)

    def _inquiry(
        self, event: exchange.InquiryPublished | exchange.InquiryRefused, now: datetime, result: CounterResult
    ) -> None:
        account, request_id = self._books.inquirers.get(event.inquiry_id, (None, ""))
        if account is None or account.participant != event.participant:
            return
        account_id = account.account_id
        if isinstance(event, exchange.InquiryPublished):
            published = InquiryPublished(account_id=account_id, request_id=request_id, at=now)
            result.write(self._books, published, account_id)
            return
        detail = Denial(event.reason, event.field, event.given, event.allowed).detail
        refused = InquiryRefused(
            account_id=account_id, request_id=request_id, reason=event.reason, detail=detail, at=now
        )
        result.write(self._books, refused, account_id)
