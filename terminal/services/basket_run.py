"""A basket on its way (组合执行): its orders one after the other or at once, and what became of each.

Every leg is an ordinary order through `OrderService`, judged there again when it leaves; the exchange knows no basket,
so a leg may be left alone, and `BasketRun.left` says what that is. Nothing is sent a second time, nothing is sent
after a leg that failed, and a net limit is looked at again in front of every leg. A run lives in memory: after a start
its orders are orders like all others.
"""

from collections.abc import Callable, Coroutine, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from typing import Any

from terminal.domain.orders import Order, OrderStatus, Side
from terminal.domain.reasons import Reason
from terminal.services.basket import Pace, PriceBasis
from terminal.services.basket_judge import BasketJudge
from terminal.services.basket_margin import KnownPair
from terminal.services.basket_plan import BasketPlan, PlannedLeg
from terminal.services.desk import Desk
from terminal.services.order_warnings import Acknowledgement

Spawn = Callable[[Coroutine[Any, Any, Any]], object]
Acknowledged = Mapping[str, Sequence[Acknowledgement]]
#: So long a leg waits for the counter to free what the one before it has freed; then the order service has its say
PATIENCE_SECONDS = 1.0


class LegState(StrEnum):
    """Where a leg stands."""

    WAITING = "waiting"
    """Not sent yet"""
    SENDING = "sending"
    """On its way, without an answer"""
    RESTING = "resting"
    """In the book, whole or in part"""
    FILLED = "filled"
    PARTLY = "partly"
    """Gone from the book with a part filled"""
    CANCELLED = "cancelled"
    """Gone from the book with nothing filled"""
    REFUSED = "refused"
    """By the desk or by the venue"""
    STOPPED = "stopped"
    """Never sent: the run ended before"""

    @property
    def is_final(self) -> bool:
        """Whether nothing more comes of it."""
        return self not in (LegState.WAITING, LegState.SENDING, LegState.RESTING)

    @property
    def is_failed(self) -> bool:
        """Whether the leg is not what the basket needs, for good."""
        return self.is_final and self is not LegState.FILLED


class Stop(StrEnum):
    """Why legs were not sent any more."""

    REFUSED = "refused"
    """A leg before was refused"""
    NOT_FILLED = "not_filled"
    """A leg before went without being filled"""
    NET_PRICE = "net_price"
    """The net price had become worse than the limit"""
    NO_PRICE = "no_price"
    """A leg had no price to hold the net price to"""
    LINE = "line"
    """The line was lost: what becomes of the orders sent is not known yet"""
    BY_HAND = "by_hand"
    DAY = "day"


@dataclass(frozen=True, slots=True)
class RunLeg:
    """One leg and where it stands; `average` in yuan per share, of what is filled."""

    planned: PlannedLeg
    state: LegState = LegState.WAITING
    limit: Decimal | None = None
    """What it was sent with"""
    order_id: str = ""
    filled: int = 0
    average: Decimal | None = None
    reason: Reason | None = None
    reason_detail: str = ""
    in_doubt: bool = False

    @property
    def signed_filled(self) -> int:
        """Contracts filled, above zero for what was bought."""
        return self.filled if self.planned.leg.side is Side.BUY else -self.filled


