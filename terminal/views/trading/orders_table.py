"""All orders of the day (当日委托), newest first, with every way to cancel them (撤单).

A cancel is never held back by a check; only the second press of a double click is swallowed (F80). An order whose
answer is missing says that the venue is being asked.
"""

from collections.abc import Callable, Coroutine, Iterable
from decimal import Decimal
from typing import Any

from PySide6.QtCore import QEvent, QModelIndex, Qt
from PySide6.QtGui import QColor, QKeyEvent
from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget

from terminal.domain.contracts import Contract
from terminal.domain.orders import Order, OrderStatus
from terminal.services.desk import Desk
from terminal.services.events import DayChanged, OrderChanged, RecoveryFinished
from terminal.services.known_contracts import Listing
from terminal.views.appearance import Appearance
from terminal.views.formatting import DASH, clock, clock_millis, decimal_price, quantity
from terminal.views.plurals import in_number
from terminal.views.record_table import Export
from terminal.views.style_sheet import set_role
from terminal.views.table_model import LEFT, RIGHT, RecordTableModel, TableColumn
from terminal.views.texts import bounded, name_of, reason_sentence, underlying_name, words
from terminal.views.trading.cell_painters import ButtonDelegate, without_column
from terminal.views.trading.kind_column import instruction_column, kind_column
from terminal.views.trading.panel_bar import PanelBar
from terminal.views.trading.press_guard import PressGuard
from terminal.views.translation import translate
from terminal.views.yielding_table import YieldingTable

#: Starts a coroutine and keeps its task
Spawn = Callable[[Coroutine[Any, Any, Any]], object]
#: The decimals of a contract that is no longer listed
_FINEST = Decimal("0.0001")
#: Which columns give way where room is short, the highest first. What forced an order is marked in its instruction, and
#: why it was refused stands in the tip of its status
_RANKS = {"id": 5, "type": 4, "kind": 3, "reason": 2, "average": 1}
STATUS_GLYPHS = {
    OrderStatus.DENIED: "✕",
    OrderStatus.SUBMITTED: "○",
    OrderStatus.WORKING: "●",
    OrderStatus.PARTIALLY_FILLED: "◐",
    OrderStatus.CANCEL_PENDING: "◌",
    OrderStatus.FILLED: "✓",
    OrderStatus.CANCELLED: "⊘",
    OrderStatus.REJECTED: "✕",
}


def status_text(order: Order) -> str:
    """Glyph and word; an order in doubt is being asked for."""
    if order.in_doubt:
        return "? " + translate("OrdersPanel", "Being asked")
    return f"{STATUS_GLYPHS[order.status]} {words(order.status)}"


def order_columns(market: Listing, appearance: Appearance) -> list[TableColumn[Order]]:
    """The columns of any table of orders: today's and those of an earlier day."""

    def faded(order: Order) -> QColor:
        theme = appearance.theme
        return theme.dim if order.status.is_final and order.status is not OrderStatus.FILLED else theme.text

    def status_ink(order: Order) -> QColor:
        theme = appearance.theme
        if order.in_doubt:
            return theme.warn
        return {
            OrderStatus.DENIED: theme.critical,
            OrderStatus.REJECTED: theme.critical,
            OrderStatus.CANCELLED: theme.dim,
            OrderStatus.CANCEL_PENDING: theme.warn,
            OrderStatus.FILLED: theme.text_2,
            OrderStatus.SUBMITTED: theme.text_2,
        }.get(order.status, theme.ok)

    def tick_price(value: Decimal | None, order: Order) -> str:
        contract = market.known(order.contract_code)
        return decimal_price(value, contract.tick_size if contract is not None else _FINEST)

    def reason(order: Order) -> str:
        return reason_sentence(order.reason, order.reason_detail) if order.reason is not None else ""

    def status_tip(order: Order) -> str:
        if order.in_doubt:
            return translate("OrdersPanel", "The line dropped before the venue answered. It is never sent again.")
        return reason(order)

    return [
        TableColumn(
            "time",
            lambda: translate("OrdersPanel", "Time"),
            lambda o: clock(o.submitted_at),
            LEFT,
            lambda o: appearance.theme.dim,
            lambda o: o.submitted_at,
            9,
            lambda o: clock_millis(o.submitted_at),
        ),
        TableColumn(
            "contract",
            lambda: translate("OrdersPanel", "Contract"),
            lambda o: name_of(o.contract_code, market),
            LEFT,
            faded,
            width_chars=20,
            tip=lambda o: bounded(o.contract_code),
            code=lambda o: bounded(o.contract_code),
        ),
        instruction_column(lambda: translate("OrdersPanel", "Instruction"), appearance, 13),
        TableColumn(
            "price",
            lambda: translate("OrdersPanel", "Price"),
            lambda o: tick_price(o.price, o),
            RIGHT,
            faded,
            lambda o: o.price,
            7,
        ),
        TableColumn(
            "quantity",
            lambda: translate("OrdersPanel", "Size"),
            lambda o: quantity(o.quantity),
            RIGHT,
            faded,
            lambda o: o.quantity,
            5,
        ),
        TableColumn(
            "filled",
            lambda: translate("OrdersPanel", "Filled"),
            lambda o: quantity(o.filled_quantity) if o.filled_quantity else DASH,
            RIGHT,
            lambda o: appearance.theme.own if o.filled_quantity else appearance.theme.dim,
            lambda o: o.filled_quantity,
            5,
        ),
        TableColumn(
            "average",
            lambda: translate("OrdersPanel", "Average"),
            lambda o: tick_price(o.average_fill_price, o),
            RIGHT,
            faded,
            lambda o: o.average_fill_price,
            7,
        ),
        TableColumn(
            "status", lambda: translate("OrdersPanel", "Status"), status_text, LEFT, status_ink, None, 14, status_tip
        ),
        kind_column(appearance),
        TableColumn(
            "reason",
            lambda: translate("OrdersPanel", "Reason"),
            lambda o: reason(o) or DASH,
            LEFT,
            lambda o: appearance.theme.text_2 if o.reason else appearance.theme.dim,
            width_chars=20,
            tip=reason,
        ),
        TableColumn(
            "type", lambda: translate("OrdersPanel", "Type"), lambda o: words(o.order_type), LEFT, faded, width_chars=15
        ),
        TableColumn(
            "id",
            lambda: translate("OrdersPanel", "Order id"),
            lambda o: bounded(o.client_order_id),
            LEFT,
            lambda o: appearance.theme.dim,
            width_chars=20,
            tip=lambda o: bounded(o.exchange_order_id),
        ),
    ]


