"""How the day's end takes positions and margin out of an account. Nothing is decided here."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from decimal import Decimal

from terminal.domain.accounts import ZERO, PositionSide
from terminal.domain.contracts import Contract
from terminal.rules.rounding import to_cents
from terminal.venue.counter.booking import count_position
from terminal.venue.counter.ledger import Ledger, client_cash, margin_held
from terminal.venue.counter.limit_count import MemberCount
from terminal.venue.counter.state import AccountState, CombinationState, PositionState

SHORTS = (PositionSide.SHORT, PositionSide.COVERED)


def take_out(
    account: AccountState,
    member: MemberCount,
    ledger: Ledger,
    contract: Contract,
    side: PositionSide,
    quantity: int,
    price: Decimal,
    cause: str,
) -> None:
    """Close contracts at a price without money: at average cost, with their part of the margin and of the cover."""
    if not quantity:
        return
    position = account.positions[side][contract.code]
    worth = to_cents(price * contract.multiplier * quantity)
    cost = to_cents(position.cost * quantity / position.quantity)
    position.realised += worth - cost if side is PositionSide.LONG else cost - worth
    if side is PositionSide.SHORT:
        free = position.quantity - position.combined
        change_margin(account, ledger, position, -to_cents(position.margin * quantity / free), cause)
    position.cost -= cost
    position.quantity -= quantity
    position.today = min(position.today, position.quantity)
    if not position.quantity:
        position.average_price = ZERO
    if side is PositionSide.COVERED:
        account.holding(contract.underlying).covering -= quantity * contract.multiplier
    elif side is PositionSide.LONG:
        account.purchases_held -= cost
    count_position(account, member, contract, side, -quantity)


def change_margin(account: AccountState, ledger: Ledger, position: PositionState, change: Decimal, cause: str) -> None:
    """Hold more margin for a position, or less."""
    move_margin(account, ledger, change, cause)
    position.margin += change


def move_margin(account: AccountState, ledger: Ledger, change: Decimal, cause: str) -> None:
    """Move money between the cash of an account and its margin."""
    cash, held = client_cash(account.account_id), margin_held(account.account_id)
    if change > 0:
        ledger.post(cash, held, change, cause)
    else:
        ledger.post(held, cash, -change, cause)


def move_cash(account: AccountState, ledger: Ledger, contra: str, amount: Decimal, cause: str) -> None:
    """Book money of an account against another ledger account; above zero it is received."""
    cash = client_cash(account.account_id)
    if amount > 0:
        ledger.post(contra, cash, amount, cause)
    else:
        ledger.post(cash, contra, -amount, cause)


def cash_of(account: AccountState, ledger: Ledger) -> Decimal:
    """Money outside margin, yuan; below zero it is owed."""
    return ledger.balance(client_cash(account.account_id))


def standing(
    account: AccountState, sides: Iterable[PositionSide] = PositionSide
) -> Iterator[tuple[PositionSide, str, PositionState]]:
    """Positions with contracts in them, by side."""
    for side in sides:
        for contract_code, position in account.positions[side].items():
            if position.quantity:
                yield side, contract_code, position


def legs_of(combinations: Iterable[CombinationState]) -> dict[tuple[PositionSide, str], int]:
    """Contracts that stand in combinations, by side and code; zero for all others."""
    legs: dict[tuple[PositionSide, str], int] = defaultdict(int)
    for combination in combinations:
        first = PositionSide.SHORT if combination.strategy.is_short_pair else PositionSide.LONG
        legs[first, combination.first_code] += combination.quantity
        legs[PositionSide.SHORT, combination.second_code] += combination.quantity
    return legs
