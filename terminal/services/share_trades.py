"""What strategies trade in shares of an underlying (现货对冲): each trade is an instruction that passes the gate.

One at a time of an underlying: until the counter's picture shows what became of the one before, nobody knows the delta.
"""

from collections.abc import Callable, Coroutine
from decimal import Decimal
from typing import Any

from terminal.domain.instructions import InstructionKind
from terminal.domain.reasons import Denial, Reason
from terminal.rules.shares import shown_within
from terminal.services.instructions import InstructionEntry, InstructionRequest, InstructionService, InstructionState
from terminal.services.market_data import MarketData


class ShareTrades:
    """Sends them; `spawn` starts a coroutine and keeps it."""

    def __init__(
        self,
        instructions: InstructionService,
        market: MarketData,
        spawn: Callable[[Coroutine[Any, Any, Any]], object],
    ) -> None:
        self._instructions = instructions
        self._market = market
        self._spawn = spawn
        self._asked: set[str] = set()
        """Underlyings whose trade has not begun yet: what is spawned runs in the loop's next turn"""

    def is_under_way(self, underlying: str) -> bool:
        """Whether shares of an underlying are being traded, by whomever."""
        return underlying in self._asked or any(self._instructions.shares_under_way(underlying))

    def trade(self, underlying: str, shares: int, ticks: int, sender: str) -> Denial | None:
        """Buy shares, or sell with a minus, at most `ticks` worse than the best price; or say why not.

        No more than the book shows within that price, and than one order may have.
        """
        known = self._market.underlying(underlying)
        if known is None:
            return Denial(Reason.UNKNOWN_CONTRACT, "underlying", underlying[:40])
        buys, rules = shares > 0, self._instructions.checks.profile.shares
        book = self._instructions.checks.share_book(underlying)
        levels = book.asks if buys else book.bids
        if not levels:
            return Denial(Reason.NO_OPPOSITE_SIDE, "underlying", underlying)
        beyond = known.tick_size * max(ticks, 0)
        touch = Decimal(levels[0][0]).scaleb(-4)
        price = min(touch + beyond, known.limit_up) if buys else max(touch - beyond, known.limit_down)
        shown = shown_within(levels, price, buys=buys) // rules.lot * rules.lot
        if not shown:
            return Denial(Reason.FILL_OR_KILL, "quantity", str(abs(shares)), "0")
        request = InstructionRequest(
            kind=InstructionKind.BUY_SHARES if buys else InstructionKind.SELL_SHARES,
            underlying=underlying,
            quantity=min(abs(shares), shown, rules.largest_order),
            price=price,
        )
        denial = self._instructions.share_denial(request, sender)
        if denial is None:
            self._asked.add(underlying)
            self._spawn(self._send(request, sender))
        return denial

    async def _send(self, request: InstructionRequest, sender: str) -> None:
        try:
            await self._instructions.instruct(request, sender=sender)
        finally:
            self._asked.discard(request.underlying)

    def outcome(self, instruction_id: str) -> tuple[str, InstructionEntry] | None:
        """Who traded shares by an instruction and what became of it; None while nothing has."""
        entry = self._instructions.entry(instruction_id)
        if entry is None or entry.state is InstructionState.SENT:
            return None
        return self._instructions.sender(instruction_id), entry
