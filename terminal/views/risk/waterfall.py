"""Profit piece by piece as a waterfall (盈亏归因图): each part starts where the one before it ended."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from terminal.views.appearance import Appearance
from terminal.views.heat_table import signed
from terminal.views.theme import SIZE_NOTE, SIZE_TABLE

_FOOT, _HEAD, _BAR_SHARE = 20, 18, 0.5


class Waterfall(QWidget):
    """Names and amounts in yuan; the last bar is the sum."""

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self.parts: tuple[tuple[str, float], ...] = ()
        self.total = ("", 0.0)
        appearance.changed.connect(self.update)

    def show_parts(self, parts: Sequence[tuple[str, float]], total: tuple[str, float]) -> None:
        """Draw these; nothing happens where nothing differs."""
        if tuple(parts) != self.parts or total != self.total:
            self.parts, self.total = tuple(parts), total
            self.setAccessibleDescription(", ".join(f"{n} {v:.0f}" for n, v in (*self.parts, total)))
            self.update()

    def minimumSizeHint(self) -> QSize:
        """Bars one can tell apart."""
        return QSize(200, 90)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Bars, joined by lines, with their figures."""
        painter = QPainter(self)
        theme, look = self._appearance.theme, self._appearance
        painter.fillRect(self.rect(), theme.panel)
        if not self.parts:
            painter.end()
            return
        levels, level = [0.0], 0.0
        for _, amount in self.parts:
            level += amount
            levels.append(level)
        low, high = min(*levels, self.total[1], 0.0), max(*levels, self.total[1], 0.0)
        span = max(high - low, 1.0)
        room = self.height() - _FOOT - 2 * _HEAD

        def place(value: float) -> float:
            return _HEAD + (high - value) / span * room

        slot = self.width() / (len(self.parts) + 1)
        text = signed(0)
        painter.fillRect(QRectF(0, round(place(0.0)), self.width(), 1), theme.border)
        for n, (name, amount) in enumerate((*self.parts, self.total)):
            is_total = n == len(self.parts)
            begin = 0.0 if is_total else levels[n]
            end = begin + amount
            x = n * slot + slot * (1 - _BAR_SHARE) / 2
            top, bottom = sorted((place(begin), place(end)))
            colour = theme.text_2 if is_total else look.colour_of(amount)
            painter.fillRect(QRectF(x, round(top), slot * _BAR_SHARE, max(round(bottom) - round(top), 1)), colour)
            if n + 1 < len(self.parts):
                painter.fillRect(QRectF(x, round(place(end)), slot, 1), theme.border)
            painter.setFont(look.figures_at(SIZE_TABLE, bold=is_total))
            painter.setPen(theme.text)
            # Above the bar, or below where the line of zero would strike the figure through
            struck = top - _HEAD < place(0.0) < top
            where = QRectF(n * slot, bottom + 2 if struck else top - _HEAD - 2, slot, _HEAD)
            upright = Qt.AlignmentFlag.AlignTop if struck else Qt.AlignmentFlag.AlignBottom
            painter.drawText(where, int(Qt.AlignmentFlag.AlignHCenter | upright), text(amount))
            painter.setFont(look.words_at(SIZE_NOTE, bold=is_total))
            painter.setPen(theme.text if is_total else theme.dim)
            below = QRectF(n * slot, self.height() - _FOOT, slot, _FOOT)
            painter.drawText(below, int(Qt.AlignmentFlag.AlignCenter), name)
        painter.end()
