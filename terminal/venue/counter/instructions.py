"""How instructions that are no orders change an account. Nothing is decided here and nothing is refused."""

from terminal.domain.instructions import InstructionKind
from terminal.venue.counter.entries import Instructed
from terminal.venue.counter.state import AccountState


def carry_out(account: AccountState, entry: Instructed) -> None:
    """Do what one accepted instruction says."""
    if entry.kind is InstructionKind.LOCK:
        account.holding(entry.underlying).locked += entry.quantity
    elif entry.kind is InstructionKind.UNLOCK:
        account.holding(entry.underlying).locked -= entry.quantity
