"""Implied volatility: it gives back the volatility a price was made with, or nan, and never raises."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from terminal.pricing.black_scholes import price_on_forward
from terminal.pricing.implied_volatility import implied_volatility

#: Time value worth quoting: one part in ten thousand of the forward (rule of the speed table)
WORTH = 1e-4


def test_a_worked_price_gives_its_volatility() -> None:
    # At the money, undiscounted: price = F (2 N(v sqrt(T) / 2) - 1); F 2.5, T 0.25, v 0.2 -> 0.0996940
    found = implied_volatility(1, 0.09969403, 2.5, 2.5, 0.25, 1.0)
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
    found = float(implied_volatility(sign, price, forward, strike, years, discount))
    if WORTH * forward <= value <= 0.99 * min(forward, strike):
        assert found == pytest.approx(volatility, abs=1e-10)
    elif not np.isnan(found):
        again = float(price_on_forward(sign, forward, strike, years, found, discount))
        assert again == pytest.approx(price, abs=1e-13)


@given(st.floats(-8.0, -1.0), st.floats(0.0, 0.8))
def test_prices_far_out_of_the_money_keep_their_digits(exponent: float, distance: float) -> None:
    strike = 2.5 * np.exp(distance)
    price = 10.0**exponent
    found = float(implied_volatility(1, price, 2.5, strike, 0.5, 1.0))
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
    assert np.isnan(implied_volatility(1, price, 2.5, 2.0, years, 1.0))


@pytest.mark.fault("F35")
@given(*(st.floats(allow_nan=True, allow_infinity=True, width=64) for _ in range(4)))
def test_no_input_raises_or_warns(price: float, forward: float, strike: float, years: float) -> None:
    with np.errstate(over="ignore"):
        found = float(implied_volatility(-1, price, forward, strike, years, 1.0))
    assert np.isnan(found) or found > 0.0


@pytest.mark.fault("F35")
def test_one_option_without_a_solution_does_not_harm_the_others() -> None:
    strikes = np.array([2.3, 2.4, 2.5, 2.6, 2.7])
    prices = price_on_forward(1, 2.5, strikes, 0.1, 0.25, 0.99)
    prices[1] = 0.01
    found = implied_volatility(1, prices, 2.5, strikes, 0.1, 0.99)
    assert np.isnan(found).tolist() == [False, True, False, False, False]
    assert found[[0, 2, 3, 4]] == pytest.approx(0.25, abs=1e-10)


@given(st.floats(0.01, 3.0) | st.just(float("nan")))
def test_any_guess_leads_to_the_same_volatility(guess: float) -> None:
    strikes = np.linspace(2.0, 3.0, 21)
    prices = price_on_forward(-1, 2.5, strikes, 0.2, 0.3, 0.99)
    cold = implied_volatility(-1, prices, 2.5, strikes, 0.2, 0.99)
    assert implied_volatility(-1, prices, 2.5, strikes, 0.2, 0.99, guess) == pytest.approx(cold, abs=1e-10)
