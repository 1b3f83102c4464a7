"""A dated rule profile (规则版本): every figure of a market's rules, read from one TOML file of `resources/rules/`.

`parse_profile` takes the file's text, so this module reads no disk. Unknown or missing keys are refused by name.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from itertools import pairwise

import msgspec

from terminal.domain.errors import ConfigurationError
from terminal.rules.sections.base import UNLIMITED, Limit, Positive, Section, Window
from terminal.rules.sections.clearing import (
    Clearing,
    DeliveryRules,
    Fees,
    Inquiries,
    Interest,
    QuoteRules,
    Reminders,
    RiskLights,
)
from terminal.rules.sections.limits import (
    Concentration,
    IndividualLevel,
    LimitRules,
    OrderRate,
    PositionLimits,
    PurchaseRules,
)
from terminal.rules.sections.listing import AdjustmentRules, Listing, RestrictionRules, StrikeStep, UnderlyingRules
from terminal.rules.sections.margin import ExpiryDayAddition, MarginRate, MarginRules, NearExpiryUplift
from terminal.rules.sections.trading import (
    Breaker,
    Capabilities,
    CombinationRules,
    OrderRules,
    PhaseCodes,
    PriceLimitRules,
    Sessions,
    ShareRules,
)

__all__ = [
    "UNLIMITED",
    "AdjustmentRules",
    "Breaker",
    "Capabilities",
    "Clearing",
    "CombinationRules",
    "Concentration",
    "DeliveryRules",
    "ExpiryDayAddition",
    "Fees",
    "IndividualLevel",
    "Inquiries",
    "Interest",
    "Limit",
    "LimitRules",
    "Listing",
    "MarginRate",
    "MarginRules",
    "NearExpiryUplift",
    "OrderRate",
    "OrderRules",
    "PhaseCodes",
    "PositionLimits",
    "Positive",
    "PriceLimitRules",
    "Profile",
    "PurchaseRules",
    "QuoteRules",
    "Reminders",
    "RestrictionRules",
    "RiskLights",
    "Section",
    "Sessions",
    "ShareRules",
    "StrikeStep",
    "UnderlyingRules",
    "Window",
    "parse_profile",
]


class Profile(Section, frozen=True, kw_only=True):
    """All rules of one era of one market."""

    name: str
    title: str
    valid_from: date
    capabilities: Capabilities
    sessions: Sessions
    phase_codes: PhaseCodes
    orders: OrderRules
    price_limits: PriceLimitRules
    breaker: Breaker
    listing: Listing
    adjustment: AdjustmentRules
    margin: MarginRules
    combinations: CombinationRules
    fees: Fees
    shares: ShareRules
    limits: LimitRules
    order_rate: OrderRate
    concentration: Concentration
    restriction: RestrictionRules
    delivery: DeliveryRules
    interest: Interest
    risk: RiskLights
    reminders: Reminders
    clearing: Clearing
    inquiries: Inquiries
    quotes: QuoteRules
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
    for key, windows in (
        ("no_cancel", s.no_cancel),
        ("exercise", s.exercise),
        ("combination", s.combination),
        ("covered_lock", s.covered_lock),
    ):
        if any(first >= last for first, last in windows):
            yield f"sessions.{key}", "a window ends after it begins"
    for key, steps in (("etf_steps", profile.listing.etf_steps), ("stock_steps", profile.listing.stock_steps)):
        ends = [step.up_to for step in steps]
        closed = [end for end in ends if end is not None]
        if not ends or ends[-1] is not None or len(closed) != len(ends) - 1 or closed != sorted(set(closed)):
            yield f"listing.{key}", "the ends rise from row to row, and the last row alone has none"
    yield from _broken_margin(profile.margin)
    yield from _broken_limits(profile.limits)
    yield from _broken_order(profile)
    codes = [underlying.code for underlying in profile.underlyings]
    if len(set(codes)) != len(codes):
        yield "underlyings", "each code stands once"


def _broken_margin(margin: MarginRules) -> Iterator[tuple[str, str]]:
    for name, multiple in margin.groups.items():
        if multiple < 1:
            yield f"margin.groups.{name}", "at least 1: a client never pays less than the exchange asks"
    for name in (margin.default_group, *margin.near_expiry.exempt_groups):
        if name not in margin.groups:
            yield "margin", f"{name!r} is one of the groups: {', '.join(sorted(margin.groups))}"


def _broken_limits(limits: LimitRules) -> Iterator[tuple[str, str]]:
    if not limits.individual:
        yield "limits.individual", "at least one level"
    for number, (lower, higher) in enumerate(pairwise(limits.individual), 2):
        for name in ("min_tier", "min_trading_days", "min_contracts_traded", "min_own_assets"):
            if getattr(higher, name) < getattr(lower, name):
                yield f"limits.individual[{number}].{name}", "no level asks less than the one before it"
    for name in ("institution", "proprietary", "market_maker_primary", "market_maker_general"):
        yield from _uncounted(f"limits.{name}", getattr(limits, name), limits.mode)
    for number, level in enumerate(limits.individual, 1):
        yield from _uncounted(f"limits.individual[{number}]", level, limits.mode)


def _uncounted(path: str, row: PositionLimits, mode: str) -> Iterator[tuple[str, str]]:
    """A row that limits what its mode does not count: a figure in the wrong place is a figure missed elsewhere."""
    if mode == "right_total" and row.direction != UNLIMITED:
        yield f"{path}.direction", 'is "none" where right side and total are counted'
    if mode == "direction" and row.right_side != UNLIMITED:
        yield f"{path}.right_side", 'is "none" where directions are counted'


def _broken_order(profile: Profile) -> Iterator[tuple[str, str]]:
    """Pairs of figures of which one is at most the other."""
    o, r, k, q = profile.orders, profile.restriction, profile.risk, profile.quotes
    for key, least, most in (
        ("orders.limit_order_min", o.limit_order_min, o.limit_order_max),
        ("orders.market_order_min", o.market_order_min, o.market_order_max),
        ("restriction.etf_lift", r.etf_lift, r.etf_trigger),
        ("restriction.stock_lift", r.stock_lift, r.stock_trigger),
        ("risk.warn", k.warn, k.call),
        ("risk.call", k.call, k.force),
        ("quotes.min_quantity", q.min_quantity, q.max_quantity),
    ):
        if least > most:
            yield key, f"at most {most}"


#: Figures that make no sense at zero either
_ABOVE_ZERO = frozenset(
    {"tick_size", "stock_tick_size", "step", "limit_rate", "move", "warn", "etf_lift", "stock_lift", "call_multiple"}
)


def _bad_figures(path: str, value: object) -> Iterator[tuple[str, str]]:
    """Every number below that is negative, or not one, or zero where zero makes no sense."""
    if isinstance(value, Section):
        for name in value.__struct_fields__:
            yield from _bad_figures(f"{path}.{name}" if path else name, getattr(value, name))
    elif isinstance(value, Mapping):
        for name, entry in value.items():
            yield from _bad_figures(f"{path}.{name}", entry)
    elif isinstance(value, tuple):
        for number, entry in enumerate(value, 1):
            yield from _bad_figures(f"{path}[{number}]", entry)
    elif isinstance(value, Decimal | int):
        if not Decimal(value).is_finite() or value < 0:
            yield path, f"{value} is no figure from zero upwards"
        elif value == 0 and path.rpartition(".")[2] in _ABOVE_ZERO:
            yield path, "must be above zero"
