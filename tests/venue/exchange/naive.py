"""A second exchange, written from the rulebook and as slow as it is plain: one list of orders, sorted for every trade.

It knows limit prices from 1 to 3700 with a tick of 1, whole seconds, and the day of rulebook 2.4 second by second.
"""

from dataclasses import dataclass, field

from terminal.domain.orders import OrderType, SelfTrade, Side

BUY, SELL = Side.BUY, Side.SELL
UP, DOWN = 3700, 1


def clock(hour: int, minute: int = 0, second: int = 0) -> int:
    """Seconds since midnight."""
    return 3600 * hour + 60 * minute + second


def phase_at(now: int) -> str:
    """Rulebook 2.4: C opening auction, T continuous, U closing auction, - no orders, E over."""
    if clock(9, 15) <= now < clock(9, 25):
        return "C"
    if clock(9, 30) <= now < clock(11, 30) or clock(13) <= now < clock(14, 57):
        return "T"
    if clock(14, 57) <= now < clock(15):
        return "U"
    return "E" if now >= clock(15) else "-"


def may_cancel(now: int) -> bool:
    """Rulebook 2.4: not from 09:20 to 09:25 nor from 14:59 to 15:00."""
    return phase_at(now) in ("C", "T", "U") and not (
        clock(9, 20) <= now < clock(9, 25) or clock(14, 59) <= now < clock(15)
    )


@dataclass
class Resting:
    """An order in the list; `came` counts arrivals."""

    order_id: int
    participant: int
    side: Side
    price: int
    leaves: int
    closes: bool
    came: int

    def rank(self) -> tuple[int, bool, int]:
        """Price, at the price limits closing orders first (rulebook 3), then time."""
        better = -self.price if self.side is BUY else self.price
        return better, self.price in (UP, DOWN) and not self.closes, self.came


@dataclass
class Incoming:
    """An order as it comes in."""

    order_id: int
    participant: int
    side: Side
    order_type: OrderType
    quantity: int
    price: int
    closes: bool


Trade = tuple[int, int, int, int]
"""Price, quantity, order id of the buyer and of the seller"""


