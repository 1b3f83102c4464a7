"""The smile of one expiry drawn: bars from bid to ask volatility, fit, own curve with its points, and what it misses.

`show_smile` lays it out; ranges move only when the data leave them. The mouse chooses and drags points of the own
curve, and reads off the strike it is over; keys are the panel's.
"""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from terminal.services.smile import Smile
from terminal.services.trade_trail import Trades
from terminal.views.appearance import Appearance
from terminal.views.theme import SIZE_NOTE
from terminal.views.volatility.axis import Axis, label
from terminal.views.volatility.plot_frame import (
    BOTTOM,
    LEFT,
    PlotFrame,
    Range,
    Ticks,
    draw_ground,
    round_range,
    round_step,
    stepped,
)
from terminal.views.volatility.plot_strokes import (
    Shape,
    clear,
    draw_band,
    draw_bars,
    draw_curve,
    draw_mark,
    draw_tag,
    draw_upright,
    hairline,
)
from terminal.views.volatility.readout import draw_readout
from terminal.views.volatility.smile_picture import Books, SmilePicture, picture_of
from terminal.views.volatility.words import word

FloatArray = NDArray[np.float64]
#: Calls stand so many pixels left of their strike, puts right of it
_OFFSET = 3.0
_GRAB = 12.0
#: Residuals, basis points: the strip's scale is one of these
_STRIP = (30.0, 60.0, 120.0, 300.0, 1000.0)
#: Pixels: above the plot, between plot and strip, right of both; the strip's height and where it goes
_TOP, _GAP, _SIDE, _STRIP_HEIGHT, _WITH_STRIP = 6, 6, 10, 44, 150
_RESIDUAL_WIDTH = 8.0


