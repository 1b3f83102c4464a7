"""The obliged contracts as a plain table: the rows on screen, every column that is text, two figures as two cells."""

from terminal.views.obligations.model import HEADINGS, ObligationModel
from terminal.views.obligations.words import word
from terminal.views.parted_cells import parted

#: The lamp repeats what another column says, the line of the day and the buttons are no text
_NO_TEXT = ("lamp", "day", "actions")


def obligation_table(model: ObligationModel) -> tuple[str, list[str], list[list[str]]]:
    """Name, headers and rows, as the export of a table wants them."""
    wanted = [heading for heading in HEADINGS if heading.key not in _NO_TEXT]
    lines = [line for row in range(model.rowCount()) if (line := model.line(row)) is not None]
    headers, rows = parted(
        [word(heading.title) for heading in wanted],
        [[line.texts.get(heading.key, "") for heading in wanted] for line in lines],
    )
    return word("Obliged contracts"), headers, rows
