"""The counter's side towards the desks: every command is answered, and an order that passes every check goes on.

A repeated id is refused without a report of the order: the first copy lives on, and a desk must not end it (F14).
"""

from datetime import datetime
from typing import assert_never

from terminal.domain import messages
from terminal.domain.errors import BadInput, ascii_safe, shown
from terminal.domain.instructions import SHARE_TRADES, InstructionKind
from terminal.domain.reasons import Denial, Reason
from terminal.rules.shares import NO_SHARES, ShareBook
from terminal.venue.counter.books import Books
from terminal.venue.counter.charge import Charge
from terminal.venue.counter.checks import OrderChecks, check_form
from terminal.venue.counter.day_list import DayList
from terminal.venue.counter.entries import CancelTaken, OrderDenied, OrderTaken, ProfileChanged
from terminal.venue.counter.instructing import Instructing
from terminal.venue.counter.limit_checks import excess_orders
from terminal.venue.counter.openings import is_id
from terminal.venue.counter.order_messages import cancel_denied, new_order, register_maker
from terminal.venue.counter.quote_side import QuoteSide
from terminal.venue.counter.rates import Rates
from terminal.venue.counter.result import CounterResult, DeskEvent
from terminal.venue.counter.standing import Standing, checked, position_limits
from terminal.venue.counter.state import AccountState, OrderState, Report
from terminal.venue.exchange import messages as exchange

DeskCommand = (
    messages.SubmitOrder
    | messages.CancelOrder
    | messages.CancelAll
    | messages.QueryOrder
    | messages.Instruct
    | messages.SubmitQuotes
    | messages.CancelQuotes
    | messages.RequestQuote
)

#: Numbers at or beyond this do not fit the wire
_NUMBER_LIMIT = 1 << 63
#: A refused price is repeated in the report unless it is this many powers of ten away from one yuan
_FAR = 18
_NO_CHARGE = Charge()


