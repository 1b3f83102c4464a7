"""One large figure with its label above and a line below."""

from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout, QWidget

from terminal.views.style_sheet import set_role
from terminal.views.theme import PANEL_PADDING


class _InkLabel(QLabel):
    """A label whose colour is a value's, which the style sheet cannot know; font and place stay the sheet's."""

    ink: QColor | None = None

    def paintEvent(self, event: QPaintEvent) -> None:
        """The text in its ink."""
        if self.ink is None:
            super().paintEvent(event)
            return
        painter = QPainter(self)
        painter.setPen(self.ink)
        painter.drawText(self.contentsRect(), int(self.alignment()), self.text())
        painter.end()


class KeyFigure(QFrame):
    """A label, one large figure and a line below it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.label, self.figure, self.note = QLabel(self), _InkLabel(self), QLabel(self)
        for widget, role in ((self.label, "dim"), (self.figure, "key-figure"), (self.note, "small-figure")):
            set_role(widget, role)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(PANEL_PADDING, 6, PANEL_PADDING, 6)
        layout.setSpacing(2)
        for widget in (self.label, self.figure, self.note):
            layout.addWidget(widget)

    def show_figure(self, label: str, figure: str, note: str, tip: str = "", ink: QColor | None = None) -> None:
        """Put all texts; `ink` colours the figure."""
        self.label.setText(label)
        self.figure.setText(figure)
        self.note.setText(note)
        self.setToolTip(tip)
        self.figure.setAccessibleName(f"{label} {figure}")
        if ink != self.figure.ink:
            self.figure.ink = ink
            self.figure.update()
