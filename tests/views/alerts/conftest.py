"""The reminders' screens on the desk of the views' tests."""

from asyncio import AbstractEventLoop
from collections.abc import Callable

import pytest
from pytestqt.qtbot import QtBot

from terminal.rules.profile import Profile
from terminal.services.desk import Desk
from terminal.views.appearance import Appearance
from tests.views.alerts.screen_rig import Screen, make_screen
from tests.views.desk_rig import HandClock, MemorySettings


@pytest.fixture
def make(
    desk: Desk,
    profile: Profile,
    appearance: Appearance,
    monotonic: HandClock,
    settings: MemorySettings,
    qtbot: QtBot,
    qt_loop: AbstractEventLoop,
) -> Callable[..., Screen]:
    """Build the screen with or without its drawer."""

    def build(*, with_drawer: bool = True) -> Screen:
        return make_screen(
            desk, profile, appearance, monotonic, settings, qtbot, qt_loop, with_drawer=with_drawer
        )  # fmt: skip

    return build


@pytest.fixture
def screen(make: Callable[..., Screen]) -> Screen:
    """With the drawer in sight."""
    return make()