@dataclass
class NaiveContract:
    """One contract under a guard mode; participants of `owner` are one."""

    guard: SelfTrade
    ioc_levels: int
    orders: list[Resting] = field(default_factory=list)
    trades: list[Trade] = field(default_factory=list)
    quotes: dict[int, tuple[int, int]] = field(default_factory=dict)
    """Side ids of each maker's quote"""
    reference: int = 1000
    last: int = 0
    breaker_until: int | None = None
    halted: bool = False
    arrivals: int = 0

    # ---- looking

    def side(self, side: Side) -> list[Resting]:
        return sorted((o for o in self.orders if o.side is side), key=Resting.rank)

    def gathers(self, now: int) -> bool:
        return self.halted or self.breaker_until is not None or phase_at(now) != "T"

    def takes_orders(self, now: int) -> bool:
        return phase_at(now) in ("C", "T", "U")

    def outside(self, price: int) -> bool:
        """Rulebook 2.6: at least half of the reference price away, and at least ten ticks."""
        move = abs(price - self.reference)
        return 2 * move >= self.reference and move >= 10

    @staticmethod
    def reaches(side: Side, limit: int, price: int) -> bool:
        return price <= limit if side is BUY else price >= limit

    # ---- orders

    def enter(self, order: Incoming, now: int) -> bool:
        """Take an order; whether it was taken."""
        if not self.takes_orders(now) or (order.order_type is not OrderType.LIMIT and self.gathers(now)):
            return False
        facing = self.side(order.side.opposite)
        if order.order_type.is_market and not facing:
            return False
        limit = self.limit_of(order, facing)
        may_rest = order.order_type.may_rest
        if self.guard is SelfTrade.REJECT_INCOMING and self.would_meet_own(order, limit, may_rest, now):
            return False
        if may_rest or order.order_type is OrderType.MARKET_IOC:
            self.work(order, limit, now, rests=may_rest)
        elif self.fills_wholly(order, limit):
            if any(self.outside(o.price) for o in self.wanted(order, limit)):
                self.trip(now)
            else:
                self.work(order, limit, now, rests=False)
        return True

    def limit_of(self, order: Incoming, facing: list[Resting]) -> int:
        """The worst price an order may trade at."""
        if order.order_type.has_price:
            return order.price
        prices = list(dict.fromkeys(o.price for o in facing))
        if order.order_type is OrderType.MARKET_TO_LIMIT:
            return prices[0]
        if order.order_type is OrderType.MARKET_IOC:
            return prices[: self.ioc_levels][-1]
        return 10**6 if order.side is BUY else 0

    def others(self, order: Incoming, limit: int) -> list[Resting]:
        """What an order could trade with, best first; its owner's are left out where they would be taken out."""
        return [
            o
            for o in self.side(order.side.opposite)
            if self.reaches(order.side, limit, o.price)
            and (self.guard is not SelfTrade.CANCEL_RESTING or o.participant != order.participant)
        ]

    def fills_wholly(self, order: Incoming, limit: int) -> bool:
        return sum(o.leaves for o in self.others(order, limit)) >= order.quantity

    def wanted(self, order: Incoming, limit: int) -> list[Resting]:
        """The orders an all-or-nothing order trades with."""
        left, found = order.quantity, []
        for other in self.others(order, limit):
            if left > 0:
                found.append(other)
                left -= other.leaves
        return found

    def would_meet_own(
        self, order: Incoming, limit: int, may_rest: bool, now: int, without: tuple[int, ...] = ()
    ) -> bool:
        """Whether an incoming order would trade with, or in an auction could meet, one of its owner."""
        facing = [
            o
            for o in self.side(order.side.opposite)
            if self.reaches(order.side, limit, o.price) and o.order_id not in without
        ]
        left, auction = order.quantity, self.gathers(now)
        for other in facing:
            if not auction and left <= 0:
                return False
            if not auction and self.outside(other.price):
                if not may_rest:
                    return False
                auction = True
            if other.participant == order.participant:
                return True
            left -= other.leaves
        return False

    def work(self, order: Incoming, limit: int, now: int, *, rests: bool) -> None:
        """Trade what trades, and rest or drop what is left."""
        left, tripped = order.quantity, False
        guarded = self.guard is SelfTrade.CANCEL_RESTING
        while left and not self.gathers(now):
            facing = [o for o in self.side(order.side.opposite) if self.reaches(order.side, limit, o.price)]
            if not facing:
                break
            best = facing[0]
            at_best = [o for o in facing if o.price == best.price]
            if self.outside(best.price) and not (guarded and all(o.participant == order.participant for o in at_best)):
                tripped = True
                break
            if guarded and best.participant == order.participant:
                self.orders.remove(best)
                continue
            quantity = min(left, best.leaves)
            ids = (order.order_id, best.order_id) if order.side is BUY else (best.order_id, order.order_id)
            self.trade(best.price, quantity, *ids)
            left -= quantity
            best.leaves -= quantity
            self.orders = [o for o in self.orders if o.leaves]
        if left and rests:
            if guarded and (tripped or self.gathers(now)):
                self.orders = [
                    o
                    for o in self.orders
                    if o.side is order.side
                    or o.participant != order.participant
                    or not self.reaches(order.side, limit, o.price)
                ]
            self.arrivals += 1
            self.orders.append(
                Resting(order.order_id, order.participant, order.side, limit, left, order.closes, self.arrivals)
            )
        if tripped:
            self.trip(now)

    def trade(self, price: int, quantity: int, buyer: int, seller: int) -> None:
        self.trades.append((price, quantity, buyer, seller))
        self.last = price

    def cancel(self, order_id: int, participant: int, now: int) -> bool:
        found = [o for o in self.orders if o.order_id == order_id and o.participant == participant]
        is_side = any(order_id in sides for sides in self.quotes.values())
        if not found or is_side or not may_cancel(now):
            return False
        self.orders.remove(found[0])
        return True

    # ---- quotes

    def live_sides(self, maker: int) -> tuple[int, ...]:
        ids = self.quotes.get(maker, ())
        return tuple(ids) if any(o.order_id in ids for o in self.orders) else ()

    def quote(self, maker: int, bid: Incoming, ask: Incoming, now: int) -> bool:
        """Replace a maker's quote; whether it was taken."""
        if not self.takes_orders(now) or self.halted or bid.price >= ask.price:
            return False
        before = self.live_sides(maker)
        if before and not may_cancel(now):
            return False
        if self.guard is SelfTrade.REJECT_INCOMING and any(
            self.would_meet_own(side, side.price, True, now, before) for side in (bid, ask)
        ):
            return False
        self.orders = [o for o in self.orders if o.order_id not in before]
        self.quotes[maker] = (bid.order_id, ask.order_id)
        for side in (bid, ask):
            self.work(side, side.price, now, rests=True)
        return True

    def cancel_quote(self, maker: int, now: int) -> bool:
        sides = self.live_sides(maker)
        if not sides or not may_cancel(now):
            return False
        self.orders = [o for o in self.orders if o.order_id not in sides]
        del self.quotes[maker]
        return True

    # ---- auctions, breaker, halt

    def auction_price(self) -> int:
        """Rulebook 2.5, step by step over every order's price; 0 when nothing trades."""
        bids, asks = self.side(BUY), self.side(SELL)
        candidates = []
        for price in sorted({o.price for o in self.orders}):
            demand = sum(o.leaves for o in bids if o.price >= price)
            supply = sum(o.leaves for o in asks if o.price <= price)
            volume = min(demand, supply)
            above = sum(o.leaves for o in bids if o.price > price)
            below = sum(o.leaves for o in asks if o.price < price)
            # 2 all above and below fill; 3 one side at the price fills
            if volume and above <= volume and below <= volume and volume in (demand, supply):
                candidates.append((volume, abs(demand - supply), price))
        if not candidates:
            return 0
        most = max(volume for volume, _, _ in candidates)
        least = min(unfilled for volume, unfilled, _ in candidates if volume == most)
        tied = [price for volume, unfilled, price in candidates if (volume, unfilled) == (most, least)]
        return (min(tied) + max(tied) + 1) // 2

    def match_auction(self) -> None:
        price = self.auction_price()
        if not price:
            return
        self.reference = price
        while True:
            bids = [o for o in self.side(BUY) if o.price >= price]
            asks = [o for o in self.side(SELL) if o.price <= price]
            if not bids or not asks:
                return
            quantity = min(bids[0].leaves, asks[0].leaves)
            self.trade(price, quantity, bids[0].order_id, asks[0].order_id)
            bids[0].leaves -= quantity
            asks[0].leaves -= quantity
            self.orders = [o for o in self.orders if o.leaves]

    def trip(self, now: int) -> None:
        """Rulebook 2.6: three minutes, standing still over lunch, and never into the closing auction."""
        end = now + 180
        if now < clock(11, 30) < end:
            end += clock(13) - clock(11, 30)
        self.breaker_until = min(end, clock(14, 57))

    def halt(self, *, resume: bool, now: int) -> None:
        if phase_at(now) == "E" or self.halted is not resume:
            return
        self.halted, self.breaker_until = not resume, None
        if resume and phase_at(now) == "T":
            self.match_auction()

    def tick(self, now: int) -> None:
        """What happens at the beginning of a second."""
        if self.breaker_until == now:
            self.breaker_until = None
            if now < clock(14, 57):
                before = len(self.trades)
                self.match_auction()
                if len(self.trades) == before and self.last:
                    self.reference = self.last
        ends_or_begins = now in (clock(9, 25), clock(9, 30), clock(13), clock(15))
        if ends_or_begins and not self.halted and self.breaker_until is None:
            self.match_auction()
        if now == clock(15):
            self.orders = []
