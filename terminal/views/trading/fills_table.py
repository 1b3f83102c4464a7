"""All executions of the day (当日成交), newest first. A forced one that nobody ordered (无委托成交) is marked."""

from decimal import Decimal

from PySide6.QtCore import QEvent
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QVBoxLayout, QWidget

from terminal.domain.orders import Fill, Side
from terminal.services.desk import Desk
from terminal.services.events import DayChanged, FillBooked, RecoveryFinished
from terminal.services.known_contracts import Listing
from terminal.views.appearance import Appearance
from terminal.views.formatting import clock_millis, decimal_price, money, quantity
from terminal.views.record_table import Export
from terminal.views.table_model import LEFT, RIGHT, RecordTableModel, TableColumn
from terminal.views.texts import bounded, name_of
from terminal.views.trading.kind_column import instruction_column, kind_column
from terminal.views.trading.panel_bar import PanelBar
from terminal.views.translation import translate
from terminal.views.yielding_table import YieldingTable

_FINEST = Decimal("0.0001")
#: Which columns give way where room is short, the highest first
_RANKS = {"id": 5, "order": 4, "kind": 3, "fee": 2, "amount": 1}


def amount_of(fill: Fill, market: Listing) -> Decimal | None:
    """Premium of a fill in yuan; None for a contract that no list has named, whose unit is not known."""
    contract = market.known(fill.contract_code)
    return fill.price * fill.quantity * contract.multiplier if contract is not None else None


def fill_columns(market: Listing, appearance: Appearance) -> list[TableColumn[Fill]]:
    """The columns of any table of fills: today's and those of an earlier day."""

    def side_ink(fill: Fill) -> QColor:
        return appearance.bid if fill.instruction.side is Side.BUY else appearance.ask

    def price_text(fill: Fill) -> str:
        contract = market.known(fill.contract_code)
        return decimal_price(fill.price, contract.tick_size if contract is not None else _FINEST)

    return [
        TableColumn(
            "time",
            lambda: translate("FillsPanel", "Time"),
            lambda f: clock_millis(f.at),
            LEFT,
            lambda f: appearance.theme.dim,
            lambda f: f.at,
            13,
        ),
        TableColumn(
            "contract",
            lambda: translate("FillsPanel", "Contract"),
            lambda f: name_of(f.contract_code, market),
            width_chars=20,
            tip=lambda f: bounded(f.contract_code),
            code=lambda f: bounded(f.contract_code),
        ),
        instruction_column(lambda: translate("FillsPanel", "Instruction"), appearance, 10),
        TableColumn(
            "price", lambda: translate("FillsPanel", "Price"), price_text, RIGHT, side_ink, lambda f: f.price, 7
        ),
        TableColumn(
            "quantity",
            lambda: translate("FillsPanel", "Size"),
            lambda f: quantity(f.quantity),
            RIGHT,
            None,
            lambda f: f.quantity,
            5,
        ),
        TableColumn(
            "amount",
            lambda: translate("FillsPanel", "Amount"),
            lambda f: money(amount_of(f, market)),
            RIGHT,
            None,
            lambda f: amount_of(f, market),
            12,
        ),
        TableColumn(
            "fee",
            lambda: translate("FillsPanel", "Fee"),
            lambda f: money(f.fee),
            RIGHT,
            lambda f: appearance.theme.text_2,
            lambda f: f.fee,
            9,
        ),
        kind_column(appearance),
        TableColumn(
            "order",
            lambda: translate("FillsPanel", "Order id"),
            lambda f: bounded(f.client_order_id),
            LEFT,
            lambda f: appearance.theme.dim,
            width_chars=20,
        ),
        TableColumn(
            "id",
            lambda: translate("FillsPanel", "Fill id"),
            lambda f: bounded(f.fill_id),
            LEFT,
            lambda f: appearance.theme.dim,
            width_chars=24,
        ),
    ]


class FillsPanel(QWidget):
    """Today's executions with their number and fees."""

    def __init__(self, desk: Desk, appearance: Appearance, export: Export, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._rebuild = True
        self._stale = True
        self.model = RecordTableModel(fill_columns(desk.market, appearance), newest_first=True, parent=self)
        self.table = YieldingTable(
            self.model,
            appearance,
            title=lambda: translate("FillsPanel", "Fills"),
            export=export,
            ranks=_RANKS,
            grows=("contract",),
            parent=self,
        )
        self.bar = PanelBar(self)
        self.export_button = self.bar.add_button(self.table.export_csv)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.bar)
        layout.addWidget(self.table, 1)
        desk.bus.subscribe(FillBooked, self._on_fill)
        for event in (DayChanged, RecoveryFinished):
            desk.bus.subscribe(event, self._on_reset)
        self.retranslate()
        self.flush()

    def flush(self) -> None:
        """Show what has changed."""
        if self._rebuild:
            self._rebuild = False
            self._stale = True
            self.model.replace_all((f.fill_id, f) for f in self._desk.portfolio.fills)
            header = self.table.horizontalHeader()
            self.model.sort(header.sortIndicatorSection(), header.sortIndicatorOrder())
        self.table.flush()
        if self._stale:
            self._stale = False
            self._show_note()

    def retranslate(self) -> None:
        """Put the words of the language in force."""
        self.export_button.setText(self.tr("Export"))
        self.table.setAccessibleName(self.tr("Fills"))
        self._show_note()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def _show_note(self) -> None:
        fills = self._desk.portfolio.fills
        fees = money(sum((f.fee for f in fills), Decimal(0)))
        lots = quantity(sum(f.quantity for f in fills))
        self.bar.note.setText(
            self.tr("Fills {count}, lots {lots}, fees {fees} yuan").format(count=len(fills), lots=lots, fees=fees)
        )

    def _on_fill(self, event: FillBooked) -> None:
        self._stale = True
        self.model.upsert(event.fill.fill_id, event.fill)

    def _on_reset(self, _: object) -> None:
        self._rebuild = True
