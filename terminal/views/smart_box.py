"""The smart box (键盘精灵): type anywhere, pick what was meant, and the whole desk turns to it.

The list of matches is a child of the window, so the keyboard stays in the box and nothing ever steals the focus.
"""

from PySide6.QtCore import QEvent, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QLineEdit, QListWidget, QListWidgetItem, QWidget

from terminal.domain.market_data import Column
from terminal.services.contract_search import MAX_TEXT, Match, MatchKind, search
from terminal.services.market_data import MarketData
from terminal.views import texts
from terminal.views.appearance import Appearance
from terminal.views.formatting import price

_ROW_HEIGHT = 24
_LIST_WIDTH = 380
_LIST_ROWS = 12
_KEY_MODIFIERS = (
    Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier
)


class SmartBox(QLineEdit):
    """A search field over the instruments of the day."""

    contract_chosen = Signal(str)
    underlying_chosen = Signal(str)

    def __init__(self, market: MarketData, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._market = market
        self._appearance = appearance
        self._matches: list[Match] = []
        self._list: QListWidget | None = None
        self.setMaxLength(MAX_TEXT)
        self.setClearButtonEnabled(False)
        self.textEdited.connect(self._look_up)
        self._retranslate()

    # ---- typing anywhere

    def takes(self, event: QKeyEvent) -> bool:
        """Whether a key that nobody wanted begins a search here; if so it is taken."""
        text = event.text()
        if event.modifiers() & _KEY_MODIFIERS or len(text) != 1 or not text.isalnum():
            return False
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.setText(text)
        self._look_up(text)
        return True

    @property
    def matches(self) -> list[Match]:
        """What the text fits, best first."""
        return list(self._matches)

    def choose(self, match: Match) -> None:
        """Turn the desk to a match and leave the box."""
        self._leave()
        if match.kind is MatchKind.CONTRACT:
            self.contract_chosen.emit(match.code)
        else:
            self.underlying_chosen.emit(match.code)

    # ---- Qt's side

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up and down walk the list, Enter picks, Esc gives up."""
        key = event.key()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._take(self._list.currentRow() if self._list is not None else -1)
        elif key in (Qt.Key.Key_Down, Qt.Key.Key_Up) and self._list is not None and self._matches:
            step = 1 if key == Qt.Key.Key_Down else -1
            self._list.setCurrentRow((self._list.currentRow() + step) % len(self._matches))
        elif key == Qt.Key.Key_Escape:
            self._leave()
        else:
            super().keyPressEvent(event)

    def _take(self, place: int) -> None:
        if 0 <= place < len(self._matches):
            self.choose(self._matches[place])

    def _leave(self) -> None:
        """Empty the box and give the keyboard back to the window, which hands it to the chain."""
        self.clear()
        self._close_list()
        self.clearFocus()
        self.window().setFocus(Qt.FocusReason.OtherFocusReason)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """The list goes with the focus."""
        self._close_list()
        super().focusOutEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The list stays below the box."""
        super().resizeEvent(event)
        self._place_list()

    def changeEvent(self, event: QEvent) -> None:
        """Words in another language."""
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    # ---- inside

    def _look_up(self, text: str) -> None:
        self._matches = search(text, self._market, _LIST_ROWS)
        if not text.strip():
            self._close_list()
            return
        shown = self._list or self._make_list()
        shown.clear()
        if not self._matches:
            # A list that is away looks like one that has not come yet
            nothing = QListWidgetItem(self.tr("Nothing listed fits"))
            nothing.setFlags(Qt.ItemFlag.NoItemFlags)
            nothing.setSizeHint(QSize(0, _ROW_HEIGHT))
            shown.addItem(nothing)
        for match in self._matches:
            item = QListWidgetItem(self._line(match))
            item.setSizeHint(QSize(0, _ROW_HEIGHT))
            shown.addItem(item)
        shown.setCurrentRow(0 if self._matches else -1)
        self._place_list()
        shown.raise_()
        shown.show()

    def _place_list(self) -> None:
        if self._list is not None:
            at = self.mapTo(self.window(), QPoint(0, self.height() + 2))
            height = max(1, len(self._matches)) * _ROW_HEIGHT + 4
            self._list.setGeometry(at.x(), at.y(), max(_LIST_WIDTH, self.width()), height)

    def _make_list(self) -> QListWidget:
        self._list = made = QListWidget(self.window())
        made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        made.setFrameShape(QFrame.Shape.Box)
        made.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        made.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        made.setUniformItemSizes(True)
        made.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        made.setFont(self._appearance.figures)
        made.itemClicked.connect(lambda _item: self._take(made.currentRow()))
        return made

    def _line(self, match: Match) -> str:
        """Columns in a font of one width: name, code, last price."""
        row = self._market.row_of.get(match.code)
        last = int(self._market.quotes[row, Column.LAST]) if row is not None else 0
        contract = self._market.contract(match.code)
        if contract is not None:
            name = texts.contract_name(contract, self._market)
            return f"{name}   {contract.code}   {price(last, 4)}"
        underlying = self._market.underlying(match.code)
        name = texts.underlying_name(underlying) if underlying is not None else ""
        return f"{name}   {match.code}   {price(last, 3)}"

    def _close_list(self) -> None:
        if self._list is not None:
            self._list.hide()

    def _retranslate(self) -> None:
        self.setPlaceholderText(self.tr("Code or 50 C 12 2.5"))
        self.setToolTip(self.tr("Type anywhere: 510050, 50, an 8-digit code, a trading code, or 50 C 2612 3.0"))
        self.setAccessibleName(self.tr("Find a contract"))
