"""One process per file: a lock beside it that the system lets go when its holder dies, and a note of who holds it.

The lock file's existence means nothing; only the system's lock on it does, so a killed holder never locks anyone out.
"""

import os
from datetime import datetime
from pathlib import Path

from filelock import FileLock, Timeout

from terminal.domain.calendar import SHANGHAI
from terminal.domain.errors import JournalError, ascii_safe

_NOTE_LIMIT = 200


class ProcessLock:
    """The lock of one file. Raises JournalError that names the holder when another process has it (F21)."""

    def __init__(self, guarded: Path) -> None:
        self._note = guarded.with_name(guarded.name + ".holder")
        # thread_local=False: the lock is taken on one thread and given back on another
        self._lock = FileLock(guarded.with_name(guarded.name + ".lock"), thread_local=False)
        try:
            self._lock.acquire(timeout=0)
        except Timeout:
            raise JournalError(f"{guarded} is in use by {self._holder()}") from None
        except (OSError, NotImplementedError) as error:
            raise JournalError(f"{guarded} cannot be locked: {error}") from error
        try:
            started = datetime.now(SHANGHAI).isoformat(sep=" ", timespec="seconds")
            self._note.write_text(f"process {os.getpid()}, started {started}\n", encoding="utf-8")
        except OSError as error:
            self._lock.release()
            raise JournalError(f"{self._note} cannot be written: {error}") from error

    def release(self) -> None:
        """Let go; doing so twice is harmless."""
        if self._lock.is_locked:
            # The note goes first: once the lock is free it may already be another's
            self._note.unlink(missing_ok=True)
            self._lock.release()

    def _holder(self) -> str:
        try:
            with self._note.open(encoding="utf-8", errors="replace") as note:
                text = note.read(_NOTE_LIMIT).strip()
        except OSError:
            text = ""
        return ascii_safe(text) or "another process"
