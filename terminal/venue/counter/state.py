"""What the counter knows of each account: money frozen, positions, shares, orders and every report it made.

Only `booking.py` changes these objects. All of them are msgspec Structs, so the whole state has one byte form and a
recovery can be compared with the original byte by byte. None is part of a cycle, so most spare the collector (`gc`).
"""

from decimal import Decimal

import msgspec

from terminal.domain.account_rights import AccountProfile
from terminal.domain.accounts import ZERO, Holding, Position, PositionSide
from terminal.domain.combinations import Combination, CombinationStrategy
from terminal.domain.messages import NumberedReport
from terminal.domain.orders import Instruction, OrderStatus, OrderType
from terminal.domain.settlement import Delivery
from terminal.rules.limits import TradingRecord
from terminal.rules.profile import PositionLimits
from terminal.venue.counter.limit_count import LimitCount
from terminal.venue.counter.quote_state import InquiryState, QuoteState

Report = NumberedReport

#: Which side of a contract an instruction opens or closes (rulebook 2.1)
POSITION_SIDE = {
    Instruction.BUY_OPEN: PositionSide.LONG,
    Instruction.SELL_CLOSE: PositionSide.LONG,
    Instruction.SELL_OPEN: PositionSide.SHORT,
    Instruction.BUY_CLOSE: PositionSide.SHORT,
    Instruction.COVERED_OPEN: PositionSide.COVERED,
    Instruction.COVERED_CLOSE: PositionSide.COVERED,
}


class PositionState(msgspec.Struct, gc=False):
    """One side of one contract. `cost` is the premium booked for what still stands, yuan to the cent."""

    quantity: int = 0
    frozen: int = 0
    today: int = 0
    combined: int = 0
    exercising: int = 0
    opening: int = 0
    """Of working orders that would add to it"""
    average_price: Decimal = ZERO
    cost: Decimal = ZERO
    margin: Decimal = ZERO
    realised: Decimal = ZERO

    @property
    def available(self) -> int:
        """What no working order, combination or exercise holds (可平)."""
        return self.quantity - self.frozen - self.combined - self.exercising

    @property
    def uncombined(self) -> int:
        """What is in no combination: `margin` is held for these."""
        return self.quantity - self.combined

    def shown(self, contract_code: str, side: PositionSide) -> Position:
        """As the desk sees it."""
        return Position(
            contract_code=contract_code,
            side=side,
            quantity=self.quantity,
            frozen_quantity=self.frozen,
            today_quantity=self.today,
            combined_quantity=self.combined,
            exercising_quantity=self.exercising,
            average_price=self.average_price,
            margin=self.margin,
            realised=self.realised,
        )


class HoldingState(msgspec.Struct, gc=False):
    """Shares of one underlying; see `domain.accounts.Holding`."""

    total: int = 0
    locked: int = 0
    covering: int = 0
    exercising: int = 0
    disposal: int = 0
    bought_today: int = 0
    sold_today: int = 0

    @property
    def free(self) -> int:
        """Shares that may be locked."""
        return self.total - self.locked - self.exercising

    @property
    def sellable(self) -> int:
        """Shares that may be sold today (可卖): neither held nor bought today (T+1)."""
        return max(min(self.free, self.total - self.bought_today), 0)

    @property
    def short(self) -> int:
        """Shares missing for covered positions (备兑不足)."""
        return max(self.covering - self.locked, 0)

    @property
    def unlockable(self) -> int:
        """Locked shares that secure nothing (备兑备用)."""
        return self.locked - self.covering

    def shown(self, underlying: str) -> Holding:
        """As the desk sees it."""
        return Holding(
            underlying=underlying,
            total=self.total,
            locked=self.locked,
            covering=self.covering,
            exercising=self.exercising,
            disposal=self.disposal,
            short=self.short,
            bought_today=self.bought_today,
            sold_today=self.sold_today,
        )


class CombinationState(msgspec.Struct, gc=False):
    """One built combination; its number is the key it stands under. `margin` in yuan for the whole of it."""

    strategy: CombinationStrategy
    first_code: str
    second_code: str
    quantity: int
    margin: Decimal = ZERO

    @classmethod
    def of(cls, combination: Combination) -> "CombinationState":
        """The state of a combination that was built on an earlier day."""
        return cls(
            combination.strategy,
            combination.first_code,
            combination.second_code,
            combination.quantity,
            combination.margin,
        )

    def shown(self, number: str) -> Combination:
        """As the desk sees it."""
        return Combination(
            number=number,
            strategy=self.strategy,
            first_code=self.first_code,
            second_code=self.second_code,
            quantity=self.quantity,
            margin=self.margin,
        )


