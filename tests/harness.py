"""Desks and a venue in one process: the real services, journals, host and market; only the line is made of memory.

A line carries whole frames of `domain.wire`, encoded and decoded both ways, and moves them when `World.settle` pumps.
A test drops, holds, doubles or reorders what is on it. The market stands still at 13:00 with known books, so prices and
fills can be told beforehand. `kill` ends a desk or the venue as a lost process would: what its journal had not
written yet (`HeldJournal.hold`) is gone.
"""

import asyncio
import math
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field, fields
from datetime import datetime
from decimal import Decimal
from pathlib import Path

from terminal.domain.accounts import PositionSide
from terminal.domain.calendar import SHANGHAI, TradingCalendar, TradingYear
from terminal.domain.messages import DayOpened
from terminal.domain.orders import Instruction, Order, OrderRequest, OrderType
from terminal.domain.ports import RecordKind
from terminal.resources import resource_folder
from terminal.rules.protection.limit_sheet import LimitSheet
from terminal.services.checks import DeskLimits, OrderChecks
from terminal.services.desk import Desk
from terminal.services.desk_parts import build_desk
from terminal.services.events import AlarmKind, AlarmRaised, OrderChanged
from terminal.services.gate import Gate
from terminal.services.market_clock import MarketClock
from terminal.services.order_draft import DraftJudge
from terminal.services.orders import OrderService
from terminal.services.portfolio import Portfolio
from terminal.services.quoting import QuoteService
from terminal.services.theoretical import Theoretical
from terminal.venue.book import BookHeader, decode_picture, open_market, picture_of, resume_market
from terminal.venue.counter.entries import JournalEntry, decode_entry, encode_entry
from terminal.venue.crowd.adoption import BookLevels
from terminal.venue.crowd.settings import MarketSettings, parse_market
from terminal.venue.host import VenueHost
from terminal.venue.host_options import HostOptions, capabilities_of
from terminal.venue.market import Market
from terminal.venue.notices import decode_notice
from terminal.venue.pacer import Pacer
from tests.held_journal import HeldJournal
from tests.memory_line import DirectGateway
from tests.venue.counter.market import CALL, CHEAP_CALL, CONTRACTS, DAY, FUND, OTHER_CALL, PUT, UNDERLYINGS, profile

__all__ = ["CALL", "CHEAP_CALL", "CONTRACTS", "DAY", "FUND", "OTHER_CALL", "PUT", "UNDERLYINGS"]

ACCOUNT = "880000001888"
GRACE = 2.0
START = datetime(2026, 3, 2, 13, 0, tzinfo=SHANGHAI)
#: What rests in the books, price in 0.0001 yuan and quantity, best first
LEVELS = {
    CALL: BookLevels(((4620, 10), (4610, 20)), ((4630, 10), (4640, 20))),
    CHEAP_CALL: BookLevels(((80, 30),), ((82, 30),)),
    PUT: BookLevels(((690, 10), (680, 20)), ((710, 10), (720, 20))),
}
_PATIENCE = 400
#: Limits nobody reaches
OPEN_SHEET = LimitSheet(**{field.name: math.inf for field in fields(LimitSheet) if field.name != "cancel_reserve"})
#: Weekdays: no story here turns on a holiday
CALENDAR = TradingCalendar([TradingYear(2026, frozenset()), TradingYear(2027, frozenset())])


def market_settings() -> MarketSettings:
    """The shipped settings of the simulated market."""
    return parse_market((resource_folder() / "market.toml").read_text("utf-8"), "market.toml")


@dataclass
class HandClock:
    """Monotonic seconds that stand still until moved."""

    seconds: float = 1000.0

    def __call__(self) -> float:
        """Seconds now."""
        return self.seconds


@dataclass
class DeskRig:
    """One desk with everything under it."""

    desk: Desk
    gateway: DirectGateway
    journal: HeldJournal
    checks: OrderChecks
    judge: DraftJudge
    theoretical: Theoretical
    alarms: list[AlarmRaised] = field(default_factory=list)
    changes: list[Order] = field(default_factory=list)

    @property
    def orders(self) -> OrderService:
        """The order service."""
        return self.desk.orders

    @property
    def quoting(self) -> QuoteService:
        """The quote service."""
        return self.desk.quoting

    @property
    def gate(self) -> Gate:
        """The gate before orders and quotes."""
        return self.quoting.gate

    @property
    def portfolio(self) -> Portfolio:
        """The portfolio."""
        return self.desk.portfolio

    def order(self, order: Order) -> Order:
        """The order as it stands now."""
        found = self.orders.order(order.client_order_id)
        assert found is not None, order.client_order_id
        return found

    def alarm_kinds(self) -> list[AlarmKind]:
        """Alarms so far."""
        return [alarm.kind for alarm in self.alarms]

    def held(self) -> dict[tuple[str, PositionSide], int]:
        """What stands in the portfolio."""
        return {key: p.quantity for key, p in self.portfolio.positions.items() if p.quantity}


def limit(
    code: str, price: str, quantity: int = 1, instruction: Instruction = Instruction.BUY_OPEN, **more: OrderType
) -> OrderRequest:
    """A limit order in short."""
    return OrderRequest(code, instruction, more.get("order_type", OrderType.LIMIT), quantity, Decimal(price))


