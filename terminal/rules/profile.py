"""A dated rule profile (规则版本): every figure of a market's rules, read from one TOML file of `resources/rules/`.

`parse_profile` takes the file's text, so this module reads no disk. Unknown or missing keys are refused by name.
"""

from collections.abc import Iterator
from datetime import date, time
from decimal import Decimal
from typing import Annotated

import msgspec

from terminal.domain.errors import ConfigurationError

Positive = Annotated[int, msgspec.Meta(ge=1)]
#: First and last moment of a window; the last is not part of it
Window = tuple[time, time]


class Section(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Base of the profile's tables: a key that is not known is a mistake, not a comment."""


class Sessions(Section, frozen=True, kw_only=True):
    """Hours of a trading day, exchange time (rulebook 2.4)."""

    opening_auction: Window
    morning: Window
    afternoon: Window
    closing_auction: Window
    no_cancel: tuple[Window, ...]
    """Windows in which an entered order cannot be cancelled"""
    exercise_end: time
    combination_end: time
    covered_lock: tuple[Window, ...]


class OrderRules(Section, frozen=True, kw_only=True):
    """Order entry and matching (rulebook 2.2, 2.3, 3)."""

    tick_size: Decimal
    lot: Positive
    limit_order_min: Positive
    limit_order_max: Positive
    market_order_min: Positive
    market_order_max: Positive
    market_ioc_levels: Positive
    """How many price levels a market IOC order may sweep"""
    close_first_at_limit: bool
    """Closing orders rank before opening orders at limit-up and limit-down (平仓优先)"""


class Breaker(Section, frozen=True, kw_only=True):
    """Volatility interruption (熔断, rulebook 2.6)."""

    enabled: bool
    move: Decimal
    """Fraction of the reference price"""
    min_ticks: Positive
    auction_seconds: Positive


class StrikeStep(Section, frozen=True, kw_only=True):
    """Strikes up to and including `up_to` lie `step` apart; the last row has no `up_to`."""

    step: Decimal
    up_to: Decimal | None = None


class Listing(Section, frozen=True, kw_only=True):
    """Which contracts are listed (rulebook 1.2, 1.3)."""

    strikes_each_side: Positive
    near_months: Positive
    """Consecutive months from the current one"""
    quarter_months: Positive
    """Quarter months (Mar, Jun, Sep, Dec) after those"""
    etf_steps: tuple[StrikeStep, ...]
    stock_steps: tuple[StrikeStep, ...]
    near_expiry_days: Positive
    """Trading days to expiry below which the near-expiry flag is set"""
    adjusted_flag_days: Positive


class MarginRate(Section, frozen=True, kw_only=True):
    """The two percentages of one margin formula (rulebook 4.1)."""

    ratio_1: Decimal
    ratio_2: Decimal


class MarginRules(Section, frozen=True, kw_only=True):
    """Opening and maintenance margin (保证金)."""

    etf_call: MarginRate
    etf_put: MarginRate
    stock_call: MarginRate
    stock_put: MarginRate
    broker_uplift: Decimal
    """The broker charges clients this multiple of the exchange's margin"""


class Fees(Section, frozen=True, kw_only=True):
    """Yuan per contract (rulebook 9)."""

    exchange: Decimal
    clearing: Decimal
    commission: Decimal
    sell_open_waived: bool
    """Exchange and clearing fees are waived for sell-open and covered-open"""
    exercise: Decimal


class PositionLimits(Section, frozen=True, kw_only=True):
    """Per underlying: right side, total, and opened by buying today (限仓, rulebook 5.1)."""

    right_side: int
    total: int
    daily_buy_open: int


class UnderlyingRules(Section, frozen=True, kw_only=True):
    """One underlying that options are listed on (rulebook 1.1)."""

    code: str
    name: str
    pinyin: str
    limit_rate: Decimal
    multiplier: Positive
    tick_size: Decimal
    listed_on: date


class Profile(Section, frozen=True, kw_only=True):
    """All rules of one era of one market."""

    name: str
    title: str
    valid_from: date
    sessions: Sessions
    orders: OrderRules
    breaker: Breaker
    listing: Listing
    margin: MarginRules
    fees: Fees
    limits: PositionLimits
    underlyings: tuple[UnderlyingRules, ...]

    def underlying(self, code: str) -> UnderlyingRules | None:
        """The rules of one underlying; None when the profile does not list it."""
        return next((u for u in self.underlyings if u.code == code), None)


def parse_profile(text: str, source: str) -> Profile:
    """Read a profile. Raises ConfigurationError that names the file, the key and what is wrong with it.

    Decimals stand in the file as strings, so that no figure passes through binary floats. A figure that is negative or
    no number is refused: a limit must never come to mean no limit (F45).
    """
    try:
        profile = msgspec.toml.decode(text.encode(), type=Profile)
    except (msgspec.DecodeError, ValueError) as error:
        raise ConfigurationError(f"rule profile {source}: {error}") from error
    for key, rule in _broken(profile):
        raise ConfigurationError(f"rule profile {source}: {key}: {rule}")
    return profile


def _broken(profile: Profile) -> Iterator[tuple[str, str]]:
    """Every key that breaks a rule the types do not tell, with the rule."""
    yield from _bad_figures("", profile)
    s = profile.sessions
    day = [*s.opening_auction, *s.morning, *s.afternoon, *s.closing_auction]
    if day != sorted(day):
        yield "sessions", "the windows follow each other: opening auction, morning, afternoon, closing auction"
    for key, windows in (("no_cancel", s.no_cancel), ("covered_lock", s.covered_lock)):
        if any(first >= last for first, last in windows):
            yield f"sessions.{key}", "a window ends after it begins"
    for key, steps in (("etf_steps", profile.listing.etf_steps), ("stock_steps", profile.listing.stock_steps)):
        ends = [step.up_to for step in steps]
        closed = [end for end in ends if end is not None]
        if not ends or ends[-1] is not None or len(closed) != len(ends) - 1 or closed != sorted(set(closed)):
            yield f"listing.{key}", "the ends rise from row to row, and the last row alone has none"
    if profile.margin.broker_uplift < 1:
        yield "margin.broker_uplift", "at least 1: a client never pays less than the exchange asks"
    codes = [underlying.code for underlying in profile.underlyings]
    if len(set(codes)) != len(codes):
        yield "underlyings", "each code stands once"


#: Figures that make no sense at zero either
_ABOVE_ZERO = frozenset({"tick_size", "step", "limit_rate", "move"})


def _bad_figures(path: str, value: object) -> Iterator[tuple[str, str]]:
    """Every number below that is negative, or not one, or zero where zero makes no sense."""
    if isinstance(value, Section):
        for name in value.__struct_fields__:
            yield from _bad_figures(f"{path}.{name}" if path else name, getattr(value, name))
    elif isinstance(value, tuple):
        for number, entry in enumerate(value, 1):
            yield from _bad_figures(f"{path}[{number}]", entry)
    elif isinstance(value, Decimal | int):
        if not Decimal(value).is_finite() or value < 0:
            yield path, f"{value} is no figure from zero upwards"
        elif value == 0 and path.rpartition(".")[2] in _ABOVE_ZERO:
            yield path, "must be above zero"
