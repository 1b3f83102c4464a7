"""Depth above, newest trades below (盘口与逐笔), in one dock; the trades give way where room is short."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget

from terminal.views.theme import GUTTER
from terminal.views.trading.depth import DepthPanel
from terminal.views.trading.tape import TapePanel

#: Header and three trades
_TAPE_HEIGHT = 96


class DepthAndTape(QWidget):
    """Both panels; the depth's size alone holds up the dock's."""

    def __init__(self, depth: DepthPanel, tape: TapePanel) -> None:
        super().__init__()
        splitter = QSplitter(Qt.Orientation.Vertical, self)
        splitter.setHandleWidth(GUTTER)
        splitter.addWidget(depth)
        splitter.addWidget(tape)
        splitter.setStretchFactor(1, 1)
        # Where room is short the depth stays and the tape goes: a dock's size must not be held up by it
        tape.setMinimumHeight(0)
        self._depth, self._tape = depth, tape
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(splitter)

    def minimumSizeHint(self) -> QSize:
        """The depth's alone."""
        return self._depth.minimumSize()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show the tape where some lines of it have room."""
        super().resizeEvent(event)
        self._tape.setVisible(event.size().height() >= self._depth.sizeHint().height() + _TAPE_HEIGHT)
