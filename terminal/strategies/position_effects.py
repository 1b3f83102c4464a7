"""Which side of a quote or order opens and which closes (开平仓).

What can be closed is what the counter would take: neither legs of combinations (组合占用) nor what is being exercised,
nor what closing orders hold. Covered shorts (备兑仓) are closed by an instruction of their own, never by a plain bid.
"""

from dataclasses import dataclass

import numpy as np

from terminal.domain.orders import Instruction
from terminal.domain.quotes import EffectRule
from terminal.strategies.protocol import BoolArray, IntArray, View

_BID_CLOSES = (EffectRule.BID_CLOSES, EffectRule.BOTH_CLOSE)
_ASK_CLOSES = (EffectRule.ASK_CLOSES, EffectRule.BOTH_CLOSE)


@dataclass(frozen=True, slots=True)
class EffectColumns:
    """The rules of a quoter's contracts, one entry each; what both sides have stands in two rows, the bids' first."""

    close_first: BoolArray
    closes: BoolArray
    """As set, whatever is held"""
    any_set: bool
    """Whether a person has set any side to close"""
    any_first: bool
    """Whether any contract closes first"""

    @classmethod
    def of(cls, rules: "list[EffectRule | None]") -> "EffectColumns":
        """Lay them out."""
        closes = np.array([[r in rules_of_side for r in rules] for rules_of_side in (_BID_CLOSES, _ASK_CLOSES)], bool)
        first = np.array([r is EffectRule.CLOSE_FIRST for r in rules], bool)
        return cls(first, closes.reshape(2, len(rules)), bool(closes.any()), bool(first.any()))

    def closing(self, sizes: IntArray, closable: IntArray) -> BoolArray:
        """Where a bid closes a short and an ask a long; each for its whole size."""
        if not self.any_first:
            return self.closes
        closes = closable >= sizes
        closes &= sizes > 0
        closes &= self.close_first
        closes |= self.closes
        return closes

    def limited(self, sizes: IntArray, closable: IntArray) -> IntArray:
        """Sizes, of sides that are set to close no larger than what there is to close."""
        return np.where(self.closes, np.minimum(sizes, closable), sizes)


def order_instruction(view: View, number: int, quantity: int, *, buys: bool) -> Instruction:
    """What a strategy's order is: it closes where it can for its whole quantity, and opens otherwise."""
    if buys:
        return Instruction.BUY_CLOSE if view.closable[0, number] >= quantity else Instruction.BUY_OPEN
    return Instruction.SELL_CLOSE if view.closable[1, number] >= quantity else Instruction.SELL_OPEN
