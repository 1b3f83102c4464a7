"""The crowd's own picture of its resting orders: two ladders per contract, kept right by the exchange's events.

Prices are whole ticks. A level's key is its price for asks and the negative price for bids, so on either side the best
level has the lowest key and stands first; what is written for one side holds for both.
"""

from bisect import bisect_left, insort


class Resting:
    """One order of the crowd in a book."""

    __slots__ = ("is_quote", "key", "leaves", "order_id", "participant", "side")

    def __init__(
        self, order_id: int, participant: int, side: int, key: int, leaves: int, is_quote: bool = False
    ) -> None:
        self.order_id = order_id
        self.participant = participant
        self.side = side
        """Place in `RestingOrders.sides`"""
        self.key = key
        self.leaves = leaves
        self.is_quote = is_quote
        """A side of a two-sided quote, which leaves the book as a whole"""


class Ladder:
    """One side of one contract: `keys` ascending, best first; orders of a level in the order they came."""

    __slots__ = ("keys", "levels")

    def __init__(self) -> None:
        self.keys: list[int] = []
        self.levels: dict[int, list[Resting]] = {}

    def quantity(self, key: int) -> int:
        """What rests at a level."""
        return sum([order.leaves for order in self.levels[key]])


class RestingOrders:
    """All resting orders of the crowd. `sides[2 c]` are the bids of contract c, `sides[2 c + 1]` its asks."""

    __slots__ = ("orders", "sides")

    def __init__(self, contract_count: int) -> None:
        self.sides = [Ladder() for _ in range(2 * contract_count)]
        self.orders: dict[int, Resting] = {}

    def add(self, order: Resting) -> None:
        """An order now rests."""
        self.orders[order.order_id] = order
        ladder = self.sides[order.side]
        level = ladder.levels.get(order.key)
        if level is None:
            ladder.levels[order.key] = [order]
            insort(ladder.keys, order.key)
        else:
            level.append(order)

    def fill(self, order_id: int, quantity: int) -> None:
        """Part of an order, or all that was left, has traded; orders that never rested are no concern."""
        order = self.orders.get(order_id)
        if order is not None:
            order.leaves -= quantity
            if order.leaves <= 0:
                self.remove(order_id)

    def remove(self, order_id: int) -> None:
        """An order has left the book."""
        order = self.orders.pop(order_id, None)
        if order is None:
            return
        ladder = self.sides[order.side]
        level = ladder.levels[order.key]
        level.remove(order)
        if not level:
            del ladder.levels[order.key]
            del ladder.keys[bisect_left(ladder.keys, order.key)]
