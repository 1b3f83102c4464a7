"""How soon answers came: a small histogram of response seconds up to the limit, later ones in the last bar."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from terminal.views.appearance import Appearance
from terminal.views.inquiries.words import word
from terminal.views.theme import SIZE_NOTE

_BARS = 16


class ResponseHistogram(QWidget):
    """`show_seconds(seconds, limit)`."""

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self.counts = (0,) * (_BARS + 1)
        self._limit = 1
        self.setFixedSize(self.sizeHint())
        appearance.changed.connect(self.update)

    def show_seconds(self, seconds: Sequence[float], limit: int) -> None:
        """Count the answers into the bars."""
        counts = [0] * (_BARS + 1)
        for value in seconds:
            counts[min(int(value / limit * _BARS), _BARS) if value <= limit else _BARS] += 1
        if seconds and max(seconds) <= limit:
            # Exactly at the limit is still in time
            counts[_BARS - 1] += counts[_BARS]
            counts[_BARS] = 0
        if (tuple(counts), limit) != (self.counts, self._limit):
            self.counts, self._limit = tuple(counts), limit
            self.setToolTip(word("Response seconds, 0 to {limit}; later ones in red").format(limit=limit))
            self.setAccessibleName(self.toolTip())
            self.update()

    def sizeHint(self) -> QSize:
        """Bars of six pixels and two figures."""
        return QSize(_BARS * 7 + 40, 24)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Bars on a line between 0 and the limit."""
        appearance, theme = self._appearance, self._appearance.theme
        painter = QPainter(self)
        painter.setFont(appearance.figures_at(SIZE_NOTE))
        painter.setPen(theme.dim)
        painter.drawText(QRectF(0, 8, 12, 14), Qt.AlignmentFlag.AlignRight, "0")
        base = self.height() - 5.0
        left, most = 15.0, max(*self.counts, 1)
        for place, count in enumerate(self.counts):
            x = left + place * 7
            painter.fillRect(QRectF(x, base, 6, 1), theme.border)
            if count:
                high = max(count / most * (base - 3), 2)
                painter.fillRect(QRectF(x, base - high, 6, high), theme.critical if place == _BARS else theme.focus)
        painter.drawText(QRectF(left + (_BARS + 1) * 7 + 1, 8, 24, 14), Qt.AlignmentFlag.AlignLeft, str(self._limit))
        painter.end()
