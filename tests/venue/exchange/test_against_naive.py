"""The exchange against a second, naive one over whole random days, and the invariants after every command."""

import random
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from terminal.domain.market_data import Column
from terminal.domain.orders import OrderType, SelfTrade
from terminal.domain.phases import Phase
from terminal.venue.exchange.messages import (
    Accepted,
    Cancelled,
    CancelQuote,
    ExchangeEvent,
    MassQuote,
    NewQuote,
    QuoteAccepted,
    QuoteCancelled,
    RegisterMaker,
    Suspend,
    Traded,
)
from tests.venue.exchange.floor import BUY, SELL, Floor, at, profile
from tests.venue.exchange.naive import Incoming, NaiveContract, clock, phase_at

CONTRACTS = (2, 3)
MAKERS = (3, 4)
#: Where the day is full of edges: auctions, windows without cancels, lunch, the close
STARTS = [clock(9, 15), clock(9, 23), clock(9, 30), clock(11, 26), clock(13, 30), clock(14, 52), clock(14, 58)]


class Pair:
    """The real exchange and the naive one, given the same commands."""

    def __init__(self, rng: random.Random, start: int) -> None:
        self.rng = rng
        self.guard = rng.choice(list(SelfTrade))
        levels = rng.randint(1, 3)
        self.now = start
        self.floor = Floor(at(0) + timedelta(seconds=start), rules=profile(ioc_levels=levels, self_trade=self.guard))
        self.naive = {n: NaiveContract(self.guard, levels) for n in CONTRACTS}
        self.quote_id = 0
        self.sizes: dict[int, int] = {}
        self.live: dict[int, int] = {}
        """What is left of every order, by the events alone"""
        self.seen = 0
        for maker in MAKERS:
            self.floor.send(RegisterMaker(maker, ("510050",)))

    # ---- steps

    def step(self) -> None:
        rng = self.rng
        kind = rng.random()
        if kind < 0.08:
            self.wait(rng.choice([1, 7, 60, 200]))
        elif kind < 0.18:
            self.cancel(rng.randint(1, max(1, self.floor.next_id)), rng.choice([1, 2, *MAKERS]))
        elif kind < 0.35:
            self.quotes(rng.choice([1, 1, 2, 4]))
        elif kind < 0.39:
            maker, number = rng.choice(MAKERS), rng.choice(CONTRACTS)
            taken = self.naive[number].cancel_quote(maker, self.now)
            (event,) = self.floor.send(CancelQuote(maker, number))
            assert (type(event) is QuoteCancelled) is taken
        elif kind < 0.41:
            resume = rng.random() < 0.6
            self.floor.send(Suspend("510050", resume=resume))
            for contract in self.naive.values():
                contract.halt(resume=resume, now=self.now)
        else:
            self.order()

    def wait(self, seconds: int) -> None:
        for second in range(self.now + 1, self.now + seconds + 1):
            for contract in self.naive.values():
                contract.tick(second)
        self.now += seconds
        self.floor.wait(at(0) + timedelta(seconds=self.now))

    def price(self) -> int:
        rng = self.rng
        near = rng.choice([rng.randint(990, 1010), rng.randint(940, 1060), rng.randint(480, 520)])
        return rng.choice([near, near, near, rng.randint(1480, 1520), 1, 3700])

    def order(self) -> None:
        rng = self.rng
        number, side, participant = rng.choice(CONTRACTS), rng.choice([BUY, SELL]), rng.choice([1, 2, *MAKERS])
        order_type = rng.choice(list(OrderType)) if rng.random() < 0.4 else OrderType.LIMIT
        quantity, closes = rng.randint(1, 10), rng.random() < 0.4
        price = self.price() if order_type.has_price else 0
        order = Incoming(self.floor.next_id, participant, side, order_type, quantity, price, closes)
        self.sizes[order.order_id] = quantity
        taken = self.naive[number].enter(order, self.now)
        events = self.floor.order(
            side, quantity, price, order_type, instrument=number, participant=participant, closes=closes
        )
        assert (type(events[0]) is Accepted) is taken, (events, order)

    def quotes(self, count: int) -> None:
        rng, maker = self.rng, self.rng.choice(MAKERS)
        quotes, taken = [], []
        for _ in range(count):
            number, bid, ask = rng.choice(CONTRACTS), self.price(), self.price()
            if rng.random() < 0.9:
                bid, ask = min(bid, ask), max(bid, ask)
            self.quote_id += 1
            first = self.floor.next_id
            self.floor.next_id += 2
            sizes = rng.randint(1, 10), rng.randint(1, 10)
            closes = rng.random() < 0.4
            quotes.append(
                NewQuote(self.quote_id, maker, number, first, first + 1, bid, sizes[0], ask, sizes[1], closes, closes)
            )
            self.sizes[first], self.sizes[first + 1] = sizes
            sides = (
                Incoming(first, maker, BUY, OrderType.LIMIT, sizes[0], bid, closes),
                Incoming(first + 1, maker, SELL, OrderType.LIMIT, sizes[1], ask, closes),
            )
            taken.append(self.naive[number].quote(maker, *sides, self.now))
        events = self.floor.send(quotes[0] if count == 1 else MassQuote(maker, count, tuple(quotes)))
        accepted = {e.quote_id for e in events if isinstance(e, QuoteAccepted)}
        assert [q.quote_id in accepted for q in quotes] == taken, (events, quotes)

    def cancel(self, order_id: int, participant: int) -> None:
        taken = [contract.cancel(order_id, participant, self.now) for contract in self.naive.values()]
        (event,) = self.floor.cancel(order_id, participant)
        assert (type(event) is Cancelled) is any(taken)

    # ---- what must hold

    def compare(self) -> None:
        """Same books in the same rank, same trades, same reference, by contract."""
        for number, naive in self.naive.items():
            rest = [(o.order_id, o.price, o.leaves) for o in self.floor.exchange.resting_orders(number)]
            expected = [(o.order_id, o.price, o.leaves) for side in (BUY, SELL) for o in naive.side(side)]
            assert rest == expected
            phase = self.floor.exchange.phase_of(number)
            assert (phase is Phase.BREAKER or phase is Phase.LUNCH) or naive.breaker_until is None
            assert (phase is Phase.HALTED) is (naive.halted and phase_at(self.now) != "E")

    def compare_trades(self) -> None:
        for number, naive in self.naive.items():
            mine = [e for e in self.floor.events if isinstance(e, Traded) and e.instrument == number]
            assert [(e.price, e.quantity, e.buy_order_id, e.sell_order_id) for e in mine] == naive.trades

    def check(self) -> None:
        """I1-I3 by the events alone, I9 and I10 by the books."""
        for event in self.floor.events[self.seen :]:
            self.follow(event)
        self.seen = len(self.floor.events)
        resting = self.floor.exchange.resting_orders()
        assert {o.order_id: o.leaves for o in resting} == {i: n for i, n in self.live.items() if n}
        for order in resting:
            assert type(order.price) is int
            assert 1 <= order.price <= 3700
            assert order.leaves > 0
        for number in CONTRACTS:
            bids = [o for o in resting if o.instrument == number and o.side is BUY]
            asks = [o for o in resting if o.instrument == number and o.side is SELL]
            if self.guard is not SelfTrade.ALLOW:
                best = {o.participant: o.price for o in reversed(bids)}
                assert all(best.get(o.participant, 0) < o.price for o in asks)
            if self.floor.exchange.phase_of(number) is Phase.CONTINUOUS and bids and asks:
                assert bids[0].price < asks[0].price
        assert (self.floor.exchange.quote_rows()[:, Column.LAST :] >= 0).all()

    def follow(self, event: ExchangeEvent) -> None:
        if isinstance(event, Accepted):
            self.live[event.order_id] = self.sizes[event.order_id]
        elif isinstance(event, QuoteAccepted):
            for side in (event.bid_order_id, event.ask_order_id):
                self.live[side] = self.sizes[side]
        elif isinstance(event, Traded):
            if self.guard is not SelfTrade.ALLOW:
                assert event.buy_participant != event.sell_participant
            for order_id in (event.buy_order_id, event.sell_order_id):
                self.live[order_id] -= event.quantity
                assert self.live[order_id] >= 0
        elif isinstance(event, Cancelled):
            # Filled plus what is left is the quantity, and nothing happens to an order after its end
            assert self.live.pop(event.order_id) == event.leaves
        elif isinstance(event, QuoteCancelled):
            assert self.live.pop(event.bid_order_id, 0) == event.bid_leaves
            assert self.live.pop(event.ask_order_id, 0) == event.ask_leaves


