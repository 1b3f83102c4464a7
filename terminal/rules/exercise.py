"""Exercise (行权) and assignment (指派), rulebook 6: when, with what, merged, and who is assigned."""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from random import Random

from terminal.domain.calendar import SHANGHAI
from terminal.domain.combinations import LegRule
from terminal.domain.contracts import Contract, Right
from terminal.domain.errors import BadInput
from terminal.domain.reasons import Denial, Reason
from terminal.rules.profile import Fees, Sessions, Window
from terminal.rules.rounding import to_cents


def window_open(windows: tuple[Window, ...], now: datetime) -> bool:
    """Whether a moment lies in one of the windows, by the exchange's clock."""
    clock = now.astimezone(SHANGHAI).time()
    return any(first <= clock < last for first, last in windows)


def exercise_fee(fees: Fees, quantity: int) -> Decimal:
    """What exercising costs (行权结算费), yuan."""
    return to_cents(fees.exercise * quantity)


def exercise_cash(contract: Contract, quantity: int, fees: Fees) -> Decimal:
    """Money an exerciser must have: strike and fee for calls, the fee for puts; yuan."""
    fee = exercise_fee(fees, quantity)
    return fee + to_cents(contract.strike * contract.multiplier * quantity) if contract.right is Right.CALL else fee


def exercise_shares(contract: Contract, quantity: int) -> int:
    """Shares an exerciser must have: the unit for each put, none for calls."""
    return contract.multiplier * quantity if contract.right is Right.PUT else 0


def check_exercise_time(contract: Contract, now: datetime, sessions: Sessions) -> Denial | None:
    """Whether exercises of the contract are taken now: on its exercise day, in the windows."""
    today = now.astimezone(SHANGHAI).date()
    if today != contract.exercise_day:
        return Denial(Reason.EXERCISE_DAY, "contract", today.isoformat(), contract.exercise_day.isoformat())
    if not window_open(sessions.exercise, now):
        allowed = " ".join(f"{first:%H:%M}-{last:%H:%M}" for first, last in sessions.exercise)
        return Denial(Reason.PHASE_CLOSED, "instruction", f"{now.astimezone(SHANGHAI):%H:%M:%S}", allowed)
    return None


def check_exercise(
    contract: Contract,
    quantity: int,
    *,
    net_long: int,
    already_entered: int,
    available_cash: Decimal,
    available_shares: int,
    fees: Fees,
) -> Denial | None:
    """The broker's check of an exercise (行权前端检查): position, then money for calls or shares for puts.

    `net_long` is what is long and not netted by shorts or held in combinations, bought today included;
    `already_entered` the exercises in force. `available_shares` counts shares bought today and none bought on margin;
    money and shares are what earlier exercises have left.
    """
    free = max(net_long - already_entered, 0)
    if not 1 <= quantity <= free:
        return Denial(Reason.POSITION, "quantity", str(quantity), str(free))
    cash = exercise_cash(contract, quantity, fees)
    if cash > available_cash:
        return Denial(Reason.FUNDS, "account", f"{cash:f}", f"{available_cash:f}")
    shares = exercise_shares(contract, quantity)
    if shares > available_shares:
        return Denial(Reason.SHARES, "quantity", f"{shares} shares", f"{available_shares} shares")
    return None


def check_merged(
    call: Contract, put: Contract, quantity: int, *, net_long_calls: int, net_long_puts: int
) -> Denial | None:
    """Whether calls and puts may be exercised as pairs (行权指令合并申报); the longs are what no exercise holds yet."""
    for given, rule, fits in (
        (f"{call.right}{put.right}", LegRule.CALL_AND_PUT, call.right is Right.CALL and put.right is Right.PUT),
        (f"{call.underlying} {put.underlying}", LegRule.ONE_UNDERLYING, call.underlying == put.underlying),
        (f"{call.exercise_day} {put.exercise_day}", LegRule.ONE_EXPIRY, call.exercise_day == put.exercise_day),
        (f"{call.multiplier} {put.multiplier}", LegRule.ONE_UNIT, call.multiplier == put.multiplier),
        (f"{put.strike:f} {call.strike:f}", LegRule.PUT_ABOVE_CALL, put.strike > call.strike),
    ):
        if not fits:
            return Denial(Reason.MERGED_LEGS, "contract", given, rule.name)
    free = max(min(net_long_calls, net_long_puts), 0)
    if not 1 <= quantity <= free:
        return Denial(Reason.POSITION, "quantity", str(quantity), str(free))
    return None


def merged_proceeds(call: Contract, put: Contract, quantity: int, fees: Fees) -> Decimal:
    """What merged exercise leaves, yuan: the distance of the strikes less the fee of both legs; no shares move."""
    return to_cents((put.strike - call.strike) * call.multiplier * quantity) - exercise_fee(fees, 2 * quantity)


def assign(shorts: Mapping[str, int], exercised: int, generator: Random) -> dict[str, int]:
    """Share exercised contracts out to the short positions, pro rata (按比例分配), remainders to the largest fractions.

    Equal fractions are drawn by `generator`. Every name of `shorts` has an entry. Raises BadInput for a negative figure
    and for more exercises than short contracts.
    """
    total = sum(shorts.values())
    if any(quantity < 0 for quantity in shorts.values()):
        raise BadInput("short position", min(shorts.values()), "from zero upwards")
    if not 0 <= exercised <= total:
        raise BadInput("exercised contracts", exercised, f"0 to {total}, what is short")
    if total == 0:
        return dict.fromkeys(shorts, 0)
    assigned = {name: quantity * exercised // total for name, quantity in shorts.items()}
    # The order of the accounts must not decide: each has its own draw, in the order of names
    draws = {name: generator.random() for name in sorted(shorts)}
    by_fraction = sorted(shorts, key=lambda name: (-(shorts[name] * exercised % total), draws[name], name))
    for name in by_fraction[: exercised - sum(assigned.values())]:
        assigned[name] += 1
    return assigned
