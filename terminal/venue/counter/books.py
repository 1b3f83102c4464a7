"""The counter's state and the only way it changes: `apply` one journal entry, get the report that tells of it.

Nothing is decided here. Live trading and recovery use the same `apply`, so after a restart the state is the one it was.
"""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import msgspec

from terminal.domain.accounts import ZERO
from terminal.domain.contracts import Contract
from terminal.domain.errors import BadInput, IllegalTransition, JournalError
from terminal.domain.instructions import InstructionKind
from terminal.domain.messages import InstructionReport, OrderReport
from terminal.domain.orders import ExecType, OrderStatus
from terminal.domain.reasons import Reason
from terminal.venue.counter import booking, entries
from terminal.venue.counter.entries import JournalEntry
from terminal.venue.counter.instructions import InstructionBooking
from terminal.venue.counter.ledger import Ledger
from terminal.venue.counter.limit_count import MemberCount
from terminal.venue.counter.quote_booking import QuoteBooking
from terminal.venue.counter.settlement.booked import SettlementBooks
from terminal.venue.counter.settlement.state import ClearingState
from terminal.venue.counter.state import AccountState, CombinationState, HoldingState, OrderState, Report

# An enum's member is found by a call in Python: as names of the module the hot path has them at once
_SUBMITTED, _WORKING, _CANCELLED = OrderStatus.SUBMITTED, OrderStatus.WORKING, OrderStatus.CANCELLED
_PARTIALLY_FILLED, _FILLED = OrderStatus.PARTIALLY_FILLED, OrderStatus.FILLED
_ACKNOWLEDGED, _TRADE, _EXEC_CANCELLED = ExecType.ACKNOWLEDGED, ExecType.TRADE, ExecType.CANCELLED


class Picture(msgspec.Struct):
    """All of the state, for one byte form of it."""

    trading_day: date
    next_order_id: int
    next_combination: int
    accounts: dict[str, AccountState]
    member: MemberCount
    ledger: Ledger
    clearing: ClearingState


