"""The simulated market's settings, read from `resources/market.toml`: underlyings, smile, crowd, first account.

`parse_market` takes the file's text, so this module reads no disk. Unknown or missing keys are refused by name.
"""

import math
from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise
from typing import Annotated

import msgspec

from terminal.domain.account_rights import AccountKind, Tier
from terminal.domain.errors import ConfigurationError

Positive = Annotated[float, msgspec.Meta(gt=0.0, le=1e12)]
Share = Annotated[float, msgspec.Meta(ge=0.0, le=1.0)]
Volatility = Annotated[float, msgspec.Meta(gt=0.0, le=5.0)]
Slope = Annotated[float, msgspec.Meta(ge=-5.0, le=5.0)]
Count = Annotated[int, msgspec.Meta(ge=1)]
Row = tuple[Positive, ...]


class Section(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Base of the tables: a key that is not known is a mistake, not a comment."""


class AccountSettings(Section, frozen=True, kw_only=True):
    """What a desk's account starts with; `shares` of every underlying, none of them locked."""

    cash: Decimal
    shares: Annotated[int, msgspec.Meta(ge=0)]


class AccountTemplate(Section, frozen=True, kw_only=True):
    """What an account is whose name is `prefix`, with or without a number behind it; the rest as `account` says."""

    prefix: Annotated[str, msgspec.Meta(min_length=1, pattern="^[A-Za-z][A-Za-z0-9]*$")]
    kind: AccountKind
    tier: Tier = Tier.ONE
    """Of an individual (投资者分级)"""
    margin_group: str = ""
    filed: bool = False
    """A market maker filed with the exchange"""
    programs_filed: bool = False
    """Programme trading filed with the exchange"""
    cash: Decimal | None = None
    shares: Annotated[int, msgspec.Meta(ge=0)] | None = None
    trading_days: Annotated[int, msgspec.Meta(ge=0)] = 0
    contracts_traded: Annotated[int, msgspec.Meta(ge=0)] = 0
    own_assets: Decimal = Decimal(0)
    """Yuan; with the two above it decides an individual's limits"""


class PricingSettings(Section, frozen=True, kw_only=True):
    """What holds for all underlyings: the rate, and how fast volatility runs from short to long."""

    rate: Slope
    term_years: Positive


class UnderlyingSettings(Section, frozen=True, kw_only=True):
    """One underlying: its price, its path and its smile."""

    code: str
    previous_close: Decimal
    volatility: Volatility
    short_volatility: Volatility
    long_volatility: Volatility
    skew: Slope
    curvature: Slope
    carry: Slope
    market_share: Share
    activity: Positive
    share_volume: Positive


class DividendSettings(Section, frozen=True, kw_only=True):
    """A cash dividend whose ex-day (除息日) lies this many trading days before the first simulated day."""

    underlying: str
    trading_days_ago: Count
    cash: Decimal


class SmileSettings(Section, frozen=True, kw_only=True):
    """How the smile moves: deviations per root of a trading day, and the share of a deviation a day takes back."""

    level: Positive
    skew: Positive
    curvature: Positive
    reversion: Positive
    leverage: Slope
    residual_half_life: Positive


class LiquidityTable(Section, frozen=True, kw_only=True):
    """Figures of one month class at the moneyness nodes; spread and gap in ticks, the rest in contracts."""

    spread: Row
    gap: Row
    touch: Row
    deeper: Row
    volume: Row
    trade: Row


class LiquiditySettings(Section, frozen=True, kw_only=True):
    """Spread, depth and activity by month and moneyness; nodes in deviations out of the money."""

    moneyness: tuple[float, ...]
    near: LiquidityTable
    next: LiquidityTable
    later: LiquidityTable


class QuotingSettings(Section, frozen=True, kw_only=True):
    """The registered market makers of the crowd, their quotes, and the inquiries they answer."""

    quoters: Annotated[int, msgspec.Meta(ge=1, le=9)]
    every_contracts: Count
    refresh_seconds: Positive
    largest_mean: Positive
    inquiries_per_minute: Positive
    quiet_orders_per_minute: Positive
    wide_spread: Positive
    again_seconds: Positive
    answer_seconds: Positive
    hold_seconds: Positive


class CrowdSettings(Section, frozen=True, kw_only=True):
    """How the simulated participants behave."""

    makers: Annotated[int, msgspec.Meta(ge=2, le=90)]
    takers: Annotated[int, msgspec.Meta(ge=2, le=899)]
    refreshes_per_second: Positive
    underlying_quote_seconds: Positive
    levels: Count
    levels_max: Count
    moved_spreads: Positive
    closing_share: Share
    market_order_share: Share
    size_deviation: Positive
    adjusted_activity: Positive
    opening_gap: Share
    shock_volatility: Positive
    smile: SmileSettings
    quoting: QuotingSettings
    liquidity: LiquiditySettings


class MarketSettings(Section, frozen=True, kw_only=True):
    """The whole file."""

    account: AccountSettings
    accounts: tuple[AccountTemplate, ...] = ()
    pricing: PricingSettings
    underlyings: tuple[UnderlyingSettings, ...]
    dividends: tuple[DividendSettings, ...] = ()
    crowd: CrowdSettings

    def underlying(self, code: str) -> UnderlyingSettings:
        """The settings of one underlying. Raises ConfigurationError when there are none."""
        for settings in self.underlyings:
            if settings.code == code:
                return settings
        raise ConfigurationError(f"the simulated market has no settings for the underlying {code!r}")


def parse_market(text: str, source: str) -> MarketSettings:
    """Read the market's settings. Raises ConfigurationError that names the file, the key and what is wrong with it.

    Decimals stand in the file as strings, so that no price or sum of money passes through binary floats.
    """
    try:
        market = msgspec.toml.decode(text.encode(), type=MarketSettings)
    except (msgspec.DecodeError, ValueError, ArithmeticError) as error:
        raise ConfigurationError(f"market settings {source}: {error}") from error
    for problem in _problems(market):
        raise ConfigurationError(f"market settings {source}: {problem}")
    return market


def _problems(market: MarketSettings) -> Iterator[str]:
    """What single fields cannot show."""
    for path, number in _numbers("", msgspec.to_builtins(market, builtin_types=(Decimal,))):
        if not math.isfinite(number):
            yield f"{path} is not a finite number"
    if market.account.cash < 0:
        yield "account.cash is negative"
    prefixes = [template.prefix for template in market.accounts]
    if len(set(prefixes)) < len(prefixes):
        yield "accounts: a prefix stands there twice"
    for template in market.accounts:
        if (template.cash is not None and template.cash < 0) or template.own_assets < 0:
            yield f"accounts {template.prefix}: cash or own_assets is negative"
    codes = [settings.code for settings in market.underlyings]
    if len(set(codes)) < len(codes):
        yield "underlyings: a code stands there twice"
    for settings in market.underlyings:
        if settings.previous_close <= 0:
            yield f"underlyings {settings.code}: previous_close must be above 0"
    for dividend in market.dividends:
        if dividend.underlying not in codes:
            yield f"dividends: {dividend.underlying} is not among the underlyings"
        if dividend.cash <= 0:
            yield f"dividends {dividend.underlying}: cash must be above 0"
    crowd = market.crowd
    if crowd.levels > crowd.levels_max:
        yield "crowd.levels exceeds crowd.levels_max"
    nodes = crowd.liquidity.moneyness
    if len(nodes) < 2 or any(after <= before for before, after in pairwise(nodes)):
        yield "crowd.liquidity.moneyness must be at least two rising numbers"
    for name in ("near", "next", "later"):
        table = getattr(crowd.liquidity, name)
        for key in LiquidityTable.__struct_fields__:
            row = getattr(table, key)
            if len(row) != len(nodes):
                yield f"crowd.liquidity.{name}.{key} has {len(row)} figures for {len(nodes)} nodes of moneyness"
            if key != "volume" and min(row, default=1.0) < 1.0:
                yield f"crowd.liquidity.{name}.{key} holds a figure below 1"


def _numbers(path: str, value: object) -> Iterator[tuple[str, float]]:
    if isinstance(value, dict):
        for key, part in value.items():
            yield from _numbers(f"{path}.{key}".lstrip("."), part)
    elif isinstance(value, list | tuple):
        for part in value:
            yield from _numbers(path, part)
    elif isinstance(value, float | Decimal):
        yield path, float(value)
