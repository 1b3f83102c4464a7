"""Years to expiry: calendar and trading time to the minute, up to 15:00 of the expiry day in Shanghai."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from terminal.domain.calendar import SHANGHAI, TradingCalendar, TradingYear
from terminal.domain.errors import BadInput, CalendarError
from terminal.pricing.time_to_expiry import TradingTime, years_to_expiries, years_to_expiry

EXPIRY = date(2026, 12, 23)
END = datetime(2026, 12, 23, 15, 0, tzinfo=SHANGHAI)
HOURS = ((time(9, 30), time(11, 30)), (time(13, 0), time(15, 0)))


@pytest.mark.parametrize(
    ("now", "minutes"),
    [
        (datetime(2026, 12, 22, 15, 0, tzinfo=SHANGHAI), 1440),
        (datetime(2026, 12, 23, 14, 59, 59, 999999, tzinfo=SHANGHAI), 1),
        (datetime(2026, 12, 23, 14, 58, 59, tzinfo=SHANGHAI), 2),
        (datetime(2026, 12, 23, 6, 59, tzinfo=UTC), 1),  # 14:59 in Shanghai
    ],
)
def test_whole_minutes_to_the_end_of_trading(now: datetime, minutes: int) -> None:
    assert years_to_expiry(now, EXPIRY) == pytest.approx(minutes / (365 * 1440), rel=1e-12)


@pytest.mark.fault("F36")
@pytest.mark.parametrize("late", [timedelta(0), timedelta(seconds=1), timedelta(days=3)])
def test_no_time_is_left_at_the_end_and_after_it(late: timedelta) -> None:
    assert years_to_expiry(END + late, EXPIRY) == 0.0


@given(st.integers(0, 10_000_000))
def test_time_only_runs_down(seconds: int) -> None:
    now = END - timedelta(seconds=seconds)
    assert years_to_expiry(now, EXPIRY) >= years_to_expiry(now + timedelta(seconds=1), EXPIRY)


@pytest.mark.fault("F88")
@pytest.mark.parametrize(
    ("now", "expiry", "days"),
    [
        (date(2024, 2, 28), date(2024, 3, 27), 28),
        (date(2024, 2, 28), date(2024, 3, 1), 2),  # over the leap day
        (date(2023, 2, 28), date(2023, 3, 1), 1),
        (date(2024, 2, 29), date(2025, 2, 26), 363),
        (date(2024, 12, 31), date(2025, 1, 22), 22),
    ],
)
def test_leap_day_and_year_end_take_their_days(now: date, expiry: date, days: int) -> None:
    closing = datetime(now.year, now.month, now.day, 15, 0, tzinfo=SHANGHAI)
    assert years_to_expiry(closing, expiry) == pytest.approx(days / 365, rel=1e-12)


@pytest.mark.fault("F88")
@pytest.mark.parametrize(
    ("now", "expiry", "days"),
    [
        (date(2024, 2, 28), date(2024, 3, 1), 2),  # 29 February trades
        (date(2024, 12, 31), date(2025, 1, 3), 2),  # New Year's Day does not
    ],
)
def test_trading_time_counts_the_days_that_trade_over_leap_day_and_year_end(now: date, expiry: date, days: int) -> None:
    calendar = TradingCalendar([TradingYear(2024, frozenset()), TradingYear(2025, frozenset({date(2025, 1, 1)}))])
    closing = datetime(now.year, now.month, now.day, 15, 0, tzinfo=SHANGHAI)
    trading = TradingTime(calendar, HOURS, 244)
    assert years_to_expiry(closing, expiry, trading) == pytest.approx(days / 244, rel=1e-12)


def test_many_expiries_come_in_their_order() -> None:
    now = END - timedelta(days=365)
    assert years_to_expiries(now, [EXPIRY, EXPIRY + timedelta(days=365)]).tolist() == pytest.approx([1.0, 2.0])


CALENDAR = TradingCalendar([TradingYear(2026, frozenset({date(2026, 10, n) for n in (1, 2, 5, 6, 7, 8)}))])
TRADING = TradingTime(CALENDAR, HOURS, 244)


@pytest.mark.parametrize(
    ("now", "minutes"),
    [
        (datetime(2026, 12, 23, 14, 59, 30, tzinfo=SHANGHAI), 1),
        (datetime(2026, 12, 23, 13, 0, tzinfo=SHANGHAI), 120),
        (datetime(2026, 12, 23, 12, 15, tzinfo=SHANGHAI), 120),  # lunch
        (datetime(2026, 12, 23, 11, 29, tzinfo=SHANGHAI), 121),
        (datetime(2026, 12, 23, 3, 29, tzinfo=UTC), 121),  # 11:29 in Shanghai
        (datetime(2026, 12, 23, 8, 0, tzinfo=SHANGHAI), 240),
        (datetime(2026, 12, 22, 15, 1, tzinfo=SHANGHAI), 240),  # the night between
        (datetime(2026, 12, 21, 9, 30, tzinfo=SHANGHAI), 720),
        (datetime(2026, 12, 18, 16, 0, tzinfo=SHANGHAI), 720),  # Friday evening
        (datetime(2026, 12, 20, 12, 0, tzinfo=SHANGHAI), 720),  # Sunday
        (datetime(2026, 12, 23, 15, 0, tzinfo=SHANGHAI), 0),
        (datetime(2026, 12, 24, 10, 0, tzinfo=SHANGHAI), 0),
    ],
)
@pytest.mark.fault("F36")
def test_trading_time_runs_only_while_the_market_trades(now: datetime, minutes: int) -> None:
    assert years_to_expiry(now, EXPIRY, TRADING) == pytest.approx(minutes / (240 * 244), rel=1e-12)


def test_a_week_of_holidays_takes_no_trading_time() -> None:
    before = datetime(2026, 9, 30, 15, 0, tzinfo=SHANGHAI)
    after = datetime(2026, 10, 9, 9, 0, tzinfo=SHANGHAI)
    assert years_to_expiry(before, EXPIRY, TRADING) == years_to_expiry(after, EXPIRY, TRADING)
    assert years_to_expiry(before, EXPIRY) > years_to_expiry(after, EXPIRY)


@given(st.integers(0, 10_000_000), st.integers(0, 500_000))
def test_trading_time_only_runs_down(seconds: int, more: int) -> None:
    now = END - timedelta(seconds=seconds)
    assert years_to_expiry(now, EXPIRY, TRADING) <= years_to_expiry(now - timedelta(seconds=more), EXPIRY, TRADING)


def test_a_year_of_trading_days_is_a_year() -> None:
    first = CALENDAR.shift(EXPIRY, -200)
    now = datetime.combine(first, time(15, 0), SHANGHAI)
    assert years_to_expiry(now, EXPIRY, TRADING) == pytest.approx(200 / 244, rel=1e-12)


def test_no_working_day_is_invented() -> None:
    with pytest.raises(CalendarError):
        years_to_expiry(END, date(2027, 1, 27), TRADING)


@pytest.mark.parametrize("windows", [(), ((time(13, 0), time(15, 0)), (time(9, 30), time(11, 30)))])
def test_hours_out_of_order_are_refused(windows: tuple[tuple[time, time], ...]) -> None:
    with pytest.raises(BadInput, match="windows"):
        TradingTime(CALENDAR, windows, 244)
    with pytest.raises(BadInput, match="days per year"):
        TradingTime(CALENDAR, HOURS, 0)
