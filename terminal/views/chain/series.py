"""The series (到期月份与调整) of an underlying: what one chain shows together.

Contracts are kept by market row, never by strike: an adjusted contract may share its strike with a standard one, and
then each stands in its own series.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import zip_longest

import numpy as np
from numpy.typing import NDArray

from terminal.domain.contracts import Contract, Right
from terminal.rules.naming import STANDARD
from terminal.services.market_data import MarketData

SeriesKey = tuple[str, date, str]
#: Market row of a contract that is not listed
NO_ROW = -1


@dataclass(frozen=True, slots=True, eq=False)
class Series:
    """Underlying, expiry and adjustment letter, with one line per strike in rising order."""

    key: SeriesKey
    strikes: tuple[Decimal, ...]
    calls: tuple[Contract | None, ...]
    puts: tuple[Contract | None, ...]
    call_rows: NDArray[np.int64]
    """Market row per line, NO_ROW for a missing twin"""
    put_rows: NDArray[np.int64]

    @property
    def underlying(self) -> str:
        """Code of the underlying."""
        return self.key[0]

    @property
    def expiry(self) -> date:
        """Expiry day."""
        return self.key[1]

    @property
    def adjustment(self) -> str:
        """Adjustment letter, ``M`` for a standard one."""
        return self.key[2]

    @property
    def is_standard(self) -> bool:
        """Whether no ex-day has changed it."""
        return self.adjustment == STANDARD

    @property
    def contracts(self) -> tuple[Contract, ...]:
        """All contracts of the series."""
        return tuple(c for c in (*self.calls, *self.puts) if c is not None)

    @property
    def multiplier(self) -> int:
        """Contract unit (合约单位) of the series; 0 when its contracts differ."""
        units = {c.multiplier for c in self.contracts}
        return units.pop() if len(units) == 1 else 0

    def contract(self, line: int, right: Right) -> Contract | None:
        """The contract of a line, None for a missing twin."""
        return (self.calls if right is Right.CALL else self.puts)[line]


def series_of(market: MarketData, underlying: str) -> list[Series]:
    """All series of an underlying by expiry, the standard one before the adjusted ones."""
    listed: defaultdict[SeriesKey, list[Contract]] = defaultdict(list)
    for contract in market.contracts:
        if contract.underlying == underlying:
            listed[contract.series].append(contract)
    # M before A, B: the standard series is the one a user looks for
    return [_series(key, listed[key], market) for key in sorted(listed, key=lambda k: (k[1], k[2] != STANDARD, k[2]))]


def _series(key: SeriesKey, contracts: list[Contract], market: MarketData) -> Series:
    by_strike: defaultdict[Decimal, dict[Right, list[Contract]]] = defaultdict(lambda: {Right.CALL: [], Right.PUT: []})
    for contract in contracts:
        by_strike[contract.strike][contract.right].append(contract)
    lines = [
        (strike, call, put)
        for strike in sorted(by_strike)
        # Two contracts of one right and strike take a line each, so that neither hides the other
        for call, put in zip_longest(by_strike[strike][Right.CALL], by_strike[strike][Right.PUT])
    ]
    calls, puts = tuple(line[1] for line in lines), tuple(line[2] for line in lines)
    return Series(
        key=key,
        strikes=tuple(line[0] for line in lines),
        calls=calls,
        puts=puts,
        call_rows=np.array([market.row_of[c.code] if c else NO_ROW for c in calls], dtype=np.int64),
        put_rows=np.array([market.row_of[c.code] if c else NO_ROW for c in puts], dtype=np.int64),
    )
