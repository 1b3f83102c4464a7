"""The kill switch and the dead-man watch against the real venue in its own process: 2,000 orders and some quotes gone.

    python -m benchmarks kill-switch [--orders 2000]

A desk without a screen has a line of its own to a venue that plays the simulated market. STOP is pressed with so many
orders in the books; then the same with nobody to press it, because the desk's event loop, which is the screen's too, is
kept from turning for five seconds. When the last order went then is told by the venue's own times, beside the desk's
picture of the market's clock, which is good to some hundredths of a second. Fails when something leaves later than
100 ms after the press, or anything is left a second after the press or after the two seconds that the watch waits.
"""

import argparse
import asyncio
import sys
import tempfile
import time
from collections.abc import Coroutine, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from benchmarks.quoting_room import FREE
from terminal.app.quoting_desk import STANDS_STILL_SECONDS, build_quoting_desk
from terminal.domain.messages import CancelAll, CancelOrder, CancelQuotes, Command, OrderReport, Ping
from terminal.domain.orders import ExecType, Instruction, OrderRequest, OrderType
from terminal.domain.ports import VenueListener
from terminal.domain.quotes import QuoteEntry
from terminal.gateways.embedded import EmbeddedVenue
from terminal.gateways.venue_link import VenueLink
from terminal.resources import resource_folder
from terminal.rule_files import read_calendar
from terminal.rules.profile import parse_profile
from terminal.rules.protection.stops import StopTier
from terminal.services.checks import DeskLimits
from terminal.services.desk_parts import build_desk
from terminal.services.market_clock import MarketClock
from terminal.storage.journal import SqliteJournal

SENT_LIMIT_MS, GONE_LIMIT_SECONDS = 100.0, 1.0
_BLOCKED_SECONDS = 5.0
_QUOTES = 40
#: So much of them must be there
_MOST = 0.99
#: Inside the 300 a second that the market takes, other messages beside them
_ORDERS_A_BURST, _BURST_SECONDS = 20, 0.1
_PATIENCE_SECONDS = 60.0
_RATE_SECONDS = 1.1
_HARMLESS = (CancelAll, CancelOrder, CancelQuotes, Ping)


@dataclass
class NotedLine:
    """The line to the venue, with the moment at which each command was handed over."""

    line: VenueLink
    sent: list[tuple[float, Command]] = field(default_factory=list)

    async def start(self, listener: VenueListener) -> None:
        """Begin."""
        await self.line.start(listener)

    def send(self, command: Command) -> bool:
        """Hand on."""
        self.sent.append((time.perf_counter(), command))
        return self.line.send(command)

    async def stop(self) -> None:
        """End."""
        await self.line.stop()


class Stage:
    """A maker's desk with a line to the venue, its protections and its watch."""

    def __init__(self, folder: Path, venue: EmbeddedVenue) -> None:
        link = VenueLink(venue.address)
        self.line = NotedLine(link)
        self.journal = SqliteJournal(folder / "desk.sqlite")
        rules = (resource_folder() / "rules" / "sse_2025.toml").read_text("utf-8")
        self.parts = build_desk(
            desk_id="K1",
            account_id="MM1",
            gateway=self.line,
            journal=self.journal,
            profile=parse_profile(rules, "sse_2025.toml"),
            calendar=read_calendar(None),
            limits=DeskLimits(Decimal(10_000_000)),
            sheet=FREE,
            rate=0.015,
            clock=MarketClock(time.monotonic),
            monotonic=time.monotonic,
        )
        self.desk = self.parts.desk
        self.tasks: set[asyncio.Future[Any]] = set()
        self.quoting = build_quoting_desk(self.desk, self.parts.theoretical, self.journal, link, self.spawn)
        self.gone_at: list[datetime] = []
        self.desk.bus.subscribe(OrderReport, self._on_report)

    def spawn(self, work: Coroutine[Any, Any, Any]) -> object:
        """Run beside."""
        task = asyncio.ensure_future(work)
        self.tasks.add(task)
        task.add_done_callback(self.tasks.discard)
        return task

    @property
    def left(self) -> int:
        """Orders and quotes that the desk believes in the market."""
        return len(self.desk.orders.working()) + len(self.desk.quoting.board.live_numbers)

    async def fill(self, count: int) -> None:
        """Put orders into the books, far from the market, and some quotes beside them."""
        contracts = self.desk.market.contracts
        orders = self.desk.orders
        # A tick's worth each in contracts that trade at more: nobody meets them
        far = [
            c for c in contracts if c.limit_down < c.previous_settlement / 2 and c.previous_settlement > Decimal("0.02")
        ]
        for first in range(0, count, _ORDERS_A_BURST):
            for number in range(first, min(first + _ORDERS_A_BURST, count)):
                contract = far[number % len(far)]
                price = max(contract.limit_down, Decimal("0.0001"))
                await orders.submit(OrderRequest(contract.code, Instruction.BUY_OPEN, OrderType.LIMIT, 1, price))
            await asyncio.sleep(_BURST_SECONDS)
        for contract in far[:_QUOTES]:
            bid = max(contract.limit_down, Decimal("0.0001")) + Decimal("0.0001")
            self.desk.quoting.quote(
                QuoteEntry(
                    contract_code=contract.code,
                    bid_price=bid,
                    bid_quantity=10,
                    ask_price=contract.limit_up,
                    ask_quantity=10,
                )
            )
        # One or another may have met somebody
        await self.until(lambda: self.left >= _MOST * (count + _QUOTES))
        working, live = len(orders.working()), len(self.desk.quoting.board.live_numbers)
        print(f"{working} orders and {live} quotes in the market")

    async def until(self, condition: Any) -> None:
        """Wait for the venue."""
        async with asyncio.timeout(_PATIENCE_SECONDS):
            while not condition():  # noqa: ASYNC110 - a hundred kinds of events might fulfil it
                await asyncio.sleep(0.002)

    def _on_report(self, report: OrderReport) -> None:
        if report.exec_type is ExecType.CANCELLED:
            self.gone_at.append(report.at)


