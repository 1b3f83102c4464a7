"""A cell that shows two figures, 10 / 5, as the two cells of an exported table: a spreadsheet would read a date."""

from collections.abc import Sequence

from terminal.views.formatting import DASH

_BETWEEN = " / "


def parted(titles: Sequence[str], rows: Sequence[Sequence[str]]) -> tuple[list[str], list[list[str]]]:
    """Headers and rows in which every column whose title names two figures has become two columns."""
    parts = [title.count(_BETWEEN) + 1 for title in titles]
    headers = [name for title in titles for name in title.split(_BETWEEN)]
    return headers, [
        [text for cell, count in zip(row, parts, strict=True) for text in _cells(cell, count)] for row in rows
    ]


def _cells(cell: str, count: int) -> list[str]:
    if count == 1:
        return [cell]
    found = cell.split(_BETWEEN, count - 1)
    return found + [DASH] * (count - len(found))
