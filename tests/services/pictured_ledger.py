"""A journal in memory that keeps pictures, and what a desk's restart leaves in its services."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import cast

import msgspec

from terminal.domain.errors import JournalError
from terminal.domain.ports import Journal, RecordKind
from terminal.services.checks import DeskLimits
from terminal.services.day_start import DayStart
from terminal.services.desk_day import DaysBefore
from terminal.services.desk_parts import build_desk
from terminal.services.gate import DESK
from terminal.services.market_clock import MarketClock
from tests.harness import CALENDAR, OPEN_SHEET, HandClock
from tests.memory_line import DirectGateway
from tests.services.obligation_desk import Kept, Ledger
from tests.venue.counter.market import profile

_BEFORE = msgspec.msgpack.encode(DaysBefore(book_id="", orders=0, quotes=0, contracts=()))


@dataclass
class PicturedLedger(Ledger):
    """A ledger with a bookmark before its first record; `newest_number` can be set back to an earlier moment."""

    pictures: dict[str, bytes] = field(default_factory=dict)
    until: int | None = None

    @property
    def newest_number(self) -> int:
        """The last record's."""
        return len(self.records) if self.until is None else min(self.until, len(self.records))

    def read(self, after: int = 0) -> Sequence[Kept]:
        """All above a number."""
        return self.records[after : self.newest_number]

    def read_numbers(self, numbers: Sequence[int]) -> Iterable[Kept]:
        """Those of these numbers."""
        return [self.records[number - 1] for number in numbers]

    def read_kind(self, kinds: Iterable[RecordKind], after: int = 0) -> Iterable[Kept]:
        """Those of some kinds."""
        wanted = set(kinds)
        return [record for record in self.read(after) if record.kind in wanted]

    def hash_of(self, number: int) -> str:
        """Of everything up to a record."""
        if not 0 <= number <= self.newest_number:
            return ""
        return hashlib.sha256(b"".join(record.body for record in self.records[:number])).hexdigest()

    def bookmark(self) -> tuple[int, bytes] | None:
        """The day begins with the first record."""
        return 0, _BEFORE

    def state(self, key: str) -> bytes | None:
        """The newest picture."""
        found = self.pictures.get(key)
        if found == b"":
            raise JournalError("the state day does not agree with its hash")
        return found

    def replace_state(self, key: str, at: datetime, body: bytes) -> object:
        """Keep a picture."""
        self.pictures[key] = body
        return None


def left_behind(ledger: PicturedLedger, begun: DayStart | None = None) -> dict[str, object]:
    """What a start on the ledger leaves in a desk's services, from the first record or from a picture on."""
    clock = HandClock()
    parts = build_desk(
        desk_id="D1",
        account_id="MM1",
        gateway=DirectGateway(lambda: None),
        journal=cast(Journal, ledger),
        profile=profile(),
        calendar=CALENDAR,
        limits=DeskLimits(None),
        sheet=OPEN_SHEET,
        rate=0.015,
        clock=MarketClock(clock),
        monotonic=clock,
    )
    desk = parts.desk
    desk._today.restore(begun)
    orders, quoting, portfolio, instructions = desk.orders, desk.quoting, desk.portfolio, desk.instructions
    return {
        "day": (desk._today.day, desk._today.book_id, desk.last_sequence),
        "orders": list(orders._day_orders.all.items()),
        "working": list(orders._day_orders.that_work),
        "sides": orders._day_orders.quote_sides,
        "numbers": (orders.newest_number, quoting.newest_number, parts.gate._budget(DESK).today),
        "reports": orders.reports._seen,
        "live": list(quoting._quotes._live.items()),
        "filled": quoting._quotes._filled,
        "waiting": quoting._answers.left,
        "fills": (portfolio.fills, portfolio._unchecked),
        "instructions": (instructions._entries, instructions.reports),
    }
