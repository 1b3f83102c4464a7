"""Colours wait while quotes of ours are in the market: putting them on holds the loop up that quotes."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from terminal.views.appearance import Appearance
from terminal.views.colour_choice import ColourChoice
from terminal.views.theme import ColourPack, ThemeName
from tests.views.desk_rig import MemorySettings
from tests.views.quoting.hand_rig import HandStage, hand_story


@pytest.mark.requirement("T1", "M4")
@pytest.mark.fault("F76")
def test_colours_chosen_while_a_quote_is_in_the_market_come_when_it_is_gone(
    tmp_path: Path, appearance: Appearance, qtbot: QtBot
) -> None:
    async def story(stage: HandStage) -> None:
        settings = MemorySettings()
        colours = ColourChoice(stage.desk, appearance, stage.banner, settings)
        colours.choose_theme(ThemeName.LIGHT)
        assert appearance.theme.name is ThemeName.LIGHT
        stage.chain_key(Qt.Key.Key_Q)
        await stage.settle(0.5)
        assert stage.live is not None
        colours.toggle_theme()
        colours.choose_pack(ColourPack.WEST)
        assert colours.waits
        assert (appearance.theme.name, appearance.pack) == (ThemeName.LIGHT, ColourPack.CHINA)
        # The next start has them, whatever comes; and it is said why nothing is seen
        assert settings == {"theme": "dark", "colour_pack": "west"}
        assert [text[:28] for text in stage.banner.texts] == ["The new colours come once no"]
        stage.chain_key(Qt.Key.Key_Q)
        await stage.settle(0.5)
        assert stage.live is None
        qtbot.waitUntil(lambda: not colours.waits)
        assert (appearance.theme.name, appearance.pack) == (ThemeName.DARK, ColourPack.WEST)
        assert stage.banner.texts == []

    hand_story(tmp_path, appearance, qtbot, story)


@pytest.mark.requirement("T1")
def test_chosen_back_nothing_waits(tmp_path: Path, appearance: Appearance, qtbot: QtBot) -> None:
    async def story(stage: HandStage) -> None:
        settings = MemorySettings()
        colours = ColourChoice(stage.desk, appearance, stage.banner, settings)
        stage.chain_key(Qt.Key.Key_Q)
        await stage.settle(0.5)
        colours.toggle_theme()
        assert colours.waits
        colours.toggle_theme()
        assert not colours.waits
        assert settings == {"theme": "dark"}
        assert appearance.theme.name is ThemeName.DARK
        assert stage.banner.texts == []
        stage.chain_key(Qt.Key.Key_Q)
        await stage.settle(0.5)

    hand_story(tmp_path, appearance, qtbot, story)
