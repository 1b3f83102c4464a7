"""Adjusted strikes, units and settlements: the real cases of rulebook 7, with the place where each exchange rounds."""

import csv
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from terminal.domain.contracts import UnderlyingKind, parse_trading_code
from terminal.domain.errors import BadInput
from terminal.rules.adjustment import adjust
from terminal.rules.naming import short_name, trading_code

D = Decimal


@pytest.mark.requirement("T1")
@pytest.mark.fault("F38")
@pytest.mark.parametrize(("old", "new"), [("1.95", "1.908"), ("2.05", "2.006")])
def test_the_first_live_adjustment_gives_the_published_terms(old: str, new: str) -> None:
    terms = adjust(strike=D(old), multiplier=10000, underlying_close=D("2.460"), cash_dividend=D("0.053"))
    assert (terms.strike, terms.multiplier) == (D(new), 10220)


def _strikes(text: str) -> list[tuple[str, str]]:
    """Pairs out of ``3.0-2.953 3.1-3.051``."""
    return [(old, new) for old, new in (pair.split("-") for pair in text.split())]


# The dividend and close of these lists were not published with them. Shanghai's strikes follow from the unit alone, so
# any close and dividend that give the unit will do: 1.0159 = 10159 / 10000.
@pytest.mark.fault("F38")
@pytest.mark.parametrize(
    ("unit", "old", "new"),
    [
        (10159, old, new)
        for old, new in _strikes(
            "3.0-2.953 3.1-3.051 3.2-3.150 3.3-3.248 3.4-3.347 3.5-3.445 "
            "3.6-3.544 3.7-3.642 3.8-3.741 3.9-3.839 4.0-3.937 4.1-4.036"
        )
    ]
    + [(10880, "0.65", "0.597"), (10880, "0.80", "0.735")],
)
def test_shanghai_divides_by_the_rounded_unit(unit: int, old: str, new: str) -> None:
    terms = adjust(strike=D(old), multiplier=10000, underlying_close=D(unit), cash_dividend=D(unit - 10000))
    assert (terms.strike, terms.multiplier) == (D(new), unit)


# Shenzhen's lists narrow the ratio before rounding: 2.63835-2.63837 for the first, 1.01525-1.01527 for the second.
@pytest.mark.fault("F38")
@pytest.mark.parametrize(
    ("bonus", "unit", "old", "new"),
    [
        ("1.63836", 26384, old, new)
        for old, new in _strikes(
            "4.3-1.630 4.4-1.668 4.5-1.706 4.6-1.744 4.7-1.781 4.8-1.819 "
            "4.9-1.857 5.0-1.895 5.25-1.990 5.5-2.085 5.75-2.179 6.0-2.274"
        )
    ]
    + [
        ("0.01526", 10153, old, new)
        for old, new in _strikes("3.5-3.447 4.0-3.940 4.5-4.432 5.0-4.925 5.25-5.171 5.75-5.664 6.0-5.910")
    ],
)
def test_shenzhen_divides_by_the_ratio_before_rounding(bonus: str, unit: int, old: str, new: str) -> None:
    terms = adjust(strike=D(old), multiplier=10000, underlying_close=D(4), bonus_ratio=D(bonus), venue="SZSE")
    assert (terms.strike, terms.multiplier) == (D(new), unit)


@pytest.mark.fault("F38")
@pytest.mark.parametrize(("bonus", "old", "wrong"), [("1.63836", "4.6", "1.743"), ("0.01526", "5.75", "5.663")])
def test_the_place_of_rounding_matters(bonus: str, old: str, wrong: str) -> None:
    shanghai = adjust(strike=D(old), multiplier=10000, underlying_close=D(4), bonus_ratio=D(bonus))
    assert shanghai.strike == D(wrong)


def test_a_rights_issue_counts_price_and_shares() -> None:
    # 10 x (1 + 0.3) / (10 + 8 x 0.3) = 1.0483871: unit 10484, 2.5 x 10000 / 10484 = 2.38458
    terms = adjust(strike=D("2.5"), multiplier=10000, underlying_close=D(10), rights_price=D(8), rights_ratio=D("0.3"))
    assert (terms.strike, terms.multiplier) == (D("2.385"), 10484)


def test_strikes_of_shares_have_two_decimals() -> None:
    terms = adjust(
        strike=D(20),
        multiplier=1000,
        underlying_close=D(20),
        cash_dividend=D("0.6"),
        underlying_kind=UnderlyingKind.STOCK,
    )
    # 1000 x 20 / 19.4 = 1030.93, 20000 / 1031 = 19.3986
    assert (str(terms.strike), terms.multiplier) == ("19.40", 1031)


