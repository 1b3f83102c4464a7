"""A day with the crowd: books like the real snapshot's, sound at any moment, and quiet where the rules want it."""

import numpy as np
import pytest

from benchmarks.crowd import REAL, BookFigures, simulated_figures
from benchmarks.crowd_floor import Floor, moment, snapshot_floor
from terminal.domain.market_data import Column, QuoteRows
from terminal.domain.orders import OrderType, Side
from terminal.domain.phases import Phase
from terminal.venue.exchange.messages import (
    Accepted,
    Cancelled,
    CancelOrder,
    DayClosed,
    NewOrder,
    PhaseBegan,
    Suspend,
    Traded,
)

pytestmark = pytest.mark.requirement("X8")


def crossed(rows: QuoteRows) -> int:
    """How many books in continuous trading stand with the best bid at or above the best ask."""
    bids, asks = rows[:, Column.BID_PRICE], rows[:, Column.ASK_PRICE]
    trading = rows[:, Column.PHASE] == ord(Phase.CONTINUOUS.value)
    return int((trading & (bids > 0) & (asks > 0) & (bids >= asks)).sum())


def tell(floor: Floor, command: NewOrder | CancelOrder | Suspend) -> None:
    """Somebody else's command, passed on as the host does."""
    for event in floor.exchange.handle(command, floor.now):
        floor.crowd.on_event(event)
        floor.events.append(event)


@pytest.mark.slow
def test_books_and_trades_look_like_the_real_snapshot() -> None:
    samples: list[QuoteRows] = []
    found: dict[tuple[str, str], list[BookFigures]] = {}
    for seed in (11, 12):
        floor = snapshot_floor(seed)
        floor.open_at(moment(10, 17))
        floor.play(60.0)
        samples = [floor.rows()]
        for _ in range(30):
            floor.play(6.0)
            samples.append(floor.rows())
        for group, figures in simulated_figures(floor.contracts, samples, 3.0).items():
            found.setdefault(group, []).append(figures)
        assert not floor.crowd.refusals
    assert found.keys() == REAL.keys()

    def mean(group: tuple[str, str], name: str) -> float:
        return float(np.mean([getattr(figures, name) for figures in found[group]]))

    for group, real in REAL.items():
        # The real spread is one photograph of a few contracts, so it is met between mean and median, widened
        low, high = sorted((real.spread, real.spread_median))
        assert 0.6 * low <= mean(group, "spread") <= 1.6 * high, group
        assert 0.55 * real.gap <= mean(group, "gap") <= 1.8 * real.gap, group
        assert 0.45 * real.touch <= mean(group, "touch") <= 2.2 * real.touch, group
        assert 0.5 * real.deeper <= mean(group, "deeper") <= 2.0 * real.deeper, group
        assert 0.45 * real.volume_a_minute <= mean(group, "volume_a_minute") <= 2.2 * real.volume_a_minute, group
    # The order of things that a trader sees first: tight and deep near the money, wide and thin in far months
    assert mean(("near", "at"), "spread") < mean(("next", "at"), "spread") < mean(("later", "at"), "spread")
    assert mean(("near", "at"), "touch") > mean(("next", "at"), "touch") > mean(("later", "at"), "touch")


def test_each_contract_changes_about_twice_a_second_with_few_commands() -> None:
    floor = snapshot_floor(2)
    floor.open_at(moment(10, 17))
    floor.play(5.0)
    floor.exchange.take_changed()
    changes, commands = 0, 0
    for _ in range(200):
        events = floor.play(0.1)
        commands += sum(isinstance(event, Accepted | Cancelled) for event in events)
        changes += sum(number > 0 for number in floor.exchange.take_changed())
    each = changes / 20.0 / len(floor.contracts)
    assert 1.5 < each < 3.5
    assert commands / 20.0 / len(floor.contracts) < 8.0


