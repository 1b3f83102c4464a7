"""The agreement on automatic exercise (自动行权) as a strip: off or on, from which value on, at what time."""

from datetime import time
from decimal import Decimal, InvalidOperation

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLabel, QLineEdit, QPushButton, QWidget

from terminal.domain.errors import BadInput
from terminal.services.auto_exercise import Agreement, AutoExercise
from terminal.views.expiry.words import word
from terminal.views.style_sheet import set_role
from terminal.views.theme import PANEL_PADDING


class AutoStrip(QWidget):
    """Shown on demand; nothing changes before the button is pressed."""

    def __init__(self, auto: AutoExercise, by: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._auto = auto
        self._by = by
        set_role(self, "raised")
        row = QHBoxLayout(self)
        row.setContentsMargins(PANEL_PADDING, 3, PANEL_PADDING, 3)
        self.switch = QCheckBox(self)
        self.least, self.at = QLineEdit(self), QLineEdit(self)
        self.least.setFixedWidth(70)
        self.at.setFixedWidth(60)
        for field in (self.least, self.at):
            field.setProperty("role", "figure")
            field.setAlignment(Qt.AlignmentFlag.AlignRight)
            field.setMaxLength(9)
        self.least_label, self.at_label, self.note = QLabel(self), QLabel(self), QLabel(self)
        set_role(self.note, "note")
        self.note.setWordWrap(True)
        self.agree_button = QPushButton(self)
        set_role(self.agree_button, "primary")
        self.close_button = QPushButton(self)
        for widget in (self.switch, self.least_label, self.least, self.at_label, self.at):
            row.addWidget(widget)
        row.addWidget(self.note, 1)
        row.addWidget(self.agree_button)
        row.addWidget(self.close_button)
        self.agree_button.clicked.connect(lambda _=False: self.agree())
        self.close_button.clicked.connect(lambda _=False: self.hide())
        self.retranslate()
        self.hide()

    def toggle(self) -> None:
        """Show it with what is in force, or put it away."""
        if self.isVisible():
            self.hide()
            return
        agreement = self._auto.agreement
        self.switch.setChecked(agreement.enabled)
        self.least.setText(f"{agreement.least_value:.2f}")
        self.at.setText(f"{agreement.at:%H:%M}")
        self._say(word("Journalled with your name; the desk must run and be connected then. The exchange has none."))
        self.show()

    def agree(self) -> None:
        """Put the fields in force; what is wrong with them is said."""
        try:
            least, at = Decimal(self.least.text().strip()), time.fromisoformat(self.at.text().strip())
            self._auto.agree(Agreement(self.switch.isChecked(), least, at), self._by)
        except (InvalidOperation, ValueError):
            self._say(word("Give yuan such as 10.00 and a time such as 15:05"), "critical")
        except BadInput:
            self._say(word("Give yuan from 0 on, and a time at which exercises are taken"), "critical")
        else:
            self.hide()

    def retranslate(self) -> None:
        """Put the words of the language in force."""
        self.switch.setText(word("Exercise by itself what nobody has decided on"))
        self.least_label.setText(word("from, yuan a contract"))
        self.at_label.setText(word("at"))
        self.agree_button.setText(word("Agree"))
        self.close_button.setText(word("Close"))

    def _say(self, text: str, role: str = "note") -> None:
        self.note.setText(text)
        set_role(self.note, role)
