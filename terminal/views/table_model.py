"""A table of records known by an id: orders, fills, positions, notices.

Handlers call `upsert` and `remove`; what is on screen changes only in `flush()`. `data()` only looks up: texts are made
once per change of a record.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from sys import intern
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor

from terminal.views.texts import plain_tip

T = TypeVar("T")
Index = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
CENTRE = Qt.AlignmentFlag.AlignCenter
#: Role that gives the record itself
RECORD_ROLE = Qt.ItemDataRole.UserRole + 1


@dataclass(frozen=True, slots=True)
class TableColumn(Generic[T]):
    """One column. `title` and `text` are asked again when the language changes; `width_chars` counts digits."""

    key: str
    title: Callable[[], str]
    text: Callable[[T], str]
    align: Qt.AlignmentFlag = LEFT
    colour: Callable[[T], QColor | None] | None = None
    sort: Callable[[T], Any] | None = None
    width_chars: int = 10
    tip: Callable[[T], str] | None = None
    code: Callable[[T], str] | None = None
    """The code behind a name: a file has it too, for names recur every year"""


@dataclass(slots=True)
class _Row(Generic[T]):
    key: str
    record: T
    texts: list[str] = field(default_factory=list)


class RecordTableModel(QAbstractTableModel, Generic[T]):
    """Rows in the order they came, newest first if asked, until a column is sorted by a click."""

    def __init__(
        self, columns: Iterable[TableColumn[T]], *, newest_first: bool = False, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.columns: tuple[TableColumn[T], ...] = tuple(columns)
        self._newest_first = newest_first
        self._rows: list[_Row[T]] = []
        self._row_of: dict[str, int] = {}
        self._records: dict[str, T] = {}
        """What the model shall show after the next flush, oldest first"""
        self._dirty: set[str] = set()
        self._gone: set[str] = set()

    # ---- what handlers do

    def upsert(self, key: str, record: T) -> None:
        """Take a new or changed record; it is shown at the next flush."""
        if key in self._gone and key in self._row_of:
            # The row comes back before it left: it only changes
            self._gone.discard(key)
        self._records[key] = record
        self._dirty.add(key)

    def remove(self, key: str) -> None:
        """Drop a record; its row goes at the next flush."""
        if self._records.pop(key, None) is not None:
            self._dirty.discard(key)
            if key in self._row_of:
                self._gone.add(key)

    def replace_all(self, records: Iterable[tuple[str, T]]) -> None:
        """Show exactly these records, in one reset: another day, another account."""
        self.beginResetModel()
        self._records = dict(records)
        self._dirty.clear()
        self._gone.clear()
        entries = [self._make(key, record) for key, record in self._records.items()]
        self._rows = entries[::-1] if self._newest_first else entries
        self._number_rows()
        self.endResetModel()

    def flush(self) -> None:
        """Show what has changed: rows out, rows in, one dataChanged per changed row."""
        if self._gone:
            self._take_out()
        if not self._dirty:
            return
        dirty, self._dirty = self._dirty, set()
        last = len(self.columns) - 1
        for key in dirty & self._row_of.keys():
            row = self._row_of[key]
            self._rows[row] = self._make(key, self._records[key])
            self.dataChanged.emit(self.index(row, 0), self.index(row, last))
        new = [key for key in self._records if key in dirty and key not in self._row_of]
        if new:
            self._put_in(new)

    def retranslate(self) -> None:
        """Make every text again, e.g. in another language."""
        self._rows = [self._make(row.key, row.record) for row in self._rows]
        if self._rows:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._rows) - 1, len(self.columns) - 1))
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(self.columns) - 1)

    # ---- what others ask

    def record(self, row: int) -> T | None:
        """The record of a row, None outside."""
        return self._rows[row].record if 0 <= row < len(self._rows) else None

    def cell(self, row: int, column: int) -> tuple[str, QColor | None]:
        """Text and colour of a cell, for who paints it; None for the colour of all text."""
        entry, colour = self._rows[row], self.columns[column].colour
        return entry.texts[column], colour(entry.record) if colour is not None else None

    def key(self, row: int) -> str | None:
        """The id of a row, None outside."""
        return self._rows[row].key if 0 <= row < len(self._rows) else None

    def row_of(self, key: str) -> int | None:
        """The row that shows an id now."""
        return self._row_of.get(key)

    def column_of(self, key: str) -> int:
        """The number of a column; raises KeyError for none of that name."""
        for number, column in enumerate(self.columns):
            if column.key == key:
                return number
        raise KeyError(key)

    def titles(self) -> list[str]:
        """The headers as shown."""
        return [column.title() for column in self.columns]

    def plain_rows(self) -> list[list[str]]:
        """Every row as text in the order shown, for export."""
        return [list(row.texts) for row in self._rows]

    def codes(self) -> list[list[str]]:
        """For every row in the order shown, the codes behind its names; one each for the columns that have such."""
        known = [column.code for column in self.columns if column.code is not None]
        return [[code(row.record) for code in known] for row in self._rows]

    # ---- Qt's side

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        """How many rows."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:
        """How many columns."""
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:
        """Look one cell up."""
        if not index.isValid():
            return None
        row, column = self._rows[index.row()], self.columns[index.column()]
        if role == Role.DisplayRole:
            return row.texts[index.column()]
        if role == Role.TextAlignmentRole:
            return column.align
        if role == Role.ForegroundRole:
            return column.colour(row.record) if column.colour is not None else None
        if role == Role.ToolTipRole:
            return plain_tip(column.tip(row.record)) or None if column.tip is not None else None
        if role == RECORD_ROLE:
            return row.record
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole) -> Any:
        """The titles."""
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(self.columns):
            return None
        if role == Role.DisplayRole:
            return self.columns[section].title()
        if role == Role.TextAlignmentRole:
            return self.columns[section].align
        return None

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Order the rows as they stand now, once; rows that come later keep the natural place. -1 restores it."""
        if column >= len(self.columns):
            return
        self.flush()
        self.layoutAboutToBeChanged.emit()
        before = self.persistentIndexList()
        keys = [self._rows[index.row()].key for index in before]
        if column < 0:
            place = {key: number for number, key in enumerate(self._records)}
            self._rows.sort(key=lambda row: place[row.key], reverse=self._newest_first)
        else:
            by = self.columns[column].sort
            if by is not None:
                # None has no place among figures: last, whatever the direction
                down = order == Qt.SortOrder.DescendingOrder
                known = [row for row in self._rows if by(row.record) is not None]
                unknown = [row for row in self._rows if by(row.record) is None]
                known.sort(key=lambda row: by(row.record), reverse=down)
                self._rows = known + unknown
            else:
                self._rows.sort(key=lambda row: row.texts[column], reverse=order == Qt.SortOrder.DescendingOrder)
        self._number_rows()
        after = [self.index(self._row_of[key], index.column()) for key, index in zip(keys, before, strict=True)]
        self.changePersistentIndexList(before, after)
        self.layoutChanged.emit()

    # ---- inside

    def _make(self, key: str, record: T) -> _Row[T]:
        # The same few words and prices stand in most rows: each is kept once
        return _Row(key, record, [intern(str(column.text(record))) for column in self.columns])

    def _number_rows(self) -> None:
        self._row_of = {row.key: number for number, row in enumerate(self._rows)}

    def _put_in(self, keys: list[str]) -> None:
        entries = [self._make(key, self._records[key]) for key in keys]
        first = 0 if self._newest_first else len(self._rows)
        self.beginInsertRows(QModelIndex(), first, first + len(entries) - 1)
        self._rows[first:first] = entries[::-1] if self._newest_first else entries
        self._number_rows()
        self.endInsertRows()

    def _take_out(self) -> None:
        gone, self._gone = self._gone, set()
        for row in sorted((self._row_of[key] for key in gone), reverse=True):
            self.beginRemoveRows(QModelIndex(), row, row)
            del self._rows[row]
            self.endRemoveRows()
        self._number_rows()
