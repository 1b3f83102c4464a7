"""Stories of quotes by hand, for whatever screen they are told of."""

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from terminal.views.appearance import Appearance
from tests.views.quoting.hand_rig import Tell, hand_story


@pytest.fixture
def tell(tmp_path: Path, appearance: Appearance, qtbot: QtBot) -> Tell:
    """Tell a story on the screens of a maker who quotes by hand."""

    def told(story: object, **how: object) -> None:
        hand_story(tmp_path, appearance, qtbot, story, **how)  # type: ignore[arg-type]

    return told
