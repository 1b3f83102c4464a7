"""The windows of market-maker protection (做市商保护) on this desk: every execution of a quote, by scope."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from terminal.domain.market_data import PRICE_SCALE
from terminal.domain.orders import Fill, Order, Side
from terminal.rules.protection.market_maker import (
    Measure,
    ProtectionLimits,
    ProtectionWindow,
    QuoteExecution,
    Scope,
    share_used,
    tripped,
)
from terminal.services.theoretical import Theoretical

#: A window's name: its scope and what of it, e.g. contract 10001773, expiry 510050 2026-03-25
GroupKey = tuple[Scope, str]


@dataclass(frozen=True, slots=True)
class Trip:
    """One window that has tripped."""

    group: GroupKey
    measure: Measure
    figure: float
    limit: float
    at: datetime

    @property
    def name(self) -> str:
        """What a person re-arms it by."""
        return f"{self.group[0]} {self.group[1]}".strip()


class MakerProtection:
    """Windows of all scopes that have limits. `now` is market time, `monotonic` seconds; `on_trip` acts on a trip."""

    def __init__(
        self,
        theoretical: Theoretical,
        now: Callable[[], datetime],
        monotonic: Callable[[], float],
        on_trip: Callable[[Trip], None],
    ) -> None:
        self._theoretical = theoretical
        self._now = now
        self._monotonic = monotonic
        self._on_trip = on_trip
        self._limits: dict[Scope, ProtectionLimits] = {}
        self._windows: dict[GroupKey, ProtectionWindow] = {}
        self._trips: dict[GroupKey, Trip] = {}
        self.last_trip: Trip | None = None
        """The newest one, re-armed or not"""

    @property
    def trips(self) -> Iterable[Trip]:
        """What has tripped and was not re-armed."""
        return self._trips.values()

    def limits(self, scope: Scope) -> ProtectionLimits | None:
        """The limits of a scope."""
        return self._limits.get(scope)

    def set_limits(self, scope: Scope, limits: ProtectionLimits | None) -> None:
        """Protect by windows of a scope from now on, or no longer; a trip stays."""
        if limits is None:
            self._limits.pop(scope, None)
        else:
            self._limits[scope] = limits

    def fullest(self, scope: Scope) -> tuple[str, dict[Measure, float]]:
        """The window of a scope nearest to a limit, and its measures; no name and zeros while there is none."""
        limits = self._limits.get(scope, ProtectionLimits())
        found, most = ("", dict.fromkeys(Measure, 0.0)), -1.0
        for group, window in self._windows.items():
            if group[0] is not scope:
                continue
            figures = window.figures(self._monotonic(), limits.window_seconds, self._yuan)
            used = max(share_used(figures[measure], limits.of(measure)) for measure in Measure)
            if used > most:
                found, most = (group[1], figures), used
        return found

    def figures(self, scope: Scope, what: str = "") -> dict[Measure, float]:
        """The measures of one window now."""
        limits = self._limits.get(scope, ProtectionLimits())
        window = self._windows.get((scope, what), ProtectionWindow())
        return window.figures(self._monotonic(), limits.window_seconds, self._yuan)

    def rearm(self, name: str) -> bool:
        """Let a tripped window count from nothing; False when none of this name has tripped."""
        found = next((trip for trip in self._trips.values() if trip.name == name), None)
        if found is None:
            return False
        del self._trips[found.group]
        self._windows.pop(found.group, None)
        return True

    def on_fill(self, fill: Fill, order: Order) -> None:
        """Count an execution of a side of a quote; what trips is told at once."""
        universe = self._theoretical.universe
        number = universe.number_of.get(fill.contract_code)
        if number is None:
            return
        execution = QuoteExecution(
            self._monotonic(),
            number,
            bool(universe.is_call[number]),
            fill.instruction.side is Side.BUY,
            fill.quantity,
            order.quantity,
            float(fill.price),
            float(universe.multiplier[number]),
        )
        for scope in list(self._limits):
            group = self._group(scope, number)
            self._windows.setdefault(group, ProtectionWindow()).record(execution)
            self._judge(group)

    def look_at_losses(self) -> None:
        """Judge every window again: theoretical prices move without an execution."""
        for group in list(self._windows):
            self._judge(group)

    def members(self, group: GroupKey) -> list[int]:
        """Contract numbers of a group."""
        scope, what = group
        contracts = enumerate(self._theoretical.universe.contracts)
        if scope is Scope.CONTRACT:
            return [n for n, c in contracts if c.code == what]
        if scope is Scope.EXPIRY:
            return [n for n, c in contracts if f"{c.underlying} {c.expiry}" == what]
        return [n for n, c in contracts if scope is Scope.BOOK or c.underlying == what]

    def _group(self, scope: Scope, number: int) -> GroupKey:
        contract = self._theoretical.universe.contracts[number]
        if scope is Scope.CONTRACT:
            return scope, contract.code
        if scope is Scope.EXPIRY:
            return scope, f"{contract.underlying} {contract.expiry}"
        return scope, contract.underlying if scope is Scope.UNDERLYING else ""

    def _judge(self, group: GroupKey) -> None:
        limits, window = self._limits.get(group[0]), self._windows.get(group)
        if limits is None or window is None or group in self._trips:
            return
        found = tripped(window.figures(self._monotonic(), limits.window_seconds, self._yuan), limits)
        if found is not None:
            trip = self.last_trip = self._trips[group] = Trip(group, *found, self._now())
            self._on_trip(trip)

    def _yuan(self, number: int) -> float:
        return float(self._theoretical.price[number]) / PRICE_SCALE
