"""A maker's desk with an engine over it, and ticks made by hand."""

import asyncio
from collections.abc import Coroutine
from dataclasses import dataclass, field
from typing import Any

from terminal.domain.market_data import Column, pack_rows
from terminal.domain.messages import MarketDataBatch
from terminal.services.share_trades import ShareTrades
from terminal.strategies.engine import StrategyEngine
from terminal.strategies.view import DeskView
from tests.harness import START, DeskRig, HandClock, World
from tests.quoting_rig import open_maker


@dataclass
class Room:
    """A desk, its engine and the clock its calls are measured by."""

    world: World
    rig: DeskRig
    engine: StrategyEngine
    view: DeskView
    calls: HandClock
    tasks: list["asyncio.Task[Any]"] = field(default_factory=list)

    def tick(self, spot: int, **columns: int) -> None:
        """The underlying trades at a price in 0.0001 yuan, quoted one cent around it."""
        market = self.rig.desk.market
        row = market.quotes[0].copy()
        row[Column.LAST], row[Column.BID_PRICE], row[Column.ASK_PRICE] = spot, spot - 10, spot + 10
        for name, value in columns.items():
            row[Column[name]] = value
        market.apply(MarketDataBatch(at=START, rows=pack_rows(row.reshape(1, -1))))

    async def settle(self) -> None:
        """Let everything arrive that is under way."""
        await self.world.settle()
        if self.tasks:
            await asyncio.gather(*self.tasks)
            self.tasks.clear()
            await self.world.settle()


async def open_room(world: World, **more: Any) -> Room:
    """A maker's desk with an engine that has no strategy yet."""
    rig = await open_maker(world)
    desk, calls = rig.desk, HandClock()
    tasks: list[asyncio.Task[Any]] = []

    def spawn(work: Coroutine[Any, Any, Any]) -> object:
        task = asyncio.ensure_future(work)
        tasks.append(task)
        return task

    view = DeskView(desk.market, desk.portfolio, rig.theoretical, rig.gate, desk.clock.now, world.clock)
    engine = StrategyEngine(
        market=desk.market,
        theoretical=rig.theoretical,
        quoting=rig.quoting,
        orders=rig.orders,
        view=view,
        bus=desk.bus,
        now=desk.clock.now,
        monotonic=world.clock,
        clock=calls,
        spawn=spawn,
        shares=ShareTrades(desk.instructions, desk.market, spawn),
        **more,
    )
    return Room(world, rig, engine, view, calls, tasks)
