"""The journal's writer: an append-only, hash-chained file of records, on disk before an append is settled.

One thread of its own writes. A lone append is committed at once; while more come in than one commit takes, commits
begin at most every `gather_seconds` and each carries everything that waits (group commit), because the disk's flush
costs the same for one record as for a hundred. `synchronous=FULL`, so that a commit survives a power cut: with NORMAL
the last ones do not. `journal_file` documents the format and reads it.

The rule: after any error of the disk the connection is never trusted again (F59). Everything is refused until
`reopen` has opened the file anew and verified all of it.
"""

import logging
import sqlite3
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from threading import Condition, Lock, Thread

from terminal.domain.errors import JournalError
from terminal.domain.ports import RecordKind
from terminal.storage.journal_file import (
    APPLICATION_ID,
    BOOKMARK,
    FIRST_HASH,
    INDEX,
    SCHEMA_VERSION,
    TABLES,
    JournalReader,
    JournalRecord,
    Records,
    bookmark_body,
    chain_hash,
    check_identity,
    microseconds_of,
    state_hash,
)
from terminal.storage.process_lock import ProcessLock
from terminal.storage.receipt import Receipt, settle

_log = logging.getLogger(__name__)

#: Rows of one INSERT, largest first. sqlite3 gives the GIL away and takes it back for every statement, and a busy event
#: loop lets it wait up to 5 ms each time: few statements, not fast ones, keep a commit short
_ROWS_PER_INSERT = (64, 8, 1)
_INSERTS = {n: "INSERT INTO record VALUES " + ", ".join(["(?, ?, ?, ?, ?)"] * n) for n in _ROWS_PER_INSERT}
_REPLACE_STATE = "INSERT OR REPLACE INTO state VALUES (?, ?, ?, ?)"
#: A group this large is committed without gathering further
_FULL_GROUP = 4096
#: Pages in the write-ahead log before they are copied into the file, 32 MB. The copying flushes the file itself and
#: makes one commit slow: with SQLite's 1000 pages at 10,000 records/s that was every tenth, now one in seventy
_CHECKPOINT_PAGES = 8000
_WAL_BYTES_KEPT = 64 * 1024 * 1024
#: Pages that SQLite keeps in memory, kilobytes. An append touches the last page and those above it; SQLite's own 2,000
#: fill up in the course of a day without being read again
_CACHE_KILOBYTES = 256


@dataclass(slots=True)
class _Work:
    """One call's wish, in the order of the calls."""

    receipt: Receipt
    records: list[tuple[int, str, bytes]] = field(default_factory=list)
    """Time, kind and body"""
    state: tuple[str, int, bytes] | None = None
    is_bookmark: bool = False
    reopen: bool = False
    close: bool = False
    """The last work there is"""


