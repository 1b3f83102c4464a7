"""What the day's end writes down. An entry carries what was decided; applying it decides nothing.

`SettlementBegan` holds everything that comes from outside the counter's books, so that a run that was cut off and one
that was not decide alike (F53). The entries of a step and its `StepDone` are one transaction.
"""

from datetime import date, datetime
from decimal import Decimal

import msgspec

from terminal.domain.accounts import ZERO, PositionSide
from terminal.domain.combinations import CombinationStrategy
from terminal.domain.instructions import InstructionKind
from terminal.domain.orders import Instruction
from terminal.domain.reasons import Reason
from terminal.domain.settlement import CashKind, Delivery, Statement
from terminal.venue.counter.settlement.steps import Step


class Inputs(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, gc=False):
    """What the market gives to the day's end; prices in yuan, contracts by code."""

    trading_day: date
    next_day: date
    """The next trading day"""
    closes: dict[str, Decimal]
    """Of the underlyings"""
    prices: dict[str, Decimal]
    """Settlement prices"""
    open_interest: dict[str, int]
    """As the exchange counts it at the close, long and short of one account apart"""
    days_left: dict[str, int]
    """Trading days to each expiry, by its date in ISO form; 0 on the day itself"""
    seed: int
    """Of the draws among equal fractions at assignment"""
    adjusted: tuple[str, ...] = ()
    """Contracts whose terms change on `next_day`"""
    dividends: dict[str, Decimal] = {}
    """Cash per share for who holds at the end of this day, by underlying"""
    traded: dict[str, int] | None = None
    """Contracts the exchange traded, by `trade_key`; None when it did not see the whole day"""


def trade_key(participant: int, contract_code: str, side: str) -> str:
    """What one participant bought or sold of a contract."""
    return f"{participant}/{contract_code}/{side}"


class SettlementEntry(msgspec.Struct, frozen=True, tag=True, kw_only=True, omit_defaults=True, gc=False):
    """Base of all; the tag on disk is the class name. Some kinds are of an account, and have a field for it."""

    @property
    def account_id(self) -> str:
        """The account it is of. Raises TypeError for a kind that names none."""
        raise TypeError(f"{type(self).__name__} names no account")


class ClearingOpened(SettlementEntry, frozen=True, kw_only=True, gc=False):
    """What the clearing house owes to and is owed by those who are no clients, from the day before."""

    trading_day: date
    deliveries: tuple[Delivery, ...] = ()
    cover_calls: dict[str, tuple[str, ...]] = {}
    """Underlyings whose shares were short for covered calls when the day before ended, by account"""
    reserve: Decimal = ZERO
    """Settlement reserve of the member (结算准备金) then, yuan"""


class SharesHeld(SettlementEntry, frozen=True, kw_only=True, gc=False):
    """Free shares kept for assigned calls at the broker's cut-off, by underlying."""

    account_id: str
    shares: dict[str, int]


class SettlementBegan(SettlementEntry, frozen=True, kw_only=True, gc=False):
    """The day's end begins with these figures."""

    inputs: Inputs
    at: datetime


class StepDone(SettlementEntry, frozen=True, kw_only=True, gc=False):
    """A step is complete; last entry of its transaction."""

    step: Step


class AccountTold(SettlementEntry, frozen=True, kw_only=True, gc=False):
    """A report to the client of something nobody asked for."""

    account_id: str
    kind: InstructionKind
    underlying: str = ""
    contract_code: str = ""
    second_code: str = ""
    strategy: CombinationStrategy | None = None
    combination_id: str = ""
    quantity: int = 0
    amount: Decimal = ZERO
    reason: Reason | None = None
    detail: str = ""
    at: datetime


class NettedRow(msgspec.Struct, frozen=True, gc=False):
    """Contracts closed against longs of the same contract."""

    contract_code: str
    short: int
    covered: int


class Netted(SettlementEntry, frozen=True, kw_only=True, gc=False):
    """Longs of an account closed against its own shorts (对冲)."""

    account_id: str
    rows: tuple[NettedRow, ...]


class SharesLocked(SettlementEntry, frozen=True, kw_only=True, gc=False):
    """So many shares of an underlying are locked from now on."""

    account_id: str
    underlying: str
    locked: int


