"""Trading phases (交易阶段) and their codes on the wire (rulebook 10.2)."""

from enum import StrEnum


class Phase(StrEnum):
    """First character of TradingPhaseCode."""

    PRE_OPEN = "S"
    """Before the opening auction, and 09:25-09:30"""
    OPENING_AUCTION = "C"
    CONTINUOUS = "T"
    LUNCH = "B"
    CLOSING_AUCTION = "U"
    AFTER_CLOSE = "A"
    """From the closing auction to the last window of exercise and combinations: no orders; published as E"""
    CLOSED = "E"
    HALTED = "P"
    BREAKER = "V"
    """Three-minute auction after a volatility interruption (熔断)"""

    @property
    def is_auction(self) -> bool:
        """Whether orders gather and trade at one price."""
        return self in (Phase.OPENING_AUCTION, Phase.CLOSING_AUCTION, Phase.BREAKER)
