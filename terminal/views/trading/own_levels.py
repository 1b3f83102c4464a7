"""What is mine in one contract's book (我的挂单与报价) by side and price: orders and sides of two-sided quotes."""

from dataclasses import dataclass

from terminal.domain.market_data import PRICE_SCALE
from terminal.domain.orders import OrderStatus, Side
from terminal.services.desk import Desk


@dataclass(frozen=True, slots=True)
class Own:
    """What is mine at one price and side, contracts left."""

    ordered: int = 0
    quoted: int = 0
    """In sides of two-sided quotes"""
    is_leaving: bool = False
    """Whether a cancel of something of it is on its way"""

    @property
    def left(self) -> int:
        """All of it."""
        return self.ordered + self.quoted


def own_levels(desk: Desk, code: str) -> dict[Side, dict[int, Own]]:
    """By side and price in 0.0001 yuan."""
    mine: dict[Side, dict[int, Own]] = {Side.BUY: {}, Side.SELL: {}}
    for order in desk.orders.working():
        if order.contract_code == code and order.price is not None:
            units, there = int(order.price * PRICE_SCALE), mine[order.side]
            own = there.get(units, Own())
            leaves = own.is_leaving or order.status is OrderStatus.CANCEL_PENDING
            there[units] = Own(own.ordered + order.leaves_quantity, own.quoted, leaves)
    live = desk.quoting.live(code)
    if live is not None:
        for side, units, size in (
            (Side.BUY, live.bid, live.bid_quantity),
            (Side.SELL, live.ask, live.ask_quantity),
        ):
            if size:
                own = mine[side].get(units, Own())
                mine[side][units] = Own(own.ordered, own.quoted + size, own.is_leaving)
    return mine
