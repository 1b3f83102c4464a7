"""What the gate says of shares to be bought or sold, by their figures: fresh input, size, the delta they lead to."""

from dataclasses import dataclass
from decimal import Decimal

import numpy as np

from terminal.domain.instructions import SHARE_TRADES, InstructionKind
from terminal.domain.messages import Instruct
from terminal.domain.reasons import Denial, Reason
from terminal.rules.protection.limit_sheet import LimitSheet, bound
from terminal.rules.protection.order_checks import over_greek
from terminal.services.commitments import Commitments
from terminal.services.theoretical import Theoretical


@dataclass(frozen=True, slots=True)
class ShareTrade:
    """Shares of an underlying, to be traded at once or not at all, no worse than a price."""

    underlying: str
    quantity: int
    price: Decimal
    buys: bool


def share_trade_of(command: Instruct) -> ShareTrade | None:
    """What an instruction would trade; None for one that trades no shares."""
    if command.kind not in SHARE_TRADES:
        return None
    buys = command.kind is InstructionKind.BUY_SHARES
    return ShareTrade(command.underlying, command.quantity, command.price, buys)


class ShareGate:
    """Checks of a trade over the desk's arrays."""

    def __init__(self, theoretical: Theoretical, commitments: Commitments) -> None:
        self._theoretical = theoretical
        self._commitments = commitments

    def input_denial(self, trade: ShareTrade, sheet: LimitSheet) -> Denial | None:
        """A programme acts on fresh input only."""
        age, allowed = self._theoretical.age(trade.underlying), bound(sheet.input_age_seconds)
        if not age <= allowed:
            return Denial(Reason.STALE_INPUT, "underlying", f"{age:.1f} s", f"{allowed:g} s")
        if self._theoretical.is_crossed(trade.underlying):
            return Denial(Reason.CROSSED_INPUT, "underlying", trade.underlying)
        return None

    def denial(self, trade: ShareTrade, sheet: LimitSheet) -> Denial | None:
        """The first limit that a trade breaks."""
        if not trade.quantity <= bound(sheet.share_quantity):
            return Denial(Reason.ORDER_SIZE, "quantity", f"{trade.quantity:,}", f"{bound(sheet.share_quantity):,.0f}")
        if np.isinf(bound(sheet.delta)):
            return None
        exposure = self._commitments.exposure(trade.underlying)
        moved = float(trade.quantity)
        up, down = np.array([moved if trade.buys else 0.0]), np.array([0.0 if trade.buys else moved])
        if not over_greek(up, down, exposure, sheet.delta)[0]:
            return None
        reached = exposure.highest + moved if trade.buys else exposure.lowest - moved
        return Denial(Reason.DELTA_LIMIT, "quantity", f"{reached:,.0f}", f"{bound(sheet.delta):,.0f}")
