"""Quote rows: statistics of trades, five levels, auctions, underlyings, and what counts as changed (rulebook 10.2)."""

import numpy as np
import pytest

from terminal.domain.errors import BadInput
from terminal.domain.market_data import COLUMN_COUNT, DEPTH, Column
from terminal.domain.orders import Side
from terminal.venue.exchange.messages import AdvanceTime, Suspend, UnderlyingQuotes
from tests.venue.exchange.floor import BUY, SELL, Floor, at


def trade(floor: Floor, price: int, quantity: int, *, buy_closes: bool = False, sell_closes: bool = False) -> None:
    floor.order(SELL, quantity, price, closes=sell_closes)
    floor.order(BUY, quantity, price, closes=buy_closes)


def levels(floor: Floor, price: Column, quantity: Column) -> list[tuple[int, int]]:
    row = floor.exchange.quote_rows([2])[0].tolist()
    return list(zip(row[price : price + DEPTH], row[quantity : quantity + DEPTH], strict=True))


def bids(floor: Floor) -> list[tuple[int, int]]:
    return levels(floor, Column.BID_PRICE, Column.BID_QUANTITY)


def asks(floor: Floor) -> list[tuple[int, int]]:
    return levels(floor, Column.ASK_PRICE, Column.ASK_QUANTITY)


@pytest.mark.requirement("T1")
def test_row_holds_the_statistics_of_the_trades() -> None:
    floor = Floor()
    for price, quantity in ((1000, 2), (1020, 1), (990, 3)):
        trade(floor, price, quantity)
    row = floor.exchange.quote_rows([2])[0]
    assert row[: Column.BID_PRICE].tolist() == [
        2,
        int(at(10).timestamp()) * 1_000_000,
        ord("T"),
        990,
        1000,
        1020,
        990,
        6,
        # 0.1000 x 2 + 0.1020 + 0.0990 x 3 = 0.5990 yuan per share, times 10000 shares
        5990 * 100,
        6,
        0,
        0,
    ]


def test_turnover_of_an_adjusted_contract_is_rounded_to_the_cent_trade_by_trade() -> None:
    # 0.1003 x 10220 = 1025.066 yuan, twice that would be 2050.13
    floor = Floor(multiplier=10220)
    trade(floor, 1003, 1)
    trade(floor, 1003, 1)
    assert floor.column(Column.TURNOVER_CENTS) == 2 * 102507


@pytest.mark.parametrize(
    ("buy_closes", "sell_closes", "change"), [(False, False, 2), (True, False, 0), (False, True, 0), (True, True, -2)]
)
def test_open_interest_follows_who_opens_and_who_closes(buy_closes: bool, sell_closes: bool, change: int) -> None:
    floor = Floor(open_interest=10)
    trade(floor, 1000, 2, buy_closes=buy_closes, sell_closes=sell_closes)
    assert floor.column(Column.OPEN_INTEREST) == 10 + change


def test_open_interest_never_goes_below_zero() -> None:
    floor = Floor(open_interest=1)
    trade(floor, 1000, 2, buy_closes=True, sell_closes=True)
    assert floor.column(Column.OPEN_INTEREST) == 0


@pytest.mark.requirement("T1")
def test_five_best_levels_stand_in_the_row_with_their_sums() -> None:
    floor = Floor()
    for price in (990, 995, 991, 994, 993, 992, 995):
        floor.order(BUY, 2, price)
    floor.order(SELL, 3, 1001)
    floor.order(SELL, 4, 1000)
    assert bids(floor) == [(995, 4), (994, 2), (993, 2), (992, 2), (991, 2)]
    assert asks(floor) == [(1000, 4), (1001, 3), (0, 0), (0, 0), (0, 0)]


def test_auction_shows_virtual_price_on_level_one_and_the_rest_on_level_two() -> None:
    floor = Floor(at(9, 15))
    floor.order(BUY, 10, 1000)
    assert bids(floor) == asks(floor) == [(0, 0)] * DEPTH
    floor.order(SELL, 4, 1000)
    assert (floor.column(Column.AUCTION_PRICE), floor.column(Column.AUCTION_QUANTITY)) == (1000, 4)
    assert bids(floor) == [(1000, 4), (1000, 6), (0, 0), (0, 0), (0, 0)]
    assert asks(floor) == [(1000, 4), (0, 0), (0, 0), (0, 0), (0, 0)]
    floor.wait(at(9, 25))
    assert (floor.column(Column.AUCTION_PRICE), floor.column(Column.AUCTION_QUANTITY)) == (0, 0)
    assert bids(floor) == [(1000, 6), (0, 0), (0, 0), (0, 0), (0, 0)]


