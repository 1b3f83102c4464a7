"""Protections of the desk (保护): they pull quotes by themselves, and hold back what follows until a person decides.

Every execution of a quote goes through the windows of `rules.protection.market_maker`, every tick and every beat of the
timer through the pull rules; what trips takes its contracts out at once and closes the gate for them. Stops of a person
are here too, tier by tier. Cancels are never asked. Who re-armed, stopped and lifted is kept and written down.
"""

import json
import logging
import statistics
from collections import deque
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

import numpy as np

from terminal.domain.errors import BadInput
from terminal.domain.market_data import PRICE_SCALE, Column
from terminal.domain.orders import PositionEffect, Side
from terminal.domain.phases import Phase
from terminal.domain.ports import Journal, RecordKind
from terminal.domain.reasons import Denial, Reason
from terminal.rules.protection.market_maker import ProtectionLimits, Scope
from terminal.rules.protection.pull_rules import JumpWatch, PullCause, PullInput, PullRules, causes
from terminal.rules.protection.stops import CLEAR, StopTier
from terminal.services.bus import Bus
from terminal.services.events import (
    AlarmKind,
    AlarmRaised,
    ClockUpdated,
    DayChanged,
    FillBooked,
    LatencyMeasured,
    PhaseUpdated,
    ProtectionChanged,
    QuotesChanged,
)
from terminal.services.maker_protection import MakerProtection, Trip
from terminal.services.market_clock import MarketClock
from terminal.services.market_data import MarketData
from terminal.services.orders import OrderService
from terminal.services.quote_codes import CODE_OF
from terminal.services.quoting import QuoteService
from terminal.services.theoretical import Theoretical

logger = logging.getLogger(__name__)
Spawn = Callable[[Coroutine[Any, Any, Any]], object]
_RECORDS_KEPT = 1000
_ACKNOWLEDGEMENTS = 20
#: Older answers say nothing of now (D): once quotes are pulled none comes, and slow ones would keep them out for ever
_ACKNOWLEDGED_SECONDS = 10.0


@dataclass(frozen=True, slots=True)
class ProtectionRecord:
    """Something that a protection or a person did."""

    at: datetime
    what: str
    by: str


