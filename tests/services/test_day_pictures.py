"""Pictures of a day in a real journal: taken when it is time, used only where they stand for its records."""

import asyncio
import sqlite3
from collections.abc import Awaitable, Callable
from datetime import timedelta
from pathlib import Path

import msgspec
import pytest

from terminal.domain import wire
from terminal.domain.errors import BadInput, JournalError
from terminal.domain.ports import RecordKind
from terminal.domain.quotes import QuoteStatus
from terminal.services.day_pictures import KEY, DayPicture, DayPictures, restore_obligations
from terminal.storage.journal import SqliteJournal
from tests.harness import CALL
from tests.services.obligation_desk import START, Hand, Ledger, sessions, terms_of

RECORDS = 40


def day_of_quotes() -> Ledger:
    """A quote every second, each replaced by the next."""
    ledger = Ledger()
    hand = Hand(ledger).open()
    for second in range(RECORDS):
        now = START + timedelta(seconds=second)
        if second:
            hand.bus.publish(ledger.quoted(now, quote_id=f"q{second - 1}", status=QuoteStatus.REPLACED))
        hand.bus.publish(ledger.quoted(now, quote_id=f"q{second}", ask="0.4700" if second % 3 else "0.5900"))
    return ledger


async def write(journal: SqliteJournal, ledger: Ledger, first: int = 0, last: int | None = None) -> None:
    if not first:
        await journal.set_bookmark(START, b"")
    await journal.append([(r.kind, r.at, r.body) for r in ledger.records[first:last]])


def pictures_of(journal: SqliteJournal, terms: str = "sse_generic", desk: str = "D1") -> DayPictures:
    return DayPictures(journal, desk, terms_of(terms), sessions(), records=30, breath_seconds=0)


def told(path: Path, story: Callable[[SqliteJournal], Awaitable[None]]) -> None:
    async def run() -> None:
        journal = SqliteJournal(path)
        try:
            await story(journal)
        finally:
            await journal.close()

    asyncio.run(run())


def counted(journal: SqliteJournal, pictures: DayPictures | None = None) -> object:
    """The figures a start comes to."""
    again = Hand(Ledger())
    begun = None if pictures is None else pictures.start()
    restore_obligations(again.obligations, journal, begun, True)
    again.open().now = START + timedelta(minutes=3)
    return again.picture()


@pytest.mark.requirement("X1", "T12")
def test_a_picture_is_due_after_so_many_records_and_a_start_goes_on_from_it(tmp_path: Path) -> None:
    ledger = day_of_quotes()

    async def story(journal: SqliteJournal) -> None:
        pictures = pictures_of(journal)
        await write(journal, ledger, 0, 29)
        assert not pictures.is_due
        await write(journal, ledger, 29, 50)
        assert pictures.is_due
        assert await asyncio.to_thread(pictures.take)
        await journal.append([])
        assert not pictures.is_due
        await write(journal, ledger, 50)
        begun = pictures_of(journal).start()
        assert begun is not None
        assert begun.number == 50
        assert counted(journal, pictures_of(journal)) == counted(journal)
        # ... and the next one goes on from it
        assert await asyncio.to_thread(pictures.take)
        await journal.append([])
        assert not await asyncio.to_thread(pictures.take)
        assert counted(journal, pictures_of(journal)) == counted(journal)

    told(tmp_path / "desk.sqlite", story)


def change(**fields: object) -> Callable[[bytes], bytes]:
    """Another picture, with a hash that agrees."""

    def changed(body: bytes) -> bytes:
        picture = msgspec.msgpack.decode(body, type=DayPicture)
        return msgspec.msgpack.encode(msgspec.structs.replace(picture, **fields))

    return changed


@pytest.mark.requirement("X1")
@pytest.mark.fault("F51", "F52", "F61")
@pytest.mark.parametrize(
    ("spoil", "warned"),
    [
        (lambda body: b"nothing", "is damaged"),
        (lambda body: body[:-20], "is damaged"),
        (change(version=0), ""),
        (change(number=49), ""),
        (change(after=3), ""),
        (change(hash="00" * 32), ""),
        (change(basis="another program"), ""),
    ],
)
def test_a_picture_that_is_not_the_days_is_passed_over(
    tmp_path: Path, expected_warnings: Callable[[str], None], spoil: Callable[[bytes], bytes], warned: str
) -> None:
    ledger = day_of_quotes()
    if warned:
        expected_warnings(warned)

    async def story(journal: SqliteJournal) -> None:
        await write(journal, ledger)
        assert pictures_of(journal).take()
        await journal.append([])
        body = journal.state(KEY)
        assert body is not None
        await journal.replace_state(KEY, START, spoil(body))
        assert pictures_of(journal).start() is None
        # ... and taken anew from the first record
        assert pictures_of(journal).take() if not warned else True

    told(tmp_path / "desk.sqlite", story)


