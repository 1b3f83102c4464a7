"""A maker's desk that quotes: quoter, protections and measure run over the real venue, for faults to be put into."""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from terminal.app.limits import maker_limits
from terminal.domain.market_data import Column, pack_rows
from terminal.domain.messages import CancelQuotes, MarketDataBatch, SubmitQuotes
from terminal.services.answer_guard import AnswerGuard
from terminal.services.desk_parts import build_obligations
from terminal.services.obligations import Obligations
from terminal.services.protection import Protection
from terminal.strategies.engine import StrategyEngine
from terminal.strategies.entry import StrategyState
from terminal.strategies.quoter import ContinuousQuoter
from terminal.strategies.quoter_parameters import QuoterParameters
from terminal.strategies.view import DeskView
from tests.harness import CHEAP_CALL, FUND, PUT, START, DeskRig, HandClock, World
from tests.quoting_rig import MAKER, limits, open_maker, quote_messages
from tests.services.obligation_desk import terms_of

OTHER = "880000009999"
#: Quoted by every maker here: sound books on both sides
QUOTED = (PUT, CHEAP_CALL)
_BEAT = 0.05


@dataclass
class Maker:
    """What a fault is put into, and what must come of it is asked of."""

    world: World
    rig: DeskRig
    engine: StrategyEngine
    quoter: ContinuousQuoter
    guard: Protection
    obligations: Obligations
    calls: HandClock
    """What calls of strategies are measured by"""
    tasks: list["asyncio.Task[Any]"] = field(default_factory=list)
    spot: int = 29_630

    @property
    def state(self) -> StrategyState:
        """How the quoter stands."""
        entry = self.engine.entry("quoter")
        assert entry is not None
        return entry.state

    @property
    def live(self) -> list[str]:
        """Contracts that the desk believes it quotes."""
        return [code for code in QUOTED if self.rig.quoting.live(code) is not None]

    @property
    def at_venue(self) -> int:
        """Orders, sides of quotes among them, that the venue has of this account."""
        return self.world.market.counter.working_count("MM1")

    @property
    def sent(self) -> int:
        """Quote messages handed to the line so far."""
        return len(quote_messages(self.rig))

    @property
    def cancels(self) -> int:
        """Cancels of quotes handed to the line so far."""
        return sum(isinstance(command, CancelQuotes) for command in self.rig.gateway.sent)

    def tick(self, by: int = 1, **columns: int) -> None:
        """The underlying moves, seen by this desk alone; columns by name stand for others."""
        self.spot += by
        market = self.rig.desk.market
        row = market.quotes[0].copy()
        row[[Column.LAST, Column.BID_PRICE, Column.ASK_PRICE]] = self.spot, self.spot - 10, self.spot + 10
        for name, value in columns.items():
            row[Column[name]] = value
        market.apply(MarketDataBatch(at=START, rows=pack_rows(row.reshape(1, -1))))

    def book(self, code: str, **columns: int) -> None:
        """The book of a contract as this desk alone is told it."""
        market = self.rig.desk.market
        row = market.quotes[market.row_of[code]].copy()
        for name, value in columns.items():
            row[Column[name]] = value
        market.apply(MarketDataBatch(at=START, rows=pack_rows(row.reshape(1, -1))))

    async def beat(self, times: int = 1, *, moving: bool = True) -> None:
        """The desk's timer turns and everything arrives; with a price that moves, or without a word of the feed."""
        for number in range(times):
            self.world.pass_time(_BEAT)
            if moving:
                self.tick(1 if number % 2 else -1)
            self.guard.on_timer()
            self.engine.on_timer()
            await self.settle()

    async def settle(self) -> None:
        """Let everything arrive that is under way."""
        await self.world.settle()
        while self.tasks:
            await asyncio.gather(*self.tasks)
            self.tasks.clear()
            await self.world.settle()


async def open_quoting(world: World, account: str = MAKER, **parameters: Any) -> Maker:
    """The desk of a maker whose quoter runs and lies in the book of both contracts; or of a client who quotes."""
    rig = await open_maker(world, account_id=account)
    desk, calls = rig.desk, HandClock()
    tasks: list[asyncio.Task[Any]] = []

    def spawn(work: Coroutine[Any, Any, Any]) -> object:
        tasks.append(asyncio.ensure_future(work))
        return tasks[-1]

    obligations = build_obligations(desk, terms_of("sse_generic"), world.rules.sessions)
    AnswerGuard(desk.bus, obligations, desk.quoting, desk.clock.now)
    # As when the desk starts with these services: they hear of the day and the account
    rig.gateway.cut()
    rig.gateway.connect()
    await world.settle()
    rig.alarms.clear()
    rig.theoretical.settle(FUND)
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
    )
    guard = Protection(
        market=desk.market,
        theoretical=rig.theoretical,
        quoting=rig.quoting,
        orders=rig.orders,
        clock=desk.clock,
        journal=rig.journal,
        bus=desk.bus,
        monotonic=world.clock,
        spawn=spawn,
    )
    # Three contracts are no chain: one that has no price is a third of them
    guard.rules = replace(maker_limits({}).pull, drift_seconds=1e9)
    quoter = ContinuousQuoter(
        "quoter", replace(QuoterParameters(underlying=FUND, size=10, half_ticks=8, improve_ticks=1_000), **parameters)
    )
    engine.add(quoter, limits())
    maker = Maker(world, rig, engine, quoter, guard, obligations, calls, tasks)
    maker.tick(0)
    assert engine.start("quoter", "ann") is None
    await maker.beat(2)
    assert maker.live == list(QUOTED)
    return maker


def quoting_story(
    folder: Path, story: Callable[[Maker], Awaitable[None]], *, speed: float = 0.0, **parameters: Any
) -> None:
    """Tell a story of a desk that quotes."""

    async def told() -> None:
        world = World(folder, speed=speed)
        world.open_venue()
        try:
            await story(await open_quoting(world, **parameters))
        finally:
            await world.close()

    asyncio.run(told())


__all__ = ["CHEAP_CALL", "FUND", "PUT", "Maker", "SubmitQuotes", "quoting_story"]
