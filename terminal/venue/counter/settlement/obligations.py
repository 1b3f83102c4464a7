"""What the day brings by the clock: shares held for delivery, and forced closing (强行平仓), rulebook 4.4, 6, 7, 9.

An account that was called for money or shares at the day's end has until the cut-off. Then the broker closes for it:
uncombined shorts, then combinations (released first), then longs; covered calls where shares are short. One order at a
time, at the limit price, until nothing is missing. Orders carry the exchange's marks QP1 (margin) and CV1 (covered).
"""

import math
from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal

from terminal.domain.accounts import PositionSide
from terminal.domain.calendar import SHANGHAI
from terminal.domain.contracts import Contract, Right
from terminal.domain.errors import BadInput
from terminal.domain.forced import ForcedCause
from terminal.domain.instructions import InstructionKind
from terminal.domain.orders import Instruction, OrderStatus, OrderType, Side
from terminal.domain.reasons import Reason
from terminal.rules.rounding import CENT
from terminal.rules.sessions import DaySchedule
from terminal.rules.top_up import contracts_to_close
from terminal.venue.counter.books import Books
from terminal.venue.counter.day_list import DayList
from terminal.venue.counter.entries import OrderTaken
from terminal.venue.counter.funds import available_funds
from terminal.venue.counter.order_messages import new_order
from terminal.venue.counter.result import CounterResult
from terminal.venue.counter.settlement.entries import (
    AccountTold,
    CombinationReleased,
    MarginCalled,
    MarginMarked,
    SharesHeld,
)
from terminal.venue.counter.settlement.positions import standing
from terminal.venue.counter.state import AccountState, PositionState
from terminal.venue.counter.valuation import Valuation
from terminal.venue.exchange.messages import CancelOrder


