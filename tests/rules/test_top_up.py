"""Top-up of covered positions after an ex-day: the example of rulebook 7."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from terminal.domain.errors import BadInput
from terminal.rules.top_up import CoveredPosition, contracts_to_close, shares_to_lock, shortfall


@pytest.mark.requirement("T5", "AC14")
def test_five_covered_calls_need_1100_shares_more() -> None:
    # rulebook 7: 5 covered calls, 10000 -> 10220
    assert shares_to_lock([CoveredPosition(5, 10_000, 10_220)]) == 1_100
    assert shares_to_lock([CoveredPosition(5, 10_000, 10_220), CoveredPosition(2, 10_220, 10_300)]) == 1_260
    assert shares_to_lock([CoveredPosition(5, 10_000, 9_990)]) == 0
    assert shares_to_lock([]) == 0


@pytest.mark.requirement("T5")
def test_free_and_not_yet_listed_shares_count_towards_it() -> None:
    assert shortfall(1_100, 0) == 1_100
    assert shortfall(1_100, 600, unlisted_shares=300) == 200
    assert shortfall(1_100, 600, unlisted_shares=500) == 0
    with pytest.raises(BadInput, match="covered shares"):
        shortfall(1_100, -1)


@given(missing=st.integers(0, 10**7), multiplier=st.integers(1, 30_000))
def test_as_many_contracts_are_closed_as_free_what_is_missing(missing: int, multiplier: int) -> None:
    closed = contracts_to_close(missing, multiplier)
    assert closed * multiplier >= missing
    assert closed == 0 or (closed - 1) * multiplier < missing
