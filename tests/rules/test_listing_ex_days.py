"""The contract list around an ex-day: adjusted sets, fresh ones beside them, codes that stay."""

from collections import Counter
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from terminal.domain.calendar import TradingCalendar
from terminal.domain.contracts import ListingState, Right, UnderlyingKind, parse_trading_code
from terminal.rules.listing import Dividend
from terminal.rules.profile import Profile
from terminal.rules.series import Series
from tests.rules.listing_day import DAY, DIVIDEND, EX_DAY, D, listed


@pytest.mark.requirement("T1")
@pytest.mark.fault("F38")
def test_an_ex_day_puts_a_fresh_set_beside_the_adjusted_one(profile: Profile, calendar: TradingCalendar) -> None:
    contracts = listed(profile, calendar, EX_DAY, dividends=(DIVIDEND,))
    assert Counter((c.month, c.adjustment) for c in contracts) == {
        (month, letter): 18 for month in [(2025, 12), (2026, 1), (2026, 3), (2026, 6)] for letter in "AM"
    }
    # 3.067 / 3.017 x 10000 = 10165.7; 3.1 x 10000 / 10166 = 3.0494
    adjusted = next(c for c in contracts if c.trading_code == "510050C2512A03100")
    assert (adjusted.name, adjusted.strike, adjusted.multiplier) == ("50ETF购12月3049A", D("3.049"), 10166)
    assert (adjusted.version, adjusted.listing, adjusted.recently_adjusted) == ("1", ListingState.EXISTING, True)
    assert adjusted.first_day == date(2025, 4, 24)
    fresh = next(c for c in contracts if c.trading_code == "510050C2512M03100")
    assert (fresh.name, fresh.strike, fresh.multiplier) == ("50ETF购12月3100", D("3.1"), 10000)
    assert (fresh.listing, fresh.first_day, fresh.recently_adjusted) == (ListingState.NEW, EX_DAY, False)
    assert int(adjusted.code) < int(fresh.code)
    assert [c.adjustment for c in contracts[:36]] == ["A"] * 18 + ["M"] * 18


@pytest.mark.fault("F38")
def test_adjusted_settlements_agree_with_those_of_the_eve(profile: Profile, calendar: TradingCalendar) -> None:
    adjusted = [c for c in listed(profile, calendar, EX_DAY, dividends=(DIVIDEND,)) if c.is_adjusted]
    for contract in adjusted:
        before = parse_trading_code(contract.trading_code).listed_strike
        eve = max(D("3.067") - before if contract.right is Right.CALL else before - D("3.067"), D(0))
        # The strike's third decimal and the tick are all that rounding may move
        assert abs(contract.previous_settlement - eve * 10000 / contract.multiplier) <= D("0.0006")


@pytest.mark.fault("F38")
def test_contracts_keep_their_code_from_day_to_day_and_through_an_ex_day(
    profile: Profile, calendar: TradingCalendar
) -> None:
    eve = listed(profile, calendar, date(2025, 11, 28), D("3.067"))
    codes = {c.trading_code: c.code for c in eve}
    ex_day = listed(profile, calendar, EX_DAY, dividends=(DIVIDEND,), known_codes=codes)
    for contract in ex_day:
        if contract.is_adjusted:
            assert contract.code == codes[contract.trading_code.replace("A0", "M0")]
        else:
            assert int(contract.code) > max(map(int, codes.values()))
    again = {c.trading_code: c.code for c in ex_day}
    following = listed(profile, calendar, date(2025, 12, 2), dividends=(DIVIDEND,), known_codes=again)
    assert {c.trading_code: c.code for c in following} == again


@pytest.mark.fault("F38")
def test_a_second_ex_day_moves_a_to_b_and_m_to_a(profile: Profile, calendar: TradingCalendar) -> None:
    second = Dividend("510050", date(2025, 12, 15), cash=D("0.030"), eve_close=D("3.047"))
    before = listed(profile, calendar, date(2025, 12, 12), D("3.047"), (DIVIDEND,))
    after = listed(
        profile,
        calendar,
        second.ex_day,
        dividends=(second, DIVIDEND),
        known_codes={c.trading_code: c.code for c in before},
    )
    old = {c.code: c for c in before}
    march = [c for c in after if c.month == (2026, 3)]
    assert Counter(c.adjustment for c in march) == {"B": 18, "A": 18, "M": 18}
    assert {old[c.code].adjustment for c in march if c.adjustment == "B"} == {"A"}
    assert {old[c.code].adjustment for c in march if c.adjustment == "A"} == {"M"}
    twice = next(c for c in march if c.trading_code == "510050C2603B03100")
    # 10166 x 3.047 / 3.017 = 10267.1; 3.049 x 10166 / 10267 = 3.0190
    assert (twice.strike, twice.multiplier, twice.name) == (D("3.019"), 10267, "50ETF购3月3019B")


