"""Orders and fills of earlier days (历史查询), read back from the journal when asked for."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

import msgspec

from terminal.domain import wire
from terminal.domain.calendar import SHANGHAI
from terminal.domain.contracts import Contract
from terminal.domain.errors import IllegalTransition
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
    """Answers questions about the past from the desk's journal; `read_kind` gives its records of some kinds."""

    def __init__(self, read_kind: Callable[[Iterable[RecordKind]], Iterable[Record]]) -> None:
        self._read_kind = read_kind

    def days(self) -> dict[date, DayHistory]:
        """Every trading day the journal has orders of, newest first; the journal is walked once."""
        days: dict[date, DayHistory] = {}
        listed: dict[str, Contract] = {}
        for book_id, day, content in self._steps():
            if not isinstance(content, _Content):
                # Days that were read keep theirs
                listed = listed | {contract.code: contract for contract in content}
                continue
            history = days.setdefault(day, DayHistory(day))
            history.contracts = listed
            _enter(history, content, book_id)
        return dict(sorted(days.items(), reverse=True))

    def day(self, day: date) -> DayHistory:
        """One day; empty when nothing happened."""
        return self.days().get(day, DayHistory(day))

    def _steps(self) -> Iterator[tuple[str, date, _Content | tuple[Contract, ...]]]:
        book_id = ""
        for record in self._read_kind(KINDS):
            if record.kind is RecordKind.BOOK:
                book_id = record.body.decode()
            elif record.kind is RecordKind.LISTED:
                yield book_id, record.at.astimezone(SHANGHAI).date(), listed_in(record.body)
            elif record.kind in (RecordKind.SUBMITTED, RecordKind.DENIED):
                order = msgspec.msgpack.decode(record.body, type=Order)
                yield book_id, order.submitted_at.astimezone(SHANGHAI).date(), order
            elif record.kind is RecordKind.EVENT:
                event = wire.decode_event(record.body)
                if isinstance(event, OrderReport | InstructionReport):
                    yield book_id, event.trading_day, event
                elif isinstance(event, OrderUnknown):
                    yield book_id, event.at.astimezone(SHANGHAI).date(), event


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
