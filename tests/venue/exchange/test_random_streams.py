"""Random days against a second, naive exchange, and what must hold after every command whatever comes."""

import hashlib
import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from terminal.domain.market_data import Column
from terminal.domain.orders import OrderType, Side
from terminal.domain.phases import Phase
from terminal.domain.reasons import Reason
from terminal.venue.exchange.messages import (
    Accepted,
    Cancelled,
    CancelRefused,
    DayClosed,
    NewOrder,
    PhaseBegan,
    Refused,
    Restated,
    Suspend,
    Traded,
)
from tests.venue.exchange.floor import BUY, SELL, Floor, at, profile


@dataclass
class NaiveOrder:
    order_id: int
    side: Side
    price: int
    leaves: int


@dataclass
class NaiveBook:
    """The rule of price and time by sorting a list before every single trade."""

    orders: list[NaiveOrder] = field(default_factory=list)
    trades: list[tuple[int, int, int, int]] = field(default_factory=list)
    """Price, quantity, buyer's and seller's order id"""

    def rank(self, side: Side) -> list[NaiveOrder]:
        """The orders of a side, first to trade first; Python's sort keeps those of one price in their order."""
        own = [o for o in self.orders if o.side is side]
        return sorted(own, key=lambda o: -o.price if side is BUY else o.price)

    def match(self, order_id: int, side: Side, quantity: int, limit: int) -> int:
        while quantity:
            facing = self.rank(side.opposite)
            if not facing or (facing[0].price > limit if side is BUY else facing[0].price < limit):
                break
            best = facing[0]
            traded = min(quantity, best.leaves)
            ids = (order_id, best.order_id) if side is BUY else (best.order_id, order_id)
            self.trades.append((best.price, traded, *ids))
            quantity -= traded
            best.leaves -= traded
            self.orders = [o for o in self.orders if o.leaves]
        return quantity

    def enter(self, order_id: int, side: Side, order_type: OrderType, quantity: int, price: int) -> None:
        facing = self.rank(side.opposite)
        if order_type is OrderType.LIMIT_FOK or order_type is OrderType.MARKET_FOK:
            far = 10**6 if side is BUY else 0
            limit = price if order_type is OrderType.LIMIT_FOK else far
            reached = [o.leaves for o in facing if (o.price <= limit if side is BUY else o.price >= limit)]
            if sum(reached) >= quantity:
                self.match(order_id, side, quantity, limit)
            return
        if order_type.is_market:
            if not facing:
                return
            price = facing[0].price
        left = self.match(order_id, side, quantity, price)
        if left and order_type.may_rest:
            self.orders.append(NaiveOrder(order_id, side, price, left))


prices = st.integers(990, 1010)
quantities = st.integers(1, 10)
entries = st.tuples(st.sampled_from([BUY, SELL]), st.sampled_from(list(OrderType)), quantities, prices)
limits = st.tuples(st.sampled_from([BUY, SELL]), st.just(OrderType.LIMIT), quantities, prices)
cancels = st.integers(1, 60)
streams = st.lists(st.one_of(limits, entries, cancels), max_size=60)


@settings(max_examples=300)
@given(streams)
def test_continuous_trading_is_that_of_a_sorted_list(stream: list[tuple[Side, OrderType, int, int] | int]) -> None:
    floor, naive = Floor(), NaiveBook()
    for step in stream:
        if isinstance(step, int):
            floor.cancel(step)
            naive.orders = [o for o in naive.orders if o.order_id != step]
            continue
        side, order_type, quantity, price = step
        naive.enter(floor.next_id, side, order_type, quantity, price)
        floor.order(side, quantity, price if order_type.has_price else 0, order_type)
        best_bid, best_ask = floor.column(Column.BID_PRICE), floor.column(Column.ASK_PRICE)
        assert not best_bid or not best_ask or best_bid < best_ask
    trades = [(e.price, e.quantity, e.buy_order_id, e.sell_order_id) for e in floor.events if isinstance(e, Traded)]
    assert trades == naive.trades
    expected = [(o.order_id, o.price, o.leaves) for side in (BUY, SELL) for o in naive.rank(side)]
    assert [(o.order_id, o.price, o.leaves) for o in floor.exchange.resting_orders(2)] == expected


def wild_steps(seed: int) -> Iterator[Floor]:
    """A day of everything at once: auctions, breakers, halts, all order types, hostile figures; after each command."""
    rng = random.Random(seed)
    floor = Floor(at(9, 10), rules=profile(ioc_levels=rng.randint(1, 3)))
    while floor.now < at(15, 5):
        floor.now += timedelta(seconds=rng.choice([0, 0, 1, 5, 60, 300]))
        kind = rng.random()
        if kind < 0.2:
            floor.cancel(rng.randint(1, floor.next_id), participant=rng.randint(1, 2))
        elif kind < 0.23:
            floor.send(Suspend(rng.choice(["510050", "510300"]), resume=rng.random() < 0.7))
        else:
            order_type = rng.choice(list(OrderType)) if rng.random() < 0.3 else OrderType.LIMIT
            price = rng.choice([rng.randint(950, 1050), rng.randint(950, 1050), rng.randint(-5, 4000)])
            floor.order(
                rng.choice([BUY, SELL]),
                rng.choice([rng.randint(1, 50), rng.randint(1, 10), rng.choice([0, 51, 2**70])]),
                price if order_type.has_price else 0,
                order_type,
                instrument=rng.randint(1, 6),
                participant=rng.randint(1, 2),
                closes=rng.random() < 0.4,
            )
        yield floor


