"""The journal's file: its tables, its hash chain, and reading it, also while another process writes.

Format, version 1. An SQLite database with application_id 0x4F44534B ("ODSK") and user_version 1, in WAL mode:

    record(number INTEGER PRIMARY KEY, at INTEGER, kind TEXT, body BLOB, hash BLOB)
        number  counted from 1 without a gap
        at      market time, microseconds since 1970-01-01 UTC
        kind    a `RecordKind`
        body    a message of `domain.wire`, or JSON, as the writer handed it in
        hash    SHA-256 over: the hash of the record before (32 zero bytes before the first), number and at as signed
                64-bit big-endian, kind in UTF-8, a zero byte, body
    state(key TEXT PRIMARY KEY, at INTEGER, body BLOB, hash BLOB)
        newest picture per key, overwritten in place; hash is SHA-256 over at, key, a zero byte and body

The rule: nothing read here is believed before its hash agrees. SQLite keeps no checksum of its pages, and its own
integrity check misses most flipped bits (F61). A tail that was cut off leaves a valid chain; whoever must notice keeps
`head()` in a second place.
"""

import hashlib
import sqlite3
import struct
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Lock
from typing import Any, Final, overload

from terminal.domain.calendar import SHANGHAI
from terminal.domain.errors import BadInput, JournalError, shown
from terminal.domain.ports import RecordKind

APPLICATION_ID: Final = 0x4F44534B
SCHEMA_VERSION: Final = 1
FIRST_HASH: Final = bytes(32)
TABLES: Final = (
    "CREATE TABLE record (number INTEGER PRIMARY KEY, at INTEGER NOT NULL, kind TEXT NOT NULL, "
    "body BLOB NOT NULL, hash BLOB NOT NULL)",
    "CREATE TABLE state (key TEXT PRIMARY KEY, at INTEGER NOT NULL, body BLOB NOT NULL, hash BLOB NOT NULL)",
)
#: What there is far more of than of all others
_MANY = (RecordKind.EVENT, RecordKind.QUOTED, RecordKind.WORTH)
_SELDOM = "kind NOT IN (" + ", ".join(f"'{kind.value}'" for kind in _MANY) + ")"
#: Finds the others without a walk through months of quotes; the condition stands word for word in what uses it
INDEX: Final = f"CREATE INDEX IF NOT EXISTS seldom ON record (number) WHERE {_SELDOM}"
#: The place in the log where a reader may begin, among the pictures
BOOKMARK: Final = "bookmark"
_CHUNK = 2000
_NUMBER_AND_TIME = struct.Struct(">qq")
_TIME = struct.Struct(">q")
_BOOKMARK = struct.Struct(">q")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
#: Years that a calendar has, with a day's room for the zone
_FIRST_TIME = (datetime(1, 1, 2, tzinfo=UTC) - _EPOCH) // _MICROSECOND
_LAST_TIME = (datetime(9999, 12, 31, tzinfo=UTC) - _EPOCH) // _MICROSECOND
_KINDS = {kind.value: kind for kind in RecordKind}
# The columns come with their types, because a flipped bit may have changed one
_SELECT = (
    "SELECT r.number, r.at, CAST(r.kind AS BLOB), CAST(r.body AS BLOB), CAST(r.hash AS BLOB), CAST(p.hash AS BLOB), "
    "typeof(r.at) = 'integer' AND typeof(r.kind) = 'text' AND typeof(r.body) = 'blob' "
    "FROM record r LEFT JOIN record p ON p.number = r.number - 1 "
)
#: A damaged schema also comes out as an error message that is no UTF-8, a number beyond 64 bits, or an absurd length
_UNREADABLE = (sqlite3.Error, UnicodeDecodeError, OverflowError, MemoryError)
_Row = tuple[int, int, bytes | None, bytes | None, bytes | None, bytes | None, int]


@dataclass(frozen=True, slots=True)
class JournalRecord:
    """One record as read back; see `domain.ports.Record`."""

    number: int
    microseconds: int
    """Of market time, since the epoch"""
    kind: RecordKind
    body: bytes

    @property
    def at(self) -> datetime:
        """Market time; made when it is asked for, as most records of a day are read without."""
        return time_of(self.microseconds)


def microseconds_of(at: datetime) -> int:
    """Microseconds since the epoch, exact. Raises BadInput for a time without a zone."""
    if at.tzinfo is None:
        raise BadInput("at", at, "a time with its zone")
    return (at - _EPOCH) // _MICROSECOND


def time_of(microseconds: int) -> datetime:
    """The market time of a stored number, in Asia/Shanghai. Raises OverflowError outside the years 1 to 9999."""
    return (_EPOCH + timedelta(microseconds=microseconds)).astimezone(SHANGHAI)


def chain_hash(previous: bytes, number: int, at: int, kind: bytes, body: bytes) -> bytes:
    """The hash of a record, see the module."""
    return hashlib.sha256(previous + _NUMBER_AND_TIME.pack(number, at) + kind + b"\0" + body).digest()


