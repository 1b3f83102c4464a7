"""The counter's side towards the desks: every command is answered, and an order that passes every check goes on.

A repeated id is refused without a report of the order: the first copy lives on, and a desk must not end it (F14).
"""

from datetime import datetime
from typing import assert_never

from terminal.domain import messages
from terminal.domain.errors import ascii_safe, shown
from terminal.domain.reasons import Denial, Reason
from terminal.venue.counter import checks
from terminal.venue.counter.booking import available_funds
from terminal.venue.counter.books import Books
from terminal.venue.counter.charge import Charge
from terminal.venue.counter.day_list import DayList
from terminal.venue.counter.entries import OrderDenied, OrderTaken, SharesInstructed
from terminal.venue.counter.openings import is_id
from terminal.venue.counter.order_messages import cancel_denied, new_order
from terminal.venue.counter.result import CounterResult, DeskEvent
from terminal.venue.counter.state import AccountState, OrderState, Report
from terminal.venue.exchange import messages as exchange

DeskCommand = (
    messages.SubmitOrder | messages.CancelOrder | messages.CancelAll | messages.QueryOrder | messages.LockShares
)

#: Numbers at or beyond this do not fit the wire
_NUMBER_LIMIT = 1 << 63
#: A refused price is repeated in the report unless it is this many powers of ten away from one yuan
_FAR = 18


class DeskSide:
    """Takes the commands of desks, over the day's list and the books."""

    def __init__(self, day: DayList, books: Books) -> None:
        self._day = day
        self._books = books

    def handle(self, account_id: str, command: DeskCommand, now: datetime) -> CounterResult:
        """Answer one command of a desk; orders that pass every check are in `forward`."""
        result = CounterResult()
        account = self._books.accounts.get(account_id)
        if account is None:
            result.events.append(messages.Refused(reason=Reason.UNKNOWN_ACCOUNT, detail=shown(account_id)))
        elif isinstance(command, messages.SubmitOrder):
            self._submit(account, command, now, result)
        elif isinstance(command, messages.CancelOrder):
            self._cancel(account, command, now, result)
        elif isinstance(command, messages.CancelAll):
            self._cancel_all(account, command, result)
        elif isinstance(command, messages.QueryOrder):
            self._query(account, command, now, result)
        elif isinstance(command, messages.LockShares):
            self._lock(account, command, now, result)
        else:
            assert_never(command)
        return result

    def _submit(self, account: AccountState, order: messages.SubmitOrder, now: datetime, result: CounterResult) -> None:
        if not is_id(order.client_order_id) or not -_NUMBER_LIMIT < order.quantity < _NUMBER_LIMIT:
            result.events.append(messages.Refused(reason=Reason.MALFORMED, detail=shown(order.client_order_id)))
            return
        known = account.orders.get(order.client_order_id)
        if known is not None:
            # No report of the order is made of it: the first copy lives on, and the desk must not end it (F14)
            result.events.append(messages.Refused(reason=Reason.DUPLICATE_ORDER_ID, detail=order.client_order_id))
            result.events += _newest_report(account, known)
            return
        contract = self._day.contracts.get(order.contract_code)
        charge = Charge()
        if contract is None:
            denial: Denial | None = Denial(Reason.UNKNOWN_CONTRACT, "contract", shown(order.contract_code, 40))
        else:
            denial = checks.check_form(order, contract)
            if denial is None:
                charge = self._day.charge(contract, order.instruction, order.price)
                denial = checks.check_order(
                    account,
                    order,
                    contract,
                    charge,
                    self._day.profile.limits.institution,
                    available_funds(account, self._books.ledger),
                )
        if denial is not None:
            result.write(self._books, _denied(account, order, denial, now))
            return
        taken = OrderTaken(
            account_id=account.account_id,
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
        result.write(self._books, taken)
        result.forward.append(new_order(self._books.orders[taken.order_id], account, self._day))

    def _cancel(
        self, account: AccountState, command: messages.CancelOrder, now: datetime, result: CounterResult
    ) -> None:
        order = account.orders.get(command.client_order_id)
        if order is None:
            result.events.append(_unknown(command.client_order_id, now))
        elif order.status.is_final:
            result.write(self._books, cancel_denied(order, Reason.NOT_CANCELLABLE, now))
        else:
            result.forward.append(exchange.CancelOrder(order.order_id, account.participant))

    def _cancel_all(self, account: AccountState, command: messages.CancelAll, result: CounterResult) -> None:
        for order_id in account.working:
            underlying = self._day.contracts[self._books.orders[order_id].contract_code].underlying
            if command.underlying in (None, underlying):
                result.forward.append(exchange.CancelOrder(order_id, account.participant))

    def _query(self, account: AccountState, command: messages.QueryOrder, now: datetime, result: CounterResult) -> None:
        order = account.orders.get(command.client_order_id)
        if order is None:
            result.events.append(_unknown(command.client_order_id, now))
        else:
            result.events += _newest_report(account, order)

    def _lock(self, account: AccountState, command: messages.LockShares, now: datetime, result: CounterResult) -> None:
        if not is_id(command.instruction_id) or not -_NUMBER_LIMIT < command.quantity < _NUMBER_LIMIT:
            result.events.append(messages.Refused(reason=Reason.MALFORMED, detail=shown(command.instruction_id)))
            return
        answered = account.instructions.get(command.instruction_id)
        if answered is not None:
            result.events.append(messages.Refused(reason=Reason.DUPLICATE_ORDER_ID, detail=command.instruction_id))
            result.events.append(account.reports[answered - 1])
            return
        denial: Denial | None
        if command.underlying not in self._day.underlyings:
            denial = Denial(Reason.UNKNOWN_CONTRACT, "contract", shown(command.underlying, 40))
        else:
            denial = checks.check_lock_time(self._day.profile, now) or checks.check_shares(account, command)
        entry = SharesInstructed(
            account_id=account.account_id,
            instruction_id=command.instruction_id,
            underlying=ascii_safe(command.underlying)[:40],
            quantity=command.quantity,
            unlock=command.unlock,
            reason=denial.reason if denial else None,
            detail=denial.detail if denial else "",
            at=now,
        )
        result.write(self._books, entry)


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
