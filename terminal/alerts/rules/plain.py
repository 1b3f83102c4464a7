"""Figures of a finding as plain text: the words around them are made by the views."""

from collections.abc import Iterable, Sequence
from datetime import date, time
from decimal import Decimal

from terminal.alerts.outlook import Held, Outlook
from terminal.domain.accounts import PositionSide
from terminal.domain.contracts import Right
from terminal.rules.expiry.writers import SharePool

CENT = Decimal("0.01")


def quantities_of(held: Sequence[Held]) -> str:
    """Contracts of each, in the order of the finding's codes, parted by blanks."""
    return " ".join(str(one.quantity) for one in held)


def codes_of(held: Iterable[Held]) -> tuple[str, ...]:
    """Their contracts, each once."""
    return tuple(dict.fromkeys(one.contract.code for one in held))


def yuan(amount: Decimal) -> str:
    """With two decimals and no grouping."""
    return f"{amount.quantize(CENT):f}"


def days_passed(marks: Iterable[int], left: int) -> int:
    """How many of the days before an event have come, 0 for none: what is told once at each."""
    return sum(1 for mark in marks if left <= mark)


def last_trade(outlook: Outlook, day: date) -> time:
    """When trading ends that day."""
    return outlook.profile.sessions.closing_auction[1]


def share_pool(outlook: Outlook, underlying: str, covered_here: int) -> SharePool:
    """Shares of an underlying for calls that are assigned, `covered_here` of them locked for these."""
    holding = outlook.holdings.get(underlying)
    if holding is None:
        return SharePool()
    covering = min(covered_here, holding.locked)
    return SharePool(covering, max(holding.covering - covering, 0), max(holding.free + holding.unlockable, 0))


def is_short_call(held: Held) -> bool:
    """Whether it may have to deliver shares."""
    return held.contract.right is Right.CALL and held.side is not PositionSide.LONG
