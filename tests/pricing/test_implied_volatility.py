"""Implied volatility: it gives back the volatility a price was made with, or nan, and never raises."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from terminal.pricing.black_scholes import price, price_on_forward
from terminal.pricing.implied_volatility import implied_on_forward, implied_volatility

#: Time value worth quoting: one part in ten thousand of the forward (rule of the speed table)
WORTH = 1e-4


def test_a_worked_price_gives_its_volatility() -> None:
    # At the money, undiscounted: price = F (2 N(v sqrt(T) / 2) - 1); F 2.5, T 0.25, v 0.2 -> 0.0996940
    found = implied_on_forward(1, 0.09969403, 2.5, 2.5, 0.25, 1.0)
    assert float(found) == pytest.approx(0.2, abs=1e-7)


@given(
    st.sampled_from([1.0, -1.0]),
    st.floats(0.3, 3.0),
    st.floats(0.005, 3.0),
    st.floats(0.02, 3.0),
    st.floats(0.9, 1.02),
)
def test_a_price_leads_back_to_its_volatility(
    sign: float, ratio: float, years: float, volatility: float, discount: float
) -> None:
    forward, strike = 2.5, 2.5 * ratio
    price = float(price_on_forward(sign, forward, strike, years, volatility, discount))
    value = price / discount - max(sign * (forward - strike), 0.0)
    found = float(implied_on_forward(sign, price, forward, strike, years, discount))
    if WORTH * forward <= value <= 0.99 * min(forward, strike):
        assert found == pytest.approx(volatility, abs=1e-10)
    elif not np.isnan(found):
        again = float(price_on_forward(sign, forward, strike, years, found, discount))
        assert again == pytest.approx(price, abs=1e-13)


@given(st.floats(-8.0, -1.0), st.floats(0.0, 0.8))
def test_prices_far_out_of_the_money_keep_their_digits(exponent: float, distance: float) -> None:
    strike = 2.5 * np.exp(distance)
    price = 10.0**exponent
    found = float(implied_on_forward(1, price, 2.5, strike, 0.5, 1.0))
    assert float(price_on_forward(1, 2.5, strike, 0.5, found, 1.0)) == pytest.approx(price, rel=1e-9)


@pytest.mark.fault("F35")
@pytest.mark.parametrize(
    ("price", "years"),
    [
        (0.3, 0.5),  # below intrinsic
        (0.5, 0.5),  # intrinsic itself
        (2.5, 0.5),  # a call is worth less than its forward
        (3.0, 0.5),
        (0.0, 0.5),
        (-0.1, 0.5),
        (float("nan"), 0.5),
        (float("inf"), 0.5),
        (0.6, 0.0),  # expired
        (0.6, -1.0),
    ],
)
def test_where_no_volatility_gives_the_price_there_is_nan(price: float, years: float) -> None:
    assert np.isnan(implied_on_forward(1, price, 2.5, 2.0, years, 1.0))


@pytest.mark.fault("F35")
@given(*(st.floats(allow_nan=True, allow_infinity=True, width=64) for _ in range(4)))
def test_no_input_raises_or_warns(price: float, forward: float, strike: float, years: float) -> None:
    with np.errstate(over="ignore"):
        found = float(implied_on_forward(-1, price, forward, strike, years, 1.0))
    assert np.isnan(found) or found > 0.0


@pytest.mark.fault("F35")
def test_one_option_without_a_solution_does_not_harm_the_others() -> None:
    strikes = np.array([2.3, 2.4, 2.5, 2.6, 2.7])
    prices = price_on_forward(1, 2.5, strikes, 0.1, 0.25, 0.99)
    prices[1] = 0.01
    found = implied_on_forward(1, prices, 2.5, strikes, 0.1, 0.99)
    assert np.isnan(found).tolist() == [False, True, False, False, False]
    assert found[[0, 2, 3, 4]] == pytest.approx(0.25, abs=1e-10)


@given(st.floats(0.01, 3.0) | st.just(float("nan")))
def test_any_guess_leads_to_the_same_volatility(guess: float) -> None:
    strikes = np.linspace(2.0, 3.0, 21)
    prices = price_on_forward(-1, 2.5, strikes, 0.2, 0.3, 0.99)
    cold = implied_on_forward(-1, prices, 2.5, strikes, 0.2, 0.99)
    assert implied_on_forward(-1, prices, 2.5, strikes, 0.2, 0.99, guess) == pytest.approx(cold, abs=1e-10)


def tradable(count: int) -> dict[str, np.ndarray[tuple[int, ...], np.dtype[np.float64]]]:
    """Options as this market lists them: days to a year and more, strikes to some deviations, any side."""
    random = np.random.default_rng(20260105)
    spot = random.uniform(1.5, 6.0, count)
    return {
        "is_call": np.where(random.random(count) < 0.5, 1.0, 0.0),
        "spot": spot,
        "strike": spot * np.exp(random.normal(0.0, 0.12, count)),
        "years": random.uniform(1.0 / 365.0, 1.2, count),
        "rate": random.uniform(0.0, 0.05, count),
        "volatility": random.uniform(0.08, 0.9, count),
        "dividend_yield": random.uniform(-0.01, 0.05, count),
    }


@pytest.mark.parametrize("count", [20_000])
def test_no_tradable_option_is_unsolved_or_wrong(count: int) -> None:
    options = tradable(count)
    prices = price(**options)
    volatility = options.pop("volatility")
    growth = (options["rate"] - options["dividend_yield"]) * options["years"]
    sign = np.where(options["is_call"] > 0, 1.0, -1.0)
    parity = np.exp(-options["rate"] * options["years"]) * (options["spot"] * np.exp(growth) - options["strike"])
    worth = prices - np.maximum(sign * parity, 0.0) >= WORTH * options["spot"]
    assert worth.sum() > 0.95 * count
    found = implied_volatility(price=prices, **options)
    assert np.abs(found - volatility)[worth].max() <= 1e-10
    again = price(volatility=np.nan_to_num(found), **options)
    solved = np.isfinite(found)
    assert np.abs(again - prices)[solved].max() <= 2e-15 * options["spot"].max()


@pytest.mark.parametrize("distance", [0.2, 0.5, 1.0, 2.0])
def test_a_price_near_the_smallest_double_still_has_its_volatility(distance: float) -> None:
    volatilities = np.geomspace(0.01, 2.0, 60)
    prices = price(is_call=True, spot=1.0, strike=np.exp(distance), years=0.5, rate=0.0, volatility=volatilities)
    seen = prices > 1e-290
    assert prices[seen].min() < 1e-60
    found = implied_volatility(is_call=True, price=prices, spot=1.0, strike=np.exp(distance), years=0.5, rate=0.0)
    assert found[seen] == pytest.approx(volatilities[seen], rel=1e-11)


def test_a_lagging_guess_costs_nothing_but_time() -> None:
    """A guess from a moment ago and one that is nowhere near meet in the same place."""
    options = tradable(2_000)
    sign = np.where(options["is_call"] > 0, 1.0, -1.0)
    prices = price_on_forward(sign, options["spot"], options["strike"], options["years"], options["volatility"], 0.99)
    arguments = (sign, prices, options["spot"], options["strike"], options["years"], 0.99)
    cold = implied_on_forward(*arguments)
    for factor in (1.0, 0.97, 1.1, 3.0, 0.2):
        warm = implied_on_forward(*arguments, options["volatility"] * factor)
        assert np.isnan(warm).tolist() == np.isnan(cold).tolist()
        solved = np.isfinite(cold)
        worth = prices / 0.99 - np.maximum(sign * (options["spot"] - options["strike"]), 0.0) > WORTH
        assert np.abs(warm - cold)[solved & worth].max() <= 1e-11
