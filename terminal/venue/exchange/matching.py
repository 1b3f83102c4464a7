"""Orders meet: continuous matching (连续竞价) at the resting price, and the execution of a call auction at one price.

The band of the breaker limits continuous matching: no trade outside it prints (rulebook 2.6).
"""

from typing import NamedTuple

from terminal.domain.orders import OrderType, Side
from terminal.domain.reasons import Reason
from terminal.venue.exchange.auction import auction_match
from terminal.venue.exchange.book import BookOrder, BookSide, Level
from terminal.venue.exchange.instrument import TradedContract
from terminal.venue.exchange.messages import Accepted, Cancelled, ExchangeEvent, NewOrder, Restated, Traded
from terminal.venue.exchange.order_checks import refused, yuan
from terminal.venue.exchange.self_trade import Owner, SelfTradeGuards, own_price

_BUY, _SELL = Side.BUY, Side.SELL
_LIMIT, _LIMIT_FOK = OrderType.LIMIT, OrderType.LIMIT_FOK
_MARKET_TO_LIMIT, _MARKET_FOK = OrderType.MARKET_TO_LIMIT, OrderType.MARKET_FOK
#: Below every level's key
_ALL_LEVELS = -(1 << 64)


class Reach(NamedTuple):
    """How much an all-or-nothing order finds, and whether some of it lies outside the breaker's band."""

    enough: bool
    leaves_band: bool


