"""What the account holds (持仓): long 权利仓, short 义务仓 and covered 备兑仓 of a contract in rows of their own.

Quantities, averages and margin are the counter's; value and floating profit (浮动盈亏) follow the last price. A
contract that has not traded has no value here, and the totals say how many rows they rest on.
"""

from functools import partial
from typing import Any

from PySide6.QtCore import QEvent, QModelIndex, Signal
from PySide6.QtWidgets import QButtonGroup, QMenu, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from terminal.domain.accounts import ZERO, PositionSide
from terminal.domain.combinations import Combination
from terminal.domain.contracts import Right
from terminal.domain.instructions import InstructionKind
from terminal.services.desk import Desk
from terminal.services.events import AccountChanged, ClockUpdated, DayChanged, QuotesChanged
from terminal.views.account.holding_tables import DeliveryLine, combination_columns, delivery_columns, delivery_lines
from terminal.views.account.words import kind_words, word
from terminal.views.appearance import Appearance
from terminal.views.formatting import DASH, money, signed_money
from terminal.views.record_table import Export, RecordTable
from terminal.views.table_model import RECORD_ROLE, RecordTableModel
from terminal.views.texts import words
from terminal.views.trading.cell_painters import ButtonDelegate, TagDelegate, without_column
from terminal.views.trading.panel_bar import PanelBar
from terminal.views.trading.position_lines import RANKS, PositionLine, floating_total, lines_of, position_columns
from terminal.views.trading.press_guard import PressGuard
from terminal.views.trading.totals_row import TotalsRow
from terminal.views.translation import translate
from terminal.views.yielding_table import YieldingTable

#: Instructions a position may be the beginning of, by its side
_KINDS_OF = {
    PositionSide.LONG: (
        InstructionKind.EXERCISE,
        InstructionKind.WITHDRAW_EXERCISE,
        InstructionKind.MERGED_EXERCISE,
        InstructionKind.COMBINE,
    ),
    PositionSide.SHORT: (InstructionKind.COMBINE, InstructionKind.TO_COVERED),
    PositionSide.COVERED: (InstructionKind.TO_NAKED,),
}


def kinds_for(line: PositionLine) -> list[InstructionKind]:
    """The instructions that fit a position, from its side and its contract."""
    call = line.contract is not None and line.contract.right is Right.CALL
    calls_only = (InstructionKind.MERGED_EXERCISE, InstructionKind.TO_COVERED)
    return [kind for kind in _KINDS_OF[line.position.side] if call or kind not in calls_only]


