"""Pictures of the screens: presets and the panels behind their tabs, a class, in every dress, at two sizes.

A client's account is traded on by the scripted trader first; a market maker's quotes every underlying.
"""

import asyncio
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QWidget

from terminal.app.assembly import Terminal
from terminal.app.instructor import Classroom
from terminal.app.waiting import until, why_no_market
from terminal.domain.errors import LinkError
from terminal.domain.ports import LinkState
from terminal.services.basket_shapes import Shape
from terminal.services.events import AccountChanged, OwnQuotesChanged
from terminal.training.session import InstructorSession
from terminal.views.presets import PRESETS
from terminal.views.theme import ThemeName

#: Panels behind the tabs of a preset, each brought to the front
BEHIND = {
    "trading": ("instructions", "queries", "funds"),
    "risk": ("smiles", "surface"),
    "quoting": ("ladder", "strategies", "basket"),
    "expiry": ("assignment", "covered", "adjustment"),
}
#: Presets that only a market maker has something to see in
MAKER_PRESETS = ("making", "quoting")
CLIENT_PRESETS = tuple([preset.name for preset in PRESETS if preset.name not in MAKER_PRESETS])
SIZES = (QSize(1920, 1080), QSize(1366, 768))
#: Market life before the first picture, wall seconds
_LIFE_SECONDS = 12.0
_SETTLE_SECONDS = 0.4
#: By then protections have seen that the loop stood still
_NOTICED_SECONDS = 1.5
_LAYOUT_SECONDS = 0.02
_PATIENCE_SECONDS = 30.0
#: On a slow machine quotes may not be back for longer: the picture says why
_QUOTES_PATIENCE_SECONDS = 30.0


def grab_window(window: QWidget, path: Path) -> None:
    """Write one picture of a window; the folder is made."""
    path.parent.mkdir(parents=True, exist_ok=True)
    window.grab().save(str(path))


async def write_screenshots(terminal: Terminal, folder: Path, presets: Iterable[str]) -> None:
    """Let the account live for a while, then picture presets and what is behind their tabs in every dress."""
    desk = terminal.desk
    if reason := await why_no_market(desk, _PATIENCE_SECONDS):
        raise LinkError(f"there is nothing to picture: {reason}")
    await _live(terminal)
    if desk.clock.speed > 1.0:
        # Run fast so that there is a day to be seen, pictured at its own pace
        desk.set_clock(speed=1.0)
    window, presets = terminal.window, tuple(presets)
    quoted = len(desk.quoting.board.live_numbers)
    for dress in _dresses(terminal, window):
        await _quotes_are_back(terminal, quoted)
        for preset in presets:
            window.use_preset(preset)
            # Not with the panel in front that the picture before brought there
            window.reset_layout()
            await asyncio.sleep(_SETTLE_SECONDS)
            await _write(terminal, window, folder / f"{preset}-{dress}.png")
            for panel in BEHIND.get(preset, ()):
                window.docks[panel].raise_()
                await asyncio.sleep(_SETTLE_SECONDS)
                await _write(terminal, window, folder / f"{panel}-{dress}.png")
            if preset == "making":
                await _write_boxes(terminal, folder, dress)


async def _write_boxes(terminal: Terminal, folder: Path, dress: str) -> None:
    """Picture what a market maker opens over the dashboard: a pause in the window, the dialogs by themselves."""
    making = terminal.workspace.making
    panel, inquiries = making.obligations, making.inquiries
    codes = [contract.code for contract in terminal.desk.market.contracts]
    panel.pause_box.open_for(codes[0], panel, lambda text, role: None)
    await _write(terminal, terminal.window, folder / f"pause-{dress}.png")
    panel.pause_box.leave()
    boxes: list[tuple[str, QWidget, Callable[[], object]]] = [
        ("exempt", panel.exempt_box, lambda: panel.exempt_box.show_for(codes[:2])),
        ("recorded", panel.recorded_box, panel.recorded_box.open_now),
        ("rules", inquiries.rules_box, lambda: inquiries.rules_box.show_for("")),
    ]
    for name, box, show in boxes:
        show()
        await asyncio.sleep(_SETTLE_SECONDS)
        await _grab(terminal, box, folder / f"{name}-{dress}.png")
        box.close()