class Delivered(SettlementEntry, frozen=True, kw_only=True, gc=False):
    """One delivery of an account is settled; shares by where they come from or go to."""

    account_id: str
    delivery: Delivery
    delivered: int = 0
    cash_settled: int = 0
    invalid: int = 0
    to_disposal: int = 0
    strike_money: Decimal = ZERO
    """Above zero: received"""
    cash_settlement: Decimal = ZERO
    """Money instead of shares; above zero: received"""
    shares_in: int = 0
    shares_disposal: int = 0
    from_frozen: int = 0
    """Held for it before (行权冻结)"""
    from_free: int = 0
    from_locked: int = 0
    """Locked for covered calls of other months"""
    cash_short: Decimal = ZERO
    """What the account could not pay; its shares are at the broker's disposal"""


class DeliveriesEnded(SettlementEntry, frozen=True, kw_only=True, gc=False):
    """Nothing is left to deliver for an account."""

    account_id: str


class MarketDelivered(SettlementEntry, frozen=True, kw_only=True, gc=False):
    """The clearing house settles one contract with those who are no clients; signs as the clearing house sees it."""

    contract_code: str
    underlying: str
    cash: Decimal
    shares: int
    bought_in: bool = False
    """In place of a client that did not deliver"""


class ExercisesJudged(SettlementEntry, frozen=True, kw_only=True, gc=False):
    """Exercises of an account that stand, by contract code; pairs are counted with both legs."""

    account_id: str
    valid: dict[str, int]
    frozen_shares: dict[str, int] = {}
    """Shares held for exercised puts, by underlying"""


class ContractAssigned(SettlementEntry, frozen=True, kw_only=True, gc=False):
    """Exercises of one contract shared out to its shorts (指派)."""

    contract_code: str
    exercised: int
    """By clients"""
    market_exercised: int
    market_assigned: int
    rows: tuple[tuple[str, int, int], ...] = ()
    """Account, uncovered and covered contracts"""


class CombinationReleased(SettlementEntry, frozen=True, kw_only=True, gc=False):
    """A combination ended by itself (自动解除)."""

    account_id: str
    number: str


class Expired(SettlementEntry, frozen=True, kw_only=True, gc=False):
    """Positions of an account in contracts that have expired leave; what is exercised or assigned is to be delivered.

    `frozen_delivery` is the money held for that, `frozen_shares` the shares, by underlying, all deliveries included.
    """

    account_id: str
    codes: tuple[str, ...]
    deliveries: tuple[Delivery, ...] = ()
    frozen_delivery: Decimal = ZERO
    frozen_shares: dict[str, int] = {}
    unlocked: dict[str, int] = {}
    """Of the frozen shares, those that were locked until now"""


class MarginMarked(SettlementEntry, frozen=True, kw_only=True, gc=False):
    """Margin the account holds from now on, yuan, where it changed."""

    account_id: str
    positions: dict[str, Decimal] = {}
    combinations: dict[str, Decimal] = {}


class MoneyBooked(SettlementEntry, frozen=True, kw_only=True, gc=False):
    """Money of an account that no trade moves. Above zero: received."""

    account_id: str
    kind: CashKind
    amount: Decimal
    contract_code: str = ""


class ClearingSettled(SettlementEntry, frozen=True, kw_only=True, gc=False):
    """The member's net amount with the clearing house went over the bank (净额交收). Above zero: received."""

    clearing: str
    amount: Decimal


class MarginCalled(SettlementEntry, frozen=True, kw_only=True, gc=False):
    """Money an account has to bring in (追保); zero for none."""

    account_id: str
    amount: Decimal


class TomorrowSet(SettlementEntry, frozen=True, kw_only=True, gc=False):
    """What holds on the next trading day, by contract code."""

    open_interest: dict[str, int]
    restricted: tuple[str, ...] = ()
    reserve: Decimal = ZERO
    """Settlement reserve of the member (结算准备金), yuan"""


class StatementMade(SettlementEntry, frozen=True, kw_only=True, gc=False):
    """The day's statement of an account."""

    statement: Statement


class TradeReversed(SettlementEntry, frozen=True, kw_only=True, gc=False):
    """An execution of an earlier or of this day is void (取消交易): booked back, never erased (F13)."""

    account_id: str
    execution_id: str
    contract_code: str
    instruction: Instruction
    price: Decimal
    quantity: int
    premium: Decimal
    fee: Decimal
    margin: Decimal = ZERO
    side: PositionSide
    at: datetime


AnySettlementEntry = (
    ClearingOpened
    | SharesHeld
    | SettlementBegan
    | StepDone
    | AccountTold
    | Netted
    | SharesLocked
    | Delivered
    | DeliveriesEnded
    | MarketDelivered
    | ExercisesJudged
    | ContractAssigned
    | CombinationReleased
    | Expired
    | MarginMarked
    | MoneyBooked
    | ClearingSettled
    | MarginCalled
    | TomorrowSet
    | StatementMade
    | TradeReversed
)
