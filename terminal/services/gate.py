"""The one gate (事前风控) before every order and every quote, by hand or by a strategy: nothing leaves around it.

`OrderService` and `QuoteService` ask it themselves, so a sender cannot choose not to. Limits are sheets: the desk's for
everything, and one of his own for every strategy; both must allow. Cancels are counted here and never asked. What it
says of a mass quote is one array with a code for each contract; the figures of a refusal are made only when looked at.
What hangs on figures is judged in `order_gate.py` and `quote_gate.py`; here is who may send, how fast and what is
stopped.
"""

from collections.abc import Callable, Sequence

import numpy as np

from terminal.domain.orders import OrderRequest, PositionEffect
from terminal.domain.reasons import Denial, Reason
from terminal.rules.order_warnings import Warned
from terminal.rules.protection.limit_sheet import NOTHING, LimitSheet, bound
from terminal.rules.protection.order_checks import QuoteBatch
from terminal.rules.protection.rates import ExecutionGuard, MessageBudget, RepeatGuard
from terminal.rules.protection.stops import Stops
from terminal.services.commitments import Commitments, IntArray
from terminal.services.market_data import MarketData
from terminal.services.order_gate import OrderGate
from terminal.services.order_warnings import Acknowledgement, unanswered
from terminal.services.portfolio import Portfolio
from terminal.services.quote_board import QuoteBoard
from terminal.services.quote_codes import CODE_OF
from terminal.services.quote_control import QuoteControl
from terminal.services.quote_gate import QuoteGate
from terminal.services.quote_outcome import Codes
from terminal.services.share_gate import ShareGate, ShareTrade
from terminal.services.theoretical import Theoretical
from terminal.services.vanguard import Vanguard

#: The sender of everything that a person sends, and the sheet that everything must pass
DESK = "desk"


