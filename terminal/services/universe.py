"""The day's contracts as arrays, one entry each in the order of the list: what never changes until the next day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from terminal.domain.contracts import Contract, Right, Underlying
from terminal.domain.market_data import PRICE_SCALE

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Universe:
    """Contracts by their number in the day's list; `first` is the market row of the first one."""

    contracts: tuple[Contract, ...]
    first: int
    number_of: dict[str, int]
    multiplier: FloatArray
    ticks_are_one: bool
    """Whether every tick is 0.0001 yuan"""
    tick: IntArray
    """Whole 0.0001 yuan, as all prices here"""
    previous_settlement: IntArray
    limit_up: IntArray
    limit_down: IntArray
    least_bid: IntArray
    """The limit-down price, or one tick where that is more"""
    underlying: IntArray
    """Market row of each contract's underlying"""
    expiry: IntArray
    """Number of the expiry in `expiries`"""
    expiries: tuple[date, ...]
    is_call: NDArray[np.bool_]

    @classmethod
    def of(cls, underlyings: Sequence[Underlying], contracts: Sequence[Contract]) -> "Universe":
        """Lay out a day's list."""
        row_of = {u.code: n for n, u in enumerate(underlyings)}
        expiries = tuple(sorted({c.expiry for c in contracts}))

        def whole(values: Sequence[int]) -> IntArray:
            return np.array(values, dtype=np.int64)

        tick = whole([int(c.tick_size * PRICE_SCALE) for c in contracts])
        limit_down = whole([int(c.limit_down * PRICE_SCALE) for c in contracts])
        return cls(
            contracts=tuple(contracts),
            first=len(underlyings),
            number_of={c.code: n for n, c in enumerate(contracts)},
            ticks_are_one=all(c.tick_size * PRICE_SCALE == 1 for c in contracts),
            multiplier=np.array([c.multiplier for c in contracts], dtype=np.float64),
            tick=tick,
            previous_settlement=whole([int(c.previous_settlement * PRICE_SCALE) for c in contracts]),
            limit_up=whole([int(c.limit_up * PRICE_SCALE) for c in contracts]),
            limit_down=limit_down,
            least_bid=np.maximum(limit_down, tick),
            underlying=whole([row_of[c.underlying] for c in contracts]),
            expiry=whole([expiries.index(c.expiry) for c in contracts]),
            expiries=expiries,
            is_call=np.array([c.right is Right.CALL for c in contracts], dtype=np.bool_),
        )

    def __len__(self) -> int:
        return len(self.contracts)

    def of_underlying(self, row: int) -> IntArray:
        """Numbers of the contracts of one underlying."""
        return np.flatnonzero(self.underlying == row)


EMPTY = Universe.of((), ())
