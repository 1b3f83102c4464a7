"""A world on an expiry day: the contracts of the harness end today, the market stands still at 13:00 or later."""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import dataclass, field
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import msgspec

from terminal.domain.calendar import SHANGHAI
from terminal.domain.ports import RecordKind
from terminal.services.expiry_services import ExpiryServices, build_expiry
from tests.harness import CALENDAR, DeskRig, World

EXPIRY = date(2026, 3, 25)


@dataclass
class ExpiryRig:
    """One desk with the expiry services, what they remember, and the work they started."""

    rig: DeskRig
    services: ExpiryServices
    memory: dict[str, Any]
    started: list[Coroutine[Any, Any, Any]] = field(default_factory=list)

    async def finish(self) -> int:
        """Let what was started run; gives how much there was."""
        work, self.started[:] = list(self.started), []
        for coroutine in work:
            await coroutine
        return len(work)


class Memory(dict[str, Any]):
    """What the program remembers between runs."""

    def read(self, key: str) -> Any:
        """The value of a key."""
        return self.get(key)

    def write(self, key: str, value: Any) -> None:
        """Keep a value."""
        self[key] = value


def expire(rig: DeskRig, memory: Memory | None = None) -> ExpiryRig:
    """Build the services over a desk, with what its journal holds."""
    kept = memory if memory is not None else Memory()
    started: list[Coroutine[Any, Any, Any]] = []

    def spawn(work: Coroutine[Any, Any, Any]) -> None:
        started.append(work)

    services = build_expiry(rig.desk, CALENDAR, lambda _contract: None, kept, spawn)
    notes = [record for record in rig.journal.read() if record.kind is RecordKind.NOTE]
    services.abandonments.restore(notes)
    services.auto.restore(notes)
    return ExpiryRig(rig, services, kept, started)


def play_expiry(
    folder: Path, story: Callable[[World], Awaitable[None]], *, at: time = time(13, 0), speed: float = 0.0
) -> None:
    """Tell a story on an expiry day, and take everything down after it."""

    async def told() -> None:
        world = World(folder, speed=speed)
        day = msgspec.structs.replace(world.header.day, trading_day=EXPIRY)
        start = datetime.combine(EXPIRY, at, SHANGHAI)
        world.header = msgspec.structs.replace(world.header, day=day, start=start)
        world.open_venue()
        try:
            await story(world)
        finally:
            await world.close()

    asyncio.run(told())
