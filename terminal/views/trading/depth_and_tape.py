"""Depth and newest trades (盘口与逐笔) in one dock: the trades below where there is height, beside it where not."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget

from terminal.views.theme import GUTTER
from terminal.views.trading.depth import DepthPanel
from terminal.views.trading.tape import NARROWEST, TapePanel

#: Header and three trades
_TAPE_HEIGHT = 96


class DepthAndTape(QWidget):
    """Both panels; the depth's size alone holds up the dock's, the trades give way where there is room for one only."""

    def __init__(self, depth: DepthPanel, tape: TapePanel) -> None:
        super().__init__()
        self._splitter = splitter = QSplitter(Qt.Orientation.Vertical, self)
        splitter.setHandleWidth(GUTTER)
        splitter.addWidget(depth)
        splitter.addWidget(tape)
        splitter.setStretchFactor(1, 1)
        splitter.setChildrenCollapsible(False)
        # Where room is short the depth stays and the tape goes: a dock's size must not be held up by it
        tape.setMinimumSize(0, 0)
        self._depth, self._tape = depth, tape
        self._way: Qt.Orientation | None = None
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(splitter)

    def minimumSizeHint(self) -> QSize:
        """The depth's alone."""
        return self._depth.minimumSize()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the tape where some lines of it have room."""
        super().resizeEvent(event)
        way = self._way_of_tape(event.size())
        if way is self._way:
            return
        self._way = way
        self._tape.setVisible(way is not None)
        if way is not None:
            self._splitter.setOrientation(way)
            is_beside = way is Qt.Orientation.Horizontal
            first = self._depth.minimumWidth() if is_beside else self._depth.sizeHint().height()
            along = event.size().width() if is_beside else event.size().height()
            self._splitter.setSizes([first, along - first - GUTTER])

    def _way_of_tape(self, size: QSize) -> Qt.Orientation | None:
        if size.height() >= self._depth.sizeHint().height() + _TAPE_HEIGHT:
            return Qt.Orientation.Vertical
        if size.width() >= self._depth.minimumWidth() + GUTTER + NARROWEST:
            return Qt.Orientation.Horizontal
        return None
