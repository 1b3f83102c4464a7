"""Codes of contracts and the names the market gives them (rulebook 1.4)."""

import csv
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from terminal.domain.contracts import (
    Contract,
    Right,
    TradingCode,
    UnderlyingKind,
    is_contract_code,
    kind_of,
    parse_trading_code,
)
from terminal.domain.errors import BadInput


@pytest.mark.requirement("T3")
@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("510050C1503M02200", TradingCode("510050", Right.CALL, 2015, 3, "M", Decimal("2.2"))),
        ("510050C1612A02050", TradingCode("510050", Right.CALL, 2016, 12, "A", Decimal("2.05"))),
        ("588000P2606M00950", TradingCode("588000", Right.PUT, 2026, 6, "M", Decimal("0.95"))),
        # Shares carry two decimals
        ("601318P1412M04000", TradingCode("601318", Right.PUT, 2014, 12, "M", Decimal(40))),
        # The exchange's field is 19 wide
        ("510050C1503M02200  ", TradingCode("510050", Right.CALL, 2015, 3, "M", Decimal("2.2"))),
    ],
)
def test_a_trading_code_is_split_into_its_parts(text: str, parts: TradingCode) -> None:
    assert parse_trading_code(text) == parts
    assert str(parts) == text.strip()


@pytest.mark.requirement("T3")
@pytest.mark.fault("F46")
@pytest.mark.parametrize(
    "text",
    [
        "",
        "510050C1503M0220",
        "510050C1503M022000",
        "510050X1503M02200",
        "510050c1503M02200",
        "510050C1500M02200",
        "510050C1513M02200",
        "510050C1503m02200",
        "510050C1503M0220O",
        "510050C1503M02200\n",
        "510050\x00C1503M0220",
        "５１００５０C1503M02200",  # full-width digits
        "٥١٠٠٥٠C1503M02200",  # Arabic digits
        "510050C1503M02200" * 1000,
        "10001771",
    ],
)
def test_what_is_no_trading_code_is_refused_in_one_short_line(text: str) -> None:
    with pytest.raises(BadInput, match="trading code") as raised:
        parse_trading_code(text)
    assert str(raised.value).isprintable()
    assert len(str(raised.value)) < 250


@given(
    underlying=st.from_regex(r"[156][0-9]{5}", fullmatch=True),
    right=st.sampled_from(Right),
    year=st.integers(2000, 2099),
    month=st.integers(1, 12),
    adjustment=st.sampled_from("MABCDL"),
    scaled=st.integers(1, 99999),
)
def test_every_trading_code_survives_the_way_there_and_back(
    underlying: str, right: Right, year: int, month: int, adjustment: str, scaled: int
) -> None:
    scale = 100 if kind_of(underlying) is UnderlyingKind.STOCK else 1000
    code = TradingCode(underlying, right, year, month, adjustment, Decimal(scaled) / scale)
    assert len(str(code)) == 17
    assert parse_trading_code(str(code)) == code


@given(text=st.text(max_size=40))
def test_any_text_is_a_code_or_refused(text: str) -> None:
    try:
        code = parse_trading_code(text)
    except BadInput:
        return
    assert str(code) == text.strip(" ")


@pytest.mark.requirement("T3")
def test_all_real_trading_codes_of_510050_are_read(shared_data: Path) -> None:
    with (shared_data / "wind_50etf_basic_3320_to_2022-09.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 3320
    for row in rows:
        code = parse_trading_code(row["交易代码"])
        assert str(code) == row["交易代码"]
        assert code.right is (Right.CALL if row["认购/认沽"] == "认购" else Right.PUT)
        assert f"{code.expiry_year}-{code.expiry_month:02d}" == row["到期月份"]
        # Only an adjusted contract's strike differs from the one it was listed with
        assert (code.listed_strike == Decimal(row["行权价"])) is (code.adjustment == "M")
        assert is_contract_code(row["期权代码"])


@pytest.mark.requirement("T3")
@pytest.mark.parametrize(
    ("text", "accepted"),
    [("10001771", True), ("1000177", False), ("100017711", False), ("1000177A", False), ("１０００１７７１", False)],
)
def test_a_contract_code_is_eight_digits(text: str, accepted: bool) -> None:
    assert is_contract_code(text) is accepted


@pytest.mark.parametrize(
    ("code", "kind"),
    [("510050", UnderlyingKind.ETF), ("159919", UnderlyingKind.ETF), ("601318", UnderlyingKind.STOCK)],
)
def test_shares_begin_with_six(code: str, kind: UnderlyingKind) -> None:
    assert kind_of(code) is kind


def test_rights_are_marked_as_the_market_writes_them() -> None:
    assert (Right.CALL.mark, Right.PUT.mark) == ("购", "沽")


@pytest.mark.requirement("T1")
@pytest.mark.parametrize(("letter", "adjusted"), [("M", False), ("A", True), ("B", True)])
def test_a_contract_knows_its_series(letter: str, adjusted: bool) -> None:
    expiry = date(2016, 12, 28)
    contract = Contract(
        code="10000615",
        trading_code=f"510050C1612{letter}02050",
        name="50ETF购12月2006",
        underlying="510050",
        right=Right.CALL,
        strike=Decimal("2.006"),
        multiplier=10220,
        first_day=date(2016, 4, 28),
        last_day=expiry,
        exercise_day=expiry,
        delivery_day=date(2016, 12, 29),
        expiry=expiry,
        previous_settlement=Decimal("0.4"),
        underlying_close=Decimal("2.407"),
        limit_up=Decimal("0.7"),
        limit_down=Decimal("0.1"),
        margin=Decimal("6952.05"),
    )
    assert (contract.adjustment, contract.is_adjusted) == (letter, adjusted)
    assert contract.month == (2016, 12)
    assert contract.series == ("510050", expiry, letter)
