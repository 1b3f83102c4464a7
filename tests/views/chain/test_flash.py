"""A price that has moved flashes and fades, a new one does not."""

from typing import Any

import pytest
from PySide6.QtGui import QColor, QPen

from terminal.domain.contracts import Right
from terminal.views.appearance import Appearance
from terminal.views.chain.columns import COLUMNS
from terminal.views.chain.figures import CellColumn
from terminal.views.chain.painter import ChainPainter
from terminal.views.chain.style import (
    FLASH_MASK,
    FLASH_SHIFT,
    GROUND_SHIFT,
    Ink,
    Mark,
)
from terminal.views.style_sheet import mixed
from terminal.views.theme import ColourMode, ColourPack, ThemeName
from tests.views.chain.stage import Seen, settled
from tests.views.desk_rig import HandClock
from tests.views.test_theme import contrast

SPOT = "510050"


def test_a_moved_price_flashes_and_fades(seen: Seen, monotonic: HandClock, appearance: Appearance) -> None:
    settled(seen, monotonic)
    call = seen.contract(Right.CALL, "2.60")
    bid = int(seen.desk.market.quotes[seen.desk.market.row_of[call.code]][12])
    seen.quote(call, bid_price=bid + 2)
    levels = []
    for _ in range(6):
        seen.panel.flush()
        levels.append((seen.style(call, "bid") & FLASH_MASK) >> FLASH_SHIFT)
        monotonic.seconds += 0.0501
    assert levels == [2, 2, 2, 1, 1, 0]
    seen.quote(call, bid_price=bid + 1)
    seen.panel.flush()
    assert seen.style(call, "bid") & Mark.FLASH_DOWN


def test_a_price_that_moves_every_frame_flashes_at_most_eight_times_a_second(seen: Seen, monotonic: HandClock) -> None:
    settled(seen, monotonic)
    call = seen.contract(Right.CALL, "2.60")
    starts, before = 0, 0.0
    for frame in range(20):
        seen.quote(call, bid_price=400 + frame)
        seen.panel.flush()
        row, column = seen.cell(call, "bid")
        position = seen.view.chain.line_of_row(row)
        assert position is not None
        started = float(seen.view._flashes._started[position, column])
        starts += started != before
        before = started
        monotonic.seconds += 0.05
    assert starts <= 8


def test_new_quotes_after_a_dash_do_not_flash(seen: Seen, monotonic: HandClock) -> None:
    call = seen.contract(Right.CALL, "2.60")
    seen.quote(call, bid_price=0, bid_quantity=0)
    settled(seen, monotonic)
    seen.quote(call, bid_price=470, bid_quantity=3)
    seen.panel.flush()
    assert not seen.style(call, "bid") & FLASH_MASK


class Strokes:
    """Stands for a painter and keeps the ground and the ink of each cell."""

    def __init__(self) -> None:
        self.cells: list[tuple[QColor, QColor]] = []
        self.ground, self.ink = QColor(), QColor()

    def fillRect(self, _x: int, _y: int, _width: int, _height: int, ground: QColor) -> None:
        self.ground = ground if ground.alpha() == 255 else mixed(ground, self.ground, ground.alphaF())

    def setPen(self, pen: QPen) -> None:
        self.ink = pen.color()

    def drawGlyphRun(self, *_: Any) -> None:
        self.cells.append((self.ground, self.ink))


@pytest.mark.requirement("X12")
@pytest.mark.parametrize("mode", ColourMode)
@pytest.mark.parametrize("pack", ColourPack)
@pytest.mark.parametrize("theme", ThemeName)
def test_a_price_can_be_read_while_it_flashes(qapp: Any, theme: ThemeName, pack: ColourPack, mode: ColourMode) -> None:
    painter = ChainPainter(Appearance(theme, pack, mode))
    keys = ("last", "bid", "ask")
    painter.set_columns([CellColumn(Right.CALL, COLUMNS[key]) for key in keys], [(0, 60)] * 3, "en")
    inks = (Ink.UP, Ink.DOWN, Ink.FLAT, Ink.BID, Ink.ASK, Ink.OWN)
    styles = [
        ink | level << FLASH_SHIFT | down | money << GROUND_SHIFT | edge
        for ink in inks
        for level in (1, 2)
        for down in (0, int(Mark.FLASH_DOWN))
        for money in range(4)
        for edge in (0, int(Mark.EDGE))
    ]
    strokes: Any = Strokes()
    for number in range(len(keys)):
        painter.paint_column(strokes, number, [1234] * len(styles), styles, [0] * len(styles), 22)
    assert len(strokes.cells) == len(keys) * len(styles)
    assert min(contrast(ground, ink) for ground, ink in strokes.cells) >= 4.5
