"""The journal of a maker's desk that is killed in the afternoon: a stretch really played, its shape repeated.

The stretch is the beginning of a `making-day`: the program's own desk on the real exchange. Whatever it wrote of
continuous trading comes again and again until the journal has as many records as asked for, with numbers, ids and times
that go on; a quote that stood where the stretch ended is replaced where it begins again. Executions are added: the
crowd takes few of a maker's quotes, and each leaves an order for the rest of the day.
"""

import asyncio
import re
import tempfile
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from pathlib import Path

import msgspec

from benchmarks.making_day import DayOptions, play
from benchmarks.making_desk import ACCOUNT
from terminal.domain import wire
from terminal.domain.calendar import SHANGHAI
from terminal.domain.messages import NumberedReport, OrderReport, QuoteReport, SubmitQuotes
from terminal.domain.orders import ExecType, Instruction, OrderType
from terminal.domain.ports import Record, RecordKind
from terminal.domain.quotes import QuoteStatus
from terminal.services.obligation_records import DayTold, decode_told, encode_told
from terminal.storage.journal import SqliteJournal

_SEED = 1
_FIRST, _LAST, _LUNCH, _BACK = time(9, 30), time(14, 30), time(11, 30), time(13, 0)
_CHUNK = 1000
#: One quote in so many has a contract of its bid traded: some 2,000 executions a day, where the stretch has a few
_FILLED = 60
_ID = re.compile(r"-Q(\d{7})")
Row = tuple[RecordKind, datetime, bytes]


def write_day(path: Path, records: int, until: time) -> int:
    """Write a journal of at least so many records, from the stretch played until a time; gives their number."""
    with tempfile.TemporaryDirectory() as name:
        asyncio.run(play(_SEED, DayOptions(until=until), Path(name)))
        reader = SqliteJournal.open_reader(Path(name) / f"desk-{_SEED}.sqlite")
        try:
            kept, bookmark = list(reader.read()), reader.bookmark()
        finally:
            reader.close()
    assert bookmark is not None
    return asyncio.run(_write(path, kept, bookmark, records))


async def _write(path: Path, kept: Sequence[Record], bookmark: tuple[int, bytes], records: int) -> int:
    day = kept[-1].at.date()
    first = datetime.combine(day, _FIRST, SHANGHAI)
    opening = [record for record in kept if record.at < first]
    stretch = [record for record in kept if first <= record.at]
    journal = SqliteJournal(path)
    after, body = bookmark
    rows: list[Row] = [(record.kind, record.at, record.body) for record in opening]
    await journal.append(rows[:after])
    await journal.set_bookmark(first, body)
    waiting, count = rows[after:], after
    for row in _Repeats(stretch, records - len(opening), day):
        waiting.append(row)
        if len(waiting) >= _CHUNK:
            count = await journal.append(waiting)
            waiting = []
    count = await journal.append(waiting)
    await journal.close()
    return count


