"""What tests of the order ticket share: hands that click and type, and words that a venue would say."""

from asyncio import AbstractEventLoop
from collections.abc import Callable, Coroutine
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from typing import Any

import numpy as np
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton, QWidget

from terminal.domain.accounts import Funds, Holding, Position, PositionSide
from terminal.domain.calendar import SHANGHAI
from terminal.domain.market_data import Column, pack_rows
from terminal.domain.messages import AccountReport, DayOpened, MarketDataBatch, SubmitOrder
from terminal.services.desk import Desk
from terminal.views.trading.ticket import Ticket

MakeTicket = Callable[..., Ticket]
NOW = datetime(2026, 11, 9, 10, 30, tzinfo=SHANGHAI)
#: 50ETF Nov 2.50 call: bid 0.0501, ask 0.0511, last 0.0506, limits 0.0001 to 0.3000
CALL = 4
#: 50ETF Nov 2.50 put: bid 0.0702, ask 0.0712
PUT = 5
OTHER_CALL = 2
LIMIT_UP = "0.3000"
LIMIT_DOWN = "0.0001"


class Started:
    """What the ticket has started; it goes on when the test says `finish`."""

    def __init__(self, loop: AbstractEventLoop) -> None:
        self._loop = loop
        self.work: list[Coroutine[Any, Any, None]] = []

    def __call__(self, work: Coroutine[Any, Any, None]) -> None:
        self.work.append(work)

    def finish(self) -> int:
        """Let it run to its end; gives how much there was."""
        work, self.work = self.work, []
        for coroutine in work:
            self._loop.run_until_complete(coroutine)
        return len(work)


def code_of(desk: Desk, number: int = CALL) -> str:
    return desk.market.contracts[number].code


def submitted(gateway: Any) -> list[SubmitOrder]:
    return [command for command in gateway.sent if isinstance(command, SubmitOrder)]


def click(button: QPushButton) -> None:
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def type_in(line: QLineEdit, text: str) -> None:
    line.selectAll()
    line.insert(text)


def turn_wheel(widget: QWidget, eighths: int) -> None:
    centre = QPointF(widget.rect().center())
    wheel = QWheelEvent(
        centre,
        widget.mapToGlobal(centre),
        QPoint(0, 0),
        QPoint(0, eighths),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(widget, wheel)


def account(desk: Desk, *positions: Position, balance: str = "100000.00", holdings: tuple[Holding, ...] = ()) -> None:
    desk.on_event(
        AccountReport(
            sequence=0,
            account_id="A-1",
            at=NOW,
            funds=Funds(balance=Decimal(balance)),
            positions=positions,
            holdings=holdings,
        )
    )


def hold(desk: Desk, side: PositionSide, quantity: int, frozen: int = 0) -> Position:
    return Position(contract_code=code_of(desk), side=side, quantity=quantity, frozen_quantity=frozen)


def set_quotes(desk: Desk, number: int, **columns: int) -> None:
    row = desk.market.quotes[desk.market.row_of[code_of(desk, number)]].copy()
    for name, value in columns.items():
        row[Column[name.upper()]] = value
    desk.on_event(MarketDataBatch(at=NOW, rows=pack_rows(np.array([row], np.int64))))


def change_contract(desk: Desk, **fields: Any) -> None:
    """List the 2.50 call with other terms."""
    contracts = list(desk.market.contracts)
    contracts[CALL] = replace(contracts[CALL], **fields)
    assert desk.market.day is not None
    desk.on_event(
        DayOpened(
            trading_day=desk.market.day.trading_day,
            underlyings=desk.market.underlyings,
            contracts=tuple(contracts),
            source="test",
        )
    )
