"""What the ladder shows: every figure by price, so that two pictures can be compared and only what differs repainted.

Prices are whole 0.0001 yuan. A row is one tick, the highest price first.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from terminal.domain.accounts import PositionSide
from terminal.domain.contracts import Contract
from terminal.domain.market_data import PRICE_SCALE
from terminal.views.trading.own_levels import Own


@dataclass(frozen=True, slots=True)
class Scale:
    """The prices of a day, from limit-up down to limit-down."""

    top: int = 0
    tick: int = 1
    count: int = 0

    def price(self, row: int) -> int:
        """The price of a row."""
        return self.top - row * self.tick

    def row(self, price: int) -> int:
        """The row of a price, -1 for one that is none of the day's."""
        row, between = divmod(self.top - price, self.tick)
        return row if not between and 0 <= row < self.count else -1

    def nearest(self, price: float) -> int:
        """The row nearest to a price that may lie between two; the first or last for one beyond, -1 for no row."""
        return min(max(round((self.top - price) / self.tick), 0), self.count - 1)


def scale_of(contract: Contract) -> Scale:
    """Every tick on which an order of a contract may stand today."""
    tick = int(contract.tick_size * PRICE_SCALE)
    top = _units(contract.limit_up) // tick * tick
    bottom = max(-(-_units(contract.limit_down) // tick) * tick, tick)
    return Scale(top, tick, max((top - bottom) // tick + 1, 0))


@dataclass(frozen=True, slots=True)
class LadderPicture:
    """Everything on the ladder but volatilities; equal means there is nothing to repaint."""

    contract: Contract | None = None
    scale: Scale = Scale()
    bids: Mapping[int, int] = field(default_factory=dict[int, int])
    """Quantities by price, five levels as the venue shows them"""
    asks: Mapping[int, int] = field(default_factory=dict[int, int])
    buys: Mapping[int, Own] = field(default_factory=dict[int, Own])
    sells: Mapping[int, Own] = field(default_factory=dict[int, Own])
    traded: Mapping[int, int] = field(default_factory=dict[int, int])
    """Contracts by price, as far as this desk has heard"""
    theoretical: float = 0.0
    """0 for none"""
    last: int = 0
    averages: Mapping[PositionSide, int] = field(default_factory=dict[PositionSide, int])
    """Own average prices, rounded to a row's price"""

    @property
    def most(self) -> int:
        """Quantity of the largest level: the longest bar."""
        return max((*self.bids.values(), *self.asks.values()), default=0)

    @property
    def middle(self) -> float:
        """Where the ladder is centred: between the best prices, else at the last, else at yesterday's settlement."""
        if self.bids and self.asks:
            return (max(self.bids) + min(self.asks)) / 2
        if self.bids or self.asks or self.last:
            return max(self.bids, default=0) or min(self.asks, default=0) or self.last
        settled = None if self.contract is None else self.contract.previous_settlement
        return float(_units(settled)) if settled is not None else 0.0

    @property
    def theoretical_row(self) -> int:
        """The row that carries the mark, -1 for none."""
        return self.scale.nearest(self.theoretical) if self.theoretical > 0 else -1

    @property
    def theoretical_shift(self) -> float:
        """How far below the middle of its row the mark lies, in quarters of a row, -0.5 to 0.5."""
        away = (self.scale.price(self.theoretical_row) - self.theoretical) / self.scale.tick
        return round(4 * min(max(away, -0.5), 0.5)) / 4


def changed_rows(before: LadderPicture, after: LadderPicture) -> list[int]:
    """The rows of which something differs, ascending; both pictures have the same scale."""
    prices: set[int] = set()
    for old, new in (
        (before.bids, after.bids),
        (before.asks, after.asks),
        (before.buys, after.buys),
        (before.sells, after.sells),
        (before.traded, after.traded),
    ):
        if old is not new and old != new:
            prices.update(p for p in {*old, *new} if old.get(p) != new.get(p))
    # The best price is bold, and the longest bar is what all are measured by
    prices |= _ends(before) ^ _ends(after)
    if before.most != after.most:
        prices.update(before.bids, before.asks, after.bids, after.asks)
    if before.last != after.last:
        prices |= {before.last, after.last}
    if before.averages != after.averages:
        prices.update(before.averages.values(), after.averages.values())
    rows = {after.scale.row(price) for price in prices}
    marks = tuple((p.theoretical_row, p.theoretical_shift if p.theoretical > 0 else 0.0) for p in (before, after))
    if marks[0] != marks[1]:
        rows |= {row for row, _ in marks}
    return sorted(rows - {-1})


def runs(rows: Iterable[int]) -> list[tuple[int, int]]:
    """Ascending rows as stretches (first, last)."""
    found: list[tuple[int, int]] = []
    for row in rows:
        if found and found[-1][1] == row - 1:
            found[-1] = found[-1][0], row
        else:
            found.append((row, row))
    return found


def _ends(picture: LadderPicture) -> set[int]:
    return {max(picture.bids, default=0), min(picture.asks, default=0)}


def _units(price: Decimal) -> int:
    return int(price * PRICE_SCALE)
