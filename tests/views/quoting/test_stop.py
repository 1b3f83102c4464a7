"""The plain STOP of the top bar over a desk that quotes: orders, quotes and strategies, at once, until it is lifted."""

import asyncio
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from terminal.domain.messages import CancelAll, CancelQuotes, SubmitOrder, SubmitQuotes
from terminal.domain.orders import OrderStatus
from terminal.domain.reasons import Reason
from terminal.strategies.entry import StrategyState
from terminal.views.appearance import Appearance
from terminal.views.keys import Keys
from terminal.views.stop_button import ARMED_SECONDS, StopButton
from tests.harness import PUT, World, limit
from tests.views.quoting.console_rig import Console, close, open_console, start_quoting


@pytest.mark.requirement("X4")
@pytest.mark.fault("F22")
def test_two_presses_take_everything_out_stop_every_strategy_and_hold(
    tmp_path: Path, appearance: Appearance, qtbot: QtBot
) -> None:
    async def story(console: Console) -> None:
        rig, maker = console.rig, console.maker
        start_quoting(console)
        await console.beat()
        order = await rig.orders.submit(limit(PUT, "0.0600"))
        await console.beat()
        now = [0.0]
        button = StopButton(
            rig.desk, appearance, Keys(), maker.stop_everything, maker.lift_stop, monotonic=lambda: now[0]
        )
        qtbot.addWidget(button)
        asked: list[bool] = []
        button.name_wanted.connect(lambda: asked.append(True))
        button.press()
        assert "3" in button.text()
        at = len(rig.gateway.sent)
        button.press()
        # All of it in the press itself: no frame of the screen and no turn of the loop was needed for quotes and gate
        assert any(isinstance(c, CancelQuotes) for c in rig.gateway.sent[at:])
        assert console.control.entry.state is StrategyState.STOPPED
        refused = await rig.orders.submit(limit(PUT, "0.0600"))
        assert refused.reason is Reason.STOPPED
        for _ in range(3):
            await console.beat()
        sent = rig.gateway.sent[at:]
        assert any(isinstance(c, CancelAll) for c in sent)
        assert not [c for c in sent if isinstance(c, SubmitOrder | SubmitQuotes)]
        assert rig.order(order).status is OrderStatus.CANCELLED
        assert console.world.market.counter.working_count("MM1") == 0
        # A hand that hammers on it does not lift it
        for _ in range(6):
            now[0] += 0.2
            button.press()
        assert button.is_stopped
        now[0] += ARMED_SECONDS + 0.1
        button.press()
        assert button.is_stopped
        # Nobody is named: it asks who decides, and stays stopped
        button.press()
        assert button.is_stopped
        assert asked == [True]
        console.protection.person.setText("ann")
        button.press()
        button.press()
        assert not button.is_stopped
        assert asked == [True]
        assert (maker.protection.records[-1].what, maker.protection.records[-1].by) == ("stops lifted", "ann")
        await console.beat()
        # Strategies do not start by themselves
        assert console.control.entry.state is StrategyState.STOPPED
        assert rig.quoting.board.live_numbers == []
        assert (await rig.orders.submit(limit(PUT, "0.0600"))).status is not OrderStatus.DENIED

    async def told() -> None:
        world = World(tmp_path)
        world.open_venue()
        try:
            console = await open_console(world, appearance)
            await story(console)
            close(console)
        finally:
            await world.close()

    asyncio.run(told())
