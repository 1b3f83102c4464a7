"""How much a broker closes for a client who is short of money."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from terminal.venue.counter.settlement.obligations import contracts_that_bring

YUAN = st.decimals(Decimal("0.01"), Decimal(1_000_000), places=2)


@pytest.mark.requirement("O18")
@pytest.mark.parametrize(
    ("missing", "each", "count"), [("3000", "1000", 3), ("3000.01", "1000", 4), ("0.01", "1000", 1), ("0", "1000", 0)]
)
def test_a_part_of_a_contract_counts_as_one(missing: str, each: str, count: int) -> None:
    assert contracts_that_bring(Decimal(missing), Decimal(each)) == count


@given(missing=YUAN, each=YUAN)
def test_what_is_closed_is_enough_and_not_one_too_many(missing: Decimal, each: Decimal) -> None:
    count = contracts_that_bring(missing, each)
    assert (count - 1) * each < missing <= count * each
