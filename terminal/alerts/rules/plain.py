"""Figures of a finding as plain text: the words around them are made by the views."""

from collections.abc import Iterable, Sequence
from decimal import Decimal

from terminal.alerts.outlook import Held, Outlook

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


def worth_held(outlook: Outlook, codes: Iterable[str]) -> Decimal | None:
    """What is held of these contracts is worth at the price, yuan; None where nothing is held."""
    wanted = frozenset(codes)
    mine = [held.value for held in outlook.held if held.contract.code in wanted]
    return sum(mine, Decimal(0)) if mine else None
