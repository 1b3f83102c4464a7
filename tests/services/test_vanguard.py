"""What the gate lets go ahead, it would let pass with all others; and what it would let pass goes ahead."""

import asyncio
import math
from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from terminal.domain.market_data import Column
from terminal.rules.protection.limit_sheet import LimitSheet
from terminal.rules.protection.order_checks import QuoteBatch, collar_width, outside_collar
from terminal.rules.protection.stops import CLEAR, Stops
from terminal.services.quote_board import NO_ASK
from terminal.services.spot_pricer import SpotPricer
from terminal.services.vanguard import Vanguard
from tests.harness import FUND, OPEN_SHEET, DeskRig
from tests.quoting_rig import closed_maker

#: The cheap call and the put of the list
NUMBERS = np.array([1, 2])


@pytest.fixture(scope="module")
def rig(tmp_path_factory: pytest.TempPathFactory) -> DeskRig:
    """A desk that has seen its market."""
    return asyncio.run(closed_maker(tmp_path_factory.mktemp("vanguard")))


@pytest.fixture(autouse=True)
def clean(rig: DeskRig) -> None:
    """Nothing stands in the way."""
    quotes, board = rig.gate._quotes, rig.quoting.board
    commitments = rig.gate.commitments
    commitments.refresh()
    board.worst_quantities[:, NUMBERS] = 6
    commitments.own_bid[NUMBERS], commitments.own_ask[NUMBERS], commitments.net[NUMBERS] = 0, NO_ASK, 0
    commitments.any_orders = True
    quotes.stops = CLEAR
    quotes.blocked = np.zeros(len(rig.theoretical.universe), np.int8)
    rig.theoretical.settle(FUND)


def standing(rig: DeskRig, sizes: tuple[int, int] = (5, 5)) -> QuoteBatch:
    """Quotes of both contracts, ten ticks around their prices."""
    price = np.round(rig.theoretical.price[NUMBERS]).astype(np.int64)
    closes = np.zeros(2, np.bool_)
    size = np.array(sizes)
    return QuoteBatch.of_sides(NUMBERS, np.maximum(price - 10, 1), size, price + 10, size, closes, closes)


def ahead(rig: DeskRig, sheet: LimitSheet) -> Vanguard:
    vanguard = rig.gate._quotes.vanguard(standing(rig), sheet)
    assert vanguard is not None
    return vanguard


def limits(*figures: float) -> st.SearchStrategy[float]:
    """One of these, but more often none at all."""
    return st.sampled_from([*figures, *[math.inf] * 2 * len(figures)])


@given(
    sheet=st.builds(
        lambda **figures: replace(OPEN_SHEET, **figures),
        order_notional=limits(36_000.0, 40_000.0),
        collar_theoretical_ticks=limits(11.0, 14.0, 20.0),
        collar_theoretical_fraction=st.sampled_from([0.0, 0.02]),
        collar_last_ticks=limits(20.0, 400.0),
        collar_last_fraction=st.sampled_from([0.0, 0.6]),
        contract_position=limits(5.0),
    ),
    spot=st.integers(-60, 60),
    bids=st.lists(st.integers(-30, 10), min_size=2, max_size=2),
    asks=st.lists(st.integers(-10, 30), min_size=2, max_size=2),
    own=st.tuples(st.integers(0, 800), st.integers(0, 800)),
    has_orders=st.booleans(),
)
@settings(max_examples=300)
@pytest.mark.fault("F45", "F89")
def test_the_gate_says_of_it_what_it_says_of_a_batch(
    rig: DeskRig,
    sheet: LimitSheet,
    spot: int,
    bids: list[int],
    asks: list[int],
    own: tuple[int, int],
    has_orders: bool,
) -> None:
    quotes, commitments, theoretical = rig.gate._quotes, rig.gate.commitments, rig.theoretical
    theoretical.settle(FUND)
    commitments.own_bid[NUMBERS] = own[0] if has_orders and own[0] < 690 else 0
    commitments.own_ask[NUMBERS] = own[1] if has_orders and own[1] > 720 else NO_ASK
    vanguard = quotes.vanguard(standing(rig), sheet)
    if vanguard is None:
        assert quotes.codes(standing(rig), sheet, by_hand=False).any()
        counted["none"] += 1
        return
    market = rig.desk.market
    before = market.quotes[0].copy()
    try:
        market.quotes[0, [Column.LAST, Column.BID_PRICE, Column.ASK_PRICE]] = 29_700 + spot + np.array([0, -10, 10])
        market.updates += 1
        now = theoretical.moved_to(FUND)
        assert now == (29_700 + spot) / 1e4
        fair = [round(price) for price, _ in vanguard.values(now)]
        bid = [price + off for price, off in zip(fair, bids, strict=True)]
        ask = [price + off for price, off in zip(fair, asks, strict=True)]
        passes = quotes.passes(vanguard, now, [0, 1], bid, ask, sheet)
        theoretical.reprice(FUND)
        assert theoretical.price[NUMBERS] == pytest.approx([price for price, _ in vanguard.values(now)], abs=1e-8)
        refused = quotes._long_way(vanguard.priced([0, 1], bid, ask), sheet, theoretical.universe, by_hand=False)
        assert passes == (not refused.any())
        counted["passed" if passes else "refused"] += 1
    finally:
        market.quotes[0] = before
        market.updates += 1
        theoretical.reprice(FUND)


