"""Which records of the day a start must read again: most of a maker's day are quotes that came and went untouched.

A quote that has ended and of which nothing ever traded leaves nothing behind: not in the orders, not in the quotes,
not in the fills. So of all records those are kept by number that still matter, and what the others leave as plain
figures: the newest sequence, the newest number of a message of quotes, the count of such messages, those that wait for
an answer. Whatever is not plain is kept.
"""

from datetime import date

import msgspec

from terminal.domain import wire
from terminal.domain.errors import JournalError, LinkError, shown
from terminal.domain.messages import (
    InstructionReport,
    NumberedReport,
    OrderReport,
    OrderUnknown,
    QuoteReport,
    SubmitQuotes,
)
from terminal.domain.orders import Order
from terminal.domain.ports import Record, RecordKind
from terminal.domain.quotes import QuoteStatus
from terminal.services.quote_answers import QuoteAnswers
from terminal.services.quote_ids import QuoteIds


class Lying(msgspec.Struct, kw_only=True):
    """Quotes of one contract that lie in its book, and the records that tell of them."""

    sides: dict[str, tuple[str, str]]
    """Order ids of the sides, by quote"""
    numbers: list[int]
    touched: bool
    """An order of ours is known under the id of a side"""


class NeededPicture(msgspec.Struct, frozen=True, kw_only=True):
    """What is needed of all records up to a place."""

    days: tuple[tuple[int, date], ...]
    """Where days began, by the number of their first record"""
    day: date | None
    sequence: int
    newest_quotes: int
    """The newest number of a message of quotes"""
    messages: int
    """Of quotes, today"""
    waiting: tuple[tuple[str, tuple[str, ...]], ...]
    """Messages of quotes without all their answers: id, and contracts that wait"""
    numbers: tuple[int, ...]
    """Records needed whatever comes, rising"""
    lying: dict[str, Lying]
    """By contract; their records are needed too"""
    orders: tuple[str, ...]
    """Ids of the orders among the records"""

    @property
    def all_numbers(self) -> list[int]:
        """Every record to be read again, rising."""
        return sorted([*self.numbers, *(number for lying in self.lying.values() for number in lying.numbers)])


