"""A maker's desk with plug-ins in processes of their own, and the text of some plug-ins."""

import asyncio
import os
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path

from terminal.app.plug_ins import PlugIns
from terminal.strategies.entry import StrategyEntry, StrategyState
from terminal.strategies.plug_ins.proxy import PlugInStrategy
from tests.harness import FUND, PUT, HandClock, World, play
from tests.quoting_rig import limits
from tests.strategies.desk_room import Room, open_room

MEMORY_BYTES = 400_000_000
#: Ends what hangs; nothing is asserted by it, so it may be longer than the slowest machine needs
PATIENCE_SECONDS = 120.0
HEAD = """
import time
from dataclasses import dataclass
from decimal import Decimal

import numpy as np

from terminal.domain.orders import Instruction, OrderRequest, OrderType
from terminal.rules.protection.order_checks import QuoteBatch
from terminal.strategies.protocol import Strategy

API_VERSION = 2
PUT = "{put}"

@dataclass(frozen=True)
class Terms:
    underlying: str = "{fund}"
    size: int = 5

def put_quote(view, bid, ask, size=5, number=None):
    number = view.universe.number_of[PUT] if number is None else number
    one, no = np.array([number]), np.zeros(1, bool)
    return QuoteBatch.of_sides(one, np.array([bid]), np.array([size]), np.array([ask]), np.array([size]), no, no)

class Mine(Strategy):
{body}

STRATEGY, PARAMETERS = Mine, Terms
"""


def plug_in(body: str) -> str:
    """The text of a plug-in: `body` is the class's, indented by nothing."""
    lines = [f"    {line}" if line else "" for line in body.strip("\n").splitlines()]
    return HEAD.replace("{put}", PUT).replace("{fund}", FUND).replace("{body}", "\n".join(lines) or "    pass")


@dataclass
class PlugInRoom:
    """A desk, its engine and its plug-ins."""

    room: Room
    plug_ins: PlugIns
    spot: int = 29_640

    def write(self, text: str, name: str = "mine") -> None:
        """Put a plug-in into the user's folder."""
        (self.plug_ins.folder / f"{name}.py").write_text(text, "utf-8")

    async def started(self, name: str = "one", plug_in: str = "mine", **values: str) -> PlugInStrategy:
        """A strategy of a plug-in, running; its process loads yet."""
        strategy = await self.plug_ins.add(name, plug_in, values, limits())
        assert self.room.engine.start(name, "ann") is None
        return strategy

    def entry(self, name: str = "one") -> StrategyEntry:
        """How the engine has it."""
        found = self.room.engine.entry(name)
        assert found is not None
        return found

    def notes(self, name: str = "one") -> list[str]:
        """Its own log."""
        ask = self.entry(name).ask
        return [] if ask is None else list(ask.notes)

    async def until(self, ready: Callable[[], bool]) -> None:
        """Beat until something is so. The price moves by a tick with every beat."""
        began = time.monotonic()
        while not ready():
            assert time.monotonic() - began < PATIENCE_SECONDS, [
                (entry.state, entry.cause, entry.ask and entry.ask.notes) for entry in self.room.engine.entries
            ]
            self.spot += 10 if self.spot % 20 else -10
            self.room.tick(self.spot)
            self.room.engine.on_timer()
            await self.room.settle()
            await asyncio.sleep(0.01)

    async def until_faulted(self, name: str = "one") -> str:
        """Beat until it is stopped by the engine; gives the cause, with its process gone."""
        await self.until(lambda: self.entry(name).state is StrategyState.FAULTED)
        await self.until(lambda: not self.plug_ins.process_ids)
        await self.room.settle()
        return self.entry(name).cause


def plug_in_story(
    folder: Path,
    story: Callable[[PlugInRoom], Awaitable[None]],
    *,
    seconds: Callable[[], float] | None = None,
) -> None:
    """Tell a story of a desk with plug-ins; no process is left behind it.

    `seconds` holds them to their time, which stands still without it: a busy machine is no plug-in that hangs.
    """

    async def told(world: World) -> None:
        files = folder / "plug-ins"
        files.mkdir()
        room = await open_room(world)
        plug_ins = PlugIns(files, room.engine, memory_bytes=MEMORY_BYTES, seconds=seconds or HandClock())
        try:
            await story(PlugInRoom(room, plug_ins))
        finally:
            left = plug_ins.process_ids
            room.engine.stop_all("the desk ends", "desk")
            plug_ins.close()
            assert not any(map(is_running, left))

    play(folder, told)


def is_running(process_id: int) -> bool:
    """Whether a process is there."""
    try:
        os.kill(process_id, 0)
    except OSError:
        return False
    return True
