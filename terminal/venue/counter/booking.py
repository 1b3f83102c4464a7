"""How entries change an account: freeze, release, book. Nothing is decided here and nothing is refused.

A fill first releases what was frozen for it and then books what happened, so a better price frees the difference.
"""

from decimal import Decimal

from terminal.domain.accounts import ZERO, PositionSide
from terminal.domain.contracts import Contract
from terminal.domain.orders import Instruction, PositionEffect, Side
from terminal.rules.rounding import to_cents
from terminal.venue.counter.ledger import BANK, FEES, PREMIUM_CLEARING, Ledger, client_cash, margin_held
from terminal.venue.counter.state import POSITION_SIDE, AccountState, OrderState, PositionState


def premium_of(price: Decimal, contract: Contract, quantity: int) -> Decimal:
    """Premium (权利金) of some contracts, yuan, to the cent: an adjusted multiplier gives parts of a cent."""
    return to_cents(price * contract.multiplier * quantity)


def open_position(
    account: AccountState, contract: Contract, side: PositionSide, quantity: int, price: Decimal, margin: Decimal
) -> None:
    """Enter a position carried from the day before; `margin` in yuan for the whole of it."""
    position = account.position(side, contract.code)
    position.quantity, position.average_price, position.margin = quantity, price, margin
    position.cost = premium_of(price, contract, quantity)
    _count_position(account, contract, side, quantity)
    if side is PositionSide.COVERED:
        account.holding(contract.underlying).covering += quantity * contract.multiplier


def freeze(account: AccountState, order: OrderState, contract: Contract, quantity: int) -> None:
    """Hold for `quantity` contracts of a working order what it needs; a negative quantity releases it again."""
    account.frozen_premium += order.premium_each * quantity
    account.frozen_margin += order.margin_each * quantity
    account.frozen_fee += order.fee_each * quantity
    instruction = order.instruction
    if instruction.position_effect is PositionEffect.CLOSE:
        account.position(POSITION_SIDE[instruction], contract.code).frozen += quantity
        return
    count = account.count(contract.underlying)
    count.working_open += quantity
    if instruction is Instruction.BUY_OPEN:
        count.working_buy_open += quantity
    elif instruction is Instruction.COVERED_OPEN:
        account.holding(contract.underlying).covering += quantity * contract.multiplier


def book_trade(
    account: AccountState,
    ledger: Ledger,
    contract: Contract,
    instruction: Instruction,
    *,
    price: Decimal,
    quantity: int,
    premium: Decimal,
    fee: Decimal,
    margin_each: Decimal,
    cause: str,
) -> None:
    """Book one execution: premium, fee, position, margin and shares. What was frozen for it is released before."""
    cash = client_cash(account.account_id)
    if instruction.side is Side.BUY:
        ledger.post(cash, PREMIUM_CLEARING, premium, cause)
        account.premium_paid += premium
    else:
        ledger.post(PREMIUM_CLEARING, cash, premium, cause)
        account.premium_received += premium
    ledger.post(cash, FEES, fee, cause)
    account.fees += fee
    side = POSITION_SIDE[instruction]
    position = account.position(side, contract.code)
    if instruction.position_effect is PositionEffect.OPEN:
        _open(position, price, quantity, premium)
        _hold_margin(account, ledger, position, margin_each * quantity, cause)
        _count_position(account, contract, side, quantity)
        if instruction is Instruction.BUY_OPEN:
            account.count(contract.underlying).bought_today += quantity
        covering = quantity
    else:
        released = to_cents(position.margin * quantity / position.quantity)
        _close(position, side, quantity, premium)
        _hold_margin(account, ledger, position, -released, cause)
        _count_position(account, contract, side, -quantity)
        covering = -quantity
    if instruction.covered:
        account.holding(contract.underlying).covering += covering * contract.multiplier


def deposit(account: AccountState, ledger: Ledger, cash: Decimal, margin: Decimal) -> None:
    """Book the money an account begins the day with, and the part of it that its positions hold."""
    ledger.account(client_cash(account.account_id))
    ledger.account(margin_held(account.account_id))
    if cash >= 0:
        ledger.post(BANK, client_cash(account.account_id), cash, "opening")
    else:
        ledger.post(client_cash(account.account_id), BANK, -cash, "opening")
    ledger.post(client_cash(account.account_id), margin_held(account.account_id), margin, "opening")


def available_funds(account: AccountState, ledger: Ledger) -> Decimal:
    """What a new order may use (可用资金), yuan."""
    frozen = (
        account.frozen_premium
        + account.frozen_margin
        + account.frozen_fee
        + account.frozen_exercise
        + account.frozen_delivery
    )
    return ledger.account(client_cash(account.account_id)).credit_balance - frozen


def balance_of(account: AccountState, ledger: Ledger) -> Decimal:
    """All the money of an account, margin included (资金余额), yuan."""
    cash, held = client_cash(account.account_id), margin_held(account.account_id)
    return ledger.account(cash).credit_balance + ledger.account(held).credit_balance


def _open(position: PositionState, price: Decimal, quantity: int, premium: Decimal) -> None:
    worth = position.average_price * position.quantity + price * quantity
    position.quantity += quantity
    position.today += quantity
    position.average_price = worth / position.quantity
    position.cost += premium


def _close(position: PositionState, side: PositionSide, quantity: int, premium: Decimal) -> None:
    """Take contracts out at average cost, those carried from earlier days first."""
    cost = to_cents(position.cost * quantity / position.quantity)
    position.realised += premium - cost if side is PositionSide.LONG else cost - premium
    position.cost -= cost
    position.quantity -= quantity
    position.today = min(position.today, position.quantity)
    if not position.quantity:
        position.average_price = ZERO


def _hold_margin(account: AccountState, ledger: Ledger, position: PositionState, change: Decimal, cause: str) -> None:
    cash, held = client_cash(account.account_id), margin_held(account.account_id)
    if change > 0:
        ledger.post(cash, held, change, cause)
    else:
        ledger.post(held, cash, -change, cause)
    position.margin += change


def _count_position(account: AccountState, contract: Contract, side: PositionSide, quantity: int) -> None:
    count = account.count(contract.underlying)
    count.total += quantity
    if side is PositionSide.LONG:
        count.long += quantity
