"""What the dashboard's menu of evidence and the box of recorded days share: names of tables, cells, how files leave."""

from collections.abc import Callable, Coroutine
from typing import Any

from terminal.services.obligation_report import Cell, Table
from terminal.views.formatting import DASH

Spawn = Callable[[Coroutine[Any, Any, Any]], object]
SavePage = Callable[[str, str], None]
TABLE_NAMES = ("Summary", "Contracts", "Inquiries", "Stretches with their quotes")


def plain(table: Table) -> list[list[str]]:
    """A table's cells for the CSV writer."""

    def text(cell: Cell) -> str:
        if cell is None or cell != cell:
            return DASH
        return f"{cell:.6f}" if isinstance(cell, float) else str(cell)

    return [[text(cell) for cell in row] for row in table.rows]
