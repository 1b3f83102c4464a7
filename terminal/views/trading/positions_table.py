"""What the account holds (持仓): long 权利仓, short 义务仓 and covered 备兑仓 of a contract in rows of their own.

Quantities, averages and margin are the counter's; value and floating profit (浮动盈亏) follow the last price. A
contract that has not traded has no value here, and the totals say how many rows they rest on.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from PySide6.QtCore import QEvent, QModelIndex, QRect, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from terminal.domain.accounts import ZERO, Position, PositionSide
from terminal.domain.contracts import Contract
from terminal.services.desk import Desk
from terminal.services.events import AccountChanged, ClockUpdated, DayChanged, QuotesChanged
from terminal.views.formatting import DASH, decimal_price, money, quantity, signed_money
from terminal.views.record_table import Export, RecordTable
from terminal.views.table_model import CENTRE, RIGHT, RecordTableModel, TableColumn
from terminal.views.texts import words
from terminal.views.theme import CELL_PADDING, ROW_TABLE, SIZE_TABLE, Appearance
from terminal.views.trading.cell_painters import ButtonDelegate, TagDelegate, without_column
from terminal.views.trading.orders_table import name_of
from terminal.views.trading.panel_bar import PanelBar
from terminal.views.trading.press_guard import PressGuard
from terminal.views.translation import translate

_FINEST = Decimal("0.0001")
#: From how many days before expiry on a position is shown as urgent
NEAR_EXPIRY_DAYS = 7


@dataclass(frozen=True, slots=True)
class PositionLine:
    """One row: the counter's position, the contract's terms where it is listed, and the last price in yuan."""

    position: Position
    contract: Contract | None
    last: Decimal | None
    today: date

    @property
    def market_value(self) -> Decimal | None:
        """Yuan; negative for short and covered: it is owed."""
        if self.contract is None or self.last is None:
            return None
        value = self.last * self.position.quantity * self.contract.multiplier
        return value if self.position.side is PositionSide.LONG else -value

    @property
    def floating(self) -> Decimal | None:
        """Profit of what stands, at the last price against the average, before fees, yuan."""
        if self.contract is None or self.last is None:
            return None
        gain = (self.last - self.position.average_price) * self.position.quantity * self.contract.multiplier
        return gain if self.position.side is PositionSide.LONG else -gain

    @property
    def days(self) -> int | None:
        """Calendar days to expiry."""
        return (self.contract.expiry - self.today).days if self.contract is not None else None

    @property
    def order(self) -> tuple[object, ...]:
        """Where the row stands among the others."""
        side = list(PositionSide).index(self.position.side)
        if self.contract is None:
            return 1, self.position.contract_code, date.max, ZERO, "", side
        c = self.contract
        return 0, c.underlying, c.expiry, c.strike, c.right.value, side


def lines_of(desk: Desk) -> list[PositionLine]:
    """Every position of the account as a row, in the order of underlying, expiry and strike."""
    market, today = desk.market, desk.clock.now().date()
    lines = [
        PositionLine(p, market.contract(p.contract_code), market.last(p.contract_code), today)
        for p in desk.portfolio.positions.values()
    ]
    return sorted(lines, key=lambda line: line.order)


def floating_total(lines: Iterable[PositionLine]) -> tuple[Decimal | None, int, int]:
    """Floating profit of all rows that have one, how many these are, and how many hold anything at all."""
    held = [line for line in lines if line.position.quantity]
    known = [value for line in held if (value := line.floating) is not None]
    return (sum(known, ZERO) if known else None), len(known), len(held)


class PositionsPanel(QWidget):
    """The positions. `close_requested(contract_code, PositionSide)` asks for a ticket that closes one."""

    close_requested = Signal(str, object)
    contract_chosen = Signal(str)
    """The contract of the row that became current"""

    def __init__(self, desk: Desk, appearance: Appearance, export: Export, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._appearance = appearance
        self._guard = PressGuard(desk.monotonic)
        self._shown: dict[str, PositionLine] = {}
        self._stale = True
        self.model = RecordTableModel(self._columns(), parent=self)
        self.table = RecordTable(
            self.model,
            appearance,
            title=lambda: translate("PositionsPanel", "Positions"),
            export=without_column(export, self._action_title),
            parent=self,
        )
        self.table.setItemDelegateForColumn(self.model.column_of("side"), TagDelegate(appearance, self.table))
        self._action = self.model.column_of("action")
        self.table.setItemDelegateForColumn(
            self._action, ButtonDelegate(self._close_label, appearance, parent=self.table)
        )
        self.table.horizontalHeader().setStretchLastSection(False)
        self.table.clicked.connect(self._on_clicked)
        self.table.selectionModel().currentRowChanged.connect(lambda index, _: self._on_current(index))
        self.totals = TotalsRow(self.table, appearance, self)
        self.bar = PanelBar(self)
        self.export_button = self.bar.add_button(self.table.export_csv)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.bar)
        layout.addWidget(self.table, 1)
        layout.addWidget(self.totals)
        for event in (AccountChanged, DayChanged, QuotesChanged, ClockUpdated):
            desk.bus.subscribe(event, self._on_change)
        appearance.changed.connect(self._show_totals)
        self.retranslate()
        self.flush()

    def flush(self) -> None:
        """Show what has changed."""
        if not self._stale:
            return
        self._stale = False
        lines = {f"{line.position.contract_code}/{line.position.side}": line for line in lines_of(self._desk)}
        if lines == self._shown:
            return
        for key in self._shown.keys() - lines.keys():
            self.model.remove(key)
        for key, line in lines.items():
            if self._shown.get(key) != line:
                self.model.upsert(key, line)
        self._shown = lines
        self.table.flush()
        self._show_totals()

    def retranslate(self) -> None:
        """Put the words of the language in force."""
        self.export_button.setText(self.tr("Export"))
        self.table.setAccessibleName(self.tr("Positions"))
        self._show_totals()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    # ---- inside

    def _show_totals(self) -> None:
        lines = list(self._shown.values())
        floating, known, held = floating_total(lines)
        values = [value for line in lines if (value := line.market_value) is not None and line.position.quantity]
        partly = f" ({known}/{held})" if known < held else ""
        self.totals.show_figures(
            {
                "contract": (self.tr("Total"), None),
                "floating": (signed_money(floating) + partly, self._appearance.colour_of(float(floating or 0))),
                "realised": (signed_money(sum((line.position.realised for line in lines), ZERO)), None),
                "value": (money(sum(values, ZERO)) if values else DASH, None),
                "margin": (money(sum((line.position.margin for line in lines), ZERO)), None),
            },
            self.tr("{known} of {held} positions have a last price").format(known=known, held=held),
        )
        counts = [
            f"{words(side)} {sum(line.position.quantity for line in lines if line.position.side is side)}"
            for side in PositionSide
        ]
        self.bar.note.setText(" · ".join(counts))

    def _columns(self) -> list[TableColumn[PositionLine]]:
        look = self._appearance

        def side_ink(line: PositionLine) -> QColor:
            theme = look.theme
            return {
                PositionSide.LONG: theme.focus,
                PositionSide.SHORT: theme.warn,
                PositionSide.COVERED: theme.ok,
            }[line.position.side]

        def price_of(value: Decimal | None, line: PositionLine) -> str:
            return decimal_price(value, line.contract.tick_size if line.contract is not None else _FINEST)

        def days_ink(line: PositionLine) -> QColor:
            near = line.days is not None and line.days <= NEAR_EXPIRY_DAYS
            return look.theme.warn if near else look.theme.text_2

        def signed_ink(value: Decimal | None) -> QColor:
            return look.theme.dim if value is None else look.colour_of(float(value))

        def margin(line: PositionLine) -> Decimal | None:
            return line.position.margin if line.position.side is PositionSide.SHORT else None

        return [
            TableColumn(
                "contract",
                lambda: translate("PositionsPanel", "Contract"),
                lambda line: name_of(line.position.contract_code, self._desk.market),
                sort=lambda line: line.order,
                width_chars=19,
                tip=lambda line: line.position.contract_code,
            ),
            TableColumn(
                "side",
                lambda: translate("PositionsPanel", "Side"),
                lambda line: words(line.position.side),
                CENTRE,
                side_ink,
                width_chars=9,
            ),
            TableColumn(
                "quantity",
                lambda: translate("PositionsPanel", "Held"),
                lambda line: quantity(line.position.quantity),
                RIGHT,
                lambda line: look.theme.position if line.position.quantity else look.theme.dim,
                lambda line: line.position.quantity,
                5,
            ),
            TableColumn(
                "available",
                lambda: translate("PositionsPanel", "Avail."),
                lambda line: quantity(line.position.available_quantity),
                RIGHT,
                None,
                lambda line: line.position.available_quantity,
                5,
                lambda line: translate("PositionsPanel", "{frozen} held by working close orders").format(
                    frozen=quantity(line.position.frozen_quantity)
                ),
            ),
            TableColumn(
                "average",
                lambda: translate("PositionsPanel", "Average"),
                lambda line: price_of(line.position.average_price, line) if line.position.quantity else DASH,
                RIGHT,
                None,
                lambda line: line.position.average_price,
                7,
            ),
            TableColumn(
                "last",
                lambda: translate("PositionsPanel", "Last"),
                lambda line: price_of(line.last, line),
                RIGHT,
                None,
                lambda line: line.last,
                7,
            ),
            TableColumn(
                "floating",
                lambda: translate("PositionsPanel", "Floating P&L"),
                lambda line: signed_money(line.floating),
                RIGHT,
                lambda line: signed_ink(line.floating),
                lambda line: line.floating,
                12,
                lambda line: translate("PositionsPanel", "Last against average, before fees, yuan"),
            ),
            # Beside the profit that calls for it, where a half of the window's width still shows it
            TableColumn("action", self._action_title, lambda line: "", width_chars=8),
            TableColumn(
                "today",
                lambda: translate("PositionsPanel", "Today"),
                lambda line: quantity(line.position.today_quantity) if line.position.today_quantity else DASH,
                RIGHT,
                lambda line: look.theme.text_2,
                lambda line: line.position.today_quantity,
                5,
            ),
            TableColumn(
                "value",
                lambda: translate("PositionsPanel", "Value"),
                lambda line: money(line.market_value),
                RIGHT,
                None,
                lambda line: line.market_value,
                12,
                lambda line: translate("PositionsPanel", "At the last price, yuan; negative is owed"),
            ),
            TableColumn(
                "margin",
                lambda: translate("PositionsPanel", "Margin"),
                lambda line: money(margin(line)),
                RIGHT,
                None,
                margin,
                11,
            ),
            TableColumn(
                "realised",
                lambda: translate("PositionsPanel", "Realised"),
                lambda line: signed_money(line.position.realised) if line.position.realised else DASH,
                RIGHT,
                lambda line: signed_ink(line.position.realised or None),
                lambda line: line.position.realised,
                11,
                lambda line: translate("PositionsPanel", "Profit of what was closed today, before fees, yuan"),
            ),
            TableColumn(
                "days",
                lambda: translate("PositionsPanel", "Days"),
                lambda line: quantity(line.days),
                RIGHT,
                days_ink,
                lambda line: line.days,
                4,
                lambda line: translate("PositionsPanel", "Calendar days to expiry"),
            ),
        ]

    def _action_title(self) -> str:
        return self.tr("Action")

    def _close_label(self, line: PositionLine | None) -> str:
        return self.tr("Close") if line is not None and line.position.available_quantity > 0 else ""

    def _on_change(self, _: object) -> None:
        self._stale = True

    def _on_current(self, index: QModelIndex) -> None:
        line = self.model.record(index.row())
        if line is not None:
            self.contract_chosen.emit(line.position.contract_code)

    def _on_clicked(self, index: QModelIndex) -> None:
        line = self.model.record(index.row())
        if index.column() != self._action or line is None or not self._close_label(line):
            return
        position = line.position
        if self._guard.passes((position.contract_code, position.side)):
            self.close_requested.emit(position.contract_code, position.side)


class TotalsRow(QWidget):
    """A line under a table whose figures stand under its columns, whatever their order and width."""

    def __init__(self, table: RecordTable, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._table = table
        self._appearance = appearance
        self.figures: dict[str, tuple[str, QColor | None]] = {}
        """Text and colour by column"""
        self.setFixedHeight(ROW_TABLE)
        header = table.horizontalHeader()
        for signal in (header.sectionResized, header.sectionMoved, header.geometriesChanged):
            signal.connect(lambda *_: self.update())
        table.horizontalScrollBar().valueChanged.connect(lambda _: self.update())
        appearance.changed.connect(self.update)

    def show_figures(self, figures: dict[str, tuple[str, QColor | None]], tip: str) -> None:
        """Show other figures."""
        self.setToolTip(tip)
        if figures != self.figures:
            self.figures = figures
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Each figure in its column's place."""
        painter = QPainter(self)
        theme = self._appearance.theme
        painter.fillRect(self.rect(), theme.raised)
        painter.setFont(self._appearance.figures_at(SIZE_TABLE, bold=True))
        header = self._table.horizontalHeader()
        model = self._table.model()
        assert isinstance(model, RecordTableModel)
        for number in range(header.count()):
            key = model.columns[number].key
            text, ink = self.figures.get(key, ("", None))
            if not text or header.isSectionHidden(number):
                continue
            x, width = header.sectionViewportPosition(number), header.sectionSize(number)
            align = model.columns[number].align
            painter.setPen(ink or theme.text)
            area = QRect(x + CELL_PADDING, 0, width - 2 * CELL_PADDING, self.height())
            if align & Qt.AlignmentFlag.AlignRight:  # a long total may reach into the empty place on its left
                area.setLeft(area.left() - width // 2)
            painter.drawText(area, int(align), text)
        painter.end()
