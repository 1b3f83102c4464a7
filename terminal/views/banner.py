"""The line under the top bar for what a person must know now: recovery, alarms, warnings. Never modal, never in focus.

Several messages wait behind each other, the gravest in front; one that is posted again under its key replaces itself.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import IntEnum

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QWidget

from terminal.views.style_sheet import set_role

#: Messages kept; the oldest of the lightest go first
_LIMIT = 50


class Gravity(IntEnum):
    """How much a message matters."""

    INFORMATION = 0
    WARNING = 1
    CRITICAL = 2


_ROLES = {
    Gravity.INFORMATION: "banner",
    Gravity.WARNING: "banner-warn",
    Gravity.CRITICAL: "banner-critical",
}
_MARKS = {Gravity.INFORMATION: "●", Gravity.WARNING: "▲", Gravity.CRITICAL: "✕"}
_MARK_ROLES = {Gravity.INFORMATION: "dim", Gravity.WARNING: "warn", Gravity.CRITICAL: "critical"}


@dataclass(frozen=True, slots=True)
class _Message:
    key: str
    gravity: Gravity
    text: Callable[[], str]


class Banner(QFrame):
    """Hidden while there is nothing to say."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._messages: list[_Message] = []
        self._mark, self._text, self._more = QLabel(), QLabel(), QLabel()
        self._text.setTextFormat(Qt.TextFormat.PlainText)
        self._text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._text.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        set_role(self._more, "dim")
        self._dismiss = QPushButton("✕")
        self._dismiss.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._dismiss.clicked.connect(self.dismiss)
        set_role(self._dismiss, "flat")
        # What stands below it may have more height than it needs
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(8, 1, 4, 1)
        layout.setSpacing(8)
        layout.addWidget(self._mark)
        layout.addWidget(self._text, 1)
        layout.addWidget(self._more)
        layout.addWidget(self._dismiss)
        self._show_front()

    def post(self, key: str, gravity: Gravity, text: Callable[[], str]) -> None:
        """Show a message; `text` is asked again when the language changes."""
        self._messages = [m for m in self._messages if m.key != key]
        self._messages.append(_Message(key, gravity, text))
        if len(self._messages) > _LIMIT:
            self._messages.remove(min(self._messages, key=lambda m: m.gravity))
        self._show_front()

    def withdraw(self, key: str) -> None:
        """Take a message back, e.g. when the line is up again."""
        self._messages = [m for m in self._messages if m.key != key]
        self._show_front()

    def dismiss(self) -> None:
        """The user has read the front message."""
        front = self._front()
        if front is not None:
            self.withdraw(front.key)

    @property
    def texts(self) -> list[str]:
        """What waits, the gravest and newest first."""
        ordered = sorted(reversed(self._messages), key=lambda m: -m.gravity)
        return [message.text() for message in ordered]

    @property
    def gravity(self) -> Gravity | None:
        """How grave the front message is; None without one."""
        front = self._front()
        return front.gravity if front is not None else None

    def changeEvent(self, event: QEvent) -> None:
        """Words in another language."""
        if event.type() == QEvent.Type.LanguageChange:
            self._show_front()
        super().changeEvent(event)

    def _front(self) -> _Message | None:
        return max(reversed(self._messages), key=lambda m: m.gravity, default=None)

    def _show_front(self) -> None:
        front = self._front()
        self.setVisible(front is not None)
        if front is None:
            return
        set_role(self, _ROLES[front.gravity])
        set_role(self._mark, _MARK_ROLES[front.gravity])
        self._mark.setText(_MARKS[front.gravity])
        # The gravest first; the others follow it as far as there is room, and all are in the tooltip
        self._text.setText("   ·   ".join(self.texts))
        self._text.setToolTip("\n".join(self.texts))
        waiting = len(self._messages) - 1
        self._more.setText(f"+{waiting}" if waiting else "")
        self._dismiss.setToolTip(self.tr("Dismiss"))
