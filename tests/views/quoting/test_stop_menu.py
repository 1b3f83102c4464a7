"""What drops down beside STOP: the box's tiers and actions, held to act, for every account what concerns it."""

from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from pytestqt.qtbot import QtBot

from terminal.domain.reasons import Reason
from terminal.rules.profile import Profile
from terminal.rules.protection.stops import StopTier
from terminal.views.appearance import Appearance
from terminal.views.keys import Keys
from terminal.views.quoting.hold_button import HOLD_SECONDS
from terminal.views.quoting.stop_keys import stop_key
from terminal.views.quoting.stop_menu import StopMenu
from terminal.views.top_bar import TopBar
from terminal.views.translation import Languages
from tests.harness import ACCOUNT, PUT, World, limit, play
from tests.quoting_rig import MAKER
from tests.views.quoting.console_rig import Console, close, open_console, start_quoting

pytestmark = pytest.mark.requirement("X4")
LEFT = Qt.MouseButton.LeftButton


def bar_of(console: Console, appearance: Appearance, profile: Profile, qtbot: QtBot) -> tuple[TopBar, StopMenu]:
    """The top bar over the console's desk, at the narrowest screen, and its drop-down, open."""
    maker = console.maker
    menu = StopMenu(maker, appearance, console.settings, console.world.clock, lambda: None)
    bar = TopBar(
        console.rig.desk,
        appearance,
        Keys(),
        profile.sessions,
        on_stop=maker.stop_everything,
        on_lift=maker.lift_stop,
        tiers=menu,
    )
    qtbot.addWidget(bar)
    bar.resize(1366, 40)
    bar.show()
    bar.flush()
    assert bar.stop.geometry().right() < bar.tiers_button.geometry().left()
    assert bar.tiers_button.geometry().right() < 1366
    qtbot.mouseClick(bar.tiers_button, LEFT)
    assert menu.isVisible()
    return bar, menu


def hold(console: Console, menu: StopMenu, name: str, share: float, qtbot: QtBot) -> None:
    """Hold an entry for a share of what it takes."""
    button = menu.stops.buttons[name]
    qtbot.mousePress(button, LEFT)
    console.world.clock.seconds += HOLD_SECONDS * share
    menu.flush()
    qtbot.mouseRelease(button, LEFT)


def test_a_maker_has_every_tier_there_and_lifts_by_name(
    tmp_path: Path, appearance: Appearance, profile: Profile, qtbot: QtBot
) -> None:
    async def story(world: World) -> None:
        console = await open_console(world, appearance, MAKER)
        start_quoting(console)
        await console.beat()
        protection = console.maker.protection
        _, menu = bar_of(console, appearance, profile, qtbot)
        assert list(menu.stops.buttons) == list(console.protection.stops.buttons)
        assert all(button.isVisible() and button.isEnabled() for button in menu.stops.buttons.values())
        for name, label in menu.stops._key_labels.items():
            assert label.text() == stop_key(name)
        hold(console, menu, "bids", 0.9, qtbot)
        assert protection.stop_tier is None
        hold(console, menu, "bids", 1.01, qtbot)
        assert protection.stop_tier is StopTier.SIDE
        hold(console, menu, "cancel", 1.01, qtbot)
        assert protection.stop_tier is StopTier.CANCEL_ALL
        await console.beat()
        assert not console.rig.quoting.board.live_numbers
        # Nobody is named: nothing is lifted
        assert not menu.stops.lift.isEnabled()
        menu.stops.lift_all()
        assert protection.stop_tier is StopTier.CANCEL_ALL
        qtbot.keyClicks(menu.person, "ann")
        assert menu.stops.lift.isEnabled()
        qtbot.mouseClick(menu.stops.lift, LEFT)
        assert protection.stop_tier is None
        assert protection.records[-1].by == "ann"
        assert not menu.isVisible()
        # The box's field has the name too, and what is typed there comes back here
        console.protection.flush()
        assert console.protection.person.text() == "ann"
        console.protection.person.setText("bo")
        menu.flush()
        assert menu.person.text() == "bo"
        assert console.settings.read("quoting.person") == "bo"
        close(console)

    play(tmp_path, story)


def test_stop_without_a_name_opens_it_at_the_name(
    tmp_path: Path, appearance: Appearance, profile: Profile, qtbot: QtBot
) -> None:
    async def story(world: World) -> None:
        console = await open_console(world, appearance, MAKER)
        bar, menu = bar_of(console, appearance, profile, qtbot)
        menu.hide()
        hold(console, menu, "disconnect", 0.5, qtbot)
        assert console.maker.protection.stop_tier is None
        console.maker.protection.stop(StopTier.CANCEL_ALL, "ann")
        bar.stop.press()
        assert not menu.isVisible()
        bar.stop.press()
        assert menu.isVisible()
        assert bar.stop.is_stopped
        assert menu.focusWidget() is menu.person
        qtbot.keyClicks(menu.person, "bo")
        qtbot.keyClick(menu.person, Qt.Key.Key_Return)
        assert not bar.stop.is_stopped
        assert console.maker.protection.records[-1].by == "bo"
        close(console)

    play(tmp_path, story)


def test_a_client_has_what_concerns_him(
    tmp_path: Path, appearance: Appearance, profile: Profile, languages: Languages, qtbot: QtBot
) -> None:
    async def story(world: World) -> None:
        console = await open_console(world, appearance, ACCOUNT)
        _, menu = bar_of(console, appearance, profile, qtbot)
        shown = [name for name, button in menu.stops.buttons.items() if button.isVisible()]
        assert shown == ["reduce", "cancel", "disconnect"]
        languages.use("zh_CN")
        QCoreApplication.sendPostedEvents()
        assert menu.stops.buttons["reduce"].text() == "仅平仓"
        hold(console, menu, "reduce", 1.01, qtbot)
        refused = await console.rig.orders.submit(limit(PUT, "0.0600"))
        assert refused.reason is Reason.REDUCE_ONLY
        qtbot.keyClicks(menu.person, "ann")
        menu.stops.lift_all()
        assert (await console.rig.orders.submit(limit(PUT, "0.0600"))).reason is None
        close(console)

    play(tmp_path, story)
