"""One part of the risk panel: a bar with its name, unit and buttons, and what it shows below."""

from collections.abc import Callable, Sequence
from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QLabel, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from terminal.views.style_sheet import set_role
from terminal.views.theme import PANEL_PADDING, PANEL_TITLE

E = TypeVar("E")


class Section(QWidget):
    """`least_height` is what it needs to be of use. Subclasses put words in `name_all` and work in `flush`."""

    least_height = 140

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_role(self, "panel")
        self.title, self.unit = QLabel(), QLabel()
        set_role(self.title, "title")
        set_role(self.unit, "note")
        self.unit.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.bar = QHBoxLayout()
        self.bar.setContentsMargins(PANEL_PADDING, 0, 4, 0)
        self.bar.setSpacing(2)
        self.bar.addWidget(self.title)
        self.bar.addSpacing(6)
        self.bar.addWidget(self.unit, 1)
        head = QWidget(self)
        head.setFixedHeight(PANEL_TITLE)
        head.setLayout(self.bar)
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(0, 0, 0, 2)
        self.body.setSpacing(0)
        self.body.addWidget(head)

    def name_all(self) -> None:
        """Put every word in the language in force."""
        raise NotImplementedError

    def flush(self) -> None:
        """Show what has changed."""
        raise NotImplementedError

    def choices(self, members: Sequence[E], first: E, chosen: Callable[[E], object]) -> dict[E, QToolButton]:
        """Buttons of which one is down, at the right of the bar."""
        group = QButtonGroup(self)
        buttons = {}
        for member in members:
            button = self.button(checkable=True)
            button.setChecked(member == first)
            button.clicked.connect(lambda _=False, m=member: chosen(m))
            group.addButton(button)
            buttons[member] = button
        return buttons

    def button(self, *, checkable: bool = False) -> QToolButton:
        """One flat button at the right of the bar."""
        button = QToolButton(self)
        button.setCheckable(checkable)
        # A click must not take the cursor out of a price field
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        set_role(button, "flat")
        self.bar.addWidget(button)
        return button
