"""A ring that empties as time runs out, with the seconds inside. Painted."""

import math

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from terminal.views.appearance import Appearance
from terminal.views.formatting import DASH
from terminal.views.inquiries.words import word
from terminal.views.theme import SIZE_KEY_FIGURE, SIZE_NOTE, Theme

#: Below these parts of the time the ring is amber and red
_WARN_PART, _CRITICAL_PART = 0.75, 0.25


def ring_ink(part: float, theme: Theme) -> QColor:
    """The colour of what is left of the time."""
    return theme.critical if part < _CRITICAL_PART else theme.warn if part < _WARN_PART else theme.own


def draw_ring(painter: QPainter, area: QRectF, part: float, ink: QColor, ground: QColor, thickness: float) -> None:
    """What is left, from the top clockwise."""
    half = thickness / 2
    inner = area.adjusted(half, half, -half, -half)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(ground, thickness))
    painter.drawEllipse(inner)
    pen = QPen(ink, thickness)
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    painter.setPen(pen)
    painter.drawArc(inner, 90 * 16, -round(min(max(part, 0.0), 1.0) * 360 * 16))
    painter.restore()


class CountdownRing(QWidget):
    """`show_left(seconds, whole)`; nan for nothing that runs."""

    SIZE = 84

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self.seconds = math.nan
        self._whole = 1.0
        self.setFixedSize(self.sizeHint())
        appearance.changed.connect(self.update)

    def show_left(self, seconds: float, whole: float) -> None:
        """Repaint when the tenth of a second is another."""
        if f"{seconds:.1f}" != f"{self.seconds:.1f}" or whole != self._whole:
            self.seconds, self._whole = seconds, max(whole, 1e-9)
            self.setAccessibleName(word("{seconds} s left").format(seconds=f"{seconds:.0f}"))
            self.update()

    def sizeHint(self) -> QSize:
        """A square."""
        return QSize(self.SIZE, self.SIZE)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Ring, seconds, a word."""
        appearance, theme = self._appearance, self._appearance.theme
        painter = QPainter(self)
        runs = self.seconds == self.seconds
        part = self.seconds / self._whole if runs else 0.0
        ink = ring_ink(part, theme)
        draw_ring(painter, QRectF(self.rect()).adjusted(2, 2, -2, -2), part, ink, theme.border, 7)
        painter.setFont(appearance.figures_at(SIZE_KEY_FIGURE, bold=True))
        painter.setPen(theme.text if runs else theme.dim)
        middle = QRectF(0, self.height() / 2 - 18, self.width(), 24)
        painter.drawText(middle, Qt.AlignmentFlag.AlignCenter, f"{self.seconds:.1f}" if runs else DASH)
        painter.setFont(appearance.words_at(SIZE_NOTE))
        painter.setPen(theme.dim)
        painter.drawText(middle.translated(0, 20), Qt.AlignmentFlag.AlignCenter, word("s to answer"))
        painter.end()
