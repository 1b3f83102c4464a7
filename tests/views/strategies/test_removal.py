"""A strategy with quotes and orders really in the market is removed at the second press, and they with it."""

import asyncio
from collections.abc import Coroutine
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from terminal.app.limits import maker_limits
from terminal.app.quoting_desk import build_quoting_desk
from terminal.strategies.electronic_eye import ElectronicEye, EyeParameters
from terminal.views.appearance import Appearance
from terminal.views.strategies.kept import KeptStrategies
from terminal.views.strategies.panel import StrategiesPanel
from terminal.views.strategies.strategy_desk import StrategyDesk
from tests.harness import CALL, CHEAP_CALL, FUND, PUT, HandClock, World, limit, play
from tests.quoting_rig import limits, open_maker, quote
from tests.views.desk_rig import MemorySettings


@pytest.mark.requirement("X4")
def test_one_that_has_something_out_there_is_removed_at_the_second_press(
    tmp_path: Path, qtbot: QtBot, appearance: Appearance
) -> None:
    async def story(world: World) -> None:
        rig = await open_maker(world)
        tasks: list[asyncio.Task[Any]] = []

        def spawn(work: Coroutine[Any, Any, Any]) -> object:
            tasks.append(asyncio.ensure_future(work))
            return tasks[-1]

        engine = build_quoting_desk(
            rig.desk, rig.theoretical, rig.journal, rig.gateway, spawn, clock=HandClock()
        ).engine
        engine.add(ElectronicEye("eye", EyeParameters(underlying=FUND)), limits())
        strategies = StrategyDesk(
            rig.desk, engine, None, maker_limits({}).quoter, lambda: "ann", KeptStrategies(MemorySettings()), spawn
        )
        panel = StrategiesPanel(strategies, appearance, world.clock)
        qtbot.addWidget(panel)
        panel.flush()
        panel.choose("eye")
        assert strategies.start("eye", shadow=False) is None
        # As its own calls would: under its name, past gate and sheet
        assert rig.quoting.quote(quote(PUT, "0.0500", "0.0700"), "eye") is None
        assert rig.quoting.quote(quote(CHEAP_CALL, "0.0050", "0.0150"), "eye") is None
        await rig.orders.submit(limit(CALL, "0.4500"), sender="eye")
        await rig.orders.submit(limit(CALL, "0.4400"))
        await world.settle()
        counter = world.market.counter
        assert counter.working_count("MM1") == 4
        panel.remove()
        assert "eye has 2 quotes and 1 orders in the market" in panel.message.text()
        assert strategies.entry("eye") is not None
        # Sure for some seconds only
        world.clock.seconds += 6.0
        panel.remove()
        assert strategies.entry("eye") is not None
        assert counter.working_count("MM1") == 4
        panel.remove()
        assert strategies.entry("eye") is None
        await world.settle()
        await asyncio.gather(*tasks)
        await world.settle()
        # What a person sent stays
        assert [order.price for order in rig.orders.working()] == [Decimal("0.4400")]
        assert counter.working_count("MM1") == 1

    play(tmp_path, story)
