"""Where a venue's day comes from: generated, a contract file, or a chain snapshot taken over level by level."""

import csv
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path

import numpy as np
import pytest

from terminal.config import Settings
from terminal.domain.calendar import SHANGHAI
from terminal.domain.errors import BadFile, BadInput, ConfigurationError
from terminal.domain.market_data import DEPTH, Column
from terminal.domain.phases import Phase
from terminal.storage.chain_row import COLUMNS
from terminal.venue.book import open_market
from terminal.venue_source import VenueFiles, VenueRequest, first_header, read_files, read_profile
from tests.storage.test_chain_file import CALL, PUT

TODAY = date(2026, 11, 23)


def request(**more: object) -> VenueRequest:
    return VenueRequest(**{"profile": "sse_2025", "seed": 7, "speed": 1.0, **more})  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def files() -> VenueFiles:
    return read_files(request(), None)


@pytest.mark.parametrize("name", ["none", "../sse_2025", "/etc/passwd", "", "SSE_2025.toml"])
@pytest.mark.fault("F47")
def test_an_unknown_profile_is_refused_with_those_there_are(name: str) -> None:
    with pytest.raises(ConfigurationError, match="there are .*sse_2025"):
        read_profile(name)


def test_a_generated_day_is_the_next_that_trades(files: VenueFiles) -> None:
    header = first_header(request(), files, date(2026, 11, 21))  # a Saturday
    assert header.day.trading_day == TODAY
    assert header.start == datetime(2026, 11, 23, 9, 30, tzinfo=SHANGHAI)
    assert header.day.source == "generated"
    assert len(header.day.contracts) > 300
    assert {c.adjustment for c in header.day.contracts} == {"M", "A"}
    later = first_header(request(start=time(14, 50), day=date(2026, 11, 24)), files, TODAY)
    assert later.start == datetime(2026, 11, 24, 14, 50, tzinfo=SHANGHAI)
    assert later.book_id != header.book_id


def _levels(rows: list[dict[str, str]], side: str) -> list[list[tuple[int, int]]]:
    """Price in 0.0001 yuan and quantity, five by contract, straight from the text."""
    return [
        [
            (int(Decimal(row[f"{side}Price{n}"]) * 10_000), int(Decimal(row[f"{side}Volume{n}"])))
            for n in range(1, DEPTH + 1)
        ]
        for row in rows
    ]


def _opened_levels(files: VenueFiles, path: Path, at: time | None = None) -> tuple[list[list[list[tuple[int, int]]]], list[str]]:
    """Bids and asks of each contract as the opened market shows them, and the contract codes."""
    header = first_header(request(chain=path, start=at), files, TODAY)
    market = open_market(header, files.profile, files.settings)
    first = len(market.underlyings)
    rows = market.exchange.quote_rows(range(first, first + len(market.contracts)))

    def side(price: Column, quantity: Column) -> list[list[tuple[int, int]]]:
        prices, quantities = rows[:, price : price + DEPTH], rows[:, quantity : quantity + DEPTH]
        return np.stack([prices, quantities], axis=2).tolist()  # type: ignore[no-any-return]

    return [
        side(Column.BID_PRICE, Column.BID_QUANTITY),
        side(Column.ASK_PRICE, Column.ASK_QUANTITY),
    ], [c.code for c in market.contracts]


def test_a_chain_opens_with_its_levels_and_day_figures(files: VenueFiles, tmp_path: Path) -> None:
    path = tmp_path / "chain.csv"
    with path.open("w", newline="") as out:
        csv.writer(out).writerows([COLUMNS, CALL.split(","), PUT.split(",")])
    (bids, asks), codes = _opened_levels(files, path)
    assert codes == ["10001393", "10001402"]
    assert [tuple(level) for level in bids[0]] == [(782, 12), (781, 5), (780, 31), (779, 2), (778, 4)]
    assert [tuple(level) for level in asks[0]] == [(784, 3), (785, 10), (786, 15), (787, 2), (0, 0)]
    header = first_header(request(chain=path), files, TODAY)
    assert header.start == datetime(2018, 11, 9, 13, 0, tzinfo=SHANGHAI)
    assert header.day.source == "chain.csv"
    market = open_market(header, files.profile, files.settings)
    assert market.phase is Phase.CONTINUOUS
    row = market.exchange.quote_rows([1])[0]
    assert [int(row[c]) for c in (Column.LAST, Column.VOLUME, Column.OPEN_INTEREST)] == [783, 17341, 42037]
    assert int(market.exchange.quote_rows([0])[0, Column.LAST]) == 24_800


@pytest.mark.requirement("T1")
def test_the_real_chain_opens_with_exactly_its_five_levels(files: VenueFiles, shared_data: Path) -> None:
    path = shared_data / "DERIVED_chain_50etf_20181109_112x5level.csv"
    with path.open(encoding="utf-8-sig", newline="") as given:
        rows = list(csv.DictReader(given))
    assert len(rows) == 112
    opened, codes = _opened_levels(files, path)
    by_code = {row[_CODE]: row for row in rows}
    for side, shown in zip(("b", "a"), opened, strict=True):
        expected = [_row_levels(by_code[code], side) for code in codes]
        assert [[tuple(level) for level in book] for book in shown] == expected


_CODE = COLUMNS[0]


def _row_levels(row: dict[str, str], side: str) -> list[tuple[int, int]]:
    raise NotImplementedError
