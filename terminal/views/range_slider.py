"""A slider with two handles: a range between two ends, in whole steps. By mouse, wheel and keys."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from terminal.views.appearance import Appearance

_RADIUS = 5.0
_Key = Qt.Key
_STEPS = {_Key.Key_Left: -1, _Key.Key_Right: 1, _Key.Key_PageDown: -10, _Key.Key_PageUp: 10}


class RangeSlider(QWidget):
    """From 0 to `steps`. The arrows move the handle last touched, Up and Down change to the other one."""

    changed = Signal(int, int)
    """By hand: the lower and the upper end"""

    def __init__(self, steps: int, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._steps = steps
        self._appearance = appearance
        self._ends = [0, steps]
        self._held = 0
        """0 for the lower handle, 1 for the upper one"""
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        appearance.changed.connect(self.update)

    @property
    def ends(self) -> tuple[int, int]:
        """Lower and upper."""
        return self._ends[0], self._ends[1]

    def set_ends(self, lower: int, upper: int) -> None:
        """Show a range without telling anyone."""
        if (lower, upper) != self.ends:
            self._ends = [lower, upper]
            self.update()

    def sizeHint(self) -> QSize:
        """One line."""
        return QSize(90, 16)

    def minimumSizeHint(self) -> QSize:
        """Handles that can still be told apart."""
        return QSize(50, 16)

    def handle(self, which: int) -> QPointF:
        """Where the lower (0) or the upper (1) handle is."""
        width = self.width() - 2 * _RADIUS - 2
        return QPointF(_RADIUS + 1 + width * self._ends[which] / self._steps, self.height() / 2)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take the nearer handle along; between two on one spot the one that can go where the mouse is."""
        if event.button() is not Qt.MouseButton.LeftButton:
            return
        x = event.position().x()
        away = [abs(x - self.handle(which).x()) for which in (0, 1)]
        self._held = int(x > self.handle(1).x()) if away[0] == away[1] else int(away[1] < away[0])
        self._go_to(self._value_at(x))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Drag it."""
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._go_to(self._value_at(event.position().x()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move a handle, or change to the other."""
        key = _Key(event.key())
        if key in _STEPS:
            self._go_to(self._ends[self._held] + _STEPS[key])
        elif key in (_Key.Key_Home, _Key.Key_End):
            self._go_to(0 if key is _Key.Key_Home else self._steps)
        elif key in (_Key.Key_Up, _Key.Key_Down):
            self._held = 1 - self._held
            self.update()
        else:
            event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Groove, range, two handles; the one the keys move is filled while the keys are here."""
        theme = self._appearance.theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        lower, upper = self.handle(0), self.handle(1)
        middle = self.height() / 2
        painter.fillRect(QRectF(1, middle - 1, self.width() - 2, 2), theme.border)
        painter.fillRect(QRectF(lower.x(), middle - 1, upper.x() - lower.x(), 2), theme.focus)
        painter.setPen(QPen(theme.focus, 2.0))
        for which, point in enumerate((lower, upper)):
            painter.setBrush(theme.focus if self.hasFocus() and which == self._held else theme.panel)
            painter.drawEllipse(point, _RADIUS - 1, _RADIUS - 1)
        painter.end()

    def _value_at(self, x: float) -> int:
        width = max(self.width() - 2 * _RADIUS - 2, 1.0)
        return round((x - _RADIUS - 1) / width * self._steps)

    def _go_to(self, value: int) -> None:
        """One step at least stays between the two."""
        low, high = (0, self._ends[1] - 1) if self._held == 0 else (self._ends[0] + 1, self._steps)
        value = min(max(value, low), high)
        if value != self._ends[self._held]:
            self._ends[self._held] = value
            self.update()
            self.changed.emit(*self._ends)
