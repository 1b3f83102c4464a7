"""What our trades were worth afterwards (成交后走势), by contract, expiry, underlying or in total."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

import numpy as np
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from terminal.services.mark_outs import HORIZONS, MarkOut, MarkOuts
from terminal.services.market_data import MarketData
from terminal.views.appearance import Appearance
from terminal.views.formatting import DASH
from terminal.views.heat_table import signed
from terminal.views.record_table import Export, RecordTable
from terminal.views.risk.greeks_section import Level
from terminal.views.risk.section import Section
from terminal.views.risk.words import word
from terminal.views.table_model import LEFT, RIGHT, RecordTableModel, TableColumn
from terminal.views.texts import contract_name, month_words, underlying_name

_TICKS, _YUAN = signed(1), signed(0)


@dataclass(frozen=True, slots=True)
class MarkOutLine:
    """One row; ticks a contract, from our side."""

    name: str
    code: str
    """Of the contract, empty for sums"""
    trades: int
    contracts: int
    edge: float
    value: float
    """Yuan"""
    later: tuple[float, ...]
    is_sum: bool = False


class MarkOutSection(Section):
    """A double click turns the desk to a contract."""

    contract_chosen = Signal(str)
    least_height = 130

    def __init__(
        self,
        market: MarketData,
        mark_outs: MarkOuts,
        appearance: Appearance,
        export: Export | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._market = market
        self._mark_outs = mark_outs
        self._appearance = appearance
        self._shown: tuple[object, ...] = ()
        self.scope: str | None = None
        self.level = Level.CONTRACT
        self.buttons = self.choices(tuple(Level), self.level, self.show_level)
        self.model: RecordTableModel[MarkOutLine] = RecordTableModel(self._columns(), parent=self)
        self.table = RecordTable(
            self.model, appearance, title=lambda: word("After our trades"), export=export, parent=self
        )
        self.body.addWidget(self.table, 1)
        self.table.doubleClicked.connect(lambda index: self._turn(index.row()))
        self.name_all()

    def show_level(self, level: Level) -> None:
        """Sum up another way."""
        self.level = level
        self.buttons[level].setChecked(True)
        self.flush()

    def flush(self) -> None:
        """Show what has changed."""
        now = (self._mark_outs.revision, self.scope, self.level, self._market.day)
        if now == self._shown:
            return
        self._shown = now
        self.model.replace_all(self._lines())

    def name_all(self) -> None:
        """Words of the language in force."""
        self.title.setText(word("After our trades"))
        self.unit.setText(word("ticks a contract against the theoretical price, ours above zero"))
        names = {
            Level.CONTRACT: word("Contract"),
            Level.EXPIRY: word("Expiry"),
            Level.UNDERLYING: word("Underlying"),
            Level.TOTAL: word("Total"),
        }
        for level, button in self.buttons.items():
            button.setText(names[level])
        self._shown = ()
        self.model.retranslate()

    # ---- inside

    def _lines(self) -> list[tuple[str, MarkOutLine]]:
        traded = [
            contract
            for code in self._mark_outs.by_contract
            if (contract := self._market.contract(code)) is not None and self.scope in (None, contract.underlying)
        ]
        traded.sort(key=lambda c: (c.underlying, c.expiry, c.strike, c.right.value))
        names = {u.code: underlying_name(u) for u in self._market.underlyings}
        lines: list[tuple[str, MarkOutLine]] = []
        if self.level is Level.CONTRACT:
            for contract in traded:
                name = contract_name(contract, self._market)
                lines.append((contract.code, _line(self._mark_outs.by_contract[contract.code], name, contract.code)))
        elif self.level is not Level.TOTAL:
            groups: dict[str, tuple[str, list[str]]] = {}
            for contract in traded:
                name = names.get(contract.underlying, contract.underlying)
                key = contract.underlying
                if self.level is Level.EXPIRY:
                    name, key = f"{name} {month_words(contract.expiry.month)}", f"{key} {contract.expiry}"
                groups.setdefault(key, (name, []))[1].append(contract.code)
            lines = [(key, _line(self._mark_outs.total(codes), name)) for key, (name, codes) in groups.items()]
        total = self._mark_outs.total([c.code for c in traded])
        return [*lines, ("total", _line(total, word("Total"), is_sum=True))]

    def _columns(self) -> list[TableColumn[MarkOutLine]]:
        return [
            TableColumn("name", lambda: word("Position"), lambda line: line.name, LEFT, width_chars=18),
            _count("trades", lambda: word("Trades"), lambda line: line.trades),
            _count("contracts", lambda: word("Contracts"), lambda line: line.contracts),
            self._figure("edge", lambda: word("At trade"), lambda line: line.edge, _TICKS),
            *(self._after(n) for n in range(len(HORIZONS))),
            self._figure("value", lambda: word("Edge yuan"), lambda line: line.value, _YUAN),
        ]

    def _after(self, number: int) -> TableColumn[MarkOutLine]:
        return self._figure(
            f"after_{number}", lambda: _after(HORIZONS[number]), lambda line: line.later[number], _TICKS
        )

    def _figure(
        self, key: str, title: Callable[[], str], value: Callable[[MarkOutLine], float], text: Callable[[float], str]
    ) -> TableColumn[MarkOutLine]:
        return TableColumn(
            key,
            title,
            lambda line: DASH if np.isnan(value(line)) else text(value(line)),
            RIGHT,
            # Amber tells a loss: red and green are prices
            colour=lambda line: self._appearance.theme.warn if value(line) < 0.0 else None,
            sort=lambda line: None if np.isnan(value(line)) else value(line),
            width_chars=9,
        )

    def _turn(self, row: int) -> None:
        line = self.model.record(row)
        if line is not None and line.code:
            self.contract_chosen.emit(line.code)


def _count(key: str, title: Callable[[], str], value: Callable[[MarkOutLine], int]) -> TableColumn[MarkOutLine]:
    return TableColumn(key, title, lambda line: f"{value(line):,}", RIGHT, sort=value, width_chars=8)


def _line(entry: MarkOut, name: str, code: str = "", *, is_sum: bool = False) -> MarkOutLine:
    later = tuple(entry.later_ticks(n) for n in range(len(HORIZONS)))
    return MarkOutLine(name, code, entry.trades, entry.contracts, entry.edge_ticks(), entry.value, later, is_sum)


def _after(horizon: timedelta) -> str:
    seconds = round(horizon.total_seconds())
    return word("+{n} min").format(n=seconds // 60) if seconds >= 60 else word("+{n} s").format(n=seconds)
