"""Quotes as pairs of orders (双边委托), where a venue or an account has no two-sided quotes.

One quote becomes a buy and a sell order, each on disk before it leaves as any order is. An order cannot be replaced in
one step: what changes is cancelled first and entered anew once it is gone, so that the two never stand there together;
a side that is still right, untouched and in its place in the queue stays. What the venue tells of the orders is told on
as the quote's own steps, LIVE when both sides lie there, so that whoever quotes need not know the difference.
"""

import asyncio
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal

from terminal.domain.messages import CancelOrder, Command, OrderUnknown, QuoteReport, SubmitQuotes
from terminal.domain.orders import Instruction, Order, OrderRequest, OrderStatus, OrderType, PositionEffect, Side
from terminal.domain.quotes import QuoteEntry, QuoteStatus
from terminal.domain.reasons import Reason
from terminal.services.bus import Bus
from terminal.services.events import OrderChanged
from terminal.services.orders import OrderService

_INSTRUCTION = {
    (Side.BUY, PositionEffect.OPEN): Instruction.BUY_OPEN,
    (Side.BUY, PositionEffect.CLOSE): Instruction.BUY_CLOSE,
    (Side.SELL, PositionEffect.OPEN): Instruction.SELL_OPEN,
    (Side.SELL, PositionEffect.CLOSE): Instruction.SELL_CLOSE,
}


@dataclass(slots=True)
class _Leg:
    """One order of a pair."""

    order_id: str
    instruction: Instruction
    price: Decimal
    quantity: int
    filled: int = 0
    works: bool = False
    """Whether the venue has it; before that a cancel might arrive first"""
    leaves: bool = False
    """Whether it was asked to be cancelled"""


@dataclass(slots=True)
class _Pair:
    """What is out there of one contract, and what shall be."""

    code: str
    target: QuoteEntry | None = None
    quote_id: str = ""
    sender: str = ""
    legs: dict[Side, _Leg] = field(default_factory=dict)
    entered: dict[Side, _Leg] = field(default_factory=dict)
    """The legs of the target, gone ones too: a side that has traded is not entered again"""
    told: QuoteReport | None = None
    """The LIVE report that stands"""
    reason: Reason | None = None
    """Why it ends"""


