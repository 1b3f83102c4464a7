"""What a trainee's journal says of a class, record by record: facts for the checkpoints, in the order of the journal.

Everything comes from disk, so a score can be given again at any time, by anybody, from the journal alone.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

import msgspec

from terminal.domain import wire
from terminal.domain.errors import JournalError, shown
from terminal.domain.messages import InquiryOpened, InstructionReport, OrderReport, QuoteReport, ReportScreen
from terminal.domain.orders import Order
from terminal.domain.ports import Record, RecordKind
from terminal.domain.reasons import Reason


@dataclass(frozen=True, slots=True)
class Reminder:
    """One time a reminder was said, or what became of it."""

    at: datetime
    kind: str
    subject: str
    standing: str
    times: int
    said_at: datetime
    acknowledged_at: datetime | None
    by: str
    codes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Denied:
    """An order that never left the desk."""

    at: datetime
    reason: Reason


class _Finding(msgspec.Struct):
    kind: str
    subject: str
    codes: tuple[str, ...] = ()


class _Alert(msgspec.Struct):
    finding: _Finding
    standing: str
    said_at: datetime
    times_said: int = 1
    acknowledged_at: datetime | None = None
    acknowledged_by: str = ""


class _Told(msgspec.Struct):
    at: datetime
    alerts: tuple[_Alert, ...]


_told = msgspec.msgpack.Decoder(_Told)
_of_class: msgspec.msgpack.Decoder[ReportScreen | InquiryOpened] = msgspec.msgpack.Decoder(ReportScreen | InquiryOpened)
_orders = msgspec.msgpack.Decoder(Order)


@dataclass(slots=True)
class Evidence:
    """The facts so far."""

    reminders: list[Reminder] = field(default_factory=list)
    orders: list[OrderReport] = field(default_factory=list)
    instructions: list[InstructionReport] = field(default_factory=list)
    quotes: list[QuoteReport] = field(default_factory=list)
    inquiries: list[InquiryOpened] = field(default_factory=list)
    screens: list[tuple[datetime, ReportScreen]] = field(default_factory=list)
    denied: list[Denied] = field(default_factory=list)

    def take(self, records: Iterable[Record]) -> None:
        """Go on with the journal. Raises JournalError for a record that is none of its kind."""
        for record in records:
            if record.kind is RecordKind.BOOK:
                # Another venue's book: another class
                self.forget()
            elif record.kind is RecordKind.EVENT:
                self._event(record.body)
            elif record.kind is RecordKind.ALERT:
                self._alerts(record.body)
            elif record.kind is RecordKind.CLASS:
                self._class(record.at, record.body)
            elif record.kind is RecordKind.DENIED:
                self._denial(record.at, record.body)

    def forget(self) -> None:
        """What was done in a class before is no part of this one."""
        for kept in (self.reminders, self.orders, self.instructions, self.quotes, self.inquiries, self.screens):
            kept.clear()
        self.denied.clear()

    def said(self) -> list[Reminder]:
        """Every time a reminder was put before the trainee, in order."""
        found: list[Reminder] = []
        seen: set[tuple[str, str, datetime]] = set()
        for reminder in self.reminders:
            key = (reminder.kind, reminder.subject, reminder.said_at)
            if key not in seen:
                seen.add(key)
                found.append(reminder)
        return found

    def _event(self, body: bytes) -> None:
        event = wire.decode_event(body)
        if isinstance(event, OrderReport):
            self.orders.append(event)
        elif isinstance(event, InstructionReport):
            self.instructions.append(event)
        elif isinstance(event, QuoteReport):
            self.quotes.append(event)

    def _class(self, at: datetime, body: bytes) -> None:
        try:
            message = _of_class.decode(body)
        except (msgspec.DecodeError, ValueError, ArithmeticError) as error:
            raise JournalError(f"not of a class: {shown(error)}") from error
        if isinstance(message, ReportScreen):
            self.screens.append((at, message))
        else:
            self.inquiries.append(message)

    def _denial(self, at: datetime, body: bytes) -> None:
        try:
            order = _orders.decode(body)
        except (msgspec.DecodeError, ValueError, ArithmeticError) as error:
            raise JournalError(f"not an order: {shown(error)}") from error
        if order.reason is not None:
            self.denied.append(Denied(at, order.reason))

    def _alerts(self, body: bytes) -> None:
        try:
            told = _told.decode(body)
        except (msgspec.DecodeError, ValueError) as error:
            raise JournalError(f"nothing that was reminded of: {shown(error)}") from error
        for alert in told.alerts:
            self.reminders.append(
                Reminder(
                    at=told.at,
                    kind=alert.finding.kind,
                    subject=alert.finding.subject,
                    standing=alert.standing,
                    times=alert.times_said,
                    said_at=alert.said_at,
                    acknowledged_at=alert.acknowledged_at,
                    by=alert.acknowledged_by,
                    codes=alert.finding.codes,
                )
            )
