"""Size, price and exposure of orders and quotes against a limit sheet, for one or for hundreds at once.

Each check takes arrays with one entry a side and gives True where the side is refused. Prices are whole 0.0001 yuan;
a reference of 0 or nan is none. Exposure is the worst case: everything that works is taken for filled.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from terminal.domain.market_data import PRICE_SCALE
from terminal.rules.protection.limit_sheet import LimitSheet, bound

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]
BoolArray = NDArray[np.bool_]


def over_size(quantity: IntArray, sheet: LimitSheet) -> BoolArray:
    """More contracts than one order may have, or fewer than one."""
    return np.asarray((quantity > bound(sheet.order_quantity)) | (quantity < 0))


def over_notional(price: IntArray, quantity: IntArray, multiplier: FloatArray, sheet: LimitSheet) -> BoolArray:
    """More premium than one order may have; whole units are compared, so that a limit itself is allowed."""
    return np.asarray(price * quantity * multiplier > bound(sheet.order_notional) * PRICE_SCALE)


def outside_collar(
    is_buy: bool, price: IntArray, theoretical: FloatArray, tick: IntArray, sheet: LimitSheet
) -> BoolArray:
    """Worse than the theoretical price by more than the collar: a buy above it, a sale below it.

    Where there is no theoretical price nothing is said; `without_reference` says it.
    """
    width = _width(theoretical, tick, sheet.collar_theoretical_ticks, sheet.collar_theoretical_fraction)
    worse = price - theoretical if is_buy else theoretical - price
    return np.asarray(worse > width)


def outside_last(price: IntArray, last: FloatArray, tick: IntArray, sheet: LimitSheet) -> BoolArray:
    """Farther from the last price than the collar, on either side."""
    width = _width(last, tick, sheet.collar_last_ticks, sheet.collar_last_fraction)
    return np.asarray(np.abs(price - last) > width)


def _width(reference: FloatArray, tick: IntArray, ticks: float, fraction: float) -> FloatArray:
    return np.maximum(bound(ticks) * tick, bound(fraction) * reference)


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
    highest = exposure.highest + np.cumsum(up)
    lowest = exposure.lowest - np.cumsum(down)
    # Written so that a nan refuses
    return np.asarray(~((up <= 0) | (highest <= allowed)) | ~((down <= 0) | (lowest >= -allowed)))
