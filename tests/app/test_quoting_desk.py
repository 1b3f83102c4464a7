"""The quoting side of the program: one beat for strategies and protections, and the dead man's word in the end."""

import asyncio
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any

import pytest

from terminal.app.quoting_desk import build_quoting_desk
from terminal.domain.market_data import Column, pack_rows
from terminal.domain.messages import MarketDataBatch
from terminal.gateways.dead_man import DeadMan
from terminal.rules.protection.pull_rules import PullRules
from terminal.rules.protection.stops import StopTier
from terminal.strategies.entry import StrategyState
from terminal.strategies.quoter import ContinuousQuoter
from terminal.strategies.quoter_parameters import QuoterParameters
from terminal.venue.host import LOOPBACK
from tests.harness import FUND, PUT, START, DeskRig, HandClock, World, play
from tests.quoting_rig import MAKER, limits, open_maker, quote_cancels, quote_messages


@pytest.mark.fault("F76")
@pytest.mark.requirement("X4", "M4")
def test_after_the_dead_man_has_pulled_nothing_goes_on_before_a_person_says_so(
    tmp_path: Path, expected_warnings: Callable[[str], None]
) -> None:
    expected_warnings("stood still")

    async def story(world: World) -> None:
        rig = await open_maker(world)
        port = await world.venue.start()
        tasks: list[asyncio.Task[Any]] = []

        def spawn(work: Coroutine[Any, Any, Any]) -> object:
            tasks.append(asyncio.ensure_future(work))
            return tasks[-1]

        quoting = build_quoting_desk(rig.desk, rig.theoretical, rig.journal, rig.gateway, spawn, clock=HandClock())
        assert quoting.dead_man is None
        clock = HandClock()
        quoting.dead_man = dead_man = DeadMan(
            lambda: (LOOPBACK, port),
            desk_id="D1",
            account_id=lambda: MAKER,
            stands_still_seconds=2.0,
            monotonic=clock,
        )
        quoting.beat()
        assert not dead_man.is_armed
        quoting.engine.add(ContinuousQuoter("quoter", QuoterParameters(underlying=FUND)), limits())
        assert quoting.engine.start("quoter", "ann") is None
        quoting.beat()
        assert dead_man.is_armed
        await world.settle()
        assert rig.quoting.live(PUT) is not None
        clock.seconds += 2.5
        looking = asyncio.ensure_future(asyncio.to_thread(dead_man.look))
        while not looking.done():
            await world.settle()
            await asyncio.sleep(0)
        quoting.beat()
        entry = quoting.engine.entry("quoter")
        assert entry is not None
        assert (entry.state, entry.by) == (StrategyState.STOPPED, "dead man")
        assert quoting.protection.stop_tier is StopTier.CANCEL_ALL
        await world.settle()
        await asyncio.gather(*tasks)
        assert rig.quoting.board.live_numbers == []
        quoting.beat()
        assert not dead_man.is_armed
        assert quoting.protection.lift("ann") is None
        assert quoting.engine.start("quoter", "ann") is None
        quoting.beat()
        assert dead_man.is_armed
        quoting.close()
        await world.settle()
        await world.venue.close()

    play(tmp_path, story)


@pytest.mark.fault("F30")
@pytest.mark.requirement("X4", "M4")
def test_a_jump_closes_the_gate_before_a_strategy_quotes_on_it(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        rig = await open_maker(world)
        tasks: list[asyncio.Task[Any]] = []

        def spawn(work: Coroutine[Any, Any, Any]) -> object:
            tasks.append(asyncio.ensure_future(work))
            return tasks[-1]

        quoting = build_quoting_desk(rig.desk, rig.theoretical, rig.journal, rig.gateway, spawn, clock=HandClock())
        quoting.protection.rules = PullRules(wide_fraction=1.0, unusable_fraction=1.0)
        quoting.engine.add(ContinuousQuoter("quoter", QuoterParameters(underlying=FUND)), limits())
        assert quoting.engine.start("quoter", "ann") is None
        await world.settle()
        assert rig.quoting.live(PUT) is not None
        tick(rig, 29_640)
        sent = len(quote_messages(rig))
        assert sent
        # Three per cent at once: nothing is quoted at such a price
        tick(rig, 30_530)
        assert len(quote_messages(rig)) == sent
        assert quote_cancels(rig)
        await world.settle()
        assert rig.quoting.board.live_numbers == []
        quoting.close()
        await asyncio.gather(*tasks)
        await world.settle()

    play(tmp_path, story)


def tick(rig: DeskRig, spot: int) -> None:
    """The underlying trades at a price in 0.0001 yuan."""
    market = rig.desk.market
    row = market.quotes[:1].copy()
    row[0, [Column.LAST, Column.BID_PRICE, Column.ASK_PRICE]] = spot, spot - 10, spot + 10
    market.apply(MarketDataBatch(at=START, rows=pack_rows(row)))
