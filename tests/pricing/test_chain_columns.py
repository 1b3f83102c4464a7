"""The engine: agrees with the plain formulas, survives every kind of book, and never keeps a number in silence."""

from collections.abc import Iterator

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from terminal.pricing.black_scholes import greeks, price
from terminal.pricing.implied_volatility import implied_on_forward
from terminal.pricing.quality import Quality
from terminal.pricing.value_columns import Greek
from tests.pricing import chains
from tests.pricing.chains import DIVIDEND_YIELD, RATE, SPOT, Listed, listed
from tests.pricing.kernels_here import kernels_here

#: An out-of-the-money call and its put, of the second expiry
STRIKE, EXPIRY = 2.6, 1


@pytest.fixture(autouse=True, params=["numpy", "compiled"], scope="module")
def way(request: pytest.FixtureRequest) -> Iterator[str]:
    """Everything here holds whoever computes."""
    chains.KERNELS = kernels_here() if request.param == "compiled" else None
    yield request.param
    chains.KERNELS = None


@pytest.fixture
def book() -> Listed:
    """A flat chain at 20 %, computed once."""
    made = listed(0.2)
    made.refresh()
    return made


def moved(book: Listed, spot: float) -> None:
    book.columns.reprice(spot)


@pytest.mark.requirement("X5")
def test_every_greek_is_the_plain_formula_at_the_strike_s_volatility(book: Listed) -> None:
    terms = book.terms
    plain = greeks(
        is_call=terms.sign > 0,
        spot=SPOT,
        strike=terms.strike,
        years=book.years[terms.expiry_of],
        rate=RATE,
        volatility=0.2,
        dividend_yield=DIVIDEND_YIELD,
    )
    near = np.abs(np.log(terms.strike / SPOT)) < 0.1
    for greek in Greek:
        expected = getattr(plain, greek.name.lower())
        assert book.columns.values[greek][near] == pytest.approx(expected[near], rel=1e-5, abs=1e-8), greek
    assert book.columns.theoretical == pytest.approx(book.fair, abs=2e-6)
    assert (book.columns.greek_quality == Quality.LIVE).all()


@given(st.lists(st.floats(0.93, 1.07), min_size=1, max_size=6))
def test_ticks_give_what_a_cold_solution_gives(moves: list[float]) -> None:
    """Whatever the path of the spot: warm starts, prices that lose and regain a solution."""
    book = listed(0.25, half_spread=0.0015)
    book.refresh()
    for move in moves:
        moved(book, SPOT * move)
    terms, columns = book.terms, book.columns
    cold = implied_on_forward(
        terms.sign,
        np.stack((book.bid, book.ask, columns.mid)),
        columns.forward[terms.expiry_of],
        terms.strike,
        book.years[terms.expiry_of],
        columns.discount[terms.expiry_of],
    )
    assert np.isnan(columns.volatility).tolist() == np.isnan(cold).tolist()
    worth = cold > 0.03
    assert np.abs(columns.volatility - cold)[worth].max(initial=0.0) <= 1e-9


@pytest.mark.fault("F28", "F34")
@pytest.mark.parametrize(("bid", "ask"), [(0.0, 0.02), (0.02, 0.0), (0.35, 0.0), (0.0, 0.0001), (0.0, 0.0)])
def test_a_one_sided_book_has_no_mid_and_its_greek_is_interpolated_and_moves(
    book: Listed, bid: float, ask: float
) -> None:
    """Nearest peer: the delta of a bid-only option stayed 5383 after the underlying fell 3.3 %."""
    call, put = book.option(EXPIRY, STRIKE, True), book.option(EXPIRY, STRIKE, False)
    before = book.columns.values[Greek.DELTA, call]
    book.quote(call, bid, ask)
    book.quote(put, 0.0, 0.0)
    book.refresh()
    columns = book.columns
    assert columns.book_quality[call] == (Quality.ONE_SIDED if bid or ask else Quality.NONE)
    assert np.isnan(columns.volatility[2, call])
    assert columns.greek_quality[call] == columns.greek_quality[put] == Quality.INTERPOLATED
    assert columns.pricing_volatility[call] == pytest.approx(0.2, abs=1e-6)
    assert columns.values[Greek.DELTA, call] == pytest.approx(before, abs=1e-5)
    moved(book, SPOT * 0.967)
    assert columns.values[Greek.DELTA, call] < before - 0.05


