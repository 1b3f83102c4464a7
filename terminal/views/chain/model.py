"""The chain of one series as a Qt table: a row per strike and one for the underlying's price between them.

`refresh` takes the newest figures into arrays and `data` only looks up there. Ticks emit no `dataChanged`: the chain's
own table compares the arrays and paints what differs (a wide dataChanged per frame costs three quarters of a core).
"""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from terminal.domain.contracts import Contract, Right
from terminal.pricing.quality import Quality
from terminal.services.market_data import MarketData
from terminal.services.valuation import Valuation
from terminal.views.chain.columns import STRIKE, ChainColumn, put_half
from terminal.views.chain.figures import NONE, CellColumn, ChainFigures, SpotLine
from terminal.views.chain.own import OwnBook
from terminal.views.chain.series import Series
from terminal.views.chain.style import QUALITY_MASK, QUALITY_SHIFT
from terminal.views.chain.texts import cell_text, strike_text
from terminal.views.chain.words import word
from terminal.views.formatting import price
from terminal.views.texts import contract_name

Index = QModelIndex | QPersistentModelIndex
IntArray = NDArray[np.int64]
_QUALITY_WORDS: dict[int, Callable[[], str]] = {
    Quality.ONE_SIDED: lambda: word("one-sided"),
    Quality.STALE: lambda: word("stale"),
    Quality.INTERPOLATED: lambda: word("from other strikes"),
    Quality.CROSSED: lambda: word("crossed"),
}
_NO_SPOT_LINE = SpotLine(0, 0, 0, 0, 0, 0, 0)


