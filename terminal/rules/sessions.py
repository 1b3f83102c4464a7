"""The timetable of one trading day (交易时段), rulebook 2.4: which phase it is, and what may be entered in it.

A phase begins at its first moment and ends before its last. Orders are taken in the two auctions and in continuous
trading only: nothing is published for 09:25-09:30 and for lunch, so refusing there is a default of this project, after
the exchange's hours for orders (09:15-09:25, 09:30-11:30, 13:00-15:00). Brokers queue what comes in between.

Orders end with the closing auction. After it the day goes on to the end of the last window of exercise, combinations
and share locks (AFTER_CLOSE), and only then it is over.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum
from types import MappingProxyType

from terminal.domain.calendar import SHANGHAI
from terminal.domain.orders import OrderType
from terminal.domain.phases import Phase
from terminal.rules.profile import PhaseCodes, Sessions, Window


class Entry(StrEnum):
    """What participants enter (申报)."""

    ORDERS = "orders"
    IMMEDIATE_ORDERS = "immediate_orders"
    """Orders that trade at once or not at all, and market orders"""
    CANCELS = "cancels"
    QUOTES = "quotes"
    INQUIRIES = "inquiries"
    LOCKS = "locks"
    COMBINATIONS = "combinations"
    EXERCISE = "exercise"


_AUCTIONS = frozenset({Phase.OPENING_AUCTION, Phase.CLOSING_AUCTION})
#: One contract may be halted or in a breaker auction while the market trades: orders gather there (rulebook 2.6, 2.8)
_ORDERS = _AUCTIONS | {Phase.CONTINUOUS, Phase.BREAKER, Phase.HALTED}
#: Phases in which each kind is taken at all; windows of the profile narrow the last four and the cancels
PHASES_OF: Mapping[Entry, frozenset[Phase]] = MappingProxyType(
    {
        Entry.ORDERS: _ORDERS,
        Entry.IMMEDIATE_ORDERS: frozenset({Phase.CONTINUOUS}),
        Entry.CANCELS: _ORDERS,
        # A maker owes no quote in a halt, and one entered blindly would meet the resume auction
        Entry.QUOTES: _ORDERS - {Phase.HALTED},
        # D: in auctions everybody sees the virtual price
        Entry.INQUIRIES: frozenset({Phase.CONTINUOUS}),
        # A halt stops trading, not what belongs to the counter and the clearing house
        Entry.LOCKS: _ORDERS | {Phase.AFTER_CLOSE},
        Entry.COMBINATIONS: _ORDERS - {Phase.OPENING_AUCTION} | {Phase.AFTER_CLOSE},
        Entry.EXERCISE: _ORDERS | {Phase.AFTER_CLOSE},
    }
)

_LIMIT = OrderType.LIMIT


def takes(entry: Entry, phase: Phase) -> bool:
    """Whether a phase takes a kind at all; of the kinds with windows `DaySchedule.accepts` knows the moment."""
    return phase in PHASES_OF[entry]


def takes_orders(phase: Phase) -> bool:
    """Whether orders are entered in a phase at all."""
    return phase in _ORDERS


def market_orders_allowed(phase: Phase) -> bool:
    """Whether orders that trade at once or not at all are taken: in continuous trading only (rulebook 2.2)."""
    return takes(Entry.IMMEDIATE_ORDERS, phase)


def order_type_allowed(order_type: OrderType, phase: Phase) -> bool:
    """Whether a phase takes an order type: a plain limit order wherever orders are taken, the others by trading."""
    return takes_orders(phase) and (order_type is _LIMIT or market_orders_allowed(phase))


def trading_phase_code(phase: Phase, codes: PhaseCodes, *, suspended: bool, opening_restricted: bool) -> str:
    """TradingPhaseCode of a contract (rulebook 10.2), four characters; later interfaces add four blanks.

    1 the phase's letter in this era; 2 suspension: 1 for the whole day; 3 open restriction as a sum of bits, 1 covered,
    2 sell-open, 4 buy-open: a restriction leaves covered-open, so 6; 4 whether orders are accepted.
    """
    if suspended:
        phase = Phase.CLOSED if phase in (Phase.AFTER_CLOSE, Phase.CLOSED) else Phase.HALTED
    letter = codes.closed if phase is Phase.AFTER_CLOSE else str(getattr(codes, phase.name.lower()))
    accepts = takes_orders(phase) and not suspended
    return f"{letter}{suspended:d}{6 if opening_restricted else 0}{accepts:d}"


@dataclass(frozen=True, slots=True)
class DaySchedule:
    """One day's phases as aware Shanghai moments. Questions take any aware moment; a naive one raises TypeError."""

    trading_day: date
    phases: tuple[tuple[datetime, Phase], ...]
    """When each phase begins, from midnight; the last one, CLOSED, has no end"""
    no_cancel: tuple[tuple[datetime, datetime], ...]
    windows: Mapping[Entry, tuple[tuple[datetime, datetime], ...]]
    """When locks, combinations and exercise are entered"""

    @classmethod
    def of(cls, sessions: Sessions, trading_day: date) -> "DaySchedule":
        """The schedule of a day that trades; whether it does is the calendar's business."""

        def at(clock: time) -> datetime:
            return datetime.combine(trading_day, clock, SHANGHAI)

        def moments(windows: Iterable[Window]) -> tuple[tuple[datetime, datetime], ...]:
            return tuple((at(first), at(last)) for first, last in windows)

        windows = {
            Entry.LOCKS: moments(sessions.covered_lock),
            Entry.COMBINATIONS: moments(sessions.combination),
            Entry.EXERCISE: moments(sessions.exercise),
        }
        orders_end = at(sessions.closing_auction[1])
        day_end = max([orders_end, *(last for kind in windows.values() for _, last in kind)])
        begins = (
            (at(time.min), Phase.PRE_OPEN),
            (at(sessions.opening_auction[0]), Phase.OPENING_AUCTION),
            (at(sessions.opening_auction[1]), Phase.PRE_OPEN),
            (at(sessions.morning[0]), Phase.CONTINUOUS),
            (at(sessions.morning[1]), Phase.LUNCH),
            (at(sessions.afternoon[0]), Phase.CONTINUOUS),
            (at(sessions.closing_auction[0]), Phase.CLOSING_AUCTION),
            (orders_end, Phase.AFTER_CLOSE),
            (day_end, Phase.CLOSED),
        )
        # Where two begin at once, as without a gap after the opening auction, the earlier one has no length
        phases = tuple(sorted(dict(begins).items()))
        return cls(trading_day, phases, moments(sessions.no_cancel), MappingProxyType(windows))

    @property
    def boundaries(self) -> tuple[datetime, ...]:
        """Every moment at which a phase, or what the exchange takes in it, changes, in order, midnight left out."""
        edges = {at for at, _ in self.phases[1:]} | {at for window in self.no_cancel for at in window}
        return tuple(sorted(edges))

    def phase_at(self, now: datetime) -> Phase:
        """The phase of the market; PRE_OPEN on earlier days, CLOSED on later ones."""
        return next((phase for begin, phase in reversed(self.phases) if begin <= now), Phase.PRE_OPEN)

    def phase_end(self, now: datetime) -> datetime | None:
        """When the phase that holds now ends; None once the day is closed."""
        return _first_after(now, (at for at, _ in self.phases[1:]))

    def accepts(self, entry: Entry, now: datetime) -> bool:
        """Whether the market takes a kind now: by its phase, and by the profile's windows where it has some."""
        if not takes(entry, self.phase_at(now)):
            return False
        if entry is Entry.CANCELS:
            return not any(first <= now < last for first, last in self.no_cancel)
        windows = self.windows.get(entry)
        return windows is None or any(first <= now < last for first, last in windows)

    def first_accepted(self, entry: Entry, since: datetime) -> datetime | None:
        """The first moment from `since` on, itself included, at which the market takes a kind; None on that day."""
        edges = {since, *self.boundaries, *(first for first, _ in self.windows.get(entry, ()))}
        return next((at for at in sorted(edges) if at >= since and self.accepts(entry, at)), None)

    def accepts_orders(self, now: datetime) -> bool:
        """Whether the exchange takes orders now."""
        return self.accepts(Entry.ORDERS, now)

    def accepts_cancels(self, now: datetime) -> bool:
        """Whether the exchange takes cancels now: with orders, except in the windows of the profile."""
        return self.accepts(Entry.CANCELS, now)


def _first_after(now: datetime, moments: Iterable[datetime]) -> datetime | None:
    return next((at for at in moments if at > now), None)
