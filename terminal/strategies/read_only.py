"""What strategies see as arrays that they cannot write."""

from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from terminal.strategies.protocol import IntArray

S = TypeVar("S", bound=np.generic)


def locked(array: NDArray[S]) -> NDArray[S]:
    """The same array, not to be written through this."""
    view = array.view()
    view.flags.writeable = False
    return view


class ReadOnlyQuotes:
    """A quote board whose arrays cannot be written."""

    ROWS = ("prices", "quantities", "sent_prices", "sent_quantities")

    __slots__ = (
        *ROWS,
        "ask",
        "ask_quantity",
        "bid",
        "bid_quantity",
        "sent_ask",
        "sent_ask_quantity",
        "sent_bid",
        "sent_bid_quantity",
    )

    def __init__(
        self, prices: IntArray, quantities: IntArray, sent_prices: IntArray, sent_quantities: IntArray
    ) -> None:
        self.prices, self.quantities = locked(prices), locked(quantities)
        self.sent_prices, self.sent_quantities = locked(sent_prices), locked(sent_quantities)
        self.bid, self.ask = self.prices
        self.bid_quantity, self.ask_quantity = self.quantities
        self.sent_bid, self.sent_ask = self.sent_prices
        self.sent_bid_quantity, self.sent_ask_quantity = self.sent_quantities
