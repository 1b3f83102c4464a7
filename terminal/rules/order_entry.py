"""The form checks of an order (前端检查), rulebook 2.2, 2.3, 2.7, 5.3: the same for ticket, counter and exchange.

Nothing here knows an account. A refusal names the field it belongs to, so that a ticket can show it there.
"""

from decimal import Decimal

from terminal.domain.contracts import Contract, Right
from terminal.domain.messages import SubmitOrder
from terminal.domain.orders import Instruction, OrderRequest
from terminal.domain.phases import Phase
from terminal.domain.reasons import Denial, Reason
from terminal.rules.sessions import order_type_allowed, takes_orders

#: Powers of ten beyond which a number is shown with an exponent and needs no further check than the limits
_FAR = 12
_CALL = Right.CALL


def check_form(request: OrderRequest | SubmitOrder, contract: Contract, phase: Phase) -> Denial | None:
    """The first check that fails, in the order of a counter; None when the form is right.

    The order: suspension, phase, order type in that phase, tick, price limits, size, lot, open restriction, covered
    calls only. `phase` is the contract's own: a halt or a breaker auction of this contract counts.
    """
    failures = check_all(request, contract, phase)
    return failures[0] if failures else None


def check_all(request: OrderRequest | SubmitOrder, contract: Contract, phase: Phase) -> list[Denial]:
    """Every check that fails, in the same order; empty when the form is right."""
    failures: list[Denial] = []
    if contract.suspended:
        failures.append(Denial(Reason.SUSPENDED, "contract", contract.code))
    if not takes_orders(phase):
        failures.append(Denial(Reason.PHASE_CLOSED, "contract", phase.name))
    elif not order_type_allowed(request.order_type, phase):
        failures.append(Denial(Reason.ORDER_TYPE_NOT_NOW, "order_type", request.order_type, phase.name))
    if request.price is not None:
        _price_failures(request.price, contract, failures)
    _quantity_failures(request, contract, failures)
    instruction = request.instruction
    if contract.opening_restricted and instruction in (Instruction.BUY_OPEN, Instruction.SELL_OPEN):
        restricted = Denial(Reason.OPENING_RESTRICTED, "instruction", instruction.name, Instruction.COVERED_OPEN.name)
        failures.append(restricted)
    if instruction.covered and contract.right is not _CALL:
        failures.append(Denial(Reason.COVERED_CALLS_ONLY, "instruction", instruction.name, Right.CALL.name))
    return failures


def _price_failures(price: Decimal, contract: Contract, failures: list[Denial]) -> None:
    # Far beyond any limit a remainder by the tick has too many digits to be computed
    far = abs(price.adjusted()) > _FAR
    off_tick = price < contract.tick_size if far else price % contract.tick_size != 0
    if off_tick:
        failures.append(Denial(Reason.PRICE_TICK, "price", price_figure(price), price_figure(contract.tick_size)))
    if not contract.limit_down <= price <= contract.limit_up:
        allowed = f"{price_figure(contract.limit_down)}-{price_figure(contract.limit_up)}"
        failures.append(Denial(Reason.PRICE_LIMIT, "price", price_figure(price), allowed))


def _quantity_failures(request: OrderRequest | SubmitOrder, contract: Contract, failures: list[Denial]) -> None:
    least, most = contract.limit_order_min, contract.limit_order_max
    if request.order_type.is_market:
        least, most = contract.market_order_min, contract.market_order_max
    if not least <= request.quantity <= most:
        failures.append(Denial(Reason.QUANTITY_RANGE, "quantity", _count(request.quantity), f"{least}-{most}"))
    if request.quantity % contract.lot:
        failures.append(Denial(Reason.QUANTITY_LOT, "quantity", _count(request.quantity), str(contract.lot)))


def price_figure(price: Decimal) -> str:
    """A price in plain digits; far from any price of the market in short form, never a long text."""
    if abs(price.adjusted()) <= _FAR and len(price.as_tuple().digits) <= 2 * _FAR:
        return f"{price:f}"
    return f"{price:.4E}"


def _count(quantity: int) -> str:
    """A quantity in plain digits; one far beyond any order in short form."""
    return str(quantity) if quantity < 10**_FAR else f"more than {10**_FAR}"
