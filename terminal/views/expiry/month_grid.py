"""The months as weeks of five days, painted: numbers, coloured marks with their words, today on a ground of its own."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from terminal.services.event_calendar import CalendarEvent, EventKind, Mark
from terminal.services.market_data import MarketData
from terminal.views.appearance import Appearance
from terminal.views.expiry.words import MARKS, WEEKDAYS, event_sentence, event_words, mark_ink, word
from terminal.views.style_sheet import set_role
from terminal.views.theme import SIZE_NOTE, SIZE_TABLE

_WEEK_COLUMN, _HEADER, _ROW, _LINE = 34, 22, 58, 14
_FEWEST, _MOST = 4, 10
_DAY = timedelta(days=1)


class MonthGrid(QWidget):
    """Weeks from `first` on; `day_chosen` tells a click or Enter on a day. Arrows move, PgUp and PgDn turn months."""

    day_chosen = Signal(object)
    turned = Signal(int)
    """By so many months"""
    resized = Signal()
    """The number of weeks that have room is another"""

    def __init__(self, market: MarketData, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._market = market
        self._appearance = appearance
        self._first = date(2000, 1, 3)
        self._today = date(2000, 1, 3)
        self._weeks = _FEWEST
        self.selected: date | None = None
        self._events: Mapping[date, Sequence[CalendarEvent]] = {}
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Expanding)
        self.setMinimumHeight(_HEADER + _FEWEST * 44)
        set_role(self, "panel")
        appearance.changed.connect(self.update)

    @property
    def first(self) -> date:
        """Monday of the first week."""
        return self._first

    @property
    def last(self) -> date:
        """Friday of the last week."""
        return self._first + timedelta(days=7 * self._weeks - 3)

    def show_days(self, first: date, today: date, events: Sequence[CalendarEvent]) -> None:
        """Show the weeks from the Monday of `first` on."""
        by_day: dict[date, list[CalendarEvent]] = {}
        for event in events:
            by_day.setdefault(event.day, []).append(event)
        self._first, self._today, self._events = first - timedelta(days=first.weekday()), today, by_day
        self.setAccessibleName(
            "; ".join(f"{day.isoformat()} {event_words(e)}" for day, found in by_day.items() for e in found)
        )
        self.update()

    def events_on(self, day: date) -> Sequence[CalendarEvent]:
        """What stands on a day."""
        return self._events.get(day, ())

    # ---- Qt's side

    def resizeEvent(self, event: QResizeEvent) -> None:
        """More weeks where there is more room."""
        super().resizeEvent(event)
        weeks = min(max((self.height() - _HEADER) // _ROW, _FEWEST), _MOST)
        if weeks != self._weeks:
            self._weeks = weeks
            self.resized.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Header, weeks, days."""
        look, theme = self._appearance, self._appearance.theme
        painter = QPainter(self)
        painter.setFont(look.words_at(SIZE_TABLE))
        painter.setPen(theme.dim)
        heads = [word("Wk"), *(word(name) for name in WEEKDAYS)]
        for column, text in enumerate(heads):
            area = QRectF(self._left(column - 1) + 5, 0, self._width(), _HEADER)
            painter.drawText(area, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, text)
        for week in range(self._weeks):
            monday = self._first + timedelta(days=7 * week)
            top = _HEADER + week * self._height()
            painter.setPen(theme.grid)
            painter.drawLine(0, int(top), self.width(), int(top))
            painter.setFont(look.figures_at(SIZE_NOTE))
            painter.setPen(theme.dim)
            number = QRectF(6, top + 5, _WEEK_COLUMN, 14)
            painter.drawText(number, Qt.AlignmentFlag.AlignLeft, str(monday.isocalendar().week))
            for weekday in range(5):
                self._paint_day(painter, monday + weekday * _DAY, self._area(week, weekday))
        painter.end()

    def _paint_day(self, painter: QPainter, day: date, area: QRectF) -> None:
        look, theme = self._appearance, self._appearance.theme
        events = self.events_on(day)
        past, closed = day < self._today, any(e.kind is EventKind.HOLIDAY for e in events)
        if day == self._today:
            painter.fillRect(area, theme.selected)
        elif closed:
            painter.fillRect(area, theme.well)
        elif not past:
            painter.fillRect(area, theme.raised)
        painter.setPen(theme.grid)
        painter.drawLine(area.topLeft(), area.bottomLeft())
        if day == self.selected and self.hasFocus():
            painter.setPen(theme.focus)
            painter.drawRect(area.adjusted(0.5, 0.5, -0.5, -0.5))
        painter.setFont(look.figures_at(SIZE_TABLE, bold=day == self._today))
        painter.setPen(theme.dim if past or closed else theme.text)
        is_first = day == self._first or (day.day <= 7 and (day - 7 * _DAY).month != day.month and day.weekday() == 0)
        text = f"{day:%m-%d}" if is_first or day.day == 1 else f"{day:%d}"
        head = area.adjusted(6, 4, -2, 0)
        line = QRectF(head.left(), head.top(), head.width(), _LINE)
        painter.drawText(line, Qt.AlignmentFlag.AlignLeft, text)
        if day == self._today:
            beside = painter.fontMetrics().horizontalAdvance(text) + 5
            painter.setFont(look.words_at(SIZE_NOTE, bold=True))
            # The ground says it too: in a narrow day half a word says less than none
            if painter.fontMetrics().horizontalAdvance(word("today")) <= line.width() - beside:
                painter.drawText(line.adjusted(beside, 0, 0, 0), Qt.AlignmentFlag.AlignLeft, word("today"))
        painter.setFont(look.words_at(SIZE_NOTE))
        metrics = painter.fontMetrics()
        room = max(int((area.height() - 20) // _LINE), 0)
        shown = list(events[:room])
        for place, event in enumerate(shown):
            y = area.top() + 20 + place * _LINE
            ink = mark_ink(event.mark, theme)
            painter.setOpacity(0.55 if past else 1.0)
            painter.fillRect(QRectF(area.left() + 6, y + 1, 2, _LINE - 3), ink)
            painter.setPen(theme.text if event.held and not past else theme.text_2)
            text = event_words(event)
            if place == room - 1 and len(events) > room:
                text = f"{text} +{len(events) - room}"
            if metrics.horizontalAdvance(text) > area.width() - 14:
                # The mark of the day says enough where a word is cut
                text = text.partition(" ")[0] if text.startswith("E") else text
            text = metrics.elidedText(text, Qt.TextElideMode.ElideRight, int(area.width() - 14))
            painter.drawText(QRectF(area.left() + 12, y, area.width() - 13, _LINE), Qt.AlignmentFlag.AlignLeft, text)
            painter.setOpacity(1.0)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose the day."""
        super().mousePressEvent(event)
        day = self._day_at(event.position().x(), event.position().y())
        if day is not None:
            self.selected = day
            self.update()
            self.day_chosen.emit(day)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows move by days and weeks, Enter chooses, PgUp and PgDn turn the month."""
        days = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -7, Qt.Key.Key_Down: 7}.get(
            Qt.Key(event.key())
        )
        months = {Qt.Key.Key_PageUp: -1, Qt.Key.Key_PageDown: 1}.get(Qt.Key(event.key()))
        if days is not None:
            day = (self.selected or self._today) + timedelta(days=days)
            while day.weekday() > 4:
                day += _DAY if days > 0 else -_DAY
            if self._first <= day <= self.last:
                self.selected = day
                self.update()
        elif months is not None:
            self.turned.emit(months)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.selected is not None:
            self.day_chosen.emit(self.selected)
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        """A tip with everything of the day under the mouse."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            day = self._day_at(event.pos().x(), event.pos().y())
            found = self.events_on(day) if day is not None else ()
            text = "\n".join([str(day), *(event_sentence(e, self._market) for e in found)]) if found else ""
            QToolTip.showText(event.globalPos(), text, self)
            return True
        return bool(super().event(event))

    def sizeHint(self) -> QSize:
        """Eight weeks."""
        return QSize(350, _HEADER + 8 * _ROW)

    # ---- places

    def _width(self) -> float:
        return (self.width() - _WEEK_COLUMN) / 5

    def _height(self) -> float:
        return (self.height() - _HEADER) / self._weeks

    def _left(self, weekday: int) -> float:
        return 1.0 if weekday < 0 else _WEEK_COLUMN + weekday * self._width()

    def _area(self, week: int, weekday: int) -> QRectF:
        return QRectF(self._left(weekday), _HEADER + week * self._height() + 1, self._width(), self._height() - 1)

    def _day_at(self, x: float, y: float) -> date | None:
        if y < _HEADER or x < _WEEK_COLUMN:
            return None
        week, weekday = int((y - _HEADER) // self._height()), int((x - _WEEK_COLUMN) // self._width())
        inside = 0 <= week < self._weeks and 0 <= weekday < 5
        return self._first + timedelta(days=7 * week + weekday) if inside else None


class Legend(QWidget):
    """The marks with their words, painted in lines that fit."""

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self.setFixedHeight(24)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        appearance.changed.connect(self.update)

    def paintEvent(self, event: QPaintEvent) -> None:
        """A bar and a word for each mark."""
        look, theme = self._appearance, self._appearance.theme
        painter = QPainter(self)
        painter.setFont(look.words_at(SIZE_NOTE))
        x = 8
        for mark in Mark:
            text = word(MARKS[mark])
            width = QFontMetrics(painter.font()).horizontalAdvance(text)
            if x + width + 8 > self.width():
                break
            painter.fillRect(QRectF(x, 7, 3, 11), mark_ink(mark, theme))
            painter.setPen(theme.text_2)
            painter.drawText(QRectF(x + 7, 4, width + 2, 16), Qt.AlignmentFlag.AlignVCenter, text)
            x += width + 17
        painter.end()