def played(seed: int, steps: int) -> Pair:
    rng = random.Random(seed)
    pair = Pair(rng, rng.choice(STARTS))
    for _ in range(steps):
        pair.step()
        pair.compare()
        pair.check()
    pair.compare_trades()
    return pair


@pytest.mark.fault("F34", "F39")
@settings(max_examples=40)
@given(st.integers(0, 10**9))
def test_random_days_are_those_of_the_naive_exchange(seed: int) -> None:
    played(seed, 120)


@pytest.mark.fault("F34")
def test_the_random_days_meet_what_they_are_for() -> None:
    """Keeps the test above from growing tame."""
    kinds: set[str] = set()
    reasons, phases, guards = set(), set(), set()
    for seed in range(40):
        pair = played(seed, 120)
        guards.add(pair.guard)
        for event in pair.floor.events:
            kinds.add(type(event).__name__)
            reasons.add(getattr(event, "reason", None))
            phases.add(getattr(event, "phase", None))
    assert {"Traded", "Restated", "QuoteAccepted", "QuoteRefused", "QuoteCancelled", "CancelRefused"} <= kinds
    assert {"self_trade", "quote_replaced", "fill_or_kill", "cancel_window", "quote_side", "day_ended"} <= reasons
    assert {Phase.BREAKER, Phase.HALTED, Phase.LUNCH, Phase.AFTER_CLOSE} <= phases
    assert guards == set(SelfTrade)
