"""What screens and reminders ask about expiry, built together over a desk."""

from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from terminal.domain.calendar import TradingCalendar
from terminal.domain.ports import RecordKind
from terminal.services.abandonments import Abandonments
from terminal.services.adjustments import Adjustments
from terminal.services.assignment_desk import AssignmentDesk, Chance
from terminal.services.auto_exercise import AutoExercise, Memory
from terminal.services.bus import Bus
from terminal.services.covered_pool import CoveredPool
from terminal.services.desk import Desk
from terminal.services.event_calendar import EventCalendar
from terminal.services.expiry_desk import ExpiryDesk


@dataclass(frozen=True, slots=True)
class ExpiryServices:
    """One of each."""

    bus: Bus
    desk: ExpiryDesk
    assignments: AssignmentDesk
    adjustments: Adjustments
    pool: CoveredPool
    events: EventCalendar
    abandonments: Abandonments
    auto: AutoExercise


def build_expiry(
    desk: Desk,
    calendar: TradingCalendar,
    chance: Chance,
    memory: Memory,
    spawn: Callable[[Coroutine[Any, Any, Any]], object],
) -> ExpiryServices:
    """Make the services; only the agreement on automatic exercise acts by itself, and only where it was agreed."""

    def account() -> str:
        return desk.account_id or (desk.venue.account_id if desk.venue is not None else "")

    def write(kind: RecordKind, at: datetime, body: bytes) -> None:
        desk.orders.write(kind, at, body)

    abandonments = Abandonments(desk.bus, desk.clock.now, account, write)
    expiry = ExpiryDesk(
        profile=desk.rules,
        market=desk.market,
        portfolio=desk.portfolio,
        instructions=desk.instructions,
        abandonments=abandonments,
        calendar=calendar,
        now=desk.clock.now,
    )
    terms = desk.instructions.checks.terms
    adjustments = Adjustments(desk.market, desk.portfolio, terms, lambda: desk.notices)
    assignments = AssignmentDesk(expiry, chance)
    pool = CoveredPool(expiry, adjustments)
    return ExpiryServices(
        bus=desk.bus,
        desk=expiry,
        assignments=assignments,
        adjustments=adjustments,
        pool=pool,
        events=EventCalendar(expiry, assignments, adjustments, pool),
        abandonments=abandonments,
        auto=AutoExercise(expiry, desk.bus, memory, spawn, write, account),
    )
