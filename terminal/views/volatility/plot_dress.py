"""What every plot of this package has in common: fixed ranges, hairlines, the theme's colours, no menus, no zoom."""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPen

from terminal.views.theme import SIZE_NOTE, Appearance

FloatArray = NDArray[np.float64]
#: How an axis writes a figure
Text = Callable[[float], str]
#: Round steps of volatility, points
_STEPS = (0.1, 0.2, 0.25, 0.5, 1.0, 2.0, 2.5, 5.0, 10.0, 20.0, 50.0)
_LEFT_WIDTH = 40


def hairline(colour: QColor, style: Qt.PenStyle = Qt.PenStyle.SolidLine, width: int = 1) -> QPen:
    """A pen whose width is in pixels, whatever the scale."""
    pen = QPen(colour, width, style)
    pen.setCosmetic(True)
    return pen


def still_plot(layout: Any, row: int, bottom: Text, left: Text) -> Any:
    """A plot nobody can zoom, shift or open a menu on; its ranges are set by hand, its figures written by the texts."""
    plot = layout.addPlot(row=row, col=0, enableMenu=False)
    for side, text in (("bottom", bottom), ("left", left)):
        plot.getAxis(side).tickStrings = _strings(text)
    plot.hideButtons()
    plot.disableAutoRange()
    plot.vb.setMouseEnabled(x=False, y=False)
    plot.setDefaultPadding(0.0)
    plot.getAxis("left").setWidth(_LEFT_WIDTH)
    # WORKAROUND: pyqtgraph makes this menu without a parent, shown or not, and nobody would ever delete it
    plot.ctrlMenu.setParent(layout.getViewWidget(), plot.ctrlMenu.windowFlags())
    return plot


def _strings(text: Text) -> Callable[[Sequence[float], float, float], list[str]]:
    return lambda values, scale, spacing: [text(value) for value in values]


def dress_plot(plot: Any, appearance: Appearance) -> None:
    """Axes and grid in the theme's colours."""
    theme = appearance.theme
    font = appearance.figures_at(SIZE_NOTE)
    for side in ("left", "bottom"):
        axis = plot.getAxis(side)
        axis.setPen(hairline(theme.grid))
        axis.setTickPen(hairline(theme.grid))
        axis.setTextPen(theme.dim)
        axis.setStyle(tickFont=font, tickLength=0, tickTextOffset=4)
    plot.getAxis("bottom").setHeight(18)
    plot.showGrid(x=True, y=True, alpha=0.35)


def round_range(low: float, high: float, least: float = 1.0) -> tuple[float, float, float]:
    """A range of round figures around the data, points, and the step of its ticks."""
    middle, span = 0.5 * (low + high), max(high - low, least)
    low, high = middle - 0.56 * span, middle + 0.56 * span
    step = next((s for s in _STEPS if (high - low) / s <= 7), _STEPS[-1])
    fine = step / 2.0
    return float(np.floor(low / fine) * fine), float(np.ceil(high / fine) * fine), step


def known(x: FloatArray, y: FloatArray) -> tuple[FloatArray, FloatArray]:
    """The points that are any: pyqtgraph warns while it paints where a curve has none but nan."""
    sound = np.isfinite(x) & np.isfinite(y)
    return x[sound], y[sound]


def pairs(x: FloatArray, low: FloatArray, high: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Points of upright bars, two each, to be drawn with connect='pairs'."""
    sound = np.isfinite(x) & np.isfinite(low) & np.isfinite(high)
    return np.repeat(x[sound], 2), np.stack((low[sound], high[sound]), axis=1).ravel()
