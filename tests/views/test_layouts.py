"""Layouts of the window: presets of their own that come back as they were left, and widths that everything fits in."""

import base64
import dataclasses
import itertools
import struct
from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from terminal.domain.messages import DayOpened
from terminal.services.desk import Desk
from terminal.views.frame_timer import FRAMES_PER_SECOND
from terminal.views.main_window import MainWindow
from terminal.views.presets import preset
from terminal.views.series_rail import NARROW_WIDTH
from terminal.views.translation import Languages
from tests.views.window_rig import shown, tick

#: A layout is saved once it has stood still for a second
_LONG_ENOUGH_TO_SAVE = FRAMES_PER_SECOND + 10


@pytest.mark.requirement("X12")
def test_presets_are_layouts_of_their_own(window: MainWindow) -> None:
    assert window.preset_name == "trading"
    below = {"orders", "fills", "instructions", "queries", "positions", "funds", "notices", "history"}
    assert shown(window) == below | {"rail", "depth", "ticket", "ladder"}
    window.use_preset("chain")
    assert shown(window) == set()
    window.use_preset("retail")
    assert shown(window) == below | {"picker", "intraday", "depth", "ticket"}
    window.use_preset("trading")
    assert shown(window) == below | {"rail", "depth", "ticket", "ladder"}


@pytest.mark.requirement("X12")
def test_a_panel_that_a_kept_layout_does_not_know_comes_up_where_it_belongs(window: MainWindow) -> None:
    window.use_preset("retail")
    history = window.docks["history"]
    # As a program kept it that had no such panel yet
    history.setObjectName("not there yet")
    window.use_preset("chain")
    history.setObjectName("history")
    window.removeDockWidget(history)
    window.use_preset("retail")
    assert history.isHidden()
    window.bring_up("history")
    tick(window, 2)
    assert window.dockWidgetArea(history) is Qt.DockWidgetArea.BottomDockWidgetArea
    assert not history.isFloating()


@pytest.mark.parametrize("name", ["trading", "retail"])
def test_a_fresh_layout_has_the_sizes_of_its_preset(window: MainWindow, name: str) -> None:
    window.use_preset(name)
    window.reset_layout()
    tick(window, 2)
    wanted = preset(name)
    assert window.docks[wanted.left[0]].width() == pytest.approx(wanted.left_width, abs=8)
    assert window.docks["ticket"].width() == pytest.approx(wanted.right_width, abs=8)
    # The tabs stand inside the height of the preset, and what this chain does not ask for goes to the panels below
    assert wanted.bottom_height - 40 < window.docks[wanted.front].height() <= wanted.bottom_height * 1.4
    assert window.docks["ticket"].height() > window.docks["depth"].height()


@pytest.mark.requirement("X12")
@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_the_retail_layout_has_the_day_below_the_picker_and_notices_and_funds_below_the_positions(
    window: MainWindow, languages: Languages, language: str
) -> None:
    languages.use(language)
    window.use_preset("retail")
    tick(window, 3)
    docks, chain = window.docks, window.centralWidget()
    assert chain is not None
    column = [chain.geometry(), *(docks[name].geometry() for name in ("positions", "notices", "funds"))]
    for upper, lower in itertools.pairwise(column):
        assert upper.bottom() < lower.top()
        assert (upper.left(), upper.width()) == (lower.left(), lower.width())
    assert docks["notices"].height() == pytest.approx(124, abs=8)
    assert docks["funds"].height() == pytest.approx(184, abs=8)
    assert docks["picker"].geometry().bottom() < docks["intraday"].geometry().top()
    assert docks["intraday"].width() == docks["picker"].width()
    assert not any(window.tabifiedDockWidgets(docks[name]) for name in ("notices", "funds", "intraday", "picker"))
    assert (window.width(), window.height()) == (1920, 1080)


