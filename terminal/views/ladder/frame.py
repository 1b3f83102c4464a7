"""The ladder's frame: rows and controls beside or above each other, and the red line around both while it is armed."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

from terminal.views.appearance import Appearance
from terminal.views.ladder.controls import WIDTH, LadderControls
from terminal.views.ladder.view import LadderView

_LINE = 3
#: From this width on the controls stand beside the rows; wider than that the rows need not be
_WIDE, _WIDEST_ROWS = 620, 680
#: Below this height what stands above the rows takes as little of it as it can
_LOW = 420


class LadderFrame(QWidget):
    """Lays out what it is given."""

    def __init__(
        self, appearance: Appearance, view: LadderView, controls: LadderControls, parent: QWidget | None
    ) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._view, self._controls = view, controls
        self._is_red = False
        self._layout = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._layout.setContentsMargins(_LINE, _LINE, _LINE, _LINE)
        self._layout.setSpacing(0)
        self._layout.addWidget(view, 1)
        self._layout.addWidget(controls)
        self._layout.addStretch()
        # It paints all of itself: nothing behind it need be painted first
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        appearance.changed.connect(self.update)

    @property
    def is_red(self) -> bool:
        """Whether the red line is around it."""
        return self._is_red

    def show_red(self, *, red: bool) -> None:
        """Put the red line around it, or take it away."""
        if red != self._is_red:
            self._is_red = red
            self.update()

    def sizeHint(self) -> QSize:
        """Rows and controls beside each other."""
        return QSize(760, 270)

    def minimumSizeHint(self) -> QSize:
        """As narrow as a column."""
        return QSize(WIDTH + 2 * _LINE, 190)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Beside each other where there is room, else the controls above, and flat where that leaves few rows."""
        super().resizeEvent(event)
        inner = event.size().width() - 2 * _LINE
        wide = inner >= _WIDE
        directions = QBoxLayout.Direction
        self._layout.setDirection(directions.LeftToRight if wide else directions.BottomToTop)
        self._controls.set_flat(flat=not wide and event.size().height() < _LOW)
        self._controls.setFixedWidth(WIDTH if wide else max(inner, WIDTH))
        self._view.setMaximumWidth(_WIDEST_ROWS if wide else max(inner, WIDTH))

    def paintEvent(self, event: QPaintEvent) -> None:
        """The ground, and the line."""
        painter = QPainter(self)
        theme = self._appearance.theme
        painter.fillRect(event.rect(), theme.panel)
        if self._is_red:
            pen = QPen(theme.critical, _LINE)
            pen.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
            painter.setPen(pen)
            painter.drawRect(self.rect().adjusted(1, 1, -2, -2))
        painter.end()
