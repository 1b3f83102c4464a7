"""A strip of tabs with a name and a note each: underlyings with their price, expiries with their days left."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from terminal.views.theme import PANEL_TITLE, SIZE_BODY, SIZE_NOTE, SIZE_TABLE, Appearance

_PADDING = 9
_GAP = 5


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
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
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
        """Show these tabs; nothing is redrawn when nothing differs."""
        fresh = tuple(tabs)
        if fresh == self._tabs and current == self._current:
            return
        self._tabs, self._current = fresh, current
        self.setAccessibleDescription(next((f"{t.title} {t.figure}" for t in fresh if t.key == current), ""))
        self.update()

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
        """Draw all tabs."""
        detail = self._place()
        painter = QPainter(self)
        theme, look = self._appearance.theme, self._appearance
        painter.fillRect(self.rect(), theme.panel)
        for tab, area in zip(self._tabs, self._areas, strict=True):
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
            for text, font, ink in parts:
                if text:
                    painter.setFont(font)
                    painter.setPen(ink)
                    width = painter.fontMetrics().horizontalAdvance(text)
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

    def _place(self) -> int:
        """Lay the tabs out with as much detail as fits; the tab in front is always in view."""
        detail = next((n for n in (2, 1) if sum(self._width(t, n) for t in self._tabs) <= self.width()), 0)
        widths = [self._width(tab, detail) for tab in self._tabs]
        front = next((n for n, tab in enumerate(self._tabs) if tab.key == self._current), 0)
        x = min(0, self.width() - sum(widths[: front + 1]))
        self._areas = []
        for width in widths:
            self._areas.append(QRect(x, 0, width, self.height()))
            x += width
        return detail

    def _width(self, tab: Tab, detail: int) -> int:
        look = self._appearance
        texts = [(tab.title, look.words_at(SIZE_BODY, bold=True))]
        if detail >= 1:
            texts.append((tab.figure, look.figures_at(SIZE_TABLE)))
        if detail >= 2:
            texts.append((tab.note, look.figures_at(SIZE_NOTE)))
        shown = [(text, font) for text, font in texts if text]
        total = sum(_advance(text, font) for text, font in shown)
        return total + _GAP * max(len(shown) - 1, 0) + 2 * _PADDING


def _advance(text: str, font: QFont) -> int:
    return QFontMetrics(font).horizontalAdvance(text)
