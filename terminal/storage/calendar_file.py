"""The trading calendar's files: the one shipped with the program, and what a user imported from an announcement.

The rule: a year that looks wrong is refused with its line, because one wrong closed day moves an expiry.
`docs/file-formats.md` shows the two forms, TOML and CSV.
"""

import csv
import io
import re
import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final

from terminal.domain.calendar import TradingCalendar, TradingYear
from terminal.domain.errors import BadFile, BadInput
from terminal.storage.atomic_file import replace_file
from terminal.storage.text_fields import decoded, parse_date, read_bounded

#: A year takes half a kilobyte
MAX_BYTES: Final = 1024 * 1024
_FIRST_YEAR, _LAST_YEAR = 1990, 2100
_FEWEST, _MOST = 5, 40
_ISO_DATE = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_HEADER = ["year", "closed"]
_STATUS = {"official": False, "estimated": True}


@dataclass(frozen=True, slots=True)
class _Year:
    """A year as the file has it, with the lines its errors are reported at."""

    year: int
    line: int
    estimated: bool
    closed: Sequence[tuple[date, int]]


def load_calendar(shipped: Path, imported: Path | None = None) -> TradingCalendar:
    """The shipped calendar with the user's imported years over it, if there is such a file.

    An estimated year never replaces an official one. Raises BadFile for either file.
    """
    calendar = TradingCalendar(_read(shipped))
    if imported is None or not imported.exists():
        return calendar
    official = {year.year for year in calendar.years if not year.estimated}
    return calendar.with_years(y for y in _read(imported) if not (y.estimated and y.year in official))


def import_calendar(path: Path) -> list[TradingYear]:
    """Read an announcement, TOML or (by its name) CSV. Raises BadFile that names line, field and rule."""
    return _read(path)


def save_imported(years: Iterable[TradingYear], path: Path) -> None:
    """Add years to the user's file, each replacing what it held of the same year.

    Raises BadFile when the file that is there is damaged, and OSError when it cannot be written.
    """
    merged = {y.year: y for y in _read(path)} if path.exists() else {}
    merged.update({y.year: y for y in years})
    replace_file(path, _toml(merged[year] for year in sorted(merged)).encode())


def _read(path: Path) -> list[TradingYear]:
    data = read_bounded(path, MAX_BYTES)
    text = decoded(data, path.name)
    read = _from_csv if path.suffix.lower() == ".csv" else _from_toml
    return _checked(read(text, path.name), path.name)


def _checked(years: Iterable[_Year], file_name: str) -> list[TradingYear]:
    found: dict[int, TradingYear] = {}
    for year in years:
        if not _FIRST_YEAR <= year.year <= _LAST_YEAR:
            raise BadFile("year", year.year, f"{_FIRST_YEAR} to {_LAST_YEAR}", year.line, file_name)
        if year.year in found:
            raise BadFile("year", year.year, "each year once", year.line, file_name)
        closed: set[date] = set()
        for day, line in year.closed:
            if day.year != year.year:
                raise BadFile("closed", day, f"a day of {year.year}", line, file_name)
            if day.weekday() >= 5:
                raise BadFile("closed", day, "Monday to Friday: weekends are closed anyway", line, file_name)
            if day in closed:
                raise BadFile("closed", day, "each day once", line, file_name)
            closed.add(day)
        if not _FEWEST <= len(closed) <= _MOST:
            rule = f"{_FEWEST} to {_MOST} closed weekdays in {year.year}"
            raise BadFile("closed", f"{len(closed)} days", rule, year.line, file_name)
        found[year.year] = TradingYear(year.year, frozenset(closed), year.estimated)
    if not found:
        raise BadFile("file", "", "at least one year", 1, file_name)
    return list(found.values())


def _from_csv(text: str, file_name: str) -> list[_Year]:
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    years: dict[int, _Year] = {}
    try:
        header = next(reader, [])
        if [column.strip().lower() for column in header] != _HEADER:
            raise BadInput("header", ",".join(header), ",".join(_HEADER))
        for fields in reader:
            if len(fields) != len(_HEADER):
                raise BadInput("row", ",".join(fields), "a year and a date")
            year_text, day_text = (field.strip() for field in fields)
            if re.fullmatch(r"\d{4}", year_text, re.ASCII) is None:
                raise BadInput("year", year_text, "four digits")
            year = years.setdefault(int(year_text), _Year(int(year_text), reader.line_num, False, []))
            years[year.year] = _Year(
                year.year, year.line, False, [*year.closed, (parse_date("closed", day_text), reader.line_num)]
            )
    except BadInput as error:
        raise BadFile(error.field, error.value, error.rule, max(reader.line_num, 1), file_name) from error
    except csv.Error as error:
        raise BadFile("row", "", str(error), max(reader.line_num, 1), file_name) from error
    return list(years.values())


def _from_toml(text: str, file_name: str) -> list[_Year]:
    try:
        content = tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        at = re.search(r"at line (\d+)", str(error))
        raise BadFile("file", "", f"TOML: {error}", int(at[1]) if at else 1, file_name) from error
    tables = content.get("year")
    lines = _Lines(text)
    if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
        raise BadFile("year", tables, "tables headed [[year]]", 1, file_name)
    return [_year_of(table, lines, number, file_name) for number, table in enumerate(tables)]


def _year_of(table: dict[str, Any], lines: "_Lines", number: int, file_name: str) -> _Year:
    line = lines.of_table(number)
    year, status, closed = table.get("year"), table.get("status"), table.get("closed")
    if type(year) is not int:
        raise BadFile("year", year, "a year in four digits", line, file_name)
    if not isinstance(status, str) or status not in _STATUS:
        raise BadFile("status", status, "official or estimated", line, file_name)
    if not isinstance(closed, list):
        raise BadFile("closed", closed, "a list of dates", line, file_name)
    days = []
    for day in closed:
        if not isinstance(day, date) or isinstance(day, datetime):
            raise BadFile("closed", day, "dates such as 2027-01-01, without quotes", line, file_name)
        days.append((day, lines.of_date(day, line)))
    return _Year(year, line, _STATUS[status], days)


class _Lines:
    """Where tables and dates stand in a TOML text: tomllib gives values without their lines."""

    def __init__(self, text: str) -> None:
        self._tables: list[int] = []
        self._dates: dict[str, list[int]] = {}
        for number, line in enumerate(text.split("\n"), start=1):
            content = line.split("#", 1)[0]
            if re.match(r"\s*\[\[\s*year\s*\]\]", content):
                self._tables.append(number)
            for found in _ISO_DATE.findall(content):
                self._dates.setdefault(found, []).append(number)

    def of_table(self, number: int) -> int:
        """The line of the table's head; 1 where the tables are written in another way."""
        return self._tables[number] if number < len(self._tables) else 1

    def of_date(self, day: date, after: int) -> int:
        """The line of the next occurrence of a date after a line; that line itself if there is none."""
        lines = self._dates.get(day.isoformat(), [])
        while lines:
            line = lines.pop(0)
            if line >= after:
                return line
        return after


def _toml(years: Iterable[TradingYear]) -> str:
    parts = ["# Trading calendar as imported by the user; it goes before the one shipped with the program.\n"]
    for year in years:
        status = "estimated" if year.estimated else "official"
        parts.append(f'\n[[year]]\nyear = {year.year}\nstatus = "{status}"\nclosed = [\n')
        parts += [f"    {day.isoformat()},\n" for day in sorted(year.closed)]
        parts.append("]\n")
    return "".join(parts)
