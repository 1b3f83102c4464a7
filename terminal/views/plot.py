"""Plots with axes, on pyqtgraph, which ships no types: known here, to `plot_items.py` and to what loads it.

The wheel zooms and the hand pans where that is allowed, a double click goes back; there are no menus and no buttons.
"""

from collections.abc import Callable, Sequence
from html import escape

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QMouseEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QWidget

from terminal.views.appearance import Appearance
from terminal.views.plot_library import pg
from terminal.views.style_sheet import mixed
from terminal.views.theme import SIZE_NOTE

FloatArray = NDArray[np.float64]
Range = tuple[float, float]
#: How an axis writes a figure
Text = Callable[[float], str]
#: Ticks of an axis: a place and its text; later levels are written where the earlier ones leave room
Levels = Sequence[Sequence[tuple[float, str]]]
#: Of an axis with words, and between two areas, pixels
LEFT, BOTTOM, GAP = 42, 18, 6
#: A range holds until the data leave it, or until they fill less than this of it
_LEAST_FILLED = 0.35

# Errors are the program's to report, and what stands at its end is the kernel's to take back
pg.exceptionHandling.handler.remove()
pg.setConfigOptions(exitCleanup=False)


def hairline(colour: QColor, style: Qt.PenStyle = Qt.PenStyle.SolidLine, width: int = 1) -> QPen:
    """A pen whose width is in pixels, whatever the scale."""
    pen = QPen(colour, width, style)
    pen.setCosmetic(True)
    return pen


def held(now: Range, wanted: Range, least: float = 1.0) -> Range:
    """The range to stand on: that of now while the data fit into it, else one with room around them."""
    low, high = wanted
    if now[0] <= low and high <= now[1] and high - low >= _LEAST_FILLED * (now[1] - now[0]):
        return now
    middle, reach = 0.5 * (low + high), 0.56 * max(high - low, least)
    return middle - reach, middle + reach


def html(text: str, font: QFont, colour: QColor) -> str:
    """A piece of a label."""
    weight = "bold" if font.bold() else "normal"
    style = f"font-family:'{font.family()}'; font-size:{font.pixelSize()}px; font-weight:{weight}"
    return f'<span style="{style}; color:{colour.name()}">{escape(text)}</span>'


class Scale(pg.AxisItem):  # type: ignore[misc]
    """An axis and its grid, with a tick at the multiples of a round step where it is told no others."""

    def __init__(self, side: str, area: "Area", text: Text) -> None:
        self._text, self._apart = text, 24.0 if side == "left" else 40.0
        super().__init__(side, linkView=area, maxTickLength=0)
        self.setStyle(tickAlpha=255, autoExpandTextSpace=False)
        self.setStyle(tickTextOffset=5 if side == "left" else 2, textFillLimits=[(0, 0.95)])
        self.setGrid(255)
        # Below what is drawn, which has the mouse
        self.setZValue(-1000)
        if side == "left":
            self.setWidth(LEFT)
        else:
            self.setHeight(BOTTOM)

    def boundingRect(self) -> QRectF:
        """With room for words at its ends, which pyqtgraph leaves out of one that has a grid."""
        rect = QRectF(super().boundingRect())
        return rect.adjusted(0, -8, 0, 8) if self.orientation == "left" else rect.adjusted(-20, 0, 20, 0)

    def tickSpacing(self, low: float, high: float, size: float) -> list[tuple[float, float]]:
        """One level; pyqtgraph's own have more lines than words."""
        least = max((high - low) * self._apart / max(size, 1.0), 1e-9)
        scale = 10.0 ** np.floor(np.log10(least))
        return [(float(next(s * scale for s in (1.0, 2.0, 5.0, 10.0) if s * scale >= least * (1 - 1e-9))), 0.0)]

    def tickStrings(self, values: Sequence[float], scale: float, spacing: float) -> list[str]:
        """Ours."""
        return [self._text(float(value)) for value in values]

    def write(self, levels: Levels | None) -> None:
        """Stand on these ticks; None for round ones."""
        if levels != self._tickLevels:
            self.setTicks(levels)

    def dress(self, appearance: Appearance) -> None:
        """Fetch colours and fonts again."""
        theme = appearance.theme
        # The grid's own token is made for the ground of tables, and is lost on that of plots
        pen = hairline(mixed(theme.border, theme.well, 0.55))
        self.setPen(pen)
        self.setTickPen(pen)
        self.setTextPen(theme.dim)
        self.setStyle(tickFont=appearance.figures_at(SIZE_NOTE))


