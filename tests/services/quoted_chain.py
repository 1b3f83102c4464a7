"""A chain whose books lie around prices of one known volatility, and the valuation over it."""

from datetime import date, datetime, timedelta
from decimal import Decimal

import numpy as np

from terminal.domain.calendar import SHANGHAI
from terminal.domain.contracts import Contract, Right, Underlying
from terminal.domain.market_data import COLUMN_COUNT, Column, pack_rows
from terminal.domain.messages import DayOpened, MarketDataBatch
from terminal.pricing.black_scholes import price_on_forward
from terminal.pricing.time_to_expiry import years_to_expiry
from terminal.services.bus import Bus
from terminal.services.market_data import MarketData
from terminal.services.valuation import Figure, Valuation

NOW = datetime(2018, 11, 9, 14, 41, 18, tzinfo=SHANGHAI)
EXPIRY = date(2018, 11, 28)
STRIKES = [Decimal(text) for text in ("2.30", "2.40", "2.45", "2.50", "2.55", "2.60", "2.70")]
RATE, SPOT, FORWARD, VOLATILITY = 0.029, 2.480, 2.4912, 0.32
ATM_CALL, ATM_PUT, DEEP_CALL = "10000003", "20000003", "10000000"


def contract(code: str, right: Right, strike: Decimal, *, letter: str = "M", multiplier: int = 10_000) -> Contract:
    """One November contract of 510050."""
    return Contract(
        code=code,
        trading_code=f"510050{right}1811{letter}{int(strike * 1000):05d}",
        name=f"50ETF{right.mark}11月{int(strike * 1000)}",
        underlying="510050",
        right=right,
        strike=strike,
        multiplier=multiplier,
        first_day=date(2018, 9, 27),
        last_day=EXPIRY,
        exercise_day=EXPIRY,
        delivery_day=EXPIRY + timedelta(days=1),
        expiry=EXPIRY,
        previous_settlement=Decimal("0.0996"),
        underlying_close=Decimal("2.537"),
        limit_up=Decimal("0.3533"),
        limit_down=Decimal("0.0001"),
        margin=Decimal(3000),
    )


class Chain:
    """A market of one underlying with the contracts given, and its valuation."""

    def __init__(self, contracts: list[Contract], now: datetime = NOW) -> None:
        self.contracts = contracts
        self.now = now
        bus = Bus()
        self.market = MarketData(bus, lambda: 1.0)
        self.valuation = Valuation(self.market, bus, lambda: self.now, rate=RATE)
        self.open_day()

    def open_day(self) -> None:
        """List the contracts, and quote the underlying alone."""
        underlying = Underlying(
            code="510050", name="50ETF", pinyin="SZ50ETF", previous_close=Decimal("2.537"),
            limit_up=Decimal("2.791"), limit_down=Decimal("2.283"),
        )  # fmt: skip
        self.market.open_day(
            DayOpened(trading_day=self.now.date(), underlyings=(underlying,), contracts=tuple(self.contracts))
        )
        self.quote("510050", 24_790, 24_810, last=24_800)

    def quote(self, code: str, bid: int, ask: int, *, last: int = 0) -> None:
        """Put one book on the wire; 0 for a missing side."""
        row = np.zeros((1, COLUMN_COUNT), np.int64)
        row[0, Column.INSTRUMENT] = self.market.row_of[code]
        row[0, [Column.LAST, Column.BID_PRICE, Column.ASK_PRICE]] = last, bid, ask
        self.market.apply(MarketDataBatch(at=self.now, rows=pack_rows(row)))

    def marks(self, code: str) -> tuple[int, int]:
        """What the book and the greeks of a contract stand on."""
        self.valuation.refresh("510050")
        row = self.market.row_of[code]
        return int(self.valuation.book_marks[row]), int(self.valuation.greek_marks[row])

    def fair(self, contract: Contract, volatility: float = VOLATILITY, forward: float = FORWARD) -> float:
        """The Black price, yuan."""
        years = years_to_expiry(self.now, contract.expiry)
        sign = 1.0 if contract.right is Right.CALL else -1.0
        discount = np.exp(-RATE * years)
        return float(price_on_forward(sign, forward, float(contract.strike), years, volatility, discount))

    def quote_all(self, volatility: float = VOLATILITY, forward: float = FORWARD) -> None:
        """A book around the fair price of each contract, two ticks wide."""
        for one in self.contracts:
            units = round(self.fair(one, volatility, forward) * 10_000)
            self.quote(one.code, units - 1, units + 1)

    def figure(self, figure: Figure, code: str) -> float:
        """One figure after a refresh."""
        self.valuation.refresh("510050")
        return float(self.valuation.values[figure, self.market.row_of[code]])


def standard() -> list[Contract]:
    """Calls 10000001.. and puts 20000001.. of the standard series."""
    return [
        contract(f"{right_digit}000000{n}", right, strike)
        for right_digit, right in ((1, Right.CALL), (2, Right.PUT))
        for n, strike in enumerate(STRIKES)
    ]


def quoted_chain() -> Chain:
    """All contracts quoted two ticks wide at 32 %."""
    built = Chain(standard())
    built.quote_all()
    return built
