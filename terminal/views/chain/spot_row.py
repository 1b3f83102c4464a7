"""The row of the underlying between the strikes: its price in the strike column, the day and the forward beside it."""

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QFont, QPainter

from terminal.views.chain.figures import SpotLine
from terminal.views.chain.words import word
from terminal.views.formatting import DASH, MINUS, price
from terminal.views.theme import PANEL_PADDING, SIZE_BODY, SIZE_NOTE, SIZE_TABLE, Appearance

_GAP = 10


def paint_spot_row(painter: QPainter, appearance: Appearance, line: SpotLine, row: QRect, strike: QRect) -> None:
    """Paint the row; what finds no room beside the price is left out."""
    theme = appearance.theme
    painter.fillRect(row, theme.raised)
    painter.fillRect(row.x(), row.y(), row.width(), 1, theme.spot)
    painter.fillRect(row.x(), row.bottom(), row.width(), 1, theme.spot)
    painter.fillRect(strike, theme.spot)
    painter.setFont(appearance.figures_at(SIZE_BODY, bold=True))
    painter.setPen(_readable(theme.spot))
    painter.drawText(strike, int(Qt.AlignmentFlag.AlignCenter), price(line.price, 3))
    call_half = QRect(row.x(), row.y(), strike.x() - row.x(), row.height())
    put_half = QRect(strike.right() + 1, row.y(), row.right() - strike.right(), row.height())
    writer = _Writer(painter, appearance)
    day = f"{price(line.low, 3)} {DASH} {price(line.high, 3)}"
    left = [(word("Day"), theme.dim), (day, theme.text_2)]
    left += [(word("prev close"), theme.dim), (price(line.previous_close, 3), theme.text_2)]
    right = [(word("Forward"), theme.dim), (price(line.forward), theme.theo)]
    if line.forward and line.price:
        carry = line.forward - line.price
        sign = MINUS if carry < 0 else "+"
        right += [(word("carry"), theme.dim), (f"{sign}{abs(carry)}", theme.text_2), (word("ticks"), theme.dim)]
    if line.atm_volatility:
        right += [(word("ATM IV"), theme.dim), (f"{line.atm_volatility / 100:.2f}", theme.text_2)]
    free_left = call_half.width() - writer.leftwards(call_half, left)
    free_right = put_half.width() - writer.rightwards(put_half, right)
    writer.at_edge(call_half, f"{word('calls in the money')} ↑", Qt.AlignmentFlag.AlignLeft, free_left)
    writer.at_edge(put_half, f"{word('puts in the money')} ↓", Qt.AlignmentFlag.AlignRight, free_right)


class _Writer:
    """Writes runs of labels and figures towards or away from the strike; what finds no room is left out."""

    def __init__(self, painter: QPainter, appearance: Appearance) -> None:
        self._painter = painter
        self._words, self._figures = appearance.words_at(SIZE_NOTE), appearance.figures_at(SIZE_TABLE)
        self._dim = appearance.theme.dim

    def leftwards(self, area: QRect, parts: list[tuple[str, QColor]]) -> int:
        """Write so that the last part ends at the strike; gives the width used."""
        kept, total = self._fit(parts, area.width())
        x = area.right() - PANEL_PADDING - total
        self._write(kept, x, area)
        return total + 2 * PANEL_PADDING

    def rightwards(self, area: QRect, parts: list[tuple[str, QColor]]) -> int:
        """Write from the strike outwards; gives the width used."""
        kept, total = self._fit(parts, area.width())
        self._write(kept, area.x() + PANEL_PADDING, area)
        return total + 2 * PANEL_PADDING

    def at_edge(self, area: QRect, text: str, align: Qt.AlignmentFlag, free: int) -> None:
        """Write at the outer edge if there is room."""
        self._painter.setFont(self._words)
        if self._painter.fontMetrics().horizontalAdvance(text) + 2 * PANEL_PADDING > free:
            return
        self._painter.setPen(self._dim)
        inner = area.adjusted(PANEL_PADDING, 0, -PANEL_PADDING, 0)
        self._painter.drawText(inner, int(align | Qt.AlignmentFlag.AlignVCenter), text)

    def _fit(self, parts: list[tuple[str, QColor]], room: int) -> tuple[list[tuple[str, QColor, int, QFont]], int]:
        kept: list[tuple[str, QColor, int, QFont]] = []
        total = 0
        for text, colour in parts:
            font = self._words if colour == self._dim else self._figures
            self._painter.setFont(font)
            width = self._painter.fontMetrics().horizontalAdvance(text)
            if total + width + 2 * PANEL_PADDING > room:
                break
            kept.append((text, colour, width, font))
            total += width + _GAP // 2
        return kept, max(total - _GAP // 2, 0)

    def _write(self, parts: list[tuple[str, QColor, int, QFont]], x: int, area: QRect) -> None:
        for text, colour, width, font in parts:
            self._painter.setFont(font)
            self._painter.setPen(colour)
            box = QRect(x, area.y(), width + 2, area.height())
            self._painter.drawText(box, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter), text)
            x += width + _GAP // 2


def _readable(ground: QColor) -> QColor:
    return QColor("#14161A") if ground.lightnessF() > 0.45 else QColor("#FFFFFF")