class PositionsPanel(QWidget):
    """The positions. `close_requested(contract_code, PositionSide)` asks for a ticket that closes one."""

    close_requested = Signal(str, object)
    instruction_wanted = Signal(object, str)
    """An InstructionKind, and the contract or the number of the combination it begins with"""
    contract_chosen = Signal(str)
    """The contract of the row that became current"""

    def __init__(self, desk: Desk, appearance: Appearance, export: Export, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._appearance = appearance
        self._guard = PressGuard(desk.monotonic)
        self._shown: dict[str, PositionLine] = {}
        self._stale = True
        self.model = RecordTableModel(position_columns(desk.market, appearance, self._action_title), parent=self)
        self.table = _PositionsTable(
            self.model,
            appearance,
            title=lambda: translate("PositionsPanel", "Positions"),
            export=without_column(export, self._action_title),
            ranks=RANKS,
            grows=("contract",),
            parent=self,
        )
        self.table.setItemDelegateForColumn(self.model.column_of("side"), TagDelegate(appearance, self.table))
        self._action = self.model.column_of("action")
        self.table.setItemDelegateForColumn(
            self._action, ButtonDelegate(self._close_label, appearance, parent=self.table)
        )
        self.table.clicked.connect(self._on_clicked)
        self.table.selectionModel().currentRowChanged.connect(lambda index, _: self._on_current(index))
        self.table.instruction_wanted.connect(self.instruction_wanted)
        self.totals = TotalsRow(self.table, appearance, self)
        self.combinations: RecordTableModel[Combination] = RecordTableModel(
            combination_columns(desk.market), parent=self
        )
        self.combinations_table = RecordTable(
            self.combinations,
            appearance,
            title=lambda: word("Combinations"),
            export=without_column(export, lambda: word("Action")),
            parent=self,
        )
        self._release = self.combinations.column_of("action")
        self.combinations_table.setItemDelegateForColumn(
            self._release, ButtonDelegate(self._release_label, appearance, parent=self.combinations_table)
        )
        self.combinations_table.clicked.connect(self._on_combination)
        self.deliveries: RecordTableModel[DeliveryLine] = RecordTableModel(
            delivery_columns(desk.market, appearance), parent=self
        )
        self.deliveries_table = RecordTable(
            self.deliveries, appearance, title=lambda: word("Deliveries"), export=export, parent=self
        )
        self.bar = PanelBar(self)
        self._pages = QStackedWidget(self)
        self._page_group = QButtonGroup(self)
        self.page_buttons: list[QPushButton] = []
        held = QWidget(self)
        column = QVBoxLayout(held)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.table, 1)
        column.addWidget(self.totals)
        for number, page in enumerate((held, self.combinations_table, self.deliveries_table)):
            self._pages.addWidget(page)
            button = self.bar.add_button(partial(self._pages.setCurrentIndex, number), checkable=True)
            button.setChecked(number == 0)
            self._page_group.addButton(button)
            self.page_buttons.append(button)
        self.export_button = self.bar.add_button(self._export)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.bar)
        layout.addWidget(self._pages, 1)
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
        self._show_others()
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
        self.combinations_table.setAccessibleName(word("Combinations"))
        self.deliveries_table.setAccessibleName(word("Deliveries"))
        self._name_pages()
        self._show_totals()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    # ---- inside

    def _show_others(self) -> None:
        """Combinations and deliveries: few, and seldom new."""
        portfolio = self._desk.portfolio
        _follow(self.combinations, {c.number: c for c in portfolio.combinations})
        _follow(
            self.deliveries,
            {
                f"{d.delivery.contract_code}/{d.delivery.side}/{d.delivery.exercise_day}": d
                for d in delivery_lines(self._desk)
            },
        )
        self._name_pages()

    def _name_pages(self) -> None:
        portfolio = self._desk.portfolio
        for button, name, count in zip(
            self.page_buttons,
            (self.tr("Single"), word("Combinations"), word("Deliveries")),
            (0, len(portfolio.combinations), len(portfolio.deliveries)),
            strict=True,
        ):
            button.setText(f"{name} {count}" if count else name)

    def _export(self) -> None:
        (self.table, self.combinations_table, self.deliveries_table)[self._pages.currentIndex()].export_csv()

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

    def _action_title(self) -> str:
        return self.tr("Action")

    def _close_label(self, line: PositionLine | None) -> str:
        return self.tr("Close") if line is not None and line.position.available_quantity > 0 else ""

    def _release_label(self, combination: Combination | None) -> str:
        return word("Release") if combination is not None else ""

    def _on_combination(self, index: QModelIndex) -> None:
        combination = self.combinations.record(index.row())
        if index.column() == self._release and combination is not None and self._guard.passes(combination.number):
            self.instruction_wanted.emit(InstructionKind.RELEASE, combination.number)

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


class _PositionsTable(YieldingTable):
    """The context menu of a position begins with the instructions that fit it."""

    instruction_wanted = Signal(object, str)

    def add_menu_actions(self, menu: QMenu) -> None:
        """One entry for each instruction of the current row."""
        line: Any = self.currentIndex().data(RECORD_ROLE)
        if not isinstance(line, PositionLine):
            return
        code = line.position.contract_code
        for kind in kinds_for(line):
            entry = menu.addAction(f"{kind_words(kind)}…")
            entry.triggered.connect(lambda _=False, kind=kind: self.instruction_wanted.emit(kind, code))


def _follow(model: RecordTableModel[Any], wanted: dict[str, Any]) -> None:
    """Make a small table show exactly these records."""
    shown = {model.key(row): model.record(row) for row in range(model.rowCount())}
    if shown.keys() - wanted.keys():
        model.replace_all(wanted.items())
        return
    for key, record in wanted.items():
        if shown.get(key) != record:
            model.upsert(key, record)
    model.flush()
