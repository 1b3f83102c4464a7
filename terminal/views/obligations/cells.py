"""The cells of the dashboard, painted: lamp, text, bars, the line of the day, buttons. No widget per cell."""

from collections.abc import Callable, Iterable

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from terminal.rules.obligations.clock import QuotingState, Windows
from terminal.views.appearance import Appearance
from terminal.views.obligations.inks import draw_bar, draw_lamp, ground_of, ink_of, state_ink
from terminal.views.obligations.model import HEADINGS
from terminal.views.obligations.rows import Action, Line
from terminal.views.obligations.standing import Level
from terminal.views.obligations.words import word
from terminal.views.style_sheet import mixed
from terminal.views.theme import CELL_PADDING, RADIUS_BUTTON, SIZE_TABLE

Index = QModelIndex | QPersistentModelIndex
ACTION_WORDS = {
    Action.JOIN: "Join",
    Action.WIDEN: "Widen",
    Action.PAUSE: "Pause…",
    Action.RESUME: "End pause",
    Action.TICKET: "Ticket",
}
ACTION_TIPS = {
    Action.JOIN: "Quote both sides around the theoretical price, as wide as allowed",
    Action.WIDEN: "Make my quote as wide as allowed",
    Action.PAUSE: "Take my quote out until a time of the market's clock; asks for it and says what it costs",
    Action.RESUME: "End the pause now: whatever quotes this contract may quote it again",
    Action.TICKET: "Open the order ticket",
}
#: Why the key of an action does nothing
UNFIT_WORDS = {
    Action.JOIN: "{contract}: our quote lies there already, or none is owed",
    Action.WIDEN: "{contract}: no quote of ours lies there that could be widened",
    Action.PAUSE: "{contract}: no quote of ours lies there that could be paused",
    Action.RESUME: "{contract}: is not paused",
}
_BAR_WIDTH, _BAR_HEIGHT = 44, 6
#: Between two buttons, pixels
_APART = 4
_SPARK_HEIGHT, _GAP_HEIGHT = 9, 3
_CENTRE = int(Qt.AlignmentFlag.AlignCenter)
_KEYS = [heading.key for heading in HEADINGS]
_ALIGNS = {heading.key: int(heading.align) for heading in HEADINGS}
#: No letter is wider than this, pixels: a text that fits by it is not measured
_WIDE_LETTER = 11


def button_width(action: Action, metrics: QFontMetrics) -> int:
    """How wide a button is, pixels."""
    return metrics.horizontalAdvance(word(ACTION_WORDS[action])) + 14


def buttons_width(sets: Iterable[Iterable[Action]], metrics: QFontMetrics) -> int:
    """Room that the widest of some rows of buttons takes, pixels."""
    return max(sum(button_width(action, metrics) + _APART for action in actions) for actions in sets) + 3


def button_areas(line: Line, cell: QRect, metrics: QFontMetrics) -> list[tuple[Action, QRect]]:
    """Where the buttons of a row stand."""
    areas, x = [], cell.left() + 3
    for action in line.actions:
        width = button_width(action, metrics)
        if x + width > cell.right():
            break
        areas.append((action, QRect(x, cell.top() + 3, width, cell.height() - 7)))
        x += width + _APART
    return areas


