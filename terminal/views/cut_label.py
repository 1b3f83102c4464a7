"""A label of one line: what has no room gives way to a shorter form or ends in an ellipsis, and is whole in its tip."""

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from terminal.views.texts import plain_tip


class CutLabel(QLabel):
    """Takes the width it is given; `text` is the whole text however much of it is shown."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._whole = ""
        self._shorter: tuple[str, ...] = ()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    @property
    def shown(self) -> str:
        """What of it is on screen."""
        return super().text()

    def text(self) -> str:
        """The whole text."""
        return self._whole

    def setText(self, text: str) -> None:
        """Show it, as far as it fits."""
        self.set_forms(text)

    def set_forms(self, text: str, *shorter: str) -> None:
        """Show the first that fits: shorter ones say less, and none of them half of a figure."""
        if (text, shorter) != (self._whole, self._shorter):
            self._whole, self._shorter = text, shorter
            self.setAccessibleName(text)
            self._cut()

    def sizeHint(self) -> QSize:
        """Room for the whole text."""
        return QSize(self.fontMetrics().horizontalAdvance(self._whole), super().sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width shows more of it, or less."""
        super().resizeEvent(event)
        self._cut()

    def changeEvent(self, event: QEvent) -> None:
        """So does another font."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._cut()

    def _cut(self) -> None:
        width, metrics = self.contentsRect().width(), self.fontMetrics()
        forms = (self._whole, *self._shorter)
        wanted = next((form for form in forms if metrics.horizontalAdvance(form) <= width), forms[-1])
        shown = metrics.elidedText(wanted, Qt.TextElideMode.ElideRight, width)
        if shown != self.shown:
            super().setText(shown)
        # What is shown may be as before while what it stands for is not
        tip = "" if shown == self._whole else plain_tip(self._whole)
        if tip != self.toolTip():
            self.setToolTip(tip)
