"""Where the trading day stands (交易时段): the phase, the time to its end, and the day as a bar."""

from datetime import datetime

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from terminal.domain.phases import Phase
from terminal.rules.sessions import DaySchedule, Entry
from terminal.views.appearance import Appearance
from terminal.views.formatting import clock, duration
from terminal.views.texts import words
from terminal.views.theme import SIZE_BODY, SIZE_NOTE, SIZE_TABLE, TOP_BAR

_PAD = 10


class SessionTrack(QWidget):
    """Painted from a schedule; `show_moment` gives the time of the market."""

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._schedule: DaySchedule | None = None
        self._phase = Phase.PRE_OPEN
        self._now: datetime | None = None
        self._left = ""
        self._hint = ""
        self._drawn = -1
        self.setFixedHeight(TOP_BAR)

    def show_moment(
        self, schedule: DaySchedule | None, phase: Phase, now: datetime | None, ends_at: datetime | None
    ) -> None:
        """Repaint when the phase, the second or the bar has moved."""
        end = ends_at or (schedule.phase_end(now) if schedule is not None and now is not None else None)
        left = duration((end - now).total_seconds()) if end is not None and now is not None and end > now else ""
        hint = ""
        if left and schedule is not None and end is not None:
            hint = self.tr("to {phase}").format(phase=words(schedule.phase_at(end)))
        self._schedule, self._now = schedule, now
        if phase is Phase.AFTER_CLOSE and left and now is not None:
            hint = self._open_words(now)
        place = int(self._progress() * 1000)
        if (phase, left, hint, place) != (self._phase, self._left, self._hint, self._drawn):
            self._phase, self._left, self._hint, self._drawn = phase, left, hint, place
            self.setToolTip("\n".join([f"{words(phase)} {hint} {left}".strip(), *self._windows()]))
            self.setAccessibleName(self.toolTip())
            self.update()

    def _ends(self, now: datetime) -> list[tuple[Entry, datetime]]:
        """What may still be entered today besides orders, and until when."""
        if self._schedule is None:
            return []
        found = []
        for entry in (Entry.COMBINATIONS, Entry.EXERCISE):
            last = max((end for _, end in self._schedule.windows.get(entry, ())), default=now)
            if last > now:
                found.append((entry, last))
        return found

    def _open_words(self, now: datetime) -> str:
        return ", ".join(self._entry_words(entry) for entry, _ in self._ends(now))

    def _windows(self) -> list[str]:
        """After the close: a line for each window that is still open."""
        if self._phase is not Phase.AFTER_CLOSE or self._now is None:
            return []
        pattern = self.tr("{what} until {until}")
        return [
            pattern.format(what=self._entry_words(entry), until=clock(end)[:5]) for entry, end in self._ends(self._now)
        ]

    def _entry_words(self, entry: Entry) -> str:
        return self.tr("exercise") if entry is Entry.EXERCISE else self.tr("combinations")

    def sizeHint(self) -> QSize:
        """Room for the phase, the hint and the time."""
        small = QFontMetrics(self._appearance.words_at(SIZE_NOTE))
        return QSize(small.horizontalAdvance("0") * 40 + 2 * _PAD, TOP_BAR)

    def minimumSizeHint(self) -> QSize:
        """The hint may go."""
        return QSize(150, TOP_BAR)

    def paintEvent(self, event: QPaintEvent) -> None:
        """One line of words, one bar."""
        appearance, theme = self._appearance, self._appearance.theme
        painter = QPainter(self)
        area = QRectF(_PAD, 4, self.width() - 2 * _PAD, 18)
        painter.setFont(appearance.words_at(SIZE_BODY, bold=True))
        painter.setPen(self._colour())
        phase = words(self._phase)
        painter.drawText(area, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, phase)
        used = painter.fontMetrics().horizontalAdvance(phase)
        painter.setFont(appearance.figures_at(SIZE_BODY, bold=True))
        painter.setPen(theme.text)
        painter.drawText(area, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, self._left)
        left_width = painter.fontMetrics().horizontalAdvance(self._left)
        painter.setFont(appearance.words_at(SIZE_TABLE))
        if used + left_width + painter.fontMetrics().horizontalAdvance(self._hint) + 24 <= area.width():
            painter.setPen(theme.dim)
            hint = area.adjusted(0, 0, -left_width - 8, 0)
            painter.drawText(hint, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, self._hint)
        self._paint_bar(painter, QRectF(_PAD, 28, self.width() - 2 * _PAD, 4))
        painter.end()

    def _paint_bar(self, painter: QPainter, bar: QRectF) -> None:
        theme = self._appearance.theme
        painter.fillRect(bar, theme.grid)
        if self._schedule is None:
            return
        begin, end = self._span()
        total = (end - begin).total_seconds()

        def x(moment: datetime) -> float:
            part = (min(max(moment, begin), end) - begin).total_seconds() / total
            return bar.left() + bar.width() * part

        now = self._now or begin
        edges = [at for at, _ in self._schedule.phases[1:]]
        for (at, phase), until in zip(self._schedule.phases[1:], [*edges[1:], end], strict=True):
            if phase in (Phase.OPENING_AUCTION, Phase.CLOSING_AUCTION, Phase.CONTINUOUS, Phase.AFTER_CLOSE):
                colour = theme.warn if phase.is_auction else theme.ok
                if phase is Phase.AFTER_CLOSE:
                    colour = theme.focus
                soft = QColor(colour)
                soft.setAlphaF(0.35)
                painter.fillRect(QRectF(x(at), bar.top(), x(until) - x(at) - 1, bar.height()), soft)
                if now > at:
                    done = x(min(now, until)) - x(at) - (1 if now >= until else 0)
                    painter.fillRect(QRectF(x(at), bar.top(), done, bar.height()), colour)
        if begin <= now <= end:
            painter.fillRect(QRectF(x(now) - 1, bar.top() - 3, 2, bar.height() + 6), theme.text)

    def _span(self) -> tuple[datetime, datetime]:
        assert self._schedule is not None
        return self._schedule.phases[1][0], self._schedule.phases[-1][0]

    def _progress(self) -> float:
        if self._schedule is None or self._now is None:
            return 0.0
        begin, end = self._span()
        return min(1.0, max(0.0, (self._now - begin) / (end - begin)))

    def _colour(self) -> QColor:
        theme = self._appearance.theme
        if self._phase is Phase.CONTINUOUS:
            return theme.ok
        if self._phase is Phase.AFTER_CLOSE:
            return theme.focus
        return theme.warn if self._phase.is_auction or self._phase is Phase.HALTED else theme.dim
