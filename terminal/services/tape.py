"""The newest trades of every instrument (逐笔成交), kept in one block of numbers made once a day.

As objects the same trades took some 250 bytes each, and a quiet contract needs hours to fill its tape: the desk grew
all day long.
"""

from datetime import UTC, datetime, timedelta

import numpy as np
from numpy.typing import NDArray

from terminal.domain.calendar import SHANGHAI
from terminal.domain.messages import TradePrint
from terminal.domain.orders import Side

#: Trades kept of each instrument
TAPE_LENGTH = 60
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_SIDES = (None, Side.BUY, Side.SELL)
#: Numbers of the aggressor's side in `Tapes.after`; 0 for none
BUYER, SELLER = 1, 2
IntArray = NDArray[np.int64]
_NUMBER_OF: dict[str | None, int] = {side: number for number, side in enumerate(_SIDES)}


class Tapes:
    """One ring of `TAPE_LENGTH` trades for each of `count` instruments."""

    def __init__(self, count: int) -> None:
        # Written to at once, so that the memory is there from the start and does not come page by page
        self._rings = np.full((count, TAPE_LENGTH, 4), 0, np.int64)
        """Price in 0.0001 yuan, quantity, microseconds since 1970, number of the aggressor's side"""
        self._printed = [0] * count
        """Trades ever taken; the next one's place is the rest of this by `TAPE_LENGTH`"""

    def append(self, trade: TradePrint) -> None:
        """Take one trade of an instrument that there is; a side that is none of ours counts as none."""
        number = trade.instrument
        moment = (trade.at - _EPOCH) // _MICROSECOND
        side = _NUMBER_OF.get(trade.aggressor, 0)
        self._rings[number, self._printed[number] % TAPE_LENGTH] = trade.price, trade.quantity, moment, side
        self._printed[number] += 1

    def newest(self, instrument: int) -> tuple[TradePrint, ...]:
        """What is kept of one instrument, oldest first."""
        printed = self._printed[instrument]
        ring = np.roll(self._rings[instrument], -printed, axis=0) if printed > TAPE_LENGTH else self._rings[instrument]
        trades = [
            TradePrint(
                instrument=instrument,
                price=price,
                quantity=quantity,
                at=(_EPOCH + timedelta(microseconds=moment)).astimezone(SHANGHAI),
                aggressor=_SIDES[side],
            )
            for price, quantity, moment, side in ring[:printed].tolist()
        ]
        return tuple(trades)

    def after(self, instruments: IntArray, moment_us: int) -> tuple[IntArray, IntArray, IntArray, IntArray, IntArray]:
        """Kept trades of several instruments that are younger than a moment, microseconds since 1970, oldest first.

        Gives places in `instruments`, prices in 0.0001 yuan, quantities, moments and sides.
        """
        rings = self._rings[instruments]
        place, slot = np.nonzero(rings[:, :, 2] > moment_us)
        found = rings[place, slot]
        order = np.argsort(found[:, 2], kind="stable")
        price, quantity, moment, side = found[order].T
        return place[order], price, quantity, moment, side
