"""The widest spread allowed (最大买卖价差) for a bid and a month, in whole 0.0001 yuan (rulebook 8.2 to 8.4)."""

from dataclasses import dataclass
from decimal import Decimal

import numpy as np
from numpy.typing import NDArray

from terminal.domain.market_data import PRICE_SCALE
from terminal.rules.obligations.terms import Cap, Terms

#: Ratios are counted in millionths
_SCALE = 1_000_000
_PERCENT = 10_000
#: A decimal, which a decimal is multiplied with sooner than with a number
_UNITS = Decimal(PRICE_SCALE)


@dataclass(frozen=True, slots=True)
class CapRow:
    """One band of one month in whole numbers."""

    bid_below: int | None
    """0.0001 yuan"""
    relative: int
    """Millionths of the bid"""
    absolute: int
    """Millionths of 0.0001 yuan"""
    ticks: int
    delta: int
    """0.0001 yuan a unit of delta"""
    strict: int
    """1 where the spread must stay below the cap"""


def cap_rows(terms: Terms, *, near: bool) -> tuple[CapRow, ...]:
    """The bands of near or far months, in whole numbers."""
    return tuple([_row(band.bid_below, band.near if near else band.far) for band in terms.spread])


def allowed_units(rows: tuple[CapRow, ...], bid: int, tick: int, delta_percent: int | None) -> int:
    """The widest spread for a bid, both in 0.0001 yuan; `delta_percent` is the absolute delta in hundredths."""
    for row in rows:
        if row.bid_below is None or bid < row.bid_below:
            break
    widest = max(bid * row.relative, row.absolute, row.ticks * tick * _SCALE)
    if row.delta and delta_percent is not None:
        widest = max(widest, row.delta * delta_percent * _PERCENT)
    return (widest - row.strict) // _SCALE if widest else 0


def allowed_widths(
    rows: tuple[CapRow, ...], bid: NDArray[np.int64], tick: NDArray[np.int64], delta: NDArray[np.float64]
) -> NDArray[np.int64]:
    """What `allowed_units` says, for many bids at once; `delta` is that of a share with its sign, nan for unknown."""
    widest, strict = np.zeros(len(bid), np.int64), np.zeros(len(bid), np.int64)
    left = np.ones(len(bid), np.bool_)
    known = np.abs(delta) <= 1.0
    hundredths = np.rint(np.where(known, np.abs(delta), 0.0) * 100).astype(np.int64)
    for row in rows:
        here = left if row.bid_below is None else left & (bid < row.bid_below)
        width = np.maximum(np.maximum(bid * row.relative, row.absolute), row.ticks * tick * _SCALE)
        if row.delta:
            width = np.maximum(width, np.where(known, row.delta * hundredths * _PERCENT, 0))
        widest, strict = np.where(here, width, widest), np.where(here, row.strict, strict)
        left = left & ~here
    return np.where(widest > 0, (widest - strict) // _SCALE, 0)


def units(price: Decimal) -> int:
    """Yuan as whole 0.0001 yuan; what is finer is cut off."""
    return int(price * _UNITS)


def percent(delta: float | None) -> int | None:
    """An absolute delta in whole hundredths; None where it is not known (nan too)."""
    if delta is None or delta != delta or abs(delta) > 1:
        return None
    return round(abs(delta) * 100)


def _row(bid_below: Decimal | None, cap: Cap) -> CapRow:
    return CapRow(
        bid_below=None if bid_below is None else units(bid_below),
        relative=int((cap.relative or 0) * _SCALE),
        absolute=int((cap.absolute or 0) * PRICE_SCALE) * _SCALE,
        ticks=cap.ticks or 0,
        delta=int((cap.delta or 0) * PRICE_SCALE),
        strict=int(cap.strictly_below),
    )
