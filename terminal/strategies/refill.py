"""When a side that has traded is made whole again (补量): at once, but where a contract is held in plenty already.

An option that is worth less than a tick must be bid for at a tick, and whoever made such a bid whole at once would buy
all day. A fill excuses the maker for some time, so there the bid may wait for most of it.
"""

import numpy as np

from terminal.rules.protection.order_checks import QuoteBatch
from terminal.strategies.protocol import BoolArray, FloatArray, IntArray


class Refill:
    """Remembers by place when a position was last added to. Times are monotonic seconds."""

    def __init__(self, count: int) -> None:
        self._added: FloatArray = np.full(count, -np.inf)

    def added(self, place: int, now: float) -> None:
        """An execution made the position of a contract larger."""
        self._added[place] = now

    def waits(self, batch: QuoteBatch, left: IntArray, leans: FloatArray, now: float, seconds: float) -> BoolArray:
        """Where the side that adds to a position, or a quote that is gone, need not be there again yet.

        `left` is what is left of bids and asks in the market, a row each, `leans` how far a quote leans against the
        position, one and more for all the way, long above zero.
        """
        short_bid, short_ask = left < batch.quantities
        gone = (left == 0).all(axis=0)
        short = np.where(leans > 0, short_bid & ~short_ask, short_ask & ~short_bid) | gone
        return np.asarray(short & (np.abs(leans) >= 1.0) & (now - self._added < seconds))
