"""A trainee from the file (脚本学员): does at its times what the scenario says, over the desk's real services."""

import asyncio
import logging
from collections.abc import Callable
from datetime import datetime
from decimal import Decimal
from typing import Protocol

from terminal.domain.calendar import TradingCalendar
from terminal.domain.errors import BadInput, shown
from terminal.domain.instructions import InstructionKind
from terminal.domain.market_data import Column
from terminal.domain.orders import OrderRequest, OrderStatus, OrderType, Side
from terminal.domain.quotes import QuoteEntry
from terminal.services.desk import Desk
from terminal.services.inquiries import Inquiries
from terminal.services.instructions import InstructionRequest, InstructionState
from terminal.services.quote_drafts import QuoteDrafts
from terminal.training.actions import ActionKind
from terminal.training.scenario import ActionSpec, Scenario

logger = logging.getLogger(__name__)
#: How long an answer is waited for, e.g. while the venue holds its reports
_LOOKS, _LOOK_SECONDS = 500, 0.002
#: Of a quote where nothing is known of the value, yuan
_WIDTH = Decimal("0.0040")
_UNANSWERED = (OrderStatus.SUBMITTED, OrderStatus.CANCEL_PENDING)
_INSTRUCTIONS = {
    ActionKind.EXERCISE: InstructionKind.EXERCISE,
    ActionKind.WITHDRAW_EXERCISE: InstructionKind.WITHDRAW_EXERCISE,
    ActionKind.MERGED_EXERCISE: InstructionKind.MERGED_EXERCISE,
    ActionKind.LOCK: InstructionKind.LOCK,
    ActionKind.UNLOCK: InstructionKind.UNLOCK,
    ActionKind.CASH_IN: InstructionKind.CASH_IN,
    ActionKind.SHARES_IN: InstructionKind.SHARES_IN,
    ActionKind.TO_COVERED: InstructionKind.TO_COVERED,
}


class Answering(Protocol):
    """Acknowledges reminders."""

    def acknowledge_kind(self, kind: str, at: datetime, who: str) -> int:
        """All that wait, of a kind or of every kind; gives how many."""


