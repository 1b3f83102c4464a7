"""Size, price and exposure of orders and quotes against a limit sheet, for one or for hundreds at once.

Each check takes arrays with one entry a side and gives True where the side is refused. Prices are whole 0.0001 yuan;
a reference of 0 or nan is none. Exposure is the worst case: everything that works is taken for filled.
"""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from terminal.domain.errors import BadInput
from terminal.domain.market_data import PRICE_SCALE
from terminal.rules.protection.limit_sheet import LimitSheet, bound

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]
BoolArray = NDArray[np.bool_]
_FAR = 1e12


@dataclass(frozen=True, slots=True)
class QuoteBatch:
    """Two-sided quotes of some contracts, one entry each; a side of no quantity is not quoted.

    What both sides have stands in two rows, the bids' first, so that one array operation serves both.
    """

    index: IntArray
    """Number of the contract in the day's list, underlyings not counted"""
    prices: IntArray
    """Whole 0.0001 yuan, shape (2, n); so are the others"""
    quantities: IntArray
    closes: BoolArray
    """Whether the bid closes a short position (买入平仓) and does not open a long one, the ask a long position"""

    @classmethod
    def of_sides(
        cls,
        index: IntArray,
        bid: IntArray,
        bid_quantity: IntArray,
        ask: IntArray,
        ask_quantity: IntArray,
        bid_closes: BoolArray,
        ask_closes: BoolArray,
    ) -> "QuoteBatch":
        """Put the columns of both sides together. Raises BadInput when they are not equally long."""
        lengths = [len(column) for column in (index, bid, bid_quantity, ask, ask_quantity, bid_closes, ask_closes)]
        if len(set(lengths)) != 1:
            raise BadInput("quotes", lengths, "arrays of one length")
        return cls(
            index, np.stack((bid, ask)), np.stack((bid_quantity, ask_quantity)), np.stack((bid_closes, ask_closes))
        )

    @property
    def bid(self) -> IntArray:
        """Bids, whole 0.0001 yuan."""
        return np.asarray(self.prices[0])

    @property
    def ask(self) -> IntArray:
        """Asks."""
        return np.asarray(self.prices[1])

    @property
    def bid_quantity(self) -> IntArray:
        """Contracts bid for."""
        return np.asarray(self.quantities[0])

    @property
    def ask_quantity(self) -> IntArray:
        """Contracts offered."""
        return np.asarray(self.quantities[1])

    def __len__(self) -> int:
        return len(self.index)

    def take(self, chosen: IntArray) -> "QuoteBatch":
        """Some of the entries, by place."""
        return QuoteBatch(
            self.index[chosen],
            self.prices.take(chosen, axis=1),
            self.quantities.take(chosen, axis=1),
            self.closes.take(chosen, axis=1),
        )

    def part(self, stretch: slice) -> "QuoteBatch":
        """A stretch of the entries; the arrays are shared."""
        return QuoteBatch(
            self.index[stretch], self.prices[:, stretch], self.quantities[:, stretch], self.closes[:, stretch]
        )


def over_size(quantity: IntArray, sheet: LimitSheet) -> BoolArray:
    """More contracts than one order may have, or fewer than one."""
    return np.asarray((quantity > bound(sheet.order_quantity)) | (quantity < 0))


def over_notional(price: IntArray, quantity: IntArray, multiplier: FloatArray, sheet: LimitSheet) -> BoolArray:
    """More premium than one order may have; whole units are compared, so that a limit itself is allowed."""
    return np.asarray(price * quantity * multiplier > bound(sheet.order_notional) * PRICE_SCALE)


def outside_collar(
    is_buy: bool, price: IntArray, reference: FloatArray, tick: IntArray, ticks: float, fraction: float
) -> BoolArray:
    """Worse than a reference price by more than the collar: a buy above it, a sale below it.

    The wider of `ticks` and `fraction` of the reference counts. Where there is no reference nothing is said.
    """
    worse = price - reference if is_buy else reference - price
    # No limit at all is written as infinite, and infinite times a missing reference is no number
    width = np.maximum(min(bound(ticks), _FAR) * tick, min(bound(fraction), _FAR) * reference)
    return np.asarray(worse > width)


def collar_width(reference: float, tick: int, ticks: float, fraction: float) -> float:
    """How much worse than one reference price a price may be; infinite where either way of saying it is no limit."""
    # No limit at all is written as infinite, and below zero as anywhere else nothing is allowed
    in_ticks, of_reference = bound(ticks), bound(fraction)
    if math.inf in (in_ticks, of_reference):
        return math.inf
    return max(in_ticks * tick, of_reference * reference)


@dataclass(frozen=True, slots=True)
class Exposure:
    """A greek of one underlying: as held, and how far what works may raise and lower it, both above zero."""

    held: float
    up: float
    down: float

    @property
    def highest(self) -> float:
        """Everything that raises it filled."""
        return self.held + self.up

    @property
    def lowest(self) -> float:
        """Everything that lowers it filled."""
        return self.held - self.down


def worst_case(greek: FloatArray, net: FloatArray, buys: FloatArray, sells: FloatArray, shares: float) -> Exposure:
    """A greek over some contracts: of what is held with `shares` beside it, and of what works taken for filled."""

    def total(quantity: FloatArray, each: FloatArray) -> float:
        return float(np.where(quantity > 0, quantity * each, 0.0).sum())

    # A contract without a greek spoils the sum; it matters only where something of it is held
    held = float(np.where(net != 0, net * greek, 0.0).sum()) + shares
    raising, lowering = np.maximum(greek, 0.0), np.maximum(-greek, 0.0)
    return Exposure(held, total(buys, raising) + total(sells, lowering), total(buys, lowering) + total(sells, raising))


def over_position(net: FloatArray, buys: FloatArray, sells: FloatArray, sheet: LimitSheet) -> BoolArray:
    """Whether a position would pass its limit, long or short, with all buys or all sells of a contract filled."""
    limit = bound(sheet.contract_position)
    return np.asarray(((buys > 0) & (net + buys > limit)) | ((sells > 0) & (net - sells < -limit)))


def over_greek(up: FloatArray, down: FloatArray, exposure: Exposure, limit: float | None) -> BoolArray:
    """Entries in order: refused from where the sum of what went before and the entry itself passes the limit.

    `up` and `down` say how far each entry moves the worst case, against what it replaces; an entry that does not move
    a side that is over already is no reason to refuse it: the way back is never closed. A nan refuses.
    """
    allowed = bound(limit)
    if np.isinf(allowed):
        return np.zeros(len(up), np.bool_)
    highest = exposure.highest + np.cumsum(up)
    lowest = exposure.lowest - np.cumsum(down)
    # Written so that a nan refuses
    return np.asarray(~((up <= 0) | (highest <= allowed)) | ~((down <= 0) | (lowest >= -allowed)))
