"""Decides about instructions that are no orders (非交易指令): each becomes one entry, carried out or refused."""

from collections.abc import Callable
from datetime import datetime
from decimal import Decimal

import msgspec

from terminal.domain.accounts import ZERO, PositionSide
from terminal.domain.combinations import CombinationStrategy
from terminal.domain.contracts import Contract, Right
from terminal.domain.errors import ascii_safe, shown
from terminal.domain.instructions import SHARE_TRADES, InstructionKind
from terminal.domain.messages import Instruct
from terminal.domain.reasons import Denial, Reason
from terminal.rules import exercise as rules
from terminal.rules import shares
from terminal.rules.account_rights import check_rights
from terminal.rules.combinations import ContractLeg, check_build
from terminal.rules.rounding import to_cents
from terminal.rules.shares import ShareBook
from terminal.venue.counter import instruction_checks as checks
from terminal.venue.counter.booking import margin_share
from terminal.venue.counter.books import Books
from terminal.venue.counter.day_list import DayList
from terminal.venue.counter.entries import Instructed
from terminal.venue.counter.funds import available_funds, withdrawable_funds
from terminal.venue.counter.state import AccountState

#: How an instruction is carried out: fields of the entry that the command does not say, or why it is not
Decision = Denial | dict[str, object]
#: Of a figure of yuan, and of these behind the point
_MOST_DIGITS = 24
_TEXT_LENGTH = 40