class Matcher:
    """The live orders of all contracts and the day's trade numbers."""

    __slots__ = ("guards", "ioc_levels", "live", "next_trade_id")

    def __init__(self, ioc_levels: int, guards: SelfTradeGuards) -> None:
        self.ioc_levels = ioc_levels
        self.guards = guards
        self.live: dict[int, BookOrder] = {}
        self.next_trade_id = 1

    def enter(self, order: NewOrder, contract: TradedContract, events: list[ExchangeEvent]) -> bool:
        """Match an order and rest, restate or cancel what is left; whether a trade outside the band was due.

        Where orders gather, it rests. Without an opposite side a market order is refused with NO_OPPOSITE_SIDE, and
        one that would meet an order of its owner with SELF_TRADE where that is the owner's guard.
        """
        order_type = order.order_type
        opposite = contract.book.asks if order.side is _BUY else contract.book.bids
        keys = opposite.keys
        if order_type is _LIMIT:
            bound = order.price * opposite.sign
            if not keys or keys[-1] < bound:
                events.append(Accepted(order.order_id, order.participant))
                self._rest(order, contract, order.quantity, order.price)
                return False
        elif order_type is _LIMIT_FOK:
            bound = order.price * opposite.sign
        elif not keys:
            side = "asks" if order.side is _BUY else "bids"
            events.append(
                refused(order, Reason.NO_OPPOSITE_SIDE, "order_type", order_type, f"needs {side} in the book")
            )
            return False
        elif order_type is _MARKET_FOK:
            bound = _ALL_LEVELS
        elif order_type is _MARKET_TO_LIMIT:
            bound = keys[-1]
        else:
            bound = keys[-min(self.ioc_levels, len(keys))]
        owner = self.guards.of(order.participant)
        may_rest = order_type is _LIMIT or order_type is _MARKET_TO_LIMIT
        if owner is not None and owner.rejects:
            met = own_price(owner, contract, opposite, bound, order.quantity, may_rest=may_rest)
            if met is not None:
                events.append(refused(order, Reason.SELF_TRADE, "price", yuan(met)))
                return False
            owner = None
        events.append(Accepted(order.order_id, order.participant))
        if order_type is _LIMIT:
            return self.cross(order, contract, opposite, owner, events)
        if not may_rest and order_type is not OrderType.MARKET_IOC:
            return self._fill_or_kill(order, contract, opposite, bound, owner, events)
        leaves, tripped = self._sweep(order, contract, opposite, bound, owner, events)
        if leaves and may_rest:
            price = bound * opposite.sign
            if tripped and owner is not None:
                self._clear_own(owner, contract, opposite, bound, events)
            self._rest(order, contract, leaves, price)
            events.append(Restated(order.order_id, order.participant, price, leaves))
        elif leaves:
            events.append(Cancelled(order.order_id, order.participant, leaves, Reason.REMAINDER_CANCELLED))
        return tripped

    def cross(
        self,
        order: NewOrder,
        contract: TradedContract,
        opposite: BookSide,
        owner: Owner | None,
        events: list[ExchangeEvent],
    ) -> bool:
        """Match a limit order that is taken and rest what is left; whether a trade outside the band was due.

        Resting orders of `owner` that it meets are taken out.
        """
        bound = order.price * opposite.sign
        leaves, tripped = order.quantity, False
        if not contract.gathering:
            leaves, tripped = self._sweep(order, contract, opposite, bound, owner, events)
        if leaves:
            if owner is not None and (tripped or contract.gathering):
                self._clear_own(owner, contract, opposite, bound, events)
            self._rest(order, contract, leaves, order.price)
        return tripped

    def auction(self, contract: TradedContract, events: list[ExchangeEvent]) -> int:
        """Execute a call auction (集合竞价) on the book as it stands; its price, 0 when nothing traded."""
        book = contract.book
        price, quantity, _, _ = auction_match(book, contract.tick)
        while quantity:
            bid, ask = book.bids.first(), book.asks.first()
            traded = min(quantity, bid.leaves, ask.leaves)
            quantity -= traded
            self._print(contract, price, traded, bid, ask, None, events)
            for order in (bid, ask):
                book.fill(order, traded)
                if not order.leaves:
                    del self.live[order.order_id]
        return price

    def cancel(self, order: BookOrder, contract: TradedContract, reason: Reason) -> Cancelled:
        """Take an order out of its book."""
        del self.live[order.order_id]
        contract.book.remove(order)
        return Cancelled(order.order_id, order.participant, order.leaves, reason)

    def restore(self, order: BookOrder, contract: TradedContract, price: int) -> None:
        """Put an order back at the end of its price, without matching."""
        self.live[order.order_id] = order
        contract.book.add(order, price)

    def _rest(self, order: NewOrder, contract: TradedContract, leaves: int, price: int) -> None:
        is_buy = order.side is _BUY
        resting = BookOrder(order.order_id, order.participant, contract.number, is_buy, leaves, order.closes)
        self.live[order.order_id] = resting
        (contract.book.bids if is_buy else contract.book.asks).add(resting, price)

    def _clear_own(
        self, owner: Owner, contract: TradedContract, opposite: BookSide, bound: int, events: list[ExchangeEvent]
    ) -> None:
        """Take out every order of an owner down to the key `bound`."""
        own = [order for level in opposite.down_to(bound) for order in level if order.participant in owner.members]
        events += [self.cancel(order, contract, Reason.SELF_TRADE) for order in own]

    def _fill_or_kill(
        self,
        order: NewOrder,
        contract: TradedContract,
        opposite: BookSide,
        bound: int,
        owner: Owner | None,
        events: list[ExchangeEvent],
    ) -> bool:
        """Trade all or nothing. An order that would have to leave the band is killed, and trips the breaker."""
        reach = _reach(contract, opposite, bound, order.quantity, owner)
        if reach.enough and not reach.leaves_band:
            self._sweep(order, contract, opposite, bound, owner, events)
            return False
        events.append(Cancelled(order.order_id, order.participant, order.quantity, Reason.FILL_OR_KILL))
        return reach.enough

    def _sweep(
        self,
        order: NewOrder,
        contract: TradedContract,
        opposite: BookSide,
        bound: int,
        owner: Owner | None,
        events: list[ExchangeEvent],
    ) -> tuple[int, bool]:
        """Trade against the levels down to the key `bound`; what is left, and whether the band stopped it."""
        leaves = order.quantity
        keys, live = opposite.keys, self.live
        taker = BookOrder(order.order_id, order.participant, contract.number, order.side is _BUY, leaves, order.closes)
        while leaves and keys and keys[-1] >= bound:
            level = opposite.levels[keys[-1]]
            price = level.price
            resting: BookOrder | None = level.first
            inside = contract.band_low <= price <= contract.band_high
            # Where nothing but the owner's orders stands outside, they go and no trade was due
            if not inside and (owner is None or not _is_own(level, owner)):
                return leaves, True
            while leaves and resting is not None:
                if owner is not None and resting.participant in owner.members:
                    following = resting.next
                    events.append(self.cancel(resting, contract, Reason.SELF_TRADE))
                    resting = following
                    continue
                traded = leaves if leaves < resting.leaves else resting.leaves
                leaves -= traded
                if taker.is_buy:
                    self._print(contract, price, traded, taker, resting, _BUY, events)
                else:
                    self._print(contract, price, traded, resting, taker, _SELL, events)
                if traded < resting.leaves:
                    resting.leaves -= traded
                    level.quantity -= traded
                else:
                    del live[resting.order_id]
                    resting = opposite.take_first(level, resting)
        return leaves, False

    def _print(
        self,
        contract: TradedContract,
        price: int,
        quantity: int,
        buy: BookOrder,
        sell: BookOrder,
        aggressor: Side | None,
        events: list[ExchangeEvent],
    ) -> None:
        """Write one trade to the statistics and the events."""
        trade_id = self.next_trade_id
        self.next_trade_id = trade_id + 1
        # Two opening orders make a position, two closing ones end it, one of each only hands it on
        opened = (0 if sell.closes else quantity) if not buy.closes else (-quantity if sell.closes else 0)
        contract.record(price, quantity, opened)
        events.append(
            Traded(
                trade_id,
                contract.number,
                price,
                quantity,
                buy.order_id,
                buy.participant,
                sell.order_id,
                sell.participant,
                aggressor,
            )
        )


def _reach(contract: TradedContract, opposite: BookSide, bound: int, wanted: int, owner: Owner | None) -> Reach:
    """Look down the opposite side for `wanted` contracts of others than the owner, without trading."""
    leaves_band = False
    for level in opposite.down_to(bound):
        there = level.quantity
        if owner is not None:
            there -= sum(order.leaves for order in level if order.participant in owner.members)
        leaves_band = leaves_band or (there > 0 and not contract.band_low <= level.price <= contract.band_high)
        wanted -= there
        if wanted <= 0:
            return Reach(True, leaves_band)
    return Reach(False, leaves_band)


def _is_own(level: Level, owner: Owner) -> bool:
    return all(order.participant in owner.members for order in level)
