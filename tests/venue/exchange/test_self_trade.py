"""The guard against self-trades (自成交): three modes, by owner, in continuous trading, auctions and quotes."""

from typing import Any

import pytest

from terminal.domain.orders import OrderType, SelfTrade
from terminal.domain.phases import Phase
from terminal.domain.reasons import Reason
from terminal.venue.exchange.messages import (
    Accepted,
    Cancelled,
    ExchangeEvent,
    GuardSelfTrades,
    QuoteAccepted,
    QuoteCancelled,
    QuoteRefused,
    Refused,
    Restated,
    Traded,
)
from tests.venue.exchange.floor import BUY, SELL, Floor, at, profile
from tests.venue.exchange.test_quoting import MAKER, floor_with_maker, quote

pytestmark = pytest.mark.requirement("O5")
OWN, OTHER = 1, 2
CANCEL, REJECT, ALLOW = SelfTrade.CANCEL_RESTING, SelfTrade.REJECT_INCOMING, SelfTrade.ALLOW


def guarded(mode: SelfTrade, now: Any = None) -> Floor:
    return Floor(now, rules=profile(self_trade=mode))


def kinds(events: list[ExchangeEvent]) -> list[str]:
    return [type(e).__name__ for e in events]


def test_the_resting_order_goes_and_the_incoming_one_trades_on() -> None:
    floor = guarded(CANCEL)
    floor.order(SELL, 3, 1000, participant=OWN)
    floor.order(SELL, 4, 1000, participant=OTHER)
    assert floor.order(BUY, 6, 1000, participant=OWN) == [
        Accepted(3, OWN),
        Cancelled(1, OWN, 3, Reason.SELF_TRADE),
        Traded(1, 2, 1000, 4, 3, OWN, 2, OTHER, BUY),
    ]
    assert floor.book() == [(BUY, 1000, 2)]


def test_the_incoming_order_is_refused_as_a_whole_and_its_id_stays_free() -> None:
    floor = guarded(REJECT)
    floor.order(SELL, 3, 1000, participant=OTHER)
    floor.order(SELL, 4, 1000, participant=OWN)
    assert floor.order(BUY, 6, 1000, participant=OWN) == [
        Refused(3, OWN, Reason.SELF_TRADE, "price", "0.1000"),
    ]
    assert floor.book() == [(SELL, 1000, 3), (SELL, 1000, 4)]
    # Three find enough before the own order is reached
    floor.next_id = 3
    assert kinds(floor.order(BUY, 3, 1000, participant=OWN)) == ["Accepted", "Traded"]


def test_without_a_guard_one_trades_with_oneself() -> None:
    floor = guarded(ALLOW)
    floor.order(SELL, 3, 1000)
    assert kinds(floor.order(BUY, 3, 1000)) == ["Accepted", "Traded"]


@pytest.mark.parametrize("mode", SelfTrade)
def test_own_orders_that_do_not_meet_are_left_alone(mode: SelfTrade) -> None:
    floor = guarded(mode)
    floor.order(SELL, 3, 1000)
    floor.order(BUY, 3, 999)
    assert floor.book() == [(BUY, 999, 3), (SELL, 1000, 3)]


@pytest.mark.parametrize(
    ("order_type", "events"),
    [
        (OrderType.MARKET_TO_LIMIT, ["Accepted", "Cancelled", "Restated"]),
        (OrderType.MARKET_IOC, ["Accepted", "Cancelled", "Cancelled"]),
        # Only orders of others count towards all or nothing; the killed order takes nothing out
        (OrderType.MARKET_FOK, ["Accepted", "Cancelled"]),
        (OrderType.LIMIT_FOK, ["Accepted", "Cancelled"]),
    ],
)
def test_market_and_immediate_orders_that_find_none_but_their_own(order_type: OrderType, events: list[str]) -> None:
    floor = guarded(CANCEL)
    floor.order(SELL, 3, 1000)
    price = 1000 if order_type.has_price else 0
    assert kinds(floor.order(BUY, 3, price, order_type)) == events
    left = [(SELL, 1000, 3)] if events == ["Accepted", "Cancelled"] else []
    assert floor.book() == ([(BUY, 1000, 3)] if "Restated" in events else left)


@pytest.mark.parametrize("order_type", OrderType)
def test_every_order_type_is_refused_where_it_would_meet_its_own(order_type: OrderType) -> None:
    floor = guarded(REJECT)
    floor.order(SELL, 3, 1000)
    (event,) = floor.order(BUY, 3, 1000 if order_type.has_price else 0, order_type)
    assert isinstance(event, Refused)
    assert event.reason is Reason.SELF_TRADE


def test_fill_or_kill_passes_over_its_own_where_others_suffice() -> None:
    floor = guarded(CANCEL)
    floor.order(SELL, 3, 1000, participant=OWN)
    floor.order(SELL, 3, 1001, participant=OTHER)
    events = floor.order(BUY, 3, 1001, OrderType.LIMIT_FOK, participant=OWN)
    assert kinds(events) == ["Accepted", "Cancelled", "Traded"]


