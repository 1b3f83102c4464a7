"""An order as the exchange takes it: numbers for names, units of 0.0001 yuan for prices."""

from datetime import datetime
from decimal import Decimal

from terminal.domain.market_data import PRICE_SCALE
from terminal.domain.orders import OrderStatus, PositionEffect
from terminal.domain.reasons import Reason
from terminal.venue.counter.day_list import DayList
from terminal.venue.counter.entries import CancelDenied
from terminal.venue.counter.state import AccountState, OrderState
from terminal.venue.exchange.messages import NewOrder, RestingOrder


def new_order(order: OrderState, account: AccountState, day: DayList) -> NewOrder:
    """The order on its way in."""
    return NewOrder(
        order_id=order.order_id,
        participant=account.participant,
        instrument=day.instruments[order.contract_code],
        side=order.instruction.side,
        order_type=order.order_type,
        quantity=order.quantity,
        price=_units(order.price),
        closes=order.instruction.position_effect is PositionEffect.CLOSE,
        covered=order.instruction.covered,
    )


def resting_order(order: OrderState, account: AccountState, day: DayList) -> RestingOrder:
    """What is left of the order in the book."""
    return RestingOrder(
        order_id=order.order_id,
        participant=account.participant,
        instrument=day.instruments[order.contract_code],
        side=order.instruction.side,
        price=_units(order.price),
        leaves=order.leaves,
        closes=order.instruction.position_effect is PositionEffect.CLOSE,
    )


def rests(order: OrderState) -> bool:
    """Whether a live order lies in the exchange's book: it was answered, may rest and has a price to rest at."""
    return order.status is not OrderStatus.SUBMITTED and order.order_type.may_rest and order.price is not None


def cancel_denied(order: OrderState, reason: Reason, now: datetime) -> CancelDenied:
    """The entry of a refused cancel."""
    return CancelDenied(account_id=order.account_id, client_order_id=order.client_order_id, reason=reason, at=now)


def _units(price: Decimal | None) -> int:
    return 0 if price is None else int(price * PRICE_SCALE)
