"""A market maker's ladder: the sides of its quote stand in it, are pulled from it, and its STOP disarms it."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from terminal.app.ladder import join_ladder
from terminal.domain.messages import CancelQuotes, SubmitOrder
from terminal.views.appearance import Appearance
from terminal.views.ladder.model import Column
from terminal.views.ladder.panel import LadderPanel
from terminal.views.trading.own_levels import Own
from tests.quoting_rig import quote_cancels
from tests.views.desk_rig import MemorySettings
from tests.views.quoting.conftest import tell
from tests.views.quoting.hand_rig import PUT, HandStage, Tell

__all__ = ["tell"]
Key = Qt.Key


def open_ladder(stage: HandStage, appearance: Appearance, qtbot: QtBot) -> LadderPanel:
    """The ladder of a maker's desk, joined with its chain as the workspace does it."""
    rig = stage.making.rig
    panel = LadderPanel(
        stage.desk,
        rig.judge,
        rig.theoretical._valuation,
        appearance,
        stage.spawn,
        MemorySettings(),
        least=stage.hand.drafts.least_quantity,
    )
    qtbot.addWidget(panel)
    join_ladder(panel, stage.chain, panel.show_contract, lambda *_: None, lambda name: None)
    panel.resize(900, 400)
    panel.show()
    panel.show_contract(PUT)
    panel.flush()
    return panel


@pytest.mark.requirement("M4", "O2")
def test_sides_of_a_quote_stand_in_the_ladder_and_are_pulled_from_it(
    tell: Tell, appearance: Appearance, qtbot: QtBot
) -> None:
    async def story(stage: HandStage) -> None:
        panel = open_ladder(stage, appearance, qtbot)
        stage.chain_key(Key.Key_Q)
        await stage.settle(0.5)
        panel.flush()
        live = stage.live
        assert live is not None
        bid, size, ask, _ = live
        assert panel.model.picture.buys == {bid: Own(0, size)}
        assert panel.model.picture.sells == {ask: Own(0, size)}
        row = panel.model.picture.scale.row(bid)
        assert panel.model.text(row, Column.MY_BUYS) == f"◇{size}"
        # A side of a quote does not move without the other
        panel.toggle_armed()
        panel.move_by(bid, 1)
        await stage.settle(0.5)
        assert stage.live is not None
        assert stage.live[0] == bid
        index = panel.model.index(row, Column.MY_BUYS)
        panel.view.scrollTo(index)
        cell = panel.view.visualRect(index)
        at = cell.center()
        at.setX(cell.left() + 6)
        QTest.mouseClick(panel.view.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, at)
        await stage.settle(0.5)
        assert quote_cancels(stage.making.rig) == [CancelQuotes(contract_code=PUT)]
        panel.flush()
        assert not panel.model.picture.buys
        assert not [command for command in stage.making.rig.gateway.sent if isinstance(command, SubmitOrder)]

    tell(story)


@pytest.mark.requirement("M5", "O2")
def test_the_smallest_size_that_counts_is_a_size_of_its_own(tell: Tell, appearance: Appearance, qtbot: QtBot) -> None:
    async def story(stage: HandStage) -> None:
        panel = open_ladder(stage, appearance, qtbot)
        least = stage.hand.drafts.least_quantity(PUT)
        assert least > 0
        assert not panel.controls.least.isHidden()
        assert panel.controls.least.text() == f"Least {least}"
        QTest.mouseClick(panel.controls.least, Qt.MouseButton.LeftButton)
        assert panel.first_size == least
        assert panel.controls.least.isChecked()
        assert stage.hand.drafts.least_quantity("nothing") == 0

    tell(story)


@pytest.mark.requirement("X4")
@pytest.mark.fault("F22")
def test_stop_disarms_the_ladder_and_it_stays_so(tell: Tell, appearance: Appearance, qtbot: QtBot) -> None:
    async def story(stage: HandStage) -> None:
        panel = open_ladder(stage, appearance, qtbot)
        panel.toggle_armed()
        assert panel.is_red
        stage.maker.stop_everything()
        assert not panel.arming.is_armed
        assert not panel.is_red
        panel.toggle_armed()
        assert not panel.arming.is_armed
        await stage.settle(0.5)

    tell(story)
