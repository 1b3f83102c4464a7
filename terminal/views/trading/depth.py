"""The five-level book of one contract (五档行情), painted in one widget; a click on a level seeds an order.

Asks stand above bids with the last price between them. Own orders and quotes carry a cyan ◆ and their open quantity.
Short of height the rows are lower, the terms take one line and the phase stands beside the last price.
`flush` repaints only when the contract's row, its phase or an own order in it has changed.
"""

import math

from PySide6.QtCore import QEvent, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from terminal.domain.contracts import Contract
from terminal.domain.market_data import COLUMN_COUNT, DEPTH, PRICE_SCALE, Column
from terminal.domain.orders import Side
from terminal.domain.phases import Phase
from terminal.services.desk import Desk
from terminal.services.events import DayChanged, OrderChanged, OwnQuotesChanged, RecoveryFinished
from terminal.services.market_data import Level
from terminal.views.appearance import Appearance
from terminal.views.formatting import DASH, decimal_price, percent, price, quantity
from terminal.views.laid_texts import RIGHT, LaidTexts
from terminal.views.style_sheet import mixed
from terminal.views.texts import contract_name, words
from terminal.views.theme import CELL_PADDING, PANEL_PADDING, SIZE_BODY, SIZE_NOTE, SIZE_TABLE, SIZE_TITLE, ColourMode
from terminal.views.trading.depth_lines import FULL, NOTHING, SHORT, DepthSeen, OwnOrders, side_by_side
from terminal.views.trading.own_levels import own_levels

_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)


_NO_ROW = (0,) * COLUMN_COUNT
#: Between the word and the figure of a term
_TERM_GAP = 6


