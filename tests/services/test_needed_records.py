"""Of a maker's day a start reads what still matters, and comes to the same orders, quotes and numbers."""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from terminal.domain import wire
from terminal.domain.errors import JournalError
from terminal.domain.instructions import InstructionKind
from terminal.domain.messages import Instruct, InstructionReport, OrderReport, OrderUnknown, SubmitQuotes
from terminal.domain.orders import ExecType, Instruction, Order, OrderStatus, OrderType
from terminal.domain.ports import RecordKind
from terminal.domain.quotes import QuoteEntry, QuoteStatus
from terminal.services.day_pictures import DayPictures
from tests.harness import CALL, DAY, PUT
from tests.services.obligation_desk import START, sessions, terms_of
from tests.services.pictured_ledger import PicturedLedger, left_behind

LIVE, REPLACED, CANCELLED, REFUSED = (
    QuoteStatus.LIVE,
    QuoteStatus.REPLACED,
    QuoteStatus.CANCELLED,
    QuoteStatus.REFUSED,
)
EXEC = {"new": ExecType.ACKNOWLEDGED, "trade": ExecType.TRADE, "gone": ExecType.CANCELLED}


def pictures_of(ledger: PicturedLedger) -> DayPictures:
    return DayPictures(ledger, "D1", terms_of("sse_generic"), sessions(), records=1, breath_seconds=0)


class Writer:
    """Writes a desk's records, in any order."""

    def __init__(self) -> None:
        self.ledger = PicturedLedger()
        self.day = DAY
        self.orders = 0

    def at(self) -> timedelta:
        return timedelta(days=(self.day - DAY).days, milliseconds=len(self.ledger.records))

    def write(self, move: str, code: str, number: int) -> None:
        ledger, now, quote = self.ledger, START + self.at(), f"D1-260302-Q{number:07d}"
        match move:
            case "live" | "replaced" | "cancelled" | "refused":
                status = QuoteStatus(move)
                ledger.quoted(now, quote_id=quote, status=status, code=code, day=self.day)
            case "turn":
                ledger.quoted(now, quote_id=quote, code=code, day=self.day)
                ledger.quoted(now, quote_id=quote, code=code, status=REPLACED, day=self.day)
            case "side new" | "side trade" | "side gone":
                self.report(f"{quote}-{code}-B", EXEC[move[5:]], code)
            case "order new" | "order trade" | "order gone":
                self.report(f"D1-260302-{number:06d}", EXEC[move[6:]], code)
            case "message":
                entry = QuoteEntry(
                    contract_code=code,
                    bid_price=Decimal("0.46"),
                    bid_quantity=1,
                    ask_price=Decimal("0.47"),
                    ask_quantity=1,
                )
                command = SubmitQuotes(
                    quote_id=quote, entries=(entry, msgspec.structs.replace(entry, contract_code=PUT))
                )
                ledger.write(RecordKind.QUOTED, now, wire.encode(command))
            case "submitted" | "denied":
                status_of = {"submitted": OrderStatus.SUBMITTED, "denied": OrderStatus.DENIED}
                order = Order(
                    client_order_id=f"D1-260302-{number:06d}",
                    account_id="MM1",
                    contract_code=code,
                    instruction=Instruction.BUY_OPEN,
                    order_type=OrderType.LIMIT,
                    quantity=10,
                    price=Decimal("0.46"),
                    status=status_of[move],
                    submitted_at=now,
                    updated_at=now,
                )
                ledger.write(RecordKind(move), now, msgspec.msgpack.encode(order))
            case "unknown":
                answer = OrderUnknown(client_order_id=f"D1-260302-{number:06d}", at=now)
                ledger.write(RecordKind.EVENT, now, wire.encode(answer))
            case "instruct":
                ledger.sequence += 1
                instruct = Instruct(instruction_id=f"I{number}", kind=InstructionKind.TO_COVERED, contract_code=code)
                ledger.write(RecordKind.INSTRUCTED, now, wire.encode(instruct))
                report = InstructionReport(
                    sequence=ledger.sequence,
                    instruction_id=f"I{number}",
                    kind=InstructionKind.TO_COVERED,
                    contract_code=code,
                    quantity=1,
                    at=now,
                    trading_day=self.day,
                )
                ledger.write(RecordKind.EVENT, now, wire.encode(report))
            case "book":
                ledger.sequence = 0
                ledger.write(RecordKind.BOOK, START + timedelta(days=(self.day - DAY).days), f"book{number}".encode())
            case "day":
                self.day += timedelta(days=1)
                ledger.sequence = 0

    def report(self, order_id: str, kind: ExecType, code: str) -> None:
        ledger = self.ledger
        ledger.sequence += 1
        traded = kind is ExecType.TRADE
        report = OrderReport(
            sequence=ledger.sequence,
            report_id=f"R{ledger.sequence}-{self.day}",
            account_id="MM1",
            client_order_id=order_id,
            exchange_order_id="1",
            exec_type=kind,
            contract_code=code,
            instruction=Instruction.BUY_OPEN,
            order_type=OrderType.LIMIT,
            quantity=10,
            price=Decimal("0.4600"),
            filled_quantity=int(traded),
            last_price=Decimal("0.4600") if traded else None,
            last_quantity=int(traded),
            at=START + self.at(),
            trading_day=self.day,
        )
        ledger.write(RecordKind.EVENT, report.at, wire.encode(report))


