"""Codes and names as the market writes them (rulebook 1.4)."""

from decimal import Decimal

import pytest

from terminal.domain.contracts import Right
from terminal.rules.naming import adjustment_letter, short_name, trading_code


@pytest.mark.requirement("T3")
@pytest.mark.parametrize(
    ("right", "month", "strike", "letter", "name"),
    [
        (Right.CALL, 4, "2.500", "M", "50ETF购4月2500"),
        (Right.PUT, 12, "3.0", "M", "50ETF沽12月3000"),
        (Right.CALL, 12, "1.908", "A", "50ETF购12月1908A"),
    ],
)
def test_short_names(right: Right, month: int, strike: str, letter: str, name: str) -> None:
    assert short_name("50ETF", right, month, Decimal(strike), letter) == name


@pytest.mark.requirement("T3")
def test_a_trading_code_keeps_the_listed_strike_and_changes_its_letter() -> None:
    parts = "510050", Right.CALL, (2016, 12)
    assert trading_code(*parts, "M", Decimal("2.05")) == "510050C1612M02050"
    assert trading_code(*parts, "A", Decimal("2.05")) == "510050C1612A02050"


def test_letters_count_adjustments_and_never_reach_the_standard_one() -> None:
    assert [adjustment_letter(n) for n in range(4)] == ["M", "A", "B", "C"]
    assert adjustment_letter(12) == "L"
    with pytest.raises(ValueError, match="13"):
        adjustment_letter(13)
