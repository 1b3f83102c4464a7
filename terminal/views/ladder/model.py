"""The rows of the ladder for Qt: thousands of ticks, none of them an object; a cell is made when it is looked at."""

from collections.abc import Mapping
from enum import IntEnum
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from terminal.domain.orders import Side
from terminal.views import formatting
from terminal.views.ladder.picture import LadderPicture, changed_rows, runs
from terminal.views.ladder.words import word
from terminal.views.trading.own_levels import Own

Index = QModelIndex | QPersistentModelIndex
FloatArray = NDArray[np.float64]
_ROOT = QModelIndex()
_CENTRE = int(Qt.AlignmentFlag.AlignCenter)


class Column(IntEnum):
    """From the left."""

    TRADED = 0
    MY_BUYS = 1
    BID = 2
    PRICE = 3
    VOLATILITY = 4
    ASK = 5
    MY_SELLS = 6


TITLES = {
    Column.TRADED: "Traded",
    Column.MY_BUYS: "My buys",
    Column.BID: "Bid size",
    Column.PRICE: "Price",
    Column.VOLATILITY: "IV %",
    Column.ASK: "Ask size",
    Column.MY_SELLS: "My sells",
}
TIPS = {
    Column.TRADED: "Contracts traded at the price today, as far as this desk has heard",
    Column.MY_BUYS: "What is left of my buys; ◇ in two-sided quotes",
    Column.VOLATILITY: "The volatility that the price implies now",
    Column.MY_SELLS: "What is left of my sells; ◇ in two-sided quotes",
}
#: The half of the ladder that a column belongs to
SIDES = {
    Column.MY_BUYS: Side.BUY,
    Column.BID: Side.BUY,
    Column.ASK: Side.SELL,
    Column.MY_SELLS: Side.SELL,
}


class LadderModel(QAbstractTableModel):
    """One picture. `show` emits what has changed, `show_volatilities` the same for the rows in sight."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.picture = LadderPicture()
        self._volatilities: dict[int, str] = {}
        """By row"""

    def show(self, picture: LadderPicture) -> None:
        """Show another picture; other prices make a new ladder."""
        before = self.picture
        if (before.contract, before.scale) != (picture.contract, picture.scale):
            self.beginResetModel()
            self.picture = picture
            self._volatilities = {}
            self.endResetModel()
            return
        if picture == before:
            return
        self.picture = picture
        for first, last in runs(changed_rows(before, picture)):
            self.dataChanged.emit(self.index(first, 0), self.index(last, len(Column) - 1))

    def show_volatilities(self, first: int, volatilities: FloatArray) -> None:
        """Volatilities a year of consecutive rows; nan shows nothing, and every other row shows none."""
        texts = {
            first + place: f"{value * 100:.1f}" for place, value in enumerate(volatilities.tolist()) if value == value
        }
        before, self._volatilities = self._volatilities, texts
        changed = sorted(row for row in {*before, *texts} if before.get(row) != texts.get(row))
        for top, bottom in runs(row for row in changed if row < self.picture.scale.count):
            self.dataChanged.emit(self.index(top, Column.VOLATILITY), self.index(bottom, Column.VOLATILITY))

    def text(self, row: int, column: int) -> str:
        """What a cell says."""
        picture = self.picture
        price = picture.scale.price(row)
        match column:
            case Column.TRADED:
                return _size(picture.traded, price)
            case Column.MY_BUYS:
                return own_text(picture.buys.get(price))
            case Column.BID:
                return _size(picture.bids, price)
            case Column.PRICE:
                return formatting.price(price)
            case Column.VOLATILITY:
                return self._volatilities.get(row, "")
            case Column.ASK:
                return _size(picture.asks, price)
            case _:
                return own_text(picture.sells.get(price))

    def retranslate(self) -> None:
        """Titles in the language in force."""
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(Column) - 1)

    # ---- Qt's side

    def rowCount(self, parent: Index = _ROOT) -> int:
        """One for every tick of the day."""
        return 0 if parent.isValid() else self.picture.scale.count

    def columnCount(self, parent: Index = _ROOT) -> int:
        """As in `Column`."""
        return 0 if parent.isValid() else len(Column)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Text; colours are the painter's."""
        if role == Qt.ItemDataRole.DisplayRole and index.isValid():
            return self.text(index.row(), index.column())
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Titles and what they mean."""
        if orientation is not Qt.Orientation.Horizontal or not 0 <= section < len(Column):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return word(TITLES[Column(section)])
        if role == Qt.ItemDataRole.ToolTipRole:
            return word(TIPS[Column(section)]) if Column(section) in TIPS else None
        return _CENTRE if role == Qt.ItemDataRole.TextAlignmentRole else None


def own_text(own: Own | None) -> str:
    """What is left of mine at a price; dots while a cancel is on its way."""
    if own is None or not own.left:
        return ""
    parts = [formatting.quantity(own.ordered)] if own.ordered else []
    parts += [f"◇{formatting.quantity(own.quoted)}"] if own.quoted else []
    return " ".join(parts) + ("…" if own.is_leaving else "")


def _size(sizes: Mapping[int, int], price: int) -> str:
    size = sizes.get(price, 0)
    return formatting.quantity(size) if size else ""