counted = {"passed": 0, "refused": 0, "none": 0}


def test_each_of_these_happened() -> None:
    """Or the test above would say little."""
    assert min(counted.values()) >= 10


def _fill_a_row(rig: DeskRig) -> None:
    rig.desk.market.quotes[rig.theoretical.universe.first + 1, Column.BID_QUANTITY] += 1
    rig.desk.market.book_revision += 1


def _answer(rig: DeskRig) -> None:
    rig.quoting.board.prices[0, 2] += 1
    rig.quoting.board.revision += 1


def _trade(rig: DeskRig) -> None:
    board = rig.quoting.board
    board.live[1] = None
    board.settle(1)


def _hold(rig: DeskRig) -> None:
    rig.desk.portfolio.positions = dict(rig.desk.portfolio.positions)


CHANGES: dict[str, Callable[[DeskRig], None]] = {
    "a stop": lambda rig: setattr(rig.gate._quotes, "stops", Stops(reduce_only=True)),
    "a block": lambda rig: setattr(rig.gate._quotes, "blocked", np.zeros(len(rig.theoretical.universe), np.int8)),
    "a volatility": lambda rig: rig.theoretical.settle(FUND),
    "a position": _hold,
    "a book": _fill_a_row,
    "an answer": _answer,
    "a trade": _trade,
}


@pytest.mark.fault("F30")
@pytest.mark.parametrize("change", CHANGES)
def test_it_holds_until_something_changes_that_the_answer_hung_on(rig: DeskRig, change: str) -> None:
    quotes, sheet = rig.gate._quotes, OPEN_SHEET
    vanguard = ahead(rig, sheet)
    assert quotes.holds(vanguard, sheet)
    # The books of others do not concern it
    rig.desk.market.book_revision += 1
    rig.quoting.board.revision += 1
    assert quotes.holds(vanguard, sheet)
    assert not quotes.holds(vanguard, replace(sheet))
    CHANGES[change](rig)
    assert not quotes.holds(vanguard, sheet)


def test_none_is_made_of_what_may_not_leave_or_has_one_side(rig: DeskRig) -> None:
    quotes = rig.gate._quotes
    assert quotes.vanguard(standing(rig), replace(OPEN_SHEET, order_quantity=4.0)) is None
    assert quotes.vanguard(standing(rig, (5, 0)), OPEN_SHEET) is None
    assert quotes.vanguard(standing(rig).take(np.zeros(0, np.int64)), OPEN_SHEET) is None
    assert len(ahead(rig, OPEN_SHEET)) == 2


