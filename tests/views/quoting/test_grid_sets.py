"""Saved sets, defaults by moneyness, and what was applied before: staged from them, and what is damaged is refused."""

from functools import partial
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from terminal.strategies.contract_terms import ContractTerms
from terminal.views.appearance import Appearance
from terminal.views.quoting.columns import Column
from terminal.views.quoting.maker_desk import MakerDesk
from terminal.views.quoting.saved_sets import SavedSets
from tests.harness import CHEAP_CALL, FUND, PUT
from tests.views.quoting.console_rig import Console, Tell, console_story

pytestmark = pytest.mark.requirement("M4")


@pytest.fixture
def tell(tmp_path: Path, appearance: Appearance, qtbot: QtBot) -> Tell:
    """Tell a story on a console."""
    return partial(console_story, tmp_path, appearance)


def test_saved_sets_are_compared_and_staged_and_a_damaged_one_is_refused(tell: Tell) -> None:
    async def story(console: Console) -> None:
        panel = console.panel
        console.put(PUT, Column.SIZE, "9")
        panel.apply()
        panel.save_set()
        assert panel.sets.names(FUND) == ["first"]
        console.put(PUT, Column.SIZE, "12")
        console.put(CHEAP_CALL, Column.TOLERANCE, "2")
        panel.apply()
        panel.compare_set("first")
        assert panel.difference is not None
        assert panel.difference.table.rowCount() == 2
        panel.difference.stage_button.click()
        assert len(panel.model.edits) == 2
        panel.apply()
        assert console.control.parameters.contracts == {PUT: ContractTerms(size=9)}
        console.settings["quoting.sets." + FUND] = {"bad": {PUT: {"size": "1e9"}}, "worse": 7}
        for name in ("bad", "worse", "none"):
            panel.stage_set(name)
            assert panel.message.text()
        assert len(panel.model.edits) == 0

    tell(story)


def test_what_was_applied_is_in_force_again_after_a_start(tell: Tell) -> None:
    async def story(console: Console) -> None:
        assert console.put(PUT, Column.SIZE, "9")
        console.panel.apply()
        maker = console.maker
        again = MakerDesk(
            desk=maker.desk,
            engine=maker.engine,
            protection=maker.protection,
            theoretical=maker.theoretical,
            results=maker.results,
            allowed=maker.allowed,
            sheet=maker.sheet,
            is_two_sided=maker.is_two_sided,
            days_left=maker.days_left,
            kept_terms=SavedSets(console.settings).applied,
        )
        maker.engine.remove(maker.control(FUND).name, "ann")
        assert again.control(FUND).parameters.contracts == {PUT: ContractTerms(size=9)}
        # What somebody wrote into the file by hand and is no such value is left out
        console.settings.write(f"quoting.applied.{FUND}", {PUT: {"size": "-4"}, "x": 3})
        assert SavedSets(console.settings).applied(FUND) == {}

    tell(story)


def test_defaults_by_moneyness_are_staged_for_their_band(tell: Tell) -> None:
    async def story(console: Console) -> None:
        panel = console.panel
        panel.stage_defaults()
        assert panel.message.text()
        console.put(PUT, Column.SIZE, "8")
        panel.grid.choose(console.row(PUT), Column.SIZE)
        panel.keep_default()
        panel.revert()
        panel.stage_defaults()
        assert console.text(PUT, Column.SIZE) == "8"

    tell(story)