@pytest.mark.requirement("X12")
@pytest.mark.parametrize(("width", "height"), [(1920, 900), (1366, 768)])
def test_where_there_is_no_height_the_retail_layouts_strips_are_tabs(
    window: MainWindow, width: int, height: int
) -> None:
    window.resize(width, height)
    window.use_preset("retail")
    window.reset_layout()
    tick(window, 3)
    docks = window.docks
    assert {docks["notices"], docks["funds"]} <= set(window.tabifiedDockWidgets(docks["positions"]))
    assert window.tabifiedDockWidgets(docks["picker"]) == [docks["intraday"]]
    assert not docks["picker"].visibleRegion().isEmpty()
    assert not docks["positions"].visibleRegion().isEmpty()
    assert (window.width(), window.height()) == (width, height)


@pytest.mark.requirement("X1")
@pytest.mark.parametrize("width", [1920, 1366])
def test_the_risk_layout_has_curve_and_risk_side_by_side_below_the_chain(window: MainWindow, width: int) -> None:
    window.resize(width, 1080 if width == 1920 else 768)
    window.use_preset("risk")
    tick(window, 3)
    curve, risk = window.docks["volatility"], window.docks["risk"]
    assert curve.geometry().right() < risk.geometry().left()
    chain = window.centralWidget()
    assert chain is not None
    assert curve.geometry().top() >= chain.geometry().bottom()
    assert {"volatility", "smiles", "surface", "risk"} <= shown(window)
    assert window.docks["risk"] not in window.tabifiedDockWidgets(curve)


@pytest.mark.requirement("M6", "X1")
@pytest.mark.parametrize("width", [1920, 1366])
def test_the_making_layout_has_the_dashboard_below_the_chain_and_the_cockpit_beside_both(
    window: MainWindow, width: int
) -> None:
    window.resize(width, 1080 if width == 1920 else 768)
    QTest.keyClick(window, Qt.Key.Key_5, Qt.KeyboardModifier.ControlModifier)
    tick(window, 3)
    assert window.preset_name == "making"
    assert shown(window) == {"obligations", "inquiries"}
    board, cockpit = window.docks["obligations"].geometry(), window.docks["inquiries"].geometry()
    chain = window.centralWidget()
    assert chain is not None
    assert board.top() >= chain.geometry().bottom()
    assert cockpit.left() > board.right()
    assert cockpit.top() <= chain.geometry().top()
    assert cockpit.bottom() >= board.bottom() - 2
    assert window.width() == width


@pytest.mark.requirement("X12")
@pytest.mark.parametrize(("width", "height"), [(1920, 1080), (1366, 768)])
@pytest.mark.parametrize(("name", "beside"), [("quoting", "volatility"), ("trading", "positions")])
def test_the_ladder_is_a_tab_of_the_quoting_and_the_trading_layout(
    window: MainWindow, name: str, beside: str, width: int, height: int
) -> None:
    window.resize(width, height)
    window.use_preset(name)
    window.reset_layout()
    tick(window, 3)
    ladder = window.docks["ladder"]
    assert ladder in window.tabifiedDockWidgets(window.docks[beside])
    # Behind it until it is wanted
    assert window.docks["ladder"].visibleRegion().isEmpty()
    window.bring_up("ladder")
    tick(window, 2)
    assert not ladder.visibleRegion().isEmpty()
    assert (window.width(), window.height()) == (width, height)


@pytest.mark.requirement("X12")
@pytest.mark.parametrize(("name", "beside"), [("quoting", "volatility"), ("risk", "volatility"), ("trading", "orders")])
def test_the_ladder_comes_up_as_a_tab_in_a_layout_that_was_kept_without_it(
    window: MainWindow, name: str, beside: str
) -> None:
    window.use_preset(name)
    ladder = window.docks["ladder"]
    # As a program kept it that had no such panel yet
    ladder.setObjectName("not there yet")
    window.use_preset("chain")
    ladder.setObjectName("ladder")
    window.removeDockWidget(ladder)
    window.use_preset(name)
    assert ladder.isHidden()
    window.bring_up("ladder")
    tick(window, 2)
    assert ladder in window.tabifiedDockWidgets(window.docks[beside])


def test_a_preset_comes_back_as_it_was_left(window: MainWindow) -> None:
    window.docks["funds"].hide()
    window.use_preset("chain")
    window.docks["ticket"].show()
    window.use_preset("trading")
    assert "funds" not in shown(window)
    window.use_preset("chain")
    assert shown(window) == {"ticket"}
    window.reset_layout()
    assert shown(window) == set()


