"""The orders of one day (当日委托): which there are, which work, which are on their way to the disk."""

from terminal.domain.orders import Order
from terminal.services.bus import Bus
from terminal.services.events import OrderChanged
from terminal.services.market_data import MarketData


class DayOrders:
    """The newest state of every order of the day, by our id. An order is stored before it is told."""

    def __init__(self, market: MarketData, bus: Bus) -> None:
        self._market = market
        self._bus = bus
        self.all: dict[str, Order] = {}
        """Oldest first"""
        self.that_work: dict[str, Order] = {}
        """Those of them that may still trade and can be cancelled: sides of quotes are not among them"""
        self.quote_sides: set[str] = set()
        """Order ids of quotes that live"""
        self.being_written: dict[str, Order] = {}
        """Orders on their way to the disk, by id"""
        self.revision = 0
        """Counts what changed in orders that work or are on their way"""
        self.counter = 0
        """The newest number given to an order of ours"""

    def working(self, underlying: str | None = None) -> list[Order]:
        """Orders that may still trade, of one underlying if named."""
        return [o for o in self.that_work.values() if self._concerns(o, underlying)]

    def committed(self) -> list[Order]:
        """The working orders and those on their way to the disk: what a limit must count (F89)."""
        writing = self.being_written.values()
        return [
            *self.that_work.values(),
            *(o for o in writing if not o.status.is_final and o.client_order_id not in self.quote_sides),
        ]

    def put(self, order: Order) -> None:
        """Take an order as it stands now."""
        order_id = order.client_order_id
        self.all[order_id] = order
        self.revision += 1
        if order.status.is_final or order_id in self.quote_sides:
            self.that_work.pop(order_id, None)
        else:
            self.that_work[order_id] = order

    def store(self, order: Order) -> None:
        """Take an order as it stands now, and tell it."""
        self.put(order)
        self._bus.publish(OrderChanged(order))

    def note_number(self, client_order_id: str) -> None:
        """Take an order's number as given, so that it is not given twice."""
        self.counter = max(self.counter, _number_of(client_order_id))

    def clear(self) -> None:
        """Forget the orders of an earlier day, but not what is on its way to the disk, nor the numbers given."""
        self.all.clear()
        self.that_work.clear()
        self.quote_sides.clear()
        self.revision += 1

    def _concerns(self, order: Order, underlying: str | None) -> bool:
        contract = self._market.contract(order.contract_code)
        return underlying is None or (contract is not None and contract.underlying == underlying)


def _number_of(client_order_id: str) -> int:
    tail = client_order_id.rpartition("-")[2]
    return int(tail) if tail.isascii() and tail.isdigit() else 0
