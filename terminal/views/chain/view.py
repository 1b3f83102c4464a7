"""The chain under the hand: clicks, keys, menu and the depth pop-up. It asks by signals and never trades by itself.

Clicking the ask starts a buy and clicking the bid a sell; with Shift the order joins that side instead, with Ctrl it is
a leg of the basket. Every click has a key. Nothing here takes the keyboard focus by itself.
"""

from collections.abc import Callable
from math import log, sqrt

from PySide6.QtCore import QEvent, QModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QFocusEvent, QGuiApplication, QHelpEvent, QHideEvent, QKeyEvent, QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractScrollArea, QToolTip, QWidget

from terminal.domain.accounts import PositionSide
from terminal.domain.contracts import Contract
from terminal.domain.market_data import PRICE_SCALE, Column
from terminal.domain.orders import Side
from terminal.pricing.time_to_expiry import years_to_expiry
from terminal.services.desk import Desk
from terminal.services.valuation import Valuation
from terminal.views.appearance import Appearance
from terminal.views.chain.columns import default_layout, with_visible
from terminal.views.chain.cursor import ChainCursor
from terminal.views.chain.depth import DepthPopup
from terminal.views.chain.menus import column_menu, contract_menu
from terminal.views.chain.model import ChainModel
from terminal.views.chain.own import OwnBook
from terminal.views.chain.own_prices import OwnPrices
from terminal.views.chain.words import word
from terminal.views.formatting import MINUS

_BID_KEYS, _ASK_KEYS = frozenset({"bid", "bid_quantity"}), frozenset({"ask", "ask_quantity"})
_DEPTH_KEYS = _BID_KEYS | _ASK_KEYS | {"last", "my_bid", "my_ask"}
_Key = Qt.Key
_ARROWS = {_Key.Key_Up: (-1, 0), _Key.Key_Down: (1, 0), _Key.Key_Left: (0, -1), _Key.Key_Right: (0, 1)}


