"""What happens on which day (事件日历): expiry and the days around it, ex-days, cut-offs, listings, closed days.

Out of the calendar, the contract list, the notices and the account; and a list of what comes next, with what it asks of
the account.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from enum import StrEnum

from terminal.domain.accounts import ZERO
from terminal.domain.calendar import SHANGHAI
from terminal.domain.contracts import Contract
from terminal.domain.errors import CalendarError
from terminal.services.adjustments import Adjustments, CashDividend
from terminal.services.assignment_desk import AssignmentDesk
from terminal.services.covered_pool import CoveredPool
from terminal.services.expiry_desk import ExpiryDesk, waiting_value


class EventKind(StrEnum):
    """What happens."""

    SPREADS_RELEASED = "spreads_released"
    """E-2: the four spreads are released at the day's end (价差组合自动解除)"""
    UPLIFT = "uplift"
    """E-1: margin is raised at the day's end; money and shares are made ready (保证金上浮 · 备款备券)"""
    EXPIRY = "expiry"
    """E: exercise (行权日)"""
    DELIVERY = "delivery"
    """E+1: assignments are told before the open, delivery at the end (交收)"""
    SHARES_USABLE = "shares_usable"
    """E+2: delivered shares may be sold (券可用)"""
    EX_EVE = "ex_eve"
    """New units and strikes are published after the close (公布新条款)"""
    EX_DAY = "ex_day"
    """Contracts are adjusted (合约调整)"""
    TOP_UP = "top_up"
    """Last day to lock or to close what is not covered (备兑补足截止)"""
    LISTING = "listing"
    """Contracts are listed (加挂)"""
    HOLIDAY = "holiday"
    """The exchange is closed (休市)"""


class Mark(StrEnum):
    """The five colours of the calendar."""

    EXERCISE = "exercise"
    DELIVERY = "delivery"
    ADJUSTMENT = "adjustment"
    PREPARATION = "preparation"
    OTHER = "other"


