"""The smile of one expiry drawn: bars from bid to ask volatility, fit, own curve with its points, and what it misses.

`show_smile` lays it out; ranges move only when the data leave them. The mouse chooses and drags points of the own
curve, and reads off the strike it is over; beside the points it pans, the wheel zooms, a double click goes back. Keys
are the panel's.
"""

import numpy as np
from PySide6.QtCore import QEvent, QPointF, QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QWidget

from terminal.services.smile import Smile
from terminal.services.trade_trail import Trades
from terminal.views.appearance import Appearance
from terminal.views.plot import GAP, Label, Levels, Plot, hairline, held, html
from terminal.views.plot_items import NO_PEN, Band, Box, Columns, Line, Marks, Rule, Whiskers, clear
from terminal.views.theme import SIZE_NOTE
from terminal.views.volatility.axis import Axis, label, spread_out
from terminal.views.volatility.readout import content_of
from terminal.views.volatility.smile_picture import Books, SmilePicture, picture_of
from terminal.views.volatility.words import word

#: Calls stand so many pixels left of their strike, puts right of it
_OFFSET = 3.0
_GRAB = 12.0
#: Residuals, basis points: the strip's scale is one of these
_STRIP = (30.0, 60.0, 120.0, 300.0, 1000.0)
#: Pixels: the strip's height and where it goes; a column of it
_STRIP_HEIGHT, _WITH_STRIP, _COLUMN = 44, 150, 8.0
#: A strike's word needs this, pixels
_STRIKE_WIDTH = 44
_DOTS, _DASHES = Qt.PenStyle.DotLine, Qt.PenStyle.DashLine


