"""A desk without a screen (无屏席位): the services alone, put together as the window's desk is."""

import asyncio
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field
from typing import Any

from terminal.domain.calendar import TradingCalendar
from terminal.domain.ports import Gateway, Journal
from terminal.rules.obligations.terms import Terms
from terminal.rules.profile import Profile
from terminal.rules.protection.limit_sheet import LimitSheet
from terminal.services.checks import DeskLimits, OrderChecks
from terminal.services.client_terms import ClientTerms
from terminal.services.desk import Desk
from terminal.services.desk_parts import build_desk, build_obligations
from terminal.services.gate import Gate
from terminal.services.inquiries import Inquiries
from terminal.services.market_clock import MarketClock
from terminal.services.obligations import Obligations
from terminal.services.quote_drafts import QuoteDrafts
from terminal.services.resting import resting_of
from terminal.services.risk import Metric, RiskService
from terminal.services.theoretical import Theoretical
from terminal.services.valuation import Valuation


@dataclass(slots=True)
class HeadlessDesk:
    """The services and the tasks of one desk."""

    desk: Desk
    calendar: TradingCalendar
    gate: Gate
    terms: ClientTerms
    checks: OrderChecks
    valuation: Valuation
    theoretical: Theoretical
    inquiries: Inquiries
    obligations: Obligations
    drafts: QuoteDrafts
    risk: RiskService
    tasks: set[asyncio.Task[Any]] = field(default_factory=set)
    failures: list[BaseException] = field(default_factory=list)

    def deltas(self) -> dict[str, float]:
        """Shares of delta by underlying, of what is held in options and in the fund itself."""
        found = {}
        for underlying in self.desk.market.underlyings:
            table = self.risk.table([underlying.code])
            if len(table.contracts) or table.shares:
                found[underlying.code] = table.total(Metric.DELTA, shares=True)
        return found

    def spawn(self, work: Coroutine[Any, Any, Any]) -> "asyncio.Task[Any]":
        """Start a task and keep it; what it fails of is kept too."""
        task = asyncio.get_running_loop().create_task(work)
        self.tasks.add(task)
        task.add_done_callback(self._done)
        return task

    def _done(self, task: "asyncio.Task[Any]") -> None:
        self.tasks.discard(task)
        if not task.cancelled() and (error := task.exception()) is not None:
            self.failures.append(error)


def build_headless(
    *,
    desk_id: str,
    account_id: str,
    gateway: Gateway,
    journal: Journal,
    profile: Profile,
    calendar: TradingCalendar,
    terms_of_maker: Terms,
    sheet: LimitSheet,
    limits: DeskLimits,
    rate: float,
    wall: Callable[[], float],
) -> HeadlessDesk:
    """Build it; nothing runs yet. Its seconds are the market's, so that a run does not depend on the machine."""
    clock = MarketClock(wall)

    def monotonic() -> float:
        return clock.now().timestamp() if clock.is_set else 0.0

    parts = build_desk(
        desk_id=desk_id,
        account_id=account_id,
        gateway=gateway,
        journal=journal,
        profile=profile,
        calendar=calendar,
        limits=limits,
        sheet=sheet,
        rate=rate,
        clock=clock,
        monotonic=monotonic,
    )
    desk, theoretical = parts.desk, parts.theoretical
    market, portfolio, orders = desk.market, desk.portfolio, desk.orders
    obligations = build_obligations(desk, terms_of_maker, profile.sessions)
    return HeadlessDesk(
        desk=desk,
        calendar=calendar,
        gate=parts.gate,
        terms=parts.terms,
        checks=parts.checks,
        valuation=parts.valuation,
        theoretical=theoretical,
        inquiries=obligations.inquiries,
        obligations=obligations,
        drafts=QuoteDrafts(market, theoretical, obligations, desk.quoting),
        risk=RiskService(market, portfolio, parts.valuation, lambda: resting_of(orders.working(), market)),
    )
