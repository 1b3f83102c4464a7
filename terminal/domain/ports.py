"""The doors of the core, as protocols: the venue's side and the disk's; made in gateways and storage."""

from collections.abc import Awaitable, Iterable, Sequence
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from terminal.domain.messages import Command, Event


class LinkState(StrEnum):
    """The line to a venue."""

    DOWN = "down"
    CONNECTING = "connecting"
    RECOVERING = "recovering"
    """Connected; what was missed is still being sent"""
    UP = "up"


class VenueListener(Protocol):
    """Who a gateway reports to. Called on the event loop's thread, in the order the venue sent."""

    def on_event(self, event: Event) -> None:
        """One event of the venue."""

    def on_link(self, state: LinkState, detail: str) -> None:
        """The line changed; `detail` is a short English text for the log and the tooltip."""


class Gateway(Protocol):
    """A door to a venue. It keeps its own line alive, reconnects by itself and never raises into the caller's loop."""

    async def start(self, listener: VenueListener) -> None:
        """Begin connecting; events go to `listener` until `stop`."""

    def send(self, command: Command) -> bool:
        """Hand a command to the line at once. False when the line is down: nothing was sent."""

    async def stop(self) -> None:
        """Close the line; returns when everything it started has ended."""


class RecordKind(StrEnum):
    """What a journal record holds."""

    SUBMITTED = "submitted"
    """An order about to be sent"""
    CANCEL = "cancel"
    """A cancel about to be sent"""
    INSTRUCTED = "instructed"
    """An instruction that is no order, about to be sent"""
    QUOTED = "quoted"
    """Two-sided quotes handed to the line with the same breath: a quote does not wait for the disk"""
    EVENT = "event"
    """An event of the venue, as it came"""
    DENIED = "denied"
    BOOK = "book"
    """From here on, records belong to this venue book (its id as text)"""
    NOTE = "note"
    """Start, stop, recovery, alarms: JSON text"""
    WORTH = "worth"
    """What a message of quotes was made of: its sender and the values it was priced on, JSON text"""
    STATE = "state"
    """A venue's own picture of its market, newest counts"""
    NOTICE = "notice"
    """What a venue posted on its board"""
    OBLIGATION = "obligation"
    """What counts for a maker's quoting obligations beside the venue's numbered reports"""
    COMMAND = "command"
    """What a venue was told to let happen: an event of a class, as it was carried out"""
    CLASS = "class"
    """What a desk showed and heard of a class it takes part in"""
    LISTED = "listed"
    """Contracts that a list names for the first time, or under other terms"""
    ALERT = "alert"
    """What a desk reminded a person of, and what he answered"""


class Record(Protocol):
    """One journal record as read back."""

    @property
    def number(self) -> int:
        """Counted from 1 without a gap."""

    @property
    def at(self) -> datetime:
        """Market time given by the writer."""

    @property
    def kind(self) -> RecordKind:
        """What `body` holds."""

    @property
    def body(self) -> bytes:
        """The payload: a message of `domain.wire`, or JSON."""


class Journal(Protocol):
    """An append-only file of records that survives a killed process and a power cut once `append` has returned."""

    def append(self, records: Sequence[tuple[RecordKind, datetime, bytes]]) -> Awaitable[int]:
        """Write the records in order in one transaction. The awaitable gives the last record's number once they are
        on disk, and raises JournalError when they cannot be; records handed in earlier are never behind later ones."""

    def read(self, after: int = 0) -> Sequence[Record]:
        """All records with a number above `after`, in order, verified against the chain."""

    def set_bookmark(self, at: datetime, body: bytes) -> Awaitable[int]:
        """Keep the place behind all records handed in so far, with what of them is needed still; one is kept."""

    def bookmark(self) -> tuple[int, bytes] | None:
        """The number of the last record before the place that was kept, and its body; None where none was."""

    async def close(self) -> None:
        """Write what is waiting and close."""


class PictureJournal(Protocol):
    """A journal that keeps pictures beside its records: what a picture of the day needs of it. From any thread."""

    @property
    def newest_number(self) -> int:
        """The number of the newest record on disk."""

    def read(self, after: int = 0) -> Sequence[Record]:
        """See `Journal`."""

    def read_numbers(self, numbers: Sequence[int]) -> Iterable[Record]:
        """The records of these rising numbers, each verified; raises JournalError where one is missing."""

    def read_kind(self, kinds: Iterable[RecordKind], after: int = 0) -> Iterable[Record]:
        """The records of some kinds above `after`, in order, each verified."""

    def hash_of(self, number: int) -> str:
        """The hash that a record ends the chain with; empty for no such record."""

    def bookmark(self) -> tuple[int, bytes] | None:
        """See `Journal`."""

    def state(self, key: str) -> bytes | None:
        """The newest picture of one key, None where there is none; raises JournalError for one that is damaged."""

    def replace_state(self, key: str, at: datetime, body: bytes) -> object:
        """Overwrite the newest picture under `key`; nobody need wait for it."""
