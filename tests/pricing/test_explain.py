"""Profit by greek: the parts add up to the profit, a small move leaves little, and trades earn from their own price."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from terminal.pricing.black_scholes import greeks
from terminal.pricing.explain import Explained, Moment, Trades, explain

STRIKE = np.array([2.4, 2.5, 2.6, 2.5])
CALL = np.array([True, True, False, False])
YEARS = np.array([0.1, 0.1, 0.1, 0.4])
EXPIRY = np.array([0, 0, 0, 1])
QUANTITY = np.array([10.0, -5.0, 8.0, 0.0])
UNIT = np.array([10_000.0, 10_000.0, 10_220.0, 10_000.0])
NOTHING: NDArray[np.float64] = np.zeros(0)
NO_TRADES = Trades(option=np.zeros(0, np.int64), quantity=NOTHING, price=NOTHING, fee=NOTHING)
GREEKS = ("delta", "gamma", "vega", "theta", "vanna", "volga")
PARTS = (*GREEKS, "trades", "fees", "residual")


def moment(spot: float, volatility: float, passed: float = 0.0) -> Moment:
    value = greeks(is_call=CALL, spot=spot, strike=STRIKE, years=YEARS - passed, rate=0.02, volatility=volatility)
    figures = {name: getattr(value, name) for name in ("price", *GREEKS)}
    return Moment(**{"spot": np.full(4, spot), "volatility": np.full(4, volatility), **figures})


def explained(
    second: Moment, passed: float = 0.0, trades: Trades = NO_TRADES, first: Moment | None = None
) -> Explained:
    return explain(
        first=first or moment(2.5, 0.2),
        second=second,
        years=passed,
        quantity=QUANTITY,
        multiplier=UNIT,
        expiry_of=EXPIRY,
        expiries=2,
        trades=trades,
    )


@given(st.floats(2.3, 2.7), st.floats(0.15, 0.3), st.floats(0.0, 0.05))
@pytest.mark.requirement("X7")
def test_the_parts_add_up_to_the_profit(spot: float, volatility: float, passed: float) -> None:
    trades = Trades(
        option=np.array([0, 3, 3]), quantity=np.array([-2.0, 4.0, -1.0]), price=np.array([0.12, 0.1, 0.11]),
        fee=np.array([4.0, 8.0, 2.0]),
    )  # fmt: skip
    second = moment(spot, volatility, passed)
    found = explained(second, passed, trades)
    assert sum(getattr(found, part) for part in PARTS) == pytest.approx(found.total, abs=1e-9)
    held = (second.price - moment(2.5, 0.2).price) * QUANTITY * UNIT
    first_expiry = held[:3].sum() - 2.0 * 10_000 * (second.price[0] - 0.12) - 4.0
    second_expiry = 10_000 * (4.0 * (second.price[3] - 0.1) - (second.price[3] - 0.11)) - 10.0
    assert found.total == pytest.approx([first_expiry, second_expiry])


@pytest.mark.requirement("X7")
def test_a_small_move_leaves_little_unexplained() -> None:
    found = explained(moment(2.52, 0.205, 1 / 365), 1 / 365)
    assert abs(found.residual[0]) < 0.02 * sum(abs(getattr(found, name)[0]) for name in GREEKS)
    only_spot = explained(moment(2.501, 0.2))
    assert float(only_spot.total[0]) == pytest.approx(float((only_spot.delta + only_spot.gamma)[0]), rel=1e-3)
    for name in ("vega", "theta", "vanna", "volga"):
        assert not getattr(only_spot, name).any()


def test_each_greek_is_its_own_product() -> None:
    """Worked for the first call, ten contracts: spot up 0.02 at 20 %, one point of volatility."""
    first = moment(2.5, 0.2)
    alone = np.array([10.0, 0.0, 0.0, 0.0])
    found = explain(
        first=first, second=moment(2.52, 0.21), years=0.0, quantity=alone, multiplier=UNIT, expiry_of=EXPIRY,
        expiries=2, trades=NO_TRADES,
    )  # fmt: skip
    shares = 100_000.0
    assert found.delta[0] == pytest.approx(shares * first.delta[0] * 0.02)
    assert found.gamma[0] == pytest.approx(shares * 0.5 * first.gamma[0] * 0.0004)
    assert found.vega[0] == pytest.approx(shares * first.vega[0] * 0.01)
    assert found.vanna[0] == pytest.approx(shares * first.vanna[0] * 0.02 * 0.01)
    assert found.volga[0] == pytest.approx(shares * 0.5 * first.volga[0] * 0.0001)


def test_no_move_and_no_trade_make_nothing() -> None:
    found = explained(moment(2.5, 0.2))
    for part in (*PARTS, "total"):
        assert not getattr(found, part).any(), part


@pytest.mark.fault("F28")
def test_an_option_without_volatility_goes_into_the_residual_and_is_counted() -> None:
    first = replace(moment(2.5, 0.2), volatility=np.array([np.nan, 0.2, 0.2, np.nan]))
    found = explained(moment(2.52, 0.2), first=first)
    assert found.unexplained.tolist() == [1, 0]
    assert found.unpriced.tolist() == [0, 0]
    assert found.total == pytest.approx(explained(moment(2.52, 0.2)).total)
    assert abs(found.residual[0]) > 100.0


@pytest.mark.fault("F28", "F41")
def test_an_option_without_a_price_is_left_out_and_counted() -> None:
    second = moment(2.52, 0.2)
    prices = second.price.copy()
    prices[0] = prices[3] = np.nan
    trades = Trades(option=np.array([3]), quantity=np.ones(1), price=np.full(1, 0.1), fee=np.full(1, 2.0))
    found = explained(replace(second, price=prices), trades=trades)
    assert found.unpriced.tolist() == [1, 1]
    assert found.total[1] == found.fees[1] == -2.0
    assert np.isfinite(found.total).all()
