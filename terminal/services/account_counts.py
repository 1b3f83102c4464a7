"""What of its limits an account uses (限仓计数, 限购): positions, fills of the day, working opens and payments."""

from collections import Counter
from collections.abc import Iterable
from decimal import Decimal

from terminal.domain.accounts import ZERO, PositionSide
from terminal.domain.contracts import Right
from terminal.domain.orders import Instruction, Order, PositionEffect
from terminal.rules.limits import PositionCounts
from terminal.services.market_data import MarketData
from terminal.services.portfolio import Portfolio


def position_counts(
    portfolio: Portfolio, working: Iterable[Order], market: MarketData, underlying: str
) -> PositionCounts:
    """The counts of one underlying; contracts that are not listed today count for no underlying, but for all."""
    held: Counter[tuple[PositionSide, Right]] = Counter()
    opens: Counter[tuple[Instruction, Right]] = Counter()
    today: Counter[Instruction] = Counter()
    everything = 0
    for position in portfolio.positions.values():
        everything += position.quantity
        contract = market.contract(position.contract_code)
        if contract is not None and contract.underlying == underlying:
            held[position.side, contract.right] += position.quantity
    for order in working:
        left = order.quantity - order.filled_quantity
        if order.instruction.position_effect is PositionEffect.OPEN and left > 0:
            everything += left
            contract = market.contract(order.contract_code)
            if contract is not None and contract.underlying == underlying:
                opens[order.instruction, contract.right] += left
    for fill in portfolio.fills:
        contract = market.contract(fill.contract_code)
        if contract is not None and contract.underlying == underlying:
            today[fill.instruction] += fill.quantity
    return PositionCounts(
        long_calls=held[PositionSide.LONG, Right.CALL],
        long_puts=held[PositionSide.LONG, Right.PUT],
        short_calls=held[PositionSide.SHORT, Right.CALL],
        short_puts=held[PositionSide.SHORT, Right.PUT],
        covered_calls=held[PositionSide.COVERED, Right.CALL],
        working_buy_calls=opens[Instruction.BUY_OPEN, Right.CALL],
        working_buy_puts=opens[Instruction.BUY_OPEN, Right.PUT],
        working_sell_calls=opens[Instruction.SELL_OPEN, Right.CALL],
        working_sell_puts=opens[Instruction.SELL_OPEN, Right.PUT],
        working_covered=opens[Instruction.COVERED_OPEN, Right.CALL],
        bought_open_today=today[Instruction.BUY_OPEN],
        opened_today=sum(n for i, n in today.items() if i.position_effect is PositionEffect.OPEN),
        all_products=everything,
    )


def purchase_used(portfolio: Portfolio, working: Iterable[Order], market: MarketData) -> Decimal:
    """Paid for long positions still held, or frozen for working buy-opens (买入额度占用), yuan."""
    used = ZERO
    for (code, side), position in portfolio.positions.items():
        contract = market.contract(code)
        if side is PositionSide.LONG and contract is not None:
            used += position.average_price * position.quantity * contract.multiplier
    for order in working:
        contract = market.contract(order.contract_code)
        if order.instruction is Instruction.BUY_OPEN and contract is not None:
            price = order.price if order.price is not None else contract.limit_up
            used += price * (order.quantity - order.filled_quantity) * contract.multiplier
    return used


def protected_shares(portfolio: Portfolio, working: Iterable[Order], market: MarketData, underlying: str) -> int:
    """Shares that the long puts on an underlying stand for, working buy-opens among them (保险策略)."""
    shares = 0
    for (code, side), position in portfolio.positions.items():
        contract = market.contract(code)
        if side is PositionSide.LONG and contract is not None and contract.underlying == underlying:
            shares += position.quantity * contract.multiplier if contract.right is Right.PUT else 0
    for order in working:
        contract = market.contract(order.contract_code)
        is_put = contract is not None and contract.underlying == underlying and contract.right is Right.PUT
        if is_put and contract is not None and order.instruction is Instruction.BUY_OPEN:
            shares += (order.quantity - order.filled_quantity) * contract.multiplier
    return shares
