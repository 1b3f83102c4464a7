"""All nine figures by the kernel and by numpy: the same to rounding, for every option there can be."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from terminal.pricing.value_columns import NO_DEVIATION, Greek, ValueColumns
from tests.pricing.kernels_here import kernels_here

FloatArray = NDArray[np.float64]
#: Units of the last digit, of the largest term that a figure is made of
_UNITS = 32.0 * 2.0**-52

option = st.tuples(
    st.sampled_from([1.0, -1.0]),
    st.floats(1e-3, 1e3),
    st.one_of(st.floats(-0.01, 3.0), st.sampled_from([0.0, 1e-9, np.nan])),
    st.floats(-0.05, 0.2),
    st.floats(-0.1, 0.2),
    st.one_of(st.floats(0.01, 3.0), st.floats(1e-6, 20.0), st.sampled_from([np.nan, np.inf])),
)


def columns_of(options: FloatArray) -> ValueColumns:
    sign, strike, years, rate, dividend_yield, _ = options
    columns = ValueColumns(sign, strike)
    with np.errstate(all="ignore"):
        columns.set_time(years, rate)
        columns.set_carry(dividend_yield)
    return columns


def valued(columns: ValueColumns, spot: float, volatility: FloatArray) -> FloatArray:
    with np.errstate(all="ignore"):
        columns.set_spot(spot)
        columns.value(volatility)
        columns.value_second_order(volatility)
    return columns.values.copy()


def scales(columns: ValueColumns, spot: float, volatility: FloatArray) -> FloatArray:
    """The largest terms of each figure, times what a density makes of the rounding of its argument."""
    with np.errstate(all="ignore"):
        deviation = np.maximum(columns.root_years, NO_DEVIATION) * volatility
        moneyness = 2.0 * columns.half_moneyness
        reach = np.abs(moneyness) / deviation + deviation
        density = np.abs(columns.share_discount) * np.exp(-0.5 * (moneyness / deviation + 0.5 * deviation) ** 2)
        shares, cash = spot * np.abs(columns.share_discount), columns.strike * columns.discount
        vega = spot * density * columns.root_years
        inverse_years = np.where(columns.years > 0.0, 1.0 / columns.years, 0.0)
        dividend_yield = np.abs(columns.rate - columns.carry)
        rows = (
            shares + cash,
            columns.share_discount,
            density / deviation / spot,
            vega,
            dividend_yield * shares + np.abs(columns.rate) * cash + vega * volatility * inverse_years,
            cash * columns.years,
            density * reach / volatility,
            vega * reach * reach / volatility,
            density * (reach * inverse_years + np.abs(columns.carry) / deviation) + dividend_yield,
        )
        return np.asarray(rows) * (1.0 + np.minimum(reach * reach, 2000.0)) * _UNITS


@settings(max_examples=150)
@given(options=st.lists(option, min_size=1, max_size=20), spot=st.one_of(st.floats(0.01, 100.0), st.just(float("nan"))))
def test_it_agrees_with_numpy(options: list[tuple[float, ...]], spot: float) -> None:
    table = np.array(options).T
    columns, volatility = columns_of(table), table[5]
    by_numpy = valued(columns, spot, volatility)
    columns.use(kernels_here())
    by_kernel = valued(columns, spot, volatility)
    assert np.array_equal(np.isnan(by_kernel), np.isnan(by_numpy))
    largest = scales(columns, spot, volatility)
    known = np.isfinite(by_numpy) & np.isfinite(largest)
    assert (np.abs(by_kernel - by_numpy) <= largest + 1e-300)[known].all()
    assert np.array_equal(by_kernel[~known], by_numpy[~known], equal_nan=True)


def test_a_figure_of_numpy_s_that_is_wrong_would_show() -> None:
    """The bound of the test above is narrow: an option at the money is held to fourteen digits and more."""
    columns = columns_of(np.array([[1.0], [2.5], [0.25], [0.02], [0.01], [0.2]]))
    by_numpy = valued(columns, 2.5, np.array([0.2]))
    largest = scales(columns, 2.5, np.array([0.2]))
    figures = [Greek.PRICE, Greek.DELTA, Greek.GAMMA, Greek.VEGA, Greek.THETA, Greek.RHO]
    assert (largest[figures] < 5e-13 * np.abs(by_numpy[figures])).all()


def test_numpy_takes_over_again_and_for_a_spot_each() -> None:
    table = np.array([[1.0, -1.0], [2.4, 2.6], [0.1, 0.2], [0.02] * 2, [0.01] * 2, [0.2, 0.3]])
    columns, plain = columns_of(table), columns_of(table)
    columns.use(kernels_here())
    spots = np.array([2.5, 2.6])
    for column in (columns, plain):
        with np.errstate(all="ignore"):
            column.set_spot(spots)
            column.value(table[5])
            column.value_second_order(table[5])
    assert np.array_equal(columns.values, plain.values)
    valued(columns, 2.5, table[5])
    columns.use(None)
    assert np.array_equal(valued(columns, 2.5, table[5]), valued(plain, 2.5, table[5]))


@pytest.mark.parametrize("count", [0, 1, 7, 8, 9, 24])
def test_lists_of_any_length(count: int) -> None:
    table = np.tile([[1.0], [2.5], [0.25], [0.02], [0.01], [0.2]], (1, count))
    columns = columns_of(table)
    by_numpy = valued(columns, 2.5, table[5])
    columns.use(kernels_here())
    by_kernel = valued(columns, 2.5, table[5])
    assert by_kernel.shape == (9, count)
    assert by_kernel == pytest.approx(by_numpy, rel=1e-13)
