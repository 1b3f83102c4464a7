"""Orders (委托): what may be asked, what state it is in, and which report moves it where.

DENIED is our own refusal: the order never left. REJECTED is the venue's. An order whose answer is missing stays
SUBMITTED, is marked `in_doubt` and asked for by its id; it is never sent again by itself.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from enum import StrEnum

from terminal.domain.errors import BadInput, IllegalTransition
from terminal.domain.reasons import Reason


class Side(StrEnum):
    """Buy (买) or sell (卖)."""

    BUY = "B"
    SELL = "S"

    @property
    def opposite(self) -> "Side":
        """The other side."""
        return Side.SELL if self is Side.BUY else Side.BUY


class PositionEffect(StrEnum):
    """Open (开仓) or close (平仓)."""

    OPEN = "O"
    CLOSE = "C"


class Instruction(StrEnum):
    """The six trade instructions of the market (买卖指令)."""

    BUY_OPEN = "BO"
    SELL_CLOSE = "SC"
    SELL_OPEN = "SO"
    BUY_CLOSE = "BC"
    COVERED_OPEN = "VO"
    COVERED_CLOSE = "VC"

    # Asked for every order many times over: the enum's own hash is a call in Python
    __hash__ = str.__hash__

    # Kept on the members and not reckoned: several of them are asked for at every step of every order
    def __init__(self, code: str) -> None:
        self.side = Side.BUY if code in ("BO", "BC", "VC") else Side.SELL
        """Buy for 买入开仓, 买入平仓 and 备兑平仓"""
        self.position_effect = PositionEffect.OPEN if code in ("BO", "SO", "VO") else PositionEffect.CLOSE
        """Open for 买入开仓, 卖出开仓 and 备兑开仓"""
        self.covered = code in ("VO", "VC")
        """Whether locked shares, not cash, secure the position (备兑)"""


class OrderType(StrEnum):
    """The five order types of the exchange (rulebook 2.2)."""

    LIMIT = "LMT"
    LIMIT_FOK = "LMT_FOK"
    MARKET_TO_LIMIT = "MTL"
    MARKET_IOC = "IOC"
    MARKET_FOK = "FOK"

    def __init__(self, code: str) -> None:
        self.has_price = code in ("LMT", "LMT_FOK")
        """Whether the order carries a price of its own"""
        self.is_market = not self.has_price
        """Whether the order takes the opposite side's price (市价)"""
        self.may_rest = code in ("LMT", "MTL")
        """Whether a remainder stays in the book"""


class SelfTrade(StrEnum):
    """What happens when orders of one owner would trade with each other (自成交, rulebook 11)."""

    CANCEL_RESTING = "cancel_resting"
    """The resting order goes, the incoming one trades on"""
    REJECT_INCOMING = "reject_incoming"
    """The incoming order is refused as a whole"""
    ALLOW = "allow"


class OrderStatus(StrEnum):
    """Where an order stands. See `TRANSITIONS`."""

    DENIED = "denied"
    SUBMITTED = "submitted"
    WORKING = "working"
    PARTIALLY_FILLED = "partially_filled"
    CANCEL_PENDING = "cancel_pending"
    FILLED = "filled"
    CANCELLED = "cancelled"
    REJECTED = "rejected"

    def __init__(self, word: str) -> None:
        self.is_final = word in ("denied", "filled", "cancelled", "rejected")
        """Whether nothing is left to be traded or cancelled"""


class ExecType(StrEnum):
    """What an order report tells (FIX 150)."""

    ACKNOWLEDGED = "ack"
    REJECTED = "rejected"
    TRADE = "trade"
    CANCELLED = "cancelled"
    """Cancelled by us, by the venue, or the remainder of an order that may not rest"""
    CANCEL_REJECTED = "cancel_rejected"
    RESTATED = "restated"
    """The remainder of a market-to-limit order now rests at a price"""
    CANCEL_REQUESTED = "cancel_requested"
    """Our own step, not a report of the venue: a cancel was journalled and sent"""
    NOT_RECEIVED = "not_received"
    """The venue, asked by id, has never seen the order"""


