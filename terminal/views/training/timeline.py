"""The scenario's day as a line (时间轴): what has happened, what is still to come, where the market is now."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from terminal.views.appearance import Appearance
from terminal.views.theme import SIZE_NOTE, SIZE_TABLE

_HEIGHT, _LINE_Y, _LINE_HEIGHT, _STEM = 152, 68, 6, 18
_EDGE = 14
#: Marks nearer to each other than so many pixels share their words
_NEAR = 6.0


@dataclass(frozen=True, slots=True)
class Mark:
    """One event on the line."""

    at: datetime
    words: str
    done: bool
    newest: bool = False
    """What happened last"""


class Timeline(QWidget):
    """Painted; `show_day` gives it everything."""

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._marks: tuple[Mark, ...] = ()
        self._span: tuple[datetime, datetime] | None = None
        self._now: datetime | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        appearance.changed.connect(self.update)

    def sizeHint(self) -> QSize:
        """Room for two rows of words on either side."""
        return QSize(560, _HEIGHT)

    def show_day(self, first: datetime, last: datetime, now: datetime, marks: Sequence[Mark]) -> None:
        """Show one day from `first` to `last`."""
        shown = ((first, last), now.replace(microsecond=0), tuple(marks))
        if shown != (self._span, self._now, self._marks):
            self._span, self._now, self._marks = shown
            self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Line, progress, marks with words above and below in turn."""
        theme = self._appearance.theme
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.panel)
        if self._span is None or self._now is None:
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        width = self.width() - 2 * _EDGE
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.well)
        painter.drawRoundedRect(QRectF(_EDGE, _LINE_Y, width, _LINE_HEIGHT), 2, 2)
        painter.setBrush(QColor(theme.focus.red(), theme.focus.green(), theme.focus.blue(), 150))
        done = self._place(self._now)
        painter.drawRoundedRect(QRectF(_EDGE, _LINE_Y, max(done - _EDGE, 0.0), _LINE_HEIGHT), 2, 2)
        self._paint_hours(painter)
        free = {True: [-1e9, -1e9], False: [-1e9, -1e9]}
        for number, mark in enumerate(self._told()):
            self._paint_mark(painter, mark, above=number % 2 == 0, free=free)
        painter.setPen(QPen(theme.text, 2))
        painter.drawLine(QPointF(done, _LINE_Y - 5), QPointF(done, _LINE_Y + _LINE_HEIGHT + 5))

    def _told(self) -> list[Mark]:
        """Marks with their words, those of one place as one: its newest, and how many more there are."""
        told: list[list[Mark]] = []
        for mark in self._marks:
            near = told and self._place(mark.at) - self._place(told[-1][-1].at) < _NEAR
            if near and mark.done == told[-1][-1].done:
                told[-1].append(mark)
            else:
                told.append([mark])
        shown = []
        for marks in told:
            first = next((mark for mark in reversed(marks) if mark.newest), marks[-1])
            more = f" +{len(marks) - 1}" if len(marks) > 1 else ""
            shown.append(replace(first, words=first.words + more))
        return shown

    def _place(self, at: datetime) -> float:
        assert self._span is not None
        first, last = self._span
        share = (at - first).total_seconds() / max((last - first).total_seconds(), 1.0)
        return _EDGE + min(max(share, 0.0), 1.0) * (self.width() - 2 * _EDGE)

    def _paint_hours(self, painter: QPainter) -> None:
        assert self._span is not None
        painter.setFont(self._appearance.figures_at(SIZE_NOTE))
        painter.setPen(self._appearance.theme.dim)
        first, last = self._span
        for at, flag in ((first, Qt.AlignmentFlag.AlignLeft), (last, Qt.AlignmentFlag.AlignRight)):
            area = QRectF(_EDGE, _HEIGHT - 16, self.width() - 2 * _EDGE, 14)
            painter.drawText(area, int(flag | Qt.AlignmentFlag.AlignVCenter), at.strftime("%m-%d %H:%M"))

    def _paint_mark(self, painter: QPainter, mark: Mark, *, above: bool, free: dict[bool, list[float]]) -> None:
        theme = self._appearance.theme
        colour = theme.critical if mark.newest else theme.ok if mark.done else theme.dim
        x, middle = self._place(mark.at), _LINE_Y + _LINE_HEIGHT / 2
        font = self._appearance.words_at(SIZE_TABLE, bold=mark.newest)
        metrics = QFontMetrics(font)
        width = max(metrics.horizontalAdvance(mark.words), 48) + 6.0
        left = min(max(x - width / 2, 2.0), self.width() - width - 2.0)
        rows = free[above]
        row = 0 if left >= rows[0] else 1 if left >= rows[1] else -1
        painter.setPen(QPen(colour, 2 if mark.done else 1))
        painter.setBrush(colour if mark.done else theme.panel)
        painter.drawEllipse(QPointF(x, middle), 6 if mark.newest else 4, 6 if mark.newest else 4)
        if row < 0:
            # No room for words: the dot stands for it, the list below has the rest
            return
        rows[row] = left + width
        stem = _STEM if row == 0 else _STEM + 24
        end = middle - stem if above else middle + stem
        painter.setPen(QPen(colour, 1))
        painter.drawLine(QPointF(x, middle - 7 if above else middle + 7), QPointF(x, end))
        top = end - 24 if above else end
        painter.setFont(self._appearance.figures_at(SIZE_NOTE))
        painter.setPen(theme.dim)
        time_area = QRectF(left, top, width, 12)
        painter.drawText(time_area, int(Qt.AlignmentFlag.AlignCenter), mark.at.strftime("%H:%M"))
        painter.setFont(font)
        painter.setPen(theme.text if mark.done or mark.newest else theme.text_2)
        painter.drawText(QRectF(left, top + 11, width, 14), int(Qt.AlignmentFlag.AlignCenter), mark.words)