def state_hash(key: bytes, at: int, body: bytes) -> bytes:
    """The hash of a state row, see the module."""
    return hashlib.sha256(_TIME.pack(at) + key + b"\0" + body).digest()


def bookmark_body(number: int, body: bytes) -> bytes:
    """What the picture of a bookmark holds: the number of the last record before it leads."""
    return _BOOKMARK.pack(number) + body


def check_identity(connection: sqlite3.Connection, path: Path) -> bool:
    """Whether the file is a journal of this version; False for a new, empty one.

    Raises JournalError for another program's file and for a newer schema (F50).
    """
    (application,) = connection.execute("PRAGMA application_id").fetchone()
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    if application == 0 and version == 0:
        (tables,) = connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
        if tables == 0:
            return False
    if application != APPLICATION_ID:
        raise JournalError(f"{path} is not a journal of this program")
    if version != SCHEMA_VERSION:
        raise JournalError(
            f"{path} has journal format {version}, this program reads {SCHEMA_VERSION}: it is left as it is"
        )
    return True


class JournalReader:
    """A read-only view of a journal; it sees what was committed when each call is made. From any thread."""

    def __init__(self, path: Path) -> None:
        """Open the file. Raises JournalError when it is missing, not a journal, or of another format."""
        self.path = path
        self._lock = Lock()
        """Held while SQLite reads: Python's module lets a connection be closed under a thread that reads by it, and the
        process ends in that"""
        try:
            # A reader that wakes up under load may find the writer just switching to WAL: wait for it
            self._connection = sqlite3.connect(
                f"{path.resolve().as_uri()}?mode=ro",
                uri=True,
                timeout=5.0,
                isolation_level=None,
                check_same_thread=False,
            )
        except sqlite3.Error as error:
            raise JournalError(f"{path} cannot be opened: {error}") from error
        try:
            if not check_identity(self._connection, path):
                raise JournalError(f"{path} is empty")
        except _UNREADABLE as error:
            self._connection.close()
            raise JournalError(f"{path} cannot be read: {shown(error)}") from error
        except JournalError:
            self._connection.close()
            raise

    def close(self) -> None:
        """Close the file; a thread that still reads gets its rows, and JournalError when it asks for more."""
        with self._lock:
            self._connection.close()

    def head(self) -> tuple[int, str]:
        """Number and hash (hex) of the last record, kept elsewhere a cut tail shows; 0 and zeros when there is none."""
        rows = self._rows("SELECT number, CAST(hash AS BLOB) FROM record ORDER BY number DESC LIMIT 1")
        if not rows:
            return 0, FIRST_HASH.hex()
        number, last_hash = rows[0]
        if type(number) is not int or type(last_hash) is not bytes:
            # A damaged page makes SQLite give such things for columns that cannot hold them
            raise JournalError(f"{self.path}: the last record is unreadable")
        return number, last_hash.hex()

    def read(self, after: int = 0) -> "Records":
        """All records above `after` up to the last one now, verified as they are walked; none is kept in memory."""
        last = self.head()[0]
        return Records(self, max(after, 0), last)

    def read_kind(self, kinds: Iterable[RecordKind], after: int = 0) -> Iterator[JournalRecord]:
        """The records of some kinds above `after`, in order, each verified against the record before it."""
        wanted = set(kinds)
        names = sorted(kind.value for kind in wanted)
        # SQLite takes the index when it stands in FROM and the condition is its own
        seldom = "" if wanted.intersection(_MANY) else f" AND r.{_SELDOM}"
        marks = ", ".join("?" * len(names))
        last = after
        while True:
            rows: list[_Row] = self._rows(
                f"{_SELECT} WHERE r.number > ? AND r.kind IN ({marks}){seldom} ORDER BY r.number LIMIT {_CHUNK}",
                last,
                *names,
            )
            for row in rows:
                yield self._verified(row, row[0], row[5])
            if len(rows) < _CHUNK:
                return
            last = rows[-1][0]

    def read_numbers(self, numbers: Sequence[int]) -> Iterator[JournalRecord]:
        """The records of these rising numbers, each verified against the record before it."""
        for start in range(0, len(numbers), _CHUNK):
            wanted = numbers[start : start + _CHUNK]
            marks = ", ".join("?" * len(wanted))
            rows: list[_Row] = self._rows(f"{_SELECT} WHERE r.number IN ({marks}) ORDER BY r.number", *wanted)
            if len(rows) < len(wanted):
                found = {row[0] for row in rows}
                missing = next(number for number in wanted if number not in found)
                raise JournalError(f"{self.path}: record {missing} is missing")
            for row, number in zip(rows, wanted, strict=True):
                yield self._verified(row, number, row[5])

    def hash_of(self, number: int) -> str:
        """The hash (hex) that a record ends the chain with; of 0 the one before the first. Empty for no such record."""
        if number == 0:
            return FIRST_HASH.hex()
        rows = self._rows("SELECT CAST(hash AS BLOB) FROM record WHERE number = ?", number)
        return rows[0][0].hex() if rows and type(rows[0][0]) is bytes else ""

    def states(self) -> dict[str, bytes]:
        """The newest picture of every key, verified."""
        return self._states("ORDER BY key")

    def _states(self, which: str, *values: object) -> dict[str, bytes]:
        found = {}
        rows: list[tuple[bytes | None, int, bytes | None, bytes | None, int]] = self._rows(
            "SELECT CAST(key AS BLOB), at, CAST(body AS BLOB), CAST(hash AS BLOB), "
            f"typeof(key) = 'text' AND typeof(at) = 'integer' AND typeof(body) = 'blob' FROM state {which}",
            *values,
        )
        for key, at, body, stored, typed in rows:
            if not typed or key is None or body is None or state_hash(key, at, body) != stored:
                name = shown((key or b"").decode(errors="replace"))
                raise JournalError(f"{self.path}: the state {name} does not agree with its hash")
            found[key.decode()] = body
        return found

    def state(self, key: str) -> bytes | None:
        """The newest picture of one key, verified; None where there is none. Other keys are not looked at."""
        return self._states("WHERE key = ?", key).get(key)

    def bookmark(self) -> tuple[int, bytes] | None:
        """The place that was kept, see `domain.ports.Journal`; None also where the log ends before it."""
        kept = self.state(BOOKMARK)
        if kept is None or len(kept) < _BOOKMARK.size:
            return None
        (number,) = _BOOKMARK.unpack_from(kept)
        return (number, kept[_BOOKMARK.size :]) if 0 <= number <= self.head()[0] else None

    def verify(self) -> int:
        """Read everything; give the number of records. Raises JournalError naming the first bad one."""
        self.states()
        return sum(1 for _ in self.read())

    def records(self, after: int, last: int) -> Iterator[JournalRecord]:
        """Records above `after` up to `last`, chained; by chunks, so that a slow reader holds back no checkpoint."""
        previous: bytes | None = None
        number = after
        while number < last:
            rows: list[_Row] = self._rows(
                f"{_SELECT} WHERE r.number > ? AND r.number <= ? ORDER BY r.number LIMIT {_CHUNK}", number, last
            )
            if not rows:
                raise JournalError(f"{self.path}: record {number + 1} is missing")
            for row in rows:
                number += 1
                yield self._verified(row, number, row[5] if previous is None else previous)
                previous = row[4]

    def record(self, number: int) -> JournalRecord:
        """One record, verified against the one before it."""
        rows: list[_Row] = self._rows(_SELECT + "WHERE r.number = ?", number)
        if not rows:
            raise JournalError(f"{self.path}: record {number} is missing")
        return self._verified(rows[0], number, rows[0][5])

    def _verified(self, row: _Row, number: int, previous: bytes | None) -> JournalRecord:
        found, at, kind, body, stored, _, typed = row
        if type(found) is not int or found != number:
            raise JournalError(f"{self.path}: record {number} is missing")
        if previous is None:
            if number != 1:
                raise JournalError(f"{self.path}: record {number - 1} is missing")
            previous = FIRST_HASH
        if not typed or kind is None or body is None or chain_hash(previous, number, at, kind, body) != stored:
            raise JournalError(f"{self.path}: record {number} does not agree with the hash chain")
        try:
            if not _FIRST_TIME <= at < _LAST_TIME:
                raise OverflowError(f"time {at}")
            return JournalRecord(number, at, _KINDS[kind.decode()], body)
        except (KeyError, UnicodeDecodeError, OverflowError) as error:
            raise JournalError(f"{self.path}: record {number} is of no known kind or time: {shown(error)}") from error

    def _rows(self, sql: str, *values: object) -> list[Any]:
        try:
            with self._lock:
                return self._connection.execute(sql, values).fetchall()
        except _UNREADABLE as error:
            raise JournalError(f"{self.path} cannot be read: {shown(error)}") from error


class Records(Sequence[JournalRecord]):
    """The records of one `read`: a sequence that fetches and verifies as it is walked."""

    def __init__(self, reader: JournalReader, after: int, last: int) -> None:
        self._reader = reader
        self._after = after
        self._last = last

    def __len__(self) -> int:
        return max(self._last - self._after, 0)

    def __iter__(self) -> Iterator[JournalRecord]:
        return self._reader.records(self._after, self._last)

    @overload
    def __getitem__(self, index: int) -> JournalRecord: ...

    @overload
    def __getitem__(self, index: slice) -> list[JournalRecord]: ...

    def __getitem__(self, index: int | slice) -> JournalRecord | list[JournalRecord]:
        if isinstance(index, slice):
            return [self[i] for i in range(*index.indices(len(self)))]
        position = index + len(self) if index < 0 else index
        if not 0 <= position < len(self):
            raise IndexError(f"record {index} of {len(self)}")
        return self._reader.record(self._after + 1 + position)
