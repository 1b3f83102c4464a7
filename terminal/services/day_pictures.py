"""Pictures of the day so far: a start goes on from the newest one instead of reading a maker's whole day again.

Every few thousand records a thread reads what the journal has behind the last picture, verified, counts it as a start
would, and overwrites the picture. So a picture says nothing that the records do not say, and where it is missing,
damaged, of other terms or of another version of the program, all records of the day are read as ever.

The format, under the key `day` among the journal's pictures: msgpack of `DayPicture`. It names the record it stands
behind by number and hash of the chain, and the place where the day's records begin.
"""

import asyncio
import hashlib
import logging
import time
from collections.abc import Iterable, Iterator
from typing import Annotated, Final

import msgspec

from terminal import __version__
from terminal.domain.errors import BadInput, JournalError, OptionDeskError, shown
from terminal.domain.ports import Journal, PictureJournal, Record, RecordKind
from terminal.rules.obligations.terms import Terms
from terminal.rules.profile import Sessions
from terminal.services.counted_day import CountedDay, CountedPicture
from terminal.services.day_start import DayStart
from terminal.services.needed_records import NeededPicture, NeededRecords
from terminal.services.obligations import Obligations
from terminal.services.own_quotes import OwnQuotes

logger = logging.getLogger(__name__)
KEY: Final = "day"
#: Raised whenever a picture says something else, or what it counts is counted otherwise
VERSION: Final = 1
#: A picture is taken once so many records have come since the last one
RECORDS: Final = 5000
#: So often somebody looks whether they have
LOOK_SECONDS: Final = 10.0
#: Larger is no picture of ours
MOST_BYTES: Final = 64 * 1024 * 1024
#: After so many records the desk's own thread goes first
_BREATH_RECORDS, _BREATH_SECONDS = 100, 0.02
_Number = Annotated[int, msgspec.Meta(ge=0)]


class DayPicture(msgspec.Struct, frozen=True, kw_only=True):
    """All that records `after` + 1 to `number` of a journal leave behind."""

    version: _Number
    basis: str
    """What it was counted by: program, desk, terms and hours"""
    after: _Number
    number: _Number
    hash: str
    """The chain's at `number`"""
    needed: NeededPicture
    counted: CountedPicture | None
    """None for a day without a measure of obligations"""


_decoder = msgspec.msgpack.Decoder(DayPicture)


