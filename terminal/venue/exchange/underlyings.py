"""The underlyings (合约标的) as the exchange shows them: quotes given from outside, and whether they are halted.

Rows are kept as they come; only while an underlying is halted its phase reads HALTED.
"""

from collections.abc import Sequence

import numpy as np

from terminal.domain.contracts import Contract, Underlying
from terminal.domain.errors import BadInput
from terminal.domain.market_data import COLUMN_COUNT, DEPTH, Column, QuoteRows
from terminal.domain.phases import Phase
from terminal.rules.shares import ShareBook, ShareLevel
from terminal.venue.exchange.messages import OpeningState

_HALTED = ord(Phase.HALTED.value)


class UnderlyingBoard:
    """Quote rows and halts of the underlyings, by instrument number."""

    def __init__(self, underlyings: Sequence[Underlying], contracts: Sequence[Contract]) -> None:
        self._numbers = {underlying.code: number for number, underlying in enumerate(underlyings)}
        self._rows = np.zeros((len(underlyings), COLUMN_COUNT), dtype=np.int64)
        self._rows[:, Column.INSTRUMENT] = range(len(underlyings))
        self._rows[:, Column.PHASE] = ord(Phase.PRE_OPEN.value)
        self._halted = [False] * len(underlyings)
        self._contracts: list[list[int]] = [[] for _ in underlyings]
        for place, contract in enumerate(contracts):
            self._contracts[self.number_of(contract.underlying)].append(place)

    def contracts_of(self, number: int) -> list[int]:
        """Places of the underlying's contracts in the list of contracts."""
        return self._contracts[number]

    def row(self, number: int) -> list[int]:
        """The newest quotes of one underlying."""
        figures: list[int] = self._rows[number].tolist()
        if self._halted[number]:
            figures[Column.PHASE] = _HALTED
        return figures

    def take(self, rows: QuoteRows) -> list[int]:
        """Replace rows by newer ones; the numbers of the underlyings they are of.

        Raises BadInput for another shape or type, or a row of anything but an underlying; no row is taken then.
        """
        if rows.ndim != 2 or rows.shape[1] != COLUMN_COUNT or rows.dtype != np.int64:
            raise BadInput("underlying quotes", f"{rows.dtype} {rows.shape}", f"int64 of shape (n, {COLUMN_COUNT})")
        numbers: list[int] = rows[:, Column.INSTRUMENT].tolist()
        for number in numbers:
            if not 0 <= number < len(self._halted):
                raise BadInput("underlying quotes", number, f"the number of an underlying, below {len(self._halted)}")
        self._rows[numbers] = rows
        return numbers

    def book(self, number: int) -> ShareBook:
        """What the cash market shows of one underlying now."""
        row = self._rows[number].tolist()
        return ShareBook(
            _levels(row, Column.BID_PRICE, Column.BID_QUANTITY),
            _levels(row, Column.ASK_PRICE, Column.ASK_QUANTITY),
            self._halted[number],
        )

    def take_shares(self, number: int, quantity: int, *, buys: bool) -> None:
        """Take shares off the levels from the touch on, until the cash market quotes anew."""
        row = self._rows[number]
        prices, sizes = (Column.ASK_PRICE, Column.ASK_QUANTITY) if buys else (Column.BID_PRICE, Column.BID_QUANTITY)
        left = []
        for price, size in _levels(row.tolist(), prices, sizes):
            taken = min(size, quantity)
            quantity -= taken
            if size > taken:
                left.append((price, size - taken))
        left += [(0, 0)] * (DEPTH - len(left))
        row[prices : prices + DEPTH] = [price for price, _ in left]
        row[sizes : sizes + DEPTH] = [size for _, size in left]

    def is_halted(self, number: int) -> bool:
        """Whether the underlying is halted."""
        return self._halted[number]

    def suspend(self, number: int, *, halted: bool) -> bool:
        """Halt or resume; whether that changed anything."""
        changed = self._halted[number] is not halted
        self._halted[number] = halted
        return changed

    def take_up(self, state: OpeningState) -> None:
        """Continue with the statistics of an earlier moment of the day."""
        row = self._rows[state.instrument]
        row[Column.LAST : Column.OPEN_INTEREST] = (
            state.last,
            state.open,
            state.high,
            state.low,
            state.volume,
            state.turnover_cents,
        )
        self._halted[state.instrument] = state.halted

    def pictures(self) -> list[OpeningState]:
        """The statistics as they stand."""
        pictures = []
        for number, halted in enumerate(self._halted):
            row = self.row(number)
            last, opened, high, low, volume, turnover_cents = row[Column.LAST : Column.OPEN_INTEREST]
            pictures.append(
                OpeningState(number, last, opened, high, low, volume, turnover_cents=turnover_cents, halted=halted)
            )
        return pictures

    def number_of(self, code: str) -> int:
        """The instrument number of an underlying. Raises BadInput for a code that is none."""
        number = self._numbers.get(code)
        if number is None:
            raise BadInput("underlying", code, "one of the day's underlyings")
        return number


def _levels(row: list[int], prices: Column, sizes: Column) -> tuple[ShareLevel, ...]:
    found = zip(row[prices : prices + DEPTH], row[sizes : sizes + DEPTH], strict=True)
    return tuple((price, size) for price, size in found if price > 0 and size > 0)
