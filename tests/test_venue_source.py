"""Where a venue's day comes from: generated, a contract file, or a chain snapshot taken over level by level."""

import argparse
import csv
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from terminal.config import Settings
from terminal.domain.calendar import SHANGHAI
from terminal.domain.errors import BadFile, BadInput
from terminal.domain.market_data import DEPTH, Column
from terminal.domain.phases import Phase
from terminal.storage.chain_row import COLUMNS
from terminal.storage.contract_file import contract_file_bytes
from terminal.venue.book import open_market
from terminal.venue.generated_day import generated_day
from terminal.venue_source import VenueFiles, VenueRequest, first_header, read_files, venue_request
from tests.storage.test_chain_file import CALL, PUT
from tests.storage.test_contract_file import line
from tests.storage.test_contract_file import other as other_contract

TODAY = date(2026, 11, 23)


def request(**more: Any) -> VenueRequest:
    return VenueRequest(**{"profile": "sse_2025", "seed": 7, "speed": 1.0, **more})


@pytest.fixture(scope="module")
def files() -> VenueFiles:
    return read_files(request(), None)


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


Book = list[tuple[int, int]]
"""Price in 0.0001 yuan and quantity of five levels, zeros where there is none"""


def _given(row: dict[str, str], side: str) -> Book:
    """One side of a contract, straight from the file's text."""
    return [(int(Decimal(row[f"{side}p{n}"]) * 10_000), int(Decimal(row[f"{side}v{n}"]))) for n in range(1, DEPTH + 1)]


def _opened(files: VenueFiles, path: Path) -> dict[str, tuple[Book, Book]]:
    """Bids and asks by contract code as the opened market shows them."""
    header = first_header(request(chain=path), files, TODAY)
    market = open_market(header, files.profile, files.settings)
    first = len(market.underlyings)
    books = {}
    for place, contract in enumerate(market.contracts):
        row = market.exchange.quote_rows([first + place])[0].tolist()
        bids = list(zip(row[Column.BID_PRICE :][:DEPTH], row[Column.BID_QUANTITY :][:DEPTH], strict=True))
        asks = list(zip(row[Column.ASK_PRICE :][:DEPTH], row[Column.ASK_QUANTITY :][:DEPTH], strict=True))
        books[contract.code] = bids, asks
    return books


def test_a_chain_opens_with_its_levels_and_day_figures(files: VenueFiles, tmp_path: Path) -> None:
    path = tmp_path / "chain.csv"
    with path.open("w", newline="") as out:
        csv.writer(out).writerows([COLUMNS, CALL.split(","), PUT.split(",")])
    books = _opened(files, path)
    assert list(books) == ["10001393", "10001402"]
    bids, asks = books["10001393"]
    assert bids == [(782, 12), (781, 5), (780, 31), (779, 2), (778, 4)]
    assert asks == [(784, 3), (785, 10), (786, 15), (787, 2), (0, 0)]
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
    books = _opened(files, path)
    assert len(books) == 112
    for row in rows:
        assert books[row["code"]] == (_given(row, "b"), _given(row, "a")), row["code"]


def _write_contract_file(files: VenueFiles, path: Path, day: date) -> int:
    """The generated list of one fund as the exchange would publish it; gives the number of contracts."""
    listed = generated_day(files.profile, files.calendar, files.settings, day)
    contracts = [c for c in listed.contracts if c.underlying == "510050"]
    path.write_bytes(contract_file_bytes(contracts, [u for u in listed.underlyings if u.code == "510050"]))
    return len(contracts)


def test_a_contract_file_is_the_day_s_list_and_its_name_tells_the_day(files: VenueFiles, tmp_path: Path) -> None:
    path = tmp_path / "reff031124.txt"
    count = _write_contract_file(files, path, date(2026, 11, 24))
    header = first_header(request(contracts=path), files, date(2027, 1, 5))
    assert header.day.trading_day == date(2026, 11, 24)
    assert header.day.source == "reff031124.txt"
    assert len(header.day.contracts) == count
    assert [u.code for u in header.day.underlyings] == ["510050"]
    market = open_market(header, files.profile, files.settings)
    assert market.phase is Phase.CONTINUOUS
    assert len(market.exchange.resting_orders()) > count


