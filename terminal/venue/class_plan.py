"""What a venue knows of the scenario it plays (剧本): who begins with what, what happens when, where jumps stop. Pure.

It is a part of the book's first header, so a venue that is killed goes on with the plan it began with.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, time
from decimal import Decimal

import msgspec

from terminal.domain.accounts import Position
from terminal.domain.combinations import CombinationStrategy
from terminal.domain.contracts import Right
from terminal.domain.messages import ClassEvent, ClassEventKind, DayOpened, EventInjected
from terminal.venue.dividends import ComingDividend


class PlannedEvent(msgspec.Struct, frozen=True, kw_only=True):
    """An event of the scenario and its market time."""

    at: datetime
    event: ClassEvent


class PlannedCombination(msgspec.Struct, frozen=True, kw_only=True):
    """A combination an account begins with."""

    strategy: CombinationStrategy
    first_code: str
    second_code: str
    quantity: int


class PlannedAccount(msgspec.Struct, frozen=True, kw_only=True):
    """An account the book begins with; `template` is a name of `market.toml`, which says what it is and may do."""

    account_id: str
    template: str
    cash: Decimal
    shares: dict[str, int] = {}
    locked: dict[str, int] = {}
    """Shares locked beyond what covers positions"""
    positions: tuple[Position, ...] = ()
    combinations: tuple[PlannedCombination, ...] = ()


class RestrictedMonth(msgspec.Struct, frozen=True, kw_only=True):
    """Calls of one month that may not be opened (限开仓)."""

    underlying: str
    expiry: date


class ClassPlan(msgspec.Struct, frozen=True, kw_only=True):
    """A scenario as the venue plays it."""

    name: str
    text: str
    """The file, for desks and after a restart"""
    file: str = ""
    day_start: time
    """When the days after the first begin, before the opening auction"""
    accounts: tuple[PlannedAccount, ...] = ()
    events: tuple[PlannedEvent, ...] = ()
    stops: tuple[datetime, ...] = ()
    """Times a jump stops at besides those of events"""
    moments: tuple[time, ...] = ()
    """Times of every day that a jump stops at"""
    disturbed_seconds: tuple[float, ...] = ()
    """And so long after the data or a line were lost"""
    contracts: dict[str, str] = {}
    """Contract codes of the names in the file, for desks"""
    restricted: tuple[RestrictedMonth, ...] = ()
    """Months restricted now, by the scenario or by an instructor"""

    def on(self, day: date) -> list[tuple[int, PlannedEvent]]:
        """The events of one day with their places in the plan, in order of time."""
        found = [(place, planned) for place, planned in enumerate(self.events) if planned.at.date() == day]
        return sorted(found, key=lambda pair: (pair[1].at, pair[0]))


def restricted_after(plan: ClassPlan, injected: Iterable[EventInjected]) -> ClassPlan:
    """The plan with the open restrictions that the day's events put on or lifted for the next one."""
    months = list(plan.restricted)
    for record in injected:
        event = record.event
        if not record.done or event.day is None:
            continue
        month = RestrictedMonth(underlying=event.underlying, expiry=event.day)
        if event.kind is ClassEventKind.RESTRICT and month not in months:
            months.append(month)
        elif event.kind is ClassEventKind.LIFT and month in months:
            months.remove(month)
    return msgspec.structs.replace(plan, restricted=tuple(months))


def dividends_announced(injected: Iterable[EventInjected]) -> tuple[ComingDividend, ...]:
    """Those the day's events announced."""
    return tuple(
        ComingDividend(underlying=record.event.underlying, ex_day=record.event.day, cash=record.event.amount)
        for record in injected
        if record.done and record.event.kind is ClassEventKind.DIVIDEND and record.event.day is not None
    )


def with_restrictions(day: DayOpened, months: Iterable[RestrictedMonth]) -> DayOpened:
    """The day's list with these months of calls closed to opening."""
    closed = {(m.underlying, m.expiry) for m in months}
    if not closed:
        return day
    contracts = tuple(
        replace(c, opening_restricted=True) if c.right is Right.CALL and (c.underlying, c.expiry) in closed else c
        for c in day.contracts
    )
    return msgspec.structs.replace(day, contracts=contracts)
