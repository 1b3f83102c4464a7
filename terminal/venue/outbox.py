"""What waits to be told (发件箱): each message leaves when everything handed to the journal before it is on disk.

The rule: nobody is told what is not on disk. After the first write that fails nothing leaves any more.
"""

import asyncio
from collections import deque
from collections.abc import Callable


class Outbox:
    """Actions in order, each behind the write it belongs to; `on_failure` is told the first error, once."""

    def __init__(self, on_failure: Callable[[BaseException], None]) -> None:
        self._on_failure = on_failure
        self._waiting: deque[tuple[asyncio.Future[int] | None, Callable[[], None]]] = deque()
        self._closed = False

    def put(self, action: Callable[[], None], written: "asyncio.Future[int] | None" = None) -> None:
        """Do it when everything put before, and `written`, is settled; at once when nothing is waited for."""
        if written is not None:
            written.add_done_callback(self._settled)
        if not self._closed:
            self._waiting.append((written, action))
            self._empty()

    def close(self) -> None:
        """Forget what waits and let nothing leave any more."""
        self._closed = True
        self._waiting.clear()

    def _settled(self, written: "asyncio.Future[int]") -> None:
        if not written.cancelled():
            # Looked at even when closed, so that a write behind a failed one is not reported as never retrieved
            written.exception()
        self._empty()

    def _empty(self) -> None:
        while self._waiting:
            written, action = self._waiting[0]
            if written is not None:
                if not written.done():
                    return
                error = asyncio.CancelledError() if written.cancelled() else written.exception()
                if error is not None:
                    self.close()
                    self._on_failure(error)
                    return
            self._waiting.popleft()
            action()
