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

    # The enum's own hash is a call in Python, and positions are found by their side
    __hash__ = str.__hash__


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
    combined_quantity: int = 0
    """Legs of combinations (组合占用): released first, closed after"""
    exercising_quantity: int = 0
    """Asked to be exercised today (行权冻结), long side only"""
    average_price: Decimal = ZERO
    margin: Decimal = ZERO
    """Of what is in no combination; a combination holds its own"""
    realised: Decimal = ZERO
    """Profit of what was closed today against the average price, before fees, yuan"""

    @property
    def available_quantity(self) -> int:
        """What may still be closed (可平)."""
        return self.quantity - self.frozen_quantity - self.combined_quantity - self.exercising_quantity


@dataclass(frozen=True, slots=True, kw_only=True)
class Holding:
    """Shares of an underlying. `locked` (备兑锁定) counts all locked shares, `covering` those that secure positions
    or working covered-open orders."""

    underlying: str
    total: int
    locked: int = 0
    covering: int = 0
    exercising: int = 0
    """Held for puts that are being exercised, and for assigned covered calls until they are delivered (行权冻结)"""
    disposal: int = 0
    """In the broker's disposal account (待处分), no part of `total`"""
    short: int = 0
    """Shares missing for covered positions after an ex-day (备兑不足), to be locked or closed"""
    bought_today: int = 0
    """Part of `total`: may be locked and exercised, not sold before tomorrow (T+1)"""
    sold_today: int = 0

    @property
    def free(self) -> int:
        """Shares that may be locked."""
        return self.total - self.locked - self.exercising

    @property
    def sellable(self) -> int:
        """Shares that may be sold today (可卖); locks take those bought today first (D)."""
        return max(min(self.free, self.total - self.bought_today), 0)

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
    frozen_exercise: Decimal = ZERO
    """Held for calls that are being exercised, fee included (行权冻结)"""
    frozen_delivery: Decimal = ZERO
    """Held for what is to be paid on the delivery day (交收冻结)"""
    cash_in: Decimal = ZERO
    cash_out: Decimal = ZERO
    """Brought in and taken out today"""
    withdrawable: Decimal = ZERO
    """What may be taken out now (可取资金): premium received today stays"""
    maintenance: Decimal = ZERO
    """What the positions would hold at the newest prices (维持保证金), the broker's rate"""
    margin_call: Decimal = ZERO
    """Asked for after the last settlement and not brought in yet (追保金额)"""

    @property
    def frozen(self) -> Decimal:
        """Everything held for working orders, exercise and delivery (冻结资金)."""
        return self.frozen_margin + self.frozen_premium + self.frozen_fee + self.frozen_exercise + self.frozen_delivery

    @property
    def available(self) -> Decimal:
        """What a new order may use (可用资金)."""
        return self.balance - self.margin - self.frozen

    @property
    def still_called(self) -> Decimal:
        """What of the margin call is missing yet (待追保金额): closing positions meets it as money does."""
        return max(min(self.margin_call, -self.available), ZERO)

    @property
    def risk_ratio(self) -> Decimal | None:
        """Margin over cash (风险度): what is held, or what the newest prices ask if that is more; None without cash."""
        return max(self.margin, self.maintenance) / self.balance if self.balance > 0 else None
