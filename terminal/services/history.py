"""Orders and fills of earlier days (历史查询), read back from the journal when asked for."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import islice

import msgspec

from terminal.domain import wire
from terminal.domain.calendar import SHANGHAI
from terminal.domain.contracts import Contract
from terminal.domain.errors import IllegalTransition, JournalError, shown
from terminal.domain.messages import InstructionReport, OrderReport, OrderUnknown
from terminal.domain.orders import ExecType, Fill, Order
from terminal.domain.ports import Record, RecordKind
from terminal.services.known_contracts import listed_in
from terminal.services.reports import apply_order_report, apply_unknown, fill_of, order_of

#: What the past is made of: a maker's journal holds far more of what it is not
KINDS = (RecordKind.BOOK, RecordKind.LISTED, RecordKind.SUBMITTED, RecordKind.DENIED, RecordKind.EVENT)
_Content = Order | OrderReport | OrderUnknown | InstructionReport


@dataclass(slots=True)
class DayHistory:
    """One trading day of this desk."""

    day: date
    orders: dict[str, Order] = field(default_factory=dict)
    fills: list[Fill] = field(default_factory=list)
    instructions: list[InstructionReport] = field(default_factory=list)
    contracts: Mapping[str, Contract] = field(default_factory=dict)
    """What was listed up to that day, with the terms of then"""
    reports: set[tuple[str, str]] = field(default_factory=set)
    """Venue book and report id of what was entered: two books number their reports alike"""


class History:
    """Answers questions about the past from the desk's journal, which is read on from where it was left.

    `read_kind` gives its records of some kinds above a number.
    """

    def __init__(self, read_kind: Callable[[Iterable[RecordKind], int], Iterable[Record]]) -> None:
        self._read_kind = read_kind
        self._days: dict[date, DayHistory]
        self._listed: dict[str, Contract]
        self._book_id: str
        self._last: int
        """Number of the newest record taken in"""
        self._rest: Iterator[Record] | None
        """What was not taken in yet when a reading was broken off"""
        self._begin()

    def read(self, most: int | None = None) -> bool:
        """Take in what the journal has since the last reading, at most so many records; whether that was all.

        Raises OptionDeskError where it cannot be read, and the next reading begins anew.
        """
        try:
            if self._rest is None:
                self._rest = iter(self._read_kind(KINDS, self._last))
            taken = 0
            for record in islice(self._rest, most):
                self._take(record)
                self._last = record.number
                taken += 1
        except Exception:
            self._begin()
            raise
        if taken == most:
            return False
        self._rest = None
        return True

    def days(self) -> dict[date, DayHistory]:
        """Every trading day read so far that the journal has orders of, newest first."""
        return dict(sorted(self._days.items(), reverse=True))

    # ---- inside

    def _begin(self) -> None:
        self._days, self._listed, self._book_id, self._last, self._rest = {}, {}, "", 0, None

    def _take(self, record: Record) -> None:
        try:
            if record.kind is RecordKind.BOOK:
                self._book_id = record.body.decode()
            elif record.kind is RecordKind.LISTED:
                # Days that were read keep theirs
                self._listed = self._listed | {contract.code: contract for contract in listed_in(record.body)}
            elif record.kind in (RecordKind.SUBMITTED, RecordKind.DENIED):
                order = msgspec.msgpack.decode(record.body, type=Order)
                self._enter(order.submitted_at.astimezone(SHANGHAI).date(), order)
            elif record.kind is RecordKind.EVENT:
                event = wire.decode_event(record.body)
                if isinstance(event, OrderReport | InstructionReport):
                    self._enter(event.trading_day, event)
                elif isinstance(event, OrderUnknown):
                    self._enter(event.at.astimezone(SHANGHAI).date(), event)
        except (msgspec.DecodeError, ValueError, ArithmeticError) as error:
            raise JournalError(f"record {record.number} cannot be read: {shown(error)}") from error

    def _enter(self, day: date, content: _Content) -> None:
        history = self._days.setdefault(day, DayHistory(day))
        history.contracts = self._listed
        _enter(history, content, self._book_id)


def _enter(history: DayHistory, content: _Content, book_id: str) -> None:
    if isinstance(content, Order):
        history.orders[content.client_order_id] = content
        return
    if not isinstance(content, OrderUnknown):
        report_id = content.report_id if isinstance(content, OrderReport) else f"instruction {content.sequence}"
        if (book_id, report_id) in history.reports:
            return
        history.reports.add((book_id, report_id))
    try:
        _apply(history, content)
    except IllegalTransition:
        return  # the desk raised the alarm when it came; the table has no place for it


def _apply(history: DayHistory, content: OrderReport | OrderUnknown | InstructionReport) -> None:
    if isinstance(content, InstructionReport):
        history.instructions.append(content)
    elif isinstance(content, OrderUnknown):
        order = history.orders.get(content.client_order_id)
        if order is not None:
            history.orders[order.client_order_id] = apply_unknown(order, content)
    else:
        order = history.orders.get(content.client_order_id) or order_of(content)
        history.orders[order.client_order_id] = changed = apply_order_report(order, content)
        if content.exec_type is ExecType.TRADE:
            history.fills.append(fill_of(content, changed))