def test_the_adjusted_flag_lasts_five_trading_days(profile: Profile, calendar: TradingCalendar) -> None:
    def flagged(day: date) -> set[bool]:
        return {c.recently_adjusted for c in listed(profile, calendar, day, dividends=(DIVIDEND,)) if c.is_adjusted}

    assert flagged(date(2025, 12, 5)) == {True}
    assert flagged(date(2025, 12, 8)) == {False}


def test_a_month_that_began_after_the_ex_day_has_no_adjusted_set(profile: Profile, calendar: TradingCalendar) -> None:
    contracts = listed(profile, calendar, date(2025, 12, 25), dividends=(DIVIDEND,))
    assert {c.month for c in contracts if c.is_adjusted} == {(2026, 1), (2026, 3), (2026, 6)}
    assert {c.month for c in contracts if not c.is_adjusted} == {(2026, 1), (2026, 2), (2026, 3), (2026, 6)}
    first_days = {c.month: c.first_day for c in contracts if not c.is_adjusted}
    assert (first_days[2026, 1], first_days[2026, 2]) == (EX_DAY, date(2025, 12, 25))


def test_an_adjusted_set_is_not_extended(profile: Profile, calendar: TradingCalendar) -> None:
    asked = []

    def price_range(underlying: str, first: date, last: date) -> tuple[Decimal, Decimal]:
        asked.append((first, last))
        return D("3.0"), D("3.0")

    contracts = listed(profile, calendar, date(2025, 12, 10), D("3.217"), (DIVIDEND,), price_range=price_range)
    march = [c for c in contracts if c.month == (2026, 3)]
    adjusted = {parse_trading_code(c.trading_code).listed_strike for c in march if c.is_adjusted}
    assert (min(adjusted), max(adjusted)) == (D("2.8"), D("3.4"))
    fresh = {c.strike for c in march if not c.is_adjusted}
    assert (min(fresh), max(fresh)) == (D("2.8"), D("3.6"))
    # The eve's close came too late for the adjusted set; the fresh one began with the adjusted close
    assert (date(2025, 7, 23), date(2025, 11, 27)) in asked
    assert (EX_DAY, date(2025, 12, 9)) in asked


def test_an_ex_day_to_come_changes_nothing(profile: Profile, calendar: TradingCalendar) -> None:
    other = replace(DIVIDEND, underlying="510300", ex_day=DAY)
    assert listed(profile, calendar, dividends=(DIVIDEND, other)) == listed(profile, calendar)


@pytest.mark.fault("F38")
def test_an_adjusted_contract_that_was_delisted_does_not_come_back(profile: Profile, calendar: TradingCalendar) -> None:
    ex_day = listed(profile, calendar, EX_DAY, dividends=(DIVIDEND,))
    gone = "510050C2512A03100"
    codes = {c.trading_code: c.code for c in ex_day if c.trading_code != gone}
    following = listed(profile, calendar, date(2025, 12, 2), dividends=(DIVIDEND,), known_codes=codes)
    assert {c.trading_code for c in ex_day} - {c.trading_code for c in following} == {gone}


def test_bonus_and_rights_shares_count_in_an_ex_day() -> None:
    event = Dividend(
        "601318", EX_DAY, D("0.5"), D("40"), bonus_ratio=D("0.5"), rights_price=D("10"), rights_ratio=D("0.2")
    )
    # (40 - 0.5 + 10 x 0.2) / 1.7
    assert event.adjusted_close == D("41.5") / D("1.7")
    series = Series(date(2025, 10, 30), (event,), None)
    # 1000 x 1.7 x 40 / 41.5 = 1638.6; 40 x 1000 / 1639 = 24.405
    assert series.terms(D(40), 1000, UnderlyingKind.STOCK) == (D("24.41"), 1639)
    # Shenzhen divides by the ratio before rounding: 40 x 41.5 / 68 = 24.4118
    assert series.terms(D(400), 1000, UnderlyingKind.STOCK, "SZSE") == (D("244.12"), 1639)
    assert series.terms(D(400), 1000, UnderlyingKind.STOCK) == (D("244.05"), 1639)
