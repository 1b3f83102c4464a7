"""What our own trades were worth afterwards (成交后走势): the theoretical price then against what was paid or got.

A trade that earns at first and loses a minute later was with somebody who knew more. Trades that an earlier start of
the desk saw are not among these: what a contract was worth at their moment is not known any more.
"""

from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import numpy as np

from terminal.domain.market_data import PRICE_SCALE
from terminal.domain.orders import Fill, Side
from terminal.services.bus import Bus
from terminal.services.events import DayChanged, FillBooked
from terminal.services.market_data import MarketData
from terminal.services.valuation import Figure, Valuation

#: Market time after a trade at which it is looked at
HORIZONS = tuple(timedelta(seconds=s) for s in (5, 30, 60, 300))
#: A trade reported later than this after it was made has no theoretical price of its moment
_LATE = timedelta(seconds=2)
#: A look so much after its horizon says nothing of it: the desk stood still, or the day was skipped
_MISSED = timedelta(seconds=30)


@dataclass(slots=True)
class MarkOut:
    """Sums over trades, in ticks of 0.0001 yuan times contracts, from our side: above zero is earned."""

    contract_code: str
    trades: int = 0
    contracts: int = 0
    edge: float = 0.0
    """At the moment of the trades, of all of them"""
    value: float = 0.0
    """The same in yuan"""
    later: list[float] = field(default_factory=lambda: [0.0] * len(HORIZONS))
    counted: list[int] = field(default_factory=lambda: [0] * len(HORIZONS))
    """Contracts that have reached each horizon"""

    def edge_ticks(self) -> float:
        """Ticks a contract at the moment of the trade; nan for none."""
        return self.edge / self.contracts if self.contracts else np.nan

    def later_ticks(self, horizon: int) -> float:
        """Ticks a contract at a horizon, over the contracts that have reached it; nan for none."""
        return self.later[horizon] / self.counted[horizon] if self.counted[horizon] else np.nan

    def add(self, other: "MarkOut") -> None:
        """Add the sums of another."""
        self.trades += other.trades
        self.contracts += other.contracts
        self.edge += other.edge
        self.value += other.value
        for n in range(len(HORIZONS)):
            self.later[n] += other.later[n]
            self.counted[n] += other.counted[n]


@dataclass(frozen=True, slots=True)
class _Due:
    at: datetime
    contract_code: str
    sign: int
    quantity: int
    price_ticks: float


class MarkOuts:
    """Listens to executions; `look` once a second does the rest. `now` is market time."""

    def __init__(self, market: MarketData, valuation: Valuation, bus: Bus, now: Callable[[], datetime]) -> None:
        self._market = market
        self._valuation = valuation
        self._now = now
        self.by_contract: dict[str, MarkOut] = {}
        self.revision = 0
        """Counts changes"""
        self._due: tuple[deque[_Due], ...] = tuple(deque() for _ in HORIZONS)
        bus.subscribe(FillBooked, self._on_fill)
        bus.subscribe(DayChanged, self._on_day)

    def look(self) -> None:
        """Take what trades are worth that have come to a horizon."""
        now = self._now()
        for n, waiting in enumerate(self._due):
            while waiting and waiting[0].at <= now:
                due = waiting.popleft()
                worth = self._theoretical_ticks(due.contract_code)
                if now - due.at > _MISSED or not np.isfinite(worth):
                    continue
                entry = self.by_contract[due.contract_code]
                entry.later[n] += due.sign * (worth - due.price_ticks) * due.quantity
                entry.counted[n] += due.quantity
                self.revision += 1

    def total(self, codes: Sequence[str]) -> MarkOut:
        """The sums of several contracts."""
        total = MarkOut("")
        for code in codes:
            if (entry := self.by_contract.get(code)) is not None:
                total.add(entry)
        return total

    # ---- inside

    def _on_fill(self, event: FillBooked) -> None:
        fill = event.fill
        now = self._now()
        contract = self._market.contract(fill.contract_code)
        if contract is None or not fill.ordered or now - fill.at > _LATE:
            return
        worth = self._theoretical_ticks(fill.contract_code)
        if not np.isfinite(worth):
            return
        sign = _sign(fill)
        price_ticks = float(fill.price) * PRICE_SCALE
        earned = sign * (worth - price_ticks) * fill.quantity
        entry = self.by_contract.setdefault(fill.contract_code, MarkOut(fill.contract_code))
        entry.trades += 1
        entry.contracts += fill.quantity
        entry.edge += earned
        entry.value += earned / PRICE_SCALE * contract.multiplier
        self.revision += 1
        for horizon, waiting in zip(HORIZONS, self._due, strict=True):
            waiting.append(_Due(fill.at + horizon, fill.contract_code, sign, fill.quantity, price_ticks))

    def _on_day(self, event: DayChanged) -> None:
        self.by_contract.clear()
        for waiting in self._due:
            waiting.clear()
        self.revision += 1

    def _theoretical_ticks(self, code: str) -> float:
        contract, row = self._market.contract(code), self._market.row_of.get(code)
        if contract is None or row is None:
            return np.nan
        if not self._valuation.revision_of(contract.underlying):
            self._valuation.refresh(contract.underlying)
        # Else as old as the desk keeps it: a quarter of a second where it quotes or shows the chain, else seconds
        return float(self._valuation.values[Figure.THEORETICAL, row]) * PRICE_SCALE


def _sign(fill: Fill) -> int:
    return 1 if fill.instruction.side is Side.BUY else -1