class DeskSide:
    """Takes the commands of desks, over the day's list and the books."""

    def __init__(self, day: DayList, books: Books, rates: Rates) -> None:
        self._day = day
        self._books = books
        self._rates = rates
        self._checks = OrderChecks(day, books)
        self._instructing = Instructing(day, books)
        self._quotes = QuoteSide(day, books, self._checks)

    def handle(
        self, account_id: str, command: DeskCommand, now: datetime, book: ShareBook = NO_SHARES
    ) -> CounterResult:
        """Answer one command of a desk; what passes every check is in `forward`.

        `book` is what the cash market shows now of the underlying that an instruction names.
        """
        result = CounterResult()
        account = self._books.accounts.get(account_id)
        if account is None:
            result.tell(account_id, messages.Refused(reason=Reason.UNKNOWN_ACCOUNT, detail=shown(account_id)))
        elif isinstance(command, messages.SubmitOrder):
            self._submit(account, command, now, result)
        elif isinstance(command, messages.CancelOrder):
            self._cancel(account, command, now, result)
        elif isinstance(command, messages.CancelAll):
            self._cancel_all(account, command, now, result)
        elif isinstance(command, messages.QueryOrder):
            self._query(account, command, now, result)
        elif isinstance(command, messages.Instruct):
            self._instruct(account, command, now, book, result)
        elif isinstance(command, messages.SubmitQuotes):
            self._quotes.submit(account, command, now, result)
        elif isinstance(command, messages.CancelQuotes):
            self._quotes.cancel(account, command, result)
        elif isinstance(command, messages.RequestQuote):
            self._quotes.inquire(account, command, now, result)
        else:
            assert_never(command)
        return result

    def cancel(self, account: AccountState, order: OrderState, now: datetime, result: CounterResult) -> None:
        """Send the cancel of a working order on, unless one is on its way."""
        if order.cancelling:
            return
        entry = CancelTaken(order_id=order.order_id, at=now)
        result.write(self._books, entry, account.account_id)
        self._rates.note(entry)
        result.forward.append(exchange.CancelOrder(order.order_id, account.participant))

    def change_standing(self, account: AccountState, standing: Standing, by: str, now: datetime) -> CounterResult:
        """Write the new standing down and cancel what it no longer allows."""
        kind = account.profile.rights.kind
        if standing.profile.rights.kind is not kind:
            raise BadInput("account kind", standing.profile.rights.kind, f"{kind}, all day")
        standing = checked(standing)
        self._day.margin_group(standing.profile)
        entry = ProfileChanged(
            account_id=account.account_id,
            profile=standing.profile,
            record=standing.record,
            own_limits=standing.own_limits,
            purchase_limit=standing.purchase_limit,
            by=by,
            at=now,
        )
        result = CounterResult()
        result.write(self._books, entry, account.account_id)
        orders = [self._books.orders[number] for number in account.working]
        limits = position_limits(account, self._day.profile.limits)
        gone = {order.order_id for order in excess_orders(account, limits, self._day.contracts, orders)}
        for order in reversed(orders):
            if order.order_id in gone or not self._checks.may_send(account, order):
                self.cancel(account, order, now, result)
        maker = register_maker(account, self._day)
        if maker is not None:
            result.forward.append(maker)
        return result

    def _submit(self, account: AccountState, order: messages.SubmitOrder, now: datetime, result: CounterResult) -> None:
        account_id = account.account_id
        if not is_id(order.client_order_id) or not -_NUMBER_LIMIT < order.quantity < _NUMBER_LIMIT:
            result.tell(account_id, messages.Refused(reason=Reason.MALFORMED, detail=shown(order.client_order_id)))
            return
        known = account.orders.get(order.client_order_id)
        if known is not None:
            # No report of the order is made of it: the first copy lives on, and the desk must not end it (F14)
            refused = messages.Refused(reason=Reason.DUPLICATE_ORDER_ID, detail=order.client_order_id)
            result.tell(account_id, refused, *_newest_report(account, known))
            return
        contract = self._day.contracts.get(order.contract_code)
        charge = _NO_CHARGE
        if contract is None:
            denial: Denial | None = Denial(Reason.UNKNOWN_CONTRACT, "contract", shown(order.contract_code, 40))
        else:
            denial = check_form(order, contract) or self._rates.of(account_id).check(now)
            if denial is None:
                charge = self._day.charge(contract, order.instruction, order.price, account.profile)
                denial = self._checks.check_order(account, order, contract, charge)
        if denial is not None:
            result.write(self._books, _denied(account, order, denial, now), account_id)
            return
        taken = OrderTaken(
            account_id=account_id,
            client_order_id=order.client_order_id,
            order_id=self._books.next_order_id,
            contract_code=order.contract_code,
            instruction=order.instruction,
            order_type=order.order_type,
            quantity=order.quantity,
            price=order.price,
            premium_each=charge.premium_each,
            margin_each=charge.margin_each,
            fee_each=charge.fee_each,
            at=now,
        )
        result.write(self._books, taken, account_id)
        self._rates.note(taken)
        result.forward.append(new_order(self._books.orders[taken.order_id], account, self._day))

    def _cancel(
        self, account: AccountState, command: messages.CancelOrder, now: datetime, result: CounterResult
    ) -> None:
        order = account.orders.get(command.client_order_id)
        if order is None:
            result.tell(account.account_id, _unknown(command.client_order_id, now))
            return
        if order.quote:
            reason = Reason.QUOTE_SIDE
        elif order.status.is_final:
            reason = Reason.NOT_CANCELLABLE
        elif order.cancelling:
            reason = Reason.DUPLICATE_CANCEL
        else:
            self.cancel(account, order, now, result)
            return
        result.write(self._books, cancel_denied(order, reason, now), account.account_id)

    def _cancel_all(
        self, account: AccountState, command: messages.CancelAll, now: datetime, result: CounterResult
    ) -> None:
        for order_id in account.working:
            order = self._books.orders[order_id]
            if command.underlying in (None, self._day.contracts[order.contract_code].underlying):
                self.cancel(account, order, now, result)

    def _query(self, account: AccountState, command: messages.QueryOrder, now: datetime, result: CounterResult) -> None:
        order = account.orders.get(command.client_order_id)
        if order is None:
            result.tell(account.account_id, _unknown(command.client_order_id, now))
        else:
            result.tell(account.account_id, *_newest_report(account, order))

    def _instruct(
        self,
        account: AccountState,
        command: messages.Instruct,
        now: datetime,
        book: ShareBook,
        result: CounterResult,
    ) -> None:
        account_id = account.account_id
        if not is_id(command.instruction_id) or not -_NUMBER_LIMIT < command.quantity < _NUMBER_LIMIT:
            result.tell(account_id, messages.Refused(reason=Reason.MALFORMED, detail=shown(command.instruction_id)))
            return
        answered = account.instructions.get(command.instruction_id)
        if answered is not None:
            refused = messages.Refused(reason=Reason.DUPLICATE_ORDER_ID, detail=command.instruction_id)
            result.tell(account_id, refused, account.reports[answered - 1])
            return
        entry = self._instructing.decide(account, command, now, book)
        result.write(self._books, entry, account_id)
        if entry.kind in SHARE_TRADES and entry.reason is None:
            buys = entry.kind is InstructionKind.BUY_SHARES
            result.forward.append(exchange.TakeShares(self._day.codes.index(entry.underlying), buys, entry.quantity))


def _unknown(client_order_id: str, now: datetime) -> DeskEvent:
    """Answer for an order never seen; what cannot be an id is not repeated at length."""
    if is_id(client_order_id):
        return messages.OrderUnknown(client_order_id=client_order_id, at=now)
    return messages.Refused(reason=Reason.MALFORMED, detail=shown(client_order_id))


def _newest_report(account: AccountState, order: OrderState) -> list[Report]:
    """Empty between taking an order and the exchange's answer."""
    return [account.reports[order.last_sequence - 1]] if order.last_sequence else []


def _denied(account: AccountState, order: messages.SubmitOrder, denial: Denial, now: datetime) -> OrderDenied:
    """The refusal as it is written: what cannot be a code or a price is cut, so that no report carries it on."""
    price = order.price
    if price is not None and (not price.is_finite() or abs(price.adjusted()) > _FAR):
        price = None
    return OrderDenied(
        account_id=account.account_id,
        client_order_id=order.client_order_id,
        contract_code=ascii_safe(order.contract_code)[:40],
        instruction=order.instruction,
        order_type=order.order_type,
        quantity=order.quantity,
        price=price,
        reason=denial.reason,
        detail=denial.detail,
        at=now,
    )
