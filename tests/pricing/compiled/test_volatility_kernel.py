"""Warm volatilities by the kernel and by numpy: the same answers, the same prices without one, tick after tick."""

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from terminal.pricing.black_scholes import price
from terminal.pricing.book_volatility import BookVolatility
from terminal.pricing.compiled.kernels import Kernels
from terminal.pricing.value_columns import ValueColumns
from tests.pricing.kernels_here import kernels_here

FloatArray = NDArray[np.float64]
RATE, DIVIDEND_YIELD, SPOT = 0.02, 0.01, 2.5

#: Sign, log distance in deviations, years, volatility, and what each side's price is times the fair one
option = st.tuples(
    st.sampled_from([1.0, -1.0]),
    st.floats(-5.0, 5.0),
    st.one_of(st.floats(1e-3, 2.0), st.just(0.0)),
    st.floats(0.03, 1.5),
    st.lists(
        st.one_of(st.floats(0.5, 2.0), st.sampled_from([0.0, -1.0, 1.0, 1e6, np.nan, np.inf])), min_size=3, max_size=3
    ),
)


class Chain:
    """The same options with the same books, by numpy or by kernels."""

    def __init__(
        self, table: Sequence[tuple[float, float, float, float, list[float]]], kernels: Kernels | None
    ) -> None:
        sign, reach, years, self.volatility = np.array([row[:4] for row in table]).T
        strike = SPOT * np.exp(reach * self.volatility * np.sqrt(np.maximum(years, 1e-3)))
        fair = price(
            is_call=sign > 0, spot=SPOT, strike=strike, years=years, rate=RATE, volatility=self.volatility,
            dividend_yield=DIVIDEND_YIELD,
        )  # fmt: skip
        columns = ValueColumns(sign, strike)
        columns.set_time(years, np.full(len(years), RATE))
        columns.set_carry(np.full(len(years), DIVIDEND_YIELD))
        self.book = BookVolatility(len(years))
        self.book.use(kernels)
        self.book.set_time(columns)
        self.book.set_carry(columns)
        with np.errstate(all="ignore"):
            self.book.set_prices(fair * np.array([row[4] for row in table]).T)

    def solve(self, spot: float) -> FloatArray:
        """Volatilities of the three sides."""
        with np.errstate(all="ignore"):
            self.book.solve(spot)
        return self.book.volatility.copy()


@settings(max_examples=80)
@given(
    table=st.lists(option, min_size=1, max_size=12),
    moves=st.lists(st.one_of(st.floats(0.97, 1.03), st.just(float("nan"))), min_size=1, max_size=4),
)
def test_every_tick_gives_numpy_s_volatilities(
    table: list[tuple[float, float, float, float, list[float]]], moves: list[float]
) -> None:
    chains = Chain(table, None), Chain(table, kernels_here())
    for move in (1.0, *moves):
        by_numpy, by_kernel = (chain.solve(SPOT * move) for chain in chains)
        assert np.array_equal(np.isnan(by_kernel), np.isnan(by_numpy))
        assert by_kernel == pytest.approx(by_numpy, rel=1e-11, nan_ok=True)
        by_numpy, by_kernel = (chain.book.start for chain in chains)
        assert by_kernel == pytest.approx(by_numpy, rel=1e-11, nan_ok=True)


def test_a_near_start_is_settled_by_the_kernel_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two steps from 2 % off: no price is left to numpy, and all digits are there."""
    table = [
        (sign, reach, years, 0.2, [1.0, 1.0, 1.0])
        for sign in (1.0, -1.0)
        for reach in np.linspace(0.0, 2.5, 11).tolist()
        for years in (0.06, 0.4)
    ]
    table = [(s, s * reach, *rest) for s, reach, *rest in table]
    chain = Chain(table, kernels_here())
    np.multiply(chain.volatility, 1.02, chain.book.start)
    monkeypatch.setattr(BookVolatility, "_solve_rest", lambda *_: pytest.fail("something was not settled"))
    assert chain.solve(SPOT) == pytest.approx(np.tile(chain.volatility, (3, 1)), rel=1e-12)


def test_a_start_far_off_is_left_to_numpy_and_solved() -> None:
    table = [(1.0, 0.5, 0.25, 0.3, [1.0, 1.0, 1.0])] * 3
    chain = Chain(table, kernels_here())
    for start in (np.nan, 0.0, 1e-12, 40.0, np.inf):
        chain.book.start[:] = start
        assert chain.solve(SPOT) == pytest.approx(np.full((3, 3), 0.3), rel=1e-10)


def test_a_price_that_loses_its_solution_keeps_its_start() -> None:
    table = [(1.0, -3.0, 0.05, 0.2, [1.0, 1.0, 1.0]), (1.0, 0.0, 0.05, 0.2, [1.0, 1.0, 1.0])]
    chain = Chain(table, kernels_here())
    chain.solve(SPOT)
    kept = chain.book.start.copy()
    lost = chain.solve(SPOT * 1.05)
    assert np.isnan(lost[:, 0]).all()
    assert np.array_equal(chain.book.start[:, 0], kept[:, 0])
    assert chain.solve(SPOT) == pytest.approx(np.full((3, 2), 0.2), rel=1e-9)


def test_numpy_goes_on_from_the_starts_of_the_kernel() -> None:
    table = [(1.0, 0.5, 0.25, 0.3, [1.0, 1.01, 0.99])]
    chain = Chain(table, kernels_here())
    by_kernel = chain.solve(SPOT)
    chain.book.use(None)
    assert chain.solve(SPOT) == pytest.approx(by_kernel, rel=1e-13)
