"""The strip above a table: what it holds in a few words on the left, its buttons on the right."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from terminal.views.cut_label import CutLabel
from terminal.views.style_sheet import set_role
from terminal.views.theme import PANEL_PADDING, PANEL_TITLE


class PanelBar(QWidget):
    """Words and buttons; the panel puts the words of the language in force."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedHeight(PANEL_TITLE + 4)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        set_role(self, "panel")
        self._layout = QHBoxLayout(self)
        self._layout.setContentsMargins(PANEL_PADDING, 2, PANEL_PADDING, 2)
        self._layout.setSpacing(6)
        # Where room is short the words give way to the buttons
        self.note = CutLabel(self)
        set_role(self.note, "second")
        self._layout.addWidget(self.note, 1)

    def add(self, widget: QWidget) -> None:
        """Put a widget at the right end."""
        self._layout.addWidget(widget)

    def add_button(self, pressed: Callable[[], object], *, checkable: bool = False) -> QPushButton:
        """A button at the right end; `pressed` is called at every click."""
        button = QPushButton(self)
        button.setCheckable(checkable)
        # A click must not take the cursor out of a price field, nor leave Enter on a button that cancels
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.clicked.connect(lambda _=False: pressed())
        self._layout.addWidget(button)
        return button
