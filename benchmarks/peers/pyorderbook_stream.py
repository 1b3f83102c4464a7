"""Runs in pyorderbook's own environment: the steps of `benchmarks.exchange` through its book, read as int64 from stdin.

Its orders are made before the clock starts, which is more than our own book is granted. Prints seconds and contracts
traded.
"""

import sys
import time
from array import array

from pyorderbook import Book, Order, Side  # type: ignore[import-not-found]  # there alone


def main() -> None:
    """Feed the book and print."""
    numbers = array("q", sys.stdin.buffer.read())
    steps = [numbers[place : place + 5] for place in range(0, len(numbers), 5)]
    # Orders by id; a step without a quantity cancels its order, if it still rests
    orders = {
        order_id: Order(Side.BID if buy else Side.ASK, str(place), price, quantity)
        for place, order_id, buy, price, quantity in steps
        if quantity
    }
    work = [(orders[order_id], bool(quantity)) for _, order_id, _, _, quantity in steps]
    book = Book()
    match, cancel, resting = book.match, book.cancel, book.order_map
    traded = 0
    began = time.perf_counter()
    for order, enters in work:
        if enters:
            for trade in match(order).trades:
                traded += trade.fill_quantity
        elif order.id in resting:
            cancel(order)
    print(time.perf_counter() - began, traded)


if __name__ == "__main__":
    main()
