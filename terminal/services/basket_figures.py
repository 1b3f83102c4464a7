"""What a basket costs, is worth and moves (组合测算): nets, greeks, money, and what becomes of it at expiry.

Pure: legs with what the market says of them come in, figures go out. A figure that lacks one leg's input is None, never
the sum of the others. Multipliers are those of the contracts, so a basket may join an adjusted series and a plain one.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from itertools import pairwise
from math import inf, isfinite
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from terminal.domain.contracts import Contract, Right
from terminal.domain.orders import Instruction, OrderRequest, OrderType, Side
from terminal.rules.expiry_profit import profit_at_expiry
from terminal.rules.preview import OrderCost
from terminal.services.basket import BasketLeg, PriceBasis

FloatArray = NDArray[np.float64]
#: Of the highest strike: as far beyond it the line is looked at, where it is straight for good
_BEYOND = 1.0
#: Yuan: less is the arithmetic of floating point
_NOTHING = 1e-6


class Greeks(NamedTuple):
    """Delta in shares, gamma in shares for 1 %, vega in yuan a point, theta in yuan a day; None for unknown."""

    delta: float | None = None
    gamma: float | None = None
    vega: float | None = None
    theta: float | None = None


NO_GREEKS = Greeks()


@dataclass(frozen=True, slots=True, kw_only=True)
class LegMarket:
    """What the market says of a leg's contract now. Prices in yuan per share, None for none; greeks of one contract."""

    contract: Contract
    bid: Decimal | None = None
    ask: Decimal | None = None
    bid_quantity: int = 0
    ask_quantity: int = 0
    theoretical: Decimal | None = None
    greeks: Greeks = NO_GREEKS

    @property
    def mid(self) -> Decimal | None:
        """Middle of a book with two sides that are neither locked nor crossed."""
        if self.bid is None or self.ask is None or self.bid >= self.ask:
            return None
        return (self.bid + self.ask) / 2

    def opposite(self, side: Side) -> Decimal | None:
        """The price at which an order of this side trades at once."""
        return self.ask if side is Side.BUY else self.bid

    def depth_against(self, side: Side) -> int:
        """Contracts at that price."""
        return self.ask_quantity if side is Side.BUY else self.bid_quantity

    def limit_for(self, side: Side, basis: PriceBasis) -> Decimal | None:
        """The limit by a basis, on the contract's tick; None where there is none, and for a typed one."""
        buys, tick = side is Side.BUY, self.contract.tick_size
        match basis:
            case PriceBasis.OPPOSITE:
                return self.opposite(side)
            case PriceBasis.OWN:
                return self.bid if buys else self.ask
            case PriceBasis.MID:
                return _better(self.mid, tick, buys=buys)
            case PriceBasis.THEORETICAL:
                return _better(self.theoretical, tick, buys=buys)
            case PriceBasis.TYPED:
                return None


def _better(price: Decimal | None, tick: Decimal, *, buys: bool) -> Decimal | None:
    """On the tick, down for a buy and up for a sale; nothing below one tick."""
    if price is None:
        return None
    ticks = (price / tick).to_integral_value(ROUND_FLOOR if buys else ROUND_CEILING)
    return ticks * tick if ticks > 0 else None


class PricedLeg(NamedTuple):
    """A leg, its market, and the limit it would be sent with; None for a market order and where there is none."""

    leg: BasketLeg
    market: LegMarket
    limit: Decimal | None = None

    @property
    def sign(self) -> int:
        """+1 for what is bought, −1 for what is sold."""
        return 1 if self.leg.side is Side.BUY else -1

    @property
    def shares(self) -> int:
        """Shares behind one unit of the basket, signed."""
        return self.sign * self.leg.ratio * self.market.contract.multiplier


@dataclass(frozen=True, slots=True)
class Nets:
    """Yuan for one unit of a basket, above zero to be paid, below to be received; None for unknown."""

    now: Decimal | None
    """All legs at the other side's best"""
    limits: Decimal | None
    """All legs at the limits they would be sent with; a market order at the other side's best"""
    mid: Decimal | None
    theoretical: Decimal | None


def net(legs: Iterable[PricedLeg], price: Callable[[PricedLeg], Decimal | None]) -> Decimal | None:
    """Yuan for one unit at the prices that `price` gives, yuan per share; None where it knows one of them not."""
    total = Decimal(0)
    for leg in legs:
        each = price(leg)
        if each is None:
            return None
        total += each * leg.shares
    return total