class Instructing:
    """Takes instructions, over the day's list and the books."""

    def __init__(self, day: DayList, books: Books) -> None:
        self._day = day
        self._books = books
        kind = InstructionKind
        self._methods: dict[InstructionKind, Callable[[AccountState, Instruct, datetime], Decision]] = {
            kind.EXERCISE: self._exercise,
            kind.WITHDRAW_EXERCISE: self._withdraw_exercise,
            kind.MERGED_EXERCISE: self._exercise_merged,
            kind.WITHDRAW_MERGED: self._withdraw_merged,
            kind.COMBINE: self._combine,
            kind.RELEASE: self._release,
            kind.TO_COVERED: self._to_covered,
            kind.TO_NAKED: self._to_naked,
            kind.CASH_IN: self._cash_in,
            kind.CASH_OUT: self._cash_out,
            # Once more changes nothing
            kind.CONFIRM_STATEMENT: lambda _account, _command, _now: {},
        }

    def decide(self, account: AccountState, command: Instruct, now: datetime, book: ShareBook) -> Instructed:
        """The entry of an instruction; everything is checked, and what it moves is reckoned.

        `book` is what the cash market shows of its underlying now.
        """
        decision = self._decide(account, command, now, book)
        entry = _as_asked(account, command, now)
        if isinstance(decision, Denial):
            return msgspec.structs.replace(entry, reason=decision.reason, detail=decision.detail)
        return msgspec.structs.replace(entry, **decision)

    def _decide(self, account: AccountState, command: Instruct, now: datetime, book: ShareBook) -> Decision:
        profile = self._day.profile
        denial = (
            checks.check_form(command)
            or checks.check_capability(command.kind, profile.capabilities)
            or self._check_codes(command)
            or check_rights(account.profile.rights, command.kind, by_program=command.by_program)
            or checks.check_window(command.kind, now, profile.sessions)
        )
        if denial is not None:
            return denial
        if command.kind in SHARE_TRADES:
            return self._trade_shares(account, command, book)
        method = self._methods.get(command.kind)
        if method is None:
            return checks.check_shares(account, command) or {}
        return method(account, command, now)

    def _check_codes(self, command: Instruct) -> Denial | None:
        for code, known in (
            (command.underlying, self._day.underlyings),
            (command.contract_code, self._day.contracts),
            (command.second_code, self._day.contracts),
        ):
            if code and code not in known:
                return Denial(Reason.UNKNOWN_CONTRACT, "contract", shown(code, _TEXT_LENGTH))
        return None

    def _available(self, account: AccountState) -> Decimal:
        return available_funds(account, self._books.ledger)

    # ---- shares

    def _trade_shares(self, account: AccountState, command: Instruct, book: ShareBook) -> Decision:
        underlying, rules = self._day.underlying(command.underlying), self._day.profile.shares
        buys, quantity, price = command.kind is InstructionKind.BUY_SHARES, command.quantity, command.price
        holding = account.holdings.get(underlying.code)
        free, sellable = (holding.free, holding.sellable) if holding else (0, 0)
        denial = shares.check_form(underlying, quantity, price, rules, buys=buys, sellable=sellable)
        if denial is None and not buys:
            denial = shares.check_sellable(quantity, free, sellable)
        denial = denial or shares.check_book(book, quantity, price, buys=buys)
        if denial is not None:
            return denial
        amount = shares.amount_of(book.asks if buys else book.bids, quantity)
        fee = shares.share_fee(rules, underlying.kind, amount, buys=buys)
        needed = amount + fee if buys else fee - amount
        return checks.check_money(needed, self._available(account)) or {"amount": amount, "fee": fee}

    # ---- exercise

    def _exercise(self, account: AccountState, command: Instruct, now: datetime) -> Decision:
        contract, fees = self._day.contracts[command.contract_code], self._day.profile.fees
        denial = rules.check_exercise_time(contract, now, self._day.profile.sessions)
        if denial is not None:
            return denial
        entered = account.exercises.get(contract.code, 0)
        total = entered + command.quantity
        amount = rules.exercise_cash(contract, total, fees) - rules.exercise_cash(contract, entered, fees)
        # What is held for several entries is that of their sum: parts of a cent are rounded once
        rounding = amount - rules.exercise_cash(contract, command.quantity, fees)
        long = account.positions[PositionSide.LONG].get(contract.code)
        holding = account.holdings.get(contract.underlying)
        return rules.check_exercise(
            contract,
            command.quantity,
            net_long=checks.net_long(account, contract.code),
            already_entered=long.exercising if long else 0,
            available_cash=self._available(account) - rounding,
            available_shares=max(holding.free, 0) if holding else 0,
            fees=fees,
        ) or {"amount": amount}

    def _withdraw_exercise(self, account: AccountState, command: Instruct, now: datetime) -> Decision:
        contract, fees = self._day.contracts[command.contract_code], self._day.profile.fees
        entered = account.exercises.get(contract.code, 0)
        denial = rules.check_exercise_time(contract, now, self._day.profile.sessions) or _within(
            command.quantity, entered
        )
        if denial is not None:
            return denial
        left = entered - command.quantity
        return {"amount": rules.exercise_cash(contract, entered, fees) - rules.exercise_cash(contract, left, fees)}

    def _exercise_merged(self, account: AccountState, command: Instruct, now: datetime) -> Decision:
        call, put = self._pair(command)
        denial = rules.check_exercise_time(call, now, self._day.profile.sessions) or rules.check_merged(
            call,
            put,
            command.quantity,
            net_long_calls=self._unexercised(account, call),
            net_long_puts=self._unexercised(account, put),
        )
        if denial is not None:
            return denial
        amount = self._merged_fee(account, command, command.quantity)
        return checks.check_money(amount, self._available(account)) or {"amount": amount}

    def _withdraw_merged(self, account: AccountState, command: Instruct, now: datetime) -> Decision:
        call, put = self._pair(command)
        entered = account.merged_exercises.get(f"{call.code},{put.code}", 0)
        denial = rules.check_exercise_time(call, now, self._day.profile.sessions) or _within(command.quantity, entered)
        return denial or {"amount": -self._merged_fee(account, command, -command.quantity)}

    def _pair(self, command: Instruct) -> tuple[Contract, Contract]:
        return self._day.contracts[command.contract_code], self._day.contracts[command.second_code]

    def _unexercised(self, account: AccountState, contract: Contract) -> int:
        long = account.positions[PositionSide.LONG].get(contract.code)
        return checks.net_long(account, contract.code) - (long.exercising if long else 0)

    def _merged_fee(self, account: AccountState, command: Instruct, more: int) -> Decimal:
        """How much more is held for the fee of a pair once `more` of it are entered; strikes and shares net out."""
        entered = account.merged_exercises.get(f"{command.contract_code},{command.second_code}", 0)
        fees = self._day.profile.fees
        return rules.exercise_fee(fees, 2 * (entered + more)) - rules.exercise_fee(fees, 2 * entered)

    # ---- combinations

    def _combine(self, account: AccountState, command: Instruct, now: datetime) -> Decision:
        strategy = command.strategy
        assert strategy is not None
        first, second = self._pair(command)
        denial = self._check_legs(strategy, first, second)
        if denial is not None:
            # The other way round the same two may fit: the first leg of a spread is the long one, of a pair the call
            first, second = second, first
            if self._check_legs(strategy, first, second) is not None:
                return denial
        quantity = command.quantity
        sides = _sides(strategy)
        for side, contract in zip(sides, (first, second), strict=True):
            denial = checks.check_position(account, side, contract.code, quantity)
            if denial is not None:
                return denial
        margin = self._day.combination_margin(strategy, first, second, account.profile) * quantity
        freed = sum(
            (
                margin_share(account.position(side, contract.code), quantity)
                for side, contract in zip(sides, (first, second), strict=True)
            ),
            ZERO,
        )
        return checks.check_money(margin - freed, self._available(account)) or {
            "contract_code": first.code,
            "second_code": second.code,
            "amount": margin,
            "combination_id": f"{self._day.trading_day:%Y%m%d}{self._books.next_combination:06d}",
        }

    def _check_legs(self, strategy: CombinationStrategy, first: Contract, second: Contract) -> Denial | None:
        legs = [ContractLeg(c, side) for c, side in zip((first, second), _sides(strategy), strict=True)]
        day = self._day
        denial = check_build(strategy, legs, day.trading_day, day.calendar, day.profile.combinations)
        if denial is not None:
            return denial
        if strategy.is_short_pair:
            if first.right is not Right.CALL:
                return Denial(Reason.COMBINATION_LEGS, "contract", first.name, "the call first")
        elif first.only_short_straddles or second.only_short_straddles:
            return Denial(Reason.COMBINATION_NEAR_EXPIRY, "contract", strategy, "KS KKS")
        return None

    def _release(self, account: AccountState, command: Instruct, now: datetime) -> Decision:
        combination = account.combinations.get(command.combination_id)
        if combination is None:
            return Denial(Reason.UNKNOWN_COMBINATION, "contract", shown(command.combination_id, _TEXT_LENGTH))
        quantity = command.quantity
        denial = _within(quantity, combination.quantity)
        if denial is not None:
            return denial
        contracts, profile = self._day.contracts, account.profile
        second = self._day.opening_margin(contracts[combination.second_code], profile)
        first = ZERO
        if combination.strategy.is_short_pair:
            first = self._day.opening_margin(contracts[combination.first_code], profile)
        amount = (first + second) * quantity
        freed = to_cents(combination.margin * quantity / combination.quantity)
        return checks.check_money(amount - freed, self._available(account)) or {
            "contract_code": combination.first_code,
            "second_code": combination.second_code,
            "strategy": combination.strategy,
            "amount": amount,
            "each": first,
        }

    # ---- conversion

    def _to_covered(self, account: AccountState, command: Instruct, now: datetime) -> Decision:
        contract = self._day.contracts[command.contract_code]
        denial = _calls_only(contract, command.kind) or checks.check_position(
            account, PositionSide.SHORT, contract.code, command.quantity
        )
        if denial is not None:
            return denial
        holding = account.holdings.get(contract.underlying)
        there = max(holding.unlockable, 0) + max(holding.free, 0) if holding else 0
        needed = command.quantity * contract.multiplier
        if needed > there:
            return Denial(Reason.COVERED_SHARES, "quantity", f"{needed} shares", f"{there} shares")
        short = account.positions[PositionSide.SHORT][contract.code]
        return {"amount": margin_share(short, command.quantity)}

    def _to_naked(self, account: AccountState, command: Instruct, now: datetime) -> Decision:
        contract = self._day.contracts[command.contract_code]
        denial = _calls_only(contract, command.kind) or checks.check_position(
            account, PositionSide.COVERED, contract.code, command.quantity
        )
        if denial is not None:
            return denial
        amount = self._day.opening_margin(contract, account.profile) * command.quantity
        return checks.check_money(amount, self._available(account)) or {"amount": amount}

    # ---- money

    def _cash_in(self, account: AccountState, command: Instruct, now: datetime) -> Decision:
        return {}

    def _cash_out(self, account: AccountState, command: Instruct, now: datetime) -> Decision:
        there = withdrawable_funds(account, self._books.ledger)
        if command.amount > there:
            return Denial(Reason.FUNDS, "amount", f"{command.amount:f}", f"{there:f}")
        return {}


