"""The day's contract list: months, strikes, codes, names, figures and flags."""

from collections import Counter
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from terminal.domain.calendar import TradingCalendar
from terminal.domain.contracts import ListingState, Right, parse_trading_code
from terminal.domain.errors import BadInput
from terminal.rules.listing import Dividend, UnderlyingClose, list_contracts
from terminal.rules.margin import opening_margin
from terminal.rules.price_limits import price_limits
from terminal.rules.profile import Profile
from tests.rules.listing_day import DAY, EX_DAY, FIFTY, D, Intrinsic, listed


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
