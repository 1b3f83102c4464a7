"""What tests of the chain look through: quotes by name, texts, styles and pixels of its cells."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import numpy as np
from PySide6.QtCore import QPoint
from PySide6.QtGui import QColor, QImage

from terminal.domain.contracts import Contract, Right, Underlying
from terminal.domain.market_data import COLUMN_COUNT, Column, pack_rows
from terminal.domain.messages import DayOpened, MarketDataBatch, OrderReport
from terminal.domain.orders import ExecType, Instruction, OrderType, Side
from terminal.services.desk import Desk
from terminal.views.chain.panel import ChainPanel
from terminal.views.chain.style import CALL_LAMP_SHIFT, INK_MASK, Ink, Lamp
from terminal.views.chain.view import ChainView
from tests.views.desk_rig import HandClock

NOVEMBER, DECEMBER = date(2026, 11, 25), date(2026, 12, 23)


class Seen:
    """A shown panel and what a test asks of it."""

    def __init__(self, desk: Desk, panel: ChainPanel) -> None:
        self.desk = desk
        self.panel = panel

    @property
    def view(self) -> ChainView:
        """The table."""
        return self.panel.view

    def contract(self, right: Right, strike: str, expiry: date = NOVEMBER, letter: str = "M") -> Contract:
        """A contract of 510050."""
        wanted = ("510050", expiry, letter)
        return next(
            c
            for c in self.desk.market.contracts
            if c.series == wanted and c.right is right and c.strike == Decimal(strike)
        )

    def quote(self, contract: Contract | str, **columns: int) -> None:
        """Overwrite columns of one quote, by their names in lower case; the levels behind an empty best go too."""
        code = contract if isinstance(contract, str) else contract.code
        row = self.desk.market.quotes[self.desk.market.row_of[code]].copy()
        for name, value in columns.items():
            column = Column[name.upper()]
            if not value and name in ("bid_price", "bid_quantity", "ask_price", "ask_quantity"):
                row[column : column + 5] = 0
            row[column] = value
        self.desk.on_event(MarketDataBatch(at=self.desk.clock.now(), rows=pack_rows(row.reshape(1, COLUMN_COUNT))))

    def cell(self, contract: Contract, key: str) -> tuple[int, int]:
        """Row and column of the model."""
        row, column = self.view.chain.row_of_contract(contract), self.view.chain.column_of(contract.right, key)
        assert row is not None
        assert column is not None
        return row, column

    def text(self, contract: Contract, key: str) -> str:
        """What a cell says."""
        return str(self.view.chain.data(self.view.chain.index(*self.cell(contract, key))))

    def style(self, contract: Contract, key: str) -> int:
        """The style of a cell."""
        row, column = self.cell(contract, key)
        position = self.view.chain.line_of_row(row)
        assert position is not None
        return int(self.view.chain.styles[position, column])

    def lamps(self, strike: str) -> int:
        """The style of a strike's own cell."""
        chain = self.view.chain
        assert chain.series is not None
        line = chain.series.strikes.index(Decimal(strike))
        column = chain.column_of(None, "strike")
        assert column is not None
        return int(chain.styles[line, column])

    def centre(self, contract: Contract, key: str) -> QPoint:
        """The middle of a cell on the viewport."""
        return self.view.visualRect(self.view.chain.index(*self.cell(contract, key))).center()

    def work(self, contract: Contract, side: Side, units: int, quantity: int = 10) -> None:
        """Let the venue report an order of this account as working."""
        sequence = self.desk.last_sequence + 1
        report = OrderReport(
            sequence=sequence,
            report_id=f"R{sequence}",
            account_id="A-1",
            client_order_id=f"O{sequence}",
            exchange_order_id=f"X{sequence}",
            exec_type=ExecType.ACKNOWLEDGED,
            contract_code=contract.code,
            instruction=Instruction.BUY_OPEN if side is Side.BUY else Instruction.SELL_OPEN,
            order_type=OrderType.LIMIT,
            quantity=quantity,
            price=Decimal(units).scaleb(-4),
            at=self.desk.clock.now(),
            trading_day=self.desk.clock.now().date(),
        )
        self.desk.on_event(report)

    def colours(self, contract: Contract, key: str) -> list[QColor]:
        """Every pixel of a cell as it is on screen."""
        image: QImage = self.view.viewport().grab().toImage()
        area = self.view.visualRect(self.view.chain.index(*self.cell(contract, key))).adjusted(1, 1, -1, -2)
        return [
            image.pixelColor(x, y) for x in range(area.left(), area.right()) for y in range(area.top(), area.bottom())
        ]


def reopen(desk: Desk, contracts: tuple[Contract, ...], underlyings: tuple[Underlying, ...] = ()) -> None:
    """Play a new instrument list."""
    assert desk.market.day is not None
    day = desk.market.day.trading_day
    listed = underlyings or desk.market.underlyings
    desk.on_event(DayOpened(trading_day=day, underlyings=listed, contracts=contracts, source="test"))


def with_adjusted_december(desk: Desk) -> list[Contract]:
    """Play a list in which December of 510050 has an adjusted twin; gives the adjusted contracts."""
    adjusted = [
        replace(
            c, code=f"2{c.code[1:]}", trading_code=f"{c.trading_code[:11]}A{c.trading_code[12:]}", multiplier=10_265
        )
        for c in desk.market.contracts
        if c.series == ("510050", DECEMBER, "M")
    ]
    reopen(desk, (*desk.market.contracts, *adjusted))
    return adjusted


def near(pixels: list[QColor], wanted: QColor, distance: int = 60) -> int:
    """How many pixels look like a colour."""
    parts = np.array([(p.red(), p.green(), p.blue()) for p in pixels], dtype=np.int64)
    return int((np.abs(parts - np.array([wanted.red(), wanted.green(), wanted.blue()])).sum(axis=1) <= distance).sum())


def ink(style: int) -> Ink:
    """The ink of a style."""
    return Ink(style & INK_MASK)


def call_lamp(seen: Seen, strike: str) -> Lamp:
    """The lamp of a call."""
    return Lamp((seen.lamps(strike) >> CALL_LAMP_SHIFT) & 0xF)


def settled(seen: Seen, monotonic: HandClock) -> None:
    """Let flashes fade."""
    seen.panel.flush()
    monotonic.seconds += 0.6
    seen.panel.flush()
    seen.view.viewport().repaint()
