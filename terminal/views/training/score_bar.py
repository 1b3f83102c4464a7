"""The score of a trainee with a bar behind it: how much was earned, and where passing begins."""

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRectF, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from terminal.views.appearance import Appearance
from terminal.views.table_model import RECORD_ROLE
from terminal.views.theme import SIZE_TABLE
from terminal.views.training.trainees import Seat

_BAR = 64


class ScoreBar(QStyledItemDelegate):
    """Paints one column."""

    def __init__(self, appearance: Appearance, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Ground, figure, bar with the mark of passing."""
        theme = self._appearance.theme
        seat = index.data(RECORD_ROLE)
        rect = QRectF(option.rect)
        if bool(option.state & option.state.State_Selected):
            painter.fillRect(rect, theme.selected)
        if not isinstance(seat, Seat):
            return
        ink = theme.ok if seat.share * 100 >= seat.pass_mark else theme.warn
        bar = QRectF(rect.right() - _BAR - 6, rect.center().y() - 3, _BAR, 6)
        painter.fillRect(bar, theme.well)
        painter.fillRect(QRectF(bar.left(), bar.top(), bar.width() * min(seat.share, 1.0), bar.height()), ink)
        mark = bar.left() + bar.width() * seat.pass_mark / 100
        painter.fillRect(QRectF(mark, bar.top() - 2, 1, bar.height() + 4), theme.text_2)
        painter.setFont(self._appearance.figures_at(SIZE_TABLE))
        painter.setPen(theme.text)
        text = QRectF(rect.left(), rect.top(), rect.width() - _BAR - 14, rect.height())
        flags = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        painter.drawText(text, flags, f"{seat.score} / {seat.of}" if seat.of else "–")
