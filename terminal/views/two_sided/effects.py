"""What a fill of either side would make of the book: lines of a title and some figures, painted."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from terminal.views.appearance import Appearance
from terminal.views.theme import SIZE_NOTE, SIZE_TABLE

_LINE, _LINES = 18, 3
#: At least so much between two columns, pixels
_GAP = 8
#: Title and figure of a line that is no part of the columns
_ALONE = 2
_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)


class Effects(QWidget):
    """`show_lines` takes up to three lines: a title, then up to three figures."""

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self.lines: tuple[tuple[str, ...], ...] = ()
        self.setFixedHeight(_LINE * _LINES)
        appearance.changed.connect(self.update)

    def show_lines(self, lines: Sequence[tuple[str, ...]]) -> None:
        """Take the lines of the moment."""
        if tuple(lines) != self.lines:
            self.lines = tuple(lines)
            self.setAccessibleName(". ".join(" ".join(line) for line in self.lines))
            self.update()

    def minimumSizeHint(self) -> QSize:
        """As narrow as the docks allow."""
        return QSize(0, _LINE * _LINES)

    def columns(self, words: QFontMetrics, figures: QFontMetrics) -> list[int]:
        """Where titles and figures begin, as many of them as have room; what is left over parts them.

        A line of one figure stands across the columns and asks for none.
        """
        tabular = [line for line in self.lines if len(line) > _ALONE]
        widths = [max((words.horizontalAdvance(line[0]) for line in tabular), default=0)]
        for place in range(1, max((len(line) for line in tabular), default=1)):
            widths.append(max(figures.horizontalAdvance(line[place]) for line in tabular if place < len(line)))
        while len(widths) > _ALONE and sum(widths) + _GAP * (len(widths) - 1) > self.width():
            widths.pop()
        spare = max(self.width() - sum(widths), 0) // max(len(widths) - 1, 1) if len(widths) > 1 else 0
        gap = min(max(spare, _GAP), 3 * _GAP)
        return [sum(widths[:place]) + gap * place for place in range(len(widths))]

    def paintEvent(self, event: QPaintEvent) -> None:
        """Titles in words, figures in columns; smaller where not all would fit."""
        appearance, theme = self._appearance, self._appearance.theme
        painter = QPainter(self)
        fonts = [(appearance.words_at(SIZE_TABLE), appearance.figures_at(size)) for size in (SIZE_TABLE, SIZE_NOTE)]
        wanted = max((len(line) for line in self.lines), default=0)
        for words, figures in fonts:
            begins = self.columns(QFontMetrics(words), QFontMetrics(figures))
            if len(begins) >= wanted:
                break
        for number, line in enumerate(self.lines):
            area = QRectF(0, number * _LINE, self.width(), _LINE)
            painter.setFont(words)
            painter.setPen(theme.dim)
            painter.drawText(area, _LEFT, line[0])
            after = painter.fontMetrics().horizontalAdvance(line[0]) + _GAP
            painter.setFont(figures)
            painter.setPen(theme.text)
            for figure, begin in zip(line[1:], begins[1:], strict=False):
                left = max(begin, after) if len(line) <= _ALONE else begin
                painter.drawText(area.adjusted(left, 0, 0, 0), _LEFT, figure)
        painter.end()