class Obligations:
    """Watches the clock of one trading day over the day's list and the books."""

    def __init__(self, day: DayList, books: Books, valuation: Valuation) -> None:
        self._day = day
        self._books = books
        self._valuation = valuation
        self._schedule = DaySchedule.of(day.profile.sessions, day.trading_day)
        self._cut_off = datetime.combine(day.trading_day, day.profile.delivery.cut_off, SHANGHAI)
        self._force_from = datetime.combine(day.trading_day, day.profile.clearing.forced_close_by, SHANGHAI)

    def on_time(self, now: datetime) -> CounterResult:
        """Do what is due. Cheap while nothing is; `forward` holds orders and cancels for the exchange."""
        result = CounterResult()
        if now < self._cut_off:
            return result
        self._hold_shares(now, result)
        if now >= self._force_from and self._schedule.accepts_orders(now):
            for account in self._overdue():
                self._force(account, now, result)
        return result

    # ---- what the broker decides by itself

    def call_for_money(self, account: AccountState, amount: Decimal, now: datetime) -> CounterResult:
        """Write the call down and tell it, as the day's end does."""
        if not amount.is_finite() or amount <= 0 or amount % CENT:
            raise BadInput("amount", amount, "yuan to the cent, above zero")
        result = CounterResult()
        result.write(self._books, MarginCalled(account_id=account.account_id, amount=amount))
        told = AccountTold(
            account_id=account.account_id,
            kind=InstructionKind.CASH_IN,
            amount=amount,
            reason=Reason.FUNDS,
            detail=f"account {amount:f} | {self._day.trading_day.isoformat()} {self._force_from:%H:%M}",
            at=now,
        )
        result.write(self._books, told)
        return result

    def force_close(self, account: AccountState, code: str, quantity: int, now: datetime) -> CounterResult:
        """One forced order for a position, the short side first; what the client's own orders hold is freed."""
        contract = self._day.contracts.get(code)
        if contract is None:
            raise BadInput("contract", code, "one of the day's list")
        sides = (
            (PositionSide.SHORT, Instruction.BUY_CLOSE, ForcedCause.MARGIN),
            (PositionSide.COVERED, Instruction.COVERED_CLOSE, ForcedCause.COVERED),
            (PositionSide.LONG, Instruction.SELL_CLOSE, ForcedCause.MARGIN),
        )
        result = CounterResult()
        for side, instruction, cause in sides:
            position = account.positions[side].get(code)
            if position is not None and position.available > 0:
                wanted = min(quantity or position.available, position.available)
                self._order(account, cause, contract, instruction, wanted, now, result)
                return result
        raise BadInput("position", code, "something to close")

    # ---- delivery

    def _hold_shares(self, now: datetime, result: CounterResult) -> None:
        """At the broker's cut-off keep free shares for calls that were assigned without cover; say what is missing."""
        held = self._books.settlement.state.held
        for account in self._books.accounts.values():
            if not account.deliveries or account.account_id in held:
                continue
            needed: dict[str, int] = {}
            for delivery in account.deliveries:
                assigned_call = delivery.right is Right.CALL and delivery.side is PositionSide.SHORT
                if delivery.delivery_day <= self._day.trading_day and assigned_call:
                    needed[delivery.underlying] = needed.get(delivery.underlying, 0) + delivery.shares
            shares = {u: min(n, max(account.holding(u).free, 0)) for u, n in needed.items()}
            result.write(self._books, SharesHeld(account_id=account.account_id, shares=shares))
            for underlying, wanted in needed.items():
                if shares[underlying] < wanted:
                    told = AccountTold(
                        account_id=account.account_id,
                        kind=InstructionKind.SHARES_IN,
                        underlying=underlying,
                        quantity=wanted - shares[underlying],
                        reason=Reason.SHARES,
                        detail=f"quantity {wanted} shares | {shares[underlying]} shares",
                        at=now,
                    )
                    result.write(self._books, told)

    # ---- forced closing

    def _overdue(self) -> Iterator[AccountState]:
        """Accounts that were called at the last day's end and have not brought everything."""
        cover_calls = self._books.settlement.state.cover_calls
        for account in self._books.accounts.values():
            if account.margin_call > 0 or account.account_id in cover_calls:
                yield account

    def _force(self, account: AccountState, now: datetime, result: CounterResult) -> None:
        working = [self._books.orders[number] for number in account.working]
        if any(not order.ordered for order in working):
            return
        cover = self._books.settlement.state.cover_calls.get(account.account_id, ())
        short_of_cover = [u for u in cover if account.holding(u).short > 0]
        short_of_money = account.margin_call > 0 and available_funds(account, self._books.ledger) < 0
        if not short_of_cover and not short_of_money:
            return
        if working:
            # What the client's own orders hold may be all that is missing
            if self._schedule.accepts_cancels(now):
                result.forward += [CancelOrder(order.order_id, account.participant) for order in working]
            return
        if short_of_cover:
            self._close_covered(account, short_of_cover[0], now, result)
        else:
            self._close_for_margin(account, now, result)

    def _close_covered(self, account: AccountState, underlying: str, now: datetime, result: CounterResult) -> None:
        """Close as many covered calls as free the shares that are missing, the largest units first."""
        found = [
            (contract, position)
            for contract, position in self._closable(account, PositionSide.COVERED)
            if contract.underlying == underlying
        ]
        for contract, position in sorted(found, key=lambda pair: (-pair[0].multiplier, pair[0].code)):
            wanted = contracts_to_close(account.holding(underlying).short, contract.multiplier)
            quantity = min(wanted, position.available)
            self._order(account, ForcedCause.COVERED, contract, Instruction.COVERED_CLOSE, quantity, now, result)
            return

    def _close_for_margin(self, account: AccountState, now: datetime, result: CounterResult) -> None:
        missing = -available_funds(account, self._books.ledger)
        shorts = list(self._closable(account, PositionSide.SHORT))
        if not shorts and account.combinations:
            self._release(account, now, result)
            shorts = list(self._closable(account, PositionSide.SHORT))
        if shorts:
            contract, position = max(shorts, key=lambda pair: (self._margin_each(pair[1]), pair[0].code))
            freed = self._margin_each(position) - self._mark(contract) * contract.multiplier
            wanted = contracts_that_bring(missing, freed) if freed > 0 else position.available
            quantity = min(position.available, max(wanted, 1))
            self._order(account, ForcedCause.MARGIN, contract, Instruction.BUY_CLOSE, quantity, now, result)
            return
        longs = list(self._closable(account, PositionSide.LONG))
        if longs:
            contract, position = max(longs, key=lambda p: (self._mark(p[0]) * p[0].multiplier, p[0].code))
            worth = self._mark(contract) * contract.multiplier
            quantity = min(position.available, max(contracts_that_bring(missing, worth), 1))
            self._order(account, ForcedCause.MARGIN, contract, Instruction.SELL_CLOSE, quantity, now, result)

    def _release(self, account: AccountState, now: datetime, result: CounterResult) -> None:
        """Release the combination that holds most; its naked legs hold today's opening margin until they are closed."""
        number, combination = max(account.combinations.items(), key=lambda pair: (pair[1].margin, pair[0]))
        result.write(self._books, CombinationReleased(account_id=account.account_id, number=number))
        told = AccountTold(
            account_id=account.account_id,
            kind=InstructionKind.RELEASE,
            contract_code=combination.first_code,
            second_code=combination.second_code,
            strategy=combination.strategy,
            combination_id=number,
            quantity=combination.quantity,
            at=now,
        )
        result.write(self._books, told)
        margins = {}
        short_legs = [combination.second_code]
        if combination.strategy.is_short_pair:
            short_legs.append(combination.first_code)
        for contract_code in short_legs:
            position = account.positions[PositionSide.SHORT][contract_code]
            each = self._day.opening_margin(self._day.contracts[contract_code], account.profile)
            margins[contract_code] = position.margin + each * combination.quantity
        result.write(self._books, MarginMarked(account_id=account.account_id, positions=margins))

    def _closable(self, account: AccountState, side: PositionSide) -> Iterator[tuple[Contract, PositionState]]:
        """Positions that can be closed today; what the exchange has refused once is left alone."""
        refused = {
            order.contract_code
            for order in account.orders.values()
            if not order.ordered and order.status is OrderStatus.REJECTED
        }
        for _, contract_code, position in standing(account, (side,)):
            contract = self._day.contracts[contract_code]
            if position.available > 0 and contract_code not in refused and not contract.suspended:
                yield contract, position

    def _order(
        self,
        account: AccountState,
        cause: ForcedCause,
        contract: Contract,
        instruction: Instruction,
        quantity: int,
        now: datetime,
        result: CounterResult,
    ) -> None:
        """Enter a forced order at the limit price: funds and limits are not asked."""
        price = contract.limit_up if instruction.side is Side.BUY else contract.limit_down
        charge = self._day.charge(contract, instruction, price, account.profile)
        count = sum(1 for client_order_id in account.orders if client_order_id.startswith(cause))
        entry = OrderTaken(
            account_id=account.account_id,
            client_order_id=f"{cause}{self._day.trading_day:%y%m%d}{count + 1:04d}",
            order_id=self._books.next_order_id,
            contract_code=contract.code,
            instruction=instruction,
            order_type=OrderType.LIMIT,
            quantity=min(quantity, contract.limit_order_max),
            price=price,
            premium_each=charge.premium_each,
            margin_each=charge.margin_each,
            fee_each=charge.fee_each,
            ordered=False,
            at=now,
        )
        result.write(self._books, entry)
        result.forward.append(new_order(self._books.orders[entry.order_id], account, self._day))

    def _margin_each(self, position: PositionState) -> Decimal:
        return position.margin / (position.quantity - position.combined)

    def _mark(self, contract: Contract) -> Decimal:
        return self._valuation.price(contract.code)


def contracts_that_bring(missing: Decimal, each: Decimal) -> int:
    """How many contracts bring a sum that is missing, each so much: rounded up, as a part of one brings nothing."""
    return math.ceil(missing / each)
