"""The chain as a plain table: what is on screen, calls, strike, puts, without the row of the spot; counts uncut."""

from terminal.domain.contracts import Right
from terminal.views.chain.columns import Kind
from terminal.views.chain.figures import NONE
from terminal.views.chain.model import ChainModel
from terminal.views.chain.texts import cell_text, strike_text
from terminal.views.chain.words import word
from terminal.views.formatting import DASH, MINUS


def chain_table(chain: ChainModel) -> tuple[str, list[str], list[list[str]]]:
    """Name, headers and rows of the series on screen, as the export of a table wants them."""
    if chain.series is None:
        return word("Chain"), [], []
    letter = "" if chain.series.adjustment == "M" else f" {chain.series.adjustment}"
    name = f"{chain.series.underlying} {chain.series.expiry.isoformat()}{letter}"
    half = {Right.CALL: word("Calls"), Right.PUT: word("Puts"), None: ""}
    headers = [
        " ".join(part for part in (half[cell.right], word(cell.column.name), chain.unit_text(number)) if part)
        for number, cell in enumerate(chain.columns)
    ]
    lines = [line for row in range(chain.rowCount()) if (line := chain.line_of_row(row)) is not None]
    rows = [
        [
            strike_text(int(chain.values[line, number]))
            if cell.right is None
            else _text(cell.column.kind, int(chain.values[line, number]), chain.language)
            for number, cell in enumerate(chain.columns)
        ]
        for line in lines
    ]
    return name, headers, rows


def _text(kind: Kind, value: int, language: str) -> str:
    """As on screen, but for what a cell shortens or dresses."""
    if value == NONE:
        return DASH
    if kind in (Kind.QUANTITY, Kind.COMPACT):
        return str(value)
    if kind is Kind.CHANGE:
        return f"{MINUS if value < 0 else ''}{abs(value) / 10:.1f}"
    return cell_text(kind, value, language)
