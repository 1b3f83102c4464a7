"""One line of the side pane: a name, a figure, and how far it is from the last settlement."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel

from terminal.views.style_sheet import set_role


class FigureRow:
    """A name, a figure, and how far it is from the last settlement."""

    def __init__(self, grid: QGridLayout, row: int, name: Callable[[], str]) -> None:
        self.name, self._text = QLabel(), name
        self.figure, self.change = QLabel(), QLabel()
        set_role(self.name, "dim")
        set_role(self.figure, "figure")
        set_role(self.change, "small-figure")
        for column, widget in enumerate((self.name, self.figure, self.change)):
            grid.addWidget(widget, row, column)
            if column:
                widget.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)

    def retitle(self) -> None:
        """The name in the language in force."""
        self.name.setText(self._text())

    def set_visible(self, visible: bool) -> None:
        """Show or hide the line."""
        for widget in (self.name, self.figure, self.change):
            widget.setVisible(visible)

    def put(self, figure: str, change: str = "", role: str = "figure") -> None:
        """Show figures; nothing happens where nothing differs."""
        if self.figure.text() != figure:
            self.figure.setText(figure)
            self.name.setAccessibleName(f"{self.name.text()} {figure}")
        if self.change.text() != change:
            self.change.setText(change)
        set_role(self.figure, role)
