"""Codes and names as the market writes them (rulebook 1.4)."""

import csv
from decimal import Decimal
from pathlib import Path

import pytest

from terminal.domain.contracts import Right, parse_trading_code
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


@pytest.mark.requirement("T1")
def test_all_3320_listings_have_their_published_code_and_name(shared_data: Path) -> None:
    with (shared_data / "wind_50etf_basic_3320_to_2022-09.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 3320
    for row in rows:
        code = parse_trading_code(row["交易代码"])
        right = Right.CALL if row["认购/认沽"] == "认购" else Right.PUT
        year, month = map(int, row["到期月份"].split("-"))
        strike = Decimal(row["行权价"])
        written = trading_code("510050", right, (year, month), code.adjustment, code.listed_strike)
        assert written == row["交易代码"]
        # The vendor writes the year, which the exchange's name does not show
        assert short_name("50ETF", right, month, strike, code.adjustment) == row["期权简称"].replace(f"{year}年", "")
        if code.adjustment == "M":
            assert code.listed_strike == strike
    numbers = [int(row["期权代码"]) for row in rows]
    assert len(set(numbers)) == len(numbers)
    assert min(numbers) == 10_000_001
