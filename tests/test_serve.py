"""A venue that is started on what an earlier one left."""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from terminal.domain.calendar import SHANGHAI
from terminal.domain.errors import BadInput
from terminal.domain.ports import RecordKind
from terminal.serve import open_book
from terminal.storage.journal import SqliteJournal
from terminal.venue_source import VenueRequest, read_files


def test_a_market_saved_by_another_version_is_refused_with_the_way_on(tmp_path: Path) -> None:
    request = VenueRequest(profile="sse_2025", seed=1, speed=0.0)
    files = read_files(request, None)

    async def told() -> None:
        journal = SqliteJournal(tmp_path / "venue.sqlite")
        try:
            await open_book(journal, request, files)
            await journal.replace_state("market", datetime(2026, 3, 2, 13, 0, tzinfo=SHANGHAI), b"\x80")
            with pytest.raises(BadInput, match=r"saved market: .* move the data folder away or name another"):
                await open_book(journal, request, files)
        finally:
            await journal.close()

    asyncio.run(told())


@pytest.mark.parametrize("kind", [RecordKind.BOOK, RecordKind.EVENT, RecordKind.NOTICE, RecordKind.COMMAND])
def test_a_record_in_the_words_of_another_version_is_refused_with_the_way_on_and_left(
    tmp_path: Path, kind: RecordKind
) -> None:
    request = VenueRequest(profile="sse_2025", seed=1, speed=0.0)
    files = read_files(request, None)

    async def told() -> None:
        journal = SqliteJournal(tmp_path / "venue.sqlite")
        try:
            await open_book(journal, request, files)
            await journal.append([(kind, datetime(2026, 3, 2, 13, 0, tzinfo=SHANGHAI), b'{"type":"SharesInstructed"}')])
            before = [record.body for record in journal.read()]
            with pytest.raises(BadInput, match=r"saved market: .* move the data folder away or name another"):
                await open_book(journal, request, files)
            assert [record.body for record in journal.read()] == before
        finally:
            await journal.close()

    asyncio.run(told())


@pytest.mark.parametrize(("file", "told"), [("other.csv", True), ("generated", False), (None, False)])
def test_a_file_that_a_saved_market_does_not_take_up_is_told(
    tmp_path: Path, expected_warnings: Callable[[str], None], file: str | None, told: bool
) -> None:
    """The source of the generated market is called as the second file: its own file is nothing to tell of."""
    first = VenueRequest(profile="sse_2025", seed=1, speed=0.0)
    files = read_files(first, None)

    async def again() -> None:
        journal = SqliteJournal(tmp_path / "venue.sqlite")
        try:
            begun = await open_book(journal, first, files)
            book = await open_book(journal, replace(first, chain=Path(file) if file else None), files)
            assert book.header == begun.header
        finally:
            await journal.close()

    if told:
        expected_warnings(
            r"the saved market goes on \(.*, generated\): --chain is for a new one, in another --data-dir"
        )
    asyncio.run(again())
