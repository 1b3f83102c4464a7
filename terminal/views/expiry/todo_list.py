"""What comes next (接下来): time left, what, what it is about, and a button. Rows are kept and refilled."""

from collections.abc import Callable, Sequence
from datetime import date, datetime

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from terminal.services.event_calendar import Mark, Todo, TodoKind
from terminal.services.market_data import MarketData
from terminal.views.appearance import Appearance
from terminal.views.expiry.words import TODO_BUTTONS, TODO_TITLES, days_words, large_words, mark_ink, names_of, word
from terminal.views.formatting import money, quantity
from terminal.views.plurals import in_number
from terminal.views.style_sheet import set_role
from terminal.views.texts import month_words
from terminal.views.theme import RADIUS_BUTTON, SIZE_BODY, SIZE_NOTE, SIZE_TABLE

_ROW = 42
#: Where the time begins, the room it has at least, and what parts it from the words
_TIME, _LEAST_TIME, _GAP = 22, 60, 8
_MARKS = {
    TodoKind.EXERCISE: Mark.EXERCISE,
    TodoKind.DELIVER: Mark.DELIVERY,
    TodoKind.EXPIRY: Mark.PREPARATION,
    TodoKind.EX_EVE: Mark.DELIVERY,
    TodoKind.ADJUSTMENT: Mark.ADJUSTMENT,
    TodoKind.TOP_UP: Mark.DELIVERY,
}
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


