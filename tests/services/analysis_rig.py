"""A market with two expiries whose prices lie on a known smile, an account in it, and the services that read them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal

import numpy as np
from numpy.typing import NDArray

from terminal.domain.accounts import Funds, Position, PositionSide
from terminal.domain.calendar import SHANGHAI
from terminal.domain.contracts import Contract, Right, Underlying
from terminal.domain.market_data import COLUMN_COUNT, Column, pack_rows
from terminal.domain.messages import AccountReport, DayOpened, MarketDataBatch
from terminal.domain.orders import Fill, Instruction, Order, OrderStatus, OrderType
from terminal.pricing.black_scholes import price_on_forward
from terminal.pricing.curve import Curve
from terminal.pricing.time_to_expiry import years_to_expiry
from terminal.services.bus import Bus
from terminal.services.curves import CurveKey, CurveService
from terminal.services.events import FillBooked
from terminal.services.mark_outs import MarkOuts
from terminal.services.market_data import MarketData
from terminal.services.portfolio import Portfolio
from terminal.services.profit_explained import ProfitExplained
from terminal.services.resting import resting_of
from terminal.services.risk import RiskService
from terminal.services.settlement_values import SettlementValues
from terminal.services.valuation import Valuation

NOW = datetime(2026, 11, 9, 10, 30, tzinfo=SHANGHAI)
SETTLED = datetime(2026, 11, 6, 15, 0, tzinfo=SHANGHAI)
NEAR, FAR = date(2026, 11, 25), date(2026, 12, 23)
STRIKES = tuple(Decimal(n) / 100 for n in range(220, 285, 5))
CODE, RATE, SPOT, CLOSE = "510050", 0.02, 2.50, 2.48
FloatArray = NDArray[np.float64]


def smile_at(strike: float, forward: float, years: float) -> float:
    """A smile with some skew: 20 % at the money."""
    z = float(np.log(strike / forward) / np.sqrt(years))
    return 0.20 - 0.03 * z + 0.08 * z * z


def fair(right: Right, strike: float, spot: float, at: datetime, expiry: date, shift: float = 0.0) -> float:
    """Price on the known smile, yuan."""
    years = years_to_expiry(at, expiry)
    forward = spot * np.exp(RATE * years)
    sign = 1.0 if right is Right.CALL else -1.0
    volatility = smile_at(strike, forward, years) + shift
    return float(price_on_forward(sign, forward, strike, years, volatility, np.exp(-RATE * years)))


def contract(number: int, right: Right, strike: Decimal, expiry: date) -> Contract:
    """A contract whose settlement lies on the smile of the last close."""
    settled = max(fair(right, float(strike), CLOSE, SETTLED, expiry), 0.0001)
    return Contract(
        code=f"{10_000_000 + number:08d}",
        trading_code=f"{CODE}{right}{expiry:%y%m}M{int(strike * 1000):05d}",
        name=f"50ETF{right.mark}{expiry.month}月{int(strike * 1000)}",
        underlying=CODE,
        right=right,
        strike=strike,
        multiplier=10_000,
        first_day=date(2026, 8, 26),
        last_day=expiry,
        exercise_day=expiry,
        delivery_day=expiry + timedelta(days=1),
        expiry=expiry,
        previous_settlement=Decimal(f"{settled:.4f}"),
        underlying_close=Decimal(str(CLOSE)),
        limit_up=Decimal("1.0"),
        limit_down=Decimal("0.0001"),
        margin=Decimal(3000),
    )


class MemoryStore:
    """Keeps curves as a disk would, without one; `failure` is what the next write raises."""

    def __init__(self) -> None:
        self.kept: dict[CurveKey, Curve] = {}
        self.writes = 0
        self.failure: OSError | None = None

    def load(self) -> tuple[dict[CurveKey, Curve], tuple[str, ...]]:
        """What was kept."""
        return dict(self.kept), ()

    def save(self, curves: Mapping[CurveKey, Curve]) -> None:
        """Keep these."""
        if self.failure is not None:
            raise self.failure
        self.kept, self.writes = dict(curves), self.writes + 1


@dataclass
class Rig:
    """Everything, moved by hand."""

    store: MemoryStore = field(default_factory=MemoryStore)
    now: datetime = NOW
    seconds: float = 100.0
    orders: list[Order] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.bus = Bus()
        self.market = MarketData(self.bus, lambda: self.seconds)
        self.portfolio = Portfolio(self.bus, lambda: self.now)
        self.valuation = Valuation(self.market, self.bus, lambda: self.now, rate=RATE)
        self.settled = SettlementValues(self.market, self.valuation, self.bus, lambda: SETTLED)
        self.contracts = [
            contract(n, right, strike, expiry)
            for n, (expiry, strike, right) in enumerate((e, k, r) for e in (NEAR, FAR) for k in STRIKES for r in Right)
        ]

        self.curves = CurveService(
            self.market, self.valuation, self.settled, self.bus, lambda: self.now,
            monotonic=lambda: self.seconds, store=self.store, resting=lambda: resting_of(self.orders, self.market),
        )  # fmt: skip
        self.risk = RiskService(
            self.market, self.portfolio, self.valuation, lambda: resting_of(self.orders, self.market)
        )
        self.profit = ProfitExplained(
            self.market, self.portfolio, self.valuation, self.settled, self.bus, lambda: self.now
        )
        self.mark_outs = MarkOuts(self.market, self.valuation, self.bus, lambda: self.now)
        underlying = Underlying(
            code=CODE, name="50ETF", pinyin="SZ50ETF", previous_close=Decimal(str(CLOSE)),
            limit_up=Decimal("2.728"), limit_down=Decimal("2.232"),
        )  # fmt: skip
        self.market.open_day(
            DayOpened(trading_day=NOW.date(), underlyings=(underlying,), contracts=tuple(self.contracts))
        )
        self.quote_all()

    def quote_all(self, spot: float = SPOT, shift: float = 0.0, half: float = 0.0002) -> None:
        """Quote everything on the smile, `half` yuan to each side, rounded to ticks as a market does."""
        rows = np.zeros((1 + len(self.contracts), COLUMN_COUNT), np.int64)
        rows[:, Column.INSTRUMENT] = np.arange(len(rows))
        spot_units = round(spot * 10_000)
        rows[0, [Column.LAST, Column.BID_PRICE, Column.ASK_PRICE]] = spot_units, spot_units - 10, spot_units + 10
        for n, c in enumerate(self.contracts, 1):
            price = fair(c.right, float(c.strike), spot, self.now, c.expiry, shift)
            bid, ask = max(round((price - half) * 10_000), 1), max(round((price + half) * 10_000), 2)
            rows[n, [Column.BID_PRICE, Column.ASK_PRICE]] = bid, max(ask, bid + 1)
        self.market.apply(MarketDataBatch(at=self.now, rows=pack_rows(rows)))

    def find(self, right: Right, strike: str, expiry: date = NEAR) -> Contract:
        """One contract."""
        return next(
            c for c in self.contracts if c.right is right and c.strike == Decimal(strike) and c.expiry == expiry
        )

    def hold(self, *positions: tuple[Contract, int], sequence: int = 0) -> None:
        """Play the counter's picture: net contracts, short negative."""
        money = Funds(balance=Decimal(1_000_000), opening_balance=Decimal(1_000_000))
        held = tuple(
            Position(contract_code=c.code, side=PositionSide.LONG if n > 0 else PositionSide.SHORT, quantity=abs(n))
            for c, n in positions
        )
        self.portfolio.on_account(
            AccountReport(sequence=sequence, account_id="A", at=self.now, funds=money, positions=held, holdings=())
        )

    def order(self, of: Contract, instruction: Instruction, price: str, quantity: int) -> None:
        """One more working order."""
        self.orders.append(
            Order(
                client_order_id=f"D-{len(self.orders)}", account_id="A", contract_code=of.code, instruction=instruction,
                order_type=OrderType.LIMIT, quantity=quantity, price=Decimal(price), status=OrderStatus.WORKING,
                submitted_at=self.now, updated_at=self.now,
            )
        )  # fmt: skip

    def fill(self, of: Contract, instruction: Instruction, price: str, quantity: int, sequence: int) -> None:
        """One execution, at a fee of 1.60 yuan a contract."""
        fill = Fill(
            fill_id=f"F{sequence}", client_order_id="D-0", exchange_order_id="X", account_id="A", contract_code=of.code,
            instruction=instruction, price=Decimal(price), quantity=quantity, fee=Decimal("1.60") * quantity,
            at=self.now,
        )  # fmt: skip
        self.portfolio.on_fill(fill, sequence)
        self.bus.publish(FillBooked(fill))
