"""Top-up of covered positions after an adjustment (备兑补足), rulebook 7."""

from collections.abc import Iterable
from dataclasses import dataclass

from terminal.domain.errors import BadInput


@dataclass(frozen=True, slots=True)
class CoveredPosition:
    """Covered short contracts (备兑仓) before and after an ex-day."""

    quantity: int
    old_multiplier: int
    new_multiplier: int


def shares_to_lock(positions: Iterable[CoveredPosition]) -> int:
    """Shares the new units need beyond those locked for the old ones; a smaller unit frees none here."""
    return sum(max(p.new_multiplier - p.old_multiplier, 0) * p.quantity for p in positions)


def shortfall(needed: int, free_shares: int, unlisted_shares: int = 0) -> int:
    """Shares still missing (备兑不足) after free ones and bonus or rights shares not listed yet.

    Raises BadInput for a negative figure.
    """
    for figure in (needed, free_shares, unlisted_shares):
        if figure < 0:
            raise BadInput("covered shares", figure, "from zero upwards")
    return max(needed - free_shares - unlisted_shares, 0)


def contracts_to_close(missing: int, multiplier: int) -> int:
    """Covered contracts to close when nothing more is locked: each frees its whole unit, the old part included."""
    return -(-missing // multiplier)
