"""Sets a simulated crowd before an exchange, with the chain of the real snapshot or a wide one of several underlyings.

For the benchmark of the crowd and for its tests; the rule: nothing here draws a number, so a floor depends on its seed
alone.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal

import msgspec

from terminal.domain.calendar import SHANGHAI
from terminal.domain.contracts import Contract, Right, Underlying
from terminal.domain.market_data import QuoteRows
from terminal.resources import resource_folder
from terminal.rules.profile import Profile, parse_profile
from terminal.rules.underlyings import build_underlying
from terminal.venue.crowd.crowd import Crowd
from terminal.venue.crowd.opening import settlement_prices
from terminal.venue.crowd.settings import MarketSettings, parse_market
from terminal.venue.exchange.exchange import Exchange
from terminal.venue.exchange.messages import ExchangeEvent

#: The real chain: its day, the underlying's price at its end, and the strikes (in 0.05) of each expiry
SNAPSHOT_DAY = date(2018, 11, 9)
SNAPSHOT_PRICE = Decimal("2.480")
SNAPSHOT_EXPIRIES = (
    (date(2018, 11, 28), "2.20", "2.85"),
    (date(2018, 12, 26), "2.20", "2.95"),
    (date(2019, 3, 27), "2.20", "2.85"),
    (date(2019, 6, 26), "2.25", "2.80"),
)
_STRIKE_STEP = Decimal("0.05")


def load() -> tuple[Profile, MarketSettings]:
    """The shipped profile and settings."""
    folder = resource_folder()
    profile = parse_profile((folder / "rules" / "sse_2025.toml").read_text(encoding="utf-8"), "sse_2025.toml")
    return profile, parse_market((folder / "market.toml").read_text(encoding="utf-8"), "market.toml")


def snapshot_market(market: MarketSettings) -> MarketSettings:
    """The settings with the 50ETF as it stood on the snapshot's day."""
    own = msgspec.structs.replace(
        market.underlying("510050"),
        previous_close=SNAPSHOT_PRICE,
        volatility=0.25,
        short_volatility=0.33,
        long_volatility=0.27,
        skew=0.01,
        curvature=0.0,
        carry=0.045,
    )
    return msgspec.structs.replace(market, underlyings=(own,), dividends=())


def make_chain(
    profile: Profile, market: MarketSettings, day: date, code: str, strikes: Iterable[tuple[date, Decimal]], first: int
) -> tuple[Underlying, list[Contract]]:
    """An underlying and calls and puts on it, with the limits of the day; codes count from `first`."""
    underlying = build_underlying(profile, code, market.underlying(code).previous_close)
    settlement_of = settlement_prices(market)
    contracts: list[Contract] = []
    for expiry, strike in strikes:
        for right in Right:
            settlement = settlement_of(code, right, strike, (expiry - day).days + 1)
            width = underlying.previous_close * underlying.limit_rate
            contracts.append(
                Contract(
                    code=str(first + len(contracts)),
                    trading_code=f"{code}{right}{expiry:%y%m}M{int(strike * 1000):05d}",
                    name=f"{code}{right.mark}{expiry.month}月{int(strike * 1000)}",
                    underlying=code,
                    right=right,
                    strike=strike,
                    multiplier=10000,
                    first_day=day - timedelta(days=30),
                    last_day=expiry,
                    exercise_day=expiry,
                    delivery_day=expiry + timedelta(days=1),
                    expiry=expiry,
                    open_interest=20000,
                    previous_settlement=settlement,
                    underlying_close=underlying.previous_close,
                    limit_up=(settlement + width).quantize(Decimal("0.0001"), ROUND_HALF_UP),
                    limit_down=max((settlement - width).quantize(Decimal("0.0001"), ROUND_HALF_UP), Decimal("0.0001")),
                    margin=Decimal(3000),
                )
            )
    return underlying, contracts


