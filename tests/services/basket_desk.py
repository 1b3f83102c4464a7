"""A basket over one real desk and the real venue, with its clock moved by hand."""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from pathlib import Path
from typing import Any

from terminal.domain.messages import CancelOrder, SubmitOrder
from terminal.domain.orders import Side
from terminal.services.basket import Basket, BasketLeg, PriceBasis
from terminal.services.basket_judge import BasketJudge
from terminal.services.basket_plan import BasketVerdict
from terminal.services.basket_run import BasketRun
from terminal.services.basket_runner import BasketRunner
from tests.harness import CALL, CHEAP_CALL, DeskRig, World, play

OTHER = "880000009999"


class BasketDesk:
    """One desk, the judge of its baskets and what sends them."""

    def __init__(self, world: World, rig: DeskRig) -> None:
        self.world, self.rig, self.desk = world, rig, rig.desk
        self.tasks: list[asyncio.Task[Any]] = []
        self.judge = BasketJudge(
            rig.judge,
            rig.desk.market,
            rig.portfolio,
            rig.theoretical._valuation,
            rig.desk.instructions.checks,
        )
        self.runner = BasketRunner(rig.desk, self.judge, self.spawn)

    def spawn(self, work: Coroutine[Any, Any, Any]) -> object:
        self.tasks.append(asyncio.ensure_future(work))
        return self.tasks[-1]

    def look(self, basket: Basket) -> BasketVerdict:
        """Judge a basket."""
        return self.judge.look(basket)

    def start(self, basket: Basket) -> BasketRun:
        """Send a basket that nothing speaks against."""
        verdict = self.look(basket)
        assert verdict.plan is not None, (verdict.faults, [leg.verdict.failures for leg in verdict.legs])
        run = self.runner.start(verdict.plan)
        assert run is not None
        return run

    async def settle(self) -> None:
        """Let everything arrive and the venue tell of its books."""
        for _ in range(6):
            await self.world.settle()
            while self.tasks:
                await self.tasks.pop(0)
        self.world.pass_time(0.2, ticks=2)
        await self.world.settle()
        while self.tasks:
            await self.tasks.pop(0)
        await self.world.settle()

    async def rival(self) -> DeskRig:
        """Somebody else's desk at the same venue."""
        found = self.world.rigs.get("D2") or await self.world.open_desk("D2", OTHER)
        await self.world.settle()
        return found

    @property
    def sent(self) -> list[tuple[str, str, str | None, int]]:
        """Code, instruction, price and quantity of the orders handed to the line, in their sequence."""
        return orders_sent(self.rig)

    @property
    def cancels(self) -> int:
        """Cancels handed to the line."""
        return cancels_sent(self.rig)


def orders_sent(rig: DeskRig) -> list[tuple[str, str, str | None, int]]:
    """Code, instruction, price and quantity of the orders that a desk handed to its line, in their sequence."""
    orders = [command for command in rig.gateway.sent if isinstance(command, SubmitOrder)]
    return [
        (o.contract_code, o.instruction.value, None if o.price is None else str(o.price), o.quantity) for o in orders
    ]


def cancels_sent(rig: DeskRig) -> int:
    """Cancels that a desk handed to its line."""
    return sum(isinstance(command, CancelOrder) for command in rig.gateway.sent)


def buy(code: str, ratio: int = 1, **more: Any) -> BasketLeg:
    """A leg that is bought."""
    return BasketLeg(code, Side.BUY, ratio, **more)


def sell(code: str, ratio: int = 1, **more: Any) -> BasketLeg:
    """A leg that is sold."""
    return BasketLeg(code, Side.SELL, ratio, **more)


#: Buys at 0.4630 and sells at 0.0080: CNSJC, 认购牛市价差
SPREAD = Basket((buy(CALL), sell(CHEAP_CALL)))
#: Rests: one tick above what is asked for by others, below the best ask
RESTS = Basket((buy(CALL, basis=PriceBasis.OWN), sell(CHEAP_CALL)))


def basket_story(folder: Path, story: Callable[[BasketDesk], Awaitable[None]]) -> None:
    """Tell a story of one desk and its baskets."""

    async def told(world: World) -> None:
        rig = await world.open_desk()
        await world.settle()
        desk = BasketDesk(world, rig)
        await desk.settle()
        await story(desk)

    play(folder, told)
