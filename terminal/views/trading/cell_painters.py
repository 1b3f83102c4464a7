"""What a table cell can look like besides plain text: a button, a tag in a frame. Painted; no widget per cell.

A button column has no text of its own: it is left out of copies and exports by `without_column`.
"""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from terminal.views.appearance import Appearance
from terminal.views.record_cells import paint_ground
from terminal.views.record_table import Export
from terminal.views.table_model import RECORD_ROLE
from terminal.views.theme import RADIUS_BUTTON, RADIUS_FIELD, SIZE_TABLE

#: A stretched column does not stretch its buttons
_WIDEST_BUTTON = 64
_CENTRE = int(Qt.AlignmentFlag.AlignCenter)
Index = QModelIndex | QPersistentModelIndex


class ButtonDelegate(QStyledItemDelegate):
    """A button where `label(record)` gives words; `ink` colours them. The table's `clicked` tells the press."""

    def __init__(
        self,
        label: Callable[[Any], str],
        appearance: Appearance,
        ink: Callable[[], QColor] | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._label = label
        self._appearance = appearance
        self._ink = ink

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """The cell's ground, then the button."""
        paint_ground(painter, option, self._appearance)
        text = self._label(index.data(RECORD_ROLE))
        if not text:
            return
        theme = self._appearance.theme
        area = _inner(option, 3)
        area.setWidth(min(area.width(), _WIDEST_BUTTON))
        hot = bool(_state(option) & QStyle.StateFlag.State_MouseOver)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(theme.dim if hot else theme.border)
        painter.setBrush(theme.raised)
        painter.drawRoundedRect(area, RADIUS_BUTTON, RADIUS_BUTTON)
        painter.setFont(self._appearance.words_at(SIZE_TABLE))
        painter.setPen(self._ink() if self._ink is not None else theme.text)
        painter.drawText(area, _CENTRE, text)
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Rows do not grow for a button."""
        return QSize(0, 0)


class TagDelegate(QStyledItemDelegate):
    """The cell's text in a frame of the cell's colour."""

    def __init__(self, appearance: Appearance, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """The cell's ground, then the tag."""
        paint_ground(painter, option, self._appearance)
        ink = index.data(Qt.ItemDataRole.ForegroundRole)
        area = _inner(option, 4)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(ink if isinstance(ink, QColor) else self._appearance.theme.text_2)
        painter.drawRoundedRect(area, RADIUS_FIELD, RADIUS_FIELD)
        painter.setFont(self._appearance.words_at(SIZE_TABLE))
        painter.drawText(area, _CENTRE, index.data(Qt.ItemDataRole.DisplayRole) or "")
        painter.restore()


def without_column(export: Export, title: Callable[[], str]) -> Export:
    """An export that leaves out the column of this title: buttons are no data."""

    def write(name: str, headers: list[str], rows: list[list[str]]) -> None:
        kept = [number for number, header in enumerate(headers) if header != title()]
        export(name, [headers[n] for n in kept], [[row[n] for n in kept] for row in rows])

    return write


def _inner(option: QStyleOptionViewItem, margin: int) -> QRect:
    area: QRect = option.rect
    return area.adjusted(margin, margin - 1, -margin - 1, -margin)


def _state(option: QStyleOptionViewItem) -> QStyle.StateFlag:
    state: QStyle.StateFlag = option.state
    return state
