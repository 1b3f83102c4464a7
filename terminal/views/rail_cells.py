"""The cells of the rail: a name or a figure in one line, painted from texts kept laid out.

The rail has some hundred of them and most change every second, each in another moment.
"""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, Qt
from PySide6.QtGui import QBrush, QPainter
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem, QTreeWidget

from terminal.views.appearance import Appearance
from terminal.views.laid_texts import LEFT, RIGHT, LaidTexts
from terminal.views.record_cells import TEXT_MARGIN, paint_ground
from terminal.views.theme import SIZE_TABLE

Index = QModelIndex | QPersistentModelIndex


class RailCells(QStyledItemDelegate):
    """Names of underlyings stand out; figures stand at the right, in the colour that their item has."""

    def __init__(self, appearance: Appearance, tree: QTreeWidget) -> None:
        super().__init__(tree)
        self._appearance = appearance
        appearance.changed.connect(self._take_appearance)
        self._take_appearance()

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """The ground of the chosen series, then the text, cut at the right where it is too long."""
        paint_ground(painter, option, self._appearance)
        ink = index.data(Qt.ItemDataRole.ForegroundRole)
        painter.setPen(ink.color() if isinstance(ink, QBrush) else self._appearance.theme.text)
        is_name = index.column() == 0
        texts = self._names if is_name and not index.parent().isValid() else self._figures
        area: QRect = option.rect
        room = area.adjusted(TEXT_MARGIN, 0, -TEXT_MARGIN, 0)
        texts.draw_within(painter, room, index.data() or "", LEFT if is_name else RIGHT)

    def _take_appearance(self) -> None:
        self._names = LaidTexts(self._appearance.words_at(SIZE_TABLE, bold=True))
        self._figures = LaidTexts(self._appearance.figures)
