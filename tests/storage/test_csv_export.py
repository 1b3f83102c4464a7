"""CSV for spreadsheets: numbers are numbers, text is never a formula."""

import csv
import io
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from terminal.domain.calendar import SHANGHAI
from terminal.storage.csv_export import Cell, export_csv


def read(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))


@pytest.mark.requirement("T12")
def test_a_table_is_written_for_a_spreadsheet(tmp_path: Path) -> None:
    path = tmp_path / "成交.csv"
    rows: list[list[Cell]] = [
        ["50ETF购4月2500", Decimal("0.4630"), -3, 1.5, date(2026, 3, 2), None],
        ['a "quoted", name', Decimal("-1E+3"), 0, float("nan"), datetime(2026, 3, 2, 9, 30, tzinfo=SHANGHAI), ""],
    ]
    assert export_csv(path, ["合约", "价格", "数量", "量", "日", "备注"], rows) == 2
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    assert read(path) == [
        ["合约", "价格", "数量", "量", "日", "备注"],
        ["50ETF购4月2500", "0.4630", "-3", "1.5", "2026-03-02", ""],
        ['a "quoted", name', "-1000", "0", "", "2026-03-02T09:30:00+08:00", ""],
    ]


@pytest.mark.requirement("T12")
@pytest.mark.fault("F47")
@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"])
def test_text_that_looks_like_a_formula_is_quoted(tmp_path: Path, start: str) -> None:
    path = tmp_path / "t.csv"
    export_csv(path, [f"{start}head"], [[f"{start}cmd|' /C calc'!A0"], [Decimal(-5)], [-5], [-0.5]])
    assert read(path) == [[f"'{start}head"], [f"'{start}cmd|' /C calc'!A0"], ["-5"], ["-5"], ["-0.5"]]


def test_a_row_of_another_length_writes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text("before")
    with pytest.raises(ValueError, match="row 2 has 1 cells"):
        export_csv(path, ["a", "b"], [[1, 2], [3]])
    assert path.read_text() == "before"


@pytest.mark.fault("F46", "F47")
@given(st.lists(st.lists(st.text(st.characters()), min_size=2, max_size=2), max_size=5))
def test_any_text_makes_a_readable_table(tmp_path_factory: pytest.TempPathFactory, rows: list[list[str]]) -> None:
    path = tmp_path_factory.mktemp("csv") / "t.csv"
    export_csv(path, ["a", "b"], rows)
    found = list(csv.reader(io.StringIO(path.read_bytes().decode("utf-8-sig"), newline="")))
    assert len(found) == len(rows) + 1
    assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r")) for row in found for cell in row)
