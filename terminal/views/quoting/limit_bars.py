"""Bars of what is used of limits: a name, a bar with a mark, figures in one line each."""

import math
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QRect, QSize, Qt
from PySide6.QtGui import QHelpEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QToolTip, QWidget

from terminal.views.appearance import Appearance
from terminal.views.theme import PANEL_PADDING, SIZE_BODY, SIZE_TABLE

_LINE = 21
_NAME, _FIGURES = 68, 132
#: Where a bar turns to the colour of a warning
WARN_SHARE = 0.8


@dataclass(frozen=True, slots=True)
class LimitLine:
    """One limit. `share` is used of it, nan where there is none; a blank `limit` has no bar and is not written."""

    name: str
    used: str
    limit: str
    share: float
    tip: str = ""

    @property
    def figures(self) -> str:
        """Used and limit."""
        return f"{self.used} / {self.limit}" if self.limit else self.used


class LimitBars(QWidget):
    """Lines of limits, painted anew only when one of them moved."""

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self.lines: tuple[LimitLine, ...] = ()
        appearance.changed.connect(self.update)

    def show_lines(self, lines: tuple[LimitLine, ...]) -> None:
        """Show these."""
        if lines != self.lines:
            if len(lines) != len(self.lines):
                self.setFixedHeight(max(len(lines), 1) * _LINE)
            self.lines = lines
            self.update()

    def sizeHint(self) -> QSize:
        """As wide as a side panel."""
        return QSize(340, max(len(self.lines), 1) * _LINE)

    def event(self, event: QEvent) -> bool:
        """Each line has its own tool tip."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            number = event.pos().y() // _LINE
            tip = self.lines[number].tip if 0 <= number < len(self.lines) else ""
            QToolTip.showText(event.globalPos(), tip, self)
            return True
        return bool(super().event(event))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Every line."""
        painter = QPainter(self)
        look, theme = self._appearance, self._appearance.theme
        for number, line in enumerate(self.lines):
            top = number * _LINE
            painter.setFont(look.words_at(SIZE_BODY))
            painter.setPen(theme.text_2)
            left = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
            painter.drawText(QRect(PANEL_PADDING, top, _NAME, _LINE), left, line.name)
            bar = QRect(PANEL_PADDING + _NAME, top + _LINE // 2 - 2, 0, 5)
            bar.setRight(self.width() - PANEL_PADDING - _FIGURES - 6)
            known = math.isfinite(line.share)
            share = min(max(line.share, 0.0), 1.0) if known else 0.0
            ink = theme.critical if share >= 1.0 else theme.warn if share >= WARN_SHARE else theme.focus
            if line.limit:
                painter.fillRect(bar, theme.grid)
                if share > 0.0:
                    painter.fillRect(QRect(bar.left(), bar.top(), max(1, round(bar.width() * share)), 5), ink)
                painter.fillRect(QRect(bar.left() + round(bar.width() * WARN_SHARE), bar.top() - 2, 1, 9), theme.dim)
            painter.setFont(look.figures_at(SIZE_TABLE))
            painter.setPen(ink if share >= WARN_SHARE else theme.text)
            right = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            figures = QRect(self.width() - PANEL_PADDING - _FIGURES, top, _FIGURES, _LINE)
            painter.drawText(figures, right, line.figures)
        painter.end()