class World:
    """A folder with journals, the venue of this moment, and the desks."""

    def __init__(self, folder: Path, *, speed: float = 0.0, levels: Mapping[str, BookLevels] | None = None) -> None:
        self.folder = folder
        self.clock = HandClock()
        self.rules = profile()
        self.settings = market_settings()
        self.speed = speed
        self.header = BookHeader(
            book_id="book1",
            day=DayOpened(trading_day=DAY, underlyings=UNDERLYINGS, contracts=CONTRACTS, source="test"),
            profile="sse_2025",
            seed=7,
            start=START,
            levels=dict(LEVELS if levels is None else levels),
            spots={FUND: Decimal("2.963")},
        )
        self.host: VenueHost | None = None
        self.venue_journal: HeldJournal | None = None
        self.rigs: dict[str, DeskRig] = {}
        self.options = HostOptions(
            book_id=self.header.book_id,
            seed=7,
            source="test",
            opening_cash=Decimal("1000000.00"),
            opening_shares={FUND: 100_000},
            grace_seconds=GRACE,
            accounts=self.settings.accounts,
            capabilities=capabilities_of(self.rules),
        )

    # ---- the venue

    @property
    def venue(self) -> VenueHost:
        """The venue that runs."""
        assert self.host is not None
        return self.host

    @property
    def market(self) -> Market:
        """Its market."""
        return self.venue.market

    def open_venue(self) -> VenueHost:
        """Start the venue on what its journal has; a new book when it has nothing."""
        journal = HeldJournal(self.folder / f"venue-{self.header.book_id}.sqlite")
        records = journal.read()
        entries: list[JournalEntry] = [decode_entry(r.body) for r in records if r.kind is RecordKind.EVENT]
        posted = [decode_notice(r.body) for r in records if r.kind is RecordKind.NOTICE]
        state = journal.states().get("market")
        if entries or state:
            picture = decode_picture(state) if state else None
            market = resume_market(self.header, self.rules, self.settings, entries, picture)
            if market.outcome.entries:
                journal.append([(RecordKind.EVENT, market.now, encode_entry(e)) for e in market.outcome.entries])
            market.outcome.clear()
        else:
            market = open_market(self.header, self.rules, self.settings)
        self.venue_journal = journal
        self.host = VenueHost(
            market,
            Pacer(market.now, self.speed, self.clock()),
            journal,
            self.options,
            lambda: picture_of(market),
            self.clock,
            posted=posted,
        )
        return self.host

    async def kill_venue(self) -> None:
        """The venue's process is gone; the lines end."""
        host, journal, self.host = self.host, self.venue_journal, None
        assert host is not None
        assert journal is not None
        for rig in self.rigs.values():
            rig.gateway.cut()
        self.venue_journal = None
        await journal.lose()

    def pass_time(self, seconds: float, ticks: int = 1) -> None:
        """Move the monotonic clock and let the venue turn."""
        for _ in range(ticks):
            self.clock.seconds += seconds / ticks
            if self.host is not None:
                self.host.tick()

    # ---- desks

    async def open_desk(
        self, desk_id: str = "D1", account_id: str = ACCOUNT, *, value_limit: Decimal | None = Decimal(2_000_000)
    ) -> DeskRig:
        """Build a desk on its journal and open its line."""
        rig = self.build_desk(desk_id, account_id, value_limit)
        self.rigs[desk_id] = rig
        await rig.desk.start()
        return rig

    def build_desk(self, desk_id: str, account_id: str, value_limit: Decimal | None) -> DeskRig:
        """Everything of one desk, not started."""
        journal, gateway = HeldJournal(self.folder / f"desk-{desk_id}.sqlite"), DirectGateway(lambda: self.host)
        parts = build_desk(
            desk_id=desk_id,
            account_id=account_id,
            gateway=gateway,
            journal=journal,
            profile=self.rules,
            calendar=CALENDAR,
            limits=DeskLimits(value_limit),
            sheet=OPEN_SHEET,
            rate=0.015,
            clock=MarketClock(self.clock),
            monotonic=self.clock,
        )
        desk, checks, bus = parts.desk, parts.checks, parts.desk.bus
        rig = DeskRig(
            desk, gateway, journal, checks, DraftJudge(checks, desk.market, desk.portfolio), parts.theoretical
        )
        bus.subscribe(AlarmRaised, rig.alarms.append)
        bus.subscribe(OrderChanged, lambda event: rig.changes.append(event.order))
        return rig

    async def kill_desk(self, desk_id: str) -> None:
        """The desk's process is gone."""
        rig = self.rigs.pop(desk_id)
        rig.gateway._listener = None
        rig.gateway.cut()
        await rig.journal.lose()

    # ---- together

    async def settle(self) -> None:
        """Let everything arrive that is not held: frames, and what waits for a disk."""
        for _ in range(_PATIENCE):
            moved = sum(rig.gateway.pump() for rig in self.rigs.values())
            if moved:
                continue
            for journal in (self.venue_journal, *(rig.journal for rig in self.rigs.values())):
                if journal is not None and journal.failure is None:
                    await journal.flush()
            for _ in range(4):
                await asyncio.sleep(0)
            if not any(
                (rig.gateway.to_desk and not rig.gateway.hold_to_desk)
                or (rig.gateway.to_venue and not rig.gateway.hold_to_venue)
                for rig in self.rigs.values()
            ):
                return
        raise AssertionError("the desks and the venue do not come to rest")

    async def close(self) -> None:
        """End everything that was started."""
        for rig in self.rigs.values():
            await rig.desk.stop()
            await rig.journal.close()
        self.rigs.clear()
        if self.venue_journal is not None:
            await self.venue_journal.close()
            self.venue_journal = None


def play(folder: Path, story: Callable[[World], Awaitable[None]], *, speed: float = 0.0) -> None:
    """Tell a story in a world with its venue open, and take everything down after it."""

    async def told() -> None:
        world = World(folder, speed=speed)
        world.open_venue()
        try:
            await story(world)
        finally:
            await world.close()

    asyncio.run(told())
