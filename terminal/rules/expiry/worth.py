"""What a long contract brings on its last day: exercised, sold, or left to lapse (行权或平仓), rulebook 6."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from terminal.domain.contracts import Contract, Right
from terminal.domain.orders import Instruction
from terminal.rules.exercise import exercise_fee
from terminal.rules.fees import fill_fee
from terminal.rules.profile import Fees
from terminal.rules.rounding import to_cents

_ZERO = Decimal(0)


class Disposition(StrEnum):
    """What becomes of a holding that expires."""

    EXERCISE = "exercise"
    """行权"""
    MERGED = "merged"
    """With one of the other right, no money and no shares needed (合并行权)"""
    SELL = "sell"
    """卖平"""
    ABANDON = "abandon"
    """放弃"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Worth:
    """Yuan for all contracts of one holding, fees taken off; a minus means it costs."""

    inside: Decimal
    """How far in the money (实值), yuan per share; negative out of it"""
    exercise: Decimal
    sale: Decimal | None
    """At the best bid; None where nobody bids"""

    @property
    def intrinsic(self) -> Decimal:
        """Intrinsic value (内在价值), yuan per share."""
        return max(self.inside, _ZERO)

    @property
    def best(self) -> Disposition:
        """What brings most: exercise before selling where they are equal, nothing at all where both cost."""
        if self.sale is not None and self.sale > max(self.exercise, _ZERO):
            return Disposition.SELL
        return Disposition.EXERCISE if self.exercise > 0 else Disposition.ABANDON


def inside_by(right: Right, strike: Decimal, underlying_price: Decimal) -> Decimal:
    """How far in the money, yuan per share; negative out of it."""
    return underlying_price - strike if right is Right.CALL else strike - underlying_price


def worth(contract: Contract, quantity: int, *, underlying_price: Decimal, bid: Decimal | None, fees: Fees) -> Worth:
    """Compare exercising with selling at the bid, each after its fee."""
    inside = inside_by(contract.right, contract.strike, underlying_price)
    unit = contract.multiplier * quantity
    sale = to_cents(bid * unit) - fill_fee(fees, Instruction.SELL_CLOSE, quantity) if bid is not None else None
    return Worth(inside=inside, exercise=to_cents(inside * unit) - exercise_fee(fees, quantity), sale=sale)


def break_even(contract: Contract, fees: Fees) -> Decimal:
    """Price of the underlying at which exercising one contract just pays its fee, yuan per share."""
    each = exercise_fee(fees, 1) / contract.multiplier
    return contract.strike + each if contract.right is Right.CALL else contract.strike - each
