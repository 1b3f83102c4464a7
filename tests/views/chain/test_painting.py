"""What cells look like, which of them a frame paints, and that nothing else is painted."""

from itertools import pairwise

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication

from terminal.domain.contracts import Right
from terminal.views.appearance import Appearance
from terminal.views.chain.style import (
    BAR_MASK,
    Ink,
    Mark,
)
from terminal.views.theme import ColourMode, ColourPack, ThemeName
from terminal.views.translation import Languages
from tests.views.chain.stage import Seen, ink, near, settled
from tests.views.desk_rig import HandClock

SPOT = "510050"


@pytest.mark.requirement("T1")
def test_a_frame_paints_only_what_differs(seen: Seen, monotonic: HandClock) -> None:
    settled(seen, monotonic)
    seen.panel.flush()
    assert seen.view.painted_cells == 0
    put = seen.contract(Right.PUT, "2.60")
    size = seen.desk.market.quotes[seen.desk.market.row_of[put.code]].copy()
    seen.quote(put, bid_quantity=int(size[17]) + 400)
    seen.panel.flush()
    assert seen.view.painted_cells == 1


def test_a_tick_of_another_underlying_paints_nothing(seen: Seen, monotonic: HandClock) -> None:
    settled(seen, monotonic)
    other = next(c for c in seen.desk.market.contracts if c.underlying == "510300")
    seen.quote(other, bid_price=1, last=5)
    seen.panel.flush()
    assert seen.view.painted_cells == 0


def test_what_is_painted_in_steps_equals_a_whole_repaint(seen: Seen, monotonic: HandClock) -> None:
    for step in range(1, 6):
        for strike in ("2.40", "2.50", "2.60"):
            seen.quote(seen.contract(Right.CALL, strike), bid_price=300 + step, bid_quantity=step * 20, last=302)
        seen.quote(SPOT, last=24_800 + 10 * step, bid_price=24_790 + 10 * step)
        settled(seen, monotonic)
    in_steps = seen.view.viewport().grab().toImage()
    seen.view.repaint_later()
    assert seen.view.viewport().grab().toImage() == in_steps


def test_nothing_is_computed_for_a_hidden_chain(seen: Seen) -> None:
    seen.panel.hide()
    revision = seen.panel._valuation.revision
    seen.quote(SPOT, last=24_900)
    assert seen.panel._valuation.revision == revision


@pytest.mark.requirement("T1", "X12")
def test_a_price_above_the_settlement_is_red_and_below_green(
    seen: Seen, appearance: Appearance, monotonic: HandClock
) -> None:
    call, put = seen.contract(Right.CALL, "2.60"), seen.contract(Right.PUT, "2.40")
    seen.quote(call, bid_price=int(call.previous_settlement * 10_000) + 30, ask_price=900)
    seen.quote(put, bid_price=int(put.previous_settlement * 10_000) - 30)
    settled(seen, monotonic)
    seen.view.repaint_later()
    assert near(seen.colours(call, "bid"), appearance.up) > 10
    assert near(seen.colours(call, "bid"), appearance.down) == 0
    assert near(seen.colours(put, "bid"), appearance.down) > 10
    appearance.set_pack(ColourPack.WEST)
    assert near(seen.colours(call, "bid"), appearance.theme.down) > 10


@pytest.mark.requirement("X12")
def test_by_side_the_side_gives_the_colour(seen: Seen, appearance: Appearance) -> None:
    call = seen.contract(Right.CALL, "2.60")
    appearance.set_mode(ColourMode.BY_SIDE)
    seen.panel.flush()
    assert ink(seen.style(call, "bid")) is Ink.BID
    assert ink(seen.style(call, "ask")) is Ink.ASK
    assert ink(seen.style(call, "last")) in (Ink.UP, Ink.DOWN, Ink.FLAT)
    assert near(seen.colours(call, "bid"), appearance.bid_cell, 6) > 100
    assert near(seen.colours(call, "ask"), appearance.ask_cell, 6) > 100


@pytest.mark.requirement("X12")
def test_another_theme_repaints_everything(seen: Seen, appearance: Appearance) -> None:
    call = seen.contract(Right.CALL, "2.60")
    assert near(seen.colours(call, "ask_iv"), appearance.theme.panel, 6) > 100
    appearance.set_theme(ThemeName.LIGHT)
    assert near(seen.colours(call, "ask_iv"), appearance.theme.panel, 6) > 100


@pytest.mark.requirement("T1")
def test_grounds_tell_in_and_at_the_money(seen: Seen, appearance: Appearance) -> None:
    call, put = seen.contract(Right.CALL, "2.40"), seen.contract(Right.PUT, "2.60")
    for contract in (call, put):
        assert seen.style(contract, "ask_iv") & Mark.IN_THE_MONEY
        assert near(seen.colours(contract, "ask_iv"), appearance.theme.itm_tint, 6) > 100
    assert not seen.style(seen.contract(Right.PUT, "2.40"), "ask_iv") & Mark.IN_THE_MONEY
    assert seen.style(seen.contract(Right.PUT, "2.50"), "ask_iv") & Mark.AT_THE_MONEY
    box = near(_spot_box(seen), appearance.theme.spot, 6)
    assert box > 300


def _spot_box(seen: Seen) -> list[QColor]:
    chain = seen.view.chain
    column = chain.column_of(None, "strike")
    assert column is not None
    image = seen.view.viewport().grab().toImage()
    area = seen.view.visualRect(chain.index(chain.spot_row, column))
    return [image.pixelColor(x, y) for x in range(area.left(), area.right()) for y in range(area.top(), area.bottom())]


def test_depth_bar_grows_with_the_logarithm_of_the_size(seen: Seen) -> None:
    call = seen.contract(Right.CALL, "2.60")
    bars = []
    for size in (1, 10, 100, 1000, 10_000):
        seen.quote(call, bid_quantity=size)
        seen.panel.flush()
        bars.append((seen.style(call, "bid_quantity") & BAR_MASK) >> 16)
    assert bars == sorted(bars)
    assert bars[-1] == bars[-2] == 20
    steps = [b - a for a, b in pairwise(bars[:4])]
    assert max(steps) - min(steps) <= 2


@pytest.mark.requirement("X12")
def test_another_language_reaches_header_cells_and_buttons(seen: Seen, languages: Languages) -> None:
    chain = seen.view.chain
    number = seen.cell(seen.contract(Right.CALL, "2.60"), "bid")[1]
    assert chain.headerData(number, Qt.Orientation.Horizontal) == "Bid\nCNY"
    before = seen.view.head.grab().toImage()
    languages.use("zh_CN")
    QCoreApplication.sendPostedEvents(None, QEvent.Type.LanguageChange.value)
    QApplication.processEvents()
    assert chain.headerData(number, Qt.Orientation.Horizontal) == "买价\n元"
    assert chain.language == "zh_CN"
    assert seen.view.head.grab().toImage() != before
    assert seen.view.accessibleName() == "期权 T 型报价"
    assert [t.title for t in seen.panel.expiries.tabs] == ["11月", "12月"]