def _sides(strategy: CombinationStrategy) -> tuple[PositionSide, PositionSide]:
    return (PositionSide.SHORT if strategy.is_short_pair else PositionSide.LONG), PositionSide.SHORT


def _within(quantity: int, there: int) -> Denial | None:
    return None if quantity <= there else Denial(Reason.POSITION, "quantity", str(quantity), str(there))


def _calls_only(contract: Contract, kind: InstructionKind) -> Denial | None:
    if contract.right is Right.CALL:
        return None
    return Denial(Reason.COVERED_CALLS_ONLY, "instruction", kind, Right.CALL.name)


def _as_asked(account: AccountState, command: Instruct, now: datetime) -> Instructed:
    """The entry as far as the command says it, cut so that no report carries on what nobody can have meant."""
    return Instructed(
        account_id=account.account_id,
        instruction_id=command.instruction_id,
        kind=command.kind,
        underlying=ascii_safe(command.underlying)[:_TEXT_LENGTH],
        contract_code=ascii_safe(command.contract_code)[:_TEXT_LENGTH],
        second_code=ascii_safe(command.second_code)[:_TEXT_LENGTH],
        strategy=command.strategy,
        combination_id=ascii_safe(command.combination_id)[:_TEXT_LENGTH],
        quantity=command.quantity,
        amount=_short(command.amount, checks.MAX_AMOUNT),
        price=max(_short(command.price, checks.MAX_PRICE), ZERO),
        at=now,
    )


def _short(figure: Decimal, most: Decimal) -> Decimal:
    """A figure of yuan; zero in place of one that nobody can have meant, by its size or by its length."""
    if not figure.is_finite() or abs(figure) > most:
        return ZERO
    _, digits, exponent = figure.as_tuple()
    return figure if len(digits) <= _MOST_DIGITS and isinstance(exponent, int) and -exponent <= _MOST_DIGITS else ZERO
