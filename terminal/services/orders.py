"""The money path on the desk (委托): request -> checks -> journal -> gateway; the way back is `order_reports.py`.

SUBMITTED is on disk before a byte leaves. An order whose answer is missing is marked in doubt and asked for by its id;
no order is ever sent twice by itself. Cancels are never blocked by a check, and one that the line lost is asked again.
"""

import logging
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime, time

import msgspec

from terminal.domain import wire
from terminal.domain.calendar import SHANGHAI
from terminal.domain.errors import JournalError
from terminal.domain.messages import (
    CancelAll,
    CancelOrder,
    Command,
    NumberedReport,
    OrderUnknown,
    QueryOrder,
    SubmitOrder,
)
from terminal.domain.orders import ExecType, Order, OrderRequest, OrderStatus, apply_report
from terminal.domain.ports import Journal, RecordKind
from terminal.domain.reasons import Denial, Reason
from terminal.services.bus import Bus
from terminal.services.checks import OrderChecks
from terminal.services.day_orders import DayOrders
from terminal.services.events import AlarmKind, AlarmRaised, LatencyMeasured
from terminal.services.gate import DESK, Gate
from terminal.services.market_data import MarketData
from terminal.services.order_reports import OrderReports
from terminal.services.order_warnings import Acknowledgement, note_of
from terminal.services.portfolio import Portfolio
from terminal.services.watched_write import WriteWatch

logger = logging.getLogger(__name__)
Send = Callable[[Command], bool]
#: An order without an answer for so long on a good line is asked for
OVERDUE_SECONDS = 3.0


