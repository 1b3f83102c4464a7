"""The chain's two menus: what can be done with a contract, and which columns are shown."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QGuiApplication, QMouseEvent
from PySide6.QtWidgets import QMenu

from terminal.domain.accounts import PositionSide
from terminal.domain.contracts import Contract, Right
from terminal.domain.instructions import InstructionKind
from terminal.domain.orders import Side
from terminal.views.account.words import kind_words
from terminal.views.chain.columns import COLUMNS
from terminal.views.chain.words import word
from terminal.views.formatting import price

if TYPE_CHECKING:
    from terminal.views.chain.view import ChainView

Entry = tuple[str, str, Callable[[], object]] | None


class _ColumnMenu(QMenu):
    """Stays open while columns are ticked: whoever chooses chooses several."""

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click on what can be ticked ticks it and no more."""
        # None between entries, whatever the stubs say
        action = cast("QAction | None", self.activeAction())
        if action is not None and action.isCheckable() and event.button() is Qt.MouseButton.LeftButton:
            action.trigger()
        else:
            super().mouseReleaseEvent(event)


def contract_menu(view: "ChainView", contract: Contract) -> QMenu:
    """What can be done with a contract; the prices are those of the moment it opens."""
    bid, ask = (price(units) for units in view.best_prices(contract))
    quoted = view.own_prices.are_in(contract)
    entries: list[Entry] = [
        (f"{word('Buy at the ask')} {ask}", "B", lambda: view.seed(contract, Side.BUY, at_ask=True)),
        (f"{word('Sell at the bid')} {bid}", "S", lambda: view.seed(contract, Side.SELL, at_ask=False)),
        (f"{word('Join the bid')} {bid}", "", lambda: view.seed(contract, Side.BUY, at_ask=False)),
        (f"{word('Join the ask')} {ask}", "", lambda: view.seed(contract, Side.SELL, at_ask=True)),
        None,
        (word("Cancel my orders here"), "C", lambda: view.cancel_requested.emit(contract.code)),
        (word("Quote both sides"), "" if quoted else "Q", lambda: view.quote_wanted.emit(contract.code)),
        (word("Pull my quote"), "Q" if quoted else "", lambda: view.quote_pull_wanted.emit(contract.code)),
        *_instructions(view, contract),
        None,
        (word("Depth"), "Space", lambda: view.show_depth(contract)),
        (word("Copy contract code"), "", lambda: QGuiApplication.clipboard().setText(contract.code)),
        (word("Copy trading code"), "", lambda: QGuiApplication.clipboard().setText(contract.trading_code)),
        None,
        (word("Export the chain to CSV…"), "", view.export_wanted.emit),
    ]
    menu = _menu(view)
    for entry in entries:
        if entry is None:
            menu.addSeparator()
            continue
        text, key, act = entry
        # The key is written, not bound: the view itself handles it
        action = QAction(f"{text}\t{key}" if key else text, menu)
        action.triggered.connect(lambda _checked=False, act=act: act())
        menu.addAction(action)
    return menu


def _instructions(view: "ChainView", contract: Contract) -> list[Entry]:
    """What the account may begin with the contract: by the sides it holds; locking for every call."""
    call = contract.right is Right.CALL
    held = view.held_sides(contract)
    kinds: list[InstructionKind] = []
    if PositionSide.LONG in held:
        kinds += [InstructionKind.EXERCISE, *([InstructionKind.MERGED_EXERCISE] if call else [])]
    if held & {PositionSide.LONG, PositionSide.SHORT}:
        kinds.append(InstructionKind.COMBINE)
    if PositionSide.SHORT in held and call:
        kinds.append(InstructionKind.TO_COVERED)
    if PositionSide.COVERED in held:
        kinds.append(InstructionKind.TO_NAKED)
    entries: list[Entry] = [
        (f"{kind_words(kind)}…", "", partial(view.instruction_wanted.emit, kind, contract.code)) for kind in kinds
    ]
    if call:
        lock = InstructionKind.LOCK
        entries.append((f"{kind_words(lock)}…", "", partial(view.instruction_wanted.emit, lock, contract.underlying)))
    return [None, *entries] if entries else []


def column_menu(view: "ChainView") -> QMenu:
    """Which columns are shown; a drag of the header moves and widens them."""
    menu = _ColumnMenu(view)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    on_screen = {c.column.key for c in view.chain.columns}
    for key, visible, _ in view.column_layout():
        column = COLUMNS[key]
        room = f"  ({word('no room')})" if visible and key not in on_screen else ""
        action = QAction(f"{word(column.name)}  {word(column.unit)}{room}", menu)
        action.setCheckable(True)
        action.setChecked(visible)
        action.toggled.connect(lambda on, key=key: view.toggle_column(key, on))
        menu.addAction(action)
    menu.addSeparator()
    reset = QAction(word("Columns as shipped"), menu)
    reset.triggered.connect(view.reset_columns)
    menu.addAction(reset)
    return menu


def _menu(view: "ChainView") -> QMenu:
    menu = QMenu(view)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    return menu
