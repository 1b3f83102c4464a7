"""Reading a journal: nothing that was changed on disk is ever given out as true."""

import asyncio
import hashlib
import random
import re
import sqlite3
from datetime import datetime
from pathlib import Path

import pytest

from terminal.domain.calendar import SHANGHAI
from terminal.domain.errors import JournalError
from terminal.domain.ports import RecordKind
from terminal.storage.journal import SqliteJournal
from terminal.storage.journal_file import JournalReader, chain_hash

AT = datetime(2026, 3, 2, 9, 30, tzinfo=SHANGHAI)
COUNT = 40


@pytest.fixture
def journal_path(tmp_path: Path) -> Path:
    path = tmp_path / "j"

    async def write() -> None:
        journal = SqliteJournal(path)
        for number in range(1, COUNT + 1):
            journal.append([(RecordKind.EVENT, AT, f"record {number}".encode() * 20)])
        journal.replace_state("book", AT, b"picture" * 30)
        await journal.close()

    asyncio.run(write())
    return path


def change(path: Path, sql: str) -> None:
    connection = sqlite3.connect(path)
    connection.execute(sql)
    connection.commit()
    connection.close()


def complaint(path: Path) -> str:
    reader = JournalReader(path)
    try:
        with pytest.raises(JournalError) as raised:
            reader.verify()
        return str(raised.value)
    finally:
        reader.close()


def test_the_hash_is_the_documented_one() -> None:
    by_hand = hashlib.sha256(bytes(32) + bytes(7) + b"\x01" + bytes(7) + b"\x02" + b"event\0body").digest()
    assert chain_hash(bytes(32), 1, 2, b"event", b"body") == by_hand


@pytest.mark.fault("F61", "F97")
@pytest.mark.parametrize(
    ("sql", "message"),
    [
        ("UPDATE record SET body = x'00' WHERE number = 17", "record 17 does not agree"),
        ("UPDATE record SET at = at + 1 WHERE number = 1", "record 1 does not agree"),
        ("UPDATE record SET kind = 'note' WHERE number = 5", "record 5 does not agree"),
        ("UPDATE record SET body = CAST(body AS TEXT) WHERE number = 6", "record 6 does not agree"),
        ("UPDATE record SET at = 'late' WHERE number = 7", "record 7 does not agree"),
        ("UPDATE record SET hash = zeroblob(32) WHERE number = 40", "record 40 does not agree"),
        ("DELETE FROM record WHERE number = 9", "record 9 is missing"),
        ("DELETE FROM record WHERE number = 1", "record 1 is missing"),
        ("UPDATE record SET number = 41 WHERE number = 20", "record 20 is missing"),
        ("UPDATE state SET body = x'00'", "state 'book' does not agree"),
        ("UPDATE state SET key = 'other'", "state 'other' does not agree"),
    ],
)
def test_the_first_bad_record_is_named(journal_path: Path, sql: str, message: str) -> None:
    change(journal_path, sql)
    assert re.search(message, complaint(journal_path))


def test_a_filtered_read_verifies_too(journal_path: Path) -> None:
    change(journal_path, "UPDATE record SET body = x'00' WHERE number = 17")
    reader = JournalReader(journal_path)
    with pytest.raises(JournalError, match="record 17"):
        list(reader.read_kind([RecordKind.EVENT], after=10))
    assert [r.number for r in reader.read_kind([RecordKind.EVENT], after=17)] == list(range(18, COUNT + 1))
    with pytest.raises(JournalError, match="record 17"):
        reader.read()[16]
    with pytest.raises(IndexError):
        reader.read()[COUNT]
    reader.close()


def test_kinds_of_which_there_are_few_are_found_without_a_walk_through_all(tmp_path: Path) -> None:
    """Notes among a thousand times as many quotes: the same records, by the index of what is seldom."""
    path = tmp_path / "j"

    async def run() -> None:
        journal = SqliteJournal(path)
        for number in range(3_000):
            kind = RecordKind.NOTE if number % 1_000 == 7 else RecordKind.QUOTED
            journal.append([(kind, AT, b"%d" % number)])
        await journal.close()

    asyncio.run(run())
    reader = JournalReader(path)
    steps: list[str] = []
    reader._connection.set_trace_callback(steps.append)
    found = list(reader.read_kind([RecordKind.NOTE, RecordKind.ALERT], after=10))
    assert [record.body for record in found] == [b"1007", b"2007"]
    (sql,) = steps
    plan = reader._connection.execute(f"EXPLAIN QUERY PLAN {sql}").fetchall()
    assert "USING INDEX seldom" in plan[0][3]
    # What there is much of is read as it lies
    assert len(list(reader.read_kind([RecordKind.QUOTED, RecordKind.NOTE]))) == 3_000
    reader.close()


