"""How instructions that are no orders change an account. Nothing is decided here and nothing is refused.

An entry says how many and how much; what part of a position's margin goes with some of its contracts follows from the
books themselves, as it does when contracts are closed.
"""

from collections.abc import Callable, Mapping
from decimal import Decimal

from terminal.domain.accounts import ZERO, PositionSide
from terminal.domain.combinations import CombinationStrategy
from terminal.domain.contracts import Contract, Right
from terminal.domain.instructions import InstructionKind
from terminal.rules.rounding import to_cents
from terminal.venue.counter.booking import hold_margin, margin_share, move_contracts, move_margin
from terminal.venue.counter.entries import Instructed
from terminal.venue.counter.ledger import BANK, FEES, SHARE_CLEARING, Ledger, client_cash
from terminal.venue.counter.state import AccountState, CombinationState, PositionState


class InstructionBooking:
    """Carries accepted instructions out, over the day's contracts and the ledger."""

    def __init__(self, contracts: Mapping[str, Contract], ledger: Ledger) -> None:
        self._contracts = contracts
        self._ledger = ledger
        self._methods: dict[InstructionKind, Callable[[AccountState, Instructed, str], None]] = {
            InstructionKind.LOCK: self._lock,
            InstructionKind.UNLOCK: self._unlock,
            InstructionKind.EXERCISE: self._exercise,
            InstructionKind.WITHDRAW_EXERCISE: self._exercise,
            InstructionKind.MERGED_EXERCISE: self._exercise_merged,
            InstructionKind.WITHDRAW_MERGED: self._exercise_merged,
            InstructionKind.COMBINE: self._combine,
            InstructionKind.RELEASE: self._release,
            InstructionKind.TO_COVERED: self._to_covered,
            InstructionKind.TO_NAKED: self._to_naked,
            InstructionKind.TO_BROKER: self._to_broker,
            InstructionKind.TO_INVESTOR: self._to_investor,
            InstructionKind.CASH_IN: self._cash_in,
            InstructionKind.CASH_OUT: self._cash_out,
            InstructionKind.SHARES_IN: self._shares_in,
            InstructionKind.SHARES_OUT: self._shares_out,
            InstructionKind.BUY_SHARES: self._buy_shares,
            InstructionKind.SELL_SHARES: self._sell_shares,
            InstructionKind.CONFIRM_STATEMENT: self._confirm_statement,
        }

    def carry_out(self, account: AccountState, entry: Instructed, cause: str) -> None:
        """Do what one accepted instruction says; `cause` is the report that tells of it."""
        self._methods[entry.kind](account, entry, cause)

    def _confirm_statement(self, account: AccountState, entry: Instructed, cause: str) -> None:
        account.statement_unconfirmed = False

    # ---- shares

    def _lock(self, account: AccountState, entry: Instructed, cause: str) -> None:
        account.holding(entry.underlying).locked += entry.quantity

    def _unlock(self, account: AccountState, entry: Instructed, cause: str) -> None:
        account.holding(entry.underlying).locked -= entry.quantity

    def _to_broker(self, account: AccountState, entry: Instructed, cause: str) -> None:
        holding = account.holding(entry.underlying)
        holding.total -= entry.quantity
        holding.disposal += entry.quantity

    def _to_investor(self, account: AccountState, entry: Instructed, cause: str) -> None:
        holding = account.holding(entry.underlying)
        holding.disposal -= entry.quantity
        holding.total += entry.quantity

    def _shares_in(self, account: AccountState, entry: Instructed, cause: str) -> None:
        account.holding(entry.underlying).total += entry.quantity

    def _shares_out(self, account: AccountState, entry: Instructed, cause: str) -> None:
        account.holding(entry.underlying).total -= entry.quantity

    def _buy_shares(self, account: AccountState, entry: Instructed, cause: str) -> None:
        holding = account.holding(entry.underlying)
        holding.total += entry.quantity
        holding.bought_today += entry.quantity
        self._ledger.post(client_cash(account.account_id), SHARE_CLEARING, entry.amount, cause)
        self._charge(account, entry.fee, cause)

    def _sell_shares(self, account: AccountState, entry: Instructed, cause: str) -> None:
        holding = account.holding(entry.underlying)
        holding.total -= entry.quantity
        holding.sold_today += entry.quantity
        account.shares_received += entry.amount
        self._ledger.post(SHARE_CLEARING, client_cash(account.account_id), entry.amount, cause)
        self._charge(account, entry.fee, cause)

    def _charge(self, account: AccountState, fee: Decimal, cause: str) -> None:
        account.fees += fee
        self._ledger.post(client_cash(account.account_id), FEES, fee, cause)

    # ---- money

    def _cash_in(self, account: AccountState, entry: Instructed, cause: str) -> None:
        account.cash_in += entry.amount
        account.margin_call = max(account.margin_call - entry.amount, ZERO)
        cash = client_cash(account.account_id)
        self._ledger.post(BANK, cash, entry.amount, cause)

    def _cash_out(self, account: AccountState, entry: Instructed, cause: str) -> None:
        account.cash_out += entry.amount
        cash = client_cash(account.account_id)
        self._ledger.post(cash, BANK, entry.amount, cause)

    # ---- exercise

    def _exercise(self, account: AccountState, entry: Instructed, cause: str) -> None:
        """Hold contracts, money and shares for an exercise, or release them for its withdrawal."""
        contract, sign = self._contracts[entry.contract_code], _sign(entry.kind)
        account.position(PositionSide.LONG, contract.code).exercising += sign * entry.quantity
        _count(account.exercises, contract.code, sign * entry.quantity)
        account.frozen_exercise += sign * entry.amount
        if contract.right is Right.PUT:
            account.holding(contract.underlying).exercising += sign * entry.quantity * contract.multiplier

    def _exercise_merged(self, account: AccountState, entry: Instructed, cause: str) -> None:
        sign = _sign(entry.kind)
        for code in (entry.contract_code, entry.second_code):
            account.position(PositionSide.LONG, code).exercising += sign * entry.quantity
        _count(account.merged_exercises, f"{entry.contract_code},{entry.second_code}", sign * entry.quantity)
        account.frozen_exercise += sign * entry.amount

    # ---- combinations

    def _combine(self, account: AccountState, entry: Instructed, cause: str) -> None:
        """Put the legs' contracts into one combination: their own margin goes, the combination's comes."""
        assert entry.strategy is not None
        for leg in self._legs(account, entry.strategy, entry.contract_code, entry.second_code):
            released = margin_share(leg, entry.quantity)
            leg.combined += entry.quantity
            hold_margin(account, self._ledger, leg, -released, cause)
        move_margin(account, self._ledger, entry.amount, cause)
        account.combinations[entry.combination_id] = CombinationState(
            entry.strategy, entry.contract_code, entry.second_code, entry.quantity, entry.amount
        )

    def _release(self, account: AccountState, entry: Instructed, cause: str) -> None:
        """Part the legs of some of a combination; `each` is the margin of one first leg, `amount` that of all legs."""
        combination = account.combinations[entry.combination_id]
        released = to_cents(combination.margin * entry.quantity / combination.quantity)
        move_margin(account, self._ledger, -released, cause)
        combination.margin -= released
        combination.quantity -= entry.quantity
        first = entry.each * entry.quantity
        legs = self._legs(account, combination.strategy, combination.first_code, combination.second_code)
        for leg, margin in zip(legs, (first, entry.amount - first), strict=True):
            leg.combined -= entry.quantity
            hold_margin(account, self._ledger, leg, margin, cause)
        if not combination.quantity:
            del account.combinations[entry.combination_id]

    def _legs(
        self, account: AccountState, strategy: CombinationStrategy, first_code: str, second_code: str
    ) -> tuple[PositionState, PositionState]:
        """Both legs; the first of a spread is the long one."""
        first = PositionSide.SHORT if strategy.is_short_pair else PositionSide.LONG
        return account.position(first, first_code), account.position(PositionSide.SHORT, second_code)

    # ---- conversion between short and covered calls

    def _to_covered(self, account: AccountState, entry: Instructed, cause: str) -> None:
        """Shares for margin (普通转备兑): what is missing of locked shares is locked with it."""
        contract = self._contracts[entry.contract_code]
        short = account.position(PositionSide.SHORT, contract.code)
        released = margin_share(short, entry.quantity)
        move_contracts(short, account.position(PositionSide.COVERED, contract.code), entry.quantity)
        hold_margin(account, self._ledger, short, -released, cause)
        holding, needed = account.holding(contract.underlying), entry.quantity * contract.multiplier
        holding.locked += max(needed - max(holding.unlockable, 0), 0)
        holding.covering += needed
        self._recount(account, contract, entry.quantity)

    def _to_naked(self, account: AccountState, entry: Instructed, cause: str) -> None:
        """Margin for shares (备兑转普通): the shares stay locked until they are unlocked."""
        contract = self._contracts[entry.contract_code]
        short = account.position(PositionSide.SHORT, contract.code)
        move_contracts(account.position(PositionSide.COVERED, contract.code), short, entry.quantity)
        hold_margin(account, self._ledger, short, entry.amount, cause)
        account.holding(contract.underlying).covering -= entry.quantity * contract.multiplier
        self._recount(account, contract, -entry.quantity)

    def _recount(self, account: AccountState, contract: Contract, covered: int) -> None:
        count = account.count(contract.underlying)
        count.hold(PositionSide.COVERED, contract.right, covered)
        count.hold(PositionSide.SHORT, contract.right, -covered)


def _sign(kind: InstructionKind) -> int:
    """Minus one for what takes an exercise back."""
    return -1 if kind in (InstructionKind.WITHDRAW_EXERCISE, InstructionKind.WITHDRAW_MERGED) else 1


def _count(entered: dict[str, int], key: str, quantity: int) -> None:
    """Add to what was entered; nothing left is no entry."""
    left = entered.get(key, 0) + quantity
    if left:
        entered[key] = left
    else:
        entered.pop(key, None)
