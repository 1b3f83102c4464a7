"""What the order ticket says: its contract, what is wrong with a field, what the button sends, what became of it."""

from decimal import Decimal
from enum import Enum

from terminal.domain.contracts import Contract, Right
from terminal.domain.orders import Order, OrderRequest, OrderStatus, Side
from terminal.domain.reasons import Denial, Reason
from terminal.services.market_data import MarketData
from terminal.services.order_draft import CostBasis, ExpectedCost, OrderDraft
from terminal.views import formatting
from terminal.views.amount_words import amount_in_words
from terminal.views.chain.words import language
from terminal.views.texts import contract_name, denial_sentence, reason_sentence, words
from terminal.views.translation import translate

#: The tick of a price whose contract is not known
_FINEST = Decimal("0.0001")


class Pressed(Enum):
    """How far the send button has come."""

    NOT = 0
    ONCE = 1
    """The settings ask for a second press"""
    SENDING = 2


def heading(contract: Contract | None, market: MarketData, spot: Decimal | None) -> tuple[str, str]:
    """The contract's name, and its code with how far it is in or out of the money."""
    if contract is None or spot is None:
        return translate("Ticket", "No contract"), ""
    away = float(contract.strike / spot - 1)
    inside = away < 0 if contract.right is Right.CALL else away > 0
    where = translate("Ticket", "in the money") if inside else translate("Ticket", "out of the money")
    return contract_name(contract, market), f"{contract.code}  {where} {formatting.percent(abs(away), 1)}"


def failure_words(denial: Denial) -> str:
    """Why a draft would be refused; of what cannot be read, what would be."""
    if denial.reason is Reason.MALFORMED and denial.field == "price":
        return translate("Ticket", "Not a price in yuan, such as 0.0704")
    if denial.reason is Reason.MALFORMED and denial.field == "quantity":
        return translate("Ticket", "Not a whole number of contracts, at least 1")
    return denial_sentence(denial)


def premium_words(request: OrderRequest, expected: ExpectedCost, *, signed: bool = False) -> str:
    """The premium; about what of a market order, at most or at least what where the book does not tell."""
    buys = request.instruction.side is Side.BUY
    sign = {CostBasis.LIMIT: "", CostBasis.BOOK: "≈ ", CostBasis.BOUND: "≤ " if buys else "≥ "}[expected.basis]
    premium = expected.cost.premium
    if signed:
        return sign + formatting.signed_money(-premium if buys else premium)
    return sign + formatting.money(premium)


def send_words(draft: OrderDraft, request: OrderRequest | None, expected: ExpectedCost | None, pressed: Pressed) -> str:
    """What the send button sends, at what cost, and whether it has to be pressed again."""
    if pressed is Pressed.SENDING:
        return translate("Ticket", "Sending…")
    text = f"{words(draft.instruction)} {formatting.DASH}"
    if request is not None:
        one = request.quantity == 1
        pattern = translate("Ticket", "{size} lot") if one else translate("Ticket", "{size} lots")
        text = f"{words(draft.instruction)} {pattern.format(size=formatting.quantity(request.quantity))}"
        if expected is not None:
            text += f" · {premium_words(request, expected)} {translate('Ticket', 'yuan')}"
    # Short: the button is as wide as the column, and the amount must stay readable
    return f"{translate('Ticket', 'Press again:')} {text}" if pressed is Pressed.ONCE else text


def result_words(order: Order, market: MarketData) -> str:
    """What has become of the order sent last, as far as the venue has told."""
    contract = market.contract(order.contract_code)
    name = contract_name(contract, market) if contract else order.contract_code
    reason = "" if order.reason is None else reason_sentence(order.reason, order.reason_detail)
    if order.status is OrderStatus.DENIED:
        # submit() judged a newer picture than the one shown
        return f"{name}: {reason or reason_sentence(Reason.MALFORMED)}"
    if order.status is OrderStatus.SUBMITTED:
        return f"{name}: {translate('Ticket', 'sent')} {order.client_order_id}"
    text = f"{name}: {words(order.status)}"
    if order.filled_quantity:
        part = "" if order.status is OrderStatus.FILLED else f"/{formatting.quantity(order.quantity)}"
        tick = _FINEST if contract is None else contract.tick_size
        average = formatting.decimal_price(order.average_fill_price, tick)
        text += f" {formatting.quantity(order.filled_quantity)}{part} @ {average}"
    return f"{text} · {reason}" if reason else text


def notional_words(draft: OrderDraft, contract: Contract, request: OrderRequest | None, spot: Decimal) -> str:
    """What the shares behind a draft are worth (名义金额), in words: a digit too many is read at once.

    Where no price stands yet, that one is wanted: it is no mistake, but what sends is grey for it.
    """
    if request is None:
        is_unpriced = draft.order_type.has_price and not draft.price_text
        return translate("Ticket", "Type a price, or take one from the book") if is_unpriced else ""
    value = spot * contract.multiplier * request.quantity
    # Three figures tell a digit too many and stay on one line
    rounded = value.quantize(Decimal(1).scaleb(max(value.adjusted() - 2, 0)))
    return translate("Ticket", "Notional about {words}").format(words=amount_in_words(rounded, language()))