@dataclass(frozen=True, slots=True)
class Outcome:
    """Milliseconds to the last cancel that left, seconds until nothing was left, and what left beside cancels."""

    sent_ms: float
    gone_seconds: float
    others: int


async def press(stage: Stage) -> Outcome:
    """STOP, with the loop turning."""
    at, began = len(stage.line.sent), time.perf_counter()
    stage.quoting.protection.stop(StopTier.CANCEL_ALL, "bench")
    await stage.until(lambda: stage.left == 0)
    gone = time.perf_counter() - began
    # Whoever goes on trying finds the gate closed
    contract = stage.desk.market.contracts[0]
    await stage.desk.orders.submit(
        OrderRequest(contract.code, Instruction.BUY_OPEN, OrderType.LIMIT, 1, contract.previous_settlement)
    )
    await asyncio.sleep(0.2)
    since = stage.line.sent[at:]
    cancels = [moment for moment, command in since if isinstance(command, CancelAll | CancelOrder | CancelQuotes)]
    others = sum(not isinstance(command, _HARMLESS) for _, command in since)
    return Outcome(1000.0 * (max(cancels) - began), gone, others)


async def block(stage: Stage) -> Outcome:
    """Nobody presses: the loop stands still for five seconds, and the watch pulls over a line of its own."""
    stage.gone_at.clear()
    stage.quoting.beat()
    began, at = stage.desk.clock.now(), len(stage.line.sent)
    time.sleep(_BLOCKED_SECONDS)  # noqa: ASYNC251 - a loop that stands still is what is measured
    stage.quoting.beat()
    await stage.until(lambda: stage.left == 0)
    await asyncio.sleep(0.2)
    others = sum(not isinstance(command, _HARMLESS) for _, command in stage.line.sent[at:])
    return Outcome(0.0, (max(stage.gone_at) - began).total_seconds() - STANDS_STILL_SECONDS, others)


async def play(folder: Path, count: int) -> int:
    """Both, one after the other."""
    venue = EmbeddedVenue(
        folder / "venue", ["--seed", "7", "--start", "09:31", "--speed", "1", "--wait-for-desk", "--linger", "5"]
    )
    stage = Stage(folder, venue)
    failed = False
    try:
        await stage.desk.start()
        await stage.until(lambda: len(stage.desk.market.contracts) > 0 and stage.desk.portfolio.funds is not None)
        stage.quoting.start()
        await stage.fill(count)
        pressed = await press(stage)
        print(
            f"    STOP: the last cancel leaves {pressed.sent_ms:.1f} ms after it, "
            f"nothing is left after {pressed.gone_seconds:.2f} s"
        )
        stage.quoting.protection.lift("bench")
        # The counter counts the cancels too: orders within a second of them would be refused for their rate
        await asyncio.sleep(_RATE_SECONDS)
        await stage.fill(count)
        blocked = await block(stage)
        print(
            f"    loop blocked for {_BLOCKED_SECONDS:g} s: the watch waits {STANDS_STILL_SECONDS:g} s, "
            f"nothing is left {blocked.gone_seconds:.2f} s later"
        )
        failed = (
            pressed.sent_ms > SENT_LIMIT_MS
            or pressed.others + blocked.others > 0
            or max(pressed.gone_seconds, blocked.gone_seconds) > GONE_LIMIT_SECONDS
        )
        print(f"    sent beside cancels: {pressed.others + blocked.others}")
    finally:
        stage.quoting.close()
        await stage.desk.gateway.stop()
        await stage.journal.close()
        venue.end()
    return int(failed)


def main(arguments: Sequence[str]) -> int:
    """Measure in a temporary folder."""
    parser = argparse.ArgumentParser(prog="benchmarks kill-switch", description="STOP and the dead-man watch at work.")
    parser.add_argument("--orders", type=int, default=2_000)
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        return asyncio.run(play(Path(folder), options.orders))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