class DayPictures:
    """Takes pictures of one desk's day and gives the newest one back."""

    def __init__(
        self,
        journal: PictureJournal,
        desk_id: str,
        terms: Terms,
        sessions: Sessions,
        *,
        records: int = RECORDS,
        breath_seconds: float = _BREATH_SECONDS,
    ) -> None:
        self._journal = journal
        self._desk_id = desk_id
        self._terms = terms
        self._sessions = sessions
        self._records = records
        self._breath_seconds = breath_seconds
        self._basis = _basis(desk_id, terms, sessions)
        self._taken = 0
        """Number of the record that the last picture stands behind, or that could not be got past"""
        self._closed = False

    def start(self) -> DayStart | None:
        """What the newest picture gives to a start; None where all records of the day are to be read."""
        picture = self._newest()
        if picture is None:
            return None
        self._taken = picture.number
        numbers = picture.needed.all_numbers
        return DayStart(picture.number, picture.needed, self._journal.read_numbers(numbers), picture.counted)

    async def run(self) -> None:
        """Take a picture whenever it is time, until cancelled."""
        while True:
            await asyncio.sleep(LOOK_SECONDS)
            if self.is_due:
                await asyncio.to_thread(self.take)

    def close(self) -> None:
        """Let a thread that is at it give up."""
        self._closed = True

    @property
    def is_due(self) -> bool:
        """Whether enough has been written since the last picture."""
        return self._journal.newest_number - self._taken >= self._records

    def take(self) -> bool:
        """Take a picture of the day up to the newest record; False where there is none to take."""
        bookmark = self._journal.bookmark()
        if bookmark is None:
            # A journal of an earlier version, until its next day begins
            self._taken = self._journal.newest_number
            return False
        try:
            return self._take(bookmark[0])
        except (OptionDeskError, OverflowError) as error:
            self._taken = self._journal.newest_number
            if not self._closed:
                logger.warning("no picture of the day can be taken: %s", error)
            return False

    # ---- inside

    def _take(self, after: int) -> bool:
        needed, counted = NeededRecords(self._desk_id), CountedDay(OwnQuotes(), self._terms, self._sessions)
        measured = any(self._journal.read_kind([RecordKind.OBLIGATION], after))
        picture = self._newest()
        number = counted_to = after
        if picture is not None:
            number = picture.number
            needed.go_on_from(picture.needed)
            if picture.counted is not None:
                counted.go_on_from(picture.counted)
                counted_to = number
        last: Record | None = None
        for last in self._giving_way(self._journal.read(counted_to if measured else number)):
            if measured:
                counted.take(last)
            if last.number > number:
                needed.take(last)
        if last is None or last.number == number:
            return False
        body = msgspec.msgpack.encode(
            DayPicture(
                version=VERSION,
                basis=self._basis,
                after=after,
                number=last.number,
                hash=self._journal.hash_of(last.number),
                needed=needed.picture(),
                counted=counted.picture(),
            )
        )
        self._journal.replace_state(KEY, last.at, body)
        self._taken = last.number
        return True

    def _giving_way(self, records: Iterable[Record]) -> Iterator[Record]:
        for count, record in enumerate(records, 1):
            if count % _BREATH_RECORDS == 0:
                if self._closed:
                    raise JournalError("the desk ends")
                time.sleep(self._breath_seconds)
            yield record

    def _newest(self) -> DayPicture | None:
        """The newest picture, where it is whole and of this day; tells why it is not used."""
        bookmark = self._journal.bookmark()
        try:
            body = self._journal.state(KEY)
            if body is None or bookmark is None:
                return None
            if len(body) > MOST_BYTES:
                raise JournalError(f"{len(body)} bytes, {MOST_BYTES} at most")
            picture = _decoder.decode(body)
        except (JournalError, msgspec.DecodeError, ValueError, ArithmeticError, RecursionError) as error:
            logger.warning("the picture of the day is damaged, all records of the day are read: %s", shown(error))
            return None
        reason = self._refusal(picture, bookmark[0])
        if reason:
            logger.info("the picture of the day is not used, all records of the day are read: %s", reason)
            return None
        return picture

    def _refusal(self, picture: DayPicture, after: int) -> str:
        """Why a picture does not stand for the records up to its place; empty where it does."""
        if picture.version != VERSION or picture.basis != self._basis:
            return "it was counted by another version, under other terms or of another desk"
        if picture.after != after:
            return "it is of a day before"
        if picture.hash != self._journal.hash_of(picture.number) or picture.number <= after:
            return f"its record {picture.number} is not the journal's"
        numbers = picture.needed.all_numbers
        if any(not after < number <= picture.number for number in numbers) or len(set(numbers)) < len(numbers):
            return "it names records that it does not stand for"
        return ""


def restore_obligations(obligations: Obligations, journal: Journal, begun: DayStart | None, kept: bool) -> None:
    """Bring a maker's day back, from the picture where there is one; `kept` tells whether the day has any such record.

    Raises JournalError for a record that does not read.
    """
    if begun is not None and begun.counted is not None:
        try:
            obligations.restore(journal.read(begun.number), begun.counted)
            return
        except BadInput as error:
            logger.warning("the picture of obligations is not used, all records of the day are read: %s", error)
    if kept:
        bookmark = journal.bookmark()
        obligations.restore(journal.read(0 if bookmark is None else bookmark[0]))


def _basis(desk_id: str, terms: Terms, sessions: Sessions) -> str:
    """A fingerprint of what a day is counted by."""
    told = msgspec.msgpack.encode([__version__, desk_id, terms, sessions])
    return hashlib.sha256(told).hexdigest()