def test_no_book_is_ever_crossed_and_no_quote_leaves_the_limits() -> None:
    floor = snapshot_floor(6, volatility=0.6)
    floor.open_at(moment(9, 40))
    lowest = np.array([int(c.limit_down * 10000) for c in floor.contracts])[:, None]
    highest = np.array([int(c.limit_up * 10000) for c in floor.contracts])[:, None]
    for _ in range(60):
        floor.play(1.0)
        rows = floor.rows()
        assert crossed(rows) == 0
        prices = rows[:, [*range(12, 17), *range(22, 27)]]
        assert ((prices == 0) | ((prices >= lowest) & (prices <= highest))).all()
    assert not floor.crowd.refusals


@pytest.mark.slow
def test_a_whole_day_in_coarse_steps_keeps_every_rule() -> None:
    floor = snapshot_floor(8)
    floor.play_until(moment(9, 24), step=5.0)
    virtual = floor.rows()
    assert (virtual[:, Column.AUCTION_PRICE] > 0).mean() > 0.6
    floor.play_until(moment(9, 29), step=5.0)
    opened = floor.rows()
    assert (opened[:, Column.OPEN] > 0).mean() > 0.7
    spot = floor.exchange.quote_rows([0])[0]
    assert spot[Column.OPEN] == spot[Column.LAST] > 0
    floor.play_until(moment(11, 29), step=15.0)
    assert crossed(floor.rows()) == 0
    floor.play_until(moment(11, 30), step=15.0)
    lunch = floor.play_until(moment(12, 59), step=60.0)
    assert all(isinstance(event, PhaseBegan) for event in lunch)
    floor.play_until(moment(14, 57), step=15.0)
    before = floor.rows()
    floor.play_until(moment(15, 1), step=5.0)
    closed = floor.rows()
    assert isinstance(floor.events[-1], DayClosed)
    assert floor.crowd.working_orders() == []
    assert floor.exchange.resting_orders() == []
    assert (closed[:, Column.VOLUME] > before[:, Column.VOLUME]).mean() > 0.5
    trades = [event for event in floor.events if isinstance(event, Traded)]
    # 1.27 million contracts traded on the real day; a coarse day reaches the same order of size
    assert 300_000 < sum(trade.quantity for trade in trades) < 2_500_000
    assert sum(floor.crowd.refusals.values()) < 1e-4 * len(floor.events)
    moved = floor.rows()[:, Column.OPEN_INTEREST] - 20000
    assert np.abs(moved[closed[:, Column.VOLUME] > 1000]).min() > 0
    assert len(floor.play(60.0, step=5.0)) == 0


def test_before_the_auction_and_at_lunch_the_crowd_is_silent() -> None:
    floor = snapshot_floor(1)
    assert all(isinstance(event, PhaseBegan) for event in floor.play_until(moment(9, 14, 55), step=5.0))
    floor = snapshot_floor(1)
    floor.open_at(moment(11, 29))
    floor.play_until(moment(11, 30), step=0.5)
    book, price = floor.rows(), floor.crowd.paths.prices[0]
    at_lunch = floor.play_until(moment(12, 59), step=30.0)
    assert all(isinstance(event, PhaseBegan) for event in at_lunch)
    assert floor.crowd.paths.prices[0] == price
    assert (floor.rows()[:, Column.BID_PRICE :] == book[:, Column.BID_PRICE :]).all()
    assert len(floor.play(70.0, step=0.5)) > 100


def test_nothing_is_cancelled_in_an_auction() -> None:
    floor = snapshot_floor(3)
    events = floor.play_until(moment(9, 29), step=1.0)
    assert not any(isinstance(event, Cancelled) for event in events)
    assert not floor.crowd.refusals


