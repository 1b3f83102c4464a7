"""The depth pop-up (五档行情): five levels of both sides with running totals, beside the cell under the mouse.

A tool tip window: it never takes the keyboard focus and never accepts the mouse.
"""

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from terminal.domain.contracts import Contract
from terminal.domain.market_data import DEPTH
from terminal.services.market_data import Level, MarketData
from terminal.views.appearance import Appearance
from terminal.views.chain.own import OwnBook
from terminal.views.chain.words import word
from terminal.views.formatting import DASH, price, quantity
from terminal.views.style_sheet import mixed
from terminal.views.texts import contract_name
from terminal.views.theme import PANEL_PADDING, ROW_DEPTH, ROW_HEADER, SIZE_BODY, SIZE_NOTE, SIZE_TABLE

_COLUMNS = (34, 66, 62, 62)
_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)


class DepthPopup(QWidget):
    """Shows one contract at a time; `flush` redraws when its book has changed."""

    def __init__(self, market: MarketData, own: OwnBook, appearance: Appearance, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.ToolTip | Qt.WindowType.FramelessWindowHint)
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._market = market
        self._own = own
        self._appearance = appearance
        self.contract: Contract | None = None
        self.pinned = False
        self._shown: tuple[tuple[Level, ...], tuple[Level, ...]] = ((), ())
        self._mine: frozenset[int] = frozenset()
        """Prices of ours, 0.0001 yuan"""
        self.resize(self.sizeHint())

    def sizeHint(self) -> QSize:
        """Two times five levels, a title and a heading."""
        return QSize(sum(_COLUMNS) + 2 * PANEL_PADDING, ROW_HEADER + ROW_DEPTH * (2 * DEPTH + 1) + 8)

    def open_for(self, contract: Contract, at: QPoint) -> None:
        """Show the book of a contract with the upper left corner at a point of the screen, moved to fit on it."""
        self.contract = contract
        self._shown, self._mine = self.levels(), self._own_prices()
        screen = self.screen().availableGeometry()
        x = min(at.x(), screen.right() - self.width())
        y = min(at.y(), screen.bottom() - self.height())
        self.move(max(x, screen.left()), max(y, screen.top()))
        self.setAccessibleName(f"{contract_name(contract, self._market)} {word('Depth')}")
        self.show()
        self.update()

    def dismiss(self) -> None:
        """Close unless pinned."""
        if not self.pinned:
            self.hide()

    def levels(self) -> tuple[tuple[Level, ...], tuple[Level, ...]]:
        """Bids and asks, best first."""
        if self.contract is None:
            return (), ()
        return self._market.bids(self.contract.code), self._market.asks(self.contract.code)

    def flush(self) -> None:
        """Redraw if the book has changed, or what is ours in it."""
        if not self.isVisible():
            return
        levels, mine = self.levels(), self._own_prices()
        if (levels, mine) != (self._shown, self._mine):
            self._shown, self._mine = levels, mine
            self.update()

    def _own_prices(self) -> frozenset[int]:
        row = -1 if self.contract is None else self._market.row_of.get(self.contract.code, -1)
        if not 0 <= row < len(self._own.bid_price):
            return frozenset()
        return frozenset((int(self._own.bid_price[row]), int(self._own.ask_price[row]))) - {0}

    def paintEvent(self, event: QPaintEvent) -> None:
        """Asks from the worst down to the best, then bids."""
        painter = QPainter(self)
        theme, look = self._appearance.theme, self._appearance
        painter.fillRect(self.rect(), theme.raised)
        painter.setPen(theme.border)
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        if self.contract is None:
            painter.end()
            return
        painter.setFont(look.words_at(SIZE_BODY, bold=True))
        painter.setPen(theme.text)
        area = QRect(PANEL_PADDING, 2, self.width() - 2 * PANEL_PADDING, ROW_HEADER - 2)
        painter.drawText(area, _LEFT, contract_name(self.contract, self._market))
        painter.setFont(look.figures_at(SIZE_NOTE))
        painter.setPen(theme.dim)
        painter.drawText(area, _RIGHT, self.contract.code)
        self._row(painter, ROW_HEADER, ["", word("Price"), word("Lots"), word("Total")], theme.dim, words=True)
        bids, asks = self._shown
        y = ROW_HEADER + ROW_DEPTH
        largest = max([level.quantity for level in (*bids, *asks)], default=1) or 1
        ask_ink, bid_ink = look.ask, look.bid
        for place in range(DEPTH - 1, -1, -1):
            self._level(painter, y, f"{word('A')}{place + 1}", asks, place, ask_ink, largest)
            y += ROW_DEPTH
        painter.fillRect(1, y, self.width() - 2, 1, theme.border)
        for place in range(DEPTH):
            self._level(painter, y + 2, f"{word('B')}{place + 1}", bids, place, bid_ink, largest)
            y += ROW_DEPTH
        painter.end()

    def _level(
        self,
        painter: QPainter,
        y: int,
        name: str,
        levels: Sequence[Level],
        place: int,
        ink: QColor,
        largest: int,
    ) -> None:
        if place >= len(levels):
            self._row(painter, y, [name, DASH, DASH, DASH], self._appearance.theme.dim)
            return
        level = levels[place]
        length = round((_COLUMNS[2] + _COLUMNS[3]) * level.quantity / largest)
        ground = mixed(ink, self._appearance.theme.raised, 0.16)
        painter.fillRect(self.width() - PANEL_PADDING - length, y + 1, length, ROW_DEPTH - 2, ground)
        total = sum(one.quantity for one in levels[: place + 1])
        if level.price in self._mine:
            painter.fillRect(1, y, 3, ROW_DEPTH, self._appearance.theme.own)
            painter.setFont(self._appearance.figures_at(SIZE_TABLE))
            painter.setPen(self._appearance.theme.own)
            painter.drawText(QRect(PANEL_PADDING, y, _COLUMNS[0], ROW_DEPTH), _RIGHT, "◆")
        self._row(painter, y, [name, price(level.price), quantity(level.quantity), quantity(total)], ink)

    def _row(self, painter: QPainter, y: int, texts: Sequence[str], ink: QColor, *, words: bool = False) -> None:
        look = self._appearance
        x = PANEL_PADDING
        for number, (text, width) in enumerate(zip(texts, _COLUMNS, strict=True)):
            painter.setFont(look.words_at(SIZE_NOTE) if words or number == 0 else look.figures_at(SIZE_TABLE))
            painter.setPen(ink if number == 1 else look.theme.dim if number in (0, 3) or words else look.theme.text)
            painter.drawText(QRect(x, y, width, ROW_DEPTH), _LEFT if number == 0 else _RIGHT, text)
            x += width
