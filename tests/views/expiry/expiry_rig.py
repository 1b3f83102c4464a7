"""An afternoon of an expiry day (E, 14:41:18): holdings in and out of the money, written positions, an ex-day ahead."""

from collections.abc import Coroutine
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import numpy as np

from terminal.domain.accounts import Funds, Holding, Position, PositionSide
from terminal.domain.calendar import SHANGHAI
from terminal.domain.contracts import Contract, Right
from terminal.domain.market_data import pack_rows
from terminal.domain.messages import (
    PROTOCOL,
    AccountReport,
    Capability,
    ClockChanged,
    DayOpened,
    MarketDataBatch,
    Notice,
    NoticeKind,
    PhaseChanged,
    Recovered,
    Welcome,
)
from terminal.domain.phases import Phase
from terminal.domain.ports import LinkState
from terminal.domain.settlement import Delivery
from terminal.services.desk import Desk
from terminal.services.expiry_services import ExpiryServices, build_expiry
from tests.views.desk_rig import CALENDAR, make_contract, make_underlying, quote_row

TODAY = date(2026, 11, 25)
EX_DAY = date(2026, 11, 30)
NOW = datetime(2026, 11, 25, 14, 41, 18, tzinfo=SHANGHAI)
EXPIRIES = (TODAY, date(2026, 12, 23), date(2027, 3, 24))
STRIKES = ("2.30", "2.35", "2.40", "2.45", "2.50", "2.55", "2.60")
SPOT = 24_660
#: Right, strike, side, contracts of the expiring month
HELD = (
    (Right.CALL, "2.35", PositionSide.LONG, 20),
    (Right.PUT, "2.55", PositionSide.LONG, 10),
    (Right.CALL, "2.40", PositionSide.LONG, 30),
    (Right.PUT, "2.50", PositionSide.LONG, 25),
    (Right.CALL, "2.45", PositionSide.LONG, 40),
    (Right.CALL, "2.50", PositionSide.LONG, 60),
    (Right.PUT, "2.40", PositionSide.LONG, 45),
    (Right.PUT, "2.60", PositionSide.SHORT, 8),
    (Right.CALL, "2.30", PositionSide.COVERED, 12),
    (Right.CALL, "2.30", PositionSide.SHORT, 6),
    (Right.CALL, "2.55", PositionSide.SHORT, 20),
)


class MemoryKeeper(dict[str, Any]):
    """What the program remembers between runs."""

    def read(self, key: str) -> Any:
        """The value of a key."""
        return self.get(key)

    def write(self, key: str, value: Any) -> None:
        """Keep a value."""
        self[key] = value


def contracts() -> tuple[Contract, ...]:
    """Three months of seven strikes on 50ETF, one month of 300ETF."""
    found: list[Contract] = []
    for expiry in EXPIRIES:
        for strike in STRIKES:
            for right in Right:
                found.append(make_contract(len(found) + 1, "510050", expiry, right, strike))
    for strike in ("3.20", "3.30"):
        for right in Right:
            found.append(make_contract(len(found) + 1, "510300", EXPIRIES[1], right, strike))
    return tuple(found)


def code_of(desk: Desk, right: Right, strike: str, expiry: date = TODAY) -> str:
    """The contract of a strike of 50ETF."""
    wanted = Decimal(strike)
    return next(
        c.code
        for c in desk.market.contracts
        if (c.underlying, c.right, c.strike, c.expiry) == ("510050", right, wanted, expiry)
    )