class OrderService:
    """Every order of the day and the only way to send one. `now` is market time, `monotonic` seconds."""

    def __init__(
        self,
        *,
        desk_id: str,
        send: Send,
        journal: Journal,
        checks: OrderChecks,
        gate: Gate,
        portfolio: Portfolio,
        market: MarketData,
        bus: Bus,
        now: Callable[[], datetime],
        monotonic: Callable[[], float],
    ) -> None:
        self._desk_id = desk_id
        self._send = send
        self._journal = journal
        self._checks = checks
        self._day_orders = day_orders = DayOrders(market, bus)
        checks.working = day_orders.committed
        checks.gate = gate.foreseen
        checks.warnings = lambda request: gate.warnings(request)
        self._gate = gate
        gate.commitments.orders = day_orders.committed
        gate.commitments.order_revision = lambda: day_orders.revision
        self._bus = bus
        self._now = now
        self._monotonic = monotonic
        self._senders: dict[str, str] = {}
        """Who sent an order that is no person's"""
        self._sent_at: dict[str, float] = {}
        self._asked: set[str] = set()
        """Orders asked for on this line: once is enough"""
        self._nonces: dict[str, str] = {}
        """The id of the order that came of each"""
        self._line_up = False
        self._allowed = False
        self._stopped = False
        self._journal_lost = False
        self.account_id = ""
        self.writes = WriteWatch(self.journal_failed)
        """Takes what was handed to the journal and is not waited for"""
        self.reports = OrderReports(
            desk_id, day_orders, portfolio, bus, remember=self.remember, answered=self._measure, alarm=self._alarm
        )
        """What the venue reports of them, and what the journal has of it"""

    # ---- what the screen asks for

    @property
    def accepting(self) -> bool:
        """Whether new orders may leave: the line is recovered, nobody stopped them, the journal can be written."""
        return self.closed_because is None

    @property
    def is_writing(self) -> bool:
        """Whether an order is on its way to the disk and not on the line yet."""
        return bool(self._day_orders.being_written)

    @property
    def closed_because(self) -> Reason | None:
        """Why no new order may leave now; None while they may."""
        return self.cut_off_because or (None if self._allowed else Reason.NOT_SUPPORTED)

    @property
    def cut_off_because(self) -> Reason | None:
        """Why nothing new may leave this desk, orders or instructions, whatever the venue offers; None while it may."""
        if self._stopped:
            return Reason.STOPPED
        if self._journal_lost:
            return Reason.JOURNAL_FAILED
        return None if self._line_up else Reason.NOT_CONNECTED

    @property
    def orders(self) -> Iterable[Order]:
        """All orders of the day, oldest first."""
        return self._day_orders.all.values()

    def order(self, client_order_id: str) -> Order | None:
        """One order by our id."""
        return self._day_orders.all.get(client_order_id)

    def working(self, underlying: str | None = None) -> list[Order]:
        """Orders that may still trade, of one underlying if named."""
        return self._day_orders.working(underlying)

    def committed(self) -> list[Order]:
        """The working orders and those on their way to the disk: what a limit must count (F89)."""
        return self._day_orders.committed()

    def is_quote_side(self, client_order_id: str) -> bool:
        """Whether an order is a side of a quote that lives."""
        return client_order_id in self._day_orders.quote_sides

    def sender(self, client_order_id: str) -> str:
        """Who sent an order; the desk for a person's."""
        return self._senders.get(client_order_id, DESK)

    async def submit(
        self,
        request: OrderRequest,
        nonce: str = "",
        sender: str = DESK,
        acknowledged: Sequence[Acknowledgement] = (),
        side_of_quote: str = "",
    ) -> Order:
        """Check, journal and send one order; the result is DENIED with its reason, or SUBMITTED.

        `sender` is whose limit sheet it must pass; all but the desk's own are programmes. `acknowledged`: the warnings
        that a person has read; they are on disk with the order. `side_of_quote` is the id of an order that is half of
        a quote: the gate has passed both halves and counts them as a quote.

        Returns once the order has been handed to the line; the venue's answer comes as OrderChanged. A second call
        with the same `nonce` sends nothing and gives the first call's order (F80).
        """
        if nonce and (first := self._nonces.get(nonce)) is not None:
            return self._day_orders.all.get(first) or self._day_orders.being_written[first]
        denial = self._side_denial(request) if side_of_quote else self._denial(request, sender, acknowledged)
        now, day_orders = self._now(), self._day_orders
        day_orders.counter += not side_of_quote
        order = Order(
            client_order_id=side_of_quote or f"{self._desk_id}-{now:%y%m%d}-{day_orders.counter:06d}",
            account_id=self.account_id,
            contract_code=request.contract_code,
            instruction=request.instruction,
            order_type=request.order_type,
            quantity=request.quantity,
            price=request.price,
            status=OrderStatus.DENIED if denial else OrderStatus.SUBMITTED,
            submitted_at=now,
            updated_at=now,
            reason=denial.reason if denial else None,
            reason_detail=denial.detail if denial else "",
        )
        if nonce:
            self._nonces[nonce] = order.client_order_id
        day_orders.being_written[order.client_order_id] = order
        if side_of_quote:
            day_orders.quote_sides.add(side_of_quote)
        day_orders.revision += 1
        if denial is None:
            # Counted now: what is asked before this one is on disk must see it
            self._gate.record_order(request, sender)
        if sender != DESK:
            self._senders[order.client_order_id] = sender
        kind = RecordKind.DENIED if denial else RecordKind.SUBMITTED
        try:
            # The order is stored only once it is on disk: a crash in between leaves neither
            read = [(RecordKind.NOTE, now, note_of(order.client_order_id, acknowledged))] if acknowledged else []
            await self._journal.append([*read, (kind, now, msgspec.msgpack.encode(order))])
        except JournalError as error:
            self._nonces.pop(nonce, None)
            del day_orders.being_written[order.client_order_id]
            day_orders.revision += 1
            self.journal_failed(error)
            return replace(order, status=OrderStatus.DENIED, reason=Reason.JOURNAL_FAILED)
        self._day_orders.store(order)
        del day_orders.being_written[order.client_order_id]
        if denial is not None:
            return order
        # The world may have changed while the disk wrote
        if self._line_up and (closed := self.closed_because) is not None:
            return self._never_left(order, closed)
        if self._line_up and (stopped := self._gate.stopped_meanwhile(request, sender)) is not None:
            return self._never_left(order, stopped)
        if self._line_up and self._send(_command_of(order, by_program=sender != DESK)):
            self._sent_at[order.client_order_id] = self._monotonic()
            return order
        return self._mark_in_doubt(order)

    async def cancel(self, client_order_id: str) -> bool:
        """Ask the venue to cancel what is left of an order, at once or once the line is back; False: nothing left."""
        order = self._day_orders.that_work.get(client_order_id)
        if order is None:
            return False
        now = self._now()
        # A cancel goes out even when the disk fails: the way out is never closed (F16, F56)
        self._send(CancelOrder(client_order_id=client_order_id))
        self._gate.record_cancel(self.sender(client_order_id))
        self._day_orders.store(apply_report(order, ExecType.CANCEL_REQUESTED, at=now))
        await self._note_cancel(now, client_order_id)
        return True

    async def cancel_all(self, underlying: str | None = None) -> int:
        """Cancel every working order, of one underlying if named; gives how many there were."""
        # Before anything is looked up, and even when we know of none: the venue may know better
        self._send(CancelAll(underlying=underlying))
        self._gate.record_cancel()
        working = self.working(underlying)
        now = self._now()
        if not working:
            return 0
        for order in working:
            self._day_orders.store(apply_report(order, ExecType.CANCEL_REQUESTED, at=now))
        await self._note_cancel(now, f"all {underlying or ''}".strip())
        return len(working)

    def stop_accepting(self) -> None:
        """Refuse new orders for good; cancels still go."""
        self._stopped = True

    # ---- the line

    def on_line_lost(self) -> None:
        """Mark everything that may still trade as in doubt: the venue may fill or cancel it without our knowing."""
        self._line_up = False
        self._asked.clear()
        for order in self.working():
            if order.in_doubt:
                continue
            if order.status in (OrderStatus.SUBMITTED, OrderStatus.CANCEL_PENDING):
                self._mark_in_doubt(order)
            else:
                self._day_orders.store(replace(order, in_doubt=True))

    def on_line_recovered(self, *, allowed: bool) -> int:
        """Every report up to now is here: ask for what is still unanswered; gives how many that were.

        `allowed` says whether the venue takes orders at all.
        """
        self._line_up, self._allowed = True, allowed
        asked = 0
        for order in self.working():
            if order.status is OrderStatus.CANCEL_PENDING:
                # Asked again rather than queried: the answer settles it either way, and it is what the user wants.
                # In doubt or not: the order may have been answered during recovery, the cancel was not
                self._send(CancelOrder(client_order_id=order.client_order_id))
            elif not order.in_doubt:
                continue
            elif order.status is OrderStatus.SUBMITTED:
                self._ask(order)
            else:
                self._day_orders.store(replace(order, in_doubt=False))
                continue
            asked += 1
        return asked

    def ask_unanswered(self, older_than_seconds: float = 0.0) -> None:
        """Ask for orders sent so long ago on this line that have no answer yet, each once (F14)."""
        until = self._monotonic() - older_than_seconds
        for order in self.working():
            sent_at = self._sent_at.get(order.client_order_id)
            unanswered = order.status is OrderStatus.SUBMITTED and order.client_order_id not in self._asked
            if unanswered and sent_at is not None and sent_at <= until:
                self._ask(self._mark_in_doubt(order))

    def remember(self, event: NumberedReport | OrderUnknown) -> None:
        """Write without waiting: the venue keeps every report and sends again what our disk does not have."""
        self.write(RecordKind.EVENT, event.at, wire.encode(event))

    def write(self, kind: RecordKind, at: datetime, body: bytes) -> None:
        """Hand one record to the journal without waiting; a failure stops new orders."""
        self.writes.add(self._journal.append([(kind, at, body)]))

    @property
    def newest_number(self) -> int:
        """The newest number given to an order of ours."""
        return self._day_orders.counter

    def heed_number(self, number: int) -> None:
        """A number that was given is not given again."""
        self._day_orders.counter = max(self._day_orders.counter, number)

    def note_day(self, kind: RecordKind, trading_day: date, body: bytes) -> None:
        """Write what holds from the beginning of a day: whose book it is, what is listed; the clock is not set yet."""
        self.write(kind, datetime.combine(trading_day, time.min, SHANGHAI), body)

    # ---- the day

    def start_day(self) -> None:
        """Forget the orders of an earlier day; they stay in the journal."""
        self._day_orders.clear()
        self._senders.clear()
        self.reports.start_day()
        self._sent_at.clear()
        self._asked.clear()
        self._nonces.clear()

    # ---- inside

    def _denial(self, request: OrderRequest, sender: str, acknowledged: Sequence[Acknowledgement]) -> Denial | None:
        closed = self.closed_because
        if closed is not None:
            return Denial(closed, "account")
        failures = self._checks.failures(request)
        return failures[0] if failures else self._gate.order_denial(request, sender, acknowledged)

    def _side_denial(self, request: OrderRequest) -> Denial | None:
        closed = self.closed_because
        if closed is not None:
            return Denial(closed, "account")
        return next(iter(self._checks.failures(request, judged=True)), None)

    def _never_left(self, order: Order, reason: Reason) -> Order:
        """What is on disk as SUBMITTED was not sent after all; the disk is told too, as if the venue had said so."""
        now = self._now()
        self.remember(OrderUnknown(client_order_id=order.client_order_id, at=now))
        rejected = apply_report(order, ExecType.NOT_RECEIVED, at=now, reason=reason)
        self._day_orders.store(rejected)
        return rejected

    def _ask(self, order: Order) -> None:
        self._asked.add(order.client_order_id)
        self._send(QueryOrder(client_order_id=order.client_order_id))

    def _mark_in_doubt(self, order: Order) -> Order:
        doubtful = replace(order, in_doubt=True)
        self._day_orders.store(doubtful)
        self._alarm(AlarmKind.ORDER_IN_DOUBT, order.client_order_id)
        return doubtful

    async def _note_cancel(self, at: datetime, what: str) -> None:
        try:
            await self._journal.append([(RecordKind.CANCEL, at, what.encode())])
        except JournalError as error:
            self.journal_failed(error)

    def journal_failed(self, error: BaseException) -> None:
        """A record could not be written: nothing new leaves any more."""
        # Once and for all: what is not on disk cannot be made up later in the order it happened
        if not self._journal_lost:
            self._journal_lost = True
            self._alarm(AlarmKind.JOURNAL, str(error))

    def _measure(self, client_order_id: str) -> None:
        sent_at = self._sent_at.pop(client_order_id, None)
        if sent_at is not None:
            self._bus.publish(LatencyMeasured(None, (self._monotonic() - sent_at) * 1000))

    def _alarm(self, kind: AlarmKind, *figures: str) -> None:
        logger.info("alarm %s %s", kind, figures)
        self._bus.publish(AlarmRaised(kind, self._now(), figures))


def _command_of(order: Order, *, by_program: bool) -> SubmitOrder:
    return SubmitOrder(
        client_order_id=order.client_order_id,
        contract_code=order.contract_code,
        instruction=order.instruction,
        order_type=order.order_type,
        quantity=order.quantity,
        price=order.price,
        by_program=by_program,
    )
