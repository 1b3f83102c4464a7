"""How the crowd's orders reach the exchange, and how the exchange's answers reach the crowd's own picture.

Every event passes `absorb` exactly once: those of its own commands here, those of others through `Crowd.on_event`.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime

from terminal.domain.contracts import Contract
from terminal.domain.errors import BadInput
from terminal.domain.market_data import PRICE_SCALE, Column
from terminal.domain.orders import OrderType, Side
from terminal.domain.phases import Phase
from terminal.domain.reasons import Reason
from terminal.venue.crowd.resting import Resting, RestingOrders
from terminal.venue.exchange.exchange import Exchange
from terminal.venue.exchange.messages import (
    Accepted,
    AdvanceTime,
    Cancelled,
    CancelOrder,
    CancelRefused,
    ExchangeCommand,
    ExchangeEvent,
    NewOrder,
    PhaseBegan,
    Refused,
    RestingOrder,
    Traded,
)

#: Participants below this are the crowd's
FIRST_OUTSIDER = 1000
#: Far above anything a counter counts to in a day
FIRST_ORDER_ID = 1 << 40
_SIDES = (Side.BUY, Side.SELL)
_LIMIT = OrderType.LIMIT
_STANDS_STILL = (Phase.BREAKER, Phase.HALTED)


class OrderEntry:
    """The crowd's line to the exchange. Contracts are counted from 0, prices are whole ticks."""

    def __init__(self, contracts: Sequence[Contract], first_contract: int) -> None:
        self.resting = RestingOrders(len(contracts))
        self.apart: dict[int, Phase] = {}
        """Instruments in a halt or a breaker's auction"""
        self.refusals: Counter[Reason] = Counter()
        self.next_order_id = FIRST_ORDER_ID
        self._first = first_contract
        self._units = [max(1, int(c.tick_size * PRICE_SCALE)) for c in contracts]
        self._lot = [c.lot for c in contracts]
        self._largest = [c.limit_order_max for c in contracts]
        self._largest_market = [c.market_order_max for c in contracts]
        self._must_close = [c.opening_restricted for c in contracts]
        self._exchange: Exchange | None = None
        self._now: datetime | None = None
        self.events: list[ExchangeEvent] = []

    def begin(self, exchange: Exchange, now: datetime) -> None:
        """Turn to an exchange at a moment; the first time, take in what of ours rests there and what stands still."""
        if exchange is not self._exchange:
            self._exchange = exchange
            self.resting = RestingOrders(len(self._units))
            for order in exchange.resting_orders():
                self._take_up(order)
            for place in range(len(self._units)):
                if (phase := exchange.phase_of(self._first + place)) in _STANDS_STILL:
                    self.apart[self._first + place] = phase
            for number, phase in enumerate(exchange.quote_rows(range(self._first))[:, Column.PHASE].tolist()):
                if phase == ord(Phase.HALTED.value):
                    self.apart[number] = Phase.HALTED
        self._now = now
        self.events = []

    def advance_time(self) -> None:
        """Let phases end that are over, before anybody acts."""
        self.command(AdvanceTime())

    def command(self, command: ExchangeCommand) -> list[ExchangeEvent]:
        """Send a command and take in what came of it."""
        assert self._exchange is not None
        assert self._now is not None
        events = self._exchange.handle(command, self._now)
        self.events += events
        self.absorb(events)
        return events

    def limit(self, side: int, key: int, quantity: int, participant: int, closes: bool) -> int:
        """Enter limit orders for a quantity, split at the largest allowed; gives how many were entered."""
        place = side >> 1
        largest, lot = self._largest[place], self._lot[place]
        if lot > 1:
            quantity = max(lot, quantity - quantity % lot)
        entered = 0
        while quantity > 0:
            size = min(quantity, largest)
            quantity -= size
            entered += 1
            if not self._enter(side, place, key, size, participant, closes):
                break
        return entered

    def market(self, side: int, quantity: int, participant: int, closes: bool) -> None:
        """Enter a market order whose remainder is cancelled."""
        place = side >> 1
        size = min(quantity - quantity % self._lot[place], self._largest_market[place])
        if size < 1:
            return
        order_id = self.next_order_id
        self.next_order_id = order_id + 1
        self.command(
            NewOrder(
                order_id,
                participant,
                self._first + place,
                _SIDES[side & 1],
                OrderType.MARKET_IOC,
                size,
                0,
                closes or self._must_close[place],
            )
        )

    def cancel(self, order: Resting) -> bool:
        """Take an order out of the book; whether the exchange did."""
        assert self._exchange is not None
        assert self._now is not None
        events = self._exchange.handle(CancelOrder(order.order_id, order.participant), self._now)
        self.events += events
        if len(events) == 1 and type(events[0]) is Cancelled:
            self.resting.remove(order.order_id)
            return True
        self.absorb(events)
        return type(events[-1]) is Cancelled

    def absorb(self, events: Iterable[ExchangeEvent]) -> None:
        """Follow what happened: fills, cancels, halts, refusals."""
        resting = self.resting
        for event in events:
            kind = type(event)
            if kind is Accepted:
                continue
            if isinstance(event, Traded):
                if event.buy_participant < FIRST_OUTSIDER:
                    resting.fill(event.buy_order_id, event.quantity)
                if event.sell_participant < FIRST_OUTSIDER:
                    resting.fill(event.sell_order_id, event.quantity)
            elif isinstance(event, Cancelled):
                if event.participant < FIRST_OUTSIDER:
                    resting.remove(event.order_id)
            elif isinstance(event, Refused | CancelRefused):
                if event.participant < FIRST_OUTSIDER:
                    self.refusals[event.reason] += 1
            elif isinstance(event, PhaseBegan) and event.instrument is not None:
                if event.phase in _STANDS_STILL:
                    self.apart[event.instrument] = event.phase
                else:
                    self.apart.pop(event.instrument, None)

    def _enter(self, side: int, place: int, key: int, size: int, participant: int, closes: bool) -> bool:
        assert self._exchange is not None
        assert self._now is not None
        order_id = self.next_order_id
        self.next_order_id = order_id + 1
        price = (key if side & 1 else -key) * self._units[place]
        events = self._exchange.handle(
            NewOrder(
                order_id,
                participant,
                self._first + place,
                _SIDES[side & 1],
                _LIMIT,
                size,
                price,
                closes or self._must_close[place],
            ),
            self._now,
        )
        self.events += events
        if type(events[0]) is Refused:
            self.absorb(events)
            return False
        self.resting.add(Resting(order_id, participant, side, key, size))
        if len(events) > 1:
            self.absorb(events)
        return True

    def _take_up(self, order: RestingOrder) -> None:
        if order.participant >= FIRST_OUTSIDER:
            return
        place = order.instrument - self._first
        ticks, rest = divmod(order.price, self._units[place])
        if rest:
            raise BadInput("resting order", order.price, "a whole number of ticks")
        is_ask = order.side is Side.SELL
        key = ticks if is_ask else -ticks
        self.resting.add(Resting(order.order_id, order.participant, 2 * place + is_ask, key, order.leaves))
        self.next_order_id = max(self.next_order_id, order.order_id + 1)
