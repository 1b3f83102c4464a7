"""A basket of legs (组合): which contracts, bought or sold, in which ratio, at whose price, and how it is to be sent.

Plain values and what a person does to them; a changed basket is a new one. Nothing here knows a market or a widget.
A contract stands in a basket once: the same contract again makes its leg larger, its other side makes it smaller.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from terminal.domain.accounts import PositionSide
from terminal.domain.errors import BadInput
from terminal.domain.orders import Instruction, OrderType, Side
from terminal.services.order_draft import usual_instruction

#: More legs nobody watches at once, and no name of the market has more
MOST_LEGS = 8
MOST_RATIO = 99
#: The types a basket may be sent as: what would turn into a limit order by itself has no price to hold a net price to
ORDER_TYPES = (OrderType.LIMIT, OrderType.LIMIT_FOK, OrderType.MARKET_IOC)


class PriceBasis(StrEnum):
    """Where the limit of a leg comes from."""

    OPPOSITE = "opposite"
    """Best price of the other side (对手价)"""
    OWN = "own"
    """Best price of the own side (本方价)"""
    MID = "mid"
    """Middle of both, on the tick that is better for us"""
    THEORETICAL = "theoretical"
    """What the curve in force says (理论价), on the tick that is better for us"""
    TYPED = "typed"


class LegEffect(StrEnum):
    """What a leg opens or closes."""

    USUAL = "usual"
    """As in the ticket: a sale closes what is long, all else opens"""
    OPEN = "open"
    CLOSE = "close"
    COVERED = "covered"
    """Secured by locked shares (备兑): sold to open, bought to close"""


class LegOrder(StrEnum):
    """Which leg goes first."""

    BUYS_FIRST = "buys_first"
    """What frees or hedges before what opens a short position: nothing stands uncovered for want of a leg"""
    THIN_FIRST = "thin_first"
    """The leg with the smallest size against its own first: what is hard to get is had before the rest is bound"""


class Pace(StrEnum):
    """When the next leg goes."""

    LEG_BY_LEG = "leg_by_leg"
    """When the one before is filled to the last contract"""
    AT_ONCE = "at_once"


@dataclass(frozen=True, slots=True)
class BasketLeg:
    """One leg of one unit of the basket; `ratio` contracts of it, `price_text` as typed, for a typed price alone."""

    code: str
    side: Side
    ratio: int = 1
    effect: LegEffect = LegEffect.USUAL
    basis: PriceBasis = PriceBasis.OPPOSITE
    price_text: str = ""

    def instruction(self, held: Mapping[PositionSide, int]) -> Instruction:
        """The instruction this leg is sent as, where the account holds so much of the contract."""
        buys = self.side is Side.BUY
        match self.effect:
            case LegEffect.OPEN:
                return Instruction.BUY_OPEN if buys else Instruction.SELL_OPEN
            case LegEffect.CLOSE:
                return Instruction.BUY_CLOSE if buys else Instruction.SELL_CLOSE
            case LegEffect.COVERED:
                return Instruction.COVERED_CLOSE if buys else Instruction.COVERED_OPEN
            case LegEffect.USUAL:
                return usual_instruction(self.side, held)


@dataclass(frozen=True, slots=True)
class Basket:
    """Legs and how they are sent. Texts are what the user typed.

    `limit_text` is the net price to hold to, as `net_limit` reads it; empty for none.
    """

    legs: tuple[BasketLeg, ...] = ()
    units_text: str = "1"
    order_type: OrderType = OrderType.LIMIT
    pace: Pace = Pace.LEG_BY_LEG
    order: LegOrder = LegOrder.BUYS_FIRST
    limit_text: str = ""

    @property
    def units(self) -> int | None:
        """How many times the legs are wanted; None for what is no whole number from 1 on."""
        text = self.units_text.strip()
        if not text.isascii() or not text.isdigit() or len(text) > 6:
            return None
        return int(text) or None

    @property
    def is_full(self) -> bool:
        """Whether no leg of another contract has room."""
        return len(self.legs) >= MOST_LEGS

    def add(self, code: str, side: Side) -> "Basket":
        """One more contract of a leg; of its other side one less, and none of it is no leg. Unchanged when full."""
        for place, leg in enumerate(self.legs):
            if leg.code == code:
                ratio = leg.ratio + (1 if leg.side is side else -1)
                return self.remove(place) if ratio < 1 else self.change(place, ratio=min(ratio, MOST_RATIO))
        return self if self.is_full else self.with_legs((*self.legs, BasketLeg(code, side)))

    def with_legs(self, legs: tuple[BasketLeg, ...]) -> "Basket":
        """Other legs; a limit was meant for those before."""
        return replace(self, legs=legs, limit_text="")

    def remove(self, place: int) -> "Basket":
        """Without a leg."""
        return self.with_legs((*self.legs[:place], *self.legs[place + 1 :]))

    def change(
        self,
        place: int,
        *,
        ratio: int | None = None,
        effect: LegEffect | None = None,
        basis: PriceBasis | None = None,
        price_text: str | None = None,
    ) -> "Basket":
        """With one leg changed where a value is given. Raises BadInput for a ratio that no leg may have."""
        leg = self.legs[place]
        if ratio is not None and not 1 <= ratio <= MOST_RATIO:
            raise BadInput("ratio", ratio, f"1 to {MOST_RATIO}")
        changed = replace(
            leg,
            ratio=leg.ratio if ratio is None else ratio,
            effect=leg.effect if effect is None else effect,
            basis=leg.basis if basis is None else basis,
            price_text=leg.price_text if price_text is None else price_text,
        )
        legs = (*self.legs[:place], changed, *self.legs[place + 1 :])
        return self.with_legs(legs) if changed.ratio != leg.ratio else replace(self, legs=legs)

    def flip(self, place: int) -> "Basket":
        """With one leg on its other side."""
        legs = [replace(leg, side=leg.side.opposite) if n == place else leg for n, leg in enumerate(self.legs)]
        return self.with_legs(tuple(legs))

    def reverse(self) -> "Basket":
        """With every leg on its other side."""
        return self.with_legs(tuple(replace(leg, side=leg.side.opposite) for leg in self.legs))
