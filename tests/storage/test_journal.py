"""The journal: what was acknowledged is there, in order, once."""

import asyncio
import sqlite3
from asyncio import AbstractEventLoop
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from terminal.domain.calendar import SHANGHAI
from terminal.domain.errors import BadInput, JournalError
from terminal.domain.ports import Journal, RecordKind
from terminal.storage.journal import SqliteJournal
from tests.storage.journal_records import AT, EVENT, bodies, event


@pytest.mark.requirement("X9")
def test_what_was_appended_is_read_back_after_a_new_start(tmp_path: Path) -> None:
    async def write() -> None:
        journal: Journal = SqliteJournal(tmp_path / "j")
        assert await journal.append([(RecordKind.SUBMITTED, AT, b"one"), (EVENT, AT, b"two")]) == 2
        assert await journal.append([(RecordKind.NOTE, AT + timedelta(microseconds=1), b"")]) == 3
        await journal.close()

    async def read() -> None:
        journal = SqliteJournal(tmp_path / "j")
        records = journal.read()
        assert [(r.number, r.kind, r.body) for r in records] == [
            (1, RecordKind.SUBMITTED, b"one"),
            (2, EVENT, b"two"),
            (3, RecordKind.NOTE, b""),
        ]
        assert records[0].at == AT
        assert records[0].at.tzinfo is SHANGHAI
        assert (len(records), records[-1].number, [r.number for r in records[1:]]) == (3, 3, [2, 3])
        assert [r.number for r in journal.read(after=2)] == [3]
        assert [r.body for r in journal.read_kind([EVENT, RecordKind.NOTE], after=1)] == [b"two", b""]
        assert await journal.append(event(b"four")) == 4
        await journal.close()

    asyncio.run(write())
    asyncio.run(read())


def test_ten_thousand_ignored_receipts_keep_their_order(tmp_path: Path) -> None:
    async def run() -> None:
        journal = SqliteJournal(tmp_path / "j")
        for number in range(10_000):
            journal.append(event(str(number).encode()))
        # No records: wait for all before
        assert await journal.append([]) == 10_000
        await journal.close()

    asyncio.run(run())
    assert bodies(tmp_path / "j") == [str(number).encode() for number in range(10_000)]


def test_waiting_tasks_go_on_in_the_order_of_their_appends(tmp_path: Path) -> None:
    async def run() -> list[int]:
        journal = SqliteJournal(tmp_path / "j")
        seen: list[int] = []

        async def one(number: int) -> None:
            assert await journal.append(event(b"x")) == number
            seen.append(number)

        async with asyncio.TaskGroup() as group:
            for number in range(1, 301):
                group.create_task(one(number))
        await journal.close()
        return seen

    assert asyncio.run(run()) == list(range(1, 301))


def test_one_commit_wakes_the_loop_once(tmp_path: Path) -> None:
    class CountingLoop(asyncio.SelectorEventLoop):
        wakes = 0

        def call_soon_threadsafe(self, *args: object, **named: object) -> asyncio.Handle:
            self.wakes += 1
            return super().call_soon_threadsafe(*args, **named)  # type: ignore[arg-type] # handed on as it came

    async def run() -> None:
        journal = SqliteJournal(tmp_path / "j")
        await asyncio.gather(*(journal.append(event(b"x")) for _ in range(500)))
        await journal.close()

    with asyncio.Runner(loop_factory=CountingLoop) as runner:
        runner.run(run())
        loop = runner.get_loop()
        assert isinstance(loop, CountingLoop)
        # 500 appends: the first commits alone, the others gather; some more for close
        assert loop.wakes < 20


