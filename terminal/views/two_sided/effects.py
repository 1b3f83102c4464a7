"""What a fill of either side would make of the book: lines of a title and some figures, painted."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from terminal.views.theme import SIZE_NOTE, SIZE_TABLE, Appearance

_LINE, _LINES = 18, 3
#: Where the figures stand, parts of the width
_COLUMNS = (0.20, 0.56, 0.80)
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

    def paintEvent(self, event: QPaintEvent) -> None:
        """Titles in words, figures in columns; smaller where the widest would be cut."""
        appearance, theme = self._appearance, self._appearance.theme
        painter = QPainter(self)
        width = self.width()
        ends = (*_COLUMNS[1:], 1.0)
        painter.setFont(appearance.figures_at(SIZE_TABLE))
        metrics = painter.fontMetrics()
        fits = all(
            metrics.horizontalAdvance(figure) <= (end - begin) * width - 4
            for line in self.lines
            for figure, begin, end in zip(line[1:], _COLUMNS, ends, strict=False)
        )
        for number, line in enumerate(self.lines):
            area = QRectF(0, number * _LINE, width, _LINE)
            painter.setFont(appearance.words_at(SIZE_TABLE))
            painter.setPen(theme.dim)
            painter.drawText(area, _LEFT, line[0])
            painter.setFont(appearance.figures_at(SIZE_TABLE if fits else SIZE_NOTE))
            painter.setPen(theme.text)
            for figure, begin in zip(line[1:], _COLUMNS, strict=False):
                painter.drawText(area.adjusted(begin * width, 0, 0, 0), _LEFT, figure)
        painter.end()
