"""The lamps beside a strike: the state of one contract, told apart by shape first and colour second."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from terminal.views.appearance import Appearance
from terminal.views.chain.style import Lamp

RADIUS = 3.0


class LampPainter:
    """Draws lamps from primitives, so that they stay sharp at any scale."""

    def __init__(self, appearance: Appearance) -> None:
        theme = appearance.theme
        self._ok, self._warn, self._faint, self._dim = theme.ok, theme.warn, theme.faint, theme.dim
        self._critical, self._on = theme.critical, theme.on_button
        self._up, self._down = appearance.up, appearance.down
        self._link = theme.focus

    def paint(self, painter: QPainter, x: float, y: float, lamp: Lamp) -> None:
        """Draw one lamp around a point."""
        if lamp is Lamp.NONE:
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = QRectF(x - RADIUS, y - RADIUS, 2 * RADIUS, 2 * RADIUS)
        match lamp:
            case Lamp.LIVE:
                self._disc(painter, area, self._ok)
            case Lamp.ONE_SIDED:
                self._ring(painter, area, self._warn)
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(self._warn)
                painter.drawPie(area, 90 * 16, 180 * 16)
            case Lamp.EMPTY:
                self._disc(painter, area.adjusted(1.75, 1.75, -1.75, -1.75), self._faint)
            case Lamp.INVERTED:
                self._ring(painter, area, self._warn)
                self._line(painter, x - 2, y + 2, x + 2, y - 2, self._warn)
            case Lamp.AUCTION:
                self._ring(painter, area, self._link)
                self._disc(painter, area.adjusted(2, 2, -2, -2), self._link)
            case Lamp.BREAKER:
                # Two bars read as "paused" in any language
                painter.fillRect(QRectF(x - 3, y - 3.5, 2, 7), self._warn)
                painter.fillRect(QRectF(x + 1, y - 3.5, 2, 7), self._warn)
            case Lamp.HALTED:
                self._disc(painter, area.adjusted(-0.5, -0.5, 0.5, 0.5), self._critical)
                self._line(painter, x - 1.5, y - 1.5, x + 1.5, y + 1.5, self._on)
                self._line(painter, x - 1.5, y + 1.5, x + 1.5, y - 1.5, self._on)
            case Lamp.LIMIT_UP:
                self._triangle(painter, x, y, -1.0, self._up)
            case Lamp.LIMIT_DOWN:
                self._triangle(painter, x, y, 1.0, self._down)
        painter.restore()

    def _disc(self, painter: QPainter, area: QRectF, colour: QColor) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        painter.drawEllipse(area)

    def _ring(self, painter: QPainter, area: QRectF, colour: QColor) -> None:
        painter.setPen(QPen(colour, 1.0))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawEllipse(area)

    def _line(self, painter: QPainter, x1: float, y1: float, x2: float, y2: float, colour: QColor) -> None:
        painter.setPen(QPen(colour, 1.2))
        painter.drawLine(QPointF(x1, y1), QPointF(x2, y2))

    def _triangle(self, painter: QPainter, x: float, y: float, direction: float, colour: QColor) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        base, tip = y - 3 * direction, y + 3 * direction
        painter.drawPolygon(QPolygonF([QPointF(x - 3.5, base), QPointF(x + 3.5, base), QPointF(x, tip)]))
