"""What quotes and what guards it, built together: view, engine, plug-ins, protections, dead man, their beat."""

import asyncio
import time
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from terminal.app.call_watch import CallWatch
from terminal.app.plug_ins import PlugIns
from terminal.domain.errors import LinkError
from terminal.domain.ports import Gateway, Journal
from terminal.gateways.dead_man import DeadMan
from terminal.gateways.venue_link import VenueLink
from terminal.rules.protection.stops import StopTier
from terminal.services.desk import Desk
from terminal.services.protection import Protection
from terminal.services.quote_pauses import QuotePauses
from terminal.services.share_trades import ShareTrades
from terminal.services.theoretical import Theoretical
from terminal.strategies.engine import StrategyEngine
from terminal.strategies.entry import StrategyState
from terminal.strategies.view import DeskView

#: How often strategies and protections are given the time
BEAT_SECONDS = 0.05
#: The same while nothing quotes and nothing runs: a desk that only trades pays for no more
IDLE_BEAT_SECONDS = 0.5
#: A loop that stands still for so long costs the quotes (D)
STANDS_STILL_SECONDS = 2.0
#: What the process of a plug-in may have in memory (D); one that does nothing has 32 MB
PLUG_IN_MEMORY_BYTES = 1_000_000_000
Spawn = Callable[[Coroutine[Any, Any, Any]], object]


@dataclass(slots=True)
class QuotingDesk:
    """The quoting side of a desk."""

    desk: Desk
    view: DeskView
    engine: StrategyEngine
    protection: Protection
    watch: CallWatch
    plug_ins: PlugIns | None
    """None where there is no folder of them: a desk that only a benchmark or a test knows"""
    dead_man: DeadMan | None
    """None where the venue has no address to call at: a recorded day"""
    pauses: QuotePauses | None = None
    """None where nothing is measured, and so nobody pauses: a benchmark's desk"""

    def start(self) -> None:
        """Begin to watch."""
        self.watch.start()
        if self.dead_man is not None:
            self.dead_man.start()

    async def run(self) -> None:
        """Give strategies and protections the time, until cancelled."""
        while True:
            self.beat()
            await asyncio.sleep(BEAT_SECONDS if self._has_quotes else IDLE_BEAT_SECONDS)

    def beat(self) -> None:
        """One turn."""
        self._beat_dead_man()
        self.protection.on_timer()
        if self.pauses is not None:
            # Before the strategies: what is let go is quoted in the same beat
            self.pauses.on_timer()
        self.engine.on_timer()

    def close(self) -> None:
        """Stop every strategy, take its quotes out, end the processes of plug-ins and the watches."""
        self.engine.stop_all("the desk ends", "desk")
        if self.plug_ins is not None:
            self.plug_ins.close()
        if self.dead_man is not None:
            self.dead_man.stop()
        self.watch.close()

    def _beat_dead_man(self) -> None:
        dead_man = self.dead_man
        if dead_man is None:
            return
        if dead_man.beat():
            # It has pulled while this loop stood still: nothing goes on before a person lifts the stop
            self.engine.stop_all("the event loop stood still", "dead man")
            self.protection.stop(StopTier.CANCEL_ALL, "dead man")
        elif self._has_quotes and not dead_man.is_armed and not self.desk.quoting.gate.stops.everything:
            dead_man.arm()
        elif not self._has_quotes and dead_man.is_armed:
            dead_man.disarm()

    @property
    def _has_quotes(self) -> bool:
        running = any(entry.state is StrategyState.RUNNING for entry in self.engine.entries)
        return running or bool(self.desk.quoting.board.live_numbers)


def build_quoting_desk(
    desk: Desk,
    theoretical: Theoretical,
    journal: Journal,
    line: Gateway,
    spawn: Spawn,
    *,
    clock: Callable[[], float] = time.thread_time,
    plug_in_folder: Path | None = None,
    plug_in_memory_bytes: int = PLUG_IN_MEMORY_BYTES,
) -> QuotingDesk:
    """Build it over a desk; nothing runs yet. `line` is the gateway that leads to the venue itself.

    `clock` gives the seconds that calls of strategies are measured by: the thread's own, because a machine that is busy
    with something else is no fault of a strategy's. What waits without end is the call watch's to break off.
    """
    watch = CallWatch()

    def disconnect() -> None:
        spawn(desk.gateway.stop())

    # Before the strategies, so that input which is wrong or a window which trips closes the gate before one acts on it
    protection = Protection(
        market=desk.market,
        theoretical=theoretical,
        quoting=desk.quoting,
        orders=desk.orders,
        clock=desk.clock,
        journal=journal,
        bus=desk.bus,
        monotonic=desk.monotonic,
        spawn=spawn,
        disconnect=disconnect,
    )
    view = DeskView(desk.market, desk.portfolio, theoretical, desk.quoting.gate, desk.clock.now, desk.monotonic)
    engine = StrategyEngine(
        market=desk.market,
        theoretical=theoretical,
        quoting=desk.quoting,
        orders=desk.orders,
        view=view,
        bus=desk.bus,
        now=desk.clock.now,
        monotonic=desk.monotonic,
        clock=clock,
        spawn=spawn,
        watch=watch,
        shares=ShareTrades(desk.instructions, desk.market, spawn),
        when_idle=lambda do: asyncio.get_running_loop().call_soon(do),
    )
    dead_man = None
    if isinstance(line, VenueLink):
        dead_man = DeadMan(
            lambda: _peer(line),
            desk_id=desk.desk_id,
            account_id=lambda: desk.orders.account_id,
            stands_still_seconds=STANDS_STILL_SECONDS,
        )
    plug_ins = None
    if plug_in_folder is not None:
        plug_ins = PlugIns(plug_in_folder, engine, memory_bytes=plug_in_memory_bytes)
    return QuotingDesk(desk, view, engine, protection, watch, plug_ins, dead_man)


def _peer(line: VenueLink) -> tuple[str, int]:
    if line.peer is None:
        raise LinkError("the desk has had no line yet")
    return line.peer
