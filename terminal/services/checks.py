"""The desk's own checks before an order leaves (事前检查): form, rights, limits, funds, positions, value.

A snapshot's verdict. The counter checks again and has the last word; a check here only saves the way there and names
the field at once.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from terminal.domain.account_rights import AccountKind
from terminal.domain.accounts import PositionSide
from terminal.domain.contracts import Contract, Right
from terminal.domain.orders import Instruction, Order, OrderRequest, PositionEffect
from terminal.domain.reasons import Denial, Reason
from terminal.rules.account_rights import check_rights
from terminal.rules.limits import check_order_amount, check_purchase, limit_failures, limits_of
from terminal.rules.order_entry import check_all
from terminal.rules.order_warnings import Warned
from terminal.rules.preview import OrderCost, preview
from terminal.rules.profile import UNLIMITED, Limit, PositionLimits, Profile
from terminal.services.account_counts import position_counts, protected_shares, purchase_used
from terminal.services.client_terms import ClientTerms
from terminal.services.market_data import MarketData
from terminal.services.portfolio import Portfolio, position_side

_LIMIT_NAMES = {
    "right_side": Reason.LIMIT_RIGHT_SIDE,
    "total": Reason.LIMIT_TOTAL,
    "daily_buy_open": Reason.LIMIT_BUY_OPEN,
    "daily_open": Reason.LIMIT_OPEN,
    "direction": Reason.LIMIT_DIRECTION,
    "all_products": Reason.LIMIT_ALL_PRODUCTS,
}


@dataclass(frozen=True, slots=True)
class DeskLimits:
    """What one order of this desk may be at most; a limit that is missing, zero or no number allows nothing (F45)."""

    order_value: Decimal | None
    """Premium of one order, yuan"""


class OrderChecks:
    """Looks at a request with everything the desk knows now."""

    def __init__(
        self, profile: Profile, market: MarketData, portfolio: Portfolio, limits: DeskLimits, terms: ClientTerms
    ) -> None:
        self._profile = profile
        self._market = market
        self._portfolio = portfolio
        self.limits = limits
        self.terms = terms
        self.working: Callable[[], Iterable[Order]] = tuple
        """Orders in work; the order service knows them"""
        self.gate: Callable[[OrderRequest], Denial | None] = _open
        """What the desk's own gate would say, so that a ticket shows it before it is pressed"""
        self.warnings: Callable[[OrderRequest], tuple[Warned, ...]] = _unwarned
        """What the gate wants acknowledged before an order leaves"""

    def cost(self, request: OrderRequest) -> OrderCost | None:
        """What the order would cost or free; None for a contract that is not listed."""
        contract = self._market.contract(request.contract_code)
        return None if contract is None else self._cost(request, contract)

    def failures(self, request: OrderRequest, *, judged: bool = False) -> list[Denial]:
        """Every check that fails, the most telling first; empty when the order may leave.

        `judged`: the gate has passed it already, as a side of a quote.
        """
        contract = self._market.contract(request.contract_code)
        if contract is None:
            return [Denial(Reason.UNKNOWN_CONTRACT, "contract", request.contract_code)]
        found = list(check_all(request, contract, self._market.phase_of(contract.code)))
        cost = self._cost(request, contract)
        for check in (self._check_rights, self._check_value, self._check_funds, self._check_position):
            denial = check(request, contract, cost)
            if denial is not None:
                found.append(denial)
        found += self._check_limits(request, contract, cost)
        if not found and not judged and (denial := self.gate(request)) is not None:
            found.append(denial)
        return found

    def forbidden(self, instruction: Instruction, right: Right = Right.PUT) -> Denial | None:
        """Why the account may not give an instruction at all, whatever the contract and the size; None if it may.

        A put of no shares is the least that level one may buy.
        """
        return check_rights(self._portfolio.profile.rights, instruction, right=right)

    def closable(self, contract_code: str, side: PositionSide) -> int:
        """Contracts of one side that a close order may still use."""
        position = self._portfolio.position(contract_code, side)
        return position.available_quantity if position else 0

    # ---- inside

    def _cost(self, request: OrderRequest, contract: Contract) -> OrderCost:
        return preview(
            request,
            contract,
            self._profile,
            group=self.terms.group,
            days_to_expiry=self.terms.days_left(contract),
        )

    def _check_rights(self, request: OrderRequest, contract: Contract, cost: OrderCost) -> Denial | None:
        underlying, protected = contract.underlying, 0
        if request.instruction is Instruction.BUY_OPEN and contract.right is Right.PUT:
            protected = protected_shares(self._portfolio, self.working(), self._market, underlying)
            protected += request.quantity * contract.multiplier
        holding = self._portfolio.holdings.get(underlying)
        return check_rights(
            self._portfolio.profile.rights,
            request.instruction,
            right=contract.right,
            protected_shares=protected,
            shares_held=holding.total if holding is not None else 0,
        )

    def _check_limits(self, request: OrderRequest, contract: Contract, cost: OrderCost) -> Iterator[Denial]:
        if request.instruction.position_effect is PositionEffect.CLOSE:
            return
        working = list(self.working())
        kind = self._portfolio.profile.rights.kind
        limits = self._position_limits(contract.underlying)
        if limits is not None:
            counts = position_counts(self._portfolio, working, self._market, contract.underlying)
            yield from limit_failures(counts, limits, request.instruction, contract.right, request.quantity)
        if request.instruction is not Instruction.BUY_OPEN:
            return
        told = self._portfolio.limits_told
        purchase = told.get((Reason.LIMIT_PURCHASE, ""))
        if kind is AccountKind.INDIVIDUAL and purchase is not None:
            used = purchase_used(self._portfolio, working, self._market)
            denial = check_purchase(kind, purchase.allowed, used, cost.premium)
            if denial is not None:
                yield denial
        if kind.is_market_maker and (over := check_order_amount(self._profile.limits.maker_order_amount, cost.premium)):
            yield over

    def _position_limits(self, underlying: str) -> PositionLimits | None:
        """The limits the counter told; those of the class until it has. None for an individual of unknown level."""
        kind, told = self._portfolio.profile.rights.kind, self._portfolio.limits_told
        known: dict[str, Limit] = {}
        for name, reason in _LIMIT_NAMES.items():
            use = told.get((reason, underlying)) or told.get((reason, ""))
            if use is not None:
                known[name] = UNLIMITED if use.allowed is None else int(use.allowed)
        if known:
            rest: dict[str, Limit] = {name: UNLIMITED for name in _LIMIT_NAMES if name not in known}
            return PositionLimits(**known, **rest)
        return None if kind is AccountKind.INDIVIDUAL else limits_of(self._profile.limits, kind)

    def _check_value(self, request: OrderRequest, contract: Contract, cost: OrderCost) -> Denial | None:
        limit = self.limits.order_value
        if limit is None or not limit.is_finite() or limit <= 0:
            return Denial(Reason.ORDER_VALUE, "quantity", f"{cost.premium:,.2f}", "0.00")
        if cost.premium > limit:
            return Denial(Reason.ORDER_VALUE, "quantity", f"{cost.premium:,.2f}", f"{limit:,.2f}")
        return None

    def _check_funds(self, request: OrderRequest, contract: Contract, cost: OrderCost) -> Denial | None:
        funds = self._portfolio.funds
        if funds is None:
            return None
        # What freezes nothing is let through however the account stands: closing is the way out
        if cost.frozen > 0 and cost.frozen > funds.available:
            return Denial(Reason.FUNDS, "quantity", f"{cost.frozen:,.2f}", f"{funds.available:,.2f}")
        return None

    def _check_position(self, request: OrderRequest, contract: Contract, cost: OrderCost) -> Denial | None:
        if request.instruction is Instruction.COVERED_OPEN:
            holding = self._portfolio.holdings.get(contract.underlying)
            needed, has = request.quantity * contract.multiplier, holding.unlockable if holding else 0
            if needed > has:
                return Denial(Reason.COVERED_SHARES, "quantity", f"{needed:,}", f"{has:,}")
        elif request.instruction.position_effect is PositionEffect.CLOSE:
            available = self.closable(contract.code, position_side(request.instruction))
            if request.quantity > available:
                return Denial(Reason.POSITION, "quantity", str(request.quantity), str(available))
        return None


def _unwarned(request: OrderRequest) -> tuple[Warned, ...]:
    """No gate that warns."""
    return ()


def _open(request: OrderRequest) -> Denial | None:
    """No gate: a desk without one."""
    return None
