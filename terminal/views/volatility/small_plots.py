"""The small plots of the row of all expiries: one smile each, and the term structure."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from terminal.pricing.quality import Quality
from terminal.services.smile import Smile
from terminal.views.appearance import Appearance
from terminal.views.formatting import number
from terminal.views.theme import SIZE_NOTE, SIZE_TABLE
from terminal.views.volatility.plot_frame import (
    BOTTOM,
    PlotFrame,
    Range,
    Ticks,
    draw_ground,
    known,
    round_range,
    round_step,
    stepped,
)
from terminal.views.volatility.plot_strokes import Shape, draw_bars, draw_curve, draw_mark, draw_upright, hairline
from terminal.views.volatility.words import word

FloatArray = NDArray[np.float64]
Line = tuple[FloatArray, FloatArray]
_CURVE_POINTS = 81
_NO_LINE: Line = (np.zeros(0), np.zeros(0))
#: Pixels: words of the upright axis, title, right edge
_LEFT, _TOP, _SIDE = 36, 24, 10
#: Books wider than this are left out, volatility
_WIDE = 0.03
_RIGHT_MIDDLE = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)


@dataclass(frozen=True, slots=True)
class _Picture:
    """One smile by strike, volatilities in points."""

    strikes: FloatArray
    curve: Line
    fit: Line
    bars: tuple[FloatArray, FloatArray, FloatArray]
    spot: float


class SmallSmile(QWidget):
    """One expiry; its upright range is set by the panel."""

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._picture: _Picture | None = None
        self._title = ("", "", "")
        self.y_range: Range = (10.0, 30.0)
        self._y_step = 5.0
        _prepare(self, appearance)

    def show_smile(self, smile: Smile, month: str, days: str) -> Range:
        """Take a smile and its title; gives the lowest and the highest volatility, points, nan for none."""
        points = smile.points
        dense = np.linspace(points.k[0], points.k[-1], _CURVE_POINTS)
        x, own = smile.forward.price * np.exp(dense), smile.curve_volatility(dense) * 100.0
        live = (points.call_marks == Quality.LIVE) | (points.put_marks == Quality.LIVE)
        live &= np.abs(points.band) < _WIDE
        low, high = points.low[live] * 100.0, points.high[live] * 100.0
        self._picture = _Picture(
            strikes=points.strike,
            curve=known(x, own),
            fit=known(x, smile.fit_volatility(dense) * 100.0),
            bars=(points.strike[live], low, high),
            spot=smile.spot if smile.spot > 0.0 else np.nan,
        )
        self._title = month, days, number(smile.traits().at_the_money * 100, 2)
        self.setAccessibleName(" ".join(self._title))
        self.update()
        every = np.concatenate((own, low, high))
        every = every[np.isfinite(every)]
        return (float(every.min()), float(every.max())) if every.size else (np.nan, np.nan)

    def set_y(self, y_range: Range, step: float) -> None:
        """Stand on another scale."""
        self.y_range, self._y_step = y_range, step
        self.update()

    @property
    def curve(self) -> Line:
        """The curve that is shown: strikes and volatilities, points."""
        return _NO_LINE if self._picture is None else self._picture.curve

    def sizeHint(self) -> QSize:
        """A fifth of the row."""
        return QSize(170, 200)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Title, grid, books, fit and curve."""
        painter = QPainter(self)
        theme, picture = self._appearance.theme, self._picture
        painter.fillRect(self.rect(), theme.well)
        if picture is not None and len(picture.strikes):
            _paint_title(painter, self._appearance, self.width(), *self._title)
            low, high = float(picture.strikes[0]), float(picture.strikes[-1])
            pad = 0.03 * (high - low) + 1e-6
            frame = PlotFrame(_area(self), (low - pad, high + pad), self.y_range)
            step = round_step(frame.x_range, max(self.width() // 36, 2))
            across = stepped(frame.x_range, step, lambda value: f"{value:.2f}")
            upright = stepped(self.y_range, self._y_step, lambda value: f"{value:g}%")
            draw_ground(painter, frame, self._appearance, across, upright)
            painter.setClipRect(frame.area)
            draw_upright(painter, frame, picture.spot, hairline(theme.spot))
            x, bottom, top = picture.bars
            draw_bars(painter, frame, frame.x(x), bottom, top, hairline(theme.text_2))
            draw_curve(painter, frame, *picture.fit, hairline(theme.theo, Qt.PenStyle.DashLine))
            draw_curve(painter, frame, *picture.curve, hairline(theme.own))
        painter.end()


class TermPlot(QWidget):
    """At the money over the root of time: near expiries are not squeezed together."""

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self.now: Line = _NO_LINE
        """Root of years, and points"""
        self.settled: Line = _NO_LINE
        self._ticks = Ticks((), ())
        self._x_range: Range = (0.0, 1.0)
        self._y_range: Range = (0.0, 1.0)
        self._y_step = 1.0
        _prepare(self, appearance)

    def show_term(self, smiles: Sequence[Smile], days: Sequence[int]) -> None:
        """Take the smiles of all expiries, nearest first, and their days left."""
        root = np.sqrt(np.array([max(s.years, 1e-6) for s in smiles]))
        now = np.array([s.traits().at_the_money for s in smiles]) * 100.0
        then = np.array([s.settled_traits().at_the_money for s in smiles]) * 100.0
        self.now, self.settled = known(root, now), known(root, then)
        self._ticks = Ticks(tuple(root.tolist()), tuple([str(d) for d in days]))
        every = np.concatenate((self.now[1], self.settled[1]))
        if every.size:
            low, high, self._y_step = round_range(float(every.min()), float(every.max()))
            self._y_range = low, high
            self._x_range = -0.02 * float(root[-1]), 1.08 * float(root[-1])
        self.update()

    def sizeHint(self) -> QSize:
        """A fifth of the row."""
        return QSize(170, 200)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Title, grid, the line of the last settlement and that of now with its figures."""
        painter = QPainter(self)
        theme, look = self._appearance.theme, self._appearance
        painter.fillRect(self.rect(), theme.well)
        _paint_title(painter, look, self.width(), word("Term structure"), "", "")
        if len(self.now[0]) or len(self.settled[0]):
            frame = PlotFrame(_area(self), self._x_range, self._y_range)
            upright = stepped(self._y_range, self._y_step, lambda value: f"{value:g}%")
            draw_ground(painter, frame, look, self._ticks, upright, unit=word("days"))
            draw_curve(painter, frame, *self.settled, hairline(theme.dim, Qt.PenStyle.DotLine))
            draw_curve(painter, frame, *self.now, hairline(theme.own))
            painter.setFont(look.figures_at(SIZE_NOTE))
            written = QRectF()
            for at, volatility in zip(frame.points(*self.now), self.now[1].tolist(), strict=True):
                draw_mark(painter, at, Shape.ROUND, 6.0, hairline(theme.own), theme.well)
                area = QRectF(min(at.x() - 18, self.width() - 34), at.y() - 19, 36, 14)
                if not area.intersects(written):
                    painter.setPen(theme.text)
                    painter.drawText(area, int(Qt.AlignmentFlag.AlignCenter), number(volatility, 1))
                    written = area
        painter.end()


def _prepare(widget: QWidget, appearance: Appearance) -> None:
    widget.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    widget.setMinimumSize(90, 80)
    # Every pixel is painted: Qt need not fill the ground before
    widget.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
    appearance.changed.connect(widget.update)


def _area(widget: QWidget) -> QRectF:
    width, height = widget.width() - _LEFT - _SIDE, widget.height() - _TOP - BOTTOM
    return QRectF(_LEFT, _TOP, max(width, 1), max(height, 1))


def _paint_title(painter: QPainter, look: Appearance, width: int, first: str, second: str, figure: str) -> None:
    """A word, a note beside it, and a figure at the right edge."""
    theme, at = look.theme, QPointF(8, 15)
    painter.setFont(look.words_at(SIZE_TABLE, bold=True))
    painter.setPen(theme.text)
    painter.drawText(at, first)
    after = at.x() + painter.fontMetrics().horizontalAdvance(first) + 6
    painter.setFont(look.words_at(SIZE_NOTE))
    painter.setPen(theme.dim)
    painter.drawText(QPointF(after, at.y()), second)
    painter.setFont(look.figures_at(SIZE_TABLE))
    painter.setPen(theme.own)
    painter.drawText(QRectF(0, 2, width - _SIDE, 18), _RIGHT_MIDDLE, figure)