def snapshot_chain(profile: Profile, market: MarketSettings) -> tuple[Underlying, list[Contract]]:
    """The contracts of the snapshot, priced by the model."""
    strikes = [
        (expiry, Decimal(low) + step * _STRIKE_STEP)
        for expiry, low, high in SNAPSHOT_EXPIRIES
        for step in range(int((Decimal(high) - Decimal(low)) / _STRIKE_STEP) + 1)
    ]
    return make_chain(profile, market, SNAPSHOT_DAY, "510050", strikes, 10001000)


def wide_chain(
    profile: Profile, market: MarketSettings, day: date, codes: Sequence[str], strikes_each: int
) -> tuple[list[Underlying], list[Contract]]:
    """Four expiries on each of some underlyings."""
    underlyings: list[Underlying] = []
    contracts: list[Contract] = []
    for number, code in enumerate(codes):
        close = market.underlying(code).previous_close
        step = (close * Decimal("0.02")).quantize(Decimal("0.01"))
        middle = (close / step).to_integral_value() * step
        strikes = [
            (day + timedelta(days=days), middle + (place - strikes_each // 2) * step)
            for days in (20, 48, 118, 209)
            for place in range(strikes_each)
        ]
        underlying, own = make_chain(profile, market, day, code, strikes, 10001000 + 1000 * number)
        underlyings.append(underlying)
        contracts += own
    return underlyings, contracts


def moment(hour: int, minute: int, second: float = 0.0, day: date = SNAPSHOT_DAY) -> datetime:
    """A time of the snapshot's day, or of another."""
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=SHANGHAI) + timedelta(seconds=second)


@dataclass
class Floor:
    """A crowd before an exchange, the time there, and everything that happened."""

    underlyings: Sequence[Underlying]
    contracts: Sequence[Contract]
    crowd: Crowd
    exchange: Exchange
    now: datetime
    events: list[ExchangeEvent] = field(default_factory=list)

    def open_at(self, now: datetime) -> None:
        """Start in the middle of the day with full books."""
        self.now = now
        self.events += self.crowd.open_market(now, self.exchange)

    def play(self, seconds: float, step: float = 0.1) -> list[ExchangeEvent]:
        """Let market time pass; the events of it."""
        found: list[ExchangeEvent] = []
        for _ in range(round(seconds / step)):
            self.now += timedelta(seconds=step)
            found += self.crowd.step(self.now, self.exchange, step)
        self.events += found
        return found

    def play_until(self, end: datetime, step: float) -> list[ExchangeEvent]:
        """Let market time pass up to a moment."""
        return self.play((end - self.now).total_seconds(), step)

    def rows(self) -> QuoteRows:
        """The quotes of all contracts."""
        first = len(self.underlyings)
        return self.exchange.quote_rows(range(first, first + len(self.contracts)))


def snapshot_floor(seed: int = 1, **changes: object) -> Floor:
    """The snapshot's chain before the day begins; `changes` replace settings of its underlying."""
    profile, shipped = load()
    market = snapshot_market(shipped)
    market = msgspec.structs.replace(market, underlyings=(msgspec.structs.replace(market.underlyings[0], **changes),))
    underlying, contracts = snapshot_chain(profile, market)
    return Floor(
        [underlying],
        contracts,
        Crowd(market, seed, [underlying], contracts, SNAPSHOT_DAY),
        Exchange(profile, SNAPSHOT_DAY, [underlying], contracts),
        moment(9, 0),
    )


def wide_floor(codes: Sequence[str], strikes_each: int, seed: int = 1, exchange: type[Exchange] = Exchange) -> Floor:
    """Four expiries on each of some underlyings (none: all of the profile), before the day begins."""
    profile, market = load()
    day = date(2026, 11, 23)
    chosen = codes or [u.code for u in market.underlyings if profile.underlying(u.code)]
    underlyings, contracts = wide_chain(profile, market, day, chosen, strikes_each)
    return Floor(
        underlyings,
        contracts,
        Crowd(market, seed, underlyings, contracts, day),
        exchange(profile, day, underlyings, contracts),
        moment(9, 0, day=day),
    )
