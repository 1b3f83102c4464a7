"""The five order types in continuous trading, by worked examples (rulebook 2.2, 3)."""

import pytest

from terminal.domain.orders import OrderType, Side
from terminal.domain.reasons import Reason
from terminal.venue.exchange.messages import Accepted, Cancelled, ExchangeEvent, Refused, Restated, Traded
from tests.venue.exchange.floor import BUY, SELL, UP, Floor, profile

pytestmark = pytest.mark.requirement("O3")


def traded(events: list[ExchangeEvent]) -> list[tuple[int, int]]:
    return [(e.price, e.quantity) for e in events if isinstance(e, Traded)]


def asks_at(*levels: tuple[int, int], ioc_levels: int = 1) -> Floor:
    """A floor with these asks resting; their ids count from 1."""
    floor = Floor(rules=profile(ioc_levels=ioc_levels))
    for price, quantity in levels:
        floor.order(SELL, quantity, price, participant=7)
    return floor


def test_limit_order_rests_when_nothing_crosses() -> None:
    floor = asks_at((1010, 5))
    assert floor.order(BUY, 3, 1009) == [Accepted(2, 1)]
    assert floor.book() == [(BUY, 1009, 3), (SELL, 1010, 5)]


def test_limit_order_trades_at_the_resting_price_and_rests_with_the_remainder() -> None:
    floor = asks_at((1010, 5), (1011, 2), (1013, 9))
    assert floor.order(BUY, 10, 1012) == [
        Accepted(4, 1),
        Traded(1, 2, 1010, 5, 4, 1, 1, 7, BUY),
        Traded(2, 2, 1011, 2, 4, 1, 2, 7, BUY),
    ]
    assert floor.book() == [(BUY, 1012, 3), (SELL, 1013, 9)]


def test_sell_aggressor_is_named_and_takes_the_highest_bid_first() -> None:
    floor = Floor()
    floor.order(BUY, 1, 999, participant=7)
    floor.order(BUY, 1, 1000, participant=8)
    assert floor.order(SELL, 2, 999)[1:] == [
        Traded(1, 2, 1000, 1, 2, 8, 3, 1, SELL),
        Traded(2, 2, 999, 1, 1, 7, 3, 1, SELL),
    ]


def test_orders_at_one_price_trade_in_the_order_they_came() -> None:
    floor = asks_at((1010, 1), (1010, 2), (1010, 3))
    floor.cancel(2, participant=7)
    events = floor.order(BUY, 3, 1010)
    assert [(e.sell_order_id, e.quantity) for e in events if isinstance(e, Traded)] == [(1, 1), (3, 2)]


def test_limit_fok_fills_at_limit_or_better() -> None:
    floor = asks_at((1010, 5), (1011, 5))
    assert traded(floor.order(BUY, 7, 1011, OrderType.LIMIT_FOK)) == [(1010, 5), (1011, 2)]


@pytest.mark.parametrize("price", [1010, 1005])
def test_limit_fok_is_killed_when_its_limit_finds_too_little(price: int) -> None:
    floor = asks_at((1010, 5), (1011, 5))
    assert floor.order(BUY, 7, price, OrderType.LIMIT_FOK) == [Accepted(3, 1), Cancelled(3, 1, 7, Reason.FILL_OR_KILL)]
    assert floor.book() == [(SELL, 1010, 5), (SELL, 1011, 5)]


def test_limit_fok_without_opposite_side_is_killed_not_refused() -> None:
    floor = Floor()
    assert floor.order(BUY, 7, 1000, OrderType.LIMIT_FOK)[1] == Cancelled(1, 1, 7, Reason.FILL_OR_KILL)


def test_market_to_limit_takes_the_best_price_only_and_rests_there() -> None:
    floor = asks_at((1010, 4), (1011, 9))
    assert floor.order(BUY, 10, 0, OrderType.MARKET_TO_LIMIT) == [
        Accepted(3, 1),
        Traded(1, 2, 1010, 4, 3, 1, 1, 7, BUY),
        Restated(3, 1, 1010, 6),
    ]
    assert floor.book() == [(BUY, 1010, 6), (SELL, 1011, 9)]


