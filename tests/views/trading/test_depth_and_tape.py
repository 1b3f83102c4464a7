"""Depth and newest trades share a dock: below one another, side by side, or the depth alone."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QCoreApplication, QSize
from pytestqt.qtbot import QtBot

from terminal.services.desk import Desk
from terminal.views.appearance import Appearance
from terminal.views.theme import CELL_PADDING, GUTTER, PANEL_PADDING
from terminal.views.trading.depth import DepthPanel
from terminal.views.trading.depth_and_tape import DepthAndTape
from terminal.views.trading.depth_lines import side_by_side
from terminal.views.trading.tape import NARROWEST, TapePanel
from terminal.views.translation import Languages


@pytest.fixture
def both(qtbot: QtBot, desk: Desk, appearance: Appearance) -> Iterator[tuple[DepthAndTape, DepthPanel, TapePanel]]:
    depth, tape = DepthPanel(desk, appearance), TapePanel(desk, appearance)
    box = DepthAndTape(depth, tape)
    qtbot.addWidget(box)
    for panel in (depth, tape):
        panel.show_contract(desk.market.contracts[4].code)
    box.resize(360, 480)
    box.show()
    qtbot.waitExposed(box)
    yield box, depth, tape
    box.close()


@pytest.mark.requirement("X12")
def test_the_trades_stand_below_beside_or_nowhere_as_there_is_room(
    both: tuple[DepthAndTape, DepthPanel, TapePanel],
) -> None:
    box, depth, tape = both
    below, beside, alone = QSize(360, 480), QSize(360, 240), QSize(300, 240)
    for size in (below, beside, alone, beside, below, alone, below):
        box.resize(size)
        QCoreApplication.processEvents()
        assert tape.isVisible() is (size is not alone)
        assert depth.width() >= depth.minimumWidth()
        assert depth.height() >= depth.minimumHeight()
        if size is below:
            assert depth.geometry().bottom() < tape.geometry().top()
            assert depth.width() == tape.width() == size.width()
        elif size is beside:
            assert depth.geometry().right() < tape.geometry().left()
            assert tape.width() >= NARROWEST
            assert depth.height() == tape.height() == size.height()
        else:
            assert depth.width() == size.width()
    assert box.minimumSizeHint() == depth.minimumSize()


@pytest.mark.requirement("X12")
@pytest.mark.parametrize(
    ("room", "lefts"), [(200, (0, 66, 132)), (150, (0, 50, 100)), (110, (0, 55)), (30, (0,)), (0, (0,))]
)
def test_so_many_terms_stand_in_a_line_as_are_not_cut_off(room: int, lefts: tuple[int, ...]) -> None:
    assert side_by_side([40, 40, 40], room, 8) == lefts


@pytest.mark.requirement("X12")
@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_both_limits_are_shown_in_the_narrowest_book(
    both: tuple[DepthAndTape, DepthPanel, TapePanel], languages: Languages, language: str
) -> None:
    _, depth, _ = both
    languages.use(language)
    widths = [depth._term_width(depth.tr(label), "0.3376") for label in ("Limit up", "Limit down")]
    assert len(side_by_side(widths, depth.minimumWidth() - 2 * PANEL_PADDING, 2 * CELL_PADDING)) == 2
    assert depth.minimumWidth() + GUTTER + NARROWEST <= 356
