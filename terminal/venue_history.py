"""The days of a venue's book that are over, read from its journal beside the running venue.

Called in a thread of its own: it opens the file anew, read only, and keeps the counter of the day asked for last.
"""

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

from terminal.domain.calendar import TradingCalendar
from terminal.domain.ports import RecordKind
from terminal.rules.profile import Profile
from terminal.storage.journal_file import JournalReader
from terminal.venue.book import decode_header
from terminal.venue.counter.counter import Counter
from terminal.venue.counter.entries import JournalEntry, decode_entry
from terminal.venue.day_books import counter_of_day


class JournalHistory:
    """Days in the journal of one venue; `read_profile` gives the rules a day was played under."""

    def __init__(self, path: Path, calendar: TradingCalendar, read_profile: Callable[[str], Profile]) -> None:
        self._path = path
        self._calendar = calendar
        self._read_profile = read_profile
        self._cached: tuple[date, Counter] | None = None

    def days(self) -> tuple[date, ...]:
        """Every trading day of the book, oldest first. Raises JournalError for a journal that cannot be read."""
        reader = JournalReader(self._path)
        try:
            return tuple(decode_header(r.body).day.trading_day for r in reader.read_kind([RecordKind.BOOK]))
        finally:
            reader.close()

    def counter_of(self, day: date) -> Counter | None:
        """The counter as that day left it; None for a day that is not in the book. Raises JournalError as `days`."""
        if self._cached is not None and self._cached[0] == day:
            return self._cached[1]
        reader = JournalReader(self._path)
        try:
            for record in reader.read_kind([RecordKind.BOOK]):
                header = decode_header(record.body)
                if header.day.trading_day == day:
                    entries = _entries(reader, record.number)
                    counter = counter_of_day(header, entries, self._read_profile(header.profile), self._calendar)
                    self._cached = day, counter
                    return counter
        finally:
            reader.close()
        return None


def _entries(reader: JournalReader, header_number: int) -> Iterator[JournalEntry]:
    """What follows a header up to the next one."""
    for record in reader.read(header_number):
        if record.kind is RecordKind.BOOK:
            return
        if record.kind is RecordKind.EVENT:
            yield decode_entry(record.body)
