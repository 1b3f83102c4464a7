"""A snapshot becomes the crowd's own books exactly, and the market trades on from there without a jump."""

import csv
from datetime import date
from decimal import Decimal
from pathlib import Path

import numpy as np
import pytest

from benchmarks.crowd_floor import SNAPSHOT_DAY, Floor, load, moment, snapshot_floor, snapshot_market
from terminal.domain.contracts import Contract, Right
from terminal.domain.errors import BadInput
from terminal.domain.market_data import DEPTH, PRICE_SCALE, Column, QuoteRows
from terminal.rules.underlyings import build_underlying
from terminal.venue.crowd.adoption import BookLevels
from terminal.venue.crowd.crowd import Crowd
from terminal.venue.exchange.exchange import Exchange

pytestmark = pytest.mark.requirement("X8")

#: Three books of the real close of 2018-11-09, in 0.0001 yuan: November 2.50 call and put, December 2.95 put
REAL_BOOKS = {
    "510050C1811M02500": BookLevels(
        ((703, 23), (702, 59), (701, 40), (700, 137), (699, 19)), ((704, 520), (705, 6), (706, 1), (708, 3), (709, 9))
    ),
    "510050P1811M02500": BookLevels(
        ((794, 1), (793, 1), (792, 48), (791, 15), (790, 76)), ((795, 6), (796, 1), (797, 64), (798, 136), (799, 43))
    ),
    "510050P1812M02950": BookLevels(
        ((4567, 5), (4555, 2), (4543, 2), (4494, 1), (4418, 1)), ((4580, 4), (4595, 1), (4600, 1), (4617, 3), (4630, 1))
    ),
}


def levels_of(rows: QuoteRows) -> list[BookLevels]:
    """The five levels of each row."""
    found = []
    for row in rows.tolist():
        sides = []
        for price, size in ((Column.BID_PRICE, Column.BID_QUANTITY), (Column.ASK_PRICE, Column.ASK_QUANTITY)):
            pairs = zip(row[price : price + DEPTH], row[size : size + DEPTH], strict=True)
            sides.append(tuple((p, q) for p, q in pairs if p))
        found.append(BookLevels(sides[0], sides[1]))
    return found


def middles(rows: QuoteRows) -> np.ndarray[tuple[int, ...], np.dtype[np.float64]]:
    """Middle of the best prices of each row, yuan."""
    return (rows[:, Column.BID_PRICE] + rows[:, Column.ASK_PRICE]) / 2 / PRICE_SCALE


def by_code(floor: Floor) -> dict[str, BookLevels]:
    """The worked books under the floor's contract codes."""
    codes = {contract.trading_code: contract.code for contract in floor.contracts}
    return {codes[trading_code]: book for trading_code, book in REAL_BOOKS.items()}


def test_adopted_levels_stand_in_the_book_as_given() -> None:
    floor = snapshot_floor()
    books = by_code(floor)
    floor.crowd.seed_books(books, {"510050": Decimal("2.480")}, moment(10, 0), floor.exchange)
    found = dict(zip((c.code for c in floor.contracts), levels_of(floor.rows()), strict=True))
    assert {code: found[code] for code in books} == books
    assert {book for code, book in found.items() if code not in books} == {BookLevels((), ())}
    # 520 contracts at one price are eleven orders of at most 50
    assert len(floor.exchange.resting_orders()) > 30
    assert not floor.crowd.refusals


def test_books_quoted_before_make_room_for_the_snapshot() -> None:
    floor = snapshot_floor()
    floor.open_at(moment(10, 0))
    books = by_code(floor)
    floor.crowd.seed_books(books, {"510050": Decimal("2.480")}, moment(10, 1), floor.exchange)
    found = dict(zip((c.code for c in floor.contracts), levels_of(floor.rows()), strict=True))
    assert {code: found[code] for code in books} == books


@pytest.mark.parametrize(
    ("book", "complaint"),
    [
        (BookLevels(((703, 1),), ((703, 1),)), "best bid below"),
        (BookLevels(((703, 1), (704, 1)), ()), "outwards"),
        (BookLevels((), ((704, 0),)), "quantity"),
        (BookLevels((), ((99_999, 1),)), "whole ticks from"),
    ],
)
def test_a_broken_snapshot_is_refused_before_anything_is_sent(book: BookLevels, complaint: str) -> None:
    floor = snapshot_floor()
    floor.open_at(moment(10, 0))
    before = floor.exchange.resting_orders()
    broken = by_code(floor) | {floor.contracts[12].code: book}
    with pytest.raises(BadInput, match=complaint):
        floor.crowd.seed_books(broken, {"510050": Decimal("2.480")}, floor.now, floor.exchange)
    assert floor.exchange.resting_orders() == before


