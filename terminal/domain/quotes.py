"""Two-sided quotes (双边报价) and inquiries (询价) of the market's makers, rulebook 8."""

from decimal import Decimal
from enum import StrEnum

import msgspec

from terminal.domain.orders import PositionEffect, Side


class QuoteEntry(msgspec.Struct, frozen=True, gc=False):
    """Both sides of one contract; a new one replaces what the maker had there. Prices in yuan, quantities in 张."""

    contract_code: str
    bid_price: Decimal
    bid_quantity: int
    ask_price: Decimal
    ask_quantity: int
    bid_effect: PositionEffect = PositionEffect.OPEN
    ask_effect: PositionEffect = PositionEffect.OPEN


class EffectRule(StrEnum):
    """Which side of a quote opens and which closes (开平)."""

    CLOSE_FIRST = "close_first"
    """A side closes where a position of its size can be closed: that frees margin, opening takes some (平仓优先)"""
    OPEN_FIRST = "open_first"
    """Both sides open (开仓优先)"""
    BID_CLOSES = "bid_closes"
    """As set: buys to close, sells to open"""
    ASK_CLOSES = "ask_closes"
    """As set: buys to open, sells to close"""
    BOTH_CLOSE = "both_close"
    """As set: only what reduces"""

    def closes(self, side: Side, quantity: int, closable: int) -> bool:
        """Whether a side of so many contracts closes, where so many of the other direction can be closed."""
        if self is EffectRule.CLOSE_FIRST:
            return 0 < quantity <= closable
        return self in (EffectRule.BOTH_CLOSE, EffectRule.BID_CLOSES if side is Side.BUY else EffectRule.ASK_CLOSES)


class Handling(StrEnum):
    """What becomes of a quote that would not count (前端控制)."""

    REFUSE = "refuse"
    ADJUST = "adjust"
    """Narrowed to the cap, raised to the smallest size"""


class QuoteStatus(StrEnum):
    """Where a quote stands."""

    LIVE = "live"
    """Both sides, or what fills left of them, lie in the book"""
    REPLACED = "replaced"
    CANCELLED = "cancelled"
    FILLED = "filled"
    """Nothing is left of either side"""
    REFUSED = "refused"

    @property
    def is_final(self) -> bool:
        """Whether nothing of it is left in the book."""
        return self is not QuoteStatus.LIVE