def test_a_busy_journal_gathers_and_closing_does_not_wait_for_it(tmp_path: Path) -> None:
    async def run() -> None:
        journal = SqliteJournal(tmp_path / "j", gather_seconds=3600)
        other = sqlite3.connect(tmp_path / "j", isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        # The writer begins with the first and is held up, so the next two come in company
        alone = journal.append(event(b"one"))
        while journal._waiting:  # noqa: ASYNC110 - the thread takes it without a word
            await asyncio.sleep(0)
        journal.append(event(b"two"))
        pair = journal.append(event(b"three"))
        other.close()
        assert await alone == 1
        assert await pair == 3
        gathered = journal.append(event(b"four"))
        for _ in range(200):
            assert len(list(journal.read())) == 3
        assert not gathered.done
        await journal.close()
        assert await gathered == 4

    asyncio.run(run())
    assert bodies(tmp_path / "j") == [b"one", b"two", b"three", b"four"]


def test_a_receipt_may_be_awaited_late_twice_and_given_up(tmp_path: Path) -> None:
    async def run() -> None:
        journal = SqliteJournal(tmp_path / "j")
        given_up = asyncio.ensure_future(journal.append(event(b"one")))
        await asyncio.sleep(0)
        given_up.cancel()
        receipt = journal.append(event(b"two"))
        assert set(await asyncio.gather(receipt, receipt)) == {2}
        assert receipt.done
        assert await receipt == 2
        await journal.close()

    asyncio.run(run())
    assert bodies(tmp_path / "j") == [b"one", b"two"]


def test_a_receipt_can_be_awaited_on_the_loop_of_the_desk(tmp_path: Path, qt_loop: AbstractEventLoop) -> None:
    async def run() -> int:
        journal = SqliteJournal(tmp_path / "j")
        await asyncio.gather(*(journal.append(event(b"x")) for _ in range(50)))
        number = await journal.append(event(b"y"))
        await journal.close()
        return number

    assert qt_loop.run_until_complete(run()) == 51


def test_a_state_replaces_the_one_before_and_is_no_record(tmp_path: Path) -> None:
    async def run() -> None:
        journal = SqliteJournal(tmp_path / "j")
        journal.replace_state("book", AT, b"old")
        journal.append(event(b"x"))
        journal.replace_state("book", AT, b"new")
        assert await journal.replace_state("clock", AT, b"t") == 1
        assert journal.states() == {"book": b"new", "clock": b"t"}
        assert len(journal.read()) == 1
        await journal.close()
        assert not (tmp_path / "j-wal").exists()
        with pytest.raises(JournalError, match="closed"):
            journal.states()

    asyncio.run(run())


def test_a_bookmark_stands_behind_what_was_handed_in_before_it(tmp_path: Path) -> None:
    async def run() -> None:
        journal = SqliteJournal(tmp_path / "j")
        assert journal.bookmark() is None
        journal.append(event(b"x") + event(b"y"))
        journal.set_bookmark(AT, b"two are known")
        await journal.append(event(b"z"))
        assert journal.bookmark() == (2, b"two are known")
        assert [record.body for record in journal.read(2)] == [b"z"]
        await journal.set_bookmark(AT, b"")
        assert journal.bookmark() == (3, b"")
        await journal.close()

    asyncio.run(run())


def test_appending_after_the_end_is_refused_and_not_lost_in_silence(tmp_path: Path) -> None:
    async def run() -> None:
        journal = SqliteJournal(tmp_path / "j")
        await journal.close()
        await journal.close()
        with pytest.raises(JournalError, match="closed"):
            await journal.append(event(b"x"))

    asyncio.run(run())


def test_a_time_without_a_zone_is_refused_before_anything_is_written(tmp_path: Path) -> None:
    async def run() -> None:
        journal = SqliteJournal(tmp_path / "j")
        with pytest.raises(BadInput, match="zone"):
            journal.append([(EVENT, AT.replace(tzinfo=None), b"x")])
        assert await journal.append([]) == 0
        await journal.close()

    asyncio.run(run())


@pytest.mark.fault("F55")
def test_commits_are_flushed_to_the_disk(tmp_path: Path) -> None:
    async def run() -> None:
        journal = SqliteJournal(tmp_path / "j")
        connection = journal._connection
        assert connection is not None
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
        # 2 is FULL: with NORMAL the last commits are gone after a power cut
        assert connection.execute("PRAGMA synchronous").fetchone() == (2,)
        await journal.close()

    asyncio.run(run())


@pytest.mark.fault("F82")
def test_a_long_day_does_not_fill_the_cache_of_the_database(tmp_path: Path) -> None:
    async def run() -> None:
        journal = SqliteJournal(tmp_path / "j")
        connection = journal._connection
        assert connection is not None
        # Negative: kilobytes, whatever the size of a page
        assert connection.execute("PRAGMA cache_size").fetchone() == (-256,)
        await journal.close()

    asyncio.run(run())


# Each example is a file with its thread and its flushes
@settings(max_examples=25)
@given(
    st.lists(
        st.lists(st.tuples(st.sampled_from(RecordKind), st.datetimes(), st.binary(max_size=50)), max_size=4),
        max_size=12,
    )
)
def test_any_records_come_back_as_they_were(
    tmp_path_factory: pytest.TempPathFactory, groups: list[list[tuple[RecordKind, datetime, bytes]]]
) -> None:
    folder = tmp_path_factory.mktemp("journal")
    zoned = [[(kind, at.replace(tzinfo=SHANGHAI, fold=0), body) for kind, at, body in group] for group in groups]

    async def run() -> None:
        journal = SqliteJournal(folder / "j")
        for group in zoned:
            journal.append(group)
        flat = [record for group in zoned for record in group]
        assert await journal.append([]) == len(flat)
        assert [(r.kind, r.at, r.body) for r in journal.read()] == flat
        assert [r.number for r in journal.read()] == list(range(1, len(flat) + 1))
        await journal.close()

    asyncio.run(run())
