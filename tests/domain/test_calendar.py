"""The trading calendar: a small one made here, then the expiry days of every real listing of 510050."""

import csv
import tomllib
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from terminal.domain.calendar import TradingCalendar, TradingYear
from terminal.domain.errors import CalendarError
from terminal.resources import resource_folder

#: 2024 and 2025 with the closed weekdays that matter here; 2025 as an estimate
SMALL = TradingCalendar(
    [
        TradingYear(2024, frozenset({date(2024, 1, 1), *(date(2024, 10, d) for d in (1, 2, 3, 4, 7))})),
        # The fourth Wednesday of January 2025, the 22nd, trades; in this calendar that of October does not
        TradingYear(2025, frozenset({date(2025, 1, 1), date(2025, 10, 22), date(2025, 10, 23)}), estimated=True),
    ]
)


@pytest.mark.fault("F86")
@pytest.mark.parametrize(
    ("day", "trades"),
    [
        (date(2024, 9, 30), True),
        (date(2024, 10, 1), False),
        (date(2024, 10, 7), False),
        (date(2024, 10, 8), True),
        (date(2024, 10, 12), False),  # a Saturday on which offices work: no trading
        (date(2024, 2, 29), True),
    ],
)
def test_weekdays_trade_unless_closed(day: date, trades: bool) -> None:
    assert SMALL.is_trading_day(day) is trades


@pytest.mark.fault("F86")
def test_days_move_over_holidays() -> None:
    assert SMALL.on_or_after(date(2024, 10, 1)) == date(2024, 10, 8)
    assert SMALL.on_or_before(date(2024, 10, 7)) == date(2024, 9, 30)
    assert SMALL.on_or_after(date(2024, 9, 30)) == SMALL.on_or_before(date(2024, 9, 30)) == date(2024, 9, 30)
    assert SMALL.shift(date(2024, 9, 30), 1) == date(2024, 10, 8)
    assert SMALL.shift(date(2024, 10, 8), -1) == date(2024, 9, 30)
    assert SMALL.shift(date(2024, 10, 3), 0) == date(2024, 10, 3)
    assert SMALL.shift(date(2024, 12, 31), 1) == date(2025, 1, 2)


@pytest.mark.fault("F86", "F88")
@pytest.mark.parametrize(
    ("month", "expiry"),
    [
        ((2024, 2), date(2024, 2, 28)),
        ((2024, 5), date(2024, 5, 22)),  # the month begins on a Wednesday
        ((2024, 8), date(2024, 8, 28)),  # it begins on a Thursday
        ((2025, 10), date(2025, 10, 24)),  # closed on the Wednesday and the day after
    ],
)
def test_an_expiry_is_the_fourth_wednesday_or_the_next_trading_day(month: tuple[int, int], expiry: date) -> None:
    assert SMALL.expiry_of(*month) == expiry


def test_trading_days_left_count_the_last_but_not_today() -> None:
    assert SMALL.days_left(date(2024, 9, 27), date(2024, 10, 8)) == 2
    assert SMALL.days_left(date(2024, 10, 8), date(2024, 10, 8)) == 0
    assert SMALL.trading_days(date(2024, 9, 27), date(2024, 10, 8)) == [
        date(2024, 9, 27),
        date(2024, 9, 30),
        date(2024, 10, 8),
    ]


def test_estimated_years_are_known_as_such_and_give_way_to_an_announcement() -> None:
    assert (SMALL.is_estimated(date(2024, 6, 3)), SMALL.is_estimated(date(2025, 6, 3))) == (False, True)
    announced = SMALL.with_years([TradingYear(2025, frozenset({date(2025, 1, 1)}))])
    assert announced.is_estimated(date(2025, 6, 3)) is False
    assert announced.expiry_of(2025, 10) == date(2025, 10, 22)
    assert [y.year for y in announced.years] == [2024, 2025]
    assert SMALL.expiry_of(2025, 10) == date(2025, 10, 24)


@pytest.mark.fault("F88")
@pytest.mark.parametrize("day", [date(2023, 12, 29), date(2026, 1, 5)])
def test_a_day_outside_the_years_known_is_refused_not_guessed(day: date) -> None:
    with pytest.raises(CalendarError, match=f"{day.isoformat()}.*2024 to 2025"):
        SMALL.is_trading_day(day)
    with pytest.raises(CalendarError):
        SMALL.is_estimated(day)


def test_a_shift_beyond_the_last_year_is_refused() -> None:
    with pytest.raises(CalendarError):
        SMALL.shift(date(2025, 12, 31), 1)


@given(day=st.dates(date(2024, 2, 1), date(2025, 11, 30)), count=st.integers(1, 15))
def test_a_shift_and_its_reverse_meet(day: date, count: int) -> None:
    first = SMALL.on_or_after(day)
    later = SMALL.shift(first, count)
    assert SMALL.shift(later, -count) == first
    assert SMALL.days_left(first, later) == count


@pytest.mark.fault("F86")
def test_every_real_expiry_day_to_2022_is_the_calendars(shared_data: Path) -> None:
    data = tomllib.loads((resource_folder() / "calendar" / "sse.toml").read_text(encoding="utf-8"))
    calendar = TradingCalendar(
        TradingYear(y["year"], frozenset(y["closed"]), estimated=y["status"] != "official") for y in data["year"]
    )
    with (shared_data / "wind_50etf_basic_3320_to_2022-09.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 3320
    delivered_oddly = set()
    for row in rows:
        year, month = map(int, row["到期月份"].split("-"))
        expiry = calendar.expiry_of(year, month)
        assert expiry == date.fromisoformat(row["到期日"]) == date.fromisoformat(row["行权日"])
        assert calendar.is_trading_day(date.fromisoformat(row["上市日"]))
        if calendar.shift(expiry, 1) != date.fromisoformat(row["行权交收日"]):
            delivered_oddly.add(row["行权交收日"])
    # The list names the plain next day here, which was the Dragon Boat holiday
    assert delivered_oddly == {"2020-06-25"}
    assert not calendar.is_trading_day(date(2020, 6, 25))
    assert calendar.expiry_of(2020, 6) + timedelta(days=1) == date(2020, 6, 25)
