"""What an order that opens is worth on the day it expires (到期盈亏), by the price of the underlying then."""

import numpy as np
from numpy.typing import NDArray

from terminal.domain.contracts import Contract, Right
from terminal.domain.orders import Instruction, OrderRequest, PositionEffect, Side
from terminal.rules.preview import OrderCost

FloatArray = NDArray[np.float64]


def profit_at_expiry(
    request: OrderRequest, contract: Contract, cost: OrderCost, prices: FloatArray, spot: float
) -> FloatArray | None:
    """Yuan for the whole order at each of `prices`, yuan per share; None for an order that closes.

    Premium and the fee of the trade are in it, what exercise costs is not. A covered call is reckoned with the shares
    that cover it, from `spot`, the underlying's price now.
    """
    instruction = request.instruction
    if instruction.position_effect is not PositionEffect.OPEN:
        return None
    shares = float(contract.multiplier) * request.quantity
    strike, premium, fee = float(contract.strike), float(cost.premium), float(cost.fee)
    inside = prices - strike if contract.right is Right.CALL else strike - prices
    worth = np.maximum(inside, 0.0) * shares
    profit = worth - premium if instruction.side is Side.BUY else premium - worth
    if instruction is Instruction.COVERED_OPEN:
        profit = profit + (prices - spot) * shares
    return np.asarray(profit - fee, np.float64)