def price_sent(leg: PricedLeg) -> Decimal | None:
    """The limit of a leg; without one what it would trade at now."""
    return leg.limit if leg.limit is not None else leg.market.opposite(leg.leg.side)


def nets_of(legs: Sequence[PricedLeg], *, at_market: bool) -> Nets:
    """The nets of a basket; `at_market` where its orders carry no limit. All unknown without a leg."""
    if not legs:
        return Nets(None, None, None, None)
    now = net(legs, lambda leg: leg.market.opposite(leg.leg.side))
    return Nets(
        now=now,
        limits=now if at_market else net(legs, lambda leg: leg.limit),
        mid=net(legs, lambda leg: leg.market.mid),
        theoretical=net(legs, lambda leg: leg.market.theoretical),
    )


def common_unit(legs: Sequence[PricedLeg]) -> int | None:
    """The multiplier that all legs have: then a net has a price per share; None where they differ."""
    units = {leg.market.contract.multiplier for leg in legs}
    return units.pop() if len(units) == 1 else None


def greeks_of(legs: Sequence[PricedLeg], units: int) -> Greeks:
    """Greeks of so many units of the basket."""
    if not legs:
        return NO_GREEKS

    def total(place: int) -> float | None:
        found = [(leg.market.greeks[place], leg.sign * leg.leg.ratio * units) for leg in legs]
        known = [each * count for each, count in found if each is not None and isfinite(each)]
        return sum(known) if len(known) == len(found) else None

    return Greeks(total(0), total(1), total(2), total(3))


@dataclass(frozen=True, slots=True)
class Payoff:
    """Profit of a basket at the expiry of its legs, yuan for the whole of it, fees of the trades included.

    `prices` of the underlying, yuan, are where the line starts, bends and ends; beyond the last it goes on by `slope`,
    yuan for a yuan. `most` and `least` are infinite where nothing bounds them; `evens` are where it crosses zero.
    """

    prices: tuple[float, ...]
    profits: tuple[float, ...]
    slope: float
    evens: tuple[float, ...]

    @property
    def most(self) -> float:
        """The largest gain."""
        return inf if self.slope > _NOTHING else max(self.profits)

    @property
    def least(self) -> float:
        """The smallest gain, which is the largest loss below zero."""
        return -inf if self.slope < -_NOTHING else min(self.profits)


class CostedLeg(NamedTuple):
    """A leg as an order: its instruction, its quantity, its price and what the order costs at it."""

    contract: Contract
    instruction: Instruction
    quantity: int
    price: Decimal
    cost: OrderCost


def payoff_of(legs: Sequence[CostedLeg], spot: float) -> Payoff | None:
    """The line at expiry; None where legs expire on several days or underlyings, or one closes what is held."""
    contracts = [leg.contract for leg in legs]
    if len({(c.underlying, c.expiry) for c in contracts}) != 1 or not isfinite(spot) or spot <= 0:
        return None
    strikes = sorted({float(c.strike) for c in contracts})
    top = max(strikes[-1], spot)
    prices = np.array([0.0, *strikes, top * (1 + _BEYOND)])
    profits = np.zeros(len(prices))
    for leg in legs:
        request = OrderRequest(leg.contract.code, leg.instruction, OrderType.LIMIT, leg.quantity, leg.price)
        part = profit_at_expiry(request, leg.contract, leg.cost, prices, spot)
        if part is None:
            return None
        profits = profits + part
    slope = float(sum(_slope(leg) for leg in legs))
    return Payoff(tuple(prices.tolist()), tuple(profits.tolist()), slope, _evens(prices, profits, slope))


def _slope(leg: CostedLeg) -> float:
    """Yuan for a yuan of the underlying above all strikes."""
    shares = leg.contract.multiplier * leg.quantity
    if leg.instruction is Instruction.COVERED_OPEN:
        # The shares that cover it gain what it loses
        return 0.0
    if leg.contract.right is Right.PUT:
        return 0.0
    return float(shares if leg.instruction.side is Side.BUY else -shares)


def _evens(prices: FloatArray, profits: FloatArray, slope: float) -> tuple[float, ...]:
    """Where the line crosses or meets zero; a stretch on zero counts with its ends."""
    found: set[float] = set()
    line = list(zip(prices.tolist(), profits.tolist(), strict=True))
    for (a, p), (b, q) in pairwise(line):
        if abs(p) <= _NOTHING and a > 0:
            found.add(a)
        elif p * q < 0:
            found.add(a + (b - a) * p / (p - q))
    last, profit = line[-1]
    if abs(slope) > _NOTHING and profit * slope < 0:
        found.add(last - profit / slope)
    return tuple(sorted(found))
