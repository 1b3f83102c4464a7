"""A basket as it was judged (组合判定): every leg as an order, what speaks against the whole, and the plan to send.

Plain values. A plan is a basket at the prices that were shown.
"""

import re
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from terminal.domain.accounts import ZERO
from terminal.domain.errors import BadInput
from terminal.domain.orders import Instruction, OrderRequest, OrderType
from terminal.services.basket import Basket, BasketLeg, Pace
from terminal.services.basket_figures import Greeks, LegMarket, Nets, Payoff
from terminal.services.basket_margin import KnownPair
from terminal.services.order_draft import Verdict

_NET = re.compile(r"[+\-−]?([0-9]*\.?[0-9]+|[0-9]+\.)", re.ASCII)
_MAX_TEXT = 16


class Fault(StrEnum):
    """What speaks against a basket as a whole."""

    NO_LEGS = "no_legs"
    UNITS = "units"
    """Not a whole number of units"""
    NET_TEXT = "net_text"
    """The net limit cannot be read"""
    NET_UNKNOWN = "net_unknown"
    """There is a limit, and a leg without a price"""
    NET_WORSE = "net_worse"
    FUNDS = "funds"
    """All legs together need more than is available"""


@dataclass(frozen=True, slots=True)
class BasketFault:
    """A fault with its figures: nets as `net_limit` has them, or yuan of funds."""

    fault: Fault
    given: Decimal | None = None
    allowed: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedLeg:
    """One order of a plan. `place` is where its leg stands in the basket; `limit` None for a market order."""

    place: int
    leg: BasketLeg
    instruction: Instruction
    quantity: int
    limit: Decimal | None
    multiplier: int
    """Shares of one contract"""

    def request(self, order_type: OrderType, limit: Decimal | None) -> OrderRequest:
        """The order, with this limit. Raises BadInput where it lacks one."""
        price = limit if order_type.has_price else None
        return OrderRequest(self.leg.code, self.instruction, order_type, self.quantity, price)


@dataclass(frozen=True, slots=True, kw_only=True)
class BasketPlan:
    """Orders in the sequence they leave in. `net_limit`: yuan for one unit, None for none."""

    legs: tuple[PlannedLeg, ...]
    units: int
    order_type: OrderType
    pace: Pace
    net_limit: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LegVerdict:
    """One leg as an order. `market` is None for a contract that is not listed."""

    leg: BasketLeg
    market: LegMarket | None
    instruction: Instruction
    quantity: int
    limit: Decimal | None
    """What it would be sent with; None for a market order and where its basis gives none"""
    verdict: Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class BasketVerdict:
    """A basket judged. Money in yuan for the whole of it, None for unknown."""

    basket: Basket
    legs: tuple[LegVerdict, ...]
    faults: tuple[BasketFault, ...]
    nets: Nets
    unit: int | None
    """Shares of a contract where all legs have the same; None where they differ"""
    edge: Decimal | None
    """What trading at the other side's prices gains against the theoretical ones"""
    greeks: Greeks
    premium: Decimal | None
    """Paid above zero, received below, at the prices of the orders"""
    fee: Decimal | None
    margin: Decimal | None
    """Of the legs by themselves"""
    pairs: tuple[KnownPair, ...]
    payoff: Payoff | None
    spot: float
    """Of the legs' underlying, nan where there is none or several"""
    plan: BasketPlan | None
    """What would be sent; None while something speaks against it"""

    @property
    def freed(self) -> Decimal:
        """What building the combinations frees."""
        return sum((pair.freed for pair in self.pairs), ZERO)


def read_net(text: str) -> Decimal | None:
    """A net limit as typed, above zero to be paid, below to be received; None for an empty field.

    Raises BadInput for what is no figure.
    """
    stripped = text.strip()
    if not stripped:
        return None
    if len(stripped) > _MAX_TEXT or _NET.fullmatch(stripped) is None:
        raise BadInput("net price", text, "a price in yuan, above zero to be paid, below to be received")
    return Decimal(stripped.replace("−", "-"))
