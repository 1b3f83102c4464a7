"""Today's profit and loss (当日盈亏) of the account, marked from yesterday's settlement to the last price.

What cash moved today plus what the positions are worth now, less what the opening positions were worth at the previous
settlement. A contract that has not traded today is marked at that settlement. Of shares only those traded today count:
bought ones at the last price, sold ones against yesterday's close; what lay there all day is no part of it.
"""

from collections import defaultdict
from decimal import Decimal

from terminal.domain.accounts import PositionSide
from terminal.domain.orders import PositionEffect
from terminal.services.market_data import MarketData
from terminal.services.portfolio import Portfolio, position_side


def day_profit(portfolio: Portfolio, market: MarketData) -> Decimal | None:
    """Yuan after fees; None before the counter's first picture, or while a contract held is not listed."""
    funds = portfolio.funds
    if funds is None:
        return None
    traded: dict[tuple[str, PositionSide], int] = defaultdict(int)
    for fill in portfolio.fills:
        opens = fill.instruction.position_effect is PositionEffect.OPEN
        key = fill.contract_code, position_side(fill.instruction)
        traded[key] += fill.quantity if opens else -fill.quantity
    # What was brought in or taken out is no profit
    profit = funds.balance - funds.opening_balance - funds.cash_in + funds.cash_out
    for key in traded.keys() | portfolio.positions.keys():
        code, side = key
        position, contract = portfolio.positions.get(key), market.contract(code)
        if contract is None:
            return None
        held = position.quantity if position is not None else 0
        opening = held - traded.get(key, 0)
        last = market.last(code) or contract.previous_settlement
        value = (held * last - opening * contract.previous_settlement) * contract.multiplier
        profit += value if side is PositionSide.LONG else -value
    for holding in portfolio.holdings.values():
        if not (holding.bought_today or holding.sold_today):
            continue
        underlying = market.underlying(holding.underlying)
        if underlying is None:
            return None
        last = market.last(holding.underlying) or underlying.previous_close
        profit += holding.bought_today * last - holding.sold_today * underlying.previous_close
    return profit
