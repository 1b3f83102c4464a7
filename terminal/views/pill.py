"""One underlying in the top bar: name, last, change, volatility and own delta. A button that paints itself."""

from dataclasses import dataclass
from enum import IntEnum

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QWidget

from terminal.views.appearance import Appearance
from terminal.views.formatting import DASH, number, percent, price
from terminal.views.theme import SIZE_BODY, SIZE_NOTE, SIZE_TITLE, TOP_BAR

_PAD, _GAP = 10, 6
_NARROW_PAD = 7
#: Text, font and colour
_Piece = tuple[str, QFont, QColor]


class PillDetail(IntEnum):
    """How much of an underlying there is room for."""

    FULL = 0
    """Name, last and change above the volatility and own delta, or the day's range where nothing is held"""
    SHORT = 1
    """Name and last above the change and the volatility"""
    LEAST = 2
    """Name above last"""


@dataclass(frozen=True, slots=True)
class PillFigures:
    """What a pill shows; prices in 0.0001 yuan, 0 for none. `change` is a fraction."""

    name: str
    last: int
    change: float | None
    high: int
    low: int
    range_words: str
    volatility: float | None = None
    """At the money, 30 days ahead"""
    delta: str = ""
    """Of what is held, shares; empty where nothing is"""


class Pill(QAbstractButton):
    """Checked while its underlying is the one in the chain."""

    def __init__(self, code: str, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.code = code
        self._appearance = appearance
        self._figures = PillFigures(code, 0, None, 0, 0, "")
        self._detail = PillDetail.FULL
        self._widths: dict[PillDetail, int] = {}
        self.setCheckable(True)
        # It paints all of itself: nothing behind it need be painted first
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setFixedHeight(TOP_BAR)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def show_figures(self, figures: PillFigures) -> None:
        """Repaint when anything is new."""
        if figures != self._figures:
            old_name, old_note = self._figures.name, self._note_text()
            self._figures = figures
            # Digits are of one width: only more or fewer of them, or another name, want other room
            longer = figures.name != old_name or len(self._note_text()) != len(old_note)
            said = [figures.name, price(figures.last, 3), self._change_text()]
            said += [self._volatility_text()] if figures.volatility is not None else []
            said += [f"Δ {figures.delta}"] if figures.delta else []
            self.setAccessibleName(" ".join(said))
            if longer:
                self._widths.clear()
                self.updateGeometry()
            self.update()

    def show_detail(self, detail: PillDetail) -> None:
        """Show more or less."""
        if detail is not self._detail:
            self._detail = detail
            self.updateGeometry()
            self.update()

    def sizeHint(self) -> QSize:
        """Room for both lines."""
        return self.size_at(self._detail)

    def size_at(self, detail: PillDetail) -> QSize:
        """Room for both lines of this much detail, measured once: the top bar asks at every frame."""
        if detail not in self._widths:
            self._widths[detail] = self._measured(detail)
        return QSize(self._widths[detail], TOP_BAR)

    def minimumSizeHint(self) -> QSize:
        """A pill is shown whole or not at all."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Ground, two lines, the mark of the chosen one."""
        appearance, theme, figures = self._appearance, self._appearance.theme, self._figures
        painter = QPainter(self)
        if self.isChecked():
            painter.fillRect(self.rect(), theme.selected)
            painter.fillRect(QRect(0, self.height() - 2, self.width(), 2), theme.focus)
        else:
            painter.fillRect(self.rect(), theme.raised if self.underMouse() else theme.panel)
        if self.hasFocus():
            painter.setPen(theme.focus)
            painter.drawRect(self.rect().adjusted(1, 1, -2, -2))
        painter.setPen(theme.grid)
        painter.drawLine(self.width() - 1, 6, self.width() - 1, self.height() - 7)
        colour = appearance.colour_of(figures.change or 0)
        name = (figures.name, appearance.words_at(SIZE_BODY, bold=True), theme.text)
        last = (price(figures.last, 3), appearance.figures_at(SIZE_TITLE, bold=True), colour)
        small = appearance.figures_at(SIZE_NOTE)
        change = (self._change_text(), small, colour)
        lines: dict[PillDetail, tuple[tuple[_Piece, ...], tuple[_Piece, ...]]] = {
            PillDetail.FULL: ((name, last, change), ((self._note_text(), small, theme.dim),)),
            PillDetail.SHORT: ((name, last), (change, (self._volatility_text(), small, theme.dim))),
            PillDetail.LEAST: ((name,), (last,)),
        }
        left = _PAD if self._detail is PillDetail.FULL else _NARROW_PAD
        for base, pieces in zip((18, 33), lines[self._detail], strict=True):
            x = left
            for text, font, pen in pieces:
                painter.setFont(font)
                painter.setPen(pen)
                painter.drawText(x, base, text)
                x += painter.fontMetrics().horizontalAdvance(text) + _GAP
        painter.end()

    def _measured(self, detail: PillDetail) -> int:
        words = QFontMetrics(self._appearance.words_at(SIZE_BODY, bold=True))
        figures = QFontMetrics(self._appearance.figures_at(SIZE_TITLE, bold=True))
        small = QFontMetrics(self._appearance.figures_at(SIZE_NOTE))
        name, last = words.horizontalAdvance(self._figures.name), figures.horizontalAdvance("0.000")
        change = small.horizontalAdvance("▼00.00%")
        volatility = small.horizontalAdvance("IV 00.0")
        if detail is PillDetail.LEAST:
            return max(name, last) + 2 * _NARROW_PAD
        if detail is PillDetail.SHORT:
            return max(name + _GAP + last, change + _GAP + volatility) + 2 * _NARROW_PAD
        above = name + last + change
        below = small.horizontalAdvance(self._note_text())
        return max(above + 2 * _GAP, below) + 2 * _PAD

    def _change_text(self) -> str:
        change = self._figures.change
        if change is None:
            return DASH
        return f"{self._appearance.glyph(round(change, 4))}{percent(abs(change))}"

    def _volatility_text(self) -> str:
        volatility = self._figures.volatility
        return f"IV {number(None if volatility is None else volatility * 100, 1)}"

    def _note_text(self) -> str:
        figures = self._figures
        if figures.delta:
            return f"{self._volatility_text()}  Δ {figures.delta}"
        return f"{self._volatility_text()}  {figures.range_words} {price(figures.low, 3)} – {price(figures.high, 3)}"
