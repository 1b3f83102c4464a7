"""The columns of the grid: what each shows, how wide it is, which field of the terms it edits.

Together they fit the grid of the quoting layout at 1920 pixels, so that fills and edge are seen; tooltips say the rest.
"""

from dataclasses import dataclass
from enum import IntEnum

from PySide6.QtCore import Qt


class Column(IntEnum):
    """Columns from left to right."""

    BID = 0
    ASK = 1
    CONTRACT = 2
    THEO = 3
    VOLATILITY = 4
    WIDTH = 5
    HALF = 6
    LEAST = 7
    MOST = 8
    SPREAD = 9
    SIZE = 10
    DELTA_SKEW = 11
    VEGA_SKEW = 12
    POSITION = 13
    JOIN = 14
    TOLERANCE = 15
    EFFECT = 16
    STATE = 17
    CAUSE = 18
    FILLS = 19
    EDGE = 20


_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_CENTRE = Qt.AlignmentFlag.AlignCenter


@dataclass(frozen=True, slots=True)
class GridColumn:
    """One column. `field` is what it edits, `chars` its width in digits, `is_words` whether words stand in it."""

    title: str
    tip: str
    chars: float
    align: Qt.AlignmentFlag = _RIGHT
    field: str = ""
    is_words: bool = False


COLUMNS: dict[Column, GridColumn] = {
    Column.BID: GridColumn("Bid", "Whether the bid is quoted", 3, _CENTRE, "bid"),
    Column.ASK: GridColumn("Ask", "Whether the ask is quoted", 3, _CENTRE, "ask"),
    Column.CONTRACT: GridColumn("Contract", "Contract", 16.5, _LEFT, is_words=True),
    Column.THEO: GridColumn("Theo", "Theoretical price, yuan", 6),
    Column.VOLATILITY: GridColumn("IV %", "Volatility of the curve in force, per cent a year", 5.5),
    Column.WIDTH: GridColumn("Width", "What the half width is made of", 8, _LEFT, "width", is_words=True),
    Column.HALF: GridColumn("Half", "Half the spread: ticks, points, or share of the allowed", 5, field="half_width"),
    Column.LEAST: GridColumn("Min", "Least width in ticks", 3.5, field="least_width"),
    Column.MOST: GridColumn("Max", "Most width in ticks", 4, field="most_width"),
    Column.SPREAD: GridColumn("Now / max", "Our spread against what the obligation allows, ticks", 14),
    Column.SIZE: GridColumn("Size", "Contracts of either side", 4, field="size"),
    Column.DELTA_SKEW: GridColumn("Δ sk.", "Ticks the quote lies higher for a delta of one", 5, field="delta_skew"),
    Column.VEGA_SKEW: GridColumn("V sk.", "Volatility points the quote lies higher", 5, field="vega_skew"),
    Column.POSITION: GridColumn("Pos. / limit", "Net contracts; the limit is edited", 14, field="position_limit"),
    Column.JOIN: GridColumn("Join", "How it stands to the best of the others", 9.5, _LEFT, "join", is_words=True),
    Column.TOLERANCE: GridColumn("Tol.", "Ticks a quote may be off before it is replaced", 3.5, field="tolerance"),
    Column.EFFECT: GridColumn("Open/close", "Which side opens and which closes", 9.5, _LEFT, "effect", is_words=True),
    Column.STATE: GridColumn("State", "How the contract stands in the market", 10.5, _LEFT, is_words=True),
    Column.CAUSE: GridColumn("Why not", "Why it is not quoted", 10, _LEFT, is_words=True),
    Column.FILLS: GridColumn("F/min", "Executions of the last minute", 5),
    Column.EDGE: GridColumn("Edge", "Yuan against theoretical prices since this desk began, before fees", 7),
}  # fmt: skip
#: Columns whose figures move by themselves, and the columns of a snapshot that they show
MOVING: dict[Column, tuple[int, ...]] = {
    Column.THEO: (0,),
    Column.VOLATILITY: (1,),
    Column.SPREAD: (2, 3),
    Column.POSITION: (4,),
    Column.STATE: (5,),
    Column.CAUSE: (6,),
    Column.FILLS: (7,),
    Column.EDGE: (8,),
}
