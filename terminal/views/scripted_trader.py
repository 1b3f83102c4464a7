"""A trader that works the ticket through its widgets, for runs without a person: demonstration, stories, benchmarks.

It clicks and types as a hand would and reads the answers off the desk; it knows no shortcut into the services but the
lock of shares, which has its own panel.
"""

import asyncio
from collections import Counter as Tally
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import cycle

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

from terminal.domain.contracts import Contract, Right
from terminal.domain.market_data import Column
from terminal.domain.messages import Capability
from terminal.domain.orders import Instruction, Order, OrderStatus, OrderType, Side
from terminal.domain.ports import LinkState
from terminal.services.desk import Desk
from terminal.views.trading.ticket import Ticket

#: How long an answer may take before the trader goes on, wall seconds
_PATIENCE_SECONDS = 3.0
_POLL_SECONDS = 0.02


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to do. `price` is opposite, far (rests), or a figure the rules refuse."""

    instruction: Instruction
    order_type: OrderType
    price: str
    quantity: int
    then_cancel: bool = False


_LIMIT, _FOK = OrderType.LIMIT, OrderType.LIMIT_FOK
#: A round of trading that touches every instruction, every order type, and the checks
ROUND = (
    Step(Instruction.BUY_OPEN, _LIMIT, "opposite", 3),
    Step(Instruction.BUY_OPEN, _LIMIT, "far", 2, then_cancel=True),
    Step(Instruction.SELL_OPEN, _LIMIT, "opposite", 2),
    Step(Instruction.BUY_OPEN, OrderType.MARKET_TO_LIMIT, "", 2),
    Step(Instruction.SELL_CLOSE, OrderType.MARKET_IOC, "", 1),
    Step(Instruction.BUY_OPEN, _FOK, "opposite", 1),
    Step(Instruction.SELL_CLOSE, OrderType.MARKET_FOK, "", 1),
    Step(Instruction.COVERED_OPEN, _LIMIT, "opposite", 1),
    Step(Instruction.BUY_CLOSE, _LIMIT, "opposite", 1),
    Step(Instruction.COVERED_CLOSE, _LIMIT, "opposite", 1),
    Step(Instruction.BUY_OPEN, _LIMIT, "9999", 1),
    Step(Instruction.BUY_OPEN, _LIMIT, "opposite", 5000),
    Step(Instruction.SELL_CLOSE, _LIMIT, "opposite", 1),
)


@dataclass(slots=True)
class TradingTally:
    """What came of it."""

    results: Tally[tuple[str, str]] = field(default_factory=Tally)
    """Order type and status, counted"""
    refused_by_ticket: int = 0
    """Drafts whose send button stayed shut"""


class ScriptedTrader:
    """Goes round `ROUND` on contracts near the money until stopped."""

    def __init__(self, desk: Desk, ticket: Ticket, choose: Callable[[str], None], pause_seconds: float = 0.5) -> None:
        """`choose` turns the whole screen to a contract, as a click in the chain does."""
        self._desk = desk
        self._ticket = ticket
        self._choose = choose
        self._pause = pause_seconds
        self.tally = TradingTally()

    async def run(self) -> None:
        """Trade until cancelled. Waits for the line and for a quote first."""
        await self._until(lambda: self._desk.link is LinkState.UP and bool(self._near_the_money()), patience=60.0)
        await self._lock_shares()
        contracts = self._contracts()
        for contract in contracts:
            for step in ROUND:
                await self._do(step, contract)
                await asyncio.sleep(self._pause)

    async def _do(self, step: Step, contract: Contract) -> None:
        if step.instruction.covered and contract.right is Right.PUT:
            return
        order = await self._send(step, contract)
        if order is None:
            self.tally.refused_by_ticket += 1
            return
        order = await self._answered(order)
        if step.then_cancel and not order.status.is_final:
            await self._desk.orders.cancel(order.client_order_id)
            order = await self._answered(order, lambda o: o.status.is_final)
        self.tally.results[order.order_type.value, order.status.value] += 1

    async def _send(self, step: Step, contract: Contract) -> Order | None:
        ticket = self._ticket
        self._choose(contract.code)
        _click(ticket.instruction_button(step.instruction))
        _click(ticket.order_type_button(step.order_type))
        if step.order_type.has_price:
            price = self._price(step, contract)
            if price is None:
                return None
            _type(ticket, "price", price)
        _type(ticket, "quantity", str(step.quantity))
        for box in ticket.warnings.boxes.values():
            if box.isVisible() and not box.isChecked():
                box.click()
        if not ticket.send_button.isEnabled():
            return None
        sent: list[Order] = []
        ticket.sent.connect(sent.append)
        try:
            # Enter, as a fast hand does: clicks that follow each other too soon are taken for a double click
            QTest.keyClick(ticket.quantity.line, Qt.Key.Key_Return)
            if ticket.is_armed:
                QTest.keyClick(ticket.quantity.line, Qt.Key.Key_Return)
            await self._until(lambda: bool(sent))
        finally:
            ticket.sent.disconnect(sent.append)
        return sent[0] if sent else None

    async def _answered(self, order: Order, ready: Callable[[Order], bool] | None = None) -> Order:
        def newest() -> Order:
            return self._desk.orders.order(order.client_order_id) or order

        is_ready = ready or (lambda o: o.status is not OrderStatus.SUBMITTED)
        await self._until(lambda: is_ready(newest()))
        return newest()

    async def _lock_shares(self) -> None:
        if not self._desk.can(Capability.LOCK_SHARES):
            return
        for underlying in self._desk.market.underlyings:
            holding = self._desk.portfolio.holdings.get(underlying.code)
            if holding is not None and holding.free >= 100_000:
                await self._desk.instructions.lock_shares(underlying.code, 100_000)

    def _price(self, step: Step, contract: Contract) -> str | None:
        market = self._desk.market
        bids, asks = market.bids(contract.code), market.asks(contract.code)
        buys = step.instruction.side is Side.BUY
        if step.price == "far":
            return f"{contract.limit_down if buys else contract.limit_up:f}"
        if step.price != "opposite":
            return step.price
        levels = asks if buys else bids
        return f"{Decimal(levels[0].price).scaleb(-4):f}" if levels else None

    def _near_the_money(self) -> list[Contract]:
        market = self._desk.market
        found = []
        for underlying in market.underlyings:
            spot = int(market.quotes[market.row_of[underlying.code], Column.LAST]) or int(
                underlying.previous_close.scaleb(4)
            )
            mine = [c for c in market.contracts if c.underlying == underlying.code and not c.is_adjusted]
            expiries = sorted({c.expiry for c in mine})[1:2] or sorted({c.expiry for c in mine})
            for right in Right:
                side = [c for c in mine if c.right is right and c.expiry in expiries and market.bids(c.code)]
                if side:
                    found.append(min(side, key=lambda c: abs(int(c.strike.scaleb(4)) - spot)))
        return found

    def _contracts(self) -> Iterator[Contract]:
        return cycle(self._near_the_money())

    async def _until(self, ready: Callable[[], bool], patience: float = _PATIENCE_SECONDS) -> None:
        waited = 0.0
        while not ready() and waited < patience:
            await asyncio.sleep(_POLL_SECONDS)
            waited += _POLL_SECONDS


def _click(button: QPushButton) -> None:
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def _type(ticket: Ticket, name: str, text: str) -> None:
    line = (ticket.price if name == "price" else ticket.quantity).line
    line.selectAll()
    QTest.keyClicks(line, text)
