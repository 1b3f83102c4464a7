"""Which months are listed and since when (rulebook 1.2), against every real month of 510050 to 2022."""

import csv
from collections import defaultdict
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from terminal.domain.calendar import TradingCalendar
from terminal.domain.errors import CalendarError
from terminal.rules.months import Month, listed_months, month_listed_on
from terminal.rules.profile import Profile


@pytest.mark.requirement("T1")
@pytest.mark.parametrize(
    ("day", "months"),
    [
        # The expiry day 2025-12-24 belongs to the current month, the day after does not
        (date(2025, 12, 24), [(2025, 12), (2026, 1), (2026, 3), (2026, 6)]),
        (date(2025, 12, 25), [(2026, 1), (2026, 2), (2026, 3), (2026, 6)]),
        (date(2026, 1, 29), [(2026, 2), (2026, 3), (2026, 6), (2026, 9)]),
        (date(2025, 10, 9), [(2025, 10), (2025, 11), (2025, 12), (2026, 3)]),
    ],
)
def test_four_months_are_listed(profile: Profile, calendar: TradingCalendar, day: date, months: list[Month]) -> None:
    assert listed_months(calendar, day, profile.listing) == months


@pytest.mark.requirement("T2")
@pytest.mark.fault("F86")
@pytest.mark.parametrize(
    ("month", "listed"),
    [
        ((2022, 11), date(2022, 9, 29)),  # a monthly one: the day after the expiry of September
        ((2022, 12), date(2022, 4, 28)),  # a quarter month: eight months before
        ((2026, 2), date(2025, 12, 25)),
    ],
)
def test_a_month_begins_the_day_after_the_expiry_that_made_room(
    profile: Profile, calendar: TradingCalendar, month: Month, listed: date
) -> None:
    assert month_listed_on(calendar, month, profile.listing) == listed


def test_a_day_beyond_the_calendar_is_not_invented(profile: Profile, calendar: TradingCalendar) -> None:
    with pytest.raises(CalendarError, match=str(calendar.last_year + 1)):
        listed_months(calendar, date(calendar.last_year + 1, 1, 5), profile.listing)


@given(day=st.dates(date(2015, 2, 9), date(2026, 3, 31)))
def test_the_four_months_differ_and_began_by_then(profile: Profile, calendar: TradingCalendar, day: date) -> None:
    months = listed_months(calendar, day, profile.listing)
    assert len(set(months)) == 4
    assert months == sorted(months)
    assert all(month_listed_on(calendar, m, profile.listing) <= calendar.on_or_after(day) for m in months)
    assert calendar.expiry_of(*months[0]) >= day


@pytest.mark.requirement("T1")
def test_every_real_month_began_on_its_day(profile: Profile, calendar: TradingCalendar, shared_data: Path) -> None:
    began: dict[Month, date] = defaultdict(lambda: date.max)
    with (shared_data / "wind_50etf_basic_3320_to_2022-09.csv").open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            year, month = map(int, row["到期月份"].split("-"))
            began[year, month] = min(began[year, month], date.fromisoformat(row["上市日"]))
    launch = date(2015, 2, 9)
    later = {month: day for month, day in began.items() if day > launch}
    assert len(later) == 91
    assert {month: month_listed_on(calendar, month, profile.listing) for month in later} == later
