"""A counter and the real exchange joined as a host joins them, for tests: desks trade, the journal is a list.

The contracts are the worked examples of rulebook 2.7 and 4.3: limits and margins are the figures printed there.
"""

from datetime import date, datetime, timedelta
from decimal import Decimal
from itertools import count
from typing import Any

import msgspec
import numpy as np

from terminal.domain.accounts import Funds, Holding, Position, PositionSide
from terminal.domain.calendar import SHANGHAI
from terminal.domain.contracts import Contract, Right, Underlying
from terminal.domain.instructions import SHARE_TRADES, InstructionKind
from terminal.domain.market_data import COLUMN_COUNT, DEPTH, Column
from terminal.domain.messages import AccountReport, Instruct, InstructionReport, OrderReport, SubmitOrder, SubmitQuotes
from terminal.domain.orders import Instruction, OrderType, SelfTrade, Side
from terminal.domain.quotes import QuoteEntry
from terminal.resources import resource_folder
from terminal.rules.profile import UNLIMITED, PositionLimits, Profile, parse_profile
from terminal.rules.shares import NO_SHARES
from terminal.venue.counter.counter import Counter
from terminal.venue.counter.desk_side import DeskCommand
from terminal.venue.counter.entries import JournalEntry
from terminal.venue.counter.result import CounterResult, DeskEvent
from terminal.venue.counter.standing import STANDARD, Standing
from terminal.venue.exchange.exchange import Exchange
from terminal.venue.exchange.messages import AdvanceTime, ExchangeCommand, NewOrder, UnderlyingQuotes

DAY = date(2026, 3, 2)
NOON_OF_THE_MORNING = datetime(2026, 3, 2, 10, 0, tzinfo=SHANGHAI)
FUND, OTHER_FUND = "510050", "510300"
#: Deep in the money; limit-up 0.7593 and margin 8185.60 as published
CALL = "10001771"
#: Rulebook 4.3 example 4: margin 2154.10, limit-up 0.2806
CHEAP_CALL = "10001772"
#: Example 6: margin 4255.60
PUT = "10001773"
#: Example 11: a contract adjusted to 10220 shares, margin 6952.05
ADJUSTED_CALL = "10001774"
OTHER_CALL = "10001775"
#: Order numbers of the crowd
CROWD_IDS = 1_000_000


def yuan(text: str) -> Decimal:
    """An amount written out."""
    return Decimal(text)


def _contract(
    code: str, right: Right, strike: str, settled: str, up: str, down: str, margin: str, multiplier: int = 10_000
) -> Contract:
    underlying = OTHER_FUND if code == OTHER_CALL else FUND
    return Contract(
        code=code,
        trading_code=f"{underlying}{right}2603{'M' if multiplier == 10_000 else 'A'}{int(Decimal(strike) * 1000):05d}",
        name=code,
        underlying=underlying,
        right=right,
        strike=Decimal(strike),
        multiplier=multiplier,
        first_day=date(2025, 9, 25),
        last_day=date(2026, 3, 25),
        exercise_day=date(2026, 3, 25),
        delivery_day=date(2026, 3, 26),
        expiry=date(2026, 3, 25),
        previous_settlement=Decimal(settled),
        underlying_close=Decimal("2.963"),
        limit_up=Decimal(up),
        limit_down=Decimal(down),
        margin=Decimal(margin),
    )


CONTRACTS = (
    _contract(CALL, Right.CALL, "2.5", "0.4630", "0.7593", "0.1667", "8185.60"),
    _contract(CHEAP_CALL, Right.CALL, "3.2", "0.0080", "0.2806", "0.0001", "2154.10"),
    _contract(PUT, Right.PUT, "3.0", "0.0700", "0.3663", "0.0001", "4255.60"),
    _contract(ADJUSTED_CALL, Right.CALL, "2.006", "0.3914", "0.6321", "0.1507", "6952.05", 10_220),
    _contract(OTHER_CALL, Right.CALL, "4.0", "0.1000", "0.5000", "0.0001", "5000.00"),
)


def _underlying(code: str) -> Underlying:
    return Underlying(
        code=code,
        name=code,
        pinyin=code,
        previous_close=Decimal("2.963"),
        limit_up=Decimal("3.259"),
        limit_down=Decimal("2.667"),
    )


UNDERLYINGS = (_underlying(FUND), _underlying(OTHER_FUND))
INSTRUMENTS = {c.code: n for n, c in enumerate(CONTRACTS, start=len(UNDERLYINGS))}


