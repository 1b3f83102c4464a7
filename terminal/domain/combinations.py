"""Combination strategies (组合策略): two positions of one account that are margined as one (rulebook 4.4)."""

from enum import StrEnum


class CombinationStrategy(StrEnum):
    """The six strategies by the exchange's codes.

    CNSJC 认购牛市价差, CXSJC 认购熊市价差, PNSJC 认沽牛市价差, PXSJC 认沽熊市价差, KS 跨式空头, KKS 宽跨式空头.
    """

    # TORA numbers them CNSJC 1, CXSJC 2, PXSJC 3, PNSJC 4, KS 5, KKS 6
    CNSJC = "CNSJC"
    """Call bull spread: long call, short call with the higher strike"""
    CXSJC = "CXSJC"
    """Call bear spread: long call, short call with the lower strike"""
    PNSJC = "PNSJC"
    """Put bull spread: long put, short put with the higher strike"""
    PXSJC = "PXSJC"
    """Put bear spread: long put, short put with the lower strike"""
    KS = "KS"
    """Short straddle: short call and short put with one strike"""
    KKS = "KKS"
    """Short strangle: short call with the higher strike, short put with the lower"""

    @property
    def is_short_pair(self) -> bool:
        """Whether both legs are short (跨式空头, 宽跨式空头); the others are spreads of one right."""
        return self in (CombinationStrategy.KS, CombinationStrategy.KKS)
