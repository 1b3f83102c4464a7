"""Keys of the window that a field of text would take for its own editing.

Under X11 Qt edits as Emacs does: Ctrl+E goes to the end of a line, Ctrl+U and Ctrl+K erase. Whoever stands in a price
and presses the key of the queries would erase the price and see nothing come up.
"""

from collections.abc import Callable, Collection

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractSpinBox, QApplication, QComboBox, QLineEdit, QPlainTextEdit, QTextEdit, QWidget

_TEXTS = (QLineEdit, QAbstractSpinBox, QComboBox, QPlainTextEdit, QTextEdit)
_Key = QKeySequence.StandardKey
#: What every field of text does on every system, whatever key the user chose for the window
_EDITING = (_Key.Copy, _Key.Cut, _Key.Paste, _Key.Undo, _Key.Redo, _Key.SelectAll)


class KeysInTexts(QObject):
    """Keeps the field of text that has the keyboard from taking a key held with Ctrl that is one of `keys`."""

    def __init__(self, keys: Callable[[], Collection[QKeySequence]], parent: QObject) -> None:
        super().__init__(parent)
        self._keys = keys
        program = QApplication.instance()
        if isinstance(program, QApplication):
            program.focusChanged.connect(self._follow)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Qt asks the field whether it wants the key for itself: not if the window does."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and self._is_ours(event):
            event.ignore()
            return True
        return super().eventFilter(watched, event)

    def _is_ours(self, event: QKeyEvent) -> bool:
        if not event.modifiers() & Qt.KeyboardModifier.ControlModifier or any(event.matches(key) for key in _EDITING):
            return False
        return QKeySequence(event.keyCombination()) in self._keys()

    def _follow(self, old: QWidget | None, new: QWidget | None) -> None:
        if old is not None:
            old.removeEventFilter(self)
        if isinstance(new, _TEXTS):
            new.installEventFilter(self)
