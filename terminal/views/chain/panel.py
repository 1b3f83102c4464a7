"""The chain panel: which underlying, which expiry, which columns and strikes, and the chain itself.

The panel follows the desk (a new day's list, a contract chosen elsewhere) and is served by the frame timer's `flush`.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from terminal.services.desk import Desk
from terminal.services.events import DayChanged
from terminal.services.valuation import Valuation
from terminal.views.appearance import Appearance
from terminal.views.chain.bars import ChainBars
from terminal.views.chain.columns import ColumnSet, ColumnState
from terminal.views.chain.filters import ChainFilter, LineFilter, StrikeFilter
from terminal.views.chain.menus import column_menu
from terminal.views.chain.own import OwnBook
from terminal.views.chain.pace import ChainPace
from terminal.views.chain.series import Series, series_of
from terminal.views.chain.tab_texts import TabTexts
from terminal.views.chain.view import ChainView
from terminal.views.style_sheet import set_role
from terminal.views.theme import PANEL_TITLE, ROW_CHAIN, ROW_SPOT

#: Prices and volatilities in the tabs are shown at every fourth flush of the chain: once a second in a calm market
_TURNS_OF_TABS = 4


class ChainPanel(QWidget):
    """Everything of the T-shaped chain. `days_left` counts trading days to an expiry; `monotonic` is the market's."""

    order_seeded = Signal(str, object, int)
    """Contract code, Side, price in 0.0001 yuan (0 for none): fill the ticket, send nothing"""
    leg_wanted = Signal(str, object)
    """Contract code, Side: a leg of the basket"""
    contract_selected = Signal(str)
    underlying_selected = Signal(str)
    cancel_requested = Signal(str)
    quote_toggled = Signal(str)
    quote_wanted = Signal(str)
    quote_pull_wanted = Signal(str)
    own_price_stepped = Signal(str, object, int)
    instruction_wanted = Signal(object, str)
    strike_activated = Signal(str, str)
    layout_changed = Signal()
    """Columns or the set were changed by the user: save the layout"""
    filter_changed = Signal()
    """Another filter, or it hides more or fewer strikes than before"""

    def __init__(
        self,
        desk: Desk,
        valuation: Valuation,
        appearance: Appearance,
        *,
        monotonic: Callable[[], float],
        days_left: Callable[[date], int],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self._valuation = valuation
        self._appearance = appearance
        self.obliged: Callable[[], Collection[str] | None] = _nobody_owes
        """Codes of what this account must quote; None for one that owes nothing"""
        self._own = OwnBook(desk.market, desk.portfolio, desk.orders, desk.bus, lambda: desk.quoting.board)
        self._series: list[Series] = []
        self._underlying = ""
        self._filter = ChainFilter()
        self._line_filter = LineFilter(valuation, self._own, lambda: self.obliged())
        self._in_hand = ""
        """Code of the contract that was chosen last, here or anywhere"""
        self._hidden = 0
        self._texts = TabTexts(desk.market, valuation, appearance, days_left)
        self._day_is_new = True
        self._to_centre = True
        self._turn = 0
        self.pace = ChainPace(lambda: desk.market.updates, monotonic)
        set_role(self, "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)

        self.view = ChainView(desk, valuation, self._own, appearance, monotonic, self)
        self.bars = ChainBars(appearance, self)
        self.underlyings, self.expiries = self.bars.underlyings, self.bars.expiries
        self._lay_out()
        self._connect()
        self._unsubscribe = desk.bus.subscribe(DayChanged, self._on_day_changed)
        self.destroyed.connect(self._unsubscribe)
        self.destroyed.connect(self._own.close)
        self.set_column_set(ColumnSet.TRADER)
        self.set_filter(self._filter)
        self._settle_day()

    # ---- what others ask

    @property
    def series(self) -> Series | None:
        """The series in front."""
        return self.view.chain.series

    @property
    def underlying(self) -> str:
        """Code of the underlying in front."""
        return self._underlying

    @property
    def filter(self) -> ChainFilter:
        """What the user wants to see of every series."""
        return self._filter

    @property
    def hidden(self) -> int:
        """How many strikes of the series in front the filter hides now."""
        return self._hidden

    def sizeHint(self) -> QSize:
        """As high as the longest series listed, so that changing the expiry never changes the layout."""
        lines = Counter((c.series, c.right) for c in self._desk.market.contracts)
        rows = max(lines.values(), default=0) * ROW_CHAIN + ROW_SPOT
        head = 2 * PANEL_TITLE + self.view.head.sizeHint().height()
        return QSize(super().sizeHint().width(), head + rows + ROW_CHAIN)

    def show_contract(self, code: str) -> bool:
        """Bring a contract into view, whatever the filter hides, with the cursor on it; False when it is not listed."""
        self._settle_day()
        contract = self._desk.market.contract(code)
        if contract is None:
            return False
        self.show_underlying(contract.underlying)
        self.show_series(contract.series)
        self._in_hand = code
        if self.view.chain.row_of_contract(contract) is None:
            self._show_lines()
        return self.view.select(contract)

    def show_underlying(self, code: str) -> None:
        """Show the chain of another underlying, at its nearest expiry."""
        if code == self._underlying or self._desk.market.underlying(code) is None:
            return
        self._underlying = code
        self._series = series_of(self._desk.market, code)
        self._valuation.refresh(code)
        self._bring(self._series[0] if self._series else None)
        self._show_tabs()
        self.underlying_selected.emit(code)

    def show_series(self, key: object) -> None:
        """Show another series of the underlying by its key: underlying, expiry, adjustment letter."""
        wanted = next((s for s in self._series if s.key == key), None)
        if wanted is not None and wanted is not self.series:
            self._bring(wanted)
            self._show_tabs()

    def set_column_set(self, column_set: ColumnSet) -> None:
        """Switch to another set of columns."""
        self.bars.show_set(column_set)
        self.view.show_set(column_set)

    def set_filter(self, wanted: ChainFilter) -> None:
        """Show only strikes that pass."""
        is_other = wanted != self._filter
        self._filter = wanted
        self._show_lines(afresh=True)
        self.bars.show_filter(wanted, self._hidden)
        if is_other:
            self._show_tabs()
            self.filter_changed.emit()

    def set_strike_filter(self, wanted: StrikeFilter) -> None:
        """Show fewer or all strikes around the money."""
        self.set_filter(replace(self._filter, strikes=wanted))

    def set_mine_only(self, on: bool) -> None:
        """Show only strikes in which I hold something or have an order working."""
        self.set_filter(replace(self._filter, mine_only=on))

    def column_layouts(self) -> dict[str, list[ColumnState]]:
        """Key, visibility and width of every column, by set."""
        return {column_set.value: self.view.column_layout(column_set) for column_set in ColumnSet}

    def set_column_layouts(self, layouts: Mapping[str, Iterable[Sequence[object]]]) -> None:
        """Take stored layouts; an unknown set is left out."""
        for column_set in ColumnSet:
            if column_set.value in layouts:
                self.view.set_column_layout(layouts[column_set.value], column_set)

    def flush(self) -> None:
        """Show what has changed since the last call."""
        self._settle_day()
        self.view.flush()
        if not self._filter.wants_all:
            self._show_lines()
        self._turn = (self._turn + 1) % _TURNS_OF_TABS
        if not self._turn:
            self._show_tabs()
        if self._to_centre and self.series is not None:
            self._to_centre = False
            self.view.scroll_to_at_the_money()

    # ---- inside

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.bars)
        layout.addWidget(self.view, 1)
        self.setFocusProxy(self.view)

    def _connect(self) -> None:
        view = self.view
        view.order_seeded.connect(self.order_seeded)
        view.leg_wanted.connect(self.leg_wanted)
        view.contract_selected.connect(self.contract_selected)
        view.cancel_requested.connect(self.cancel_requested)
        view.quote_toggled.connect(self.quote_toggled)
        view.quote_wanted.connect(self.quote_wanted)
        view.quote_pull_wanted.connect(self.quote_pull_wanted)
        view.own_price_stepped.connect(self.own_price_stepped)
        view.instruction_wanted.connect(self.instruction_wanted)
        view.strike_activated.connect(self.strike_activated)
        view.filter_requested.connect(self._next_filter)
        view.layout_changed.connect(self.layout_changed)
        view.expiry_stepped.connect(self._step_expiry)
        self.underlyings.chosen.connect(self.show_underlying)
        self.expiries.chosen.connect(self.show_series)
        self.bars.set_wanted.connect(self._choose_set)
        self.bars.filter_wanted.connect(self.set_filter)
        self.bars.columns.clicked.connect(self._open_columns)

    def _choose_set(self, column_set: ColumnSet) -> None:
        self.set_column_set(column_set)
        self.layout_changed.emit()

    def _next_filter(self) -> None:
        every = list(StrikeFilter)
        self.set_strike_filter(every[(every.index(self._filter.strikes) + 1) % len(every)])

    def _open_columns(self) -> None:
        button = self.bars.columns
        column_menu(self.view).popup(button.mapToGlobal(button.rect().bottomLeft()))

    def _on_day_changed(self, event: DayChanged) -> None:
        self._day_is_new = True

    def _settle_day(self) -> None:
        """Take a new instrument list; the same underlying and series stay in front if they are still listed."""
        if not self._day_is_new:
            return
        self._day_is_new = False
        market = self._desk.market
        before = self.series.key if self.series is not None else None
        codes = [u.code for u in market.underlyings]
        if self._underlying not in codes:
            self._underlying = codes[0] if codes else ""
        self._series = series_of(market, self._underlying)
        if self._underlying:
            self._valuation.refresh(self._underlying)
        same = next((s for s in self._series if s.key == before), None)
        self._bring(same or (self._series[0] if self._series else None))
        self._show_tabs()

    def _bring(self, series: Series | None) -> None:
        self._own.refresh()
        self.view.chain.show(series)
        self._to_centre = True
        self._show_lines(afresh=True)

    def _step_expiry(self, by: int) -> None:
        """Go to the neighbouring series and stay at the strike and the half the cursor is on."""
        contract = self.view.current_contract
        self.expiries.step(by)
        if contract is None or self.series is None:
            return
        near = [c for c in self.series.contracts if c.right is contract.right]
        if near and contract not in near:
            same = min(near, key=lambda c: abs(c.strike - contract.strike))
            self.view.select(same)
            self.contract_selected.emit(same.code)

    def _show_lines(self, *, afresh: bool = False) -> None:
        """Show what passes the filter now; `afresh` for another filter or series, where nothing stays for having been
        there."""
        series, chain = self.series, self.view.chain
        if series is None:
            self._tell_hidden(0)
            return
        shown = () if afresh else chain.lines
        middle = chain.at_the_money_line
        lines = self._line_filter.lines(series, self._filter, middle=middle, shown=shown, kept=self._in_hand)
        if lines != chain.lines:
            chain.show(series, lines)
        self._tell_hidden(len(series.strikes) - len(lines))

    def _tell_hidden(self, count: int) -> None:
        if count == self._hidden:
            return
        self._hidden = count
        self.bars.show_filter(self._filter, count)
        self.filter_changed.emit()

    def _show_tabs(self) -> None:
        self.underlyings.set_tabs(self._texts.underlyings(), self._underlying)
        current = self.series.key if self.series is not None else None
        shown = [s for s in self._series if self._filter.adjusted or s.is_standard or s.key == current]
        self.expiries.set_tabs([self._texts.expiry(series) for series in shown], current)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self._show_tabs()


def _nobody_owes() -> None:
    """Nobody has said what must be quoted."""
