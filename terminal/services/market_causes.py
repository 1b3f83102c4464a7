"""What market data tell of exemptions: halts, breaker auctions, and contracts that stand at a price limit."""

import numpy as np
from numpy.typing import NDArray

from terminal.domain.market_data import Column
from terminal.domain.phases import Phase
from terminal.rules.obligations.scope import QuotedContract
from terminal.rules.obligations.validity import ExemptCause, limit_causes
from terminal.services.market_data import MarketData

_ROW_CAUSES = (ExemptCause.HALT, ExemptCause.BREAKER, ExemptCause.LIMIT_UP, ExemptCause.LIMIT_DOWN)
_LOOKED_AT = (Column.PHASE, Column.BID_PRICE, Column.ASK_PRICE)


class MarketCauses:
    """Which causes hold, as arrays over the day's contracts."""

    def __init__(self, contracts: tuple[QuotedContract, ...]) -> None:
        self._codes = [contract.code for contract in contracts]
        self._place_of = {code: place for place, code in enumerate(self._codes)}
        count = len(contracts)
        self._limit_up = np.array([c.limit_up for c in contracts], np.int64)
        self._limit_down = np.array([c.limit_down for c in contracts], np.int64)
        self._holds = {cause: np.zeros(count, bool) for cause in _ROW_CAUSES}
        self._holds[ExemptCause.HALT][:] = [c.suspended for c in contracts]
        self._places: NDArray[np.int64] = np.zeros(0, np.int64)
        """Place of each market data row; -1 for an instrument that is no contract of these"""

    def find_rows(self, market: MarketData) -> None:
        """The day's list came: which row is which contract."""
        self._places = np.array([self._place_of.get(code, -1) for code in market.row_of], np.int64)

    def set(self, code: str, cause: ExemptCause, holds: bool) -> None:
        """What the journal says of one contract."""
        place = self._place_of.get(code)
        if place is not None and cause in self._holds:
            self._holds[cause][place] = holds

    def changes(
        self, quotes: NDArray[np.int64], numbers: NDArray[np.int64]
    ) -> list[tuple[str, ExemptCause, bool, int]]:
        """Causes that began or ended with these rows, and the rows' times, microseconds since the epoch."""
        if not len(self._places):
            return []
        places = self._places[numbers]
        known = places >= 0
        places, numbers = places[known], numbers[known]
        if not len(places):
            return []
        # Three columns of them: whole rows would be ten times as much to copy, twenty-five times a second
        phases, bids, asks = (quotes[numbers, column] for column in _LOOKED_AT)
        at_up, at_down = limit_causes(bids, asks, self._limit_up[places], self._limit_down[places])
        now = {
            ExemptCause.HALT: phases == ord(Phase.HALTED.value),
            ExemptCause.BREAKER: phases == ord(Phase.BREAKER.value),
            ExemptCause.LIMIT_UP: at_up,
            ExemptCause.LIMIT_DOWN: at_down,
        }
        found = []
        for cause, holds in now.items():
            for row in np.flatnonzero(holds != self._holds[cause][places]):
                place, value = places[row], bool(holds[row])
                # A row merged twice into one batch comes twice; one is enough
                if self._holds[cause][place] != value:
                    self._holds[cause][place] = value
                    found.append((self._codes[place], cause, value, int(quotes[numbers[row], Column.TIME_US])))
        return found
