"""What the account holds of the contracts that a sheet is about: name and sides, painted, a dozen at most."""

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from terminal.domain.accounts import PositionSide
from terminal.services.desk import Desk
from terminal.views.alerts.words import word
from terminal.views.appearance import Appearance
from terminal.views.formatting import MINUS, quantity
from terminal.views.texts import name_of, words
from terminal.views.theme import ROW_TABLE, SIZE_BODY, SIZE_TABLE

_MOST = 12
_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)


class HoldingsList(QWidget):
    """Contracts that are not held are left out."""

    def __init__(self, desk: Desk, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._appearance = appearance
        self.rows: list[tuple[str, str]] = []
        self._more = 0
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        appearance.changed.connect(self.update)

    def show_codes(self, codes: tuple[str, ...]) -> int:
        """Show what is held of these; gives how many positions that is."""
        market, portfolio = self._desk.market, self._desk.portfolio
        found = []
        for code in codes:
            for side in PositionSide:
                position = portfolio.position(code, side)
                if position is not None and position.quantity:
                    held = quantity(position.quantity)
                    sign = "" if side is PositionSide.LONG else MINUS
                    found.append((name_of(code, market), f"{words(side)} {sign}{held}"))
        self._more = max(len(found) - _MOST, 0)
        rows = found[:_MOST]
        if rows != self.rows:
            self.rows = rows
            self.setAccessibleName("\n".join(f"{name} {held}" for name, held in rows))
            self.setFixedHeight(self.sizeHint().height())
            self.update()
        self.setVisible(bool(rows))
        return len(found)

    def sizeHint(self) -> QSize:
        """A head, the rows, and the count of the others."""
        count = len(self.rows) + (1 if self._more else 0)
        return QSize(300, (count + 1) * ROW_TABLE if count else 0)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Name left, what is held right."""
        look, theme = self._appearance, self._appearance.theme
        painter = QPainter(self)
        area = QRect(0, 0, self.width(), ROW_TABLE)
        painter.fillRect(area, theme.raised)
        painter.setFont(look.words_at(SIZE_TABLE))
        painter.setPen(theme.dim)
        inner = QRect(8, 0, self.width() - 16, ROW_TABLE)
        painter.drawText(inner, _LEFT, word("Contract"))
        painter.drawText(inner, _RIGHT, word("My position"))
        for name, held in self.rows:
            inner.translate(0, ROW_TABLE)
            painter.setPen(theme.grid)
            painter.drawLine(0, inner.bottom(), self.width(), inner.bottom())
            painter.setFont(look.words_at(SIZE_BODY))
            painter.setPen(theme.text)
            room = inner.width() - QFontMetrics(look.words_at(SIZE_BODY)).horizontalAdvance(held) - 10
            painter.drawText(inner, _LEFT, painter.fontMetrics().elidedText(name, Qt.TextElideMode.ElideRight, room))
            painter.setPen(theme.position)
            painter.drawText(inner, _RIGHT, held)
        if self._more:
            inner.translate(0, ROW_TABLE)
            painter.setPen(theme.dim)
            painter.drawText(inner, _LEFT, word("and {count} more").format(count=self._more))
        painter.end()
