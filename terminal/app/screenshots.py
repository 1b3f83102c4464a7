"""Pictures of the screens: presets and the panels behind their tabs, in every dress, at two sizes."""

import asyncio
from pathlib import Path

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QWidget

from terminal.app.assembly import Terminal
from terminal.app.waiting import until
from terminal.domain.errors import LinkError
from terminal.domain.ports import LinkState
from terminal.services.events import LinkChanged
from terminal.views.presets import PRESETS
from terminal.views.theme import ThemeName

#: Panels behind the tabs of a preset, each brought to the front
BEHIND = {
    "trading": ("instructions", "queries", "funds"),
    "risk": ("smiles", "surface"),
    "quoting": ("strategies",),
    "expiry": ("assignment", "covered", "adjustment"),
}
SIZES = (QSize(1920, 1080), QSize(1366, 768))
#: Market life before the first picture, wall seconds
_LIFE_SECONDS = 12.0
_SETTLE_SECONDS = 0.4
_PATIENCE_SECONDS = 30.0


def grab_window(window: QWidget, path: Path) -> None:
    """Write one picture of a window; the folder is made."""
    path.parent.mkdir(parents=True, exist_ok=True)
    window.grab().save(str(path))


async def write_screenshots(terminal: Terminal, folder: Path) -> None:
    """Let the scripted trader fill the tables, then picture every preset in every dress."""
    desk = terminal.desk
    if not await until(desk.bus, LinkChanged, lambda: desk.link is LinkState.UP, _PATIENCE_SECONDS):
        raise LinkError("no venue answered: there is nothing to picture")
    trading = terminal.spawn(terminal.trader.run())
    await asyncio.sleep(_LIFE_SECONDS)
    trading.cancel()
    window = terminal.window
    for language in terminal.languages.available:
        terminal.languages.use(language)
        for theme in ThemeName:
            terminal.appearance.set_theme(theme)
            for size in SIZES:
                window.resize(size)
                dress = f"{size.width()}x{size.height()}-{theme}-{language}"
                for preset in (p.name for p in PRESETS):
                    window.use_preset(preset)
                    # Not with the panel in front that the picture before brought there
                    window.reset_layout()
                    await asyncio.sleep(_SETTLE_SECONDS)
                    _write(terminal, folder / f"{preset}-{dress}.png")
                    for panel in BEHIND.get(preset, ()):
                        window.docks[panel].raise_()
                        await asyncio.sleep(_SETTLE_SECONDS)
                        _write(terminal, folder / f"{panel}-{dress}.png")


def _write(terminal: Terminal, path: Path) -> None:
    # A panel just raised may not have had its turn yet
    terminal.frame_timer.serve_all()
    grab_window(terminal.window, path)
    print(path, flush=True)