def test_a_layout_is_saved_once_it_stands_still(window: MainWindow, settings: Any) -> None:
    tick(window, _LONG_ENOUGH_TO_SAVE)
    before = settings.read("layout.trading")
    window.docks["history"].hide()
    assert window.status.layout_state.text() == "Layout changed"
    tick(window, 5)
    assert settings.read("layout.trading") == before
    tick(window, _LONG_ENOUGH_TO_SAVE)
    assert settings.read("layout.trading") != before
    assert window.status.layout_state.text() == "Layout saved"


def test_the_next_run_finds_the_layout_of_the_last(
    make_window: Callable[[], MainWindow], window: MainWindow, settings: Any
) -> None:
    window.use_preset("retail")
    window.docks["depth"].hide()
    window.save_layout()
    window.hide()
    again = make_window()
    # Qt gives a window back no larger than the screen, and the screen of the tests is a small one
    again.resize(window.size())
    again.show()
    tick(again, 2)
    assert again.preset_name == "retail"
    assert shown(again) == shown(window)


def screen_wider(geometry: bytes) -> bytes:
    """As saved on a screen twice as wide, which Qt refuses: its width stands behind two rectangles and 6 bytes."""
    at = 4 + 4 + 16 + 16 + 4 + 2
    return geometry[:at] + struct.pack(">i", 2 * struct.unpack_from(">i", geometry, at)[0]) + geometry[at + 4 :]


@pytest.mark.requirement("X12")
@pytest.mark.parametrize("changed", [bytes, screen_wider], ids=["this screen", "another screen"])
def test_a_window_left_on_a_larger_screen_comes_back_on_this_one(
    make_window: Callable[[], MainWindow], window: MainWindow, settings: Any, changed: Callable[[bytes], bytes]
) -> None:
    window.move(300, 200)
    geometry = changed(bytes(window.saveGeometry().data()))
    assert window.height() > window.screen().availableGeometry().height()
    window.hide()
    assert window.restoreGeometry(geometry) == (changed is bytes)
    settings["window"] = base64.b64encode(geometry).decode("ascii")
    again = make_window()
    room = again.screen().availableGeometry()
    again.show()
    again.activateWindow()
    tick(again, 2)
    # No layout is as narrow as the screen of the tests
    frame = again.frameGeometry()
    assert room.top() <= frame.top()
    assert frame.bottom() <= room.bottom()
    assert frame.left() == room.left()


@pytest.mark.parametrize(
    "damaged",
    ["not base64 \u00e9", base64.b64encode(b"x" * 40).decode(), 17, ["a"], ""],
    ids=["text", "bytes", "number", "list", "empty"],
)
def test_a_damaged_layout_falls_back_to_the_programs_own(
    make_window: Callable[[], MainWindow], settings: Any, damaged: object
) -> None:
    settings.update({"layout.trading": damaged, "window": damaged, "preset": damaged})
    window = make_window()
    window.show()
    assert {"rail", "ticket", "orders"} <= shown(window)


def test_a_panel_can_be_torn_off_and_put_back(window: MainWindow) -> None:
    dock = window.docks["orders"]
    dock.setFloating(True)
    tick(window, 3)
    assert dock.isFloating()
    assert dock.titled
    dock.setFloating(False)
    tick(window, 3)
    assert not dock.titled
    assert window.docks["ticket"].titled


def test_at_1366_everything_fits_and_the_rail_is_a_strip(window: MainWindow) -> None:
    window.resize(1366, 768)
    tick(window, 5)
    assert (window.width(), window.height()) == (1366, 768)
    assert window.rail.narrow
    assert window.rail.width() == NARROW_WIDTH
    assert window.minimumSizeHint().width() <= 1366
    assert window.minimumSizeHint().height() <= 768
    assert window.top_bar.minimumSizeHint().width() <= 1366
    stop = window.top_bar.stop
    assert stop.mapTo(window, stop.rect().bottomRight()).x() < 1366
    window.resize(1920, 1080)
    assert not window.rail.narrow


