"""What an account owns and owes: positions (持仓), shares (证券), funds (资金). Money in yuan as Decimal."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

ZERO = Decimal(0)


class PositionSide(StrEnum):
    """Long (权利仓), short (义务仓) and covered short (备兑仓) of one contract live side by side in a day."""

    LONG = "long"
    SHORT = "short"
    COVERED = "covered"


@dataclass(frozen=True, slots=True, kw_only=True)
class Position:
    """One side of one contract. `quantity` 张; `average_price` yuan per share; `margin` yuan for the whole.

    `frozen_quantity` is what working close orders hold; `today_quantity` was opened today and still stands.
    """

    contract_code: str
    side: PositionSide
    quantity: int
    frozen_quantity: int = 0
    today_quantity: int = 0
    average_price: Decimal = ZERO
    margin: Decimal = ZERO
    realised: Decimal = ZERO
    """Profit of what was closed today against the average price, before fees, yuan"""

    @property
    def available_quantity(self) -> int:
        """What may still be closed (可平)."""
        return self.quantity - self.frozen_quantity


@dataclass(frozen=True, slots=True, kw_only=True)
class Holding:
    """Shares of an underlying. `locked` (备兑锁定) counts all locked shares, `covering` those that secure positions
    or working covered-open orders."""

    underlying: str
    total: int
    locked: int = 0
    covering: int = 0

    @property
    def free(self) -> int:
        """Shares that may be sold or locked."""
        return self.total - self.locked

    @property
    def unlockable(self) -> int:
        """Locked shares that secure nothing."""
        return self.locked - self.covering


@dataclass(frozen=True, slots=True, kw_only=True)
class Funds:
    """The money of one account (资金), yuan. `balance` is cash in the ledger after premiums and fees."""

    balance: Decimal
    margin: Decimal = ZERO
    """Held for short positions (占用保证金)"""
    frozen_margin: Decimal = ZERO
    frozen_premium: Decimal = ZERO
    frozen_fee: Decimal = ZERO
    premium_paid: Decimal = ZERO
    premium_received: Decimal = ZERO
    fees: Decimal = ZERO
    opening_balance: Decimal = ZERO
    option_value: Decimal = ZERO
    """Long minus short positions at the last price the counter marked"""

    @property
    def frozen(self) -> Decimal:
        """Everything held for working orders (冻结资金)."""
        return self.frozen_margin + self.frozen_premium + self.frozen_fee

    @property
    def available(self) -> Decimal:
        """What a new order may use (可用资金)."""
        return self.balance - self.margin - self.frozen

    @property
    def risk_ratio(self) -> Decimal | None:
        """Margin over cash (风险度); None without cash."""
        return self.margin / self.balance if self.balance > 0 else None