def report(desk: Desk, sequence: int = 0, deliveries: tuple[Delivery, ...] = (), **more: Any) -> AccountReport:
    """The counter's picture of the day."""
    positions = [
        Position(
            contract_code=code_of(desk, right, strike),
            side=side,
            quantity=quantity,
            average_price=Decimal("0.0600"),
            margin=Decimal(2_600 * quantity) if side is PositionSide.SHORT else Decimal(0),
        )
        for right, strike, side, quantity in HELD
    ]
    positions.append(
        Position(contract_code=code_of(desk, Right.CALL, "2.60", EXPIRIES[1]), side=PositionSide.COVERED, quantity=5)
    )
    positions.append(
        Position(
            contract_code=code_of(desk, Right.CALL, "2.55", EXPIRIES[1]),
            side=PositionSide.SHORT,
            quantity=8,
            margin=Decimal("25600.00"),
        )
    )
    funds = Funds(
        balance=Decimal("1400000.00"),
        margin=Decimal("114000.00"),
        opening_balance=Decimal("1400000.00"),
        withdrawable=Decimal("900000.00"),
    )
    fields: dict[str, Any] = {
        "funds": funds,
        "positions": tuple(positions),
        "holdings": (Holding(underlying="510050", total=292_000, locked=170_000, covering=170_000),),
    }
    return AccountReport(sequence=sequence, account_id="A-1", at=NOW, deliveries=deliveries, **(fields | more))


def open_expiry_day(desk: Desk, at: datetime = NOW, capabilities: tuple[Capability, ...] = tuple(Capability)) -> None:
    """Play a venue on the afternoon of the expiry day."""
    listed = contracts()
    underlyings = (make_underlying("510050"), make_underlying("510300"))
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
    desk.on_event(DayOpened(trading_day=TODAY, underlyings=underlyings, contracts=listed, source="test"))
    desk.on_event(ClockChanged(at=at, speed=1.0))
    desk.on_event(PhaseChanged(phase=Phase.CONTINUOUS, at=at, ends_at=at.replace(hour=14, minute=57, second=0)))
    desk.on_event(
        Notice(
            kind=NoticeKind.EX_RIGHT,
            at=at,
            number=1,
            underlying="510050",
            figures={"day": EX_DAY.isoformat(), "cash": "0.049"},
        )
    )
    put_prices(desk, SPOT, at)
    desk.on_event(report(desk))
    desk.on_event(Recovered(last_sequence=0))


def put_prices(desk: Desk, spot: int, at: datetime = NOW) -> None:
    """Every quote of the market around a price of 50ETF in 0.0001 yuan; options near their intrinsic value."""
    market, rows = desk.market, []
    for number, underlying in enumerate(market.underlyings):
        last = spot if underlying.code == "510050" else 32_800
        rows.append(quote_row(number, last, last - 10, last + 10))
    for number, contract in enumerate(market.contracts, len(market.underlyings)):
        last = spot if contract.underlying == "510050" else 32_800
        strike = int(contract.strike.scaleb(4))
        inside = max(last - strike if contract.right is Right.CALL else strike - last, 0)
        value = inside + (14 if contract.expiry == TODAY else 420) * (1 if inside else 0) + (0 if inside else 6)
        if contract.expiry == TODAY and inside > 300:
            value = inside - 6
        rows.append(quote_row(number, value, max(value - 4, 1), value + 4, open_interest=12_000))
    desk.on_event(MarketDataBatch(at=at, rows=pack_rows(np.array(rows, np.int64))))


def delivery(
    desk: Desk, right: Right, strike: str, side: PositionSide, quantity: int, code: str | None = None
) -> Delivery:
    """A delivery of what expired today."""
    return Delivery(
        contract_code=code or code_of(desk, right, strike),
        underlying="510050",
        right=right,
        side=side,
        strike=Decimal(strike),
        multiplier=10_000,
        quantity=quantity,
        exercise_day=TODAY,
        delivery_day=TODAY + timedelta(days=1),
    )


def services_of(desk: Desk, memory: MemoryKeeper | None = None, spawn: Any = None) -> ExpiryServices:
    """The services over a desk; a contract in the money is sure to be exercised."""

    def ignore(work: Coroutine[Any, Any, Any]) -> None:
        work.close()

    return build_expiry(desk, CALENDAR, lambda _contract: None, memory or MemoryKeeper(), spawn or ignore)
