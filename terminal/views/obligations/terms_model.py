"""Obligation terms as a table to be written in: what each line says, its value, and what those in force have there."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from terminal.views.appearance import Appearance
from terminal.views.formatting import DASH
from terminal.views.obligations.terms_words import line_words
from terminal.views.obligations.words import word

Index = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole
LINE, VALUE, IN_FORCE = range(3)
#: Written elsewhere
_NOT_A_LINE = frozenset({"name"})


class TermsModel(QAbstractTableModel):
    """Takes any text: what is wrong with it is said beside the table, and is kept to be mended."""

    edited = Signal()

    def __init__(self, appearance: Appearance, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._keys: list[str] = []
        self._texts: dict[str, str] = {}
        self._in_force: Mapping[str, str] = {}
        self._bad = ""

    def show_terms(self, texts: Mapping[str, str], in_force: Mapping[str, str]) -> None:
        """Show others."""
        self.beginResetModel()
        self._texts, self._in_force, self._bad = dict(texts), in_force, ""
        self._keys = [key for key in texts if key not in _NOT_A_LINE]
        self.endResetModel()

    def texts(self) -> dict[str, str]:
        """Every line as it stands."""
        return dict(self._texts)

    def mark_bad(self, key: str) -> None:
        """Mark the line that cannot be taken; an empty key unmarks."""
        if key != self._bad:
            self._bad = key
            if self._keys:
                self.dataChanged.emit(self.index(0, LINE), self.index(len(self._keys) - 1, IN_FORCE))

    def key(self, row: int) -> str:
        """The line of a row."""
        return self._keys[row]

    def row_of(self, key: str) -> int:
        """The row of a line, or of the first one below a table of that name; -1 for none."""
        rows = (n for n, own in enumerate(self._keys) if own == key or own.startswith((f"{key}.", f"{key}[")))
        return next(rows, -1)

    # ---- Qt

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        """Lines."""
        return 0 if parent.isValid() else len(self._keys)

    def columnCount(self, parent: Index = QModelIndex()) -> int:
        """Line, value, in force."""
        return 0 if parent.isValid() else 3

    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:
        """Texts; amber for what differs from the terms in force, red for what cannot be taken."""
        if not index.isValid():
            return None
        key, column = self._keys[index.row()], index.column()
        if role in (Role.DisplayRole, Role.EditRole):
            if column == LINE:
                return line_words(key)
            text = self._texts[key] if column == VALUE else self._in_force.get(key, "")
            return text if role == Role.EditRole else _shown(text)
        theme = self._appearance.theme
        if role == Role.ForegroundRole:
            if column != VALUE:
                return theme.text_2 if column == LINE else theme.dim
            if self._bad and (key == self._bad or key.startswith((f"{self._bad}.", f"{self._bad}["))):
                return theme.critical
            return theme.warn if self._texts[key] != self._in_force.get(key, "") else theme.text
        if role == Role.ToolTipRole:
            return key
        return None

    def setData(self, index: Index, value: Any, role: int = Role.EditRole) -> bool:
        """Take a text."""
        if role != Role.EditRole or not index.isValid() or index.column() != VALUE:
            return False
        key, text = self._keys[index.row()], str(value).strip()
        text = {word("yes"): "yes", word("no"): "no"}.get(text, text)
        if text == self._texts[key]:
            return False
        self._texts[key] = text
        self.dataChanged.emit(index, index)
        self.edited.emit()
        return True

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Values can be written."""
        flags = super().flags(index)
        return flags | Qt.ItemFlag.ItemIsEditable if index.column() == VALUE else flags

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole) -> Any:
        """Names of the columns."""
        if orientation is not Qt.Orientation.Horizontal or role != Role.DisplayRole:
            return None
        return (word("Term"), word("Value"), word("In force"))[section]

    def retranslate(self) -> None:
        """Words of the language in force."""
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, LINE, IN_FORCE)
        if self._keys:
            self.dataChanged.emit(self.index(0, LINE), self.index(len(self._keys) - 1, IN_FORCE))


def _shown(text: str) -> str:
    if not text:
        return DASH
    return {"yes": word("yes"), "no": word("no")}.get(text, text)
