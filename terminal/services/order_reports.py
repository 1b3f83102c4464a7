"""What the venue reports of orders (回报), and what the journal has of them: each report moves its order once.

Live it goes table, journal, portfolio, bus; at a start, from the journal, table and portfolio alone.
"""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace

import msgspec

from terminal.domain.errors import IllegalTransition, JournalError, shown
from terminal.domain.forced import forced_cause
from terminal.domain.messages import NumberedReport, OrderReport, OrderUnknown, QuoteReport
from terminal.domain.orders import ExecType, Order, OrderStatus, apply_report
from terminal.services.bus import Bus
from terminal.services.day_orders import DayOrders
from terminal.services.events import AlarmKind, FillBooked, OrderChanged
from terminal.services.portfolio import Portfolio
from terminal.services.reports import apply_order_report, apply_unknown, fill_of, order_of


class OrderReports:
    """Reports of one desk's orders.

    `remember` writes a report without waiting, `answered` is told the id of an order that was reported, `alarm` takes a
    kind and its figures.
    """

    def __init__(
        self,
        desk_id: str,
        day_orders: DayOrders,
        portfolio: Portfolio,
        bus: Bus,
        *,
        remember: Callable[[NumberedReport | OrderUnknown], None],
        answered: Callable[[str], None],
        alarm: Callable[..., None],
    ) -> None:
        self._desk_id = desk_id
        self._day_orders = day_orders
        self._portfolio = portfolio
        self._bus = bus
        self._remember = remember
        self._answered = answered
        self._alarm = alarm
        self._seen: set[str] = set()
        self.duplicates = 0
        """Reports that had been seen before (F09)"""

    # ---- what the venue reports

    def on_report(self, report: OrderReport) -> None:
        """Apply one report that is in sequence: table, journal, portfolio, bus, in this order."""
        self._apply(report, live=True)

    def on_unknown(self, answer: OrderUnknown) -> None:
        """The venue, asked by id, never saw the order: it did not leave."""
        order = self._day_orders.all.get(answer.client_order_id)
        if order is None or order.status.is_final:
            return
        try:
            changed = apply_unknown(order, answer)
        except IllegalTransition as error:
            self._alarm(AlarmKind.REPORT_DOES_NOT_FIT, str(error))
            return
        self._remember(answer)
        self._day_orders.store(changed)

    def on_quote_report(self, report: QuoteReport) -> None:
        """The sides of a quote are orders that only their executions tell of: they end with their quote."""
        sides = report.bid_order, report.ask_order
        if not report.status.is_final:
            self._day_orders.quote_sides.update(sides)
            return
        for side in sides:
            self._day_orders.quote_sides.discard(side)
            order = self._day_orders.all.get(side)
            if order is not None and not order.status.is_final:
                self._day_orders.store(apply_report(order, ExecType.CANCELLED, at=report.at, reason=report.reason))

    # ---- the day and recovery

    def start_day(self) -> None:
        """Forget which reports were seen; the orders are forgotten by whoever has them."""
        self._seen.clear()

    def restore_order(self, body: bytes) -> None:
        """Take an order from the journal as it was when it was written. Raises JournalError for anything else."""
        order = self.restore_number(body)
        self._day_orders.put(replace(order, in_doubt=order.status is OrderStatus.SUBMITTED))

    def restore_number(self, body: bytes) -> Order:
        """Take only an order's number from the journal, so that it is not given twice; gives the order."""
        try:
            order = msgspec.msgpack.decode(body, type=Order)
        except (msgspec.DecodeError, ValueError, ArithmeticError) as error:
            raise JournalError(f"not an order: {shown(error)}") from error
        self._day_orders.note_number(order.client_order_id)
        return order

    def restore_report(self, report: OrderReport) -> None:
        """Apply a report from the journal, without writing or telling."""
        self._apply(report, live=False)

    def restore_unknown(self, answer: OrderUnknown) -> None:
        """Apply a journalled answer that the venue never saw an order."""
        order = self._day_orders.all.get(answer.client_order_id)
        if order is None or order.status.is_final:
            return
        with suppress(IllegalTransition):
            self._day_orders.put(apply_unknown(order, answer))

    # ---- inside

    def _apply(self, report: OrderReport, *, live: bool) -> None:
        if report.report_id in self._seen:
            self.duplicates += 1
            return
        order = self._day_orders.all.get(report.client_order_id)
        if order is None:
            order = order_of(report)
            if order.client_order_id.startswith(f"{self._desk_id}-"):
                # Ours, sent before our disk was lost: its number must not be given again
                self._day_orders.note_number(order.client_order_id)
        self._seen.add(report.report_id)
        try:
            changed = apply_order_report(order, report)
        except IllegalTransition as error:
            if live:
                self._remember(report)
                self._alarm(AlarmKind.REPORT_DOES_NOT_FIT, str(error))
            return
        self._day_orders.put(changed)
        if live:
            self._remember(report)
            self._answered(changed.client_order_id)
        fill = fill_of(report, changed) if report.exec_type is ExecType.TRADE else None
        if fill is not None:
            self._portfolio.on_fill(fill, report.sequence)
        if live:
            self._bus.publish(OrderChanged(changed))
            if fill is not None:
                self._bus.publish(FillBooked(fill))
            if fill is not None and (cause := forced_cause(fill)) is not None:
                self._alarm(AlarmKind.UNORDERED_EXECUTION, fill.contract_code, str(fill.quantity), cause)
