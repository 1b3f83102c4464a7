"""Keys of the stop's tiers: held to act, wherever the focus is, also while the box of the stops is not on screen."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QMainWindow
from pytestqt.qtbot import QtBot

from terminal.rules.protection.stops import StopTier
from terminal.views.appearance import Appearance
from terminal.views.keys import KEY_ACTIONS, KeyScope
from terminal.views.quoting.hold_button import HOLD_SECONDS
from terminal.views.quoting.stop_keys import PREFIX, stop_key
from tests.harness import ACCOUNT, FUND, PUT, World, play
from tests.quoting_rig import MAKER
from tests.views.quoting.console_rig import Console, close, open_console, start_quoting

pytestmark = pytest.mark.requirement("X4")
CONTROL = Qt.KeyboardModifier.ControlModifier


@contextmanager
def another_window(console: Console, qtbot: QtBot) -> Iterator[QLineEdit]:
    """The program's window with a field that has the keyboard; the box of the stops is away."""
    window, field = QMainWindow(), QLineEdit()
    qtbot.addWidget(window)
    window.setCentralWidget(field)
    window.addActions(console.protection.stops.key_actions)
    console.protection.hide()
    with qtbot.waitExposed(window):
        window.show()
    window.activateWindow()
    field.setFocus()
    yield field


def key_of(name: str) -> Qt.Key:
    """All are Control and a key of the upper row."""
    return Qt.Key(Qt.Key.Key_F1 + int(stop_key(name).removeprefix("Ctrl+F")) - 1)


def hold(console: Console, field: QLineEdit, name: str, share: float) -> None:
    """Hold a key down for a share of what it takes."""
    QTest.keyPress(field, key_of(name), CONTROL)
    console.world.clock.seconds += HOLD_SECONDS * share
    console.protection.stops.flush()
    QTest.keyRelease(field, key_of(name), CONTROL)


def test_each_key_acts_once_it_was_held_and_a_short_press_does_nothing(
    tmp_path: Path, appearance: Appearance, qtbot: QtBot
) -> None:
    async def story(world: World) -> None:
        console = await open_console(world, appearance, MAKER)
        start_quoting(console)
        await console.beat()
        protection, stops = console.maker.protection, console.protection.stops
        put = console.rig.desk.market.contract(PUT)
        assert put is not None
        stops._series = lambda: (FUND, put.expiry)
        with another_window(console, qtbot) as field:
            for name, tier in (
                ("bids", StopTier.SIDE),
                ("asks", StopTier.SIDE),
                ("expiry", StopTier.EXPIRY),
                ("reduce", StopTier.REDUCE_ONLY),
                ("cancel", StopTier.CANCEL_ALL),
                ("disconnect", StopTier.DISCONNECT),
            ):
                protection.lift("ann")
                hold(console, field, name, 0.5)
                assert protection.stop_tier is None, name
                # Half a press each does not add up
                hold(console, field, name, 0.6)
                assert protection.stop_tier is None, name
                hold(console, field, name, 1.01)
                assert protection.stop_tier is tier, name
                assert not stops.is_held
                if tier is StopTier.CANCEL_ALL:
                    await console.beat()
                    assert not console.rig.quoting.board.live_numbers
        close(console)

    play(tmp_path, story)


def test_a_key_acts_by_itself_while_it_is_held_though_no_frame_serves_the_box(
    tmp_path: Path, appearance: Appearance, qtbot: QtBot
) -> None:
    async def story(world: World) -> None:
        console = await open_console(world, appearance, MAKER)
        with another_window(console, qtbot) as field:
            QTest.keyPress(field, key_of("cancel"), CONTROL)
            world.clock.seconds += HOLD_SECONDS * 1.01
            qtbot.waitUntil(lambda: console.maker.protection.stop_tier is StopTier.CANCEL_ALL)
            QTest.keyRelease(field, key_of("cancel"), CONTROL)
        close(console)

    play(tmp_path, story)


def test_of_an_account_that_is_no_makers_those_of_quotes_do_nothing(
    tmp_path: Path, appearance: Appearance, qtbot: QtBot
) -> None:
    async def story(world: World) -> None:
        console = await open_console(world, appearance, ACCOUNT)
        protection = console.maker.protection
        with another_window(console, qtbot) as field:
            for name in ("bids", "asks", "expiry"):
                hold(console, field, name, 1.01)
                assert protection.stop_tier is None, name
            for name, tier in (("reduce", StopTier.REDUCE_ONLY), ("cancel", StopTier.CANCEL_ALL)):
                hold(console, field, name, 1.01)
                assert protection.stop_tier is tier
        close(console)

    play(tmp_path, story)


def test_every_button_has_a_key_and_every_key_a_button(tmp_path: Path, appearance: Appearance, qtbot: QtBot) -> None:
    async def story(world: World) -> None:
        console = await open_console(world, appearance, MAKER)
        stops = console.protection.stops
        named = {action.name.removeprefix(PREFIX) for action in KEY_ACTIONS if action.scope is KeyScope.STOPS}
        assert named == set(stops.buttons)
        assert len(stops.key_actions) == len(named)
        for name, button in stops.buttons.items():
            assert stop_key(name).removeprefix("Ctrl+") in button.toolTip()
        close(console)

    play(tmp_path, story)
