"""The event library (事件库): everything an instructor may inject, in groups; one is chosen for the form beside it."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from terminal.domain.messages import ClassEventKind
from terminal.views.style_sheet import set_role
from terminal.views.training.words import EVENTS, LIBRARY, word

_COLUMNS = 2


class EventLibrary(QWidget):
    """Buttons by group."""

    chosen = Signal(object)
    """ClassEventKind"""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_role(self, "panel")
        self.buttons: dict[ClassEventKind, QPushButton] = {}
        self._titles: list[tuple[QLabel, str]] = []
        self._group = QButtonGroup(self)
        box = QVBoxLayout(self)
        box.setContentsMargins(10, 8, 10, 8)
        box.setSpacing(4)
        self._heading = QLabel()
        set_role(self._heading, "title")
        box.addWidget(self._heading)
        for title, kinds in LIBRARY:
            label = QLabel()
            set_role(label, "note")
            self._titles.append((label, title))
            box.addWidget(label)
            grid = QGridLayout()
            grid.setSpacing(4)
            for number, kind in enumerate(kinds):
                button = QPushButton()
                button.setCheckable(True)
                button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
                set_role(button, "dense")
                button.clicked.connect(lambda _=False, kind=kind: self.choose(kind))
                self._group.addButton(button)
                self.buttons[kind] = button
                grid.addWidget(button, number // _COLUMNS, number % _COLUMNS)
            box.addLayout(grid)
        box.addStretch(1)
        self._retranslate()

    def choose(self, kind: ClassEventKind) -> None:
        """Turn to one kind."""
        self.buttons[kind].setChecked(True)
        self.chosen.emit(kind)

    def changeEvent(self, event: QEvent) -> None:
        """Words in another language."""
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _retranslate(self) -> None:
        self._heading.setText(word("Event library"))
        for label, title in self._titles:
            label.setText(word(title))
        for kind, button in self.buttons.items():
            button.setText(word(EVENTS[kind]))
