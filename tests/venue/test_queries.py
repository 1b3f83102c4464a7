"""Queries of desks: today's from the live books, earlier days from the journal, in one message each."""

import asyncio
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import msgspec
import pytest

from terminal.domain.errors import JournalError
from terminal.domain.messages import Answer, DayOpened, Query, QueryKind
from terminal.domain.orders import Instruction, Side
from terminal.domain.ports import RecordKind
from terminal.domain.reasons import Reason
from terminal.domain.settlement import CashKind
from terminal.storage.journal import SqliteJournal
from terminal.venue.book import BookHeader
from terminal.venue.counter.entries import encode_entry
from terminal.venue.query_desk import MAX_ROWS, QueryDesk, fitting
from terminal.venue_history import JournalHistory
from tests.harness import World, play
from tests.venue.counter.market import CHEAP_CALL, CONTRACTS, UNDERLYINGS, Hall, yuan
from tests.venue.visitor import HELLO, Visitor, buy

FIRST, SECOND = date(2026, 3, 2), date(2026, 3, 3)


def traded_hall(day: date, quantity: int) -> Hall:
    """A day on which account A bought some."""
    hall = Hall(day=day).open()
    hall.crowd(Side.SELL, CHEAP_CALL, quantity, "0.0100")
    hall.submit(Instruction.BUY_OPEN, CHEAP_CALL, quantity, "0.0100", client_order_id="bought")
    hall.lock(1)
    return hall


async def write_days(path: Path, halls: list[Hall]) -> None:
    """A journal as a venue keeps it: header, entries, header, entries."""
    journal = SqliteJournal(path)
    for hall in halls:
        day = DayOpened(trading_day=hall.day, underlyings=UNDERLYINGS, contracts=CONTRACTS)
        header = BookHeader(book_id="b", day=day, profile="any", seed=1, start=hall.now)
        await journal.append([(RecordKind.BOOK, hall.now, msgspec.msgpack.encode(header))])
        await journal.append([(RecordKind.EVENT, hall.now, encode_entry(entry)) for entry in hall.journal])
    await journal.close()


@pytest.mark.requirement("T12")
def test_an_earlier_day_is_answered_as_it_was(tmp_path: Path) -> None:
    first, second = traded_hall(FIRST, 2), traded_hall(SECOND, 3)

    async def story() -> list[Answer]:
        path = tmp_path / "venue.sqlite"
        await write_days(path, [first, second])
        desk = QueryDesk(JournalHistory(path, second.counter._day.calendar, lambda name: second.rules))
        told: list[Answer] = []
        for number, kind in enumerate(QueryKind):
            for day in (None, FIRST, FIRST - timedelta(days=1)):
                query = Query(query_id=f"{number} {day}", kind=kind, day=day)
                desk.ask("A", query, second.counter, second.now, told.append)
        desk.ask("B", Query(query_id="b", kind=QueryKind.FILLS, day=FIRST), second.counter, second.now, told.append)
        while desk._tasks:
            await asyncio.gather(*desk._tasks)
        return told

    told = {(a.kind, a.day, a.query_id[-1]): a for a in asyncio.run(story())}
    assert told[QueryKind.FILLS, FIRST, "b"].reason is Reason.UNKNOWN_ACCOUNT
    assert told[QueryKind.DAYS, SECOND, "e"].days == (FIRST, SECOND)
    for hall in (first, second):
        query = Query(query_id="", kind=QueryKind.FILLS)
        today = hall is second
        for kind in (QueryKind.FILLS, QueryKind.ORDERS, QueryKind.CASH_FLOW, QueryKind.INSTRUCTIONS, QueryKind.LIMITS):
            live = hall.counter.answer("A", msgspec.structs.replace(query, kind=kind), hall.now)
            found = told[kind, hall.day, "e" if today else "2"]
            assert msgspec.structs.replace(found, query_id="") == live
            assert (found.orders, found.movements, found.instructions, found.limits) != ((), (), (), ())
    report = told[QueryKind.ACCOUNT, FIRST, "2"].account
    assert report is not None
    assert report.funds == first.funds()
    gone = told[QueryKind.FILLS, FIRST - timedelta(days=1), "1"]
    assert (gone.reason, gone.orders) == (Reason.UNKNOWN_DAY, ())


@pytest.mark.requirement("T12")
def test_cash_flow_has_a_running_balance_and_the_cause_of_each_movement() -> None:
    hall = traded_hall(FIRST, 2)
    flow = hall.counter.answer("A", Query(query_id="q", kind=QueryKind.CASH_FLOW), hall.now).movements
    assert [(m.number, m.kind, m.amount, m.balance) for m in flow] == [
        (1, CashKind.OPENING, yuan("1000000.00"), yuan("1000000.00")),
        (2, CashKind.PREMIUM, yuan("-200.00"), yuan("999800.00")),
        (3, CashKind.FEE, yuan("-6.00"), yuan("999794.00")),
    ]
    assert {m.cause for m in flow[1:]} == {"2026-03-02-A-2"}
    assert flow[1].contract_code == CHEAP_CALL


@pytest.mark.requirement("T12")
def test_a_statement_waits_for_the_settlement_and_long_answers_keep_their_newest_rows() -> None:
    hall = traded_hall(FIRST, 2)
    answer = hall.counter.answer("A", Query(query_id="q", kind=QueryKind.STATEMENT), hall.now)
    assert (answer.statement, answer.reason) == (None, Reason.NOT_SETTLED)
    (row,) = hall.counter.answer("A", Query(query_id="q", kind=QueryKind.ORDERS), hall.now).orders
    rows = tuple(msgspec.structs.replace(row, sequence=n) for n in range(MAX_ROWS + 5))
    cut = fitting(msgspec.structs.replace(answer, orders=rows))
    assert (cut.left_out, len(cut.orders), cut.orders[0].sequence) == (5, MAX_ROWS, 5)


@pytest.mark.requirement("T12")
def test_a_journal_that_cannot_be_read_is_a_day_unknown(
    tmp_path: Path, expected_warnings: Callable[[str], None]
) -> None:
    expected_warnings("no readable journal")
    hall = traded_hall(FIRST, 2)
    history = JournalHistory(tmp_path / "none.sqlite", hall.counter._day.calendar, lambda name: hall.rules)
    with pytest.raises(JournalError):
        history.days()

    async def story() -> list[Answer]:
        desk, told = QueryDesk(history), list[Answer]()
        desk.ask("A", Query(query_id="q", kind=QueryKind.FILLS, day=SECOND), hall.counter, hall.now, told.append)
        await asyncio.gather(*desk._tasks)
        return told

    (answer,) = asyncio.run(story())
    assert answer.reason is Reason.UNKNOWN_DAY


@pytest.mark.requirement("T12")
def test_a_desk_asks_the_running_venue(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        visitor = Visitor(world)
        visitor.say(HELLO)
        visitor.say(buy("a", "0.4000"))
        await world.settle()
        visitor.say(Query(query_id="q", kind=QueryKind.ORDERS))
        await world.settle()
        (answer,) = [e for e in visitor.heard if isinstance(e, Answer)]
        assert [o.client_order_id for o in answer.orders] == ["a"]

    play(tmp_path, story)