@dataclass(frozen=True, slots=True)
class OrderRequest:
    """What a person or a strategy asks for; it checks its own form. Price in yuan per share, quantity in 张.

    Raises BadInput for a quantity below one, and for a price missing, present or not a finite positive number
    against its type.
    """

    contract_code: str
    instruction: Instruction
    order_type: OrderType
    quantity: int
    price: Decimal | None = None

    def __post_init__(self) -> None:
        check_request(self.order_type, self.quantity, self.price)


def check_request(order_type: OrderType, quantity: int, price: Decimal | None) -> None:
    """Raise BadInput for what no `OrderRequest` may be."""
    if type(quantity) is not int or quantity < 1:
        raise BadInput("quantity", quantity, "a whole number of contracts, at least 1")
    if order_type.has_price:
        if price is None or not price.is_finite() or price <= 0:
            raise BadInput("price", price, "a limit order needs a price above zero")
    elif price is not None:
        raise BadInput("price", price, "a market order carries no price")


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """One order and where it stands; a changed order is a new object."""

    client_order_id: str
    account_id: str
    contract_code: str
    instruction: Instruction
    order_type: OrderType
    quantity: int
    price: Decimal | None
    """The limit; for a market-to-limit order the price its remainder rests at"""
    status: OrderStatus
    submitted_at: datetime
    updated_at: datetime
    filled_quantity: int = 0
    average_fill_price: Decimal | None = None
    exchange_order_id: str = ""
    reason: Reason | None = None
    reason_detail: str = ""
    in_doubt: bool = False
    """The line dropped before the venue answered; the venue is being asked"""
    ordered: bool = True
    """False for one that nobody of the account gave, e.g. a forced close (无委托)"""

    @property
    def leaves_quantity(self) -> int:
        """What may still trade; zero once final."""
        return 0 if self.status.is_final else self.quantity - self.filled_quantity

    @property
    def side(self) -> Side:
        """Buy or sell."""
        return self.instruction.side


_S, _E = OrderStatus, ExecType
#: (status, report) -> new status. A TRADE's target is the partly filled one; `apply_report` makes it FILLED when
#: nothing is left. Rows marked R happen in the real world: reports overtake each other (reliability F11).
TRANSITIONS: dict[tuple[OrderStatus, ExecType], OrderStatus] = {
    (_S.SUBMITTED, _E.ACKNOWLEDGED): _S.WORKING,
    (_S.SUBMITTED, _E.REJECTED): _S.REJECTED,
    (_S.SUBMITTED, _E.TRADE): _S.PARTIALLY_FILLED,  # R fill before acknowledgement
    (_S.SUBMITTED, _E.CANCELLED): _S.CANCELLED,  # R remainder cancelled at entry
    (_S.SUBMITTED, _E.RESTATED): _S.WORKING,  # R
    (_S.SUBMITTED, _E.CANCEL_REQUESTED): _S.CANCEL_PENDING,
    (_S.SUBMITTED, _E.CANCEL_REJECTED): _S.SUBMITTED,  # R cancel overtook the order
    (_S.SUBMITTED, _E.NOT_RECEIVED): _S.REJECTED,
    (_S.WORKING, _E.ACKNOWLEDGED): _S.WORKING,  # R restated after recovery
    (_S.WORKING, _E.TRADE): _S.PARTIALLY_FILLED,
    (_S.WORKING, _E.CANCELLED): _S.CANCELLED,
    (_S.WORKING, _E.RESTATED): _S.WORKING,
    (_S.WORKING, _E.CANCEL_REQUESTED): _S.CANCEL_PENDING,
    (_S.WORKING, _E.CANCEL_REJECTED): _S.WORKING,
    (_S.PARTIALLY_FILLED, _E.ACKNOWLEDGED): _S.PARTIALLY_FILLED,  # R acknowledgement after the fill
    (_S.PARTIALLY_FILLED, _E.TRADE): _S.PARTIALLY_FILLED,
    (_S.PARTIALLY_FILLED, _E.CANCELLED): _S.CANCELLED,
    (_S.PARTIALLY_FILLED, _E.RESTATED): _S.PARTIALLY_FILLED,
    (_S.PARTIALLY_FILLED, _E.CANCEL_REQUESTED): _S.CANCEL_PENDING,
    (_S.PARTIALLY_FILLED, _E.CANCEL_REJECTED): _S.PARTIALLY_FILLED,
    (_S.CANCEL_PENDING, _E.ACKNOWLEDGED): _S.CANCEL_PENDING,  # R
    (_S.CANCEL_PENDING, _E.REJECTED): _S.REJECTED,  # R refused while we asked to cancel
    (_S.CANCEL_PENDING, _E.TRADE): _S.CANCEL_PENDING,  # traded while the cancel was on its way
    (_S.CANCEL_PENDING, _E.CANCELLED): _S.CANCELLED,
    (_S.CANCEL_PENDING, _E.RESTATED): _S.CANCEL_PENDING,
    (_S.CANCEL_PENDING, _E.CANCEL_REQUESTED): _S.CANCEL_PENDING,
    (_S.CANCEL_PENDING, _E.CANCEL_REJECTED): _S.WORKING,
    (_S.CANCEL_PENDING, _E.NOT_RECEIVED): _S.REJECTED,
    (_S.FILLED, _E.ACKNOWLEDGED): _S.FILLED,  # R
    (_S.FILLED, _E.RESTATED): _S.FILLED,  # R
    (_S.FILLED, _E.CANCEL_REJECTED): _S.FILLED,  # R too late to cancel
    (_S.CANCELLED, _E.ACKNOWLEDGED): _S.CANCELLED,  # R
    (_S.CANCELLED, _E.TRADE): _S.CANCELLED,  # R a fill that was under way when the cancel was confirmed
    (_S.CANCELLED, _E.RESTATED): _S.CANCELLED,  # R
    (_S.CANCELLED, _E.CANCEL_REJECTED): _S.CANCELLED,  # R second cancel
    (_S.REJECTED, _E.CANCEL_REJECTED): _S.REJECTED,  # R
    (_S.REJECTED, _E.REJECTED): _S.REJECTED,  # R answered twice: once to us, once to a query
}