class SmilePlot(Plot):
    """Two plots with one horizontal axis. Volatilities are in points: 32.5 is 32.5 %."""

    handle_chosen = Signal(int)
    handle_dragged = Signal(int, float)
    """Number of the point, volatility a year"""

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(appearance, 6, 10, parent)
        self.smile: Smile | None = None
        self.picture: SmilePicture | None = None
        self.axis = Axis.STRIKE
        self.selected = -1
        self.hovered = -1
        """The strike under the mouse"""
        self._trades: Trades | None = None
        self._dragging = -1
        self._shown_key: tuple[object, ...] = ()
        self.main = self.add_area(lambda value: f"{value:g}%", zooms=True)
        self.strip = self.add_area(_basis_points)
        self.main.setLimits(minXRange=0.01, minYRange=0.05, maxXRange=500.0, maxYRange=500.0)
        self.unit = Label(self, (0.0, 1.0))
        self._make_items()
        self.main.sigXRangeChanged.connect(self._fit_pixels)
        self.main.sigResized.connect(self._fit_pixels)
        self.finish(lambda value: label(self.axis, value))

    def _make_items(self) -> None:
        main = self.main
        self._weak, self._strong = Whiskers(main), Whiskers(main)
        self._calls, self._puts = Marks(main, "t1", 7.0), Marks(main, "t", 7.0)
        self._prints = Marks(main, "o", 5.0)
        self._band = Band(main)
        self._spot, self._forward = Rule(main, has_word=True), Rule(main, has_word=True)
        self._settlement, self._fit, self._curve = Line(main), Line(main), Line(main)
        self._middles = Marks(main, "o", 4.0)
        self._ring, self._handles = Marks(main, "o", 17.0), Marks(main, "s", 6.0)
        self._over, self._box = Rule(main), Box(main)
        self._residuals, self._zero = Columns(self.strip), Rule(self.strip, is_upright=False)

    # ---- what the panel asks

    def show_smile(self, smile: Smile | None, selected: int, trades: Trades | None = None) -> None:
        """Draw this; None clears."""
        self.smile, self.selected, self._trades = smile, selected, trades
        self.picture = None if smile is None else picture_of(smile, self.axis, trades)
        self.ground.setVisible(self.picture is not None)
        if smile is None or self.picture is None:
            return
        self.hovered = min(self.hovered, len(smile.points.k) - 1)
        self._set_ranges(smile, self.picture)
        self._show_lines(smile, self.picture)
        self._show_trades(self.picture)
        self._show_handles(self.picture)
        self._fit_pixels()
        self._show_readout()

    def set_axis(self, axis: Axis) -> None:
        """Count the horizontal axis another way."""
        self.axis = axis
        self.dress()

    def handle_at(self, position: QPointF) -> int:
        """The point of the own curve under the mouse, -1 for none."""
        best, nearest = -1, _GRAB
        for number in range(0 if self.picture is None else len(self.picture.handles[0])):
            distance = (self.handle_place(number) - position).manhattanLength()
            if distance < nearest:
                best, nearest = number, distance
        return best

    def handle_place(self, number: int) -> QPointF:
        """Where a point of the own curve lies on the widget."""
        if self.picture is None:
            return QPointF()
        x, y = self.picture.handles
        return self.main.pixel(float(x[number]), float(y[number]))

    def heights(self, room: float) -> tuple[float, ...]:
        """A low plot has no strip."""
        if self.height() < _WITH_STRIP:
            return room, 0.0
        return room - _STRIP_HEIGHT - GAP, float(_STRIP_HEIGHT)

    def minimumSizeHint(self) -> QSize:
        """A curve one can still read."""
        return QSize(200, 110)

    def dress(self) -> None:
        """Fetch colours, fonts and words again."""
        look, theme = self.appearance, self.appearance.theme
        bold, ink = look.figures_at(SIZE_NOTE, bold=True), theme.window if theme.name == "dark" else theme.on_button
        self._curve.setPen(hairline(theme.own, width=2))
        self._fit.setPen(hairline(theme.theo, _DASHES))
        self._settlement.setPen(hairline(theme.dim, _DOTS))
        self._band.setBrush(clear(theme.own, 0.18))
        self._weak.setData(pen=hairline(theme.faint))
        self._strong.setData(pen=hairline(theme.text_2))
        self._middles.dress(hairline(theme.text_2), None)
        self._ring.dress(hairline(theme.own), clear(theme.own, 0.22))
        self._handles.setPen(hairline(theme.own))
        self._prints.setPen(NO_PEN)
        for line, colour, style in (
            (self._spot, theme.spot, Qt.PenStyle.SolidLine),
            (self._forward, theme.theo, _DOTS),
        ):
            line.setPen(hairline(colour, style))
            line.dress_word(bold, ink, colour)
        self._over.setPen(hairline(theme.faint, _DASHES))
        self._zero.setPen(hairline(theme.dim))
        self._box.dress(theme.raised, theme.border)
        unit = {Axis.STRIKE: word("yuan"), Axis.LOG_MONEYNESS: "ln K/F", Axis.DELTA: "Δ %"}[self.axis]
        self.unit.lay(html(unit, look.figures_at(SIZE_NOTE), theme.dim))
        self.show_smile(self.smile, self.selected, self._trades)

    # ---- Qt's side

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose a point, and hold it."""
        if event.button() is Qt.MouseButton.LeftButton:
            self._dragging = self.handle_at(event.position())
        if self._dragging >= 0:
            self.handle_chosen.emit(self._dragging)
        else:
            super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Drag the point that is held, or read off a strike."""
        if self._dragging >= 0 and event.buttons() & Qt.MouseButton.LeftButton:
            self.handle_dragged.emit(self._dragging, self.main.place(event.position()).y() / 100.0)
            return
        super().mouseMoveEvent(event)
        self._hover(event.position())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let go."""
        if self._dragging < 0:
            super().mouseReleaseEvent(event)
        self._dragging = -1

    def leaveEvent(self, event: QEvent) -> None:
        """Nothing is read off."""
        super().leaveEvent(event)
        self.hovered = -1
        self._show_readout()

    # ---- inside

    def _hover(self, position: QPointF) -> None:
        hovered = -1
        if self.picture is not None and self.main.holds(position):
            hovered = int(np.argmin(np.abs(self.picture.calls.x - self.main.place(position).x())))
        self.setCursor(Qt.CursorShape.SizeVerCursor if self.handle_at(position) >= 0 else Qt.CursorShape.ArrowCursor)
        if hovered != self.hovered:
            self.hovered = hovered
            self._show_readout()

    def _set_ranges(self, smile: Smile, picture: SmilePicture) -> None:
        key, (x_range, y_range) = (smile.underlying, smile.expiry, self.axis), self.main.home
        left, right = picture.x_range
        moved = abs(left - x_range[0]) + abs(right - x_range[1])
        is_new = key != self._shown_key
        if is_new or moved > 0.04 * (x_range[1] - x_range[0]):
            x_range = picture.x_range
        self.main.stand(x_range, held((0.0, 0.0) if is_new else y_range, picture.y_wanted))
        if is_new:
            self._shown_key = key
            self.main.go_home()
        missed = np.abs(picture.residuals[1])
        usual = float(np.quantile(missed, 0.9)) if missed.size else 0.0
        reach = next((reach for reach in _STRIP if usual <= reach), _STRIP[-1])
        self.strip.stand(self.main.x_range, (-1.4 * reach, 1.4 * reach))
        self.scales[1].write([[(place, _basis_points(place)) for place in (-reach, reach)]])

    def _fit_ticks(self, smile: Smile) -> None:
        """One tick a strike where they have room; round figures on the other axes."""
        if self.axis is not Axis.STRIKE:
            self.across.write(None)
            return
        strikes = np.unique(np.round(smile.points.strike, 4)).tolist()
        low, high = self.main.x_range
        apart = _STRIKE_WIDTH * (high - low) / max(self.width() - 52, 1)
        told = spread_out(strikes, apart)
        levels: Levels = [[(strike, label(self.axis, strike) if strike in told else "") for strike in strikes]]
        self.across.write(levels)

    def _show_lines(self, smile: Smile, picture: SmilePicture) -> None:
        self._curve.lay(*picture.curve)
        self._fit.lay(*picture.fit)
        self._settlement.lay(*picture.settlement)
        self._band.lay(*picture.own)
        self._middles.lay(*picture.middles)
        # The lower of the two has its word on its left, so that they never lie on each other
        below = not picture.spot > picture.forward
        self._spot.lay(picture.spot, f"S {smile.spot:.3f}", (float(below), 0.0))
        self._forward.lay(picture.forward, f"F {smile.forward.price:.4f}", (float(not below), 0.0))

    def _show_trades(self, picture: SmilePicture) -> None:
        """Dots that fade with age, larger for more contracts, in the colour of who took."""
        look = self.appearance
        x, y, quantity, age, side = picture.trades
        fills = [
            clear(look.up if who > 0 else look.down if who < 0 else look.theme.text_2, 0.12 + 0.68 * (1 - old))
            for old, who in zip(age.tolist(), side.tolist(), strict=True)
        ]
        self._prints.lay(x, y, fills=fills, sizes=4.0 + 1.5 * np.minimum(np.log10(np.maximum(quantity, 1.0)), 3.0))

    def _show_handles(self, picture: SmilePicture) -> None:
        theme, (x, y) = self.appearance.theme, picture.handles
        self._handles.lay(x, y, fills=[theme.warn if locked else theme.well for locked in picture.locks])
        chosen = slice(self.selected, self.selected + 1) if self.selected >= 0 else slice(0)
        self._ring.lay(x[chosen], y[chosen])

    def _fit_pixels(self) -> None:
        """Lay what is placed or measured in pixels."""
        if self.picture is None or self.smile is None:
            return
        self.strip.stand(self.main.x_range, self.strip.home[1])
        self._fit_ticks(self.smile)
        self._show_books(self.picture)
        theme, (x, height) = self.appearance.theme, self.picture.residuals
        fills = [
            clear(theme.heat_high if value > 0 else theme.heat_low, 0.45 if weak else 1.0)
            for value, weak in zip(height.tolist(), self.picture.is_weak.tolist(), strict=True)
        ]
        self._residuals.lay(x, height, _COLUMN * self.strip.x_per_pixel(), fills)

    def _show_books(self, picture: SmilePicture) -> None:
        pixel, rights = self.main.x_per_pixel(), (picture.calls, picture.puts)
        x = np.concatenate([books.x + shift * pixel for books, shift in zip(rights, (-_OFFSET, _OFFSET), strict=True)])
        bid = np.concatenate([books.bid for books in rights])
        ask = np.concatenate([books.ask for books in rights])
        strong = np.concatenate([books.is_strong for books in rights])
        self._weak.lay(x[~strong], bid[~strong], ask[~strong], 0.0)
        self._strong.lay(x[strong], bid[strong], ask[strong], 3.0 * pixel)
        count = len(picture.calls.x)
        self._show_marks(self._calls, picture.calls, x[:count], is_filled=True)
        self._show_marks(self._puts, picture.puts, x[count:], is_filled=False)

    def _show_marks(self, marks: Marks, books: Books, x: np.ndarray, *, is_filled: bool) -> None:
        theme, sound = self.appearance.theme, np.isfinite(books.middle)
        inks = [theme.text if strong else theme.faint for strong in books.is_strong[sound].tolist()]
        fills = inks if is_filled else [theme.well] * len(inks)
        marks.lay(x[sound], books.middle[sound], inks=inks, fills=fills)

    def _show_readout(self) -> None:
        is_shown = self.hovered >= 0 and self._dragging < 0 and self.picture is not None
        if not is_shown or self.picture is None or self.smile is None:
            self._over.lay(np.nan)
            self._box.setVisible(False)
            return
        place = float(self.picture.calls.x[self.hovered])
        low, high = self.main.x_range
        self._over.lay(place)
        self._box.lay(content_of(self.smile, self.hovered, self.appearance), 20.0, is_left=place > 0.5 * (low + high))


def _basis_points(value: float) -> str:
    return f"{'+' if value > 0 else '−' if value < 0 else ''}{abs(value):.0f}bp"