class Books:
    """Accounts by id, orders by the number the exchange knows them by, and the ledger."""

    def __init__(self, trading_day: date, contracts: Mapping[str, Contract], next_order_id: int) -> None:
        self.trading_day = trading_day
        self.contracts = contracts
        self.next_order_id = next_order_id
        self.accounts: dict[str, AccountState] = {}
        self.participants: dict[int, str] = {}
        """Account by the number the exchange knows it by"""
        self.orders: dict[int, OrderState] = {}
        self.quote_owners: dict[int, AccountState] = {}
        """Who each quote that is not over belongs to, by the quote's number"""
        self.inquirers: dict[int, tuple[AccountState, str]] = {}
        """Account and request id of each inquiry, by its number"""
        self.next_combination = 1
        self.member = MemberCount()
        self.ledger = Ledger()
        self._instructions = InstructionBooking(contracts, self.ledger)
        self._day_text = trading_day.isoformat()
        # `Any`, because each method takes its own kind of entry and the key says which
        self._methods: dict[type, Callable[[Any], Report | None]] = {
            entries.AccountOpened: self._account_opened,
            entries.OrderTaken: self._order_taken,
            entries.OrderDenied: self._order_denied,
            entries.OrderAccepted: self._order_accepted,
            entries.OrderRejected: self._order_rejected,
            entries.OrderTraded: self._order_traded,
            entries.OrderRestated: self._order_restated,
            entries.OrderCancelled: self._order_cancelled,
            entries.CancelDenied: self._cancel_denied,
            entries.Instructed: self._instructed,
            entries.ExternalTraded: self._external_traded,
            entries.ProfileChanged: self._profile_changed,
            entries.CancelTaken: self._cancel_taken,
            **QuoteBooking(self).methods,
        }
        self.settlement = SettlementBooks(trading_day, contracts, self.accounts, self.member, self.ledger)
        self._methods |= self.settlement.methods

    def apply(self, entry: JournalEntry) -> Report | None:
        """Change the state by one entry. Raises IllegalTransition, the state untouched, when it does not fit."""
        return self._methods[type(entry)](entry)

    def account(self, account_id: str) -> AccountState:
        """One account. Raises BadInput for one that was not opened."""
        account = self.accounts.get(account_id)
        if account is None:
            raise BadInput("account", account_id, "one that was opened")
        return account

    def picture(self) -> bytes:
        """The whole state as bytes; equal states have equal bytes."""
        return msgspec.msgpack.encode(
            Picture(
                self.trading_day,
                self.next_order_id,
                self.next_combination,
                self.accounts,
                self.member,
                self.ledger,
                self.settlement.state,
            )
        )

    # ---- accounts

    def _account_opened(self, entry: entries.AccountOpened) -> None:
        if entry.trading_day != self.trading_day:
            raise JournalError(f"an opening of {entry.trading_day} in the books of {self.trading_day}")
        if entry.account_id in self.accounts:
            raise IllegalTransition(f"account {entry.account_id} is open already")
        account = AccountState(
            entry.account_id,
            entry.participant,
            opening_balance=entry.cash,
            profile=entry.profile,
            record=entry.record,
            own_limits=entry.own_limits,
            purchase_limit=entry.purchase_limit,
            frozen_delivery=entry.frozen_delivery,
            margin_call=entry.margin_call,
            statement_unconfirmed=entry.statement_unconfirmed,
            deliveries=list(entry.deliveries),
        )
        self.accounts[entry.account_id] = account
        self.participants[entry.participant] = entry.account_id
        for holding in entry.holdings:
            account.holdings[holding.underlying] = HoldingState(
                holding.total, holding.locked, exercising=holding.exercising, disposal=holding.disposal
            )
        margin = ZERO
        for position in entry.positions:
            contract = self.contracts[position.contract_code]
            booking.open_position(
                account,
                self.member,
                contract,
                position.side,
                position.quantity,
                position.average_price,
                position.margin,
            )
            account.position(position.side, position.contract_code).combined = position.combined_quantity
            margin += position.margin
        for combination in entry.combinations:
            account.combinations[combination.number] = CombinationState.of(combination)
            margin += combination.margin
        booking.deposit(account, self.ledger, entry.cash, margin)

    def _profile_changed(self, entry: entries.ProfileChanged) -> None:
        account = self.accounts[entry.account_id]
        account.profile, account.record = entry.profile, entry.record
        account.own_limits, account.purchase_limit = entry.own_limits, entry.purchase_limit

    def _instructed(self, entry: entries.Instructed) -> Report:
        account = self.accounts[entry.account_id]
        if entry.reason is None:
            self._instructions.carry_out(account, entry, self.report_id(account))
            if entry.kind is InstructionKind.COMBINE:
                self.next_combination += 1
        report = InstructionReport(
            sequence=len(account.reports) + 1,
            instruction_id=entry.instruction_id,
            kind=entry.kind,
            underlying=entry.underlying,
            contract_code=entry.contract_code,
            second_code=entry.second_code,
            strategy=entry.strategy,
            combination_id=entry.combination_id,
            quantity=entry.quantity,
            amount=entry.amount,
            price=entry.price,
            fee=entry.fee,
            reason=entry.reason,
            reason_detail=entry.detail,
            asked=entry.asked,
            at=entry.at,
            trading_day=self.trading_day,
        )
        account.reports.append(report)
        account.instructions[entry.instruction_id] = report.sequence
        return report

    # ---- orders

    def _order_taken(self, entry: entries.OrderTaken) -> None:
        account = self.accounts[entry.account_id]
        order = OrderState(
            entry.account_id,
            entry.client_order_id,
            entry.order_id,
            entry.contract_code,
            entry.instruction,
            entry.order_type,
            entry.quantity,
            entry.price,
            leaves=entry.quantity,
            premium_each=entry.premium_each,
            margin_each=entry.margin_each,
            fee_each=entry.fee_each,
            ordered=entry.ordered,
        )
        self.enter(account, order)
        self.orders[order.order_id] = order
        account.working[order.order_id] = order.client_order_id
        self.next_order_id = order.order_id + 1
        booking.freeze(account, self.member, order, self.contracts[order.contract_code], order.quantity)

    def _order_denied(self, entry: entries.OrderDenied) -> Report:
        account = self.accounts[entry.account_id]
        order = OrderState(
            entry.account_id,
            entry.client_order_id,
            0,
            entry.contract_code,
            entry.instruction,
            entry.order_type,
            entry.quantity,
            entry.price,
            leaves=0,
            status=OrderStatus.REJECTED,
        )
        self.enter(account, order)
        return self.tell_order(account, order, ExecType.REJECTED, entry.at, reason=entry.reason, detail=entry.detail)

    def _order_accepted(self, entry: entries.OrderAccepted) -> Report:
        order, account = self._live(entry.order_id)
        if order.status is not _SUBMITTED:
            raise IllegalTransition(f"order {order.order_id}: accepted while {order.status}")
        order.status = _WORKING
        return self.tell_order(account, order, _ACKNOWLEDGED, entry.at)

    def _order_rejected(self, entry: entries.OrderRejected) -> Report:
        order, account = self._live(entry.order_id)
        if order.status is not _SUBMITTED:
            raise IllegalTransition(f"order {order.order_id}: refused while {order.status}")
        self.end(account, order, OrderStatus.REJECTED)
        return self.tell_order(account, order, ExecType.REJECTED, entry.at, reason=entry.reason, detail=entry.detail)

    def _order_traded(self, entry: entries.OrderTraded) -> Report:
        order, account = self._live(entry.order_id)
        if entry.quantity > order.leaves:
            raise IllegalTransition(f"order {order.order_id}: {entry.quantity} traded of {order.leaves} left")
        contract = self.contracts[order.contract_code]
        booking.freeze(account, self.member, order, contract, -entry.quantity)
        order.leaves -= entry.quantity
        order.filled += entry.quantity
        order.status = _PARTIALLY_FILLED
        order.trades.append(entry.trade_id)
        if not order.leaves:
            self.end(account, order, _FILLED)
        return self._book(account, order, contract, entry, order.margin_each)

    def _order_restated(self, entry: entries.OrderRestated) -> Report:
        order, account = self._live(entry.order_id)
        contract = self.contracts[order.contract_code]
        booking.freeze(account, self.member, order, contract, -order.leaves)
        order.price, order.premium_each = entry.price, entry.premium_each
        booking.freeze(account, self.member, order, contract, order.leaves)
        return self.tell_order(account, order, ExecType.RESTATED, entry.at)

    def _order_cancelled(self, entry: entries.OrderCancelled) -> Report:
        order, account = self._live(entry.order_id)
        self.end(account, order, _CANCELLED)
        return self.tell_order(account, order, _EXEC_CANCELLED, entry.at, reason=entry.reason)

    def _cancel_taken(self, entry: entries.CancelTaken) -> None:
        order, _ = self._live(entry.order_id)
        order.cancelling = True

    def _cancel_denied(self, entry: entries.CancelDenied) -> Report:
        account = self.accounts[entry.account_id]
        order = account.orders[entry.client_order_id]
        if entry.reason is not Reason.DUPLICATE_CANCEL:
            order.cancelling = False
        return self.tell_order(account, order, ExecType.CANCEL_REJECTED, entry.at, reason=entry.reason)

    def _external_traded(self, entry: entries.ExternalTraded) -> Report:
        account = self.accounts[entry.account_id]
        order = OrderState(
            entry.account_id,
            entry.execution_id,
            0,
            entry.contract_code,
            entry.instruction,
            entry.order_type,
            entry.quantity,
            entry.price,
            leaves=0,
            status=OrderStatus.FILLED,
            filled=entry.quantity,
            ordered=False,
        )
        self.enter(account, order)
        return self._book(account, order, self.contracts[entry.contract_code], entry, entry.margin_each)

    # ---- for all that book

    def _live(self, order_id: int) -> tuple[OrderState, AccountState]:
        order = self.orders.get(order_id)
        if order is None or order.status.is_final:
            raise IllegalTransition(f"order {order_id} is {order.status if order else 'unknown'}, nothing can follow")
        return order, self.accounts[order.account_id]

    def enter(self, account: AccountState, order: OrderState) -> None:
        if order.client_order_id in account.orders:
            raise IllegalTransition(f"order {order.client_order_id} of {account.account_id} is there already")
        account.orders[order.client_order_id] = order

    def end(self, account: AccountState, order: OrderState, status: OrderStatus) -> None:
        """Nothing is left of an order: release what is still frozen for it."""
        if order.leaves:
            booking.freeze(account, self.member, order, self.contracts[order.contract_code], -order.leaves)
            order.leaves = 0
        order.status, order.cancelling = status, False
        account.working.pop(order.order_id, None)

    def _book(
        self,
        account: AccountState,
        order: OrderState,
        contract: Contract,
        entry: entries.OrderTraded | entries.ExternalTraded,
        margin_each: Decimal,
    ) -> Report:
        """Book the money and the position of an execution and tell it."""
        booking.book_trade(
            account,
            self.ledger,
            self.member,
            contract,
            order.instruction,
            price=entry.price,
            quantity=entry.quantity,
            premium=entry.premium,
            fee=entry.fee,
            margin_each=margin_each,
            cause=self.report_id(account),
        )
        return self.tell_order(
            account,
            order,
            _TRADE,
            entry.at,
            last_price=entry.price,
            last_quantity=entry.quantity,
            fee=entry.fee,
        )

    def report_id(self, account: AccountState) -> str:
        """The id the account's next report gets."""
        return f"{self._day_text}-{account.account_id}-{len(account.reports) + 1}"

    def tell_order(
        self,
        account: AccountState,
        order: OrderState,
        exec_type: ExecType,
        at: datetime,
        *,
        last_price: Decimal | None = None,
        last_quantity: int = 0,
        fee: Decimal = ZERO,
        reason: Reason | None = None,
        detail: str = "",
    ) -> OrderReport:
        report = OrderReport(
            sequence=len(account.reports) + 1,
            report_id=self.report_id(account),
            account_id=account.account_id,
            client_order_id=order.client_order_id,
            exchange_order_id=order.exchange_order_id,
            exec_type=exec_type,
            contract_code=order.contract_code,
            instruction=order.instruction,
            order_type=order.order_type,
            quantity=order.quantity,
            price=order.price,
            filled_quantity=order.filled,
            last_price=last_price,
            last_quantity=last_quantity,
            fee=fee,
            reason=reason,
            reason_detail=detail,
            ordered=order.ordered,
            at=at,
            trading_day=self.trading_day,
        )
        account.reports.append(report)
        order.last_sequence = report.sequence
        return report
