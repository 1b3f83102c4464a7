"""Stories of a basket panel."""

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from terminal.views.appearance import Appearance
from tests.views.basket.basket_rig import Story, Tell, panel_story


@pytest.fixture
def tell(tmp_path: Path, dressed: Appearance, qtbot: QtBot) -> Tell:
    """Tell a story of one basket panel over the real venue."""

    def told(story: Story) -> None:
        panel_story(tmp_path, dressed, qtbot, story)

    return told
