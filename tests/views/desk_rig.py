"""What the desk of a screen's test stands on and is fed: a gateway that only records, two small underlyings, a morning.

Nothing runs by itself; prices are set by `put_quote`.
"""

from asyncio import AbstractEventLoop, Future
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import numpy as np

from terminal.domain.account_rights import AccountProfile
from terminal.domain.accounts import Funds, Holding, Position, PositionSide
from terminal.domain.calendar import SHANGHAI, TradingCalendar, TradingYear
from terminal.domain.combinations import Combination
from terminal.domain.contracts import Contract, Right, Underlying
from terminal.domain.market_data import COLUMN_COUNT, Column, pack_rows
from terminal.domain.messages import (
    PROTOCOL,
    AccountReport,
    Capability,
    ClockChanged,
    Command,
    DayOpened,
    MarketDataBatch,
    PhaseChanged,
    Recovered,
    Welcome,
)
from terminal.domain.phases import Phase
from terminal.domain.ports import LinkState, Record, RecordKind, VenueListener
from terminal.domain.settlement import Delivery
from terminal.services.desk import Desk

RESOURCES = Path(__file__).resolve().parents[2] / "resources"
TODAY = date(2026, 11, 9)
NOW = datetime(2026, 11, 9, 10, 30, tzinfo=SHANGHAI)
#: Weekdays: nothing here turns on a holiday
CALENDAR = TradingCalendar([TradingYear(2026, frozenset()), TradingYear(2027, frozenset())])
EXPIRIES = (date(2026, 11, 25), date(2026, 12, 23))
STRIKES = {"510050": ("2.40", "2.45", "2.50", "2.55", "2.60"), "510300": ("3.10", "3.20", "3.30", "3.40", "3.50")}
NAMES = {"510050": ("50ETF", "SZ50ETF"), "510300": ("300ETF", "HS300ETF")}
SPOTS = {"510050": 24_800, "510300": 32_800}


class RecordingGateway:
    """A door that leads nowhere: keeps what was sent. `up` False plays a lost line."""

    def __init__(self) -> None:
        self.sent: list[Command] = []
        self.up = True
        self.listener: VenueListener | None = None

    async def start(self, listener: VenueListener) -> None:
        """Remember who listens."""
        self.listener = listener

    def send(self, command: Command) -> bool:
        """Keep the command."""
        if self.up:
            self.sent.append(command)
        return self.up

    async def stop(self) -> None:
        """Forget who listens."""
        self.listener = None


@dataclass
class MemoryJournal:
    """A journal without a disk; `failure`, when set, is what every write raises."""

    loop: AbstractEventLoop
    written: list[tuple[RecordKind, datetime, bytes]] = field(default_factory=list)
    failure: Exception | None = None

    def append(self, records: Sequence[tuple[RecordKind, datetime, bytes]]) -> "Future[int]":
        """Keep the records."""
        done: Future[int] = self.loop.create_future()
        if self.failure is not None:
            done.set_exception(self.failure)
        else:
            self.written.extend(records)
            done.set_result(len(self.written))
        return done

    def read(self, after: int = 0) -> Sequence[Record]:
        """Nothing of an earlier run."""
        return ()

    def set_bookmark(self, at: datetime, body: bytes) -> "Future[int]":
        """No place is kept."""
        return self.append([])

    def bookmark(self) -> tuple[int, bytes] | None:
        """None."""
        return None

    async def close(self) -> None:
        """Nothing to do."""


@dataclass
class HandClock:
    """Monotonic seconds that stand still until moved."""

    seconds: float = 1000.0

    def __call__(self) -> float:
        """Seconds now."""
        return self.seconds


def make_underlying(code: str) -> Underlying:
    """An underlying of the tests."""
    close = Decimal(SPOTS[code]).scaleb(-4) + Decimal("0.010")
    name, pinyin = NAMES[code]
    return Underlying(
        code=code,
        name=name,
        pinyin=pinyin,
        previous_close=close,
        limit_up=(close * Decimal("1.1")).quantize(Decimal("0.001")),
        limit_down=(close * Decimal("0.9")).quantize(Decimal("0.001")),
    )


def make_contract(
    number: int, underlying: str, expiry: date, right: Right, strike: str, *, adjustment: str = "M", unit: int = 10_000
) -> Contract:
    """A contract of the tests; code 1000xxxx."""
    price = Decimal(strike)
    listed = int(price * 1000)
    name = f"{NAMES[underlying][0]}{right.mark}{expiry.month}月{listed}{'' if adjustment == 'M' else adjustment}"
    spot = Decimal(SPOTS[underlying]).scaleb(-4)
    inner = max(spot - price if right is Right.CALL else price - spot, Decimal(0))
    settlement = (inner + Decimal("0.05")).quantize(Decimal("0.0001"))
    return Contract(
        code=f"{10_000_000 + number:08d}",
        trading_code=f"{underlying}{right}{expiry:%y%m}{adjustment}{listed:05d}",
        name=name,
        underlying=underlying,
        right=right,
        strike=price,
        multiplier=unit,
        first_day=date(2026, 8, 26),
        last_day=expiry,
        exercise_day=expiry,
        delivery_day=expiry + timedelta(days=1),
        expiry=expiry,
        open_interest=1000 + number,
        previous_settlement=settlement,
        underlying_close=spot,
        limit_up=settlement + Decimal("0.25"),
        limit_down=max(settlement - Decimal("0.25"), Decimal("0.0001")),
        margin=Decimal("3200.00"),
    )


