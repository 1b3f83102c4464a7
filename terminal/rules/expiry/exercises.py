"""What a set of exercises needs and brings, and which of them go together (行权备款备券, 合并行权), rulebook 6."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from terminal.domain.contracts import Contract, Right
from terminal.rules.exercise import exercise_cash, exercise_fee, exercise_shares
from terminal.rules.expiry.worth import inside_by
from terminal.rules.profile import Fees
from terminal.rules.rounding import to_cents

_ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class Exercise:
    """So many long contracts to be exercised."""

    contract: Contract
    quantity: int


@dataclass(frozen=True, slots=True)
class MergedPair:
    """Calls and puts of a higher strike that are exercised together."""

    call: Contract
    put: Contract
    quantity: int

    @property
    def distance(self) -> Decimal:
        """What one pair brings before fees, yuan."""
        return (self.put.strike - self.call.strike) * self.call.multiplier

    @property
    def cash_spared(self) -> Decimal:
        """Strike money that the calls alone would have needed, yuan."""
        return to_cents(self.call.strike * self.call.multiplier * self.quantity)

    @property
    def shares_spared(self) -> int:
        """Shares that the puts alone would have needed."""
        return exercise_shares(self.put, self.quantity)


@dataclass(frozen=True, slots=True, kw_only=True)
class ExerciseNeeds:
    """What must be there today, and what the delivery day brings; yuan, and shares by underlying."""

    cash: Decimal
    """Strikes of the calls and all fees (备款)"""
    fee: Decimal
    """The part of it that is fees"""
    shares: Mapping[str, int]
    """For the puts (备券)"""
    cash_received: Decimal
    """Strikes of the puts, and the distance of the pairs"""
    shares_received: Mapping[str, int]
    """From the calls, usable two days after expiry"""


def exercise_needs(singles: Iterable[Exercise], pairs: Iterable[MergedPair], fees: Fees) -> ExerciseNeeds:
    """Add exercises up; pairs need their fees and nothing else."""
    cash = fee = received = _ZERO
    shares: dict[str, int] = defaultdict(int)
    arriving: dict[str, int] = defaultdict(int)
    for single in singles:
        contract, quantity = single.contract, single.quantity
        cash += exercise_cash(contract, quantity, fees)
        fee += exercise_fee(fees, quantity)
        if contract.right is Right.CALL:
            arriving[contract.underlying] += contract.multiplier * quantity
        else:
            shares[contract.underlying] += exercise_shares(contract, quantity)
            received += to_cents(contract.strike * contract.multiplier * quantity)
    for pair in pairs:
        both = exercise_fee(fees, 2 * pair.quantity)
        cash += both
        fee += both
        received += to_cents(pair.distance * pair.quantity)
    return ExerciseNeeds(
        cash=cash, fee=fee, shares=dict(shares), cash_received=received, shares_received=dict(arriving)
    )


def left_alone(wanted: Iterable[Exercise], pairs: Iterable[MergedPair]) -> list[Exercise]:
    """What is left to exercise singly once the pairs have taken theirs; never less than nothing."""
    taken: dict[str, int] = defaultdict(int)
    for pair in pairs:
        taken[pair.call.code] += pair.quantity
        taken[pair.put.code] += pair.quantity
    left = []
    for one in wanted:
        by_pairs = min(taken[one.contract.code], one.quantity)
        taken[one.contract.code] -= by_pairs
        if one.quantity > by_pairs:
            left.append(Exercise(one.contract, one.quantity - by_pairs))
    return left


def affordable(contract: Contract, quantity: int, *, cash: Decimal, shares: int, fees: Fees) -> int:
    """As many of an exercise as money, or shares and the fee, are there for."""
    by_shares = quantity if contract.right is Right.CALL else max(shares, 0) // contract.multiplier
    most = min(quantity, by_shares)
    each = exercise_cash(contract, 1, fees)
    if each > 0:
        most = min(most, int(max(cash, _ZERO) // each))
    return max(most, 0)


def find_pairs(longs: Sequence[Exercise], prices: Mapping[str, Decimal]) -> list[MergedPair]:
    """As many pairs as can be made at no loss against exercising each leg alone.

    That is so where both legs are in the money: the price lies between the strikes. The calls that bind most money
    and the puts that bring most are paired first, so that what is left alone needs least. `prices` are those of the
    underlyings; one without a price forms no pair.
    """
    groups: dict[tuple[object, ...], tuple[list[Exercise], list[Exercise]]] = {}
    for long in longs:
        contract, price = long.contract, prices.get(long.contract.underlying)
        if price is None or long.quantity < 1 or inside_by(contract.right, contract.strike, price) <= 0:
            continue
        key = contract.underlying, contract.exercise_day, contract.multiplier
        calls, puts = groups.setdefault(key, ([], []))
        (calls if contract.right is Right.CALL else puts).append(long)
    found: list[MergedPair] = []
    for calls, puts in groups.values():
        found += _pair_up(calls, puts)
    return found


def _pair_up(calls: list[Exercise], puts: list[Exercise]) -> list[MergedPair]:
    calls = sorted(calls, key=lambda e: (-e.contract.strike, e.contract.code))
    puts = sorted(puts, key=lambda e: (-e.contract.strike, e.contract.code))
    pairs: list[MergedPair] = []
    left_calls, left_puts = [c.quantity for c in calls], [p.quantity for p in puts]
    c = p = 0
    while c < len(calls) and p < len(puts):
        quantity = min(left_calls[c], left_puts[p])
        pairs.append(MergedPair(calls[c].contract, puts[p].contract, quantity))
        left_calls[c] -= quantity
        left_puts[p] -= quantity
        c += left_calls[c] == 0
        p += left_puts[p] == 0
    return pairs
