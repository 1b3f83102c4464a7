"""What our quotes have brought, by contract: executions of the last minute, and their edge (报价收益) since the start.

Edge is what lies between the price of an execution and the theoretical price of its moment, fees not counted. Nothing
of it is written down: after a start of the desk it begins from nothing.
"""

from collections import deque
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from terminal.domain.market_data import PRICE_SCALE
from terminal.domain.orders import Side
from terminal.services.bus import Bus
from terminal.services.events import DayChanged, FillBooked
from terminal.services.orders import OrderService
from terminal.services.theoretical import Theoretical

_MINUTE = 60.0


class QuoteResults:
    """Arrays by contract number of the day's list; `monotonic` gives seconds."""

    def __init__(
        self, theoretical: Theoretical, orders: OrderService, bus: Bus, monotonic: Callable[[], float]
    ) -> None:
        self._theoretical = theoretical
        self._orders = orders
        self._monotonic = monotonic
        self._newest: deque[tuple[float, int]] = deque()
        self.edge: NDArray[np.float64] = np.zeros(0)
        """Yuan"""
        self.fills: NDArray[np.int64] = np.zeros(0, np.int64)
        """Executions, however large"""
        self._a_minute: NDArray[np.int64] = np.zeros(0, np.int64)
        bus.subscribe(FillBooked, self._on_fill)
        bus.subscribe(DayChanged, self._on_day)
        self._lay_out()

    def fills_a_minute(self) -> NDArray[np.int64]:
        """Executions of the last sixty seconds."""
        now = self._monotonic()
        while self._newest and now - self._newest[0][0] >= _MINUTE:
            self._a_minute[self._newest.popleft()[1]] -= 1
        return self._a_minute

    def _on_fill(self, event: FillBooked) -> None:
        fill = event.fill
        number = self._theoretical.universe.number_of.get(fill.contract_code)
        if number is None or not self._orders.is_quote_side(fill.client_order_id):
            return
        self.fills[number] += 1
        self._a_minute[number] += 1
        self._newest.append((self._monotonic(), number))
        better = float(self._theoretical.price[number]) / PRICE_SCALE - float(fill.price)
        if fill.instruction.side is Side.SELL:
            better = -better
        edge = better * fill.quantity * float(self._theoretical.universe.multiplier[number])
        # Without a theoretical price nobody knows what it was worth
        self.edge[number] += edge if edge == edge else 0.0

    def _on_day(self, event: DayChanged) -> None:
        self._lay_out()

    def _lay_out(self) -> None:
        count = len(self._theoretical.universe)
        self.edge, self.fills = np.zeros(count), np.zeros(count, np.int64)
        self._a_minute = np.zeros(count, np.int64)
        self._newest.clear()
