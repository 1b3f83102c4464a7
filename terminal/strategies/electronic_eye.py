"""The electronic eye (电子眼): takes prices that are better than theoretical by an edge, within limits.

All contracts of an underlying are compared in one array pass at every tick. At most one order a contract is under way;
it is fill-or-kill for no more than the book shows, so that nothing of it is left resting.
"""

from collections import deque
from dataclasses import dataclass
from decimal import Decimal

import numpy as np

from terminal.domain.market_data import Column
from terminal.domain.orders import Fill, Order, OrderRequest, OrderType
from terminal.strategies.position_effects import order_instruction
from terminal.strategies.protocol import Ask, Strategy, View


@dataclass(frozen=True, slots=True, kw_only=True)
class EyeParameters:
    """What a person sets; edges in ticks of the contract."""

    underlying: str = "510050"
    edge_ticks: float = 10.0
    edge_fraction: float = 0.02
    """Of the theoretical price; the larger of the two counts"""
    size: int = 5
    contract_position: int = 20
    """Net contracts of one contract, long or short"""
    contracts_today: int = 200
    """Contracts traded today, all together"""
    orders_per_second: int = 5
    rest_seconds: float = 1.0
    """Of a contract after an order: the book is looked at again before the next"""
    buys: bool = True
    sells: bool = True


class ElectronicEye(Strategy):
    """Buys what is offered too low and sells to who bids too high."""

    parameters: EyeParameters

    def __init__(self, name: str, parameters: EyeParameters) -> None:
        super().__init__(name, parameters)
        self._under_way: set[str] = set()
        self._rests: dict[int, float] = {}
        self._sent: deque[float] = deque()
        self.traded = 0

    def on_start(self, view: View, ask: Ask) -> None:
        """Whatever was under way before is settled or was cancelled by the stop."""
        self._under_way.clear()
        self._rests.clear()

    def on_tick(self, underlying: str, view: View, ask: Ask) -> None:
        """The underlying moved and theoretical prices with it."""
        self._look(view, ask)

    def on_timer(self, view: View, ask: Ask) -> None:
        """The books moved."""
        self._look(view, ask)

    def on_order(self, order: Order, view: View, ask: Ask) -> None:
        """One that is over, whichever way, makes room for the next: a refused order must not block its contract."""
        if order.status.is_final:
            self._under_way.discard(order.contract_code)

    def on_fill(self, fill: Fill, view: View, ask: Ask) -> None:
        """Count it."""
        self.traded += fill.quantity

    def _look(self, view: View, ask: Ask) -> None:
        settings = self.parameters
        where, numbers = view.where(settings.underlying), view.numbers(settings.underlying)
        price, quotes, usable = view.price[where], view.quotes[where], view.usable[where]
        tick = view.universe.tick[where]
        with np.errstate(invalid="ignore"):
            edge = np.maximum(settings.edge_ticks * tick, settings.edge_fraction * price)
            best_bid, best_ask = quotes[:, Column.BID_PRICE], quotes[:, Column.ASK_PRICE]
            sound = usable & ~((best_bid > 0) & (best_ask > 0) & (best_bid >= best_ask))
            cheap = sound & (best_ask > 0) & (price - best_ask >= edge) & settings.buys
            dear = sound & (best_bid > 0) & (best_bid - price >= edge) & settings.sells
        if not (cheap.any() or dear.any()):
            return
        gain = np.where(cheap, price - best_ask, np.where(dear, best_bid - price, 0.0))
        for place in np.argsort(-gain, kind="stable").tolist():
            if not (cheap[place] or dear[place]):
                return
            is_buy = bool(cheap[place])
            column = Column.ASK_QUANTITY if is_buy else Column.BID_QUANTITY
            shown = int(quotes[place, column])
            units = int(best_ask[place] if is_buy else best_bid[place])
            self._take(int(numbers[place]), is_buy, units, shown, view, ask)

    def _take(self, number: int, is_buy: bool, units: int, shown: int, view: View, ask: Ask) -> None:
        settings, now = self.parameters, view.monotonic()
        contract, net = view.universe.contracts[number], int(view.net[number])
        room = settings.contract_position - (net if is_buy else -net)
        quantity = min(settings.size, shown, room, settings.contracts_today - self.traded)
        while self._sent and now - self._sent[0] >= 1.0:
            self._sent.popleft()
        resting = now < self._rests.get(number, -np.inf)
        if quantity < 1 or resting or contract.code in self._under_way or len(self._sent) >= settings.orders_per_second:
            return
        instruction = order_instruction(view, number, quantity, buys=is_buy)
        request = OrderRequest(contract.code, instruction, OrderType.LIMIT_FOK, quantity, Decimal(units).scaleb(-4))
        self._rests[number] = now + settings.rest_seconds
        if ask.order(request):
            self._sent.append(now)
            self._under_way.add(contract.code)