def test_panels_below_stand_side_by_side_where_there_is_room(window: MainWindow) -> None:
    tick(window, 2)
    orders, positions = window.docks["orders"], window.docks["positions"]
    assert orders.y() == positions.y()
    assert orders.geometry().right() < positions.geometry().left()
    assert window.tabifiedDockWidgets(positions) == [window.docks["funds"], window.docks["ladder"]]


@pytest.mark.requirement("X12")
def test_a_narrow_window_has_layouts_of_its_own(window: MainWindow) -> None:
    window.docks["history"].hide()
    tick(window, _LONG_ENOUGH_TO_SAVE)
    window.resize(1366, 768)
    tick(window, 5)
    assert not window.docks["history"].isHidden()
    assert window.docks["positions"] in window.tabifiedDockWidgets(window.docks["orders"])
    window.docks["notices"].hide()
    tick(window, _LONG_ENOUGH_TO_SAVE)
    window.resize(1920, 1080)
    tick(window, 5)
    assert window.docks["history"].isHidden()
    assert not window.docks["notices"].isHidden()


def test_a_window_of_any_width_shrinks_to_1366_in_every_preset(window: MainWindow) -> None:
    for name in ("trading", "chain", "retail", "risk"):
        window.resize(1920, 1080)
        window.use_preset(name)
        tick(window, 3)
        window.resize(1366, 768)
        tick(window, 3)
        assert (window.width(), window.height()) == (1366, 768)


def test_a_preset_gives_the_keyboard_back_to_the_chain(window: MainWindow) -> None:
    window.activateWindow()
    window.docks["orders"].widget().setFocus()
    window.use_preset("chain")
    assert QApplication.focusWidget() is window.centre.focusProxy()


@pytest.mark.requirement("X12")
def test_only_the_user_turning_to_a_preset_is_told(window: MainWindow, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(window.preset_chosen):
        window.reset_layout()
        window.resize(1366, 768)
        tick(window, 3)
    with qtbot.waitSignal(window.preset_chosen) as told:
        window.use_preset("retail")
    assert told.args == ["retail"]


def test_many_underlyings_never_widen_the_window(window: MainWindow, desk: Desk) -> None:
    day = desk.market.day
    assert day is not None
    more = tuple(dataclasses.replace(day.underlyings[0], code=f"51{n:04d}") for n in range(12))
    desk.on_event(DayOpened(trading_day=day.trading_day, underlyings=more, contracts=()))
    window.top_bar.flush()
    window.resize(1366, 768)
    tick(window, 3)
    assert window.width() == 1366
    stop = window.top_bar.stop
    assert stop.mapTo(window, stop.rect().bottomRight()).x() < 1366
    assert sum(not pill.isHidden() for pill in window.top_bar.pills) in range(1, 12)


@pytest.mark.parametrize("width", [1366, 1920])
def test_five_underlyings_are_all_in_sight_with_fewer_figures_where_room_is_short(
    window: MainWindow, desk: Desk, width: int
) -> None:
    day = desk.market.day
    assert day is not None
    names = ("50ETF", "300ETF", "500ETF", "STAR50", "STAR50 E")
    five = tuple(dataclasses.replace(day.underlyings[0], code=f"51{n:04d}", name=name) for n, name in enumerate(names))
    desk.on_event(DayOpened(trading_day=day.trading_day, underlyings=five, contracts=()))
    window.top_bar.flush()
    window.resize(width, 768)
    tick(window, 3)
    assert [pill.isHidden() for pill in window.top_bar.pills] == [False] * 5
    assert window.width() == width
    for pill in window.top_bar.pills:
        assert not pill.grab().isNull()


def test_the_strip_of_the_rail_shows_whole_rows(window: MainWindow) -> None:
    window.resize(1366, 768)
    tick(window, 5)
    strip = window.rail.strip
    row = strip.gridSize().height()
    for height in (300, 301, 335):
        strip.resize(strip.width(), height)
        assert strip.viewport().height() % row == 0
        assert height - strip.viewport().height() < row
