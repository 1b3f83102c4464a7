"""The price of a call auction (集合竞价) from the two sides of a book; nothing is traded here.

Rule (rulebook 2.5): among the prices of the orders 1. the greatest volume trades; 2. every buy above and every sell
below the price fills; 3. at the price one side fills completely; 4. of several prices the one that leaves least
unfilled; 5. still several: the middle of the highest and the lowest, rounded half-up to the tick.
"""

from bisect import bisect_left
from typing import NamedTuple

from terminal.venue.exchange.book import Book


class AuctionMatch(NamedTuple):
    """Price and matched quantity, and what is left at that price; all 0 when nothing can trade."""

    price: int
    quantity: int
    left_to_buy: int
    left_to_sell: int


NO_MATCH = AuctionMatch(0, 0, 0, 0)


def auction_match(book: Book, tick: int) -> AuctionMatch:
    """The auction's price (虚拟参考价) and quantity (虚拟匹配量); time in the number of crossed price levels."""
    if not book.is_crossed:
        return NO_MATCH
    bids, asks = book.bids.keys, book.asks.keys
    # Only prices between best ask and best bid can trade
    buys = {key: book.bids.levels[key].quantity for key in bids[bisect_left(bids, -asks[-1]) :]}
    sells = {-key: book.asks.levels[key].quantity for key in asks[bisect_left(asks, -bids[-1]) :]}
    return _best(buys, sells, tick)


def _best(buys: dict[int, int], sells: dict[int, int], tick: int) -> AuctionMatch:
    """The match of the quantities by price."""
    # At each price, demand is what would buy there or higher, supply what would sell there or lower
    demand, supply = sum(buys.values()), 0
    lowest = highest = most = least = 0
    left_to_buy = left_to_sell = 0
    for price in sorted(buys | sells):
        bid, ask = buys.get(price, 0), sells.get(price, 0)
        supply += ask
        volume = demand if demand < supply else supply
        if demand - bid <= volume and supply - ask <= volume:
            unfilled = demand + supply - 2 * volume
            if volume > most or (volume == most and unfilled < least):
                lowest, most, least = price, volume, unfilled
                left_to_buy, left_to_sell = demand - volume, supply - volume
            if volume == most and unfilled == least:
                highest = price
        demand -= bid
    if lowest == highest:
        return AuctionMatch(lowest, most, left_to_buy, left_to_sell)
    middle = (lowest + highest + tick) // (2 * tick) * tick
    left_to_buy = sum(quantity for price, quantity in buys.items() if price >= middle) - most
    left_to_sell = sum(quantity for price, quantity in sells.items() if price <= middle) - most
    return AuctionMatch(middle, most, left_to_buy, left_to_sell)
