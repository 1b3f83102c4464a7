"""A market maker's whole desk without a screen: the services of the program as the program builds them, a hand clock.

Nothing here is made for the benchmark but the line and the clock: limits, windows, pull rules, quoters and responders
are those a maker gets who sets nothing.
"""

import asyncio
from collections.abc import Coroutine, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from benchmarks.making_market import DayClock, FrameLine
from terminal.app.analysis import build_services
from terminal.app.limits import desk_sheet, maker_limits
from terminal.app.making import build_services as build_making
from terminal.app.preferences import Preferences
from terminal.app.quoting_desk import QuotingDesk, build_quoting_desk
from terminal.app.quoting_panels import build_maker
from terminal.app.terms_shelf import DeskTerms
from terminal.config import Settings
from terminal.domain.calendar import TradingCalendar
from terminal.pricing.curve import Curve
from terminal.rules.obligations.terms import Terms
from terminal.rules.profile import Profile
from terminal.services.checks import DeskLimits
from terminal.services.desk import Desk
from terminal.services.desk_parts import build_desk as build_parts
from terminal.services.desk_parts import build_obligations
from terminal.services.market_clock import MarketClock
from terminal.services.obligations import Obligations
from terminal.services.risk_value import RiskWatch
from terminal.storage.journal import SqliteJournal
from terminal.storage.settings import SettingsFile
from terminal.views.quoting.maker_desk import MakerDesk

ACCOUNT = "MM1"
DESK_ID = "day"
_RATE = 0.015


class NoCurves:
    """Curves of nobody: no trader has published any."""

    def load(self) -> tuple[Mapping[tuple[str, date], Curve], tuple[str, ...]]:
        """None."""
        return {}, ()

    def save(self, curves: Mapping[tuple[str, date], Curve]) -> None:
        """Nothing is published here."""


@dataclass
class WholeDesk:
    """One maker's desk and what is asked of it."""

    desk: Desk
    line: FrameLine
    journal: SqliteJournal
    obligations: Obligations
    quoting: QuotingDesk
    maker: MakerDesk
    risk: RiskWatch
    tasks: set["asyncio.Task[Any]"] = field(default_factory=set)

    async def settle(self) -> None:
        """Let arrive what the venue has sent, and what waits for the disk leave, until nothing moves."""
        while self.line.pump() or self.tasks:
            if self.tasks:
                # An order waits for the disk; market time waits with it
                await self.journal.append([])
                for _ in range(3):
                    await asyncio.sleep(0)


def build_desk(
    path: Path, line: FrameLine, clock: DayClock, profile: Profile, terms: Terms, calendar: TradingCalendar
) -> WholeDesk:
    """Build it; nothing runs yet."""
    settings, market_clock = Settings(), MarketClock(clock)
    journal = SqliteJournal(path)
    parts = build_parts(
        desk_id=DESK_ID,
        account_id=ACCOUNT,
        gateway=line,
        journal=journal,
        profile=profile,
        calendar=calendar,
        limits=DeskLimits(settings.order_value_limit),
        sheet=desk_sheet(settings.desk_limits, settings.order_value_limit),
        rate=_RATE,
        clock=market_clock,
        monotonic=clock,
    )
    desk, valuation, theoretical = parts.desk, parts.valuation, parts.theoretical
    obligations = build_obligations(desk, terms, profile.sessions)
    tasks: set[asyncio.Task[Any]] = set()

    def spawn(work: Coroutine[Any, Any, Any]) -> object:
        task = asyncio.get_running_loop().create_task(work)
        tasks.add(task)
        task.add_done_callback(tasks.discard)
        return task

    guards = maker_limits(settings.maker_limits)
    preferences = Preferences(SettingsFile(path.with_name("settings.json")))
    analysis = build_services(desk, valuation, calendar, NoCurves(), profile.sessions, preferences, guards.risk)
    shelf = DeskTerms(path.parent, settings, preferences)
    build_making(desk, obligations, theoretical, profile.sessions, journal.read, shelf)
    quoting_desk = build_quoting_desk(desk, theoretical, journal, line, spawn, clock=clock)
    maker = build_maker(quoting_desk, theoretical, terms, guards, parts.days_left)
    return WholeDesk(desk, line, journal, obligations, quoting_desk, maker, analysis.watch, tasks)
