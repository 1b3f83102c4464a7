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
    """The rules of a quoter's contracts, one entry each."""

    close_first: BoolArray
    bid_closes: BoolArray
    """As set, whatever is held"""
    ask_closes: BoolArray
    any_set: bool
    """Whether a person has set any side to close"""

    @classmethod
    def of(cls, rules: "list[EffectRule | None]") -> "EffectColumns":
        """Lay them out."""
        bid, ask = np.array([r in _BID_CLOSES for r in rules], bool), np.array([r in _ASK_CLOSES for r in rules], bool)
        first = np.array([r is EffectRule.CLOSE_FIRST for r in rules], bool)
        return cls(first, bid, ask, bool((bid | ask).any()))

    def closes(
        self, bid_size: IntArray, ask_size: IntArray, closable_short: IntArray, closable_long: IntArray
    ) -> tuple[BoolArray, BoolArray]:
        """Where the bid closes a short and where the ask closes a long; each for its whole size."""
        bid = self.bid_closes | (self.close_first & (closable_short >= bid_size) & (bid_size > 0))
        ask = self.ask_closes | (self.close_first & (closable_long >= ask_size) & (ask_size > 0))
        return bid, ask

    def limited(
        self, bid_size: IntArray, ask_size: IntArray, closable_short: IntArray, closable_long: IntArray
    ) -> tuple[IntArray, IntArray]:
        """Sizes of sides that are set to close, no larger than what there is to close."""
        bid = np.where(self.bid_closes, np.minimum(bid_size, closable_short), bid_size)
        return bid, np.where(self.ask_closes, np.minimum(ask_size, closable_long), ask_size)


def order_instruction(view: View, number: int, quantity: int, *, buys: bool) -> Instruction:
    """What a strategy's order is: it closes where it can for its whole quantity, and opens otherwise."""
    if buys:
        return Instruction.BUY_CLOSE if view.closable_short[number] >= quantity else Instruction.BUY_OPEN
    return Instruction.SELL_CLOSE if view.closable_long[number] >= quantity else Instruction.SELL_OPEN
