"""The live two-sided quotes (双边报价) of the market makers: one for each participant and contract.

What is left of the sides is in the order book; here stands which orders belong together.
"""

from collections.abc import Iterator

import msgspec

from terminal.domain.reasons import Reason
from terminal.venue.exchange.messages import QuoteCancelled
from terminal.venue.exchange.trading import Trading


class LiveQuote(msgspec.Struct, frozen=True):
    """A quote in the book; a side's order id is 0 where the quote has no such side."""

    quote_id: int
    participant: int
    instrument: int
    bid_order_id: int
    ask_order_id: int


class QuoteBook:
    """Quotes by participant and instrument number."""

    __slots__ = ("_by_participant", "_side_owners", "_trading")

    def __init__(self, trading: Trading) -> None:
        self._trading = trading
        self._by_participant: dict[int, dict[int, LiveQuote]] = {}
        self._side_owners: dict[int, LiveQuote] = {}

    def __iter__(self) -> Iterator[LiveQuote]:
        """Every quote that has something left in the book, in the order they came."""
        return (quote for quotes in self._by_participant.values() for quote in quotes.values() if self._is_live(quote))

    def find(self, participant: int, instrument: int) -> LiveQuote | None:
        """The participant's live quote in a contract."""
        quote = self._by_participant.get(participant, {}).get(instrument)
        return quote if quote is not None and self._is_live(quote) else None

    def of_participant(self, participant: int) -> list[LiveQuote]:
        """All live quotes of a participant, in the order they came."""
        return [quote for quote in self._by_participant.get(participant, {}).values() if self._is_live(quote)]

    def is_side(self, order_id: int) -> bool:
        """Whether an order is a side of a quote that is not over."""
        return order_id in self._side_owners

    def leaves(self, order_id: int) -> int:
        """What is left of a side."""
        order = self._trading.matcher.live.get(order_id)
        return 0 if order is None else order.leaves

    def put(self, quote: LiveQuote) -> None:
        """Take a quote whose sides are in the book or about to be; the one before it in the contract is over."""
        quotes = self._by_participant.setdefault(quote.participant, {})
        before = quotes.pop(quote.instrument, None)
        if before is not None:
            self._forget_sides(before)
        quotes[quote.instrument] = quote
        for order_id in (quote.bid_order_id, quote.ask_order_id):
            if order_id:
                self._side_owners[order_id] = quote

    def take_out(self, quote: LiveQuote, reason: Reason) -> QuoteCancelled:
        """Take what is left of a quote out of the book."""
        trading = self._trading
        contract, matcher = trading.contract(quote.instrument), trading.matcher
        bid_leaves, ask_leaves = self.leaves(quote.bid_order_id), self.leaves(quote.ask_order_id)
        for order_id in (quote.bid_order_id, quote.ask_order_id):
            order = matcher.live.get(order_id)
            if order is not None:
                matcher.cancel(order, contract, reason)
        trading.mark(contract)
        del self._by_participant[quote.participant][quote.instrument]
        self._forget_sides(quote)
        return QuoteCancelled(
            quote.quote_id,
            quote.participant,
            quote.instrument,
            quote.bid_order_id,
            quote.ask_order_id,
            bid_leaves,
            ask_leaves,
            reason,
        )

    def _is_live(self, quote: LiveQuote) -> bool:
        live = self._trading.matcher.live
        return quote.bid_order_id in live or quote.ask_order_id in live

    def _forget_sides(self, quote: LiveQuote) -> None:
        self._side_owners.pop(quote.bid_order_id, None)
        self._side_owners.pop(quote.ask_order_id, None)
