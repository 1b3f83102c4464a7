"""A desk that does not read gets the newest quotes later, never a queue; its reports are never merged or dropped."""

from pathlib import Path

import pytest

from terminal.domain.market_data import Column, unpack_rows
from terminal.domain.messages import MarketDataBatch, OrderReport
from terminal.domain.orders import Instruction, OrderStatus
from terminal.domain.ports import LinkState
from terminal.venue.session import _DEAD_BACKLOG, _QUOTE_BACKLOG
from tests.harness import CALL, UNDERLYINGS, DeskRig, World, limit, play

ROW = len(UNDERLYINGS)


def batches(rig: DeskRig) -> list[MarketDataBatch]:
    return [e for e in rig.gateway.received if isinstance(e, MarketDataBatch)]


@pytest.mark.fault("F31", "F111")
def test_a_slow_desk_gets_the_newest_quote_once_and_every_report(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        slow = await world.open_desk()
        quick = await world.open_desk("D2", "OTHER1")
        await world.settle()
        assert slow.gateway.transport is not None
        slow.gateway.transport.backlog = _QUOTE_BACKLOG
        before, quick_before = len(batches(slow)), len(batches(quick))
        world.venue.pacer.set_speed(1.0, world.clock())
        for number in range(20):
            await quick.orders.submit(limit(CALL, f"0.{4000 + number}", 1))
            order = await slow.orders.submit(limit(CALL, f"0.{4100 + number}", 1))
            world.pass_time(0.2, ticks=10)
            await world.settle()
        assert len(batches(slow)) == before
        assert len(batches(quick)) > quick_before + 20
        reports = [e.sequence for e in slow.gateway.received if isinstance(e, OrderReport)]
        assert reports == list(range(1, 21))
        assert slow.order(order).status is OrderStatus.WORKING
        assert slow.gateway.transport is not None
        slow.gateway.transport.backlog = 0
        world.pass_time(0.08, ticks=4)
        await world.settle()
        (newest, *_) = batches(slow)[before:]
        assert len(batches(slow)) - before <= 2
        instruments = unpack_rows(newest.rows)[:, Column.INSTRUMENT].tolist()
        assert len(instruments) == len(set(instruments))
        assert ROW in instruments
        assert slow.desk.market.quotes[ROW].tolist() == quick.desk.market.quotes[ROW].tolist()

    play(tmp_path, story)


@pytest.mark.fault("F111")
def test_a_desk_that_never_reads_is_let_go_and_gets_its_reports_when_it_comes_back(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        rig = await world.open_desk()
        other = await world.open_desk("D2", "OTHER1")
        await world.settle()
        order = await rig.orders.submit(limit(CALL, "0.4625", 5))
        await world.settle()
        assert rig.gateway.transport is not None
        rig.gateway.transport.backlog = _DEAD_BACKLOG + 1
        await other.orders.submit(limit(CALL, "0.4625", 2, Instruction.SELL_OPEN))
        await world.settle()
        assert rig.desk.link is LinkState.DOWN
        assert other.desk.link is LinkState.UP
        rig.gateway.connect()
        await world.settle()
        assert rig.order(order).filled_quantity == 2
        assert len(rig.portfolio.fills) == 1

    play(tmp_path, story)