@pytest.mark.fault("F34")
def test_a_halted_underlying_stands_still_with_its_options_and_both_go_on_after_it() -> None:
    floor = snapshot_floor(4)
    floor.open_at(moment(10, 0))
    floor.play(2.0)
    tell(floor, Suspend("510050"))
    price = floor.crowd.paths.prices[0]
    halted = floor.play(30.0, step=0.5)
    assert halted == []
    assert floor.crowd.paths.prices[0] == price
    tell(floor, Suspend("510050", resume=True))
    assert len(floor.play(10.0)) > 500
    assert floor.crowd.paths.prices[0] != price
    assert not floor.crowd.refusals


@pytest.mark.fault("F34")
def test_in_a_breakers_auction_the_crowd_gathers_orders_and_quotes_again_afterwards() -> None:
    floor = snapshot_floor(4)
    floor.open_at(moment(10, 0))
    place = next(n for n, row in enumerate(floor.rows().tolist()) if 500 < row[Column.ASK_PRICE] < 1500)
    instrument, limit_up = 1 + place, int(floor.contracts[place].limit_up * 10000)
    order_id = 1
    while floor.exchange.phase_of(instrument) is not Phase.BREAKER:
        # A desk buys the book up until a trade outside the band is due
        tell(floor, NewOrder(order_id, 1000, instrument, Side.BUY, OrderType.LIMIT, 50, limit_up))
        tell(floor, NewOrder(order_id + 1, 1001, instrument, Side.SELL, OrderType.LIMIT, 50, limit_up - order_id % 2))
        order_id += 2
        assert order_id < 400
    for order in floor.exchange.resting_orders(instrument):
        if order.participant >= 1000:
            tell(floor, CancelOrder(order.order_id, order.participant))
    gathered = floor.play(150.0, step=0.5)
    mine = [e for e in gathered if isinstance(e, Traded) and e.instrument == instrument]
    assert mine == []
    floor.play(60.0, step=0.5)
    assert floor.exchange.phase_of(instrument) is Phase.CONTINUOUS
    assert not floor.crowd.refusals


@pytest.mark.parametrize("move", [-0.05, 0.05])
def test_a_shock_moves_quotes_and_volatility_in_the_next_step(move: float) -> None:
    floor = snapshot_floor(5)
    floor.open_at(moment(10, 0))
    floor.play(5.0)
    before, volatility = floor.rows(), floor.crowd.surface.at_the_money().copy()
    floor.crowd.staging.shock("510050", move)
    floor.play(1.0)
    after = floor.rows()
    assert (floor.crowd.surface.at_the_money() > volatility + 0.001).all()
    # Near calls deep in the money follow the underlying almost one for one, 0.124 yuan
    near = min(contract.expiry for contract in floor.contracts)
    calls = [n for n, c in enumerate(floor.contracts) if c.right == "C" and c.expiry == near and float(c.strike) < 2.3]
    moved = (after[calls, Column.ASK_PRICE] - before[calls, Column.ASK_PRICE]) / 10000
    assert moved.mean() == pytest.approx(2.48 * move, rel=0.25)
    assert crossed(after) == 0


def test_desks_are_met_at_the_touch() -> None:
    floor = snapshot_floor(9)
    floor.open_at(moment(10, 0))
    # The 2.50 call of the nearest month, the busiest contract of the real day but for 2.55 and 2.60
    busiest = next(n for n, c in enumerate(floor.contracts) if c.trading_code == "510050C1811M02500")
    row = floor.rows()[busiest]
    price = int(row[Column.BID_PRICE])
    tell(floor, NewOrder(1, 1000, 1 + busiest, Side.BUY, OrderType.LIMIT, 5, price))
    events = floor.play(180.0, step=0.5)
    assert any(isinstance(event, Traded) and event.buy_order_id == 1 for event in events)


def test_trade_sizes_are_those_of_orders() -> None:
    floor = snapshot_floor(10)
    floor.open_at(moment(10, 0))
    sizes = [event.quantity for event in floor.play(60.0, step=0.5) if isinstance(event, Traded)]
    assert min(sizes) >= 1
    assert max(sizes) <= 50
    assert 2.0 < np.mean(sizes) < 8.0