@pytest.mark.fault("F27")
@pytest.mark.parametrize("ask", [0.07, 0.06])
def test_a_locked_or_crossed_book_is_not_used(book: Listed, ask: float) -> None:
    call = book.option(EXPIRY, STRIKE, True)
    book.quote(call, 0.07, ask)
    book.refresh()
    assert book.columns.book_quality[call] == Quality.CROSSED
    assert np.isnan(book.columns.volatility[:, call]).all()
    assert book.columns.greek_quality[call] == Quality.INTERPOLATED
    assert book.columns.pricing_volatility[call] == pytest.approx(0.2, abs=1e-5)


def test_an_in_the_money_greek_stands_on_its_twin(book: Listed) -> None:
    put, call = book.option(EXPIRY, STRIKE, False), book.option(EXPIRY, STRIKE, True)
    book.quote(put, 0.0, 0.0)
    book.refresh()
    assert book.columns.greek_quality[put] == Quality.LIVE
    assert book.columns.pricing_volatility[put] == book.columns.volatility[2, call]


@pytest.mark.fault("F26")
def test_a_stale_book_marks_its_greek_stale(book: Listed) -> None:
    call, put = book.option(EXPIRY, STRIKE, True), book.option(EXPIRY, STRIKE, False)
    age = np.zeros(len(book.bid))
    age[call] = 4.0
    book.columns.set_quotes(book.bid, book.ask, age, stale_after=3.0)
    book.columns.reprice(SPOT)
    assert book.columns.greek_quality[[call, put]].tolist() == [Quality.STALE, Quality.STALE]
    assert np.isfinite(book.columns.values[:, call]).all()


def test_beyond_the_last_quoted_strike_its_volatility_holds(book: Listed) -> None:
    terms = book.terms
    outer = (terms.expiry_of == EXPIRY) & (terms.strike > 2.71)
    book.bid[outer] = 0.0
    book.refresh()
    assert (book.columns.greek_quality[outer] == Quality.INTERPOLATED).all()
    assert book.columns.pricing_volatility[outer] == pytest.approx(0.2, abs=1e-5)


def test_an_expiry_without_a_book_is_nan_and_says_so_and_the_others_live(book: Listed) -> None:
    first = book.terms.expiry_of == 0
    book.bid[first] = book.ask[first] = 0.0
    book.refresh()
    assert (book.columns.greek_quality[first] == Quality.NONE).all()
    assert np.isnan(book.columns.values[:, first]).all()
    assert (book.columns.greek_quality[~first] == Quality.LIVE).all()


@pytest.mark.fault("F29")
def test_without_a_spot_every_figure_is_nan(book: Listed) -> None:
    for spot in (float("nan"), 0.0, -1.0):
        moved(book, spot)
        assert np.isnan(book.columns.values).all()
        assert np.isnan(book.columns.volatility).all()
        assert (book.columns.greek_quality == Quality.NONE).all()
    moved(book, SPOT)
    assert (book.columns.greek_quality == Quality.LIVE).all()


@pytest.mark.fault("F34")
def test_without_a_spot_the_forwards_still_give_volatilities(book: Listed) -> None:
    fit = book.columns.fit_forwards(float("nan"))
    book.columns.reprice_on_forwards(fit.forward)
    assert book.columns.pricing_volatility == pytest.approx(0.2, abs=1e-5)


@pytest.mark.fault("F38")
def test_an_adjusted_series_shares_a_strike_and_keeps_its_twins_and_units() -> None:
    """vnpy issue 761: 2.7 A and 2.7 M in one month; a chain keyed by strike hid one."""
    book = listed(0.2, adjusted=(2.45, 2.5, 2.5510))
    book.refresh()
    terms = book.terms
    standard, adjusted = (book.option(EXPIRY, 2.5, True, unit) for unit in (10_000.0, 10_220.0))
    assert terms.twin[adjusted] == book.option(EXPIRY, 2.5, False, 10_220.0)
    assert terms.twin[standard] == book.option(EXPIRY, 2.5, False)
    assert book.columns.values[:, adjusted] == pytest.approx(book.columns.values[:, standard], rel=1e-6)
    assert (terms.multiplier * book.columns.values[Greek.DELTA])[adjusted] == pytest.approx(
        1.022 * (terms.multiplier * book.columns.values[Greek.DELTA])[standard], rel=1e-6
    )
    # With one of the two dead the other speaks
    for option in (adjusted, int(terms.twin[adjusted])):
        book.quote(option, 0.0, 0.0)
    book.refresh()
    assert book.columns.greek_quality[adjusted] == Quality.INTERPOLATED
    assert book.columns.pricing_volatility[adjusted] == pytest.approx(0.2, abs=1e-5)


