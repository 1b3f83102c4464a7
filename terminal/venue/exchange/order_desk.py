"""Where single orders and cancels come in: checked, matched, and their contract's row marked when it shows."""

from terminal.domain.market_data import DEPTH
from terminal.domain.orders import OrderType
from terminal.domain.reasons import Reason
from terminal.venue.exchange.day_course import DayCourse
from terminal.venue.exchange.messages import CancelOrder, CancelRefused, ExchangeEvent, NewOrder, Refused
from terminal.venue.exchange.order_checks import form_refusal, malformed, refused
from terminal.venue.exchange.quote_book import QuoteBook
from terminal.venue.exchange.trading import Trading

_LIMIT = OrderType.LIMIT


class OrderDesk:
    """Takes orders and cancels of all participants."""

    __slots__ = ("_course", "_quotes", "_trading")

    def __init__(self, trading: Trading, course: DayCourse, quotes: QuoteBook) -> None:
        self._trading = trading
        self._course = course
        self._quotes = quotes

    def enter(self, order: NewOrder, events: list[ExchangeEvent]) -> None:
        """Take an order or refuse it."""
        refusal = malformed(order)
        if refusal is not None:
            events.append(refusal)
            return
        trading = self._trading
        place = order.instrument - trading.first_contract
        if not 0 <= place < len(trading.contracts):
            events.append(refused(order, Reason.UNKNOWN_CONTRACT, "contract", order.instrument))
            return
        contract = trading.contracts[place]
        if order.order_id in trading.order_ids:
            refusal = refused(order, Reason.DUPLICATE_ORDER_ID, "order_id", order.order_id)
        else:
            refusal = form_refusal(order, contract, accepts_orders=trading.moment.accepts_orders)
        if refusal is not None:
            events.append(refusal)
            return
        before = len(events)
        tripped = trading.matcher.enter(order, contract, events)
        if type(events[before]) is not Refused:
            trading.order_ids.add(order.order_id)
        if len(events) != before + 1 or contract.gathering:
            trading.mark(contract)
        elif order.order_type is _LIMIT:
            side = contract.book.side_of(order.side)
            if len(side.keys) <= DEPTH or order.price * side.sign >= side.keys[-DEPTH]:
                trading.mark(contract)
        if tripped:
            trading.mark(contract)
            self._course.trip(contract, events)

    def cancel(self, command: CancelOrder, events: list[ExchangeEvent]) -> None:
        """Take an order out of its book or refuse that."""
        trading = self._trading
        order = trading.matcher.live.get(command.order_id)
        if order is None or order.participant != command.participant:
            gone = order is None and command.order_id in trading.order_ids
            reason: Reason | None = Reason.NOT_CANCELLABLE if gone else Reason.UNKNOWN_ORDER
        elif self._quotes.is_side(command.order_id):
            reason = Reason.QUOTE_SIDE
        else:
            reason = trading.moment.cancel_refusal
        if order is None or reason is not None:
            assert reason is not None
            events.append(CancelRefused(command.order_id, command.participant, reason))
            return
        contract = trading.contracts[order.instrument - trading.first_contract]
        keys = (contract.book.bids if order.is_buy else contract.book.asks).keys
        deep = len(keys) > DEPTH and order.level is not None and order.level.key < keys[-DEPTH]
        if contract.gathering or not deep:
            trading.mark(contract)
        events.append(trading.matcher.cancel(order, contract, command.reason))
