# /// script
# requires-python = ">=3.11"
# dependencies = ["exchange_calendars==4.13.2", "chinese_calendar==1.11.0", "lunardate==0.3.0"]
# ///
"""Writes resources/calendar/sse.toml, the trading days of the Shanghai Stock Exchange.

    uv run tools/make_calendar.py           (or `python tools/make_calendar.py` where the packages above are)

Official years come from exchange_calendars (XSHG) and are compared day by day with the State Council's holidays
as chinese_calendar has them. The two may differ only on the days in EXCHANGE_ONLY, when the exchange closed
before the holiday began; any other difference stops the script. Neither package knows a year before the State
Council has announced it (each November), and both refuse it loudly: that is why they were chosen.

The year after the last official one is estimated, so that expiries can be laid out, and marked as such. The rule,
for holidays as they have been granted since 2025 (two statutory days in May, Spring Festival from its eve):

- Spring Festival: the eve (除夕) to the seventh day of the first lunar month
- Labour Day: 1 to 5 May; National Day: 1 to 7 October, to the 8th where Mid-Autumn falls among them
- New Year, Qingming (solar term), Dragon Boat (5th of the 5th lunar month), Mid-Autumn (15th of the 8th): the day
  itself; with Friday when it is a Thursday, with Monday when it is a Tuesday, or the Monday after a weekend

The script also holds that rule against every official year it applies to and says where it would have been wrong.
When the notice for a year is out: raise FIRST_ESTIMATED and the versions above, run, and read the difference.
"""

import sys
from datetime import date, timedelta
from pathlib import Path

import chinese_calendar
import exchange_calendars
from lunardate import LunarDate

FIRST_YEAR = 2005
FIRST_ESTIMATED = 2027
RULE_HOLDS_SINCE = 2025
TARGET = Path(__file__).resolve().parents[1] / "resources" / "calendar" / "sse.toml"
EXCHANGE_ONLY = frozenset(
    {
        date(2005, 2, 7),
        date(2005, 2, 8),
        date(2006, 1, 26),
        date(2006, 1, 27),
        # The eve of Spring Festival was a working day by decree, but not for the exchange
        date(2024, 2, 9),
    }
)

HEADER = """\
# Trading days of the Shanghai Stock Exchange: Monday to Friday except the days listed. A working Saturday or Sunday
# (调休上班) is no trading day. Written by tools/make_calendar.py; its docstring tells the sources and the rule
# behind an estimated year.

source = "exchange_calendars {exchange_version} XSHG, compared with chinese_calendar {chinese_version}"
generated_on = {today}
known_until = {known_until}
"""


def weekdays(first: date, last: date) -> list[date]:
    """Return the days from Monday to Friday between two dates, both included."""
    days = (first + timedelta(n) for n in range((last - first).days + 1))
    return [day for day in days if day.weekday() < 5]


def official_closures(year: int) -> list[date]:
    """Return the closed weekdays of an announced year; raise ValueError where the two sources disagree."""
    first, last = date(year, 1, 1), date(year, 12, 31)
    calendar = exchange_calendars.get_calendar("XSHG", start=str(first - timedelta(30)), end=str(last))
    sessions = {stamp.date() for stamp in calendar.sessions}
    closed = [day for day in weekdays(first, last) if day not in sessions]
    decreed = [day for day in weekdays(first, last) if chinese_calendar.is_holiday(day)]
    if unexplained := set(closed).symmetric_difference(decreed) - EXCHANGE_ONLY:
        raise ValueError(f"{year}: the sources differ on {sorted(map(str, unexplained))}")
    return closed


def estimated_closures(year: int) -> list[date]:
    """Return the closed weekdays that the rule of the module docstring gives for a year (2000 to 2099)."""
    new_year_day = LunarDate(year, 1, 1).to_solar_date()
    dragon_boat = LunarDate(year, 5, 5).to_solar_date()
    mid_autumn = LunarDate(year, 8, 15).to_solar_date()
    closed = set(weekdays(new_year_day - timedelta(1), new_year_day + timedelta(6)))
    closed.update(weekdays(date(year, 5, 1), date(year, 5, 5)))
    national_week = date(year, 10, 1), date(year, 10, 7)
    joined = national_week[0] <= mid_autumn <= national_week[1]
    closed.update(weekdays(national_week[0], national_week[1] + timedelta(1 if joined else 0)))
    for day in (date(year, 1, 1), qingming(year), dragon_boat, mid_autumn):
        closed.update(with_bridge(day))
    return sorted(day for day in closed if day.year == year)


def qingming(year: int) -> date:
    """Return the day of the solar term 清明, by the customary formula for the 21st century."""
    y = year % 100
    return date(year, 4, int(y * 0.2422 + 4.81) - y // 4)


def with_bridge(day: date) -> list[date]:
    """Return a one-day holiday's closed weekdays, with the working day that makes it a long weekend."""
    first_offset, last_offset = {1: (-1, 0), 3: (0, 1), 5: (0, 2), 6: (0, 1)}.get(day.weekday(), (0, 0))
    return weekdays(day + timedelta(first_offset), day + timedelta(last_offset))


def table(year: int, status: str, closed: list[date]) -> str:
    """Return one [[year]] table, the days of a month on a line."""
    months = sorted({day.month for day in closed})
    lines = ["    " + " ".join(f"{day}," for day in closed if day.month == month) for month in months]
    return "\n".join(["", "[[year]]", f"year = {year}", f'status = "{status}"', "closed = [", *lines, "]", ""])


def main() -> int:
    """Write the calendar and report how the estimating rule did on the official years."""
    parts = [
        HEADER.format(
            exchange_version=exchange_calendars.__version__,
            chinese_version=chinese_calendar.__version__,
            today=date.today(),  # noqa: DTZ011 - the desk's own date is meant, whatever its zone
            known_until=date(FIRST_ESTIMATED - 1, 12, 31),
        )
    ]
    for year in range(FIRST_YEAR, FIRST_ESTIMATED):
        closed = official_closures(year)
        parts.append(table(year, "official", closed))
        if year >= RULE_HOLDS_SINCE:
            wrong = sorted(map(str, set(closed).symmetric_difference(estimated_closures(year))))
            print(f"{year}: the rule would have been wrong on {wrong or 'no day'}")
    parts.append(f"\n# {FIRST_ESTIMATED} is estimated by rule; replace it when the exchange has published its notice.")
    parts.append(table(FIRST_ESTIMATED, "estimated", estimated_closures(FIRST_ESTIMATED)))
    TARGET.parent.mkdir(parents=True, exist_ok=True)
    TARGET.write_text("".join(parts), encoding="utf-8")
    print(f"wrote {TARGET}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
