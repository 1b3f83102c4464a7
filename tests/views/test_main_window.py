"""The window: layouts that come back, a close that asks, panels that move, keys that work everywhere."""

import base64
import dataclasses
from asyncio import AbstractEventLoop
from collections.abc import Callable, Coroutine
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QMenu
from pytestqt.qtbot import QtBot

from terminal.domain.messages import CancelAll, DayOpened, Ping
from terminal.domain.orders import Instruction, OrderRequest, OrderType
from terminal.rules.profile import Profile
from terminal.services.desk import Desk
from terminal.views.frame_timer import FRAMES_PER_SECOND, FrameTimer
from terminal.views.keys import Keys
from terminal.views.main_window import MainWindow
from terminal.views.presets import preset
from terminal.views.series_rail import NARROW_WIDTH
from terminal.views.theme import Appearance, ColourMode, ThemeName
from terminal.views.translation import Languages


def panel(name: str) -> QLabel:
    """Stands where a panel of another folder goes."""
    label = QLabel(name)
    label.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    return label


class Asked:
    """An exit request that remembers."""

    def __init__(self) -> None:
        self.times = 0

    def set(self) -> None:
        """The user wants to leave."""
        self.times += 1


@pytest.fixture
def asked() -> Asked:
    return Asked()


@pytest.fixture
def make_window(
    qtbot: QtBot,
    qt_loop: AbstractEventLoop,
    desk: Desk,
    appearance: Appearance,
    languages: Languages,
    frame_timer: FrameTimer,
    settings: Any,
    asked: Asked,
    profile: Profile,
) -> Callable[[], MainWindow]:
    def run(work: Coroutine[Any, Any, Any]) -> object:
        return qt_loop.run_until_complete(work)

    def make() -> MainWindow:
        window = MainWindow(
            desk,
            appearance,
            languages,
            frame_timer,
            settings,
            asked,
            spawn=run,
            days_left=lambda expiry: (expiry - date(2026, 11, 9)).days,
            sessions=profile.sessions,
            chain=panel("chain"),
            depth=panel("depth"),
            ticket=panel("ticket"),
            orders=panel("orders"),
            fills=panel("fills"),
            positions=panel("positions"),
            funds=panel("funds"),
            history=panel("history"),
            instructions=panel("instructions"),
            queries=panel("queries"),
            analysis={name: panel(name) for name in ("volatility", "smiles", "surface", "risk")},
            making={name: panel(name) for name in ("obligations", "inquiries")},
        )
        # Closing only asks, so pytest-qt may not close it; it is hidden and deleted here
        qtbot.addWidget(window, before_close_func=lambda widget: widget.hide())
        return window

    return make


@pytest.fixture
def window(make_window: Callable[[], MainWindow]) -> MainWindow:
    window = make_window()
    window.resize(1920, 1080)
    window.show()
    window.flush()
    return window


def shown(window: MainWindow) -> set[str]:
    return {name for name, dock in window.docks.items() if not dock.isHidden()}


#: A layout is saved once it has stood still for a second
_LONG_ENOUGH_TO_SAVE = FRAMES_PER_SECOND + 10


def tick(window: MainWindow, frames: int) -> None:
    for _ in range(frames):
        QApplication.processEvents()
        window.flush()


@pytest.mark.requirement("X12")
def test_presets_are_layouts_of_their_own(window: MainWindow) -> None:
    assert window.preset_name == "trading"
    below = {"orders", "fills", "instructions", "queries", "positions", "funds", "notices", "history"}
    assert shown(window) == below | {"rail", "depth", "ticket"}
    window.use_preset("chain")
    assert shown(window) == set()
    window.use_preset("retail")
    assert shown(window) == below | {"picker", "depth", "ticket"}
    window.use_preset("trading")
    assert shown(window) == below | {"rail", "depth", "ticket"}


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


def test_closing_asks_and_keeps_the_window(window: MainWindow, asked: Asked, settings: Any) -> None:
    window.close()
    assert asked.times == 1
    assert window.isVisible()
    assert settings.read("layout.trading")


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
    assert window.tabifiedDockWidgets(positions) == [window.docks["funds"]]


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
    window._actions["cancel.underlying"].trigger()
    assert gateway.sent[-1] == CancelAll(underlying="510050")


def test_every_key_of_the_window_has_an_action(window: MainWindow) -> None:
    shortcuts = [action.shortcut().toString() for action in window._actions.values()]
    assert all(shortcuts)
    assert len(set(shortcuts)) == len(shortcuts)
    window.keys.set_overrides({"theme": "Shift+F9"})
    assert window._actions["theme"].shortcut().toString() == "Shift+F9"


def test_looks_and_language_are_changed_by_key_and_remembered(
    window: MainWindow, settings: Any, appearance: Appearance, languages: Languages
) -> None:
    window._actions["theme"].trigger()
    window._actions["colour_mode"].trigger()
    window._actions["language"].trigger()
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
    window._actions["keys"].trigger()
    assert window._sheet is not None
    assert window._sheet.isVisible()
    assert not window._sheet.isModal()
    window._actions["keys"].trigger()
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
    window._actions["ticket"].trigger()
    assert "ticket" in shown(window)
    window._actions["trade_page"].trigger()
    assert window.preset_name == "trading"


@pytest.mark.requirement("X12")
def test_a_key_chosen_on_the_sheet_works_now_and_in_the_next_run(
    make_window: Callable[[], MainWindow], window: MainWindow, settings: Any
) -> None:
    window.show_keys()
    sheet = window._sheet
    assert sheet is not None
    sheet.buttons["ticket"].click()
    QTest.keyClick(sheet, Qt.Key.Key_F8, Qt.KeyboardModifier.ControlModifier)
    assert window._actions["ticket"].shortcut().toString() == "Ctrl+F8"
    assert settings.read("keys") == {"ticket": "Ctrl+F8"}
    assert make_window().keys.key("ticket") == "Ctrl+F8"


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
