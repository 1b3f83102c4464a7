"""The chain panel: which underlying, which expiry, which columns and strikes, and the chain itself.

The panel follows the desk (a new day's list, a contract chosen elsewhere) and is served by the frame timer's `flush`.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from enum import Enum

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from terminal.domain.errors import CalendarError
from terminal.domain.market_data import PRICE_SCALE
from terminal.services.desk import Desk
from terminal.services.events import DayChanged
from terminal.services.valuation import Valuation
from terminal.views.chain.columns import ColumnSet, ColumnState
from terminal.views.chain.menus import column_menu
from terminal.views.chain.own import OwnBook
from terminal.views.chain.pace import ChainPace
from terminal.views.chain.series import Series, series_of
from terminal.views.chain.tabs import Tab, TabStrip
from terminal.views.chain.view import ChainView
from terminal.views.chain.words import word
from terminal.views.formatting import DASH, price
from terminal.views.plurals import in_number
from terminal.views.style_sheet import set_role
from terminal.views.texts import month_words, underlying_name
from terminal.views.theme import PANEL_TITLE, ROW_CHAIN, ROW_SPOT, Appearance, ColourMode

_SET_WORDS = {
    ColumnSet.TRADER: "Trading",
    ColumnSet.QUOTES: "Quotes",
    ColumnSet.VALUE: "Value",
    ColumnSet.RETAIL: "Retail",
}


class StrikeFilter(Enum):
    """Which strikes are shown: so many on each side of the money, or all."""

    FIVE = 5
    SEVEN = 7
    ALL = 0


#: Prices and volatilities in the tabs are shown at every second flush of the chain
_TURNS_OF_TABS = 2


class ChainPanel(QWidget):
    """Everything of the T-shaped chain. `days_left` counts trading days to an expiry; `monotonic` is the market's."""

    order_seeded = Signal(str, object, int)
    """Contract code, Side, price in 0.0001 yuan (0 for none): fill the ticket, send nothing"""
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
    """Columns, set or strikes were changed by the user: save the layout"""

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
        self._days_left = days_left
        self._own = OwnBook(desk.market, desk.portfolio, desk.orders, desk.bus, lambda: desk.quoting.board)
        self._series: list[Series] = []
        self._underlying = ""
        self._filter = StrikeFilter.ALL
        self._mine_only = False
        self._day_is_new = True
        self._to_centre = True
        self._turn = 0
        self.pace = ChainPace(lambda: desk.market.updates, monotonic)
        set_role(self, "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)

        self.view = ChainView(desk, valuation, self._own, appearance, monotonic, self)
        self.underlyings = TabStrip(appearance, self)
        self.expiries = TabStrip(appearance, self)
        self._set_buttons = {column_set: self._button() for column_set in _SET_WORDS}
        self._filter_buttons = {wanted: self._button() for wanted in StrikeFilter}
        self._mode_buttons = {mode: self._button() for mode in ColourMode}
        self._mine_button = self._button()
        self._columns_button = self._button(checkable=False)
        self._groups = [
            self._exclusive(buttons)
            for buttons in (self._set_buttons.values(), self._filter_buttons.values(), self._mode_buttons.values())
        ]
        self._lay_out()
        self._connect()
        self._unsubscribe = desk.bus.subscribe(DayChanged, self._on_day_changed)
        self.destroyed.connect(self._unsubscribe)
        self.destroyed.connect(self._own.close)
        self.set_column_set(ColumnSet.TRADER)
        self.set_strike_filter(StrikeFilter.ALL)
        self._show_mode()
        self._translate()
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

    def sizeHint(self) -> QSize:
        """As high as the longest series listed, so that changing the expiry never changes the layout."""
        lines = Counter((c.series, c.right) for c in self._desk.market.contracts)
        rows = max(lines.values(), default=0) * ROW_CHAIN + ROW_SPOT
        head = 2 * PANEL_TITLE + self.view.head.sizeHint().height()
        return QSize(super().sizeHint().width(), head + rows + ROW_CHAIN)

    def show_contract(self, code: str) -> bool:
        """Bring a contract into view and put the cursor on it; False when it is not listed."""
        self._settle_day()
        contract = self._desk.market.contract(code)
        if contract is None:
            return False
        self.show_underlying(contract.underlying)
        self.show_series(contract.series)
        if self.view.chain.row_of_contract(contract) is None:
            self._mine_only = False
            self._mine_button.setChecked(False)
            self.set_strike_filter(StrikeFilter.ALL)
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
        self._set_buttons[column_set].setChecked(True)
        self.view.show_set(column_set)

    def set_strike_filter(self, wanted: StrikeFilter) -> None:
        """Show fewer or all strikes."""
        self._filter = wanted
        self._filter_buttons[wanted].setChecked(True)
        self._show_lines()

    def set_mine_only(self, on: bool) -> None:
        """Show only strikes in which I hold something or have an order working."""
        self._mine_only = on
        self._mine_button.setChecked(on)
        self._show_lines()

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
        if (self._filter is not StrikeFilter.ALL or self._mine_only) and self._lines() != self.view.chain.lines:
            self._show_lines()
        self._turn = (self._turn + 1) % _TURNS_OF_TABS
        if not self._turn:
            self._show_tabs()
        if self._to_centre and self.series is not None:
            self._to_centre = False
            self.view.scroll_to_at_the_money()

    # ---- inside

    def _button(self, *, checkable: bool = True) -> QToolButton:
        button = QToolButton(self)
        button.setCheckable(checkable)
        # A click on a button must not take the cursor out of a price field
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        set_role(button, "flat")
        return button

    def _exclusive(self, buttons: Iterable[QToolButton]) -> QButtonGroup:
        group = QButtonGroup(self)
        group.setExclusive(True)
        for button in buttons:
            group.addButton(button)
        return group

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(_row(self.underlyings, *self._set_buttons.values(), self._columns_button))
        layout.addLayout(
            _row(self.expiries, *self._filter_buttons.values(), self._mine_button, *self._mode_buttons.values())
        )
        layout.addWidget(self.view, 1)
        self.setFocusProxy(self.view)

    def _connect(self) -> None:
        view = self.view
        view.order_seeded.connect(self.order_seeded)
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
        for column_set, button in self._set_buttons.items():
            button.clicked.connect(lambda _on=False, s=column_set: self._choose_set(s))
        for wanted, button in self._filter_buttons.items():
            button.clicked.connect(lambda _on=False, w=wanted: self._choose_filter(w))
        for mode, button in self._mode_buttons.items():
            button.clicked.connect(lambda _on=False, m=mode: self._appearance.set_mode(m))
        self._mine_button.clicked.connect(self.set_mine_only)
        self._columns_button.clicked.connect(self._open_columns)
        self._appearance.changed.connect(self._show_mode)

    def _choose_set(self, column_set: ColumnSet) -> None:
        self.set_column_set(column_set)
        self.layout_changed.emit()

    def _choose_filter(self, wanted: StrikeFilter) -> None:
        self.set_strike_filter(wanted)
        self.layout_changed.emit()

    def _next_filter(self) -> None:
        every = list(StrikeFilter)
        self._choose_filter(every[(every.index(self._filter) + 1) % len(every)])

    def _open_columns(self) -> None:
        button = self._columns_button
        column_menu(self.view).popup(button.mapToGlobal(button.rect().bottomLeft()))

    def _show_mode(self) -> None:
        self._mode_buttons[self._appearance.mode].setChecked(True)

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
        self._show_lines()

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

    def _lines(self) -> list[int]:
        series, chain = self.series, self.view.chain
        if series is None:
            return []
        lines: list[int] = list(range(len(series.strikes)))
        if self._filter is not StrikeFilter.ALL:
            middle = chain.at_the_money_line
            lines = [n for n in lines if abs(n - middle) <= self._filter.value]
        if self._mine_only:
            own = self._own
            own.refresh()
            mine = own.held | (own.bid_price > 0) | (own.ask_price > 0)
            lines = [n for n in lines if any(r >= 0 and mine[r] for r in (series.call_rows[n], series.put_rows[n]))]
        return lines

    def _show_lines(self) -> None:
        lines = self._lines()
        if self.series is not None and lines != self.view.chain.lines:
            self.view.chain.show(self.series, lines)

    def _show_tabs(self) -> None:
        market, valuation = self._desk.market, self._valuation
        pills = []
        for underlying in market.underlyings:
            spot = valuation.spot(underlying.code)
            close = float(underlying.previous_close)
            change = spot / close - 1 if close else 0.0
            known = spot == spot  # nan is not itself
            sign = (spot > close) - (spot < close) if known else None
            note = f"{self._appearance.glyph(change)}{abs(change):.2%}" if known else ""
            figure = price(round(spot * PRICE_SCALE), 3) if known else DASH
            pills.append(Tab(underlying.code, underlying_name(underlying), figure, note, sign, underlying.code))
        self.underlyings.set_tabs(pills, self._underlying)
        current = self.series.key if self.series is not None else None
        self.expiries.set_tabs([self._expiry_tab(series) for series in self._series], current)

    def _expiry_tab(self, series: Series) -> Tab:
        month = series.contracts[0].month[1]
        letter = "" if series.adjustment == "M" else f" {series.adjustment}"
        try:
            days = str(self._days_left(series.expiry))
        except CalendarError:
            days = DASH
        volatility = self._valuation.forward(series.underlying, series.expiry).atm_volatility
        note = f"IV {volatility * 100:.1f}" if volatility == volatility and not letter else ""
        tip = f"{series.expiry.isoformat()} · {in_number(word('{days} trading days left').format(days=days))}"
        if letter:
            tip += f" · {word('adjusted contracts, unit')} {series.multiplier or word('mixed')}"
        return Tab(series.key, f"{month_words(month)}{letter}", f"{days}{word('d')}", note, None, tip)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self._translate()
            self._show_tabs()

    def _translate(self) -> None:
        for column_set, source in _SET_WORDS.items():
            self._set_buttons[column_set].setText(word(source))
        for wanted, button in self._filter_buttons.items():
            button.setText(f"±{wanted.value}" if wanted.value else word("All"))
        self._mine_button.setText(word("Mine"))
        self._mine_button.setToolTip(word("Only strikes where I hold something or have an order"))
        self._mode_buttons[ColourMode.BY_CHANGE].setText(word("By change"))
        self._mode_buttons[ColourMode.BY_SIDE].setText(word("By side"))
        self._columns_button.setText(f"{word('Columns')} ▾")
        self.underlyings.setAccessibleName(word("Underlyings"))
        self.expiries.setAccessibleName(word("Expiries"))


def _row(strip: TabStrip, *buttons: QToolButton) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setContentsMargins(0, 0, 6, 0)
    row.setSpacing(2)
    strip.setFixedHeight(PANEL_TITLE)
    row.addWidget(strip, 1)
    for button in buttons:
        row.addWidget(button)
    return row
