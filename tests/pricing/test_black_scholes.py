"""Prices and greeks: published figures, fifty-digit arithmetic, and the edges where no time or volatility is left."""

import csv
from decimal import Decimal, localcontext
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from terminal.pricing.black_scholes import Greeks, greeks, price, price_on_forward
from tests.pricing import high_precision

spots = st.floats(0.5, 20.0)
ratios = st.floats(0.6, 1.6)
volatilities = st.floats(0.05, 1.5)
years_left = st.floats(0.01, 2.0)
rates = st.floats(-0.02, 0.1)
FIGURES = Greeks.__dataclass_fields__

#: Haug (2007): quantity, call, strike, spot, dividend yield, rate, years, volatility, value; 1.1.1, 1.1.5, chapter 2
HAUG = [
    ("price", True, 65.0, 60.0, 0.0, 0.08, 0.25, 0.30, 2.1334),
    ("price", False, 95.0, 100.0, 0.05, 0.10, 0.5, 0.20, 2.4648),
    ("delta", True, 100.0, 105.0, 0.10, 0.10, 0.5, 0.36, 0.5946),
    ("gamma", True, 60.0, 55.0, 0.0, 0.10, 0.75, 0.30, 0.0278),
    ("vega", True, 60.0, 55.0, 0.0, 0.10, 0.75, 0.30, 18.9358),
    ("theta", False, 405.0, 430.0, 0.05, 0.07, 1 / 12, 0.20, -31.1924),
    ("rho", True, 75.0, 72.0, 0.0, 0.09, 1.0, 0.19, 38.7325),
]


@pytest.mark.parametrize("row", HAUG, ids=lambda row: f"{row[0]}-{row[2]:g}")
def test_published_values_are_met(row: tuple[str, bool, float, float, float, float, float, float, float]) -> None:
    figure, is_call, strike, spot, dividend_yield, rate, years, volatility, expected = row
    value = greeks(
        is_call=is_call,
        spot=spot,
        strike=strike,
        years=years,
        rate=rate,
        volatility=volatility,
        dividend_yield=dividend_yield,
    )
    assert float(getattr(value, figure)) == pytest.approx(expected, abs=5.1e-5)


