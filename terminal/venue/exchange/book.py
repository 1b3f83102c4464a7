"""The order book (委托簿) of one contract: two sides, price then time, in whole units of 0.0001 yuan.

Both sides are one class: a level's key is its price times the side's sign, so the best level always has the highest
key and stands last in `keys`. Orders of a level are a linked list, so that a cancel anywhere in it costs the same.
"""

from bisect import bisect_left, insort
from collections.abc import Iterator

from terminal.domain.orders import Side

_BUY = Side.BUY


class BookOrder:
    """One live order; `leaves` is what may still trade."""

    __slots__ = ("closes", "instrument", "is_buy", "leaves", "level", "next", "order_id", "participant", "previous")

    def __init__(self, order_id: int, participant: int, instrument: int, is_buy: bool, leaves: int, closes: bool):
        self.order_id = order_id
        self.participant = participant
        self.instrument = instrument
        self.is_buy = is_buy
        self.leaves = leaves
        self.closes = closes
        self.level: Level | None = None
        self.previous: BookOrder | None = None
        self.next: BookOrder | None = None


class Level:
    """The orders at one price, one at least, first come first; `quantity` is their sum."""

    __slots__ = ("first", "key", "last", "last_closing", "price", "quantity")

    def __init__(self, key: int, price: int, order: BookOrder):
        self.key = key
        self.price = price
        self.quantity = order.leaves
        self.first = order
        self.last = order
        #: Last of the closing orders that rank before the others at a price limit (平仓优先)
        self.last_closing: BookOrder | None = None

    def __iter__(self) -> Iterator[BookOrder]:
        """The orders in the rank they trade in."""
        order: BookOrder | None = self.first
        while order is not None:
            yield order
            order = order.next


class BookSide:
    """One side; `sign` is 1 for bids and -1 for asks. At the `closing_first` prices closing orders rank first."""

    __slots__ = ("closing_first", "keys", "levels", "side", "sign")

    def __init__(self, side: Side, closing_first: tuple[int, ...] = ()):
        self.side = side
        self.sign = 1 if side is Side.BUY else -1
        self.keys: list[int] = []
        self.levels: dict[int, Level] = {}
        self.closing_first = closing_first

    def first(self) -> BookOrder:
        """The order that trades first. Raises IndexError when the side is empty."""
        return next(iter(self.levels[self.keys[-1]]))

    def add(self, order: BookOrder, price: int) -> None:
        """Put an order at the end of its price, or behind the last closing order where those rank first."""
        key = price * self.sign
        level = self.levels.get(key)
        if level is None:
            level = order.level = self.levels[key] = Level(key, price, order)
            if order.closes and price in self.closing_first:
                level.last_closing = order
            keys = self.keys
            if keys and key < keys[-1]:
                insort(keys, key)
            else:
                keys.append(key)
            return
        order.level = level
        level.quantity += order.leaves
        if order.closes and price in self.closing_first:
            self._add_closing(level, order)
            return
        order.previous = last = level.last
        last.next = order
        level.last = order

    def remove(self, order: BookOrder) -> None:
        """Take an order out, and its level when it was the last one there."""
        level = order.level
        if level is None:
            return
        before, after = order.previous, order.next
        order.level = None
        if before is None:
            if after is None:
                self._drop(level)
                return
            level.first = after
            order.next = after.previous = None
        else:
            before.next = after
            order.previous = None
            if after is None:
                level.last = before
            else:
                after.previous = before
                order.next = None
        level.quantity -= order.leaves
        if level.last_closing is order:
            # The order before a closing one is a closing one too, or none
            level.last_closing = before

    def take_first(self, level: Level, order: BookOrder) -> BookOrder | None:
        """Take the first order of the best level out, as each fill in full does; the next one of the level, if any."""
        after = order.next
        order.level = None
        if after is None:
            del self.levels[level.key]
            self.keys.pop()
            return None
        order.next = after.previous = None
        level.first = after
        level.quantity -= order.leaves
        if level.last_closing is order:
            level.last_closing = None
        return after

    def down_to(self, bound: int) -> Iterator[Level]:
        """The levels from the best down to the key `bound`, best first."""
        for key in reversed(self.keys):
            if key < bound:
                return
            yield self.levels[key]

    def __iter__(self) -> Iterator[Level]:
        """Every level, best first."""
        return (self.levels[key] for key in reversed(self.keys))

    def orders(self) -> Iterator[BookOrder]:
        """Every order, price then time."""
        for level in self:
            yield from level

    def _drop(self, level: Level) -> None:
        del self.levels[level.key]
        keys = self.keys
        if keys[-1] == level.key:
            keys.pop()
        else:
            del keys[bisect_left(keys, level.key)]

    def _add_closing(self, level: Level, order: BookOrder) -> None:
        before = level.last_closing
        after = level.first if before is None else before.next
        order.previous, order.next = before, after
        if before is None:
            level.first = order
        else:
            before.next = order
        if after is None:
            level.last = order
        else:
            after.previous = order
        level.last_closing = order


class Book:
    """Both sides of one contract."""

    __slots__ = ("asks", "bids")

    def __init__(self, closing_first: tuple[int, ...] = ()):
        self.bids = BookSide(Side.BUY, closing_first)
        self.asks = BookSide(Side.SELL, closing_first)

    @property
    def is_crossed(self) -> bool:
        """Whether the best bid reaches the best ask: never so while trading is continuous."""
        bids, asks = self.bids.keys, self.asks.keys
        return bool(bids) and bool(asks) and bids[-1] >= -asks[-1]

    def side_of(self, side: Side) -> BookSide:
        """The side an order of that kind rests on."""
        return self.bids if side is _BUY else self.asks

    def add(self, order: BookOrder, price: int) -> None:
        """Put an order on its side."""
        (self.bids if order.is_buy else self.asks).add(order, price)

    def remove(self, order: BookOrder) -> None:
        """Take an order off its side."""
        (self.bids if order.is_buy else self.asks).remove(order)

    def fill(self, order: BookOrder, quantity: int) -> None:
        """Trade part of a resting order; it leaves the book when nothing is left."""
        level = order.level
        if quantity < order.leaves and level is not None:
            order.leaves -= quantity
            level.quantity -= quantity
            return
        self.remove(order)
        order.leaves = 0
