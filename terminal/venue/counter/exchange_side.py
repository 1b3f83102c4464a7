"""The counter's side towards the exchange: what it says of our orders is booked, each execution once.

Both orders of a trade may be ours. What concerns the crowd, or the whole market, is passed over.
"""

from datetime import datetime
from decimal import Decimal
from typing import assert_never

from terminal.domain.errors import BadInput, IllegalTransition
from terminal.domain.market_data import PRICE_SCALE
from terminal.domain.orders import Instruction, PositionEffect
from terminal.domain.reasons import Denial
from terminal.rules.fees import fill_fee
from terminal.venue.counter.booking import premium_of
from terminal.venue.counter.books import Books
from terminal.venue.counter.day_list import DayList
from terminal.venue.counter.entries import (
    ExternalTraded,
    JournalEntry,
    OrderAccepted,
    OrderCancelled,
    OrderRejected,
    OrderRestated,
    OrderTraded,
)
from terminal.venue.counter.openings import is_id
from terminal.venue.counter.order_messages import cancel_denied
from terminal.venue.counter.quote_events import QuoteEvents
from terminal.venue.counter.result import CounterResult
from terminal.venue.counter.state import POSITION_SIDE, OrderState
from terminal.venue.exchange import messages as exchange

#: No option of this market costs as much, yuan per share
_HIGHEST_PRICE = Decimal(10) ** 9


class ExchangeSide:
    """Takes the events of the exchange, over the day's list and the books."""

    def __init__(self, day: DayList, books: Books) -> None:
        self._day = day
        self._books = books
        self._quotes = QuoteEvents(books)

    def on_exchange(self, event: exchange.ExchangeEvent, now: datetime) -> CounterResult:
        """Book one event of the exchange; what concerns other participants, or the whole market, is passed over.

        Raises IllegalTransition, with the event not booked, when it does not fit the order it names.
        """
        result = CounterResult()
        if isinstance(event, exchange.Traded):
            self._traded(event.buy_order_id, event.buy_participant, event, now, result)
            self._traded(event.sell_order_id, event.sell_participant, event, now, result)
        elif isinstance(event, exchange.PhaseBegan | exchange.DayClosed):
            pass
        elif isinstance(event, exchange.QuotingEvent):
            self._quotes.on_event(event, now, result)
        else:
            self._order_event(event, now, result)
        return result

    def _order_event(
        self,
        event: exchange.Accepted | exchange.Refused | exchange.Restated | exchange.Cancelled | exchange.CancelRefused,
        now: datetime,
        result: CounterResult,
    ) -> None:
        order = self._own(event.order_id, event.participant)
        if order is None:
            return
        entry: JournalEntry
        if isinstance(event, exchange.Accepted):
            entry = OrderAccepted(order_id=order.order_id, at=now)
        elif isinstance(event, exchange.Refused):
            detail = Denial(event.reason, event.field, event.given, event.allowed).detail
            entry = OrderRejected(order_id=order.order_id, reason=event.reason, detail=detail, at=now)
        elif isinstance(event, exchange.Restated):
            _check_leaves(order, event.leaves)
            price = Decimal(event.price) / PRICE_SCALE
            contract = self._day.contracts[order.contract_code]
            premium = self._day.premium_frozen(contract, order.instruction, price)
            entry = OrderRestated(order_id=order.order_id, price=price, premium_each=premium, at=now)
        elif isinstance(event, exchange.Cancelled):
            _check_leaves(order, event.leaves)
            entry = OrderCancelled(order_id=order.order_id, reason=event.reason, at=now)
        elif isinstance(event, exchange.CancelRefused):
            entry = cancel_denied(order, event.reason, now)
        else:
            assert_never(event)
        result.write(self._books, entry, order.account_id)
        self._quotes.end_if_done(order, now, result)

    def book_external(
        self,
        account_id: str,
        execution_id: str,
        contract_code: str,
        instruction: Instruction,
        price: Decimal,
        quantity: int,
        now: datetime,
    ) -> CounterResult:
        """Book an execution nobody ordered (无委托成交), e.g. a forced close; told with `ordered` False (F19).

        The same execution again changes nothing. Raises BadInput for anything unknown, for an id that an order has,
        and for more than the account has to close: cancel its working closing orders first.
        """
        account, contract = self._books.account(account_id), self._day.contract(contract_code)
        known = account.orders.get(execution_id)
        if known is not None and not known.ordered:
            return CounterResult()
        if known is not None or not is_id(execution_id):
            raise BadInput("execution id", execution_id, "an id that no order of the account has")
        if quantity < 1:
            raise BadInput("quantity", quantity, "a whole number of contracts, at least 1")
        if not price.is_finite() or not 0 <= price < _HIGHEST_PRICE or price * PRICE_SCALE % 1:
            raise BadInput("price", price, "a multiple of 0.0001 yuan, not negative")
        if instruction.position_effect is PositionEffect.CLOSE:
            position = account.positions[POSITION_SIDE[instruction]].get(contract_code)
            if position is None or quantity > position.available:
                raise BadInput("quantity", quantity, f"{position.available if position else 0} are there to close")
        elif instruction is Instruction.COVERED_OPEN:
            holding = account.holdings.get(contract.underlying)
            if holding is None or quantity * contract.multiplier > holding.unlockable:
                raise BadInput("quantity", quantity, "no more than locked shares cover")
        result = CounterResult()
        entry = ExternalTraded(
            account_id=account_id,
            execution_id=execution_id,
            contract_code=contract_code,
            instruction=instruction,
            price=price,
            quantity=quantity,
            premium=premium_of(price, contract, quantity),
            fee=fill_fee(self._day.profile.fees, instruction, quantity),
            margin_each=self._day.margin_each(contract, instruction, account.profile),
            at=now,
        )
        result.write(self._books, entry, account_id)
        return result

    def _traded(
        self, order_id: int, participant: int, event: exchange.Traded, now: datetime, result: CounterResult
    ) -> None:
        order = self._own(order_id, participant)
        if order is None or event.trade_id in order.trades:
            return
        contract, price = self._day.contracts[order.contract_code], Decimal(event.price) / PRICE_SCALE
        entry = OrderTraded(
            order_id=order_id,
            trade_id=event.trade_id,
            price=price,
            quantity=event.quantity,
            premium=premium_of(price, contract, event.quantity),
            fee=fill_fee(self._day.profile.fees, order.instruction, event.quantity),
            at=now,
        )
        result.write(self._books, entry, order.account_id)
        self._quotes.end_if_done(order, now, result)

    def _own(self, order_id: int, participant: int) -> OrderState | None:
        """The order an event is about; None for an order of somebody else."""
        order = self._books.orders.get(order_id)
        if order is None or self._books.accounts[order.account_id].participant != participant:
            return None
        return order


def _check_leaves(order: OrderState, leaves: int) -> None:
    """What the exchange says is left must be what we know is left (I3)."""
    if order.leaves != leaves:
        raise IllegalTransition(f"order {order.order_id}: the exchange has {leaves} left, the counter {order.leaves}")
