"""The day that a desk stands in (交易日): of whose book, where it begins in the journal, and how it comes back.

A maker's journal grows by a quarter of a million records a day, and none but the newest day's are needed at a start. So
a bookmark is kept where a day begins, with what of all days before is still wanted.
"""

import logging
from collections import deque
from collections.abc import Callable
from datetime import date, datetime, time

import msgspec

from terminal.domain import wire
from terminal.domain.calendar import SHANGHAI
from terminal.domain.contracts import Contract
from terminal.domain.errors import JournalError, shown
from terminal.domain.messages import InstructionReport, NumberedReport, OrderReport, OrderUnknown, QuoteReport
from terminal.domain.ports import Journal, Record, RecordKind
from terminal.services.day_start import DayStart
from terminal.services.instructions import InstructionService
from terminal.services.known_contracts import listed_in
from terminal.services.market_data import MarketData
from terminal.services.orders import OrderService
from terminal.services.portfolio import Portfolio
from terminal.services.quoting import QuoteService
from terminal.services.report_sequence import ReportSequence

logger = logging.getLogger(__name__)


class DaysBefore(msgspec.Struct, frozen=True, kw_only=True):
    """What a bookmark says of everything in front of it."""

    book_id: str
    orders: int
    """The newest number given to an order, as `quotes` to a message of quotes: none is given twice"""
    quotes: int
    contracts: tuple[Contract, ...]
    """All that any list has named, with their newest terms"""


_DECODER = msgspec.msgpack.Decoder(DaysBefore)


class DeskDay:
    """Knows the day and its book, and makes the desk's services forget another one's."""

    def __init__(
        self,
        *,
        journal: Journal,
        market: MarketData,
        portfolio: Portfolio,
        orders: OrderService,
        instructions: InstructionService,
        quoting: QuoteService,
        sequence: ReportSequence,
        forget_notices: Callable[[], None],
    ) -> None:
        self._journal = journal
        self._market = market
        self._portfolio = portfolio
        self._orders = orders
        self._instructions = instructions
        self._quoting = quoting
        self._sequence = sequence
        self._forget_notices = forget_notices
        self.day: date | None = None
        self.book_id = ""
        """The venue's book that the day's records belong to"""

    def begin(self, day: date) -> None:
        """Begin another day, or another book's, and keep its place in the journal: none of its records is there yet."""
        self._forget_for(day)
        before = DaysBefore(
            book_id=self.book_id,
            orders=self._orders.newest_number,
            quotes=self._quoting.newest_number,
            contracts=self._market.known_contracts.all,
        )
        at = datetime.combine(day, time.min, SHANGHAI)
        written = self._journal.set_bookmark(at, msgspec.msgpack.encode(before))
        self._orders.writes.add(written)

    def restore(self, begun: DayStart | None = None) -> None:
        """Replay the newest trading day of the journal: orders as written, then what the venue told, in order.

        From `begun` on, where a picture of the day gives it. Raises JournalError for a record that does not read.
        """
        number = self._take_bookmark()
        if begun is not None:
            number = begun.number
            self._go_on_from(begun)
        for record in self._journal.read(number):
            self._replay(record)
        # Nothing is certain before the venue has told what happened meanwhile
        self._orders.on_line_lost()
        logger.info("journal brought back %d orders of %s", sum(1 for _ in self._orders.orders), self.day)

    # ---- inside

    def _go_on_from(self, begun: DayStart) -> None:
        needed = begun.needed
        days = deque(needed.days)
        for record in begun.records:
            while days and days[0][0] <= record.number:
                self._enter(days.popleft()[1])
            self._replay(record)
        for _, day in days:
            self._enter(day)
        self._sequence.restore(needed.sequence)
        self._quoting.restore_messages(needed.newest_quotes, needed.messages, needed.waiting)

    def _replay(self, record: Record) -> None:
        if record.kind is RecordKind.BOOK:
            self.book_id = record.body.decode()
            self._forget_for(record.at.date())
        elif record.kind is RecordKind.LISTED:
            self._market.known_contracts.take(listed_in(record.body))
        elif record.kind is RecordKind.SUBMITTED:
            self._enter(record.at.date())
            self._orders.reports.restore_order(record.body)
            self._quoting.gate.restore_message()
        elif record.kind is RecordKind.DENIED:
            # Denied before any venue told the time, it bears the computer's date, which opens no day here
            if record.at.date() == self.day:
                self._orders.reports.restore_order(record.body)
            else:
                self._orders.reports.restore_number(record.body)
        elif record.kind is RecordKind.INSTRUCTED:
            self._enter(record.at.date())
            self._instructions.restore_command(record.at, record.body)
        elif record.kind is RecordKind.QUOTED:
            self._enter(record.at.date())
            self._quoting.restore_command(record.body)
        elif record.kind is RecordKind.EVENT:
            self._restore_event(record.body)

    def _take_bookmark(self) -> int:
        """Learn what the bookmark says; gives the number of the last record that need not be read, 0 without one."""
        kept = self._journal.bookmark()
        if kept is None:
            return 0
        after, body = kept
        try:
            before = _DECODER.decode(body)
        except (msgspec.DecodeError, ValueError, ArithmeticError) as error:
            raise JournalError(f"not the beginning of a day: {shown(error)}") from error
        self.book_id = before.book_id
        self._market.known_contracts.take(before.contracts)
        self._orders.heed_number(before.orders)
        self._quoting.heed_number(before.quotes)
        return after

    def _restore_event(self, body: bytes) -> None:
        event = wire.decode_event(body)
        if isinstance(event, NumberedReport):
            self._enter(event.trading_day)
            self._sequence.restore(event.sequence)
        if isinstance(event, OrderReport):
            self._quoting.on_order_report(event)
            self._orders.reports.restore_report(event)
        elif isinstance(event, QuoteReport):
            self._quoting.restore_report(event)
            self._orders.reports.on_quote_report(event)
        elif isinstance(event, InstructionReport):
            self._portfolio.on_instruction(event)
            self._instructions.restore_report(event)
        elif isinstance(event, OrderUnknown):
            self._orders.reports.restore_unknown(event)

    def _enter(self, day: date) -> None:
        if self.day is None or day > self.day:
            self._forget_for(day)

    def _forget_for(self, day: date) -> None:
        """Forget another day's orders; only those of `day` that the journal brought back stay."""
        self.day = day
        self._sequence.start_day()
        self._orders.start_day()
        self._portfolio.start_day()
        self._instructions.start_day()
        self._quoting.start_day()
        # Notices are numbered by day
        self._forget_notices()
