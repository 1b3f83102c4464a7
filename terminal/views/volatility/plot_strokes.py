"""What is laid on a plot: curves, upright bars, bands, marks and tags. Nothing here raises for a nan."""

from enum import Enum

import numpy as np
from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPen, QPolygonF

from terminal.views.volatility.plot_frame import FloatArray, PlotFrame


class Shape(Enum):
    """Corners of a mark, from its centre, in halves of its size."""

    UP = ((-1.0, 0.8), (1.0, 0.8), (0.0, -1.0))
    DOWN = ((-1.0, -0.8), (1.0, -0.8), (0.0, 1.0))
    SQUARE = ((-1.0, -1.0), (1.0, -1.0), (1.0, 1.0), (-1.0, 1.0))
    ROUND = ()


def hairline(colour: QColor, style: Qt.PenStyle = Qt.PenStyle.SolidLine, width: int = 1) -> QPen:
    """A pen whose width is in pixels, whatever the scale."""
    pen = QPen(colour, width, style)
    pen.setCosmetic(True)
    return pen


def clear(colour: QColor, alpha: float) -> QColor:
    """A colour one can see through."""
    thin = QColor(colour)
    thin.setAlphaF(alpha)
    return thin


def draw_curve(painter: QPainter, frame: PlotFrame, x: FloatArray, y: FloatArray, pen: QPen) -> None:
    """A line through what is known."""
    points = frame.points(x, y)
    if len(points) > 1:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(pen)
        painter.drawPolyline(points)


def draw_bars(
    painter: QPainter, frame: PlotFrame, x: FloatArray, low: FloatArray, high: FloatArray, pen: QPen, *, ends: int = 0
) -> None:
    """Upright bars, `x` pixels from the left; where `ends` is more than 0, with feet of so many pixels to each side."""
    sound = np.isfinite(x) & np.isfinite(low) & np.isfinite(high)
    lines = []
    for at, foot, head in zip(
        x[sound].round().tolist(), frame.y(low[sound]).round().tolist(), frame.y(high[sound]).round().tolist(),
        strict=True,
    ):  # fmt: skip
        lines.append(QLineF(at, foot, at, head))
        if ends:
            lines += [QLineF(at - ends, y, at + ends, y) for y in (foot, head)]
    if lines:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        painter.setPen(pen)
        painter.drawLines(lines)


def draw_band(
    painter: QPainter, frame: PlotFrame, x: FloatArray, low: FloatArray, high: FloatArray, colour: QColor
) -> None:
    """A ribbon between two lines."""
    sound = np.isfinite(x) & np.isfinite(low) & np.isfinite(high)
    if sound.sum() < 2:
        return
    outline = [*frame.points(x[sound], low[sound]), *reversed(frame.points(x[sound], high[sound]))]
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    painter.drawPolygon(outline)


def draw_mark(painter: QPainter, at: QPointF, shape: Shape, size: float, pen: QPen, fill: QColor | None = None) -> None:
    """One mark of so many pixels; without a fill one sees what lies below."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(pen)
    painter.setBrush(QBrush(Qt.BrushStyle.NoBrush) if fill is None else QBrush(fill))
    half = size / 2.0
    if shape is Shape.ROUND:
        painter.drawEllipse(at, half, half)
    else:
        painter.drawPolygon(QPolygonF([at + QPointF(dx * half, dy * half) for dx, dy in shape.value]))


def draw_upright(painter: QPainter, frame: PlotFrame, x: float, pen: QPen) -> None:
    """A line over the whole height."""
    if np.isfinite(x) and frame.x_range[0] <= x <= frame.x_range[1]:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        at = round(frame.x_of(x))
        painter.setPen(pen)
        painter.drawLine(QLineF(at, frame.area.top(), at, frame.area.bottom()))


def draw_tag(painter: QPainter, edge: QPointF, text: str, ground: QColor, ink: QColor, *, to_left: bool) -> None:
    """A filled word beside a place, in the painter's font."""
    metrics = painter.fontMetrics()
    width, height = metrics.horizontalAdvance(text) + 6, metrics.height() + 1
    area = QRectF(edge.x() - width if to_left else edge.x() + 1, edge.y(), width, height)
    painter.fillRect(area, ground)
    painter.setPen(ink)
    painter.drawText(area, int(Qt.AlignmentFlag.AlignCenter), text)
