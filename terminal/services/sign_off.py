"""Leaving a venue in order (有序退出): everything is taken out and seen to be gone before the line is closed (F03)."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from terminal.domain.messages import Capability
from terminal.domain.ports import LinkState
from terminal.services.desk import Desk


@dataclass(frozen=True, slots=True)
class LeftOver:
    """What the venue has not confirmed to be gone."""

    orders: int
    quotes: int

    @property
    def is_clear(self) -> bool:
        """Whether nothing is left."""
        return not self.orders and not self.quotes

    @property
    def count(self) -> int:
        """Orders and quotes together."""
        return self.orders + self.quotes


def open_of(desk: Desk) -> LeftOver:
    """What this desk has in the market, or may have: working orders, and contracts with a quote."""
    board = desk.quoting.board
    quotes = sum(1 for live, newest in zip(board.live, board.newest, strict=True) if live is not None or newest)
    return LeftOver(len(desk.orders.working()), quotes)


async def sign_off(desk: Desk, wait: Callable[[], Awaitable[None]], looks: int = 60) -> LeftOver:
    """Take everything out and wait for the venue's word; gives what it has not confirmed after so many looks.

    `wait` lets some time pass between two looks. No line: nothing can be asked for, all of it is left.
    """
    left = open_of(desk)
    if left.is_clear or desk.link is not LinkState.UP:
        return left
    if left.quotes:
        desk.quoting.cancel()
    if left.orders and desk.can(Capability.ORDERS):
        await desk.orders.cancel_all()
    for _ in range(looks):
        left = open_of(desk)
        if left.is_clear or desk.link is not LinkState.UP:
            break
        await wait()
    return open_of(desk)
