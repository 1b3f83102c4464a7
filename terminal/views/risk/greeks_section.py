"""Greeks of the book as a table: by contract, expiry, underlying or in total, units in the header."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

import numpy as np
from PySide6.QtCore import Signal
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QWidget

from terminal.pricing.quality import Quality
from terminal.services.market_data import MarketData
from terminal.services.risk import Metric, RiskService, RiskTable
from terminal.views.appearance import Appearance
from terminal.views.formatting import DASH, signed_quantity
from terminal.views.heat_table import signed
from terminal.views.record_table import Export, RecordTable
from terminal.views.risk.section import Section
from terminal.views.risk.words import word
from terminal.views.table_model import LEFT, RIGHT, RecordTableModel, TableColumn
from terminal.views.texts import contract_name, month_words, underlying_name


class Level(StrEnum):
    """What one row stands for."""

    CONTRACT = "contract"
    EXPIRY = "expiry"
    UNDERLYING = "underlying"
    TOTAL = "total"


@dataclass(frozen=True, slots=True)
class RiskLine:
    """One row."""

    name: str
    code: str
    """Of the contract, empty for sums"""
    quantity: int
    values: tuple[float, ...]
    """By `Metric`"""
    second_hand: int
    """Contracts in it whose greeks stand on other strikes or are unknown"""
    is_sum: bool = False


#: Metric, name, unit, decimals
_COLUMNS: tuple[tuple[Metric, str, Callable[[], str], int], ...] = (
    (Metric.DELTA, "Δ", lambda: word("shares"), 0),
    (Metric.DELTA_CASH, "Δ¥", lambda: word("yuan"), 0),
    (Metric.GAMMA, "Γ", lambda: word("per 1%"), 0),
    (Metric.VEGA, "Vega", lambda: word("yuan/pt"), 0),
    (Metric.THETA, "Θ", lambda: word("yuan/day"), 0),
    (Metric.VANNA, "Vanna", lambda: word("shares/pt"), 0),
    (Metric.VOLGA, "Volga", lambda: word("yuan/pt²"), 1),
    (Metric.CHARM, "Charm", lambda: word("shares/day"), 0),
    (Metric.RHO, "ρ", lambda: word("yuan/1%"), 0),
    (Metric.VALUE, "V", lambda: word("yuan"), 0),
)


class GreeksSection(Section):
    """A double click turns the desk to a contract."""

    contract_chosen = Signal(str)
    least_height = 130

    def __init__(
        self,
        market: MarketData,
        risk: RiskService,
        appearance: Appearance,
        export: Export | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._market = market
        self._risk = risk
        self._appearance = appearance
        self.scope: str | None = None
        self.filled = False
        self.level = Level.CONTRACT
        self.choice: tuple[date | None, float | None] = (None, None)
        self.buttons = self.choices(tuple(Level), self.level, self.show_level)
        self.model: RecordTableModel[RiskLine] = RecordTableModel(self._columns(), parent=self)
        self.table = RecordTable(self.model, appearance, title=lambda: word("Greeks"), export=export, parent=self)
        self.body.addWidget(self.table, 1)
        self.table.doubleClicked.connect(lambda index: self._turn(index.row()))
        self.name_all()

    def show_level(self, level: Level) -> None:
        """Sum up another way."""
        self.level = level
        self.buttons[level].setChecked(True)
        self.flush()

    def filter(self, expiry: date | None, strike: float | None) -> None:
        """Show only contracts of an expiry or a strike; None shows all."""
        self.choice = expiry, strike
        self.flush()

    def flush(self) -> None:
        """Show what has changed."""
        table = self._risk.table(None if self.scope is None else (self.scope,), filled=self.filled)
        lines = self._lines(table)
        wanted = dict(lines)
        if [key for key, _ in lines] != [self.model.key(n) for n in range(self.model.rowCount())]:
            self.model.replace_all(lines)
        else:
            for row, (key, line) in enumerate(lines):
                if self.model.record(row) != line:
                    self.model.upsert(key, wanted[key])
            self.model.flush()
        expiry, strike = self.choice
        chosen = [month_words(expiry.month)] if expiry is not None else []
        chosen += [f"{strike:.3f}"] if strike is not None else []
        unknown = table.unknown()
        missing = word("{count} without greeks").format(count=unknown) if unknown else ""
        self.unit.setText(" · ".join(part for part in (" ".join(chosen), missing) if part))

    def name_all(self) -> None:
        """Words of the language in force."""
        self.title.setText(word("Greeks"))
        names = {
            Level.CONTRACT: word("Contract"),
            Level.EXPIRY: word("Expiry"),
            Level.UNDERLYING: word("Underlying"),
            Level.TOTAL: word("Total"),
        }
        for level, button in self.buttons.items():
            button.setText(names[level])
        self.model.retranslate()

    # ---- inside

    def _lines(self, table: RiskTable) -> list[tuple[str, RiskLine]]:
        expiry, strike = self.choice
        shown = [
            n
            for n, c in enumerate(table.contracts)
            if (expiry is None or c.expiry == expiry) and (strike is None or abs(float(c.strike) - strike) < 1e-9)
        ]
        names = {u.code: underlying_name(u) for u in self._market.underlyings}
        lines: list[tuple[str, RiskLine]] = []
        if self.level is Level.CONTRACT:
            for n in shown:
                contract = table.contracts[n]
                name = contract_name(contract, self._market)
                lines.append((contract.code, self._line(table, [n], name, contract.code)))
        elif self.level is not Level.TOTAL:
            groups: dict[tuple[str, date | None], list[int]] = {}
            for n in shown:
                c = table.contracts[n]
                groups.setdefault((c.underlying, c.expiry if self.level is Level.EXPIRY else None), []).append(n)
            for (code, at), members in groups.items():
                name = names.get(code, code) + (f" {month_words(at.month)}" if at is not None else "")
                lines.append(
                    (f"{code} {at}", self._line(table, members, name, "", shares=(code,) if at is None else ()))
                )
        total = self._line(table, shown, word("Total"), "", shares=table.shares.keys(), is_sum=True)
        return [*lines, ("total", total)]

    def _line(
        self,
        table: RiskTable,
        members: list[int],
        name: str,
        code: str,
        *,
        shares: Iterable[str] = (),
        is_sum: bool = False,
    ) -> RiskLine:
        values = table.values[:, members]
        known = np.isfinite(values)
        sums = np.where(known.any(axis=1), np.where(known, values, 0.0).sum(axis=1), np.nan)
        if not members:
            sums = np.zeros(len(Metric))
        if self.choice == (None, None):
            for held in shares:
                if held in table.shares:
                    count, spot = table.shares[held], table.share_spots[held]
                    sums[[Metric.DELTA, Metric.DELTA_CASH, Metric.VALUE]] += [count, count * spot, count * spot]
        second_hand = int((table.marks[members] != Quality.LIVE).sum())
        quantity = int(table.quantity[members].sum())
        return RiskLine(name, code, quantity, tuple(np.round(sums, 6).tolist()), second_hand, is_sum)

    def _columns(self) -> list[TableColumn[RiskLine]]:
        def ink(line: RiskLine) -> QColor | None:
            # What stands on other strikes is dim, as in the chain
            return self._appearance.theme.dim if line.second_hand and not line.is_sum else None

        columns: list[TableColumn[RiskLine]] = [
            TableColumn("name", lambda: word("Position"), lambda line: line.name, LEFT, width_chars=18),
            TableColumn(
                "quantity",
                lambda: word("Net lots"),
                lambda line: signed_quantity(line.quantity),
                RIGHT,
                colour=lambda line: self._appearance.theme.position,
                sort=lambda line: line.quantity,
                width_chars=8,
            ),
        ]
        columns += [_metric_column(*entry, ink) for entry in _COLUMNS]
        columns.append(
            TableColumn(
                "mark",
                lambda: word("Mark"),
                lambda line: f"○{line.second_hand}" if line.second_hand else "",
                LEFT,
                width_chars=5,
                tip=lambda line: word("Contracts whose greeks stand on other strikes, or have none"),
            )
        )
        return columns

    def _turn(self, row: int) -> None:
        line = self.model.record(row)
        if line is not None and line.code:
            self.contract_chosen.emit(line.code)


def _metric_column(
    metric: Metric, name: str, unit: Callable[[], str], decimals: int, ink: Callable[[RiskLine], QColor | None]
) -> TableColumn[RiskLine]:
    text = signed(decimals)
    return TableColumn(
        metric.name.lower(),
        lambda: f"{name} {unit()}",
        lambda line: _figure(line.values[metric], text),
        RIGHT,
        colour=ink,
        sort=lambda line: _sortable(line.values[metric]),
        width_chars=11,
    )


def _figure(value: float, text: Callable[[float], str]) -> str:
    return DASH if np.isnan(value) else text(value)


def _sortable(value: float) -> float | None:
    return None if np.isnan(value) else value