async def _live(terminal: Terminal) -> None:
    """Quote as a market maker, trade as anybody else; the counter says which the account is. A spread stands ready."""
    desk = terminal.desk
    await until(desk.bus, AccountChanged, lambda: desk.portfolio.funds is not None, _PATIENCE_SECONDS)
    if not desk.portfolio.profile.rights.kind.is_market_maker:
        trading = terminal.spawn(terminal.trader.run())
        await asyncio.sleep(_LIFE_SECONDS)
        trading.cancel()
        return
    if terminal.quoting.dead_man is not None:
        # Putting colours on holds the loop up, which is no accident here and must not cost the quotes
        terminal.quoting.dead_man.stop()
    grid = terminal.workspace.quoting.grid
    grid.flush()
    for underlying in reversed(desk.market.underlyings):
        grid.show_underlying(underlying.code)
        grid.toggle()
    await asyncio.sleep(_LIFE_SECONDS)
    terminal.workspace.basket.take_shape(Shape.CALL_BULL)


async def _quotes_are_back(terminal: Terminal, quoted: int) -> None:
    """Putting colours on makes acknowledgements late, which takes quotes out until they are quick again."""
    desk, protection = terminal.desk, terminal.quoting.protection
    if quoted:
        await asyncio.sleep(_NOTICED_SECONDS)
    await until(
        desk.bus,
        OwnQuotesChanged,
        lambda: not protection.pulled and len(desk.quoting.board.live_numbers) >= quoted,
        _QUOTES_PATIENCE_SECONDS,
    )


async def write_class_screenshots(terminal: Terminal, classroom: Classroom, folder: Path) -> None:
    """Let a class come to its first event, then picture the instructor's window and the trainee's desk beside it."""
    session, window = classroom.session, classroom.window
    assert session is not None
    assert window is not None
    mine = classroom.class_desk
    await _told(session, lambda: session.link is LinkState.UP and mine.scenario is not None and bool(session.desks))
    session.jump_to_next_event()
    await _told(session, lambda: session.is_jumping)
    await _told(session, lambda: not session.is_jumping)
    mine.show()
    for dress in _dresses(terminal, window, terminal.window):
        await asyncio.sleep(_SETTLE_SECONDS)
        await _write(terminal, window, folder / f"instructor-{dress}.png")
        await _write(terminal, terminal.window, folder / f"training-{dress}.png")


def _dresses(terminal: Terminal, *windows: QWidget) -> Iterator[str]:
    """Dress the windows in every language, theme and size in turn; gives the words for the file's name."""
    for language in terminal.languages.available:
        terminal.languages.use(language)
        for theme in ThemeName:
            terminal.appearance.set_theme(theme)
            for size in SIZES:
                for window in windows:
                    window.resize(size)
                yield f"{size.width()}x{size.height()}-{theme}-{language}"


async def _told(session: InstructorSession, so: Callable[[], bool]) -> None:
    """Wait until the venue has told the instructor of it. Raises LinkError where it does not."""
    heard = asyncio.Event()

    def tell(_event: object) -> None:
        heard.set()

    session.changed.append(tell)
    try:
        async with asyncio.timeout(_PATIENCE_SECONDS):
            while not so():
                heard.clear()
                await heard.wait()
    except TimeoutError:
        raise LinkError("the class did not come: there is nothing to picture") from None
    finally:
        session.changed.remove(tell)


async def _write(terminal: Terminal, window: QWidget, path: Path) -> None:
    if window.size() != (asked := _size_of(path)):
        # A bar above that wraps its words makes room only at the second asking
        window.resize(asked)
        await asyncio.sleep(_SETTLE_SECONDS)
    await _grab(terminal, window, path)


async def _grab(terminal: Terminal, window: QWidget, path: Path) -> None:
    # A panel just raised may not have had its turn yet, and Qt lays out what it changed on the turn after
    terminal.frame_timer.serve_all()
    await asyncio.sleep(_LAYOUT_SECONDS)
    grab_window(window, path)
    print(path, flush=True)


def _size_of(path: Path) -> QSize:
    return next(size for size in SIZES if f"-{size.width()}x{size.height()}-" in path.name)
