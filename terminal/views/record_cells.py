"""The cells of a record table: a ground where the row is chosen, and one line of text in the colour of its record.

Qt's own delegate asks a model nine things about a cell and lays its text out twice at every painting.
"""

from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTableView

from terminal.views.appearance import Appearance
from terminal.views.laid_texts import CENTRE, LEFT, RIGHT, LaidTexts
from terminal.views.table_model import RecordTableModel

#: From the edge of a cell to its text, pixels
TEXT_MARGIN = 4
_SELECTED = QStyle.StateFlag.State_Selected
Index = QModelIndex | QPersistentModelIndex


class RecordCells(QStyledItemDelegate):
    """Paints what a `RecordTableModel` says; a chosen row keeps the colours that tell profit from loss."""

    def __init__(self, model: RecordTableModel[Any], appearance: Appearance, table: QTableView) -> None:
        super().__init__(table)
        self._model = model
        self._appearance = appearance
        self._table = table
        self._texts: LaidTexts | None = None
        # Combining flags costs as much as painting: once per column
        self._leans = [_lean_of(column.align) for column in model.columns]

    def forget(self) -> None:
        """Lay every text out anew: the table has another font."""
        self._texts = None

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """The ground of a chosen row, then the text, cut at the right where it is too long."""
        paint_ground(painter, option, self._appearance)
        column = index.column()
        text, ink = self._model.cell(index.row(), column)
        if not text:
            return
        texts = self._texts
        if texts is None:
            texts = self._texts = LaidTexts(self._table.font())
        painter.setPen(ink if ink is not None else self._appearance.theme.text)
        area: QRect = option.rect
        texts.draw_within(painter, area.adjusted(TEXT_MARGIN, 0, -TEXT_MARGIN, 0), text, self._leans[column])


def paint_ground(painter: QPainter, option: QStyleOptionViewItem, appearance: Appearance) -> None:
    """What lies under a cell's text: nothing, or the colour of a chosen row."""
    state: QStyle.StateFlag = option.state
    if state & _SELECTED:
        painter.fillRect(option.rect, appearance.theme.selected)


def _lean_of(align: Qt.AlignmentFlag) -> float:
    if align & Qt.AlignmentFlag.AlignRight:
        return RIGHT
    return CENTRE if align & Qt.AlignmentFlag.AlignHCenter else LEFT
