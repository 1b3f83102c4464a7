"""Applies the entries of the day's end to the counter's books: the only way they change (see `books.Books.apply`)."""

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from terminal.domain.accounts import PositionSide
from terminal.domain.contracts import Contract, Right
from terminal.domain.errors import IllegalTransition, JournalError
from terminal.domain.messages import InstructionReport
from terminal.domain.orders import Instruction, PositionEffect, Side
from terminal.domain.settlement import CashKind
from terminal.venue.counter.booking import count_position
from terminal.venue.counter.ledger import (
    BANK,
    CASH_SETTLEMENT,
    DIVIDENDS,
    EXERCISE_CLEARING,
    EXERCISE_FEES,
    FEES,
    INTEREST,
    PENALTIES,
    PREMIUM_CLEARING,
    Ledger,
)
from terminal.venue.counter.limit_count import MemberCount
from terminal.venue.counter.settlement import entries
from terminal.venue.counter.settlement.positions import change_margin, move_cash, move_margin, take_out
from terminal.venue.counter.settlement.state import ClearingState
from terminal.venue.counter.state import AccountState

#: The ledger account that stands against a client's, by cause
CONTRA = {
    CashKind.FEE: FEES,
    CashKind.EXERCISE_FEE: EXERCISE_FEES,
    CashKind.INTEREST: INTEREST,
    CashKind.PENALTY: PENALTIES,
    CashKind.DIVIDEND: DIVIDENDS,
}


