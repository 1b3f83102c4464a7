"""The trader without hands: goes round every instruction and order type on a real venue, through the widgets alone."""

import asyncio
from asyncio import AbstractEventLoop
from collections import Counter
from collections.abc import Awaitable, Callable, Coroutine
from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from terminal.domain.accounts import PositionSide
from terminal.domain.instructions import InstructionKind
from terminal.domain.messages import Instruct, SubmitOrder
from terminal.domain.orders import Instruction, OrderType
from terminal.views.appearance import Appearance
from terminal.views.scripted_trader import ROUND, ScriptedTrader
from terminal.views.trading.ticket import Ticket
from tests.harness import CHEAP_CALL, FUND, PUT, DeskRig, World

#: Steps of a round that a put has: it cannot be covered
_PUT_STEPS = sum(1 for step in ROUND if not step.instruction.covered)
_TURNS = 3000
Story = Callable[[World, DeskRig, ScriptedTrader], Awaitable[None]]
Tell = Callable[..., None]


@pytest.fixture
def tell(qtbot: QtBot, qt_loop: AbstractEventLoop, appearance: Appearance, tmp_path: Path) -> Tell:
    """Let the trader work beside a story; `chosen` is every contract it turned the screen to."""
    work: set[asyncio.Task[Any]] = set()

    def spawn(coroutine: Coroutine[Any, Any, None]) -> None:
        task = asyncio.ensure_future(coroutine)
        work.add(task)
        task.add_done_callback(work.discard)

    async def told(story: Story, confirm: bool, opens: bool) -> None:
        world = World(tmp_path)
        world.open_venue()
        trading: asyncio.Task[None] | None = None
        try:
            rig = await world.open_desk()
            await world.settle()
            world.pass_time(0.2, ticks=10)
            await world.settle()
            ticket = Ticket(rig.desk, rig.judge, appearance, spawn, confirm=lambda: confirm, presets=lambda: (1, 5, 10))
            qtbot.addWidget(ticket)
            ticket.show()
            trader = ScriptedTrader(rig.desk, ticket, ticket.show_contract, pause_seconds=0.0)
            if opens:
                trading = asyncio.ensure_future(trader.run())
            await story(world, rig, trader)
        finally:
            if trading is not None:
                trading.cancel()
                await asyncio.gather(trading, return_exceptions=True)
            await asyncio.gather(*work)
            await world.close()

    def run(story: Story, *, confirm: bool = False, opens: bool = True) -> None:
        qt_loop.run_until_complete(told(story, confirm, opens))

    return run


def done(trader: ScriptedTrader) -> int:
    return sum(trader.tally.results.values()) + trader.tally.refused_by_ticket


async def until_done(world: World, trader: ScriptedTrader, steps: int) -> None:
    for _ in range(_TURNS):
        if done(trader) >= steps:
            return
        world.pass_time(0.2, ticks=10)
        await world.settle()
        await asyncio.sleep(0.001)
    raise AssertionError(f"{done(trader)} of {steps} steps were done: {trader.tally}")


@pytest.mark.requirement("O2", "O3", "O4")
@pytest.mark.parametrize("confirm", [False, True])
def test_a_round_touches_every_instruction_and_order_type(tell: Tell, confirm: bool) -> None:
    async def story(world: World, rig: DeskRig, trader: ScriptedTrader) -> None:
        await until_done(world, trader, len(ROUND))
        sent = [command for command in rig.gateway.sent if isinstance(command, SubmitOrder)]
        first = [command for command in sent if command.contract_code == CHEAP_CALL]
        assert {command.instruction for command in first} == set(Instruction)
        assert {command.order_type for command in first} == set(OrderType)
        locked = [command for command in rig.gateway.sent if isinstance(command, Instruct)]
        assert [(lock.kind, lock.underlying, lock.quantity) for lock in locked] == [
            (InstructionKind.LOCK, FUND, 100_000)
        ]
        # The price beyond all limits and the size beyond any order never left
        assert trader.tally.refused_by_ticket == 2
        # The next contract may have begun
        results = [order for order in rig.orders.orders if order.contract_code == CHEAP_CALL]
        assert Counter((order.order_type.value, order.status.value) for order in results) == Counter(
            {
                ("LMT", "filled"): 6,
                ("LMT", "cancelled"): 1,
                ("MTL", "filled"): 1,
                ("IOC", "filled"): 1,
                ("LMT_FOK", "filled"): 1,
                ("FOK", "filled"): 1,
            }
        )
        # Bought 3, 2 and 1, sold 1, 1 and 1; sold 2 and bought 1 back; one covered and back
        held = {side: quantity for (code, side), quantity in rig.held().items() if code == CHEAP_CALL}
        assert held == {PositionSide.LONG: 3, PositionSide.SHORT: 1}
        assert rig.alarms == []

    tell(story, confirm=confirm)


def test_a_put_is_never_covered_and_the_next_contract_follows(tell: Tell) -> None:
    async def story(world: World, rig: DeskRig, trader: ScriptedTrader) -> None:
        await until_done(world, trader, len(ROUND) + _PUT_STEPS)
        sent = [c for c in rig.gateway.sent if isinstance(c, SubmitOrder) and c.contract_code == PUT]
        assert sent
        assert not any(command.instruction.covered for command in sent)
        # A price and a size of each contract; what cannot be is not even tried
        assert trader.tally.refused_by_ticket == 4

    tell(story)


def test_nothing_happens_before_there_is_a_line(tell: Tell) -> None:
    async def story(world: World, rig: DeskRig, trader: ScriptedTrader) -> None:
        rig.gateway.cut()
        trading = asyncio.ensure_future(trader.run())
        for _ in range(50):
            await asyncio.sleep(0)
        assert done(trader) == 0
        assert not any(isinstance(command, SubmitOrder) for command in rig.gateway.sent)
        rig.gateway.connect()
        await world.settle()
        await until_done(world, trader, 1)
        trading.cancel()
        await asyncio.gather(trading, return_exceptions=True)

    tell(story, opens=False)
