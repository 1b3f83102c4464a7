"""When a quote counts (有效报价) and when the obligation is lifted (豁免), rulebook 8.4."""

from collections.abc import Sequence
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from terminal.rules.obligations.terms import Exemptions

IntArray = NDArray[np.int64]
BoolArray = NDArray[np.bool_]


class QuoteFault(StrEnum):
    """Why a quote does not count; the first that holds."""

    NO_QUOTE = "no_quote"
    NO_BID = "no_bid"
    NO_ASK = "no_ask"
    CROSSED = "crossed"
    """The bid is not below the ask"""
    BID_SIZE = "bid_size"
    ASK_SIZE = "ask_size"
    SPREAD = "spread"


class ExemptCause(StrEnum):
    """What lifts the obligation. Where several hold the time is put down to the first of this list."""

    VENUE_FAILURE = "venue_failure"
    HALT = "halt"
    BREAKER = "breaker"
    LIMIT_UP = "limit_up"
    LIMIT_DOWN = "limit_down"
    OPEN_RESTRICTION = "open_restriction"
    DELTA = "delta"
    BY_HAND = "by_hand"
    """The exchange agreed to it by telephone, and a person wrote it down (手工豁免)"""


CAUSES = tuple(ExemptCause)
CAUSE_BIT = {cause: 1 << number for number, cause in enumerate(CAUSES)}


def fault_of(least: int, widest: int, bid: int, bid_quantity: int, ask: int, ask_quantity: int) -> QuoteFault | None:
    """Why a quote in 0.0001 yuan does not count, by its smallest size and widest spread; None for a valid one.

    `widest` is `spread.allowed_units` of the bid. A side without price or size is not there.
    """
    has_bid, has_ask = bid > 0 and bid_quantity > 0, ask > 0 and ask_quantity > 0
    if not (has_bid and has_ask):
        if has_bid:
            return QuoteFault.NO_ASK
        return QuoteFault.NO_BID if has_ask else QuoteFault.NO_QUOTE
    if bid >= ask:
        return QuoteFault.CROSSED
    if bid_quantity < least:
        return QuoteFault.BID_SIZE
    if ask_quantity < least:
        return QuoteFault.ASK_SIZE
    return QuoteFault.SPREAD if ask - bid > widest else None


def accepts(exemptions: Exemptions, cause: ExemptCause) -> bool:
    """Whether the terms know a cause at all."""
    return exemptions.delta.enabled if cause is ExemptCause.DELTA else bool(getattr(exemptions, cause.value))


def limit_causes(
    best_bid: IntArray, best_ask: IntArray, limit_up: IntArray, limit_down: IntArray
) -> tuple[BoolArray, BoolArray]:
    """Whether contracts stand at limit-up and at limit-down: best bid, and best ask, of the market (rulebook 8.2).

    A limit of zero, or no price on that side, is no limit reached.
    """
    return (limit_up > 0) & (best_bid >= limit_up), (best_ask > 0) & (best_ask <= limit_down)


def delta_exempt(exemptions: Exemptions, delta_percent: int | None) -> bool:
    """Whether an absolute delta, in hundredths, lies outside the range; one that is not known does not."""
    low, high = exemptions.delta.low * 100, exemptions.delta.high * 100
    return delta_percent is not None and not low <= delta_percent <= high


def two_sided(
    bids: Sequence[tuple[int, int]], asks: Sequence[tuple[int, int]], least: int
) -> tuple[int, int, int, int]:
    """What several own orders quote together: bid, its size, ask, its size; zeros for a side that is not there.

    `bids` and `asks` are price and quantity, best first. Each side stands at the best price at which, or better, the
    smallest size is there, with all that is there; a side that has less stands at its last price with what it has.
    """
    return *_side(bids, least), *_side(asks, least)


def _side(levels: Sequence[tuple[int, int]], least: int) -> tuple[int, int]:
    total = 0
    for price, quantity in levels:
        total += quantity
        if total >= least:
            return price, total
    return (levels[-1][0], total) if levels else (0, 0)