class _Repeats:
    """The records of a stretch again and again."""

    def __init__(self, stretch: Sequence[Record], records: int, day: date) -> None:
        self._stretch = stretch
        self._left = records
        self._times = -(-records // len(stretch))
        self._day = day
        self._begin = stretch[0].at
        trading = _moment(day, _LUNCH) - _moment(day, _FIRST) + _moment(day, _LAST) - _moment(day, _BACK)
        #: The stretches lie beside each other over the whole day
        self._span = trading / self._times
        self._scale = self._span / (stretch[-1].at - self._begin + timedelta(seconds=1))
        self._sequence = self._entered = 0
        self._standing: dict[str, QuoteReport] = {}
        self._quotes = max(_number_in(r.body.decode("latin-1")) for r in stretch if r.kind is RecordKind.QUOTED) + 1

    def __iter__(self) -> Iterator[Row]:
        for turn in range(self._times):
            for record in self._stretch:
                at = self._time(turn, record.at)
                for body in self._again(record, turn, at):
                    yield record.kind, at, body
                    self._left -= 1
                    if not self._left:
                        return

    def _time(self, turn: int, at: datetime) -> datetime:
        moved = _moment(self._day, _FIRST) + turn * self._span + (at - self._begin) * self._scale
        lunch = _moment(self._day, _LUNCH)
        return moved if moved < lunch else moved + (_moment(self._day, _BACK) - lunch)

    def _again(self, record: Record, turn: int, at: datetime) -> Iterator[bytes]:
        match record.kind:
            case RecordKind.EVENT:
                event = wire.decode_event(record.body)
                if isinstance(event, NumberedReport):
                    yield from self._report(event, turn, at)
            case RecordKind.QUOTED:
                command = wire.decode_command(record.body)
                if isinstance(command, SubmitQuotes):
                    yield wire.encode(msgspec.structs.replace(command, quote_id=self._id(command.quote_id, turn)))
            case RecordKind.OBLIGATION:
                told = decode_told(record.body)
                if not isinstance(told, DayTold):
                    changes = {"inquiry": told.inquiry + 10_000 * turn} if hasattr(told, "inquiry") else {}
                    yield encode_told(msgspec.structs.replace(told, at=at, **changes))
            case RecordKind.WORTH:
                yield self._id(record.body.decode(), turn).encode()

    def _report(self, report: NumberedReport, turn: int, at: datetime) -> Iterator[bytes]:
        if isinstance(report, QuoteReport):
            report = msgspec.structs.replace(
                report,
                quote_id=self._id(report.quote_id, turn),
                bid_order=self._id(report.bid_order, turn),
                ask_order=self._id(report.ask_order, turn),
            )
            standing = self._standing.get(report.contract_code)
            if report.status is QuoteStatus.LIVE:
                if standing is not None:
                    yield self._numbered(msgspec.structs.replace(standing, status=QuoteStatus.REPLACED), at)
                self._standing[report.contract_code] = report
                self._entered += 1
                if self._entered % _FILLED == 0:
                    yield self._numbered(report, at)
                    yield self._numbered(_bid_traded(report, self._entered), at)
                    return
            elif standing is None or standing.quote_id != report.quote_id:
                # Of a quote from before the stretch
                return
            else:
                del self._standing[report.contract_code]
        elif isinstance(report, OrderReport):
            order = self._id(report.client_order_id, turn)
            standing = self._standing.get(report.contract_code)
            if standing is None or order not in (standing.bid_order, standing.ask_order):
                return
            report = msgspec.structs.replace(report, client_order_id=order, report_id=f"{report.report_id}-{turn}")
        yield self._numbered(report, at)

    def _numbered(self, report: NumberedReport, at: datetime) -> bytes:
        self._sequence += 1
        return wire.encode(msgspec.structs.replace(report, sequence=self._sequence, at=at))

    def _id(self, text: str, turn: int) -> str:
        return _ID.sub(lambda found: f"-Q{int(found[1]) + turn * self._quotes:07d}", text)


def _bid_traded(quote: QuoteReport, number: int) -> OrderReport:
    return OrderReport(
        sequence=0,
        report_id=f"F{number}",
        account_id=ACCOUNT,
        client_order_id=quote.bid_order,
        exchange_order_id=str(number),
        exec_type=ExecType.TRADE,
        contract_code=quote.contract_code,
        instruction=Instruction.BUY_OPEN,
        order_type=OrderType.LIMIT,
        quantity=quote.bid_quantity,
        price=quote.bid_price,
        filled_quantity=1,
        last_price=quote.bid_price,
        last_quantity=1,
        at=quote.at,
        trading_day=quote.trading_day,
    )


def _number_in(text: str) -> int:
    found = _ID.search(text)
    return 0 if found is None else int(found[1])


def _moment(day: date, clock: time) -> datetime:
    return datetime.combine(day, clock, SHANGHAI)
