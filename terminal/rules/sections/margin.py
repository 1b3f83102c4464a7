"""Margin (保证金): the exchange's percentages and what a broker adds (rulebook 4.1, 4.2)."""

from decimal import Decimal

from terminal.rules.sections.base import Section


class MarginRate(Section, frozen=True, kw_only=True):
    """The two percentages of one margin formula (rulebook 4.1)."""

    ratio_1: Decimal
    ratio_2: Decimal


class NearExpiryUplift(Section, frozen=True, kw_only=True):
    """What a broker charges from the end of the day before expiry on (rulebook 4.2).

    Moneyness (虚实程度) is (S - K) / S for calls and (K - S) / S for puts; at or above the bound the uplift applies.
    """

    enabled: bool
    days: int
    """Trading days before expiry at whose end it begins"""
    call_moneyness_percent_out: Decimal
    """Calls down to this far out of the money, percent of S"""
    call_multiple: Decimal
    put_moneyness_percent_out: Decimal
    """Puts down to this far out of the money are charged strike times unit in full"""
    exempt_groups: tuple[str, ...]


class ExpiryDayAddition(Section, frozen=True, kw_only=True):
    """Extra maintenance margin of expiring contracts, percent of S (rulebook 4.2, simulation)."""

    enabled: bool
    etf: Decimal
    stock: Decimal


class MarginRules(Section, frozen=True, kw_only=True):
    """Opening and maintenance margin (保证金)."""

    etf_call: MarginRate
    etf_put: MarginRate
    stock_call: MarginRate
    stock_put: MarginRate
    default_group: str
    groups: dict[str, Decimal]
    """Client group -> multiple of the exchange's margin"""
    near_expiry: NearExpiryUplift
    expiry_day: ExpiryDayAddition