class OrdersPanel(QWidget):
    """Today's orders and their cancels. `spawn` starts a coroutine and keeps its task."""

    def __init__(
        self, desk: Desk, appearance: Appearance, spawn: Spawn, export: Export, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self._appearance = appearance
        self._spawn = spawn
        self._guard = PressGuard(desk.monotonic)
        self._code = ""
        self._rebuild = True
        self._counts_stale = True
        cancel: TableColumn[Order] = TableColumn(
            "cancel", self._cancel_title, lambda o: "", width_chars=2, tip=lambda o: _cancel_label(o) and self._tip()
        )
        self.model = RecordTableModel([cancel, *order_columns(desk.market, appearance)], newest_first=True, parent=self)
        self.table = _OrdersTable(self.model, appearance, without_column(export, self._cancel_title), self)
        self.table.setItemDelegateForColumn(
            0, ButtonDelegate(_cancel_label, appearance, lambda: appearance.theme.critical, self.table)
        )
        self.table.clicked.connect(self._on_clicked)
        self.bar = PanelBar(self)
        self.working_only = self.bar.add_button(self._filter, checkable=True)
        self.cancel_selected_button = self.bar.add_button(self.cancel_selected)
        self.cancel_underlying_button = self.bar.add_button(self.cancel_underlying)
        self.cancel_all_button = self.bar.add_button(self.cancel_all)
        self.export_button = self.bar.add_button(self.table.export_csv)
        set_role(self.cancel_all_button, "stop")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.bar)
        layout.addWidget(self.table, 1)
        self.table.selectionModel().selectionChanged.connect(lambda *_: self._show_counts())
        desk.bus.subscribe(OrderChanged, self._on_order)
        for event in (DayChanged, RecoveryFinished):
            desk.bus.subscribe(event, self._on_reset)
        self.retranslate()
        self.flush()

    # ---- what others call

    def show_contract(self, code: str) -> None:
        """Let `cancel_underlying` concern the underlying of this contract."""
        self._code = code
        self._show_counts()

    def flush(self) -> None:
        """Show what has changed."""
        if self._rebuild:
            self._rebuild = False
            self._fill()
        self.table.flush()
        if self._counts_stale:
            self._show_counts()

    def cancel_selected(self) -> None:
        """Cancel every selected order that may still trade."""
        chosen = (self.model.record(index.row()) for index in self.table.selectionModel().selectedRows())
        self._cancel(order.client_order_id for order in chosen if order is not None)

    def cancel_all(self) -> None:
        """Cancel every working order of the desk, shown or not."""
        if self._desk.orders.working() and self._guard.passes("all"):
            self._spawn(self._desk.orders.cancel_all())

    def cancel_underlying(self) -> None:
        """Cancel every working order of one underlying: the chosen contract's, else the current row's."""
        underlying = self._underlying()
        if underlying and self._desk.orders.working(underlying) and self._guard.passes(("all", underlying)):
            self._spawn(self._desk.orders.cancel_all(underlying))

    # ---- showing

    def retranslate(self) -> None:
        """Put the words of the language in force."""
        self.working_only.setText(self.tr("Working only"))
        self.working_only.setToolTip(self.tr("Show only orders that may still trade"))
        self.cancel_selected_button.setText(self.tr("Cancel selected"))
        self.cancel_selected_button.setToolTip(self.tr("Cancel the selected orders (Delete)"))
        self.cancel_all_button.setText(self.tr("Cancel all"))
        self.cancel_all_button.setToolTip(self.tr("Cancel every working order of this desk"))
        self.export_button.setText(self.tr("Export"))
        self.table.setAccessibleName(self.tr("Orders"))
        self._show_counts()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def _show_counts(self) -> None:
        self._counts_stale = False
        orders = self._desk.orders
        working = len(orders.working())
        total = sum(1 for _ in orders.orders)
        counts = self.tr("{total} orders, {working} working").format(total=total, working=working)
        self.bar.note.setText(in_number(counts))
        underlying = self._underlying()
        known = self._desk.market.underlying(underlying) if underlying else None
        self.cancel_underlying_button.setText(
            self.tr("Cancel {underlying}").format(underlying=underlying_name(known) if known else DASH)
        )
        self.cancel_underlying_button.setEnabled(bool(underlying and orders.working(underlying)))
        self.cancel_all_button.setEnabled(working > 0)
        chosen = (self.model.record(index.row()) for index in self.table.selectionModel().selectedRows())
        self.cancel_selected_button.setEnabled(any(o is not None and not o.status.is_final for o in chosen))

    def _underlying(self) -> str:
        current = self.model.record(self.table.currentIndex().row())
        contract: Contract | None = self._desk.market.contract(self._code)
        if contract is None and current is not None:
            contract = self._desk.market.contract(current.contract_code)
        return contract.underlying if contract is not None else ""

    def _fill(self) -> None:
        shown = (o for o in self._desk.orders.orders if self._passes(o))
        self.model.replace_all((o.client_order_id, o) for o in shown)
        header = self.table.horizontalHeader()
        self.model.sort(header.sortIndicatorSection(), header.sortIndicatorOrder())
        self._counts_stale = True

    def _passes(self, order: Order) -> bool:
        return not (self.working_only.isChecked() and order.status.is_final)

    def _filter(self) -> None:
        self._rebuild = True
        self.flush()

    # ---- events

    def _on_order(self, event: OrderChanged) -> None:
        order = event.order
        self._counts_stale = True
        if self._passes(order):
            self.model.upsert(order.client_order_id, order)
        else:
            self.model.remove(order.client_order_id)

    def _on_reset(self, _: object) -> None:
        self._rebuild = True

    def _on_clicked(self, index: QModelIndex) -> None:
        order = self.model.record(index.row())
        if index.column() == 0 and order is not None:
            self._cancel([order.client_order_id])

    def _cancel(self, ids: Iterable[str]) -> None:
        for client_order_id in ids:
            order = self._desk.orders.order(client_order_id)
            if order is not None and not order.status.is_final and self._guard.passes(client_order_id):
                # One task each: the second cancel does not wait for the first one's disk
                self._spawn(self._desk.orders.cancel(client_order_id))

    @staticmethod
    def _cancel_title() -> str:
        return "✕"

    def _tip(self) -> str:
        return self.tr("Cancel this order")


class _OrdersTable(YieldingTable):
    """Delete cancels the selection; the menu offers it too."""

    def __init__(
        self, model: RecordTableModel[Order], appearance: Appearance, export: Export, panel: OrdersPanel
    ) -> None:
        self._panel = panel
        super().__init__(
            model,
            appearance,
            title=lambda: translate("OrdersPanel", "Orders"),
            export=export,
            ranks=_RANKS,
            grows=("reason", "contract"),
            parent=panel,
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Delete cancels; a key held down is one press."""
        if event.key() == Qt.Key.Key_Delete:
            if not event.isAutoRepeat():
                self._panel.cancel_selected()
            return
        super().keyPressEvent(event)

    def add_menu_actions(self, menu: QMenu) -> None:
        """Cancel, before copy and export."""
        action = menu.addAction(translate("OrdersPanel", "Cancel selected"), self._panel.cancel_selected)
        action.setEnabled(self._panel.cancel_selected_button.isEnabled())


def _cancel_label(order: Order | None) -> str:
    return "" if order is None or order.status.is_final else "✕"