@pytest.mark.fault("F61")
def test_a_flipped_bit_in_a_picture_costs_time_and_nothing_else(
    tmp_path: Path, expected_warnings: Callable[[str], None]
) -> None:
    expected_warnings("the picture of the day is damaged, all records of the day are read")
    ledger, path = day_of_quotes(), tmp_path / "desk.sqlite"
    whole: list[object] = []

    async def first(journal: SqliteJournal) -> None:
        await write(journal, ledger)
        assert pictures_of(journal).take()
        whole.append(counted(journal))

    async def second(journal: SqliteJournal) -> None:
        assert counted(journal, pictures_of(journal)) == whole[0]
        assert journal.bookmark() is not None

    told(path, first)
    connection = sqlite3.connect(path)
    connection.execute("UPDATE state SET body = body || x'00' WHERE key = 'day'")
    connection.commit()
    connection.close()
    told(path, second)


def test_other_terms_another_desk_and_another_day_use_no_picture(tmp_path: Path) -> None:
    ledger = day_of_quotes()

    async def story(journal: SqliteJournal) -> None:
        await write(journal, ledger)
        assert pictures_of(journal).take()
        await journal.append([])
        assert pictures_of(journal).start() is not None
        assert pictures_of(journal, "hkex").start() is None
        assert pictures_of(journal, desk="D2").start() is None
        await journal.set_bookmark(START, b"")
        assert pictures_of(journal).start() is None
        assert not pictures_of(journal).take()

    told(tmp_path / "desk.sqlite", story)


def test_a_journal_without_a_bookmark_gets_no_picture(tmp_path: Path) -> None:
    ledger = day_of_quotes()

    async def story(journal: SqliteJournal) -> None:
        await journal.append([(r.kind, r.at, r.body) for r in ledger.records])
        pictures = pictures_of(journal)
        assert not pictures.take()
        assert not pictures.is_due
        assert pictures.start() is None

    told(tmp_path / "desk.sqlite", story)


@pytest.mark.fault("F61")
def test_a_record_needed_that_was_changed_since_is_an_error_of_the_journal(tmp_path: Path) -> None:
    ledger, path = day_of_quotes(), tmp_path / "desk.sqlite"

    async def first(journal: SqliteJournal) -> None:
        await write(journal, ledger)
        assert pictures_of(journal).take()
        await journal.append([(RecordKind.NOTE, START, b"{}")])

    async def second(journal: SqliteJournal) -> None:
        begun = pictures_of(journal).start()
        assert begun is not None
        with pytest.raises(JournalError, match="does not agree"):
            list(begun.records)
        with pytest.raises(JournalError, match="is missing"):
            list(journal.read_numbers([1, 10_000]))

    told(path, first)
    connection = sqlite3.connect(path)
    # The quote that stands
    connection.execute("UPDATE record SET body = x'00' WHERE number = (SELECT max(number) - 1 FROM record)")
    connection.commit()
    connection.close()
    told(path, second)


def test_a_desk_that_ends_does_not_wait_for_a_picture(tmp_path: Path) -> None:
    ledger = Ledger()
    for number in range(150):
        ledger.write(RecordKind.NOTE, START, wire.encode(ledger.quoted(START, quote_id=f"q{number}")))

    async def story(journal: SqliteJournal) -> None:
        await write(journal, ledger)
        pictures = pictures_of(journal)
        pictures.close()
        assert not pictures.take()
        assert journal.state(KEY) is None

    told(tmp_path / "desk.sqlite", story)


def test_figures_that_no_clock_can_have_are_refused() -> None:
    hand = Hand(day := Ledger()).open()
    assert hand.obligations.measure is not None
    hand.bus.publish(day.quoted(START))
    picture = hand.obligations.measure.picture()
    clock = picture.clocks[CALL]
    for wrong in (
        msgspec.structs.replace(clock, totals=clock.totals[:-1]),
        msgspec.structs.replace(clock, totals=[-1, *clock.totals[1:]]),
        msgspec.structs.replace(clock, mask=1, raw=0),
    ):
        with pytest.raises(BadInput):
            hand.obligations.measure.go_on_from(
                msgspec.structs.replace(picture, clocks={**picture.clocks, CALL: wrong})
            )
    with pytest.raises(BadInput, match="contracts"):
        hand.obligations.measure.go_on_from(msgspec.structs.replace(picture, clocks={}))