def leaves_by_events(floor: Floor) -> dict[int, int]:
    """What is left of every accepted order, by the events alone."""
    quantities = {c.order_id: c.quantity for c in floor.sent if isinstance(c, NewOrder)}
    left: dict[int, int] = {}
    for event in floor.events:
        if isinstance(event, Accepted):
            left[event.order_id] = quantities[event.order_id]
        elif isinstance(event, Traded):
            for order_id in (event.buy_order_id, event.sell_order_id):
                left[order_id] -= event.quantity
                assert left[order_id] >= 0
        elif isinstance(event, Restated):
            assert left[event.order_id] == event.leaves
        elif isinstance(event, Cancelled):
            # Filled plus leaves is the quantity, and nothing happens to an order after its end
            assert left.pop(event.order_id) == event.leaves
    return {order_id: leaves for order_id, leaves in left.items() if leaves}


@pytest.mark.fault("F34", "F39")
@settings(max_examples=25)
@given(st.integers(0, 10**6))
def test_quantities_are_conserved_on_a_wild_day(seed: int) -> None:
    for floor in wild_steps(seed):
        if len(floor.sent) % 50 == 0:
            assert leaves_by_events(floor) == {o.order_id: o.leaves for o in floor.exchange.resting_orders()}
    assert leaves_by_events(floor) == {}
    assert DayClosed() in floor.events
    trades = [e for e in floor.events if isinstance(e, Traded)]
    assert [t.trade_id for t in trades] == list(range(1, len(trades) + 1))
    for number in range(2, 6):
        mine = [t for t in trades if t.instrument == number]
        row = floor.exchange.quote_rows([number])[0]
        assert row[Column.VOLUME] == sum(t.quantity for t in mine)
        if mine:
            assert row[Column.LAST] == mine[-1].price
            assert row[Column.OPEN] == mine[0].price
            assert row[Column.HIGH] == max(t.price for t in mine)
            assert row[Column.LOW] == min(t.price for t in mine)


@settings(max_examples=25)
@given(st.integers(0, 10**6))
def test_book_is_never_crossed_while_a_contract_trades_continuously(seed: int) -> None:
    seen = set()
    for floor in wild_steps(seed):
        for number in range(2, 6):
            phase = floor.exchange.phase_of(number)
            seen.add(phase)
            if phase is Phase.CONTINUOUS:
                row = floor.exchange.quote_rows([number])[0]
                bid, ask = row[Column.BID_PRICE], row[Column.ASK_PRICE]
                assert not bid or not ask or bid < ask
                assert row[Column.AUCTION_QUANTITY] == 0
            assert floor.exchange.quote_rows([number])[0, Column.OPEN_INTEREST] >= 0
    assert {Phase.CONTINUOUS, Phase.AFTER_CLOSE} <= seen


@settings(max_examples=25)
@given(st.integers(0, 10**6))
def test_rows_not_told_as_changed_are_as_before(seed: int) -> None:
    before = None
    for floor in wild_steps(seed):
        rows, changed = floor.exchange.quote_rows(), floor.exchange.take_changed()
        if before is not None:
            unchanged = [number for number in range(6) if number not in changed]
            assert rows[unchanged].tolist() == before[unchanged].tolist()
        before = rows


def digest(floor: Floor) -> str:
    return hashlib.sha256("\n".join(map(repr, floor.events)).encode()).hexdigest()


def test_same_commands_at_the_same_times_give_the_same_events() -> None:
    for seed in range(5):
        *_, first = wild_steps(seed)
        *_, second = wild_steps(seed)
        assert len(first.events) > 300
        assert digest(first) == digest(second)
        assert first.exchange.quote_rows().tobytes() == second.exchange.quote_rows().tobytes()


def test_wild_days_meet_every_kind_of_event_and_refusal() -> None:
    """Keeps the random days above from growing tame."""
    kinds: set[object] = set()
    reasons: set[Reason] = set()
    for seed in range(20):
        *_, floor = wild_steps(seed)
        kinds |= {type(e) for e in floor.events}
        reasons |= {e.reason for e in floor.events if isinstance(e, Refused | Cancelled | CancelRefused)}
        kinds |= {e.phase for e in floor.events if isinstance(e, PhaseBegan)}
    assert {Restated, DayClosed, Phase.BREAKER, Phase.HALTED} <= kinds
    assert {Reason.FILL_OR_KILL, Reason.REMAINDER_CANCELLED, Reason.NO_OPPOSITE_SIDE, Reason.MALFORMED} <= reasons
    assert {Reason.ORDER_TYPE_NOT_NOW, Reason.PHASE_CLOSED, Reason.DAY_ENDED, Reason.NOT_CANCELLABLE} <= reasons
