"""One seed gives one day, byte for byte, and a crowd restored from its state goes on with the very next event."""

import hashlib
from collections.abc import Iterable
from datetime import timedelta

import msgspec
import pytest

from benchmarks.crowd_floor import SNAPSHOT_DAY, Floor, load, moment, snapshot_floor, snapshot_market
from terminal.domain.errors import BadInput
from terminal.domain.orders import OrderType, Side
from terminal.venue.crowd.crowd import Crowd
from terminal.venue.exchange.messages import ExchangeEvent, NewOrder, Suspend, Traded

pytestmark = pytest.mark.requirement("X8")
DESK = 1000


def digest(events: Iterable[ExchangeEvent]) -> str:
    """A hash of the events' encoded form, their kinds included."""
    summed = hashlib.sha256()
    for event in events:
        summed.update(type(event).__name__.encode())
        summed.update(msgspec.msgpack.encode(event))
    return summed.hexdigest()


def a_morning(seed: int) -> Floor:
    """Auction in coarse steps, then half a minute of trading with a desk in it."""
    floor = snapshot_floor(seed)
    floor.play_until(moment(9, 30), step=5.0)
    for number in range(30):
        floor.play(1.0)
        side = Side.BUY if number % 2 else Side.SELL
        order = NewOrder(number, DESK, 1 + number, side, OrderType.MARKET_IOC, 5)
        for event in floor.exchange.handle(order, floor.now):
            floor.crowd.on_event(event)
            floor.events.append(event)
    return floor


def test_one_seed_gives_the_same_bytes_and_another_seed_does_not() -> None:
    first, second, other = a_morning(3), a_morning(3), a_morning(4)
    assert len(first.events) > 5000
    assert digest(first.events) == digest(second.events)
    assert digest(first.events) != digest(other.events)
    assert first.crowd.state() == second.crowd.state()


def test_the_crowds_picture_of_its_orders_is_the_exchanges_also_after_desks_trade_with_it() -> None:
    floor = a_morning(3)
    met = [e for e in floor.events if isinstance(e, Traded) and DESK in (e.buy_participant, e.sell_participant)]
    assert len(met) > 10
    rest = floor.exchange.resting_orders()
    assert all(order.participant < DESK for order in rest)
    assert floor.crowd.working_orders() == [(order.order_id, order.leaves) for order in rest]


@pytest.mark.fault("F51")
@pytest.mark.parametrize("halted", [False, True])
def test_a_restored_crowd_goes_on_as_if_nothing_had_happened(halted: bool) -> None:
    killed, spared = a_morning(5), a_morning(5)
    if halted:
        for floor in (killed, spared):
            for event in floor.exchange.handle(Suspend("510050"), floor.now):
                floor.crowd.on_event(event)
    saved = killed.crowd.state()
    fresh = snapshot_floor(seed=99)
    fresh.crowd.restore(saved)
    revived = Floor(killed.underlyings, killed.contracts, fresh.crowd, killed.exchange, killed.now)
    assert digest(revived.play(20.0)) == digest(spared.play(20.0))
    assert revived.crowd.state() == spared.crowd.state()


@pytest.mark.fault("F51")
def test_with_an_exchange_that_came_back_empty_the_books_are_filled_again() -> None:
    floor = a_morning(5)
    saved = floor.crowd.state()
    back = snapshot_floor()
    back.crowd.restore(saved)
    back.open_at(floor.now)
    rows = back.rows()
    assert (rows[:, 12:14] > 0).all(axis=1).sum() > 0.9 * len(rows)
    assert not back.crowd.refusals


def test_a_state_of_another_day_other_contracts_or_rubbish_is_refused_whole() -> None:
    floor = a_morning(5)
    saved = floor.crowd.state()
    market = snapshot_market(load()[1])
    fewer = Crowd(market, 1, floor.underlyings, floor.contracts[:-1], SNAPSHOT_DAY)
    later = Crowd(market, 1, floor.underlyings, floor.contracts, SNAPSHOT_DAY + timedelta(days=3))
    for crowd, field in ((fewer, "instruments"), (later, "day")):
        before = crowd.state()
        with pytest.raises(BadInput, match=field):
            crowd.restore(saved)
        assert crowd.state() == before
    for rubbish in (b"", b"\x80", saved[:-5], msgspec.msgpack.encode({"version": 1})):
        with pytest.raises(BadInput, match="crowd state"):
            floor.crowd.restore(rubbish)
    assert floor.crowd.state() == saved


@pytest.mark.parametrize("seconds", [0.0, -1.0, 301.0, float("nan")])
def test_a_step_has_a_length_of_at_most_five_minutes(seconds: float) -> None:
    floor = snapshot_floor()
    with pytest.raises(BadInput, match="step"):
        floor.crowd.step(floor.now, floor.exchange, seconds)
