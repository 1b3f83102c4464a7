"""What lies on a plot, under typed names: lines, bars, bands, marks, columns, rules and words of pyqtgraph.

Items are made once and given new arrays; `dress` of their plot gives them their pens. Nothing here raises for a nan.
"""

from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QPainter, QPen

from terminal.views.plot import Area, FloatArray, hairline
from terminal.views.plot_library import pg

_draw_symbol = pg.graphicsItems.ScatterPlotItem.drawSymbol
NO_PEN = QPen(Qt.PenStyle.NoPen)


def clear(colour: QColor, alpha: float) -> QColor:
    """A colour one can see through."""
    thin = QColor(colour)
    thin.setAlphaF(alpha)
    return thin


def known(*arrays: FloatArray) -> tuple[FloatArray, ...]:
    """The points of which everything is known: pyqtgraph warns where a line has none but nan."""
    sound = np.logical_and.reduce([np.isfinite(array) for array in arrays])
    return tuple([array[sound] for array in arrays])


def draw_mark(painter: QPainter, at: QPointF, symbol: str, size: float, pen: QPen, fill: QColor | None) -> None:
    """Paint one mark of a plot elsewhere, as in a legend; without a fill one sees what lies below."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(at)
    _draw_symbol(painter, symbol, size, pen, QBrush(Qt.BrushStyle.NoBrush) if fill is None else QBrush(fill))
    painter.restore()


class Line(pg.PlotCurveItem):  # type: ignore[misc]
    """A line through what is known."""

    def __init__(self, area: Area) -> None:
        super().__init__(antialias=True)
        area.addItem(self, ignoreBounds=True)

    def lay(self, x: FloatArray, y: FloatArray) -> None:
        """Take other points."""
        self.setData(*known(x, y))


class Bars(pg.PlotCurveItem):  # type: ignore[misc]
    """Upright bars a pixel wide."""

    def __init__(self, area: Area) -> None:
        super().__init__(connect="pairs")
        area.addItem(self, ignoreBounds=True)

    def lay(self, x: FloatArray, low: FloatArray, high: FloatArray) -> None:
        """Take other ends; each is known or left out."""
        x, low, high = known(x, low, high)
        self.setData(np.repeat(x, 2), np.stack((low, high), axis=1).ravel())


class Whiskers(pg.ErrorBarItem):  # type: ignore[misc]
    """Upright bars with feet."""

    def __init__(self, area: Area) -> None:
        super().__init__()
        area.addItem(self, ignoreBounds=True)

    def lay(self, x: FloatArray, low: FloatArray, high: FloatArray, foot: float) -> None:
        """Take other ends; each is known or left out, and `foot` is as wide as this on the axis."""
        x, low, high = known(x, low, high)
        self.setData(x=x, y=low, top=high - low, bottom=0.0, beam=foot)


class Band(pg.FillBetweenItem):  # type: ignore[misc]
    """A ribbon between two lines."""

    def __init__(self, area: Area) -> None:
        self._edges = pg.PlotCurveItem(), pg.PlotCurveItem()
        super().__init__(*self._edges)
        area.addItem(self, ignoreBounds=True)

    def lay(self, x: FloatArray, low: FloatArray, high: FloatArray) -> None:
        """Take other edges; nothing is seen of fewer than two points."""
        x, low, high = known(x, low, high)
        self.setVisible(len(x) > 1)
        for edge, y in zip(self._edges, (low, high), strict=True):
            edge.setData(x, y)


class Marks(pg.ScatterPlotItem):  # type: ignore[misc]
    """Marks of so many pixels: "o" round, "s" square, "t" pointing down, "t1" pointing up."""

    def __init__(self, area: Area, symbol: str, size: float) -> None:
        super().__init__(symbol=symbol, size=size, antialias=True)
        area.addItem(self, ignoreBounds=True)

    def lay(
        self,
        x: FloatArray,
        y: FloatArray,
        *,
        inks: Sequence[QColor] | None = None,
        fills: Sequence[QColor] | None = None,
        sizes: FloatArray | None = None,
    ) -> None:
        """Take other places, all known, each with its own colours and size where these are given."""
        looks: dict[str, object] = {"size": sizes}
        # Marks that look alike are rendered once, and alike is what has the same objects
        if inks is not None:
            pens = {ink.rgba(): hairline(ink) for ink in inks}
            looks["pen"] = [pens[ink.rgba()] for ink in inks]
        if fills is not None:
            brushes = {fill.rgba(): QBrush(fill) for fill in fills}
            looks["brush"] = [brushes[fill.rgba()] for fill in fills]
        self.setData(x=x, y=y, **{name: look for name, look in looks.items() if look is not None})

    def dress(self, pen: QPen, fill: QColor | None) -> None:
        """The look of all."""
        self.setPen(pen)
        self.setBrush(QBrush(Qt.BrushStyle.NoBrush) if fill is None else QBrush(fill))


class Columns(pg.BarGraphItem):  # type: ignore[misc]
    """Columns from zero."""

    def __init__(self, area: Area) -> None:
        super().__init__(x=[], height=[], width=1.0, pen=NO_PEN)
        area.addItem(self, ignoreBounds=True)

    def lay(self, x: FloatArray, height: FloatArray, width: float, fills: Sequence[QColor]) -> None:
        """Take other columns, all known, each with its fill."""
        self.setOpts(x=x, height=height, width=width, brushes=[QBrush(fill) for fill in fills])


class Rule(pg.InfiniteLine):  # type: ignore[misc]
    """A line over the whole height, or the whole width, that may have a word at its end."""

    def __init__(self, area: Area, *, is_upright: bool = True, has_word: bool = False) -> None:
        word = {"label": "", "labelOpts": {"position": 1.0, "movable": False}} if has_word else {}
        super().__init__(pos=0.0, angle=90 if is_upright else 0, **word)
        area.addItem(self, ignoreBounds=True)

    def lay(self, place: float, word: str = "", corner: tuple[float, float] | None = None) -> None:
        """Go to another place, hidden for nan; `corner` of the word, from 0 to 1, lies on the line's end."""
        self.setVisible(bool(np.isfinite(place)))
        if not np.isfinite(place):
            return
        self.setValue(place)
        if corner is not None:
            self.label.anchors = [corner, corner]
            self.label.setFormat(word)
            self.label.updatePosition()

    def dress_word(self, font: QFont, ink: QColor, ground: QColor | None = None) -> None:
        """The look of its word."""
        self.label.setColor(ink)
        self.label.fill = QBrush(Qt.BrushStyle.NoBrush) if ground is None else QBrush(ground)
        self.label.textItem.setFont(font)
        self.label.textItem.document().setDocumentMargin(1.0 if ground is None else 2.0)
        self.label.updateTextPos()