class NeededRecords:
    """Goes through the records of a journal in their order, from a bookmark on."""

    def __init__(self, desk_id: str) -> None:
        self._ids = QuoteIds(desk_id)
        self._answers = QuoteAnswers()
        self._day: date | None = None
        self._days: list[tuple[int, date]] = []
        self._sequence = self._messages = 0
        self._numbers: list[int] = []
        self._lying: dict[str, Lying] = {}
        self._orders: set[str] = set()
        self._code_of_side: dict[str, str] = {}
        """Contract of each side that lies in a book"""

    def take(self, record: Record) -> None:
        """Look at the next record. Raises JournalError for one that does not read."""
        match record.kind:
            case RecordKind.EVENT:
                self._take_event(record)
            case RecordKind.QUOTED:
                self._take_quotes(record)
            case RecordKind.SUBMITTED | RecordKind.DENIED:
                if record.kind is RecordKind.SUBMITTED:
                    self._enter(record.at.date(), record.number)
                self._orders.add(_order_id(record.body))
                self._numbers.append(record.number)
            case RecordKind.INSTRUCTED:
                self._enter(record.at.date(), record.number)
                self._numbers.append(record.number)
            case RecordKind.BOOK:
                self._forget_for(record.at.date())
                self._numbers.append(record.number)
            case RecordKind.LISTED:
                self._numbers.append(record.number)

    def picture(self) -> NeededPicture:
        """What is needed so far, to be written out before the next record."""
        return NeededPicture(
            days=tuple(self._days),
            day=self._day,
            sequence=self._sequence,
            newest_quotes=self._ids.newest_number,
            messages=self._messages,
            waiting=tuple([(quote_id, tuple(codes)) for quote_id, codes in self._answers.left]),
            numbers=tuple(sorted(self._numbers)),
            lying=self._lying,
            orders=tuple(self._orders),
        )

    def go_on_from(self, picture: NeededPicture) -> None:
        """Begin behind a picture; it is used up by it."""
        self._day, self._sequence, self._messages = picture.day, picture.sequence, picture.messages
        self._days = list(picture.days)
        self._ids.heed_number(picture.newest_quotes)
        for quote_id, codes in picture.waiting:
            self._answers.sent(quote_id, codes, 0.0, in_doubt=True)
        self._numbers, self._lying, self._orders = list(picture.numbers), picture.lying, set(picture.orders)
        for code, lying in self._lying.items():
            self._code_of_side.update((side, code) for sides in lying.sides.values() for side in sides)

    # ---- inside

    def _take_event(self, record: Record) -> None:
        event = wire.decode_event(record.body)
        if isinstance(event, NumberedReport):
            self._enter(event.trading_day, record.number)
            self._sequence = max(self._sequence, event.sequence)
        if isinstance(event, QuoteReport):
            self._take_report(event, record.number)
        elif isinstance(event, OrderReport):
            self._orders.add(event.client_order_id)
            code = self._code_of_side.get(event.client_order_id)
            if code is None:
                self._numbers.append(record.number)
            else:
                lying = self._lying[code]
                lying.numbers.append(record.number)
                lying.touched = True
        elif isinstance(event, InstructionReport | OrderUnknown):
            self._numbers.append(record.number)

    def _take_report(self, report: QuoteReport, number: int) -> None:
        code, quote_id, status = report.contract_code, report.quote_id, report.status
        self._ids.heed(quote_id)
        if status in (QuoteStatus.LIVE, QuoteStatus.REFUSED):
            self._answers.answered(quote_id, code)
        sides = report.bid_order, report.ask_order
        known = any(side in self._orders for side in sides)
        lying = self._lying.get(code)
        if status is QuoteStatus.LIVE:
            if lying is None:
                lying = self._lying[code] = Lying(sides={}, numbers=[], touched=False)
            lying.sides[quote_id] = sides
            lying.numbers.append(number)
            lying.touched |= known
            self._code_of_side.update((side, code) for side in sides)
        elif lying is None or quote_id not in lying.sides:
            if known or any(side in self._code_of_side for side in sides):
                self._numbers.append(number)
        else:
            lying.numbers.append(number)
            lying.touched |= known
            for side in lying.sides.pop(quote_id):
                self._code_of_side.pop(side, None)
            if not lying.sides:
                del self._lying[code]
                if lying.touched:
                    self._numbers += lying.numbers

    def _take_quotes(self, record: Record) -> None:
        self._enter(record.at.date(), record.number)
        try:
            command = wire.decode_command(record.body)
        except LinkError as error:
            raise JournalError(f"not a quote: {error}") from error
        if not isinstance(command, SubmitQuotes):
            raise JournalError(f"not a quote: {type(command).__name__}")
        self._ids.heed(command.quote_id)
        self._messages += 1
        codes = [entry.contract_code for entry in command.entries]
        self._answers.sent(command.quote_id, codes, 0.0, in_doubt=True)

    def _enter(self, day: date, number: int) -> None:
        if self._day is None or day > self._day:
            self._days.append((number, day))
            self._forget_for(day)

    def _forget_for(self, day: date) -> None:
        """Another day's quotes lie no more; their records are passed over by whoever reads them, or kept for orders."""
        self._day = day
        self._sequence = self._messages = 0
        self._answers.clear()
        for lying in self._lying.values():
            if lying.touched:
                self._numbers += lying.numbers
        self._lying.clear()
        self._code_of_side.clear()


def _order_id(body: bytes) -> str:
    try:
        return msgspec.msgpack.decode(body, type=Order).client_order_id
    except (msgspec.DecodeError, ValueError, ArithmeticError) as error:
        raise JournalError(f"not an order: {shown(error)}") from error
