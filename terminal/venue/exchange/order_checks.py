"""The form of an order, checked against the terms of its contract (rulebook 2.2, 2.3, 2.7, 5.3, 5.6).

The answer is a refusal with one reason code, or None. Numbers may be hostile: anything beyond 64 bits is malformed.
"""

from terminal.domain.market_data import PRICE_SCALE
from terminal.domain.orders import OrderType, Side
from terminal.domain.reasons import Reason
from terminal.venue.exchange.instrument import TradedContract
from terminal.venue.exchange.messages import NewOrder, Refused

#: Numbers at or above this do not fit the wire and the quote arrays
NUMBER_LIMIT = 1 << 63
_LIMIT, _LIMIT_FOK = OrderType.LIMIT, OrderType.LIMIT_FOK


def refused(order: NewOrder, reason: Reason, field: str = "", given: object = "", allowed: str = "") -> Refused:
    """The refusal with `given` as short plain text."""
    return Refused(order.order_id, order.participant, reason, field, short_figure(given), allowed)


def short_figure(given: object) -> str:
    """What was given as short plain text."""
    return str(given)[:40] if type(given) is not int or abs(given) < NUMBER_LIMIT else "beyond 64 bits"


def is_number(value: object) -> bool:
    """Whether a value is a whole number that is not negative and fits the wire; True is none."""
    return type(value) is int and 0 <= value < NUMBER_LIMIT


def malformed(order: NewOrder) -> Refused | None:
    """What no contract's terms could accept: wrong types, negative or huge numbers, a price on a market order."""
    # Written out and not in a loop: this runs for every order. `type() is`, because True is an int too
    price = order.price
    if type(price) is not int or not 0 <= price < NUMBER_LIMIT:
        return _no_number(order, "price", price)
    if type(order.quantity) is not int or not 0 <= order.quantity < NUMBER_LIMIT:
        return _no_number(order, "quantity", order.quantity)
    if type(order.instrument) is not int:
        return _no_number(order, "contract", order.instrument)
    if type(order.order_id) is not int or not 0 <= order.order_id < NUMBER_LIMIT:
        return _no_number(order, "order_id", order.order_id)
    if type(order.participant) is not int or not 0 <= order.participant < NUMBER_LIMIT:
        return _no_number(order, "participant", order.participant)
    if type(order.side) is not Side:
        return refused(order, Reason.MALFORMED, "instruction", order.side, "buy or sell")
    order_type = order.order_type
    if type(order_type) is not OrderType:
        return refused(order, Reason.MALFORMED, "order_type", order_type, "one of the five order types")
    if price and order_type is not _LIMIT and order_type is not _LIMIT_FOK:
        return refused(order, Reason.MALFORMED, "price", price, "0 on a market order")
    return None


def _no_number(order: NewOrder, field: str, value: object) -> Refused:
    return refused(order, Reason.MALFORMED, field, value, "a whole number, not negative, below 2^63")


def form_refusal(order: NewOrder, contract: TradedContract, *, accepts_orders: bool) -> Refused | None:
    """Check an order that is not malformed; the first rule broken names the reason, in the counter's order of checks.

    `accepts_orders` is the market's; a halt or breaker of this contract alone leaves limit orders.
    """
    order_type = order.order_type
    has_price = order_type is _LIMIT or order_type is _LIMIT_FOK
    if contract.suspended:
        return refused(order, Reason.SUSPENDED, "contract", order.instrument)
    if not accepts_orders:
        return refused(order, Reason.PHASE_CLOSED, "contract", contract.phase.name)
    if contract.gathering and order_type is not _LIMIT:
        return refused(order, Reason.ORDER_TYPE_NOT_NOW, "order_type", order_type, contract.phase.name)
    if has_price:
        price = order.price
        if price % contract.tick:
            return refused(order, Reason.PRICE_TICK, "price", yuan(price), yuan(contract.tick))
        if not contract.limit_down <= price <= contract.limit_up:
            allowed = f"{yuan(contract.limit_down)}-{yuan(contract.limit_up)}"
            return refused(order, Reason.PRICE_LIMIT, "price", yuan(price), allowed)
    quantity = order.quantity
    low = contract.limit_order_min if has_price else contract.market_order_min
    high = contract.limit_order_max if has_price else contract.market_order_max
    if not low <= quantity <= high:
        return refused(order, Reason.QUANTITY_RANGE, "quantity", quantity, f"{low}-{high}")
    if quantity % contract.lot:
        return refused(order, Reason.QUANTITY_LOT, "quantity", quantity, str(contract.lot))
    if contract.opening_restricted and not order.closes and not (order.covered and order.side is Side.SELL):
        return refused(order, Reason.OPENING_RESTRICTED, "instruction", order.side.name)
    return None


def yuan(units: int) -> str:
    """A price of 0.0001 yuan units as plain text: 7593 is ``0.7593``."""
    return f"{units // PRICE_SCALE}.{units % PRICE_SCALE:04d}"
