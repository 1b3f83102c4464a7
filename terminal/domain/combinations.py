"""Combinations of two legs that share one margin (组合策略), rulebook 4.4."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum


class CombinationStrategy(StrEnum):
    """The six strategies of the exchange, by its own codes."""

    CNSJC = "CNSJC"
    """Bull call spread (认购牛市价差): long the lower strike, short the higher"""
    CXSJC = "CXSJC"
    """Bear call spread (认购熊市价差): long the higher strike, short the lower"""
    PNSJC = "PNSJC"
    """Bull put spread (认沽牛市价差): long the lower strike, short the higher"""
    PXSJC = "PXSJC"
    """Bear put spread (认沽熊市价差): long the higher strike, short the lower"""
    KS = "KS"
    """Short straddle (跨式空头): short a call and a put of one strike"""
    KKS = "KKS"
    """Short strangle (宽跨式空头): short a call of a higher and a put of a lower strike"""

    @property
    def is_spread(self) -> bool:
        """Whether one leg is long: the four that are released at the end of E-2."""
        return self not in (CombinationStrategy.KS, CombinationStrategy.KKS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Combination:
    """One built combination (组合持仓) by the number the exchange gave it; `margin` in yuan for the whole of it.

    The first leg of a spread is the long one; of a straddle or strangle the call.
    """

    number: str
    strategy: CombinationStrategy
    first_code: str
    second_code: str
    quantity: int
    margin: Decimal