class ScriptedTrainee:
    """Acts once at each of its times. `note` is told what it did, in words for the log."""

    def __init__(
        self,
        desk: Desk,
        scenario: Scenario,
        calendar: TradingCalendar,
        *,
        codes: dict[str, str],
        inquiries: Inquiries,
        drafts: QuoteDrafts,
        reminders: Answering,
        take_hint: Callable[[], object],
        note: Callable[[datetime, str], None],
    ) -> None:
        self._desk = desk
        self._codes = codes
        self._inquiries = inquiries
        self._drafts = drafts
        self._reminders = reminders
        self._take_hint = take_hint
        self._note = note
        self._pulling = False
        self._left: list[tuple[datetime, ActionSpec]] = sorted(
            ((scenario.moment(action.at, calendar), action) for action in scenario.trainee), key=lambda pair: pair[0]
        )

    async def act(self, now: datetime) -> None:
        """Do everything that is due, each answered by the venue before the next."""
        while self._left and self._left[0][0] <= now:
            _, action = self._left.pop(0)
            try:
                said = await self._do(action, now)
            except BadInput as error:
                said = shown(error, 200)
                logger.info("the scripted trainee cannot %s: %s", action.do.value, said)
            await self._answered()
            self._note(now, f"{action.do.value}{said}")

    async def _do(self, action: ActionSpec, now: datetime) -> str:
        desk = self._desk
        code = self._codes.get(action.contract, "")
        if action.do is ActionKind.ACKNOWLEDGE:
            return f" {action.reminder or 'all'}: {self._reminders.acknowledge_kind(action.reminder, now, 'trainee')}"
        if action.do is ActionKind.HINT:
            self._take_hint()
            return ""
        if action.do is ActionKind.CANCEL_ALL:
            return f": {await desk.orders.cancel_all()}"
        if action.do is ActionKind.ORDER:
            return await self._order(action, code)
        if action.do is ActionKind.QUOTE:
            return self._quote(action, code)
        if action.do is ActionKind.PULL:
            self._pulling = True
            return f": {len(desk.quoting.board.live_numbers)}" if desk.quoting.cancel() else ": 0"
        if action.do is ActionKind.ANSWER:
            return self._answer_all(action, now)
        if action.do is ActionKind.RELEASE:
            combinations = desk.portfolio.combinations
            for combination in combinations:
                await desk.instructions.instruct(
                    InstructionRequest(
                        kind=InstructionKind.RELEASE,
                        combination_id=combination.number,
                        quantity=combination.quantity,
                    )
                )
            return f": {len(combinations)}"
        kind = _INSTRUCTIONS[action.do]
        request = InstructionRequest(
            kind=kind,
            underlying=action.underlying,
            contract_code=code,
            second_code=self._codes.get(action.second, ""),
            quantity=action.quantity,
            amount=action.amount,
        )
        entry = await desk.instructions.instruct(request)
        what = action.contract or action.underlying or f"{action.amount:f}"
        refused = f" {entry.reason.value}" if entry.reason is not None else ""
        return f" {what} {action.quantity or ''}".rstrip() + refused

    async def _order(self, action: ActionSpec, code: str) -> str:
        if action.instruction is None or not action.quantity:
            raise BadInput("order", action.contract, "an instruction and a quantity")
        price = action.price or self._touch(code, action.instruction.side)
        request = OrderRequest(
            contract_code=code,
            instruction=action.instruction,
            order_type=OrderType.LIMIT,
            quantity=action.quantity,
            price=price,
        )
        order = await self._desk.orders.submit(request)
        refused = f" {order.reason.value}" if order.reason is not None else ""
        return f" {action.instruction.value} {action.contract} {action.quantity} at {price:f}{refused}"

    def _touch(self, code: str, side: Side) -> Decimal:
        """The other side's best price; the limit where there is none."""
        row = self._desk.market.row_of.get(code)
        contract = self._desk.market.contract(code)
        if row is None or contract is None:
            raise BadInput("contract", code, "one that is listed today")
        column = Column.ASK_PRICE if side is Side.BUY else Column.BID_PRICE
        best = int(self._desk.market.quotes[row][column])
        if best:
            return Decimal(best).scaleb(-4)
        return contract.limit_up if side is Side.BUY else contract.limit_down

    def _quote(self, action: ActionSpec, code: str, inquiry: int = 0) -> str:
        market = self._desk.market
        row, contract = market.row_of.get(code), market.contract(code)
        if row is None or contract is None:
            raise BadInput("contract", code, "one that is listed today")
        entry = self._drafts.draft(code, quantity=action.quantity) if not action.width else None
        if entry is not None:
            denial = self._desk.quoting.quote(entry, inquiry=inquiry)
            words = f" {contract.trading_code} {entry.bid_price:f}/{entry.ask_price:f}"
            return words + (f" {denial.reason.value}" if denial else "")
        quote = market.quotes[row]
        bid, ask = int(quote[Column.BID_PRICE]), int(quote[Column.ASK_PRICE])
        middle = Decimal(bid + ask).scaleb(-4) / 2 if bid and ask else market.last(code) or contract.previous_settlement
        width = action.width or _WIDTH
        tick, half = contract.tick_size, width / 2
        low = max(((middle - half) // tick) * tick, contract.limit_down, tick)
        high = min(low + width, contract.limit_up)
        size = action.quantity or 10
        entry = QuoteEntry(contract_code=code, bid_price=low, bid_quantity=size, ask_price=high, ask_quantity=size)
        denial = self._desk.quoting.quote(entry, inquiry=inquiry)
        return f" {contract.trading_code} {low:f}/{high:f}" + (f" {denial.reason.value}" if denial else "")

    def _answer_all(self, action: ActionSpec, now: datetime) -> str:
        waiting = self._inquiries.waiting(now)
        refused = [said for i in waiting if (said := self._quote(action, i.contract_code, i.inquiry)).count(" ") > 2]
        return f": {len(waiting)}" + "".join(refused)

    async def _answered(self) -> None:
        """Wait until the venue has answered everything; one that does not is asked by the desk itself."""
        for _ in range(_LOOKS):
            if not self._is_unanswered():
                break
            await asyncio.sleep(_LOOK_SECONDS)
        self._pulling = False

    def _is_unanswered(self) -> bool:
        desk = self._desk
        return (
            any(order.status in _UNANSWERED for order in desk.orders.orders)
            or any(entry.state is InstructionState.SENT for entry in desk.instructions.entries)
            or bool(desk.quoting.unanswered)
            or (self._pulling and bool(desk.quoting.board.live_numbers))
        )
