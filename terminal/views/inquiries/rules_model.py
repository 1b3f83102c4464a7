"""Rules of automatic answers as a table: a row each, in the order in which they are tried; what is typed is staged.

Nothing changes what runs until the box applies it. A value that is none is refused and the cell keeps what it had.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from terminal.domain.errors import BadInput
from terminal.strategies.inquiry_rules import MOST_RULES, InquiryRule, read_field, with_field, write_field
from terminal.views.appearance import Appearance
from terminal.views.inquiries.rule_words import FIELD_NAMES, FIELD_TIPS, WIDTHS
from terminal.views.inquiries.words import word
from terminal.views.table_model import CENTRE, RIGHT

Index = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole


@dataclass(frozen=True, slots=True)
class _Column:
    field: str
    align: Qt.AlignmentFlag = RIGHT


COLUMNS = (
    _Column("enabled", CENTRE),
    _Column("least_delta"),
    _Column("most_delta"),
    _Column("least_days"),
    _Column("most_days"),
    _Column("least_quantity"),
    _Column("most_quantity"),
    _Column("width", CENTRE),
    _Column("half_width"),
    _Column("size"),
)


class RulesModel(QAbstractTableModel):
    """`refused(error)` tells a value that is none; `staged_changed()` that something waits, or no longer does."""

    refused = Signal(object)
    staged_changed = Signal()

    def __init__(self, appearance: Appearance, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._running: tuple[InquiryRule, ...] = ()
        self.rules: list[InquiryRule] = []

    def take(self, rules: Sequence[InquiryRule]) -> None:
        """Show what is in force; what was staged is gone."""
        self.beginResetModel()
        self._running, self.rules = tuple(rules), list(rules)
        self.endResetModel()
        self.staged_changed.emit()

    @property
    def is_staged(self) -> bool:
        """Whether anything differs from what is in force."""
        return tuple(self.rules) != self._running

    def add(self, row: int) -> int:
        """One more rule, as the row's own, behind it or behind the last; gives the new row, -1 for no more room."""
        if len(self.rules) >= MOST_RULES:
            self.refused.emit(BadInput("rules", len(self.rules) + 1, f"from 1 to {MOST_RULES}"))
            return -1
        last = len(self.rules) - 1
        at = (row if 0 <= row <= last else last) + 1
        self.beginInsertRows(QModelIndex(), at, at)
        self.rules.insert(at, self.rules[at - 1] if at else InquiryRule())
        self.endInsertRows()
        self.staged_changed.emit()
        return at

    def remove(self, row: int) -> None:
        """A rule less; the last one stays."""
        if not 0 <= row < len(self.rules):
            return
        if len(self.rules) == 1:
            self.refused.emit(BadInput("rules", 0, f"from 1 to {MOST_RULES}"))
            return
        self.beginRemoveRows(QModelIndex(), row, row)
        del self.rules[row]
        self.endRemoveRows()
        self.staged_changed.emit()

    def move(self, row: int, by: int) -> int:
        """Try a rule earlier or later; gives the row where it stands."""
        to = row + by
        if not (0 <= row < len(self.rules) and 0 <= to < len(self.rules)):
            return row
        self.rules[row], self.rules[to] = self.rules[to], self.rules[row]
        self._changed()
        return to

    # ---- Qt's side

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        """How many rules."""
        return 0 if parent.isValid() else len(self.rules)

    def columnCount(self, parent: Index = QModelIndex()) -> int:
        """How many fields."""
        return 0 if parent.isValid() else len(COLUMNS)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Every cell can be edited."""
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        if COLUMNS[index.column()].field == "enabled":
            return flags | Qt.ItemFlag.ItemIsUserCheckable
        return flags | Qt.ItemFlag.ItemIsEditable

    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:
        """One cell; a staged one has the ground of what waits."""
        if not index.isValid() or not 0 <= index.row() < len(self.rules):
            return None
        column = COLUMNS[index.column()]
        value = getattr(self.rules[index.row()], column.field)
        if role == Role.TextAlignmentRole:
            return column.align
        if role == Role.CheckStateRole and column.field == "enabled":
            return Qt.CheckState.Checked if value else Qt.CheckState.Unchecked
        if role == Role.BackgroundRole and self._differs(index.row(), column.field):
            return self._appearance.theme.staged
        if role in (Role.DisplayRole, Role.AccessibleTextRole) and column.field == "width":
            return word(WIDTHS[value])
        if role in (Role.DisplayRole, Role.EditRole, Role.AccessibleTextRole) and column.field != "enabled":
            return write_field(value)
        return None

    def setData(self, index: Index, value: Any, role: int = Role.EditRole) -> bool:
        """Stage what was typed; what is none is refused and nothing is lost."""
        if not index.isValid() or not 0 <= index.row() < len(self.rules):
            return False
        field = COLUMNS[index.column()].field
        if role == Role.CheckStateRole and field == "enabled":
            text = "on" if Qt.CheckState(value) is Qt.CheckState.Checked else "off"
        elif role == Role.EditRole:
            text = str(value)
        else:
            return False
        rule = self.rules[index.row()]
        try:
            self.rules[index.row()] = with_field(rule, field, read_field(field, text))
        except BadInput as error:
            self.refused.emit(error)
            return False
        self._changed()
        return True

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole) -> Any:
        """Names of the fields, numbers of the rules."""
        if orientation == Qt.Orientation.Vertical:
            return section + 1 if role == Role.DisplayRole else None
        if not 0 <= section < len(COLUMNS):
            return None
        if role == Role.DisplayRole:
            return word(FIELD_NAMES[COLUMNS[section].field])
        return word(FIELD_TIPS[COLUMNS[section].field]) if role == Role.ToolTipRole else None

    def retranslate(self) -> None:
        """Words in another language."""
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(COLUMNS) - 1)
        self._changed()

    # ---- inside

    def _differs(self, row: int, field: str) -> bool:
        return row >= len(self._running) or getattr(self._running[row], field) != getattr(self.rules[row], field)

    def _changed(self) -> None:
        if self.rules:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self.rules) - 1, len(COLUMNS) - 1))
        self.staged_changed.emit()
