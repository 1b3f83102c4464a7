"""Rates and time (利率与时间): what prices stand on beside the market, and what that makes of every expiry.

A change holds at once. What cannot be used is told beside the fields and changes nothing.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import numpy as np
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from terminal.domain.errors import BadInput
from terminal.services.market_data import MarketData
from terminal.services.pricing_terms import TENORS, PricingTermsService, VolatilityClock
from terminal.services.smile import dividend_of
from terminal.services.valuation import Valuation
from terminal.views.appearance import Appearance
from terminal.views.formatting import day, number, percent
from terminal.views.record_table import Export, RecordTable
from terminal.views.refusals import refusal
from terminal.views.style_sheet import set_role
from terminal.views.table_model import LEFT, RIGHT, RecordTableModel, TableColumn
from terminal.views.texts import bounded, underlying_name
from terminal.views.theme import PANEL_PADDING
from terminal.views.volatility.words import word

_NAMES = dict(zip(TENORS, ("O/N", "1W", "2W", "1M", "3M", "6M", "9M", "1Y"), strict=True))
_MOST_DIGITS = 9


@dataclass(frozen=True, slots=True)
class LoadedRates:
    """What a file of rates says for a day."""

    tenors: dict[int, float]
    """Days to maturity and simple per cent"""
    day: date
    """Of these rates"""
    skipped: int
    """Lines that were left out"""


@dataclass(frozen=True, slots=True)
class ExpiryLine:
    """One expiry as it is priced."""

    name: str
    expiry: date
    days: int
    years: float
    rate: float
    forward: float
    carry: float
    dividend: float


#: Asks for a file, then calls with its path
AskForFile = Callable[[str, Callable[[Path], None]], None]
#: Reads a file for a trading day. Raises BadInput (BadFile among them) or OSError
LoadRates = Callable[[Path, date], LoadedRates]


class TermsPanel(QWidget):
    """Built by the first `flush`."""

    def __init__(
        self,
        market: MarketData,
        valuation: Valuation,
        terms: PricingTermsService,
        appearance: Appearance,
        *,
        days_left: Callable[[date], int],
        ask_for_file: AskForFile,
        load: LoadRates,
        export: Export | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._market = market
        self._valuation = valuation
        self._terms = terms
        self._appearance = appearance
        self._days_left = days_left
        self._ask_for_file = ask_for_file
        self._load = load
        self._export = export
        self._built = False
        set_role(self, "panel")

    def flush(self) -> None:
        """Show what has changed."""
        if not self._built:
            self._build()
        lines = self._lines()
        keys = [key for key, _ in lines]
        if keys != [self.model.key(n) for n in range(self.model.rowCount())]:
            self.model.replace_all(lines)
            return
        for row, (key, line) in enumerate(lines):
            if self.model.record(row) != line:
                self.model.upsert(key, line)
        self.model.flush()

    def showEvent(self, event: QShowEvent) -> None:
        """Show at once what has changed while it was hidden."""
        super().showEvent(event)
        if self._built:
            self.flush()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange and self._built:
            self._name()

    # ---- inside

    def _build(self) -> None:
        self._built = True
        self.flat, self.table_of_rates, self.calendar, self.trading = (self._choice() for _ in range(4))
        for pair in ((self.flat, self.table_of_rates), (self.calendar, self.trading)):
            group = QButtonGroup(self)
            for button in pair:
                group.addButton(button)
        self.file = self._choice(checkable=False)
        self._rates_name, self._clock_name, self._days_name = QLabel(), QLabel(), QLabel()
        for label in (self._rates_name, self._clock_name, self._days_name):
            set_role(label, "dim")
        self.rate_field, self.days_field = self._field(), self._field()
        self.tenor_fields = {days: self._field() for days in TENORS}
        self.note = QLabel()
        self.note.setWordWrap(True)
        self.note.setTextFormat(Qt.TextFormat.PlainText)
        rates, clock = QHBoxLayout(), QHBoxLayout()
        for row, widgets in (
            (rates, (self._rates_name, self.flat, self.rate_field, self.table_of_rates, self.file)),
            (clock, (self._clock_name, self.calendar, self.trading, self._days_name, self.days_field)),
        ):
            row.setSpacing(4)
            for widget in widgets:
                row.addWidget(widget)
            row.addStretch(1)
        grid = QGridLayout()
        grid.setSpacing(4)
        self._tenor_names = {}
        for column, (days, field) in enumerate(self.tenor_fields.items()):
            name = self._tenor_names[days] = QLabel(_NAMES[days])
            set_role(name, "note")
            name.setAlignment(Qt.AlignmentFlag.AlignCenter)
            grid.addWidget(name, 0, column)
            grid.addWidget(field, 1, column)
        self.model: RecordTableModel[ExpiryLine] = RecordTableModel(_columns(), parent=self)
        self.table = RecordTable(
            self.model, self._appearance, title=lambda: word("Rates and time"), export=self._export, parent=self
        )
        head = QVBoxLayout()
        head.setContentsMargins(PANEL_PADDING, 6, PANEL_PADDING, 2)
        head.setSpacing(5)
        head.addLayout(rates)
        head.addLayout(grid)
        head.addLayout(clock)
        head.addWidget(self.note)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        layout.addLayout(head)
        layout.addWidget(self.table, 1)
        self.flat.clicked.connect(self._use_flat)
        self.table_of_rates.clicked.connect(self._use_table)
        self.file.clicked.connect(lambda: self._ask_for_file(word("Rates from a file"), self.take_file))
        self.calendar.clicked.connect(lambda: self._use_clock(VolatilityClock.CALENDAR))
        self.trading.clicked.connect(lambda: self._use_clock(VolatilityClock.TRADING))
        self.rate_field.editingFinished.connect(self._on_rate)
        self.days_field.editingFinished.connect(self._on_days)
        for days, field in self.tenor_fields.items():
            field.editingFinished.connect(lambda d=days: self._on_tenor(d))
        self._name()
        self._show_terms()

    def take_file(self, path: Path) -> None:
        """Take the rates of a file that are in force on the trading day."""
        today = self._market.day.trading_day if self._market.day else date.max
        try:
            loaded = self._load(path, today)
            self._terms.set_tenors(loaded.tenors, f"{path.name} {day(loaded.day)}")
        except BadInput as error:
            self._tell(refusal(error), bad=True)
            return
        except OSError as error:
            self._tell(bounded(str(error)), bad=True)
            return
        self._show_terms()
        self.flush()
        if loaded.skipped:
            self._tell(word("{count} lines of the file were left out").format(count=loaded.skipped), bad=True)

    def _use_flat(self) -> None:
        self._do(lambda: self._terms.change(replace(self._terms.terms, tenors=(), source="")))

    def _use_table(self) -> None:
        self._do(lambda: self._terms.set_tenors(self._terms.tenors_now(), ""))

    def _use_clock(self, clock: VolatilityClock) -> None:
        self._do(lambda: self._terms.change(replace(self._terms.terms, clock=clock)))

    def _on_rate(self) -> None:
        if self.rate_field.isModified():
            self._do(lambda: self._terms.change(replace(self._terms.terms, flat=_number("rate", self.rate_field))))

    def _on_days(self) -> None:
        if self.days_field.isModified():
            self._do(
                lambda: self._terms.change(
                    replace(self._terms.terms, days_per_year=int(_number("days a year", self.days_field)))
                )
            )

    def _on_tenor(self, days: int) -> None:
        field = self.tenor_fields[days]
        if field.isModified():
            self._do(
                lambda: self._terms.set_tenors({**self._terms.tenors_now(), days: _number(_NAMES[days], field)}, "")
            )

    def _do(self, change: Callable[[], None]) -> None:
        try:
            change()
        except BadInput as error:
            # What was typed stays to be mended; the terms in force are as before
            self._tell(refusal(error), bad=True)
            self._show_choices()
            return
        self._show_terms()
        self.flush()

    def _show_terms(self) -> None:
        terms = self._terms.terms
        self._show_choices()
        self.rate_field.setText(f"{terms.flat:g}")
        self.days_field.setText(str(terms.days_per_year))
        for days, rate in self._terms.tenors_now().items():
            if days in self.tenor_fields:
                self.tenor_fields[days].setText(f"{rate:g}")
        if self._terms.fell_back:
            self._tell(word("The calendar does not reach every expiry: calendar days count"), bad=True)
        else:
            self._tell(bounded(terms.source))

    def _show_choices(self) -> None:
        terms = self._terms.terms
        self.flat.setChecked(not terms.tenors)
        self.table_of_rates.setChecked(bool(terms.tenors))
        self.calendar.setChecked(terms.clock is VolatilityClock.CALENDAR)
        self.trading.setChecked(terms.clock is VolatilityClock.TRADING)
        self.rate_field.setEnabled(not terms.tenors)
        self.days_field.setEnabled(terms.clock is VolatilityClock.TRADING)
        for field in self.tenor_fields.values():
            field.setEnabled(bool(terms.tenors))

    def _tell(self, text: str, *, bad: bool = False) -> None:
        set_role(self.note, "critical" if bad else "note")
        self.note.setText(text)

    def _lines(self) -> list[tuple[str, ExpiryLine]]:
        names = {u.code: underlying_name(u) for u in self._market.underlyings}
        lines: list[tuple[str, ExpiryLine]] = []
        for underlying, name in names.items():
            self._valuation.refresh(underlying)
            book = self._valuation.book(underlying)
            if book is None:
                continue
            columns = book.columns
            # The engine's rates are a year of volatility's clock
            calendar = np.where(columns.discount_years > 0.0, columns.discount_years, 1.0)
            rates = columns.rate * columns.years / calendar
            for n, expiry in enumerate(book.expiries):
                line = ExpiryLine(
                    name,
                    expiry,
                    self._days_left(expiry),
                    round(float(columns.years[n]), 6),
                    round(float(rates[n]), 6),
                    round(float(columns.forward[n]), 5),
                    round(float(columns.carry[n]), 5),
                    round(dividend_of(columns, n), 5),
                )
                lines.append((f"{underlying} {expiry}", line))
        return lines

    def _choice(self, *, checkable: bool = True) -> QToolButton:
        button = QToolButton(self)
        button.setCheckable(checkable)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        set_role(button, "flat")
        return button

    def _field(self) -> QLineEdit:
        field = QLineEdit(self)
        set_role(field, "small-figure")
        field.setAlignment(Qt.AlignmentFlag.AlignRight)
        field.setMaxLength(_MOST_DIGITS)
        field.setFixedWidth(62)
        return field

    def _name(self) -> None:
        self._rates_name.setText(word("Riskless rate, % a year"))
        self.flat.setText(word("One rate"))
        self.table_of_rates.setText(word("By maturity"))
        self.file.setText(word("From a file…"))
        self.file.setToolTip(word("Interbank rates (Shibor): one line a day, eight maturities"))
        self._clock_name.setText(word("Volatility counts"))
        self.calendar.setText(word("Calendar days"))
        self.trading.setText(word("Trading time"))
        self._days_name.setText(word("days a year"))
        self.setAccessibleName(word("Rates and time"))
        self.rate_field.setAccessibleName(word("Riskless rate, % a year"))
        self.days_field.setAccessibleName(word("days a year"))
        for days, field in self.tenor_fields.items():
            field.setAccessibleName(_NAMES[days])
        self.model.retranslate()


def _number(name: str, field: QLineEdit) -> float:
    """What was typed. Raises BadInput for what is no number."""
    text = field.text().strip()
    try:
        return float(text)
    except ValueError as error:
        raise BadInput(name, text, "a number") from error


def _columns() -> list[TableColumn[ExpiryLine]]:
    def figure(key: str, title: Callable[[], str], text: Callable[[ExpiryLine], str]) -> TableColumn[ExpiryLine]:
        return TableColumn(key, title, text, RIGHT, width_chars=9)

    return [
        TableColumn("name", lambda: word("Underlying"), lambda line: line.name, LEFT, width_chars=9),
        TableColumn("expiry", lambda: word("Expiry"), lambda line: day(line.expiry), LEFT, width_chars=11),
        figure("days", lambda: word("Days left"), lambda line: str(line.days)),
        figure("years", lambda: word("Years"), lambda line: number(line.years, 4)),
        figure("rate", lambda: word("Rate"), lambda line: percent(line.rate, 3)),
        figure("forward", lambda: word("Forward"), lambda line: number(line.forward, 4)),
        figure("carry", lambda: word("Carry"), lambda line: percent(line.carry, 2)),
        figure("dividend", lambda: word("Implied div."), lambda line: number(line.dividend, 4)),
    ]
