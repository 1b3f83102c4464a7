"""What this desk has in the market as quotes, by contract, as arrays: live figures, and the worst the venue may know.

A quote replaces the one before it in its contract in one step. Until the venue has answered, either may stand: what is
counted then is the larger quantity and the price that is easier to meet.
"""

from dataclasses import dataclass, replace
from decimal import Decimal

import numpy as np
from numpy.typing import NDArray

from terminal.domain.market_data import PRICE_SCALE
from terminal.domain.messages import QuoteReport
from terminal.domain.orders import Side
from terminal.domain.quotes import QuoteStatus
from terminal.rules.protection.order_checks import QuoteBatch

IntArray = NDArray[np.int64]
#: An ask that nobody meets, for a contract without one
NO_ASK = 1 << 62


@dataclass(frozen=True, slots=True)
class LiveQuote:
    """What lies in the book of one contract; prices in whole 0.0001 yuan."""

    quote_id: str
    contract_code: str
    bid: int
    bid_quantity: int
    ask: int
    ask_quantity: int
    original_bid_quantity: int
    original_ask_quantity: int
    sides: tuple[str, str]
    """Order ids of bid and ask"""


class QuoteBoard:
    """Arrays by contract number of the day's list; what both sides have stands in two rows, the bids' first."""

    def __init__(self, count: int = 0) -> None:
        self.prices: IntArray = np.zeros((2, count), np.int64)
        """Live figures, 0 for none"""
        self.quantities: IntArray = np.zeros((2, count), np.int64)
        self.sent_prices: IntArray = np.zeros((2, count), np.int64)
        """What was sent last, 0 once it is over: what a newer quote is compared with"""
        self.sent_quantities: IntArray = np.zeros((2, count), np.int64)
        self.worst_quantities: IntArray = np.zeros((2, count), np.int64)
        self.worst_bid: IntArray = np.zeros(count, np.int64)
        """The highest bid that may stand, 0 for none"""
        self.worst_ask: IntArray = np.full(count, NO_ASK, np.int64)
        # The rows by name
        self.bid, self.ask = self.prices
        self.bid_quantity, self.ask_quantity = self.quantities
        self.sent_bid, self.sent_ask = self.sent_prices
        self.sent_bid_quantity, self.sent_ask_quantity = self.sent_quantities
        self.worst_bid_quantity, self.worst_ask_quantity = self.worst_quantities
        self.newest: list[str] = [""] * count
        """Id of the newest quote without an answer"""
        self.live: list[LiveQuote | None] = [None] * count
        self.revision = 0
        """Raised with every change of what lies in a book, and when the worst may have become less"""
        self.messages = 0
        """Messages of quotes that have left"""
        self._sides: dict[str, tuple[int, Side]] = {}

    def on_sent(self, quote_id: str, batch: QuoteBatch) -> None:
        """Quotes are on their way."""
        self.messages += 1
        index = batch.index
        has_bid, has_ask = batch.bid_quantity > 0, batch.ask_quantity > 0
        self.worst_bid[index] = np.maximum(self.worst_bid[index], np.where(has_bid, batch.bid, 0))
        self.worst_ask[index] = np.minimum(self.worst_ask[index], np.where(has_ask, batch.ask, NO_ASK))
        self.worst_quantities[:, index] = np.maximum(self.worst_quantities[:, index], batch.quantities)
        self.sent_prices[:, index] = batch.prices
        self.sent_quantities[:, index] = batch.quantities
        newest = self.newest
        for number in index.tolist():
            newest[number] = quote_id

    def on_report(self, number: int, report: QuoteReport) -> None:
        """The venue told of one quote of a contract."""
        live = self.live[number]
        if report.status is QuoteStatus.LIVE:
            if live is not None:
                self._forget(live)
            bid, ask = _units(report.bid_price), _units(report.ask_price)
            self._set(
                number,
                LiveQuote(
                    report.quote_id,
                    report.contract_code,
                    bid,
                    report.bid_quantity,
                    ask,
                    report.ask_quantity,
                    report.bid_quantity,
                    report.ask_quantity,
                    (report.bid_order, report.ask_order),
                ),
            )
            self._sides[report.bid_order] = number, Side.BUY
            self._sides[report.ask_order] = number, Side.SELL
        elif live is not None and live.quote_id == report.quote_id:
            self._forget(live)
            self._set(number, None)
        answers = report.status in (QuoteStatus.LIVE, QuoteStatus.REFUSED)
        if answers and self.newest[number] == report.quote_id:
            self.newest[number] = ""
        if not self.newest[number]:
            self.settle(number)

    def on_fill(self, order_id: str, filled_quantity: int) -> int | None:
        """A side has now traded so much in all; gives the contract, None for what is no side of a live quote."""
        found = self._sides.get(order_id)
        if found is None:
            return None
        number, side = found
        live = self.live[number]
        if live is None:
            return None
        if side is Side.BUY:
            left = replace(live, bid_quantity=max(live.original_bid_quantity - filled_quantity, 0))
        else:
            left = replace(live, ask_quantity=max(live.original_ask_quantity - filled_quantity, 0))
        self._set(number, left)
        if not self.newest[number]:
            self.settle(number)
        return number

    def settle(self, number: int) -> None:
        """Nothing is under way in a contract: the worst is what is live."""
        self.newest[number] = ""
        self.revision += 1
        live = self.live[number]
        bid_quantity = live.bid_quantity if live is not None else 0
        ask_quantity = live.ask_quantity if live is not None else 0
        self.worst_bid_quantity[number] = self.sent_bid_quantity[number] = bid_quantity
        self.worst_ask_quantity[number] = self.sent_ask_quantity[number] = ask_quantity
        self.worst_bid[number] = self.sent_bid[number] = live.bid if live is not None and bid_quantity else 0
        ask = live.ask if live is not None and ask_quantity else 0
        self.worst_ask[number], self.sent_ask[number] = ask or NO_ASK, ask

    def is_side(self, order_id: str) -> bool:
        """Whether an order is a side of a quote that lives."""
        return order_id in self._sides

    @property
    def live_numbers(self) -> list[int]:
        """Contracts with something in the book."""
        return [number for number, live in enumerate(self.live) if live is not None]

    def _set(self, number: int, live: LiveQuote | None) -> None:
        self.live[number] = live
        self.revision += 1
        if live is None:
            self.bid[number] = self.bid_quantity[number] = self.ask[number] = self.ask_quantity[number] = 0
        else:
            self.bid[number], self.bid_quantity[number] = live.bid, live.bid_quantity
            self.ask[number], self.ask_quantity[number] = live.ask, live.ask_quantity

    def _forget(self, live: LiveQuote) -> None:
        for side in live.sides:
            self._sides.pop(side, None)


def _units(price: Decimal) -> int:
    return int(price * PRICE_SCALE)
