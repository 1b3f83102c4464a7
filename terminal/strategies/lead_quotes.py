"""The quotes that a quoter replaces first when the underlying moves (先行报价), each by itself.

What a pass works out for hundreds of contracts in arrays is worked out here for a few of them in numbers, from what the
last pass left: how far the centre lies from the theoretical price, and how far the sides from the centre. Where those
hang on the spot themselves, the pass that follows puts right what is off by more than the tolerance.
"""

import math
from dataclasses import dataclass

import numpy as np

from terminal.rules.protection.order_checks import QuoteBatch
from terminal.services.vanguard import Vanguard
from terminal.strategies.others_books import OthersBooks
from terminal.strategies.protocol import BoolArray, FloatArray, IntArray, LeadAsk, OwnQuotes
from terminal.strategies.quote_columns import QuoteColumns
from terminal.strategies.quote_math import PriceGrid
from terminal.strategies.quoter_parameters import QuoterParameters


@dataclass(frozen=True, slots=True)
class LastPass:
    """What a pass wanted, by place among the quoter's contracts."""

    batch: QuoteBatch
    there: BoolArray
    """Where it wanted to quote"""
    shift: FloatArray
    """Centre less theoretical price"""
    half: FloatArray
    """Half-spread before rounding"""


@dataclass(frozen=True, slots=True)
class _Lead:
    """One contract; prices are whole 0.0001 yuan, signed ones below zero for asks as in `quote_math`."""

    size: tuple[int, int]
    shift: float
    half: float
    tick: float
    slack: float
    widest: float
    """In whole ticks; infinite for no most"""
    furthest: tuple[float, float]
    nearest: tuple[float, float]
    room: tuple[float, float]

    def prices(self, theoretical: float) -> tuple[int, int] | None:
        """Bid and ask for a theoretical price; None where the day's limits leave no room for both."""
        tick, centre, half = self.tick, theoretical + self.shift, self.half
        (least_bid, least_ask), (most_bid, most_ask) = self.furthest, self.nearest
        bid = math.floor((centre - half) / tick) * tick
        ask = math.floor((-centre - half) / tick) * tick
        # Spelt out, as a call costs more than the comparison
        bid = least_bid if bid < least_bid else bid
        bid = most_bid if bid > most_bid else bid
        ask = least_ask if ask < least_ask else ask
        ask = most_ask if ask > most_ask else ask
        ask = -(bid + tick) if ask > -(bid + tick) else ask
        over = -(bid + ask) - self.widest
        if over > 0:
            ask += tick
            bid += tick * (over > tick)
        bid_room, ask_room = self.room
        bid = bid_room if bid > bid_room else bid
        ask = ask_room if ask > ask_room else ask
        if bid < least_bid or ask < least_ask:
            return None
        return int(bid), int(-ask)


@dataclass(frozen=True, slots=True)
class LeadQuotes:
    """The contracts that go ahead, made ready between two ticks."""

    vanguard: Vanguard
    last: LastPass
    leads: tuple[_Lead, ...]
    settings: QuoterParameters

    @classmethod
    def of(
        cls, ask: LeadAsk, last: LastPass, places: IntArray, columns: QuoteColumns, grid: PriceGrid, books: OthersBooks,
        settings: QuoterParameters,
    ) -> "LeadQuotes | None":  # fmt: skip
        """Make some places ready; None when the gate does not let them pass as they stand, or others are joined."""
        if not len(places) or columns.is_joining:
            return None
        vanguard = ask.vanguard(last.batch.take(places))
        if vanguard is None:
            return None

        def sides(rows: FloatArray) -> list[tuple[float, float]]:
            return list(zip(*rows[:, places].tolist(), strict=True))

        widest = columns.whole_most_units[places] if columns.is_bounded else np.full(len(places), np.inf)
        figures = (last.shift[places], last.half[places], grid.tick[places], columns.slack[places], widest)
        leads = zip(
            vanguard.sizes,
            *(column.tolist() for column in figures),
            sides(grid.furthest),
            sides(grid.nearest),
            sides(books.room),
            strict=True,
        )
        return cls(vanguard, last, tuple(_Lead(*lead) for lead in leads), settings)

    def wanted(self, spot: float) -> tuple[list[int], list[int], list[int]]:
        """Places in the vanguard, bids and asks of what a move to `spot` leaves off by more than the tolerance."""
        sent_bid, sent_ask, bid_left, ask_left = self.vanguard.sent()
        places: list[int] = []
        bids: list[int] = []
        asks: list[int] = []
        settings = self.settings
        least, most, share = settings.least_delta, settings.most_delta, 0.5 * settings.tolerance_share
        for place, (lead, (theoretical, delta)) in enumerate(zip(self.leads, self.vanguard.values(spot), strict=True)):
            if (bid_left[place], ask_left[place]) != lead.size or not least <= abs(delta) <= most:
                # Something of it has traded, or it is not to be quoted any more: that is for the pass to judge
                continue
            prices = lead.prices(theoretical)
            if prices is None:
                continue
            bid, ask = prices
            slack = (ask - bid) * share
            slack = lead.slack if lead.slack > slack else slack
            if abs(bid - sent_bid[place]) > slack or abs(ask - sent_ask[place]) > slack:
                places.append(place)
                bids.append(bid)
                asks.append(ask)
        return places, bids, asks


def exposed(last: LastPass, own: OwnQuotes, numbers: IntArray, delta: FloatArray, most: int) -> IntArray:
    """Places of the quotes, both sides whole, that a move of the underlying hurts most: so many, in their order."""
    whole = (own.sent_quantities[:, numbers] == last.batch.quantities) & (last.batch.quantities > 0)
    (places,) = (last.there & whole[0] & whole[1]).nonzero()
    by_delta = np.abs(delta[places]).argsort()
    return np.sort(places[by_delta[-most:]]) if most else places[:0]
