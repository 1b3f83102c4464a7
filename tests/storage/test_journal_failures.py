"""The journal when its disk fails, its file is bad, another one holds it or its process is killed."""

import asyncio
import contextlib
import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from terminal.domain.errors import JournalError
from terminal.storage.journal import SqliteJournal
from tests.storage.journal_records import bodies, event


@pytest.mark.fault("F56")
def test_a_full_disk_refuses_and_keeps_what_was_acknowledged(
    tmp_path: Path, expected_warnings: Callable[[str], None]
) -> None:
    expected_warnings("journal refuses until reopened: .*full")

    async def fill() -> int:
        journal = SqliteJournal(tmp_path / "j", max_bytes=100_000)
        acknowledged = 0
        for _ in range(20):
            with contextlib.suppress(JournalError):
                acknowledged = await journal.append(event(bytes(5000)))
        with pytest.raises(JournalError, match="full"):
            await journal.append(event(b"x"))
        assert journal.failure is not None
        assert len(list(journal.read())) == acknowledged
        await journal.close()
        return acknowledged

    async def with_space_again(acknowledged: int) -> None:
        journal = SqliteJournal(tmp_path / "j")
        assert await journal.append(event(b"again")) == acknowledged + 1
        assert len(list(journal.read())) == acknowledged + 1
        await journal.close()

    acknowledged = asyncio.run(fill())
    assert 10 <= acknowledged < 20
    asyncio.run(with_space_again(acknowledged))


@pytest.mark.fault("F56", "F59")
def test_after_a_write_error_nothing_is_taken_until_reopened(
    tmp_path: Path, expected_warnings: Callable[[str], None]
) -> None:
    resource = pytest.importorskip("resource", reason="needs the file size limit of Unix to make writes fail")
    expected_warnings("journal refuses until reopened")
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)

    async def run() -> None:
        journal = SqliteJournal(tmp_path / "j")
        assert await journal.append(event(b"kept")) == 1
        size = (tmp_path / "j-wal").stat().st_size
        resource.setrlimit(resource.RLIMIT_FSIZE, (size + 20_000, hard))
        try:
            with pytest.raises(JournalError, match="after record 1"):
                await journal.append(event(bytes(500_000)))
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        # Space is back, but the connection is not trusted
        with pytest.raises(JournalError, match="after record 1"):
            await journal.append(event(b"refused"))
        assert await journal.reopen() == 1
        assert journal.failure is None
        assert await journal.append(event(b"after")) == 2
        await journal.close()

    asyncio.run(run())
    assert bodies(tmp_path / "j") == [b"kept", b"after"]


@pytest.mark.fault("F63")
def test_another_writer_s_lock_ends_in_an_error_and_reading_goes_on(
    tmp_path: Path, expected_warnings: Callable[[str], None]
) -> None:
    expected_warnings("journal refuses until reopened: .*locked")

    async def run() -> None:
        journal = SqliteJournal(tmp_path / "j", busy_seconds=0.01)
        await journal.append(event(b"one"))
        other = sqlite3.connect(tmp_path / "j", isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(JournalError, match="locked"):
            await journal.append(event(b"two"))
        assert [r.body for r in journal.read()] == [b"one"]
        other.close()
        assert await journal.reopen() == 1
        assert await journal.append(event(b"two")) == 2
        await journal.close()

    asyncio.run(run())


@pytest.mark.fault("F59", "F61")
def test_reopening_verifies_and_goes_on_refusing_when_the_file_is_bad(
    tmp_path: Path, expected_warnings: Callable[[str], None]
) -> None:
    expected_warnings("record 1 does not agree")

    async def run() -> None:
        journal = SqliteJournal(tmp_path / "j")
        journal.append(event(b"one"))
        await journal.append(event(b"two"))
        other = sqlite3.connect(tmp_path / "j")
        other.execute("UPDATE record SET body = x'00' WHERE number = 1")
        other.commit()
        other.close()
        with pytest.raises(JournalError, match="record 1 "):
            await journal.reopen()
        with pytest.raises(JournalError, match="record 1 "):
            await journal.append(event(b"three"))
        await journal.close()

    asyncio.run(run())


@pytest.mark.fault("F21")
def test_a_second_instance_is_told_who_holds_the_journal(tmp_path: Path) -> None:
    async def run() -> None:
        journal = SqliteJournal(tmp_path / "j")
        with pytest.raises(JournalError, match=rf"in use by process {os.getpid()}, started \d{{4}}-"):
            SqliteJournal(tmp_path / "j")
        await journal.close()
        await SqliteJournal(tmp_path / "j").close()

    asyncio.run(run())


WRITER = """
import asyncio, sys
from datetime import datetime
from pathlib import Path
from terminal.domain.calendar import SHANGHAI
from terminal.domain.ports import RecordKind
from terminal.storage.journal import SqliteJournal

async def main():
    journal = SqliteJournal(Path(sys.argv[1]))
    at = datetime(2026, 3, 2, tzinfo=SHANGHAI)
    while True:
        number = await journal.append([(RecordKind.EVENT, at, b"x" * 300)])
        print(number, flush=True)

asyncio.run(main())
"""


@pytest.mark.fault("F21", "F51", "F52")
def test_a_killed_writer_loses_nothing_it_was_acknowledged_and_no_lock_stays(tmp_path: Path) -> None:
    path = tmp_path / "j"
    start = 0
    for kills in range(1, 4):
        process = subprocess.Popen(
            [sys.executable, "-c", WRITER, str(path)],
            stdout=subprocess.PIPE,
            text=True,
            cwd=Path(__file__).resolve().parents[2],
        )
        assert process.stdout is not None
        acknowledged = [int(process.stdout.readline()) for _ in range(37 * kills)]
        if kills == 1:
            with pytest.raises(JournalError, match=f"process {process.pid}"):
                SqliteJournal(path)
            # Another process reads while it is written
            assert len(bodies(path)) >= len(acknowledged)
        process.kill()
        acknowledged += [int(line) for line in process.stdout.read().split("\n")[:-1]]
        process.stdout.close()
        assert process.wait() in (-signal.SIGTERM, -9, 1)
        assert acknowledged == list(range(start + 1, start + 1 + len(acknowledged)))
        found = len(bodies(path))
        # At most one commit was on disk and not yet told
        assert acknowledged[-1] <= found <= acknowledged[-1] + 1
        start = found


CLOSER = """
import asyncio, sys, threading, time
from pathlib import Path
from terminal.domain.errors import JournalError
from terminal.storage.journal import SqliteJournal

async def close_under(path, seconds):
    journal = SqliteJournal(path)
    ended = []
    def read():
        try:
            while True:
                sum(1 for _ in journal.read())
        except JournalError as error:
            ended.append(str(error))
    thread = threading.Thread(target=read)
    thread.start()
    time.sleep(seconds)
    await journal.close()
    thread.join()
    assert "closed" in ended[0], ended

for turn in range(60):
    asyncio.run(close_under(Path(sys.argv[1]), 0.002 + 0.0005 * (turn % 20)))
"""


def test_closing_while_a_thread_reads_ends_the_reading_and_not_the_process(tmp_path: Path) -> None:
    async def fill() -> None:
        journal = SqliteJournal(tmp_path / "j")
        await journal.append(event(bytes(400)) * 4000)
        await journal.close()

    asyncio.run(fill())
    done = subprocess.run(
        [sys.executable, "-c", CLOSER, str(tmp_path / "j")], cwd=Path(__file__).resolve().parents[2], timeout=60
    )
    assert done.returncode == 0
