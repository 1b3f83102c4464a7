"""Position limits (限仓), purchase limit (限购), amounts and the member's totals before an order opens, rulebook 5.

A limit lowered while orders work holds at once; `excess_orders` names those that no longer fit (F90).
"""

from collections.abc import Callable
from dataclasses import dataclass

from terminal.domain.accounts import ZERO
from terminal.domain.contracts import Contract, Right
from terminal.domain.orders import Instruction, PositionEffect
from terminal.domain.reasons import Denial, Reason
from terminal.rules import limits as rules
from terminal.rules.profile import UNLIMITED, Limit, PositionLimits
from terminal.venue.counter.books import Books
from terminal.venue.counter.charge import Charge
from terminal.venue.counter.day_list import DayList
from terminal.venue.counter.limit_count import LimitCount, is_client
from terminal.venue.counter.standing import position_limits
from terminal.venue.counter.state import AccountState, OrderState

_NOTHING = LimitCount()
# An enum's member is found by a call in Python: as names of the module the hot path has them at once
_BUY_OPEN, _SELL_OPEN = Instruction.BUY_OPEN, Instruction.SELL_OPEN


class LimitChecks:
    """What an opening order must keep within, over the day's rules and the books."""

    def __init__(self, day: DayList, books: Books) -> None:
        self._day = day
        self._books = books
        self._rules = day.profile.limits
        self._concentration = day.profile.concentration
        self._quota = day.profile.clearing.opening_margin_quota

    def check(
        self, account: AccountState, contract: Contract, instruction: Instruction, quantity: int, charge: Charge
    ) -> Denial | None:
        """The first limit an opening order would pass."""
        limits, kind = position_limits(account, self._rules), account.profile.rights.kind
        count = account.counts.get(contract.underlying, _NOTHING)
        counts = count.counts(all_contracts(account) if limits.all_products != UNLIMITED else 0)
        denial = rules.check_limits(counts, limits, instruction, contract.right, quantity)
        if denial is not None:
            return denial
        premium = charge.premium_each * quantity
        if instruction is _BUY_OPEN:
            used = account.purchases_held + account.purchases_working
            denial = rules.check_purchase(kind, account.purchase_limit, used, premium)
            if denial is None and kind.is_market_maker:
                denial = rules.check_order_amount(self._rules.maker_order_amount, premium)
        if denial is None and kind.is_market_maker:
            held = _in_contract(account, contract.code)
            denial = rules.check_concentration(held, quantity, contract.open_interest, self._concentration)
        return denial or self._check_member(account, instruction, quantity, charge)

    def _check_member(
        self, account: AccountState, instruction: Instruction, quantity: int, charge: Charge
    ) -> Denial | None:
        member = self._books.member
        if is_client(account.profile.rights.kind):
            used, limit = member.client, self._rules.member_client
        else:
            used, limit = member.proprietary, self._rules.member_proprietary
        denial = rules.check_member(used, limit, instruction, quantity)
        if denial is not None or isinstance(self._quota, str) or instruction is not _SELL_OPEN:
            return denial
        needed = charge.margin_each * quantity
        free = max(self._quota - member.opening_margin, ZERO)
        if needed > free:
            return Denial(Reason.LIMIT_MARGIN_QUOTA, "account", f"{needed:f}", f"{free:f} of {max(self._quota, 0)}")
        return None


def all_contracts(account: AccountState) -> int:
    """Positions and working opens over all underlyings."""
    return sum(count.all_contracts for count in account.counts.values())


@dataclass(frozen=True, slots=True)
class _Measure:
    """One limit over one underlying, or over all: what counts, how much is allowed, which orders add to it."""

    used: int
    limit: Limit
    adds: Callable[[Instruction, Right], bool]


def excess_orders(
    account: AccountState, limits: PositionLimits, contracts: dict[str, Contract], orders: list[OrderState]
) -> list[OrderState]:
    """The working opening orders that must go so that no limit is exceeded any more, newest first (F90).

    `orders` are the account's, oldest first. A position that is over a limit by itself stays: it is not theirs to heal.
    """
    over: dict[tuple[str, int], int] = {}
    measures: dict[str, list[_Measure]] = {u: _measures(count, limits) for u, count in account.counts.items()}
    whole = _Measure(all_contracts(account), limits.all_products, lambda instruction, right: True)
    measures[""] = [whole]
    for underlying, rows in measures.items():
        for place, row in enumerate(rows):
            if not isinstance(row.limit, str):
                over[underlying, place] = row.used - max(row.limit, 0)
    gone = []
    for order in reversed(orders):
        if order.instruction.position_effect is PositionEffect.CLOSE:
            continue
        contract = contracts[order.contract_code]
        touched = [
            (underlying, place)
            for underlying in (contract.underlying, "")
            for place, row in enumerate(measures.get(underlying, []))
            if (underlying, place) in over and row.adds(order.instruction, contract.right)
        ]
        if any(over[key] > 0 for key in touched):
            gone.append(order)
            for key in touched:
                over[key] -= order.leaves
    return gone


def _measures(count: LimitCount, limits: PositionLimits) -> list[_Measure]:
    counts = count.counts(0)
    return [
        _Measure(counts.right_side, limits.right_side, lambda i, r: i is Instruction.BUY_OPEN),
        _Measure(counts.daily_buy_open, limits.daily_buy_open, lambda i, r: i is Instruction.BUY_OPEN),
        _Measure(counts.daily_open, limits.daily_open, lambda i, r: True),
        _Measure(counts.total, limits.total, lambda i, r: True),
        _Measure(counts.bullish, limits.direction, rules.is_bullish),
        _Measure(counts.bearish, limits.direction, lambda i, r: not rules.is_bullish(i, r)),
    ]


def _in_contract(account: AccountState, contract_code: str) -> int:
    """Positions of all sides in one contract and the working opens that would add to them."""
    held = 0
    for positions in account.positions.values():
        position = positions.get(contract_code)
        if position is not None:
            held += position.quantity + position.opening
    return held
