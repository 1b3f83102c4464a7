"""A desk of one underlying with strategies on it, over a gateway that is a list with a clock, to measure in.

The real services over a real journal; the venue's answers are made by hand.
"""

import asyncio
import math
import time
from collections.abc import Coroutine, Sequence
from dataclasses import dataclass, field, fields
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import numpy as np

from terminal.domain import wire
from terminal.domain.account_rights import AccountKind, AccountProfile, AccountRights
from terminal.domain.accounts import Funds
from terminal.domain.calendar import SHANGHAI
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
    OrderReport,
    PhaseChanged,
    QuoteReport,
    Recovered,
    SubmitOrder,
    SubmitQuotes,
    Welcome,
)
from terminal.domain.orders import ExecType
from terminal.domain.phases import Phase
from terminal.domain.ports import LinkState, VenueListener
from terminal.domain.quotes import QuoteStatus
from terminal.pricing.black_scholes import price
from terminal.resources import resource_folder
from terminal.rule_files import read_calendar
from terminal.rules.profile import parse_profile
from terminal.rules.protection.limit_sheet import LimitSheet
from terminal.services.bus import Bus
from terminal.services.checks import DeskLimits, OrderChecks
from terminal.services.client_terms import ClientTerms
from terminal.services.desk import Desk
from terminal.services.gate import DESK, Gate
from terminal.services.instruction_checks import InstructionChecks
from terminal.services.instructions import InstructionService
from terminal.services.market_clock import MarketClock
from terminal.services.market_data import MarketData
from terminal.services.orders import OrderService
from terminal.services.portfolio import Portfolio
from terminal.services.quoting import QuoteService
from terminal.services.theoretical import Theoretical
from terminal.services.valuation import Valuation
from terminal.storage.journal import SqliteJournal
from terminal.strategies.engine import StrategyEngine
from terminal.strategies.view import DeskView

DAY = date(2026, 3, 2)
AT = datetime(2026, 3, 2, 13, 0, tzinfo=SHANGHAI)
FUND = "510050"
EXPIRIES = (date(2026, 3, 25), date(2026, 4, 22), date(2026, 6, 24), date(2026, 9, 23))
SPOT = 29_630
FREE = LimitSheet(**{limit.name: math.inf for limit in fields(LimitSheet) if limit.name != "cancel_reserve"})


@dataclass
class ListGateway:
    """A gateway that encodes as the line does and notes when."""

    sent: list[tuple[float, float, Command]] = field(default_factory=list)

    async def start(self, listener: VenueListener) -> None:
        """Nothing to connect to."""

    def send(self, command: Command) -> bool:
        """Encode and note the moment."""
        wire.frame(command)
        self.sent.append((time.perf_counter(), time.thread_time(), command))
        return True

    async def stop(self) -> None:
        """Nothing to close."""


