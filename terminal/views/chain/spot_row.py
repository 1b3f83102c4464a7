"""The row of the underlying between the strikes: its price in the strike column, the day and the forward beside it."""

from dataclasses import dataclass

from PySide6.QtCore import QRect
from PySide6.QtGui import QColor, QPainter

from terminal.views.appearance import Appearance
from terminal.views.chain.figures import SpotLine
from terminal.views.chain.glyphs import Pen, Written
from terminal.views.chain.words import word
from terminal.views.formatting import DASH, MINUS, price
from terminal.views.theme import PANEL_PADDING, SIZE_BODY, SIZE_NOTE, SIZE_TABLE

_GAP = 10


@dataclass(frozen=True, slots=True)
class _Part:
    """A label or a figure, ready to draw."""

    pen: Pen
    written: Written
    colour: QColor


class SpotRow:
    """Paints the row. What its labels look like is kept: the row is painted whenever the underlying moves."""

    def __init__(self, appearance: Appearance) -> None:
        self._appearance = appearance
        self._price = Pen(appearance.figures_at(SIZE_BODY, bold=True))
        self._words, self._figures = Pen(appearance.words_at(SIZE_NOTE)), Pen(appearance.figures_at(SIZE_TABLE))
        self._labels: dict[str, Written] = {}

    def paint(self, painter: QPainter, line: SpotLine, row: QRect, strike: QRect) -> None:
        """Paint it; what finds no room beside the price is left out."""
        theme = self._appearance.theme
        painter.fillRect(row, theme.raised)
        painter.fillRect(row.x(), row.y(), row.width(), 1, theme.spot)
        painter.fillRect(row.x(), row.bottom(), row.width(), 1, theme.spot)
        painter.fillRect(strike, theme.spot)
        spot = _Part(self._price, self._price.write(price(line.price, 3)), _readable(theme.spot))
        self._draw(painter, spot, round(strike.x() + (strike.width() - spot.written.width) / 2), strike)
        call_half = QRect(row.x(), row.y(), strike.x() - row.x(), row.height())
        put_half = QRect(strike.right() + 1, row.y(), row.right() - strike.right(), row.height())
        free_left = call_half.width() - self._leftwards(painter, call_half, self._day(line))
        free_right = put_half.width() - self._rightwards(painter, put_half, self._ahead(line))
        calls, puts = self._label(f"{word('calls in the money')} ↑"), self._label(f"{word('puts in the money')} ↓")
        if calls.written.width + 2 * PANEL_PADDING <= free_left:
            self._draw(painter, calls, call_half.x() + PANEL_PADDING, call_half)
        if puts.written.width + 2 * PANEL_PADDING <= free_right:
            self._draw(painter, puts, put_half.right() + 1 - PANEL_PADDING - puts.written.width, put_half)

    def _day(self, line: SpotLine) -> list[_Part]:
        second = self._appearance.theme.text_2
        return [
            self._label(word("Day")),
            self._figure(f"{price(line.low, 3)} {DASH} {price(line.high, 3)}", second),
            self._label(word("prev close")),
            self._figure(price(line.previous_close, 3), second),
        ]

    def _ahead(self, line: SpotLine) -> list[_Part]:
        theme = self._appearance.theme
        parts = [self._label(word("Forward")), self._figure(price(line.forward), theme.theo)]
        if line.forward and line.price:
            carry = line.forward - line.price
            sign = MINUS if carry < 0 else "+"
            figure = self._figure(f"{sign}{abs(carry)}", theme.text_2)
            parts += [self._label(word("carry")), figure, self._label(word("ticks"))]
        if line.atm_volatility:
            parts += [self._label(word("ATM IV")), self._figure(f"{line.atm_volatility / 100:.2f}", theme.text_2)]
        return parts

    def _label(self, text: str) -> _Part:
        written = self._labels.get(text)
        if written is None:
            written = self._labels[text] = self._words.write(text)
        return _Part(self._words, written, self._appearance.theme.dim)

    def _figure(self, text: str, colour: QColor) -> _Part:
        return _Part(self._figures, self._figures.write(text), colour)

    def _leftwards(self, painter: QPainter, area: QRect, parts: list[_Part]) -> float:
        """Write so that the last part ends at the strike; gives the width used."""
        kept, total = _fit(parts, area.width())
        self._write(painter, kept, area.right() - PANEL_PADDING - total, area)
        return total + 2 * PANEL_PADDING

    def _rightwards(self, painter: QPainter, area: QRect, parts: list[_Part]) -> float:
        """Write from the strike outwards; gives the width used."""
        kept, total = _fit(parts, area.width())
        self._write(painter, kept, area.x() + PANEL_PADDING, area)
        return total + 2 * PANEL_PADDING

    def _write(self, painter: QPainter, parts: list[_Part], x: float, area: QRect) -> None:
        for part in parts:
            self._draw(painter, part, round(x), area)
            x += part.written.width + _GAP // 2

    def _draw(self, painter: QPainter, part: _Part, x: float, area: QRect) -> None:
        painter.setPen(part.colour)
        part.pen.draw(painter, x, area.y() + part.pen.baseline(area.height()), part.written)


def _fit(parts: list[_Part], room: float) -> tuple[list[_Part], float]:
    """The first parts for which there is room, and how wide they are with the gaps between them."""
    kept: list[_Part] = []
    total = 0.0
    for part in parts:
        if total + part.written.width + 2 * PANEL_PADDING > room:
            break
        kept.append(part)
        total += part.written.width + _GAP // 2
    return kept, max(total - _GAP // 2, 0.0)


def _readable(ground: QColor) -> QColor:
    return QColor("#14161A") if ground.lightnessF() > 0.45 else QColor("#FFFFFF")
