"""Calendar files: a wrong closed day moves an expiry, so whatever looks wrong is refused with its line."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from terminal.domain.calendar import TradingYear
from terminal.domain.errors import BadFile, CalendarError
from terminal.resources import resource_folder
from terminal.storage.calendar_file import import_calendar, load_calendar, save_imported

SHIPPED = resource_folder() / "calendar" / "sse.toml"
DAYS = ["2027-01-01", "2027-02-05", "2027-02-08", "2027-02-09", "2027-02-10", "2027-02-11"]
CLOSED = frozenset(date.fromisoformat(day) for day in DAYS)


def toml(days: list[str] = DAYS, *, year: str = "2027", status: str = '"official"') -> str:
    lines = "".join(f"    {day},\n" for day in days)
    return f"# Announcement\n\n[[year]]\nyear = {year}\nstatus = {status}\nclosed = [\n{lines}]\n"


def table(rows: list[str]) -> str:
    return "year,closed\n" + "".join(f"{row}\n" for row in rows)


def refusal(folder: Path, text: str, name: str = "notice.toml") -> BadFile:
    path = folder / name
    path.write_bytes(text.encode("utf-8", "surrogateescape"))
    with pytest.raises(BadFile) as raised:
        import_calendar(path)
    assert raised.value.file_name == name
    return raised.value


@pytest.mark.fault("F86")
def test_the_shipped_calendar_knows_the_market_s_days() -> None:
    calendar = load_calendar(SHIPPED)
    assert calendar.first_year <= 2015
    assert not calendar.is_trading_day(date(2018, 10, 1))
    # The eve of Spring Festival was a working day by decree, but not for the exchange
    assert not calendar.is_trading_day(date(2024, 2, 9))
    # A working Sunday, 2024-02-18, is no trading day
    assert not calendar.is_trading_day(date(2024, 2, 18))
    assert calendar.is_trading_day(date(2024, 2, 19))
    assert calendar.expiry_of(2018, 12) == date(2018, 12, 26)
    assert calendar.is_estimated(date(calendar.last_year, 6, 1))
    with pytest.raises(CalendarError):
        calendar.is_trading_day(date(calendar.last_year + 1, 6, 1))


def test_an_announcement_is_read_as_toml_and_as_csv(tmp_path: Path) -> None:
    (tmp_path / "a.toml").write_text(toml())
    (tmp_path / "a.CSV").write_text(table([f"2027, {day}" for day in DAYS]), encoding="utf-8-sig")
    expected = [TradingYear(2027, CLOSED)]
    assert import_calendar(tmp_path / "a.toml") == expected
    assert import_calendar(tmp_path / "a.CSV") == expected


@pytest.mark.fault("F86")
def test_an_imported_year_goes_before_the_estimate_and_stays(tmp_path: Path) -> None:
    mine = tmp_path / "user" / "calendar.toml"
    assert load_calendar(SHIPPED, mine).is_estimated(date(2027, 3, 1))
    save_imported([TradingYear(2027, CLOSED)], mine)
    more = TradingYear(2029, frozenset(date(2029, 5, day) for day in (1, 2, 3, 4, 7)))
    save_imported([more], mine)
    calendar = load_calendar(SHIPPED, mine)
    assert not calendar.is_estimated(date(2027, 3, 1))
    assert [day for day in DAYS if calendar.is_trading_day(date.fromisoformat(day))] == []
    assert calendar.is_trading_day(date(2027, 2, 12))
    assert more in calendar.years
    with pytest.raises(CalendarError):
        calendar.is_trading_day(date(2028, 3, 1))


def test_an_imported_estimate_does_not_replace_an_announcement(tmp_path: Path) -> None:
    mine = tmp_path / "calendar.toml"
    years = [TradingYear(2018, frozenset(date(2018, 3, day) for day in range(5, 10)), estimated=True)]
    save_imported(years, mine)
    assert import_calendar(mine) == years
    assert load_calendar(SHIPPED, mine).is_trading_day(date(2018, 3, 5))


@pytest.mark.fault("F42")
@pytest.mark.parametrize(
    ("days", "line", "rule"),
    [
        ([*DAYS, "2027-02-13"], 13, "Monday to Friday"),
        ([*DAYS, "2026-02-12"], 13, "a day of 2027"),
        ([*DAYS, "2027-02-08"], 13, "each day once"),
        (DAYS[:4], 3, "5 to 40 closed weekdays"),
        ([f"2027-{month:02d}-{day:02d}" for month in (3, 6) for day in range(1, 31)], 12, "Monday to Friday"),
        ([*DAYS, '"2027-02-12"'], 3, "without quotes"),
        ([*DAYS, "2027-02-12T10:00:00"], 3, "without quotes"),
    ],
)
def test_a_wrong_day_is_named_with_its_line(tmp_path: Path, days: list[str], line: int, rule: str) -> None:
    bad = refusal(tmp_path, toml(days))
    assert (bad.field, bad.line) == ("closed", line)
    assert rule in bad.rule


def test_too_many_closed_days_are_not_plausible(tmp_path: Path) -> None:
    weekdays = [f"2027-{m:02d}-{d:02d}" for m in range(1, 13) for d in range(1, 29) if date(2027, m, d).weekday() < 5]
    assert "5 to 40" in refusal(tmp_path, toml(weekdays[:41])).rule
    (tmp_path / "most.toml").write_text(toml(weekdays[:40]))
    assert len(import_calendar(tmp_path / "most.toml")[0].closed) == 40


@pytest.mark.fault("F42", "F46")
@pytest.mark.parametrize(
    ("text", "field", "line"),
    [
        ("", "year", 1),
        ("year = 2027", "year", 1),
        ("year = [1, 2]", "year", 1),
        (toml(year="true"), "year", 3),
        (toml(year="1889"), "year", 3),
        (toml(status='"perhaps"'), "status", 3),
        (toml(status="[1]"), "status", 3),
        (toml() + toml(), "year", 16),
        (toml(["2027-02-31"]), "file", 7),
        ("[[year]]\nyear = 2027\nstatus = 'official'\nclosed = 5", "closed", 1),
        ("x = " + "[" * 100_000, "file", 1),
        ("x = 1" + "0" * 5000, "file", 1),
        ("\udcff", "text", 1),
    ],
)
def test_a_damaged_announcement_is_refused(tmp_path: Path, text: str, field: str, line: int) -> None:
    bad = refusal(tmp_path, text)
    assert (bad.field, bad.line) == (field, line)


@pytest.mark.fault("F42")
@pytest.mark.parametrize(
    ("text", "field", "line"),
    [
        ("", "header", 1),
        ("closed,year\n", "header", 1),
        ("year,closed\n", "file", 1),
        (table(["2027,2027-01-01,"]), "row", 2),
        (table(["27,2027-01-01"]), "year", 2),
        (table(["2027,1 January"]), "closed", 2),
        (table([*(f"2027,{day}" for day in DAYS), "2027,2027-02-30"]), "closed", 8),
        (table([*(f"2027,{day}" for day in DAYS), "2027,2027-02-13"]), "closed", 8),
        (table([*(f"2027,{day}" for day in DAYS), "2028,2027-02-12"]), "closed", 8),
        ('year,closed\n"', "row", 2),
    ],
)
def test_a_damaged_table_is_refused(tmp_path: Path, text: str, field: str, line: int) -> None:
    bad = refusal(tmp_path, text, "notice.csv")
    assert (bad.field, bad.line) == (field, line)


@pytest.mark.fault("F42")
@given(st.binary(max_size=300), st.sampled_from(["x.toml", "x.csv"]))
def test_any_bytes_are_years_or_a_bad_file(tmp_path_factory: pytest.TempPathFactory, data: bytes, name: str) -> None:
    path = tmp_path_factory.mktemp("calendar") / name
    path.write_bytes(data)
    with pytest.raises(BadFile):
        import_calendar(path)