class OrderState(msgspec.Struct, gc=False):
    """One order and what is frozen for each contract of its remainder, yuan."""

    account_id: str
    client_order_id: str
    order_id: int
    contract_code: str
    instruction: Instruction
    order_type: OrderType
    quantity: int
    price: Decimal | None
    """The limit; of a market-to-limit order, the price its remainder rests at"""
    leaves: int
    status: OrderStatus = OrderStatus.SUBMITTED
    filled: int = 0
    premium_each: Decimal = ZERO
    margin_each: Decimal = ZERO
    fee_each: Decimal = ZERO
    trades: list[int] = []
    """Trades booked for it, so that none is booked twice (I2)"""
    last_sequence: int = 0
    """Its newest report; 0 before the first"""
    ordered: bool = True
    cancelling: bool = False
    """A cancel is on its way to the exchange"""
    quote: int = 0
    """Number of the quote it is a side of; 0 for an order"""

    @property
    def exchange_order_id(self) -> str:
        """The number the exchange knows it by; empty for one that never got there."""
        return str(self.order_id) if self.order_id else ""


class AccountState(msgspec.Struct):
    """One account (衍生品合约账户). Its money is in the ledger; here is what working orders hold of it."""

    account_id: str
    participant: int
    """The number the exchange knows the account by"""
    opening_balance: Decimal
    premium_paid: Decimal = ZERO
    premium_received: Decimal = ZERO
    fees: Decimal = ZERO
    shares_received: Decimal = ZERO
    """For shares sold today: may be used at once, taken out tomorrow"""
    frozen_premium: Decimal = ZERO
    frozen_margin: Decimal = ZERO
    frozen_fee: Decimal = ZERO
    frozen_exercise: Decimal = ZERO
    frozen_delivery: Decimal = ZERO
    cash_in: Decimal = ZERO
    cash_out: Decimal = ZERO
    statement_unconfirmed: bool = False
    """The statement of the last settled day waits for its confirmation (结算单确认)"""
    margin_call: Decimal = ZERO
    """Asked for after the last settlement (追保金额); falls as money comes in"""
    profile: AccountProfile = AccountProfile()
    record: TradingRecord = TradingRecord()
    """What an individual's limits depend on"""
    own_limits: PositionLimits | None = None
    """Set by the broker for this account, in the place of its class's"""
    purchase_limit: Decimal | None = None
    """What an individual may have paid for long positions (买入额度); None allows an individual nothing"""
    purchases_held: Decimal = ZERO
    """Premium paid for the long positions that stand"""
    purchases_working: Decimal = ZERO
    """Premium held for working buy-opens"""
    combinations: dict[str, CombinationState] = {}
    """By the number the exchange gave (组合流水号)"""
    exercises: dict[str, int] = {}
    """Long contracts asked to be exercised today, pairs apart, by contract code"""
    merged_exercises: dict[str, int] = {}
    """Pairs asked to be exercised as one today (合并行权), by call code and put code with a comma between"""
    deliveries: list[Delivery] = []
    """What the exercises of the trading day before leave to be settled today (待交收)"""
    positions: dict[PositionSide, dict[str, PositionState]] = msgspec.field(
        default_factory=lambda: {side: {} for side in PositionSide}
    )
    holdings: dict[str, HoldingState] = {}
    counts: dict[str, LimitCount] = {}
    orders: dict[str, OrderState] = {}
    """By client order id: an id is used once a day (F14)"""
    working: dict[int, str] = {}
    """Orders that are not final: order number to client order id, oldest first"""
    instructions: dict[str, int] = {}
    """Sequence of the report that answered each instruction id"""
    quote_ids: dict[str, int] = {}
    """Quote ids used today, and the number of each one's first entry"""
    quotes: dict[int, QuoteState] = {}
    """Quotes that are not over, by number, oldest first"""
    live_quotes: dict[str, int] = {}
    """The number of the quote the exchange has live in each contract"""
    quoted: Decimal = ZERO
    """Price times shares of all sides of its quotes, yuan"""
    inquiries: dict[str, InquiryState] = {}
    """By request id"""
    reports: list[Report] = []
    """Report n stands at n - 1"""

    def position(self, side: PositionSide, contract_code: str) -> PositionState:
        """One side of one contract, entered empty when it is new."""
        positions = self.positions[side]
        found = positions.get(contract_code)
        if found is None:
            found = positions[contract_code] = PositionState()
        return found

    def holding(self, underlying: str) -> HoldingState:
        """The shares of one underlying, entered empty when they are new."""
        found = self.holdings.get(underlying)
        if found is None:
            found = self.holdings[underlying] = HoldingState()
        return found

    def count(self, underlying: str) -> LimitCount:
        """What the limits of one underlying count, entered empty when it is new."""
        found = self.counts.get(underlying)
        if found is None:
            found = self.counts[underlying] = LimitCount()
        return found
