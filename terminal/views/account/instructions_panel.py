"""The dock of instructions that are no orders (非交易指令): the form, and beside it what was asked today."""

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget

from terminal.domain.instructions import InstructionKind
from terminal.domain.messages import Capability
from terminal.services.desk import Desk
from terminal.services.events import (
    AccountChanged,
    DayChanged,
    InstructionChanged,
    LinkChanged,
    PhaseUpdated,
    RecoveryFinished,
)
from terminal.services.instructions import InstructionEntry
from terminal.views.account.instruction_columns import RANKS, instruction_columns
from terminal.views.account.instruction_form import InstructionForm, Spawn
from terminal.views.account.words import word
from terminal.views.appearance import Appearance
from terminal.views.formatting import quantity
from terminal.views.record_table import Export
from terminal.views.style_sheet import set_role
from terminal.views.table_model import RecordTableModel
from terminal.views.theme import GUTTER
from terminal.views.trading.panel_bar import PanelBar
from terminal.views.yielding_table import YieldingTable

_FORM_WIDTH = 330
_LEAST_HEIGHT = 150
#: From this height on, and below this width, the table stands below the form
_TALL, _WIDE = 460, 900
_FORM_HEIGHT = 330
#: Beside the form room is short, and the result takes what is left over; digits
_NARROW = {"subject": 20, "result": 20}


class InstructionsPanel(QWidget):
    """Follows the instruction service; `show_kind` turns the form to what another panel asks for."""

    def __init__(
        self,
        desk: Desk,
        appearance: Appearance,
        spawn: Spawn,
        export: Export,
        *,
        confirm: Callable[[], bool],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self._stale = True
        self._changed: dict[str, None] = {}
        """Numbers of instructions to be shown anew, in the order they changed"""
        set_role(self, "panel")
        self.form = InstructionForm(desk, spawn, confirm=confirm, parent=self)
        self.model: RecordTableModel[InstructionEntry] = RecordTableModel(
            [
                replace(column, width_chars=_NARROW.get(column.key, column.width_chars))
                for column in instruction_columns(desk.market, appearance)
            ],
            newest_first=True,
            parent=self,
        )
        self.table = YieldingTable(
            self.model,
            appearance,
            title=lambda: word("Instructions"),
            export=export,
            ranks=RANKS,
            grows=("result",),
            parent=self,
        )
        self.bar = PanelBar(self)
        self.export_button = self.bar.add_button(self.table.export_csv)
        right = QWidget(self)
        column = QVBoxLayout(right)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.bar)
        column.addWidget(self.table, 1)
        self._splitter = splitter = QSplitter(Qt.Orientation.Horizontal, self)
        splitter.setHandleWidth(GUTTER)
        splitter.setChildrenCollapsible(False)
        splitter.addWidget(self.form)
        splitter.addWidget(right)
        splitter.setStretchFactor(1, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(splitter)
        bus = desk.bus
        for touched in (AccountChanged, LinkChanged, PhaseUpdated):
            bus.subscribe(touched, self._mark)
        for renewed in (DayChanged, RecoveryFinished):
            bus.subscribe(renewed, self._refill)
        bus.subscribe(InstructionChanged, self._on_instruction)
        self.setFocusProxy(self.form.quantity)
        self._refill()
        self.retranslate()

    def minimumSizeHint(self) -> QSize:
        """The form scrolls: a small screen need not give it all it would like."""
        return QSize(_FORM_WIDTH + 120, _LEAST_HEIGHT)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The table below the form where the panel is tall and narrow, beside it elsewhere."""
        super().resizeEvent(event)
        tall = self.height() >= _TALL and self.width() < _WIDE
        wanted = Qt.Orientation.Vertical if tall else Qt.Orientation.Horizontal
        if wanted is not self._splitter.orientation():
            self._splitter.setOrientation(wanted)
            least = _FORM_HEIGHT if tall else _FORM_WIDTH
            whole = self.height() if tall else self.width()
            self._splitter.setSizes([least, max(whole - least, 1)])

    @property
    def count(self) -> int:
        """Instructions of the day."""
        return sum(1 for _ in self._desk.instructions.entries)

    def show_kind(self, kind: InstructionKind, *, size: int = 0, **fields: str) -> None:
        """Turn the form to a kind, with its fields filled as far as they are given, and put the cursor in it."""
        self.form.show_kind(kind, size=size, **fields)
        (self.form.amount if self.form.amount.isVisible() else self.form.quantity).setFocus()

    def flush(self) -> None:
        """Show what has changed."""
        for number in self._changed:
            entry = self._desk.instructions.entry(number)
            if entry is not None:
                self.model.upsert(number, entry)
        if self._changed:
            self._show_note()
        self._changed.clear()
        self.table.flush()
        if self._stale or self.form.is_outrun:
            self._stale = False
            self.form.flush()

    def retranslate(self) -> None:
        """Put the words of the language in force."""
        self.export_button.setText(word("Export"))
        self.table.setAccessibleName(word("Instructions"))
        self._show_note()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    # ---- inside

    def _show_note(self) -> None:
        entries = list(self._desk.instructions.entries)
        refused = sum(1 for e in entries if e.reason is not None)
        waiting = sum(1 for e in entries if e.in_doubt)
        text = word("{count} today, {refused} refused").format(count=quantity(len(entries)), refused=quantity(refused))
        if waiting:
            text += ", " + word("{count} without an answer").format(count=quantity(waiting))
        if not self._desk.can(Capability.EXERCISE):
            text += " · " + word("this venue takes no exercises")
        self.bar.note.setText(text)

    def _mark(self, _event: object) -> None:
        self._stale = True

    def _on_instruction(self, event: InstructionChanged) -> None:
        self._changed[event.instruction_id] = None
        self._stale = True

    def _refill(self, _event: object = None) -> None:
        self._stale = True
        entries = list(self._desk.instructions.entries)
        self.model.replace_all((e.command.instruction_id, e) for e in entries)
        self._show_note()
