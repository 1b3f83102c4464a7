"""How quotes travel and lie in memory: one int64 row per instrument, the columns named here.

Prices are whole numbers of 0.0001 yuan (the finest tick of this market), so nothing is rounded on the way; 0 stands
for no value on the wire and becomes nan in the desk's arrays. The instrument number is the position in the day's
instrument list: underlyings first, then contracts.
"""

from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

#: Price units in one yuan
PRICE_SCALE = 10_000
DEPTH = 5

QuoteRows = NDArray[np.int64]
"""Shape (n, COLUMN_COUNT)"""


class Column(IntEnum):
    """Where each field lies in a quote row. Level columns hold five values from the touch outwards."""

    INSTRUMENT = 0
    TIME_US = 1
    """Market time of the change, microseconds since the epoch"""
    PHASE = 2
    """ord() of the phase code letter"""
    LAST = 3
    OPEN = 4
    HIGH = 5
    LOW = 6
    VOLUME = 7
    """Contracts (shares for an underlying) traded today"""
    TURNOVER_CENTS = 8
    OPEN_INTEREST = 9
    AUCTION_PRICE = 10
    """Virtual auction price (虚拟参考价), 0 outside auctions"""
    AUCTION_QUANTITY = 11
    BID_PRICE = 12
    BID_QUANTITY = 17
    ASK_PRICE = 22
    ASK_QUANTITY = 27
    INQUIRY_US = 32
    """Market time of the last inquiry (最近询价时间), microseconds since the epoch; 0 for none today"""


COLUMN_COUNT = 33


def pack_rows(rows: QuoteRows) -> bytes:
    """The rows as little-endian bytes for a `MarketDataBatch`."""
    return rows.astype("<i8", copy=False).tobytes()


def unpack_rows(data: bytes) -> QuoteRows:
    """The rows of a batch, shape (n, COLUMN_COUNT), read-only. Raises ValueError when the size does not fit."""
    flat = np.frombuffer(data, dtype="<i8")
    if flat.size % COLUMN_COUNT:
        raise ValueError(f"market data of {len(data)} bytes is not a whole number of rows")
    return flat.reshape(-1, COLUMN_COUNT).astype(np.int64, copy=False)
