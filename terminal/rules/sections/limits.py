"""How much an account may hold, buy and send (限仓, 限购, 报撤单), rulebook 5.1, 5.2, 11. `none` = unlimited."""

from decimal import Decimal
from typing import Literal

from terminal.rules.sections.base import Limit, Positive, Section


class PositionLimits(Section, frozen=True, kw_only=True):
    """Contracts of one account; each but `all_products` per underlying (限仓, rulebook 5.1).

    No key has a default: to leave one out allows nothing, it does not lift the limit (F45).
    """

    right_side: Limit
    """Long calls and puts (权利仓)"""
    total: Limit
    """Long, short and covered (总持仓)"""
    daily_buy_open: Limit
    """Bought to open today (单日买入开仓)"""
    daily_open: Limit
    """Opened today, bought, sold or covered"""
    direction: Limit
    """Bullish (long calls + short puts) and bearish (short and covered calls + long puts), each"""
    all_products: Limit
    """Total over all underlyings"""


class IndividualLevel(PositionLimits, frozen=True, kw_only=True):
    """One level of an individual's limits, and what an account must show for it."""

    min_tier: Positive
    """Investor level (投资者分级)"""
    min_trading_days: int
    """Since the contract account was opened"""
    min_contracts_traded: int
    min_own_assets: Decimal
    """Yuan at the broker"""


class PurchaseRules(Section, frozen=True, kw_only=True):
    """Purchase limit of individuals (限购, rulebook 5.2)."""

    assets_rate: Decimal
    """Of the account's assets at the broker"""
    holdings_rate: Decimal
    """Of the average market value of Shanghai holdings over six months"""
    round_up_to: Decimal
    """The limit is rounded up to a multiple of this, yuan; zero leaves it as it is"""
    minimum: Decimal
    """Yuan"""


class LimitRules(Section, frozen=True, kw_only=True):
    """Position limits by class of account (rulebook 5.1)."""

    mode: Literal["right_total", "direction"]
    """How positions are counted: right side, total and bought today, or by direction"""
    individual: tuple[IndividualLevel, ...]
    """Lowest first; an account has the highest whose conditions it meets"""
    institution: PositionLimits
    proprietary: PositionLimits
    market_maker_primary: PositionLimits
    market_maker_general: PositionLimits
    member_client: Limit
    """Contracts of all clients of the member together"""
    member_proprietary: Limit
    maker_order_amount: Limit
    """Premium of one buy order of a market maker, whole yuan (O7)"""
    purchase: PurchaseRules


class OrderRate(Section, frozen=True, kw_only=True):
    """Orders and cancels the counter takes of one account (rulebook 11); a desk has limits of its own in its sheet."""

    per_second: Limit
    per_day: Limit
    cancel_percent: Limit
    """Cancels per hundred orders of the day, once `cancel_percent_from` orders were sent"""
    cancel_percent_from: Positive


class Concentration(Section, frozen=True, kw_only=True):
    """What of one contract an account may hold and quote (rulebook 8.5)."""

    open_interest_percent: Limit
    """Largest part of a contract's open interest"""
    from_contracts: int
    """Positions up to this size are not measured"""
    quoted_amount: Limit
    """Both sides of all quotes of one account, whole yuan"""