def apply_report(
    order: Order,
    exec_type: ExecType,
    *,
    at: datetime,
    exchange_order_id: str = "",
    last_price: Decimal | None = None,
    last_quantity: int = 0,
    price: Decimal | None = None,
    reason: Reason | None = None,
    reason_detail: str = "",
) -> Order:
    """The order after one report that was not seen before.

    Raises IllegalTransition when the table has no row for it, when a trade has no price or quantity, or when the
    fills would exceed the quantity (F10, F12): the order stays as it was and a person must look.
    """
    target = TRANSITIONS.get((order.status, exec_type))
    if target is None:
        raise IllegalTransition(f"order {order.client_order_id}: {exec_type} does not fit {order.status}")
    filled, average = order.filled_quantity, order.average_fill_price
    if exec_type is ExecType.TRADE:
        if last_price is None or last_quantity < 1:
            raise IllegalTransition(f"order {order.client_order_id}: a trade without price or quantity")
        if filled + last_quantity > order.quantity:
            raise IllegalTransition(
                f"order {order.client_order_id}: {filled + last_quantity} filled of {order.quantity}"
            )
        paid = (average or Decimal(0)) * filled + last_price * last_quantity
        filled += last_quantity
        average = paid / filled
        if filled == order.quantity:
            target = OrderStatus.FILLED
    elif exec_type is ExecType.CANCEL_REJECTED and target is OrderStatus.WORKING and filled:
        target = OrderStatus.PARTIALLY_FILLED
    return replace(
        order,
        status=target,
        filled_quantity=filled,
        average_fill_price=average,
        updated_at=at,
        exchange_order_id=exchange_order_id or order.exchange_order_id,
        price=price if price is not None else order.price,
        reason=reason if reason is not None else order.reason,
        reason_detail=reason_detail or order.reason_detail,
        in_doubt=order.in_doubt and exec_type is ExecType.CANCEL_REQUESTED,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Fill:
    """One execution (成交). `fee` in yuan for the whole fill; `ordered` is False for a forced one (无委托成交)."""

    fill_id: str
    client_order_id: str
    exchange_order_id: str
    account_id: str
    contract_code: str
    instruction: Instruction
    price: Decimal
    quantity: int
    fee: Decimal
    at: datetime
    ordered: bool = True
