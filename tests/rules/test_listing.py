"""The day's contract list: months, strikes, codes, names, figures and flags, on plain days and around an ex-day."""

from collections import Counter
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from terminal.domain.calendar import TradingCalendar
from terminal.domain.contracts import Contract, ListingState, Right, UnderlyingKind, parse_trading_code
from terminal.domain.errors import BadInput
from terminal.rules.listing import Dividend, PriceRangeOf, UnderlyingClose, list_contracts
from terminal.rules.margin import opening_margin
from terminal.rules.price_limits import price_limits
from terminal.rules.profile import Profile
from terminal.rules.series import Series

D = Decimal
FIFTY = UnderlyingClose("510050", D("3.017"))
DAY = date(2025, 11, 20)
EX_DAY = date(2025, 12, 1)
DIVIDEND = Dividend("510050", EX_DAY, cash=D("0.050"), eve_close=D("3.067"))


class Intrinsic:
    """A settlement that scales with close and strike, as any fair price does; it remembers what it was asked."""

    def __init__(self, close: Decimal) -> None:
        self._close = close
        self.asked: list[tuple[str, Right, Decimal, int]] = []

    def __call__(self, underlying: str, right: Right, strike: Decimal, days: int) -> Decimal:
        self.asked.append((underlying, right, strike, days))
        return max(self._close - strike if right is Right.CALL else strike - self._close, D(0))


def listed(
    profile: Profile,
    calendar: TradingCalendar,
    day: date = DAY,
    close: Decimal = FIFTY.previous_close,
    dividends: tuple[Dividend, ...] = (),
    known_codes: dict[str, str] | None = None,
    price_range: PriceRangeOf | None = None,
) -> list[Contract]:
    return list_contracts(
        profile=profile,
        calendar=calendar,
        trading_day=day,
        market=[UnderlyingClose("510050", close)],
        settlement_of=Intrinsic(close),
        dividends=dividends,
        known_codes=known_codes,
        price_range=price_range,
    )


@pytest.mark.requirement("T1")
def test_a_plain_day_lists_four_months_of_nine_strikes_and_both_rights(
    profile: Profile, calendar: TradingCalendar
) -> None:
    contracts = listed(profile, calendar)
    assert len(contracts) == 72
    assert Counter(c.month for c in contracts) == {(2025, 11): 18, (2025, 12): 18, (2026, 3): 18, (2026, 6): 18}
    assert [c.strike for c in contracts[:18:2]] == [
        D(s) for s in ["2.8", "2.85", "2.9", "2.95", "3", "3.1", "3.2", "3.3", "3.4"]
    ]
    assert contracts == sorted(contracts, key=lambda c: (c.expiry, c.adjustment, c.strike, c.right is Right.PUT))


@pytest.mark.requirement("T1", "T3")
def test_a_contract_carries_its_codes_terms_dates_and_order_sizes(profile: Profile, calendar: TradingCalendar) -> None:
    contract = next(c for c in listed(profile, calendar) if c.trading_code == "510050C2512M03000")
    assert contract.name == "50ETF购12月3000"
    assert (contract.underlying, contract.right, contract.strike) == ("510050", Right.CALL, D(3))
    assert (contract.multiplier, contract.version, contract.open_interest) == (10000, "0", 0)
    assert contract.first_day == date(2025, 4, 24)
    assert contract.last_day == contract.exercise_day == contract.expiry == date(2025, 12, 24)
    assert contract.delivery_day == date(2025, 12, 25)
    assert (contract.limit_order_min, contract.limit_order_max) == (1, 50)
    assert (contract.market_order_min, contract.market_order_max) == (1, 10)
    assert (contract.lot, contract.tick_size) == (1, D("0.0001"))
    assert contract.underlying_close == D("3.017")
    assert contract.previous_settlement == D("0.0170")
    assert contract.previous_close is None
    # up: max(0.015085, min(2 x 3.017 - 3, 3.017) x 10%) = 0.3017; margin: (0.0170 + 12% x 3.017) x 10000
    assert (contract.limit_down, contract.limit_up) == (D("0.0001"), D("0.3187"))
    assert contract.margin == D("3790.40")
    assert (contract.margin_ratio_1, contract.margin_ratio_2) == (D(12), D(7))


@pytest.mark.requirement("T3")
def test_codes_are_eight_digits_in_order_of_listing_and_each_once(profile: Profile, calendar: TradingCalendar) -> None:
    contracts = listed(profile, calendar)
    assert sorted(c.code for c in contracts) == [str(10000001 + n) for n in range(72)]
    by_code = sorted(contracts, key=lambda c: c.code)
    assert [c.first_day for c in by_code] == sorted(c.first_day for c in contracts)
    assert all(str(parse_trading_code(c.trading_code)) == c.trading_code for c in contracts)
    assert len({c.trading_code for c in contracts}) == 72


