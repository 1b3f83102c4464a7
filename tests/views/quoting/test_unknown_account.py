"""Before the counter has told what an account is, no panel says that it is no market maker's."""

from functools import partial
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from terminal.views.appearance import Appearance
from terminal.views.quoting.words import word
from tests.harness import ACCOUNT
from tests.views.quoting.console_rig import Console, Tell, console_story

pytestmark = pytest.mark.requirement("M4")


@pytest.fixture
def tell(tmp_path: Path, appearance: Appearance, qtbot: QtBot) -> Tell:
    """Tell a story on a console."""
    return partial(console_story, tmp_path, appearance)


def test_a_panel_without_an_account_waits_and_says_so(tell: Tell) -> None:
    async def story(console: Console) -> None:
        panels = (console.panel, console.protection)
        assert all("no market maker's" in panel.no_maker.text() for panel in panels)
        console.rig.portfolio.funds = None
        for panel in panels:
            panel.flush()
            assert panel.no_maker.text() == word("Waits for the counter to tell what kind of account this is")

    tell(story, account=ACCOUNT, quotes=False)