class ChainModel(QAbstractTableModel):
    """Rows are strikes in rising order with the spot row among them; columns are calls, strike, puts."""

    def __init__(self, market: MarketData, valuation: Valuation, own: OwnBook, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.market = market
        self._valuation = valuation
        self._own = own
        self._figures: ChainFigures | None = None
        self.rest_seconds = 0.0
        """How long values may stand while the underlying does; a price of it that moves is valued at once"""
        self._valued: tuple[str, float, float] = ("", np.nan, -np.inf)
        """What was valued last, the price of the underlying and the moment"""
        self._shown: NDArray[np.int64] = np.zeros(0, np.int64)
        self.series: Series | None = None
        self.columns: tuple[CellColumn, ...] = (CellColumn(None, STRIKE),)
        self.lines: list[int] = []
        """Line of the series per row, without the spot row"""
        self.spot_row = 0
        self.spot = _NO_SPOT_LINE
        self.values: IntArray = np.zeros((0, 1), np.int64)
        """What each cell shows, shape (strike rows, columns): the spot row is left out"""
        self.styles: IntArray = np.zeros((0, 1), np.int64)
        self.language = "zh_CN"
        self.by_side = False

    # ---- what is shown

    def show(self, series: Series | None, lines: Sequence[int] | None = None) -> None:
        """Show another series, or other lines of it; None of `lines` is all."""
        self.beginResetModel()
        if series is not self.series or series is None:
            self.series = series
            self._figures = (
                ChainFigures(series, self.market, self._valuation, self._own) if series is not None else None
            )
        count = len(series.strikes) if series is not None else 0
        self.lines = [n for n in (range(count) if lines is None else lines) if 0 <= n < count]
        self._shown = np.array(self.lines, dtype=np.int64)
        self.spot_row = self._spot_row()
        self._take_figures(0.0)
        self.endResetModel()

    def set_calls(self, calls: Sequence[ChainColumn]) -> None:
        """Show these columns on the call half, from the outside inwards, and their mirror on the put half."""
        columns = (
            *(CellColumn(Right.CALL, column) for column in calls),
            CellColumn(None, STRIKE),
            *(CellColumn(Right.PUT, column) for column in put_half(calls)),
        )
        if columns == self.columns:
            return
        self.beginResetModel()
        self.columns = columns
        self._take_figures(0.0)
        self.endResetModel()

    def look(self, series: Series, now: float) -> tuple[object, ...]:
        """Bring up to date what the figures of a series stand on; gives what is the same until any of it changes.

        `now` is in the market's monotonic seconds.
        """
        underlying, (valued, at_spot, at) = series.underlying, self._valued
        spot = self._valuation.spot(underlying)
        if valued != underlying or spot != at_spot or now - at >= self.rest_seconds:
            self._valued = underlying, spot, now
            self._valuation.refresh(underlying)
        self._own.refresh()
        return self.market.updates, self.market.phase, self._valuation.revision, self._own.revision

    def refresh(self, now: float) -> None:
        """Take the newest figures and move the spot row over a strike; `now` in the market's monotonic seconds."""
        place = self._spot_row()
        if place != self.spot_row:
            root = QModelIndex()
            # Qt names the row before which the moved one lands, counted before the move
            self.beginMoveRows(root, self.spot_row, self.spot_row, root, place + (place > self.spot_row))
            self.spot_row = place
            self.endMoveRows()
        self._take_figures(now)

    def received_after(self, moment: float) -> NDArray[np.float64]:
        """When the quotes of the series came that are newer than a moment, both in monotonic seconds."""
        return self._figures.received_after(moment) if self._figures is not None else np.zeros(0)

    @property
    def at_the_money_line(self) -> int:
        """The line of the series nearest to the underlying's price, shown or not."""
        return self._figures.at_the_money() if self._figures is not None else 0

    @property
    def at_the_money_row(self) -> int:
        """The row nearest to the underlying's price; the spot row when nothing is listed."""
        if self._figures is None or not self.lines:
            return self.spot_row
        wanted = self.at_the_money_line
        return self.row_of_line(min(self.lines, key=lambda line: abs(line - wanted)))

    def line_of_row(self, row: int) -> int | None:
        """Position in `values` of a row, None for the spot row."""
        if row == self.spot_row or not 0 <= row <= len(self.lines):
            return None
        return row - (row > self.spot_row)

    def row_of_line(self, line: int) -> int:
        """Row of a line of the series that is shown."""
        position = self.lines.index(line)
        return position + (position >= self.spot_row)

    def contract_at(self, row: int, column: int) -> Contract | None:
        """The contract a cell belongs to; None on the strike, on the spot row and where a twin is missing."""
        position = self.line_of_row(row)
        right = self.columns[column].right if 0 <= column < len(self.columns) else None
        if self.series is None or position is None or right is None:
            return None
        return self.series.contract(self.lines[position], right)

    def row_of_contract(self, contract: Contract) -> int | None:
        """The row a contract stands in, None when it is not shown."""
        if self.series is None:
            return None
        side = self.series.calls if contract.right is Right.CALL else self.series.puts
        line = next((n for n, c in enumerate(side) if c is not None and c.code == contract.code), None)
        return self.row_of_line(line) if line is not None and line in self.lines else None

    def column_of(self, right: Right | None, key: str) -> int | None:
        """Number of a column, None when it is not shown."""
        return next((n for n, c in enumerate(self.columns) if c.right is right and c.column.key == key), None)

    # ---- Qt asks

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        """Strikes and the spot row; nothing while no series is shown."""
        return 0 if parent.isValid() or self.series is None else len(self.lines) + 1

    def columnCount(self, parent: Index = QModelIndex()) -> int:
        """Calls, strike, puts."""
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Text, alignment and what a screen reader says."""
        if not index.isValid():
            return None
        row, number = index.row(), index.column()
        if role == Qt.ItemDataRole.TextAlignmentRole:
            right = Qt.AlignmentFlag.AlignRight if self.columns[number].right else Qt.AlignmentFlag.AlignHCenter
            return right | Qt.AlignmentFlag.AlignVCenter
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(row, number)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            contract = self.contract_at(row, number)
            name = word(self.columns[number].column.name)
            title = contract_name(contract, self.market) if contract else ""
            return f"{title} {name} {self._text(row, number)} {self._quality(row, number)}".strip()
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Two lines: the name, and the unit below it."""
        if orientation is not Qt.Orientation.Horizontal or not 0 <= section < len(self.columns):
            return None
        cell = self.columns[section]
        if role == Qt.ItemDataRole.DisplayRole:
            return f"{word(cell.column.name)}\n{self.unit_text(section)}"
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            half = {Right.CALL: word("Calls"), Right.PUT: word("Puts"), None: ""}[cell.right]
            return f"{half} {word(cell.column.name)} ({self.unit_text(section)})".strip()
        return None

    def unit_text(self, section: int) -> str:
        """The unit below a column's name; the contract unit where it is not the usual one."""
        cell = self.columns[section]
        if cell.right is None and self.series is not None and self.series.adjustment != "M":
            return f"{word('unit')} {self.series.multiplier or word('mixed')}"
        return word(cell.column.unit)

    # ---- inside

    def _text(self, row: int, number: int) -> str:
        position = self.line_of_row(row)
        if position is None:
            return price(self.spot.price, 3) if self.columns[number].right is None else ""
        value = int(self.values[position, number])
        if self.columns[number].right is None:
            return strike_text(value)
        return cell_text(self.columns[number].column.kind, value, self.language)

    def _quality(self, row: int, number: int) -> str:
        """What a figure stands on, in words; empty for a live one."""
        position = self.line_of_row(row)
        if position is None or self.columns[number].right is None:
            return ""
        said = _QUALITY_WORDS.get((int(self.styles[position, number]) & QUALITY_MASK) >> QUALITY_SHIFT)
        return said() if said is not None else ""

    def _spot_row(self) -> int:
        if self._figures is None:
            return 0
        place = self._figures.spot_place()
        return sum(1 for line in self.lines if line < place)

    def _take_figures(self, now: float) -> None:
        if self._figures is None:
            self.values = np.full((0, len(self.columns)), NONE, np.int64)
            self.styles = np.zeros_like(self.values)
            self.spot = _NO_SPOT_LINE
            return
        values, styles = self._figures.compute(self.columns, now, by_side=self.by_side)
        self.values, self.styles = values[self._shown], styles[self._shown]
        self.spot = self._figures.spot_line()
