"""The small cards: further inquiries that wait, and answers that must be kept. One painted widget, a row each."""

import math
from collections.abc import Callable, Sequence

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from terminal.views.appearance import Appearance
from terminal.views.formatting import number
from terminal.views.inquiries.ring import draw_ring, ring_ink
from terminal.views.inquiries.state import Small, SmallKind
from terminal.views.inquiries.words import word
from terminal.views.theme import PANEL_PADDING, RADIUS_BUTTON, RADIUS_FIELD, SIZE_BODY, SIZE_TABLE

_ROW, _GAP = 42, 4
_MOST = 4
_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)


class SmallCards(QWidget):
    """`taken(inquiry)` puts one on the large card, `withdrawn(code)` takes an answer out."""

    taken = Signal(int)
    withdrawn = Signal(str)

    def __init__(self, appearance: Appearance, name_of: Callable[[str], str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._name_of = name_of
        self.cards: tuple[Small, ...] = ()
        appearance.changed.connect(self.update)
        self.setFixedHeight(0)

    def show_cards(self, cards: Sequence[Small]) -> None:
        """Take the cards of the moment; what finds no room is counted in the last row."""
        if tuple(cards) != self.cards:
            rows = min(len(cards), _MOST)
            self.cards = tuple(cards)
            self.setFixedHeight(rows * (_ROW + _GAP))
            self.setAccessibleName(" · ".join(f"{self._name_of(c.code)} {self.words_of(c)}" for c in self.cards))
            self.update()

    def words_of(self, card: Small) -> str:
        """What a card says below the contract."""
        seconds = math.ceil(card.left)
        if card.kind is SmallKind.WAITING:
            return word("waits for an answer, {seconds} s left").format(seconds=seconds)
        if card.kind is SmallKind.DECLINED:
            return word("declined: counts as not answered in {seconds} s").format(seconds=seconds)
        pattern = word("late: answered in {seconds} s") if card.is_late else word("answered in {seconds} s")
        answered = pattern.format(seconds=number(card.response_seconds, 1))
        if card.kind is SmallKind.KEPT:
            return f"{answered} · " + word("keep it {seconds} s more").format(seconds=seconds)
        return f"{answered} · " + word("may be withdrawn")

    def button_words(self, card: Small) -> str:
        """The button of a card."""
        return word("Take up") if card.kind in (SmallKind.WAITING, SmallKind.DECLINED) else word("Withdraw")

    def button_area(self, row: int) -> QRect:
        """Where the button of a row stands."""
        metrics = QFontMetrics(self._appearance.words_at(SIZE_TABLE))
        width = metrics.horizontalAdvance(self.button_words(self.cards[row])) + 16
        top = row * (_ROW + _GAP)
        return QRect(self.width() - PANEL_PADDING - width - 6, top + 10, width, 22)

    def press(self, row: int) -> None:
        """The button of a row."""
        if not 0 <= row < min(len(self.cards), _MOST):
            return
        card = self.cards[row]
        if card.kind in (SmallKind.WAITING, SmallKind.DECLINED):
            self.taken.emit(card.inquiry)
        elif card.kind is SmallKind.FREE:
            self.withdrawn.emit(card.code)

    def minimumSizeHint(self) -> QSize:
        """As narrow as the docks allow."""
        return QSize(0, self.height())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A press of a button, or anywhere on one that waits."""
        at = event.position().toPoint()
        row = at.y() // (_ROW + _GAP)
        if event.button() is Qt.MouseButton.LeftButton and 0 <= row < min(len(self.cards), _MOST):
            waits = self.cards[row].kind in (SmallKind.WAITING, SmallKind.DECLINED)
            if waits or self.button_area(row).contains(at):
                self.press(row)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Ring, contract, words, button."""
        appearance, theme = self._appearance, self._appearance.theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for row, card in enumerate(self.cards[:_MOST]):
            area = QRectF(PANEL_PADDING, row * (_ROW + _GAP) + 0.5, self.width() - 2 * PANEL_PADDING - 1, _ROW - 1)
            painter.setPen(theme.border)
            painter.setBrush(theme.raised)
            painter.drawRoundedRect(area, RADIUS_BUTTON, RADIUS_BUTTON)
            ring = QRectF(area.left() + 7, area.top() + 6, 29, 29)
            part = card.left / card.whole
            urgent = card.kind in (SmallKind.WAITING, SmallKind.DECLINED)
            answered = theme.critical if card.is_late else theme.ok if card.kind is SmallKind.FREE else theme.own
            ink = ring_ink(part, theme) if urgent else answered
            draw_ring(painter, ring, part, ink, theme.border, 3)
            painter.setFont(appearance.figures_at(SIZE_TABLE))
            painter.setPen(theme.text)
            done = "✕" if card.is_late else "✓"
            shown = done if card.kind is SmallKind.FREE else str(math.ceil(card.left))
            painter.drawText(ring, Qt.AlignmentFlag.AlignCenter, shown)
            button = QRectF(self.button_area(row))
            text = QRectF(ring.right() + 10, area.top() + 4, button.left() - ring.right() - 18, 17)
            painter.setFont(appearance.words_at(SIZE_BODY, bold=True))
            painter.drawText(text, _LEFT, _cut(painter, self._name_of(card.code), text))
            painter.setFont(appearance.words_at(SIZE_TABLE))
            declined = card.kind is SmallKind.DECLINED
            painter.setPen(theme.critical if card.is_late else theme.warn if declined else theme.text_2)
            lower = text.translated(0, 17)
            painter.drawText(lower, _LEFT, _cut(painter, self.words_of(card), lower))
            enabled = card.kind is not SmallKind.KEPT
            painter.setPen(theme.border)
            painter.setBrush(theme.panel)
            painter.drawRoundedRect(button, RADIUS_FIELD, RADIUS_FIELD)
            painter.setPen(theme.text if enabled else theme.faint)
            painter.drawText(button, Qt.AlignmentFlag.AlignCenter, self.button_words(card))
        painter.end()


def _cut(painter: QPainter, text: str, area: QRectF) -> str:
    return painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, int(area.width()))