class Protection:
    """Windows, pull rules and stops of one desk. `now` is market time, `monotonic` seconds."""

    def __init__(
        self,
        *,
        market: MarketData,
        theoretical: Theoretical,
        quoting: QuoteService,
        orders: OrderService,
        clock: MarketClock,
        journal: Journal,
        bus: Bus,
        monotonic: Callable[[], float],
        spawn: Spawn,
        disconnect: Callable[[], None] | None = None,
        needs_second: bool = False,
    ) -> None:
        self._market = market
        self._theoretical = theoretical
        self._quoting = quoting
        self._orders = orders
        self._gate = quoting.gate
        self._clock = clock
        self._journal = journal
        self._bus = bus
        self._monotonic = monotonic
        self._spawn = spawn
        self._disconnect = disconnect
        self._needs_second = needs_second
        self.maker = MakerProtection(theoretical, clock.now, monotonic, self._on_trip)
        """The windows; limits, trips and figures are asked of it, changed here"""
        self.rules: PullRules | None = None
        """None pulls nothing"""
        self._pulled: dict[str, dict[PullCause, float]] = {}
        """By underlying: when each cause was last seen, monotonic seconds"""
        self._jumps: dict[str, JumpWatch] = {}
        self._heard_at = monotonic()
        self._open_since = monotonic()
        self._stood = False
        """Whether the market stood when the clock was last heard"""
        """Since when the market trades; what is older than this is no fault of the feed"""
        self._acknowledgements: deque[tuple[float, float]] = deque(maxlen=_ACKNOWLEDGEMENTS)
        self._warned: float | None = None
        self._stop_tier: StopTier | None = None
        self.records: deque[ProtectionRecord] = deque(maxlen=_RECORDS_KEPT)
        bus.subscribe(FillBooked, self._on_fill)
        bus.subscribe(QuotesChanged, self._on_quotes)
        bus.subscribe(ClockUpdated, self._on_clock)
        bus.subscribe(LatencyMeasured, self._on_latency)
        bus.subscribe(DayChanged, self._on_day)
        bus.subscribe(AlarmRaised, self._on_alarm)
        bus.subscribe(PhaseUpdated, self._on_phase)

    # ---- market-maker protection

    def set_limits(self, scope: Scope, limits: ProtectionLimits | None, by: str) -> None:
        """Protect by windows of a scope from now on, or no longer."""
        self.maker.set_limits(scope, limits)
        self._record(f"limits of {scope}: {limits}", by)
        self._bus.publish(ProtectionChanged())

    def rearm(self, name: str, by: str) -> bool:
        """Let a tripped window quote again, counting from nothing; False when none of this name has tripped.

        Raises BadInput without the name of who decides.
        """
        _check_name(by)
        if not self.maker.rearm(name):
            return False
        self._record(f"re-armed {name}", by)
        self._close_gate()
        self._bus.publish(ProtectionChanged())
        return True

    # ---- pull rules

    @property
    def pulled(self) -> dict[str, tuple[PullCause, ...]]:
        """Underlyings whose quotes are pulled, and why."""
        return {underlying: tuple(seen) for underlying, seen in self._pulled.items() if seen}

    def lift_jump(self, underlying: str, by: str) -> bool:
        """A person has looked at a jump; False when there was none."""
        _check_name(by)
        if self._pulled.get(underlying, {}).pop(PullCause.JUMPED, None) is None:
            return False
        self._jumps.pop(underlying, None)
        self._record(f"jump of {underlying} looked at", by)
        self._close_gate()
        self._bus.publish(ProtectionChanged())
        return True

    def on_timer(self) -> None:
        """Look at everything that time alone can break; called some twenty times a second."""
        if self.rules is not None:
            for underlying in self._market.underlyings:
                self._look(underlying.code)
        self.maker.look_at_losses()
        step = self._gate.warning()
        if step is not None and (self._warned is None or step > self._warned):
            second, day = self._gate.messages_used()
            self._alarm(AlarmKind.MESSAGE_RATE, f"{step:.0%}", f"{second:.0%}", f"{day:.0%}")
        self._warned = step

    # ---- stops

    @property
    def stop_tier(self) -> StopTier | None:
        """The farthest stop in force."""
        return self._stop_tier

    def stop(
        self,
        tier: StopTier,
        by: str,
        *,
        side: Side | None = None,
        underlying: str = "",
        expiry: date | None = None,
    ) -> None:
        """Stop: what the tier concerns is taken out at once and nothing like it leaves until `lift`.

        Raises BadInput without who stops, and without the side or the expiry that the tier needs.
        """
        _check_name(by)
        stops = self._gate.stops
        if tier is StopTier.SIDE:
            if side is None:
                raise BadInput("side", side, "the side that is stopped")
            stops = replace(stops, sides=tuple(dict.fromkeys((*stops.sides, side))))
        elif tier is StopTier.EXPIRY:
            if expiry is None or not underlying:
                raise BadInput("expiry", expiry, "the underlying and the expiry that are stopped")
            stops = replace(stops, expiries=tuple(dict.fromkeys((*stops.expiries, (underlying, expiry)))))
        elif tier is StopTier.REDUCE_ONLY:
            stops = replace(stops, reduce_only=True)
        else:
            stops = replace(stops, everything=True)
        self._gate.stops = stops
        tiers = list(StopTier)
        if self._stop_tier is None or tiers.index(tier) > tiers.index(self._stop_tier):
            self._stop_tier = tier
        self._take_out(tier)
        self._record(f"stop {tier} {side or ''} {underlying} {expiry or ''}".strip(), by)
        self._alarm(AlarmKind.PROTECTION, f"stop {tier}", by)
        self._bus.publish(ProtectionChanged())

    def lift(self, by: str, second: str = "") -> Denial | None:
        """Lift every stop. After a stop of everything a second person must agree, where the desk asks for one (F22)."""
        _check_name(by)
        if self._gate.stops.everything and self._needs_second and (not second.strip() or second == by):
            return Denial(Reason.FORBIDDEN, "account", by, "a second person")
        self._gate.stops, self._stop_tier = CLEAR, None
        self._record("stops lifted" + (f", agreed by {second}" if second else ""), by)
        self._bus.publish(ProtectionChanged())
        return None

    # ---- what happens

    def _on_fill(self, event: FillBooked) -> None:
        fill = event.fill
        order = self._orders.order(fill.client_order_id)
        if order is not None and self._orders.is_quote_side(fill.client_order_id):
            self.maker.on_fill(fill, order)

    def _on_quotes(self, event: QuotesChanged) -> None:
        self._heard_at = self._monotonic()
        rows = event.rows
        if self.rules is None or not len(rows) or int(rows.min()) >= len(self._market.underlyings):
            return
        for row in rows[rows < len(self._market.underlyings)].tolist():
            self._look(self._market.underlyings[row].code)

    def _on_phase(self, event: PhaseUpdated) -> None:
        """Trading begins or ends: what was pulled for the feed's silence in between has no cause any more."""
        if event.code:
            return
        self._open_since = self._monotonic()
        if self._is_trading:
            return
        let_go = False
        for seen in self._pulled.values():
            for cause in [cause for cause in seen if not cause.needs_a_person]:
                del seen[cause]
                let_go = True
        if let_go:
            self._close_gate()
            self._bus.publish(ProtectionChanged())

    @property
    def _is_trading(self) -> bool:
        """Whether quotes are taken at all: before the open, at noon and after the close nothing is heard or pulled."""
        return self._market.phase not in (Phase.PRE_OPEN, Phase.LUNCH, Phase.AFTER_CLOSE, Phase.CLOSED)

    @property
    def _stands(self) -> bool:
        """Whether somebody has paused the market."""
        return self._clock.is_set and not self._clock.is_running

    def _on_clock(self, event: ClockUpdated) -> None:
        self._heard_at = self._monotonic()
        if self._stands or self._stood:
            # What is heard first when it goes on is not late
            self._open_since = self._heard_at
        self._stood = self._stands

    def _on_latency(self, event: LatencyMeasured) -> None:
        if event.acknowledgement_ms is not None:
            self._acknowledgements.append((self._monotonic(), event.acknowledgement_ms))

    def _on_alarm(self, event: AlarmRaised) -> None:
        if event.kind is AlarmKind.JOURNAL:
            # What cannot be written is not left in the market
            self._quoting.cancel()

    def _on_day(self, event: DayChanged) -> None:
        self._jumps.clear()
        self._close_gate()

    # ---- inside

    def _on_trip(self, trip: Trip) -> None:
        # First the gate, then the line: between the two nothing of the group can leave
        self._close_gate()
        self._pull(self.maker.members(trip.group))
        self._record(f"tripped {trip.name}: {trip.measure} {trip.figure:g} of {trip.limit:g}", "protection")
        self._alarm(AlarmKind.PROTECTION, trip.name, trip.measure, f"{trip.figure:g}", f"{trip.limit:g}")
        self._bus.publish(ProtectionChanged())

    def _acknowledgement_ms(self, now: float) -> float:
        """The median of the newest answers; nan where none came of late."""
        answers = self._acknowledgements
        while answers and now - answers[0][0] > _ACKNOWLEDGED_SECONDS:
            answers.popleft()
        return statistics.median([ms for _, ms in answers]) if answers else np.nan

    def _look(self, underlying: str) -> None:
        """Hold one underlying against the pull rules."""
        rules, market, now = self.rules, self._market, self._monotonic()
        if rules is None or not self._is_trading:
            return
        numbers = self._theoretical.numbers(underlying)
        if not len(numbers):
            return
        quote = market.quotes[market.row_of[underlying]]
        # Before anybody asked for volatilities there is no price that could be unfit
        settled = self._theoretical.is_settled(underlying)
        # A market that somebody has paused is silent, not stale
        open_seconds = 0.0 if self._stands else now - self._open_since
        if market.phase.is_auction and not quote[Column.BID_PRICE] and not quote[Column.ASK_PRICE]:
            # The underlying has an auction of its own, in which it shows no two sides
            return
        seen = PullInput(
            age_seconds=min(self._theoretical.age(underlying), open_seconds),
            bid=quote[Column.BID_PRICE] / PRICE_SCALE,
            ask=quote[Column.ASK_PRICE] / PRICE_SCALE,
            unusable=1.0 - float(self._theoretical.usable[numbers].mean()) if settled else 0.0,
            feed_age_seconds=min(now - self._heard_at, open_seconds),
            acknowledgement_ms=self._acknowledgement_ms(now),
            drift_seconds=self._clock.drift_seconds,
        )
        found = list(causes(seen, rules))
        spot = quote[Column.LAST] / PRICE_SCALE
        if self._jumps.setdefault(underlying, JumpWatch()).jumped(spot, now, rules):
            found.append(PullCause.JUMPED)
        before = self._pulled.setdefault(underlying, {})
        fresh = [cause for cause in found if cause not in before]
        before.update(dict.fromkeys(found, now))
        over = [c for c, at in before.items() if not c.needs_a_person and now - at > rules.calm_seconds]
        for cause in over:
            del before[cause]
        if not fresh and not over:
            return
        self._close_gate()
        if fresh:
            self._pull(numbers.tolist())
            self._record(f"pulled {underlying}: {', '.join(fresh)}", "protection")
            self._alarm(AlarmKind.PROTECTION, underlying, *fresh)
        self._bus.publish(ProtectionChanged())

    def _pull(self, numbers: list[int]) -> None:
        self._quoting.cancel_numbers(numbers)

    def _close_gate(self) -> None:
        """Say at the gate which contracts may not be quoted."""
        universe = self._theoretical.universe
        codes = np.zeros(len(universe), np.int8)
        for underlying, seen in self._pulled.items():
            if seen:
                codes[self._theoretical.numbers(underlying)] = CODE_OF[Reason.QUOTES_PULLED]
        for trip in self.maker.trips:
            codes[self.maker.members(trip.group)] = CODE_OF[Reason.PROTECTION_TRIPPED]
        self._gate.block_quotes(codes)

    def _take_out(self, tier: StopTier) -> None:
        if tier in (StopTier.CANCEL_ALL, StopTier.DISCONNECT):
            self._quoting.cancel()
            self._spawn(self._stop_everything(tier))
            return
        stops, universe = self._gate.stops, self._theoretical.universe
        if tier is StopTier.EXPIRY:
            concerned = [n for n, c in enumerate(universe.contracts) if (c.underlying, c.expiry) in stops.expiries]
            self._pull(concerned)
        else:
            # A quote has both sides: it goes whole
            self._quoting.cancel()
        for order in self._orders.working():
            contract = self._market.contract(order.contract_code)
            opens = order.instruction.position_effect is PositionEffect.OPEN
            if contract is not None and opens and stops.refusal(contract, order.instruction) is not None:
                self._spawn(self._orders.cancel(order.client_order_id))

    async def _stop_everything(self, tier: StopTier) -> None:
        await self._orders.cancel_all()
        if tier is StopTier.DISCONNECT and self._disconnect is not None:
            self._disconnect()

    def _record(self, what: str, by: str) -> None:
        at = self._clock.now()
        self.records.append(ProtectionRecord(at, what, by))
        body = json.dumps({"protection": what, "by": by}, ensure_ascii=False).encode()
        self._orders.writes.add(self._journal.append([(RecordKind.NOTE, at, body)]))

    def _alarm(self, kind: AlarmKind, *figures: str) -> None:
        logger.info("alarm %s %s", kind, figures)
        self._bus.publish(AlarmRaised(kind, self._clock.now(), figures))


def _check_name(by: str) -> None:
    if not by.strip():
        raise BadInput("by", by, "the name of who decides")
