"""The quoting grid as a plain table: the contracts on screen with their expiry, two figures as two cells.

Cells show what is staged, as on screen; a contract folded away is left out.
"""

from terminal.views.formatting import day
from terminal.views.parted_cells import parted
from terminal.views.quoting.columns import COLUMNS, Column
from terminal.views.quoting.model import GridModel
from terminal.views.quoting.words import word


def grid_table(model: GridModel) -> tuple[str, list[str], list[list[str]]]:
    """Name, headers and rows, as the export of a table wants them."""
    rows = [
        [day(line.expiry), *(_text(model, row, column) for column in COLUMNS)]
        for row, line in enumerate(model.lines)
        if line.place >= 0
    ]
    headers, rows = parted([word("Expiry"), *(word(column.title) for column in COLUMNS.values())], rows)
    return f"{word('Quoting')} {model.underlying}", headers, rows


def _text(model: GridModel, row: int, column: Column) -> str:
    if column in (Column.BID, Column.ASK):
        is_on = getattr(model.terms(model.lines[row].code), COLUMNS[column].field)
        return word("on") if is_on else word("off")
    shown = str(model.index(row, column).data())
    # A glyph stands before the words of a state
    return shown.partition(" ")[2] if column is Column.STATE else shown
