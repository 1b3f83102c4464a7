"""What the lines of the smile are, in their own colours and strokes."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from terminal.views.appearance import Appearance
from terminal.views.plot import hairline
from terminal.views.plot_items import NO_PEN, clear, draw_mark
from terminal.views.theme import SIZE_NOTE
from terminal.views.volatility.words import word

_LINE, _GAP, _BETWEEN = 16, 4, 9


class Legend(QWidget):
    """Painted; call `retranslate` after a change of language."""

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
        appearance.changed.connect(self.update)

    def retranslate(self) -> None:
        """Other words have other widths."""
        self.setFixedWidth(self.sizeHint().width())
        self.update()

    def sizeHint(self) -> QSize:
        """As wide as its words."""
        metrics = QFontMetrics(self._appearance.words_at(SIZE_NOTE))
        width = sum(_LINE + _GAP + metrics.horizontalAdvance(text) + _BETWEEN for text, _ in self._entries())
        return QSize(width, 20)

    def paintEvent(self, event: QPaintEvent) -> None:
        """A stroke and its word, again and again."""
        painter = QPainter(self)
        theme = self._appearance.theme
        painter.setFont(self._appearance.words_at(SIZE_NOTE))
        metrics, x, middle = painter.fontMetrics(), 0, self.height() / 2
        for text, kind in self._entries():
            self._stroke(painter, kind, x, middle)
            x += _LINE + _GAP
            width = metrics.horizontalAdvance(text)
            painter.setPen(theme.text_2)
            area = QRectF(x, 0, width + 2, self.height())
            painter.drawText(area, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter), text)
            x += width + _BETWEEN
        painter.end()

    def _entries(self) -> list[tuple[str, str]]:
        return [
            (word("My curve"), "curve"),
            (word("My quotes"), "ribbon"),
            (word("Fit"), "fit"),
            (word("Settlement"), "settlement"),
            (word("Call"), "call"),
            (word("Put"), "put"),
            (word("Trades"), "trades"),
        ]

    def _stroke(self, painter: QPainter, kind: str, x: int, middle: float) -> None:
        theme = self._appearance.theme
        lines = {
            "curve": hairline(theme.own, width=2),
            "fit": hairline(theme.theo, Qt.PenStyle.DashLine),
            "settlement": hairline(theme.dim, Qt.PenStyle.DotLine),
        }
        if kind in lines:
            painter.setPen(lines[kind])
            painter.drawLine(QPointF(x, middle), QPointF(x + _LINE, middle))
        elif kind == "ribbon":
            painter.fillRect(QRectF(x, middle - 4, _LINE, 8), clear(theme.own, 0.28))
        elif kind == "trades":
            for n, colour in enumerate((self._appearance.up, self._appearance.down)):
                place = QPointF(x + 4 + 8 * n, middle)
                draw_mark(painter, place, "o", 5.0, NO_PEN, clear(colour, 0.8))
        else:
            centre = QPointF(x + _LINE / 2 + 4, middle)
            symbol, fill = ("t1", theme.text) if kind == "call" else ("t", None)
            draw_mark(painter, centre, symbol, 8.0, hairline(theme.text), fill)