class BasketRun:
    """One basket being sent. `name` makes its orders one of their kind; it is asked to go on by `look`."""

    def __init__(
        self, desk: Desk, judge: BasketJudge, plan: BasketPlan, spawn: Spawn, name: str, acknowledged: Acknowledged
    ) -> None:
        self._desk = desk
        self._judge = judge
        self._spawn = spawn
        self.name = name
        self._acknowledged = acknowledged
        self._is_sending = False
        self._cancels = False
        """A person wants nothing more of it"""
        self._filled_at = desk.monotonic()
        self.plan = plan
        self.legs = [RunLeg(planned, limit=planned.limit) for planned in plan.legs]
        self.stop: Stop | None = None
        self.net_at_stop: Decimal | None = None
        """What a net limit stopped at, yuan for one unit"""

    # ---- what is so

    @property
    def unit(self) -> int | None:
        """Shares of a contract where all legs have the same; None where they differ."""
        units = {leg.planned.multiplier for leg in self.legs}
        return units.pop() if len(units) == 1 else None

    @property
    def is_over(self) -> bool:
        """Whether nothing of it works or waits."""
        return all(leg.state.is_final for leg in self.legs)

    @property
    def is_filled(self) -> bool:
        """Whether every leg is filled."""
        return all(leg.state is LegState.FILLED for leg in self.legs)

    @property
    def whole_units(self) -> int:
        """Units of which every leg is filled."""
        return min((leg.filled // leg.planned.leg.ratio for leg in self.legs), default=0)

    @property
    def left(self) -> list[tuple[str, int]]:
        """Code and signed contracts that are filled beyond whole units: what stands alone."""
        units = self.whole_units
        found: list[tuple[str, int]] = []
        for leg in self.legs:
            alone = leg.filled - units * leg.planned.leg.ratio
            if alone:
                found.append((leg.planned.leg.code, alone if leg.planned.leg.side is Side.BUY else -alone))
        return found

    @property
    def net_filled(self) -> Decimal | None:
        """Yuan paid, or received below zero, for all that is filled; None before anything is."""
        filled = [leg for leg in self.legs if leg.filled and leg.average is not None]
        if not filled:
            return None
        return sum(
            ((leg.average or Decimal(0)) * leg.signed_filled * leg.planned.multiplier for leg in filled), Decimal(0)
        )

    @property
    def pairs(self) -> tuple[KnownPair, ...]:
        """Combinations of the exchange that may be built of it, once all of it is filled."""
        if not self.is_filled:
            return ()
        return self._judge.pairs(
            [(leg.planned.leg.code, leg.planned.instruction, leg.planned.quantity) for leg in self.legs]
        )

    # ---- what happens

    def look(self) -> None:
        """Send the next leg if it may go now."""
        waiting = next((n for n, leg in enumerate(self.legs) if leg.state is LegState.WAITING), None)
        if waiting is None or self._is_sending:
            return
        if (failed := next((leg for leg in self.legs if leg.state.is_failed), None)) is not None:
            self._end(Stop.REFUSED if failed.state is LegState.REFUSED else Stop.NOT_FILLED)
            return
        if self.plan.pace is Pace.LEG_BY_LEG and not self._may_follow(waiting):
            return
        self._is_sending = True
        self._spawn(self._send(waiting))

    def on_order(self, order: Order) -> None:
        """Hear of an order of the desk."""
        place = next((n for n, leg in enumerate(self.legs) if leg.order_id == order.client_order_id), None)
        if place is not None:
            self._take(place, order)
            self.look()

    def on_line_lost(self) -> None:
        """Send nothing more: whoever sees what has become of the orders says what is to be done."""
        if not self.is_over:
            self._end(Stop.LINE)

    def end_day(self) -> None:
        """The orders of the day before are over; whatever they came to stands in the history."""
        for place, leg in enumerate(self.legs):
            if not leg.state.is_final:
                self.legs[place] = replace(leg, state=LegState.STOPPED)
                self.stop = Stop.DAY

    async def cancel_rest(self) -> None:
        """Send nothing more and cancel what works."""
        self._cancels = True
        self._end(Stop.BY_HAND)
        for leg in list(self.legs):
            if leg.order_id and not leg.state.is_final:
                await self._desk.orders.cancel(leg.order_id)

    # ---- inside

    def _may_follow(self, place: int) -> bool:
        """Leg by leg: all before it are filled, and the counter has freed what they freed."""
        if any(leg.state is not LegState.FILLED for leg in self.legs[:place]):
            return False
        limit = self._limit_now(self.legs[place])
        if place == 0 or self._desk.monotonic() - self._filled_at >= PATIENCE_SECONDS:
            return True
        order_type, planned = self.plan.order_type, self.legs[place].planned
        if order_type.has_price and limit is None:
            # Sending says what is missing
            return True
        return self._judge.verdict_on(planned.request(order_type, limit)).may_be_sent

    async def _send(self, place: int) -> None:
        leg, plan = self.legs[place], self.plan
        try:
            limit = self._limit_now(leg)
            if (stop := self._net_stop()) is not None:
                self._end(stop)
                return
            if plan.order_type.has_price and limit is None:
                self._end(Stop.NO_PRICE)
                return
            self.legs[place] = replace(leg, state=LegState.SENDING, limit=limit)
            code = leg.planned.leg.code
            order = await self._desk.orders.submit(
                leg.planned.request(plan.order_type, limit),
                f"{self.name} leg {leg.planned.place}",
                acknowledged=self._acknowledged.get(code, ()),
            )
            self.legs[place] = replace(self.legs[place], order_id=order.client_order_id)
            # Its answer may have come before its number
            self._take(place, self._desk.orders.order(order.client_order_id) or order)
        finally:
            self._is_sending = False
        if self._cancels and not self.legs[place].state.is_final:
            # The rest was cancelled while this one was on its way to the disk
            await self._desk.orders.cancel(self.legs[place].order_id)
        self.look()

    def _limit_now(self, leg: RunLeg) -> Decimal | None:
        """The confirmed limit; where a net price is held to, what the leg's basis gives now, for that bounds it."""
        planned = leg.planned
        if self.plan.net_limit is None or planned.leg.basis is PriceBasis.TYPED or not self.plan.order_type.has_price:
            return planned.limit
        market = self._judge.market_of(planned.leg.code)
        return None if market is None else market.limit_for(planned.leg.side, planned.leg.basis)

    def _net_stop(self) -> Stop | None:
        """Why the net limit keeps the next leg back: what is filled at its price, the rest at what it would cost."""
        limit = self.plan.net_limit
        if limit is None:
            return None
        total = Decimal(0)
        for leg in self.legs:
            price = self._price_of(leg)
            if price is None:
                return Stop.NO_PRICE
            sign = 1 if leg.planned.leg.side is Side.BUY else -1
            total += price * sign * leg.planned.leg.ratio * leg.planned.multiplier
        if total > limit:
            self.net_at_stop = total
            return Stop.NET_PRICE
        return None

    def _price_of(self, leg: RunLeg) -> Decimal | None:
        if leg.state is LegState.FILLED:
            return leg.average
        limit = self._limit_now(leg) if leg.state is LegState.WAITING else leg.limit
        if limit is not None or self.plan.order_type.has_price:
            return limit
        market = self._judge.market_of(leg.planned.leg.code)
        return None if market is None else market.opposite(leg.planned.leg.side)

    def _take(self, place: int, order: Order) -> None:
        leg, state = self.legs[place], _state_of(order)
        if state is LegState.FILLED and leg.state is not LegState.FILLED:
            self._filled_at = self._desk.monotonic()
        self.legs[place] = replace(
            leg,
            state=state,
            filled=order.filled_quantity,
            average=order.average_fill_price,
            reason=order.reason,
            reason_detail=order.reason_detail,
            in_doubt=order.in_doubt,
        )

    def _end(self, why: Stop) -> None:
        self.stop = self.stop or why
        for place, leg in enumerate(self.legs):
            if leg.state is LegState.WAITING:
                self.legs[place] = replace(leg, state=LegState.STOPPED)


def _state_of(order: Order) -> LegState:
    match order.status:
        case OrderStatus.DENIED | OrderStatus.REJECTED:
            return LegState.REFUSED
        case OrderStatus.FILLED:
            return LegState.FILLED
        case OrderStatus.CANCELLED:
            if order.filled_quantity >= order.quantity:
                return LegState.FILLED
            return LegState.PARTLY if order.filled_quantity else LegState.CANCELLED
        case OrderStatus.SUBMITTED:
            return LegState.SENDING
        case _:
            return LegState.RESTING
