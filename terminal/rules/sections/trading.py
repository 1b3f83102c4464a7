"""Hours, order entry, price limits, breaker, combinations: how a day trades (rulebook 2, 4.4)."""

from decimal import Decimal
from typing import Annotated, Literal

import msgspec

from terminal.domain.contracts import UnderlyingKind
from terminal.domain.orders import SelfTrade
from terminal.rules.sections.base import Positive, Section, Window

Rounding = Literal["half_up", "half_even", "down"]
_Letter = Annotated[str, msgspec.Meta(min_length=1, max_length=1)]


class Sessions(Section, frozen=True, kw_only=True):
    """Hours of a trading day, exchange time (rulebook 2.4)."""

    opening_auction: Window
    morning: Window
    afternoon: Window
    closing_auction: Window
    no_cancel: tuple[Window, ...]
    """Windows in which an entered order cannot be cancelled"""
    exercise: tuple[Window, ...]
    """Exercise and merged exercise on the expiry day (行权申报)"""
    combination: tuple[Window, ...]
    """Building and releasing combinations (组合构建, 组合解除)"""
    covered_lock: tuple[Window, ...]


class PhaseCodes(Section, frozen=True, kw_only=True):
    """First character of TradingPhaseCode as this era publishes it (rulebook 10.2)."""

    pre_open: _Letter
    opening_auction: _Letter
    continuous: _Letter
    lunch: _Letter
    closing_auction: _Letter
    closed: _Letter
    halted: _Letter
    breaker: _Letter


class OrderRules(Section, frozen=True, kw_only=True):
    """Order entry and matching (rulebook 2.2, 2.3, 3)."""

    tick_size: Decimal
    """Of options on funds"""
    stock_tick_size: Decimal
    """Of options on shares"""
    lot: Positive
    limit_order_min: Positive
    limit_order_max: Positive
    market_order_min: Positive
    market_order_max: Positive
    market_ioc_levels: Positive
    """How many price levels a market IOC order may sweep"""
    close_first_at_limit: bool
    """Closing orders rank before opening orders at limit-up and limit-down (平仓优先)"""
    self_trade: SelfTrade
    """What happens to orders of one account that would trade with each other (自成交)"""

    def tick_of(self, kind: UnderlyingKind) -> Decimal:
        """The tick (最小报价单位) of options on one kind of underlying."""
        return self.tick_size if kind is UnderlyingKind.ETF else self.stock_tick_size


class PriceLimitRules(Section, frozen=True, kw_only=True):
    """Figures of the limit formula that belong to no single underlying (rulebook 2.7)."""

    least_up: Decimal
    """Least limit-up, a fraction of the close (call) or of the strike (put)"""
    rounding: Rounding


class Breaker(Section, frozen=True, kw_only=True):
    """Volatility interruption (熔断, rulebook 2.6)."""

    enabled: bool
    move: Decimal
    """Fraction of the reference price"""
    min_ticks: Positive
    auction_seconds: Positive


class CombinationRules(Section, frozen=True, kw_only=True):
    """Life of a combination (组合策略, rulebook 4.4)."""

    spread_release_days: int
    """The four spreads are released at the end of this many trading days before expiry"""
    pair_release_days: int
    """The same for short straddles and strangles"""


class ShareRules(Section, frozen=True, kw_only=True):
    """Trading of the underlyings themselves in the cash market (现货)."""

    lot: Positive
    """Shares; what is bought is whole lots"""
    largest_order: Positive
    """Shares"""
    commission_rate: Decimal
    """Of the amount, on both sides"""
    least_commission: Decimal
    """Yuan"""
    stock_stamp_duty: Decimal
    """Of the amount of a stock's sale (印花税); funds pay none"""


class Capabilities(Section, frozen=True, kw_only=True):
    """What an era has at all (rulebook 12)."""

    combinations: bool
    merged_exercise: bool
    covered_conversion: bool
    inquiries: bool
