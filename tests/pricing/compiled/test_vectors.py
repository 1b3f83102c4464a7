"""The layer that writes assembly: what an expression computes, and that nothing is computed twice."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from terminal.pricing.compiled.vectors import Body, Listing, Mask, Vector, kernel, polynomial, select
from tests.pricing.kernels_here import Compiled

DOUBLES = st.floats(allow_nan=True, allow_infinity=True, width=64)
PAIRS = st.lists(st.tuples(DOUBLES, DOUBLES), min_size=1, max_size=20)


def test_the_same_instruction_is_written_once() -> None:
    listing = Listing()
    x, y = Vector(listing, "%x"), Vector(listing, "%y")
    assert (x + y).name == (x + y).name
    assert (x + y).name != (y - x).name
    assert len(listing.lines) == 2


def test_a_number_is_written_bit_by_bit() -> None:
    listing = Listing()
    _ = Vector(listing, "%x") * 0.1
    assert listing.lines[0].count("double 0x3FB999999999999A") == 8


def test_a_kernel_names_its_numbers_as_arguments() -> None:
    def body(row: Body) -> None:
        (spot,) = row.numbers
        row[1] = row[0] * spot

    assert kernel("k", ("spot",), body).startswith("define double @k(ptr %block, i64 %length, double %spot) nounwind {")


def _everything(row: Body) -> Mask:
    x, y = row[0], row[1]
    (number,) = row.numbers
    row[2], row[3], row[4], row[5] = x + y, x - y, x * y, x / y
    row[6], row[7], row[8] = -x, abs(x), 1.0 - x
    row[9], row[10] = select(x < y, x, y), select((x > 0.0) & ~(y <= 0.0), 7.0, x)
    row[11], row[12], row[13] = 2.0 / x, number * x, select(x.equals(y), 1.0, y)
    return x > y


@pytest.fixture(scope="module")
def everything() -> Compiled:
    return Compiled(_everything, ("number",))


@given(pairs=PAIRS, number=DOUBLES)
def test_every_operation_is_the_processor_s(
    everything: Compiled, pairs: list[tuple[float, float]], number: float
) -> None:
    x, y = np.array(pairs).T
    rows, count = everything(np.vstack((x, y, np.zeros((12, len(x))))), number)
    with np.errstate(all="ignore"):
        expected = np.vstack(
            (
                x + y, x - y, x * y, x / y, -x, np.abs(x), 1.0 - x, np.where(x < y, x, y),
                np.where((x > 0.0) & ~(y <= 0.0), 7.0, x), 2.0 / x, number * x, np.where(x == y, 1.0, y),
            )
        )  # fmt: skip
    assert np.array_equal(rows[2:], expected, equal_nan=True)
    # What fills the last eight up are zeros, which are not above each other
    assert count == np.count_nonzero(x > y)


def test_rows_of_any_length_are_done_to_the_end_and_no_further() -> None:
    def body(row: Body) -> None:
        row[1] = row[0] + 1.0

    one_more = Compiled(body)
    for count in (1, 7, 8, 9, 16, 63):
        rows, _ = one_more(np.vstack((np.arange(count), np.zeros(count))))
        assert rows[1].tolist() == [n + 1.0 for n in range(count)]


def test_a_polynomial_is_the_sum_of_its_powers() -> None:
    coefficients = [0.7, -1.3, 0.4, 2.1, -0.9, 0.2, 1.7]

    def body(row: Body) -> None:
        for count in range(1, len(coefficients) + 1):
            row[count] = polynomial(row[0], coefficients[:count])

    x = np.linspace(-1.5, 1.5, 31)
    rows, _ = Compiled(body)(np.vstack((x, np.zeros((len(coefficients), len(x))))))
    for count in range(1, len(coefficients) + 1):
        exact = [math.fsum(c * v**n for n, c in enumerate(coefficients[:count])) for v in x.tolist()]
        assert rows[count] == pytest.approx(exact, rel=1e-14, abs=1e-14)
