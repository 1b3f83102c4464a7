"""The real program on a real venue, all in one process: window, services, loopback line, host, market, journals.

A story gets the running `Terminal` and the `World` of the venue, whose market stands still at 13:00 with known books.
"""

import argparse
import asyncio
from asyncio import AbstractEventLoop
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from terminal.__main__ import _parser
from terminal.app import run
from terminal.app.assembly import Terminal, build_terminal
from terminal.app.waiting import until
from terminal.config import Settings, data_folder
from terminal.domain.ports import Gateway, LinkState
from terminal.services.events import LinkChanged
from terminal.strategies.plug_ins import session
from tests.harness import ACCOUNT, World

Story = Callable[[Terminal, World], Awaitable[None]]
Tell = Callable[..., int]
Parse = Callable[..., argparse.Namespace]
#: Ends a story that hangs; nothing is asserted by it, so it may be longer than the slowest machine needs
PATIENCE_SECONDS = 120.0


@pytest.fixture
def parse(tmp_path: Path) -> Parse:
    """The command line of a desk, with folders of this test."""

    def read(*words: str, command: str = "desk") -> argparse.Namespace:
        given = ["--data-dir", str(tmp_path / "desk"), "--out", str(tmp_path / "out"), "--language", "en"]
        return _parser().parse_args([command, *given, *words])

    return read


@pytest.fixture
def application(qapp: QApplication) -> Iterator[QApplication]:
    """The application, undressed again afterwards."""
    sheet, palette, font = qapp.styleSheet(), qapp.palette(), qapp.font()
    yield qapp
    qapp.setStyleSheet(sheet)
    qapp.setPalette(palette)
    qapp.setFont(font)


@dataclass
class _Building:
    """Hands on the terminal that the program builds for itself."""

    built: "asyncio.Future[Terminal]"

    def __call__(
        self,
        application: QApplication,
        options: argparse.Namespace,
        settings: Settings,
        folder: Path,
        line: Gateway | None = None,
    ) -> Terminal:
        terminal = build_terminal(application, options, settings, folder, line)
        # A call that is interrupted by a busy machine is no strategy that goes wrong
        terminal.quoting.engine._conduct.call_seconds = PATIENCE_SECONDS
        self.built.set_result(terminal)
        return terminal


Build = Callable[..., Terminal]


@pytest.fixture
def build(tmp_path: Path, application: QApplication, qt_loop: AbstractEventLoop, parse: Parse) -> Iterator[Build]:
    """Build the program without starting it: nobody listens at the other end of its line."""
    built: list[Terminal] = []

    async def make(options: argparse.Namespace, settings: Settings) -> Terminal:
        return build_terminal(application, options, settings, data_folder(options.data_dir))

    def give(*words: str, command: str = "desk", settings: Settings | None = None) -> Terminal:
        line = ("--connect", "127.0.0.1:9") if command == "desk" and "--connect" not in words else ()
        terminal = qt_loop.run_until_complete(make(parse(*line, *words, command=command), settings or Settings()))
        built.append(terminal)
        return terminal

    yield give
    for terminal in built:
        terminal.languages.use("en")
        qt_loop.run_until_complete(terminal.close())


@pytest.fixture
def tell(
    tmp_path: Path,
    application: QApplication,
    qt_loop: AbstractEventLoop,
    parse: Parse,
    monkeypatch: pytest.MonkeyPatch,
) -> Tell:
    """Run the program with a story beside it, to its end; gives its exit code."""

    async def told(story: Story, words: tuple[str, ...]) -> int:
        (tmp_path / "venue").mkdir()
        world = World(tmp_path / "venue")
        host = world.open_venue()
        port = await host.start()
        serving = asyncio.ensure_future(host.run())
        building = _Building(qt_loop.create_future())
        monkeypatch.setattr(run, "build_terminal", building)
        monkeypatch.setattr(session, "CALL_SECONDS", PATIENCE_SECONDS)
        monkeypatch.setattr(session, "LOAD_SECONDS", PATIENCE_SECONDS)
        # A loaded machine may take longer to confirm that orders are gone than the program waits
        monkeypatch.setattr(run, "_SIGN_OFF_LOOKS", round(PATIENCE_SECONDS / run._SIGN_OFF_LOOK_SECONDS))
        options = parse("--connect", f"127.0.0.1:{port}", "--account", ACCOUNT, *words)
        running = asyncio.ensure_future(run._run(application, options))
        try:
            await asyncio.wait((running, building.built), return_when=asyncio.FIRST_COMPLETED)
            terminal = await building.built
            desk = terminal.desk
            assert await until(desk.bus, LinkChanged, lambda: desk.link is LinkState.UP, PATIENCE_SECONDS)
            await story(terminal, world)
            return await asyncio.wait_for(running, PATIENCE_SECONDS)
        finally:
            running.cancel()
            await asyncio.gather(running, return_exceptions=True)
            host.stop()
            await serving
            await host.close()
            await world.close()

    def run_story(story: Story, *words: str) -> int:
        return qt_loop.run_until_complete(told(story, words))

    return run_story
