"""What the counter sends to the exchange: numbers for names, units of 0.0001 yuan for prices."""

from datetime import datetime
from decimal import Decimal

from terminal.domain.account_rights import AccountState
from terminal.domain.market_data import PRICE_SCALE
from terminal.domain.orders import OrderStatus, PositionEffect
from terminal.domain.reasons import Reason
from terminal.venue.counter.books import Books
from terminal.venue.counter.day_list import DayList
from terminal.venue.counter.entries import CancelDenied
from terminal.venue.counter.quote_state import InquiryState, QuoteState
from terminal.venue.counter.state import AccountState as Account
from terminal.venue.counter.state import OrderState
from terminal.venue.exchange.messages import NewOrder, NewQuote, RegisterMaker, RequestQuote, RestingOrder

# An enum's member is found by a call in Python: as names of the module the hot path has them at once
_CLOSE = PositionEffect.CLOSE


def new_order(order: OrderState, account: Account, day: DayList) -> NewOrder:
    """The order on its way in."""
    instruction = order.instruction
    return NewOrder(
        order_id=order.order_id,
        participant=account.participant,
        instrument=day.instruments[order.contract_code],
        side=instruction.side,
        order_type=order.order_type,
        quantity=order.quantity,
        price=_units(order.price),
        closes=instruction.position_effect is _CLOSE,
        covered=instruction.covered,
    )


def new_quote(quote: QuoteState, account: Account, books: Books, day: DayList) -> NewQuote:
    """The quote on its way in."""
    bid, ask = books.orders.get(quote.bid), books.orders.get(quote.ask)
    return NewQuote(
        quote_id=quote.number,
        participant=account.participant,
        instrument=day.instruments[quote.contract_code],
        bid_order_id=quote.number + 1,
        ask_order_id=quote.number + 2,
        bid_price=_units(bid.price) if bid else 0,
        bid_quantity=bid.quantity if bid else 0,
        ask_price=_units(ask.price) if ask else 0,
        ask_quantity=ask.quantity if ask else 0,
        bid_closes=bid is not None and bid.instruction.position_effect is PositionEffect.CLOSE,
        ask_closes=ask is not None and ask.instruction.position_effect is PositionEffect.CLOSE,
        inquiry_id=quote.inquiry,
    )


def request_quote(inquiry: InquiryState, account: Account, day: DayList) -> RequestQuote:
    """The inquiry on its way in."""
    return RequestQuote(
        inquiry.number, account.participant, day.instruments[inquiry.contract_code], quantity=inquiry.quantity
    )


def register_maker(account: Account, day: DayList) -> RegisterMaker | None:
    """Who may quote what: a filed market maker in good state, everything; None for who is no maker."""
    rights = account.profile.rights
    if not rights.kind.is_market_maker:
        return None
    may_quote = account.profile.filed and rights.state is AccountState.NORMAL
    return RegisterMaker(account.participant, day.quoted_underlyings if may_quote else ())


def resting_order(order: OrderState, account: Account, day: DayList) -> RestingOrder:
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