def contracts(count: int) -> tuple[Contract, ...]:
    """So many contracts of one underlying, calls and puts over four expiries, strikes around the spot."""
    strikes = math.ceil(count / (2 * len(EXPIRIES)))
    made: list[Contract] = []
    for expiry in EXPIRIES:
        for place in range(strikes):
            strike = Decimal("2.963") + (place - strikes // 2) * Decimal("0.05") - Decimal("0.013")
            for right in Right:
                number = len(made) + 10_000_001
                made.append(
                    Contract(
                        code=str(number),
                        trading_code=f"{FUND}{right}{expiry:%y%m}M{int(strike * 1000):05d}",
                        name=str(number),
                        underlying=FUND,
                        right=right,
                        strike=strike,
                        multiplier=10_000,
                        first_day=date(2025, 9, 25),
                        last_day=expiry,
                        exercise_day=expiry,
                        delivery_day=expiry,
                        expiry=expiry,
                        previous_settlement=Decimal("0.1"),
                        underlying_close=Decimal("2.963"),
                        limit_up=Decimal("5"),
                        limit_down=Decimal("0.0001"),
                        margin=Decimal("5000"),
                    )
                )
    return tuple(made[:count])


class Room:
    """A desk of one underlying with a quoter on it."""

    def __init__(self, folder: Path, count: int) -> None:
        self.monotonic = time.monotonic
        bus, clock = Bus(), MarketClock(time.monotonic)
        self.market, portfolio = MarketData(bus, time.monotonic), Portfolio(bus, clock.now)
        profile = parse_profile((resource_folder() / "rules" / "sse_2025.toml").read_text("utf-8"), "sse_2025.toml")
        terms = ClientTerms(profile, self.market, portfolio, lambda expiry: (expiry - DAY).days)
        self.checks = checks = OrderChecks(profile, self.market, portfolio, DeskLimits(Decimal(10_000_000)), terms)
        self.theoretical = Theoretical(
            self.market, Valuation(self.market, bus, clock.now, rate=0.015), bus, time.monotonic
        )
        self.gateway = ListGateway()
        self.journal = SqliteJournal(folder / f"quoting-{count}.sqlite")
        gate = Gate(self.market, portfolio, self.theoretical, lambda: self.quoting.board, time.monotonic)
        for sender in (DESK, "quoter"):
            gate.set_sheet(sender, FREE)
        self.orders = OrderService(
            desk_id="D1",
            send=self.gateway.send,
            journal=self.journal,
            checks=checks,
            gate=gate,
            portfolio=portfolio,
            market=self.market,
            bus=bus,
            now=clock.now,
            monotonic=time.monotonic,
        )
        instructions = InstructionService(
            desk_id="D1",
            send=self.gateway.send,
            journal=self.journal,
            checks=InstructionChecks(
                profile, self.market, portfolio, terms, read_calendar(folder / "calendar.json"), clock.now
            ),
            orders=self.orders,
            gate=gate,
            portfolio=portfolio,
            bus=bus,
            now=clock.now,
        )
        self.quoting = QuoteService(
            desk_id="D1",
            send=self.gateway.send,
            journal=self.journal,
            orders=self.orders,
            gate=gate,
            theoretical=self.theoretical,
            bus=bus,
            now=clock.now,
            monotonic=time.monotonic,
        )
        self.desk = Desk(
            desk_id="D1",
            account_id="MM1",
            gateway=self.gateway,
            journal=self.journal,
            bus=bus,
            clock=clock,
            market=self.market,
            portfolio=portfolio,
            orders=self.orders,
            instructions=instructions,
            quoting=self.quoting,
            monotonic=time.monotonic,
        )
        view = DeskView(self.market, portfolio, self.theoretical, gate, clock.now, time.monotonic)

        def spawn(work: Coroutine[Any, Any, Any]) -> object:
            return asyncio.ensure_future(work)

        self.engine = StrategyEngine(
            market=self.market,
            theoretical=self.theoretical,
            quoting=self.quoting,
            orders=self.orders,
            view=view,
            bus=bus,
            now=clock.now,
            monotonic=time.monotonic,
            clock=time.perf_counter,
            spawn=spawn,
            call_seconds=1.0,
            when_idle=lambda do: asyncio.get_running_loop().call_soon(do),
        )
        self.count = count
        self.unanswered: list[tuple[float, float, Command]] = []
        self._sequence = 0

    def open(self) -> None:
        """A venue's morning, with books around fair prices."""
        listed = contracts(self.count)
        fund = Underlying(
            code=FUND,
            name=FUND,
            pinyin=FUND,
            previous_close=Decimal("2.963"),
            limit_up=Decimal("3.259"),
            limit_down=Decimal("2.667"),
        )
        self.desk.on_link(LinkState.RECOVERING, "")
        self.desk.on_event(
            Welcome(
                protocol=PROTOCOL,
                venue="list",
                account_id="MM1",
                capabilities=(Capability.ORDERS, Capability.QUOTES),
                trading_day=DAY,
                book_id="b",
                simulated=True,
            )
        )
        self.desk.on_event(DayOpened(trading_day=DAY, underlyings=(fund,), contracts=listed))
        self.desk.on_event(ClockChanged(at=AT, speed=1.0))
        self.desk.on_event(PhaseChanged(phase=Phase.CONTINUOUS, at=AT))
        self.desk.on_event(
            AccountReport(
                sequence=0,
                account_id="MM1",
                at=AT,
                funds=Funds(balance=Decimal(500_000_000)),
                positions=(),
                holdings=(),
                profile=AccountProfile(rights=AccountRights(kind=AccountKind.MARKET_MAKER_PRIMARY)),
            )
        )
        self.desk.on_event(Recovered(last_sequence=0))
        self.desk.on_event(MarketDataBatch(at=AT, rows=pack_rows(self._books(listed))))
        self.theoretical.settle(FUND)

    def _books(self, listed: Sequence[Contract]) -> "np.ndarray[Any, np.dtype[np.int64]]":
        rows = np.zeros((1 + len(listed), COLUMN_COUNT), np.int64)
        rows[:, Column.INSTRUMENT] = np.arange(len(rows))
        rows[0, [Column.LAST, Column.BID_PRICE, Column.ASK_PRICE]] = SPOT, SPOT - 10, SPOT + 10
        is_call = np.array([c.right is Right.CALL for c in listed])
        strike = np.array([float(c.strike) for c in listed])
        years = np.array([(c.expiry - DAY).days / 365 for c in listed])
        forward = SPOT / 1e4 * np.exp(0.015 * years)
        smile = 0.20 + 0.1 * np.log(strike / forward) ** 2 / years
        value = price(is_call=is_call, spot=SPOT / 1e4, strike=strike, years=years, rate=0.015, volatility=smile)
        fair = np.round(value * 1e4).astype(np.int64)
        rows[1:, Column.BID_PRICE], rows[1:, Column.ASK_PRICE] = np.maximum(fair - 12, 1), fair + 12
        rows[1:, Column.BID_QUANTITY] = rows[1:, Column.ASK_QUANTITY] = 20
        return rows

    def tick(self, spot: int) -> bytes:
        """The frame body of a tick of the underlying."""
        row = self.market.quotes[:1].copy()
        row[0, [Column.LAST, Column.BID_PRICE, Column.ASK_PRICE]] = spot, spot - 10, spot + 10
        return wire.encode(MarketDataBatch(at=AT, rows=pack_rows(row)))

    def keep_answers(self) -> None:
        """Leave what was sent for a later answer."""
        self.unanswered += self.gateway.sent
        self.gateway.sent.clear()

    def answer(self) -> None:
        """Let the venue say LIVE to everything sent."""
        waiting, self.unanswered = [*self.unanswered, *self.gateway.sent], []
        for *_, command in waiting:
            if isinstance(command, SubmitQuotes):
                for entry in command.entries:
                    self._sequence += 1
                    side = f"{command.quote_id}-{entry.contract_code}"
                    self.desk.on_event(
                        QuoteReport(
                            sequence=self._sequence,
                            quote_id=command.quote_id,
                            contract_code=entry.contract_code,
                            status=QuoteStatus.LIVE,
                            bid_order=f"{side}-B",
                            ask_order=f"{side}-S",
                            bid_price=entry.bid_price,
                            bid_quantity=entry.bid_quantity,
                            ask_price=entry.ask_price,
                            ask_quantity=entry.ask_quantity,
                            at=AT,
                            trading_day=DAY,
                        )
                    )
            elif isinstance(command, SubmitOrder):
                self._sequence += 1
                self.desk.on_event(
                    OrderReport(
                        sequence=self._sequence,
                        report_id=str(self._sequence),
                        account_id="MM1",
                        client_order_id=command.client_order_id,
                        exchange_order_id=str(self._sequence),
                        exec_type=ExecType.ACKNOWLEDGED,
                        contract_code=command.contract_code,
                        instruction=command.instruction,
                        order_type=command.order_type,
                        quantity=command.quantity,
                        price=command.price,
                        at=AT,
                        trading_day=DAY,
                    )
                )
        self.gateway.sent.clear()
