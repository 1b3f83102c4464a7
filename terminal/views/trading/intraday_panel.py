"""The day of an underlying (分时): price and average lines, the close before dashed, volume below; lunch folded."""

from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from terminal.domain.market_data import PRICE_SCALE, Column
from terminal.services.day_minutes import DayMinutes, FloatArray, Minutes
from terminal.services.desk import Desk
from terminal.views.appearance import Appearance
from terminal.views.formatting import DASH, percent, price
from terminal.views.texts import underlying_name
from terminal.views.theme import SIZE_NOTE, SIZE_TABLE, SIZE_TITLE
from terminal.views.volatility.plot_frame import BOTTOM, LEFT, PlotFrame, Ticks, draw_ground, round_step, stepped
from terminal.views.volatility.plot_strokes import Shape, draw_bars, draw_curve, draw_mark, hairline

_TITLE, _SIDE, _GAP = 24, 10, 6
#: Of the height of the plot, for the volume
_VOLUME_SHARE = 0.2
#: The lines stand in a range at least this wide, of the price: a quiet minute is no mountain
_LEAST_RANGE = 0.002
#: Prices of underlyings have so many decimals
_DECIMALS = 3
_LEFT_MIDDLE = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
_RIGHT_BOTTOM = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignBottom)


@dataclass(frozen=True, slots=True)
class _Head:
    """What stands above the plot."""

    code: str
    last: float
    close: float


