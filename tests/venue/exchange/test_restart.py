"""A day taken up in its middle: statistics, books, halts and breakers go on as if nothing had happened."""

import pytest

from terminal.domain.errors import BadInput
from terminal.domain.phases import Phase
from terminal.domain.reasons import Reason
from terminal.venue.exchange.exchange import QuotingState
from terminal.venue.exchange.messages import (
    Cancelled,
    CancelOrder,
    CancelQuote,
    ExchangeCommand,
    ExchangeEvent,
    OpeningState,
    RequestQuote,
    RestingOrder,
    Suspend,
    Traded,
)
from tests.venue.exchange.floor import BUY, SELL, UP, Floor, at, profile
from tests.venue.exchange.test_quoting import MAKER, floor_with_maker, quote


def taken_up(floor: Floor) -> Floor:
    """Another floor that goes on from where this one stands."""
    exchange = floor.exchange
    other = Floor(floor.now, rules=profile(), opening=exchange.opening_state())
    other.exchange.restore(exchange.resting_orders(), exchange.next_trade_id, exchange.quoting_state())
    other.next_id = floor.next_id
    return other


def go_on(floor: Floor) -> list[ExchangeEvent]:
    """The rest of a day, as any floor may see it."""
    events = floor.order(SELL, 4, 990)
    events += floor.order(BUY, 1, UP)
    events += floor.cancel(1)
    events += floor.wait(at(10, 30))
    events += floor.send(Suspend("510050", resume=True))
    return events + floor.wait(at(15))


def continuous(floor: Floor) -> None:
    floor.order(BUY, 3, 1000)
    floor.order(SELL, 1, 1000)
    floor.order(BUY, 2, 1000, participant=2)
    floor.order(SELL, 1, 1010)
    floor.order(SELL, 9, 2000, instrument=5)


def in_breaker(floor: Floor) -> None:
    continuous(floor)
    floor.order(SELL, 3, 1800)
    floor.order(BUY, 3, 1800)


def halted(floor: Floor) -> None:
    continuous(floor)
    floor.send(Suspend("510050"))
    floor.order(SELL, 1, 900)


def after_an_auction(floor: Floor) -> None:
    in_breaker(floor)
    floor.wait(at(10, 4))


@pytest.mark.parametrize("story", [continuous, in_breaker, halted, after_an_auction])
def test_exchange_taken_up_gives_the_same_events_and_quotes(story: object) -> None:
    assert callable(story)
    floor = Floor()
    story(floor)
    other = taken_up(floor)
    assert other.exchange.resting_orders() == floor.exchange.resting_orders()
    assert other.exchange.quote_rows()[:, 2:].tolist() == floor.exchange.quote_rows()[:, 2:].tolist()
    assert other.exchange.opening_state() == floor.exchange.opening_state()
    assert go_on(other) == go_on(floor)
    assert other.exchange.opening_state() == floor.exchange.opening_state()


def test_crossed_auction_book_comes_back_unmatched() -> None:
    floor = Floor(at(14, 58))
    floor.order(BUY, 1, 1000)
    floor.order(SELL, 1, 990)
    other = taken_up(floor)
    assert other.trades() == []
    assert [e for e in other.wait(at(15)) if isinstance(e, Traded)] == [
        e for e in floor.wait(at(15)) if isinstance(e, Traded)
    ]


def test_book_that_comes_back_crossed_into_continuous_trading_is_matched_by_the_next_command() -> None:
    floor = Floor()
    floor.exchange.restore(
        [RestingOrder(1, 1, 2, BUY, 1010, 2, False), RestingOrder(2, 2, 2, SELL, 1000, 2, False)], next_trade_id=41
    )
    (event,) = floor.wait(floor.now)
    assert isinstance(event, Traded)
    assert (event.trade_id, event.price, event.quantity) == (41, 1005, 2)


def test_order_put_back_twice_or_to_no_contract_is_refused() -> None:
    floor = Floor()
    order = RestingOrder(1, 1, 2, BUY, 1000, 1, False)
    floor.exchange.restore([order])
    with pytest.raises(BadInput, match="order_id"):
        floor.exchange.restore([order])
    with pytest.raises(BadInput, match="instrument"):
        floor.exchange.restore([RestingOrder(2, 1, 0, BUY, 1000, 1, False)])


def test_closing_orders_come_back_in_their_rank() -> None:
    floor = Floor(rules=profile(breaker=False))
    for closes in (False, True, True):
        floor.order(BUY, 1, UP, closes=closes)
    other = taken_up(floor)
    assert [o.order_id for o in other.exchange.resting_orders(2)] == [2, 3, 1]


def test_statistics_given_at_the_opening_are_shown() -> None:
    floor = Floor(opening=[OpeningState(3, 1200, 1100, 1300, 1000, 77, 8800, 55), OpeningState(0, 27000)])
    assert floor.exchange.quote_rows([3])[0, 3:10].tolist() == [1200, 1100, 1300, 1000, 77, 8800, 55]
    assert floor.exchange.quote_rows([0])[0, 3] == 27000
    assert floor.exchange.phase_of(3) is Phase.CONTINUOUS


@pytest.mark.requirement("M3")
def test_quotes_inquiries_and_makers_come_back() -> None:
    floor = floor_with_maker()
    floor.send(RequestQuote(7, 1, 2))
    floor.send(quote(1, inquiry_id=7))
    floor.send(quote(2, instrument=3))
    floor.order(SELL, 10, 990)
    floor.send(quote(3, instrument=3, bid_price=980))
    other = taken_up(floor)
    assert other.exchange.quoting_state() == floor.exchange.quoting_state()
    assert other.exchange.quote_rows()[:, 2:].tolist() == floor.exchange.quote_rows()[:, 2:].tolist()
    story: list[ExchangeCommand] = [
        quote(4, inquiry_id=7),
        RequestQuote(8, 1, 2),
        CancelOrder(1007, MAKER),
        quote(3),
        CancelQuote(MAKER),
    ]
    assert [other.send(c) for c in story] == [floor.send(c) for c in story]


def test_a_quote_whose_sides_did_not_come_back_is_over_and_none_comes_twice() -> None:
    floor = floor_with_maker()
    floor.send(quote())
    quoting = floor.exchange.quoting_state()
    other = Floor(rules=profile())
    other.exchange.restore([], quoting=quoting)
    assert other.exchange.quoting_state() == QuotingState(makers=quoting.makers)
    with pytest.raises(BadInput, match="quote_id"):
        other.exchange.restore([], quoting=quoting)


def test_orders_put_back_after_their_end_are_cancelled_by_the_next_command() -> None:
    floor = Floor(at(15, 10))
    floor.exchange.restore([RestingOrder(1, 1, 2, BUY, 1010, 2, False), RestingOrder(2, 2, 2, SELL, 1000, 2, False)])
    assert floor.wait(floor.now) == [Cancelled(1, 1, 2, Reason.DAY_ENDED), Cancelled(2, 2, 2, Reason.DAY_ENDED)]
