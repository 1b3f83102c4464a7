"""Where what a strategy asks for goes: to the market through the gate, or into a report (影子模式)."""

from collections import Counter, deque
from collections.abc import Callable, Coroutine, Iterable
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from terminal.domain.orders import OrderRequest, Side
from terminal.domain.reasons import Denial, Reason
from terminal.rules.protection.order_checks import QuoteBatch
from terminal.services.gate import Gate
from terminal.services.orders import OrderService
from terminal.services.quote_codes import CODE_OF, QUOTE_REASONS
from terminal.services.quote_outcome import QuoteOutcome
from terminal.services.quoting import QuoteService
from terminal.services.share_trades import ShareTrades
from terminal.services.vanguard import Vanguard
from terminal.strategies.view import DeskView

Spawn = Callable[[Coroutine[Any, Any, Any]], object]
_MOST_ORDERS = 100
_NOTES = 200
_NOTE_LENGTH = 500
#: What no sound strategy sends
NONSENSE = tuple(
    CODE_OF[reason] for reason in (Reason.UNKNOWN_CONTRACT, Reason.MALFORMED, Reason.QUOTE_CROSSED, Reason.PRICE_TICK)
)


class LiveAsk:
    """Sends for one strategy; implements `strategies.protocol.LeadAsk`."""

    def __init__(
        self,
        sender: str,
        quoting: QuoteService,
        orders: OrderService,
        spawn: Spawn,
        on_nonsense: Callable[[str], None],
        on_runaway: Callable[[str], None],
        shares: ShareTrades | None,
    ) -> None:
        self._sender = sender
        self._quoting = quoting
        self._orders = orders
        self._spawn = spawn
        self._on_nonsense = on_nonsense
        self._on_runaway = on_runaway
        self._under_way = 0
        self._shares = shares
        self.refused: Counter[Reason] = Counter()
        self.quoted = 0
        self.ordered = 0
        self.notes: deque[str] = deque(maxlen=_NOTES)

    def quote(self, batch: QuoteBatch, *, inquiry: int = 0, first: int = 0) -> QuoteOutcome:
        """Quote through the gate."""
        outcome = self._quoting.submit(batch, self._sender, inquiry=inquiry, first=first)
        self.quoted += _count(outcome, self.refused)
        if outcome.codes.any() and np.isin(outcome.codes, NONSENSE).any():
            self._on_nonsense("a quote that no market takes")
        return outcome

    def vanguard(self, batch: QuoteBatch) -> Vanguard | None:
        """Have quotes looked at as they stand."""
        return self._quoting.vanguard(batch, self._sender)

    def vanguard_holds(self, vanguard: Vanguard) -> bool:
        """Whether nothing has changed that the gate's answer hung on."""
        return self._quoting.gate.vanguard_holds(vanguard, self._sender)

    def quote_ahead(self, vanguard: Vanguard, spot: float, places: list[int], bids: list[int], asks: list[int]) -> bool:
        """Send quotes ahead of the rest, past the gate's short look."""
        sent = self._quoting.submit_ahead(vanguard, spot, places, bids, asks, self._sender)
        self.quoted += len(places) * sent
        return sent

    def cancel_quotes(self, numbers: Iterable[int] | None = None) -> None:
        """Take out own quotes of these contracts, or all of this strategy's; never those of others.

        An answer to an inquiry stays until it has stood long enough: the strategy may ask again.
        """
        owners = self._quoting.owners
        asked = range(len(owners)) if numbers is None else numbers
        mine = [n for n in asked if 0 <= n < len(owners) and owners[n] == self._sender]
        self._quoting.withdraw(mine, sender=self._sender)

    def order(self, request: OrderRequest) -> bool:
        """Send an order; what the gate refuses at once costs neither a task nor a record."""
        denial = self._quoting.gate.order_denial(request, self._sender)
        if denial is not None:
            self.refused[denial.reason] += 1
            return False
        if self._under_way >= _MOST_ORDERS:
            # More at once than any plan needs: a loop (F71)
            self._on_runaway(f"more than {_MOST_ORDERS} orders at once")
            return False
        self.ordered += 1
        self._under_way += 1
        self._spawn(self._submit(request))
        return True

    async def _submit(self, request: OrderRequest) -> None:
        try:
            await self._orders.submit(request, sender=self._sender)
        finally:
            self._under_way -= 1

    def cancel_order(self, client_order_id: str) -> None:
        """Cancel an order of this strategy; one of somebody else is left alone."""
        if self._orders.sender(client_order_id) == self._sender:
            self._spawn(self._orders.cancel(client_order_id))

    def trade_shares(self, underlying: str, shares: int, ticks: int = 0) -> bool:
        """Trade shares past the gate, one trade of an underlying at a time; a refusal is noted."""
        if self._shares is None or not shares or self._shares.is_under_way(underlying):
            return False
        denial = self._shares.trade(underlying, shares, ticks, self._sender)
        if denial is None:
            self.ordered += 1
            return True
        self.shares_refused(underlying, shares, denial)
        return False

    def shares_refused(self, underlying: str, shares: int, denial: Denial) -> None:
        """Count a refusal of shares and leave a line of it, once while nothing else happens."""
        self.refused[denial.reason] += 1
        text = f"{underlying} {shares:+,d} shares: {denial.reason} {denial.detail}".strip()
        if not self.notes or self.notes[-1] != text:
            self.note(text)

    def note(self, text: str) -> None:
        """Keep a line, cut and newest last, so that one that talks without end fills nothing (F75)."""
        self.notes.append(str(text)[:_NOTE_LENGTH])


