"""What the clearing house leaves behind (清算交收): deliveries, movements of cash, statements; yuan."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from terminal.domain.accounts import ZERO, Funds, Holding, Position, PositionSide
from terminal.domain.contracts import Right


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """One side of an exercise or an assignment, to be settled on `delivery_day` (行权交收), rulebook 6.

    Contracts may have left the list by then, so the terms stand here. `side` is LONG for who exercised, SHORT or
    COVERED for who was assigned (被指派).
    """

    contract_code: str
    underlying: str
    right: Right
    side: PositionSide
    strike: Decimal
    multiplier: int
    quantity: int
    exercise_day: date
    delivery_day: date

    @property
    def receives_shares(self) -> bool:
        """Whether shares come in and money goes out: exercised calls and assigned puts."""
        return (self.right is Right.CALL) is (self.side is PositionSide.LONG)

    @property
    def shares(self) -> int:
        """Shares to move, a positive number."""
        return self.quantity * self.multiplier

    @property
    def amount(self) -> Decimal:
        """Strike times shares, yuan, a positive number."""
        return self.strike * self.shares


class CashKind(StrEnum):
    """Why money moved (资金流水)."""

    OPENING = "opening"
    PREMIUM = "premium"
    FEE = "fee"
    MARGIN = "margin"
    TRANSFER_IN = "transfer_in"
    TRANSFER_OUT = "transfer_out"
    EXERCISE = "exercise"
    """Strike paid or received at delivery (行权交收)"""
    EXERCISE_FEE = "exercise_fee"
    CASH_SETTLEMENT = "cash_settlement"
    """Paid or received where shares were short (现金结算)"""
    DISPOSAL = "disposal"
    SHARES = "shares"
    """Paid or received for shares of an underlying (现货买卖)"""
    DIVIDEND = "dividend"
    """Of shares held on the eve of an ex-day (分红)"""
    INTEREST = "interest"
    """On balances (结息)"""
    PENALTY = "penalty"
    """On overdrafts (罚息)"""


@dataclass(frozen=True, slots=True, kw_only=True)
class CashMovement:
    """One movement of an account's money. `amount` above zero comes in; `balance` is the cash after it."""

    number: int
    at: datetime
    trading_day: date
    kind: CashKind
    amount: Decimal
    balance: Decimal
    cause: str
    """The report or step that tells of it"""
    contract_code: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """What an account is told after a day was settled (结算单)."""

    account_id: str
    trading_day: date
    funds: Funds
    positions: tuple[Position, ...]
    holdings: tuple[Holding, ...]
    deliveries: tuple[Delivery, ...]
    movements: tuple[CashMovement, ...]
    option_value: Decimal
    """Long minus short positions at settlement prices"""
    margin_call: Decimal = ZERO
    """To be brought in before the cut-off of the next trading day (追保金额)"""