@given(
    price=st.integers(1, 5_000),
    reference=st.floats(0.1, 5_000.0),
    ticks=st.sampled_from([0.0, -1.0, -math.inf, math.nan, 3.0, 50.0, math.inf]),
    fraction=st.sampled_from([0.0, -math.inf, 0.01, 0.5, math.inf]),
)
def test_a_collar_is_as_wide_for_one_price_as_for_many(
    price: int, reference: float, ticks: float, fraction: float
) -> None:
    many = outside_collar(True, np.array([price]), np.array([reference]), np.array([1]), ticks, fraction)
    width = collar_width(reference, 1, ticks, fraction)
    assert (price - reference > width) == (bool(many[0]) and math.inf not in (ticks, fraction))


@given(spot=st.floats(0.5, 10.0))
def test_one_option_is_worth_what_it_is_among_many(rig: DeskRig, spot: float) -> None:
    pricer: SpotPricer = rig.theoretical._books[FUND].pricer
    prices, deltas = np.empty((2, len(pricer.slope)))
    pricer.price(spot, prices)
    pricer.delta(deltas)
    for place, option in enumerate(pricer.options(np.arange(len(prices)))):
        price, delta = option.value(spot, math.log(spot))
        assert price == pytest.approx(float(prices[place]), abs=1e-9, nan_ok=True)
        multiplier = float(rig.theoretical._books[FUND].multiplier[place])
        assert delta == pytest.approx(float(deltas[place]) / multiplier, abs=1e-13, nan_ok=True)


@pytest.mark.fault("F71", "F94")
@pytest.mark.parametrize("held_up", ["budget", "stopped", "limits", "allowed again"])
def test_who_is_held_up_meanwhile_sends_nothing_ahead(rig: DeskRig, held_up: str) -> None:
    gate, market, name = rig.gate, rig.desk.market, f"maker {held_up}"
    gate.set_sheet(name, replace(OPEN_SHEET, messages_per_second=2.0))
    gate.let_go(name)
    vanguard = gate.vanguard(standing(rig), name)
    assert vanguard is not None
    before = market.quotes[0].copy()
    try:
        market.quotes[0, [Column.LAST, Column.BID_PRICE, Column.ASK_PRICE]] = 29_710, 29_700, 29_720
        market.updates += 1
        spot = rig.theoretical.moved_to(FUND)
        assert spot == 2.971
        fair = [round(price) for price, _ in vanguard.values(spot)]
        asked = (vanguard, spot, [0, 1], [price - 9 for price in fair], [price + 9 for price in fair], name)
        assert gate.vanguard_passes(*asked)
        # Of others, and of his own as far as they go, it is counted anew
        gate.record_quotes("another", 1, 1)
        gate.record_quotes(name, 1, 2)
        assert gate.vanguard_passes(*asked)
        match held_up:
            case "budget":
                gate.record_quotes(name, 1, 2)
            case "stopped":
                gate.stop_sender(name)
            case "limits":
                gate.set_sheet(name, replace(OPEN_SHEET, messages_per_second=1.0))
            case _:
                gate.stop_sender(name)
                assert not gate.vanguard_passes(*asked)
                gate.let_go(name)
        assert gate.vanguard_passes(*asked) == (held_up == "allowed again")
    finally:
        market.quotes[0] = before
        market.updates += 1
        gate.set_sheet(name, None)


def test_what_was_sent_last_is_looked_up_again_when_anything_has_left_or_come_back(rig: DeskRig) -> None:
    board, vanguard = rig.quoting.board, ahead(rig, OPEN_SHEET)
    batch = standing(rig)
    board.on_sent("Q1", batch)
    assert vanguard.sent() == [*batch.prices.tolist(), [5, 5], [5, 5]]
    less = standing(rig, (4, 3))
    board.on_sent("Q2", less)
    assert vanguard.sent()[2:] == [[4, 3], [4, 3]]
    for number in NUMBERS.tolist():
        board.settle(number)
    assert vanguard.sent() == [[0, 0]] * 4
