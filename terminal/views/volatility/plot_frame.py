"""Where figures lie on a plot, and what stands behind them: round ranges, ticks, grid and their words.

Plots are painted from arrays and keep no object for a line, a bar or an axis: what Qt and Python both own, both take
apart, and the collector may come second.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QPainter

from terminal.views.appearance import Appearance
from terminal.views.style_sheet import mixed
from terminal.views.theme import SIZE_NOTE

FloatArray = NDArray[np.float64]
Range = tuple[float, float]
#: Room beside and below the area for the words of its ticks, pixels
LEFT, BOTTOM = 42, 18
#: Between two words of ticks, pixels
_APART = 8
#: Round steps of volatility, points
_STEPS = (0.1, 0.2, 0.25, 0.5, 1.0, 2.0, 2.5, 5.0, 10.0, 20.0, 50.0)
_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
_CENTRE = int(Qt.AlignmentFlag.AlignCenter)


@dataclass(frozen=True, slots=True)
class Ticks:
    """Places on an axis and what is written there; an empty text is a line alone."""

    places: tuple[float, ...]
    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PlotFrame:
    """An area of a widget, pixels, and the figures at its edges."""

    area: QRectF
    x_range: Range
    y_range: Range

    def x(self, values: FloatArray) -> FloatArray:
        """Pixels from the widget's left edge."""
        low, high = self.x_range
        return np.asarray(self.area.left() + (values - low) / max(high - low, 1e-12) * self.area.width())

    def y(self, values: FloatArray) -> FloatArray:
        """Pixels from the widget's upper edge."""
        low, high = self.y_range
        return np.asarray(self.area.bottom() - (values - low) / max(high - low, 1e-12) * self.area.height())

    def x_of(self, value: float) -> float:
        """The pixel of one figure."""
        return float(self.x(np.array(value)))

    def y_of(self, value: float) -> float:
        """The pixel of one figure."""
        return float(self.y(np.array(value)))

    def value_at(self, y: float) -> float:
        """The figure at a height, pixels."""
        low, high = self.y_range
        return low + (self.area.bottom() - y) / max(self.area.height(), 1.0) * (high - low)

    def points(self, x: FloatArray, y: FloatArray) -> list[QPointF]:
        """Places of what is known; nan is left out."""
        x, y = known(x, y)
        return [QPointF(*at) for at in zip(self.x(x).tolist(), self.y(y).tolist(), strict=True)]


def draw_ground(
    painter: QPainter, frame: PlotFrame, appearance: Appearance, across: Ticks, upright: Ticks, *, unit: str = ""
) -> None:
    """Grid, the words of its ticks, and the unit of the horizontal axis in the corner below the upright one."""
    theme, area = appearance.theme, frame.area
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    lines = [QLineF(x, area.top(), x, area.bottom()) for x in _inside(frame, across.places, is_across=True)]
    lines += [QLineF(area.left(), y, area.right(), y) for y in _inside(frame, upright.places, is_across=False)]
    # The grid's own token is made for the ground of tables, and is lost on that of plots
    painter.setPen(mixed(theme.border, theme.well, 0.55))
    if lines:
        painter.drawLines(lines)
    painter.setFont(appearance.figures_at(SIZE_NOTE))
    painter.setPen(theme.dim)
    for place, text in zip(upright.places, upright.texts, strict=True):
        y = frame.y_of(place)
        if text and area.top() - 1 <= y <= area.bottom() + 1:
            painter.drawText(QRectF(0, y - 8, area.left() - 5, 16), _RIGHT, text)
    if not any(across.texts):
        return
    metrics = painter.fontMetrics()
    end = -np.inf
    if unit:
        # As far left as it can stand, so that the first tick has room
        end = metrics.horizontalAdvance(unit) + 2.0
        painter.drawText(QRectF(0, area.bottom() + 1, end, BOTTOM - 1), _RIGHT, unit)
    for place, text in zip(across.places, across.texts, strict=True):
        x, width = frame.x_of(place), metrics.horizontalAdvance(text)
        left = min(x - width / 2, area.right() + 6 - width)
        if text and left >= end + _APART and area.left() - 1 <= x <= area.right() + 1:
            painter.drawText(QRectF(left, area.bottom() + 1, width + 1, BOTTOM - 1), _CENTRE, text)
            end = left + width


def round_range(low: float, high: float, least: float = 1.0) -> tuple[float, float, float]:
    """A range of round figures around the data, points, and the step of its ticks."""
    middle, span = 0.5 * (low + high), max(high - low, least)
    low, high = middle - 0.56 * span, middle + 0.56 * span
    step = next((s for s in _STEPS if (high - low) / s <= 7), _STEPS[-1])
    fine = step / 2.0
    return float(np.floor(low / fine) * fine), float(np.ceil(high / fine) * fine), step


def stepped(span: Range, step: float, text: Callable[[float], str]) -> Ticks:
    """Ticks at the multiples of a step."""
    first, last = int(np.ceil(span[0] / step - 1e-9)), int(np.floor(span[1] / step + 1e-9))
    places = tuple([n * step for n in range(first, last + 1)])
    return Ticks(places, tuple([text(place) for place in places]))


def round_step(span: Range, most: int) -> float:
    """The smallest round step with at most so many ticks in a range."""
    rough = max((span[1] - span[0]) / max(most, 1), 1e-9)
    scale = 10.0 ** np.floor(np.log10(rough))
    return float(next(s * scale for s in (1.0, 2.0, 5.0, 10.0) if s * scale >= rough * (1 - 1e-9)))


def known(x: FloatArray, y: FloatArray) -> tuple[FloatArray, FloatArray]:
    """The points that are any."""
    sound = np.isfinite(x) & np.isfinite(y)
    return x[sound], y[sound]


def _inside(frame: PlotFrame, places: tuple[float, ...], *, is_across: bool) -> list[float]:
    pixels = [round(frame.x_of(p) if is_across else frame.y_of(p)) for p in places]
    area = frame.area
    low, high = (area.left(), area.right()) if is_across else (area.top(), area.bottom())
    return [float(p) for p in pixels if low <= p <= high]
