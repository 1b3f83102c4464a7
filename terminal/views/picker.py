"""Choosing a contract step by step (逐步选择): underlying, call or put, month with adjusted series, strike.

Each step offers only what is listed for the steps before it. The contract chosen is shown below with its terms.
"""

from collections.abc import Callable, Iterable
from datetime import date
from decimal import Decimal

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QColor
from PySide6.QtWidgets import (
    QAbstractItemView,
    QButtonGroup,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from terminal.domain.contracts import Contract, Right
from terminal.domain.errors import CalendarError
from terminal.domain.market_data import Column
from terminal.services.desk import Desk
from terminal.services.events import DayChanged
from terminal.views import texts
from terminal.views.appearance import Appearance
from terminal.views.formatting import day, decimals_of, percent, price, quantity
from terminal.views.record_table import RecordTable
from terminal.views.series_figures import SeriesKey
from terminal.views.series_rail import month_label
from terminal.views.style_sheet import set_role
from terminal.views.table_model import RIGHT, RecordTableModel, TableColumn
from terminal.views.theme import PANEL_PADDING

_BUTTONS_IN_ROW = 4


class Picker(QWidget):
    """Four numbered steps and a card. `days_left` counts trading days to an expiry."""

    contract_chosen = Signal(str)

    def __init__(
        self,
        desk: Desk,
        appearance: Appearance,
        *,
        days_left: Callable[[date], int],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self._appearance = appearance
        self._days_left = days_left
        self._stale = True
        self._underlying = ""
        self._right = Right.CALL
        self._series: SeriesKey | None = None
        self._chosen = ""
        set_role(self, "panel")
        self.setMinimumWidth(300)
        self._titles: list[QLabel] = []
        self._values: list[QLabel] = []
        self.underlyings, self._underlying_grid = QButtonGroup(self), QGridLayout()
        self.rights, self._right_grid = QButtonGroup(self), QGridLayout()
        self.months, self._month_grid = QButtonGroup(self), QGridLayout()
        self.model: RecordTableModel[Contract] = RecordTableModel(
            [
                TableColumn("strike", lambda: self.tr("Strike"), self._strike, RIGHT, width_chars=7),
                TableColumn("money", lambda: self.tr("Moneyness"), self._moneyness, width_chars=10, colour=self._tint),
                TableColumn("last", lambda: self.tr("Last"), self._last, RIGHT, width_chars=7, colour=self._change),
                TableColumn("code", lambda: self.tr("Code"), lambda c: c.code, RIGHT, width_chars=9),
            ],
            parent=self,
        )
        self.strikes = RecordTable(self.model, appearance, title=lambda: self.tr("Strikes"), parent=self)
        self.strikes.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.strikes.setSortingEnabled(False)
        self.strikes.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.strikes.clicked.connect(lambda index: self._choose(self.model.record(index.row())))
        self.strikes.activated.connect(lambda index: self._choose(self.model.record(index.row())))
        self._name, self._terms = QLabel(), QLabel()
        set_role(self._name, "title")
        set_role(self._terms, "small-figure")
        self._terms.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._lay_out()
        for group in (self.underlyings, self.rights, self.months):
            group.setExclusive(True)
        self.underlyings.buttonClicked.connect(lambda button: self.set_underlying(button.property("code")))
        self.rights.buttonClicked.connect(lambda button: self.set_right(Right(button.property("code"))))
        self.months.buttonClicked.connect(lambda button: self.set_series(button.property("code")))
        self._leave = desk.bus.subscribe(DayChanged, self._on_day)
        appearance.changed.connect(self._mark_stale)
        self._retranslate()

    # ---- steps

    def set_underlying(self, code: str) -> None:
        """Step 1: which underlying; the month stays where it is listed."""
        self._underlying = code
        self._fill()

    def set_right(self, right: Right) -> None:
        """Step 2: call or put."""
        self._right = right
        self._fill()

    def set_series(self, key: SeriesKey) -> None:
        """Step 3: which month, standard or adjusted."""
        self._series = key
        self._fill()

    def show_contract(self, code: str) -> None:
        """Follow a contract chosen elsewhere, without telling anyone."""
        contract = self._desk.market.contract(code)
        if contract is not None:
            self._underlying, self._right, self._series = contract.underlying, contract.right, contract.series
            self._chosen = code
            self._fill()

    def offered(self) -> list[Contract]:
        """The contracts of step 4, by rising strike."""
        listed = self._desk.market.contracts
        mine = [c for c in listed if c.series == self._series and c.right is self._right]
        return sorted(mine, key=lambda c: c.strike)

    def flush(self) -> None:
        """Show the list when it is new, and the prices that moved."""
        if self._stale:
            self._fill()
        for contract in self.offered():
            row = self.model.row_of(contract.code)
            shown = self.model.data(self.model.index(row, 2)) if row is not None else None
            if shown != self._last(contract):
                self.model.upsert(contract.code, contract)
        self.strikes.flush()

    def changeEvent(self, event: QEvent) -> None:
        """Words in another language."""
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    # ---- inside

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(PANEL_PADDING, 6, PANEL_PADDING, PANEL_PADDING)
        layout.setSpacing(6)
        for step, grid in enumerate((self._underlying_grid, self._right_grid, self._month_grid, None), 1):
            number, title, value = QLabel(str(step)), QLabel(), QLabel()
            set_role(number, "chip")
            set_role(title, "title")
            set_role(value, "small-figure")
            head = QHBoxLayout()
            head.addWidget(number)
            head.addWidget(title)
            head.addStretch()
            head.addWidget(value)
            layout.addLayout(head)
            self._titles.append(title)
            self._values.append(value)
            if grid is not None:
                grid.setSpacing(6)
                layout.addLayout(grid)
                layout.addSpacing(6)
        layout.addWidget(self.strikes, 1)
        layout.addWidget(self._name)
        layout.addWidget(self._terms)

    def _fill(self) -> None:
        self._stale = False
        market = self._desk.market
        if market.underlying(self._underlying) is None:
            self._underlying = market.underlyings[0].code if market.underlyings else ""
        keys = {c.series: c.month[1] for c in market.contracts if c.underlying == self._underlying}
        listed = sorted(keys, key=lambda key: key[1:])
        if self._series not in keys:
            again = [key for key in listed if self._series is not None and key[1:] == self._series[1:]]
            self._series = again[0] if again else listed[0] if listed else None
        self._buttons(
            self.underlyings,
            self._underlying_grid,
            ((u.code, texts.underlying_name(u), u.code) for u in market.underlyings),
            self._underlying,
        )
        rights = ((right.value, texts.words(right), self._right_hint(right)) for right in Right)
        self._buttons(self.rights, self._right_grid, rights, self._right.value)
        months = ((key, self._month_text(key, keys[key]), day(key[1])) for key in listed)
        self._buttons(self.months, self._month_grid, months, self._series)
        contracts = self.offered()
        if [c.code for c in contracts] != [self.model.key(row) for row in range(self.model.rowCount())]:
            self.model.replace_all((c.code, c) for c in contracts)
        else:
            self.model.retranslate()
        row = self.model.row_of(self._chosen)
        if row is None:
            self.strikes.clearSelection()
        else:
            self.strikes.selectRow(row)
        chosen = market.contract(self._chosen)
        self._show_card(chosen)
        strike = chosen.strike if chosen is not None and row is not None else None
        month = f"{self._series[1]:%y%m}" if self._series is not None else ""
        for label, text in zip(
            self._values, (self._underlying, self._right.value, month, f"{strike or ''}"), strict=True
        ):
            label.setText(text)

    def _buttons(
        self,
        group: QButtonGroup,
        grid: QGridLayout,
        entries: Iterable[tuple[object, str, str]],
        chosen: object,
    ) -> None:
        """Make the buttons of a step, or only mark the chosen one when they are the same as before."""
        wanted = list(entries)
        now = group.buttons()
        if [(b.property("code"), b.text()) for b in now] != [(code, text) for code, text, _ in wanted]:
            for button in now:
                group.removeButton(button)
                grid.removeWidget(button)
                button.hide()
                button.deleteLater()
            for place, (code, text, tip) in enumerate(wanted):
                button = QPushButton(text)
                button.setCheckable(True)
                set_role(button, "dense")
                button.setProperty("code", code)
                button.setToolTip(tip)
                button.setAccessibleName(text.replace("\n", " "))
                group.addButton(button)
                grid.addWidget(button, place // _BUTTONS_IN_ROW, place % _BUTTONS_IN_ROW)
        for button in group.buttons():
            button.setChecked(button.property("code") == chosen)

    def _choose(self, contract: Contract | None) -> None:
        if contract is not None:
            self._chosen = contract.code
            self._fill()
            self.contract_chosen.emit(contract.code)

    def _show_card(self, contract: Contract | None) -> None:
        if contract is None:
            self._name.clear()
            self._terms.setText(self.tr("Choose a strike"))
            return
        self._name.setText(texts.contract_name(contract, self._desk.market))
        lines = (
            (self.tr("Contract code"), contract.code),
            (self.tr("Trading code"), contract.trading_code),
            (self.tr("Contract unit"), quantity(contract.multiplier)),
            (self.tr("Last trading day"), day(contract.last_day)),
        )
        self._terms.setText("\n".join(f"{title}: {value}" for title, value in lines))

    def _month_text(self, key: SeriesKey, month: int) -> str:
        label = month_label(key[1], key[2], month)
        try:
            return f"{label}\n" + self.tr("{days} d").format(days=self._days_left(key[1]))
        except CalendarError:
            return label

    def _right_hint(self, right: Right) -> str:
        if right is Right.CALL:
            return self.tr("The right to buy at the strike")
        return self.tr("The right to sell at the strike")

    def _strike(self, contract: Contract) -> str:
        return f"{contract.strike:.{max(3, decimals_of(contract.strike))}f}"

    def _last(self, contract: Contract) -> str:
        row = self._desk.market.row_of.get(contract.code, -1)
        return price(int(self._desk.market.quotes[row, Column.LAST])) if row >= 0 else price(0)

    def _inside(self, contract: Contract) -> Decimal:
        """How far in the money, as a fraction of the underlying's price; negative outside."""
        spot = self._desk.market.last(contract.underlying) or contract.underlying_close
        distance = spot - contract.strike if contract.right is Right.CALL else contract.strike - spot
        return distance / spot if spot else Decimal(0)

    def _moneyness(self, contract: Contract) -> str:
        inside = float(self._inside(contract))
        word = self.tr("ITM") if inside > 0 else self.tr("OTM")
        return f"{word} {percent(abs(inside), 1)}"

    def _tint(self, contract: Contract) -> QColor | None:
        theme = self._appearance.theme
        return theme.text_2 if self._inside(contract) > Decimal("-0.10") else theme.warn

    def _change(self, contract: Contract) -> QColor | None:
        last = self._desk.market.last(contract.code)
        return self._appearance.colour_of(0 if last is None else float(last - contract.previous_settlement))

    def _on_day(self, _event: DayChanged) -> None:
        self._mark_stale()

    def _mark_stale(self) -> None:
        self._stale = True

    def _retranslate(self) -> None:
        names = (self.tr("Underlying"), self.tr("Direction"), self.tr("Expiry month"), self.tr("Strike"))
        for label, name in zip(self._titles, names, strict=True):
            label.setText(name)
        self._stale = True
