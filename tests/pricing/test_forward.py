"""The forward of an expiry: exact on exact books, indifferent to a bad quote, weighted by spread."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from terminal.pricing.forward import carry_of, fit_forwards, implied_dividend
from tests.pricing.chains import DIVIDEND_YIELD, RATE, SPOT, Listed, listed


def true_forward(book: Listed) -> np.ndarray[tuple[int, ...], np.dtype[np.float64]]:
    return np.asarray(SPOT * np.exp((RATE - DIVIDEND_YIELD) * book.years))


@pytest.mark.requirement("X5")
def test_a_flat_book_gives_its_volatility_on_both_sides_at_every_expiry() -> None:
    """Nearest peer, flat 20 %, rate 2 %: call and put 19.1/20.7 at 24 days to 17.8/21.9 at 154."""
    book = listed(0.2)
    book.refresh()
    found = book.columns.volatility[2]
    assert len(found) == 4 * 17 * 2
    worth = book.fair - np.maximum(book.terms.sign * (SPOT - book.terms.strike), 0.0) > 1e-5
    assert worth.sum() > 120
    assert np.abs(found - 0.2)[worth].max() <= 1e-6
    assert book.columns.forward == pytest.approx(true_forward(book), abs=1e-12)
    assert book.columns.carry == pytest.approx([RATE - DIVIDEND_YIELD] * 4, abs=1e-9)


@given(
    st.integers(0, 16),
    st.booleans(),
    st.one_of(st.floats(0.2, 0.9), st.floats(1.1, 5.0)),
    st.floats(0.0, 1.0),
)
@pytest.mark.requirement("X5")
def test_one_bad_quote_does_not_move_the_forward(strike: int, is_call: bool, factor: float, width: float) -> None:
    book = listed(0.2)
    option = book.option(1, 2.1 + 0.05 * strike, is_call)
    half = max(width * 0.0002, 1e-5)
    wrong = float(book.fair[option]) * factor
    book.quote(option, max(wrong - half, 1e-5), wrong + half)
    book.columns.set_quotes(book.bid, book.ask)
    fit = book.columns.fit_forwards(SPOT)
    # A bad quote nearer than the spread of the others is no bad quote
    assert fit.forward == pytest.approx(true_forward(book), abs=4e-4)


def test_a_narrow_pair_has_more_say_than_a_wide_one() -> None:
    """Worked: forwards 2.500 with half-spread 0.001 and 2.505 with 0.003: weights 9 to 1, 2.5005."""
    strike = np.array([[2.4, 2.5]])
    call = np.array([[[0.1495, 0.0435]], [[0.1505, 0.0465]], [[0.15, 0.045]]])
    put = np.array([[[0.0495, 0.0385]], [[0.0505, 0.0415]], [[0.05, 0.04]]])
    fit = fit_forwards(strike, call, put, np.ones(1))
    # The biweight takes a little from both, so only nearly
    assert float(fit.forward[0]) == pytest.approx(2.5005, abs=1.5e-4)
    assert fit.pairs.tolist() == [2]
    assert float(fit.spread[0]) == pytest.approx(0.005)
    assert 0.0009 < float(fit.error[0]) < 0.0011


def test_an_expiry_without_pairs_grows_the_spot_at_the_rate() -> None:
    book = listed(0.2)
    first = book.terms.expiry_of == 0
    book.bid[first & (book.terms.sign < 0)] = 0.0
    book.columns.set_quotes(book.bid, book.ask)
    fit = book.columns.fit_forwards(SPOT)
    assert fit.pairs.tolist() == [0, 5, 5, 5]
    assert np.isnan([fit.forward[0], fit.spread[0], fit.error[0]]).all()
    book.columns.reprice(SPOT)
    assert float(book.columns.forward[0]) == pytest.approx(SPOT * np.exp(RATE * 24 / 365))


def test_a_chain_without_any_twin_has_a_forward_too() -> None:
    book = listed(0.2, strikes=())
    book.refresh()
    book = listed(0.2, strikes=(2.5,))
    book.ask[:] = 0.0
    book.refresh()
    assert book.columns.forward == pytest.approx(SPOT * np.exp(RATE * book.years))


@given(st.floats(0.5, 10.0), st.floats(0.001, 2.0), st.floats(-0.05, 0.1), st.floats(-0.05, 0.05))
def test_carry_and_dividend_lead_back_to_the_forward(spot: float, years: float, rate: float, carry: float) -> None:
    forward = np.array([spot * np.exp(carry * years)])
    assert float(carry_of(forward, spot, np.array([years]))[0]) == pytest.approx(carry, abs=1e-12)
    discount = np.array([np.exp(-rate * years)])
    dividend = float(implied_dividend(forward, spot, discount)[0])
    assert (spot - dividend) / discount[0] == pytest.approx(forward[0])


@pytest.mark.fault("F36")
def test_at_expiry_there_is_no_carry() -> None:
    assert carry_of(np.array([2.6]), 2.5, np.array([0.0])).tolist() == [0.0]
