"""The obligations in the top bar: participation and how many contracts are live, critical, missed. Makers only."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from terminal.views.appearance import Appearance
from terminal.views.formatting import percent
from terminal.views.obligations.inks import draw_bar, draw_lamp, ink_of
from terminal.views.obligations.standing import Level, StandingSource
from terminal.views.obligations.words import word
from terminal.views.theme import SIZE_BODY, SIZE_TABLE, TOP_BAR

_SHOWN = (Level.GOOD, Level.CRITICAL, Level.MISSED)
_PAD, _LAMP = 4, 14
_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
_WORDS = {Level.GOOD: "live", Level.CRITICAL: "critical", Level.MISSED: "missed"}


class ObligationGauge(QWidget):
    """A click brings the dashboard up."""

    pressed = Signal()

    def __init__(self, source: StandingSource, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._source = source
        self._appearance = appearance
        self.participation = float("nan")
        self.counts: tuple[int, ...] = ()
        self._required = 0.0
        self.setFixedHeight(TOP_BAR)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        appearance.changed.connect(self.update)
        self.hide()

    def flush(self) -> None:
        """Show what has changed; the bar it stands in sees for itself whether it needs other room."""
        standing = self._source.now() if self._source.kind.is_market_maker else None
        if standing is None or not standing.figures.counted.any():
            self.hide()
            return
        counts = tuple(standing.count(level) for level in _SHOWN)
        self.show()
        self._required = float(standing.figures.terms.participation.rate)
        if (counts, standing.participation) != (self.counts, self.participation):
            self.counts, self.participation = counts, standing.participation
            named = ", ".join(f"{word(_WORDS[level])} {n}" for level, n in zip(_SHOWN, counts, strict=True))
            text = word("Obligations: participation {part}, {counts}")
            self.setToolTip(text.format(part=percent(self.participation, 1), counts=named))
            self.setAccessibleName(self.toolTip())
            wanted = self.sizeHint().width()
            if wanted > self.minimumWidth():
                # Of a fixed width: no change of a figure lets the window place its docks anew
                self.setFixedWidth(wanted)
            self.update()

    def sizeHint(self) -> QSize:
        """Room for the words, the percentage and the three counts."""
        words = QFontMetrics(self._appearance.words_at(SIZE_TABLE)).horizontalAdvance(word("Duty"))
        part = QFontMetrics(self._appearance.figures_at(SIZE_BODY, bold=True)).horizontalAdvance("100.0%")
        metrics = QFontMetrics(self._appearance.figures_at(SIZE_BODY))
        counts = sum(_LAMP + 5 + metrics.horizontalAdvance(str(count)) for count in self.counts)
        return QSize(2 * _PAD + words + 6 + part + 4 + counts, TOP_BAR)

    def minimumSizeHint(self) -> QSize:
        """It is short enough as it is."""
        return self.sizeHint()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Bring the dashboard up."""
        if event.button() is Qt.MouseButton.LeftButton:
            self.pressed.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        """One line of figures, one bar with the mark of what is asked for."""
        appearance, theme = self._appearance, self._appearance.theme
        painter = QPainter(self)
        line = QRectF(_PAD, 5, self.width() - 2 * _PAD, 18)
        painter.setFont(appearance.words_at(SIZE_TABLE))
        painter.setPen(theme.dim)
        painter.drawText(line, _LEFT, word("Duty"))
        x = line.left() + painter.fontMetrics().horizontalAdvance(word("Duty")) + 6
        painter.setFont(appearance.figures_at(SIZE_BODY, bold=True))
        bad = self.participation < self._required
        painter.setPen(theme.critical if bad else theme.text)
        text = percent(self.participation, 1)
        painter.drawText(QRectF(x, line.top(), line.width(), line.height()), _LEFT, text)
        x += painter.fontMetrics().horizontalAdvance("100.0%") + 4
        painter.setFont(appearance.figures_at(SIZE_BODY))
        for level, count in zip(_SHOWN, self.counts, strict=False):
            draw_lamp(painter, QPointF(x + 5, line.center().y() + 0.5), level, theme)
            painter.setPen(ink_of(level, theme) if count else theme.dim)
            painter.drawText(QRectF(x + _LAMP, line.top(), 60, line.height()), _LEFT, str(count))
            x += _LAMP + painter.fontMetrics().horizontalAdvance(str(count)) + 4
        track = QRectF(line.left(), 28, line.width(), 4)
        draw_bar(painter, track, self.participation, theme.critical if bad else theme.ok, theme.border)
        painter.fillRect(QRectF(track.left() + track.width() * self._required, 26, 1.5, 8), theme.text)
        painter.end()