@pytest.mark.fault("F42")
def test_a_contract_file_that_is_damaged_or_whose_name_tells_no_day_is_refused(
    files: VenueFiles, tmp_path: Path
) -> None:
    path = tmp_path / "reff031124.txt"
    _write_contract_file(files, path, date(2026, 11, 24))
    path.write_bytes(path.read_bytes()[:-30])
    with pytest.raises(BadFile, match=r"reff031124.txt line"):
        first_header(request(contracts=path), files, TODAY)
    wrong = tmp_path / "reff031399.txt"
    wrong.write_bytes(path.read_bytes())
    with pytest.raises(BadFile, match="names a month and a day"):
        first_header(request(contracts=wrong), files, TODAY)


@pytest.mark.requirement("T2")
@pytest.mark.fault("F42")
def test_a_bad_line_of_an_old_contract_file_is_told_for_what_is_wrong_with_it(
    files: VenueFiles, tmp_path: Path
) -> None:
    """Read for another year, every line would be refused for its dates."""
    path = tmp_path / "reff030402.txt"
    good, bad = other_contract(), line(ExercisePrice="abc")
    path.write_bytes((good + bad).encode("gbk"))
    with pytest.raises(BadFile) as refused:
        first_header(request(contracts=path), files, date(2026, 11, 24))
    assert (refused.value.line, refused.value.field, refused.value.others) == (2, "ExercisePrice", ())


@pytest.mark.fault("F42")
def test_a_damaged_chain_is_refused_by_line(files: VenueFiles, tmp_path: Path) -> None:
    path = tmp_path / "chain.csv"
    path.write_text(",".join(COLUMNS) + "\n" + CALL + "\n" + PUT.replace("0.0955,12", "-1,12") + "\n")
    with pytest.raises(BadFile, match=r"chain.csv line 3"):
        first_header(request(chain=path), files, TODAY)


def test_another_day_than_that_of_the_chain_is_refused(files: VenueFiles, tmp_path: Path) -> None:
    path = tmp_path / "chain.csv"
    path.write_text(",".join(COLUMNS) + "\n" + CALL + "\n" + PUT + "\n")
    with pytest.raises(BadInput, match="day: '2018-11-12' is not accepted: the chain is of 2018-11-09"):
        first_header(request(chain=path, day=date(2018, 11, 12)), files, TODAY)
    assert first_header(request(chain=path, day=date(2018, 11, 9)), files, TODAY).day.trading_day == date(2018, 11, 9)


def test_the_command_line_goes_before_the_settings() -> None:
    options = argparse.Namespace(profile=None, seed=None, speed=None, start=None, day=None, chain=None, contracts=None)
    settings = Settings(seed=5, speed=2.0, start=time(14, 0))
    asked = venue_request(options, settings)
    assert (asked.profile, asked.seed, asked.speed, asked.start) == ("sse_2025", 5, 2.0, time(14, 0))
    options = argparse.Namespace(
        profile="other", seed=0, speed=0.0, start=time(10, 0), day=TODAY, chain=None, contracts=None
    )
    asked = venue_request(options, settings)
    assert (asked.profile, asked.seed, asked.speed, asked.start) == ("other", 0, 0.0, time(10, 0))
    assert asked.day == TODAY


@pytest.mark.requirement("S4")
def test_the_simulation_of_2014_is_served_with_its_shares() -> None:
    asked = request(profile="sse_simulation_2014")
    simulated = read_files(asked, None)
    header = first_header(asked, simulated, TODAY)
    assert [u.code for u in header.day.underlyings] == ["510050", "510300", "601318", "600104", "601398"]
    market = open_market(header, simulated.profile, simulated.settings)
    market.advance(header.start + timedelta(seconds=5), 0.5, 10)
    first = len(market.underlyings)
    rows = market.exchange.quote_rows(range(first, first + len(market.contracts)))
    quoted = 0
    for contract, row in zip(market.contracts, rows.tolist(), strict=True):
        prices = [*row[Column.BID_PRICE :][:DEPTH], *row[Column.ASK_PRICE :][:DEPTH]]
        # A tick of options on shares is 0.001 yuan
        assert all(price % (10 if contract.underlying.startswith("6") else 1) == 0 for price in prices)
        quoted += prices[0] > 0
    assert quoted > 200