def test_a_missing_twin_is_no_error() -> None:
    from terminal.pricing.chain_columns import ChainColumns
    from terminal.pricing.chain_terms import ChainTerms

    terms = ChainTerms.of(
        is_call=[True, True, False], strike=[2.4, 2.5, 2.5], multiplier=[1e4] * 3, expiry_of=[0] * 3,
        series=["M"] * 3, expiries=1,
    )  # fmt: skip
    assert terms.twin.tolist() == [-1, 2, 1]
    columns = ChainColumns(terms)
    columns.set_time(np.array([0.2]), np.array([RATE]))
    fair = price(is_call=terms.sign > 0, spot=SPOT, strike=terms.strike, years=0.2, rate=RATE, volatility=0.3)
    columns.set_quotes(fair - 1e-4, fair + 1e-4)
    assert columns.fit_forwards(SPOT).pairs.tolist() == [1]
    columns.reprice(SPOT)
    assert columns.pricing_volatility == pytest.approx(0.3, abs=1e-6)


def test_no_contract_at_all_is_no_error() -> None:
    book = listed(strikes=(), days=())
    book.refresh()
    assert book.columns.values.shape == (9, 0)


@pytest.mark.fault("F36")
def test_on_the_last_second_the_value_is_intrinsic_and_every_greek_finite(book: Listed) -> None:
    book.columns.set_time(np.maximum(book.years - 49 / 365, 0.0), np.full(4, RATE))
    moved(book, SPOT)
    ended = book.terms.expiry_of <= 1
    intrinsic = np.maximum(book.terms.sign * (SPOT - book.terms.strike), 0.0)
    assert book.columns.theoretical[ended] == pytest.approx(intrinsic[ended], abs=1e-9)
    assert np.isfinite(book.columns.values[:, ended]).all()
    assert np.isnan(book.columns.volatility[:, ended]).all()
    assert (book.columns.greek_quality[ended] == Quality.LIVE).all()


def test_a_curve_prices_every_option_of_its_expiry(book: Listed) -> None:
    columns, terms = book.columns, book.terms
    book.columns.set_curve(EXPIRY, lambda k: 0.22 - 0.1 * k + 0.5 * k * k)
    moved(book, SPOT)
    of_curve = terms.expiry_of == EXPIRY
    k = np.log(terms.strike / columns.forward[terms.expiry_of])
    expected = np.where(of_curve, 0.22 - 0.1 * k + 0.5 * k * k, 0.2)
    assert columns.pricing_volatility == pytest.approx(expected, abs=1e-5)
    # The mids stay what they are
    assert columns.volatility[2][of_curve & (np.abs(k) < 0.1)] == pytest.approx(0.2, abs=1e-5)
    assert (columns.greek_quality == Quality.LIVE).all()
    book.bid[:] = 0.0
    book.columns.set_quotes(book.bid, book.ask)
    moved(book, SPOT)
    assert (columns.greek_quality[of_curve] == Quality.INTERPOLATED).all()
    assert (columns.greek_quality[~of_curve] == Quality.NONE).all()
    book.columns.set_curve(EXPIRY, None)
    moved(book, SPOT)
    assert np.isnan(columns.values).all()


def test_trading_time_stretches_volatility_and_not_money(book: Listed) -> None:
    """A year of 244 days instead of 365: the same prices, discounts and rho; volatility by the root of the ratio."""
    plain_rho, discount = book.columns.values[Greek.RHO].copy(), book.columns.discount.copy()
    book.columns.set_time(book.years * 0.8, np.full(4, RATE), book.years)
    book.refresh()
    assert book.columns.discount == pytest.approx(discount)
    assert book.columns.forward == pytest.approx(SPOT * np.exp((RATE - DIVIDEND_YIELD) * book.years))
    assert book.columns.pricing_volatility == pytest.approx(0.2 / np.sqrt(0.8), abs=1e-5)
    assert book.columns.values[Greek.RHO] == pytest.approx(plain_rho, rel=1e-4, abs=1e-6)
