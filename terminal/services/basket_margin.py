"""What the shorts of a basket hold as margin, one by one and as combinations of the exchange (组合保证金).

Only what a basket opens is looked at: legs that close, and covered ones, form no combination.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from terminal.domain.accounts import ZERO, PositionSide
from terminal.domain.combinations import CombinationStrategy
from terminal.domain.contracts import Contract
from terminal.domain.instructions import InstructionKind
from terminal.domain.orders import Instruction
from terminal.rules.combinations import ContractLeg, identify
from terminal.services.instructions import InstructionRequest

_OPENED = {Instruction.BUY_OPEN: PositionSide.LONG, Instruction.SELL_OPEN: PositionSide.SHORT}


class OpenedLeg(NamedTuple):
    """A leg as it is opened: how many contracts, and the margin of one by itself, yuan."""

    contract: Contract
    instruction: Instruction
    quantity: int
    margin: Decimal = ZERO


@dataclass(frozen=True, slots=True)
class KnownPair:
    """Two legs that the exchange margins as one. `first` is a spread's long leg, or a short pair's call."""

    strategy: CombinationStrategy
    first: str
    second: str
    quantity: int
    separate: Decimal
    """Margin of the legs by themselves, yuan for all of it"""
    combined: Decimal
    """Margin as the combination"""

    @property
    def freed(self) -> Decimal:
        """What building it frees; never below zero."""
        return max(self.separate - self.combined, ZERO)

    def request(self) -> InstructionRequest:
        """The instruction that builds it (组合构建)."""
        return InstructionRequest(
            kind=InstructionKind.COMBINE,
            contract_code=self.first,
            second_code=self.second,
            strategy=self.strategy,
            quantity=self.quantity,
        )


CombinationMargin = Callable[[CombinationStrategy, ContractLeg, ContractLeg], Decimal | None]


def pairs_of(legs: Sequence[OpenedLeg], margin: CombinationMargin) -> tuple[KnownPair, ...]:
    """The pairs that may be built of these legs, those that free most first; every contract is used once.

    `margin` gives that of one combination, yuan, None where it cannot be told.
    """
    left = {n: leg.quantity for n, leg in enumerate(legs) if leg.instruction in _OPENED}
    candidates: list[tuple[Decimal, int, int, CombinationStrategy, Decimal]] = []
    for one in left:
        for other in [n for n in left if n > one]:
            sides = _as_held(legs[one]), _as_held(legs[other])
            for strategy in identify(*sides):
                each = margin(strategy, *sides)
                if each is not None:
                    apart = _alone(legs[one]) + _alone(legs[other])
                    candidates.append((apart - each, one, other, strategy, each))
    found: list[KnownPair] = []
    # The place in the basket parts equals, so that the same basket always pairs the same way
    for _, one, other, strategy, each in sorted(candidates, key=lambda c: (-c[0], c[1], c[2])):
        quantity = min(left[one], left[other])
        if quantity < 1:
            continue
        left[one] -= quantity
        left[other] -= quantity
        first, second = _in_order(strategy, legs[one], legs[other])
        apart = (_alone(first) + _alone(second)) * quantity
        found.append(KnownPair(strategy, first.contract.code, second.contract.code, quantity, apart, each * quantity))
    return tuple(found)


def _as_held(leg: OpenedLeg) -> ContractLeg:
    return ContractLeg(leg.contract, _OPENED[leg.instruction])


def _alone(leg: OpenedLeg) -> Decimal:
    return leg.margin if leg.instruction is Instruction.SELL_OPEN else ZERO


def _in_order(strategy: CombinationStrategy, one: OpenedLeg, other: OpenedLeg) -> tuple[OpenedLeg, OpenedLeg]:
    if strategy.is_short_pair:
        return (one, other) if one.contract.right.value == "C" else (other, one)
    return (one, other) if one.instruction is Instruction.BUY_OPEN else (other, one)
