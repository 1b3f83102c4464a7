"""How orders and executions change an account: freeze, release, book. Nothing is decided here and nothing is refused.

A fill first releases what was frozen for it and then books what happened, so a better price frees the difference.
"""

from decimal import Decimal

from terminal.domain.accounts import ZERO, PositionSide
from terminal.domain.contracts import Contract
from terminal.domain.orders import Instruction, PositionEffect, Side
from terminal.rules.rounding import to_cents
from terminal.venue.counter.ledger import BANK, FEES, PREMIUM_CLEARING, Ledger, client_cash, margin_held
from terminal.venue.counter.limit_count import MemberCount
from terminal.venue.counter.state import POSITION_SIDE, AccountState, OrderState, PositionState

# An enum's member is found by a call in Python: as names of the module the hot path has them at once
_BUY_OPEN, _SELL_OPEN = Instruction.BUY_OPEN, Instruction.SELL_OPEN
_OPEN, _CLOSE = PositionEffect.OPEN, PositionEffect.CLOSE
_BUY, _LONG = Side.BUY, PositionSide.LONG


def premium_of(price: Decimal, contract: Contract, quantity: int) -> Decimal:
    """Premium (权利金) of some contracts, yuan, to the cent: an adjusted multiplier gives parts of a cent."""
    return to_cents(price * contract.multiplier * quantity)


def open_position(
    account: AccountState,
    member: MemberCount,
    contract: Contract,
    side: PositionSide,
    quantity: int,
    price: Decimal,
    margin: Decimal,
) -> None:
    """Enter a position carried from the day before; `margin` in yuan for the whole of it."""
    position = account.position(side, contract.code)
    position.quantity, position.average_price, position.margin = quantity, price, margin
    position.cost = premium_of(price, contract, quantity)
    count_position(account, member, contract, side, quantity)
    if side is _LONG:
        account.purchases_held += position.cost
    elif side is PositionSide.COVERED:
        account.holding(contract.underlying).covering += quantity * contract.multiplier


def freeze(account: AccountState, member: MemberCount, order: OrderState, contract: Contract, quantity: int) -> None:
    """Hold for `quantity` contracts of a working order what it needs; a negative quantity releases it again."""
    premium = order.premium_each * quantity
    account.frozen_premium += premium
    account.frozen_fee += order.fee_each * quantity
    if order.quote and order.price is not None:
        account.quoted += order.price * contract.multiplier * quantity
    instruction = order.instruction
    position = account.position(POSITION_SIDE[instruction], contract.code)
    if instruction.position_effect is _CLOSE:
        position.frozen += quantity
        return
    position.opening += quantity
    account.count(contract.underlying).work(instruction, contract.right, quantity)
    member.add(account.profile.rights.kind, quantity)
    if instruction is _BUY_OPEN:
        account.purchases_working += premium
    elif instruction is _SELL_OPEN:
        margin = order.margin_each * quantity
        account.frozen_margin += margin
        member.opening_margin += margin
    else:
        account.holding(contract.underlying).covering += quantity * contract.multiplier


def book_trade(
    account: AccountState,
    ledger: Ledger,
    member: MemberCount,
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
    if instruction.side is _BUY:
        ledger.post(cash, PREMIUM_CLEARING, premium, cause)
        account.premium_paid += premium
    else:
        ledger.post(PREMIUM_CLEARING, cash, premium, cause)
        account.premium_received += premium
    ledger.post(cash, FEES, fee, cause)
    account.fees += fee
    side = POSITION_SIDE[instruction]
    position = account.position(side, contract.code)
    if instruction.position_effect is _OPEN:
        change = quantity
        _open(position, price, quantity, premium)
        hold_margin(account, ledger, position, margin_each * quantity, cause)
        count = account.count(contract.underlying)
        count.opened_today += quantity
        if instruction is _BUY_OPEN:
            count.bought_open_today += quantity
            account.purchases_held += premium
        elif instruction is _SELL_OPEN:
            member.opening_margin += margin_each * quantity
    else:
        change = -quantity
        released = margin_share(position, quantity)
        cost = _close(position, side, quantity, premium)
        if side is _LONG:
            account.purchases_held -= cost
        hold_margin(account, ledger, position, -released, cause)
    count_position(account, member, contract, side, change)
    if instruction.covered:
        account.holding(contract.underlying).covering += change * contract.multiplier


def deposit(account: AccountState, ledger: Ledger, cash: Decimal, margin: Decimal) -> None:
    """Book the money an account begins the day with, and the part of it that its positions hold."""
    own, held = client_cash(account.account_id), margin_held(account.account_id)
    ledger.account(own)
    ledger.account(held)
    debit, credit = (BANK, own) if cash >= 0 else (own, BANK)
    ledger.post(debit, credit, abs(cash), "opening")
    ledger.post(own, held, margin, "opening")


def margin_share(position: PositionState, quantity: int) -> Decimal:
    """The margin that `quantity` contracts of a position hold, to the cent; all of them hold all of it."""
    return to_cents(position.margin * quantity / position.uncombined) if position.margin else ZERO


def hold_margin(account: AccountState, ledger: Ledger, position: PositionState, change: Decimal, cause: str) -> None:
    """Move money between an account's cash and the margin of one position; above zero is held, below released."""
    move_margin(account, ledger, change, cause)
    position.margin += change


def move_margin(account: AccountState, ledger: Ledger, change: Decimal, cause: str) -> None:
    """Move money from an account's cash to its margin, or back for a change below zero."""
    cash, held = client_cash(account.account_id), margin_held(account.account_id)
    if change > 0:
        ledger.post(cash, held, change, cause)
    else:
        ledger.post(held, cash, -change, cause)


def move_contracts(source: PositionState, target: PositionState, quantity: int) -> None:
    """Turn contracts of one side into another of the same contract, with their cost; margin is moved apart."""
    cost = to_cents(source.cost * quantity / source.quantity)
    today = min(source.today, quantity)
    worth = target.average_price * target.quantity + source.average_price * quantity
    target.quantity += quantity
    target.average_price = worth / target.quantity
    target.cost += cost
    target.today += today
    source.quantity -= quantity
    source.cost -= cost
    source.today -= today
    if not source.quantity:
        source.average_price = ZERO


def _open(position: PositionState, price: Decimal, quantity: int, premium: Decimal) -> None:
    worth = position.average_price * position.quantity + price * quantity
    position.quantity += quantity
    position.today += quantity
    position.average_price = worth / position.quantity
    position.cost += premium


def _close(position: PositionState, side: PositionSide, quantity: int, premium: Decimal) -> Decimal:
    """Take contracts out at average cost, those carried from earlier days first; gives that cost."""
    cost = to_cents(position.cost * quantity / position.quantity)
    position.realised += premium - cost if side is _LONG else cost - premium
    position.cost -= cost
    position.quantity -= quantity
    position.today = min(position.today, position.quantity)
    if not position.quantity:
        position.average_price = ZERO
    return cost


def count_position(
    account: AccountState, member: MemberCount, contract: Contract, side: PositionSide, quantity: int
) -> None:
    """Count contracts that came into a position for the limits; a negative quantity takes them out."""
    account.count(contract.underlying).hold(side, contract.right, quantity)
    member.add(account.profile.rights.kind, quantity)