class QuotesAsOrders:
    """Pairs of one desk.

    `report` takes the steps of quotes, `filled` an order id and what of it has traded so far, `count_cancel` the sender
    of a cancel that leaves.
    """

    def __init__(
        self,
        orders: OrderService,
        send: Callable[[Command], bool],
        bus: Bus,
        now: Callable[[], datetime],
        report: Callable[[QuoteReport], None],
        filled: Callable[[str, int], None],
        count_cancel: Callable[[str], None],
    ) -> None:
        self._orders = orders
        self._send = send
        self._now = now
        self._report = report
        self._filled = filled
        self._count_cancel = count_cancel
        self._pairs: dict[str, _Pair] = {}
        self._code_of: dict[str, str] = {}
        """By order id"""
        self._tasks: set[asyncio.Future[Order]] = set()
        bus.subscribe(OrderChanged, self._on_order)

    def submit(self, command: SubmitQuotes, sender: str) -> None:
        """Take a message that passed the gate and is written down; its orders leave as the disk and the venue allow."""
        for entry in command.entries:
            pair = self._pairs.setdefault(entry.contract_code, _Pair(entry.contract_code))
            if pair.target is not None and not _is_told(pair):
                # Its turn never came: the newer one stands for it
                self._tell(pair, QuoteStatus.REFUSED, Reason.QUOTE_REPLACED)
            pair.target, pair.quote_id, pair.sender = entry, command.quote_id, sender
            pair.entered, pair.reason = {}, None
            self._drive(pair)

    def cancel(self, codes: Iterable[str] | None = None, reason: Reason = Reason.CANCELLED_BY_USER) -> None:
        """Take the orders of some contracts out, or of all."""
        for pair in [*self._pairs.values()] if codes is None else [self._pairs[c] for c in codes if c in self._pairs]:
            self._end(pair, reason)

    @property
    def contracts(self) -> list[str]:
        """Contracts that have anything out there or under way."""
        return list(self._pairs)

    def on_line_recovered(self) -> None:
        """Every report up to now is here: what has none never arrived; cancels that were lost are asked again."""
        for pair in [*self._pairs.values()]:
            for leg in [*pair.legs.values()]:
                if not leg.works and self._orders.order(leg.order_id) is not None:
                    self._orders.reports.on_unknown(OrderUnknown(client_order_id=leg.order_id, at=self._now()))
                elif leg.leaves:
                    self._cancel(leg, pair.sender)

    def start_day(self) -> None:
        """Forget the pairs of an earlier day."""
        self._pairs.clear()
        self._code_of.clear()

    # ---- inside

    def _drive(self, pair: _Pair) -> None:
        """Do what can be done now on the way from what is out there to what shall be."""
        target = pair.target
        for side, leg in pair.legs.items():
            wanted = None if target is None else _wanted(target, side)
            if pair.entered.get(side) is leg or leg.leaves:
                continue
            if wanted == (leg.instruction, leg.price, leg.quantity) and not leg.filled:
                pair.entered[side] = leg
            elif leg.works:
                leg.leaves = True
                self._cancel(leg, pair.sender)
        if target is not None and all(pair.entered.get(side) is leg for side, leg in pair.legs.items()):
            # Nothing of an older quote is there any more that the new one might meet
            for side in (Side.BUY, Side.SELL):
                wanted = _wanted(target, side)
                if wanted is not None and side not in pair.entered:
                    self._enter(pair, side, *wanted)
            if not _is_told(pair):
                self._tell_live(pair, target)
        if not pair.legs and (target is None or _is_told(pair)):
            self._over(pair)

    def _enter(self, pair: _Pair, side: Side, instruction: Instruction, price: Decimal, quantity: int) -> None:
        order_id = f"{pair.quote_id}-{pair.code}-{side}"
        leg = pair.legs[side] = pair.entered[side] = _Leg(order_id, instruction, price, quantity)
        self._code_of[order_id] = pair.code
        request = OrderRequest(pair.code, leg.instruction, OrderType.LIMIT, quantity, price)
        task = asyncio.ensure_future(self._orders.submit(request, sender=pair.sender, side_of_quote=order_id))
        self._tasks.add(task)
        task.add_done_callback(self._submitted)

    def _submitted(self, task: asyncio.Future[Order]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and task.result().status is OrderStatus.DENIED:
            # One that the disk did not take is told by nobody else
            self._on_order(OrderChanged(task.result()))

    def _on_order(self, event: OrderChanged) -> None:
        order = event.order
        code = self._code_of.get(order.client_order_id)
        pair = None if code is None else self._pairs.get(code)
        if pair is None:
            return
        side = order.instruction.side
        leg = pair.legs.get(side)
        if leg is None or leg.order_id != order.client_order_id:
            return
        leg.works = leg.works or order.status not in (OrderStatus.SUBMITTED, OrderStatus.DENIED, OrderStatus.REJECTED)
        leg.filled = order.filled_quantity
        if order.status.is_final:
            del pair.legs[side], self._code_of[order.client_order_id]
            if order.status is not OrderStatus.FILLED and pair.entered.get(side) is leg:
                # The venue said no, or somebody took it out: one side alone is no quote
                self._end(pair, order.reason or Reason.CANCELLED_BY_USER, refused=not leg.works)
                return
        self._drive(pair)

    def _cancel(self, leg: _Leg, sender: str) -> None:
        self._send(CancelOrder(client_order_id=leg.order_id))
        self._count_cancel(sender)

    def _end(self, pair: _Pair, reason: Reason, *, refused: bool = False) -> None:
        if pair.target is not None and not _is_told(pair):
            self._tell(pair, QuoteStatus.REFUSED, reason)
        pair.target, pair.reason, pair.entered = None, None if refused else reason, {}
        self._drive(pair)

    def _tell_live(self, pair: _Pair, target: QuoteEntry) -> None:
        sides = [side for side in Side if _wanted(target, side) is not None]
        if not all(side in pair.entered and pair.entered[side].works for side in sides):
            return
        pair.told = self._tell(pair, QuoteStatus.LIVE, None)
        for leg in pair.entered.values():
            if leg.filled:
                self._filled(leg.order_id, leg.filled)

    def _over(self, pair: _Pair) -> None:
        """Nothing is out there any more: the quote that stood has ended."""
        del self._pairs[pair.code]
        if pair.told is not None:
            filled = pair.target is not None
            status, reason = (QuoteStatus.FILLED, None) if filled else (QuoteStatus.CANCELLED, pair.reason)
            self._report(_ended(pair.told, status, reason, self._now()))

    def _tell(self, pair: _Pair, status: QuoteStatus, reason: Reason | None) -> QuoteReport:
        target, now = pair.target, self._now()
        assert target is not None
        ids = [
            pair.entered[side].order_id if side in pair.entered else f"{pair.quote_id}-{pair.code}-{side}"
            for side in (Side.BUY, Side.SELL)
        ]
        report = QuoteReport(
            # No report of the venue's own, so it has no place among them
            sequence=0,
            quote_id=pair.quote_id,
            contract_code=pair.code,
            status=status,
            bid_order=ids[0],
            ask_order=ids[1],
            bid_price=target.bid_price,
            bid_quantity=target.bid_quantity,
            ask_price=target.ask_price,
            ask_quantity=target.ask_quantity,
            reason=reason,
            at=now,
            trading_day=now.date(),
        )
        self._report(report)
        return report


def is_side(order_id: str) -> bool:
    """Whether an order bears the id of half a quote: the quote's, the contract's code, B or S."""
    quote_id, _, side = order_id.rpartition("-")
    return side in (Side.BUY, Side.SELL) and quote_id.rpartition("-")[0].rpartition("-")[2].startswith("Q")


def _is_told(pair: _Pair) -> bool:
    """Whether what shall be there has been told as LIVE."""
    return pair.told is not None and pair.told.quote_id == pair.quote_id


def _wanted(target: QuoteEntry, side: Side) -> tuple[Instruction, Decimal, int] | None:
    """What a side shall be; None for a side that is not quoted."""
    if side is Side.BUY:
        effect, price, quantity = target.bid_effect, target.bid_price, target.bid_quantity
    else:
        effect, price, quantity = target.ask_effect, target.ask_price, target.ask_quantity
    return (_INSTRUCTION[side, effect], price, quantity) if quantity else None


def _ended(live: QuoteReport, status: QuoteStatus, reason: Reason | None, at: datetime) -> QuoteReport:
    return QuoteReport(
        sequence=0,
        quote_id=live.quote_id,
        contract_code=live.contract_code,
        status=status,
        bid_order=live.bid_order,
        ask_order=live.ask_order,
        bid_price=live.bid_price,
        bid_quantity=0,
        ask_price=live.ask_price,
        ask_quantity=0,
        reason=reason,
        at=at,
        trading_day=live.trading_day,
    )
