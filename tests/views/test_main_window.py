"""The window: a close that asks, keys that work everywhere, one choice that turns the whole desk."""

from asyncio import AbstractEventLoop
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QMenu
from pytestqt.qtbot import QtBot

from terminal.domain.messages import CancelAll, Ping
from terminal.domain.orders import Instruction, OrderRequest, OrderType
from terminal.services.desk import Desk
from terminal.views.appearance import Appearance
from terminal.views.banner import Gravity
from terminal.views.frame_timer import FRAMES_PER_SECOND
from terminal.views.keys import Keys
from terminal.views.main_window import MainWindow
from terminal.views.theme import ColourMode, ThemeName
from terminal.views.translation import Languages
from tests.views.desk_rig import HandClock
from tests.views.window_rig import Asked, shown, tick


@pytest.mark.parametrize(
    ("key", "name"),
    [
        (Qt.Key.Key_F6, "volatility"),
        (Qt.Key.Key_F7, "risk"),
        (Qt.Key.Key_F8, "obligations"),
        (Qt.Key.Key_F9, "inquiries"),
    ],
)
def test_a_key_brings_up_its_panel_from_any_layout(window: MainWindow, key: Qt.Key, name: str) -> None:
    assert window.docks[name].isHidden()
    QTest.keyClick(window, key)
    tick(window, 1)
    assert not window.docks[name].isHidden()
    assert window.docks[name].widget().hasFocus()