class Area(pg.ViewBox):  # type: ignore[misc]
    """Where items lie. What `stand` says holds until the user zooms or pans, and again after a double click."""

    def __init__(self, *, zooms: bool) -> None:
        super().__init__(enableMenu=False, enableMouse=zooms, defaultPadding=0.0)
        self.disableAutoRange()
        self._home: tuple[Range, Range] = (0.0, 1.0), (0.0, 1.0)
        self.is_zoomed = False
        self.sigRangeChangedManually.connect(self._note_zoom)

    def stand(self, x: Range, y: Range) -> None:
        """Show these ranges."""
        if (x, y) != self._home:
            self._home = x, y
            if not self.is_zoomed:
                self.go_home()

    def go_home(self) -> None:
        """Leave what the user has zoomed to."""
        self.is_zoomed = False
        x, y = self._home
        self.setRange(xRange=x, yRange=y, padding=0.0)

    @property
    def home(self) -> tuple[Range, Range]:
        """The ranges that `stand` said."""
        return self._home

    @property
    def x_range(self) -> Range:
        """What is in sight."""
        low, high = self.viewRange()[0]
        return float(low), float(high)

    def x_per_pixel(self) -> float:
        """Figures to a pixel."""
        low, high = self.x_range
        return (high - low) / max(float(self.width()), 1.0)

    def pixel(self, x: float, y: float) -> QPointF:
        """Where a place lies on the widget."""
        return QPointF(self.mapViewToScene(QPointF(x, y)))

    def place(self, pixel: QPointF) -> QPointF:
        """What a pixel of the widget stands for."""
        return QPointF(self.mapSceneToView(pixel))

    def holds(self, pixel: QPointF) -> bool:
        """Whether a pixel of the widget lies in it."""
        return bool(self.sceneBoundingRect().contains(pixel))

    def _note_zoom(self) -> None:
        self.is_zoomed = True


class Label(pg.LabelItem):  # type: ignore[misc]
    """A text in a corner of a plot: (0, 0) is the upper left one, (1, 1) the lower right one."""

    def __init__(self, plot: "Plot", corner: tuple[float, float], offset: tuple[float, float] = (0.0, 0.0)) -> None:
        super().__init__("", justify="right" if corner[0] else "left")
        self._corner, self._offset = corner, offset
        self.item.document().setDocumentMargin(2.0)
        self.setParentItem(plot.ground)

    def lay(self, content: str) -> None:
        """Say something else, in HTML."""
        self.setText(content)
        self.resize(self.minimumSize())
        self.anchor(self._corner, self._corner, self._offset)


class Plot(pg.GraphicsView):  # type: ignore[misc]
    """A widget of areas one below the other, each with an axis to its left.

    WORKAROUND: no layout of Qt's, and so no GraphicsLayoutWidget. Where the collector finds a plot that nobody
    destroyed it takes items and layout apart in an order of its own, and a layout asks items that are gone: a crash.
    """

    _is_finished = False

    def __init__(self, appearance: Appearance, top: int, right: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.appearance = appearance
        self.areas: list[Area] = []
        self.scales: list[Scale] = []
        self._top, self._right = top, right
        self.ground = pg.GraphicsWidget()
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setCentralItem(self.ground)

    def add_area(self, upright: Text, *, zooms: bool = False) -> Area:
        """An area below the others, and the axis to its left."""
        area = Area(zooms=zooms)
        self.areas.append(area)
        self.scales.append(Scale("left", area, upright))
        area.setParentItem(self.ground)
        self.scales[-1].setParentItem(self.ground)
        return area

    def finish(self, across: Text) -> None:
        """All is there but the axis below, whose grid begins at the first area; dress it, now and at each change."""
        self.across = Scale("bottom", self.areas[0], across)
        self.across.setParentItem(self.ground)
        self._is_finished = True
        self._arrange()
        self._dress_all()
        self.appearance.changed.connect(self._dress_all)

    def heights(self, room: float) -> tuple[float, ...]:
        """How high the areas are in so much room, pixels; one of no height is hidden."""
        return (room,)

    def show_areas(self, *, is_shown: bool) -> None:
        """Show or hide all but the labels."""
        for area in self.areas:
            area.setVisible(is_shown)
        for scale in (*self.scales, self.across):
            scale.setVisible(is_shown)

    def dress(self) -> None:
        """Give the items their pens, and show again what has colours of its own."""

    def resizeEvent(self, event: QResizeEvent | None) -> None:
        """Find places for all."""
        super().resizeEvent(event)
        # Also called while it is being built
        if self._is_finished:
            self._arrange()

    def close(self) -> bool:
        """Hide, as every widget does: pyqtgraph's own clears the scene, and a viewport is taken away that is needed."""
        return QWidget.close(self)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Back to where the data are."""
        super().mouseDoubleClickEvent(event)
        for area in self.areas:
            area.go_home()

    def _arrange(self) -> None:
        width, y = max(self.width() - LEFT - self._right, 1.0), float(self._top)
        for area, scale, height in zip(
            self.areas, self.scales, self.heights(max(self.height() - self._top - BOTTOM, 1.0)), strict=True
        ):
            area.setVisible(height > 0.0)
            scale.setVisible(height > 0.0)
            area.setGeometry(QRectF(LEFT, y, width, height))
            scale.setGeometry(QRectF(0.0, y, LEFT, height))
            y += height + GAP if height > 0.0 else 0.0
        self.across.setGeometry(QRectF(LEFT, y - GAP, width, BOTTOM))

    def _dress_all(self) -> None:
        self.setBackground(self.appearance.theme.well)
        for scale in (*self.scales, self.across):
            scale.dress(self.appearance)
        self.dress()
