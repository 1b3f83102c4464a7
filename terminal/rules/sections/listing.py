"""What is listed: underlyings, strikes, months, adjustment, open restriction (rulebook 1, 5.3, 7)."""

from datetime import date
from decimal import Decimal
from typing import Literal

from terminal.domain.contracts import UnderlyingKind
from terminal.rules.sections.base import Positive, Section

StrikeTie = Literal["higher", "lower"]


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
    strike_tie: StrikeTie
    """Which of two equally near strikes is at the money"""
    near_expiry_days: Positive
    """Trading days to expiry below which the near-expiry flag is set"""
    adjusted_flag_days: Positive


class AdjustmentRules(Section, frozen=True, kw_only=True):
    """Where the adjusted strike is rounded: SSE divides by the whole unit, SZSE by the ratio (rulebook 7)."""

    venue: Literal["SSE", "SZSE"]


class RestrictionRules(Section, frozen=True, kw_only=True):
    """Open restriction (限开仓, rulebook 5.3): fractions of the float held by the open calls of one month."""

    etf_trigger: Decimal
    etf_lift: Decimal
    stock_trigger: Decimal
    stock_lift: Decimal

    def bounds(self, kind: UnderlyingKind) -> tuple[Decimal, Decimal]:
        """Trigger and lift of one kind of underlying."""
        if kind is UnderlyingKind.ETF:
            return self.etf_trigger, self.etf_lift
        return self.stock_trigger, self.stock_lift


class UnderlyingRules(Section, frozen=True, kw_only=True):
    """One underlying that options are listed on (rulebook 1.1)."""

    code: str
    name: str
    pinyin: str
    limit_rate: Decimal
    multiplier: Positive
    tick_size: Decimal
    listed_on: date
    float_shares: Positive
    """Shares in circulation (流通份额), for the open restriction"""
