"""Tables as CSV for spreadsheets: UTF-8 with byte order mark, so that Chinese text opens right by double click.

The rule: text that a spreadsheet would take for a formula gets an apostrophe in front (F47); numbers stay as they are.
"""

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path

from terminal.storage.atomic_file import replace_file

Cell = str | Decimal | int | float | date | None
#: Spreadsheets set to Chinese or Japanese take the full-width signs for the plain ones
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def export_csv(path: Path, headers: Sequence[str], rows: Iterable[Sequence[Cell]]) -> int:
    """Write a table to the file the user chose; gives the number of rows.

    Raises OSError when it cannot be written; a file that was there is untouched then. Raises ValueError for a row of
    another length than the headers.
    """
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow([_cell(header) for header in headers])
    count = 0
    for row in rows:
        if len(row) != len(headers):
            raise ValueError(f"row {count + 1} has {len(row)} cells, the table {len(headers)} columns")
        writer.writerow([_cell(cell) for cell in row])
        count += 1
    replace_file(path, text.getvalue().encode("utf-8-sig"))
    return count


def _cell(value: Cell) -> str:
    match value:
        case None:
            return ""
        case str():
            # A lone surrogate cannot be written; NUL and other controls are not for a spreadsheet
            text = value.encode("utf-8", "replace").decode().replace("\0", "")
            return f"'{text}" if text.startswith(_FORMULA_STARTS) else text
        case Decimal():
            return f"{value:f}"
        case float():
            # nan stands for no value in arrays
            return "" if value != value else repr(value)
        case date():
            # A datetime too
            return value.isoformat()
        case int():
            return str(value)
