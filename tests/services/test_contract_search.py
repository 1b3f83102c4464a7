"""The smart box finds what a user means by what a user types."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from terminal.domain.contracts import Contract, Right, Underlying
from terminal.domain.messages import DayOpened
from terminal.services.bus import Bus
from terminal.services.contract_search import DEFAULT_LIMIT, Match, MatchKind, search
from terminal.services.market_data import MarketData


def underlying(code: str, name: str, pinyin: str, close: str) -> Underlying:
    price = Decimal(close)
    return Underlying(
        code=code, name=name, pinyin=pinyin, previous_close=price, limit_up=price * 2, limit_down=price / 2
    )


def contract(number: int, of: Underlying, right: Right, expiry: date, strike: str, adjustment: str = "M") -> Contract:
    price = Decimal(strike)
    return Contract(
        code=f"{10_000_000 + number}",
        trading_code=f"{of.code}{right}{expiry:%y%m}{adjustment}{int(price * 1000):05d}",
        name=f"{of.name}{right.mark}{expiry.month}月{int(price * 1000)}",
        underlying=of.code,
        right=right,
        strike=price,
        multiplier=10_000,
        first_day=expiry - timedelta(days=90),
        last_day=expiry,
        exercise_day=expiry,
        delivery_day=expiry + timedelta(days=1),
        expiry=expiry,
        previous_settlement=Decimal("0.1"),
        underlying_close=of.previous_close,
        limit_up=Decimal(1),
        limit_down=Decimal("0.0001"),
        margin=Decimal(3000),
    )


UNDERLYINGS = (
    underlying("510050", "50ETF", "SZ50ETF", "3.000"),
    underlying("510300", "300ETF", "HS300ETF", "4.500"),
    underlying("510500", "500ETF", "ZZ500ETF", "7.000"),
    underlying("588000", "科创50", "KC50", "1.000"),
)
NOVEMBER, DECEMBER, MARCH = date(2026, 11, 25), date(2026, 12, 23), date(2027, 3, 24)


def make_market() -> MarketData:
    contracts: list[Contract] = []
    for of, strikes in zip(UNDERLYINGS, (("2.9", "3.0", "3.1"), ("4.4", "4.5"), ("7.0",), ("1.0",)), strict=True):
        for expiry in (NOVEMBER, DECEMBER, MARCH):
            for strike in strikes:
                contracts += [contract(len(contracts) + n, of, right, expiry, strike) for n, right in enumerate(Right)]
    # Listed first, so that the order of what is found does not come from the list
    contracts.insert(0, contract(9000, UNDERLYINGS[0], Right.CALL, DECEMBER, "3.0", "A"))
    market = MarketData(Bus(), lambda: 0.0)
    market.open_day(
        DayOpened(trading_day=date(2026, 11, 9), underlyings=UNDERLYINGS, contracts=tuple(contracts), source="test")
    )
    return market


MARKET = make_market()


def found(text: str) -> list[str]:
    """What a text finds, contracts by their trading code."""
    names = []
    for match in search(text, MARKET):
        listed = MARKET.contract(match.code)
        names.append(listed.trading_code if listed is not None else match.code)
    return names


@pytest.mark.requirement("T3")
@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("510050", "510050"),
        ("50", "510050"),
        ("300", "510300"),
        ("500", "510500"),
        ("5880", "588000"),
        ("50etf", "510050"),
        ("科创", "588000"),
        ("kc", "588000"),
        ("sz", "510050"),
        ("HS300", "510300"),
        ("zzetf", "510500"),
        ("10000000", "510050C2611M02900"),
        ("510050C2612M03000", "510050C2612M03000"),
        ("510050c2612m03000 ", "510050C2612M03000"),
        ("510050C2612A03000", "510050C2612A03000"),
        ("50 C 2612 3.0", "510050C2612M03000"),
        ("50 购 12 3.0", "510050C2612M03000"),
        ("50C2612 3.0", "510050C2612M03000"),
        ("50 p 2703 2.9", "510050P2703M02900"),
        ("50ETF沽12月3100", "510050P2612M03100"),
        ("科创50购11月1000", "588000C2611M01000"),
        ("科创购 11", "588000C2611M01000"),
        ("300 put 12", "510300P2612M04500"),
        ("50 12 3.1", "510050C2612M03100"),
        ("50 C 12 3.06", "510050C2612M03100"),
        ("C 12 7", "510500C2612M07000"),
        # Initials of a short name; 购 (gou) and 沽 (gu) are one letter, the call comes first
        ("50ETFG12Y3100", "510050C2612M03100"),
        ("50g12y 2.9", "510050C2612M02900"),
        ("sz50etf rg 2703 y 3.0", "510050C2703M03000"),
        ("kcg11y", "588000C2611M01000"),
        ("50ETFG12Y3000A", "510050C2612A03000"),
        # A strike alone, in whatever underlying it is listed
        ("3.1", "510050C2611M03100"),
        ("4.4", "510300C2611M04400"),
        ("7.0 P", "510500P2611M07000"),
        ("p 4.5", "510300P2611M04500"),
        (".95 2612", "588000C2612M01000"),
    ],
)
def test_the_first_match_is_what_is_meant(text: str, first: str) -> None:
    assert found(text)[0] == first


@pytest.mark.requirement("T3")
def test_the_initials_of_a_short_name_find_call_and_put() -> None:
    assert found("50ETFG12Y3100")[:2] == ["510050C2612M03100", "510050P2612M03100"]


@pytest.mark.parametrize(
    "text", ["", "   ", "?!", "xyz", "999999", "50 C 2613 zz \u202e", "\x00", "510050C1512M02650x"]
)
def test_what_fits_nothing_finds_nothing_or_stays_calm(text: str) -> None:
    assert all(match.code for match in search(text, MARKET))


@pytest.mark.parametrize("text", ["", "?!", "xyz", "999999"])
def test_senseless_text_finds_nothing(text: str) -> None:
    assert search(text, MARKET) == []


def test_a_whole_code_is_exact_and_alone() -> None:
    assert search("10000001", MARKET) == [Match(MatchKind.CONTRACT, "10000001", exact=True)]
    assert search("510300", MARKET) == [Match(MatchKind.UNDERLYING, "510300", exact=True)]


def test_the_end_of_a_contract_code_finds_it() -> None:
    assert search("0012", MARKET)[0].code == "10000012"


def test_the_standard_contract_stands_before_the_adjusted_one_of_the_same_strike() -> None:
    assert found("50 C 12 3.0")[:2] == ["510050C2612M03000", "510050C2612A03000"]


def test_an_adjusted_series_can_be_asked_for() -> None:
    assert found("50 C 2612 A 3.0") == ["510050C2612A03000"]


def test_without_a_strike_the_money_comes_first() -> None:
    assert found("50 C 2611")[0] == "510050C2611M03000"


def test_no_more_than_the_limit_is_given() -> None:
    assert len(search("C", MARKET)) == DEFAULT_LIMIT
    assert len(search("C", MARKET, limit=3)) == 3


@given(st.text(max_size=100))
def test_any_text_is_answered_with_listed_codes(text: str) -> None:
    for match in search(text, MARKET):
        listed = MARKET.contract(match.code) or MARKET.underlying(match.code)
        assert listed is not None


@given(st.sampled_from(MARKET.contracts))
def test_every_contract_is_found_by_each_of_its_names(listed: Contract) -> None:
    assert search(listed.code, MARKET)[0].code == listed.code
    assert search(listed.trading_code.lower(), MARKET)[0].code == listed.code
    of = MARKET.underlying(listed.underlying)
    assert of is not None
    adjustment = "" if not listed.is_adjusted else f" {listed.adjustment}"
    typed = f"{of.name} {listed.right} {listed.expiry:%y%m}{adjustment} {listed.strike}"
    assert search(typed, MARKET)[0].code == listed.code
