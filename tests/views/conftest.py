"""What every test of a screen stands on: a real desk over a gateway that only records, with two small underlyings.

`desk` is fed by hand through `desk.on_event`, with what `desk_rig.py` makes; nothing runs by itself.
"""

from asyncio import AbstractEventLoop
from collections.abc import Callable, Coroutine, Iterator
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from terminal.rules.profile import Profile, parse_profile
from terminal.services.checks import DeskLimits
from terminal.services.desk import Desk
from terminal.services.desk_parts import build_desk
from terminal.services.market_clock import MarketClock
from terminal.views.appearance import Appearance
from terminal.views.frame_timer import FrameTimer
from terminal.views.main_window import MainWindow
from terminal.views.translation import Languages
from tests.harness import OPEN_SHEET
from tests.views.desk_rig import (
    CALENDAR,
    RESOURCES,
    HandClock,
    MemoryJournal,
    MemorySettings,
    RecordingGateway,
    open_desk,
)
from tests.views.window_rig import Asked, panel


@pytest.fixture(scope="session")
def profile() -> Profile:
    """The rules of 2025."""
    return parse_profile((RESOURCES / "rules" / "sse_2025.toml").read_text(encoding="utf-8"), "sse_2025.toml")


@pytest.fixture
def monotonic() -> HandClock:
    """The desk's seconds, moved by hand."""
    return HandClock()


@pytest.fixture
def gateway() -> RecordingGateway:
    """What the desk sent is in `gateway.sent`."""
    return RecordingGateway()


@pytest.fixture
def journal(qt_loop: AbstractEventLoop) -> MemoryJournal:
    """What the desk wrote is in `journal.written`."""
    return MemoryJournal(qt_loop)


@pytest.fixture
def empty_desk(gateway: RecordingGateway, journal: MemoryJournal, monotonic: HandClock, profile: Profile) -> Desk:
    """A desk to which no venue has spoken yet."""
    return build_desk(
        desk_id="D1",
        account_id="A-1",
        gateway=gateway,
        journal=journal,
        profile=profile,
        calendar=CALENDAR,
        limits=DeskLimits(order_value=Decimal(1_000_000)),
        sheet=OPEN_SHEET,
        rate=0.015,
        clock=MarketClock(monotonic),
        monotonic=monotonic,
    ).desk


@pytest.fixture
def desk(empty_desk: Desk) -> Desk:
    """A desk in the middle of the morning: everything listed is quoted, orders are accepted."""
    open_desk(empty_desk)
    return empty_desk


@pytest.fixture
def appearance(qapp: QApplication) -> Appearance:
    """Dark, Chinese colours; not applied to the application."""
    return Appearance()


@pytest.fixture
def dressed(qapp: QApplication, appearance: Appearance) -> Iterator[Appearance]:
    """The application in the fonts, colours and sheet that a desk has; for tests of room. Taken back."""
    before = qapp.styleSheet(), qapp.palette(), qapp.font()
    appearance.apply(qapp)
    yield appearance
    qapp.setStyleSheet(before[0])
    qapp.setPalette(before[1])
    qapp.setFont(before[2])


@pytest.fixture
def languages(qapp: QApplication) -> Iterator[Languages]:
    """English at first; whatever a test chose is taken back."""
    languages = Languages(RESOURCES / "translations")
    yield languages
    languages.use("en")


@pytest.fixture
def frame_timer(qapp: QApplication, monotonic: HandClock) -> Iterator[FrameTimer]:
    """Not started: tests call `tick()` or a view's `flush()`."""
    timer = FrameTimer(monotonic)
    yield timer
    timer.stop()


@pytest.fixture
def settings() -> MemorySettings:
    """An empty memory."""
    return MemorySettings()


@pytest.fixture
def exported() -> list[tuple[str, list[str], list[list[str]]]]:
    """What `export` was given."""
    return []


@pytest.fixture
def export(
    exported: list[tuple[str, list[str], list[list[str]]]],
) -> Callable[[str, list[str], list[list[str]]], None]:
    """A writer of CSV that only keeps what it is given."""
    return lambda title, headers, rows: exported.append((title, headers, rows))


@pytest.fixture
def asked() -> Asked:
    """Counts how often the user wanted to leave."""
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
) -> Callable[..., MainWindow]:
    """A maker of main windows over stand-ins for the panels of other folders, and for those named."""

    def run(work: Coroutine[Any, Any, Any]) -> object:
        return qt_loop.run_until_complete(work)

    def make(*more: str) -> MainWindow:
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
            analysis={
                name: panel(name) for name in ("volatility", "smiles", "surface", "risk", "intraday", "ladder", *more)
            },
            making={name: panel(name) for name in ("obligations", "inquiries")},
        )
        # Closing only asks, so pytest-qt may not close it; it is hidden and deleted here
        qtbot.addWidget(window, before_close_func=lambda widget: widget.hide())
        return window

    return make


@pytest.fixture
def window(make_window: Callable[[], MainWindow]) -> MainWindow:
    """The main window, shown on a wide screen."""
    window = make_window()
    window.resize(1920, 1080)
    window.show()
    window.flush()
    return window


@pytest.fixture(autouse=True)
def _deferred_deletes(qapp: QApplication) -> Iterator[None]:
    """Menus and pop-ups that wait to be deleted go with the test that opened them."""
    yield
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
