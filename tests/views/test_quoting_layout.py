"""The layout for quoting: where grid, curve and the tickets stand in a high window and in a low one."""

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QMainWindow, QMenu, QTabBar
from pytestqt.qtbot import QtBot

from terminal.views.docks import Dock
from terminal.views.layouts import Room, lay_out
from terminal.views.main_window import MainWindow
from terminal.views.presets import preset
from terminal.views.translation import Languages
from tests.views.window_rig import shown, tick

#: Of the quoting desk, beside what every window of these tests has; no basket
_QUOTING = ("quoting", "strategies", "quote", "protection", "exposure")
_SIZES = [(1920, 1080), (1920, 900), (1366, 768)]
_LOW = _SIZES[1:]


@pytest.fixture
def quoting(make_window: Callable[..., MainWindow], request: pytest.FixtureRequest) -> MainWindow:
    """A market maker's window in its layout, of the size a test asks for by its parameter."""
    return opened(make_window(*_QUOTING), *getattr(request, "param", (1366, 768)))


def opened(window: MainWindow, width: int, height: int) -> MainWindow:
    window.resize(width, height)
    window.show()
    window.use_preset("quoting")
    window.reset_layout()
    tick(window, 3)
    return window


def chain_of(window: MainWindow) -> QRect:
    chain = window.centralWidget()
    assert chain is not None
    return chain.geometry()


def is_in_front(dock: Dock) -> bool:
    return not dock.visibleRegion().isEmpty()


def tabs_over(window: MainWindow, dock: Dock) -> list[str]:
    """What stands on the tabs over a panel."""
    bars = window.findChildren(QTabBar, options=Qt.FindChildOption.FindDirectChildrenOnly)
    left, top = dock.geometry().left(), dock.geometry().top()
    over = next(
        bar for bar in bars if bar.isVisible() and bar.x() == left and bar.geometry().bottom() in (top - 1, top)
    )
    return [over.tabText(number) for number in range(over.count())]


@pytest.mark.requirement("M4", "X1")
@pytest.mark.parametrize("quoting", _SIZES[:1], indirect=True)
def test_in_a_high_window_the_curve_stands_between_chain_and_grid(quoting: MainWindow) -> None:
    curve, grid, chain = quoting.docks["volatility"], quoting.docks["quoting"], chain_of(quoting)
    assert {"volatility", "quoting", "protection", "exposure"} <= shown(quoting)
    assert chain.bottom() <= curve.geometry().top()
    assert curve.geometry().bottom() < grid.geometry().top()
    assert grid not in quoting.tabifiedDockWidgets(curve)
    assert (quoting.width(), quoting.height()) == (1920, 1080)


@pytest.mark.requirement("M4", "X1")
@pytest.mark.parametrize("quoting", _LOW, indirect=True)
def test_in_a_low_window_the_curve_stands_beside_the_grid_below_the_chain(
    quoting: MainWindow, request: pytest.FixtureRequest
) -> None:
    docks, chain = quoting.docks, chain_of(quoting)
    grid, curve = docks["quoting"].geometry(), docks["volatility"].geometry()
    assert is_in_front(docks["quoting"])
    assert is_in_front(docks["volatility"])
    assert chain.bottom() < grid.top() == curve.top()
    assert grid.right() < curve.left()
    assert (grid.left(), curve.right()) == (chain.left(), chain.right())
    share = grid.width() / chain.width()
    assert share == pytest.approx(preset("quoting").left_share, abs=0.02)
    # What else stood in the rows that a high window has is behind the grid
    assert {docks["protection"], docks["exposure"]} < set(quoting.tabifiedDockWidgets(docks["quoting"])) or (
        quoting.width() == 1920
    )
    assert quoting.tabifiedDockWidgets(docks["volatility"]) == [docks["ladder"]]
    assert (quoting.width(), quoting.height()) == request.node.callspec.params["quoting"]


@pytest.mark.requirement("M4", "X12")
@pytest.mark.parametrize("quoting", [(1366, 768), (1920, 1080)], indirect=True)
@pytest.mark.parametrize(
    ("key", "name"), [(Qt.Key.Key_F5, "ladder"), (Qt.Key.Key_F6, "volatility"), (Qt.Key.Key_F2, "ticket")]
)
def test_the_keys_bring_curve_ladder_and_ticket_to_the_front(quoting: MainWindow, key: Qt.Key, name: str) -> None:
    quoting.activateWindow()
    for other in ("ladder", "volatility", "ticket", "quote"):
        if other != name:
            quoting.docks[other].raise_()
    tick(quoting, 2)
    assert not is_in_front(quoting.docks[name])
    QTest.keyClick(quoting, key)
    tick(quoting, 2)
    assert is_in_front(quoting.docks[name])
    assert is_in_front(quoting.docks["quoting"])


