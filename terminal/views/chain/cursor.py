"""The cursor of the chain: it stands on a contract in a column, also when other columns or strikes come up."""

from collections.abc import Callable

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Signal
from PySide6.QtWidgets import QWidget

from terminal.domain.contracts import Contract, Right
from terminal.views.appearance import Appearance
from terminal.views.chain.canvas import ChainCanvas
from terminal.views.chain.model import ChainModel

Index = QModelIndex | QPersistentModelIndex


class ChainCursor(ChainCanvas):
    """A canvas with a cursor that moves by strikes, columns and halves."""

    contract_selected = Signal(str)

    def __init__(
        self,
        chain: ChainModel,
        appearance: Appearance,
        monotonic: Callable[[], float],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(chain, appearance, monotonic, parent)
        self._selected = ""
        self._kept: tuple[str, str] | None = None
        self.chain.modelAboutToBeReset.connect(self._keep_place)
        self.chain.modelReset.connect(self._find_place)

    @property
    def current_contract(self) -> Contract | None:
        """The contract under the cell cursor."""
        index = self.currentIndex()
        return self.chain.contract_at(index.row(), index.column()) if index.isValid() else None

    def select(self, contract: Contract) -> bool:
        """Put the cursor on a contract of this series; False when it is not shown."""
        row = self.chain.row_of_contract(contract)
        if row is None:
            return False
        index = self.currentIndex()
        key = self.chain.columns[index.column()].column.key if index.isValid() else "ask"
        column = self._column(contract.right, key)
        self._selected = contract.code
        self.setCurrentIndex(self.chain.index(row, column))
        self.viewport().update()
        return True

    def scroll_to_at_the_money(self) -> None:
        """Bring the underlying's price to the middle of the view."""
        self.scrollTo(self.chain.index(self.chain.spot_row, 0), self.ScrollHint.PositionAtCenter)

    def _step(self, rows: int, columns: int) -> None:
        index = self.currentIndex()
        if not index.isValid():
            self._go_to(self.chain.at_the_money_row, self._current_column())
            return
        row, column = index.row() + rows, index.column() + columns
        if row == self.chain.spot_row:
            row += rows
        self._go_to(row, column)

    def _go_to(self, row: int, column: int) -> None:
        if self.chain.line_of_row(row) is not None and 0 <= column < len(self.chain.columns):
            self.setCurrentIndex(self.chain.index(row, column))

    def _switch_half(self) -> None:
        index = self.currentIndex()
        if not index.isValid():
            self._step(0, 0)
            return
        cell = self.chain.columns[index.column()]
        other = Right.CALL if cell.right is Right.PUT else Right.PUT
        self._go_to(index.row(), self._column(other, cell.column.key))

    def _current_column(self) -> int:
        index = self.currentIndex()
        return index.column() if index.isValid() else self._column(Right.CALL, "ask")

    def _column(self, right: Right, key: str) -> int:
        for wanted in (key, "ask", "last"):
            column = self.chain.column_of(right, wanted)
            if column is not None:
                return column
        return next((n for n, c in enumerate(self.chain.columns) if c.right is right), 0)

    def currentChanged(self, current: Index, previous: Index) -> None:
        """Redraw both cells and tell which contract is selected now."""
        super().currentChanged(current, previous)
        self.viewport().update()
        contract = self.current_contract
        if contract is not None and contract.code != self._selected:
            self._selected = contract.code
            self.contract_selected.emit(contract.code)

    def _keep_place(self) -> None:
        index = self.currentIndex()
        contract = self.current_contract
        if contract is not None:
            self._kept = contract.code, self.chain.columns[index.column()].column.key

    def _find_place(self) -> None:
        """After other columns or lines are shown, stand on the same contract and column again."""
        if self._kept is None:
            return
        contract = self.chain.market.contract(self._kept[0])
        row = self.chain.row_of_contract(contract) if contract is not None else None
        if contract is not None and row is not None:
            self.setCurrentIndex(self.chain.index(row, self._column(contract.right, self._kept[1])))