class TodoList(QWidget):
    """Painted, no widget per row; `wanted` tells the button that was pressed."""

    wanted = Signal(object)

    def __init__(
        self, market: MarketData, appearance: Appearance, now: Callable[[], datetime], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._market = market
        self._appearance = appearance
        self._now = now
        self._todos: tuple[Todo, ...] = ()
        self._today = date(2000, 1, 1)
        self._lines: tuple[tuple[str, str, str], ...] = ()
        self._hovered = self._current = -1
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        set_role(self, "panel")
        appearance.changed.connect(self.update)

    @property
    def lines(self) -> tuple[tuple[str, str, str], ...]:
        """Time left, title and detail of each row."""
        return self._lines

    @property
    def todos(self) -> tuple[Todo, ...]:
        """What is shown."""
        return self._todos

    def show_todos(self, todos: Sequence[Todo], today: date) -> None:
        """Repaint when a word has changed."""
        self._todos, self._today = tuple(todos), today
        now = self._now()
        lines = tuple((self._left(t.due, now), self._title(t), self._detail(t)) for t in todos)
        if lines != self._lines:
            if len(lines) != len(self._lines):
                self.setMinimumHeight(max(len(lines), 1) * _ROW)
            self._lines = lines
            self.setAccessibleName("; ".join(" ".join(line) for line in lines))
            self.update()

    def _left(self, due: datetime, now: datetime) -> str:
        """How long until then; today where its hour is over and it has yet to come, as the terms of an eve."""
        return days_words(due, now, self._today) if due > now else word("today")

    def _title(self, todo: Todo) -> str:
        month = month_words(todo.month[1]) if todo.month is not None else ""
        names = names_of(todo.underlyings, self._market)
        return word(TODO_TITLES[todo.kind]).format(month=month, underlyings=names)

    def brief(self, todo: Todo) -> str:
        """The figures of a detail that is too long, to the yuan: half a figure would tell another one."""
        if todo.kind is not TodoKind.EXERCISE:
            return self._detail(todo)
        return word("{count} not entered, {money}").format(count=todo.count, money=money(todo.money).partition(".")[0])

    def _detail(self, todo: Todo) -> str:
        match todo.kind:
            case TodoKind.EXERCISE:
                pattern = word("{count} in the money not entered, worth {money}")
            case TodoKind.DELIVER:
                pattern = word("pay {money} · give {shares} shares")
                return pattern.format(money=large_words(todo.money), shares=large_words(todo.shares))
            case TodoKind.EXPIRY:
                pattern = word("{count} positions held")
            case TodoKind.EX_EVE:
                pattern = word("{count} contracts, terms published")
            case TodoKind.ADJUSTMENT:
                pattern = word("{count} contracts, new terms")
            case _:
                pattern = word("{shares} shares are missing")
        return in_number(pattern.format(count=todo.count, money=money(todo.money), shares=quantity(todo.shares)))

    def words_left(self) -> int:
        """Where titles begin: behind the longest time that is left, "tomorrow" among them."""
        metrics = QFontMetrics(self._appearance.figures_at(SIZE_BODY, bold=True))
        widest = max((metrics.horizontalAdvance(left) for left, _, _ in self._lines), default=0)
        return _TIME + max(widest + _GAP, _LEAST_TIME)

    # ---- Qt's side

    def paintEvent(self, event: QPaintEvent) -> None:
        """Bar, time, two lines, button."""
        look, theme = self._appearance, self._appearance.theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if not self._lines:
            painter.setFont(look.words_at(SIZE_BODY))
            painter.setPen(theme.dim)
            painter.drawText(QRectF(10, 0, self.width() - 20, _ROW), _LEFT, word("Nothing lies ahead"))
        begin = self.words_left()
        for place, (todo, (left, title, detail)) in enumerate(zip(self._todos, self._lines, strict=True)):
            top = place * _ROW
            painter.setPen(theme.grid)
            painter.drawLine(0, top + _ROW - 1, self.width(), top + _ROW - 1)
            painter.fillRect(QRectF(10, top + 8, 3, _ROW - 17), mark_ink(_MARKS[todo.kind], theme))
            painter.setFont(look.figures_at(SIZE_BODY, bold=True))
            painter.setPen(theme.critical if todo.urgent and todo.kind is TodoKind.EXERCISE else theme.text)
            painter.drawText(QRectF(_TIME, top, begin - _TIME, _ROW), _LEFT, left)
            button = self._button(place)
            room = button.left() - begin - 6
            painter.setFont(look.words_at(SIZE_BODY, bold=True))
            painter.setPen(theme.text)
            text = painter.fontMetrics().elidedText(title, Qt.TextElideMode.ElideRight, int(room))
            painter.drawText(QRectF(begin, top + 4, room, 17), _LEFT, text)
            painter.setFont(look.words_at(SIZE_TABLE))
            painter.setPen(theme.warn if todo.urgent else theme.dim)
            metrics = painter.fontMetrics()
            wanted = detail if metrics.horizontalAdvance(detail) <= room else self.brief(todo)
            text = metrics.elidedText(wanted, Qt.TextElideMode.ElideRight, int(room))
            painter.drawText(QRectF(begin, top + 21, room, 16), _LEFT, text)
            hot = place in (self._hovered, self._current if self.hasFocus() else -1)
            painter.setPen(theme.focus if hot else theme.border)
            painter.setBrush(theme.raised)
            painter.drawRoundedRect(button, RADIUS_BUTTON, RADIUS_BUTTON)
            painter.setFont(look.words_at(SIZE_NOTE + 1))
            painter.setPen(theme.text)
            painter.drawText(button, Qt.AlignmentFlag.AlignCenter, word(TODO_BUTTONS[todo.kind]))
        painter.end()

    def _button(self, place: int) -> QRectF:
        return QRectF(self.width() - 66, place * _ROW + 10, 58, 22)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """The button under the mouse is marked."""
        super().mouseMoveEvent(event)
        hovered = self._place_at(event)
        if hovered != self._hovered:
            self._hovered = hovered
            self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A press of a button."""
        super().mouseReleaseEvent(event)
        place = self._place_at(event)
        if place >= 0:
            self.wanted.emit(self._todos[place])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up and down choose a row, Enter presses its button."""
        if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down) and self._todos:
            step = 1 if event.key() == Qt.Key.Key_Down else -1
            self._current = min(max(self._current + step, 0), len(self._todos) - 1)
            self.update()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and 0 <= self._current < len(self._todos):
            self.wanted.emit(self._todos[self._current])
        else:
            super().keyPressEvent(event)

    def _place_at(self, event: QMouseEvent) -> int:
        place = int(event.position().y() // _ROW)
        return place if 0 <= place < len(self._todos) and self._button(place).contains(event.position()) else -1

    def sizeHint(self) -> QSize:
        """All rows."""
        return QSize(340, max(len(self._lines), 1) * _ROW)
