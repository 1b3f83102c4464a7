"""A strip at the foot of a panel: says what became of a press, and asks once more before something is sent."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QPushButton, QWidget

from terminal.views.expiry.words import word
from terminal.views.style_sheet import set_role
from terminal.views.theme import PANEL_PADDING


class AskStrip(QWidget):
    """Hidden while there is nothing to say. `ask` and `ask_text` call what they were given when the user agrees."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_role(self, "raised")
        self._agreed: Callable[[str], object] | None = None
        row = QHBoxLayout(self)
        row.setContentsMargins(PANEL_PADDING, 3, PANEL_PADDING, 3)
        self.said = QLabel(self)
        self.said.setTextFormat(Qt.TextFormat.PlainText)
        self.said.setWordWrap(True)
        self.field = QLineEdit(self)
        self.field.setMaxLength(200)
        self.do_button, self.leave_button = QPushButton(self), QPushButton(self)
        set_role(self.do_button, "primary")
        row.addWidget(self.said, 2)
        row.addWidget(self.field, 3)
        row.addWidget(self.do_button)
        row.addWidget(self.leave_button)
        self.do_button.clicked.connect(lambda _=False: self.agree())
        self.leave_button.clicked.connect(lambda _=False: self.leave())
        self.field.returnPressed.connect(self.agree)
        self.hide()

    @property
    def is_asking(self) -> bool:
        """Whether an answer is waited for."""
        return self._agreed is not None

    def say(self, text: str, role: str = "second") -> None:
        """Tell something; it stays until the next word or until it is closed."""
        self._agreed = None
        self._show(text, role, "", field=False)
        self.leave_button.setText(word("Close"))

    def ask(self, text: str, do: str, agreed: Callable[[], object], role: str = "warn") -> None:
        """Ask before something is done; `do` stands on the button."""
        self._agreed = lambda _text: agreed()
        self._show(text, role, do, field=False)
        self.do_button.setFocus()

    def ask_text(self, text: str, do: str, default: str, agreed: Callable[[str], object]) -> None:
        """Ask for a sentence, with one to begin with."""
        self._agreed = agreed
        self._show(text, "second", do, field=True)
        self.field.setText(default)
        self.field.selectAll()
        self.field.setFocus()

    def agree(self) -> None:
        """What the button and Enter do."""
        agreed, self._agreed = self._agreed, None
        self.hide()
        if agreed is not None:
            agreed(self.field.text())

    def leave(self) -> None:
        """Nothing is done."""
        self._agreed = None
        self.hide()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc leaves."""
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
        else:
            super().keyPressEvent(event)

    def _show(self, text: str, role: str, do: str, *, field: bool) -> None:
        self.said.setText(text)
        set_role(self.said, role)
        self.field.setVisible(field)
        self.do_button.setVisible(bool(do))
        self.do_button.setText(do)
        self.leave_button.setText(word("Leave it"))
        self.show()
