"""Writes to the journal that nobody waits for (异步落盘): a failure of one is told all the same.

One task waits for all of them in their order, as the disk takes them: a task for each would cost more than the write.
"""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable


class WriteWatch:
    """Tells `failed` of every write given to it that does not succeed."""

    def __init__(self, failed: Callable[[BaseException], None]) -> None:
        self._failed = failed
        self._written: deque[Awaitable[int]] = deque()
        self._task: asyncio.Task[None] | None = None

    def add(self, written: Awaitable[int]) -> None:
        """Take one more."""
        self._written.append(written)
        if self._task is None or self._task.done():
            self._task = asyncio.ensure_future(self._wait())

    async def _wait(self) -> None:
        while self._written:
            try:
                await self._written.popleft()
            except Exception as error:
                self._failed(error)
