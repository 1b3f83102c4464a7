"""Records for the tests of the journal, and what a reader finds of them."""

from datetime import datetime
from pathlib import Path

from terminal.domain.calendar import SHANGHAI
from terminal.domain.ports import RecordKind
from terminal.storage.journal import SqliteJournal

AT = datetime(2026, 3, 2, 9, 30, 0, 123456, tzinfo=SHANGHAI)
EVENT = RecordKind.EVENT


def event(body: bytes) -> list[tuple[RecordKind, datetime, bytes]]:
    return [(EVENT, AT, body)]


def bodies(path: Path) -> list[bytes]:
    reader = SqliteJournal.open_reader(path)
    try:
        return [record.body for record in reader.read()]
    finally:
        reader.close()
