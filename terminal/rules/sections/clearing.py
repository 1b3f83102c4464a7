"""Fees, exercise, delivery, interest, risk lights, reminders, clearing, inquiries, quotes (rulebook 6, 8, 9, 11b)."""

from datetime import time
from decimal import Decimal
from typing import Literal

from terminal.rules.sections.base import Limit, Positive, Section


class Fees(Section, frozen=True, kw_only=True):
    """Yuan per contract (rulebook 9)."""

    exchange: Decimal
    clearing: Decimal
    commission: Decimal
    sell_open_waived: bool
    """Exchange and clearing fees are waived for sell-open and covered-open"""
    exercise: Decimal


class DeliveryRules(Section, frozen=True, kw_only=True):
    """Exercise settlement on the day after expiry (行权交收, rulebook 6)."""

    cut_off: time
    """By when a writer must hold the shares or the money on the delivery day"""
    call_cash_rate: Decimal
    """A call writer short of shares pays this multiple of the close, less the strike"""
    put_cash_rate: Decimal
    """An exercised put without shares, where settled in cash, brings the strike less this multiple of the close"""
    put_shortfall: Literal["cash", "invalid"]
    """What becomes of an exercised put without shares"""
    use_other_covered: bool
    """Shares that cover calls of other months are delivered before cash is paid"""


class Interest(Section, frozen=True, kw_only=True):
    """Interest and penalties, fractions (rulebook 9)."""

    credit_per_year: Decimal
    """On balances"""
    overdraft_per_day: Decimal
    penalty_per_day: Decimal
    """Default on delivery (罚息), of the amount owed"""
    day_count: Positive


class RiskLights(Section, frozen=True, kw_only=True):
    """Steps of the risk ratio 风险度: used margin over cash equity (rulebook 11b)."""

    warn: Decimal
    call: Decimal
    force: Decimal
    large_holder: Decimal
    """Fraction of a position limit that makes a large holder (大户持仓报告)"""


class Reminders(Section, frozen=True, kw_only=True):
    """When the desk reminds, trading days ahead (rulebook 11b)."""

    near_expiry_days: Positive
    adjusted_days: Positive
    top_up_days: tuple[int, ...]
    """Before the ex-day; the ex-day and the next day are always told"""
    exercise_days: tuple[int, ...]
    exercise_times: tuple[time, ...]
    """On the expiry day"""
    obligation_days: int
    deep_out_percent: Decimal
    """Deep out of the money (严重价外): this many percent of S or more"""
    deep_out_delta: Decimal
    """... or an absolute delta below this"""


class Clearing(Section, frozen=True, kw_only=True):
    """The member at the clearing house (结算参与人, rulebook 9)."""

    reserve_minimum: Decimal
    """Settlement reserve (结算准备金), yuan"""
    forced_close_by: time
    """On the next trading day; then the clearing house closes"""
    opening_margin_quota: Limit
    """Opening margin of the member in one day (日间额度), whole yuan"""
    confirm_statement: bool
    """Nothing is opened before the statement of the last settled day was confirmed (结算单确认)"""


class Inquiries(Section, frozen=True, kw_only=True):
    """Requests for quotes (询价, rulebook 8.4)."""

    min_interval_seconds: Positive
    interval_scope: Literal["contract", "account_and_contract"]
    narrow_spread: Decimal
    """Fraction of the best bid at or below which a spread needs no inquiry; one tick never needs one"""


class QuoteRules(Section, frozen=True, kw_only=True):
    """Two-sided quotes of market makers (双边报价)."""

    min_quantity: Positive
    max_quantity: Positive
    two_sided: bool
    """A quote must have both sides"""
