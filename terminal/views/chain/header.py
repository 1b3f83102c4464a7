"""The chain's header: calls and puts named above, then two lines per column, the name and its unit."""

from collections.abc import Callable

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHeaderView, QWidget

from terminal.domain.contracts import Right
from terminal.views.appearance import Appearance
from terminal.views.chain.model import ChainModel
from terminal.views.chain.words import word
from terminal.views.theme import CELL_PADDING, SIZE_NOTE, SIZE_TABLE, SIZE_UNIT, ColourMode

BAND = 17
HEIGHT = 50


class ChainHeader(QHeaderView):
    """Painted without a style: the same on every system. `on_released` is told when a drag of a section ends."""

    def __init__(self, appearance: Appearance, on_released: Callable[[], None], parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._appearance = appearance
        self._on_released = on_released
        self.setSectionsClickable(False)
        self.setSectionsMovable(True)
        self.setMinimumSectionSize(20)
        self.setHighlightSections(False)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def sizeHint(self) -> QSize:
        """Fixed height."""
        return QSize(super().sizeHint().width(), HEIGHT)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A drag has ended: widths and order are settled only now."""
        super().mouseReleaseEvent(event)
        self._on_released()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the sections, then the band that names the halves across them."""
        viewport = self.viewport()
        painter = QPainter(viewport)
        theme = self._appearance.theme
        painter.fillRect(viewport.rect(), theme.raised)
        model = self.model()
        if isinstance(model, ChainModel):
            for section in range(self.count()):
                area = QRect(self.sectionViewportPosition(section), 0, self.sectionSize(section), self.height())
                if area.intersects(event.rect()):
                    self._section(painter, model, area, section)
            self._band(painter, model)
        painter.fillRect(0, self.height() - 1, viewport.width(), 1, theme.border)
        painter.end()

    def _section(self, painter: QPainter, model: ChainModel, area: QRect, section: int) -> None:
        theme, look = self._appearance.theme, self._appearance
        cell = model.columns[section]
        colour = theme.text_2
        if cell.column.key in ("my_bid", "my_ask"):
            colour = theme.own
        elif cell.column.key in ("theo", "sell_edge", "buy_edge"):
            colour = theme.theo
        elif look.mode is ColourMode.BY_SIDE and cell.column.key in ("bid", "ask"):
            colour = look.bid if cell.column.key == "bid" else look.ask
        centred = cell.right is None or cell.column.key in ("my_bid", "my_ask")
        align = Qt.AlignmentFlag.AlignHCenter if centred else Qt.AlignmentFlag.AlignRight
        inner = area.adjusted(1, BAND, -(1 if centred else CELL_PADDING), -3)
        painter.setFont(look.words_at(SIZE_TABLE, bold=cell.right is None))
        painter.setPen(colour)
        name = painter.fontMetrics().elidedText(word(cell.column.name), Qt.TextElideMode.ElideRight, inner.width())
        painter.drawText(inner, int(align | Qt.AlignmentFlag.AlignTop), name)
        painter.setFont(look.words_at(SIZE_UNIT))
        painter.setPen(theme.dim)
        unit = painter.fontMetrics().elidedText(model.unit_text(section), Qt.TextElideMode.ElideRight, inner.width())
        painter.drawText(inner, int(align | Qt.AlignmentFlag.AlignBottom), unit)

    def _band(self, painter: QPainter, model: ChainModel) -> None:
        strike = next((n for n, c in enumerate(model.columns) if c.right is None), 0)
        left = self.sectionViewportPosition(strike)
        right = left + self.sectionSize(strike)
        painter.setFont(self._appearance.words_at(SIZE_NOTE))
        painter.setPen(self._appearance.theme.text_2)
        ends = {Right.CALL: (self.sectionViewportPosition(0), left), Right.PUT: (right, self.length() - self.offset())}
        names = {Right.CALL: word("CALLS"), Right.PUT: word("PUTS")}
        for half, (begin, end) in ends.items():
            area = QRect(begin, 1, end - begin, BAND)
            painter.drawText(area, int(Qt.AlignmentFlag.AlignCenter), names[half])
