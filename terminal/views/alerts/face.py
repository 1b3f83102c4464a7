"""The words of a card, painted: head, title, lines, and the deadline's bar with its countdown.

Painted and not laid out of labels: of a card that counts down only the countdown is painted anew, once a second.
"""

from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from terminal.views.alerts.card_text import CardText
from terminal.views.alerts.inks import ink_of, paint_bar, tone_ink
from terminal.views.alerts.words import GLYPHS, time_left
from terminal.views.appearance import Appearance
from terminal.views.theme import SIZE_BODY, SIZE_TABLE, SIZE_TICKET

_WIDTHS = 6
_GAP, _BAR, _LEAST_LABEL, _MOST_LABEL = 5, 6, 62, 108
_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
_WRAPPED = _LEFT | int(Qt.TextFlag.TextWordWrap)
_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)


@dataclass(frozen=True, slots=True)
class _Piece:
    """One text in its place."""

    area: QRect
    text: str
    font: QFont
    ink: QColor
    flags: int = _WRAPPED


class CardFace(QWidget):
    """What is written on a card. `large` is for the sheet."""

    def __init__(self, appearance: Appearance, *, large: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._title_size = SIZE_TICKET + 2 if large else SIZE_TICKET
        self._text: CardText | None = None
        self._laid_out: dict[int, tuple[list[_Piece], int, int]] = {}
        """Pieces, height and top of the bar by width: Qt asks for several before it settles"""
        self._left = ""
        self._part = 0.0
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setMinimumWidth(120)
        appearance.changed.connect(self._forget)

    @property
    def text(self) -> CardText | None:
        """What it shows."""
        return self._text

    @property
    def countdown(self) -> str:
        """What is written beside the bar."""
        return self._left

    def painted(self) -> list[str]:
        """Every text in its place as it is painted, whole: nothing on a card is cut."""
        pieces = [piece.text for piece in self._pieces(max(self.width(), 120))]
        return [*pieces, self._text.until, self._left] if self._left and self._text is not None else pieces

    def show_text(self, text: CardText, now: datetime) -> None:
        """Write on it; nothing happens where nothing changed."""
        if text != self._text:
            before = self._laid_out.get(self.width())
            self._text = text
            self.setAccessibleName(text.plain())
            self._left = "" if text.deadline is None else self._left
            self._laid_out.clear()
            # Figures that move leave the height as it is, and then nothing is laid out anew around it
            if before is None or self.heightForWidth(self.width()) != before[1]:
                self.updateGeometry()
            self.update()
        self.show_time(now)

    def show_time(self, now: datetime) -> None:
        """Count down: only the line of the countdown is painted anew, and only when its text changed."""
        text = self._text
        if text is None or text.deadline is None:
            self._left = ""
            return
        left = time_left(text.deadline, now)
        if left == self._left:
            return
        whole = (text.deadline - text.since).total_seconds()
        self._left = left
        self._part = max((text.deadline - now).total_seconds(), 0.0) / whole if whole > 0 else 0.0
        self.update(0, self._bar_top - 2, self.width(), self._bar_height() + 4)

    # ---- Qt's side

    def hasHeightForWidth(self) -> bool:
        """Words wrap."""
        return True

    def heightForWidth(self, width: int) -> int:
        """How high it is at a width."""
        self._pieces(width)
        return self._laid_out[width][1]

    def sizeHint(self) -> QSize:
        """At a width like the drawer's."""
        width = self.width() if self.width() > 120 else 320
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        """As high as its words."""
        return QSize(120, self.heightForWidth(max(self.width(), 120)))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Every piece that the event touches."""
        if self._text is None:
            return
        painter = QPainter(self)
        for piece in self._pieces(self.width()):
            if piece.area.intersects(event.rect()):
                painter.setFont(piece.font)
                painter.setPen(piece.ink)
                painter.drawText(piece.area, piece.flags, piece.text)
        if self._text.deadline is not None:
            theme = self._appearance.theme
            ink = ink_of(self._text.severity, theme)
            font = self._appearance.figures_at(SIZE_BODY, bold=True)
            beside = max(QFontMetrics(font).horizontalAdvance(self._left), 44) + 8
            middle = self._bar_top + self._bar_height() / 2
            painter.setFont(self._appearance.words_at(SIZE_TABLE))
            painter.setPen(theme.dim)
            row = QRect(0, self._bar_top, self.width(), self._bar_height())
            painter.drawText(row, _LEFT | int(Qt.AlignmentFlag.AlignVCenter), self._text.until)
            before = painter.fontMetrics().horizontalAdvance(self._text.until) + 8
            track = QRectF(before, middle - _BAR / 2, self.width() - beside - before, _BAR)
            paint_bar(painter, track, self._part, ink, theme)
            painter.setFont(font)
            painter.setPen(ink)
            painter.drawText(QRect(0, self._bar_top, self.width(), self._bar_height()), _RIGHT, self._left)
        painter.end()

    # ---- inside

    def _forget(self) -> None:
        self._laid_out.clear()
        self.updateGeometry()
        self.update()

    @property
    def _bar_top(self) -> int:
        self._pieces(self.width())
        return self._laid_out[self.width()][2]

    def _bar_height(self) -> int:
        return QFontMetrics(self._appearance.figures_at(SIZE_BODY, bold=True)).height()

    def _pieces(self, width: int) -> list[_Piece]:
        """Every text laid out at a width, once."""
        known = self._laid_out.get(width)
        if known is None:
            if len(self._laid_out) >= _WIDTHS:
                self._laid_out.clear()
            known = self._laid_out[width] = self._lay_out(width)
        return known[0]

    def _lay_out(self, width: int) -> tuple[list[_Piece], int, int]:
        text = self._text
        if text is None:
            return [], 0, 0
        look, theme = self._appearance, self._appearance.theme
        pieces: list[_Piece] = []
        small, bold = look.words_at(SIZE_TABLE), look.words_at(SIZE_TABLE, bold=True)
        figures = look.figures_at(SIZE_TABLE)
        at = f"{text.rule}  {text.at}".strip()
        at_width = QFontMetrics(figures).horizontalAdvance(at) + 2
        head = f"{GLYPHS[text.severity]} {text.head}"
        height = self._add(pieces, QRect(0, 0, width - at_width - 6, 0), head, bold, ink_of(text.severity, theme))
        pieces.append(_Piece(QRect(width - at_width, 0, at_width, height), at, figures, theme.dim, _RIGHT))
        y = height + 3
        title = look.words_at(self._title_size, bold=True)
        y += self._add(pieces, QRect(0, y, width, 0), text.title, title, theme.text) + _GAP
        metrics = QFontMetrics(small)
        widest = max((metrics.horizontalAdvance(line.label) for line in text.lines), default=0)
        column = min(max(widest + 10, _LEAST_LABEL), _MOST_LABEL, width // 2)
        body = look.words_at(SIZE_BODY)
        for line in text.lines:
            one = self._add(pieces, QRect(0, y + 1, column - 6, 0), line.label, small, theme.dim)
            ink = tone_ink(line.tone, text.severity, theme)
            other = self._add(pieces, QRect(column, y, width - column, 0), line.value, body, ink)
            y += max(one + 1, other) + 2
        bar_top = y + 2
        if text.deadline is not None:
            y += self._bar_height() + 4
        return pieces, y, bar_top

    @staticmethod
    def _add(pieces: list[_Piece], area: QRect, text: str, font: QFont, ink: QColor) -> int:
        """Place a text that may wrap; gives its height."""
        flags = _WRAPPED
        bounds = QFontMetrics(font).boundingRect(QRect(0, 0, area.width(), 10_000), flags, text)
        if bounds.width() > area.width():
            # A word that is longer than the line, e.g. a code
            flags = _LEFT | int(Qt.TextFlag.TextWrapAnywhere)
            bounds = QFontMetrics(font).boundingRect(QRect(0, 0, area.width(), 10_000), flags, text)
        pieces.append(_Piece(QRect(area.left(), area.top(), area.width(), bounds.height()), text, font, ink, flags))
        return bounds.height()