class ChainView(ChainCursor):
    """The T-chain of one series with everything a user does in it."""

    order_seeded = Signal(str, object, int)
    """Contract code, Side, price in 0.0001 yuan: fill the ticket, send nothing"""
    leg_wanted = Signal(str, object)
    """Contract code, Side: a leg of the basket"""
    cancel_requested = Signal(str)
    """Cancel my working orders in this contract"""
    quote_toggled = Signal(str)
    """Quote both sides of this contract as drafted, or pull our quote there"""
    quote_wanted = Signal(str)
    quote_pull_wanted = Signal(str)
    own_price_stepped = Signal(str, object, int)
    """Contract code, Side of our quote there, ticks up"""
    instruction_wanted = Signal(object, str)
    """An InstructionKind, and the contract or the underlying it begins with"""
    strike_activated = Signal(str, str)
    """Codes of the call and the put of a strike, empty for a missing twin"""
    expiry_stepped = Signal(int)
    """-1 for the series before, +1 for the one after"""
    filter_requested = Signal()
    layout_changed = Signal()
    export_wanted = Signal()

    def __init__(
        self,
        desk: Desk,
        valuation: Valuation,
        own: OwnBook,
        appearance: Appearance,
        monotonic: Callable[[], float],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(ChainModel(desk.market, valuation, own), appearance, monotonic, parent)
        self._desk = desk
        self.depth_popup = DepthPopup(desk.market, own, appearance, self)
        self.own_prices = OwnPrices(self.chain, own, desk.market)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._open_menu)
        self.head.customContextMenuRequested.connect(self._open_column_menu)
        self.clicked.connect(self._on_clicked)
        self.doubleClicked.connect(self._on_double_clicked)
        self._name()

    # ---- what others ask

    def flush(self) -> None:
        """Show what has changed, the pop-up included."""
        super().flush()
        self.depth_popup.flush()

    # ---- keys

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab changes from calls to puts; Shift+Tab leaves the chain as everywhere."""
        return False if forward else super().focusNextPrevChild(forward)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Take the focus without choosing a contract: Qt's table would put its cursor on the first cell."""
        QAbstractScrollArea.focusInEvent(self, event)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Draw the cursor fainter."""
        super().focusOutEvent(event)
        self.viewport().update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Handle the chain's keys; any other goes on to the window, where it opens the smart box."""
        key = _Key(event.key())
        if key is _Key.Key_Q and event.isAutoRepeat():
            # F80: held down it would quote and pull in turn
            return
        if key in (_Key.Key_Return, _Key.Key_Enter) and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            # F80: held down it would be many legs
            if event.isAutoRepeat() or not self._want_leg(self.currentIndex()):
                event.ignore()
            return
        plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
        if not plain or not self._act(key, event.text()):
            event.ignore()

    def _act(self, key: Qt.Key, text: str) -> bool:
        contract = self.current_contract
        if key in _ARROWS:
            self._step(*_ARROWS[key])
        elif key is _Key.Key_Tab:
            self._switch_half()
        elif key in (_Key.Key_PageUp, _Key.Key_PageDown):
            self.expiry_stepped.emit(-1 if key is _Key.Key_PageUp else 1)
        elif key is _Key.Key_Home:
            self._go_to(self.chain.at_the_money_row, self._current_column())
            self.scroll_to_at_the_money()
        elif text == "/":
            self.filter_requested.emit()
        elif contract is None:
            return False
        elif key is _Key.Key_Space:
            self._pin_depth(contract)
        elif key in (_Key.Key_B, _Key.Key_S):
            self._take(contract, Side.BUY if key is _Key.Key_B else Side.SELL)
        elif key is _Key.Key_C:
            self.cancel_requested.emit(contract.code)
        elif key is _Key.Key_Q:
            self.quote_toggled.emit(contract.code)
        elif key in (_Key.Key_Return, _Key.Key_Enter):
            return self._seed_from(self.currentIndex(), join=False)
        elif key is _Key.Key_Escape and self.depth_popup.isVisible():
            self.depth_popup.pinned = False
            self.depth_popup.hide()
        else:
            return False
        return True

    # ---- mouse

    def _on_clicked(self, index: QModelIndex) -> None:
        held = QGuiApplication.keyboardModifiers()
        if held & Qt.KeyboardModifier.ControlModifier:
            self._want_leg(index)
            return
        self._seed_from(index, join=bool(held & Qt.KeyboardModifier.ShiftModifier))

    def _want_leg(self, index: QModelIndex) -> bool:
        """A leg against the side of the book that lies there."""
        contract = self.chain.contract_at(index.row(), index.column()) if index.isValid() else None
        key = self.chain.columns[index.column()].column.key if index.isValid() else ""
        if contract is None or key not in _BID_KEYS | _ASK_KEYS:
            return False
        self.leg_wanted.emit(contract.code, Side.BUY if key in _ASK_KEYS else Side.SELL)
        return True

    def _seed_from(self, index: QModelIndex, *, join: bool) -> bool:
        contract = self.chain.contract_at(index.row(), index.column())
        key = self.chain.columns[index.column()].column.key
        if contract is None or key not in _BID_KEYS | _ASK_KEYS:
            return False
        taken = Side.BUY if key in _ASK_KEYS else Side.SELL
        if join:
            return self.seed(contract, taken.opposite, at_ask=key in _ASK_KEYS)
        return self._take(contract, taken)

    def _take(self, contract: Contract, side: Side) -> bool:
        """Start an order against the other side of the book."""
        return self.seed(contract, side, at_ask=side is Side.BUY)

    def seed(self, contract: Contract, side: Side, *, at_ask: bool) -> bool:
        """Start an order at the best ask or bid; without one the ticket still opens, its price 0 for none."""
        bid, ask = self.best_prices(contract)
        self.order_seeded.emit(contract.code, side, ask if at_ask else bid)
        return True

    def best_prices(self, contract: Contract) -> tuple[int, int]:
        """Best bid and ask in 0.0001 yuan, 0 for none; in an auction without a book the indicative price."""
        market = self.chain.market
        quote = market.quotes[market.row_of[contract.code]]
        bid, ask = int(quote[Column.BID_PRICE]), int(quote[Column.ASK_PRICE])
        return (bid, ask) if bid or ask else (int(quote[Column.AUCTION_PRICE]),) * 2

    def _on_double_clicked(self, index: QModelIndex) -> None:
        position = self.chain.line_of_row(index.row())
        series = self.chain.series
        if series is None or position is None or self.chain.columns[index.column()].right is not None:
            return
        line = self.chain.lines[position]
        call, put = series.calls[line], series.puts[line]
        self.strike_activated.emit(call.code if call else "", put.code if put else "")

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Middle click asks to cancel what is mine there; on a price of our quote, to pull the quote alone."""
        super().mousePressEvent(event)
        if event.button() is Qt.MouseButton.MiddleButton:
            index = self.indexAt(event.position().toPoint())
            contract = self.chain.contract_at(index.row(), index.column()) if index.isValid() else None
            if contract is not None and self.own_prices.at(index) is not None:
                self.quote_pull_wanted.emit(contract.code)
            elif contract is not None:
                self.cancel_requested.emit(contract.code)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """On a price of our own quote the wheel moves that side by ticks; anywhere else it scrolls."""
        mine, turned = self.own_prices.at(self.indexAt(event.position().toPoint())), event.angleDelta().y()
        if mine is None or not turned or event.modifiers() != Qt.KeyboardModifier.NoModifier:
            super().wheelEvent(event)
            return
        ticks = self.own_prices.turned(*mine, turned)
        if ticks:
            self.own_price_stepped.emit(mine[0].code, mine[1], ticks)
        event.accept()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Close the pop-up when the mouse leaves its contract."""
        super().mouseMoveEvent(event)
        if self.depth_popup.isVisible():
            index = self.indexAt(event.position().toPoint())
            if not index.isValid() or self.chain.contract_at(index.row(), index.column()) != self.depth_popup.contract:
                self.depth_popup.dismiss()

    def viewportEvent(self, event: QEvent) -> bool:
        """Open the depth pop-up where Qt would show a tool tip, close it when the mouse leaves."""
        if event.type() is QEvent.Type.Leave:
            self.depth_popup.dismiss()
        if isinstance(event, QHelpEvent) and event.type() is QEvent.Type.ToolTip:
            self._hover(self.indexAt(event.pos()), event.globalPos())
            return True
        return bool(super().viewportEvent(event))

    def hideEvent(self, event: QHideEvent) -> None:
        """Take the pop-up along."""
        self.depth_popup.pinned = False
        self.depth_popup.hide()
        super().hideEvent(event)

    def held_sides(self, contract: Contract) -> set[PositionSide]:
        """The sides of a contract on which the account holds something."""
        found = ((side, self._desk.portfolio.position(contract.code, side)) for side in PositionSide)
        return {side for side, position in found if position is not None and position.quantity}

    def _hover(self, index: QModelIndex, at: QPoint) -> None:
        if not index.isValid():
            return
        cell = self.chain.columns[index.column()]
        contract = self.chain.contract_at(index.row(), index.column())
        if cell.right is None:
            QToolTip.showText(at, self._distance_text(index.row()), self)
        elif contract is not None and cell.column.key in _DEPTH_KEYS and not self.depth_popup.pinned:
            self.depth_popup.open_for(contract, at + QPoint(14, 14))

    def _distance_text(self, row: int) -> str:
        """How far a strike lies from the underlying, in per cent and in standard deviations to expiry."""
        position, series, spot = self.chain.line_of_row(row), self.chain.series, self.chain.spot
        if position is None or series is None or not spot.price:
            return ""
        strike = float(series.strikes[self.chain.lines[position]])
        share = strike / (spot.price / PRICE_SCALE) - 1
        text = f"{_sign(share)}{abs(share):.1%}"
        years = years_to_expiry(self._desk.clock.now(), series.expiry)
        if spot.atm_volatility and spot.forward and years > 0:
            deviation = spot.atm_volatility / PRICE_SCALE * sqrt(years)
            distance = log(strike * PRICE_SCALE / spot.forward) / deviation
            text += f"   {_sign(distance)}{abs(distance):.2f} σ"
        return text

    def _pin_depth(self, contract: Contract) -> None:
        if self.depth_popup.pinned and self.depth_popup.contract == contract:
            self.depth_popup.pinned = False
            self.depth_popup.hide()
            return
        area = self.visualRect(self.currentIndex())
        self.depth_popup.pinned = True
        self.depth_popup.open_for(contract, self.viewport().mapToGlobal(area.bottomRight()))

    def show_depth(self, contract: Contract) -> None:
        """Put the cursor on a contract and pin its book."""
        self.select(contract)
        self._pin_depth(contract)

    # ---- menus

    def _open_menu(self, at: QPoint) -> None:
        index = self.indexAt(at)
        contract = self.chain.contract_at(index.row(), index.column()) if index.isValid() else None
        if contract is not None:
            contract_menu(self, contract).popup(self.viewport().mapToGlobal(at))

    def _open_column_menu(self, at: QPoint) -> None:
        column_menu(self).popup(self.head.mapToGlobal(at))

    def toggle_column(self, key: str, visible: bool) -> None:
        """Show or hide a column as the user says."""
        self.set_column_layout(with_visible(self.column_layout(), key, visible))
        self.layout_changed.emit()

    def reset_columns(self) -> None:
        """Back to the columns as shipped."""
        self.set_column_layout(default_layout(self.column_set))
        self.layout_changed.emit()

    def _settle_drag(self) -> None:
        before = self.column_layout()
        super()._settle_drag()
        if self.column_layout() != before:
            self.layout_changed.emit()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self._name()

    def _name(self) -> None:
        self.setAccessibleName(word("Option chain"))
        self.setAccessibleDescription(
            word("Arrows move, Tab changes from calls to puts, Page Up and Page Down change the expiry")
        )


def _sign(value: float) -> str:
    return MINUS if value < 0 else "+"
