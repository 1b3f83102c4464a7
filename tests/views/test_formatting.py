"""Figures as text: the dash for no value, a real minus, the decimals of the tick."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from terminal.views import formatting as f
from terminal.views.formatting import DASH, MINUS


@pytest.mark.parametrize(
    ("units", "decimals", "text"),
    [
        (704, 4, "0.0704"),
        (1, 4, "0.0001"),
        (24_800, 3, "2.480"),
        (24_800, 4, "2.4800"),
        (1_234_500, 3, "123.450"),
        (0, 4, DASH),
        (-1, 4, DASH),
    ],
)
def test_wire_price(units: int, decimals: int, text: str) -> None:
    assert f.price(units, decimals) == text


@given(st.integers(1, 10**9))
def test_a_wire_price_loses_nothing(units: int) -> None:
    assert Decimal(f.price(units)) == Decimal(units).scaleb(-4)


@pytest.mark.parametrize(
    ("value", "tick", "text"),
    [
        (Decimal("0.0704"), Decimal("0.0001"), "0.0704"),
        (Decimal("2.5"), Decimal("0.001"), "2.500"),
        (Decimal("-0.0012"), Decimal("0.0001"), f"{MINUS}0.0012"),
        (Decimal("12"), Decimal("1"), "12"),
        (None, Decimal("0.0001"), DASH),
        (Decimal("NaN"), Decimal("0.0001"), DASH),
    ],
)
def test_price_in_yuan(value: Decimal | None, tick: Decimal, text: str) -> None:
    assert f.decimal_price(value, tick) == text


@pytest.mark.parametrize(
    ("value", "plain", "signed"),
    [
        (Decimal("1234567.891"), "1,234,567.89", "+1,234,567.89"),
        (Decimal("-0.5"), f"{MINUS}0.50", f"{MINUS}0.50"),
        (Decimal(0), "0.00", "0.00"),
        (Decimal("-0.001"), "0.00", "0.00"),
        (Decimal("0.004"), "0.00", "0.00"),
        (Decimal("0.005"), "0.01", "+0.01"),
        (None, DASH, DASH),
        (Decimal("Infinity"), DASH, DASH),
    ],
)
def test_money(value: Decimal | None, plain: str, signed: str) -> None:
    assert f.money(value) == plain
    assert f.signed_money(value) == signed


@pytest.mark.parametrize(
    ("value", "chinese", "english"),
    [
        (97_577, "97,577", "97,577"),
        (128_600, "12.86\u4e07", "128.6k"),
        (154_832, "15.48\u4e07", "154.8k"),
        (12_345_678, "1234.57\u4e07", "12.35m"),
        (123_456_789, "1.23\u4ebf", "123.46m"),
        (-128_600, f"{MINUS}12.86\u4e07", f"{MINUS}128.6k"),
        (0, "0", "0"),
        (None, DASH, DASH),
    ],
)
def test_compact_quantity(value: int | None, chinese: str, english: str) -> None:
    assert f.compact_quantity(value, "zh_CN") == chinese
    assert f.compact_quantity(value, "en") == english


@pytest.mark.parametrize(
    ("value", "plain", "signed"),
    [
        (0.0225, "2.25%", "+2.25%"),
        (-0.0225, f"{MINUS}2.25%", f"{MINUS}2.25%"),
        (-0.000001, "0.00%", "0.00%"),
        (0.0, "0.00%", "0.00%"),
        (None, DASH, DASH),
        (float("nan"), DASH, DASH),
    ],
)
def test_percent(value: float | None, plain: str, signed: str) -> None:
    assert f.percent(value) == plain
    assert f.signed_percent(value) == signed


def test_counts_and_figures() -> None:
    assert f.quantity(1_234_567) == "1,234,567"
    assert f.quantity(-5) == f"{MINUS}5"
    assert f.quantity(None) == DASH
    assert f.signed_quantity(5) == "+5"
    assert f.signed_quantity(0) == "0"
    assert f.number(float("nan")) == DASH
    assert f.number(-1.005, 1) == f"{MINUS}1.0"
    assert f.number(-0.001, 1) == "0.0"
    assert f.milliseconds(3.14) == "3.1ms"
    assert f.milliseconds(1234.5) in ("1,234ms", "1,235ms")
    assert f.milliseconds(None) == DASH


def test_times_are_those_of_the_exchange() -> None:
    moment = datetime(2026, 11, 8, 22, 30, 15, 123_456, tzinfo=UTC)
    assert f.clock(moment) == "06:30:15"
    assert f.clock_millis(moment) == "06:30:15.123"
    assert f.day(moment) == "2026-11-09"
    assert f.day(date(2026, 11, 28)) == "2026-11-28"
    assert f.clock(None) == f.clock_millis(None) == f.day(None) == DASH


@pytest.mark.parametrize(
    ("seconds", "text"), [(942, "15:42"), (0.2, "00:01"), (0, "00:00"), (-5, "00:00"), (4542, "1:15:42")]
)
def test_what_is_left_of_a_phase(seconds: float, text: str) -> None:
    assert f.duration(seconds) == text


def test_decimals_follow_the_tick() -> None:
    ticks = {"0.0001": 4, "0.001": 3, "0.05": 2, "1": 0, "10": 0}
    assert {tick: f.decimals_of(Decimal(tick)) for tick in ticks} == ticks
