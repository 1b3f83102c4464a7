"""The timetable of one trading day (交易时段), rulebook 2.4: which phase it is, and what is taken in it.

A phase begins at its first moment and ends before its last. Orders are taken in the two auctions and in continuous
trading only: nothing is published for 09:25-09:30 and for lunch, so refusing there is a default of this project, after
the exchange's hours for orders (09:15-09:25, 09:30-11:30, 13:00-15:00). Brokers queue what comes in between.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time

from terminal.domain.calendar import SHANGHAI
from terminal.domain.orders import OrderType
from terminal.domain.phases import Phase
from terminal.rules.profile import Sessions

#: One contract may be halted or in a breaker auction while the market trades: orders gather there (rulebook 2.6, 2.8)
_ENTRY = frozenset({Phase.OPENING_AUCTION, Phase.CONTINUOUS, Phase.CLOSING_AUCTION, Phase.BREAKER, Phase.HALTED})


def takes_orders(phase: Phase) -> bool:
    """Whether orders are entered in a phase at all."""
    return phase in _ENTRY


def market_orders_allowed(phase: Phase) -> bool:
    """Whether orders that trade at once or not at all are taken: in continuous trading only (rulebook 2.2)."""
    return phase is Phase.CONTINUOUS


def order_type_allowed(order_type: OrderType, phase: Phase) -> bool:
    """Whether a phase takes an order type: a plain limit order wherever orders are taken, the others by trading."""
    return takes_orders(phase) and (order_type is OrderType.LIMIT or market_orders_allowed(phase))


@dataclass(frozen=True, slots=True)
class DaySchedule:
    """One day's phases as aware Shanghai moments. Questions take any aware moment; a naive one raises TypeError."""

    trading_day: date
    phases: tuple[tuple[datetime, Phase], ...]
    """When each phase begins, from midnight; the last one, CLOSED, has no end"""
    no_cancel: tuple[tuple[datetime, datetime], ...]

    @classmethod
    def of(cls, sessions: Sessions, trading_day: date) -> "DaySchedule":
        """The schedule of a day that trades; whether it does is the calendar's business."""

        def at(clock: time) -> datetime:
            return datetime.combine(trading_day, clock, SHANGHAI)

        begins = (
            (at(time.min), Phase.PRE_OPEN),
            (at(sessions.opening_auction[0]), Phase.OPENING_AUCTION),
            (at(sessions.opening_auction[1]), Phase.PRE_OPEN),
            (at(sessions.morning[0]), Phase.CONTINUOUS),
            (at(sessions.morning[1]), Phase.LUNCH),
            (at(sessions.afternoon[0]), Phase.CONTINUOUS),
            (at(sessions.closing_auction[0]), Phase.CLOSING_AUCTION),
            (at(sessions.closing_auction[1]), Phase.CLOSED),
        )
        # Where two begin at once, as without a gap after the opening auction, the earlier one has no length
        phases = tuple(sorted(dict(begins).items()))
        return cls(trading_day, phases, tuple((at(first), at(last)) for first, last in sessions.no_cancel))

    @property
    def boundaries(self) -> tuple[datetime, ...]:
        """Every moment at which a phase or what is taken in it changes, in order, midnight left out."""
        edges = {at for at, _ in self.phases[1:]} | {at for window in self.no_cancel for at in window}
        return tuple(sorted(edges))

    def phase_at(self, now: datetime) -> Phase:
        """The phase of the market; PRE_OPEN on earlier days, CLOSED on later ones."""
        return next((phase for begin, phase in reversed(self.phases) if begin <= now), Phase.PRE_OPEN)

    def phase_end(self, now: datetime) -> datetime | None:
        """When the phase that holds now ends; None once the day is closed."""
        return _first_after(now, (at for at, _ in self.phases[1:]))

    def next_change(self, now: datetime) -> datetime | None:
        """The next boundary after now, an edge of a window without cancels included; None once nothing changes."""
        return _first_after(now, self.boundaries)

    def accepts_orders(self, now: datetime) -> bool:
        """Whether the exchange takes orders now."""
        return takes_orders(self.phase_at(now))

    def accepts_cancels(self, now: datetime) -> bool:
        """Whether the exchange takes cancels now: with orders, except in the windows of the profile."""
        return self.accepts_orders(now) and not any(first <= now < last for first, last in self.no_cancel)


def _first_after(now: datetime, moments: Iterable[datetime]) -> datetime | None:
    return next((at for at in moments if at > now), None)