@pytest.mark.requirement("M4", "X1")
@pytest.mark.parametrize("quoting", _SIZES, indirect=True)
def test_the_two_sided_quote_and_the_ticket_are_tabs_of_one_place_below_the_depth(
    quoting: MainWindow, request: pytest.FixtureRequest
) -> None:
    docks = quoting.docks
    assert quoting.tabifiedDockWidgets(docks["quote"]) == [docks["ticket"]]
    assert is_in_front(docks["quote"])
    assert not is_in_front(docks["ticket"])
    depth, quote = docks["depth"].geometry(), docks["quote"].geometry()
    assert depth.bottom() < quote.top()
    assert depth.left() == quote.left() > chain_of(quoting).right()
    assert quote.width() == pytest.approx(360, abs=8)
    assert (quoting.width(), quoting.height()) == request.node.callspec.params["quoting"]


@pytest.mark.requirement("M4", "X1")
@pytest.mark.parametrize(
    ("there", "tabs"),
    [
        (("quote", "ticket", "basket"), ["quote", "ticket", "basket"]),
        (("quote", "ticket"), ["quote", "ticket"]),
        (("ticket", "basket"), ["ticket", "basket"]),
        (("quote",), ["quote"]),
    ],
    ids=["all", "no-basket", "no-quote", "quote-alone"],
)
def test_tickets_that_a_desk_does_not_have_are_passed_over(
    qtbot: QtBot, there: tuple[str, ...], tabs: list[str]
) -> None:
    window = QMainWindow()
    qtbot.addWidget(window)
    window.setCentralWidget(QLabel())
    docks = {name: Dock(name, name, QLabel(), window) for name in ("depth", *there, "protection", "quoting")}
    window.resize(1920, 1080)
    window.show()
    room = Room(1920, 1080, between_bars=1000, chain_height=400, narrow=False, rail_width=None)
    lay_out(window, docks, preset("quoting"), room)
    place = docks[tabs[0]]
    assert window.tabifiedDockWidgets(place) == [docks[name] for name in tabs[1:]]
    qtbot.waitUntil(lambda: is_in_front(place))
    assert docks["depth"].geometry().bottom() < place.geometry().top()
    assert place.geometry().bottom() < docks["protection"].geometry().top()


@pytest.mark.requirement("X12")
@pytest.mark.parametrize(("language", "tabs"), [("en", ["Two-sided", "Single F2"]), ("zh_CN", ["双边报价", "单边 F2"])])
def test_short_names_stand_on_tabs_and_full_ones_elsewhere(
    quoting: MainWindow, languages: Languages, language: str, tabs: list[str], qtbot: QtBot
) -> None:
    languages.use(language)
    tick(quoting, 2)
    assert tabs_over(quoting, quoting.docks["quote"]) == tabs
    full = "Order ticket" if language == "en" else "下单"
    assert quoting.docks["ticket"].full_title == full
    menu = QMenu()
    qtbot.addWidget(menu)
    quoting._view_menu.fill(menu)
    assert quoting.docks["ticket"].toggleViewAction().text() == full
    quoting.use_preset("trading")
    tick(quoting, 2)
    assert quoting.docks["ticket"].windowTitle() == full


@pytest.mark.requirement("X12")
def test_a_layout_kept_before_there_were_such_places_comes_back_as_it_was_left(
    quoting: MainWindow, make_window: Callable[..., MainWindow], settings: Any
) -> None:
    docks = quoting.docks
    # The quote alone, the curve as a tab of the grid
    docks["ticket"].hide()
    for name in ("volatility", "ladder"):
        quoting.tabifyDockWidget(docks["quoting"], docks[name])
    tick(quoting, 2)
    quoting.save_layout()
    quoting.hide()
    again = make_window(*_QUOTING)
    again.resize(1366, 768)
    again.show()
    tick(again, 3)
    assert again.preset_name == "quoting"
    assert again.docks["ticket"].isHidden()
    assert again.docks["volatility"] in again.tabifiedDockWidgets(again.docks["quoting"])
    QTest.keyClick(again, Qt.Key.Key_F2)
    tick(again, 2)
    assert is_in_front(again.docks["ticket"])
    assert again.width() == 1366
