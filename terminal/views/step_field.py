"""A field for a price or a size with − and +: typed, stepped by wheel and arrow keys, never losing what was typed."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QWheelEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QWidget

#: One notch of a mouse wheel as Qt counts it, eighths of a degree
_NOTCH = 120


class StepField(QWidget):
    """`step(text, count)` gives the text `count` steps away; `edited` fires on every change by hand or by step."""

    edited = Signal(str)

    def __init__(self, step: Callable[[str, int], str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._step = step
        self._turned = 0
        """Of a notch of the wheel, not stepped yet"""
        self.line = QLineEdit(self)
        self.line.setProperty("role", "figure")
        self.line.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.line.setMaxLength(16)
        self.line.textEdited.connect(self.edited)
        self.line.installEventFilter(self)
        self.less = QPushButton("−", self)
        self.more = QPushButton("+", self)
        for button, count in ((self.less, -1), (self.more, 1)):
            button.setFixedWidth(26)
            button.setAutoRepeat(True)
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            button.clicked.connect(lambda _=False, n=count: self.step_by(n))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        layout.addWidget(self.less)
        layout.addWidget(self.line, 1)
        layout.addWidget(self.more)
        self.setFocusProxy(self.line)

    @property
    def text(self) -> str:
        """What stands in the field."""
        return self.line.text()

    def set_text(self, text: str) -> None:
        """Put a text in without telling it was edited; what was marked as a whole is again, so that typing replaces it.

        The cursor stays when the text is the same.
        """
        line = self.line
        if text != line.text():
            whole = bool(line.text()) and line.selectedText() == line.text()
            line.setText(text)
            if whole:
                line.selectAll()

    def forget_typing(self) -> None:
        """Drop what Ctrl+Z would bring back: Qt keeps every key press for as long as the field is there."""
        line = self.line
        cursor, marked, length = line.cursorPosition(), line.selectionStart(), line.selectionLength()
        line.setText(line.text())
        if marked >= 0:
            # From the end the cursor is not at, as it was marked
            line.setSelection(marked, length) if cursor != marked else line.setSelection(marked + length, -length)
        else:
            line.setCursorPosition(cursor)

    def step_by(self, count: int) -> None:
        """Move by whole steps, as the wheel does."""
        if not self.line.isEnabled():
            return
        before = self.line.text()
        self.line.setText(self._step(before, count))
        # Read back: the line may have cut it
        if self.line.text() != before:
            self.edited.emit(self.line.text())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Wheel and up/down keys step; with Shift or Page keys by ten."""
        if watched is self.line:
            if isinstance(event, QWheelEvent) and event.angleDelta().y():
                # A touchpad tells of small parts of a notch, many times a second
                self._turned += event.angleDelta().y()
                notches = int(self._turned / _NOTCH)
                self._turned -= notches * _NOTCH
                if notches:
                    self.step_by(notches)
                return True
            if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
                tens = 10 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1
                count = {
                    Qt.Key.Key_Up: tens,
                    Qt.Key.Key_Down: -tens,
                    Qt.Key.Key_PageUp: 10,
                    Qt.Key.Key_PageDown: -10,
                }.get(Qt.Key(event.key()))
                if count is not None:
                    self.step_by(count)
                    return True
        return super().eventFilter(watched, event)
