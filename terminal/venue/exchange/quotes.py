"""Quote rows (行情) of contracts as `domain.market_data` lays them out.

In an auction and in a halt level 1 of both sides shows the virtual price and matched quantity, level 2 what is left
at that price on the longer side (rulebook 10.2); otherwise the five best levels stand there.
"""

from datetime import datetime

from terminal.domain.market_data import DEPTH
from terminal.domain.phases import Phase
from terminal.venue.exchange.auction import AuctionMatch
from terminal.venue.exchange.book import BookSide
from terminal.venue.exchange.instrument import TradedContract

_SHOWS_VIRTUAL = (Phase.OPENING_AUCTION, Phase.CLOSING_AUCTION, Phase.BREAKER, Phase.HALTED)
_ZEROS = [[0] * count for count in range(DEPTH + 1)]
_MICROSECONDS_A_DAY = 86_400_000_000


class MarketClock:
    """Turns moments of one day into microseconds since the epoch; `start` is aware."""

    __slots__ = ("_start", "_start_us")

    def __init__(self, start: datetime) -> None:
        self._start = start
        self._start_us = int(start.timestamp()) * 1_000_000

    def microseconds(self, at: datetime) -> int:
        """Microseconds since the epoch, without passing through floats."""
        past = at - self._start
        return self._start_us + past.days * _MICROSECONDS_A_DAY + past.seconds * 1_000_000 + past.microseconds


def append_row(row: list[int], contract: TradedContract, clock: MarketClock) -> None:
    """Append the COLUMN_COUNT figures of one contract."""
    match = contract.virtual_match()
    phase = contract.phase
    row += (
        contract.number,
        clock.microseconds(contract.changed_at),
        ord(phase.value),
        contract.last,
        contract.open,
        contract.high,
        contract.low,
        contract.volume,
        contract.turnover_cents,
        contract.open_interest,
        match.price,
        match.quantity,
    )
    inquired_us = 0 if contract.inquired_at is None else clock.microseconds(contract.inquired_at)
    if match.quantity or phase in _SHOWS_VIRTUAL:
        _append_virtual(row, match, match.left_to_buy)
        _append_virtual(row, match, match.left_to_sell)
    else:
        _append_depth(row, contract.book.bids)
        _append_depth(row, contract.book.asks)
    row.append(inquired_us)


def _append_virtual(row: list[int], match: AuctionMatch, left: int) -> None:
    row += (match.price, match.price if left else 0, 0, 0, 0)
    row += (match.quantity, left, 0, 0, 0)


def _append_depth(row: list[int], side: BookSide) -> None:
    keys = side.keys[: -DEPTH - 1 : -1]
    levels = [side.levels[key] for key in keys]
    missing = _ZEROS[DEPTH - len(keys)]
    row += [level.price for level in levels]
    row += missing
    row += [level.quantity for level in levels]
    row += missing
