"""What the journal keeps of reminders: every step of each, so that a start knows what was said and answered.

A venue's book and account are a scope of their own: another market's reminders silence nothing here.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime

import msgspec

from terminal.alerts.alert import Alert
from terminal.domain.errors import JournalError, shown
from terminal.domain.ports import Record, RecordKind


class AlertsTold(msgspec.Struct, frozen=True, kw_only=True):
    """Reminders as they stand from `at` on."""

    scope: str
    at: datetime
    alerts: tuple[Alert, ...]


_decoder: msgspec.msgpack.Decoder[AlertsTold] = msgspec.msgpack.Decoder(AlertsTold)


def encode_alerts(told: AlertsTold) -> bytes:
    """For the journal."""
    return msgspec.msgpack.encode(told)


def decode_alerts(body: bytes) -> AlertsTold:
    """From the journal. Raises JournalError for anything else."""
    try:
        return _decoder.decode(body)
    except (msgspec.DecodeError, ValueError, ArithmeticError, RecursionError) as error:
        raise JournalError(f"nothing that was reminded of: {shown(error)}") from error


def read_alerts(records: Iterable[Record]) -> Iterator[AlertsTold]:
    """The ALERT records among others, in order."""
    return (decode_alerts(record.body) for record in records if record.kind is RecordKind.ALERT)
