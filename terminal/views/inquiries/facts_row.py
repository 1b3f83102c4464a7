"""What a contract is worth in a row of small boxes, painted: title above, figure below."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from terminal.views.appearance import Appearance
from terminal.views.theme import SIZE_BODY, SIZE_NOTE, SIZE_TABLE

_HEIGHT = 36


@dataclass(frozen=True, slots=True)
class Fact:
    """One box."""

    title: str
    figure: str
    ink: QColor | None = None


class FactsRow(QWidget):
    """Boxes of equal width."""

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self.facts: tuple[Fact, ...] = ()
        self.setFixedHeight(_HEIGHT)
        appearance.changed.connect(self.update)

    def show_facts(self, facts: Sequence[Fact]) -> None:
        """Take the figures of the moment."""
        if tuple(facts) != self.facts:
            self.facts = tuple(facts)
            self.setAccessibleName(", ".join(f"{f.title} {f.figure}" for f in self.facts))
            self.update()

    def minimumSizeHint(self) -> QSize:
        """As narrow as the docks allow."""
        return QSize(0, _HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:
        """A frame, boxes parted by lines."""
        appearance, theme = self._appearance, self._appearance.theme
        painter = QPainter(self)
        frame = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.setPen(theme.border)
        painter.setBrush(theme.panel)
        painter.drawRect(frame)
        width = frame.width() / max(len(self.facts), 1)
        for number, fact in enumerate(self.facts):
            area = QRectF(frame.left() + number * width, frame.top(), width, frame.height())
            if number:
                painter.fillRect(QRectF(area.left(), area.top() + 5, 1, area.height() - 10), theme.grid)
            painter.setFont(appearance.words_at(SIZE_NOTE))
            painter.setPen(theme.dim)
            painter.drawText(area.adjusted(0, 3, 0, -18), Qt.AlignmentFlag.AlignCenter, fact.title)
            painter.setFont(appearance.figures_at(SIZE_BODY if width >= 52 else SIZE_TABLE))
            painter.setPen(fact.ink if fact.ink is not None else theme.text)
            painter.drawText(area.adjusted(0, 15, 0, -2), Qt.AlignmentFlag.AlignCenter, fact.figure)
        painter.end()
