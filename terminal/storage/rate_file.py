"""Files of interbank rates (上海银行间同业拆放利率, Shibor): one line a day, eight tenors, in per cent.

The rule: a line that looks wrong is left out and named, the others count; a file without the eight columns is refused.
`docs/file-formats.md` shows the form.
"""

import csv
import io
import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from terminal.domain.errors import BadFile, BadInput
from terminal.pricing.rate_curve import RateCurve
from terminal.storage.text_fields import decoded, parse_date, read_bounded

#: Eighteen years take a quarter of a megabyte
MAX_BYTES: Final = 8 * 1024 * 1024
#: Column names, Chinese and English, and the days to maturity they stand for
_TENORS: Final = {
    1: ("隔夜", "O/N"),
    7: ("1周", "1W"),
    14: ("2周", "2W"),
    30: ("1月", "1M"),
    91: ("3月", "3M"),
    182: ("6月", "6M"),
    273: ("9月", "9M"),
    365: ("1年", "1Y"),
}
_DATE_COLUMN: Final = ("报告日", "日期", "DATE")
_PER_CENT = re.compile(r"-?\d{1,3}(\.\d{1,6})?", re.ASCII)
#: Overnight money cost 13.4 % in June 2013: more than that again is a slip
_BOUNDS = (-5.0, 25.0)


@dataclass(frozen=True, slots=True)
class RateHistory:
    """What a file says: the curve of each day, newest last, and what was wrong with the lines left out."""

    curves: dict[date, RateCurve]
    problems: tuple[BadFile, ...]

    def on_or_before(self, day: date) -> RateCurve | None:
        """The curve in force on a day: the newest that is not later; None before the first."""
        known = [at for at in self.curves if at <= day]
        return self.curves[max(known)] if known else None


def load_rates(path: Path) -> RateHistory:
    """Read a file of rates. Raises BadFile when it is no such file, or when no line of it is good."""
    text = decoded(read_bounded(path, MAX_BYTES), path.name)
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    curves: dict[date, RateCurve] = {}
    problems: list[BadFile] = []
    try:
        columns = _columns(next(reader, []), path.name)
        for fields in reader:
            try:
                day, curve = _row(fields, columns)
                if day in curves:
                    raise BadInput("date", day, "each day once")
                curves[day] = curve
            except BadInput as error:
                problems.append(BadFile(error.field, error.value, error.rule, reader.line_num, path.name))
    except csv.Error as error:
        raise BadFile("row", "", str(error), max(reader.line_num, 1), path.name) from error
    if not curves:
        raise problems[0] if problems else BadFile("file", "", "at least one day of rates", 1, path.name)
    return RateHistory({day: curves[day] for day in sorted(curves)}, tuple(problems))


def _columns(header: list[str], file_name: str) -> dict[int, int]:
    """Where the date (key 0) and each tenor, by its days, stand in a line."""
    names = [name.strip().upper() for name in header]
    places: dict[int, int] = {}
    for days, accepted in {0: _DATE_COLUMN, **_TENORS}.items():
        found = [number for number, name in enumerate(names) if name in accepted]
        if len(found) != 1:
            rule = f"one column named {' or '.join(accepted)}"
            raise BadFile("header", ",".join(header), rule, 1, file_name)
        places[days] = found[0]
    return places


def _row(fields: list[str], columns: dict[int, int]) -> tuple[date, RateCurve]:
    if len(fields) <= max(columns.values()):
        raise BadInput("row", ",".join(fields), "a date and eight rates")
    day = parse_date("date", fields[columns[0]].strip())
    simple: dict[int, float] = {}
    for days, (_, name) in _TENORS.items():
        text = fields[columns[days]].strip()
        if _PER_CENT.fullmatch(text) is None:
            raise BadInput(name, text, "a rate in per cent")
        per_cent = float(text)
        if not _BOUNDS[0] <= per_cent <= _BOUNDS[1]:
            raise BadInput(name, text, f"{_BOUNDS[0]:g} to {_BOUNDS[1]:g} per cent")
        simple[days] = per_cent / 100.0
    return day, RateCurve.of_money_market(simple)
