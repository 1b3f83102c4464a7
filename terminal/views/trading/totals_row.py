"""A line under a table whose figures stand under its columns."""

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from terminal.views.appearance import Appearance
from terminal.views.record_table import RecordTable
from terminal.views.still_text import put_tip
from terminal.views.table_model import RecordTableModel
from terminal.views.theme import CELL_PADDING, ROW_TABLE, SIZE_TABLE


class TotalsRow(QWidget):
    """A line under a table whose figures stand under its columns, whatever their order and width."""

    def __init__(self, table: RecordTable, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._table = table
        self._appearance = appearance
        self.figures: dict[str, tuple[str, QColor | None]] = {}
        """Text and colour by column"""
        self.setFixedHeight(ROW_TABLE)
        header = table.horizontalHeader()
        for signal in (header.sectionResized, header.sectionMoved, header.geometriesChanged):
            signal.connect(lambda *_: self.update())
        table.horizontalScrollBar().valueChanged.connect(lambda _: self.update())
        appearance.changed.connect(self.update)

    def show_figures(self, figures: dict[str, tuple[str, QColor | None]], tip: str) -> None:
        """Show other figures."""
        put_tip(self, tip)
        if figures != self.figures:
            self.figures = figures
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Each figure in its column's place."""
        painter = QPainter(self)
        theme = self._appearance.theme
        painter.fillRect(self.rect(), theme.raised)
        painter.setFont(self._appearance.figures_at(SIZE_TABLE, bold=True))
        header = self._table.horizontalHeader()
        model = self._table.model()
        assert isinstance(model, RecordTableModel)
        for number in range(header.count()):
            key = model.columns[number].key
            text, ink = self.figures.get(key, ("", None))
            if not text or header.isSectionHidden(number):
                continue
            x, width = header.sectionViewportPosition(number), header.sectionSize(number)
            align = model.columns[number].align
            painter.setPen(ink or theme.text)
            area = QRect(x + CELL_PADDING, 0, width - 2 * CELL_PADDING, self.height())
            if align & Qt.AlignmentFlag.AlignRight:  # a long total may reach into the empty place on its left
                area.setLeft(area.left() - width // 2)
            painter.drawText(area, int(align), text)
        painter.end()
