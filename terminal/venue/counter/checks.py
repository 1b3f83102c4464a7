"""What the counter asks before an order leaves (前端检查): form, position, shares, limits, funds; rulebook 2.1, 2.2, 5.

Each check is a function from what is there to a `Denial` or None, and every order in work counts as if it would trade
in full. So whatever the exchange does with the orders that passed, no limit and no account is overdrawn.
"""

from datetime import datetime
from decimal import Decimal

from terminal.domain.calendar import SHANGHAI
from terminal.domain.contracts import Contract
from terminal.domain.errors import BadInput, shown
from terminal.domain.messages import LockShares, SubmitOrder
from terminal.domain.orders import Instruction, OrderRequest, PositionEffect
from terminal.domain.phases import Phase
from terminal.domain.reasons import Denial, Reason
from terminal.rules import order_entry
from terminal.rules.profile import Limit, PositionLimits, Profile
from terminal.venue.counter.charge import Charge
from terminal.venue.counter.state import POSITION_SIDE, AccountState

#: More shares than there are of any fund
MAX_SHARES = 10**12


def check_form(order: SubmitOrder, contract: Contract) -> Denial | None:
    """The request's own form, then price, size and restrictions of the contract. The phase is left to the exchange."""
    try:
        request = OrderRequest(order.contract_code, order.instruction, order.order_type, order.quantity, order.price)
    except BadInput as error:
        return Denial(Reason.MALFORMED, error.field, shown(error.value, 40), error.rule)
    # In continuous trading every order type is taken: whether it is now, the exchange says
    return order_entry.check_form(request, contract, Phase.CONTINUOUS)


def check_order(
    account: AccountState,
    order: SubmitOrder,
    contract: Contract,
    charge: Charge,
    limits: PositionLimits,
    available: Decimal,
) -> Denial | None:
    """Everything that depends on the account; the first rule broken is the answer."""
    if order.instruction.position_effect is PositionEffect.CLOSE:
        denial = _check_position(account, order)
    else:
        denial = _check_cover(account, order, contract) or _check_limits(account, order, contract, limits)
    if denial is not None:
        return denial
    needed = charge.total(order.quantity)
    if needed and needed > available:
        return Denial(Reason.FUNDS, "account", f"{needed:f}", f"{available:f}")
    return None


def check_shares(account: AccountState, command: LockShares) -> Denial | None:
    """Whether so many shares are free to lock, or locked and free to unlock."""
    if not 1 <= command.quantity <= MAX_SHARES:
        return Denial(Reason.MALFORMED, "quantity", shown(command.quantity, 40), "a whole number of shares, at least 1")
    holding = account.holdings.get(command.underlying)
    there = 0 if holding is None else max(holding.unlockable, 0) if command.unlock else holding.free
    if command.quantity > there:
        return Denial(Reason.SHARES, "quantity", str(command.quantity), str(there))
    return None


def check_lock_time(profile: Profile, now: datetime) -> Denial | None:
    """Whether shares may be locked and unlocked at this time of the day (rulebook 2.4)."""
    windows = profile.sessions.covered_lock
    time = now.astimezone(SHANGHAI).time()
    if any(start <= time < end for start, end in windows):
        return None
    allowed = " ".join(f"{start:%H:%M}-{end:%H:%M}" for start, end in windows)
    return Denial(Reason.PHASE_CLOSED, "instruction", f"{time:%H:%M:%S}", allowed)


def _check_position(account: AccountState, order: SubmitOrder) -> Denial | None:
    position = account.positions[POSITION_SIDE[order.instruction]].get(order.contract_code)
    available = position.available if position else 0
    if order.quantity > available:
        return Denial(Reason.POSITION, "quantity", str(order.quantity), str(available))
    return None


def _check_cover(account: AccountState, order: SubmitOrder, contract: Contract) -> Denial | None:
    if order.instruction is not Instruction.COVERED_OPEN:
        return None
    holding = account.holdings.get(contract.underlying)
    needed, there = order.quantity * contract.multiplier, max(holding.unlockable, 0) if holding else 0
    if needed > there:
        return Denial(Reason.COVERED_SHARES, "quantity", f"{needed} shares", f"{there} shares")
    return None


def _check_limits(
    account: AccountState, order: SubmitOrder, contract: Contract, limits: PositionLimits
) -> Denial | None:
    """Position limits per underlying; one of zero or less allows nothing (F45)."""
    count = account.counts.get(contract.underlying)
    total = count.total + count.working_open if count else 0
    if order.instruction is Instruction.BUY_OPEN:
        right_side = count.long + count.working_buy_open if count else 0
        bought = count.bought_today + count.working_buy_open if count else 0
        denial = _over(Reason.LIMIT_RIGHT_SIDE, right_side, order.quantity, limits.right_side) or _over(
            Reason.LIMIT_BUY_OPEN, bought, order.quantity, limits.daily_buy_open
        )
        if denial is not None:
            return denial
    return _over(Reason.LIMIT_TOTAL, total, order.quantity, limits.total)


def _over(reason: Reason, used: int, quantity: int, limit: Limit) -> Denial | None:
    if not isinstance(limit, str) and used + quantity > limit:
        return Denial(reason, "quantity", str(quantity), f"{max(limit - used, 0)} of {max(limit, 0)}")
    return None