@pytest.mark.requirement("T1")
def test_several_underlyings_come_in_the_order_given(profile: Profile, calendar: TradingCalendar) -> None:
    market = [UnderlyingClose("588000", D("1.400")), FIFTY]
    contracts = list_contracts(
        profile=profile, calendar=calendar, trading_day=DAY, market=market, settlement_of=Intrinsic(D("1.4"))
    )
    assert list(dict.fromkeys(c.underlying for c in contracts)) == ["588000", "510050"]
    kc = next(c for c in contracts if c.trading_code == "588000C2512M01400")
    # 20% limits of this fund: at the money 1.400 x 20%, settlement one tick
    assert (kc.name, kc.previous_settlement, kc.limit_up) == ("科创50购12月1400", D("0.0001"), D("0.2801"))
    assert len({c.code for c in contracts}) == 144


@pytest.mark.requirement("T9")
@pytest.mark.parametrize(
    ("day", "near", "listing"),
    [
        (date(2025, 12, 17), False, ListingState.EXISTING),  # five trading days left
        (date(2025, 12, 18), True, ListingState.EXISTING),  # four
        (date(2025, 12, 24), True, ListingState.DELISTED),  # the last day
    ],
)
def test_near_expiry_and_last_day_are_flagged(
    profile: Profile, calendar: TradingCalendar, day: date, near: bool, listing: ListingState
) -> None:
    contracts = listed(profile, calendar, day)
    december = [c for c in contracts if c.month == (2025, 12)]
    assert {(c.near_expiry, c.listing) for c in december} == {(near, listing)}
    assert not any(c.near_expiry for c in contracts if c.month != (2025, 12))


def test_on_the_last_day_there_is_no_limit_down(profile: Profile, calendar: TradingCalendar) -> None:
    contracts = listed(profile, calendar, date(2025, 12, 24), D("4.017"))
    deepest = min((c for c in contracts if c.month == (2025, 12)), key=lambda c: c.strike)
    later = min((c for c in contracts if c.month == (2026, 1)), key=lambda c: c.strike)
    assert deepest.previous_settlement == later.previous_settlement == D("0.4170")
    assert (deepest.limit_down, later.limit_down) == (D("0.0001"), D("0.0153"))


@pytest.mark.requirement("T2")
def test_a_new_month_is_flagged_on_its_first_day(profile: Profile, calendar: TradingCalendar) -> None:
    contracts = listed(profile, calendar, date(2025, 12, 25))
    assert {c.month for c in contracts if c.listing is ListingState.NEW} == {(2026, 2)}


def test_dates_in_an_estimated_year_are_marked(profile: Profile, calendar: TradingCalendar) -> None:
    first_estimated = next(y.year for y in calendar.years if y.estimated)
    day = calendar.on_or_before(date(first_estimated - 1, 11, 20))
    contracts = listed(profile, calendar, day)
    assert {c.month[0] for c in contracts if c.dates_estimated} == {first_estimated}
    assert {c.month[0] for c in contracts if not c.dates_estimated} == {first_estimated - 1}


@pytest.mark.requirement("T1")
def test_months_listed_earlier_reach_as_far_as_the_price_did(profile: Profile, calendar: TradingCalendar) -> None:
    asked = []

    def price_range(underlying: str, first: date, last: date) -> tuple[Decimal, Decimal]:
        asked.append((underlying, first, last))
        return (D("2.70"), D("3.1")) if first < date(2025, 6, 1) else (D("3.0"), D("3.0"))

    contracts = listed(profile, calendar, price_range=price_range)
    reach = {
        month: (
            min(c.strike for c in contracts if c.month == month),
            max(c.strike for c in contracts if c.month == month),
        )
        for month in {c.month for c in contracts}
    }
    assert reach[2025, 12] == (D("2.50"), D("3.5"))
    assert reach[2025, 11] == reach[2026, 6] == (D("2.80"), D("3.4"))
    # From the close that set the first strikes to the last one before the day
    assert ("510050", date(2025, 4, 23), date(2025, 11, 19)) in asked


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


def test_settlements_are_asked_for_the_days_left_from_the_settled_day(
    profile: Profile, calendar: TradingCalendar
) -> None:
    settlement = Intrinsic(D("3.017"))
    monday = date(2025, 11, 24)
    list_contracts(profile=profile, calendar=calendar, trading_day=monday, market=[FIFTY], settlement_of=settlement)
    # Friday the 21st to Wednesday the 26th
    assert settlement.asked[0] == ("510050", Right.CALL, D("2.8"), 5)


@pytest.mark.parametrize(
    ("day", "underlying", "first_code", "field"),
    [
        (date(2025, 11, 22), "510050", 10000001, "trading day"),  # a Saturday
        (DAY, "600000", 10000001, "underlying"),
        (date(2019, 12, 20), "510300", 10000001, "trading day"),  # before the launch
        (DAY, "510050", 99999999, "contract code"),
        (DAY, "510050", 1, "contract code"),
    ],
)
def test_a_list_that_cannot_be_is_refused(
    profile: Profile, calendar: TradingCalendar, day: date, underlying: str, first_code: int, field: str
) -> None:
    with pytest.raises(BadInput, match=field):
        list_contracts(
            profile=profile,
            calendar=calendar,
            trading_day=day,
            market=[UnderlyingClose(underlying, D(3))],
            settlement_of=Intrinsic(D(3)),
            first_code=first_code,
        )


