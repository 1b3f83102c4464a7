"""Volatility orders (波动率委托): limits given as a volatility, whose price follows the underlying.

The price is that of the contract at the given volatility, rounded so that it is never worse than it. When it has moved
by more than the tolerance the order is cancelled, and sent anew for what is left once the cancel is confirmed: there
are never two at a time.
"""

from dataclasses import dataclass
from decimal import Decimal

import numpy as np

from terminal.domain.orders import Fill, Instruction, Order, OrderRequest, OrderType, Side
from terminal.strategies.protocol import Ask, Strategy, View


@dataclass(frozen=True, slots=True, kw_only=True)
class VolatilityOrder:
    """One wish: buy at this volatility or lower, or sell at it or higher."""

    contract_code: str
    instruction: Instruction
    quantity: int
    volatility: float
    """A year: 0.18 is 18 %"""


@dataclass(frozen=True, slots=True, kw_only=True)
class VolatilityParameters:
    """What a person sets."""

    underlying: str = "510050"
    orders: tuple[VolatilityOrder, ...] = ()
    """At most one for each contract and instruction"""
    tolerance_ticks: int = 2


@dataclass(slots=True)
class _Standing:
    """How far one wish has come."""

    left: int
    order_id: str = ""
    price: int = 0
    is_sending: bool = False
    is_cancelling: bool = False


class VolatilityOrders(Strategy):
    """Keeps each wish in the market at the price that its volatility gives now."""

    parameters: VolatilityParameters

    def __init__(self, name: str, parameters: VolatilityParameters) -> None:
        super().__init__(name, parameters)
        self._standing: dict[tuple[str, Instruction], _Standing] = {}
        self._take_up()

    def on_parameters(self, parameters: VolatilityParameters) -> None:
        """Wishes that are new begin whole; those that were there go on with what is left of them."""
        self.parameters = parameters
        self._take_up()

    def on_start(self, view: View, ask: Ask) -> None:
        """The stop before has cancelled what was out there."""
        for standing in self._standing.values():
            standing.order_id, standing.is_sending, standing.is_cancelling = "", False, False
        self._look(view, ask)

    def on_tick(self, underlying: str, view: View, ask: Ask) -> None:
        """Prices follow the underlying."""
        self._look(view, ask)

    def on_timer(self, view: View, ask: Ask) -> None:
        """What was confirmed as cancelled is sent anew."""
        self._look(view, ask)

    def on_order(self, order: Order, view: View, ask: Ask) -> None:
        """Follow the order of a wish; one that is over, whichever way, makes room."""
        standing = self._standing.get((order.contract_code, order.instruction))
        if standing is None:
            return
        standing.is_sending = False
        if order.status.is_final:
            standing.order_id, standing.is_cancelling = "", False
        else:
            standing.order_id = order.client_order_id

    def on_fill(self, fill: Fill, view: View, ask: Ask) -> None:
        """Less is left to be done."""
        standing = self._standing.get((fill.contract_code, fill.instruction))
        if standing is not None:
            standing.left = max(standing.left - fill.quantity, 0)

    def left(self, contract_code: str, instruction: Instruction) -> int:
        """Contracts of a wish that have not traded yet."""
        standing = self._standing.get((contract_code, instruction))
        return 0 if standing is None else standing.left

    def price_of(self, wish: VolatilityOrder, view: View) -> int | None:
        """The limit price now, whole 0.0001 yuan; None where none is sound or it lies outside the day's limits."""
        number = view.universe.number_of.get(wish.contract_code)
        if number is None or not view.usable[number]:
            return None
        value = view.price_at(number, wish.volatility)
        if not np.isfinite(value):
            return None
        tick = int(view.universe.tick[number])
        is_buy = wish.instruction.side is Side.BUY
        units = int(np.floor(value / tick) if is_buy else np.ceil(value / tick)) * tick
        allowed = max(int(view.universe.limit_down[number]), tick) <= units <= int(view.universe.limit_up[number])
        return units if allowed else None

    def _take_up(self) -> None:
        before = self._standing
        self._standing = {}
        for wish in self.parameters.orders:
            key = wish.contract_code, wish.instruction
            self._standing[key] = before.get(key) or _Standing(wish.quantity)

    def _look(self, view: View, ask: Ask) -> None:
        for wish in self.parameters.orders:
            standing = self._standing[wish.contract_code, wish.instruction]
            price = self.price_of(wish, view)
            if standing.order_id:
                tick = int(view.universe.tick[view.universe.number_of[wish.contract_code]])
                off = price is None or abs(price - standing.price) > self.parameters.tolerance_ticks * tick
                if off and not standing.is_cancelling:
                    standing.is_cancelling = True
                    ask.cancel_order(standing.order_id)
            elif price is not None and standing.left > 0 and not standing.is_sending:
                request = OrderRequest(
                    wish.contract_code,
                    wish.instruction,
                    OrderType.LIMIT,
                    standing.left,
                    Decimal(price).scaleb(-4),
                )
                standing.price = price
                standing.is_sending = ask.order(request)
