"""Years to expiry: calendar time to the minute, up to 15:00 of the expiry day in Shanghai."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from terminal.domain.calendar import SHANGHAI
from terminal.pricing.time_to_expiry import years_to_expiries, years_to_expiry

EXPIRY = date(2026, 12, 23)
END = datetime(2026, 12, 23, 15, 0, tzinfo=SHANGHAI)


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


def test_many_expiries_come_in_their_order() -> None:
    now = END - timedelta(days=365)
    assert years_to_expiries(now, [EXPIRY, EXPIRY + timedelta(days=365)]).tolist() == pytest.approx([1.0, 2.0])
