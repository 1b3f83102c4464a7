"""Quotes are given up by choice only after a question where the contract rate breaks with it; no cancel ever asks."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from terminal.app.export import Exporter
from terminal.app.preferences import Preferences
from terminal.app.strategy_panels import StrategyPanels
from terminal.rules.protection.stops import StopTier
from terminal.storage.settings import SettingsFile
from terminal.views.appearance import Appearance
from terminal.views.obligations.pull_ask import PullAsk
from terminal.views.obligations.standing import StandingSource
from terminal.views.quoting.columns import Column
from terminal.views.quoting.grid import row_of
from tests.harness import FUND
from tests.making_rig import PUT
from tests.quoting_rig import quote_cancels
from tests.views.quoting.hand_rig import HandStage, Tell

pytestmark = pytest.mark.requirement("M6")
CONTROL, SHIFT, NONE = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.NoModifier,
)
#: Of a day of which the morning went by without a quote: the afternoon alone still reaches it
REACHABLE = "0.40"


def asks_of(stage: HandStage, qtbot: QtBot) -> PullAsk:
    """The question as the workspace joins it."""
    rig = stage.making.rig
    source = StandingSource(
        stage.making.obligations, lambda: rig.desk.portfolio.profile.rights.kind, rig.desk.monotonic
    )
    asks = PullAsk(source, rig.desk.market)
    qtbot.addWidget(asks)
    stage.maker.give_up = asks.ask
    return asks


def test_q_in_the_chain_asks_and_c_does_not(tell: Tell, qtbot: QtBot) -> None:
    async def story(stage: HandStage) -> None:
        asks = asks_of(stage, qtbot)
        stage.chain_key(Qt.Key.Key_Q)
        await stage.settle()
        assert stage.live is not None
        stage.chain_key(Qt.Key.Key_Q)
        await stage.settle()
        assert asks.isVisible()
        assert asks.asked.text().startswith("Take out ")
        assert "the contract rate breaks with it" in asks.costs.text()
        assert stage.live is not None
        # The answer at hand keeps quoting
        QTest.keyClick(asks.leave_button, Qt.Key.Key_Escape)
        await stage.settle()
        assert not asks.isVisible()
        assert stage.live is not None
        stage.chain_key(Qt.Key.Key_Q)
        asks.do_button.click()
        await stage.settle()
        assert stage.live is None
        assert not asks.isVisible()
        # A cancel is one: nobody asks
        stage.chain_key(Qt.Key.Key_Q)
        await stage.settle()
        assert stage.live is not None
        stage.key(Qt.Key.Key_C)
        await stage.settle()
        assert not asks.isVisible()
        assert stage.live is None

    tell(story, participation=REACHABLE)


@pytest.mark.parametrize("modifiers", [NONE, SHIFT, CONTROL | SHIFT], ids=["row", "expiry", "underlying"])
def test_the_grids_keys_ask_before_what_they_stop(tell: Tell, qtbot: QtBot, modifiers: Qt.KeyboardModifier) -> None:
    async def story(stage: HandStage) -> None:
        asks, grid = asks_of(stage, qtbot), stage.panels.grid
        grid.toggle()
        await stage.settle(1.0)
        control = stage.maker.control(FUND)
        before = control.parameters
        assert control.is_active
        grid.grid.setCurrentIndex(row_of(grid.model, PUT).siblingAtColumn(Column.CONTRACT))

        def stopped() -> bool:
            return not control.is_active or control.parameters != before

        QTest.keyClick(grid.grid, Qt.Key.Key_Q, modifiers)
        assert asks.isVisible()
        assert not stopped()
        asks.leave_button.click()
        assert not stopped()
        QTest.keyClick(grid.grid, Qt.Key.Key_Q, modifiers)
        asks.do_button.click()
        assert stopped()
        # Back again needs no question
        QTest.keyClick(grid.grid, Qt.Key.Key_Q, modifiers)
        assert not asks.isVisible()

    tell(story, participation=REACHABLE)


def row_off(stage: HandStage) -> None:
    stage.panels.grid.switch_off(PUT)


def stage_and_apply(stage: HandStage) -> None:
    grid = stage.panels.grid
    assert grid.model.stage({(PUT, "ask"): False})
    grid.apply()


def shadow(stage: HandStage) -> None:
    stage.panels.grid.set_shadow(True)


@pytest.mark.parametrize("do", [row_off, stage_and_apply, shadow])
def test_row_off_switches_and_shadow_ask_too(tell: Tell, qtbot: QtBot, do: Callable[[HandStage], None]) -> None:
    async def story(stage: HandStage) -> None:
        asks = asks_of(stage, qtbot)
        stage.panels.grid.toggle()
        await stage.settle(1.0)
        control = stage.maker.control(FUND)
        before = control.parameters
        do(stage)
        assert asks.isVisible()
        assert control.parameters == before
        assert not control.is_shadow
        asks.do_button.click()
        assert control.parameters != before or control.is_shadow

    tell(story, participation=REACHABLE)


def cancel(stage: HandStage) -> None:
    stage.desk.quoting.cancel()


def pull_all(stage: HandStage) -> None:
    stage.panels.grid.pull_all()


def stop(stage: HandStage) -> None:
    stage.maker.stop_everything()


def side(stage: HandStage) -> None:
    stage.maker.protection.stop(StopTier.REDUCE_ONLY, "ann")


@pytest.mark.fault("F56")
@pytest.mark.parametrize("do", [cancel, pull_all, stop, side])
def test_cancels_stops_and_pull_all_never_ask(tell: Tell, qtbot: QtBot, do: Callable[[HandStage], None]) -> None:
    async def story(stage: HandStage) -> None:
        asks = asks_of(stage, qtbot)
        stage.chain_key(Qt.Key.Key_Q)
        await stage.settle()
        assert stage.live is not None
        do(stage)
        assert not asks.isVisible()
        await stage.settle()
        assert stage.live is None
        assert quote_cancels(stage.making.rig)

    tell(story, participation=REACHABLE)


def test_what_breaks_nothing_is_done_without_a_question(tell: Tell, qtbot: QtBot) -> None:
    async def story(stage: HandStage) -> None:
        asks = asks_of(stage, qtbot)
        done: list[str] = []
        assert asks.ask([], lambda: done.append("none"))
        assert asks.ask(["not owed"], lambda: done.append("other"))
        assert done == ["none", "other"]
        assert not asks.ask([PUT], lambda: done.append("put"))
        assert done == ["none", "other"]

    tell(story, participation=REACHABLE)


def test_a_rate_that_is_lost_already_asks_nothing(tell: Tell, qtbot: QtBot) -> None:
    async def story(stage: HandStage) -> None:
        asks = asks_of(stage, qtbot)
        assert asks.question([PUT]) is None
        done: list[str] = []
        assert asks.ask([PUT], lambda: done.append("put"))
        assert done == ["put"]

    tell(story)


def test_stopping_a_quoter_among_the_strategies_asks_too(
    tell: Tell, qtbot: QtBot, appearance: Appearance, tmp_path: Path
) -> None:
    async def story(stage: HandStage) -> None:
        asks = asks_of(stage, qtbot)
        preferences = Preferences(SettingsFile(tmp_path / "strategies.json"))
        panel = StrategyPanels(stage.quoting, stage.maker, appearance, preferences, stage.spawn, Exporter()).panel
        qtbot.addWidget(panel)
        stage.panels.grid.toggle()
        await stage.settle(1.0)
        control = stage.maker.control(FUND)
        panel.flush()
        panel.choose(control.name)
        panel.stop_button.click()
        assert asks.isVisible()
        assert control.is_active
        # Stop all is held down, and asks nothing
        panel._stop_all()
        assert not control.is_active
        asks.answer(yes=False)
        stage.panels.grid.toggle()
        await stage.settle(1.0)
        panel.flush()
        panel.stop_button.click()
        asks.do_button.click()
        assert not control.is_active

    tell(story, participation=REACHABLE)
