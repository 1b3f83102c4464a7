"""A small trading floor for the exchange's tests: two underlyings, four contracts, and short words for orders.

Instruments: 0 and 1 are the underlyings, 2 and 3 contracts of the first, 4 and 5 of the second. Prices are units of
0.0001 yuan; every contract settled at 0.1000 and may trade from 0.0001 to 0.3700.
"""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import msgspec

from terminal.domain.calendar import SHANGHAI
from terminal.domain.contracts import Contract, Right, Underlying
from terminal.domain.market_data import Column
from terminal.domain.orders import OrderType, SelfTrade, Side
from terminal.rules.profile import Profile, parse_profile
from terminal.venue.exchange.exchange import Exchange
from terminal.venue.exchange.messages import (
    AdvanceTime,
    CancelOrder,
    ExchangeCommand,
    ExchangeEvent,
    NewOrder,
    OpeningState,
    Traded,
)

DAY = date(2025, 6, 10)
RULES = Path(__file__).parents[3] / "resources" / "rules" / "sse_2025.toml"
BUY, SELL = Side.BUY, Side.SELL
UP, DOWN = 3700, 1


def profile(
    *,
    ioc_levels: int = 1,
    breaker: bool = True,
    close_first: bool = True,
    self_trade: SelfTrade = SelfTrade.ALLOW,
) -> Profile:
    """The rules of 2025, with the switches a test wants turned; one participant may play both sides."""
    rules = parse_profile(RULES.read_text(encoding="utf-8"), RULES.name)
    orders = msgspec.structs.replace(
        rules.orders, market_ioc_levels=ioc_levels, close_first_at_limit=close_first, self_trade=self_trade
    )
    return msgspec.structs.replace(
        rules, orders=orders, breaker=msgspec.structs.replace(rules.breaker, enabled=breaker)
    )


def underlying(code: str) -> Underlying:
    """A fund at 2.700."""
    return Underlying(
        code=code,
        name=code,
        pinyin="ETF",
        previous_close=Decimal("2.700"),
        limit_up=Decimal("2.970"),
        limit_down=Decimal("2.430"),
    )


def contract(place: int, underlying_code: str, **terms: Any) -> Contract:
    """A contract with these terms changed."""
    fields: dict[str, Any] = {
        "code": f"{10000001 + place}",
        "trading_code": f"{underlying_code}C2506M02700",
        "name": "ETF购6月2700",
        "underlying": underlying_code,
        "right": Right.CALL,
        "strike": Decimal("2.700"),
        "multiplier": 10000,
        "first_day": DAY - timedelta(days=60),
        "last_day": DAY + timedelta(days=15),
        "exercise_day": DAY + timedelta(days=15),
        "delivery_day": DAY + timedelta(days=16),
        "expiry": DAY + timedelta(days=15),
        "previous_settlement": Decimal("0.1000"),
        "underlying_close": Decimal("2.700"),
        "limit_up": Decimal("0.3700"),
        "limit_down": Decimal("0.0001"),
        "margin": Decimal("4240.00"),
    }
    return Contract(**(fields | terms))


def at(hour: int, minute: int = 0, second: int = 0) -> datetime:
    """A time of the trading day."""
    return datetime(DAY.year, DAY.month, DAY.day, hour, minute, second, tzinfo=SHANGHAI)


class Floor:
    """An exchange with a clock and order ids of its own."""

    def __init__(
        self,
        now: datetime | None = None,
        *,
        rules: Profile | None = None,
        opening: Sequence[OpeningState] = (),
        **terms: Any,
    ) -> None:
        codes = ("510050", "510300")
        contracts = [contract(place, codes[place // 2], **(terms if place == 0 else {})) for place in range(4)]
        self.exchange = Exchange(rules or profile(), DAY, [underlying(c) for c in codes], contracts, opening)
        self.now = now or at(10)
        self.next_id = 1
        self.events: list[ExchangeEvent] = []
        """Everything since the floor opened"""
        self.sent: list[ExchangeCommand] = []
        self.wait(self.now)

    def send(self, command: ExchangeCommand) -> list[ExchangeEvent]:
        """Carry out a command now."""
        self.sent.append(command)
        events = self.exchange.handle(command, self.now)
        self.events += events
        return events

    def wait(self, until: datetime) -> list[ExchangeEvent]:
        """Let time pass."""
        self.now = until
        return self.send(AdvanceTime())

    def order(
        self,
        side: Side,
        quantity: int,
        price: int = 0,
        order_type: OrderType = OrderType.LIMIT,
        *,
        instrument: int = 2,
        participant: int = 1,
        closes: bool = False,
        covered: bool = False,
    ) -> list[ExchangeEvent]:
        """Enter an order with the next id."""
        self.next_id += 1
        return self.send(
            NewOrder(self.next_id - 1, participant, instrument, side, order_type, quantity, price, closes, covered)
        )

    def cancel(self, order_id: int, participant: int = 1) -> list[ExchangeEvent]:
        """Cancel an order."""
        return self.send(CancelOrder(order_id, participant))

    def trades(self) -> list[tuple[int, int]]:
        """Price and quantity of every trade so far."""
        return [(e.price, e.quantity) for e in self.events if isinstance(e, Traded)]

    def book(self, instrument: int = 2) -> list[tuple[Side, int, int]]:
        """Side, price and leaves of every resting order."""
        return [(o.side, o.price, o.leaves) for o in self.exchange.resting_orders(instrument)]

    def column(self, column: Column, instrument: int = 2, offset: int = 0) -> int:
        """One figure of the instrument's quote row."""
        return int(self.exchange.quote_rows([instrument])[0, column + offset])
