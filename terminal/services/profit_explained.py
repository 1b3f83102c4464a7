"""Where today's profit on options came from (盈亏归因), by expiry: greeks, trades, fees, and what is left over.

Explained step by step from the last settlement: a step's greeks speak for the move until the next, so a long day does
not end up in the residual. A step begins only when every contract held has a price, hence nothing falls between two.
Marks are the middle of a sound book, else the theoretical price. Shares held are no part of this.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime, timedelta

import numpy as np
from numpy.typing import NDArray

from terminal.domain.orders import Fill, Side
from terminal.pricing.chain_columns import MID, ChainColumns
from terminal.pricing.explain import Explained, Moment, Trades, explain
from terminal.pricing.value_columns import Greek
from terminal.services.bus import Bus
from terminal.services.events import DayChanged
from terminal.services.market_data import MarketData
from terminal.services.portfolio import Portfolio
from terminal.services.settlement_values import SettlementValues
from terminal.services.valuation import Valuation

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]
#: A new step begins after this much market time
STEP = timedelta(minutes=1)
_COUNTS = ("unexplained", "unpriced")
_GREEKS = {
    "delta": Greek.DELTA, "gamma": Greek.GAMMA, "vega": Greek.VEGA, "theta": Greek.THETA, "vanna": Greek.VANNA,
    "volga": Greek.VOLGA,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class DayExplained:
    """Today so far; the arrays of `parts` have one entry an expiry."""

    expiries: tuple[tuple[str, date], ...]
    """Underlying and expiry"""
    parts: Explained
    since: datetime
    contract_totals: FloatArray
    """Profit of each contract, in the list's order"""


@dataclass(slots=True)
class _Step:
    """Where the step under way began."""

    at: datetime
    moment: Moment
    quantity: FloatArray
    fills: int
    """Fills booked before it"""


class ProfitExplained:
    """Explains when asked. `now` is market time."""

    def __init__(
        self,
        market: MarketData,
        portfolio: Portfolio,
        valuation: Valuation,
        settled: SettlementValues,
        bus: Bus,
        now: Callable[[], datetime],
    ) -> None:
        self._market = market
        self._portfolio = portfolio
        self._valuation = valuation
        self._settled = settled
        self._now = now
        self._step: _Step | None = None
        self._done: Explained | None = None
        self._since = now()
        bus.subscribe(DayChanged, self._on_day)

    def today(self) -> DayExplained | None:
        """The day so far; None before there is a list or a counter's picture."""
        if not self._market.contracts or self._portfolio.funds is None:
            return None
        groups = tuple(sorted({(c.underlying, c.expiry) for c in self._market.contracts}))
        place = {group: n for n, group in enumerate(groups)}
        of = np.array([place[c.underlying, c.expiry] for c in self._market.contracts], dtype=np.int64)
        fills = self._portfolio.fills
        if self._step is None or self._step.fills > len(fills):
            self._step = self._opening()
            self._since = self._step.at
            self._done = None
        step, now = self._step, self._now()
        moment = self._moment_now()
        multiplier = np.array([float(c.multiplier) for c in self._market.contracts])
        each = np.arange(len(multiplier))
        trades = self._trades(fills[step.fills :])
        parts = explain(
            first=step.moment,
            second=moment,
            years=self._years_between(step.at, now),
            quantity=step.quantity,
            multiplier=multiplier,
            expiry_of=each,
            expiries=len(each),
            trades=trades,
        )
        total = parts if self._done is None else _added(self._done, parts)
        if now - step.at >= STEP and not parts.unpriced.any():
            self._done = total
            quantity = step.quantity.copy()
            np.add.at(quantity, trades.option, trades.quantity)
            self._step = _Step(now, moment, quantity, len(fills))
        return DayExplained(groups, _summed(total, of, len(groups)), self._since, total.total)

    # ---- inside

    def _on_day(self, event: DayChanged) -> None:
        self._step = self._done = None

    def _years_between(self, first: datetime, second: datetime) -> float:
        """By the valuation's clock, as the time to the last expiry listed has shrunk."""
        last = (max(c.expiry for c in self._market.contracts),)
        then, now = self._valuation.years_to(last, first), self._valuation.years_to(last, second)
        return max(float(then[0] - now[0]), 0.0)

    def _opening(self) -> _Step:
        """The position at the last settlement."""
        opening = np.array([float(self._portfolio.net_opening(c.code)) for c in self._market.contracts])
        return _Step(self._settled.settled_at, self._joined(self._settled_part), opening, 0)

    def _moment_now(self) -> Moment:
        for underlying in self._market.underlyings:
            self._valuation.refresh(underlying.code)
        return self._joined(self._part_now)

    def _part_now(self, underlying: str) -> tuple[ChainColumns, FloatArray, float] | None:
        book = self._valuation.book(underlying)
        if book is None:
            return None
        columns = book.columns
        return columns, np.where(np.isfinite(columns.mid), columns.mid, columns.theoretical), columns.spot

    def _settled_part(self, underlying: str) -> tuple[ChainColumns, FloatArray, float] | None:
        self._valuation.refresh(underlying)
        columns = self._settled.columns(underlying)
        return None if columns is None else (columns, columns.mid, columns.spot)

    def _joined(self, part_of: Callable[[str], tuple[ChainColumns, FloatArray, float] | None]) -> Moment:
        """The moment of all contracts in the list's order."""
        first = len(self._market.underlyings)
        figures = np.full((3 + len(_GREEKS), len(self._market.contracts)), np.nan)
        for underlying in self._market.underlyings:
            part, book = part_of(underlying.code), self._valuation.book(underlying.code)
            if part is None or book is None or not len(book.rows):
                continue
            columns, price, spot = part
            own = columns.volatility[MID]
            volatility = np.where(np.isfinite(own), own, columns.pricing_volatility)
            greeks = [columns.values[greek] for greek in _GREEKS.values()]
            figures[:, book.rows - first] = np.stack([np.full(len(price), spot), price, volatility, *greeks])
        return Moment(**dict(zip(("spot", "price", "volatility", *_GREEKS), figures, strict=True)))

    def _trades(self, fills: Sequence[Fill]) -> Trades:
        first = len(self._market.underlyings)
        known = [(row - first, f) for f in fills if (row := self._market.row_of.get(f.contract_code)) is not None]
        return Trades(
            option=np.array([n for n, _ in known], dtype=np.int64),
            quantity=np.array([float(f.quantity if f.instruction.side is Side.BUY else -f.quantity) for _, f in known]),
            price=np.array([float(f.price) for _, f in known]),
            fee=np.array([float(f.fee) for _, f in known]),
        )


def _summed(parts: Explained, of: IntArray, groups: int) -> Explained:
    """The contracts of each group together."""

    def summed(values: FloatArray | IntArray) -> FloatArray:
        return np.bincount(of, weights=values, minlength=groups).astype(np.float64)

    sums = {f.name: summed(getattr(parts, f.name)) for f in fields(Explained) if f.name not in _COUNTS}
    unexplained, unpriced = (summed(counts).astype(np.int64) for counts in (parts.unexplained, parts.unpriced))
    return Explained(**sums, unexplained=unexplained, unpriced=unpriced)


def _added(before: Explained, step: Explained) -> Explained:
    """Both together; the counts of what could not be explained are the step's."""
    sums = {f.name: getattr(before, f.name) + getattr(step, f.name) for f in fields(Explained) if f.name not in _COUNTS}
    return Explained(**sums, unexplained=step.unexplained, unpriced=step.unpriced)
