"""From a venue's report to the domain's order and fill: one place, for the live path, recovery and history."""

from dataclasses import replace

from terminal.domain.errors import IllegalTransition
from terminal.domain.messages import OrderReport, OrderUnknown
from terminal.domain.orders import ExecType, Fill, Order, OrderStatus, apply_report
from terminal.domain.reasons import Reason


def apply_order_report(order: Order, report: OrderReport) -> Order:
    """The order after a report that was not seen before.

    Raises IllegalTransition as `apply_report` does, for a trade at no price, and when the venue's total differs from
    what we have: the same trade under a second id, or one that we were never told (F10).
    """
    if report.exec_type is ExecType.TRADE:
        price, filled = report.last_price, order.filled_quantity + report.last_quantity
        if price is not None and (not price.is_finite() or price < 0):
            raise IllegalTransition(f"order {order.client_order_id}: a trade at {price}")
        if filled != report.filled_quantity:
            raise IllegalTransition(
                f"order {order.client_order_id}: {filled} filled by our count, {report.filled_quantity} by the venue's"
            )
    return apply_report(
        order,
        report.exec_type,
        at=report.at,
        exchange_order_id=report.exchange_order_id,
        last_price=report.last_price,
        last_quantity=report.last_quantity,
        price=report.price,
        reason=report.reason,
        reason_detail=report.reason_detail,
    )


def apply_unknown(order: Order, answer: OrderUnknown) -> Order:
    """The order after the venue said that it never saw it.

    Raises IllegalTransition for an order that the venue had answered before.
    """
    if order.exchange_order_id or order.filled_quantity:
        raise IllegalTransition(f"order {order.client_order_id}: answered before, and now the venue does not know it")
    return apply_report(order, ExecType.NOT_RECEIVED, at=answer.at, reason=Reason.NOT_RECEIVED)


def order_of(report: OrderReport) -> Order:
    """An order this desk does not know: forced, of another desk of the account, or lost with our disk."""
    return Order(
        client_order_id=report.client_order_id,
        account_id=report.account_id,
        contract_code=report.contract_code,
        instruction=report.instruction,
        order_type=report.order_type,
        quantity=report.quantity,
        price=report.price if report.order_type.has_price else None,
        status=OrderStatus.SUBMITTED,
        submitted_at=report.at,
        updated_at=report.at,
        ordered=report.ordered,
    )


def fill_of(report: OrderReport, order: Order) -> Fill:
    """The execution of an order that a TRADE report tells; the transition table refuses one without a price.

    What both say is the order's own: a report comes with texts of its own, and the day keeps its fills.
    """
    assert report.last_price is not None
    return Fill(
        fill_id=report.report_id,
        client_order_id=order.client_order_id,
        exchange_order_id=order.exchange_order_id,
        account_id=order.account_id,
        contract_code=order.contract_code,
        instruction=report.instruction,
        price=report.last_price,
        quantity=report.last_quantity,
        fee=report.fee,
        at=report.at,
        ordered=report.ordered,
    )


def order_as_told(report: OrderReport) -> Order:
    """An order from its newest report alone, as the counter answers a query; its average price is not known."""
    order, filled = order_of(report), report.filled_quantity
    standing = OrderStatus.PARTIALLY_FILLED if filled else OrderStatus.WORKING
    match report.exec_type:
        case ExecType.REJECTED | ExecType.NOT_RECEIVED:
            standing = OrderStatus.REJECTED
        case ExecType.CANCELLED:
            standing = OrderStatus.CANCELLED
        case ExecType.CANCEL_REQUESTED:
            standing = OrderStatus.CANCEL_PENDING
    return replace(
        order,
        status=OrderStatus.FILLED if filled >= report.quantity else standing,
        filled_quantity=filled,
        exchange_order_id=report.exchange_order_id,
        price=report.price if report.price is not None else order.price,
        reason=report.reason,
        reason_detail=report.reason_detail,
    )
