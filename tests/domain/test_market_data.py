"""Quote rows on the wire: nothing lost on the way, nothing read that is no row."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from terminal.domain.market_data import COLUMN_COUNT, DEPTH, Column, pack_rows, unpack_rows

INT64 = st.integers(-(2**63), 2**63 - 1)


def test_the_columns_fill_a_row_without_a_gap_or_an_overlap() -> None:
    levels = {Column.BID_PRICE, Column.BID_QUANTITY, Column.ASK_PRICE, Column.ASK_QUANTITY}
    used = [n for c in Column for n in range(c, c + (DEPTH if c in levels else 1))]
    assert used == list(range(COLUMN_COUNT))


@given(st.lists(st.lists(INT64, min_size=COLUMN_COUNT, max_size=COLUMN_COUNT), max_size=5))
def test_rows_survive_the_wire(values: list[list[int]]) -> None:
    rows = np.array(values, dtype=np.int64).reshape(-1, COLUMN_COUNT)
    data = pack_rows(rows)
    assert len(data) == 8 * COLUMN_COUNT * len(values)
    back = unpack_rows(data)
    assert back.dtype == np.int64
    assert back.shape == (len(values), COLUMN_COUNT)
    assert (back == rows).all()


def test_rows_travel_little_endian_on_every_machine() -> None:
    rows = np.zeros((1, COLUMN_COUNT), dtype=np.int64)
    rows[0, Column.TIME_US] = 0x0102030405060708
    assert pack_rows(rows)[8:16] == bytes.fromhex("0807060504030201")


def test_what_was_read_cannot_be_written() -> None:
    rows = unpack_rows(bytes(8 * COLUMN_COUNT))
    with pytest.raises(ValueError, match="read-only"):
        rows[0, 0] = 1


@pytest.mark.fault("F17", "F29")
@pytest.mark.parametrize("size", [1, 7, 8, 8 * COLUMN_COUNT - 8, 8 * COLUMN_COUNT + 8, 8 * COLUMN_COUNT + 3])
def test_bytes_that_are_no_whole_rows_are_refused(size: int) -> None:
    with pytest.raises(ValueError, match=r"row|element size"):
        unpack_rows(bytes(size))