class SqliteJournal:
    """The journal of one process; implements `domain.ports.Journal`. Its calls may come from any thread."""

    def __init__(
        self,
        path: Path,
        *,
        gather_seconds: float = 0.010,
        busy_seconds: float = 5.0,
        max_bytes: int | None = None,
        locked_as: Path | None = None,
    ) -> None:
        """Open or create the file and start the writer.

        `busy_seconds` is how long another program's lock on the database is waited for (F63); `max_bytes` limits the
        database's size, so that it never fills a disk that others need; `locked_as` is what one process alone may have
        instead of the file, where several files are one program's. Raises JournalError when the file is held by
        another process (F21), is no journal, has a newer format (F50), or cannot be written.
        """
        self.path = path
        self._gather_seconds = gather_seconds
        self._busy_seconds = busy_seconds
        self._max_bytes = max_bytes
        self._lock = Lock()
        self._wake = Condition(self._lock)
        self._waiting: list[_Work] = []
        self._idle = False
        self._closing = False
        self._failure: str | None = None
        self._number = 0
        self._hash = FIRST_HASH
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise JournalError(f"{path.parent} cannot be made: {error}") from error
        self._process_lock = ProcessLock(locked_as or path)
        self._connection: sqlite3.Connection | None = None
        try:
            self._connection = self._open()
            self._reader = JournalReader(path)
        except JournalError:
            self._drop_connection()
            self._process_lock.release()
            raise
        self._thread = Thread(target=self._run, name=f"journal {path.name}", daemon=True)
        self._thread.start()

    @staticmethod
    def open_reader(path: Path) -> JournalReader:
        """Read a journal that this or another process may be writing. Raises JournalError, see `JournalReader`."""
        return JournalReader(path)

    @property
    def failure(self) -> str | None:
        """Why nothing is taken at present; None while all is well."""
        return self._failure

    def append(self, records: Sequence[tuple[RecordKind, datetime, bytes]]) -> Receipt:
        """Hand records in; they are written in order, in one transaction. With no records: wait for all before.

        The receipt may be ignored. Raises BadInput at once for a time without a zone; nothing is written then.
        """
        rows = [(microseconds_of(at), str(kind), body) for kind, at, body in records]
        return self._hand_in(_Work(Receipt(self._lock), records=rows))

    def replace_state(self, key: str, at: datetime, body: bytes) -> Receipt:
        """Overwrite the newest picture under `key`, ordered with the appends around it; the log does not grow."""
        return self._hand_in(_Work(Receipt(self._lock), state=(key, microseconds_of(at), body)))

    def set_bookmark(self, at: datetime, body: bytes) -> Receipt:
        """Keep the place behind all records handed in so far; see `domain.ports.Journal`."""
        return self._hand_in(_Work(Receipt(self._lock), state=(BOOKMARK, microseconds_of(at), body), is_bookmark=True))

    def reopen(self) -> Receipt:
        """Open the file anew after a failure and verify it from the first record; then appends are taken again.

        The receipt gives the last record's number and raises JournalError when the file is still not good.
        """
        return self._hand_in(_Work(Receipt(self._lock), reopen=True))

    def read(self, after: int = 0) -> Records:
        """All committed records above `after`. Walking them verifies them: JournalError names the first bad one."""
        return self._reader.read(after)

    def read_kind(self, kinds: Iterable[RecordKind], after: int = 0) -> Iterator[JournalRecord]:
        """The committed records of some kinds above `after`, in order, each verified."""
        return self._reader.read_kind(kinds, after)

    def read_numbers(self, numbers: Sequence[int]) -> Iterator[JournalRecord]:
        """The committed records of these rising numbers, each verified."""
        return self._reader.read_numbers(numbers)

    def hash_of(self, number: int) -> str:
        """The hash that a record ends the chain with; empty for no such record."""
        return self._reader.hash_of(number)

    @property
    def newest_number(self) -> int:
        """The number of the newest record on disk."""
        return self._number

    def state(self, key: str) -> bytes | None:
        """The newest picture of one key, verified; None where there is none."""
        return self._reader.state(key)

    def states(self) -> dict[str, bytes]:
        """The newest picture of every key, verified."""
        return self._reader.states()

    def bookmark(self) -> tuple[int, bytes] | None:
        """The number of the last record before the place that was kept, and its body; None where none was."""
        return self._reader.bookmark()

    async def close(self) -> None:
        """Write what is waiting and close; the lock is given back. What fails is told by its own receipt."""
        with self._wake:
            first_call, self._closing = not self._closing, True
        if first_call:
            # Before the writer's own: the last connection to go empties the write-ahead log, and this one only reads
            self._reader.close()
            last = _Work(Receipt(self._lock), close=True)
            with self._wake:
                self._waiting.append(last)
                self._wake.notify()
            await last.receipt
        # Settling the last receipt is the last thing the thread does but one: this does not block the loop
        self._thread.join()
        self._process_lock.release()

    def _hand_in(self, work: _Work) -> Receipt:
        # The lock of `_wake`, taken without its detour through Python
        with self._lock:
            if self._closing:
                refusal = "the journal is closed"
            else:
                self._waiting.append(work)
                if self._idle:
                    self._idle = False
                    self._wake.notify()
                return work.receipt
        settle([(work.receipt, 0)], self._lock, refusal)
        return work.receipt

    # ---- the writer's thread

    def _run(self) -> None:
        busy, began = False, 0.0
        closing = False
        while not closing:
            with self._wake:
                while not self._waiting:
                    self._idle = True
                    self._wake.wait()
                self._idle = False
                if busy and not self._closing and len(self._waiting) < _FULL_GROUP:
                    # Nobody notifies here but `close`
                    self._wake.wait(max(0.0, began + self._gather_seconds - time.monotonic()))
                group, self._waiting = self._waiting, []
            closing = group[-1].close
            began = time.monotonic()
            self._handle(group, last=closing)
            busy = len(group) > 1

    def _handle(self, group: list[_Work], *, last: bool) -> None:
        start = 0
        for index, work in enumerate(group):
            if work.reopen:
                self._commit(group[start:index])
                self._reopen(work)
                start = index + 1
        rest = group[start:]
        if last:
            self._commit(rest[:-1])
            self._drop_connection()
            settle([(rest[-1].receipt, self._number)], self._lock)
        else:
            self._commit(rest)

    def _commit(self, group: list[_Work]) -> None:
        if not group:
            return
        if self._connection is None:
            settle([(work.receipt, self._number) for work in group], self._lock, self._failure)
            return
        numbers = []
        rows: list[object] = []
        states: dict[str, tuple[int, bytes]] = {}
        number, previous = self._number, self._hash
        try:
            for work in group:
                for at, kind, body in work.records:
                    number += 1
                    previous = chain_hash(previous, number, at, kind.encode(), body)
                    rows += (number, at, kind, body, previous)
                if work.state is not None:
                    key, at, body = work.state
                    if work.is_bookmark:
                        body = bookmark_body(number, body)
                    states[key] = (at, body)
                numbers.append(number)
            if rows or states:
                self._write(self._connection, rows, states)
        except Exception as error:
            # Whatever it was: who waits must not wait for ever, and half a group must not be taken for written
            self._fail(f"{self.path} cannot be written after record {self._number}: {error}")
            settle([(work.receipt, self._number) for work in group], self._lock, self._failure)
            return
        self._number, self._hash = number, previous
        settle(zip((work.receipt for work in group), numbers, strict=True), self._lock)

    @staticmethod
    def _write(connection: sqlite3.Connection, rows: list[object], states: dict[str, tuple[int, bytes]]) -> None:
        connection.execute("BEGIN IMMEDIATE")
        start, width = 0, 5
        for size in _ROWS_PER_INSERT:
            while len(rows) - start >= size * width:
                connection.execute(_INSERTS[size], rows[start : start + size * width])
                start += size * width
        for key, (at, body) in states.items():
            connection.execute(_REPLACE_STATE, (key, at, body, state_hash(key.encode(), at, body)))
        connection.execute("COMMIT")

    def _fail(self, failure: str) -> None:
        self._failure = failure
        _log.error("journal refuses until reopened: %s", failure)
        self._drop_connection()

    def _reopen(self, work: _Work) -> None:
        self._drop_connection()
        try:
            self._connection = self._open()
            reader = JournalReader(self.path)
            try:
                reader.verify()
            finally:
                reader.close()
        except JournalError as error:
            self._fail(str(error))
        else:
            self._failure = None
        settle([(work.receipt, self._number)], self._lock, self._failure)

    def _drop_connection(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            try:
                # Closing rolls an open transaction back
                connection.close()
            except sqlite3.Error as error:
                _log.debug("closing the journal: %s", error)

    def _open(self) -> sqlite3.Connection:
        """Open for writing and take up the chain at its head; the last record must agree with its hash."""
        try:
            connection = sqlite3.connect(
                self.path, timeout=self._busy_seconds, isolation_level=None, check_same_thread=False
            )
        except sqlite3.Error as error:
            raise JournalError(f"{self.path} cannot be opened: {error}") from error
        try:
            self._prepare(connection)
        except (sqlite3.Error, JournalError) as error:
            connection.close()
            raise JournalError(f"{self.path} cannot be opened: {error}") from error
        return connection

    def _prepare(self, connection: sqlite3.Connection) -> None:
        # The waiting time comes first: switching to WAL needs a lock that another process may hold for a moment
        connection.execute(f"PRAGMA busy_timeout = {int(self._busy_seconds * 1000)}")
        known = check_identity(connection, self.path)
        (mode,) = connection.execute("PRAGMA journal_mode = WAL").fetchone()
        if mode != "wal":
            raise JournalError("the file system allows no write-ahead log (a network drive?)")
        connection.execute("PRAGMA synchronous = FULL")
        # Apple's fsync alone does not reach the disk; elsewhere this changes nothing
        connection.execute("PRAGMA fullfsync = ON")
        connection.execute(f"PRAGMA cache_size = {-_CACHE_KILOBYTES}")
        connection.execute(f"PRAGMA wal_autocheckpoint = {_CHECKPOINT_PAGES}")
        connection.execute(f"PRAGMA journal_size_limit = {_WAL_BYTES_KEPT}")
        if not known:
            connection.execute("BEGIN IMMEDIATE")
            for table in TABLES:
                connection.execute(table)
            connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
            connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")
            connection.execute("COMMIT")
        # Earlier versions made none
        connection.execute(INDEX)
        if self._max_bytes is not None:
            (page_bytes,) = connection.execute("PRAGMA page_size").fetchone()
            connection.execute(f"PRAGMA max_page_count = {max(1, self._max_bytes // page_bytes)}")
        reader = JournalReader(self.path)
        try:
            self._number = reader.head()[0]
            if self._number:
                reader.record(self._number)
            self._hash = bytes.fromhex(reader.head()[1])
        finally:
            reader.close()
