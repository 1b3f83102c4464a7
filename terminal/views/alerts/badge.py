"""How many reminders wait, in the top bar: counts with colour and glyph of each severity. A click opens the drawer."""

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from terminal.views.alerts.inks import ink_of
from terminal.views.alerts.words import GLYPHS, SEVERITY_WORDS, Severity, word
from terminal.views.appearance import Appearance
from terminal.views.formatting import quantity
from terminal.views.theme import SIZE_BODY, SIZE_TABLE, TOP_BAR

_PAD = 6
_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)


class AlertBadge(QWidget):
    """Shown while anything waits. The most urgent are counted first, the others beside them."""

    pressed = Signal()

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self.counts: dict[Severity, int] = {}
        self.key_words = ""
        self.setFixedHeight(TOP_BAR)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        appearance.changed.connect(self.update)
        self.hide()

    @property
    def total(self) -> int:
        """How many wait."""
        return sum(self.counts.values())

    def show_counts(self, counts: dict[Severity, int]) -> None:
        """Show how many of each severity wait."""
        counts = {severity: counts[severity] for severity in Severity if counts.get(severity)}
        if counts != self.counts:
            self.counts = counts
            self.setFixedWidth(max(self.sizeHint().width(), self.minimumWidth()))
            named = ", ".join(f"{word(SEVERITY_WORDS[s])} {quantity(n)}" for s, n in counts.items())
            self.setToolTip(word("Reminders: {counts}").format(counts=named) + self.key_words)
            self.setAccessibleName(self.toolTip())
            self.update()
        self.setVisible(bool(counts))

    def sizeHint(self) -> QSize:
        """The word and the counts."""
        look = self._appearance
        width = QFontMetrics(look.words_at(SIZE_TABLE)).horizontalAdvance(word("Reminders"))
        metrics = QFontMetrics(look.figures_at(SIZE_BODY, bold=True))
        counts = sum(metrics.horizontalAdvance(f"{GLYPHS[s]}{quantity(n)}") + 6 for s, n in self.counts.items())
        return QSize(2 * _PAD + width + 6 + counts, TOP_BAR)

    def minimumSizeHint(self) -> QSize:
        """As it is."""
        return self.sizeHint()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Open the drawer."""
        if event.button() is Qt.MouseButton.LeftButton:
            self.pressed.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The word, then glyph and count of each severity."""
        look, theme = self._appearance, self._appearance.theme
        painter = QPainter(self)
        painter.setFont(look.words_at(SIZE_TABLE))
        painter.setPen(theme.text_2)
        line = QRectF(_PAD, 0, self.width(), self.height())
        painter.drawText(line, _LEFT, word("Reminders"))
        x = _PAD + painter.fontMetrics().horizontalAdvance(word("Reminders")) + 6
        painter.setFont(look.figures_at(SIZE_BODY, bold=True))
        for severity, count in self.counts.items():
            text = f"{GLYPHS[severity]}{quantity(count)}"
            painter.setPen(ink_of(severity, theme))
            painter.drawText(QRectF(x, 0, 200, self.height()), _LEFT, text)
            x += painter.fontMetrics().horizontalAdvance(text) + 6
        painter.end()
