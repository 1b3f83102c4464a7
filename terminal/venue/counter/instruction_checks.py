"""What the counter asks before it carries out an instruction that is no order, rulebook 2.1, 4.4, 6.

Each check is a function from what is there to a `Denial` or None. Times are those of the profile (rulebook 2.4); money
and shares may be moved in and out at any time of the day.
"""

from datetime import datetime
from decimal import Decimal

from terminal.domain.accounts import ZERO, PositionSide
from terminal.domain.calendar import SHANGHAI
from terminal.domain.errors import shown
from terminal.domain.instructions import FIELDS, InstructionKind
from terminal.domain.messages import Instruct
from terminal.domain.reasons import Denial, Reason
from terminal.rules.exercise import window_open
from terminal.rules.profile import Capabilities, Sessions, Window
from terminal.rules.rounding import CENT
from terminal.rules.shares import check_sellable, trading_windows
from terminal.venue.counter.state import AccountState, HoldingState

#: More shares than there are of any fund, and more contracts than of any kind
MAX_SHARES = 10**12
#: More yuan than any account brings in at once
MAX_AMOUNT = Decimal(10) ** 13
#: More yuan than any share costs
MAX_PRICE = Decimal(10) ** 7

_EMPTY: dict[str, object] = {
    "underlying": "",
    "contract_code": "",
    "second_code": "",
    "strategy": None,
    "combination_id": "",
    "quantity": 0,
    "amount": ZERO,
    "price": ZERO,
}
_NO_SHARES = HoldingState()


def check_form(command: Instruct) -> Denial | None:
    """Whether exactly the fields are given that the kind reads, with figures that can be meant."""
    wanted = FIELDS[command.kind]
    for field, empty in _EMPTY.items():
        value = getattr(command, field)
        if field not in wanted:
            if value != empty:
                return Denial(Reason.MALFORMED, field, shown(value, 40), f"{command.kind} has none")
        elif field == "quantity":
            if not 1 <= command.quantity <= MAX_SHARES:
                unit = "contracts" if "underlying" not in wanted else "shares"
                return Denial(Reason.MALFORMED, field, shown(value, 40), f"a whole number of {unit}, at least 1")
        elif field == "amount":
            amount = command.amount
            if not amount.is_finite() or not 0 < amount <= MAX_AMOUNT or amount % CENT:
                return Denial(Reason.MALFORMED, field, shown(value, 40), "yuan to the cent, above zero")
        elif field == "price":
            if not command.price.is_finite() or not 0 < command.price <= MAX_PRICE:
                return Denial(Reason.MALFORMED, field, shown(value, 40), "yuan above zero")
        elif value == empty:
            return Denial(Reason.MALFORMED, field, "nothing", f"{command.kind} needs it")
    return None


def check_capability(kind: InstructionKind, capabilities: Capabilities) -> Denial | None:
    """Whether the era has the instruction at all."""
    there = {
        InstructionKind.COMBINE: capabilities.combinations,
        InstructionKind.RELEASE: capabilities.combinations,
        InstructionKind.MERGED_EXERCISE: capabilities.merged_exercise,
        InstructionKind.WITHDRAW_MERGED: capabilities.merged_exercise,
        InstructionKind.TO_COVERED: capabilities.covered_conversion,
        InstructionKind.TO_NAKED: capabilities.covered_conversion,
    }
    return None if there.get(kind, True) else Denial(Reason.NOT_SUPPORTED, "instruction", kind)


def check_window(kind: InstructionKind, now: datetime, sessions: Sessions) -> Denial | None:
    """Whether the instruction is taken at this time of the day; exercises are asked with their contract."""
    windows: tuple[Window, ...]
    match kind:
        case InstructionKind.LOCK | InstructionKind.UNLOCK | InstructionKind.TO_BROKER | InstructionKind.TO_INVESTOR:
            windows = sessions.covered_lock
        case InstructionKind.COMBINE | InstructionKind.RELEASE | InstructionKind.TO_COVERED | InstructionKind.TO_NAKED:
            windows = sessions.combination
        case InstructionKind.BUY_SHARES | InstructionKind.SELL_SHARES:
            windows = trading_windows(sessions)
        case _:
            return None
    if window_open(windows, now):
        return None
    allowed = " ".join(f"{first:%H:%M}-{last:%H:%M}" for first, last in windows)
    return Denial(Reason.PHASE_CLOSED, "instruction", f"{now.astimezone(SHANGHAI):%H:%M:%S}", allowed)


def check_shares(account: AccountState, command: Instruct) -> Denial | None:
    """Whether so many shares are there for what is asked to be done with them."""
    holding = account.holdings.get(command.underlying, _NO_SHARES)
    match command.kind:
        case InstructionKind.UNLOCK:
            there = max(holding.unlockable, 0)
        case InstructionKind.TO_INVESTOR:
            there = holding.disposal
        case InstructionKind.SHARES_IN:
            there = MAX_SHARES - holding.total
        case InstructionKind.SHARES_OUT:
            # Out is sold or handed on elsewhere: no way round T+1
            return check_sellable(command.quantity, holding.free, holding.sellable)
        case _:
            there = holding.free
    if command.quantity > there:
        return Denial(Reason.SHARES, "quantity", str(command.quantity), str(there))
    return None


def check_position(account: AccountState, side: PositionSide, contract_code: str, quantity: int) -> Denial | None:
    """Whether so many contracts of a side are held by nothing else."""
    position = account.positions[side].get(contract_code)
    available = position.available if position else 0
    if quantity > available:
        return Denial(Reason.POSITION, "quantity", str(quantity), str(available))
    return None


def check_money(needed: Decimal, available: Decimal) -> Denial | None:
    """Whether the money is there; an instruction that frees some is never refused for want of it."""
    if needed > 0 and needed > available:
        return Denial(Reason.FUNDS, "account", f"{needed:f}", f"{available:f}")
    return None


def net_long(account: AccountState, contract_code: str) -> int:
    """What of a contract may be exercised today, earlier exercises not taken off.

    The longs that no combination and no closing order holds, and no more than is left when the clearing house nets
    them against shorts and covered ones at the day's end (rulebook 2.1).
    """
    long = account.positions[PositionSide.LONG].get(contract_code)
    if long is None:
        return 0
    short = account.positions[PositionSide.SHORT].get(contract_code)
    covered = account.positions[PositionSide.COVERED].get(contract_code)
    against = (short.uncombined if short else 0) + (covered.uncombined if covered else 0)
    return max(min(long.uncombined - long.frozen, long.uncombined - against), 0)