def test_an_unlisted_contract_and_an_unknown_underlying_are_refused() -> None:
    floor = snapshot_floor()
    with pytest.raises(BadInput, match="99999999"):
        floor.crowd.seed_books({"99999999": BookLevels((), ())}, {}, moment(10, 0), floor.exchange)
    with pytest.raises(BadInput, match="510300"):
        floor.crowd.seed_books({}, {"510300": Decimal(4)}, moment(10, 0), floor.exchange)


def real_floor(path: Path) -> tuple[Floor, dict[str, BookLevels]]:
    """The real day's contracts with their published limits, and the snapshot."""
    profile, shipped = load()
    market = snapshot_market(shipped)
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    contracts, books = [], {}
    for row in rows:
        expiry = date.fromisoformat(row["MatureDate"])
        contracts.append(
            Contract(
                code=row["code"],
                trading_code=row["ExecCode"],
                name=row["name"],
                underlying="510050",
                right=Right.CALL if row["CallPut"] == "Call" else Right.PUT,
                strike=Decimal(row["strike"]),
                multiplier=int(row["Unit"]),
                first_day=SNAPSHOT_DAY,
                last_day=expiry,
                exercise_day=expiry,
                delivery_day=expiry,
                expiry=expiry,
                open_interest=int(row["oi"]),
                previous_settlement=Decimal(row["pre_settle"]),
                underlying_close=Decimal("2.537"),
                limit_up=Decimal(row["up"]),
                limit_down=Decimal(row["down"]),
                margin=Decimal(3000),
            )
        )
        bids, asks = (
            tuple(
                (round(float(row[f"{s}p{n}"]) * PRICE_SCALE), int(row[f"{s}v{n}"]))
                for n in range(1, 6)
                if int(row[f"{s}v{n}"])
            )
            for s in "ba"
        )
        books[row["code"]] = BookLevels(bids, asks)
    underlying = build_underlying(profile, "510050", Decimal("2.537"))
    floor = Floor(
        [underlying],
        contracts,
        Crowd(market, 21, [underlying], contracts, SNAPSHOT_DAY),
        Exchange(profile, SNAPSHOT_DAY, [underlying], contracts),
        moment(10, 0),
    )
    return floor, books


def test_the_real_chain_is_adopted_whole_and_trades_on_without_a_jump(shared_data: Path) -> None:
    floor, books = real_floor(shared_data / "DERIVED_chain_50etf_20181109_112x5level.csv")
    floor.crowd.seed_books(books, {"510050": Decimal("2.480")}, floor.now, floor.exchange)
    adopted = floor.rows()
    assert levels_of(adopted) == [books[contract.code] for contract in floor.contracts]
    assert len(books) == 112
    # The values the crowd quotes around are the snapshot's middles
    values = floor.crowd.surface.values(floor.crowd.paths.prices) / PRICE_SCALE
    assert np.abs(values - middles(adopted)).max() < 1e-9
    # At-the-money volatilities of the four months, solved from the same file by a root finder: 32.9 31.2 29.0 27.6 %
    assert floor.crowd.surface.at_the_money().tolist() == pytest.approx([0.329, 0.312, 0.290, 0.276], abs=0.006)
    price = float(floor.crowd.paths.prices[0])
    floor.play(5.0)
    assert not floor.crowd.refusals
    drift = abs(float(floor.crowd.paths.prices[0]) - price) + 0.001
    spreads = (adopted[:, Column.ASK_PRICE] - adopted[:, Column.BID_PRICE]) / PRICE_SCALE
    assert (np.abs(middles(floor.rows()) - middles(adopted)) <= drift + spreads + 0.002).all()


def test_after_the_worked_books_the_market_moves_on_around_them() -> None:
    floor = snapshot_floor(3)
    books = by_code(floor)
    floor.crowd.seed_books(books, {"510050": Decimal("2.480")}, moment(10, 0), floor.exchange)
    floor.now = moment(10, 0)
    places = [n for n, contract in enumerate(floor.contracts) if contract.code in books]
    before = middles(floor.rows()[places])
    floor.play(5.0)
    after = floor.rows()
    assert (np.abs(middles(after[places]) - before) < 0.006).all()
    # Contracts that were not in the snapshot are quoted as well
    assert (after[:, Column.BID_PRICE] > 0).mean() > 0.9