def test_a_field_of_text_leaves_the_keys_of_the_window_to_the_window(qtbot: QtBot, window: MainWindow) -> None:
    # Ctrl+U and Ctrl+E move and erase under X11 alone; to go a word on is a field's own on every system
    window.keys.set_overrides({"queries": "Ctrl+Right"})
    line = QLineEdit("0.0700", window)
    line.show()
    line.setFocus()
    qtbot.waitUntil(line.hasFocus)
    # What edits a text everywhere goes on editing it
    QTest.keyClick(line, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert line.selectedText() == "0.0700"
    QTest.keyClick(line, Qt.Key.Key_Right, Qt.KeyboardModifier.ControlModifier)
    assert window.docks["queries"].widget().hasFocus()


def test_the_key_of_the_ticket_marks_what_stands_in_its_first_field(qtbot: QtBot, window: MainWindow) -> None:
    ticket = window.docks["ticket"].widget()
    line = QLineEdit("0.0511", ticket)
    ticket.setFocusProxy(line)
    line.show()
    for _ in range(2):
        line.deselect()
        QTest.keyClick(window, Qt.Key.Key_F2)
        qtbot.waitUntil(line.hasFocus)
        assert line.selectedText() == "0.0511"


def test_closing_asks_and_keeps_the_window(window: MainWindow, asked: Asked, settings: Any) -> None:
    window.close()
    assert asked.times == 1
    assert window.isVisible()
    assert settings.read("layout.trading")


def test_a_file_that_was_written_is_named_for_a_while(
    window: MainWindow, languages: Languages, monotonic: HandClock, tmp_path: Path
) -> None:
    window.resize(1920, 1080)
    window.banner.post("export", Gravity.WARNING, lambda: "no room on the disk")
    path = tmp_path / "Orders 2026-11-09.csv"
    window.show_written(path)
    assert window.banner.texts == []
    assert window.status.written.text() == f"Written: {path}"
    languages.use("zh_CN")
    QCoreApplication.sendPostedEvents()
    assert window.status.written.text() == f"已写入：{path}"
    window.resize(1366, 768)
    QCoreApplication.sendPostedEvents()
    assert path.name[:6] in window.status.written.shown
    monotonic.seconds += 19
    tick(window, FRAMES_PER_SECOND)
    assert window.status.written.text()
    monotonic.seconds += 1
    tick(window, FRAMES_PER_SECOND)
    assert not window.status.written.text()


def test_typing_anywhere_begins_a_search(window: MainWindow) -> None:
    chain = window.centralWidget()
    assert chain is not None
    chain.setFocus()
    QTest.keyClicks(chain, "5")
    assert window.top_bar.smart_box.text() == "5"
    window.top_bar.smart_box.clear()
    # A panel in a dock, torn off or not, hands its letters on as well
    ticket = window.docks["ticket"].widget()
    assert ticket is not None
    QTest.keyClicks(ticket, "k")
    assert window.top_bar.smart_box.text() == "k"


def test_an_editor_keeps_what_is_typed_into_it(window: MainWindow) -> None:
    editor = QLineEdit(window.docks["ticket"].widget())
    editor.show()
    editor.setFocus()
    QTest.keyClicks(editor, "0.07")
    assert editor.text() == "0.07"
    assert window.top_bar.smart_box.text() == ""


def test_a_chosen_contract_turns_the_whole_desk(qtbot: QtBot, window: MainWindow) -> None:
    window.rail.flush()
    with qtbot.waitSignal(window.contract_chosen) as chosen:
        QTest.keyClicks(window.top_bar.smart_box, "300 p 12 3.3")
        QTest.keyClick(window.top_bar.smart_box, Qt.Key.Key_Return)
    contract = window._desk.market.contract(chosen.args[0])
    assert contract is not None
    assert contract.trading_code == "510300P2612M03300"
    assert window.top_bar.underlying == "510300"
    current = window.rail.tree.currentItem()
    assert current is not None
    assert current.text(0) == "Dec"


@pytest.mark.requirement("X4")
def test_stop_cancels_every_working_order(
    window: MainWindow, desk: Desk, gateway: Any, qt_loop: AbstractEventLoop
) -> None:
    contract = desk.market.contracts[0]
    request = OrderRequest(contract.code, Instruction.BUY_OPEN, OrderType.LIMIT, 1, Decimal("0.0100"))
    order = qt_loop.run_until_complete(desk.orders.submit(request))
    assert not order.status.is_final
    window.top_bar.stop.click()
    assert "1" in window.top_bar.stop.text()
    window.top_bar.stop.click()
    assert gateway.sent[-1] == CancelAll(underlying=None)
    window.top_bar.flush()
    window._window_keys.actions["cancel.underlying"].trigger()
    assert gateway.sent[-1] == CancelAll(underlying="510050")


def test_every_key_of_the_window_has_an_action(window: MainWindow) -> None:
    shortcuts = [action.shortcut().toString() for action in window._window_keys.actions.values()]
    assert all(shortcuts)
    assert len(set(shortcuts)) == len(shortcuts)
    window.keys.set_overrides({"theme": "Shift+F9"})
    assert window._window_keys.actions["theme"].shortcut().toString() == "Shift+F9"


def test_looks_and_language_are_changed_by_key_and_remembered(
    window: MainWindow, settings: Any, appearance: Appearance, languages: Languages
) -> None:
    window._window_keys.actions["theme"].trigger()
    window._window_keys.actions["colour_mode"].trigger()
    window._window_keys.actions["language"].trigger()
    assert appearance.theme.name is ThemeName.LIGHT
    assert appearance.mode is ColourMode.BY_SIDE
    assert (settings.read("theme"), settings.read("colour_mode")) == ("light", "by_side")
    assert languages.language == settings.read("language") == "zh_CN"
    QCoreApplication.sendPostedEvents()
    assert window.docks["orders"].windowTitle() == "当日委托"
    assert window.status.tabs["trading"].text().startswith("交易")


def test_the_view_menu_offers_panels_colours_and_languages(window: MainWindow, languages: Languages) -> None:
    menu = QMenu(window)
    window._view_menu.fill(menu)
    texts = [action.text() for action in menu.actions()]
    assert {"Panels", "Dark", "Light", "English", "简体中文", "Full screen"} <= set(texts)
    next(action for action in menu.actions() if action.text() == "简体中文").trigger()
    assert languages.language == "zh_CN"


def test_orders_are_confirmed_until_the_user_says_otherwise(window: MainWindow, settings: Any) -> None:
    menu = QMenu(window)
    window._view_menu.fill(menu)
    confirm = next(a for a in menu.actions() if a.text() == "Confirm orders before sending")
    assert confirm.isChecked()
    confirm.trigger()
    assert settings.read("confirm_orders") is False


def test_the_sheet_of_keys_leaves_the_desk_alone(window: MainWindow) -> None:
    window._window_keys.actions["keys"].trigger()
    assert window._sheet is not None
    assert window._sheet.isVisible()
    assert not window._sheet.isModal()
    window._window_keys.actions["keys"].trigger()
    assert not window._sheet.isVisible()


def test_the_heart_beats_every_two_seconds(window: MainWindow, gateway: Any) -> None:
    gateway.sent.clear()
    for _ in range(4 * FRAMES_PER_SECOND):
        window.flush()
    assert [type(command) for command in gateway.sent] == [Ping, Ping]


def test_tabs_count_what_they_hold(window: MainWindow, desk: Desk, qt_loop: AbstractEventLoop) -> None:
    contract = desk.market.contracts[0]
    request = OrderRequest(contract.code, Instruction.BUY_OPEN, OrderType.LIMIT, 1, Decimal("0.0100"))
    qt_loop.run_until_complete(desk.orders.submit(request))
    tick(window, FRAMES_PER_SECOND)
    assert window.docks["orders"].windowTitle() == "Orders 1"


def test_the_ticket_is_one_key_away(window: MainWindow) -> None:
    window.use_preset("chain")
    window._window_keys.actions["ticket"].trigger()
    assert "ticket" in shown(window)
    window._window_keys.actions["trade_page"].trigger()
    assert window.preset_name == "trading"


@pytest.mark.requirement("X12")
def test_a_key_chosen_on_the_sheet_works_now_and_in_the_next_run(
    make_window: Callable[[], MainWindow], window: MainWindow, settings: Any
) -> None:
    window.show_keys()
    sheet = window._sheet
    assert sheet is not None
    sheet.buttons["ticket"].click()
    QTest.keyClick(sheet, Qt.Key.Key_F9, Qt.KeyboardModifier.ControlModifier)
    assert window._window_keys.actions["ticket"].shortcut().toString() == "Ctrl+F9"
    assert settings.read("keys") == {"ticket": "Ctrl+F9"}
    assert make_window().keys.key("ticket") == "Ctrl+F9"


@pytest.mark.parametrize(
    ("key", "held", "said"),
    [
        (Qt.Key.Key_F3, Qt.KeyboardModifier.NoModifier, "F3 is taken: Cancel all orders of this underlying"),
        (Qt.Key.Key_B, Qt.KeyboardModifier.NoModifier, "B cannot be used"),
    ],
)
def test_a_key_that_cannot_be_had_is_refused_with_a_word(
    window: MainWindow, settings: Any, key: Qt.Key, held: Qt.KeyboardModifier, said: str
) -> None:
    window.show_keys()
    sheet = window._sheet
    assert sheet is not None
    sheet.buttons["ticket"].click()
    QTest.keyClick(sheet, key, held)
    assert said in sheet.note.text()
    assert window.keys.key("ticket") == "F2"
    assert settings.read("keys") is None


def test_esc_keeps_the_key_and_the_sheet(window: MainWindow) -> None:
    window.show_keys()
    sheet = window._sheet
    assert sheet is not None
    sheet.buttons["ticket"].click()
    assert sheet.buttons["ticket"].text() == "Press a key"
    QTest.keyClick(sheet, Qt.Key.Key_Escape)
    assert sheet.isVisible()
    assert sheet.buttons["ticket"].text() == "F2"


@pytest.mark.parametrize("kept", [17, {"ticket": "B"}, {"nothing": "Shift+F9"}, {"ticket": 5}, {"ticket": "F3"}])
def test_keys_that_cannot_be_in_force_are_left(
    make_window: Callable[[], MainWindow], settings: Any, kept: object
) -> None:
    settings["keys"] = kept
    assert make_window().keys.overrides == {}


def test_the_users_keys_come_with_the_window(make_window: Callable[[], MainWindow]) -> None:
    assert make_window().keys.overrides == Keys().overrides