@dataclass(slots=True)
class ShadowReport:
    """What a strategy would have done (X11)."""

    quotes: int = 0
    messages: int = 0
    orders: int = 0
    refused: Counter[Reason] = field(default_factory=Counter)
    bought: int = 0
    """Contracts that trades of the market would have filled of its bids; at best, as nobody queued in front"""
    sold: int = 0
    edge: float = 0.0
    """Yuan between the prices of these fills and the theoretical prices at their moment"""


class ShadowAsk:
    """Sends nothing and keeps what would have been."""

    def __init__(self, sender: str, gate: Gate, view: DeskView, on_nonsense: Callable[[str], None]) -> None:
        self._sender = sender
        self._gate = gate
        self._view = view
        self._on_nonsense = on_nonsense
        self.report = ShadowReport()
        self.notes: deque[str] = deque(maxlen=_NOTES)
        self._quotes: dict[int, list[int]] = {}
        """Bid, its quantity, ask, its quantity by contract number"""

    @property
    def refused(self) -> Counter[Reason]:
        """Refusals by reason."""
        return self.report.refused

    def quote(self, batch: QuoteBatch, *, inquiry: int = 0, first: int = 0) -> QuoteOutcome:
        """Ask the gate, as if it were meant."""
        codes = self._gate.quote_codes(batch, self._sender)
        parts = (2 if 0 < first < len(batch) else 1) if (codes == 0).any() else 0
        outcome = QuoteOutcome(batch, codes, ("shadow",) * parts, parts)
        self.report.quotes += _count(outcome, self.report.refused)
        self.report.messages += len(outcome.quote_ids)
        if np.isin(codes, NONSENSE).any():
            self._on_nonsense("a quote that no market takes")
        for place in np.flatnonzero(codes == 0).tolist():
            self._quotes[int(batch.index[place])] = [
                int(batch.bid[place]),
                int(batch.bid_quantity[place]),
                int(batch.ask[place]),
                int(batch.ask_quantity[place]),
            ]
        return outcome

    def cancel_quotes(self, numbers: Iterable[int] | None = None) -> None:
        """Forget what would have been out there."""
        for number in list(self._quotes) if numbers is None else numbers:
            self._quotes.pop(number, None)

    def order(self, request: OrderRequest) -> bool:
        """Ask the gate and count; nothing comes of it."""
        denial = self._gate.order_denial(request, self._sender)
        if denial is None:
            self.report.orders += 1
        else:
            self.report.refused[denial.reason] += 1
        return False

    def cancel_order(self, client_order_id: str) -> None:
        """There is none."""

    def trade_shares(self, underlying: str, shares: int, ticks: int = 0) -> bool:
        """Nothing is traded."""
        return False

    def note(self, text: str) -> None:
        """Keep a line."""
        self.notes.append(str(text)[:_NOTE_LENGTH])

    def on_trade(self, number: int, price: int, quantity: int, aggressor: Side | None) -> None:
        """A trade of the market at or through a quote that would have been there fills it."""
        quote = self._quotes.get(number)
        if quote is None or aggressor is None:
            return
        theoretical = float(self._view.price[number])
        each = float(self._view.universe.multiplier[number]) / 10_000.0
        if aggressor is Side.SELL and price <= quote[0] and quote[1]:
            filled, quote[1] = min(quantity, quote[1]), max(quote[1] - quantity, 0)
            self.report.bought += filled
            self.report.edge += (theoretical - quote[0]) * filled * each if theoretical == theoretical else 0.0
        elif aggressor is Side.BUY and price >= quote[2] and quote[3]:
            filled, quote[3] = min(quantity, quote[3]), max(quote[3] - quantity, 0)
            self.report.sold += filled
            self.report.edge += (quote[2] - theoretical) * filled * each if theoretical == theoretical else 0.0


def _count(outcome: QuoteOutcome, refused: Counter[Reason]) -> int:
    if outcome.codes.any():
        for code, times in zip(*np.unique(outcome.codes[outcome.codes > 0], return_counts=True), strict=True):
            refused[QUOTE_REASONS[int(code) - 1]] += int(times)
    return outcome.sent