def test_accounts_of_one_owner_are_guarded_against_each_other() -> None:
    floor = guarded(ALLOW)
    floor.send(GuardSelfTrades((1, 2), CANCEL))
    floor.order(SELL, 3, 1000, participant=1)
    floor.order(SELL, 4, 1000, participant=3)
    events = floor.order(BUY, 5, 1000, participant=2)
    assert events[1:] == [Cancelled(1, 1, 3, Reason.SELF_TRADE), Traded(1, 2, 1000, 4, 3, 2, 2, 3, BUY)]
    # A third one is nobody's
    floor.order(SELL, 1, 1000, participant=3)
    floor.order(SELL, 1, 1001, participant=3)
    assert kinds(floor.order(BUY, 1, 1001, participant=3)) == ["Accepted", "Traded"]


def test_an_owner_may_be_excepted_from_the_market_s_default() -> None:
    floor = guarded(REJECT)
    floor.send(GuardSelfTrades((OWN,), ALLOW))
    floor.order(SELL, 3, 1000)
    assert kinds(floor.order(BUY, 3, 1000)) == ["Accepted", "Traded"]


@pytest.mark.parametrize("now", [at(9, 16), at(14, 58)])
def test_in_an_auction_no_own_orders_cross(now: Any) -> None:
    # Who trades with whom is known at its end only: every crossing one counts, however much stands before it
    floor = guarded(CANCEL, now)
    floor.order(SELL, 9, 990, participant=OTHER)
    floor.order(SELL, 3, 1000, participant=OWN)
    floor.order(SELL, 3, 1010, participant=OWN)
    assert floor.order(BUY, 1, 1000, participant=OWN) == [
        Accepted(4, OWN),
        Cancelled(2, OWN, 3, Reason.SELF_TRADE),
    ]
    floor = guarded(REJECT, now)
    floor.order(SELL, 9, 990, participant=OTHER)
    floor.order(SELL, 3, 1000, participant=OWN)
    assert kinds(floor.order(BUY, 1, 1000, participant=OWN)) == ["Refused"]
    assert kinds(floor.order(BUY, 1, 999, participant=OWN)) == ["Accepted"]


@pytest.mark.fault("F34")
def test_what_rests_crossed_behind_a_breaker_is_guarded_like_an_auction() -> None:
    floor = guarded(CANCEL)
    floor.order(SELL, 5, 1500, participant=OTHER)
    floor.order(SELL, 5, 1600, participant=OWN)
    events = floor.order(BUY, 5, 1600, participant=OWN)
    assert kinds(events) == ["Accepted", "Cancelled", "PhaseBegan"]
    assert floor.book() == [(BUY, 1600, 5), (SELL, 1500, 5)]
    floor = guarded(REJECT)
    floor.order(SELL, 5, 1500, participant=OTHER)
    floor.order(SELL, 5, 1600, participant=OWN)
    assert kinds(floor.order(BUY, 5, 1600, participant=OWN)) == ["Refused"]
    assert floor.exchange.phase_of(2) is Phase.CONTINUOUS


@pytest.mark.fault("F34")
def test_own_orders_outside_the_band_trip_nothing() -> None:
    floor = guarded(CANCEL)
    floor.order(SELL, 5, 1500, participant=OWN)
    assert kinds(floor.order(BUY, 5, 1500, participant=OWN)) == ["Accepted", "Cancelled"]
    assert floor.exchange.phase_of(2) is Phase.CONTINUOUS


@pytest.mark.parametrize("mode", [CANCEL, REJECT])
def test_a_maker_s_quote_against_its_own_order(mode: SelfTrade) -> None:
    floor = floor_with_maker(rules=profile(self_trade=mode))
    floor.order(SELL, 4, 990, participant=MAKER)
    events = floor.send(quote())
    if mode is REJECT:
        assert events == [QuoteRefused(1, MAKER, 2, Reason.SELF_TRADE, "contract", "0.0990")]
    else:
        assert events[1:] == [Cancelled(1, MAKER, 4, Reason.SELF_TRADE)]


def test_an_own_order_against_the_maker_s_quote_takes_one_side_out() -> None:
    floor = floor_with_maker(rules=profile(self_trade=CANCEL))
    floor.send(quote())
    assert floor.order(BUY, 4, 1010, participant=MAKER)[1:] == [Cancelled(1003, MAKER, 12, Reason.SELF_TRADE)]
    # The other side lives on until the quote is over
    assert floor.send(quote(2))[0] == QuoteCancelled(1, MAKER, 2, 1002, 1003, 10, 0, Reason.QUOTE_REPLACED)


def test_the_quote_that_is_replaced_is_not_met() -> None:
    floor = floor_with_maker(rules=profile(self_trade=REJECT))
    floor.send(quote())
    assert type(floor.send(quote(2, bid_price=1010, ask_price=1020))[-1]) is QuoteAccepted


def test_market_to_limit_rests_at_the_price_its_own_order_had() -> None:
    floor = guarded(CANCEL)
    floor.order(SELL, 3, 1000)
    assert floor.order(BUY, 3, 0, OrderType.MARKET_TO_LIMIT)[-1] == Restated(2, OWN, 1000, 3)
