"""Nothing that is written on any screen is cut on the smallest one, in either language; columns keep their widths."""

import asyncio
import dataclasses
from asyncio import AbstractEventLoop
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QApplication,
    QComboBox,
    QHeaderView,
    QLabel,
    QScrollArea,
    QSizePolicy,
    QStyle,
    QStyleOptionComboBox,
    QTabBar,
    QWidget,
)

from terminal.app.assembly import Terminal
from terminal.domain.messages import DayOpened
from terminal.views.presets import PRESETS
from tests.app.conftest import Build
from tests.views.expiry.expiry_rig import open_expiry_day

_SMALL, _WIDE = QSize(1366, 768), QSize(1920, 1080)
#: A hair's breadth: sizes are whole pixels
_SLACK = 1


def widest(widget: QWidget, text: str) -> int:
    lines = text.replace("&&", "&").split("\n")
    return max(widget.fontMetrics().horizontalAdvance(line) for line in lines)


def room_of(widget: QWidget) -> tuple[str, int]:
    """What is written on a widget and how wide it may be; no text for a widget that may be cut, or is none."""
    if isinstance(widget, QLabel):
        gives_way = widget.sizePolicy().horizontalPolicy() is QSizePolicy.Policy.Ignored
        if widget.wordWrap() or gives_way or Qt.TextFormat.RichText is widget.textFormat() or "<" in widget.text():
            return "", 0
        return widget.text(), widget.contentsRect().width() - 2 * widget.margin()
    if isinstance(widget, QComboBox):
        option = QStyleOptionComboBox()
        widget.initStyleOption(option)
        field = QStyle.SubControl.SC_ComboBoxEditField
        room = widget.style().subControlRect(QStyle.ComplexControl.CC_ComboBox, option, field, widget)
        return widget.currentText(), room.width()
    if isinstance(widget, QAbstractButton):
        return widget.text(), widget.width()
    return "", 0


def cut(window: QWidget) -> Iterator[str]:
    """Every text that is seen only in part."""
    for widget in window.findChildren(QWidget):
        if widget.visibleRegion().isEmpty():
            continue
        if isinstance(widget, QTabBar):
            end = widget.tabRect(widget.count() - 1).right()
            if end > widget.width() + _SLACK:
                yield f"tabs {[widget.tabText(n) for n in range(widget.count())]}: {end} in {widget.width()}"
        elif isinstance(widget, QHeaderView) and widget.orientation() is Qt.Orientation.Horizontal:
            yield from cut_headers(widget)
        else:
            text, room = room_of(widget)
            if text and widest(widget, text) > room + _SLACK:
                yield f"{type(widget).__name__} {text!r}: {widest(widget, text)} in {room}"


def cut_headers(header: QHeaderView) -> Iterator[str]:
    model = header.model()
    for column in range(header.count()):
        text = model.headerData(column, Qt.Orientation.Horizontal)
        # A second line, the unit, is in a smaller font
        title = str(text or "").partition("\n")[0]
        if not header.isSectionHidden(column) and widest(header, title) > header.sectionSize(column):
            yield f"header {title!r}: {widest(header, title)} in {header.sectionSize(column)}"


def sideways(area: QAbstractScrollArea) -> bool:
    """Whether it has more than its width shows."""
    return area.horizontalScrollBar().maximum() > 0


def settle(terminal: Terminal, loop: AbstractEventLoop) -> None:
    terminal.frame_timer.serve_all()
    loop.run_until_complete(asyncio.sleep(0))
    QApplication.processEvents()


@pytest.fixture
def terminal(build: Build, qt_loop: AbstractEventLoop) -> Iterator[Terminal]:
    built = build()
    open_expiry_day(built.desk)
    built.window.resize(_SMALL)
    built.window.show()
    yield built
    built.window.hide()


@pytest.mark.requirement("X12", "X1")
@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_nothing_is_cut_on_the_small_screen(terminal: Terminal, qt_loop: AbstractEventLoop, language: str) -> None:
    terminal.languages.use(language)
    window = terminal.window
    found: set[str] = set()
    seen: set[str] = set()
    # The layouts with the least room below come first: a panel has its turn where it is narrowest
    for preset in sorted(PRESETS, key=lambda p: -(p.left_width + p.right_width)):
        window.use_preset(preset.name)
        settle(terminal, qt_loop)
        found |= {f"{preset.name}: {text}" for text in cut(window)}
        for name, dock in window.docks.items():
            if name not in seen and not dock.isHidden():
                seen.add(name)
                dock.raise_()
                settle(terminal, qt_loop)
                found |= {f"{preset.name} {name}: {text}" for text in cut(window)}
        assert window.size() == _SMALL, preset.name
    assert not found, "\n".join(sorted(found))