class ObligationDelegate(QStyledItemDelegate):
    """Paints every cell; `is_armed(row)` says whose buttons are shown though nothing is wrong there."""

    def __init__(
        self,
        appearance: Appearance,
        windows: Callable[[], Windows],
        is_armed: Callable[[int], bool],
        is_selected: Callable[[int], bool],
        line: Callable[[int], Line | None],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._is_selected = is_selected
        self._line = line
        self._appearance = appearance
        self._windows = windows
        self._is_armed = is_armed

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Rows and columns have fixed sizes."""
        return QSize(0, 0)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Ground by level and selection, then what the column holds."""
        # Asked of the model directly: a thousand values through Qt cost more than the painting
        row = index.row()
        line = self._line(row)
        if line is None:
            return
        cell: QRect = option.rect
        key = _KEYS[index.column()]
        ground = self._ground(line.level, selected=self._is_selected(row))
        if ground is not None:
            painter.fillRect(cell, ground)
        if key == "lamp":
            draw_lamp(painter, QPointF(cell.center()) + QPointF(0.5, 0.5), line.level, self._appearance.theme)
        elif key == "day":
            self._draw_day(painter, QRectF(cell).adjusted(CELL_PADDING, 0, -CELL_PADDING, 0), line)
        elif key == "actions":
            self._draw_actions(painter, cell, line, row)
        else:
            self._draw_text(painter, QRectF(cell).adjusted(CELL_PADDING, 0, -CELL_PADDING, 0), line, key)

    # ---- inside

    def _ground(self, level: Level, *, selected: bool) -> QColor | None:
        theme = self._appearance.theme
        ground = ground_of(level, theme)
        if not selected:
            return ground
        return theme.selected if ground is None else mixed(theme.selected, ground, 0.5)

    def _draw_text(self, painter: QPainter, inner: QRectF, line: Line, key: str) -> None:
        appearance, text = self._appearance, line.texts[key]
        if key in ("spread", "slack"):
            bar = QRectF(
                inner.right() - _BAR_WIDTH, inner.center().y() - _BAR_HEIGHT / 2 + 0.5, _BAR_WIDTH, _BAR_HEIGHT
            )
            part, ink = self._bar_of(line, key)
            draw_bar(painter, bar, part, ink, appearance.theme.border)
            inner.setRight(bar.left() - 6)
        painter.setPen(self._ink_of(line, key))
        if key in ("name", "live", "exempt"):
            bold = key == "name" and line.level in (Level.CRITICAL, Level.MISSED)
            painter.setFont(appearance.words_at(SIZE_TABLE, bold=bold))
            if len(text) * _WIDE_LETTER > inner.width():
                text = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, int(inner.width()) + 1)
        else:
            painter.setFont(appearance.figures)
        painter.drawText(inner, _ALIGNS[key], text)

    def _ink_of(self, line: Line, key: str) -> QColor:
        theme = self._appearance.theme
        quiet = line.level in (Level.EXEMPT, Level.OFF)
        if key in ("bid", "ask"):
            return theme.own
        if key in ("slack", "forecast") and line.slack < 0 and line.owes:
            return theme.critical
        if key in ("live", "slack", "now"):
            loud = line.level in (Level.CRITICAL, Level.MISSED) or key == "live"
            return ink_of(line.level, theme) if loud else theme.dim if quiet else theme.text
        if key == "forecast":
            return theme.text_2 if line.level in (Level.GOOD, Level.OFF) else ink_of(line.level, theme)
        if key in ("exempt", "size", "compliant"):
            return theme.text_2
        return theme.dim if quiet else theme.text

    def _bar_of(self, line: Line, key: str) -> tuple[float, QColor]:
        theme = self._appearance.theme
        if key == "spread":
            part = line.width / line.allowed if line.allowed else float("nan")
            return part, theme.critical if part > 1 else theme.warn if part > 0.8 else theme.focus
        counts = line.owes and line.level is not Level.EXEMPT and line.allowance > 0
        part = max(line.slack, 0.0) / line.allowance if counts else float("nan")
        return part, ink_of(line.level, theme) if line.level in (Level.CRITICAL, Level.MISSED) else theme.dim

    def _draw_day(self, painter: QPainter, inner: QRectF, line: Line) -> None:
        """Stretches by their times, breaks between phases left out, a mark for now."""
        theme, windows = self._appearance.theme, self._windows()
        whole = sum(last - first for first, last in windows)
        middle = inner.center().y() + 0.5
        if not whole:
            painter.fillRect(QRectF(inner.left(), middle - 0.5, inner.width(), 1), theme.border)
            return
        room = inner.width() - _GAP_HEIGHT * (len(windows) - 1)
        left = inner.left()
        for first, last in windows:
            width = room * (last - first) / whole
            scale = width / (last - first)
            painter.fillRect(QRectF(left, middle - 1, width, 2), theme.border)
            for stretch in line.stretches:
                begin, end = max(stretch.begin, first), min(stretch.end, last)
                if begin < end:
                    high = _GAP_HEIGHT if stretch.state is QuotingState.EXEMPT else _SPARK_HEIGHT
                    # A gap of seconds is seen too
                    wide = max((end - begin) * scale, 1.0)
                    x = left + (begin - first) * scale
                    painter.fillRect(QRectF(x, middle - high / 2, wide, high), state_ink(stretch.state, theme))
            if first <= line.now_us <= last:
                painter.fillRect(QRectF(left + (line.now_us - first) * scale, middle - 7, 1, 14), theme.text_2)
            left += width + _GAP_HEIGHT

    def _draw_actions(self, painter: QPainter, cell: QRect, line: Line, row: int) -> None:
        theme = self._appearance.theme
        loud = line.level in (Level.MISSED, Level.CRITICAL)
        if not loud and not self._is_armed(row):
            return
        painter.save()
        painter.setFont(self._appearance.words_at(SIZE_TABLE))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for number, (action, area) in enumerate(button_areas(line, cell, painter.fontMetrics())):
            ink = ink_of(line.level, theme) if loud and number == 0 else theme.text
            painter.setPen(ink if loud and number == 0 else theme.border)
            painter.setBrush(theme.raised)
            painter.drawRoundedRect(area, RADIUS_BUTTON, RADIUS_BUTTON)
            painter.setPen(ink)
            painter.drawText(area, _CENTRE, word(ACTION_WORDS[action]))
        painter.restore()