def account_limits(right_side: int, total: int, daily_buy_open: int) -> PositionLimits:
    """Limits of the live market's kind: what it does not count is unlimited."""
    return PositionLimits(
        right_side=right_side,
        total=total,
        daily_buy_open=daily_buy_open,
        daily_open=UNLIMITED,
        direction=UNLIMITED,
        all_products=UNLIMITED,
    )


def profile(
    limits: PositionLimits | None = None, commission: str | None = None, self_trade: SelfTrade | None = None
) -> Profile:
    """The shipped profile, with other position limits, another commission or another guard against self-trades."""
    text = (resource_folder() / "rules" / "sse_2025.toml").read_text(encoding="utf-8")
    shipped = parse_profile(text, "sse_2025.toml")
    if limits is not None:
        rows = msgspec.structs.replace(shipped.limits, institution=limits)
        shipped = msgspec.structs.replace(shipped, limits=rows)
    if commission is not None:
        fees = msgspec.structs.replace(shipped.fees, commission=Decimal(commission))
        shipped = msgspec.structs.replace(shipped, fees=fees)
    if self_trade is not None:
        orders = msgspec.structs.replace(shipped.orders, self_trade=self_trade)
        shipped = msgspec.structs.replace(shipped, orders=orders)
    return shipped


class Hall:
    """One day: desks send through `submit` and friends, the crowd through `crowd`; `journal` is what a host keeps."""

    def __init__(self, rules: Profile | None = None, day: date = DAY) -> None:
        self.rules = rules or profile()
        self.day = day
        self.now = datetime(day.year, day.month, day.day, 10, 0, tzinfo=SHANGHAI)
        self.counter = Counter(self.rules, day, UNDERLYINGS, CONTRACTS, exchange_ids=1)
        self.exchange = Exchange(self.rules, day, UNDERLYINGS, CONTRACTS)
        self.exchange.handle(AdvanceTime(), self.now)
        self.journal: list[JournalEntry] = []
        self.told: list[DeskEvent] = []
        self._ids = count(1)
        self._crowd_ids = count(CROWD_IDS)

    def open(
        self,
        account_id: str = "A",
        cash: str = "1000000.00",
        shares: int = 0,
        positions: tuple[Position, ...] = (),
        standing: Standing = STANDARD,
    ) -> "Hall":
        """Open an account; `shares` are of the first fund."""
        holdings = {FUND: shares} if shares else {}
        self.take(self.counter.open_account(account_id, Decimal(cash), holdings, positions, standing))
        return self

    def change(self, account_id: str, standing: Standing) -> list[DeskEvent]:
        """The broker changes what an account may do."""
        return self.take(self.counter.change_standing(account_id, standing, "risk desk", self.now))

    def at(self, hour: int, minute: int) -> None:
        """Move the clock, and let the exchange do what is due."""
        self.now = self.now.replace(hour=hour, minute=minute)
        self.send(AdvanceTime())

    def send(self, command: ExchangeCommand) -> list[DeskEvent]:
        """One command into the exchange, its events into the counter; what the desks are told of it."""
        told: list[DeskEvent] = []
        for event in self.exchange.handle(command, self.now):
            told += self.take(self.counter.on_exchange(event, self.now))
        return told

    def take(self, result: CounterResult) -> list[DeskEvent]:
        """What a host does with a result: journal, tell, forward."""
        self.journal += result.entries
        self.told += result.events
        told = list(result.events)
        for order in result.forward:
            told += self.send(order)
        return told

    def command(self, account_id: str, command: DeskCommand) -> list[DeskEvent]:
        """One command of a desk, carried through the exchange."""
        trades = isinstance(command, Instruct) and command.kind in SHARE_TRADES
        book = self.exchange.share_book(FUND) if trades else NO_SHARES
        return self.take(self.counter.handle(account_id, command, self.now, book))

    def quote_shares(self, bid: str = "2.962", ask: str = "2.963", size: int = 50_000, levels: int = 5) -> None:
        """What the cash market shows of the first fund: levels one tick apart, each of one size."""
        row = np.zeros((1, COLUMN_COUNT), np.int64)
        for column, price, step in ((Column.BID_PRICE, bid, -10), (Column.ASK_PRICE, ask, 10)):
            sizes = column + DEPTH
            row[0, column : column + levels] = [int(Decimal(price) * 10_000) + step * n for n in range(levels)]
            row[0, sizes : sizes + levels] = size
        self.send(UnderlyingQuotes(row))

    def trade_shares(
        self, kind: InstructionKind, quantity: int, price: str, account_id: str = "A"
    ) -> InstructionReport:
        """Buy or sell shares of the first fund."""
        return self.instruct(kind, account_id, underlying=FUND, quantity=quantity, price=Decimal(price))

    def submit(
        self,
        instruction: Instruction,
        contract_code: str,
        quantity: int,
        price: str | None = None,
        *,
        account_id: str = "A",
        order_type: OrderType | None = None,
        client_order_id: str | None = None,
    ) -> OrderReport:
        """Enter an order, limit when it has a price; the newest report of it."""
        order_id = client_order_id or f"{account_id}-{next(self._ids)}"
        order = SubmitOrder(
            client_order_id=order_id,
            contract_code=contract_code,
            instruction=instruction,
            order_type=order_type or (OrderType.LIMIT if price else OrderType.MARKET_TO_LIMIT),
            quantity=quantity,
            price=Decimal(price) if price else None,
        )
        told = self.command(account_id, order)
        mine = [e for e in told if isinstance(e, OrderReport) and e.client_order_id == order_id]
        return mine[-1]

    def lock(self, quantity: int, *, unlock: bool = False, account_id: str = "A") -> InstructionReport:
        """Lock or unlock shares of the first fund."""
        kind = InstructionKind.UNLOCK if unlock else InstructionKind.LOCK
        return self.instruct(kind, account_id, underlying=FUND, quantity=quantity)

    def instruct(self, kind: InstructionKind, account_id: str = "A", **fields: Any) -> InstructionReport:
        """Give an instruction that is no order; what became of it."""
        command = Instruct(instruction_id=f"i-{next(self._ids)}", kind=kind, **fields)
        (report,) = self.command(account_id, command)
        assert isinstance(report, InstructionReport)
        return report

    def quote(
        self,
        contract_code: str,
        bid: str,
        ask: str,
        quantity: int = 5,
        *,
        account_id: str = "MM",
        quote_id: str = "",
        **fields: Any,
    ) -> list[DeskEvent]:
        """Quote both sides of one contract."""
        entry = QuoteEntry(
            contract_code=contract_code,
            bid_price=Decimal(bid),
            bid_quantity=quantity,
            ask_price=Decimal(ask),
            ask_quantity=quantity,
            **fields,
        )
        return self.command(account_id, SubmitQuotes(quote_id=quote_id or f"q{next(self._ids)}", entries=(entry,)))

    def crowd(self, side: Side, contract_code: str, quantity: int, price: str) -> int:
        """A limit order of somebody who is no client; its order number."""
        order_id = next(self._crowd_ids)
        units = int(Decimal(price) * 10_000)
        self.send(NewOrder(order_id, 1, INSTRUMENTS[contract_code], side, OrderType.LIMIT, quantity, units))
        return order_id

    def report(self, account_id: str = "A") -> AccountReport:
        """The counter's picture of an account."""
        return self.counter.account_report(account_id, self.now)

    def funds(self, account_id: str = "A") -> Funds:
        """Its money."""
        return self.report(account_id).funds

    def position(self, contract_code: str, side: PositionSide, account_id: str = "A") -> Position:
        """One side of one contract; an empty one when there is none."""
        for position in self.report(account_id).positions:
            if (position.contract_code, position.side) == (contract_code, side):
                return position
        return Position(contract_code=contract_code, side=side, quantity=0)

    def holding(self, account_id: str = "A") -> Holding:
        """The shares of the first fund."""
        return next(h for h in self.report(account_id).holdings if h.underlying == FUND)

    def restarted(self, entries: int | None = None) -> Counter:
        """A new counter built from the journal, or from its first entries."""
        counter = Counter(self.rules, self.day, UNDERLYINGS, CONTRACTS, exchange_ids=1)
        counter.restore(self.journal if entries is None else self.journal[:entries])
        return counter

    def reports(self, account_id: str = "A") -> list[OrderReport]:
        """Every order report of an account."""
        return [r for r in self.counter.reports_after(account_id, 0) if isinstance(r, OrderReport)]


def next_trading_day() -> tuple[date, datetime]:
    """The day after, and its time of the same hour."""
    return DAY + timedelta(days=1), NOON_OF_THE_MORNING + timedelta(days=1)
