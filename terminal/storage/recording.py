"""A recorded day: every event of a venue with the time it was received, to be played again.

Format: one line of ASCII, `OPTIONDESK RECORDING 1 PROTOCOL <n>`, then records to the end of the file. A record is

    received    signed 64-bit, microseconds since 1970-01-01 UTC
    head check  unsigned 32-bit, CRC-32 over received, body check and length
    body check  unsigned 32-bit, CRC-32 over body
    length      unsigned 32-bit, bytes of body
    body        an event of `domain.wire`

all big-endian; length and body are a frame of the wire. The rule: a recording may end anywhere, because a killed
process or a power cut tears its tail; a record damaged in the middle is an error. The head has a check of its own so
that a damaged length is not taken for a torn tail.
"""

import logging
import os
import struct
import time
import zlib
from collections.abc import Callable, Iterator
from datetime import datetime
from io import BufferedWriter, FileIO
from pathlib import Path
from typing import BinaryIO, Final

from terminal.domain import wire
from terminal.domain.errors import JournalError, LinkError, shown
from terminal.domain.messages import PROTOCOL, Event
from terminal.storage.journal_file import microseconds_of, time_of

_log = logging.getLogger(__name__)
#: The oldest protocol whose messages this program still reads: since then they have only gained fields
_OLDEST_PROTOCOL = 3
_HEADERS: Final = tuple(
    f"OPTIONDESK RECORDING 1 PROTOCOL {number}\n".encode() for number in range(_OLDEST_PROTOCOL, PROTOCOL + 1)
)
_HEADER: Final = _HEADERS[-1]
_HEAD = struct.Struct(">qIII")
_CHECKED = struct.Struct(">qII")
_BUFFER_BYTES = 1024 * 1024
_ZEROS_AT_ONCE = 1024 * 1024


class RecordingWriter:
    """Appends events to a recording; in the operating system's hands after a second at the latest while events come.

    A disk that fails ends the recording, never the desk: `failure` tells, and one line in the log (F57).
    """

    def __init__(
        self, path: Path, *, flush_seconds: float = 1.0, monotonic: Callable[[], float] = time.monotonic
    ) -> None:
        """Open or continue a recording; a torn tail is cut off. Raises JournalError when that is not possible."""
        self.failure: str | None = None
        self._flush_seconds = flush_seconds
        self._monotonic = monotonic
        self._flushed_at = monotonic()
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            end = _sound_end(path) if path.exists() and path.stat().st_size else 0
            # Continuing needs the torn tail away before anything is written behind it
            if end:
                os.truncate(path, end)
            raw = FileIO(path, "ab" if end else "wb")
            self._file: BufferedWriter[FileIO] | None = BufferedWriter(raw, _BUFFER_BYTES)
        except OSError as error:
            raise JournalError(f"{path} cannot be written: {error}") from error
        if end == 0:
            # Into the buffer, so this cannot fail
            self._file.write(_HEADER)

    def write(self, at: datetime, event: Event) -> None:
        """Record one event as received at `at`."""
        if self._file is None:
            return
        body = wire.encode(event)
        received, body_check = microseconds_of(at), zlib.crc32(body)
        head = _HEAD.pack(received, _head_check(received, body_check, len(body)), body_check, len(body))
        try:
            self._file.write(head + body)
        except OSError as error:
            self._fail(error)
            return
        if self._monotonic() - self._flushed_at >= self._flush_seconds:
            self.flush()

    def flush(self) -> None:
        """Hand everything to the operating system; call it now and then while no events come."""
        self._flushed_at = self._monotonic()
        if self._file is not None:
            try:
                self._file.flush()
            except OSError as error:
                self._fail(error)

    def close(self) -> None:
        """Write what is left, on disk before this returns."""
        self.flush()
        file, self._file = self._file, None
        if file is not None:
            try:
                os.fsync(file.fileno())
                file.close()
            except OSError as error:
                self._fail(error)

    def _fail(self, error: OSError) -> None:
        self.failure = str(error)
        _log.error("recording ended: %s", error)
        file, self._file = self._file, None
        if file is not None:
            try:
                # The raw file: closing the buffered one would try to write once more
                file.raw.close()
            except OSError as second:
                _log.debug("closing the recording: %s", second)


def read_recording(path: Path) -> Iterator[tuple[datetime, Event]]:
    """Every event with the time it was received, in order, one at a time.

    Raises JournalError when the file is missing, of another format or protocol, or damaged before its end.
    """
    try:
        with path.open("rb") as file:
            for number, (received, body, _) in enumerate(_records(file, path), start=1):
                try:
                    yield time_of(received), wire.decode_event(body)
                except (LinkError, OverflowError) as error:
                    raise JournalError(f"{path}: record {number}: {shown(error)}") from error
    except OSError as error:
        raise JournalError(f"{path} cannot be read: {error}") from error


def _sound_end(path: Path) -> int:
    """Where the last whole record ends."""
    with path.open("rb") as file:
        end = len(_HEADER)
        for _, _, record_end in _records(file, path):
            end = record_end
        return end


def _records(file: BinaryIO, path: Path) -> Iterator[tuple[int, bytes, int]]:
    """Time, body and end of each whole record."""
    header = file.readline(100)
    if header not in _HEADERS:
        raise JournalError(
            f"{path}: {shown(header.decode('ascii', 'replace').strip())} is not {shown(_HEADER.decode())}"
        )
    while True:
        start = file.tell()
        head = file.read(_HEAD.size)
        if len(head) < _HEAD.size:
            return
        received, head_check, body_check, length = _HEAD.unpack(head)
        if _head_check(received, body_check, length) == head_check and length <= wire.MAX_FRAME_BYTES:
            body = file.read(length)
            if len(body) < length:
                return
            if zlib.crc32(body) == body_check:
                yield received, body, file.tell()
                continue
        # A power cut may leave zeros where the tail's bytes did not reach the disk
        if not _only_zeros_follow(file):
            raise JournalError(f"{path}: damaged at byte {start}")
        return


def _only_zeros_follow(file: BinaryIO) -> bool:
    while block := file.read(_ZEROS_AT_ONCE):
        if block.strip(b"\0"):
            return False
    return True


def _head_check(received: int, body_check: int, length: int) -> int:
    return zlib.crc32(_CHECKED.pack(received, body_check, length))
