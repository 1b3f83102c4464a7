"""Stories of a ladder."""

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from terminal.views.appearance import Appearance
from tests.views.ladder.ladder_rig import Story, Tell, ladder_story


@pytest.fixture
def tell(tmp_path: Path, dressed: Appearance, qtbot: QtBot) -> Tell:
    """Tell a story of one ladder over the real venue."""

    def told(story: Story) -> None:
        ladder_story(tmp_path, dressed, qtbot, story)

    return told
