"""Prices and greeks: published figures, finite differences, and the edges where no time or volatility is left."""

import csv
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from terminal.pricing.black_scholes import price_on_forward, value_on_forward, value_on_spot

spots = st.floats(0.5, 20.0)
ratios = st.floats(0.6, 1.6)
volatilities = st.floats(0.05, 1.5)
years_left = st.floats(0.01, 2.0)
rates = st.floats(-0.02, 0.1)
signs = st.sampled_from([1.0, -1.0])


@pytest.mark.parametrize(
    ("figure", "sign", "strike", "spot", "dividend_yield", "rate", "years", "volatility", "expected"),
    [
        # Haug (2007): 1.1.1, 1.1.5 and the greeks of chapter 2
        ("price", 1, 65.0, 60.0, 0.0, 0.08, 0.25, 0.30, 2.1334),
        ("price", -1, 95.0, 100.0, 0.05, 0.10, 0.5, 0.20, 2.4648),
        ("delta", 1, 100.0, 105.0, 0.10, 0.10, 0.5, 0.36, 0.5946),
        ("gamma", 1, 60.0, 55.0, 0.0, 0.10, 0.75, 0.30, 0.0278),
        ("vega", 1, 60.0, 55.0, 0.0, 0.10, 0.75, 0.30, 18.9358),
        ("theta", -1, 405.0, 430.0, 0.05, 0.07, 1 / 12, 0.20, -31.1924),
        ("rho", 1, 75.0, 72.0, 0.0, 0.09, 1.0, 0.19, 38.7325),
    ],
)
def test_published_values_are_met(
    figure: str,
    sign: int,
    strike: float,
    spot: float,
    dividend_yield: float,
    rate: float,
    years: float,
    volatility: float,
    expected: float,
) -> None:
    value = value_on_spot(sign, spot, strike, years, volatility, rate, rate - dividend_yield)
    assert float(getattr(value, figure)) == pytest.approx(expected, abs=5.1e-5)


def test_every_row_of_the_published_sample_is_met(shared_data: Path) -> None:
    with (shared_data / "haug_sample.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) >= 25
    for row in rows:
        sign = 1 if row["type"] == "Call" else -1
        spot, strike, years, volatility, rate = (float(row[key]) for key in ("spot", "strike", "t", "vol", "r"))
        value = value_on_spot(sign, spot, strike, years, volatility, rate, rate - float(row["q"]))
        assert float(getattr(value, row["quantity"])) == pytest.approx(float(row["expected"]), abs=float(row["tol"]))


@given(spots, ratios, volatilities, years_left, rates, rates)
def test_call_and_put_keep_parity(
    spot: float, ratio: float, volatility: float, years: float, rate: float, carry: float
) -> None:
    strike = spot * ratio
    both = value_on_spot([1.0, -1.0], spot, strike, years, volatility, rate, carry)
    forward = spot * np.exp((carry - rate) * years) - strike * np.exp(-rate * years)
    assert both.price[0] - both.price[1] == pytest.approx(forward, abs=1e-12 * spot + 1e-13)
    assert both.delta[0] - both.delta[1] == pytest.approx(np.exp((carry - rate) * years), rel=1e-12)
    assert both.gamma[0] == pytest.approx(both.gamma[1])
    assert both.vega[0] == pytest.approx(both.vega[1])


@given(signs, spots, ratios, volatilities, years_left, rates, rates)
def test_greeks_are_the_derivatives_of_the_price(
    sign: float, spot: float, ratio: float, volatility: float, years: float, rate: float, carry: float
) -> None:
    strike, h = spot * ratio, 1e-5

    def price(s: float = spot, t: float = years, v: float = volatility, r: float = rate, b: float = carry) -> float:
        return float(value_on_spot(sign, s, strike, t, v, r, b).price)

    value = value_on_spot(sign, spot, strike, years, volatility, rate, carry)
    step = spot * h
    bound = 1e-6 * spot + 1e-6
    assert float(value.delta) == pytest.approx((price(s=spot + step) - price(s=spot - step)) / (2 * step), abs=1e-5)
    assert float(value.vega) == pytest.approx((price(v=volatility + h) - price(v=volatility - h)) / (2 * h), abs=bound)
    assert float(value.theta) == pytest.approx(
        -(price(t=years + h * years) - price(t=years - h * years)) / (2 * h * years), rel=1e-5, abs=bound
    )
    assert float(value.rho) == pytest.approx(
        (price(r=rate + h, b=carry + h) - price(r=rate - h, b=carry - h)) / (2 * h), abs=bound
    )
    up, down = (float(value_on_spot(sign, s, strike, years, volatility, rate, carry).delta) for s in
                (spot + step, spot - step))  # fmt: skip
    assert float(value.gamma) == pytest.approx((up - down) / (2 * step), rel=1e-4, abs=1e-5)


@given(signs, spots, ratios, volatilities, years_left, rates)
def test_valuing_on_the_forward_agrees_with_pricing_on_it(
    sign: float, forward: float, ratio: float, volatility: float, years: float, rate: float
) -> None:
    value = value_on_forward(sign, forward, forward * ratio, years, volatility, rate)
    plain = price_on_forward(sign, forward, forward * ratio, years, volatility, np.exp(-rate * years))
    assert float(value.price) == pytest.approx(float(plain), abs=1e-14)
    assert float(value.rho) == pytest.approx(-years * float(plain), abs=1e-12)


@pytest.mark.fault("F36")
@pytest.mark.parametrize(("years", "volatility"), [(0.0, 0.2), (-0.3, 0.2), (0.5, 0.0), (0.0, 0.0), (1e-18, 0.2)])
@pytest.mark.parametrize(
    ("sign", "spot", "price", "delta"),
    [(1, 2.6, 0.1, 1.0), (1, 2.4, 0.0, 0.0), (-1, 2.4, 0.1, -1.0), (-1, 2.6, 0.0, 0.0), (1, 2.5, 0.0, 0.5)],
)
def test_without_time_or_volatility_the_value_is_intrinsic_and_every_greek_finite(
    years: float, volatility: float, sign: int, spot: float, price: float, delta: float
) -> None:
    value = value_on_spot(sign, spot, 2.5, years, volatility, 0.0, 0.0)
    assert float(value.price) == pytest.approx(price, abs=1e-9)
    assert float(value.delta) == pytest.approx(delta, abs=1e-9)
    for figure in ("gamma", "vega", "theta", "rho"):
        assert np.isfinite(getattr(value, figure))
    assert float(value.gamma) == float(value.vega) == 0.0


@pytest.mark.fault("F36")
def test_after_expiry_nothing_decays() -> None:
    value = value_on_spot(1, 2.6, 2.5, -1.0, 0.2, 0.03, 0.01)
    assert float(value.theta) == 0.0
    assert float(value.rho) == 0.0


def test_arrays_broadcast_and_nan_stays_where_it_was() -> None:
    value = value_on_spot([1.0, -1.0], 2.5, np.array([[2.4], [np.nan]]), 0.5, 0.2, 0.02, 0.02)
    assert value.price.shape == (2, 2)
    assert np.isfinite(value.price[0]).all()
    assert np.isnan(value.price[1]).all()


def test_a_worthless_underlying_has_no_nan() -> None:
    value = value_on_spot([1.0, -1.0], 0.0, 2.5, 0.5, 0.2, 0.0, 0.0)
    assert value.price.tolist() == pytest.approx([0.0, 2.5])
    assert np.isfinite(value.gamma).all()
