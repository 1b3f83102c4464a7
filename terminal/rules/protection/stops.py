"""The tiered stop (分级停止): one side, one expiry, reduce-only, everything. A cancel is never asked."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from terminal.domain.contracts import Contract
from terminal.domain.orders import Instruction, PositionEffect, Side
from terminal.domain.reasons import Denial, Reason


class StopTier(StrEnum):
    """How far a stop goes, mildest first."""

    SIDE = "side"
    """No more buys, or no more sales (单方向停止)"""
    EXPIRY = "expiry"
    """Nothing more in one expiry of an underlying"""
    REDUCE_ONLY = "reduce_only"
    """Only what closes (仅平仓)"""
    CANCEL_ALL = "cancel_all"
    """Quotes and orders are taken out, nothing new leaves (全撤并停止)"""
    DISCONNECT = "disconnect"
    """The same, and the line is let go, so that the venue cancels by itself (断线)"""


@dataclass(frozen=True, slots=True)
class Stops:
    """What is stopped now; a plain value."""

    sides: tuple[Side, ...] = ()
    expiries: tuple[tuple[str, date], ...] = ()
    reduce_only: bool = False
    everything: bool = False

    @property
    def is_clear(self) -> bool:
        """Whether nothing is stopped."""
        return self == CLEAR

    def refusal(self, contract: Contract, instruction: Instruction) -> Denial | None:
        """Why an order may not leave; None when no stop concerns it."""
        if self.everything:
            return Denial(Reason.STOPPED, "account")
        opens = instruction.position_effect is PositionEffect.OPEN
        if self.reduce_only and opens:
            return Denial(Reason.REDUCE_ONLY, "instruction", instruction.value)
        if instruction.side in self.sides:
            return Denial(Reason.SIDE_STOPPED, "instruction", instruction.value)
        if (contract.underlying, contract.expiry) in self.expiries and opens:
            return Denial(Reason.EXPIRY_STOPPED, "contract", contract.code)
        return None

    def share_refusal(self, *, buys: bool) -> Denial | None:
        """Why shares may not be traded: what is bought opens, what is sold closes."""
        if self.everything:
            return Denial(Reason.STOPPED, "account")
        if self.reduce_only and buys:
            return Denial(Reason.REDUCE_ONLY, "instruction")
        if (Side.BUY if buys else Side.SELL) in self.sides:
            return Denial(Reason.SIDE_STOPPED, "instruction")
        return None


CLEAR = Stops()
