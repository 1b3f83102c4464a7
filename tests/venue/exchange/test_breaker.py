"""The volatility interruption of rulebook 2.6: 50% and ten ticks from the reference price, three minutes of auction."""

from datetime import datetime
from decimal import Decimal

import msgspec
import pytest

from terminal.domain.market_data import Column
from terminal.domain.orders import OrderType
from terminal.domain.phases import Phase
from terminal.domain.reasons import Reason
from terminal.venue.exchange.messages import Accepted, Cancelled, PhaseBegan, Refused, Restated, Traded
from tests.venue.exchange.floor import BUY, SELL, Floor, at, profile

pytestmark = pytest.mark.fault("F34")


def tripped(now: datetime | None = None) -> Floor:
    """A floor whose contract 2 (reference 0.1000) just went into a breaker auction with 3 bought at 0.1500."""
    floor = Floor(now)
    floor.order(SELL, 5, 1500)
    floor.order(BUY, 3, 1500)
    return floor


def test_trades_strictly_inside_the_band_print_and_the_rest_opens_the_auction_book() -> None:
    floor = Floor()
    for price in (1499, 1500, 1600):
        floor.order(SELL, 2, price, participant=7)
    assert floor.order(BUY, 9, 1600) == [
        Accepted(4, 1),
        Traded(1, 2, 1499, 2, 4, 1, 1, 7, BUY),
        PhaseBegan(Phase.BREAKER, at(10, 3), 2),
    ]
    assert floor.book() == [(BUY, 1600, 7), (SELL, 1500, 2), (SELL, 1600, 2)]
    assert floor.exchange.phase_of(2) is Phase.BREAKER
    assert floor.exchange.phase_of(3) is Phase.CONTINUOUS


def test_fall_of_half_trips_as_well() -> None:
    floor = Floor()
    floor.order(BUY, 1, 500)
    assert floor.order(SELL, 1, 500)[1:] == [PhaseBegan(Phase.BREAKER, at(10, 3), 2)]
    floor = Floor()
    floor.order(BUY, 1, 501)
    floor.order(SELL, 1, 501)
    assert floor.trades() == [(501, 1)]


@pytest.mark.parametrize(("price", "trips"), [(1501, False), (1502, True)])
def test_half_of_an_odd_reference_price_must_be_reached_in_full(price: int, trips: bool) -> None:
    # 0.10010 + 50% is 0.15015
    floor = Floor(previous_settlement=Decimal("0.1001"))
    floor.order(SELL, 1, price)
    floor.order(BUY, 1, price)
    assert (floor.exchange.phase_of(2) is Phase.BREAKER) is trips


@pytest.mark.parametrize(("price", "trips"), [(17, False), (18, True)])
def test_cheap_contract_must_move_ten_ticks_too(price: int, trips: bool) -> None:
    # Reference 0.0008: half of it is four ticks
    floor = Floor(previous_settlement=Decimal("0.0008"))
    floor.order(SELL, 1, price)
    floor.order(BUY, 1, price)
    assert (floor.exchange.phase_of(2) is Phase.BREAKER) is trips
    assert floor.trades() == ([] if trips else [(17, 1)])


@pytest.mark.parametrize(("ticks", "price"), [(5, 13), (10, 18)])
def test_ticks_are_those_of_the_profile_s_era(ticks: int, price: int) -> None:
    # Rulebook 2.6: five ticks from 2015, ten since 2019-12-23; reference 0.0008
    rules = profile()
    rules = msgspec.structs.replace(rules, breaker=msgspec.structs.replace(rules.breaker, min_ticks=ticks))
    for at_price, trips in ((price - 1, False), (price, True)):
        floor = Floor(rules=rules, previous_settlement=Decimal("0.0008"))
        floor.order(SELL, 1, at_price)
        floor.order(BUY, 1, at_price)
        assert (floor.exchange.phase_of(2) is Phase.BREAKER) is trips


def test_auction_matches_after_three_minutes_and_its_price_is_the_new_reference() -> None:
    floor = tripped()
    assert floor.wait(at(10, 2, 59)) == []
    events = floor.wait(at(10, 3))
    assert [type(e) for e in events] == [Traded, PhaseBegan]
    assert events[1] == PhaseBegan(Phase.CONTINUOUS, at(11, 30), 2)
    assert floor.trades() == [(1500, 3)]
    floor.cancel(1)
    # 0.1500 + 50% is 0.2250
    floor.order(BUY, 1, 2249)
    floor.order(SELL, 1, 2249)
    assert floor.trades()[1:] == [(2249, 1)]
    floor.order(BUY, 1, 2250)
    floor.order(SELL, 1, 2250)
    assert floor.exchange.phase_of(2) is Phase.BREAKER


def test_auction_without_a_trade_takes_the_last_trade_as_reference() -> None:
    floor = Floor()
    floor.order(SELL, 1, 1400)
    floor.order(BUY, 1, 1400)
    floor.order(SELL, 1, 1600)
    floor.order(BUY, 1, 1600)
    floor.cancel(4)
    floor.wait(at(10, 3))
    floor.order(BUY, 1, 1600)
    # Inside 0.1400 +- 50%, outside 0.1000 +- 50%
    assert floor.trades() == [(1400, 1), (1600, 1)]