class Gate:
    """Limits, stops and counters of one desk; `monotonic` gives seconds."""

    def __init__(
        self,
        market: MarketData,
        portfolio: Portfolio,
        theoretical: Theoretical,
        board: Callable[[], QuoteBoard],
        monotonic: Callable[[], float],
    ) -> None:
        self._market = market
        self._theoretical = theoretical
        self._monotonic = monotonic
        self.commitments = Commitments(market, portfolio, theoretical, board)
        self._orders = OrderGate(theoretical, self.commitments)
        self._shares = ShareGate(theoretical, self.commitments)
        self._quotes = QuoteGate(market, theoretical, self.commitments)
        self._sheets: dict[str, LimitSheet] = {}
        self._effective: dict[str, LimitSheet] = {}
        self._budgets: dict[str, MessageBudget] = {}
        self._executions: dict[str, ExecutionGuard] = {}
        self._repeats = RepeatGuard()
        self._stopped: set[str] = set()
        self._revision = 0
        """Raised with all that may hold a sender up: sheets, who is stopped, messages that were counted"""
        self._protected: Codes = np.zeros(0, np.int8)
        self._paused: Codes = np.zeros(0, np.int8)
        self.quote_control: QuoteControl | None = None
        """What an obligation asks of strategies' quotes; a person's are held to it where they are drafted"""
        self.held_by: Callable[[], str] = str
        """Names the reminder that new opening orders wait for (需确认), empty for none; quotes and closing go on"""
        self.warnings: Callable[[OrderRequest], tuple[Warned, ...]] = _no_warnings
        """What an opening order is warned of before it leaves"""

    @property
    def stops(self) -> Stops:
        """What is stopped; the protection service sets it."""
        return self._quotes.stops

    @stops.setter
    def stops(self, stops: Stops) -> None:
        self._quotes.stops = stops

    def block_quotes(self, codes: Codes) -> None:
        """By contract, why no quote of it may leave, 0 for none; the protection service says it."""
        self._protected = codes
        self._put_blocked()

    def pause_quotes(self, codes: Codes) -> None:
        """The same of contracts that a person has paused, for programmes alone; empty where none is."""
        self._paused = codes
        self._put_blocked()

    def _put_blocked(self) -> None:
        protected, paused = self._protected, self._paused
        if not len(paused):
            self._quotes.blocked = protected
        elif len(protected) != len(paused):
            # One of them speaks of another list: the one that speaks of this is taken
            count = len(self._theoretical.universe)
            self._quotes.blocked = paused if len(paused) == count else protected
        else:
            self._quotes.blocked = np.where(protected > 0, protected, paused)

    def withheld(self, where: "IntArray | slice") -> Codes:
        """What was said by `block_quotes` and `pause_quotes` of some contracts."""
        blocked = self._quotes.blocked
        if len(blocked) != len(self._theoretical.universe):
            blocked = np.zeros(len(self._theoretical.universe), np.int8)
        return blocked[where]

    # ---- sheets and senders

    def set_sheet(self, sender: str, sheet: LimitSheet | None) -> None:
        """Put a sheet in force at once, or take it away: without one nothing of the sender leaves."""
        if sheet is None:
            self._sheets.pop(sender, None)
        else:
            self._sheets[sender] = sheet
        self._effective.clear()
        self._revision += 1

    def sheet(self, sender: str) -> LimitSheet | None:
        """The sheet of a sender himself."""
        return self._sheets.get(sender)

    def effective(self, sender: str) -> LimitSheet:
        """What the desk's sheet and the sender's own allow together."""
        found = self._effective.get(sender)
        if found is None:
            found = self._sheets.get(DESK, NOTHING)
            if sender != DESK:
                found = found.strictest(self._sheets.get(sender, NOTHING))
            self._effective[sender] = found
        return found

    def stop_sender(self, sender: str) -> None:
        """Let nothing of a sender leave until `let_go`."""
        self._stopped.add(sender)
        self._revision += 1

    def let_go(self, sender: str) -> None:
        """Let a stopped sender send again, its repeated executions forgotten."""
        self._stopped.discard(sender)
        self._guard(sender).reset()

    def stopped_meanwhile(self, request: OrderRequest, sender: str) -> Reason | None:
        """Why an order that was passed may not leave after all: its sender or its kind was stopped while it waited."""
        if sender in self._stopped:
            return Reason.STRATEGY_STOPPED
        contract = self._market.contract(request.contract_code)
        denial = None if contract is None else self.stops.refusal(contract, request.instruction)
        return None if denial is None else denial.reason

    def start_day(self) -> None:
        """Counters of a day begin anew."""
        for budget in self._budgets.values():
            budget.start_day()

    def restore_message(self, count: int = 1) -> None:
        """Count order or quote messages that this desk sent earlier today; the journal has no cancels."""
        self._budget(DESK).today += count
        self._revision += 1

    # ---- orders

    def order_denial(
        self, request: OrderRequest, sender: str = DESK, acknowledged: Sequence[Acknowledgement] = ()
    ) -> Denial | None:
        """The first rule that an order breaks; None when it may leave. Nothing is counted.

        `acknowledged` are the warnings that a person has read: his order needs all of its own. A strategy cannot read,
        so its sheet must say that it opens what a person would be warned of.
        """
        contract = self._market.contract(request.contract_code)
        if contract is None:
            return Denial(Reason.UNKNOWN_CONTRACT, "contract", request.contract_code)
        denial = (
            self._sender_denial(sender)
            or self.stops.refusal(contract, request.instruction)
            or self._reminder_denial(request, sender, acknowledged)
        )
        if denial is not None:
            return denial
        sheet, now = self.effective(sender), self._monotonic()
        return (
            self._budget_denial(sender, now, 1, 0)
            or self._repeats.denial(sheet, (sender, request), now)
            or self._orders.denial(contract, request, sheet, by_hand=sender == DESK)
        )

    def foreseen(self, request: OrderRequest) -> Denial | None:
        """What a person's order would break whenever it were sent: stops, size, collar, own orders, limits.

        Rates, repetition and the age of the market are questions of the moment it leaves.
        """
        contract = self._market.contract(request.contract_code)
        if contract is None:
            return None
        stopped = (
            self._sender_denial(DESK) or self.stops.refusal(contract, request.instruction) or self._hold_denial(request)
        )
        return stopped or self._orders.denial(contract, request, self.effective(DESK), by_hand=True)

    def record_order(self, request: OrderRequest, sender: str = DESK) -> None:
        """Count an order that leaves."""
        now = self._monotonic()
        self._record(sender, now, 1, 0)
        self._repeats.record(self.effective(sender), (sender, request), now)

    def record_cancel(self, sender: str = DESK) -> None:
        """Count a cancel; it is never refused."""
        self._record(sender, self._monotonic(), 1, 0)

    def on_fill(self, sender: str) -> bool:
        """Count an execution; True when the sender's repeat too fast and nothing more of his leaves."""
        self._revision += 1
        return self._guard(sender).record(self.effective(sender), self._monotonic())

    def warning(self) -> float | None:
        """The step of 60, 80 or 100 % that the desk's messages have reached."""
        return self._budget(DESK).warning(self.effective(DESK), self._monotonic())

    def messages_left(self, sender: str) -> float:
        """Messages that the desk and a sender may still send now, what is kept for cancels left aside."""
        now = self._monotonic()
        senders = {DESK, sender}
        return min(self._budget(one).left(self._sheets.get(one, NOTHING), now) for one in sorted(senders))

    def messages_used(self) -> tuple[float, float]:
        """Fractions used of the desk's messages of this second and of the day."""
        return self._budget(DESK).used(self.effective(DESK), self._monotonic())

    # ---- shares

    def share_denial(self, trade: ShareTrade, sender: str = DESK) -> Denial | None:
        """The first rule that trading shares breaks; None when it may leave. Nothing is counted."""
        sheet, now = self.effective(sender), self._monotonic()
        return (
            self._share_stop(trade, sender)
            or self._budget_denial(sender, now, 1, 0)
            or self._repeats.denial(sheet, (sender, trade), now)
            or (None if sender == DESK else self._shares.input_denial(trade, sheet))
            or self._shares.denial(trade, sheet)
        )

    def shares_foreseen(self, trade: ShareTrade) -> Denial | None:
        """What a person's trade would break whenever it were sent: stops, size, delta."""
        return self._share_stop(trade, DESK) or self._shares.denial(trade, self.effective(DESK))

    def shares_stopped_meanwhile(self, trade: ShareTrade, sender: str) -> Denial | None:
        """Why shares that were passed may not be traded after all: their sender or their side was stopped."""
        if sender in self._stopped:
            return Denial(Reason.STRATEGY_STOPPED, "account", sender)
        return self.stops.share_refusal(buys=trade.buys)

    def record_shares(self, trade: ShareTrade, sender: str = DESK) -> None:
        """Count a trade of shares that leaves."""
        now = self._monotonic()
        self._record(sender, now, 1, 0)
        self._repeats.record(self.effective(sender), (sender, trade), now)

    # ---- quotes

    def quote_codes(self, batch: QuoteBatch, sender: str = DESK, messages: int = 1) -> Codes:
        """A code for each entry, 0 where it may leave: `quote_denial` says what it means. Nothing is counted."""
        denial = self._sender_denial(sender) or self._budget_denial(sender, self._monotonic(), messages, len(batch))
        if denial is None and self.stops.everything:
            denial = Denial(Reason.STOPPED, "account")
        if denial is not None:
            return np.full(len(batch), CODE_OF[denial.reason], np.int8)
        codes = self._quotes.codes(batch, self.effective(sender), by_hand=sender == DESK)
        control = self.quote_control
        if control is not None and sender != DESK:
            if not np.count_nonzero(codes):
                return control.codes(batch)
            known = codes == 0
            codes[known] = control.codes(batch.take(np.flatnonzero(known)))
        return codes

    def vanguard(self, batch: QuoteBatch, sender: str) -> Vanguard | None:
        """Look at a programme's quotes as they stand: they may go ahead at other prices; None when they may not."""
        if self._sender_denial(sender) is not None or self.stops.everything:
            return None
        vanguard = self._quotes.vanguard(batch, self.effective(sender))
        if vanguard is not None:
            self._may_send(vanguard, sender)
        return vanguard

    def vanguard_holds(self, vanguard: Vanguard, sender: str) -> bool:
        """Whether all still stands that a vanguard was let pass on."""
        return self._quotes.holds(vanguard, self.effective(sender))

    def vanguard_passes(
        self, vanguard: Vanguard, spot: float, places: list[int], bids: list[int], asks: list[int], sender: str
    ) -> bool:
        """Whether quotes of a vanguard may leave in a message of their own. False is no refusal: the rest is asked."""
        # Budgets fill up by what is counted and empty with time: who might send then may now
        if vanguard.allowed_at != self._revision and not self._may_send(vanguard, sender):
            return False
        if not self._quotes.passes(vanguard, spot, places, bids, asks, self.effective(sender)):
            return False
        control = self.quote_control
        return control is None or not control.codes(vanguard.priced(places, bids, asks)).any()

    def quote_denial(self, batch: QuoteBatch, place: int, code: int, sender: str = DESK) -> Denial:
        """What a code says of an entry, with its figures."""
        return self._quotes.denial(batch, place, code, self.effective(sender))

    def record_quotes(self, sender: str, messages: int, quotes: int) -> None:
        """Count quotes that leave."""
        self._record(sender, self._monotonic(), messages, quotes)

    # ---- inside: the sender

    def _may_send(self, vanguard: Vanguard, sender: str) -> bool:
        """Whether a sender may send all of a vanguard in one message; noted there."""
        if self._sender_denial(sender) or self._budget_denial(sender, self._monotonic(), 1, len(vanguard)):
            return False
        vanguard.allowed_at = self._revision
        return True

    def _share_stop(self, trade: ShareTrade, sender: str) -> Denial | None:
        denial = self._sender_denial(sender) or self.stops.share_refusal(buys=trade.buys)
        if denial is None and trade.buys and (reminder := self.held_by()):
            denial = Denial(Reason.REMINDER_WAITS, "account", reminder)
        return denial

    def _hold_denial(self, request: OrderRequest) -> Denial | None:
        if request.instruction.position_effect is PositionEffect.CLOSE:
            return None
        reminder = self.held_by()
        return Denial(Reason.REMINDER_WAITS, "account", reminder) if reminder else None

    def _reminder_denial(
        self, request: OrderRequest, sender: str, acknowledged: Sequence[Acknowledgement]
    ) -> Denial | None:
        held = self._hold_denial(request)
        if held is not None or (sender != DESK and bound(self.effective(sender).warned_opens) > 0):
            return held
        return unanswered(self.warnings(request), acknowledged if sender == DESK else ())

    def _sender_denial(self, sender: str) -> Denial | None:
        if DESK not in self._sheets or sender not in self._sheets:
            return Denial(Reason.NO_LIMIT_SHEET, "account", sender)
        if sender in self._stopped:
            return Denial(Reason.STRATEGY_STOPPED, "account", sender)
        if self._guard(sender).tripped:
            return Denial(Reason.REPEATED_EXECUTION, "account", sender)
        return None

    def _budget_denial(self, sender: str, now: float, messages: int, quotes: int) -> Denial | None:
        denial = self._budget(DESK).denial(self._sheets.get(DESK, NOTHING), now, messages, quotes)
        if denial is None and sender != DESK:
            denial = self._budget(sender).denial(self._sheets.get(sender, NOTHING), now, messages, quotes)
        return denial

    def _record(self, sender: str, now: float, messages: int, quotes: int) -> None:
        self._revision += 1
        self._budget(DESK).record(now, messages, quotes)
        if sender != DESK:
            self._budget(sender).record(now, messages, quotes)

    def _budget(self, sender: str) -> MessageBudget:
        found = self._budgets.get(sender)
        if found is None:
            found = self._budgets[sender] = MessageBudget()
        return found

    def _guard(self, sender: str) -> ExecutionGuard:
        found = self._executions.get(sender)
        if found is None:
            found = self._executions[sender] = ExecutionGuard()
        return found


def _no_warnings(request: OrderRequest) -> tuple[Warned, ...]:
    """A gate that nobody told what to warn of."""
    return ()