def test_market_to_limit_that_fills_is_not_restated() -> None:
    floor = asks_at((1010, 4))
    assert [type(e) for e in floor.order(BUY, 4, 0, OrderType.MARKET_TO_LIMIT)] == [Accepted, Traded]


@pytest.mark.parametrize(("levels", "expected"), [(1, [(1010, 4)]), (2, [(1010, 4), (1011, 3)])])
def test_market_ioc_sweeps_so_many_levels_as_the_profile_says(levels: int, expected: list[tuple[int, int]]) -> None:
    floor = asks_at((1010, 4), (1011, 3), (1012, 9), ioc_levels=levels)
    events = floor.order(BUY, 10, 0, OrderType.MARKET_IOC)
    assert traded(events) == expected
    left = 10 - sum(quantity for _, quantity in expected)
    assert events[-1] == Cancelled(4, 1, left, Reason.REMAINDER_CANCELLED)
    assert not [entry for entry in floor.book() if entry[0] is BUY]


def test_market_fok_takes_as_many_levels_as_it_needs() -> None:
    floor = asks_at((1010, 4), (1200, 3), (1300, 9))
    assert traded(floor.order(BUY, 10, 0, OrderType.MARKET_FOK)) == [(1010, 4), (1200, 3), (1300, 3)]


def test_market_fok_is_killed_when_the_whole_side_is_too_small() -> None:
    floor = asks_at((1010, 4), (1011, 5))
    assert floor.order(BUY, 10, 0, OrderType.MARKET_FOK)[1:] == [Cancelled(3, 1, 10, Reason.FILL_OR_KILL)]
    assert floor.trades() == []


@pytest.mark.parametrize("order_type", [OrderType.MARKET_TO_LIMIT, OrderType.MARKET_IOC, OrderType.MARKET_FOK])
@pytest.mark.parametrize("side", [BUY, SELL])
def test_market_order_without_opposite_side_is_refused(order_type: OrderType, side: Side) -> None:
    floor = Floor()
    floor.order(side, 1, 1000)
    (event,) = floor.order(side, 1, 0, order_type)
    assert isinstance(event, Refused)
    assert event.reason is Reason.NO_OPPOSITE_SIDE


@pytest.mark.parametrize(("close_first", "first"), [(True, 2), (False, 1)])
def test_closing_orders_rank_first_at_limit_up_when_the_profile_says_so(close_first: bool, first: int) -> None:
    # 平仓优先, rulebook 3; reference 0.1000, so the breaker would interfere
    floor = Floor(rules=profile(close_first=close_first, breaker=False))
    floor.order(BUY, 1, UP)
    floor.order(BUY, 1, UP, closes=True)
    floor.order(BUY, 1, UP, closes=True)
    events = floor.order(SELL, 3, UP)
    buyers = [e.buy_order_id for e in events if isinstance(e, Traded)]
    assert buyers == ([2, 3, 1] if close_first else [1, 2, 3])
    assert buyers[0] == first


def test_closing_orders_do_not_rank_first_at_any_other_price() -> None:
    floor = Floor()
    floor.order(BUY, 1, 1000)
    floor.order(BUY, 1, 1000, closes=True)
    events = floor.order(SELL, 1, 1000)
    assert [e.buy_order_id for e in events if isinstance(e, Traded)] == [1]


def test_cancelling_the_last_closing_order_at_the_limit_keeps_the_rank_of_those_that_follow() -> None:
    floor = Floor(rules=profile(breaker=False))
    for closes in (False, True, True):
        floor.order(BUY, 1, UP, closes=closes)
    floor.cancel(3)
    floor.order(BUY, 1, UP, closes=True)
    assert [o.order_id for o in floor.exchange.resting_orders(2)] == [2, 4, 1]
    floor.cancel(2)
    floor.cancel(4)
    floor.order(BUY, 1, UP, closes=True)
    assert [o.order_id for o in floor.exchange.resting_orders(2)] == [5, 1]