def test_every_row_of_the_published_sample_is_met(shared_data: Path) -> None:
    with (shared_data / "haug_sample.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 25
    for row in rows:
        spot, strike, years, volatility, rate, dividend_yield = (
            float(row[key]) for key in ("spot", "strike", "t", "vol", "r", "q")
        )
        value = greeks(
            is_call=row["type"] == "Call",
            spot=spot,
            strike=strike,
            years=years,
            rate=rate,
            volatility=volatility,
            dividend_yield=dividend_yield,
        )
        assert float(getattr(value, row["quantity"])) == pytest.approx(float(row["expected"]), abs=float(row["tol"]))


@given(spots, ratios, volatilities, years_left, rates, rates)
def test_call_and_put_keep_parity(
    spot: float, ratio: float, volatility: float, years: float, rate: float, dividend_yield: float
) -> None:
    strike = spot * ratio
    both = greeks(
        is_call=[True, False],
        spot=spot,
        strike=strike,
        years=years,
        rate=rate,
        volatility=volatility,
        dividend_yield=dividend_yield,
    )
    forward = spot * np.exp(-dividend_yield * years) - strike * np.exp(-rate * years)
    assert both.price[0] - both.price[1] == pytest.approx(forward, abs=1e-12 * spot + 1e-13)
    assert both.delta[0] - both.delta[1] == pytest.approx(np.exp(-dividend_yield * years), rel=1e-12)
    for shared in ("gamma", "vega", "vanna", "volga"):
        call, put = getattr(both, shared)
        assert call == pytest.approx(put)


@settings(max_examples=15)
@given(st.booleans(), spots, ratios, volatilities, st.floats(0.05, 2.0), rates, rates)
def test_every_greek_is_the_derivative_of_a_price_in_fifty_digits(
    is_call: bool, spot: float, ratio: float, volatility: float, years: float, rate: float, dividend_yield: float
) -> None:
    arguments = {
        "spot": spot,
        "strike": spot * ratio,
        "years": years,
        "rate": rate,
        "volatility": volatility,
        "dividend_yield": dividend_yield,
    }
    exact = {name: Decimal(number) for name, number in arguments.items()}
    step = Decimal("1e-12")

    def at(**moves: int) -> Decimal:
        return high_precision.price(is_call, **{n: v + moves.get(n, 0) * step for n, v in exact.items()})

    def slope(name: str, **held: int) -> Decimal:
        return (at(**{name: 1}, **held) - at(**{name: -1}, **held)) / (2 * step)

    def cross(first: str, second: str) -> Decimal:
        return (slope(first, **{second: 1}) - slope(first, **{second: -1})) / (2 * step)

    with localcontext() as context:
        context.prec = high_precision.DIGITS
        middle = at()
        expected = {
            "price": middle,
            "delta": slope("spot"),
            "gamma": (at(spot=1) - 2 * middle + at(spot=-1)) / step**2,
            "vega": slope("volatility"),
            "theta": -slope("years"),
            "rho": slope("rate"),
            "vanna": cross("spot", "volatility"),
            "volga": (at(volatility=1) - 2 * middle + at(volatility=-1)) / step**2,
            "charm": -cross("spot", "years"),
        }
    found = greeks(is_call=is_call, **arguments)
    for name, value in expected.items():
        assert float(getattr(found, name)) == pytest.approx(float(value), rel=1e-10, abs=1e-12 * max(spot, 1.0)), name
    assert float(price(is_call=is_call, **arguments)) == pytest.approx(float(middle), abs=2e-15 * max(spot, 1.0))


@given(st.booleans(), spots, ratios, volatilities, years_left, rates)
def test_a_price_rises_with_volatility_and_moves_with_the_spot(
    is_call: bool, spot: float, ratio: float, volatility: float, years: float, rate: float
) -> None:
    def at(spots: list[float], volatilities: list[float]) -> list[float]:
        found = price(is_call=is_call, spot=spots, strike=spot * ratio, years=years, rate=rate, volatility=volatilities)
        return [float(value) for value in found]

    low, high = at([spot, spot], [volatility, volatility * 1.05])
    assert high >= low - 1e-15 * spot
    below, above = at([spot, spot * 1.02], [volatility, volatility])
    assert (above >= below - 1e-15 * spot) if is_call else (below >= above - 1e-15 * spot)


@given(st.booleans(), spots, ratios, volatilities, years_left, rates)
def test_pricing_on_the_forward_is_pricing_with_a_yield_as_high_as_the_rate(
    is_call: bool, forward: float, ratio: float, volatility: float, years: float, rate: float
) -> None:
    found = price_on_forward(1 if is_call else -1, forward, forward * ratio, years, volatility, np.exp(-rate * years))
    plain = price(
        is_call=is_call,
        spot=forward,
        strike=forward * ratio,
        years=years,
        rate=rate,
        volatility=volatility,
        dividend_yield=rate,
    )
    assert float(found) == pytest.approx(float(plain), abs=1e-14)


@pytest.mark.fault("F36")
@pytest.mark.parametrize(("years", "volatility"), [(0.0, 0.2), (-0.3, 0.2), (0.5, 0.0), (0.0, 0.0), (1e-22, 0.2)])
@pytest.mark.parametrize(
    ("is_call", "spot", "worth", "delta"),
    [
        (True, 2.6, 0.1, 1.0),
        (True, 2.4, 0.0, 0.0),
        (False, 2.4, 0.1, -1.0),
        (False, 2.6, 0.0, 0.0),
        (True, 2.5, 0.0, 0.5),
    ],
)
def test_without_time_or_volatility_the_value_is_intrinsic_and_every_greek_finite(
    years: float, volatility: float, is_call: bool, spot: float, worth: float, delta: float
) -> None:
    value = greeks(is_call=is_call, spot=spot, strike=2.5, years=years, rate=0.0, volatility=volatility)
    assert float(value.price) == pytest.approx(worth, abs=2e-9)
    assert float(value.delta) == pytest.approx(delta, abs=1e-9)
    assert float(price(is_call=is_call, spot=spot, strike=2.5, years=years, rate=0.0, volatility=volatility)) == (
        pytest.approx(worth, abs=2e-9)
    )
    for figure in FIGURES:
        assert np.isfinite(getattr(value, figure)), figure
    assert float(value.gamma) == float(value.vega) == float(value.vanna) == float(value.volga) == 0.0


@pytest.mark.fault("F36")
def test_after_expiry_nothing_decays() -> None:
    value = greeks(is_call=True, spot=2.6, strike=2.5, years=-1.0, rate=0.03, volatility=0.2, dividend_yield=0.02)
    assert float(value.theta) == float(value.rho) == float(value.charm) == 0.0


def test_without_volatility_only_rates_act() -> None:
    """Worked: a call without volatility is S - K exp(-rT): theta -r K exp(-rT) = -0.05 * 90 * 0.951229 = -4.28053."""
    value = greeks(is_call=True, spot=100.0, strike=90.0, years=1.0, rate=0.05, volatility=0.0)
    assert float(value.price) == pytest.approx(100.0 - 85.610648)
    assert float(value.theta) == pytest.approx(-4.28053, abs=1e-5)
    assert float(value.rho) == pytest.approx(85.610648)


def test_arrays_broadcast_and_nan_stays_where_it_was() -> None:
    for bad in ({"strike": np.array([[2.4], [np.nan]])}, {"volatility": np.array([[0.2], [np.nan]])}):
        arguments: dict[str, Any] = {"strike": 2.4, "volatility": 0.2, **bad}
        value = greeks(is_call=[True, False], spot=2.5, years=[0.5, 0.0], rate=0.02, **arguments)
        for figure in FIGURES:
            found = getattr(value, figure)
            assert found.shape == (2, 2)
            assert np.isfinite(found[0]).all(), figure
            assert np.isnan(found[1]).all(), figure


def test_a_worthless_underlying_has_no_nan() -> None:
    value = greeks(is_call=[True, False], spot=0.0, strike=2.5, years=0.5, rate=0.0, volatility=0.2)
    assert value.price.tolist() == pytest.approx([0.0, 2.5])
    for figure in FIGURES:
        assert np.isfinite(getattr(value, figure)).all(), figure
