"""The five days around an expiry as a rail (E−2 … E+2), and the day of expiry as a bar with its deadline."""

from collections.abc import Callable
from datetime import date, datetime, time

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from terminal.domain.calendar import SHANGHAI
from terminal.rules.profile import Sessions
from terminal.rules.sessions import DaySchedule, Entry
from terminal.services.event_calendar import EventKind
from terminal.views.appearance import Appearance
from terminal.views.expiry.words import STEP_NAMES, STEPS, clock_left, word
from terminal.views.plurals import in_number
from terminal.views.theme import PANEL_PADDING, SIZE_BODY, SIZE_KEY_FIGURE, SIZE_NOTE, SIZE_TABLE

_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_RAIL_HEIGHT, _CAPTION_LINE, _BAR_HEIGHT = 46, 14, 62
_CIRCLE = 9.0
_CAPTION = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap


class StepRail(QWidget):
    """Painted; `show_steps` gives the days."""

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._steps: tuple[tuple[EventKind, date], ...] = ()
        self._today: date | None = None
        self._until = ""
        self.setFixedHeight(_RAIL_HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        appearance.changed.connect(self.update)

    def show_steps(self, steps: list[tuple[EventKind, date]], today: date, deadline: datetime) -> None:
        """Repaint when the days have changed."""
        shown = (tuple(steps), today, f"{deadline:%H:%M}")
        if shown != (self._steps, self._today, self._until):
            self._steps, self._today, self._until = shown
            self.setAccessibleName("; ".join(f"{STEP_NAMES[k]} {d:%m-%d} {self._caption(k)}" for k, d in steps))
            self.setToolTip(self.accessibleName().replace("; ", "\n"))
            self._fit()
            self.update()

    def _caption(self, kind: EventKind) -> str:
        return word(STEPS[kind]).format(until=self._until)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Circle, name and date, and a caption below, joined by lines."""
        if not self._steps or self._today is None:
            return
        look, theme = self._appearance, self._appearance.theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        width = (self.width() - 2 * PANEL_PADDING) / len(self._steps)
        for number, (kind, day) in enumerate(self._steps):
            left = PANEL_PADDING + number * width
            centre = QPointF(left + _CIRCLE + 3, 15)
            now, done = day == self._today, day < self._today
            ink = (
                theme.ok
                if done
                else (theme.critical if kind is EventKind.EXPIRY else theme.focus)
                if now
                else theme.dim
            )
            painter.setPen(QPen(ink if done or now else theme.border, 1.2))
            painter.setBrush(ink if done or now else Qt.BrushStyle.NoBrush)
            painter.drawEllipse(centre, _CIRCLE, _CIRCLE)
            painter.setFont(look.figures_at(SIZE_TABLE, bold=True))
            painter.setPen(theme.window if done or now else theme.dim)
            sign = "✓" if done else str(number + 1)
            painter.drawText(QRectF(centre.x() - 9, centre.y() - 9, 18, 18), Qt.AlignmentFlag.AlignCenter, sign)
            x = centre.x() + _CIRCLE + 7
            painter.setFont(look.figures_at(SIZE_BODY, bold=True))
            painter.setPen(ink if now else theme.text if done else theme.dim)
            painter.drawText(QRectF(x, 6, width, 18), _LEFT, STEP_NAMES[kind])
            x_date = x + painter.fontMetrics().horizontalAdvance(STEP_NAMES[kind]) + 8
            painter.setFont(look.figures_at(SIZE_TABLE))
            painter.setPen(theme.text if now else theme.dim)
            text = f"{day:%m-%d}"
            painter.drawText(QRectF(x_date, 6, width, 18), _LEFT, text)
            line_from = x_date + painter.fontMetrics().horizontalAdvance(text) + 8
            line_to = left + width - 2
            if number + 1 < len(self._steps) and line_to > line_from:
                painter.setPen(QPen(theme.ok if done else theme.border, 1))
                painter.drawLine(QPointF(line_from, 15), QPointF(line_to, 15))
            painter.setFont(look.words_at(SIZE_TABLE))
            painter.setPen(theme.text if now else theme.dim)
            below = QRectF(x, 27, self._caption_room(), self.height() - 29)
            painter.drawText(below, _CAPTION, self._caption(kind))
        painter.end()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Captions too long for one line have two."""
        super().resizeEvent(event)
        self._fit()

    def _caption_room(self) -> int:
        width = (self.width() - 2 * PANEL_PADDING) / max(len(self._steps), 1)
        return int(width - 2 * _CIRCLE - 13)

    def _fit(self) -> None:
        metrics = QFontMetrics(self._appearance.words_at(SIZE_TABLE))
        longest = max((metrics.horizontalAdvance(self._caption(kind)) for kind, _ in self._steps), default=0)
        self.setFixedHeight(_RAIL_HEIGHT + (_CAPTION_LINE if longest > self._caption_room() else 0))

    def sizeHint(self) -> QSize:
        """As wide as there is room."""
        return QSize(400, _RAIL_HEIGHT)


class DeadlineBar(QWidget):
    """The windows of exercise of one day; the countdown is told in seconds of the market."""

    def __init__(
        self, appearance: Appearance, sessions: Sessions, reminders: tuple[time, ...], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._sessions = sessions
        self._reminders = reminders
        self._expiry: date | None = None
        self._now: datetime | None = None
        self._left = ""
        self._place = -1
        self.setFixedHeight(_BAR_HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        appearance.changed.connect(self.update)

    @property
    def countdown(self) -> str:
        """What stands at the right."""
        return self._left

    def show_moment(self, expiry: date, now: datetime, days: int) -> None:
        """Repaint when the second or the bar has moved; `days` are trading days to the expiry."""
        deadline = datetime.combine(expiry, self._sessions.exercise[-1][1], SHANGHAI)
        if days > 0:
            left = in_number(word("in {count} trading days").format(count=days))
        else:
            left = clock_left((deadline - now).total_seconds()) if now < deadline else word("closed")
        place = int(now.timestamp()) // 10 if days == 0 else -2
        if (expiry, left, place) != (self._expiry, self._left, self._place):
            self._expiry, self._left, self._place, self._now = expiry, left, place, now
            self.setAccessibleName(f"{self._title()} {left}")
            self.update()

    def _title(self) -> str:
        until = f"{self._sessions.exercise[-1][1]:%H:%M}"
        return word("Exercise is taken until {until}").format(until=until)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The title and the countdown, the bar, its times."""
        if self._expiry is None or self._now is None:
            return
        look, theme = self._appearance, self._appearance.theme
        painter = QPainter(self)
        inner = QRectF(PANEL_PADDING, 0, self.width() - 2 * PANEL_PADDING, 22)
        painter.setFont(look.words_at(SIZE_BODY, bold=True))
        painter.setPen(theme.text)
        painter.drawText(inner, _LEFT, self._title())
        today = self._now.date() == self._expiry
        # A sentence is no key figure
        painter.setFont(look.figures_at(SIZE_KEY_FIGURE, bold=True) if today else look.words_at(SIZE_BODY, bold=True))
        painter.setPen(theme.critical if today else theme.dim)
        painter.drawText(inner, _RIGHT, self._left)
        self._paint_bar(painter, QRectF(PANEL_PADDING, 25, self.width() - 2 * PANEL_PADDING, 14), live=today)
        painter.end()

    def _paint_bar(self, painter: QPainter, bar: QRectF, *, live: bool) -> None:
        look, theme, expiry, now = self._appearance, self._appearance.theme, self._expiry, self._now
        assert expiry is not None
        assert now is not None
        windows = DaySchedule.of(self._sessions, expiry).windows[Entry.EXERCISE]
        begin, end = windows[0][0], windows[-1][1]
        close = datetime.combine(expiry, self._sessions.closing_auction[1], SHANGHAI)
        total = (end - begin).total_seconds()

        def x(at: datetime) -> float:
            part = (min(max(at, begin), end) - begin).total_seconds() / total
            return bar.left() + bar.width() * part

        painter.fillRect(bar, theme.grid)
        for first, last in windows:
            for part_from, part_to, colour in (
                (first, min(last, close), theme.focus),
                (max(first, close), last, theme.critical),
            ):
                if part_from >= part_to:
                    continue
                soft = QColor(colour)
                soft.setAlphaF(0.62 if live else 0.3)
                painter.fillRect(QRectF(x(part_from), bar.top(), x(part_to) - x(part_from) - 1, bar.height()), soft)
                if live and now > part_from and colour is theme.focus:
                    done = x(min(now, part_to)) - x(part_from) - 1
                    painter.fillRect(QRectF(x(part_from), bar.top(), done, bar.height()), QColor(0, 0, 0, 60))
        painter.setFont(look.words_at(SIZE_NOTE, bold=True))
        painter.setPen(theme.on_button if live else theme.dim)
        tail = QRectF(x(close), bar.top(), x(end) - x(close), bar.height())
        painter.drawText(
            tail, Qt.AlignmentFlag.AlignCenter, self._fitting(painter, word("exercise only"), tail.width())
        )
        if live and begin <= now <= end:
            painter.fillRect(QRectF(x(now) - 1, bar.top() - 3, 2, bar.height() + 6), theme.text)
        self._paint_times(painter, bar, x)

    def _paint_times(self, painter: QPainter, bar: QRectF, x: Callable[[datetime], float]) -> None:
        look, theme, expiry = self._appearance, self._appearance.theme, self._expiry
        assert expiry is not None
        painter.setFont(look.figures_at(SIZE_NOTE))
        windows = self._sessions.exercise
        clocks = [windows[0][0], windows[-2][1] if len(windows) > 1 else windows[0][1], windows[-1][0], windows[-1][1]]
        taken: list[tuple[float, float]] = []

        def put(at: float, text: str, ink: QColor) -> None:
            width = painter.fontMetrics().horizontalAdvance(text) + 6
            left = min(max(at - width / 2, bar.left() - 2), bar.right() - width + 4)
            if any(left < end and left + width > begin for begin, end in taken):
                return
            taken.append((left, left + width))
            painter.setPen(ink)
            painter.drawText(QRectF(left, bar.bottom() + 4, width, 16), Qt.AlignmentFlag.AlignCenter, text)

        for clock in clocks:
            put(x(datetime.combine(expiry, clock, SHANGHAI)), f"{clock:%H:%M}", theme.dim)
        painter.setFont(look.words_at(SIZE_NOTE))
        for number, clock in enumerate(self._reminders, start=1):
            text = word("{time} reminder {number}").format(time=f"{clock:%H:%M}", number=number)
            put(x(datetime.combine(expiry, clock, SHANGHAI)), text, theme.text_2)

    @staticmethod
    def _fitting(painter: QPainter, text: str, room: float) -> str:
        return text if painter.fontMetrics().horizontalAdvance(text) <= room else ""
