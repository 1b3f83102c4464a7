"""What of mine rests in the books (在途委托), by market row: best price and quantity of each side."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from terminal.domain.market_data import PRICE_SCALE
from terminal.domain.orders import Order, Side
from terminal.services.market_data import MarketData
from terminal.services.quote_board import QuoteBoard

FloatArray = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Resting:
    """One entry a market row; quantities in contracts, prices in yuan, nan for none."""

    bid_quantity: FloatArray
    bid_price: FloatArray
    """Average over all my bids, weighted by quantity"""
    best_bid: FloatArray
    ask_quantity: FloatArray
    ask_price: FloatArray
    best_ask: FloatArray


def resting_of(orders: Iterable[Order], market: MarketData) -> Resting:
    """Sum up the working orders with a price."""
    count = len(market.quotes)
    quantity, amount = np.zeros((2, count)), np.zeros((2, count))
    best = np.full((2, count), np.nan)
    for order in orders:
        row = market.row_of.get(order.contract_code)
        left = order.leaves_quantity
        if row is None or order.price is None or left <= 0:
            continue
        side = 0 if order.side is Side.BUY else 1
        price = float(order.price)
        quantity[side, row] += left
        amount[side, row] += left * price
        best[side, row] = np.fmax(best[side, row], price) if side == 0 else np.fmin(best[side, row], price)
    with np.errstate(invalid="ignore"):
        average = amount / quantity
    return Resting(quantity[0], average[0], best[0], quantity[1], average[1], best[1])


def with_quotes(resting: Resting, board: QuoteBoard, market: MarketData) -> Resting:
    """The same with the two-sided quotes that live; as it is while the list of the day is being exchanged."""
    first = len(market.underlyings)
    if not np.count_nonzero(board.quantities) or len(board.bid) != len(resting.best_bid) - first:
        return resting
    sizes, prices = np.zeros((2, len(resting.best_bid))), np.full((2, len(resting.best_bid)), np.nan)
    sizes[:, first:] = board.quantities
    prices[:, first:] = np.where(board.quantities > 0, board.prices / PRICE_SCALE, np.nan)
    quantities = np.stack((resting.bid_quantity, resting.ask_quantity))
    amounts = (
        np.nan_to_num(np.stack((resting.bid_price, resting.ask_price))) * quantities + np.nan_to_num(prices) * sizes
    )
    quantities += sizes
    with np.errstate(invalid="ignore"):
        average = amounts / quantities
    best_bid, best_ask = np.fmax(resting.best_bid, prices[0]), np.fmin(resting.best_ask, prices[1])
    return Resting(quantities[0], average[0], best_bid, quantities[1], average[1], best_ask)
