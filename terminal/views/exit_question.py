"""What becomes of working orders when the user closes the window: a question that nothing waits for but its asker.

Never `exec()`: a nested event loop would hold up quotes, fills and the line for as long as the user thinks.
"""

import asyncio
from enum import Enum, auto

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QMessageBox, QPushButton, QWidget


class ExitChoice(Enum):
    """What the user wants done with the orders that work."""

    CANCEL = auto()
    """Cancel them, then leave"""
    LEAVE = auto()
    """Leave without cancelling; the venue cancels them when the desk does not come back within its grace time"""
    STAY = auto()
    """Do not leave"""


class ExitQuestion(QMessageBox):
    """Three buttons; Enter and Esc stay. `choice` is set once it has been answered or closed."""

    def __init__(self, window: QWidget, working: int, quotes: int = 0) -> None:
        super().__init__(window)
        self._working = working
        self._quotes = quotes
        self.choice = ExitChoice.STAY
        self.setIcon(QMessageBox.Icon.Question)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self._buttons = {
            ExitChoice.CANCEL: self.addButton("", QMessageBox.ButtonRole.DestructiveRole),
            ExitChoice.LEAVE: self.addButton("", QMessageBox.ButtonRole.AcceptRole),
            ExitChoice.STAY: self.addButton("", QMessageBox.ButtonRole.RejectRole),
        }
        # The answer of a hand that was quicker than the eye must change nothing
        self.setDefaultButton(self._buttons[ExitChoice.STAY])
        self.setEscapeButton(self._buttons[ExitChoice.STAY])
        self.buttonClicked.connect(self._note)
        self.retranslate()

    def button_of(self, choice: ExitChoice) -> QPushButton:
        """The button of an answer."""
        return self._buttons[choice]

    def retranslate(self) -> None:
        """Put the words of the language in force."""
        self.setWindowTitle(self.tr("Leave OptionDesk"))
        parts = []
        if self._working or not self._quotes:
            parts.append(self.tr("Orders that still work: {count}").format(count=self._working))
        if self._quotes:
            parts.append(self.tr("Contracts that are still quoted: {count}").format(count=self._quotes))
        self.setText("\n".join(parts))
        self.setInformativeText(
            self.tr("Orders that you leave are cancelled by the venue unless this desk comes back within seconds.")
        )
        self._buttons[ExitChoice.CANCEL].setText(self.tr("Cancel them and leave"))
        self._buttons[ExitChoice.LEAVE].setText(self.tr("Leave them"))
        self._buttons[ExitChoice.STAY].setText(self.tr("Stay"))

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def _note(self, clicked: object) -> None:
        self.choice = next(choice for choice, button in self._buttons.items() if button is clicked)


async def ask_exit(window: QWidget, working: int, quotes: int = 0) -> ExitChoice:
    """Ask what becomes of orders and quotes; a caller that is cancelled takes the question from the screen."""
    # A question on a window that is minimised would not be seen
    window.setWindowState(window.windowState() & ~Qt.WindowState.WindowMinimized)
    question = ExitQuestion(window, working, quotes)
    answered = asyncio.Event()
    question.finished.connect(lambda _result: answered.set())
    question.open()
    try:
        await answered.wait()
    finally:
        question.hide()
        question.deleteLater()
    return question.choice