@pytest.mark.fault("F41")
def test_a_settlement_that_is_no_number_is_refused(profile: Profile, calendar: TradingCalendar) -> None:
    with pytest.raises(BadInput, match="previous settlement"):
        list_contracts(
            profile=profile,
            calendar=calendar,
            trading_day=DAY,
            market=[FIFTY],
            settlement_of=lambda underlying, right, strike, days: D("NaN"),
        )


@given(close=st.decimals("0.3", "9", places=3), offset=st.integers(0, 120), paid=st.booleans())
def test_every_list_is_consistent_in_itself(
    profile: Profile, calendar: TradingCalendar, close: Decimal, offset: int, paid: bool
) -> None:
    day = calendar.shift(date(2025, 10, 20), offset)
    dividends = (Dividend("510050", EX_DAY, D("0.05"), D("3.0")),) if paid else ()
    contracts = listed(profile, calendar, day, close, dividends)
    assert len({c.code for c in contracts}) == len({c.trading_code for c in contracts}) == len(contracts)
    for c in contracts:
        assert c.first_day <= day <= c.last_day < c.delivery_day
        assert c.previous_settlement >= c.tick_size
        limits = price_limits(
            right=c.right,
            strike=c.strike,
            underlying_close=close,
            previous_settlement=c.previous_settlement,
            is_last_trading_day=day == c.last_day,
        )
        assert (c.limit_down, c.limit_up) == (limits.limit_down, limits.limit_up)
        assert c.margin == opening_margin(
            right=c.right,
            strike=c.strike,
            multiplier=c.multiplier,
            underlying_close=close,
            previous_settlement=c.previous_settlement,
        )


@pytest.mark.requirement("O4")
def test_only_short_pairs_are_flagged_from_the_day_before_expiry(
    profile: Profile, simulation: Profile, calendar: TradingCalendar
) -> None:
    # rulebook 4.4: the four spreads end on E-2, here 2025-12-22
    for day, flagged in ((date(2025, 12, 22), False), (date(2025, 12, 23), True), (date(2025, 12, 24), True)):
        contracts = listed(profile, calendar, day)
        assert {c.only_short_straddles for c in contracts if c.month == (2025, 12)} == {flagged}
        assert not any(c.only_short_straddles for c in contracts if c.month != (2025, 12))
    assert not any(c.only_short_straddles for c in listed(simulation, calendar, date(2025, 12, 24)))


@pytest.mark.fault("F38")
def test_an_adjusted_contract_that_was_delisted_does_not_come_back(profile: Profile, calendar: TradingCalendar) -> None:
    ex_day = listed(profile, calendar, EX_DAY, dividends=(DIVIDEND,))
    gone = "510050C2512A03100"
    codes = {c.trading_code: c.code for c in ex_day if c.trading_code != gone}
    following = listed(profile, calendar, date(2025, 12, 2), dividends=(DIVIDEND,), known_codes=codes)
    assert {c.trading_code for c in ex_day} - {c.trading_code for c in following} == {gone}


@pytest.mark.requirement("T1")
def test_the_simulation_lists_shares_with_their_own_terms(simulation: Profile, calendar: TradingCalendar) -> None:
    close = D("7.86")
    bank = Dividend("601398", EX_DAY, cash=D("0.30"), eve_close=D("8.16"))
    contracts = list_contracts(
        profile=simulation,
        calendar=calendar,
        trading_day=EX_DAY,
        market=[UnderlyingClose("601398", close)],
        settlement_of=Intrinsic(close),
        dividends=(bank,),
    )
    standard = [c for c in contracts if not c.is_adjusted and c.month == (2025, 12)]
    assert [c.strike for c in standard if c.right is Right.CALL] == [D("7"), D("7.5"), D("8"), D("8.5"), D("9")]
    assert {(c.tick_size, c.margin_ratio_1, c.margin_ratio_2) for c in contracts} == {(D("0.001"), D(25), D(10))}
    assert {(c.limit_order_max, c.market_order_max) for c in contracts} == {(100, 50)}
    assert all(c.limit_up % c.tick_size == 0 and c.limit_down % c.tick_size == 0 for c in contracts)
    first = standard[0]
    assert (first.trading_code, first.name) == ("601398C2512M00700", "工商银行购12月7000")
    # 10000 x 8.16 / 7.86 = 10381.7; 8 x 10000 / 10382 = 7.7056, two decimals for shares
    adjusted = next(c for c in contracts if c.trading_code == "601398C2512A00800")
    assert (str(adjusted.strike), adjusted.multiplier) == ("7.71", 10382)


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
