"""Orders, fills and instructions of an earlier day (历史查询), read from the journal when a day is chosen.

Nothing is read before the panel is first shown. What the journal cannot give is said in words, never shown as empty.
"""

import logging
from datetime import date
from decimal import Decimal

from PySide6.QtCore import QEvent
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QComboBox, QLabel, QTabWidget, QVBoxLayout, QWidget

from terminal.domain.errors import OptionDeskError
from terminal.domain.orders import Fill, Order
from terminal.services.desk import Desk
from terminal.services.history import DayHistory, History
from terminal.services.instructions import InstructionEntry, entry_of
from terminal.services.known_contracts import PastListing
from terminal.views.account.instruction_columns import instruction_columns
from terminal.views.formatting import DASH, day, money, quantity
from terminal.views.record_table import Export, RecordTable
from terminal.views.style_sheet import set_role
from terminal.views.table_model import RecordTableModel
from terminal.views.texts import bounded
from terminal.views.theme import Appearance
from terminal.views.trading.fills_table import fill_columns
from terminal.views.trading.orders_table import order_columns
from terminal.views.trading.panel_bar import PanelBar

logger = logging.getLogger(__name__)


class HistoryPanel(QWidget):
    """One day at a time. The newest day of the journal is chosen at first."""

    def __init__(
        self, history: History, desk: Desk, appearance: Appearance, export: Export, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._history = history
        self._days: list[date] = []
        self._content: DayHistory | None = None
        self._failure = ""
        self._is_read = False
        self._listing = PastListing(desk.market)
        self.orders: RecordTableModel[Order] = RecordTableModel(
            order_columns(self._listing, appearance), newest_first=True, parent=self
        )
        self.fills: RecordTableModel[Fill] = RecordTableModel(
            fill_columns(self._listing, appearance), newest_first=True, parent=self
        )
        self.instructions: RecordTableModel[InstructionEntry] = RecordTableModel(
            instruction_columns(self._listing, appearance), newest_first=True, parent=self
        )
        self.tables = (
            RecordTable(self.orders, appearance, title=lambda: self._title(0), export=export, parent=self),
            RecordTable(self.fills, appearance, title=lambda: self._title(1), export=export, parent=self),
            RecordTable(self.instructions, appearance, title=lambda: self._title(2), export=export, parent=self),
        )
        self.tabs = QTabWidget(self)
        self.tabs.setDocumentMode(True)
        for table in self.tables:
            self.tabs.addTab(table, "")
        self.bar = PanelBar(self)
        self.label = QLabel(self)
        set_role(self.label, "dim")
        self.bar.add(self.label)
        self.day_choice = QComboBox(self)
        self.day_choice.setMinimumWidth(130)
        self.bar.add(self.day_choice)
        self.refresh_button = self.bar.add_button(self.refresh)
        self.export_button = self.bar.add_button(lambda: self.tables[self.tabs.currentIndex()].export_csv())
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.bar)
        layout.addWidget(self.tabs, 1)
        self.day_choice.activated.connect(lambda _: self._read_day())
        self.retranslate()

    @property
    def day(self) -> date | None:
        """The day chosen."""
        place = self.day_choice.currentIndex()
        return self._days[place] if 0 <= place < len(self._days) else None

    def refresh(self) -> None:
        """Read the list of days again, and the chosen day; the newest when it is gone."""
        self._is_read = True
        chosen = self.day
        try:
            days = self._history.days()
        except OptionDeskError as error:
            self._fail(error)
            return
        self._days = days
        self.day_choice.clear()
        self.day_choice.addItems([day(found) for found in days])
        if days:
            self.day_choice.setCurrentIndex(days.index(chosen) if chosen in days else 0)
        self._read_day()

    def choose(self, wanted: date) -> None:
        """Show a day of the list; another one changes nothing."""
        if wanted in self._days:
            self.day_choice.setCurrentIndex(self._days.index(wanted))
            self._read_day()

    def flush(self) -> None:
        """The past does not move; texts are renewed by the tables themselves."""
        for table in self.tables:
            table.flush()

    def showEvent(self, event: QShowEvent) -> None:
        """Read when first seen."""
        super().showEvent(event)
        if not self._is_read:
            self.refresh()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def retranslate(self) -> None:
        """Put the words of the language in force."""
        self.label.setText(self.tr("Day"))
        self.day_choice.setAccessibleName(self.tr("Day"))
        self.refresh_button.setText(self.tr("Read again"))
        self.export_button.setText(self.tr("Export"))
        counts = (
            [len(self._content.orders), len(self._content.fills), len(self._content.instructions)]
            if (self._content is not None)
            else [0, 0, 0]
        )
        for number, name in enumerate(self._names()):
            self.tabs.setTabText(number, f"{name} {counts[number]}")
            self.tables[number].setAccessibleName(name)
        self._show_note()

    # ---- inside

    def _names(self) -> tuple[str, str, str]:
        return self.tr("Orders"), self.tr("Fills"), self.tr("Instructions")

    def _title(self, number: int) -> str:
        return f"{self._names()[number]} {day(self.day)}".removesuffix(DASH).rstrip()

    def _read_day(self) -> None:
        chosen = self.day
        self._failure = ""
        try:
            self._content = self._history.day(chosen) if chosen is not None else None
        except OptionDeskError as error:
            self._fail(error)
            return
        content = self._content
        self._listing.contracts = content.contracts if content is not None else {}
        self.orders.replace_all(content.orders.items() if content is not None else ())
        self.fills.replace_all(((f.fill_id, f) for f in content.fills) if content is not None else ())
        self.instructions.replace_all(
            ((r.instruction_id, entry_of(r)) for r in content.instructions) if content is not None else ()
        )
        self.retranslate()

    def _fail(self, error: OptionDeskError) -> None:
        logger.info("history cannot be read: %s", error)
        self._failure = bounded(str(error))
        self._content = None
        for model in (self.orders, self.fills, self.instructions):
            model.replace_all(())
        self.retranslate()

    def _show_note(self) -> None:
        set_role(self.bar.note, "critical" if self._failure else "second")
        if self._failure:
            self.bar.note.setText(self.tr("✕ The journal cannot be read: {error}").format(error=self._failure))
        elif self._content is None:
            self.bar.note.setText(self.tr("No earlier day in the journal") if self._is_read else DASH)
        else:
            fees = money(sum((f.fee for f in self._content.fills), Decimal(0)))
            lots = quantity(sum(f.quantity for f in self._content.fills))
            self.bar.note.setText(self.tr("Lots traded {lots}, fees {fees} yuan").format(lots=lots, fees=fees))