def test_a_bookmark_behind_the_end_of_a_cut_log_counts_for_nothing(tmp_path: Path) -> None:
    path = tmp_path / "j"

    async def run() -> None:
        journal = SqliteJournal(path)
        journal.append([(RecordKind.NOTE, AT, b"x")] * 3)
        await journal.set_bookmark(AT, b"kept")
        await journal.close()

    asyncio.run(run())
    reader = JournalReader(path)
    assert reader.bookmark() == (3, b"kept")
    reader.close()
    change(path, "DELETE FROM record WHERE number > 2")
    reader = JournalReader(path)
    assert reader.bookmark() is None
    reader.close()


def test_a_cut_tail_shows_in_the_head_alone(journal_path: Path) -> None:
    reader = JournalReader(journal_path)
    before = reader.head()
    assert before[0] == COUNT
    reader.close()
    change(journal_path, "DELETE FROM record WHERE number > 30")
    reader = JournalReader(journal_path)
    assert reader.verify() == 30
    assert reader.head() != before
    reader.close()


@pytest.mark.fault("F61")
def test_no_flipped_bit_gives_other_records(journal_path: Path, tmp_path: Path) -> None:
    original = JournalReader(journal_path)
    truth = [(r.number, r.at, r.kind, r.body) for r in original.read()], original.states()
    original.close()
    data = journal_path.read_bytes()
    dice = random.Random(61)
    noticed = 0
    for trial in range(400):
        spoiled = bytearray(data)
        spoiled[dice.randrange(len(data))] ^= 1 << dice.randrange(8)
        copy = tmp_path / f"flip{trial}"
        copy.write_bytes(spoiled)
        reader: JournalReader | None = None
        try:
            reader = JournalReader(copy)
            found = [(r.number, r.at, r.kind, r.body) for r in reader.read()], reader.states()
        except JournalError:
            noticed += 1
        else:
            # Unused bytes of a page may flip; a cut tail is what the head is for
            assert found[0] == truth[0][: len(found[0])]
            if len(found[0]) == COUNT:
                assert found[1] == truth[1]
        finally:
            if reader is not None:
                reader.close()
            copy.unlink()
    # The others hit bytes of the pages that nothing uses
    assert noticed > 50


@pytest.mark.fault("F50")
def test_a_newer_format_is_left_alone(journal_path: Path) -> None:
    change(journal_path, "PRAGMA user_version = 2")
    content = journal_path.read_bytes()
    with pytest.raises(JournalError, match="journal format 2"):
        JournalReader(journal_path)
    with pytest.raises(JournalError, match="journal format 2"):
        SqliteJournal(journal_path)
    assert journal_path.read_bytes() == content


def test_another_program_s_file_is_refused(tmp_path: Path) -> None:
    change(tmp_path / "other", "CREATE TABLE record (number)")
    (tmp_path / "text").write_bytes(b"this is no database" * 100)
    (tmp_path / "empty").write_bytes(b"")
    for name, message in [("other", "not a journal"), ("text", "not a database"), ("missing", "cannot be opened")]:
        with pytest.raises(JournalError, match=message):
            JournalReader(tmp_path / name)
    with pytest.raises(JournalError, match="is empty"):
        JournalReader(tmp_path / "empty")
    for name in ("other", "text"):
        with pytest.raises(JournalError):
            SqliteJournal(tmp_path / name)


def test_a_reader_sees_what_is_committed_while_it_is_open(journal_path: Path) -> None:
    async def run() -> None:
        journal = SqliteJournal(journal_path)
        reader = SqliteJournal.open_reader(journal_path)
        early = reader.read()
        assert await journal.append([(RecordKind.NOTE, AT, b"later")]) == COUNT + 1
        assert len(list(early)) == COUNT
        assert [r.body for r in reader.read(after=COUNT)] == [b"later"]
        reader.close()
        await journal.close()

    asyncio.run(run())


def test_some_records_are_read_by_number_each_verified(journal_path: Path) -> None:
    reader = JournalReader(journal_path)
    assert [record.number for record in reader.read_numbers([3, 7, COUNT])] == [3, 7, COUNT]
    assert list(reader.read_numbers([])) == []
    assert reader.hash_of(0) == "00" * 32
    assert reader.hash_of(COUNT) == reader.head()[1]
    assert reader.hash_of(COUNT + 1) == ""
    with pytest.raises(JournalError, match=f"record {COUNT + 1} is missing"):
        list(reader.read_numbers([3, COUNT + 1]))
    reader.close()
    change(journal_path, "UPDATE record SET body = x'00' WHERE number = 7")
    reader = JournalReader(journal_path)
    with pytest.raises(JournalError, match="record 7 does not agree"):
        list(reader.read_numbers([3, 7]))
    reader.close()


@pytest.mark.fault("F61")
def test_a_damaged_picture_spoils_no_other(journal_path: Path) -> None:
    change(journal_path, "INSERT INTO state VALUES ('day', 0, x'00', x'00')")
    reader = JournalReader(journal_path)
    assert reader.state("book") == b"picture" * 30
    assert reader.state("none") is None
    assert reader.bookmark() is None
    with pytest.raises(JournalError, match="the state 'day' does not agree"):
        reader.state("day")
    reader.close()