def test_underlying_rows_are_shown_as_they_come() -> None:
    floor = Floor()
    floor.exchange.take_changed()
    rows = np.arange(COLUMN_COUNT, dtype=np.int64).reshape(1, -1)
    rows[0, Column.INSTRUMENT] = 1
    floor.send(UnderlyingQuotes(rows))
    assert floor.exchange.take_changed() == [1]
    assert floor.exchange.quote_rows([1]).tolist() == rows.tolist()
    floor.send(Suspend("510300"))
    assert floor.column(Column.PHASE, 1) == ord("P")
    floor.send(UnderlyingQuotes(rows))
    assert floor.column(Column.PHASE, 1) == ord("P")
    floor.send(Suspend("510300", resume=True))
    assert floor.exchange.quote_rows([1]).tolist() == rows.tolist()


@pytest.mark.parametrize("number", [-1, 2])
def test_quotes_of_what_is_no_underlying_are_refused_whole(number: int) -> None:
    floor = Floor()
    rows = np.zeros((2, COLUMN_COUNT), dtype=np.int64)
    rows[:, Column.LAST] = 5
    rows[1, Column.INSTRUMENT] = number
    with pytest.raises(BadInput, match="underlying"):
        floor.send(UnderlyingQuotes(rows))
    assert floor.column(Column.LAST, 0) == 0


def test_quotes_of_another_form_are_refused() -> None:
    with pytest.raises(BadInput, match="float64"):
        Floor().send(UnderlyingQuotes(np.zeros((1, COLUMN_COUNT))))  # type: ignore[arg-type] # floats
    with pytest.raises(BadInput, match="int64"):
        Floor().send(UnderlyingQuotes(np.zeros((1, 5), dtype=np.int64)))


def test_all_rows_come_in_order_and_as_a_copy() -> None:
    floor = Floor()
    rows = floor.exchange.quote_rows()
    assert rows.shape == (6, COLUMN_COUNT)
    assert rows.dtype == np.int64
    assert rows[:, Column.INSTRUMENT].tolist() == list(range(6))
    rows[:] = 0
    assert floor.column(Column.INSTRUMENT, 5) == 5
    assert floor.exchange.quote_rows([]).shape == (0, COLUMN_COUNT)
    assert floor.exchange.quote_rows([4, 0])[:, Column.INSTRUMENT].tolist() == [4, 0]
    with pytest.raises(BadInput, match="instrument"):
        floor.exchange.quote_rows([6])


def test_changed_instruments_are_told_once_and_in_order() -> None:
    floor = Floor()
    assert floor.exchange.take_changed() == list(range(6))
    floor.order(BUY, 1, 1000, instrument=5)
    floor.order(BUY, 1, 1000, instrument=2)
    assert floor.exchange.take_changed() == [2, 5]
    floor.exchange.handle(AdvanceTime(), floor.now)
    assert floor.exchange.take_changed() == []
    floor.cancel(1)
    assert floor.exchange.take_changed() == [5]


@pytest.mark.parametrize("side", [BUY, SELL])
def test_orders_below_the_fifth_level_change_no_row(side: Side) -> None:
    floor = Floor()
    step = -1 if side is BUY else 1
    for place in range(5):
        floor.order(side, 1, 1000 + place * step)
    before = floor.exchange.quote_rows([2]).tolist()
    floor.exchange.take_changed()
    floor.order(side, 1, 1000 + 5 * step)
    floor.cancel(6)
    assert floor.exchange.take_changed() == []
    assert floor.exchange.quote_rows([2]).tolist() == before
    floor.order(side, 1, 1000 + 6 * step)
    floor.order(side, 1, 1000 + 4 * step)
    assert floor.exchange.take_changed() == [2]
    floor.cancel(1)
    assert floor.exchange.take_changed() == [2]