def test_auction_on_a_day_without_any_trade_leaves_the_reference_as_it_was() -> None:
    floor = tripped()
    floor.cancel(1)
    floor.cancel(2)
    floor.wait(at(10, 3))
    floor.order(SELL, 1, 1499)
    floor.order(BUY, 1, 1499)
    assert floor.trades() == [(1499, 1)]


def test_breaker_auction_takes_limit_orders_and_cancels_only() -> None:
    floor = tripped()
    (event,) = floor.order(BUY, 1, 0, OrderType.MARKET_IOC)
    assert isinstance(event, Refused)
    assert event.reason is Reason.ORDER_TYPE_NOT_NOW
    assert floor.cancel(1) == [Cancelled(1, 1, 5, Reason.CANCELLED_BY_USER)]
    assert floor.wait(at(10, 3)) == [PhaseBegan(Phase.CONTINUOUS, at(11, 30), 2)]


def test_virtual_price_and_quantity_are_published_during_the_breaker() -> None:
    floor = tripped()
    assert floor.column(Column.PHASE) == ord("V")
    assert (floor.column(Column.AUCTION_PRICE), floor.column(Column.AUCTION_QUANTITY)) == (1500, 3)


def test_clock_of_the_breaker_stands_still_over_lunch() -> None:
    floor = tripped(at(11, 29))
    assert floor.events[-1] == PhaseBegan(Phase.BREAKER, at(13, 2), 2)
    assert floor.wait(at(11, 30)) == [PhaseBegan(Phase.LUNCH, at(13)), PhaseBegan(Phase.LUNCH, at(13), 2)]
    assert floor.column(Column.AUCTION_QUANTITY) == 3
    # Level 1 shows the virtual match still, not the five sells that rest
    assert (floor.column(Column.ASK_PRICE), floor.column(Column.ASK_QUANTITY)) == (1500, 3)
    assert floor.wait(at(13)) == [
        PhaseBegan(Phase.CONTINUOUS, at(14, 57)),
        PhaseBegan(Phase.BREAKER, at(13, 2), 2),
    ]
    assert [type(e) for e in floor.wait(at(13, 2))] == [Traded, PhaseBegan]


def test_breaker_that_ends_with_the_morning_matches_before_lunch() -> None:
    floor = tripped(at(11, 27))
    assert [type(e) for e in floor.wait(at(11, 30))] == [Traded, PhaseBegan, PhaseBegan]


@pytest.mark.parametrize("now", [at(14, 54), at(14, 56, 59)])
def test_breaker_that_would_reach_the_closing_auction_goes_into_it(now: datetime) -> None:
    floor = tripped(now)
    assert floor.events[-1] == PhaseBegan(Phase.BREAKER, at(14, 57), 2)
    assert floor.wait(at(14, 57)) == [
        PhaseBegan(Phase.CLOSING_AUCTION, at(15)),
        PhaseBegan(Phase.CLOSING_AUCTION, at(15), 2),
    ]
    floor.wait(at(15))
    assert floor.trades() == [(1500, 3)]


def test_market_to_limit_order_outside_the_band_joins_the_auction_at_the_best_price() -> None:
    floor = Floor()
    floor.order(SELL, 5, 1600)
    assert floor.order(BUY, 3, 0, OrderType.MARKET_TO_LIMIT) == [
        Accepted(2, 1),
        Restated(2, 1, 1600, 3),
        PhaseBegan(Phase.BREAKER, at(10, 3), 2),
    ]


@pytest.mark.parametrize("order_type", [OrderType.MARKET_FOK, OrderType.MARKET_IOC])
def test_immediate_order_outside_the_band_is_cancelled_and_still_trips(order_type: OrderType) -> None:
    floor = Floor()
    floor.order(SELL, 5, 1600)
    events = floor.order(BUY, 3, 0, order_type)
    assert [type(e) for e in events] == [Accepted, Cancelled, PhaseBegan]
    assert floor.trades() == []


def test_fok_order_that_finds_too_little_anyway_does_not_trip() -> None:
    floor = Floor()
    floor.order(SELL, 2, 1600)
    floor.order(BUY, 3, 1600, OrderType.LIMIT_FOK)
    assert floor.exchange.phase_of(2) is Phase.CONTINUOUS


def test_opening_auction_price_is_the_reference_of_the_day() -> None:
    floor = Floor(at(9, 15))
    floor.order(SELL, 1, 2000)
    floor.order(BUY, 1, 2000)
    floor.wait(at(9, 30))
    floor.order(SELL, 1, 2999)
    floor.order(BUY, 1, 2999)
    assert floor.trades() == [(2000, 1), (2999, 1)]


def test_profile_without_breaker_trades_at_any_price() -> None:
    floor = Floor(rules=profile(breaker=False))
    floor.order(SELL, 1, 3700)
    floor.order(BUY, 1, 3700)
    assert floor.trades() == [(3700, 1)]
