"""Orders, fills and instructions of an earlier day (历史查询), read from the journal when a day is chosen.

Nothing is read before the panel is first shown. A maker's journal takes minutes: it is read a little at a time, and on
from where it was left, so that quotes need not wait for it. The newest day goes on: what has come since it was read is
read when the panel is next brought up, and said while it is in front. What the journal cannot give is said in words,
never shown as empty.
"""

import logging
from datetime import date
from decimal import Decimal

from PySide6.QtCore import QEvent, QTimer
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QComboBox, QLabel, QTabWidget, QVBoxLayout, QWidget

from terminal.domain.errors import OptionDeskError
from terminal.domain.orders import Fill, Order
from terminal.services.desk import Desk
from terminal.services.events import DayChanged, FillBooked, InstructionChanged, OrderChanged
from terminal.services.history import DayHistory, History
from terminal.services.instructions import InstructionEntry, entry_of
from terminal.services.known_contracts import PastListing
from terminal.views.account.instruction_columns import instruction_columns
from terminal.views.appearance import Appearance
from terminal.views.error_words import error_words
from terminal.views.formatting import DASH, day, money, quantity
from terminal.views.record_table import Export, RecordTable
from terminal.views.style_sheet import set_role
from terminal.views.table_model import RecordTableModel
from terminal.views.trading.fills_table import fill_columns
from terminal.views.trading.orders_table import order_columns
from terminal.views.trading.panel_bar import PanelBar

logger = logging.getLogger(__name__)
#: So many records are read at a time, which takes some 5 ms; then the loop is left to others for as long
_SLICE, _PAUSE_MS = 500, 5


class HistoryPanel(QWidget):
    """One day at a time. The newest day of the journal is chosen at first."""

    def __init__(
        self, history: History, desk: Desk, appearance: Appearance, export: Export, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._history = history
        self._days: list[date] = []
        self._past: dict[date, DayHistory] = {}
        self._content: DayHistory | None = None
        self._failure = ""
        self._is_read = self._is_reading = False
        self._has_moved = self._tells_move = False
        """Something was written down since the newest day was read"""
        self._next_slice = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._next_slice.timeout.connect(self._read_on)
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
        for event in (OrderChanged, FillBooked, InstructionChanged):
            desk.bus.subscribe(event, self._on_written)
        desk.bus.subscribe(DayChanged, self._on_list)
        self.retranslate()

    @property
    def day(self) -> date | None:
        """The day chosen."""
        place = self.day_choice.currentIndex()
        return self._days[place] if 0 <= place < len(self._days) else None

    def refresh(self) -> None:
        """Read what has been written since, and show the chosen day; the newest when it is gone."""
        self._is_read, self._has_moved, self._is_reading = True, False, True
        self._read_on()

    def _read_on(self) -> None:
        try:
            self._is_reading = not self._history.read(_SLICE)
        except OptionDeskError as error:
            self._is_reading = False
            self._fail(error)
            return
        if self._is_reading:
            self._failure = ""
            self._show_note()
            self._next_slice.start()
            return
        chosen = self.day
        self._past = self._history.days()
        self._days = days = list(self._past)
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
        """Say that the day has moved on; texts are renewed by the tables themselves."""
        if self._has_moved and not self._tells_move:
            self._show_note()
        for table in self.tables:
            table.flush()

    def showEvent(self, event: QShowEvent) -> None:
        """Read when first seen, and the newest day again when it has moved on."""
        super().showEvent(event)
        if not self._is_read or (self._has_moved and self._is_newest()):
            self.day_choice.setCurrentIndex(-1)
            self.refresh()
        elif self._is_reading:
            self._next_slice.start()

    def hideEvent(self, event: QHideEvent) -> None:
        """Nothing is read behind another tab."""
        super().hideEvent(event)
        self._next_slice.stop()

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

    def _on_written(self, _event: object) -> None:
        self._has_moved = self._is_read

    def _on_list(self, _event: DayChanged) -> None:
        """Contracts have names once the list of the day is here."""
        for model in (self.orders, self.fills, self.instructions):
            model.retranslate()

    def _is_newest(self) -> bool:
        return self.day_choice.currentIndex() <= 0

    def _names(self) -> tuple[str, str, str]:
        return self.tr("Orders"), self.tr("Fills"), self.tr("Instructions")

    def _title(self, number: int) -> str:
        return f"{self._names()[number]} {day(self.day)}".removesuffix(DASH).rstrip()

    def _read_day(self) -> None:
        chosen = self.day
        self._failure = ""
        self._content = content = self._past.get(chosen) if chosen is not None else None
        self._listing.contracts = content.contracts if content is not None else {}
        self.orders.replace_all(content.orders.items() if content is not None else ())
        self.fills.replace_all(((f.fill_id, f) for f in content.fills) if content is not None else ())
        self.instructions.replace_all(
            ((r.instruction_id, entry_of(r)) for r in content.instructions) if content is not None else ()
        )
        self.retranslate()

    def _fail(self, error: OptionDeskError) -> None:
        logger.info("history cannot be read: %s", error)
        self._failure = str(error)
        self._content = None
        self._past = {}
        for model in (self.orders, self.fills, self.instructions):
            model.replace_all(())
        self.retranslate()

    def _show_note(self) -> None:
        set_role(self.bar.note, "critical" if self._failure else "second")
        self._tells_move = False
        if self._failure:
            self.bar.note.setText(
                self.tr("✕ The journal cannot be read: {error}").format(error=error_words(self._failure))
            )
        elif self._is_reading:
            self.bar.note.setText(self.tr("The journal is being read…"))
        elif self._content is None:
            self.bar.note.setText(self.tr("No earlier day in the journal") if self._is_read else DASH)
        else:
            fees = money(sum((f.fee for f in self._content.fills), Decimal(0)))
            lots = quantity(sum(f.quantity for f in self._content.fills))
            text = self.tr("Lots traded {lots}, fees {fees} yuan").format(lots=lots, fees=fees)
            self._tells_move = self._has_moved and self._is_newest()
            if self._tells_move:
                text = f"{self.tr('More has come since: read again')} · {text}"
            self.bar.note.setText(text)
