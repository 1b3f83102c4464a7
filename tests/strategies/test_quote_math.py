"""Prices of quotes over arrays: rounding, skew, join rules, urgency."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from terminal.domain.market_data import COLUMN_COUNT, Column
from terminal.strategies.protocol import IntArray
from terminal.strategies.quote_math import (
    NOBODY,
    PriceGrid,
    SkewTerms,
    by_urgency,
    inventory_skew,
    join,
    narrow,
    others_touch,
    room,
    rounded,
    signed,
    urgency,
)

prices = st.floats(-50, 20_000)
widths = st.floats(0, 3_000)


def both(bid: list[int], ask: list[int]) -> IntArray:
    return np.array((bid, ask))


@given(st.lists(st.tuples(prices, widths, st.sampled_from([1, 5, 10])), min_size=1, max_size=30))
@pytest.mark.fault("F72")
def test_quotes_are_ticks_within_the_limits_and_never_crossed(rows: list[tuple[float, float, int]]) -> None:
    centre, half = np.array([r[0] for r in rows]), np.array([r[1] for r in rows])
    tick = np.array([r[2] for r in rows])
    down, up = tick * 2, tick * 1_000
    bid, ask = signed(rounded(centre, half, PriceGrid.of(tick, down, up)))
    assert ((bid % tick == 0) & (ask % tick == 0)).all()
    assert ((bid >= down) & (ask <= up) & (bid < ask)).all()
    inside = (centre - half >= down) & (centre + half <= up - tick)
    assert (bid[inside] <= (centre - half)[inside] + 1e-6).all()
    assert (ask[inside] >= (centre + half)[inside] - 1e-6).all()


def test_rounding_does_not_pass_the_widest_spread() -> None:
    # 10 wide at most: rounded outwards 690/701, a tick of the ask comes back; of 12, one of each side
    rows = signed(np.array([[690.0, 690.0, 691.0], [701.0, 702.0, 700.0]]))
    narrow(rows, np.ones(3), np.full(3, 10.0))
    assert signed(rows).tolist() == [[690, 691, 691], [700, 701, 700]]


def test_the_skew_is_the_covariance_with_what_is_held() -> None:
    # gamma 1e-6 per yuan, sigma 0.2, S 3, horizon 1/250, long 100,000 shares of delta: for a contract of delta 5,000
    # shares (0.5 a share): 1e-6 x 0.04 x 9 x 0.004 x 0.5 x 100,000 = 7.2e-5 yuan a share, 0.72 units of 0.0001
    terms = SkewTerms(risk_aversion=1e-6, volatility=0.2, volatility_of_volatility=10.0, horizon_years=1 / 250)
    delta, vega, unit = np.array([5_000.0, -5_000.0]), np.array([30.0, 30.0]), np.array([10_000.0, 10_000.0])
    skew = inventory_skew(delta, vega, unit, 3.0, 100_000.0, 0.0, terms)
    assert skew == pytest.approx([0.72, -0.72])
    # Long 2,000 yuan a point of vega: 1e-6 x 100 x 0.004 x 30 / 10,000 x 2,000 = 2.4e-6 yuan a share
    assert inventory_skew(delta, vega, unit, 3.0, 0.0, 2_000.0, terms) == pytest.approx([0.024, 0.024])
    assert (inventory_skew(delta, vega, unit, 3.0, 0.0, 0.0, terms) == 0).all()


def test_behind_our_own_quote_the_next_level_is_the_others() -> None:
    quotes = np.zeros((3, COLUMN_COUNT), np.int64)
    quotes[:2, Column.BID_PRICE], quotes[:2, Column.BID_QUANTITY] = 695, [5, 12]
    quotes[:2, Column.BID_PRICE + 1] = 690
    quotes[:2, Column.ASK_PRICE], quotes[:2, Column.ASK_QUANTITY] = 705, 9
    best = others_touch(quotes, both([695, 695, 0], [0, 0, 0]), both([5, 5, 0], [0, 0, 0]))
    assert best.tolist() == [[690, 695, NOBODY], [-705, -705, NOBODY]]


def test_joining_needs_nearness_and_edge() -> None:
    centre = np.array([700.0, 700.0, 700.0])
    rows = signed(both([690, 690, 698], [710, 710, 702]))
    best = signed(both([693, 699, 690], [708, 701, 0]))
    best[1, 2] = NOBODY
    got = join(rows, best, centre, np.full(3, 5.0), np.full(3, 2.0))
    # near with edge; too far and without edge; worse than ours, and no ask at all
    assert signed(got).tolist() == [[693, 690, 698], [708, 710, 702]]


def test_a_quoter_never_takes_and_stepping_ahead_has_a_limit() -> None:
    best = signed(both([698, 689, 690, 0], [704, 0, 720, 0]))
    best[best == 0] = NOBODY
    near = room(best, np.array([1.0, 1.0, 2.0, 1.0]), np.array([100.0, 100.0, 6.0, 3.0]))
    rows = signed(both([705, 690, 700, 700], [690, 688, 701, 690]))
    # Clear of the ask by a tick; nobody asks, so no bid takes; three ticks of 2 before the best; nobody is there
    assert signed(np.minimum(rows, near)).tolist() == [[703, 690, 696, 700], [699, 690, 714, 690]]


books = st.tuples(*[st.integers(0, 60)] * 4, st.sampled_from([1, 5]), st.integers(0, 4))


@given(st.lists(books, min_size=1, max_size=20))
def test_within_its_room_a_quote_neither_takes_nor_stands_far_ahead(rows: list[tuple[int, ...]]) -> None:
    bid, ask, best_bid, best_ask, tick, improve = np.array(rows).T
    best = signed(np.array((best_bid, best_ask)))
    best[best == 0] = NOBODY
    near = room(best, tick.astype(float), (improve * tick).astype(float))
    got_bid, got_ask = signed(np.minimum(signed(np.array((bid, ask))), near))
    has_bid, has_ask = best_bid > 0, best_ask > 0
    assert (got_bid <= bid).all()
    assert (got_ask >= ask).all()
    assert (~has_ask | (got_bid <= best_ask - tick)).all()
    assert (~has_bid | (got_ask >= best_bid + tick)).all()
    assert (~has_bid | (got_bid <= best_bid + improve * tick)).all()
    assert (~has_ask | (got_ask >= best_ask - improve * tick)).all()
    # And gives up nothing without need
    moved_bid, moved_ask = got_bid < bid, got_ask > ask
    assert (~moved_bid | (has_ask & (got_bid == best_ask - tick)) | (got_bid == best_bid + improve * tick)).all()
    assert (~moved_ask | (has_bid & (got_ask == best_bid + tick)) | (got_ask == best_ask - improve * tick)).all()


def test_what_is_wrong_against_us_comes_first() -> None:
    sent = both([700, 690, 690, 0], [710, 710, 700, 0])
    wanted = both([699, 650, 690, 690], [710, 760, 712, 710])
    order = np.argsort(-urgency(wanted - sent, sent), kind="stable")
    assert order.tolist() == [1, 2, 0, 3]


@given(st.lists(st.integers(-2_000_000, 2_000_000), min_size=1, max_size=300), st.data())
def test_what_loses_most_comes_first_and_ties_keep_their_order(losses: list[int], data: st.DataObject) -> None:
    count = len(losses) + data.draw(st.integers(0, 50))
    places = np.sort(np.array(data.draw(st.permutations(range(count)))[: len(losses)], dtype=np.int64))
    lost = np.array(losses, dtype=np.int64)
    assert by_urgency(places, lost, count).tolist() == places[np.argsort(-lost, kind="stable")].tolist()


@given(
    st.lists(st.tuples(st.floats(0.5, 4_000.0), st.floats(0.5, 60.0)), min_size=1, max_size=20),
)
def test_a_tick_of_one_unit_takes_the_short_way_to_the_same_prices(figures: list[tuple[float, float]]) -> None:
    centre, half = (np.array(column) for column in zip(*figures, strict=True))
    ones = np.ones(len(figures), np.int64)
    grid = PriceGrid.of(ones, ones, ones * 5_000)
    assert grid.is_fine
    assert rounded(centre, half, grid).tolist() == rounded(centre, half, replace(grid, is_fine=False)).tolist()