class IntradayPanel(QWidget):
    """Stands on the underlying that was chosen last; served by the frame timer once a second."""

    def __init__(self, desk: Desk, minutes: DayMinutes, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._minutes = minutes
        self._appearance = appearance
        self._underlying = ""
        self._head = _Head("", np.nan, np.nan)
        self._day: Minutes | None = None
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setMinimumSize(200, 120)
        # Every pixel is painted: Qt need not fill the ground before
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        appearance.changed.connect(self.update)
        self.flush()

    @property
    def underlying(self) -> str:
        """Code of the underlying that was chosen last."""
        return self._underlying or self._head.code

    @property
    def day(self) -> Minutes | None:
        """The minutes that are shown."""
        return self._day

    def show_underlying(self, code: str) -> None:
        """Turn to an underlying."""
        if code != self._underlying:
            self._underlying = code
            if self.isVisible():
                self.flush()

    def show_contract(self, code: str) -> None:
        """Turn to the underlying of a contract."""
        contract = self._desk.market.contract(code)
        if contract is not None:
            self.show_underlying(contract.underlying)

    def flush(self) -> None:
        """Show what has been traded since; nothing is painted where nothing was."""
        market = self._desk.market
        shown = market.underlying(self._underlying) or next(iter(market.underlyings), None)
        head, day = _Head("", np.nan, np.nan), None
        if shown is not None:
            last = market.quotes[market.row_of[shown.code], Column.LAST] / PRICE_SCALE or np.nan
            head, day = _Head(shown.code, float(last), float(shown.previous_close)), self._minutes.of(shown.code)
        if repr(head) != repr(self._head) or not _same(day, self._day):
            self._head, self._day = head, day
            self.setAccessibleName(f"{self.tr('Intraday')} {' '.join(self.heading())}")
            self.update()

    def heading(self) -> tuple[str, str, str]:
        """Name, last price and its change since the close before."""
        underlying = self._desk.market.underlying(self._head.code)
        if underlying is None:
            return DASH, DASH, ""
        name, last, close = underlying_name(underlying), self._head.last, self._head.close
        if not last > 0:
            return name, DASH, ""
        change = last / close - 1 if close > 0 else np.nan
        glyph = self._appearance.glyph(last - close)
        return name, price(round(last * PRICE_SCALE), _DECIMALS), f"{glyph}{percent(abs(change))}"

    def sizeHint(self) -> QSize:
        """Below the picker."""
        return QSize(300, 230)

    def changeEvent(self, event: QEvent) -> None:
        """Words are painted anew in another language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.update()
        super().changeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Heading, grid, close before, volume, average and price."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._appearance.theme.well)
        self._paint_heading(painter)
        width, height = self.width() - LEFT - _SIDE, self.height() - _TITLE - BOTTOM - _GAP
        volume_height = height * _VOLUME_SHARE
        if self._day is not None and width > 0 and height > 0:
            x = np.linspace(0.5, self._minutes.length - 0.5, self._minutes.length, dtype=np.float64)
            spread = (0.0, float(self._minutes.length))
            prices = QRectF(LEFT, _TITLE, width, height - volume_height)
            self._paint_prices(painter, PlotFrame(prices, spread, self._price_range()), x, self._day)
            low = QRectF(LEFT, prices.bottom() + _GAP, width, volume_height)
            self._paint_volume(painter, low, x, self._day)
        painter.end()

    # ---- inside

    def _price_range(self) -> tuple[float, float]:
        day, close = self._day, self._head.close
        every = np.array([close]) if day is None else np.concatenate((day.last, day.average, [close]))
        every = every[np.isfinite(every) & (every > 0)]
        if not every.size:
            return 0.0, 1.0
        low, high = float(every.min()), float(every.max())
        room = max(0.06 * (high - low), (_LEAST_RANGE * high - (high - low)) / 2)
        return low - room, high + room

    def _paint_heading(self, painter: QPainter) -> None:
        theme, look = self._appearance.theme, self._appearance
        name, last, change = self.heading()
        ink = look.colour_of(self._head.last - self._head.close if change else 0.0)
        parts = [
            (name, look.words_at(SIZE_TABLE, bold=True), theme.text),
            (last, look.figures_at(SIZE_TITLE, bold=True), ink),
            (change, look.figures_at(SIZE_TABLE), ink),
        ]
        average = self._day.average[np.isfinite(self._day.average)] if self._day is not None else np.zeros(0)
        if average.size:
            text = self.tr("avg {price}").format(price=price(round(float(average[-1]) * PRICE_SCALE), _DECIMALS))
            parts.append((text, look.words_at(SIZE_NOTE), theme.spot))
        x = 8.0
        for text, font, colour in parts:
            painter.setFont(font)
            painter.setPen(colour)
            width = painter.fontMetrics().horizontalAdvance(text)
            painter.drawText(QRectF(x, 0, width + 2, _TITLE), _LEFT_MIDDLE, text)
            x += width + 8

    def _paint_prices(self, painter: QPainter, frame: PlotFrame, x: FloatArray, day: Minutes) -> None:
        theme, look, close = self._appearance.theme, self._appearance, self._head.close
        step = max(round_step(frame.y_range, max(int(frame.area.height() // 28), 2)), 0.001)
        upright = stepped(frame.y_range, step, lambda value: f"{value:.{_DECIMALS}f}")
        draw_ground(painter, frame, look, Ticks(self._time_ticks().places, ("",) * 5), upright)
        if close > 0:
            before = np.array([close, close])
            draw_curve(painter, frame, np.array(frame.x_range), before, hairline(theme.dim, Qt.PenStyle.DashLine))
        draw_curve(painter, frame, x, day.average, hairline(theme.spot))
        draw_curve(painter, frame, x, day.last, hairline(theme.text))
        points = frame.points(x, day.last)
        if points:
            ink = look.colour_of(self._head.last - close)
            draw_mark(painter, points[-1], Shape.ROUND, 5.0, hairline(ink), ink)
        if close > 0:
            self._paint_close(painter, frame, points)

    def _paint_close(self, painter: QPainter, frame: PlotFrame, points: list[QPointF]) -> None:
        """The word for the dashed line, above it and where the price is not."""
        painter.setFont(self._appearance.words_at(SIZE_NOTE))
        painter.setPen(self._appearance.theme.dim)
        text = self.tr("prev. close {price}").format(price=price(round(self._head.close * PRICE_SCALE), _DECIMALS))
        at, width = frame.y_of(self._head.close), painter.fontMetrics().horizontalAdvance(text) + 2
        area = QRectF(frame.area.right() - width, at - 15, width, 14)
        if area.top() < frame.area.top() or any(area.contains(point) for point in points):
            area.moveTop(at + 1)
        painter.drawText(area, _RIGHT_BOTTOM, text)

    def _paint_volume(self, painter: QPainter, area: QRectF, x: FloatArray, day: Minutes) -> None:
        look = self._appearance
        most = float(np.nanmax(day.volume)) if np.isfinite(day.volume).any() else 0.0
        frame = PlotFrame(area, (0.0, float(self._minutes.length)), (0.0, most or 1.0))
        draw_ground(painter, frame, look, self._time_ticks(), Ticks((0.0,), ("",)))
        known = np.flatnonzero(np.isfinite(day.last))
        moves = np.diff(day.last[known], prepend=self._head.close)
        pixels = frame.x(x)
        for falls, ink in ((False, look.up), (True, look.down)):
            these = known[(moves < 0) == falls]
            draw_bars(painter, frame, pixels[these], np.zeros(len(these)), day.volume[these], hairline(ink))

    def _time_ticks(self) -> Ticks:
        """Opening, middles of the sessions, lunch and close."""
        (first, noon), (after, end) = self._minutes.sessions
        morning = noon - first
        places = (0, morning // 2, morning, morning + (end - after) // 2, self._minutes.length)
        middles = (_clock((first + noon) // 2), _clock((after + end) // 2))
        texts = (_clock(first), middles[0], f"{_clock(noon)}/{_clock(after)}", middles[1], _clock(end))
        return Ticks(tuple([float(place) for place in places]), texts)


def _clock(minute: int) -> str:
    return f"{minute // 60:02d}:{minute % 60:02d}"


def _same(one: Minutes | None, other: Minutes | None) -> bool:
    if one is None or other is None:
        return one is other
    pairs = ((one.last, other.last), (one.volume, other.volume), (one.average, other.average))
    return all(np.array_equal(a, b, equal_nan=True) for a, b in pairs)
