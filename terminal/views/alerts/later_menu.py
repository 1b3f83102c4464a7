"""When to be reminded again (稍后提醒): in some minutes, at a time of today, tomorrow before the open."""

from collections.abc import Callable
from datetime import datetime

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QMenu, QVBoxLayout, QWidget, QWidgetAction

from terminal.domain.errors import BadInput
from terminal.views.alerts.answers import Answers
from terminal.views.alerts.words import word
from terminal.views.refusals import refusal
from terminal.views.style_sheet import set_role


class LaterMenu(QMenu):
    """Fills itself when it opens: times are those of the moment."""

    def __init__(self, answers: Answers, chosen: Callable[[datetime], None], parent: QWidget) -> None:
        super().__init__(parent)
        self._answers = answers
        self._chosen = chosen
        self.more: list[tuple[str, str, Callable[[], object]]] = []
        """Further actions above the times: words, why it cannot be done, what it does"""
        self.time_line: QLineEdit | None = None
        self.complaint: QLabel | None = None
        self.aboutToShow.connect(self.fill)

    def fill(self) -> None:
        """Every choice as of now."""
        self.clear()
        for words, reason, do in self.more:
            action = QAction(words, self)
            action.setEnabled(not reason)
            action.setToolTip(reason)
            action.triggered.connect(lambda _checked=False, run=do: run())
            self.addAction(action)
        if self.more:
            self.addSeparator()
        self.setToolTipsVisible(True)
        for later in self._answers.choices():
            action = QAction(word("Remind me {when}").format(when=later.words), self)
            action.triggered.connect(lambda _checked=False, until=later.until: self._chosen(until))
            self.addAction(action)
        self.addAction(self._time_field())

    def take_time(self, text: str) -> None:
        """A time that was typed; one that cannot be is answered with field, value and rule."""
        try:
            until = self._answers.at(text)
        except BadInput as error:
            if self.complaint is not None:
                self.complaint.setText(refusal(error))
                self.complaint.show()
            return
        self._chosen(until)
        self.close()

    def _time_field(self) -> QWidgetAction:
        field = QWidget(self)
        row = QHBoxLayout()
        label = QLabel(word("Remind me at"))
        self.time_line = line = QLineEdit()
        line.setPlaceholderText("14:30")
        line.setMaxLength(8)
        line.setFixedWidth(72)
        line.setAccessibleName(word("Remind me at"))
        line.returnPressed.connect(lambda: self.take_time(line.text()))
        row.addWidget(label)
        row.addWidget(line)
        row.addStretch()
        self.complaint = QLabel()
        self.complaint.setWordWrap(True)
        set_role(self.complaint, "critical")
        self.complaint.hide()
        box = QVBoxLayout(field)
        box.setContentsMargins(20, 2, 12, 4)
        box.addLayout(row)
        box.addWidget(self.complaint)
        action = QWidgetAction(self)
        action.setDefaultWidget(field)
        return action