class SettlementBooks:
    """The settlement's side of the books, over the accounts and the ledger that the counter's side holds."""

    def __init__(
        self,
        trading_day: date,
        contracts: Mapping[str, Contract],
        accounts: dict[str, AccountState],
        member: MemberCount,
        ledger: Ledger,
    ) -> None:
        self.state = ClearingState()
        self._trading_day = trading_day
        self._contracts = contracts
        self._accounts = accounts
        self._member = member
        self._ledger = ledger
        # `Any`, because each method takes its own kind of entry and the key says which
        self.methods: dict[type, Callable[[Any], InstructionReport | None]] = {
            entries.ClearingOpened: self._clearing_opened,
            entries.SharesHeld: self._shares_held,
            entries.SettlementBegan: self._began,
            entries.StepDone: self._step_done,
            entries.AccountTold: self._told,
            entries.Netted: self._netted,
            entries.SharesLocked: self._shares_locked,
            entries.Delivered: self._delivered,
            entries.DeliveriesEnded: self._deliveries_ended,
            entries.MarketDelivered: self._market_delivered,
            entries.ExercisesJudged: self._exercises_judged,
            entries.ContractAssigned: self._contract_assigned,
            entries.CombinationReleased: self._combination_released,
            entries.Expired: self._expired,
            entries.MarginMarked: self._margin_marked,
            entries.MoneyBooked: self._money_booked,
            entries.ClearingSettled: self._clearing_settled,
            entries.MarginCalled: self._margin_called,
            entries.TomorrowSet: self._tomorrow_set,
            entries.StatementMade: self._statement_made,
            entries.TradeReversed: self._trade_reversed,
        }

    # ---- the frame

    def _clearing_opened(self, entry: entries.ClearingOpened) -> None:
        if entry.trading_day != self._trading_day:
            raise JournalError(f"an opening of {entry.trading_day} in the books of {self._trading_day}")
        self.state.market_deliveries = list(entry.deliveries)
        self.state.cover_calls = dict(entry.cover_calls)
        self.state.opening_reserve = entry.reserve

    def _shares_held(self, entry: entries.SharesHeld) -> None:
        account = self._accounts[entry.account_id]
        for underlying, shares in entry.shares.items():
            account.holding(underlying).exercising += shares
        self.state.held.append(entry.account_id)

    def _began(self, entry: entries.SettlementBegan) -> None:
        if self.state.inputs is not None:
            raise IllegalTransition(f"the settlement of {self._trading_day} has begun already")
        if entry.inputs.trading_day != self._trading_day:
            raise JournalError(f"a settlement of {entry.inputs.trading_day} in the books of {self._trading_day}")
        self.state.inputs, self.state.began_at = entry.inputs, entry.at

    def _step_done(self, entry: entries.StepDone) -> None:
        if entry.step is not self.state.next_step:
            raise IllegalTransition(f"step {entry.step} is done while {self.state.next_step} is due")
        self.state.done.append(entry.step)

    def _told(self, entry: entries.AccountTold) -> InstructionReport:
        account = self._accounts[entry.account_id]
        sequence = len(account.reports) + 1
        report = InstructionReport(
            sequence=sequence,
            instruction_id=f"venue-{sequence}",
            kind=entry.kind,
            underlying=entry.underlying,
            contract_code=entry.contract_code,
            second_code=entry.second_code,
            strategy=entry.strategy,
            combination_id=entry.combination_id,
            quantity=entry.quantity,
            amount=entry.amount,
            reason=entry.reason,
            reason_detail=entry.detail,
            asked=False,
            at=entry.at,
            trading_day=self._trading_day,
        )
        account.reports.append(report)
        return report

    # ---- positions and shares

    def _netted(self, entry: entries.Netted) -> None:
        account = self._accounts[entry.account_id]
        for row in entry.rows:
            contract = self._contracts[row.contract_code]
            price, cause = self._price(row.contract_code), f"netting/{row.contract_code}"
            quantity = row.short + row.covered
            take_out(account, self._member, self._ledger, contract, PositionSide.LONG, quantity, price, cause)
            take_out(account, self._member, self._ledger, contract, PositionSide.SHORT, row.short, price, cause)
            take_out(account, self._member, self._ledger, contract, PositionSide.COVERED, row.covered, price, cause)
            self.state.netted[row.contract_code] = self.state.netted.get(row.contract_code, 0) + quantity

    def _shares_locked(self, entry: entries.SharesLocked) -> None:
        self._accounts[entry.account_id].holding(entry.underlying).locked = entry.locked

    def _delivered(self, entry: entries.Delivered) -> None:
        account, delivery = self._accounts[entry.account_id], entry.delivery
        holding, state = account.holding(delivery.underlying), self.state
        code = delivery.contract_code
        move_cash(account, self._ledger, EXERCISE_CLEARING, entry.strike_money, f"delivery/{code}")
        move_cash(account, self._ledger, CASH_SETTLEMENT, entry.cash_settlement, f"delivery/{code}")
        holding.exercising -= entry.from_frozen
        holding.locked -= entry.from_locked
        given = entry.from_frozen + entry.from_free + entry.from_locked
        taken = entry.shares_in + entry.shares_disposal
        holding.total += entry.shares_in - given
        holding.disposal += entry.shares_disposal
        state.shares[delivery.underlying] = state.shares.get(delivery.underlying, 0) + given - taken
        state.share_moves[delivery.underlying] = state.share_moves.get(delivery.underlying, 0) + taken - given
        if entry.cash_short:
            short = state.cash_short.get(entry.account_id, Decimal(0))
            state.cash_short[entry.account_id] = short + entry.cash_short

    def _deliveries_ended(self, entry: entries.DeliveriesEnded) -> None:
        account = self._accounts[entry.account_id]
        account.deliveries = []
        account.frozen_delivery = Decimal(0)
        for holding in account.holdings.values():
            holding.exercising = 0

    def _market_delivered(self, entry: entries.MarketDelivered) -> None:
        self.state.shares[entry.underlying] = self.state.shares.get(entry.underlying, 0) + entry.shares
        if entry.cash > 0:
            self._ledger.post(BANK, EXERCISE_CLEARING, entry.cash, f"market delivery/{entry.contract_code}")
        else:
            self._ledger.post(EXERCISE_CLEARING, BANK, -entry.cash, f"market delivery/{entry.contract_code}")

    def _exercises_judged(self, entry: entries.ExercisesJudged) -> None:
        account = self._accounts[entry.account_id]
        self.state.exercised[entry.account_id] = dict(entry.valid)
        account.exercises, account.merged_exercises = {}, {}
        account.frozen_exercise = Decimal(0)
        for contract_code, position in account.positions[PositionSide.LONG].items():
            position.exercising = entry.valid.get(contract_code, 0)
        for underlying, holding in account.holdings.items():
            holding.exercising = entry.frozen_shares.get(underlying, 0)

    def _contract_assigned(self, entry: entries.ContractAssigned) -> None:
        state = self.state
        state.market_exercised[entry.contract_code] = entry.market_exercised
        state.market_assigned[entry.contract_code] = entry.market_assigned
        for account_id, short, covered in entry.rows:
            state.assigned.setdefault(account_id, {})[entry.contract_code] = (short, covered)

    def _combination_released(self, entry: entries.CombinationReleased) -> None:
        account = self._accounts[entry.account_id]
        combination = account.combinations.pop(entry.number)
        sides = (PositionSide.SHORT, PositionSide.SHORT)
        if not combination.strategy.is_short_pair:
            sides = (PositionSide.LONG, PositionSide.SHORT)
        codes = combination.first_code, combination.second_code
        for contract_code, side in zip(codes, sides, strict=True):
            account.positions[side][contract_code].combined -= combination.quantity
        move_margin(account, self._ledger, -combination.margin, f"release/{entry.number}")

    def _expired(self, entry: entries.Expired) -> None:
        account = self._accounts[entry.account_id]
        settled = {(d.contract_code, d.side): d.quantity for d in entry.deliveries}
        for contract_code in entry.codes:
            contract = self._contracts[contract_code]
            price = self._inside(contract)
            for side in PositionSide:
                position = account.positions[side].get(contract_code)
                if position is None or not position.quantity:
                    continue
                position.exercising = 0
                # What is exercised is worth its distance from the strike, below zero too: one leg of a pair often is.
                # What lapses is worth nothing
                exercised = settled.get((contract_code, side), 0)
                cause = f"expiry/{contract_code}"
                lapsed = position.quantity - exercised
                take_out(account, self._member, self._ledger, contract, side, exercised, price, cause)
                take_out(account, self._member, self._ledger, contract, side, lapsed, Decimal(0), cause)
        account.deliveries = [*account.deliveries, *entry.deliveries]
        account.frozen_delivery = entry.frozen_delivery
        for underlying, shares in entry.frozen_shares.items():
            account.holding(underlying).exercising = shares
        for underlying, shares in entry.unlocked.items():
            account.holding(underlying).locked -= shares

    # ---- money

    def _margin_marked(self, entry: entries.MarginMarked) -> None:
        account = self._accounts[entry.account_id]
        for contract_code, margin in entry.positions.items():
            position = account.positions[PositionSide.SHORT][contract_code]
            change_margin(account, self._ledger, position, margin - position.margin, f"margin/{contract_code}")
        for number, margin in entry.combinations.items():
            combination = account.combinations[number]
            move_margin(account, self._ledger, margin - combination.margin, f"margin/{number}")
            combination.margin = margin

    def _money_booked(self, entry: entries.MoneyBooked) -> None:
        account = self._accounts[entry.account_id]
        move_cash(account, self._ledger, CONTRA[entry.kind], entry.amount, f"{entry.kind}/{entry.contract_code}")
        if entry.kind is CashKind.EXERCISE_FEE:
            account.fees -= entry.amount

    def _clearing_settled(self, entry: entries.ClearingSettled) -> None:
        if entry.amount > 0:
            self._ledger.post(BANK, entry.clearing, entry.amount, "clearing")
        else:
            self._ledger.post(entry.clearing, BANK, -entry.amount, "clearing")

    def _margin_called(self, entry: entries.MarginCalled) -> None:
        self._accounts[entry.account_id].margin_call = entry.amount

    def _tomorrow_set(self, entry: entries.TomorrowSet) -> None:
        self.state.open_interest = dict(entry.open_interest)
        self.state.restricted = entry.restricted
        self.state.reserve = entry.reserve

    def _statement_made(self, entry: entries.StatementMade) -> None:
        self.state.statements[entry.statement.account_id] = entry.statement

    # ---- voided trades

    def _trade_reversed(self, entry: entries.TradeReversed) -> None:
        account, cause = self._accounts[entry.account_id], f"reversal/{entry.execution_id}"
        buys = entry.instruction.side is Side.BUY
        move_cash(account, self._ledger, PREMIUM_CLEARING, entry.premium if buys else -entry.premium, cause)
        move_cash(account, self._ledger, FEES, entry.fee, cause)
        account.fees -= entry.fee
        if buys:
            account.premium_paid -= entry.premium
        else:
            account.premium_received -= entry.premium
        self.state.reversals.append(f"{entry.account_id}/{entry.execution_id}")
        contract = self._contracts.get(entry.contract_code)
        if contract is None:
            # It has expired since: only the money is left of it
            return
        if entry.instruction.position_effect is PositionEffect.OPEN:
            take_out(account, self._member, self._ledger, contract, entry.side, entry.quantity, entry.price, cause)
            return
        position = account.position(entry.side, entry.contract_code)
        worth = position.average_price * position.quantity + entry.price * entry.quantity
        position.quantity += entry.quantity
        position.average_price = worth / position.quantity
        position.cost += entry.premium
        change_margin(account, self._ledger, position, entry.margin, cause)
        if entry.instruction is Instruction.COVERED_CLOSE:
            account.holding(contract.underlying).covering += entry.quantity * contract.multiplier
        if entry.side is PositionSide.LONG:
            account.purchases_held += entry.premium
        count_position(account, self._member, contract, entry.side, entry.quantity)

    def _inside(self, contract: Contract) -> Decimal:
        """How far a contract ends in the money, yuan a share; below zero out of it."""
        assert self.state.inputs is not None
        close = self.state.inputs.closes[contract.underlying]
        return close - contract.strike if contract.right is Right.CALL else contract.strike - close

    def _price(self, contract_code: str) -> Decimal:
        assert self.state.inputs is not None
        return self.state.inputs.prices[contract_code]
