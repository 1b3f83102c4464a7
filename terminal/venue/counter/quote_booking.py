"""How entries of quotes and inquiries change the books. Nothing is decided here.

A side of a quote is an order like any other, but for its reports: only its executions are told under its own id, all
else by the quote's report. A side that never traded is forgotten with its quote, so that a maker who quotes all day
leaves reports behind and nothing more.
"""

from collections.abc import Callable
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from terminal.domain.accounts import ZERO
from terminal.domain.errors import IllegalTransition
from terminal.domain.messages import InquiryReport, QuoteReport
from terminal.domain.orders import Instruction, OrderStatus, OrderType, Side
from terminal.domain.quotes import QuoteEntry, QuoteStatus
from terminal.domain.reasons import Reason
from terminal.venue.counter import booking
from terminal.venue.counter import quote_entries as entries
from terminal.venue.counter.quote_state import InquiryState, QuoteState
from terminal.venue.counter.state import AccountState, OrderState, Report

if TYPE_CHECKING:
    from terminal.venue.counter.books import Books


def side_id(quote_id: str, contract_code: str, side: Side) -> str:
    """The client order id of one side."""
    return f"{quote_id}-{contract_code}-{side}"


class QuoteBooking:
    """Applies the entries of `quote_entries` to the books."""

    def __init__(self, books: "Books") -> None:
        self._books = books
        # `Any`, because each method takes its own kind of entry and the key says which
        self.methods: dict[type, Callable[[Any], Report | None]] = {
            entries.QuoteTaken: self._taken,
            entries.QuoteDenied: self._denied,
            entries.QuoteAccepted: self._accepted,
            entries.QuoteRefused: self._refused,
            entries.QuoteEnded: self._ended,
            entries.InquiryTaken: self._inquiry_taken,
            entries.InquiryDenied: self._inquiry_denied,
            entries.InquiryPublished: self._inquiry_published,
            entries.InquiryRefused: self._inquiry_refused,
        }

    # ---- quotes

    def _taken(self, entry: entries.QuoteTaken) -> None:
        books, terms = self._books, entry.terms
        account = books.accounts[entry.account_id]
        bid = self._side(
            account,
            entry,
            entry.number + 1,
            Side.BUY,
            entry.bid_instruction,
            terms.bid_price,
            terms.bid_quantity,
            premium_each=entry.bid_premium_each,
            fee_each=entry.bid_fee_each,
        )
        ask = self._side(
            account,
            entry,
            entry.number + 2,
            Side.SELL,
            entry.ask_instruction,
            terms.ask_price,
            terms.ask_quantity,
            margin_each=entry.ask_margin_each,
            fee_each=entry.ask_fee_each,
        )
        account.quotes[entry.number] = QuoteState(
            account.account_id, entry.quote_id, entry.number, terms.contract_code, bid, ask, entry.inquiry
        )
        account.quote_ids.setdefault(entry.quote_id, entry.number)
        books.quote_owners[entry.number] = account
        books.next_order_id = entry.number + 3

    def _side(
        self,
        account: AccountState,
        entry: entries.QuoteTaken,
        order_id: int,
        side: Side,
        instruction: Instruction,
        price: Decimal,
        quantity: int,
        *,
        premium_each: Decimal = ZERO,
        margin_each: Decimal = ZERO,
        fee_each: Decimal = ZERO,
    ) -> int:
        """Enter a side and hold what it needs; gives its number, 0 where the quote has no such side."""
        if not quantity:
            return 0
        code = entry.terms.contract_code
        order = OrderState(
            account.account_id,
            side_id(entry.quote_id, code, side),
            order_id,
            code,
            instruction,
            OrderType.LIMIT,
            quantity,
            price,
            leaves=quantity,
            premium_each=premium_each,
            margin_each=margin_each,
            fee_each=fee_each,
            quote=entry.number,
        )
        self._books.enter(account, order)
        self._books.orders[order_id] = order
        booking.freeze(account, self._books.member, order, self._books.contracts[code], quantity)
        return order_id

    def _denied(self, entry: entries.QuoteDenied) -> Report:
        account = self._books.accounts[entry.account_id]
        account.quote_ids.setdefault(entry.quote_id, 0)
        return self._tell(
            account,
            entry.quote_id,
            entry.terms,
            QuoteStatus.REFUSED,
            entry.inquiry,
            entry.at,
            entry.reason,
            entry.detail,
        )

    def _accepted(self, entry: entries.QuoteAccepted) -> Report:
        account, quote = self._live(entry.number)
        if quote.accepted:
            raise IllegalTransition(f"quote {quote.number}: accepted twice")
        quote.accepted = True
        account.live_quotes[quote.contract_code] = quote.number
        for number in quote.sides:
            self._books.orders[number].status = OrderStatus.WORKING
        return self._tell_quote(account, quote, QuoteStatus.LIVE, entry.at)

    def _refused(self, entry: entries.QuoteRefused) -> Report:
        account, quote = self._live(entry.number)
        terms = self._terms(quote)
        self._forget(account, quote, OrderStatus.REJECTED)
        return self._tell(
            account, quote.quote_id, terms, QuoteStatus.REFUSED, quote.inquiry, entry.at, entry.reason, entry.detail
        )

    def _ended(self, entry: entries.QuoteEnded) -> Report:
        account, quote = self._live(entry.number)
        terms = self._terms(quote)
        status = QuoteStatus.CANCELLED
        if entry.reason is None:
            status = QuoteStatus.FILLED
        elif entry.reason is Reason.QUOTE_REPLACED:
            status = QuoteStatus.REPLACED
        self._forget(account, quote, OrderStatus.CANCELLED)
        reason = None if status is QuoteStatus.REPLACED else entry.reason
        return self._tell(account, quote.quote_id, terms, status, quote.inquiry, entry.at, reason)

    def _live(self, number: int) -> tuple[AccountState, QuoteState]:
        account = self._books.quote_owners.get(number)
        if account is None:
            raise IllegalTransition(f"quote {number} is over or unknown, nothing can follow")
        return account, account.quotes[number]

    def _forget(self, account: AccountState, quote: QuoteState, status: OrderStatus) -> None:
        """Release what is left of the sides; those that never traded are forgotten, as is the quote."""
        for number in quote.sides:
            order = self._books.orders[number]
            if not order.status.is_final:
                self._books.end(account, order, status)
            if not order.last_sequence:
                del account.orders[order.client_order_id], self._books.orders[number]
        del account.quotes[quote.number], self._books.quote_owners[quote.number]
        if account.live_quotes.get(quote.contract_code) == quote.number:
            del account.live_quotes[quote.contract_code]

    def _terms(self, quote: QuoteState) -> QuoteEntry:
        """The quote with what is left of its sides."""
        bid, ask = self._books.orders.get(quote.bid), self._books.orders.get(quote.ask)
        return QuoteEntry(
            contract_code=quote.contract_code,
            bid_price=_price(bid),
            bid_quantity=bid.leaves if bid else 0,
            ask_price=_price(ask),
            ask_quantity=ask.leaves if ask else 0,
        )

    def _tell_quote(self, account: AccountState, quote: QuoteState, status: QuoteStatus, at: datetime) -> Report:
        return self._tell(account, quote.quote_id, self._terms(quote), status, quote.inquiry, at)

    def _tell(
        self,
        account: AccountState,
        quote_id: str,
        terms: QuoteEntry,
        status: QuoteStatus,
        inquiry: int,
        at: datetime,
        reason: Reason | None = None,
        detail: str = "",
    ) -> Report:
        report = QuoteReport(
            sequence=len(account.reports) + 1,
            quote_id=quote_id,
            contract_code=terms.contract_code,
            status=status,
            bid_order=side_id(quote_id, terms.contract_code, Side.BUY),
            ask_order=side_id(quote_id, terms.contract_code, Side.SELL),
            bid_price=terms.bid_price,
            bid_quantity=terms.bid_quantity,
            ask_price=terms.ask_price,
            ask_quantity=terms.ask_quantity,
            inquiry=inquiry,
            reason=reason,
            reason_detail=detail,
            at=at,
            trading_day=self._books.trading_day,
        )
        account.reports.append(report)
        return report

    # ---- inquiries

    def _inquiry_taken(self, entry: entries.InquiryTaken) -> None:
        account = self._books.accounts[entry.account_id]
        account.inquiries[entry.request_id] = InquiryState(
            entry.request_id, entry.number, entry.contract_code, entry.quantity, entry.at
        )
        self._books.inquirers[entry.number] = (account, entry.request_id)
        self._books.next_order_id = entry.number + 1

    def _inquiry_denied(self, entry: entries.InquiryDenied) -> Report:
        account = self._books.accounts[entry.account_id]
        inquiry = InquiryState(entry.request_id, 0, entry.contract_code, 0, entry.at)
        account.inquiries[entry.request_id] = inquiry
        return self._answer(account, inquiry, entry.at, entry.reason, entry.detail)

    def _inquiry_published(self, entry: entries.InquiryPublished) -> Report:
        account = self._books.accounts[entry.account_id]
        inquiry = account.inquiries[entry.request_id]
        inquiry.published = True
        return self._answer(account, inquiry, entry.at)

    def _inquiry_refused(self, entry: entries.InquiryRefused) -> Report:
        account = self._books.accounts[entry.account_id]
        return self._answer(account, account.inquiries[entry.request_id], entry.at, entry.reason, entry.detail)

    def _answer(
        self,
        account: AccountState,
        inquiry: InquiryState,
        at: datetime,
        reason: Reason | None = None,
        detail: str = "",
    ) -> Report:
        if inquiry.answered:
            raise IllegalTransition(f"inquiry {inquiry.request_id} of {account.account_id} was answered before")
        report = InquiryReport(
            sequence=len(account.reports) + 1,
            request_id=inquiry.request_id,
            contract_code=inquiry.contract_code,
            inquiry=inquiry.number if reason is None else 0,
            reason=reason,
            reason_detail=detail,
            at=at,
            trading_day=self._books.trading_day,
        )
        account.reports.append(report)
        inquiry.answered = report.sequence
        return report


def _price(order: OrderState | None) -> Decimal:
    return ZERO if order is None or order.price is None else order.price
