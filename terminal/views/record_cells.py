"""The cells of a record table: a ground where the row is chosen, and one line of text in the colour of its record.

Qt's own delegate asks a model nine things about a cell and lays its text out twice at every painting. Texts are kept
laid out here; over 240 cells that is a third of the time.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QStaticText, QTransform
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTableView

from terminal.views.appearance import Appearance
from terminal.views.table_model import RecordTableModel

#: From the edge of a cell to its text, pixels
TEXT_MARGIN = 4
#: Texts kept per table; more than a screen shows, and few enough to be reached within minutes
LIMIT = 600
_SELECTED = QStyle.StateFlag.State_Selected
_ELIDED = Qt.TextElideMode.ElideRight
Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class _Laid:
    """A text laid out, with its size in pixels."""

    text: QStaticText
    width: float
    height: float


class RecordCells(QStyledItemDelegate):
    """Paints what a `RecordTableModel` says; a chosen row keeps the colours that tell profit from loss."""

    def __init__(self, model: RecordTableModel[Any], appearance: Appearance, table: QTableView) -> None:
        super().__init__(table)
        self._model = model
        self._appearance = appearance
        self._table = table
        self._texts = LaidTexts(table.font)
        # Combining flags costs as much as painting: once per column
        self._leans = [_lean_of(column.align) for column in model.columns]

    def forget(self) -> None:
        """Lay every text out anew: the table has another font."""
        self._texts.clear()

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """The ground of a chosen row, then the text, cut at the right where it is too long."""
        paint_ground(painter, option, self._appearance)
        column = index.column()
        text, ink = self._model.cell(index.row(), column)
        if not text:
            return
        area: QRect = option.rect
        room = area.width() - 2 * TEXT_MARGIN
        laid = self._texts[text]
        if laid.width > room:
            laid = self._texts.cut(text, room)
        painter.setFont(self._texts.font)
        painter.setPen(ink if ink is not None else self._appearance.theme.text)
        left = area.x() + TEXT_MARGIN + round(self._leans[column] * max(room - laid.width, 0.0))
        painter.drawStaticText(QPointF(left, area.y() + round((area.height() - laid.height) / 2)), laid.text)


class LaidTexts(dict[str, _Laid]):
    """Texts in one font, laid out at the first look; the oldest goes when another one comes over the limit."""

    def __init__(self, font: Callable[[], QFont]) -> None:
        super().__init__()
        self._font = font
        self.font = font()

    def cut(self, text: str, width: int) -> _Laid:
        """The text, ending in an ellipsis where `width` pixels end."""
        key = f"{width}\0{text}"
        if key not in self:
            self._keep(key, QFontMetrics(self.font).elidedText(text, _ELIDED, width))
        return self[key]

    def __missing__(self, text: str) -> _Laid:
        """Lay a text out for the first time."""
        return self._keep(text, text)

    def _keep(self, key: str, text: str) -> _Laid:
        if not self:
            self.font = self._font()
        if len(self) >= LIMIT:
            del self[next(iter(self))]
        laid = QStaticText(text)
        laid.setTextFormat(Qt.TextFormat.PlainText)
        laid.prepare(QTransform(), self.font)
        size = laid.size()
        kept = self[key] = _Laid(laid, size.width(), size.height())
        return kept


def paint_ground(painter: QPainter, option: QStyleOptionViewItem, appearance: Appearance) -> None:
    """What lies under a cell's text: nothing, or the colour of a chosen row."""
    state: QStyle.StateFlag = option.state
    if state & _SELECTED:
        painter.fillRect(option.rect, appearance.theme.selected)


def _lean_of(align: Qt.AlignmentFlag) -> float:
    """How much of the spare room stands left of a text: none, half, all."""
    if align & Qt.AlignmentFlag.AlignRight:
        return 1.0
    return 0.5 if align & Qt.AlignmentFlag.AlignHCenter else 0.0
