"""The call auction's price by the steps of rulebook 2.5, worked by hand and against the rule read word by word."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from terminal.venue.exchange.auction import NO_MATCH, AuctionMatch, auction_match
from terminal.venue.exchange.book import Book, BookOrder
from terminal.venue.exchange.messages import Traded
from tests.venue.exchange.floor import BUY, SELL, UP, Floor, at, profile

Levels = list[tuple[int, int]]


def book_of(bids: Levels, asks: Levels) -> Book:
    book = Book()
    for number, (is_buy, price, quantity) in enumerate(
        [(True, *level) for level in bids] + [(False, *level) for level in asks]
    ):
        book.add(BookOrder(number, 1, 2, is_buy, quantity, False), price)
    return book


@pytest.mark.parametrize(
    ("bids", "asks", "expected"),
    [
        # Nothing crosses
        ([(99, 5)], [(100, 5)], NO_MATCH),
        ([], [(100, 5)], NO_MATCH),
        # One price
        ([(100, 5)], [(100, 3)], AuctionMatch(100, 3, 2, 0)),
        # Step 1: 101 trades 30 (buys 10+20, sells 15+15+5), 100 and 102 less
        (
            [(103, 10), (101, 20), (100, 30)],
            [(99, 15), (101, 15), (102, 40)],
            AuctionMatch(101, 30, 0, 0),
        ),
        # Step 2: 10 trade at 1 and at 3, but at 1 buys above would stay unfilled
        ([(3, 20)], [(1, 10)], AuctionMatch(3, 10, 10, 0)),
        ([(3, 10)], [(1, 20)], AuctionMatch(1, 10, 0, 10)),
        # Step 4: 20 trade at 100 and at 102; at 102 ten more sells stay unfilled
        ([(102, 20)], [(100, 20), (102, 10)], AuctionMatch(100, 20, 0, 0)),
        ([(102, 20), (100, 10)], [(100, 20)], AuctionMatch(102, 20, 0, 0)),
        # Step 5: equal at both ends; the middle, half-up to the tick
        ([(102, 20)], [(100, 20)], AuctionMatch(101, 20, 0, 0)),
        ([(103, 20)], [(100, 20)], AuctionMatch(102, 20, 0, 0)),
        # Step 5 with the same quantity left on either side
        ([(103, 20), (100, 10)], [(100, 20), (103, 10)], AuctionMatch(102, 20, 0, 0)),
        # Step 4 before step 5: 100 and 102 leave 5, 104 leaves 20; the middle of the first two alone
        (
            [(104, 20), (100, 5)],
            [(100, 20), (102, 5), (104, 15)],
            AuctionMatch(101, 20, 0, 0),
        ),
        # Step 1 before step 4: 30 trade at 101 with 20 left over, though 10 would at 103 with none
        ([(103, 10), (101, 20)], [(99, 10), (101, 40)], AuctionMatch(101, 30, 0, 20)),
    ],
)
def test_auction_price_by_the_steps_of_the_rule(bids: Levels, asks: Levels, expected: AuctionMatch) -> None:
    assert auction_match(book_of(bids, asks), tick=1) == expected


def test_middle_price_is_rounded_to_the_tick() -> None:
    assert auction_match(book_of([(1030, 1)], [(1000, 1)]), tick=10).price == 1020
    assert auction_match(book_of([(1010, 1)], [(1000, 1)]), tick=10).price == 1010


def by_the_words_of_the_rule(bids: Levels, asks: Levels) -> tuple[int, int]:
    """Price and volume by trying every order's price, as the rule is written."""
    found = []
    for price in {p for p, _ in bids + asks}:
        demand, supply = sum(q for p, q in bids if p >= price), sum(q for p, q in asks if p <= price)
        volume = min(demand, supply)
        above, below = sum(q for p, q in bids if p > price), sum(q for p, q in asks if p < price)
        if volume and above <= volume and below <= volume:
            found.append((volume, -abs(demand - supply), price))
    if not found:
        return 0, 0
    best = max(found)[:2]
    prices = [price for *rank, price in found if tuple(rank) == best]
    return (min(prices) + max(prices) + 1) // 2, best[0]


levels = st.lists(st.tuples(st.integers(90, 110), st.integers(1, 30)), max_size=12)


@given(levels, levels)
def test_auction_price_is_that_of_the_rule_and_leaves_no_crossed_book(bids: Levels, asks: Levels) -> None:
    book = book_of(bids, asks)
    match = auction_match(book, tick=1)
    assert (match.price, match.quantity) == by_the_words_of_the_rule(bids, asks)
    demand = sum(q for p, q in bids if p >= match.price)
    supply = sum(q for p, q in asks if p <= match.price)
    if match.quantity:
        # Step 3 follows from the first: the greatest volume fills the shorter side to the last contract
        assert match.left_to_buy == 0 or match.left_to_sell == 0
        assert (match.left_to_buy, match.left_to_sell) == (demand - match.quantity, supply - match.quantity)
        assert sum(q for p, q in bids if p > match.price) <= match.quantity
        assert sum(q for p, q in asks if p < match.price) <= match.quantity


def test_opening_auction_fills_price_then_time_at_one_price_and_keeps_the_rest() -> None:
    floor = Floor(at(9, 15))
    floor.order(BUY, 10, 1005, participant=3)
    floor.order(BUY, 10, 1010, participant=4)
    floor.order(BUY, 10, 1005, participant=5)
    floor.order(SELL, 25, 1005, participant=6)
    floor.order(SELL, 9, 1020, participant=6)
    assert floor.trades() == []
    trades = [e for e in floor.wait(at(9, 25)) if isinstance(e, Traded)]
    assert [(t.price, t.quantity, t.buy_order_id, t.sell_order_id, t.aggressor) for t in trades] == [
        (1005, 10, 2, 4, None),
        (1005, 10, 1, 4, None),
        (1005, 5, 3, 4, None),
    ]
    assert [t.trade_id for t in trades] == [1, 2, 3]
    floor.wait(at(9, 30))
    assert floor.book() == [(BUY, 1005, 5), (SELL, 1020, 9)]
    floor.order(SELL, 5, 1005)
    assert floor.trades()[-1] == (1005, 5)


def test_orders_nobody_matched_enter_continuous_trading_and_then_the_closing_auction() -> None:
    floor = Floor(at(9, 16))
    floor.order(BUY, 7, 990)
    floor.wait(at(14, 58))
    floor.order(SELL, 4, 980)
    floor.wait(at(15))
    assert floor.trades() == [(990, 4)]


def test_closing_orders_fill_first_in_an_auction_at_limit_up() -> None:
    floor = Floor(at(9, 15), rules=profile())
    floor.order(BUY, 5, UP)
    floor.order(BUY, 5, UP, closes=True)
    floor.order(SELL, 5, UP)
    (trade,) = [e for e in floor.wait(at(9, 25)) if isinstance(e, Traded)]
    assert trade.buy_order_id == 2
