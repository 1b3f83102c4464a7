"""A widget that paints a ground of its own under others, so that Qt paints nothing behind it for their sake."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from terminal.views.appearance import Appearance


class Ground(QWidget):
    """In the colour of a panel. Without it a label whose text changes has every widget that it lies on painted anew."""

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        appearance.changed.connect(self.update)

    def paintEvent(self, event: QPaintEvent) -> None:
        """What is asked for, in one colour."""
        painter = QPainter(self)
        painter.fillRect(event.rect(), self._appearance.theme.panel)
        painter.end()