def instrument_list() -> tuple[tuple[Underlying, ...], tuple[Contract, ...]]:
    """Two underlyings, two expiries, five strikes, calls and puts: 40 contracts."""
    contracts: list[Contract] = []
    for underlying, strikes in STRIKES.items():
        for expiry in EXPIRIES:
            for strike in strikes:
                for right in Right:
                    contracts.append(make_contract(len(contracts) + 1, underlying, expiry, right, strike))
    return tuple(make_underlying(code) for code in STRIKES), tuple(contracts)


def quote_row(number: int, last: int, bid: int, ask: int, *, volume: int = 100, open_interest: int = 1000) -> list[int]:
    """One quote row with five levels a tick apart; prices in 0.0001 yuan, 0 for an empty side."""
    row = [0] * COLUMN_COUNT
    row[Column.INSTRUMENT] = number
    row[Column.TIME_US] = int(NOW.astimezone(UTC).timestamp() * 1_000_000)
    row[Column.LAST] = row[Column.OPEN] = row[Column.HIGH] = row[Column.LOW] = last
    row[Column.VOLUME] = volume
    row[Column.OPEN_INTEREST] = open_interest
    for level in range(5):
        if bid > level:
            row[Column.BID_PRICE + level], row[Column.BID_QUANTITY + level] = bid - level, 10 + level
        if ask:
            row[Column.ASK_PRICE + level], row[Column.ASK_QUANTITY + level] = ask + level, 20 + level
    return row


def put_quote(
    desk: Desk, code: str, *, last: int, bid: int, ask: int, volume: int = 100, open_interest: int = 1000
) -> None:
    """Feed one quote; prices in 0.0001 yuan."""
    row = quote_row(desk.market.row_of[code], last, bid, ask, volume=volume, open_interest=open_interest)
    desk.on_event(MarketDataBatch(at=NOW, rows=pack_rows(np.array([row], np.int64))))


def account_report(
    *positions: Position,
    sequence: int = 0,
    funds: Funds | None = None,
    holdings: tuple[Holding, ...] = (),
    profile: AccountProfile | None = None,
    combinations: tuple[Combination, ...] = (),
    deliveries: tuple[Delivery, ...] = (),
) -> AccountReport:
    """The counter's picture, with 100,000 yuan unless told otherwise."""
    money = funds or Funds(
        balance=Decimal("100000.00"), opening_balance=Decimal("100000.00"), withdrawable=Decimal("90000.00")
    )
    return AccountReport(
        sequence=sequence,
        account_id="A-1",
        at=NOW,
        funds=money,
        positions=positions,
        holdings=holdings,
        profile=profile or AccountProfile(),
        combinations=combinations,
        deliveries=deliveries,
    )


def long_position(code: str, quantity: int = 5, average: str = "0.0700") -> Position:
    """A long position."""
    return Position(contract_code=code, side=PositionSide.LONG, quantity=quantity, average_price=Decimal(average))


def open_desk(desk: Desk, capabilities: tuple[Capability, ...] = tuple(Capability)) -> None:
    """Play a venue's morning: welcome, list, quotes of everything, continuous trading, funds."""
    underlyings, contracts = instrument_list()
    desk.on_link(LinkState.RECOVERING, "connected")
    desk.on_event(
        Welcome(
            protocol=PROTOCOL,
            venue="test venue",
            account_id="A-1",
            capabilities=capabilities,
            trading_day=TODAY,
            book_id="book-1",
            simulated=True,
            seed=7,
        )
    )
    desk.on_event(DayOpened(trading_day=TODAY, underlyings=underlyings, contracts=contracts, source="test"))
    desk.on_event(ClockChanged(at=NOW, speed=1.0))
    desk.on_event(PhaseChanged(phase=Phase.CONTINUOUS, at=NOW, ends_at=NOW.replace(hour=11, minute=30)))
    rows = [quote_row(n, SPOTS[u.code], SPOTS[u.code] - 10, SPOTS[u.code] + 10) for n, u in enumerate(underlyings)]
    for number, contract in enumerate(contracts, len(underlyings)):
        value = int(contract.previous_settlement.scaleb(4)) + number
        rows.append(quote_row(number, value, value - 5, value + 5))
    desk.on_event(MarketDataBatch(at=NOW, rows=pack_rows(np.array(rows, np.int64))))
    desk.on_event(account_report())
    desk.on_event(Recovered(last_sequence=0))


class MemorySettings(dict[str, Any]):
    """What a screen remembers, in memory."""

    def read(self, key: str) -> Any:
        """The value of a key."""
        return self.get(key)

    def write(self, key: str, value: Any) -> None:
        """Keep a value."""
        self[key] = value


def days_left(expiry: date) -> int:
    """Weekdays after TODAY up to an expiry."""
    return sum(1 for n in range(1, (expiry - TODAY).days + 1) if (TODAY + timedelta(days=n)).weekday() < 5)
