"""A table of figures whose ground tells their size (热图): blue below, orange above, never the colours of a price.

Values are written in every cell, can be chosen and copied. `show` repaints what differs from what is shown.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QGuiApplication, QKeyEvent, QKeySequence, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from terminal.views.appearance import Appearance
from terminal.views.style_sheet import mixed
from terminal.views.theme import ROW_CHAIN, SIZE_NOTE, SIZE_TABLE

Index = QModelIndex | QPersistentModelIndex
FloatArray = NDArray[np.float64]
#: Where a cell's share of the whole scale stands: -1 to 1
SHARE_ROLE = Qt.ItemDataRole.UserRole + 1
#: Whether a cell is a sum at the edge
SUM_ROLE = Qt.ItemDataRole.UserRole + 2
_STRONG = 0.55
_HIGHEST_ROW = 28


@dataclass(frozen=True, slots=True, eq=False)
class Matrix:
    """What to show. `values` has the shape (rows, columns); nan shows `empty`."""

    rows: tuple[str, ...]
    columns: tuple[str, ...]
    values: FloatArray
    text: Callable[[float], str]
    reach: float = 0.0
    """The value that gets the full colour; 0 for the largest there is"""
    centre: float = 0.0
    """The value without a colour"""
    sums: tuple[bool, bool] = (False, False)
    """Whether the last row, and the last column, are sums: no colour"""
    emphasis: tuple[int, int] = (-1, -1)
    """Row and column whose titles stand out, e.g. no shock"""
    boxed: tuple[tuple[int, int], ...] = ()
    """Cells with a frame"""
    empty: str = "·"


_NOTHING = Matrix((), (), np.zeros((0, 0)), str)


class HeatModel(QAbstractTableModel):
    """One matrix; `show` emits what has changed."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.matrix = _NOTHING
        self._texts: list[list[str]] = []
        self._shares: FloatArray = np.zeros((0, 0))

    def show(self, matrix: Matrix) -> None:
        """Show other figures; other titles make a new table."""
        texts = [[matrix.empty if np.isnan(v) else matrix.text(v) for v in row] for row in matrix.values.tolist()]
        shares = _shares(matrix)
        before = self.matrix
        if (matrix.rows, matrix.columns) != (before.rows, before.columns):
            self.beginResetModel()
            self.matrix, self._texts, self._shares = matrix, texts, shares
            self.endResetModel()
            return
        moved = ~((shares == self._shares) | (np.isnan(shares) & np.isnan(self._shares)))
        rows = {n for n in np.flatnonzero(moved.any(axis=1)).tolist()}
        rows |= {n for n, (new, old) in enumerate(zip(texts, self._texts, strict=True)) if new != old}
        retitled = matrix.emphasis != before.emphasis
        if matrix.boxed != before.boxed:
            rows |= {row for row, _ in (*matrix.boxed, *before.boxed)}
        self.matrix, self._texts, self._shares = matrix, texts, shares
        last = len(matrix.columns) - 1
        for row in sorted(rows):
            self.dataChanged.emit(self.index(row, 0), self.index(row, last))
        if retitled:
            self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, last)
            self.headerDataChanged.emit(Qt.Orientation.Vertical, 0, len(matrix.rows) - 1)

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        """Rows, the sums among them."""
        return 0 if parent.isValid() else len(self.matrix.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:
        """Columns, the sums among them."""
        return 0 if parent.isValid() else len(self.matrix.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Look one cell up."""
        if not index.isValid():
            return None
        row, column = index.row(), index.column()
        if role == Qt.ItemDataRole.DisplayRole:
            return self._texts[row][column]
        if role == SHARE_ROLE:
            return float(self._shares[row, column])
        if role == SUM_ROLE:
            return self._is_sum(row, column)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        if role == Qt.ItemDataRole.AccessibleTextRole:
            matrix = self.matrix
            return f"{matrix.rows[row]} {matrix.columns[column]} {self._texts[row][column]}"
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Titles of rows and columns."""
        titles = self.matrix.columns if orientation is Qt.Orientation.Horizontal else self.matrix.rows
        if not 0 <= section < len(titles):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return titles[section]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            across = orientation is Qt.Orientation.Horizontal
            side = Qt.AlignmentFlag.AlignRight if across else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        return None

    def plain_rows(self) -> list[list[str]]:
        """Titles and cells as text, for the clipboard."""
        head = ["", *self.matrix.columns]
        return [head, *([title, *row] for title, row in zip(self.matrix.rows, self._texts, strict=True))]

    def _is_sum(self, row: int, column: int) -> bool:
        last_row, last_column = self.matrix.sums
        return (last_row and row == len(self.matrix.rows) - 1) or (
            last_column and column == len(self.matrix.columns) - 1
        )


class _HeatDelegate(QStyledItemDelegate):
    """Ground by share, figure over it."""

    def __init__(self, appearance: Appearance, parent: QObject) -> None:
        super().__init__(parent)
        self._appearance = appearance

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """One cell, with a line of the panel's ground around it."""
        theme, model = self._appearance.theme, index.model()
        area: QRect = option.rect
        is_sum, share = bool(index.data(SUM_ROLE)), float(index.data(SHARE_ROLE))
        ground, ink = theme.panel, theme.text
        painter.fillRect(area, theme.panel)
        if not is_sum:
            known = share == share
            ground = heat_colour(self._appearance, share if known else 0.0)
            if not known:
                ground, ink = theme.panel, theme.faint
            elif abs(share) > _STRONG:
                ink = theme.on_button if theme.name == "light" else QColor("#FFFFFF")
            painter.fillRect(area.adjusted(0, 0, -1, -1), ground)
        painter.setFont(self._appearance.figures_at(SIZE_TABLE, bold=is_sum))
        painter.setPen(ink)
        text = index.data(Qt.ItemDataRole.DisplayRole)
        painter.drawText(
            area.adjusted(2, 0, -5, -1), int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter), text
        )
        chosen = isinstance(model, HeatModel) and (index.row(), index.column()) in model.matrix.boxed
        view = option.widget
        if isinstance(view, QTableView) and view.hasFocus() and view.currentIndex() == index:
            chosen = True
        if chosen:
            painter.setPen(theme.text)
            painter.drawRect(area.adjusted(0, 0, -2, -2))


class _Titles(QHeaderView):
    """Titles without sections: one ground, dim, the emphasised one bright."""

    def __init__(self, orientation: Qt.Orientation, appearance: Appearance, parent: QWidget) -> None:
        super().__init__(orientation, parent)
        self._appearance = appearance
        self.setSectionsClickable(False)
        self.setHighlightSections(False)
        self.setMinimumSectionSize(16)

    def paintSection(self, painter: QPainter, rect: QRect, logical: int) -> None:
        """One title."""
        theme, model = self._appearance.theme, self.model()
        painter.fillRect(rect, theme.panel)
        across = self.orientation() is Qt.Orientation.Horizontal
        stands_out = isinstance(model, HeatModel) and model.matrix.emphasis[1 if across else 0] == logical
        look = self._appearance
        painter.setFont(
            look.figures_at(SIZE_NOTE, bold=stands_out) if across else look.words_at(SIZE_TABLE, bold=stands_out)
        )
        painter.setPen(theme.spot if stands_out and across else theme.text if stands_out or not across else theme.dim)
        title = str(model.headerData(logical, self.orientation()))
        align = Qt.AlignmentFlag.AlignRight if across else Qt.AlignmentFlag.AlignLeft
        painter.drawText(rect.adjusted(4, 0, -5, 0), int(align | Qt.AlignmentFlag.AlignVCenter), title)


class HeatTable(QTableView):
    """The view: columns share the width, rows are as high as the room gives, up to a bound."""

    def __init__(self, model: HeatModel, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._heat = model
        self._appearance = appearance
        self.setHorizontalHeader(_Titles(Qt.Orientation.Horizontal, appearance, self))
        self.setVerticalHeader(_Titles(Qt.Orientation.Vertical, appearance, self))
        self.setModel(model)
        self.setItemDelegate(_HeatDelegate(appearance, self))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ContiguousSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.horizontalHeader().setFixedHeight(20)
        self.least_width = 44
        """Of a column, pixels: narrower ones scroll"""
        self.title_width = 64
        self.highest_row = _HIGHEST_ROW
        appearance.changed.connect(self._dress)
        model.modelReset.connect(self._size)

    def minimumSizeHint(self) -> QSize:
        """A few cells."""
        return QSize(160, 60)

    def sizeHint(self) -> QSize:
        """All rows at their usual height."""
        return QSize(400, 20 + ROW_CHAIN * max(len(self._heat.matrix.rows), 3))

    @property
    def most_height(self) -> int:
        """With every row as high as it may be."""
        return 22 + self.highest_row * max(len(self._heat.matrix.rows), 1)

    def copy(self) -> None:
        """Everything as text, parted by tabs."""
        lines = ("\t".join(row) for row in self._heat.plain_rows())
        QGuiApplication.clipboard().setText("\n".join(lines))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Copy, and whatever a table does."""
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: Any) -> None:
        """Share out the width."""
        super().resizeEvent(event)
        self._size()

    def _size(self) -> None:
        matrix = self._heat.matrix
        count = len(matrix.columns)
        if not count:
            return
        self.verticalHeader().setFixedWidth(self.title_width)
        room = self.viewport().width()
        width = max(room // count, self.least_width)
        spare = max(room - width * count, 0)
        for n in range(count):
            self.setColumnWidth(n, width + (1 if n < spare else 0))
        high = self.viewport().height() // max(len(matrix.rows), 1)
        self.verticalHeader().setDefaultSectionSize(min(max(high, 18), self.highest_row))

    def _dress(self) -> None:
        for part in (self.viewport(), self.horizontalHeader().viewport(), self.verticalHeader().viewport()):
            part.update()


def heat_colour(appearance: Appearance, share: float) -> QColor:
    """Ground of a share of the scale: -1 all blue, 0 none, 1 all orange."""
    theme = appearance.theme
    end = theme.heat_high if share > 0 else theme.heat_low
    return mixed(end, theme.heat_mid, min(abs(share), 1.0) ** 0.7)


def _shares(matrix: Matrix) -> FloatArray:
    values = matrix.values - matrix.centre
    last_row, last_column = matrix.sums
    inner = values[: len(values) - last_row, : values.shape[1] - last_column]
    known = np.abs(inner[np.isfinite(inner)])
    reach = matrix.reach or float(known.max(initial=0.0))
    shares = values / reach if reach > 0 else np.where(np.isfinite(values), 0.0, np.nan)
    return np.asarray(np.clip(shares, -1.0, 1.0))


def signed(decimals: int) -> Callable[[float], str]:
    """Figures with sign and thousands parted; what rounds to nothing has no sign."""

    def text(value: float) -> str:
        figure = f"{abs(value):,.{decimals}f}"
        if not float(figure.replace(",", "")):
            return figure
        return f"{'+' if value > 0 else '−'}{figure}"

    return text


def titles(texts: Sequence[str], last: str) -> tuple[str, ...]:
    """Titles with that of the sums behind them."""
    return (*texts, last)