class SmilePlot(QWidget):
    """Two plots with one horizontal axis. Volatilities are in points: 32.5 is 32.5 %."""

    handle_chosen = Signal(int)
    handle_dragged = Signal(int, float)
    """Number of the point, volatility a year"""

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self.smile: Smile | None = None
        self.picture: SmilePicture | None = None
        self.axis = Axis.STRIKE
        self.selected = -1
        self.hovered = -1
        """The strike under the mouse"""
        self._trades: Trades | None = None
        self._dragging = -1
        self._x_range: Range = (0.0, 1.0)
        self._y_range: Range = (0.0, 0.0)
        self._y_step = 1.0
        self._reach = _STRIP[0]
        self._shown_key: tuple[object, ...] = ()
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setMouseTracking(True)
        # Every pixel is painted: Qt need not fill the ground before
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        appearance.changed.connect(self.update)

    # ---- what the panel asks

    def show_smile(self, smile: Smile | None, selected: int, trades: Trades | None = None) -> None:
        """Draw this; None clears."""
        self.smile, self.selected, self._trades = smile, selected, trades
        self.picture = None if smile is None else picture_of(smile, self.axis, trades)
        if smile is not None and self.picture is not None:
            self._set_ranges(smile, self.picture)
            self.hovered = min(self.hovered, len(smile.points.k) - 1)
        self.update()

    def set_axis(self, axis: Axis) -> None:
        """Count the horizontal axis another way."""
        self.axis = axis
        self.show_smile(self.smile, self.selected, self._trades)

    def handle_at(self, position: QPointF) -> int:
        """The point of the own curve under the mouse, -1 for none."""
        if self.picture is None:
            return -1
        best, nearest = -1, _GRAB
        for number in range(len(self.picture.handles[0])):
            distance = (self.handle_place(number) - position).manhattanLength()
            if distance < nearest:
                best, nearest = number, distance
        return best

    def handle_place(self, number: int) -> QPointF:
        """Where a point of the own curve lies on the widget."""
        if self.picture is None:
            return QPointF()
        x, y = self.picture.handles
        frame = self.frame()
        return QPointF(frame.x_of(float(x[number])), frame.y_of(float(y[number])))

    def frame(self) -> PlotFrame:
        """The plot of the smile itself."""
        below = BOTTOM + (_STRIP_HEIGHT + _GAP if self._has_strip() else 0)
        area = QRectF(LEFT, _TOP, max(self.width() - LEFT - _SIDE, 1), max(self.height() - _TOP - below, 1))
        return PlotFrame(area, self._x_range, self._y_range)

    def minimumSizeHint(self) -> QSize:
        """A curve one can still read."""
        return QSize(200, 110)

    # ---- Qt's side

    def paintEvent(self, event: QPaintEvent) -> None:
        """Ground, books, curves, what is in the hand, and the strip below."""
        painter = QPainter(self)
        theme, picture = self._appearance.theme, self.picture
        painter.fillRect(self.rect(), theme.well)
        if picture is not None and self.smile is not None:
            frame = self.frame()
            across = self._across()
            unit = {Axis.STRIKE: word("yuan"), Axis.LOG_MONEYNESS: "ln K/F", Axis.DELTA: "Δ %"}[self.axis]
            upright = stepped(self._y_range, self._y_step, lambda value: f"{value:g}%")
            if self._has_strip():
                draw_ground(painter, frame, self._appearance, Ticks(across.places, ("",) * len(across.places)), upright)
                self._paint_strip(painter, frame, picture, across, unit)
            else:
                draw_ground(painter, frame, self._appearance, across, upright, unit=unit)
            painter.save()
            painter.setClipRect(frame.area.adjusted(0, -1, 1, 1))
            self._paint_books(painter, frame, picture)
            self._paint_trades(painter, frame, picture)
            self._paint_curves(painter, frame, picture)
            self._paint_handles(painter, frame, picture)
            painter.restore()
            self._paint_tags(painter, frame, picture, self.smile)
            if self.hovered >= 0 and self._dragging < 0:
                draw_readout(painter, frame, self._appearance, self.smile, picture, self.hovered)
        painter.end()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose a point, and hold it."""
        if event.button() is Qt.MouseButton.LeftButton:
            self._dragging = self.handle_at(event.position())
            if self._dragging >= 0:
                self.handle_chosen.emit(self._dragging)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Drag the point that is held, or read off a strike."""
        if self._dragging >= 0 and event.buttons() & Qt.MouseButton.LeftButton:
            self.handle_dragged.emit(self._dragging, self.frame().value_at(event.position().y()) / 100.0)
            return
        self._hover(event.position())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let go."""
        self._dragging = -1

    def leaveEvent(self, event: QEvent) -> None:
        """Nothing is read off."""
        if self.hovered >= 0:
            self.hovered = -1
            self.update()

    # ---- inside

    def _has_strip(self) -> bool:
        return self.height() >= _WITH_STRIP

    def _hover(self, position: QPointF) -> None:
        hovered = -1
        if self.picture is not None and self.frame().area.contains(position):
            hovered = int(np.argmin(np.abs(self.frame().x(self.picture.calls.x) - position.x())))
        self.setCursor(Qt.CursorShape.SizeVerCursor if self.handle_at(position) >= 0 else Qt.CursorShape.ArrowCursor)
        if hovered != self.hovered:
            self.hovered = hovered
            self.update()

    def _set_ranges(self, smile: Smile, picture: SmilePicture) -> None:
        low, high = picture.y_wanted
        key = (smile.underlying, smile.expiry, self.axis)
        bottom, top = self._y_range
        if key != self._shown_key or low < bottom or high > top or (high - low) < 0.35 * (top - bottom):
            bottom, top, self._y_step = round_range(low, high)
            self._y_range = bottom, top
        left, right = picture.x_range
        moved = abs(left - self._x_range[0]) + abs(right - self._x_range[1])
        if key != self._shown_key or moved > 0.04 * (self._x_range[1] - self._x_range[0]):
            self._x_range = picture.x_range
        self._shown_key = key
        missed = np.abs(picture.residuals[1])
        usual = float(np.quantile(missed, 0.9)) if missed.size else 0.0
        self._reach = next((reach for reach in _STRIP if usual <= reach), _STRIP[-1])

    def _across(self) -> Ticks:
        """One tick a strike where they have room; round figures on the other axes."""
        if self.axis is Axis.STRIKE and self.smile is not None:
            strikes = np.unique(np.round(self.smile.points.strike, 4)).tolist()
            return Ticks(tuple(strikes), tuple([label(self.axis, strike) for strike in strikes]))
        step = round_step(self._x_range, max(self.width() // 70, 2))
        return stepped(self._x_range, step, lambda value: label(self.axis, value))

    def _paint_books(self, painter: QPainter, frame: PlotFrame, picture: SmilePicture) -> None:
        theme = self._appearance.theme
        for books, shift, shape in ((picture.calls, -_OFFSET, Shape.UP), (picture.puts, _OFFSET, Shape.DOWN)):
            x, strong = frame.x(books.x) + shift, books.is_strong
            for which, colour, ends in ((~strong, theme.faint, 0), (strong, theme.text_2, 1)):
                draw_bars(painter, frame, x[which], books.bid[which], books.ask[which], hairline(colour), ends=ends)
            self._paint_middles(painter, frame, books, x, shape)

    def _paint_middles(self, painter: QPainter, frame: PlotFrame, books: Books, x: FloatArray, shape: Shape) -> None:
        theme = self._appearance.theme
        sound = np.isfinite(books.middle)
        for at, middle, strong in zip(
            x[sound].tolist(), frame.y(books.middle[sound]).tolist(), books.is_strong[sound].tolist(), strict=True
        ):
            colour = theme.text if strong else theme.faint
            fill = colour if shape is Shape.UP else theme.well
            draw_mark(painter, QPointF(at, middle), shape, 7.0, hairline(colour), fill)

    def _paint_trades(self, painter: QPainter, frame: PlotFrame, picture: SmilePicture) -> None:
        """Dots that fade with age, larger for more contracts, in the colour of who took."""
        look = self._appearance
        x, y, quantity, age, side = picture.trades
        for at, height, lots, old, who in zip(
            frame.x(x).tolist(), frame.y(y).tolist(), quantity.tolist(), age.tolist(), side.tolist(), strict=True
        ):
            colour = clear(look.up if who > 0 else look.down if who < 0 else look.theme.text_2, 0.12 + 0.68 * (1 - old))
            size = 4.0 + 1.5 * min(np.log10(max(lots, 1.0)), 3.0)
            draw_mark(painter, QPointF(at, height), Shape.ROUND, size, QPen(Qt.PenStyle.NoPen), colour)

    def _paint_curves(self, painter: QPainter, frame: PlotFrame, picture: SmilePicture) -> None:
        theme = self._appearance.theme
        draw_band(painter, frame, *picture.own, clear(theme.own, 0.18))
        draw_upright(painter, frame, picture.spot, hairline(theme.spot))
        draw_upright(painter, frame, picture.forward, hairline(theme.theo, Qt.PenStyle.DotLine))
        draw_curve(painter, frame, *picture.settlement, hairline(theme.dim, Qt.PenStyle.DotLine))
        draw_curve(painter, frame, *picture.fit, hairline(theme.theo, Qt.PenStyle.DashLine))
        draw_curve(painter, frame, *picture.curve, hairline(theme.own, width=2))
        for at in frame.points(*picture.middles):
            draw_mark(painter, at, Shape.ROUND, 4.0, hairline(theme.text_2))

    def _paint_handles(self, painter: QPainter, frame: PlotFrame, picture: SmilePicture) -> None:
        theme = self._appearance.theme
        for number, (at, locked) in enumerate(zip(frame.points(*picture.handles), picture.locks, strict=True)):
            if number == self.selected:
                draw_mark(painter, at, Shape.ROUND, 17.0, hairline(theme.own), clear(theme.own, 0.22))
            draw_mark(painter, at, Shape.SQUARE, 6.0, hairline(theme.own), theme.warn if locked else theme.well)

    def _paint_tags(self, painter: QPainter, frame: PlotFrame, picture: SmilePicture, smile: Smile) -> None:
        """The lower of the two has its word on its left, so that they never lie on each other."""
        theme = self._appearance.theme
        ink = theme.window if theme.name == "dark" else theme.on_button
        painter.setFont(self._appearance.figures_at(SIZE_NOTE, bold=True))
        below = not picture.spot > picture.forward
        for place, text, colour, left in (
            (picture.spot, f"S {smile.spot:.3f}", theme.spot, below),
            (picture.forward, f"F {smile.forward.price:.4f}", theme.theo, not below),
        ):
            if np.isfinite(place) and frame.x_range[0] <= place <= frame.x_range[1]:
                edge = QPointF(round(frame.x_of(place)), frame.area.top())
                draw_tag(painter, edge, text, colour, ink, to_left=left)

    def _paint_strip(
        self, painter: QPainter, above: PlotFrame, picture: SmilePicture, across: Ticks, unit: str
    ) -> None:
        theme, reach = self._appearance.theme, self._reach
        area = QRectF(above.area.left(), above.area.bottom() + _GAP, above.area.width(), _STRIP_HEIGHT)
        frame = PlotFrame(area, self._x_range, (-1.4 * reach, 1.4 * reach))
        upright = Ticks((-reach, reach), (_basis_points(-reach), _basis_points(reach)))
        draw_ground(painter, frame, self._appearance, across, upright, unit=unit)
        zero = round(frame.y_of(0.0))
        x, height = frame.x(picture.residuals[0]), frame.y(np.clip(picture.residuals[1], *frame.y_range))
        for at, end, weak in zip(x.tolist(), height.round().tolist(), picture.is_weak.tolist(), strict=True):
            colour = theme.heat_high if end < zero else theme.heat_low
            left = round(at - _RESIDUAL_WIDTH / 2)
            painter.fillRect(
                QRectF(left, min(end, zero), _RESIDUAL_WIDTH, max(abs(end - zero), 1.0)),
                clear(colour, 0.45 if weak else 1.0),
            )
        painter.fillRect(QRectF(area.left(), zero, area.width(), 1), theme.dim)


def _basis_points(value: float) -> str:
    return f"{'+' if value > 0 else '−' if value < 0 else ''}{abs(value):.0f}bp"
