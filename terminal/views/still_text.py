"""Texts that change often in a widget that keeps its place: one of a fixed size lays nothing out anew.

Every other change of a label inside a dock lets Qt place all docks of the window again.
"""

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel, QPushButton, QSizePolicy, QWidget


def put_still(widget: QLabel | QPushButton, text: str) -> None:
    """Show a text in a widget that keeps the widest room it has needed."""
    if widget.text() == text:
        return
    widget.setText(text)
    wanted = widget.sizeHint()
    if wanted.width() > widget.minimumWidth() or wanted.height() > widget.minimumHeight():
        widget.setFixedSize(wanted.expandedTo(widget.minimumSize()))


def put_tip(widget: QWidget, tip: str) -> None:
    """Give a widget its tool tip; Qt tells a widget even of the one that it has."""
    if widget.toolTip() != tip:
        widget.setToolTip(tip)


class StillPlace(QWidget):
    """Keeps one widget over the width of a layout and the height it needs there; `put` gives it a text.

    A widget whose text changes asks its parent for another place, whatever the text. This parent has no layout, so
    nothing around it hears of that until the text needs other room.
    """

    def __init__(self, held: QLabel | QPushButton, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.held = held
        held.setParent(self)
        # A text of several lines is wrapped to whatever width there is
        self._wraps = isinstance(held, QLabel) and held.wordWrap()
        policy = held.sizePolicy()
        policy.setHeightForWidth(self._wraps)
        policy.setHorizontalPolicy(QSizePolicy.Policy.Preferred if self._wraps else policy.horizontalPolicy())
        self.setSizePolicy(policy)
        self._asked = self._wanted()

    def put(self, text: str) -> None:
        """Show a text; what is around it moves only where it needs other room."""
        if self.held.text() != text:
            self.held.setText(text)
            self.fit()

    def fit(self) -> None:
        """Ask for other room if what is held needs it, e.g. after another font."""
        wanted = self._wanted()
        if wanted != self._asked:
            self._asked = wanted
            self.updateGeometry()

    # ---- what Qt asks

    def sizeHint(self) -> QSize:
        """That of what is held."""
        return self.held.sizeHint().expandedTo(self.held.minimumSize())

    def minimumSizeHint(self) -> QSize:
        """That of what is held."""
        return self.held.minimumSizeHint().expandedTo(self.held.minimumSize())

    def heightForWidth(self, width: int) -> int:
        """What a wrapped text needs; -1 for one line."""
        return self.held.heightForWidth(width) if self._wraps else -1

    def resizeEvent(self, event: QResizeEvent) -> None:
        """What is held fills the place."""
        super().resizeEvent(event)
        self.held.setGeometry(self.rect())
        self._asked = self._wanted()

    def _wanted(self) -> QSize:
        if self._wraps:
            return QSize(0, self.held.heightForWidth(max(self.width(), 1)))
        return self.sizeHint()