@pytest.mark.requirement("X12", "T12")
@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_no_table_of_the_retail_layout_scrolls_sideways_on_a_wide_screen(
    terminal: Terminal, qt_loop: AbstractEventLoop, language: str
) -> None:
    terminal.languages.use(language)
    window, space = terminal.window, terminal.workspace
    window.resize(_WIDE)
    window.use_preset("retail")
    window.reset_layout()
    settle(terminal, qt_loop)
    positions, notices, funds = space.positions.table, window.notices.table, window.docks["funds"].widget()
    assert isinstance(funds, QScrollArea)
    assert not space.funds.shares.table.isVisible()
    assert not any(sideways(area) for area in (positions, notices, funds))
    assert not list(cut(window))
    # Pulled higher, the strip of funds has the table of covering shares
    window.resizeDocks([window.docks["funds"]], [460], Qt.Orientation.Vertical)
    settle(terminal, qt_loop)
    assert space.funds.shares.table.isVisible()
    assert not any(sideways(area) for area in (positions, space.funds.shares.table, funds))
    assert not list(cut(window))


@pytest.mark.requirement("X12")
@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_nothing_is_cut_in_panels_that_no_layout_shows(
    terminal: Terminal, qt_loop: AbstractEventLoop, language: str
) -> None:
    terminal.languages.use(language)
    window = terminal.window
    window.use_preset("trading")
    settle(terminal, qt_loop)
    for name in ("terms", "duties", "alerts", "alert_settings"):
        window.bring_up(name)
        settle(terminal, qt_loop)
        dock = window.docks[name]
        assert not list(cut(dock)), name
        dock.close()
        settle(terminal, qt_loop)


@pytest.mark.requirement("X12", "O7")
@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_the_sheet_of_keys_has_room_on_the_small_screen(
    terminal: Terminal, qt_loop: AbstractEventLoop, language: str
) -> None:
    terminal.languages.use(language)
    terminal.window.show_keys()
    settle(terminal, qt_loop)
    sheet = terminal.window._sheet
    assert sheet is not None
    assert sheet.height() <= _SMALL.height() - 40
    assert sheet.width() <= _SMALL.width()
    assert not list(cut(sheet))
    sheet.close()


@pytest.mark.parametrize("size", [_SMALL, _WIDE])
def test_a_drawer_that_is_closed_leaves_the_columns_as_they_were(
    terminal: Terminal, qt_loop: AbstractEventLoop, size: QSize
) -> None:
    window = terminal.window
    window.resize(size)
    window.use_preset("trading")
    settle(terminal, qt_loop)
    ticket, chain = window.docks["ticket"].width(), window.centre.width()
    window.bring_up("alerts")
    # Once Qt has placed it the columns are put right
    settle(terminal, qt_loop)
    settle(terminal, qt_loop)
    assert window.docks["ticket"].width() == ticket
    assert window.docks["alerts"].width() >= 300
    window.docks["alerts"].close()
    settle(terminal, qt_loop)
    settle(terminal, qt_loop)
    assert (window.docks["ticket"].width(), window.centre.width()) == (ticket, chain)


@pytest.mark.parametrize("size", [_SMALL, _WIDE])
def test_the_middle_of_an_expiry_day_is_as_wide_after_many_passes_of_the_layout(
    terminal: Terminal, qt_loop: AbstractEventLoop, size: QSize
) -> None:
    window = terminal.window
    window.resize(size)
    window.use_preset("expiry")
    settle(terminal, qt_loop)
    docks = {name: dock.width() for name, dock in window.docks.items() if not dock.visibleRegion().isEmpty()}
    assert docks["calendar"] == 330
    layout = window.layout()
    assert layout is not None
    for _ in range(30):
        layout.invalidate()
        layout.activate()
    assert {name: window.docks[name].width() for name in docks} == docks


def test_a_layout_without_the_chain_gives_the_keyboard_to_its_panel(
    terminal: Terminal, qt_loop: AbstractEventLoop
) -> None:
    window = terminal.window
    window.activateWindow()
    terminal.workspace.chain.setFocus()
    window.use_preset("expiry")
    settle(terminal, qt_loop)
    focused = QApplication.focusWidget()
    assert focused is not None
    assert window.docks["cockpit"].isAncestorOf(focused)


@pytest.mark.requirement("X12", "T1")
@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_no_series_is_cut_in_the_strip_of_the_rail(
    terminal: Terminal, qt_loop: AbstractEventLoop, language: str
) -> None:
    """Two of the underlyings have long names that begin the same."""
    desk, strip = terminal.desk, terminal.window.rail.strip
    day = desk.market.day
    assert day is not None
    named = (("588000", "科创50"), ("588080", "科创板50"))
    underlyings = tuple(dataclasses.replace(day.underlyings[0], code=code, name=name) for code, name in named)
    contracts = tuple(
        dataclasses.replace(contract, code=f"{n}{contract.code[1:]}", underlying=underlying.code)
        for n, underlying in enumerate(underlyings, start=2)
        for contract in day.contracts
    )
    terminal.languages.use(language)
    desk.on_event(DayOpened(trading_day=day.trading_day, underlyings=underlyings, contracts=contracts))
    settle(terminal, qt_loop)
    lines = {line for n in range(strip.count()) for line in strip.item(n).text().split("\n")}
    assert any("50" in line for line in lines)
    margin = strip.style().pixelMetric(QStyle.PixelMetric.PM_FocusFrameHMargin, None, strip) + 1
    room = strip.gridSize().width() - 2 * margin
    assert {line for line in lines if widest(strip, line) > room} == set()