def test_a_settlement_of_one_tick_stays_one_tick() -> None:
    terms = adjust(strike=D(3), multiplier=10000, underlying_close=D(3), cash_dividend=D("1.8"))
    assert terms.settlement(D("0.0001")) == D("0.0001")


@pytest.mark.parametrize(
    ("close", "dividend", "venue", "field"),
    [("2", "2", "SSE", "cash dividend"), ("0", "0", "SSE", "cash dividend"), ("2", "0.1", "CFFEX", "venue")],
)
def test_terms_that_make_no_sense_are_refused(close: str, dividend: str, venue: str, field: str) -> None:
    with pytest.raises(BadInput, match=field):
        adjust(strike=D(2), multiplier=10000, underlying_close=D(close), cash_dividend=D(dividend), venue=venue)


@pytest.mark.requirement("T1")
@pytest.mark.fault("F38")
def test_all_contracts_of_2016_11_29_get_their_published_terms_codes_and_names(shared_data: Path) -> None:
    with (shared_data / "adjusted_2016-11-29.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 74
    for row in rows:
        terms = adjust(
            strike=D(row["old_strike"]),
            multiplier=int(row["old_unit"]),
            underlying_close=D("2.460"),
            cash_dividend=D("0.053"),
        )
        code = parse_trading_code(row["old_code"])
        month = code.expiry_year, code.expiry_month
        assert (terms.strike, terms.multiplier) == (D(row["new_strike"]), int(row["new_unit"]))
        assert trading_code(code.underlying, code.right, month, "A", code.listed_strike) == row["new_code"]
        assert short_name("50ETF", code.right, month[1], terms.strike, "A") == row["name"]


#: Ex-day of 510050 -> close of the eve, cash per share, published unit. The amounts of 2016 are in rulebook 7
EX_DAYS = {
    date(2016, 11, 29): (D("2.460"), D("0.053"), 10220),
    date(2017, 11, 28): (D("2.966"), D("0.054"), 10185),
    date(2018, 12, 3): (D("2.474"), D("0.049"), 10202),
    date(2019, 12, 2): (D("2.938"), D("0.047"), 10163),
    date(2020, 11, 30): (D("3.557"), D("0.051"), 10145),
    date(2021, 11, 29): (D("3.223"), D("0.041"), 10129),
}


@pytest.mark.fault("F38")
@pytest.mark.parametrize("ex_day", EX_DAYS)
def test_each_ex_day_of_510050_gives_its_published_unit(ex_day: date) -> None:
    close, cash, unit = EX_DAYS[ex_day]
    assert adjust(strike=D(3), multiplier=10000, underlying_close=close, cash_dividend=cash).multiplier == unit


@pytest.mark.requirement("T1")
@pytest.mark.fault("F38")
def test_all_570_adjusted_contracts_to_2022_have_their_published_strike_and_unit(shared_data: Path) -> None:
    with (shared_data / "wind_50etf_basic_3320_to_2022-09.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = [row for row in csv.DictReader(file) if parse_trading_code(row["交易代码"]).adjustment == "A"]
    assert len(rows) == 570
    for row in rows:
        ex_day = min(day for day in EX_DAYS if day > date.fromisoformat(row["上市日"]))
        close, cash, unit = EX_DAYS[ex_day]
        listed_strike = parse_trading_code(row["交易代码"]).listed_strike
        terms = adjust(strike=listed_strike, multiplier=10000, underlying_close=close, cash_dividend=cash)
        assert (terms.strike, terms.multiplier) == (D(row["行权价"]), unit), row["交易代码"]
        assert int(row["合约单位"]) == unit


@given(
    strike=st.decimals("0.5", "10", places=2),
    close=st.decimals("1", "10", places=3),
    share=st.decimals("0", "0.2", places=4),
    venue=st.sampled_from(["SSE", "SZSE"]),
)
def test_the_value_of_a_contract_survives_but_for_rounding(
    strike: Decimal, close: Decimal, share: Decimal, venue: str
) -> None:
    terms = adjust(strike=strike, multiplier=10000, underlying_close=close, cash_dividend=close * share, venue=venue)
    assert terms.multiplier >= 10000
    # Half a thousandth of a yuan in the strike, and for Shenzhen half a share
    assert abs(terms.strike * terms.multiplier - strike * 10000) <= D("0.0005") * terms.multiplier + strike