class DepthPanel(QWidget):
    """One contract's book. `price_chosen(code, side, price_units)`: an ask seeds a BUY, a bid a SELL."""

    price_chosen = Signal(str, object, int)

    def __init__(self, desk: Desk, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._appearance = appearance
        self._code = ""
        self._seen = NOTHING
        self._own: OwnOrders = {}
        self._own_stale = False
        self._lines = FULL
        self._lay_out_texts()
        self.setMinimumSize(214, SHORT.height)
        self.setMouseTracking(True)
        # It paints all of itself: nothing behind it need be painted first
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        desk.bus.subscribe(OrderChanged, self._on_order)
        desk.bus.subscribe(OwnQuotesChanged, self._on_own_quotes)
        for event in (DayChanged, RecoveryFinished):
            desk.bus.subscribe(event, self._on_reset)
        appearance.changed.connect(self._take_appearance)
        self._name()

    def sizeHint(self) -> QSize:
        """Two times five levels with what stands above, between and below."""
        return QSize(300, FULL.height)

    @property
    def code(self) -> str:
        """The contract shown; empty for none."""
        return self._code

    def show_contract(self, code: str) -> None:
        """Show another contract; an unknown code shows an empty book."""
        if code != self._code:
            self._code = code
            self._own_stale = True
            self.flush()

    def flush(self) -> None:
        """Repaint if anything of the picture has changed."""
        if self._own_stale:
            self._own_stale = False
            self._own = self._own_orders()
        seen = self._look()
        if seen != self._seen:
            before, self._seen = self._seen, seen
            for (area, look), (_, old) in zip(self._parts(seen), self._parts(before), strict=True):
                if look != old:
                    self.update(area)

    def own_quantity(self, side: Side, price_units: int) -> int:
        """Open quantity of own orders and quotes at a price, as shown."""
        return self._seen.own.get((side, price_units), 0)

    def level_at(self, y: int) -> tuple[Side, Level] | None:
        """The level shown at a height: the side of the book it stands on and the level; None where there is none."""
        for side, top, levels in (
            (Side.SELL, self._lines.asks, self._seen.asks),
            (Side.BUY, self._lines.bids, self._seen.bids),
        ):
            place = (y - top) // self._lines.row
            if 0 <= place < DEPTH:
                number = DEPTH - 1 - place if side is Side.SELL else place
                return (side, levels[number]) if number < len(levels) else None
        return None

    # ---- Qt's side

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lower rows where there is little room."""
        self._lines = FULL if event.size().height() >= FULL.height else SHORT
        super().resizeEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Seed an order on the other side of the level."""
        hit = self.level_at(event.position().toPoint().y())
        if hit is not None and event.button() == Qt.MouseButton.LeftButton:
            side, level = hit
            self.price_chosen.emit(self._code, side.opposite, level.price)
        else:
            super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """The hand shows what can be clicked."""
        hit = self.level_at(event.position().toPoint().y())
        self.setCursor(Qt.CursorShape.PointingHandCursor if hit else Qt.CursorShape.ArrowCursor)

    def changeEvent(self, event: QEvent) -> None:
        """Words are painted anew in another language."""
        if event.type() == QEvent.Type.LanguageChange:
            self._name()
            self.update()
        super().changeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Title, terms, asks from the fifth down to the best, last, bids, phase."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._appearance.theme.panel)
        contract = self._seen.contract
        if contract is None:
            painter.setFont(self._appearance.words)
            painter.setPen(self._appearance.theme.dim)
            painter.drawText(self.rect(), int(Qt.AlignmentFlag.AlignCenter), self.tr("No contract chosen"))
        else:
            region, lines = event.region(), self._lines
            if region.intersects(self._band(0, lines.asks)):
                self._paint_head(painter, contract)
            if region.intersects(self._band(lines.last, lines.strip)):
                self._paint_last(painter, contract)
            for side in (Side.SELL, Side.BUY):
                for number in range(DEPTH):
                    if region.intersects(self._level_band(side, number)):
                        self._paint_level(painter, side, number, contract)
            if lines.foot and region.intersects(self._band(lines.phase, lines.foot)):
                self._paint_phase(painter)
        painter.end()

    # ---- what it shows

    def _look(self) -> DepthSeen:
        market = self._desk.market
        contract = market.contract(self._code)
        if contract is None:
            return NOTHING
        row = tuple(market.quotes[market.row_of[self._code]].tolist())
        phase = market.phase_of(self._code)
        return DepthSeen(contract, row, market.bids(self._code), market.asks(self._code), self._own, phase)

    def _parts(self, seen: DepthSeen) -> list[tuple[QRect, object]]:
        """Every band of the picture with what it is made of: a band alone is repainted while the rest stands."""
        lines, contract, phase = self._lines, seen.contract, seen.phase
        row = seen.row or _NO_ROW
        prices = row[Column.LAST], row[Column.AUCTION_PRICE], row[Column.AUCTION_QUANTITY]
        parts: list[tuple[QRect, object]] = [
            (self._band(0, lines.asks), (contract, row[Column.OPEN_INTEREST])),
            (self._band(lines.last, lines.strip), (contract, phase, prices)),
            (self._band(lines.phase, lines.foot), (contract, phase, row[Column.VOLUME])),
        ]
        most = seen.most
        for side, levels in ((Side.SELL, seen.asks), (Side.BUY, seen.bids)):
            for number in range(DEPTH):
                level = levels[number] if number < len(levels) else None
                own = seen.own.get((side, level.price)) if level is not None else None
                parts.append((self._level_band(side, number), (contract, level, own, most if level else 0)))
        return parts

    def _band(self, top: int, height: int) -> QRect:
        return QRect(0, top, self.width(), height)

    def _level_band(self, side: Side, number: int) -> QRect:
        lines = self._lines
        top = lines.asks + (DEPTH - 1 - number) * lines.row if side is Side.SELL else lines.bids + number * lines.row
        return self._band(top, lines.row)

    def _own_orders(self) -> OwnOrders:
        mine = own_levels(self._desk, self._code)
        return {(side, units): own.left for side, there in mine.items() for units, own in there.items()}

    def _on_order(self, event: OrderChanged) -> None:
        self._own_stale = self._own_stale or event.order.contract_code == self._code

    def _on_own_quotes(self, event: OwnQuotesChanged) -> None:
        self._own_stale = self._own_stale or self._code in event.contract_codes

    def _on_reset(self, _: object) -> None:
        self._own_stale = True

    def _take_appearance(self) -> None:
        self._lay_out_texts()
        self.update()

    def _lay_out_texts(self) -> None:
        """Fonts of what the levels say: it changes several times a second, and the same few figures come again."""
        look = self._appearance
        self._labels = LaidTexts(look.words_at(SIZE_NOTE))
        self._figures = LaidTexts(look.figures_at(SIZE_BODY))
        self._best = LaidTexts(look.figures_at(SIZE_BODY, bold=True))

    def _name(self) -> None:
        self.setAccessibleName(self.tr("Depth"))
        self.setToolTip(self.tr("Click an ask to prepare a buy, a bid to prepare a sell"))

    # ---- painting

    def _paint_head(self, painter: QPainter, contract: Contract) -> None:
        look, theme = self._appearance, self._appearance.theme
        inner = self.width() - 2 * PANEL_PADDING
        lines = self._lines
        title = QRect(PANEL_PADDING, 0, inner, lines.title)
        painter.setFont(look.words_at(SIZE_TITLE, bold=True))
        painter.setPen(theme.text)
        name = contract_name(contract, self._desk.market)
        painter.drawText(title, _LEFT, name)
        used = painter.fontMetrics().horizontalAdvance(name) + PANEL_PADDING
        painter.setFont(look.figures_at(SIZE_TABLE))
        painter.setPen(theme.dim)
        painter.drawText(title.adjusted(used, 0, 0, 0), _LEFT, contract.code)
        row = self._seen.row
        held = quantity(row[Column.OPEN_INTEREST]) if row else DASH
        tick = contract.tick_size
        terms = [
            (self.tr("Unit"), quantity(contract.multiplier), theme.text_2),
            (self.tr("Open interest"), held, theme.text_2),
            (self.tr("Limit up"), decimal_price(contract.limit_up, tick), look.up),
            (self.tr("Limit down"), decimal_price(contract.limit_down, tick), look.down),
        ]
        if lines.terms == 1:
            # How much is open can be read in the chain; the day's limits are what a price must stay within
            del terms[1]
            lefts = side_by_side(
                [self._term_width(label, figure) for label, figure, _ in terms], inner, 2 * CELL_PADDING
            )
            places = [(x, lines.title) for x in lefts]
            terms = terms[-len(lefts) :]
        else:
            places = [(x, lines.title + y * lines.row) for y in range(lines.terms) for x in (0, inner // 2)]
        for (x, y), (label, figure, ink) in zip(places, terms, strict=True):
            self._term(painter, QRect(PANEL_PADDING + x, y, inner - x, lines.row), label, figure, ink)

    def _term_width(self, label: str, figure: str) -> int:
        words, figures = self._appearance.words_at(SIZE_NOTE), self._appearance.figures_at(SIZE_TABLE)
        word, number = QFontMetrics(words).horizontalAdvance(label), QFontMetrics(figures).horizontalAdvance(figure)
        return word + _TERM_GAP + number

    def _term(self, painter: QPainter, area: QRect, label: str, figure: str, ink: QColor) -> None:
        painter.setFont(self._appearance.words_at(SIZE_NOTE))
        painter.setPen(self._appearance.theme.dim)
        painter.drawText(area, _LEFT, label)
        used = painter.fontMetrics().horizontalAdvance(label) + _TERM_GAP
        painter.setFont(self._appearance.figures_at(SIZE_TABLE))
        painter.setPen(ink)
        painter.drawText(area.adjusted(used, 0, 0, 0), _LEFT, figure)

    def _paint_level(self, painter: QPainter, side: Side, number: int, contract: Contract) -> None:
        asks = side is Side.SELL
        levels = self._seen.asks if asks else self._seen.bids
        most = self._seen.most
        ink = self._appearance.ask if asks else self._appearance.bid
        label = self.tr("Ask") if asks else self.tr("Bid")
        y = self._level_band(side, number).y()
        look, theme = self._appearance, self._appearance.theme
        painter.setPen(theme.dim)
        self._labels.draw(painter, QRect(PANEL_PADDING, y, 40, self._lines.row), f"{label}{number + 1}")
        figures = self._best if number == 0 else self._figures
        right = self.width() - PANEL_PADDING
        height = self._lines.row
        price_area = QRect(PANEL_PADDING + 36, y, 62, height)
        size_area = QRect(right - 70, y, 70 - CELL_PADDING, height)
        if number >= len(levels):
            painter.setPen(theme.dim)
            figures.draw(painter, price_area, DASH, RIGHT)
            figures.draw(painter, size_area, DASH, RIGHT)
            return
        level = levels[number]
        longest = max(60, right - price_area.right() - 2 * PANEL_PADDING)
        length = round(longest * math.log1p(level.quantity) / math.log1p(most)) if most else 0
        painter.fillRect(QRect(right - length, y + 1, length, height - 2), mixed(ink, theme.panel, 0.15))
        own = self._seen.own.get((side, level.price), 0)
        if own:
            painter.fillRect(QRect(0, y, 3, height), theme.own)
            painter.setPen(theme.own)
            figures.draw(painter, QRect(price_area.right() + 8, y, 80, height), f"◆{quantity(own)}")
        by_change = look.colour_of(_change(level.price, contract))
        painter.setPen(ink if look.mode is ColourMode.BY_SIDE else by_change)
        figures.draw(painter, price_area, price(level.price), RIGHT)
        painter.setPen(theme.text)
        figures.draw(painter, size_area, quantity(level.quantity), RIGHT)

    def _paint_last(self, painter: QPainter, contract: Contract) -> None:
        look, theme = self._appearance, self._appearance.theme
        strip = QRect(0, self._lines.last, self.width(), self._lines.strip)
        painter.fillRect(strip, theme.raised)
        auction = self._seen.phase.is_auction
        units = self._seen.row[Column.AUCTION_PRICE if auction else Column.LAST] if self._seen.row else 0
        change = _change(units, contract) if units else 0.0
        inner = strip.adjusted(PANEL_PADDING, 0, -PANEL_PADDING, 0)
        painter.setFont(look.figures_at(SIZE_TITLE + 1, bold=True))
        painter.setPen(look.colour_of(change) if units else theme.dim)
        text = price(units)
        painter.drawText(inner, _LEFT, text)
        used = painter.fontMetrics().horizontalAdvance(text) + PANEL_PADDING
        if units:
            painter.setFont(look.figures_at(SIZE_TABLE))
            painter.drawText(inner.adjusted(used, 0, 0, 0), _LEFT, f"{look.glyph(change)}{percent(abs(change))}")
        painter.setFont(look.words_at(SIZE_NOTE))
        painter.setPen(theme.warn if auction else theme.dim)
        if auction:
            matched = self._seen.row[Column.AUCTION_QUANTITY]
            note = self.tr("Virtual price, matched {quantity}").format(quantity=quantity(matched) if units else DASH)
        elif not self._lines.foot and self._seen.phase is not Phase.CONTINUOUS:
            painter.setPen(theme.critical if self._seen.phase is Phase.HALTED else theme.dim)
            note = words(self._seen.phase)
        else:
            settled = decimal_price(contract.previous_settlement, contract.tick_size)
            note = self.tr("Prev. settl. {price}").format(price=settled)
        painter.drawText(inner, _RIGHT, note)

    def _paint_phase(self, painter: QPainter) -> None:
        theme, phase = self._appearance.theme, self._seen.phase
        top = self._lines.phase
        area = QRect(PANEL_PADDING, top, self.width() - 2 * PANEL_PADDING, self._lines.foot)
        painter.fillRect(QRect(0, top, self.width(), 1), theme.grid)
        painter.setFont(self._appearance.words_at(SIZE_NOTE))
        painter.setPen(theme.ok if phase is Phase.CONTINUOUS else theme.warn if phase.is_auction else theme.dim)
        if phase is Phase.HALTED:
            painter.setPen(theme.critical)
        painter.drawText(area, _LEFT, words(phase))
        volume = quantity(self._seen.row[Column.VOLUME]) if self._seen.row else DASH
        painter.setPen(theme.dim)
        painter.drawText(area, _RIGHT, self.tr("Volume {quantity}").format(quantity=volume))


def _change(units: int, contract: Contract) -> float:
    """Against the previous settlement, the change base of options."""
    base = float(contract.previous_settlement) * PRICE_SCALE
    return units / base - 1 if base > 0 else 0.0
