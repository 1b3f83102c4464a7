"""What a desk that starts late in its day goes on from."""

from collections.abc import Iterable
from dataclasses import dataclass

from terminal.domain.ports import Record
from terminal.services.counted_day import CountedPicture
from terminal.services.needed_records import NeededPicture


@dataclass(frozen=True, slots=True)
class DayStart:
    """What a start goes on from."""

    number: int
    """The last record that need not be read"""
    needed: NeededPicture
    records: Iterable[Record]
    """Those that are needed all the same, in order"""
    counted: CountedPicture | None
