"""One contract as the exchange trades it: its terms as whole numbers, its book, its phase and the day's statistics.

Decimals are turned into units of 0.0001 yuan once, here; no order needs one after that.
"""

from datetime import datetime
from decimal import Decimal

from terminal.domain.contracts import Contract
from terminal.domain.errors import BadInput
from terminal.domain.market_data import PRICE_SCALE
from terminal.domain.phases import Phase
from terminal.venue.exchange.auction import NO_MATCH, AuctionMatch, auction_match
from terminal.venue.exchange.book import Book
from terminal.venue.exchange.breaker import BreakerRule
from terminal.venue.exchange.messages import OpeningState


def price_units(price: Decimal, field: str) -> int:
    """A price in yuan as units of 0.0001 yuan. Raises BadInput when it is not a whole number of them."""
    if not price.is_finite() or (scaled := price * PRICE_SCALE) != (units := int(scaled)) or units < 0:
        raise BadInput(field, price, "a price is a multiple of 0.0001 yuan and not negative")
    return units


class TradedContract:
    """State of one contract; `number` is its place in the day's instrument list. Prices in 0.0001 yuan."""

    __slots__ = (
        "band_high",
        "band_low",
        "book",
        "breaker_ends_at",
        "changed_at",
        "closing_ask",
        "closing_bid",
        "closing_price",
        "gathering",
        "halted",
        "high",
        "inquired_at",
        "last",
        "limit_down",
        "limit_order_max",
        "limit_order_min",
        "limit_up",
        "lot",
        "low",
        "market_order_max",
        "market_order_min",
        "multiplier",
        "number",
        "open",
        "open_interest",
        "opening_restricted",
        "phase",
        "reference",
        "suspended",
        "tick",
        "turnover_cents",
        "volume",
    )

    def __init__(
        self, number: int, contract: Contract, *, close_first_at_limit: bool, phase: Phase, changed_at: datetime
    ) -> None:
        self.number = number
        self.tick = max(1, price_units(contract.tick_size, "tick_size"))
        self.limit_up = price_units(contract.limit_up, "limit_up")
        self.limit_down = price_units(contract.limit_down, "limit_down")
        self.multiplier = contract.multiplier
        self.lot = contract.lot
        self.limit_order_min = contract.limit_order_min
        self.limit_order_max = contract.limit_order_max
        self.market_order_min = contract.market_order_min
        self.market_order_max = contract.market_order_max
        self.opening_restricted = contract.opening_restricted
        self.suspended = contract.suspended
        """By the contract file, for the whole day: no order is taken"""
        self.halted = False
        """With the underlying, until it resumes: orders are taken and not matched"""
        self.book = Book((self.limit_up, self.limit_down) if close_first_at_limit else ())
        self.phase = Phase.HALTED if contract.suspended else phase
        self.gathering = True
        """Whether orders gather without trading: in every phase but the continuous one"""
        self.breaker_ends_at: datetime | None = None
        self.last = self.open = self.high = self.low = 0
        self.volume = self.turnover_cents = 0
        self.open_interest = contract.open_interest
        self.reference = price_units(contract.previous_settlement, "previous_settlement")
        self.band_low = self.band_high = 0
        self.inquired_at: datetime | None = None
        """When a quote was last asked for (最近询价时间)"""
        self.closing_price = 0
        """Of the closing auction (收盘集合竞价); 0 before it and where nothing traded in it"""
        self.closing_bid = self.closing_ask = 0
        """Best prices when orders ended; 0 where there were none"""
        self.changed_at = changed_at

    @property
    def stands_still(self) -> bool:
        """Whether it is halted, alone or with its underlying."""
        return self.halted or self.suspended

    def begin(self, phase: Phase) -> None:
        """Enter a phase; orders trade on entry in continuous trading only."""
        self.phase = phase
        self.gathering = phase is not Phase.CONTINUOUS

    def take_up(self, state: OpeningState) -> None:
        """Continue with the statistics of an earlier moment of the day."""
        self.last, self.open, self.high, self.low = state.last, state.open, state.high, state.low
        self.volume, self.turnover_cents = state.volume, state.turnover_cents
        self.open_interest = state.open_interest
        self.reference = state.reference or self.reference
        self.halted = state.halted
        self.breaker_ends_at = state.breaker_ends_at
        self.closing_price = state.closing_price
        self.closing_bid, self.closing_ask = state.closing_bid, state.closing_ask

    def note_close(self) -> None:
        """Keep the best prices as orders end."""
        bids, asks = self.book.bids.keys, self.book.asks.keys
        self.closing_bid = bids[-1] if bids else 0
        self.closing_ask = -asks[-1] if asks else 0

    def picture(self) -> OpeningState:
        """The statistics as they stand, to continue with."""
        return OpeningState(
            self.number,
            self.last,
            self.open,
            self.high,
            self.low,
            self.volume,
            self.turnover_cents,
            self.open_interest,
            self.reference,
            self.halted,
            self.breaker_ends_at,
            self.closing_price,
            self.closing_bid,
            self.closing_ask,
        )

    def set_reference(self, price: int, rule: BreakerRule) -> None:
        """Move the breaker's reference price and the band around it."""
        self.reference = price
        self.band_low, self.band_high = rule.band(price, self.tick)

    def record(self, price: int, quantity: int, opened: int) -> None:
        """Book a trade in the statistics; `opened` is the change of open interest (未平仓合约数) it makes."""
        self.last = price
        if not self.open:
            self.open = self.high = self.low = price
        elif price > self.high:
            self.high = price
        elif price < self.low:
            self.low = price
        self.volume += quantity
        # A price unit is a hundredth of a cent per share; each trade's premium is rounded half-up to the cent
        self.turnover_cents += (price * quantity * self.multiplier + 50) // 100
        # Participants who close what they never held would take it below zero; the counter's check is not ours
        self.open_interest = max(0, self.open_interest + opened)

    def virtual_match(self) -> AuctionMatch:
        """What would trade if the auction ended now; nothing outside auctions."""
        return auction_match(self.book, self.tick) if self.gathering else NO_MATCH
