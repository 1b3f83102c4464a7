"""The protections of a desk for tests, with what they start kept until it is over."""

import asyncio
from collections.abc import Coroutine
from typing import Any

from terminal.domain.market_data import Column, pack_rows
from terminal.domain.messages import MarketDataBatch
from terminal.services.protection import Protection
from tests.harness import CHEAP_CALL, PUT, START, DeskRig, World
from tests.quoting_rig import quote

TASKS: list["asyncio.Task[Any]"] = []


def spawn(work: Coroutine[Any, Any, Any]) -> object:
    task = asyncio.ensure_future(work)
    TASKS.append(task)
    return task


async def guarded(world: World, rig: DeskRig, **more: Any) -> Protection:
    """The rig's protections."""
    return Protection(
        market=rig.desk.market,
        theoretical=rig.theoretical,
        quoting=rig.quoting,
        orders=rig.orders,
        clock=rig.desk.clock,
        journal=rig.journal,
        bus=rig.desk.bus,
        monotonic=world.clock,
        spawn=spawn,
        **more,
    )


async def rest(world: World) -> None:
    await world.settle()
    await asyncio.gather(*TASKS)
    TASKS.clear()
    await world.settle()


def quote_both(rig: DeskRig) -> int:
    batch = rig.quoting.batch_of([quote(PUT, "0.0692", "0.0708"), quote(CHEAP_CALL, "0.0079", "0.0083")])
    return rig.quoting.submit(batch).sent


def live(rig: DeskRig) -> list[str]:
    return [code for code in (PUT, CHEAP_CALL) if rig.quoting.live(code) is not None]


def underlying(rig: DeskRig, spot: int, half: int = 10, bid: int | None = None) -> None:
    row = rig.desk.market.quotes[0].copy()
    row[[Column.LAST, Column.BID_PRICE, Column.ASK_PRICE]] = spot, spot - half if bid is None else bid, spot + half
    rig.desk.market.apply(MarketDataBatch(at=START, rows=pack_rows(row.reshape(1, -1))))
