"""Daily price limits (涨跌停板) of options and underlyings, rulebook 2.7.

The formula and every published row at hand agree exactly, so the published rows do not decide the rounding: it shows
only where half a percent of a price has more decimals than the tick. Half-up is this project's default there.
"""

from dataclasses import dataclass
from decimal import Decimal

from terminal.domain.contracts import Right
from terminal.rules.profile import PriceLimitRules
from terminal.rules.rounding import to_tick

#: The exchange's figures (rulebook 2.7), for callers without a profile
EXCHANGE_RULES = PriceLimitRules(least_up=Decimal("0.005"), rounding="half_up")


@dataclass(frozen=True, slots=True)
class PriceLimits:
    """Lowest and highest price of a day (跌停价, 涨停价), yuan per share."""

    limit_down: Decimal
    limit_up: Decimal


def price_limits(
    *,
    right: Right,
    strike: Decimal,
    underlying_close: Decimal,
    previous_settlement: Decimal,
    rate: Decimal = Decimal("0.10"),
    tick_size: Decimal = Decimal("0.0001"),
    is_last_trading_day: bool = False,
    rules: PriceLimitRules = EXCHANGE_RULES,
) -> PriceLimits:
    """The limits of an option for the day after `previous_settlement` (rulebook 2.7).

    `underlying_close` is the adjusted one on an ex-day; `rate` is the underlying's own limit. There is no limit-down
    on the last trading day: one tick is published.
    """
    if right is Right.CALL:
        least = underlying_close * rules.least_up
        room = min(2 * underlying_close - strike, underlying_close) * rate
    else:
        least = strike * rules.least_up
        room = min(2 * strike - underlying_close, underlying_close) * rate
    limit_up = to_tick(previous_settlement + max(least, room), tick_size, rules.rounding)
    limit_down = tick_size
    if not is_last_trading_day:
        lowest = to_tick(previous_settlement - underlying_close * rate, tick_size, rules.rounding)
        limit_down = max(lowest, tick_size)
    return PriceLimits(limit_down, limit_up)


def underlying_limits(previous_close: Decimal, rate: Decimal, tick_size: Decimal) -> PriceLimits:
    """The limits of a fund or share: the rate either way, at least one tick away and never below one tick."""
    up = max(to_tick(previous_close * (1 + rate), tick_size), previous_close + tick_size)
    down = min(to_tick(previous_close * (1 - rate), tick_size), previous_close - tick_size)
    return PriceLimits(max(down, tick_size), up)
