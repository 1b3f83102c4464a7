"""A venue that is started on what an earlier one left."""

import asyncio
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
