"""A strip of tabs with a name and a note each: underlyings with their price, expiries with their days left."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from terminal.views.appearance import Appearance
from terminal.views.theme import PANEL_TITLE, SIZE_BODY, SIZE_NOTE, SIZE_TABLE

_PADDING = 9
_GAP = 5
_KEPT_WIDTHS = 500
#: What the tab in front and the others show, from the most: title alone (0), with figure (1), with note too (2)
_DETAILS = ((2, 2), (2, 1), (1, 1), (2, 0), (1, 0), (0, 0))


@dataclass(frozen=True, slots=True)
class Tab:
    """One tab; `sign` colours the figure by its direction, None leaves it neutral."""

    key: object
    title: str
    figure: str = ""
    note: str = ""
    sign: int | None = None
    tip: str = ""


class TabStrip(QWidget):
    """Painted, so that figures in it may change every frame. `chosen` carries the key of a tab."""

    chosen = Signal(object)

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._tabs: tuple[Tab, ...] = ()
        self._current: object = None
        self._areas: list[QRect] = []
        self._advances: dict[tuple[int, str], int] = {}
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        # It paints all of itself: nothing behind it need be painted first
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        appearance.changed.connect(self.update)

    @property
    def current(self) -> object:
        """Key of the tab in front."""
        return self._current

    @property
    def tabs(self) -> tuple[Tab, ...]:
        """What is shown."""
        return self._tabs

    def set_tabs(self, tabs: Sequence[Tab], current: object) -> None:
        """Show these tabs; only what differs is redrawn, a tab alone while all keep their places."""
        fresh = tuple(tabs)
        if fresh == self._tabs and current == self._current:
            return
        before, areas, front = self._tabs, self._areas, self._current
        self._tabs, self._current = fresh, current
        self._place()
        changed = [area for old, new, area in zip(before, fresh, areas, strict=False) if old != new]
        if areas == self._areas and front == current:
            for area in changed:
                self.update(area)
        else:
            self.update()
        self.setAccessibleDescription(next((f"{t.title} {t.figure}" for t in fresh if t.key == current), ""))

    def sizeHint(self) -> QSize:
        """As wide as all tabs with their notes."""
        return QSize(sum(self._width(tab, 2) for tab in self._tabs), PANEL_TITLE)

    def minimumSizeHint(self) -> QSize:
        """As wide as the tab in front."""
        return QSize(80, PANEL_TITLE)

    def tab_area(self, key: object) -> QRect:
        """Where a tab lies; empty when it is scrolled out."""
        self._place()
        return next((a for a, t in zip(self._areas, self._tabs, strict=True) if t.key == key), QRect())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the tabs that are asked for."""
        details = self._place()
        painter = QPainter(self)
        theme, look = self._appearance.theme, self._appearance
        painter.fillRect(self.rect(), theme.panel)
        for tab, area, detail in zip(self._tabs, self._areas, details, strict=True):
            if not event.region().intersects(area):
                continue
            front = tab.key == self._current
            if front:
                painter.fillRect(area, theme.raised)
                painter.fillRect(area.x(), area.y(), area.width(), 2, theme.focus)
                if self.hasFocus():
                    painter.setPen(theme.focus)
                    painter.drawRect(area.adjusted(0, 0, -1, -1))
            x = area.x() + _PADDING
            figure_ink = theme.text_2 if tab.sign is None else look.colour_of(tab.sign)
            parts = [(tab.title, look.words_at(SIZE_BODY, bold=front), theme.text if front else theme.text_2)]
            if detail >= 1:
                parts.append((tab.figure, look.figures_at(SIZE_TABLE), figure_ink))
            if detail >= 2:
                parts.append((tab.note, look.figures_at(SIZE_NOTE), theme.dim))
            for line, (text, font, ink) in enumerate(parts):
                if text:
                    painter.setFont(font)
                    painter.setPen(ink)
                    # Of a title the bold width, which has room for it in front and behind
                    width = self._advance(line, text)
                    align = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
                    painter.drawText(QRect(x, area.y(), width + 2, area.height()), int(align), text)
                    x += width + _GAP
        painter.end()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose the tab under the mouse."""
        tab = self._tab_at(event.position().toPoint().x())
        if tab is not None and event.button() is Qt.MouseButton.LeftButton:
            self._choose(tab.key)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Left and right choose the neighbour."""
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        if step is None:
            event.ignore()
        else:
            self.step(step)

    def step(self, by: int) -> None:
        """Choose the tab `by` places further, the last one at the end."""
        keys = [tab.key for tab in self._tabs]
        if self._current in keys:
            self._choose(keys[min(max(keys.index(self._current) + by, 0), len(keys) - 1)])

    def event(self, event: QEvent) -> bool:
        """Show what a tab stands for."""
        if isinstance(event, QHelpEvent) and event.type() is QEvent.Type.ToolTip:
            tab = self._tab_at(event.pos().x())
            QToolTip.showText(event.globalPos(), tab.tip if tab is not None else "", self)
            return True
        return bool(super().event(event))

    def _choose(self, key: object) -> None:
        if key != self._current:
            self.chosen.emit(key)

    def _tab_at(self, x: int) -> Tab | None:
        self._place()
        return next((t for t, a in zip(self._tabs, self._areas, strict=True) if a.left() <= x <= a.right()), None)

    def _place(self) -> list[int]:
        """Lay the tabs out with as much detail as fits, first of the tab in front, which is always in view.

        Gives the detail of each.
        """
        front = next((n for n, tab in enumerate(self._tabs) if tab.key == self._current), 0)
        details, widths = list[int](), list[int]()
        for first, others in _DETAILS:
            details = [first if number == front else others for number in range(len(self._tabs))]
            widths = [self._width(tab, detail) for tab, detail in zip(self._tabs, details, strict=True)]
            if sum(widths) <= self.width():
                break
        x = min(0, self.width() - sum(widths[: front + 1]))
        self._areas = []
        for width in widths:
            self._areas.append(QRect(x, 0, width, self.height()))
            x += width
        return details

    def _width(self, tab: Tab, detail: int) -> int:
        shown = [(line, text) for line, text in enumerate((tab.title, tab.figure, tab.note)[: detail + 1]) if text]
        total = sum(self._advance(line, text) for line, text in shown)
        return total + _GAP * max(len(shown) - 1, 0) + 2 * _PADDING

    def _advance(self, line: int, text: str) -> int:
        """How wide title (0), figure (1) or note (2) is. Kept, because a moving price comes back to where it was."""
        known = self._advances.get((line, text))
        if known is None:
            look = self._appearance
            fonts = (look.words_at(SIZE_BODY, bold=True), look.figures_at(SIZE_TABLE), look.figures_at(SIZE_NOTE))
            if len(self._advances) >= _KEPT_WIDTHS:
                self._advances.clear()
            known = self._advances[line, text] = QFontMetrics(fonts[line]).horizontalAdvance(text)
        return known
