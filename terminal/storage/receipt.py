"""What an append gives back: it may be awaited on any event loop, by several tasks, later, or never.

The rule: nothing is made for a loop before somebody awaits, and one commit wakes each loop once, however many wait.
"""

import asyncio
from collections.abc import Awaitable, Generator, Iterable
from threading import Lock

from terminal.domain.errors import JournalError

_Waiter = tuple[asyncio.AbstractEventLoop, asyncio.Future[None]]


class Receipt(Awaitable[int]):
    """The number of the last record once it is on disk; raises JournalError when it could not be written."""

    __slots__ = ("_done", "_failure", "_lock", "_number", "_waiters")

    def __init__(self, lock: Lock) -> None:
        self._lock = lock
        self._done = False
        self._number = 0
        self._failure: str | None = None
        self._waiters: list[_Waiter] | None = None

    @property
    def done(self) -> bool:
        """Whether it is settled, either way."""
        return self._done

    def __await__(self) -> Generator[object, None, int]:
        waiter: asyncio.Future[None] | None = None
        with self._lock:
            if not self._done:
                loop = asyncio.get_running_loop()
                waiter = loop.create_future()
                if self._waiters is None:
                    self._waiters = []
                self._waiters.append((loop, waiter))
        if waiter is not None:
            yield from waiter
        if self._failure is not None:
            raise JournalError(self._failure)
        return self._number


def settle(receipts: Iterable[tuple[Receipt, int]], lock: Lock, failure: str | None = None) -> None:
    """Settle receipts of one lock, each with its number, in order. Waits that were cancelled are passed over."""
    waiting: dict[asyncio.AbstractEventLoop, list[asyncio.Future[None]]] = {}
    with lock:
        for receipt, number in receipts:
            receipt._number = number
            receipt._failure = failure
            receipt._done = True
            for loop, waiter in receipt._waiters or ():
                waiting.setdefault(loop, []).append(waiter)
            receipt._waiters = None
    for loop, waiters in waiting.items():
        try:
            loop.call_soon_threadsafe(_release, waiters)
        except RuntimeError:
            # The loop was closed with its tasks: nobody waits any more
            continue


def _release(waiters: list[asyncio.Future[None]]) -> None:
    for waiter in waiters:
        if not waiter.done():
            waiter.set_result(None)