class Word(pg.TextItem):  # type: ignore[misc]
    """A small text at a place of an area."""

    def __init__(self, area: Area, anchor: tuple[float, float]) -> None:
        super().__init__(anchor=anchor)
        self.textItem.document().setDocumentMargin(1.0)
        area.addItem(self, ignoreBounds=True)

    def lay(self, x: float, y: float, text: str) -> None:
        """Say something somewhere."""
        self.setPos(x, y)
        self.setText(text)

    def dress(self, font: QFont, ink: QColor) -> None:
        """Its look."""
        self.textItem.setFont(font)
        self.setColor(ink)


class Box(pg.TextItem):  # type: ignore[misc]
    """A box of text over an area, in its upper left or right corner."""

    def __init__(self, area: Area) -> None:
        super().__init__()
        self._area = area
        self.setParentItem(area)
        self.setZValue(1000)
        self.setVisible(False)

    def lay(self, content: str, top: float, *, is_left: bool) -> None:
        """Show some HTML."""
        self.textItem.setHtml(content)
        self.setAnchor((0.0, 0.0) if is_left else (1.0, 0.0))
        self.setPos(6.0 if is_left else self._area.width() - 6.0, top)
        self.updateTextPos()
        self.setVisible(True)

    def dress(self, ground: QColor, edge: QColor) -> None:
        """Its look."""
        self.fill, self.border = QBrush(clear(ground, 0.94)), hairline(edge)
        self.update()
