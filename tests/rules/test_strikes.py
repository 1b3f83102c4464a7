"""The strike ladder and the strikes around a close: rulebook 1.3, then every real listing of 510050 to 2022."""

import csv
from bisect import bisect_left
from collections import defaultdict
from datetime import date
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from terminal.domain.contracts import parse_trading_code
from terminal.domain.errors import BadInput
from terminal.rules.profile import Profile
from terminal.rules.strikes import at_the_money, strike_above, strike_below, strikes_around, strikes_between

D = Decimal
#: Ex-days of 510050 and the cash paid per share; units and strikes of every adjusted contract confirm the amounts
DIVIDENDS = {
    date(2016, 11, 29): D("0.053"),
    date(2017, 11, 28): D("0.054"),
    date(2018, 12, 3): D("0.049"),
    date(2019, 12, 2): D("0.047"),
    date(2020, 11, 30): D("0.051"),
    date(2021, 11, 29): D("0.041"),
}
#: From this day on nine strikes are listed, five before (rulebook 1.2)
NINE_SINCE = date(2018, 1, 2)


@pytest.mark.requirement("T1")
@pytest.mark.parametrize(
    ("close", "strike"),
    [
        ("2.963", "2.95"),
        ("2.980", "3.00"),
        ("3.040", "3.0"),
        ("3.050", "3.1"),  # in the middle: the higher one
        ("2.525", "2.55"),  # listed on 2018-10-25 around 2.55
        ("2.275", "2.30"),  # listed on 2018-12-27 around 2.30
        ("3", "3"),
        ("5.124", "5"),
        ("5.125", "5.25"),
        ("123", "125"),
        ("0.01", "0.05"),
    ],
)
def test_the_nearest_strike_is_at_the_money_and_the_higher_of_two(profile: Profile, close: str, strike: str) -> None:
    assert at_the_money(D(close), profile.listing.etf_steps) == D(strike)


@pytest.mark.requirement("T1")
@pytest.mark.parametrize(
    ("close", "strikes"),
    [
        # Listed on 2019-12-02 around the adjusted close 2.891, across the band's end at 3
        ("2.891", "2.70 2.75 2.80 2.85 2.90 2.95 3.00 3.1 3.2"),
        # Listed on 2020-11-30 around 3.506
        ("3.506", "3.1 3.2 3.3 3.4 3.5 3.6 3.7 3.8 3.9"),
        ("5.00", "4.6 4.7 4.8 4.9 5.0 5.25 5.50 5.75 6.00"),
        ("0.11", "0.05 0.10 0.15 0.20 0.25 0.30"),
    ],
)
def test_nine_strikes_stand_around_a_close(profile: Profile, close: str, strikes: str) -> None:
    found = strikes_around(D(close), profile.listing.etf_steps, 4)
    assert found == [D(s) for s in strikes.split()]


def test_a_month_listed_earlier_reaches_as_far_as_the_price_did(profile: Profile) -> None:
    found = strikes_between(D("2.50"), D("2.95"), profile.listing.etf_steps, 4)
    assert (found[0], found[-1], len(found)) == (D("2.30"), D("3.3"), 18)


@pytest.mark.parametrize("close", ["0", "-1", "NaN", "Infinity"])
def test_a_close_that_is_no_price_is_refused(profile: Profile, close: str) -> None:
    with pytest.raises(BadInput, match="close"):
        at_the_money(D(close), profile.listing.etf_steps)


@given(close=st.decimals("0.3", "150", places=3), kind=st.sampled_from(["etf_steps", "stock_steps"]))
def test_the_ladder_goes_up_and_down_the_same_rungs(profile: Profile, close: Decimal, kind: str) -> None:
    steps = profile.listing.etf_steps if kind == "etf_steps" else profile.listing.stock_steps
    middle = at_the_money(close, steps)
    above, below = strike_above(middle, steps), strike_below(middle, steps)
    assert strike_below(above, steps) == middle
    assert below is None or strike_above(below, steps) == middle
    assert abs(above - close) > abs(middle - close)
    assert below is None or abs(below - close) >= abs(middle - close)


def _closes(shared_data: Path) -> dict[date, Decimal]:
    closes = {}
    for line in (shared_data / "tdx_510050_raw_2010_2024-09.csv").read_text(encoding="utf-8-sig").splitlines():
        day, _, _, _, close, *_ = line.split(",")
        closes[date.fromisoformat(day.replace("/", "-"))] = D(close)
    return closes


@pytest.mark.requirement("T1")
def test_real_chains_hold_exactly_the_strikes_around_each_close(profile: Profile, shared_data: Path) -> None:
    closes = _closes(shared_data)
    days = sorted(closes)
    listed: dict[tuple[str, str], dict[Decimal, date]] = defaultdict(dict)
    expiry = {}
    with (shared_data / "wind_50etf_basic_3320_to_2022-09.csv").open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            code = parse_trading_code(row["交易代码"])
            listed[row["到期月份"], code.adjustment][code.listed_strike] = date.fromisoformat(row["上市日"])
            expiry[row["到期月份"]] = date.fromisoformat(row["到期日"])
    compared = 0
    for (month, letter), strikes in listed.items():
        first = min(strikes.values())
        # An adjusted set was extended until its ex-day, the listing ends on 2022-09-29
        last = min(day for day in DIVIDENDS if day > first) if letter == "A" else expiry[month]
        if last > date(2022, 9, 28):
            continue
        wanted: set[Decimal] = set()
        for position in range(bisect_left(days, first), bisect_left(days, last) + (letter == "M")):
            day, close = days[position], closes[days[position - 1]]
            if day == first and day in DIVIDENDS:
                close -= DIVIDENDS[day]
            each_side = 4 if day >= NINE_SINCE else 2
            wanted |= set(strikes_around(close, profile.listing.etf_steps, each_side))
        assert set(strikes) == wanted, (month, letter)
        ladder = sorted(strikes)
        assert all(strike_above(a, profile.listing.etf_steps) == b for a, b in pairwise(ladder)), (month, letter)
        compared += 1
    assert compared == 115


def test_a_profile_may_take_the_lower_of_two_equally_near(profile: Profile) -> None:
    steps = profile.listing.etf_steps
    assert at_the_money(D("2.525"), steps, "lower") == D("2.50")
    assert at_the_money(D("2.525"), steps) == D("2.55")
    assert at_the_money(D("2.526"), steps, "lower") == D("2.55")
    assert strikes_around(D("2.525"), steps, 1, "lower") == [D("2.45"), D("2.50"), D("2.55")]
