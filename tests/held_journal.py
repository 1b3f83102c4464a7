"""A real journal whose writes a test holds back, loses or refuses: a slow disk, a killed process, a full disk."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime
from pathlib import Path

from terminal.domain.errors import JournalError
from terminal.domain.ports import Record, RecordKind
from terminal.storage.journal import SqliteJournal


class HeldJournal:
    """A real journal whose writes can be held back, as a slow disk does, or refused, as a full one does."""

    def __init__(self, path: Path) -> None:
        self.journal = SqliteJournal(path)
        self.hold = False
        self.failure: JournalError | None = None
        self._held: list[tuple[asyncio.Future[int], Callable[[], Awaitable[int]]]] = []

    @property
    def held_count(self) -> int:
        """Writes that wait."""
        return len(self._held)

    def append(self, records: Sequence[tuple[RecordKind, datetime, bytes]]) -> "asyncio.Future[int]":
        """Hand records in, or keep them back."""
        return self._write(lambda: self.journal.append(records))

    def replace_state(self, key: str, at: datetime, body: bytes) -> "asyncio.Future[int]":
        """Keep a picture, or keep it back."""
        return self._write(lambda: self.journal.replace_state(key, at, body))

    def set_bookmark(self, at: datetime, body: bytes) -> "asyncio.Future[int]":
        """Keep a place, or keep it back."""
        return self._write(lambda: self.journal.set_bookmark(at, body))

    def bookmark(self) -> tuple[int, bytes] | None:
        """The place on disk."""
        return self.journal.bookmark()

    def read(self, after: int = 0) -> Sequence[Record]:
        """What is on disk."""
        return self.journal.read(after)

    def states(self) -> dict[str, bytes]:
        """The pictures on disk."""
        return self.journal.states()

    async def flush(self) -> None:
        """Wait until everything handed in is on disk."""
        await self.journal.append([])

    async def release(self) -> None:
        """Let everything held go to disk, in order."""
        while self._held:
            waiting, write = self._held.pop(0)
            number = await write()
            if not waiting.done():  # who waited may have given up
                waiting.set_result(number)
        self.hold = False

    async def lose(self) -> None:
        """The process is gone: what is held is lost, what was handed in is on disk."""
        self._held.clear()
        await self.journal.close()

    async def close(self) -> None:
        """Write everything and close."""
        await self.release()
        await self.journal.close()

    def _write(self, write: Callable[[], Awaitable[int]]) -> "asyncio.Future[int]":
        if self.failure is not None:
            failed: asyncio.Future[int] = asyncio.get_running_loop().create_future()
            failed.set_exception(self.failure)
            return failed
        if not self.hold:
            return asyncio.ensure_future(write())
        waiting: asyncio.Future[int] = asyncio.get_running_loop().create_future()
        self._held.append((waiting, write))
        return waiting
