"""The desk's own checks before an order leaves (事前检查): form, funds, positions, value. A snapshot's verdict.

The counter checks again and has the last word; a check here only saves the way there and names the field at once.
"""

from dataclasses import dataclass
from decimal import Decimal

from terminal.domain.accounts import PositionSide
from terminal.domain.contracts import Contract
from terminal.domain.orders import Instruction, OrderRequest, PositionEffect
from terminal.domain.reasons import Denial, Reason
from terminal.rules.order_entry import check_all
from terminal.rules.preview import OrderCost, preview
from terminal.rules.profile import Profile
from terminal.services.market_data import MarketData
from terminal.services.portfolio import Portfolio, position_side


@dataclass(frozen=True, slots=True)
class DeskLimits:
    """What one order of this desk may be at most; a limit that is missing, zero or no number allows nothing (F45)."""

    order_value: Decimal | None
    """Premium of one order, yuan"""


class OrderChecks:
    """Looks at a request with everything the desk knows now."""

    def __init__(self, profile: Profile, market: MarketData, portfolio: Portfolio, limits: DeskLimits) -> None:
        self._profile = profile
        self._market = market
        self._portfolio = portfolio
        self.limits = limits

    def cost(self, request: OrderRequest) -> OrderCost | None:
        """What the order would cost or free; None for a contract that is not listed."""
        contract = self._market.contract(request.contract_code)
        return None if contract is None else preview(request, contract, self._profile)

    def failures(self, request: OrderRequest) -> list[Denial]:
        """Every check that fails, the most telling first; empty when the order may leave."""
        contract = self._market.contract(request.contract_code)
        if contract is None:
            return [Denial(Reason.UNKNOWN_CONTRACT, "contract", request.contract_code)]
        found = list(check_all(request, contract, self._market.phase_of(contract.code)))
        cost = preview(request, contract, self._profile)
        for check in (self._check_value, self._check_funds, self._check_position):
            denial = check(request, contract, cost)
            if denial is not None:
                found.append(denial)
        return found

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

    def closable(self, contract_code: str, side: PositionSide) -> int:
        """Contracts of one side that a close order may still use."""
        position = self._portfolio.position(contract_code, side)
        return position.available_quantity if position else 0
