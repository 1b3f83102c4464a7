"""When quotes are pulled although nothing traded: input that is old, wild or missing, and a line that is slow.

A jump stays until a person looked; all other causes are over when they are over, and some calm has passed after it.
"""

from collections import deque
from dataclasses import dataclass
from enum import StrEnum

from terminal.rules.protection.limit_sheet import bound


class PullCause(StrEnum):
    """Why quotes are pulled."""

    STALE = "stale"
    """The underlying has not been heard of for too long"""
    CROSSED = "crossed"
    """Bid and ask of the underlying meet or cross"""
    WIDE = "wide"
    """The underlying is quoted too wide"""
    JUMPED = "jumped"
    """The underlying moved too far in too short a time; a person must look"""
    UNFIT = "unfit"
    """Too many contracts have no sound theoretical price"""
    FEED_GAP = "feed_gap"
    """Nothing at all has come for too long"""
    SLOW_ACKNOWLEDGEMENTS = "slow_acknowledgements"
    CLOCK_DRIFT = "clock_drift"

    @property
    def needs_a_person(self) -> bool:
        """Whether it stays until somebody lifts it."""
        return self is PullCause.JUMPED


@dataclass(frozen=True, slots=True, kw_only=True)
class PullRules:
    """Bounds of sound input; ``inf`` for none, and what is blank lets nothing pass."""

    underlying_age_seconds: float = 3.0
    wide_fraction: float = 0.01
    """Ask less bid of the underlying over its mid"""
    jump_fraction: float = 0.02
    jump_seconds: float = 1.0
    unusable_fraction: float = 0.5
    feed_gap_seconds: float = 3.0
    acknowledgement_ms: float = 1000.0
    """Median of the newest acknowledgements"""
    drift_seconds: float = 2.0
    calm_seconds: float = 2.0
    """After a cause is over"""


@dataclass(frozen=True, slots=True, kw_only=True)
class PullInput:
    """What is looked at for one underlying; prices in yuan, nan for none."""

    age_seconds: float
    bid: float
    ask: float
    unusable: float
    """Fraction of its contracts without a sound price"""
    feed_age_seconds: float
    acknowledgement_ms: float
    """nan before the first"""
    drift_seconds: float


def causes(seen: PullInput, rules: PullRules) -> tuple[PullCause, ...]:
    """Every cause that holds now, but for a jump."""
    found = []
    if not seen.age_seconds <= bound(rules.underlying_age_seconds):
        found.append(PullCause.STALE)
    if seen.bid > 0 and seen.ask > 0:
        if seen.bid >= seen.ask:
            found.append(PullCause.CROSSED)
        elif not (seen.ask - seen.bid) / (0.5 * (seen.ask + seen.bid)) <= bound(rules.wide_fraction):
            found.append(PullCause.WIDE)
    else:
        # One side or none: as wide as can be
        found.append(PullCause.WIDE)
    if not seen.unusable <= bound(rules.unusable_fraction):
        found.append(PullCause.UNFIT)
    if not seen.feed_age_seconds <= bound(rules.feed_gap_seconds):
        found.append(PullCause.FEED_GAP)
    if seen.acknowledgement_ms > bound(rules.acknowledgement_ms):
        found.append(PullCause.SLOW_ACKNOWLEDGEMENTS)
    if not abs(seen.drift_seconds) <= bound(rules.drift_seconds):
        found.append(PullCause.CLOCK_DRIFT)
    return tuple(found)


class JumpWatch:
    """Prices of one underlying over the last moments."""

    def __init__(self) -> None:
        self._prices: deque[tuple[float, float]] = deque()

    def jumped(self, price: float, now: float, rules: PullRules) -> bool:
        """Take a price; whether it lies too far from any of the time before."""
        if not price > 0:
            return False
        seconds = bound(rules.jump_seconds)
        while self._prices and now - self._prices[0][0] > seconds:
            self._prices.popleft()
        far = any(abs(price / earlier - 1.0) > bound(rules.jump_fraction) for _, earlier in self._prices)
        if self._prices and self._prices[-1][1] == price:
            return far
        self._prices.append((now, price))
        return far
