"""How the crowd's orders reach the exchange, and how the exchange's answers reach the crowd's own picture.

Every event passes `absorb` exactly once: those of its own commands here, those of others through `Crowd.on_event`.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime

from terminal.domain.contracts import Contract
from terminal.domain.errors import BadInput
from terminal.domain.market_data import PRICE_SCALE, Column
from terminal.domain.orders import OrderType, SelfTrade, Side
from terminal.domain.phases import Phase
from terminal.domain.reasons import Reason
from terminal.venue.crowd.resting import Resting, RestingOrders
from terminal.venue.exchange.exchange import Exchange
from terminal.venue.exchange.messages import (
    Accepted,
    AdvanceTime,
    Cancelled,
    CancelOrder,
    CancelQuote,
    CancelRefused,
    ExchangeCommand,
    ExchangeEvent,
    GuardSelfTrades,
    InquiryRefused,
    MassQuote,
    NewOrder,
    NewQuote,
    PhaseBegan,
    QuoteAccepted,
    QuoteCancelled,
    QuoteCancelRefused,
    QuoteRefused,
    Refused,
    RegisterMaker,
    RequestQuote,
    RestingOrder,
    Traded,
)
from terminal.venue.exchange.quote_book import LiveQuote

#: Participants below this are the crowd's
FIRST_OUTSIDER = 1000
#: Takers' participant numbers start here; those of makers lie below, and of quoters just below
FIRST_TAKER = 100
#: Far above anything a counter counts to in a day
FIRST_ORDER_ID = 1 << 40
_SIDES = (Side.BUY, Side.SELL)
_LIMIT = OrderType.LIMIT
_STANDS_STILL = (Phase.BREAKER, Phase.HALTED)


class OrderEntry:
    """The crowd's line to the exchange. Contracts are counted from 0, prices are whole ticks."""

    def __init__(self, contracts: Sequence[Contract], first_contract: int, quoters: int) -> None:
        self.resting = RestingOrders(len(contracts))
        self.apart: dict[int, Phase] = {}
        """Instruments in a halt or a breaker's auction"""
        self.refusals: Counter[Reason] = Counter()
        self.next_order_id = FIRST_ORDER_ID
        self.first_contract = first_contract
        self._units = [max(1, int(c.tick_size * PRICE_SCALE)) for c in contracts]
        self._lot = [c.lot for c in contracts]
        self._largest = [c.limit_order_max for c in contracts]
        self._largest_quote = min((c.limit_order_max for c in contracts), default=1)
        self._largest_market = [c.market_order_max for c in contracts]
        self._must_close = [c.opening_restricted for c in contracts]
        self.quoters = tuple(range(FIRST_TAKER - quoters, FIRST_TAKER))
        """Participants registered as market makers"""
        self._underlyings = tuple(dict.fromkeys(c.underlying for c in contracts))
        self._quotes: dict[tuple[int, int], LiveQuote] = {}
        """Newest quote by participant and instrument"""
        self._sent: dict[int, NewQuote] = {}
        """Quotes that were not answered yet, by their id"""
        self._exchange: Exchange | None = None
        self._now: datetime | None = None
        self.events: list[ExchangeEvent] = []

    def begin(self, exchange: Exchange, now: datetime) -> None:
        """Turn to an exchange at a moment; the first time, take in what of ours rests there and what stands still."""
        self._now = now
        self.events = []
        if exchange is not self._exchange:
            self._exchange = exchange
            self.resting = RestingOrders(len(self._units))
            quotes = [q for q in exchange.quoting_state().quotes if q.participant < FIRST_OUTSIDER]
            self._quotes = {(quote.participant, quote.instrument): quote for quote in quotes}
            sides = {order_id for quote in quotes for order_id in (quote.bid_order_id, quote.ask_order_id)}
            for order in exchange.resting_orders():
                self._take_up(order, is_quote=order.order_id in sides)
            for place in range(len(self._units)):
                if (phase := exchange.phase_of(self.first_contract + place)) in _STANDS_STILL:
                    self.apart[self.first_contract + place] = phase
            for number, phase in enumerate(exchange.quote_rows(range(self.first_contract))[:, Column.PHASE].tolist()):
                if phase == ord(Phase.HALTED.value):
                    self.apart[number] = Phase.HALTED
            # The crowd's participants trade with each other, as everybody else of a market does
            self.command(GuardSelfTrades(tuple(range(1, FIRST_OUTSIDER)), SelfTrade.ALLOW))
            for participant in self.quoters:
                self.command(RegisterMaker(participant, self._underlyings))

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
                self.first_contract + place,
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
        if order.is_quote:
            self.cancel_quote(order.participant, order.side >> 1)
            return order.order_id not in self.resting.orders
        events = self._exchange.handle(CancelOrder(order.order_id, order.participant), self._now)
        self.events += events
        if len(events) == 1 and type(events[0]) is Cancelled:
            self.resting.remove(order.order_id)
            return True
        self.absorb(events)
        return type(events[-1]) is Cancelled

    # ---- quotes and inquiries

    def quote_at_best(self, contract: int, participant: int, size: int, inquiry_id: int) -> NewQuote | None:
        """A quote of a size a side at the best prices that stand; None where a side is empty or nothing trades."""
        bids, asks = self.resting.sides[2 * contract], self.resting.sides[2 * contract + 1]
        instrument = self.first_contract + contract
        if not bids.keys or not asks.keys or instrument in self.apart:
            return None
        number = self.next_order_id
        # The quote's own number comes from the same row: it is counted apart from those of orders
        self.next_order_id = number + 2
        size = max(1, min(size, self._largest_quote))
        size = max(self._lot[contract], size - size % self._lot[contract])
        closes = self._must_close[contract]
        return NewQuote(
            number,
            participant,
            instrument,
            number,
            number + 1,
            -bids.keys[0] * self._units[contract],
            size,
            asks.keys[0] * self._units[contract],
            size,
            closes,
            closes,
            inquiry_id,
        )

    def spread_share(self, contract: int) -> float:
        """The crowd's own spread in a contract as a fraction of its bid; 0 where a side is empty or nothing trades."""
        bids, asks = self.resting.sides[2 * contract], self.resting.sides[2 * contract + 1]
        if not bids.keys or not asks.keys or self.first_contract + contract in self.apart:
            return 0.0
        return (asks.keys[0] + bids.keys[0]) / -bids.keys[0] if asks.keys[0] + bids.keys[0] > 1 else 0.0

    def is_quoted_at_best(self, participant: int, contract: int) -> bool:
        """Whether both sides of the participant's live quote stand at the best prices."""
        quote = self._quotes.get((participant, self.first_contract + contract))
        if quote is None:
            return False
        orders = self.resting.orders
        bid, ask = orders.get(quote.bid_order_id), orders.get(quote.ask_order_id)
        sides = self.resting.sides
        return (
            bid is not None
            and ask is not None
            and bid.key == sides[2 * contract].keys[0]
            and ask.key == sides[2 * contract + 1].keys[0]
        )

    def quote(self, quote: NewQuote) -> list[ExchangeEvent]:
        """Enter a quote."""
        self._sent[quote.quote_id] = quote
        events = self.command(quote)
        self._sent.clear()
        return events

    def mass_quote(self, participant: int, quotes: Sequence[NewQuote]) -> None:
        """Enter many quotes of one participant."""
        self._sent = {quote.quote_id: quote for quote in quotes}
        self.command(MassQuote(participant, len(quotes), tuple(quotes)))
        self._sent.clear()

    def cancel_quote(self, participant: int, contract: int) -> None:
        """Take a participant's quote in a contract out, if there is one."""
        instrument = self.first_contract + contract
        if (participant, instrument) in self._quotes:
            self.command(CancelQuote(participant, instrument))

    def inquire(self, contract: int, participant: int, quantity: int) -> None:
        """Ask the makers for a quote."""
        inquiry_id = self.next_order_id
        self.next_order_id = inquiry_id + 1
        quantity = min(quantity, self._largest[contract])
        self.command(RequestQuote(inquiry_id, participant, self.first_contract + contract, quantity))

    def _follow_quote(self, event: QuoteAccepted | QuoteCancelled) -> None:
        """Rest the sides of a quote that was taken, or take out those of one that is over."""
        key = (event.participant, event.instrument)
        if isinstance(event, QuoteCancelled):
            self.resting.remove(event.bid_order_id)
            self.resting.remove(event.ask_order_id)
            self._quotes.pop(key, None)
            return
        sent = self._sent[event.quote_id]
        self._quotes[key] = LiveQuote(
            event.quote_id, event.participant, event.instrument, event.bid_order_id, event.ask_order_id
        )
        place = event.instrument - self.first_contract
        unit = self._units[place]
        bid, ask = 2 * place, 2 * place + 1
        for order_id, side, ticks, size in (
            (event.bid_order_id, bid, -(sent.bid_price // unit), sent.bid_quantity),
            (event.ask_order_id, ask, sent.ask_price // unit, sent.ask_quantity),
        ):
            self.resting.add(Resting(order_id, event.participant, side, ticks, size, is_quote=True))

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
            elif isinstance(event, QuoteAccepted | QuoteCancelled):
                if event.participant < FIRST_OUTSIDER:
                    self._follow_quote(event)
            elif isinstance(event, Refused | CancelRefused | QuoteRefused | QuoteCancelRefused | InquiryRefused):
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
                self.first_contract + place,
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

    def _take_up(self, order: RestingOrder, *, is_quote: bool) -> None:
        if order.participant >= FIRST_OUTSIDER:
            return
        place = order.instrument - self.first_contract
        ticks, rest = divmod(order.price, self._units[place])
        if rest:
            raise BadInput("resting order", order.price, "a whole number of ticks")
        is_ask = order.side is Side.SELL
        key = ticks if is_ask else -ticks
        self.resting.add(Resting(order.order_id, order.participant, 2 * place + is_ask, key, order.leaves, is_quote))
        self.next_order_id = max(self.next_order_id, order.order_id + 1)
