"""Two-sided quotes (双边报价) and inquiries (询价) of the market's makers, rulebook 8."""

from decimal import Decimal
from enum import StrEnum

import msgspec

from terminal.domain.orders import PositionEffect


class QuoteEntry(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """Both sides of one contract; a new one replaces what the maker had there. Prices in yuan, quantities in 张."""

    contract_code: str
    bid_price: Decimal
    bid_quantity: int
    ask_price: Decimal
    ask_quantity: int
    bid_effect: PositionEffect = PositionEffect.OPEN
    ask_effect: PositionEffect = PositionEffect.OPEN


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
