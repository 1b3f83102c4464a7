"""Pictures of every preset in every dress, and none at all where there is nothing to picture."""

from asyncio import AbstractEventLoop
from collections.abc import Iterable
from itertools import product
from pathlib import Path

import pytest
from PySide6.QtGui import QImage

from terminal.app import screenshots
from terminal.app.assembly import Terminal
from terminal.app.screenshots import write_screenshots
from terminal.domain.errors import LinkError
from terminal.strategies.entry import StrategyState
from tests.app.conftest import Build, Tell
from tests.harness import World
from tests.quoting_rig import MAKER


def pictured(pictures: Iterable[str]) -> set[str]:
    """The files' names in every dress."""
    return {
        f"{picture}-{size}-{theme}-{language}.png"
        for picture, size, theme, language in product(
            pictures,
            ("1920x1080", "1366x768"),
            ("dark", "light"),
            ("en", "zh_CN"),
        )
    }


@pytest.mark.slow
@pytest.mark.requirement("X12")
def test_every_preset_of_a_client_is_pictured_in_every_language_theme_and_size(
    tell: Tell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(screenshots, "_LIFE_SECONDS", 0.0)
    monkeypatch.setattr(screenshots, "_SETTLE_SECONDS", 0.0)
    folder = tmp_path / "shots"

    async def story(terminal: Terminal, world: World) -> None:
        await write_screenshots(terminal, folder, screenshots.CLIENT_PRESETS)
        terminal.languages.use("en")
        terminal.end_at_once()

    assert tell(story) == 0
    behind = [panel for preset in screenshots.CLIENT_PRESETS for panel in screenshots.BEHIND.get(preset, ())]
    wanted = pictured(["trading", "chain", "retail", "risk", "expiry", *behind])
    assert {path.name for path in folder.iterdir()} == wanted
    assert len(capsys.readouterr().out.splitlines()) == len(wanted)
    # In a wide window the assignment desk is in front of its tabs as the layout comes
    different = {name for name in wanted if not name.startswith("assignment-1920")}
    pictures = {(folder / name).read_bytes() for name in different}
    assert len(pictures) == len(different)
    small = QImage(str(folder / "trading-1366x768-dark-en.png"))
    assert (small.width(), small.height()) == (1366, 768)


def test_without_a_venue_there_is_nothing_to_picture(
    build: Build, qt_loop: AbstractEventLoop, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(screenshots, "_PATIENCE_SECONDS", 0.0)
    with pytest.raises(LinkError, match="nothing to picture: no venue answered"):
        qt_loop.run_until_complete(write_screenshots(build(), tmp_path / "shots", ["trading"]))
    assert not (tmp_path / "shots").exists()


@pytest.mark.slow
@pytest.mark.requirement("X12", "M4")
def test_a_market_maker_is_pictured_while_it_quotes_with_the_boxes_over_its_dashboard(
    tell: Tell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(screenshots, "_LIFE_SECONDS", 0.0)
    monkeypatch.setattr(screenshots, "_SETTLE_SECONDS", 0.0)
    # Eight dresses, and none of them is looked at here
    monkeypatch.setattr(screenshots, "_QUOTES_PATIENCE_SECONDS", 2.0)
    folder = tmp_path / "shots"
    states: list[StrategyState] = []

    async def story(terminal: Terminal, world: World) -> None:
        await write_screenshots(terminal, folder, screenshots.MAKER_PRESETS)
        states.extend(entry.state for entry in terminal.quoting.engine.entries)
        terminal.languages.use("en")
        terminal.end_at_once()

    assert tell(story, "--account", MAKER) == 0
    assert StrategyState.RUNNING in states
    assert {path.name for path in folder.iterdir()} == pictured(
        ["making", "quoting", "ladder", "strategies", "basket", "pause", "exempt", "recorded", "rules"]
    )
