"""Quotes that go ahead of all others (先行报价): the few that a move of the underlying hurts most.

Between two ticks the gate looks at them as they stand, by all its rules. While nothing changes that its answer hung on,
a tick leaves only what new prices can break, and that is looked up contract by contract: on a list of four, numbers
are quicker than arrays, whose every operation costs what a hundred numbers do.
"""

import math
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from terminal.domain.market_data import PRICE_SCALE
from terminal.domain.orders import PositionEffect
from terminal.domain.quotes import QuoteEntry
from terminal.rules.protection.limit_sheet import LimitSheet, bound
from terminal.rules.protection.order_checks import QuoteBatch, collar_width
from terminal.rules.protection.stops import Stops
from terminal.services.quote_batches import YUAN
from terminal.services.quote_board import QuoteBoard
from terminal.services.spot_pricer import OneOption

IntArray = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Reasons:
    """What an answer of the gate hung on beside prices; it holds as long as this is the same."""

    sheet: LimitSheet
    stops: Stops
    board: QuoteBoard
    positions: int
    """Revision of positions and orders"""
    volatilities: int
    blocked: int
    """Of what is blocked"""


@dataclass(frozen=True, slots=True)
class PriceTerms:
    """What a contract and a limit sheet ask of prices, whole 0.0001 yuan."""

    least_bid: int
    limit_up: int
    tick: int
    multiplier: float
    last: float
    own_bid: int
    own_ask: int
    """Our best working orders beside quotes"""
    most_premium: float
    """Of one side, for all shares"""
    width: float
    """The collar around the theoretical price in ticks; infinite for none"""
    fraction: float
    """The same as a share of that price; the wider of both counts"""
    last_width: float
    """The collar around the last price"""

    @classmethod
    def of(
        cls, sheet: LimitSheet, least_bid: int, limit_up: int, tick: int, multiplier: float, last: float,
        own_bid: int, own_ask: int,
    ) -> "PriceTerms":  # fmt: skip
        """Work out what the sheet says of one contract."""
        ticks, fraction = sheet.collar_theoretical_ticks, sheet.collar_theoretical_fraction
        around_last = collar_width(last, tick, sheet.collar_last_ticks, sheet.collar_last_fraction)
        is_free = math.inf in (ticks, fraction)
        return cls(
            least_bid,
            limit_up,
            tick,
            multiplier,
            last,
            own_bid,
            own_ask,
            bound(sheet.order_notional) * PRICE_SCALE,
            math.inf if is_free else bound(ticks) * tick,
            0.0 if is_free else bound(fraction),
            around_last if last > 0 else math.inf,
        )


@dataclass(slots=True)
class Vanguard:
    """Some quotes of one underlying whose prices may change and nothing else of them."""

    underlying: str
    batch: QuoteBatch
    """As the gate has seen them"""
    sizes: tuple[tuple[int, int], ...]
    """Bid and ask quantities"""
    numbers: tuple[int, ...]
    effects: tuple[tuple[PositionEffect, PositionEffect], ...]
    terms: tuple[PriceTerms, ...]
    reasons: Reasons
    revisions: tuple[int, int]
    """Of all books and of all own quotes when they were last compared with `rows` and `own`: while both stand, so do
    these"""
    rows: IntArray
    """Market data of the contracts"""
    own: IntArray
    """Live prices and quantities of ours, shape (4, n)"""
    options: tuple[OneOption, ...]
    allowed_at: int = -1
    """Revision of the gate at which its sender might send all of them"""
    _sent: tuple[int, int] = (-1, -1)
    """Counts of the board when `sent` was looked up last"""
    _last_sent: list[list[int]] = field(default_factory=list)
    _valued: tuple[float, list[tuple[float, float]]] = field(default=(math.nan, []))
    """Spot that was asked for last, and the values"""

    def __len__(self) -> int:
        return len(self.sizes)

    def values(self, spot: float) -> list[tuple[float, float]]:
        """Theoretical prices, whole 0.0001 yuan and parts, and deltas of a share at a spot above zero.

        They are what `Theoretical` will have.
        """
        if spot != self._valued[0]:
            log_spot = math.log(spot)
            self._valued = spot, [option.value(spot, log_spot) for option in self.options]
        return self._valued[1]

    def sent(self) -> list[list[int]]:
        """What was sent last of them: bids, asks and their quantities, less what has traded; 0 once it is over."""
        board = self.reasons.board
        counts = board.revision, board.messages
        if counts != self._sent:
            index = self.batch.index
            prices, quantities = board.sent_prices.take(index, axis=1), board.sent_quantities.take(index, axis=1)
            self._sent, self._last_sent = counts, [*prices.tolist(), *quantities.tolist()]
        return self._last_sent

    def entries(
        self, places: list[int], bids: list[int], asks: list[int], codes: tuple[str, ...]
    ) -> tuple[QuoteEntry, ...]:
        """Some of them at other prices, for a message; `codes` are those of the day's contracts."""
        entries, numbers, sizes, effects, yuan = [], self.numbers, self.sizes, self.effects, YUAN
        for place, bid, ask in zip(places, bids, asks, strict=True):
            bid_quantity, ask_quantity = sizes[place]
            entries.append(
                QuoteEntry(codes[numbers[place]], yuan[bid], bid_quantity, yuan[ask], ask_quantity, *effects[place])
            )
        return tuple(entries)

    def priced(self, places: list[int], bids: list[int], asks: list[int]) -> QuoteBatch:
        """The same as arrays; places rise."""
        batch, prices = self.batch, np.array((bids, asks), dtype=np.int64)
        if len(places) == len(batch):
            return QuoteBatch(batch.index, prices, batch.quantities, batch.closes)
        return QuoteBatch(
            batch.index[places],
            prices,
            batch.quantities[:, places],
            batch.closes[:, places],
        )


def prices_pass(terms: PriceTerms, size: tuple[int, int], bid: int, ask: int, price: float) -> bool:
    """Whether a two-sided quote breaks no rule of prices: those of `QuoteGate` for one contract.

    `price` is the theoretical one.
    """
    tick = terms.tick
    if not terms.least_bid <= bid < ask <= terms.limit_up or bid % tick or ask % tick:
        return False
    if bid >= terms.own_ask or ask <= terms.own_bid:
        return False
    premium, other = bid * size[0], ask * size[1]
    if not (premium if premium > other else other) * terms.multiplier <= terms.most_premium or price != price:
        return False
    width, of_price = terms.width, terms.fraction * price
    if of_price > width:
        width = of_price
    if bid - price > width or price - ask > width:
        return False
    last, width = terms.last, terms.last_width
    return not (bid - last > width or last - ask > width)
