"""Prices of quotes over arrays: rounding, skew, join rules, urgency."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from terminal.domain.market_data import COLUMN_COUNT, Column
from terminal.strategies.quote_math import (
    SkewTerms,
    inventory_skew,
    join,
    others_touch,
    passive,
    round_quotes,
    urgency,
)

prices = st.floats(-50, 20_000)
widths = st.floats(0, 3_000)


@given(st.lists(st.tuples(prices, widths, st.sampled_from([1, 5, 10])), min_size=1, max_size=30))
@pytest.mark.fault("F72")
def test_quotes_are_ticks_within_the_limits_and_never_crossed(rows: list[tuple[float, float, int]]) -> None:
    centre, half = np.array([r[0] for r in rows]), np.array([r[1] for r in rows])
    tick = np.array([r[2] for r in rows])
    down, up = tick * 2, tick * 1_000
    bid, ask = round_quotes(centre, half, tick, down, up)
    assert ((bid % tick == 0) & (ask % tick == 0)).all()
    assert ((bid >= down) & (ask <= up) & (bid < ask)).all()
    inside = (centre - half >= down) & (centre + half <= up - tick)
    assert (bid[inside] <= (centre - half)[inside] + 1e-6).all()
    assert (ask[inside] >= (centre + half)[inside] - 1e-6).all()


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
    quotes = np.zeros((2, COLUMN_COUNT), np.int64)
    quotes[:, Column.BID_PRICE], quotes[:, Column.BID_QUANTITY] = 695, [5, 12]
    quotes[:, Column.BID_PRICE + 1] = 690
    quotes[:, Column.ASK_PRICE], quotes[:, Column.ASK_QUANTITY] = 705, 9
    five, none = np.array([5, 5]), np.zeros(2, np.int64)
    bid, ask = others_touch(quotes, np.array([695, 695]), five, none, none)
    assert bid.tolist() == [690, 695]
    assert ask.tolist() == [705, 705]


def test_joining_needs_nearness_and_edge_and_stepping_ahead_has_a_limit() -> None:
    tick, centre = np.ones(3, np.int64), np.array([700.0, 700.0, 700.0])
    bid, ask = np.array([690, 690, 698]), np.array([710, 710, 702])
    best_bid, best_ask = np.array([693, 699, 690]), np.array([708, 701, 0])
    got = join(bid, ask, best_bid, best_ask, centre, tick, join_ticks=5, least_edge_ticks=2, improve_ticks=3)
    # near with edge; too far and without edge; not better than 690 by more than 3, no ask to compare with
    assert got[0].tolist() == [693, 690, 693]
    assert got[1].tolist() == [708, 710, 702]


def test_a_quoter_never_takes() -> None:
    tick = np.ones(2, np.int64)
    bid, ask = passive(np.array([705, 690]), np.array([712, 688]), np.array([698, 689]), np.array([704, 0]), tick)
    assert bid.tolist() == [703, 690]
    assert ask.tolist() == [712, 690]


def test_what_is_wrong_against_us_comes_first() -> None:
    sent_bid, sent_ask = np.array([700, 690, 690, 0]), np.array([710, 710, 700, 0])
    bid, ask = np.array([699, 650, 690, 690]), np.array([710, 760, 712, 710])
    order = np.argsort(-urgency(bid, ask, sent_bid, sent_ask), kind="stable")
    assert order.tolist() == [1, 2, 0, 3]
