"""Prices of our own quotes in the chain under the mouse: which side a cell shows, how far the wheel turned on it."""

from PySide6.QtCore import QModelIndex

from terminal.domain.contracts import Contract
from terminal.domain.orders import Side
from terminal.services.market_data import MarketData
from terminal.views.chain.model import ChainModel
from terminal.views.chain.own import OwnBook

_KEYS = {"my_bid": Side.BUY, "my_ask": Side.SELL}
#: One notch of a mouse wheel as Qt counts it, eighths of a degree
_NOTCH = 120


class OwnPrices:
    """Reads the model and our own book; asks for nothing by itself."""

    def __init__(self, chain: ChainModel, own: OwnBook, market: MarketData) -> None:
        self._chain = chain
        self._own = own
        self._market = market
        self._turned_on: tuple[str, Side] | None = None
        self._left = 0
        """Of a notch of the wheel, not stepped yet"""

    def at(self, index: QModelIndex) -> tuple[Contract, Side] | None:
        """The contract and the side of a quote of ours that a cell shows; None for a cell that shows none."""
        if not index.isValid():
            return None
        contract = self._chain.contract_at(index.row(), index.column())
        side = _KEYS.get(self._chain.columns[index.column()].column.key)
        if contract is None or side is None:
            return None
        self._own.refresh()
        is_quoted = self._own.quoted[int(side is Side.SELL), self._market.row_of[contract.code]]
        return (contract, side) if is_quoted else None

    def are_in(self, contract: Contract) -> bool:
        """Whether a quote of ours lies in a contract's book."""
        self._own.refresh()
        return bool(self._own.quoted[:, self._market.row_of[contract.code]].any())

    def turned(self, contract: Contract, side: Side, angle: int) -> int:
        """Whole ticks that a turn of the wheel comes to.

        A touchpad tells of small parts of a notch; what is left of one belongs to the price it began on.
        """
        if self._turned_on != (contract.code, side):
            self._turned_on, self._left = (contract.code, side), 0
        self._left += angle
        ticks = int(self._left / _NOTCH)
        self._left -= ticks * _NOTCH
        return ticks
