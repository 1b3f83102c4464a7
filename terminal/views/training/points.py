"""Checkpoints of one trainee as they stand (评分要点): lamp, words, seconds against the limit, points. Painted."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from terminal.domain.messages import CheckpointSeen
from terminal.training.scenario import Scenario
from terminal.views.appearance import Appearance
from terminal.views.theme import SIZE_BODY, SIZE_TABLE
from terminal.views.training.words import STATES, language, word

_ROW, _HEAD = 26, 24
_FIGURES, _POINTS = 150, 76


class PointsList(QWidget):
    """Rows of one scenario; `show_points` gives what a desk has shown."""

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._scenario: Scenario | None = None
        self._seen: dict[str, CheckpointSeen] = {}
        self._whose = ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        appearance.changed.connect(self.update)

    def sizeHint(self) -> QSize:
        """One row for each checkpoint, and a heading."""
        rows = len(self._scenario.checkpoint) if self._scenario is not None else 3
        return QSize(360, _HEAD + _ROW * rows + 4)

    def show_points(self, scenario: Scenario | None, whose: str, seen: Sequence[CheckpointSeen]) -> None:
        """Show one trainee's; without any, what is asked."""
        shown = (scenario, whose, {entry.name: entry for entry in seen})
        if shown == (self._scenario, self._whose, self._seen):
            return
        grows = scenario is not self._scenario
        self._scenario, self._whose, self._seen = shown
        if grows:
            self.updateGeometry()
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Heading and rows."""
        theme = self._appearance.theme
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.panel)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        left = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        right = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        head = QRectF(10, 0, self.width() - 20, _HEAD)
        painter.setFont(self._appearance.words_at(SIZE_BODY, bold=True))
        painter.setPen(theme.text)
        painter.drawText(head, left, word("Checkpoints"))
        painter.setFont(self._appearance.words_at(SIZE_TABLE))
        painter.setPen(theme.dim)
        painter.drawText(head, right, self._whose or word("Scored from the trainee's journal"))
        if self._scenario is None:
            return
        words = language()
        for number, spec in enumerate(self._scenario.checkpoint):
            top = _HEAD + number * _ROW
            seen = self._seen.get(spec.name)
            state = seen.state if seen is not None else "ahead"
            colour = self._ink(state)
            painter.setPen(theme.grid)
            painter.drawLine(QPointF(10, top), QPointF(self.width() - 10, top))
            painter.setPen(Qt.PenStyle.NoPen if state != "ahead" else colour)
            painter.setBrush(colour if state in ("done", "missed", "partly") else theme.panel)
            if state == "open":
                painter.setBrush(colour)
            painter.drawEllipse(QPointF(16, top + _ROW / 2), 4, 4)
            painter.setPen(theme.text if state != "ahead" else theme.text_2)
            painter.setFont(self._appearance.words_at(SIZE_BODY))
            title = QRectF(30, top, self.width() - 40 - _FIGURES - _POINTS, _ROW)
            metrics = painter.fontMetrics()
            text = metrics.elidedText(spec.title.of(words), Qt.TextElideMode.ElideRight, int(title.width()))
            painter.drawText(title, left, text)
            painter.setFont(self._appearance.figures_at(SIZE_TABLE))
            painter.setPen(theme.text_2)
            limit = f" / {spec.within:g} s" if spec.within else ""
            took = f"{seen.seconds:.1f}" if seen is not None and seen.seconds is not None else word(STATES[state])
            figures = QRectF(self.width() - 10 - _FIGURES - _POINTS, top, _FIGURES, _ROW)
            painter.drawText(figures, right, took + (limit if seen is None or seen.seconds is not None else ""))
            painter.setPen(colour if state in ("done", "missed", "partly") else theme.dim)
            earned = f"+{seen.points}" if seen is not None and seen.points else "–" if state != "missed" else "0"
            points = QRectF(self.width() - 10 - _POINTS, top, _POINTS, _ROW)
            painter.drawText(points, right, f"{earned} / {spec.points}")

    def _ink(self, state: str) -> QColor:
        theme = self._appearance.theme
        inks = {"done": theme.ok, "partly": theme.warn, "missed": theme.critical, "open": theme.warn}
        return inks.get(state, theme.dim)