MOVES = st.tuples(
    st.sampled_from(
        [
            *["live", "live", "replaced", "cancelled", "refused", "turn", "turn", "message", "message"],
            *["submitted", "denied", "unknown", "instruct", "book", "day"],
            *[f"{whose} {what}" for whose in ("side", "order") for what in ("new", "trade", "trade", "gone")],
        ]
    ),
    st.sampled_from([CALL, CALL, CALL, PUT]),
    st.integers(1, 2),
)


@pytest.mark.requirement("T12")
@pytest.mark.fault("F51", "F52")
@settings(max_examples=100, deadline=None)
@given(st.lists(MOVES, max_size=40), st.lists(st.integers(1, 60), max_size=3))
def test_from_pictures_taken_anywhere_a_start_comes_to_what_all_records_give(
    moves: list[tuple[str, str, int]], places: list[int]
) -> None:
    writer = Writer()
    for move, code, number in moves:
        writer.write(move, code, number)
    ledger = writer.ledger
    whole = left_behind(ledger)
    for place in sorted(places):
        ledger.until = place
        pictures_of(ledger).take()
    ledger.until = None
    assert left_behind(ledger, pictures_of(ledger).start()) == whole


def day_of_turns(story: Callable[[Writer], None]) -> tuple[PicturedLedger, list[int]]:
    """The ledger of a story, and what a picture of all of it needs."""
    writer = Writer()
    story(writer)
    assert pictures_of(writer.ledger).take()
    begun = pictures_of(writer.ledger).start()
    assert begun is not None
    return writer.ledger, [record.number for record in begun.records]


def test_of_quotes_that_came_and_went_nothing_is_read_again() -> None:
    def story(writer: Writer) -> None:
        for number in range(1, 200):
            writer.write("message", CALL, number)
            writer.write("turn", CALL, number)
            writer.write("turn", PUT, number)
        writer.write("live", CALL, 200)

    ledger, numbers = day_of_turns(story)
    assert numbers == [len(ledger.records)]
    assert left_behind(ledger, pictures_of(ledger).start()) == left_behind(ledger)


def test_a_quote_that_traded_is_read_again_whole() -> None:
    def story(writer: Writer) -> None:
        writer.write("turn", CALL, 1)
        writer.write("live", CALL, 2)
        writer.write("side trade", CALL, 2)
        writer.write("cancelled", CALL, 2)
        writer.write("turn", CALL, 3)

    _, numbers = day_of_turns(story)
    assert numbers == [3, 4, 5]


def test_an_execution_told_before_its_quote_keeps_the_quote() -> None:
    def story(writer: Writer) -> None:
        writer.write("side trade", CALL, 1)
        writer.write("turn", CALL, 1)
        writer.write("turn", CALL, 2)

    ledger, numbers = day_of_turns(story)
    assert numbers == [1, 2, 3]
    assert left_behind(ledger, pictures_of(ledger).start()) == left_behind(ledger)


def test_an_execution_of_a_quote_that_lay_to_the_end_of_its_day_is_read_again() -> None:
    def story(writer: Writer) -> None:
        writer.write("live", CALL, 1)
        writer.write("side trade", CALL, 1)
        writer.write("day", CALL, 1)
        writer.write("turn", CALL, 2)

    ledger, numbers = day_of_turns(story)
    assert numbers == [1, 2]
    assert left_behind(ledger, pictures_of(ledger).start()) == left_behind(ledger)


def test_a_record_that_does_not_read_gives_no_picture(expected_warnings: Callable[[str], None]) -> None:
    expected_warnings("no picture of the day can be taken: not a quote")
    writer = Writer()
    writer.write("live", CALL, 1)
    writer.ledger.write(RecordKind.QUOTED, START, b"\xc1")
    assert not pictures_of(writer.ledger).take()
    assert writer.ledger.pictures == {}
    with pytest.raises(JournalError, match="not a quote"):
        left_behind(writer.ledger)