MARK_OF = {
    EventKind.SPREADS_RELEASED: Mark.PREPARATION,
    EventKind.UPLIFT: Mark.PREPARATION,
    EventKind.EXPIRY: Mark.EXERCISE,
    EventKind.DELIVERY: Mark.DELIVERY,
    EventKind.SHARES_USABLE: Mark.PREPARATION,
    EventKind.EX_EVE: Mark.DELIVERY,
    EventKind.EX_DAY: Mark.ADJUSTMENT,
    EventKind.TOP_UP: Mark.DELIVERY,
    EventKind.LISTING: Mark.OTHER,
    EventKind.HOLIDAY: Mark.OTHER,
}
#: The days around an expiry, in trading days from it
STEP_OFFSETS = {
    EventKind.SPREADS_RELEASED: -2,
    EventKind.UPLIFT: -1,
    EventKind.EXPIRY: 0,
    EventKind.DELIVERY: 1,
    EventKind.SHARES_USABLE: 2,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarEvent:
    """Something on a day. `month` is the option month of expiry steps; counts are contracts."""

    day: date
    kind: EventKind
    underlyings: tuple[str, ...] = ()
    month: tuple[int, int] | None = None
    expiry: date | None = None
    contracts: int = 0
    """Contracts that are listed and concerned"""
    held: int = 0
    """Positions of the account among them"""
    cash: Decimal | None = None
    """Dividend, yuan a share"""
    at: datetime | None = None
    """When it must be done by"""
    estimated: bool = False
    """The day rests on a year whose closed days are not announced yet"""

    @property
    def mark(self) -> Mark:
        """Its colour."""
        return MARK_OF[self.kind]


class TodoKind(StrEnum):
    """What has to be done, or at least known."""

    EXERCISE = "exercise"
    DELIVER = "deliver"
    EXPIRY = "expiry"
    EX_EVE = "ex_eve"
    ADJUSTMENT = "adjustment"
    TOP_UP = "top_up"


@dataclass(frozen=True, slots=True, kw_only=True)
class Todo:
    """One thing that comes next. `urgent` where the account loses if nothing is done."""

    kind: TodoKind
    due: datetime
    underlyings: tuple[str, ...] = ()
    month: tuple[int, int] | None = None
    count: int = 0
    """Contracts or positions concerned"""
    money: Decimal = ZERO
    shares: int = 0
    urgent: bool = False


class EventCalendar:
    """Events of the listed contracts and of the account."""

    def __init__(
        self, desk: ExpiryDesk, assignments: AssignmentDesk, adjustments: Adjustments, pool: CoveredPool
    ) -> None:
        self._desk = desk
        self._assignments = assignments
        self._adjustments = adjustments
        self._pool = pool

    def events(self, first: date, last: date) -> list[CalendarEvent]:
        """Everything from one day to another, both included, by day."""
        found = [*self._expiries(), *self._past_expiries(first, last), *self._dividends(), *self._adjusted()]
        found += [*self._listings(), *self._holidays(first, last)]
        order = list(EventKind)
        inside = {(e.day, e.kind, e.underlyings, e.month): e for e in found if first <= e.day <= last}
        return sorted(inside.values(), key=lambda e: (e.day, order.index(e.kind), e.underlyings))

    def steps(self, expiry: date) -> list[tuple[EventKind, date]]:
        """The five days around an expiry, as far as the calendar knows them."""
        days = [(kind, self._desk.shifted(expiry, offset)) for kind, offset in STEP_OFFSETS.items()]
        return [(kind, day) for kind, day in days if day is not None]

    # ---- what comes next

    def next_up(self) -> list[Todo]:
        """What comes next, soonest first."""
        found = [*self._exercise(), *self._deliver(), *self._expiring(), *self._adjusting(), *self._topping_up()]
        return sorted(found, key=lambda todo: (todo.due, list(TodoKind).index(todo.kind)))

    def _exercise(self) -> Iterable[Todo]:
        desk, today = self._desk, self._desk.today
        deadline = desk.deadline(today)
        waiting = desk.undecided(today) if desk.now() < deadline else []
        if waiting:
            yield Todo(
                kind=TodoKind.EXERCISE,
                due=deadline,
                underlyings=tuple(sorted({row.contract.underlying for row in waiting})),
                month=waiting[0].contract.month,
                count=len(waiting),
                money=waiting_value(waiting),
                urgent=True,
            )

    def _deliver(self) -> Iterable[Todo]:
        desk = self._desk
        days = sorted({d.delivery_day for d in desk.portfolio.deliveries})
        short = any(not need.enough for need in self._assignments.assigned())
        for day in days:
            mine = [d for d in desk.portfolio.deliveries if d.delivery_day == day]
            yield Todo(
                kind=TodoKind.DELIVER,
                due=self._assignments.cut_off(day),
                underlyings=tuple(sorted({d.underlying for d in mine})),
                count=sum(d.quantity for d in mine),
                money=sum((d.amount for d in mine if d.receives_shares), ZERO),
                shares=sum(d.shares for d in mine if not d.receives_shares),
                urgent=short,
            )

    def _expiring(self) -> Iterable[Todo]:
        desk = self._desk
        for expiry in desk.expiries():
            codes = {c.code: c for c in desk.market.contracts if c.exercise_day == expiry}
            held = [codes[code] for (code, _), p in desk.portfolio.positions.items() if code in codes and p.quantity]
            told = expiry == desk.today and bool(desk.undecided(expiry))
            if held and not told and desk.now() < desk.deadline(expiry):
                yield Todo(
                    kind=TodoKind.EXPIRY,
                    due=desk.deadline(expiry),
                    underlyings=tuple(sorted({c.underlying for c in held})),
                    month=held[0].month,
                    count=len(held),
                )

    def _adjusting(self) -> Iterable[Todo]:
        today, sessions = self._desk.today, self._desk.profile.sessions
        for dividend in self._adjustments.announced():
            if dividend.ex_day <= today:
                continue
            eve = self._desk.shifted(dividend.ex_day, -1)
            count = len(self._concerned(dividend))
            if eve is not None and eve >= today:
                yield Todo(
                    kind=TodoKind.EX_EVE,
                    due=self._at(eve, sessions.closing_auction[1]),
                    underlyings=(dividend.underlying,),
                    count=count,
                )
            yield Todo(
                kind=TodoKind.ADJUSTMENT,
                due=self._at(dividend.ex_day, sessions.opening_auction[0]),
                underlyings=(dividend.underlying,),
                count=count,
            )

    def _topping_up(self) -> Iterable[Todo]:
        for row in self._pool.rows():
            if row.to_lock and row.cut_off is not None and row.cut_off > self._desk.now():
                yield Todo(
                    kind=TodoKind.TOP_UP,
                    due=row.cut_off,
                    underlyings=(row.underlying,),
                    count=row.need.contracts_to_close,
                    shares=row.to_lock,
                    urgent=True,
                )

    # ---- events

    def _expiries(self) -> Iterable[CalendarEvent]:
        for expiry in self._desk.expiries():
            listed = [c for c in self._desk.market.contracts if c.exercise_day == expiry]
            held = self._held(listed)
            underlyings = tuple(sorted({c.underlying for c in listed}))
            estimated = any(c.dates_estimated for c in listed)
            for kind, day in self.steps(expiry):
                yield CalendarEvent(
                    day=day,
                    kind=kind,
                    underlyings=underlyings,
                    month=listed[0].month,
                    expiry=expiry,
                    contracts=len(listed),
                    held=held,
                    at=self._desk.deadline(expiry) if kind is EventKind.EXPIRY else None,
                    estimated=estimated,
                )

    def _past_expiries(self, first: date, last: date) -> Iterable[CalendarEvent]:
        """Steps of months that are listed no more: their deliveries may still be under way."""
        known = {(expiry.year, expiry.month) for expiry in self._desk.expiries()}
        today, month = self._desk.today, date(first.year, first.month, 1)
        while month <= min(last, today):
            if (month.year, month.month) not in known:
                try:
                    expiry = self._desk.calendar.expiry_of(month.year, month.month)
                except CalendarError:
                    return
                if expiry < today:
                    mine = [d for d in self._desk.portfolio.deliveries if d.exercise_day == expiry]
                    for kind, day in self.steps(expiry):
                        yield CalendarEvent(
                            day=day,
                            kind=kind,
                            month=(month.year, month.month),
                            expiry=expiry,
                            held=len(mine),
                            underlyings=tuple(sorted({d.underlying for d in mine})),
                            at=self._desk.deadline(expiry) if kind is EventKind.EXPIRY else None,
                        )
            month = (month + timedelta(days=32)).replace(day=1)

    def _dividends(self) -> Iterable[CalendarEvent]:
        for dividend in self._adjustments.announced():
            concerned = self._concerned(dividend)
            rows = [(EventKind.EX_DAY, dividend.ex_day)]
            eve, after = (self._desk.shifted(dividend.ex_day, n) for n in (-1, 1))
            if eve is not None:
                rows.append((EventKind.EX_EVE, eve))
            if after is not None and self._covered(dividend.underlying):
                rows.append((EventKind.TOP_UP, after))
            for kind, day in rows:
                yield CalendarEvent(
                    day=day,
                    kind=kind,
                    underlyings=(dividend.underlying,),
                    contracts=len(concerned),
                    held=self._held(concerned),
                    cash=dividend.cash,
                    at=self._cut_off(day) if kind is EventKind.TOP_UP else None,
                )

    def _adjusted(self) -> Iterable[CalendarEvent]:
        """Ex-days that are behind, as the list shows them, and the cut-off after them."""
        announced = {(d.underlying, d.ex_day) for d in self._adjustments.announced()}
        for sheet in self._adjustments.done():
            if (sheet.underlying, sheet.ex_day) in announced:
                continue
            contracts = [row.contract for row in sheet.rows]
            after = self._desk.shifted(sheet.ex_day, 1)
            rows = [(EventKind.EX_DAY, sheet.ex_day)]
            if after is not None and self._covered(sheet.underlying):
                rows.append((EventKind.TOP_UP, after))
            for kind, day in rows:
                yield CalendarEvent(
                    day=day,
                    kind=kind,
                    underlyings=(sheet.underlying,),
                    contracts=len(contracts),
                    held=self._held(contracts),
                    at=self._cut_off(day) if kind is EventKind.TOP_UP else None,
                )

    def _listings(self) -> Iterable[CalendarEvent]:
        """Days on which listed contracts came, and those on which the next months will: the day after each expiry."""
        came: dict[date, list[Contract]] = {}
        for contract in self._desk.market.contracts:
            came.setdefault(contract.first_day, []).append(contract)
        for day, contracts in came.items():
            underlyings = tuple(sorted({c.underlying for c in contracts}))
            yield CalendarEvent(day=day, kind=EventKind.LISTING, underlyings=underlyings, contracts=len(contracts))
        for expiry in self._desk.expiries():
            after = self._desk.shifted(expiry, 1)
            if after is not None and after > self._desk.today:
                yield CalendarEvent(day=after, kind=EventKind.LISTING, month=(expiry.year, expiry.month))

    def _holidays(self, first: date, last: date) -> Iterable[CalendarEvent]:
        calendar, day = self._desk.calendar, first
        while day <= last:
            try:
                closed = day.weekday() < 5 and not calendar.is_trading_day(day)
            except CalendarError:
                return
            if closed:
                yield CalendarEvent(day=day, kind=EventKind.HOLIDAY, estimated=calendar.is_estimated(day))
            day += timedelta(days=1)

    # ---- inside

    def _concerned(self, dividend: CashDividend) -> list[Contract]:
        return [
            c
            for c in self._desk.market.contracts
            if c.underlying == dividend.underlying and c.expiry >= dividend.ex_day
        ]

    def _held(self, contracts: Iterable[Contract]) -> int:
        codes = {c.code for c in contracts}
        return sum(1 for (code, _), p in self._desk.portfolio.positions.items() if code in codes and p.quantity)

    def _covered(self, underlying: str) -> bool:
        row = self._pool.row(underlying)
        return row is not None and row.need.needed_now > 0

    def _cut_off(self, day: date) -> datetime:
        return self._at(day, self._desk.profile.clearing.forced_close_by)

    @staticmethod
    def _at(day: date, clock: time) -> datetime:
        return datetime.combine(day, clock, SHANGHAI)
