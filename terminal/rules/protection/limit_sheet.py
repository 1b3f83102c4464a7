"""The limit sheet (限额表): what one strategy, or a person at the desk, may send at most.

The rule: a limit that is blank, zero, negative or no number allows nothing (F45). Who wants no limit writes ``inf``.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass, fields

from terminal.domain.errors import BadInput


def bound(value: float | None) -> float:
    """What a limit allows: itself above zero, else nothing. `nan > limit` is false, so nan never reaches a check."""
    return float(value) if value is not None and value > 0 else 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class LimitSheet:
    """Limits of one sender. Prices in yuan per share, quantities in contracts, times in seconds."""

    order_quantity: float = 0.0
    """Contracts of one order, or of one side of a quote (单笔数量)"""
    order_notional: float = 0.0
    """Premium of one order, or of one side of a quote, yuan (单笔金额)"""
    share_quantity: float = 0.0
    """Shares of an underlying in one trade (现货单笔股数)"""
    collar_theoretical_ticks: float = 0.0
    """How far a price may lie from the theoretical price on the bad side; the wider of ticks and fraction counts"""
    collar_theoretical_fraction: float = 0.0
    collar_last_ticks: float = 0.0
    """The same around the last price, else the previous settlement"""
    collar_last_fraction: float = 0.0
    input_age_seconds: float = 0.0
    """Oldest quote of the underlying that a programme may act on"""
    contract_position: float = 0.0
    """Net contracts of one contract, long or short, everything that works counted as filled"""
    delta: float = 0.0
    """Shares of one underlying, the worst of what works counted as filled"""
    gamma: float = 0.0
    """Shares for 1 % of the underlying"""
    vega: float = 0.0
    """Yuan for one volatility point"""
    messages_per_second: float = 0.0
    """Orders and cancels; a mass quote is one"""
    messages_per_day: float = 0.0
    cancel_reserve: float = 0.0
    """Fraction of both that only cancels may use"""
    quotes_per_second: float = 0.0
    """Contracts quoted, however many messages carry them"""
    executions: float = 0.0
    """Executions in `execution_seconds` after which a person must look (成交重复)"""
    execution_seconds: float = 0.0
    repeats: float = 0.0
    """How often the very same order may be sent within `repeat_seconds`"""
    repeat_seconds: float = 0.0
    warned_opens: float = 0.0
    """Above zero: a strategy may open what a person would first be warned of; it cannot acknowledge a warning"""

    @classmethod
    def of(cls, figures: Mapping[str, object]) -> "LimitSheet":
        """A sheet from figures by name, as a file or a form gives them; what is blank allows nothing.

        Raises BadInput for a name that is no limit, and for text that is no number.
        """
        known = {field.name for field in fields(cls)}
        taken: dict[str, float] = {}
        for name, value in figures.items():
            if name not in known:
                raise BadInput(name, value, "the name of a limit")
            if value is None or value == "":
                continue
            if isinstance(value, bool) or not isinstance(value, int | float | str):
                raise BadInput(name, value, "a number; blank allows nothing")
            try:
                taken[name] = bound(float(value))
            except ValueError:
                raise BadInput(name, value, "a number; blank allows nothing") from None
        return cls(**taken)

    def strictest(self, other: "LimitSheet") -> "LimitSheet":
        """What both allow; of two windows the longer, of two reserves the larger."""
        taken = {
            field.name: min(bound(getattr(self, field.name)), bound(getattr(other, field.name)))
            for field in fields(self)
            if field.name not in _LONGER
        }
        longer = {name: max(self.window(name), other.window(name)) for name in _LONGER if name != "cancel_reserve"}
        reserve = max(bound(self.cancel_reserve), bound(other.cancel_reserve))
        return LimitSheet(**taken, **longer, cancel_reserve=reserve)

    def window(self, name: str) -> float:
        """A time over which something is counted, seconds; one that says nothing is the whole day, the strictest."""
        return bound(getattr(self, name)) or math.inf


_LONGER = ("cancel_reserve", "execution_seconds", "repeat_seconds")
#: What nobody has written down
NOTHING = LimitSheet()
