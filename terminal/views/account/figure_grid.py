"""A small grid of labelled figures that shows only what there is to show."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from terminal.views.style_sheet import set_role


class FigureGrid(QWidget):
    """Label and figure in turn, `columns` pairs to a line."""

    def __init__(self, most: int, columns: int = 1, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._grid = grid = QGridLayout(self)
        self._columns = 0
        grid.setContentsMargins(0, 2, 0, 2)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(2)
        self._pairs: list[tuple[QLabel, QLabel]] = []
        for _ in range(most):
            label, figure = QLabel(self), QLabel(self)
            set_role(label, "dim")
            set_role(figure, "figure")
            for widget in (label, figure):
                widget.setTextFormat(Qt.TextFormat.PlainText)
            figure.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            self._pairs.append((label, figure))
        self.set_columns(columns)

    def set_columns(self, columns: int) -> None:
        """Put so many pairs on a line."""
        if columns == self._columns:
            return
        for column in range(self._columns):
            self._grid.setColumnStretch(2 * column + 1, 0)
        self._columns = columns
        for place, (label, figure) in enumerate(self._pairs):
            row, column = divmod(place, columns)
            self._grid.addWidget(label, row, 2 * column)
            self._grid.addWidget(figure, row, 2 * column + 1)
            self._grid.setColumnStretch(2 * column + 1, 1)

    def width_of(self, columns: int) -> int:
        """What so many pairs on a line ask for, pixels, of those that are shown."""
        shown = [pair for pair in self._pairs if not pair[0].isHidden()]
        width = -self._grid.horizontalSpacing()
        for column in range(columns):
            pairs = shown[column::columns]
            for widgets in zip(*pairs, strict=True):
                width += max(widget.sizeHint().width() for widget in widgets) + self._grid.horizontalSpacing()
        return width

    def show_figures(self, rows: Sequence[tuple[str, str, str]]) -> None:
        """Show these rows of label, figure and role of the figure; the rest of the grid is away."""
        for number, (label, figure) in enumerate(self._pairs):
            shown = number < len(rows)
            label.setVisible(shown)
            figure.setVisible(shown)
            if shown:
                label.setText(rows[number][0])
                figure.setText(rows[number][1])
                set_role(figure, rows[number][2] or "figure")

    def figures(self) -> dict[str, str]:
        """What is shown, label to figure."""
        return {label.text(): figure.text() for label, figure in self._pairs if not label.isHidden()}
