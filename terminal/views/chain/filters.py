"""Which strikes of a series the chain shows: so many around the money, by |Δ|, only mine, only those I must quote.

And whether adjusted series (调整合约) stand beside the standard ones.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from enum import Enum

import numpy as np
from numpy.typing import NDArray

from terminal.domain.contracts import Contract
from terminal.services.valuation import Figure, Valuation
from terminal.views.chain.own import OwnBook
from terminal.views.chain.series import Series

#: A strike on screen leaves it when its |Δ| is so far outside, so that none comes and goes with every price
_LATE = 0.01
#: Codes of the contracts with an obligation today; None for an account without any
Obliged = Callable[[], Collection[str] | None]


class StrikeFilter(Enum):
    """How many strikes on each side of the money, or all."""

    FIVE = 5
    SEVEN = 7
    ALL = 0


@dataclass(frozen=True, slots=True)
class ChainFilter:
    """What a user wants to see. A strike is shown when its call or its put is all of it."""

    strikes: StrikeFilter = StrikeFilter.ALL
    least_delta: float = 0.0
    """|Δ| of one share, 0 to 1"""
    most_delta: float = 1.0
    mine_only: bool = False
    """Held, or with an order or a quote of mine"""
    obliged_only: bool = False
    adjusted: bool = True
    """Adjusted series stand beside the standard ones"""

    @property
    def by_delta(self) -> bool:
        """Whether any |Δ| is left out."""
        return self.least_delta > 0.0 or self.most_delta < 1.0

    @property
    def wants_all(self) -> bool:
        """Whether every strike is shown whatever the market does."""
        return self.strikes is StrikeFilter.ALL and not (self.by_delta or self.mine_only or self.obliged_only)

    def with_all_strikes(self) -> "ChainFilter":
        """The same without anything that hides a strike."""
        return ChainFilter(adjusted=self.adjusted)

    def record(self) -> dict[str, object]:
        """As the settings keep it."""
        return {
            "strikes": self.strikes.value,
            "delta": [self.least_delta, self.most_delta],
            "mine": self.mine_only,
            "obliged": self.obliged_only,
            "adjusted": self.adjusted,
        }

    @classmethod
    def of(cls, kept: object) -> "ChainFilter":
        """What `record` wrote; of anything else the part that can be read, which may be nothing."""
        if not isinstance(kept, Mapping):
            return cls()
        least, most = _deltas(kept.get("delta"))
        return cls(
            next((s for s in StrikeFilter if s.value == kept.get("strikes")), StrikeFilter.ALL),
            least,
            most,
            kept.get("mine") is True,
            kept.get("obliged") is True,
            kept.get("adjusted") is not False,
        )


class LineFilter:
    """Finds the lines of a series that pass."""

    def __init__(self, valuation: Valuation, own: OwnBook, obliged: Obliged) -> None:
        self._valuation = valuation
        self._own = own
        self._obliged = obliged

    def lines(
        self, series: Series, wanted: ChainFilter, *, middle: int, shown: Collection[int], kept: str = ""
    ) -> list[int]:
        """Lines in rising order. `middle` is the one at the money, `shown` those on screen.

        The line of the contract `kept` is always there: what an order is being written for does not vanish.
        """
        every = range(len(series.strikes))
        if wanted.wants_all:
            return list(every)
        passes = np.zeros(len(every), np.bool_)
        on_screen = np.isin(np.arange(len(every)), list(shown))
        for contracts, rows in ((series.calls, series.call_rows), (series.puts, series.put_rows)):
            passes |= (rows >= 0) & self._passing(contracts, rows, wanted, on_screen)
        if wanted.strikes is not StrikeFilter.ALL:
            passes &= np.abs(np.arange(len(every)) - middle) <= wanted.strikes.value
        return [n for n in every if passes[n] or (kept and kept in _codes(series, n))]

    def _passing(
        self,
        contracts: tuple[Contract | None, ...],
        rows: NDArray[np.int64],
        wanted: ChainFilter,
        on_screen: NDArray[np.bool_],
    ) -> NDArray[np.bool_]:
        passes = np.ones(len(rows), np.bool_)
        if wanted.by_delta:
            units = np.array([c.multiplier if c else 1 for c in contracts], np.float64)
            delta = np.abs(self._valuation.values[Figure.DELTA, rows]) / units
            late = np.where(on_screen, _LATE, 0.0)
            outside = (delta < wanted.least_delta - late) | (delta > wanted.most_delta + late)
            # One without a known delta is not left out: nobody could say why
            passes &= ~outside
        if wanted.mine_only:
            own = self._own
            own.refresh()
            passes &= (own.held | (own.bid_price > 0) | (own.ask_price > 0))[rows]
        obliged = self._obliged() if wanted.obliged_only else None
        if obliged is not None:
            passes &= np.array([c is not None and c.code in obliged for c in contracts], np.bool_)
        return passes


def _codes(series: Series, line: int) -> tuple[str, ...]:
    return tuple(c.code for c in (series.calls[line], series.puts[line]) if c is not None)


def _deltas(kept: object) -> tuple[float, float]:
    if isinstance(kept, (list, tuple)) and len(kept) == 2 and all(type(d) in (int, float) for d in kept):
        least, most = float(kept[0]), float(kept[1])
        if 0.0 <= least < most <= 1.0:
            return least, most
    return 0.0, 1.0
