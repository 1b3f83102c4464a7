"""The cards above the dashboard, painted: score, participation, contract rate, inquiries, first to fail."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, QSizeF, Qt
from PySide6.QtGui import QColor, QFontMetrics, QHelpEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QToolTip, QWidget

from terminal.views.appearance import Appearance
from terminal.views.obligations.inks import draw_bar
from terminal.views.theme import SIZE_BODY, SIZE_KEY_FIGURE, SIZE_NOTE, SIZE_TABLE

_HEIGHT, _PAD = 92, 10
#: Pixels below which a bar tells nothing and stands over its figure
_LEAST_TRACK = 16
_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
_WRAPPED = _LEFT | int(Qt.TextFlag.TextWordWrap)
_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar with its name, its figure and the mark of what is asked for; fractions."""

    name: str
    part: float
    mark: float
    figure: str
    good: bool


@dataclass(frozen=True, slots=True)
class Card:
    """One card. `notes` are pairs of words and figure below; `level` colours the key figure: ok, warn, critical."""

    title: str
    corner: str = ""
    figure: str = ""
    beside: str = ""
    notes: Sequence[tuple[str, str]] = ()
    bars: Sequence[Bar] = field(default_factory=tuple)
    level: str = ""


class Cards(QWidget):
    """All cards in one row; repainted when one of them is another."""

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self.cards: tuple[Card, ...] = ()
        self.setFixedHeight(_HEIGHT)
        appearance.changed.connect(self.update)

    def show_cards(self, cards: Sequence[Card]) -> None:
        """Take the cards of the moment."""
        if tuple(cards) != self.cards:
            self.cards = tuple(cards)
            self.setAccessibleName(" · ".join(_spoken(card) for card in self.cards))
            self.update()

    def minimumSizeHint(self) -> QSize:
        """As narrow as the docks allow."""
        return QSize(0, _HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Cards of equal width parted by lines."""
        theme = self._appearance.theme
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.panel)
        if self.cards:
            width = self.width() / len(self.cards)
            for number, card in enumerate(self.cards):
                area = QRectF(number * width, 0, width, self.height())
                if number:
                    painter.fillRect(QRectF(area.left(), 8, 1, area.height() - 16), theme.grid)
                painter.save()
                painter.setClipRect(area)
                self._draw(painter, area.adjusted(_PAD, 6, -_PAD, -6), card)
                painter.restore()
        painter.fillRect(QRectF(0, self.height() - 1, self.width(), 1), theme.grid)
        painter.end()

    def event(self, event: QEvent) -> bool:
        """What a narrow card has no room for is in its tip."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip and self.cards:
            number = event.pos().x() * len(self.cards) // max(self.width(), 1)
            QToolTip.showText(event.globalPos(), _spoken(self.cards[min(max(number, 0), len(self.cards) - 1)]), self)
            return True
        return super().event(event)

    def changeEvent(self, event: QEvent) -> None:
        """The panel puts other words at its next turn."""
        if event.type() == QEvent.Type.LanguageChange:
            self.update()
        super().changeEvent(event)

    # ---- inside

    def _draw(self, painter: QPainter, area: QRectF, card: Card) -> None:
        appearance, theme = self._appearance, self._appearance.theme
        painter.setFont(appearance.words_at(SIZE_TABLE))
        head = QRectF(area.left(), area.top(), area.width(), 14)
        painter.setPen(theme.dim)
        painter.drawText(head, _LEFT, card.title)
        used = painter.fontMetrics().horizontalAdvance(card.title) + painter.fontMetrics().horizontalAdvance(
            card.corner
        )
        if used + 8 <= head.width():
            painter.drawText(head, _RIGHT, card.corner)
        top = head.bottom() + 4
        if card.bars:
            self._draw_bars(painter, QRectF(area.left(), top, area.width(), area.bottom() - top), card.bars)
            return
        painter.setFont(appearance.figures_at(SIZE_KEY_FIGURE, bold=True))
        painter.setPen(self._level_ink(card.level))
        line = QRectF(area.left(), top, area.width(), 24)
        painter.drawText(line, _LEFT, card.figure)
        used = painter.fontMetrics().horizontalAdvance(card.figure)
        painter.setFont(appearance.words_at(SIZE_BODY))
        painter.setPen(theme.text_2)
        beside = line.adjusted(used + 8, 3, 0, 0)
        if painter.fontMetrics().horizontalAdvance(card.beside) > beside.width():
            # Two small lines rather than half of a name
            painter.setFont(appearance.words_at(SIZE_NOTE))
            beside.adjust(0, -4, 0, 2)
        painter.drawText(beside, _WRAPPED, fitted(painter.fontMetrics(), beside.size(), card.beside))
        y = line.bottom() + 3
        for words, figure in card.notes:
            row = QRectF(area.left(), y, area.width(), 15)
            painter.setFont(appearance.figures_at(SIZE_TABLE))
            painter.setPen(theme.text)
            painter.drawText(row, _RIGHT, figure)
            left = row.width() - (painter.fontMetrics().horizontalAdvance(figure) + 8 if figure else 0)
            painter.setFont(appearance.words_at(SIZE_TABLE))
            painter.setPen(theme.dim if figure else theme.text_2)
            painter.drawText(
                row, _LEFT, painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, int(left))
            )
            y += 16

    def _draw_bars(self, painter: QPainter, area: QRectF, bars: Sequence[Bar]) -> None:
        appearance, theme = self._appearance, self._appearance.theme
        high = min(area.height() / max(len(bars), 1), 20.0)
        names = painter.fontMetrics()
        name_width = max(names.horizontalAdvance(bar.name) for bar in bars) + 8
        for number, bar in enumerate(bars):
            row = QRectF(area.left(), area.top() + number * high, area.width(), high)
            painter.setFont(appearance.words_at(SIZE_TABLE if high > 15 else SIZE_NOTE))
            painter.setPen(theme.text_2)
            painter.drawText(row, _LEFT, bar.name)
            painter.setFont(appearance.figures_at(SIZE_TABLE))
            painter.setPen(theme.text if bar.good else theme.critical)
            painter.drawText(row, _RIGHT, bar.figure)
            if row.width() - name_width - 54 < _LEAST_TRACK:
                continue
            track = QRectF(row.left() + name_width, row.center().y() - 2.5, row.width() - name_width - 54, 5)
            draw_bar(painter, track, bar.part, theme.ok if bar.good else theme.critical, theme.border)
            painter.fillRect(QRectF(track.left() + track.width() * bar.mark, track.top() - 2, 1.5, 9), theme.text)

    def _level_ink(self, level: str) -> QColor:
        theme = self._appearance.theme
        return {"ok": theme.ok, "warn": theme.warn, "critical": theme.critical}.get(level, theme.text)


def fitted(metrics: QFontMetrics, room: QSizeF, text: str) -> str:
    """A text to be wrapped into its room; one line with an ellipsis where even its wrapped lines would be cut."""
    needed = metrics.boundingRect(QRect(0, 0, int(room.width()), 1_000), _WRAPPED, text)
    if needed.height() <= room.height() and needed.width() <= room.width():
        return text
    return metrics.elidedText(text, Qt.TextElideMode.ElideRight, max(int(room.width()), 0))


def _spoken(card: Card) -> str:
    notes = (f"{words} {figure}" for words, figure in card.notes)
    bars = (f"{bar.name} {bar.figure}" for bar in card.bars)
    return " ".join(" ".join((card.title, card.figure, card.beside, *notes, *bars)).split())
