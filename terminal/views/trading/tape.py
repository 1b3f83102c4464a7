"""The newest trades of one contract (逐笔成交), painted: time, price coloured by the aggressor, size, who came.

Newest first; as many as fit. A trade of an auction has no aggressor and keeps the colour of text. A narrow tape leaves
it to the colour who came.
"""

from PySide6.QtCore import QEvent, QRect, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from terminal.domain.messages import TradePrint
from terminal.domain.orders import Side
from terminal.services.desk import Desk
from terminal.services.events import DayChanged, TradesPrinted
from terminal.views.appearance import Appearance
from terminal.views.formatting import DASH, clock, price, quantity
from terminal.views.texts import words
from terminal.views.theme import CELL_PADDING, PANEL_PADDING, ROW_DEPTH, ROW_HEADER, SIZE_NOTE, SIZE_TABLE

#: Width below which who came is not spelt out, and the least that shows the rest
_NARROW, NARROWEST = 180, 132
_TIME, _BY = 64, 36
_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)


class TapePanel(QWidget):
    """One contract's tape; `flush` repaints when it has traded."""

    def __init__(self, desk: Desk, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._appearance = appearance
        self._code = ""
        self._stale = False
        self.trades: tuple[TradePrint, ...] = ()
        """What is shown, newest first"""
        self.setMinimumSize(NARROWEST, ROW_HEADER + 3 * ROW_DEPTH)
        desk.bus.subscribe(TradesPrinted, self._on_trades)
        desk.bus.subscribe(DayChanged, self._on_day)
        appearance.changed.connect(self.update)
        self.setAccessibleName(self.tr("Tape"))

    def sizeHint(self) -> QSize:
        """Room for ten trades."""
        return QSize(300, ROW_HEADER + 10 * ROW_DEPTH)

    def show_contract(self, code: str) -> None:
        """Show another contract; an unknown code shows an empty tape."""
        if code != self._code:
            self._code = code
            self._stale = True
            self.flush()

    def flush(self) -> None:
        """Take over what has traded since."""
        if not self._stale:
            return
        self._stale = False
        trades = self._desk.market.tape(self._code)[::-1]
        if trades != self.trades:
            self.trades = trades
            self.update()

    def changeEvent(self, event: QEvent) -> None:
        """Words are painted anew in another language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.setAccessibleName(self.tr("Tape"))
            self.update()
        super().changeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """A heading and one row per trade."""
        painter = QPainter(self)
        look, theme = self._appearance, self._appearance.theme
        painter.fillRect(self.rect(), theme.panel)
        painter.fillRect(QRect(0, 0, self.width(), ROW_HEADER), theme.raised)
        painter.setFont(look.words_at(SIZE_NOTE))
        headings = (self.tr("Time"), self.tr("Price"), self.tr("Size"), self.tr("By"))
        self._row(painter, 0, ROW_HEADER, headings, (theme.dim, theme.dim, theme.dim, theme.dim))
        room = max(0, self.height() - ROW_HEADER) // ROW_DEPTH
        painter.setFont(look.figures_at(SIZE_TABLE))
        for number, trade in enumerate(self.trades[:room]):
            ink, who = self._aggressor(trade)
            texts = clock(trade.at), price(trade.price), quantity(trade.quantity), who
            inks = theme.dim, ink, theme.text, ink
            self._row(painter, ROW_HEADER + number * ROW_DEPTH, ROW_DEPTH, texts, inks)
        if not self.trades:
            painter.setPen(theme.dim)
            area = self.rect().adjusted(0, ROW_HEADER, 0, 0)
            painter.setFont(look.words_at(SIZE_TABLE))
            painter.drawText(area, int(Qt.AlignmentFlag.AlignCenter), self.tr("No trades yet"))
        painter.end()

    def _aggressor(self, trade: TradePrint) -> tuple[QColor, str]:
        look = self._appearance
        if trade.aggressor == Side.BUY:
            return look.bid, words(Side.BUY)
        if trade.aggressor == Side.SELL:
            return look.ask, words(Side.SELL)
        return look.flat, DASH

    def _row(
        self, painter: QPainter, y: int, height: int, texts: tuple[str, str, str, str], inks: tuple[QColor, ...]
    ) -> None:
        inner = self.width() - 2 * PANEL_PADDING
        widths: tuple[int, ...]
        if self.width() < _NARROW:
            inner = self.width() - 2 * CELL_PADDING
            price_width = (inner - _TIME) * 3 // 5
            widths = _TIME - CELL_PADDING, price_width, inner - _TIME + CELL_PADDING - price_width
        else:
            size = (inner - _TIME - _BY) // 2
            widths = _TIME, size, size, _BY
        x = (self.width() - inner) // 2
        for number, (text, width, ink) in enumerate(zip(texts, widths, inks, strict=False)):
            painter.setPen(ink)
            painter.drawText(QRect(x, y, width, height), _LEFT if number == 0 else _RIGHT, text)
            x += width

    def _on_trades(self, event: TradesPrinted) -> None:
        row = self._desk.market.row_of.get(self._code, -1)
        if not self._stale and any(trade.instrument == row for trade in event.trades):
            self._stale = True

    def _on_day(self, _: DayChanged) -> None:
        self._stale = True
