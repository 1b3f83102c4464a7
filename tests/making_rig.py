"""A market maker's desk in the world of `tests.harness` with everything the making screens stand on."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path

import msgspec

from terminal.domain.messages import RequestQuote
from terminal.rules.obligations.terms import Participation
from terminal.services.answer_log import AnswerLog
from terminal.services.desk_parts import build_obligations
from terminal.services.obligation_scores import ObligationScores
from terminal.services.obligations import Obligations
from terminal.services.quote_drafts import QuoteDrafts
from terminal.venue.crowd.adoption import BookLevels
from tests.harness import CALL, FUND, PUT, DeskRig, World
from tests.services.obligation_desk import terms_of

MAKER = "MM1"
#: The put's book is so wide that the exchange sends inquiries for it on
_LEVELS = {
    CALL: BookLevels(((4620, 10), (4610, 20)), ((4630, 10), (4640, 20))),
    PUT: BookLevels(((660, 10), (650, 20)), ((730, 10), (740, 20))),
}


@dataclass
class MakingRig:
    """A desk and its making services; `asker` is another client of the same venue."""

    world: World
    rig: DeskRig
    obligations: Obligations
    drafts: QuoteDrafts
    log: AnswerLog
    scores: ObligationScores
    asker: DeskRig | None = None

    async def ask(self, code: str = PUT, quantity: int = 0) -> None:
        """Another client asks the makers for a quote."""
        if self.asker is None:
            self.asker = await self.world.open_desk("D2", "OTHER1")
            await self.world.settle()
        assert self.asker.gateway.send(RequestQuote(request_id=f"r-{code}", contract_code=code, quantity=quantity))
        await self.world.settle()
        await self.wait(0.5)

    async def wait(self, seconds: float) -> None:
        """Let market time pass half a second at a time, and everything arrive."""
        for _ in range(int(seconds * 2)):
            self.world.pass_time(0.5, ticks=5)
            await self.world.settle()


async def open_making(world: World, account: str = MAKER, participation: str = "") -> MakingRig:
    """Open the desk of an account, recovered and with theoretical prices; a `participation` of its own for the day."""
    rig = world.build_desk("D1", account, None)
    world.rigs["D1"] = rig
    desk, terms = rig.desk, terms_of("sse_generic")
    if participation:
        terms = msgspec.structs.replace(terms, participation=Participation(rate=Decimal(participation)))
    obligations = build_obligations(desk, terms, world.rules.sessions)
    log = AnswerLog(desk.bus, obligations, desk.quoting)
    drafts = QuoteDrafts(desk.market, rig.theoretical, obligations, desk.quoting)
    await desk.start()
    await world.settle()
    rig.theoretical.settle(FUND)
    profiles = (terms, terms_of("sse_simulation_2014"))
    scores = ObligationScores(rig.journal.read, world.rules.sessions, lambda: profiles)
    return MakingRig(world, rig, obligations, drafts, log, scores)


def making_story(
    folder: Path, story: Callable[[MakingRig], Awaitable[None]], account: str = MAKER, participation: str = ""
) -> None:
    """Tell a story of one desk in a market that moves in real time from 13:00."""

    async def told() -> None:
        world = World(folder, speed=1.0, levels=_LEVELS)
        world.options = replace(world.options, accounts=world.settings.accounts)
        world.open_venue()
        try:
            await story(await open_making(world, account, participation))
        finally:
            await world.close()

    asyncio.run(told())


__all__ = ["CALL", "PUT", "MakingRig", "making_story", "open_making"]
