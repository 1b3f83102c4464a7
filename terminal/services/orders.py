"""The money path on the desk (委托): request -> checks -> journal -> gateway, and reports back through the table.

SUBMITTED is on disk before a byte leaves. An order whose answer is missing is marked in doubt and asked for by its id;
no order is ever sent twice by itself. Cancels are never blocked by a check, and one that the line lost is asked again.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import date, datetime, time

import msgspec

from terminal.domain import wire
from terminal.domain.calendar import SHANGHAI
from terminal.domain.errors import IllegalTransition, JournalError, shown
from terminal.domain.forced import forced_cause
from terminal.domain.messages import (
    CancelAll,
    CancelOrder,
    Command,
    NumberedReport,
    OrderReport,
    OrderUnknown,
    QueryOrder,
    QuoteReport,
    SubmitOrder,
)
from terminal.domain.orders import ExecType, Order, OrderRequest, OrderStatus, apply_report
from terminal.domain.ports import Journal, RecordKind
from terminal.domain.reasons import Denial, Reason
from terminal.services.bus import Bus
from terminal.services.checks import OrderChecks
from terminal.services.events import AlarmKind, AlarmRaised, FillBooked, LatencyMeasured, OrderChanged
from terminal.services.gate import DESK, Gate
from terminal.services.market_data import MarketData
from terminal.services.order_warnings import Acknowledgement, note_of
from terminal.services.portfolio import Portfolio
from terminal.services.reports import apply_order_report, apply_unknown, fill_of, order_of

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
        checks.working = self.committed
        checks.gate = gate.foreseen
        checks.warnings = lambda request: gate.warnings(request)
        self._gate = gate
        gate.commitments.orders = self.committed
        gate.commitments.order_revision = lambda: self._revision
        self._portfolio = portfolio
        self._market = market
        self._bus = bus
        self._now = now
        self._monotonic = monotonic
        self._orders: dict[str, Order] = {}
        self._working: dict[str, Order] = {}
        """Those of them that may still trade and can be cancelled: sides of quotes are not among them"""
        self._quote_sides: set[str] = set()
        """Order ids of quotes that live"""
        self._senders: dict[str, str] = {}
        """Who sent an order that is no person's"""
        self._revision = 0
        """Counts what changed in orders that work or are on their way"""
        self._seen_reports: set[str] = set()
        self._sent_at: dict[str, float] = {}
        self._asked: set[str] = set()
        """Orders asked for on this line: once is enough"""
        self._nonces: dict[str, str] = {}
        """The id of the order that came of each"""
        self._being_written: dict[str, Order] = {}
        """Orders on their way to the disk, by id"""
        self._counter = 0
        self._line_up = False
        self._allowed = False
        self._stopped = False
        self._journal_lost = False
        self.account_id = ""
        self.duplicates = 0
        """Reports that had been seen before (F09)"""

    # ---- what the screen asks for

    @property
    def accepting(self) -> bool:
        """Whether new orders may leave: the line is recovered, nobody stopped them, the journal can be written."""
        return self.closed_because is None

    @property
    def is_writing(self) -> bool:
        """Whether an order is on its way to the disk and not on the line yet."""
        return bool(self._being_written)

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
        return self._orders.values()

    def order(self, client_order_id: str) -> Order | None:
        """One order by our id."""
        return self._orders.get(client_order_id)

    def working(self, underlying: str | None = None) -> list[Order]:
        """Orders that may still trade, of one underlying if named."""
        return [o for o in self._working.values() if self._concerns(o, underlying)]

    def committed(self) -> list[Order]:
        """The working orders and those on their way to the disk: what a limit must count (F89)."""
        writing = self._being_written.values()
        return [
            *self._working.values(),
            *(o for o in writing if not o.status.is_final and o.client_order_id not in self._quote_sides),
        ]

    def is_quote_side(self, client_order_id: str) -> bool:
        """Whether an order is a side of a quote that lives."""
        return client_order_id in self._quote_sides

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
            return self._orders.get(first) or self._being_written[first]
        denial = self._side_denial(request) if side_of_quote else self._denial(request, sender, acknowledged)
        now = self._now()
        self._counter += not side_of_quote
        order = Order(
            client_order_id=side_of_quote or f"{self._desk_id}-{now:%y%m%d}-{self._counter:06d}",
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
        self._being_written[order.client_order_id] = order
        if side_of_quote:
            self._quote_sides.add(side_of_quote)
        self._revision += 1
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
            del self._being_written[order.client_order_id]
            self._revision += 1
            self.journal_failed(error)
            return replace(order, status=OrderStatus.DENIED, reason=Reason.JOURNAL_FAILED)
        self._store(order)
        del self._being_written[order.client_order_id]
        if denial is not None:
            return order
        # The world may have changed while the disk wrote
        if self._line_up and (closed := self.closed_because) is not None:
            return self._never_left(order, closed)
        stopped = self._gate.stops.everything
        if self._line_up and stopped:
            return self._never_left(order, Reason.STOPPED)
        if self._line_up and self._send(_command_of(order, by_program=sender != DESK)):
            self._sent_at[order.client_order_id] = self._monotonic()
            return order
        return self._mark_in_doubt(order)

    async def cancel(self, client_order_id: str) -> bool:
        """Ask the venue to cancel what is left of an order, at once or once the line is back; False: nothing left."""
        order = self._working.get(client_order_id)
        if order is None:
            return False
        now = self._now()
        # A cancel goes out even when the disk fails: the way out is never closed (F16, F56)
        self._send(CancelOrder(client_order_id=client_order_id))
        self._gate.record_cancel(self.sender(client_order_id))
        self._store(apply_report(order, ExecType.CANCEL_REQUESTED, at=now))
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
            self._store(apply_report(order, ExecType.CANCEL_REQUESTED, at=now))
        await self._note_cancel(now, f"all {underlying or ''}".strip())
        return len(working)

    def stop_accepting(self) -> None:
        """Refuse new orders for good; cancels still go."""
        self._stopped = True

    # ---- what the venue reports

    def on_report(self, report: OrderReport) -> None:
        """Apply one report that is in sequence: table, journal, portfolio, bus, in this order."""
        self._apply(report, live=True)

    def on_unknown(self, answer: OrderUnknown) -> None:
        """The venue, asked by id, never saw the order: it did not leave."""
        order = self._orders.get(answer.client_order_id)
        if order is None or order.status.is_final:
            return
        try:
            changed = apply_unknown(order, answer)
        except IllegalTransition as error:
            self._alarm(AlarmKind.REPORT_DOES_NOT_FIT, str(error))
            return
        self.remember(answer)
        self._store(changed)

    def on_quote_report(self, report: QuoteReport) -> None:
        """The sides of a quote are orders that only their executions tell of: they end with their quote."""
        sides = report.bid_order, report.ask_order
        if not report.status.is_final:
            self._quote_sides.update(sides)
            return
        for side in sides:
            self._quote_sides.discard(side)
            order = self._orders.get(side)
            if order is not None and not order.status.is_final:
                self._store(apply_report(order, ExecType.CANCELLED, at=report.at, reason=report.reason))

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
                self._store(replace(order, in_doubt=True))

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
                self._store(replace(order, in_doubt=False))
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
        watch_write(self._journal.append([(kind, at, body)]), self.journal_failed)

    def note_book(self, book_id: str, trading_day: date) -> None:
        """Write that what follows belongs to another venue's book and its day; the clock is not set yet."""
        begin = datetime.combine(trading_day, time.min, SHANGHAI)
        self.write(RecordKind.BOOK, begin, book_id.encode())

    # ---- recovery

    def start_day(self) -> None:
        """Forget the orders of an earlier day; they stay in the journal."""
        self._orders.clear()
        self._working.clear()
        self._quote_sides.clear()
        self._senders.clear()
        self._revision += 1
        self._seen_reports.clear()
        self._sent_at.clear()
        self._asked.clear()
        self._nonces.clear()

    def restore_order(self, body: bytes) -> None:
        """Take an order from the journal as it was when it was written. Raises JournalError for anything else."""
        order = self.restore_number(body)
        self._put(replace(order, in_doubt=order.status is OrderStatus.SUBMITTED))

    def restore_number(self, body: bytes) -> Order:
        """Take only an order's number from the journal, so that it is not given twice; gives the order."""
        try:
            order = msgspec.msgpack.decode(body, type=Order)
        except (msgspec.DecodeError, ValueError, ArithmeticError) as error:
            raise JournalError(f"not an order: {shown(error)}") from error
        self._counter = max(self._counter, _number_of(order.client_order_id))
        return order

    def restore_report(self, report: OrderReport) -> None:
        """Apply a report from the journal, without writing or telling."""
        self._apply(report, live=False)

    def restore_unknown(self, answer: OrderUnknown) -> None:
        """Apply a journalled answer that the venue never saw an order."""
        order = self._orders.get(answer.client_order_id)
        if order is None or order.status.is_final:
            return
        with suppress(IllegalTransition):
            self._put(apply_unknown(order, answer))

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

    def _apply(self, report: OrderReport, *, live: bool) -> None:
        if report.report_id in self._seen_reports:
            self.duplicates += 1
            return
        order = self._orders.get(report.client_order_id)
        if order is None:
            order = order_of(report)
            if order.client_order_id.startswith(f"{self._desk_id}-"):
                # Ours, sent before our disk was lost: its number must not be given again
                self._counter = max(self._counter, _number_of(order.client_order_id))
        self._seen_reports.add(report.report_id)
        try:
            changed = apply_order_report(order, report)
        except IllegalTransition as error:
            if live:
                self.remember(report)
                self._alarm(AlarmKind.REPORT_DOES_NOT_FIT, str(error))
            return
        self._put(changed)
        if live:
            self.remember(report)
            self._measure(changed.client_order_id)
        fill = fill_of(report) if report.exec_type is ExecType.TRADE else None
        if fill is not None:
            self._portfolio.on_fill(fill, report.sequence)
        if live:
            self._bus.publish(OrderChanged(changed))
            if fill is not None:
                self._bus.publish(FillBooked(fill))
            if fill is not None and (cause := forced_cause(fill)) is not None:
                self._alarm(AlarmKind.UNORDERED_EXECUTION, fill.contract_code, str(fill.quantity), cause)

    def _never_left(self, order: Order, reason: Reason) -> Order:
        """What is on disk as SUBMITTED was not sent after all; the disk is told too, as if the venue had said so."""
        now = self._now()
        self.remember(OrderUnknown(client_order_id=order.client_order_id, at=now))
        rejected = apply_report(order, ExecType.NOT_RECEIVED, at=now, reason=reason)
        self._store(rejected)
        return rejected

    def _ask(self, order: Order) -> None:
        self._asked.add(order.client_order_id)
        self._send(QueryOrder(client_order_id=order.client_order_id))

    def _mark_in_doubt(self, order: Order) -> Order:
        doubtful = replace(order, in_doubt=True)
        self._store(doubtful)
        self._alarm(AlarmKind.ORDER_IN_DOUBT, order.client_order_id)
        return doubtful

    def _put(self, order: Order) -> None:
        order_id = order.client_order_id
        self._orders[order_id] = order
        self._revision += 1
        if order.status.is_final or order_id in self._quote_sides:
            self._working.pop(order_id, None)
        else:
            self._working[order_id] = order

    def _store(self, order: Order) -> None:
        self._put(order)
        self._bus.publish(OrderChanged(order))

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

    def _concerns(self, order: Order, underlying: str | None) -> bool:
        contract = self._market.contract(order.contract_code)
        return underlying is None or (contract is not None and contract.underlying == underlying)

    def _alarm(self, kind: AlarmKind, *figures: str) -> None:
        logger.info("alarm %s %s", kind, figures)
        self._bus.publish(AlarmRaised(kind, self._now(), figures))


def watch_write(written: Awaitable[int], failed: Callable[[BaseException], None]) -> None:
    """Tell `failed` when a write that nobody awaits does not succeed."""
    future = asyncio.ensure_future(written)

    def done(ended: asyncio.Future[int]) -> None:
        if not ended.cancelled() and (error := ended.exception()) is not None:
            failed(error)

    future.add_done_callback(done)


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


def _number_of(client_order_id: str) -> int:
    tail = client_order_id.rpartition("-")[2]
    return int(tail) if tail.isascii() and tail.isdigit() else 0
