"""What the mouse reads off the smile: a line over one strike, and its volatilities in a small box."""

import numpy as np
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter

from terminal.services.smile import Smile
from terminal.views.appearance import Appearance
from terminal.views.formatting import DASH, number
from terminal.views.heat_table import signed
from terminal.views.theme import SIZE_NOTE
from terminal.views.volatility.plot_frame import PlotFrame
from terminal.views.volatility.plot_strokes import draw_upright, hairline
from terminal.views.volatility.smile_picture import SmilePicture
from terminal.views.volatility.words import word

_ROW, _PADDING, _BETWEEN = 15, 6, 12


def lines_of(smile: Smile, number_of_strike: int) -> tuple[tuple[str, str], ...]:
    """Names and figures of one strike; volatilities in per cent."""
    n, points = number_of_strike, smile.points
    k = points.k[[n]]
    residual = float(smile.residual[n]) * 10_000.0
    return (
        (word("Strike"), f"{points.strike[n]:.3f}"),
        (word("My curve"), _percent(float(smile.curve_volatility(k)[0]))),
        (word("Fit"), _percent(float(smile.fit_volatility(k)[0]))),
        (word("Call"), _both(points.call[:, n].tolist())),
        (word("Put"), _both(points.put[:, n].tolist())),
        (word("Settlement"), _percent(float(smile.settlement[n]))),
        (word("Books less curve"), f"{signed(1)(residual)} bp" if np.isfinite(residual) else DASH),
    )


def draw_readout(
    painter: QPainter, frame: PlotFrame, appearance: Appearance, smile: Smile, picture: SmilePicture, strike: int
) -> None:
    """The line, and the box on the side of the plot where the mouse is not."""
    theme, place = appearance.theme, float(picture.calls.x[strike])
    draw_upright(painter, frame, place, hairline(theme.faint, Qt.PenStyle.DashLine))
    lines = lines_of(smile, strike)
    words, figures = appearance.words_at(SIZE_NOTE), appearance.figures_at(SIZE_NOTE)
    name_width = max(QFontMetrics(words).horizontalAdvance(name) for name, _ in lines)
    figure_width = max(QFontMetrics(figures).horizontalAdvance(figure) for _, figure in lines)
    width = name_width + _BETWEEN + figure_width + 2 * _PADDING
    is_left = frame.x_of(place) > frame.area.center().x()
    left = frame.area.left() + 6 if is_left else frame.area.right() - width - 6
    box = QRectF(round(left), frame.area.top() + 20, width, _ROW * len(lines) + _PADDING)
    ground = QColor(theme.raised)
    ground.setAlphaF(0.94)
    painter.fillRect(box, ground)
    painter.setPen(theme.border)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(box)
    for row, (name, figure) in enumerate(lines):
        line = QRectF(box.left() + _PADDING, box.top() + _PADDING / 2 + row * _ROW, width - 2 * _PADDING, _ROW)
        painter.setFont(words)
        painter.setPen(theme.dim)
        painter.drawText(line, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter), name)
        painter.setFont(figures)
        painter.setPen(theme.text)
        painter.drawText(line, int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter), figure)


def _percent(volatility: float) -> str:
    return f"{number(volatility * 100)}%" if np.isfinite(volatility) else DASH


def _both(volatilities: list[float]) -> str:
    bid, ask, _ = volatilities
    if not np.isfinite(bid) and not np.isfinite(ask):
        return DASH
    return f"{number(bid * 100)} / {number(ask * 100)}%"
