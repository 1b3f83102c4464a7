"""Rows of a form that scroll up and down, never sideways."""

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget


class RowsArea(QScrollArea):
    """Scrolls up and down alone: never narrower than its rows and the bar beside them."""

    def __init__(self, rows: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._asked = QSize()
        self.setWidget(rows)

    def minimumSizeHint(self) -> QSize:
        """As wide as the rows ask."""
        rows, bar = self.widget(), self.verticalScrollBar().sizeHint().width()
        width = bar if rows is None else rows.minimumSizeHint().width() + bar
        return QSize(width, super().minimumSizeHint().height())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The area hears of other rows, and does not pass on by itself that it is to be wider.

        It does so only when it is to be: what is around it need not move for another text in a row.
        """
        if event.type() == QEvent.Type.LayoutRequest:
            asked = self.minimumSizeHint()
            if asked != self._asked:
                self._asked = asked
                self.updateGeometry()
        return super().eventFilter(watched, event)
