"""The smile of one expiry drawn: bars from bid to ask volatility, fit, own curve with its points, and what it misses.

`show` sets every item once; ranges move only when the data leave them. The mouse chooses and drags points of the own
curve; keys are the panel's.
"""

import numpy as np
import pyqtgraph as pg
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, Qt, Signal
from PySide6.QtGui import QBrush, QColor, QMouseEvent
from PySide6.QtWidgets import QWidget

from terminal.pricing.quality import Quality
from terminal.services.smile import Smile
from terminal.views.theme import SIZE_NOTE, Appearance
from terminal.views.volatility.axis import Axis, label, places
from terminal.views.volatility.plot_dress import dress_plot, hairline, known, pairs, round_range, still_plot

FloatArray = NDArray[np.float64]
_CURVE_POINTS = 161
#: Calls stand so many pixels left of their strike, puts right of it
_OFFSET = 3.0
_GRAB = 12.0
#: Residuals, basis points: the strip's scale is one of these
_STRIP = (30.0, 60.0, 120.0, 300.0, 1000.0)
_PAD = 0.025


class SmilePlot(pg.GraphicsLayoutWidget):  # type: ignore[misc]
    """Two plots with one horizontal axis. Volatilities are in points: 32.5 is 32.5 %."""

    handle_chosen = Signal(int)
    handle_dragged = Signal(int, float)
    """Number of the point, volatility a year"""

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self.smile: Smile | None = None
        self.axis = Axis.STRIKE
        self.selected = -1
        self._handle_x: FloatArray = np.zeros(0)
        self._handle_y: FloatArray = np.zeros(0)
        self._dragging = -1
        self._y_range: tuple[float, float] = (0.0, 0.0)
        self._shown_key: tuple[object, ...] = ()
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setMinimumSize(200, 140)
        layout = self.ci.layout
        layout.setContentsMargins(2, 6, 8, 2)
        layout.setVerticalSpacing(2)
        self.main = still_plot(self.ci, 0, lambda value: "", lambda value: f"{value:g}%")
        self.strip = still_plot(self.ci, 1, lambda value: label(self.axis, value), _basis_points)
        self._none, self._bottom = self.main.getAxis("bottom"), self.strip.getAxis("bottom")
        self.strip.setMaximumHeight(62)
        self.strip.setMinimumHeight(48)
        layout.setRowStretchFactor(0, 1)
        self._make_items()
        self.take_appearance()
        appearance.changed.connect(self.take_appearance)

    # ---- what the panel asks

    def show_smile(self, smile: Smile | None, selected: int) -> None:
        """Draw this; None clears."""
        self.smile, self.selected = smile, selected
        if smile is None or not len(smile.points.k) or not np.isfinite(smile.forward.price):
            self._clear()
            return
        points = smile.points
        pad = _PAD * float(points.k[-1] - points.k[0]) + 1e-4
        dense = np.linspace(points.k[0] - pad, points.k[-1] + pad, _CURVE_POINTS)
        x, at = places(self.axis, smile, dense), places(self.axis, smile, points.k)
        own, fit = smile.curve_volatility(dense) * 100.0, smile.fit_volatility(dense) * 100.0
        self._set_ranges(smile, x, own, fit)
        self._curve.setData(*known(x, own))
        self._fit.setData(*known(x, fit))
        self._settlement.setData(*known(at, smile.settlement * 100.0))
        self._show_books(smile, at)
        self._show_own_quotes(smile, at)
        self._show_handles(smile)
        self._show_uprights(smile)
        self._show_residual(smile, at)

    def take_appearance(self) -> None:
        """Fetch colours and fonts again."""
        theme = self._appearance.theme
        self.setBackground(theme.well)
        for plot in (self.main, self.strip):
            dress_plot(plot, self._appearance)
        self._curve.setPen(hairline(theme.own, width=2))
        self._fit.setPen(hairline(theme.theo, Qt.PenStyle.DashLine))
        self._settlement.setPen(hairline(theme.dim, Qt.PenStyle.DotLine))
        self._ribbon.setBrush(QBrush(_clear(theme.own, 0.16)))
        self._bars.setPen(hairline(theme.text_2))
        self._weak_bars.setPen(hairline(theme.faint))
        self._ends.setBrush(QBrush(theme.text_2))
        for scatter, filled in ((self._calls, True), (self._puts, False)):
            scatter.setPen(hairline(theme.text))
            scatter.setBrush(QBrush(theme.text if filled else theme.well))
        self._middles.setPen(hairline(theme.text_2))
        self._middles.setBrush(QBrush(Qt.BrushStyle.NoBrush))
        self._ring.setPen(hairline(theme.own))
        self._ring.setBrush(QBrush(_clear(theme.own, 0.22)))
        for line, colour, style in (
            (self._spot, theme.spot, Qt.PenStyle.SolidLine),
            (self._forward, theme.theo, Qt.PenStyle.DotLine),
        ):
            line.setPen(hairline(colour, style))
            line.label.setColor(theme.window if theme.name == "dark" else theme.on_button)
            line.label.fill = QBrush(colour)
            line.label.textItem.setFont(self._appearance.figures_at(SIZE_NOTE, bold=True))
        self._zero.setPen(hairline(theme.dim))
        if self.smile is not None:
            self.show_smile(self.smile, self.selected)

    def set_axis(self, axis: Axis) -> None:
        """Count the horizontal axis another way."""
        self.axis = axis
        self.show_smile(self.smile, self.selected)

    def handle_at(self, position: QPointF) -> int:
        """The point of the own curve under the mouse, -1 for none."""
        best, nearest = -1, _GRAB
        for number, (x, y) in enumerate(zip(self._handle_x.tolist(), self._handle_y.tolist(), strict=True)):
            place = self.handle_position(x, y)
            distance = (place - position).manhattanLength()
            if distance < nearest:
                best, nearest = number, distance
        return best

    def handle_position(self, x: float, y: float) -> QPointF:
        """Where a place of the plot lies on the widget."""
        return QPointF(self.mapFromScene(self.main.vb.mapViewToScene(QPointF(x, y))))

    def handle_place(self, number: int) -> QPointF:
        """Where a point of the own curve lies on the widget."""
        return self.handle_position(float(self._handle_x[number]), float(self._handle_y[number]))

    # ---- mouse

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose a point, and hold it."""
        if event.button() is Qt.MouseButton.LeftButton:
            self._dragging = self.handle_at(event.position())
            if self._dragging >= 0:
                self.handle_chosen.emit(self._dragging)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Drag the point that is held."""
        if self._dragging >= 0 and event.buttons() & Qt.MouseButton.LeftButton:
            value = self.main.vb.mapSceneToView(self.mapToScene(event.position().toPoint())).y()
            self.handle_dragged.emit(self._dragging, float(value) / 100.0)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let go."""
        self._dragging = -1

    def wheelEvent(self, event: object) -> None:
        """Nothing: the ranges follow the data."""

    # ---- inside

    def _make_items(self) -> None:
        self._low_edge, self._high_edge = pg.PlotCurveItem(), pg.PlotCurveItem()
        self._ribbon = pg.FillBetweenItem(self._low_edge, self._high_edge)
        self._settlement, self._fit, self._curve = (pg.PlotCurveItem() for _ in range(3))
        self._weak_bars, self._bars = (pg.PlotCurveItem(connect="pairs") for _ in range(2))
        self._ends = pg.ScatterPlotItem(size=3, pen=None, symbol="o")
        self._middles = pg.ScatterPlotItem(size=5, symbol="o")
        self._calls = pg.ScatterPlotItem(size=7, symbol="t1")
        self._puts = pg.ScatterPlotItem(size=7, symbol="t")
        self._ring = pg.ScatterPlotItem(size=17, symbol="o")
        self._handles = pg.ScatterPlotItem(size=7, symbol="s")
        options = {"movable": False}
        self._spot = pg.InfiniteLine(
            angle=90, label="", labelOpts={**options, "position": 0.97, "anchors": [(1, 0)] * 2}
        )
        self._forward = pg.InfiniteLine(
            angle=90, label="", labelOpts={**options, "position": 0.97, "anchors": [(0, 0)] * 2}
        )
        for item in (
            *(self._ribbon, self._spot, self._forward, self._settlement, self._weak_bars, self._bars, self._ends),
            *(self._middles, self._fit, self._curve, self._calls, self._puts, self._ring, self._handles),
        ):
            self.main.addItem(item)
        self._residuals = pg.BarGraphItem(x=[], height=[], width=1.0, pen=None)
        self._zero = pg.InfiniteLine(pos=0.0, angle=0)
        self.strip.addItem(self._residuals)
        self.strip.addItem(self._zero)

    def _clear(self) -> None:
        nothing = np.zeros(0)
        for curve in (self._curve, self._fit, self._settlement, self._bars, self._weak_bars):
            curve.setData(nothing, nothing)
        for scatter in (self._ends, self._middles, self._calls, self._puts, self._ring, self._handles):
            scatter.setData(nothing, nothing)
        self._ribbon.setVisible(False)
        for line in (self._spot, self._forward):
            line.setVisible(False)
        self._residuals.setOpts(x=[], height=[])
        self._handle_x = self._handle_y = nothing

    def _set_ranges(self, smile: Smile, x: FloatArray, own: FloatArray, fit: FloatArray) -> None:
        points = smile.points
        sound = np.abs(points.band) < 0.03
        wanted = np.concatenate((own, fit, points.low[sound] * 100.0, points.high[sound] * 100.0))
        wanted = wanted[np.isfinite(wanted)]
        if not wanted.size:
            wanted = np.array([10.0, 30.0])
        low, high = float(wanted.min()), float(wanted.max())
        key = (smile.underlying, smile.expiry, self.axis)
        bottom, top = self._y_range
        outside = low < bottom or high > top or (high - low) < 0.35 * (top - bottom)
        if key != self._shown_key or outside:
            bottom, top, step = round_range(low, high)
            self._y_range = bottom, top
            self.main.setYRange(bottom, top, padding=0)
            self.main.getAxis("left").setTickSpacing(step, step)
        if key != self._shown_key or x[0] < self._x_range[0] or x[-1] > self._x_range[1] or self._x_moved(x):
            self._x_range = float(x[0]), float(x[-1])
            for plot in (self.main, self.strip):
                plot.setXRange(x[0], x[-1], padding=0.005)
        self._set_ticks(smile)
        self._shown_key = key

    def _x_moved(self, x: FloatArray) -> bool:
        span = self._x_range[1] - self._x_range[0]
        return bool(abs(x[0] - self._x_range[0]) + abs(x[-1] - self._x_range[1]) > 0.04 * span)

    def _set_ticks(self, smile: Smile) -> None:
        """One tick a strike where they have room; round figures on the other axes."""
        if self.axis is not Axis.STRIKE:
            self._bottom.setTicks(None)
            self._none.setTicks(None)
            return
        strikes = np.unique(np.round(smile.points.strike, 4))
        every = int(np.ceil(len(strikes) * 44.0 / max(self.width() - 60, 44)))
        ticks = [(float(k), label(self.axis, float(k))) for k in strikes[::every]]
        self._bottom.setTicks([ticks])
        self._none.setTicks([[(place, "") for place, _ in ticks]])

    def _per_pixel(self) -> float:
        width = max(self.main.vb.width(), 1.0)
        return float((self._x_range[1] - self._x_range[0]) / width)

    def _show_books(self, smile: Smile, at: FloatArray) -> None:
        points, shift = smile.points, _OFFSET * self._per_pixel()
        strong: list[tuple[FloatArray, FloatArray]] = []
        weak: list[tuple[FloatArray, FloatArray]] = []
        inside = smile.points.strike < smile.forward.price
        for volatility, marks, x, scatter, outer in (
            (points.call, points.call_marks, at - shift, self._calls, ~inside),
            (points.put, points.put_marks, at + shift, self._puts, inside),
        ):
            percent = volatility * 100.0
            good = (marks == Quality.LIVE) & outer
            strong.append(pairs(x[good], percent[0, good], percent[1, good]))
            weak.append(pairs(x[~good], percent[0, ~good], percent[1, ~good]))
            sound = np.isfinite(percent[2])
            theme = self._appearance.theme
            brushes = [
                QBrush(theme.well) if scatter is self._puts else QBrush(theme.text if g else theme.faint)
                for g in good[sound].tolist()
            ]
            pens = [hairline(theme.text if g else theme.faint) for g in good[sound].tolist()]
            scatter.setData(x=x[sound], y=percent[2, sound], brush=brushes, pen=pens)
        for curve, parts in ((self._bars, strong), (self._weak_bars, weak)):
            curve.setData(*(np.concatenate(part) for part in zip(*parts, strict=True)), connect="pairs")
        ends = [np.concatenate(part) for part in zip(*strong, strict=True)]
        self._ends.setData(x=ends[0], y=ends[1])
        self._middles.setData(*known(at, points.middle * 100.0))

    def _show_own_quotes(self, smile: Smile, at: FloatArray) -> None:
        both = np.isfinite(smile.own_bid) & np.isfinite(smile.own_ask)
        self._ribbon.setVisible(int(both.sum()) >= 2)
        self._low_edge.setData(at[both], smile.own_bid[both] * 100.0)
        self._high_edge.setData(at[both], smile.own_ask[both] * 100.0)

    def _show_handles(self, smile: Smile) -> None:
        curve = smile.curve
        if curve is None:
            k = smile.points.k
            locks: list[bool] = [False] * len(k)
        else:
            k = np.array(curve.handles)
            locks = [lock is not None for lock in curve.adjustment.locks]
        self._handle_x = places(self.axis, smile, k)
        self._handle_y = smile.curve_volatility(k) * 100.0
        theme = self._appearance.theme
        brushes = [QBrush(theme.warn if locked else theme.well) for locked in locks]
        if not np.isfinite(self._handle_y).all():
            # Without a curve there is nothing to take hold of
            self._handle_x, self._handle_y, brushes = np.zeros(0), np.zeros(0), []
        self._handles.setData(x=self._handle_x, y=self._handle_y, brush=brushes, pen=hairline(theme.own))
        count = len(self._handle_x)
        chosen = slice(self.selected, self.selected + 1) if 0 <= self.selected < count else slice(0, 0)
        self._ring.setData(x=self._handle_x[chosen], y=self._handle_y[chosen])

    def _show_uprights(self, smile: Smile) -> None:
        price, spot = smile.forward.price, smile.spot
        self._spot.setVisible(bool(spot > 0.0))
        self._forward.setVisible(True)
        if spot > 0.0:
            k = np.array([np.log(spot / price)])
            self._spot.setValue(float(places(self.axis, smile, k)[0]))
            self._spot.label.setFormat(f"S {spot:.3f}")
        self._forward.setValue(float(places(self.axis, smile, np.zeros(1))[0]))
        self._forward.label.setFormat(f"F {price:.4f}")
        # The lower of the two has its words on its left, so that they never lie on each other
        below = bool(spot <= price) or not spot > 0.0
        for line, left in ((self._spot, below), (self._forward, not below)):
            line.label.anchors = [(1, 0)] * 2 if left else [(0, 0)] * 2
            line.label.updatePosition()

    def _show_residual(self, smile: Smile, at: FloatArray) -> None:
        residual = smile.residual * 10_000.0
        sound = np.isfinite(residual)
        values = residual[sound]
        reach = next((r for r in _STRIP if np.quantile(np.abs(values), 0.9) <= r), _STRIP[-1]) if values.size else 30.0
        theme = self._appearance.theme
        weak = np.abs(smile.points.band[sound]) > 0.01
        brushes = [
            QBrush(_clear(theme.heat_high if value > 0 else theme.heat_low, 0.45 if dim else 1.0))
            for value, dim in zip(values.tolist(), weak.tolist(), strict=True)
        ]
        self._residuals.setOpts(x=at[sound], height=values, width=8.0 * self._per_pixel(), brushes=brushes)
        self.strip.setYRange(-1.4 * reach, 1.4 * reach, padding=0)
        self.strip.getAxis("left").setTicks([[(-reach, _basis_points(-reach)), (reach, _basis_points(reach))]])

    _x_range: tuple[float, float] = (0.0, 0.0)


def _basis_points(value: float) -> str:
    return f"{'+' if value > 0 else '−' if value < 0 else ''}{abs(value):.0f}bp"


def _clear(colour: QColor, alpha: float) -> QColor:
    clear = QColor(colour)
    clear.setAlphaF(alpha)
    return clear
