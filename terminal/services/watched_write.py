"""A write to the journal that nobody waits for (异步落盘): its failure is told all the same."""

import asyncio
from collections.abc import Awaitable, Callable


def watch_write(written: Awaitable[int], failed: Callable[[BaseException], None]) -> None:
    """Tell `failed` when a write that nobody awaits does not succeed."""
    future = asyncio.ensure_future(written)

    def done(ended: asyncio.Future[int]) -> None:
        if not ended.cancelled() and (error := ended.exception()) is not None:
            failed(error)

    future.add_done_callback(done)
