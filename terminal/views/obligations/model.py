"""The obliged contracts as a table model over the figures' arrays: a cell is made when somebody looks at it.

`flush()` takes the newest standing; rows keep their selection while they change places. With a thousand contracts only
the rows in sight are made into text.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from terminal.services.market_data import MarketData
from terminal.views.obligations.rows import Line, Lines
from terminal.views.obligations.standing import Level, Standing, StandingSource
from terminal.views.obligations.words import word
from terminal.views.table_model import CENTRE, LEFT, RECORD_ROLE, RIGHT

Index = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole


@dataclass(frozen=True, slots=True)
class Heading:
    """One column; `width` in pixels at the shipped font, `rank` says what goes first where room is short."""

    key: str
    title: str
    align: Qt.AlignmentFlag
    width: int
    rank: int = 0
    tip: str = ""


HEADINGS = (
    Heading("lamp", "", CENTRE, 26),
    Heading("name", "Contract", LEFT, 148),
    Heading("bid", "My bid", RIGHT, 60, 1),
    Heading("ask", "My ask", RIGHT, 60, 1),
    Heading("size", "Size / min", RIGHT, 70, 4, "Smaller of my two sides, and the smallest size that counts"),
    Heading("spread", "Spread / allowed", RIGHT, 138, 3, "Ticks; the bar fills as the spread nears what is allowed"),
    Heading("live", "Live now", LEFT, 104),
    Heading("compliant", "Compliant", RIGHT, 68, 5, "Time with a valid quote, h:mm:ss"),
    Heading("now", "% now", RIGHT, 48),
    Heading("forecast", "% forecast", RIGHT, 66, 3, "At the close if everything stays as it is now"),
    Heading("exempt", "Exempt", LEFT, 112, 6, "Time that is not owed, by its cause"),
    Heading("slack", "Slack", RIGHT, 118, 0, "How much more may be missed before the day is lost for this contract"),
    Heading("day", "The day so far", LEFT, 96, 2, "Green quoted, red gap, amber excused, grey exempt"),
    Heading("actions", "Action", LEFT, 168),
)
_NUMBERS = {heading.key: number for number, heading in enumerate(HEADINGS)}
SORTABLE = {"name", "live", "compliant", "now", "forecast", "slack"}


def column_of(key: str) -> int:
    """The number of a column. Raises KeyError for none of that name."""
    return _NUMBERS[key]


class ObligationModel(QAbstractTableModel):
    """Rows by slack, the least first, until the user sorts otherwise; `level` None shows all."""

    def __init__(self, source: StandingSource, market: MarketData, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._source = source
        self.lines = Lines(source, market)
        self.standing: Standing | None = None
        self.level: Level | None = None
        self.holds_order: Callable[[], bool] = lambda: False
        """While it says yes rows stay where they are: somebody is about to press one of their buttons"""
        self._sorted_by = ("slack", False)
        self._places: list[int] = []
        """Place in the figures of each row"""

    # ---- what the panel asks for

    def flush(self) -> None:
        """Take the newest standing."""
        standing = self._source.now()
        before = self.standing
        if standing is None:
            if self._places:
                self.beginResetModel()
                self._places, self.standing = [], None
                self.endResetModel()
            self.standing = None
            return
        same = before is not None and before.figures.codes == standing.figures.codes
        if not same:
            self.beginResetModel()
            self.standing = standing
            self._places = self._wanted(standing)
            self.endResetModel()
            return
        self.standing = standing
        if not self.holds_order():
            self._arrange(self._wanted(standing))
        if self._places:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._places) - 1, len(HEADINGS) - 1))

    def show_level(self, level: Level | None) -> None:
        """Show the contracts of one level only."""
        self.level = level
        if self.standing is not None:
            self._arrange(self._wanted(self.standing))

    @property
    def has_pauses(self) -> bool:
        """Whether a contract is paused, or was and is not back yet."""
        pauses = self.lines.pauses
        return pauses is not None and pauses.concerns_any

    def line(self, row: int) -> Line | None:
        """What a row shows; None outside."""
        if self.standing is None or not 0 <= row < len(self._places):
            return None
        return self.lines.of(self._places[row], self.standing)

    def line_at(self, place: int) -> Line | None:
        """The line of a place in the figures, shown now or not."""
        return None if self.standing is None else self.lines.of(place, self.standing)

    def row_of(self, code: str) -> int | None:
        """The row that shows a contract now."""
        place = self.standing.figures.place(code) if self.standing is not None else None
        return self._places.index(place) if place in self._places else None

    def retranslate(self) -> None:
        """Make every text anew."""
        self.lines.forget()
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(HEADINGS) - 1)
        if self._places:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._places) - 1, len(HEADINGS) - 1))

    # ---- Qt's side

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        """How many rows."""
        return 0 if parent.isValid() else len(self._places)

    def columnCount(self, parent: Index = QModelIndex()) -> int:
        """How many columns."""
        return 0 if parent.isValid() else len(HEADINGS)

    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:
        """Make one cell."""
        if not index.isValid() or not 0 <= index.row() < len(self._places):
            return None
        heading = HEADINGS[index.column()]
        if role == Role.TextAlignmentRole:
            return heading.align
        if role not in (Role.DisplayRole, Role.ToolTipRole, Role.AccessibleTextRole, RECORD_ROLE):
            return None
        line = self.line(index.row())
        if role == RECORD_ROLE or line is None:
            return line
        text = line.texts.get(heading.key, "")
        if role == Role.ToolTipRole:
            if heading.key not in ("name", "live", "exempt"):
                return None
            notes = (line.by_hand, line.pause) if heading.key != "name" else ()
            return "\n".join([text, *[note for note in notes if note]])
        return text

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole) -> Any:
        """Titles and their meaning."""
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(HEADINGS):
            return None
        heading = HEADINGS[section]
        if role == Role.DisplayRole:
            return word(heading.title) if heading.title else ""
        if role == Role.ToolTipRole:
            return word(heading.tip) if heading.tip else None
        if role == Role.TextAlignmentRole:
            # The arrow of the sorted column stands at the right end
            return LEFT if heading.key in SORTABLE and heading.key == self._sorted_by[0] else heading.align
        return None

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Keep the rows in the order of a column; by slack again for one that has no order."""
        key = HEADINGS[column].key if 0 <= column < len(HEADINGS) else "slack"
        down = order == Qt.SortOrder.DescendingOrder and key in SORTABLE
        self._sorted_by = (key if key in SORTABLE else "slack", down)
        if self.standing is not None:
            self._arrange(self._wanted(self.standing))

    # ---- inside

    def _wanted(self, standing: Standing) -> list[int]:
        key, down = self._sorted_by
        figures = standing.figures
        order: NDArray[np.int64] = standing.order
        by = {
            "compliant": figures.compliant,
            "now": figures.participation,
            "forecast": figures.forecast,
            "live": np.where(standing.levels <= Level.MISSED, Level.MISSED - standing.levels, standing.levels) * 1.0,
        }.get(key)
        if by is not None:
            values = np.where(np.isnan(by), np.inf, -by if down else by)[order]
            order = order[np.argsort(values, kind="stable")]
        elif key == "name":
            order = np.arange(len(figures.codes))
        if by is None and down:
            order = order[::-1]
        if self.level is not None:
            order = order[standing.levels[order] == self.level]
        return [int(place) for place in order]

    def _arrange(self, wanted: list[int]) -> None:
        """Put rows in another order, the selection with them; rows that come or go do so at the end."""
        if wanted == self._places:
            return
        kept = set(wanted)
        if not kept.issuperset(self._places):
            self._take_out([row for row, place in enumerate(self._places) if place not in kept])
        shown = set(self._places)
        new = [place for place in wanted if place not in shown]
        if new:
            self.beginInsertRows(QModelIndex(), len(self._places), len(self._places) + len(new) - 1)
            self._places += new
            self.endInsertRows()
        if wanted == self._places:
            return
        self.layoutAboutToBeChanged.emit()
        before = self.persistentIndexList()
        places = [self._places[index.row()] for index in before]
        self._places = wanted
        row_of = {place: row for row, place in enumerate(wanted)}
        after = [self.index(row_of[place], index.column()) for place, index in zip(places, before, strict=True)]
        self.changePersistentIndexList(before, after)
        self.layoutChanged.emit()

    def _take_out(self, rows: list[int]) -> None:
        """Remove rows, in one stretch where they lie together."""
        while rows:
            last = rows.pop()
            first = last
            while rows and rows[-1] == first - 1:
                first = rows.pop()
            self.beginRemoveRows(QModelIndex(), first, last)
            del self._places[first : last + 1]
            self.endRemoveRows()
