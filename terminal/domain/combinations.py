"""Combination strategies (组合策略): two positions of one account that are margined as one (rulebook 4.4)."""

from enum import StrEnum


class CombinationStrategy(StrEnum):
    """The six strategies by the exchange's codes.

    CNSJC 认购牛市价差, CXSJC 认购熊市价差, PNSJC 认沽牛市价差, PXSJC 认沽熊市价差, KS 跨式空头, KKS 宽跨式空头.
    """

    # TORA numbers them CNSJC 1, CXSJC 2, PXSJC 3, PNSJC 4, KS 5, KKS 6; its 7 and 8 are the conversions ZBD and ZXJ
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


class LegRule(StrEnum):
    """What two contracts must have in common, or apart, to be combined or exercised together."""

    TWO_LEGS = "two legs"
    ONE_UNDERLYING = "one underlying"
    ONE_EXPIRY = "one expiry"
    ONE_UNIT = "one contract unit"
    NO_COVERED = "no covered leg"
    TWO_CALLS = "two calls"
    TWO_PUTS = "two puts"
    CALL_AND_PUT = "one call and one put"
    LONG_AND_SHORT = "one long and one short leg"
    TWO_SHORT = "two short legs"
    SHORT_ABOVE_LONG = "the short strike above the long one"
    SHORT_BELOW_LONG = "the short strike below the long one"
    ONE_STRIKE = "one strike"
    CALL_ABOVE_PUT = "the call's strike above the put's"
    PUT_ABOVE_CALL = "the put's strike above the call's"
