"""Shares that cover calls, now and after an ex-day (备兑池与补足), rulebook 7."""

from collections.abc import Iterable
from dataclasses import dataclass

from terminal.rules.top_up import CoveredPosition, contracts_to_close, shares_to_lock, shortfall


@dataclass(frozen=True, slots=True, kw_only=True)
class CoverNeed:
    """Covered positions of one underlying against its shares."""

    needed_now: int
    """Shares that the positions bind by today's units"""
    needed_after: int
    """The same by the new units; a smaller unit frees nothing here"""
    locked: int
    free: int
    """May be locked"""
    missing_shares: int
    """Neither locked nor free after the adjustment (备兑不足)"""
    contracts_to_close: int
    """What would have to be closed if nothing is brought in"""

    @property
    def to_lock(self) -> int:
        """Shares to be locked beyond those that are (待锁定)."""
        return max(self.needed_after - self.locked, 0)

    @property
    def lockable(self) -> int:
        """What of that can be locked at once."""
        return min(self.to_lock, max(self.free, 0))


def cover_need(positions: Iterable[CoveredPosition], *, locked: int, free: int, unlisted_shares: int = 0) -> CoverNeed:
    """Compare what covered positions need after an adjustment with what is there.

    With equal old and new units it is the need of today. `locked` counts all locked shares of the underlying,
    `unlisted_shares` bonus or rights shares not listed yet. The contracts to close are reckoned by the largest unit.
    """
    rows = list(positions)
    now = sum(row.quantity * row.old_multiplier for row in rows)
    after = now + shares_to_lock(rows)
    missing = shortfall(max(after - locked, 0), max(free, 0), unlisted_shares)
    largest = max((row.new_multiplier for row in rows), default=1)
    return CoverNeed(
        needed_now=now,
        needed_after=after,
        locked=locked,
        free=free,
        missing_shares=missing,
        contracts_to_close=min(contracts_to_close(missing, largest), sum(row.quantity for row in rows)),
    )
