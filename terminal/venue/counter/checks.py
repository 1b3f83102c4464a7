"""What the counter asks before an order leaves (前端检查): form, rights, position, shares, limits, funds.

Each check is a function from what is there to a `Denial` or None, and every order in work counts as if it would trade
in full. So whatever the exchange does with the orders that passed, no limit and no account is overdrawn.
"""

from decimal import Decimal

from terminal.domain.account_rights import Tier
from terminal.domain.accounts import PositionSide
from terminal.domain.contracts import Contract, Right
from terminal.domain.errors import BadInput, shown
from terminal.domain.messages import SubmitOrder
from terminal.domain.orders import Instruction, PositionEffect, SelfTrade, Side, check_request
from terminal.domain.phases import Phase
from terminal.domain.reasons import Denial, Reason
from terminal.rules import order_entry
from terminal.rules.account_rights import check_rights
from terminal.venue.counter.books import Books
from terminal.venue.counter.charge import Charge
from terminal.venue.counter.day_list import DayList
from terminal.venue.counter.funds import available_funds
from terminal.venue.counter.limit_checks import LimitChecks
from terminal.venue.counter.state import POSITION_SIDE, AccountState, OrderState

# An enum's member is found by a call in Python: as names of the module the hot path has them at once
_CONTINUOUS, _ONE, _PUT = Phase.CONTINUOUS, Tier.ONE, Right.PUT
_BUY_OPEN, _COVERED_OPEN, _CLOSE = Instruction.BUY_OPEN, Instruction.COVERED_OPEN, PositionEffect.CLOSE


def check_form(order: SubmitOrder, contract: Contract) -> Denial | None:
    """The request's own form, then price, size and restrictions of the contract. The phase is left to the exchange."""
    try:
        check_request(order.order_type, order.quantity, order.price)
    except BadInput as error:
        return Denial(Reason.MALFORMED, error.field, shown(error.value, 40), error.rule)
    # In continuous trading every order type is taken: whether it is now, the exchange says
    return order_entry.check_form(order, contract, _CONTINUOUS)


class OrderChecks:
    """Everything that depends on the account; the first rule broken is the answer."""

    def __init__(self, day: DayList, books: Books) -> None:
        self._day = day
        self._books = books
        self._limits = LimitChecks(day, books)
        self._guards = day.profile.orders.self_trade is SelfTrade.REJECT_INCOMING

    def check_order(
        self, account: AccountState, order: SubmitOrder, contract: Contract, charge: Charge
    ) -> Denial | None:
        """An order of its own."""
        denial = self.check_side(
            account, contract, order.instruction, order.quantity, charge, by_program=order.by_program
        )
        if denial is None and self._guards:
            denial = self._check_own_orders(account, order)
        if denial is not None:
            return denial
        return self.check_funds(charge.total(order.quantity), available_funds(account, self._books.ledger))

    def check_side(
        self,
        account: AccountState,
        contract: Contract,
        instruction: Instruction,
        quantity: int,
        charge: Charge,
        *,
        by_program: bool,
    ) -> Denial | None:
        """All but the money: rights, what there is to close or to cover with, limits."""
        rights = account.profile.rights
        if instruction is _BUY_OPEN and contract.right is _PUT and rights.level is _ONE:
            protected = _put_shares(account, self._day, contract) + quantity * contract.multiplier
            holding = account.holdings.get(contract.underlying)
            held = holding.total if holding else 0
        else:
            protected = held = 0
        denial = check_rights(
            rights,
            instruction,
            right=contract.right,
            protected_shares=protected,
            shares_held=held,
            by_program=by_program,
        )
        if denial is not None:
            return denial
        if instruction.position_effect is _CLOSE:
            return _check_position(account, contract, instruction, quantity)
        if account.statement_unconfirmed and self._day.profile.clearing.confirm_statement:
            return Denial(Reason.STATEMENT_UNCONFIRMED, "account")
        if instruction is _COVERED_OPEN:
            denial = _check_cover(account, contract, quantity)
        return denial or self._limits.check(account, contract, instruction, quantity, charge)

    def may_send(self, account: AccountState, order: OrderState) -> bool:
        """Whether the account still has the right to what a working order of it asks for."""
        contract = self._day.contracts[order.contract_code]
        rights = account.profile.rights
        if rights.level is Tier.ONE and order.instruction is Instruction.BUY_OPEN and contract.right is Right.PUT:
            holding = account.holdings.get(contract.underlying)
            shares = _put_shares(account, self._day, contract)
            held = holding.total if holding else 0
            return (
                check_rights(rights, order.instruction, right=contract.right, protected_shares=shares, shares_held=held)
                is None
            )
        return check_rights(rights, order.instruction, right=contract.right) is None

    def check_funds(self, needed: Decimal, available: Decimal) -> Denial | None:
        """Whether the money is there; what needs none is never refused for it."""
        if needed and needed > available:
            return Denial(Reason.FUNDS, "account", f"{needed:f}", f"{available:f}")
        return None

    def _check_own_orders(self, account: AccountState, order: SubmitOrder) -> Denial | None:
        """Whether an own working order stands on the other side at a price that would meet it (自成交)."""
        side = order.instruction.side
        for number in account.working:
            other = self._books.orders[number]
            if other.contract_code != order.contract_code or other.instruction.side is side or other.price is None:
                continue
            if order.price is None or (order.price >= other.price if side is Side.BUY else order.price <= other.price):
                return Denial(Reason.SELF_TRADE, "price", f"{order.price}", f"{other.price:f}")
        return None


def _check_position(
    account: AccountState, contract: Contract, instruction: Instruction, quantity: int
) -> Denial | None:
    position = account.positions[POSITION_SIDE[instruction]].get(contract.code)
    available = position.available if position else 0
    if quantity > available:
        return Denial(Reason.POSITION, "quantity", str(quantity), str(available))
    return None


def _check_cover(account: AccountState, contract: Contract, quantity: int) -> Denial | None:
    holding = account.holdings.get(contract.underlying)
    needed, there = quantity * contract.multiplier, max(holding.unlockable, 0) if holding else 0
    if needed > there:
        return Denial(Reason.COVERED_SHARES, "quantity", f"{needed} shares", f"{there} shares")
    return None


def _put_shares(account: AccountState, day: DayList, contract: Contract) -> int:
    """What the long puts on the contract's underlying stand for, those of working orders counted."""
    shares = 0
    for code, position in account.positions[PositionSide.LONG].items():
        other = day.contracts[code]
        if other.right is Right.PUT and other.underlying == contract.underlying:
            shares += (position.quantity + position.opening) * other.multiplier
    return shares
