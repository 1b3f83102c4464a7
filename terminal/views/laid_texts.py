"""Texts that are painted again and again, kept laid out in one font (预排文字).

Laying a text out is most of what painting it costs: over some hundred cells a kept one takes a third of the time.
"""

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRect, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QStaticText, QTransform

#: Texts kept; more than a screen shows in one font, and few enough to be reached within minutes
LIMIT = 600
#: How much of the spare room stands left of a text
LEFT, CENTRE, RIGHT = 0.0, 0.5, 1.0
_ELIDED = Qt.TextElideMode.ElideRight


@dataclass(frozen=True, slots=True)
class Laid:
    """A text laid out, with its size in pixels."""

    text: QStaticText
    width: float
    height: float


class LaidTexts(dict[str, Laid]):
    """Texts laid out at the first look; the oldest goes when another one comes over the limit."""

    def __init__(self, font: QFont) -> None:
        super().__init__()
        self.font = font

    def draw(self, painter: QPainter, area: QRect, text: str, lean: float = LEFT) -> None:
        """Write one line in the middle of a height; the pen gives the colour. It may run over the area."""
        painter.setFont(self.font)
        self._put(painter, area, self[text], lean)

    def draw_within(self, painter: QPainter, area: QRect, text: str, lean: float = LEFT) -> None:
        """Write one line, ending in an ellipsis where the area ends."""
        painter.setFont(self.font)
        laid = self[text]
        self._put(painter, area, self._cut(text, area.width()) if laid.width > area.width() else laid, lean)

    def __missing__(self, text: str) -> Laid:
        """Lay a text out for the first time."""
        return self._keep(text, text)

    def _put(self, painter: QPainter, area: QRect, laid: Laid, lean: float) -> None:
        left = area.x() + round(lean * (area.width() - laid.width))
        painter.drawStaticText(QPointF(left, area.y() + round((area.height() - laid.height) / 2)), laid.text)

    def _cut(self, text: str, width: int) -> Laid:
        key = f"{width}\0{text}"
        if key not in self:
            self._keep(key, QFontMetrics(self.font).elidedText(text, _ELIDED, width))
        return self[key]

    def _keep(self, key: str, text: str) -> Laid:
        if len(self) >= LIMIT:
            del self[next(iter(self))]
        laid = QStaticText(text)
        # Names come from the venue: none of them may bring markup
        laid.setTextFormat(Qt.TextFormat.PlainText)
        laid.prepare(QTransform(), self.font)
        size = laid.size()
        kept = self[key] = Laid(laid, size.width(), size.height())
        return kept
