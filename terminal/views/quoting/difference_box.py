"""How a saved set differs from what runs: one line for each cell, staged from here by one button."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QDialogButtonBox,
    QHeaderView,
    QLabel,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from terminal.views.quoting.model import GridModel
from terminal.views.quoting.saved_sets import Difference
from terminal.views.quoting.words import FIELD_NAMES, word
from terminal.views.texts import bounded

_MOST_LINES = 2000


class DifferenceBox(QDialog):
    """A box beside the grid; the desk goes on behind it."""

    stage_wanted = Signal()

    def __init__(self, name: str, found: Sequence[Difference], model: GridModel, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(word("Set {name} against what runs").format(name=bounded(name)))
        self.resize(560, 420)
        box = QVBoxLayout(self)
        head = word("{count} cells differ") if found else word("The set is what runs")
        box.addWidget(QLabel(head.format(count=len(found))))
        shown = found[:_MOST_LINES]
        self.table = QTableWidget(len(shown), 4, self)
        self.table.setHorizontalHeaderLabels([word("Contract"), word("Field"), word("In force"), word("Saved")])
        self.table.verticalHeader().hide()
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.horizontalHeader().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        own = word("quoter's own")
        for row, one in enumerate(shown):
            texts = (model.name_of(one.code), word(FIELD_NAMES[one.field]), one.running or own, one.saved or own)
            for column, text in enumerate(texts):
                item = QTableWidgetItem(text)
                if column > 1:
                    item.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
                self.table.setItem(row, column, item)
        box.addWidget(self.table, 1)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        self.stage_button = buttons.addButton(word("Stage"), QDialogButtonBox.ButtonRole.AcceptRole)
        self.stage_button.setEnabled(bool(found))
        buttons.rejected.connect(self.reject)
        buttons.accepted.connect(self._stage)
        box.addWidget(buttons)

    def _stage(self) -> None:
        self.stage_wanted.emit()
        self.accept()
